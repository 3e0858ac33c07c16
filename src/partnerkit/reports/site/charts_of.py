"""The charts of a site: what stands where, for how long, what may go wrong, what was kept in time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from statistics import median
from urllib.parse import urlencode

from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.readable import as_day
from partnerkit.obligations.outlook import in_words
from partnerkit.policies.policy import Policy
from partnerkit.publishing.site import Site
from partnerkit.reports.charts import (
    Bar,
    Bars,
    Head,
    Item,
    Matrix,
    Share,
    Shares,
    Strip,
    Strips,
    bars,
    matrix,
    shares,
    strips,
)
from partnerkit.reports.site.kinds import plural
from partnerkit.rules.sight import Seen


def charts(site: Site) -> Iterator[str]:
    """Every chart of the overview that has something to show."""
    for kind, model in KINDS.items():
        if model.subject is None:
            for name, source in site.policies.items():
                yield from _pipeline(site, source.policy, kind, f"{kind}-{name.lower()}")
    yield from _categories(site)
    yield from _ends(site)
    yield from _risks(site)
    yield from _kept(site)


def _pipeline(site: Site, policy: Policy, kind: str, key: str) -> Iterator[str]:
    """How many records stand in each stage, how many of them are late, and for how long they have stood there."""
    mine = [one for one in site.records if one.kind == kind and one.policy == policy.policy]
    if not mine:
        return
    late = {one.id for one in mine if any(owed.state == "late" for owed in site.beside.owed(one.id))}
    stages = policy.lifecycles[kind].stages
    there = {stage: [one for one in mine if one.stage == stage] for stage in stages}
    what = plural(kind).lower()
    rows = [
        Bar(
            in_words(stage),
            len(some),
            sum(one.id in late for one in some),
            found_in(policy, kind, stage) if some else None,
        )
        for stage, some in there.items()
        if some or stage in policy.lifecycles[kind].main_stages
    ]
    title = f"{plural(kind)} by stage, {policy.policy}"
    yield bars(Bars(Head(f"stage-{key}", title), rows, "stage", what, "late with something"))
    open_ = {stage: [one for one in some if not one.is_over] for stage, some in there.items()}
    ages = [
        Strip(in_words(stage), min(days), float(median(days)), max(days), len(days), found_in(policy, kind, stage))
        for stage, some in open_.items()
        if (days := [(site.day - one.since).days for one in some])
    ]
    if ages:
        note = "Days since they came to the stage: the shortest, the middle and the longest. What is over is left out."
        aged = Head(f"age-{key}", f"How long {what} have been there, {policy.policy}", note)
        yield strips(Strips(aged, ages, count=what))


def found_in(policy: Policy, kind: str, stage: str) -> str:
    """Where the records of a stage are listed."""
    return f"search.html#{urlencode({'kind': kind, 'policy': policy.policy, 'stage': stage})}"


def _categories(site: Site) -> Iterator[str]:
    """Partnerships that are not over, by category."""
    found = Counter(str(one.parts["type"]) for one in _going_on(site, "partnership") if one.parts.get("type"))
    if found:
        rows = [Bar(name, count) for name, count in sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))]
        note = "Those that are not over, by the category that they name."
        yield bars(Bars(Head("categories", "Partnerships by category", note), rows, "category", "partnerships"))


def _ends(site: Site) -> Iterator[str]:
    """Agreements that are not over, by the month in which they end."""
    days = [(one, as_day(one.parts.get("ends"))) for one in _going_on(site, "agreement")]
    found = Counter(f"{day:%Y-%m}" if day is not None else "without an end" for _one, day in days)
    if found:
        rows = [Bar(month, count) for month, count in sorted(found.items())]
        yield bars(Bars(Head("ends", "Agreements by the month in which they end"), rows, "month", "agreements"))


def _risks(site: Site) -> Iterator[str]:
    """Risks that are not over, by their latest assessment."""
    cells: dict[tuple[int, int], list[Item]] = {}
    for one in _going_on(site, "risk"):
        latest = max(one.parts.get("assessments") or [], key=lambda each: str(each["on"]), default=None)
        if latest is not None:
            cell = (int(latest["likelihood"]), int(latest["impact"]))
            cells.setdefault(cell, []).append(Item(one.name, f"records/{one.id}.html"))
    if cells:
        yield matrix(Matrix(Head("risks", "Risks by likelihood and impact", "By their latest assessment."), cells))


def _kept(site: Site) -> Iterator[str]:
    """What fell due again and again in the year before, by whether it was done in time."""
    for name in site.policies:
        mine = [one for one in site.punctual if one.policy == name]
        if mine:
            rows = [Share(one.title, (one.in_time, one.late, one.open)) for one in mine]
            note = "Of what fell due in the year before: done by its day, done later, or still open."
            head = Head(f"kept-{name.lower()}", f"Reviews and check-ins in time, {name}", note)
            yield shares(Shares(head, ("in time", "late", "open"), rows, "what repeats"))


def _going_on(site: Site, kind: str) -> Iterator[Seen]:
    return (one for one in site.all_of(kind) if not site.known[one.id].is_over)
