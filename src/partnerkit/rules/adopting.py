"""Rules for a record that is taken in as it already stands: the one way into a later stage that nothing judges."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from partnerkit.findings import Finding
from partnerkit.kinds.problems import an
from partnerkit.register import SETTINGS_PATH
from partnerkit.rules.case import Case
from partnerkit.rules.commands import line
from partnerkit.rules.keeping import Keepers


def adopted(case: Case) -> list[Finding]:
    """It is the first entry, in a stage that there is, says since when and why, and whoever may made it in time."""
    return [*_as_it_stands(case), *_while_that_may_be(case), *_by_those_who_may(case)]


def _as_it_stands(case: Case) -> Iterator[Finding]:
    if case.earlier:
        yield case.finding("adopted-late", "only the first entry adopts a record")
    if case.lifecycle is None or case.entry.to not in case.lifecycle.stages:
        message = f"{case.source.policy.policy} has no stage {case.entry.to} for {an(case.record.kind)}"
        yield case.finding("unknown-stage", message)
    if not case.entry.reason or case.entry.since is None:
        message = "an adopted record says since when it stands there, and why it was not judged"
        yield case.finding("adopted-without-reason", message)
    elif case.entry.since > case.rules.day(case.entry.at):
        message = f"it is adopted as standing there since {case.entry.since}, which is still to come"
        yield case.finding("adopted-in-future", message)
    elif (known := _known_since(case)) is not None and case.entry.since > known:
        message = (
            f"it is adopted as standing there since {case.entry.since}, but {case.record.subject}, above it, "
            f"has been in the register since {known}: what came about after that is made and judged, not adopted"
        )
        yield case.finding("adopted-late", message, mend=line("new", case.record.kind, "<title>"))


def _known_since(case: Case) -> date | None:
    """Since when the register knows the record above: what belongs to it and is younger was never before its time."""
    subject = case.after.records.get(case.record.subject or "")
    return case.rules.day(subject.model.history[0].at) if subject is not None else None


def _while_that_may_be(case: Case) -> Iterator[Finding]:
    """A register says until when it takes in what there was before it; nobody gets past that by an earlier date."""
    until = case.rules.settings.trust.adopted_until
    day = case.rules.day(max(case.entry.at, case.landed_at or case.entry.at))
    if until is not None and day > until:
        message = (
            f"it is adopted on {day}, and {SETTINGS_PATH} (trust.adopted-until) ends that with {until}: since then "
            f"{an(case.record.kind)} begins in its first stage and is judged"
        )
        yield case.finding("adopted-too-late", message, mend=line("new", case.record.kind, "<title>"))


def _by_those_who_may(case: Case) -> Iterator[Finding]:
    """Whoever adopts holds a role that the register, as it stood before, asks for."""
    roles = case.rules.settings.trust.adopted_by
    keepers = Keepers(case.rules, "trust.adopted-by", roles, case.rules.day(case.entry.at))
    if not keepers.allow([case.entry.by]):
        message = f"it is adopted by {case.entry.by}, and {keepers.are_told()}"
        yield case.finding("adopted-by-another", message, mend="one of them adopts it")
