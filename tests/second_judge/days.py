"""Days that cannot be: of what has not happened yet, of a time that is not over, of what came before the first day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from tests.second_judge.reading import Data
from tests.second_judge.words import at_path, lifecycle, main_stages, people_in, sources

#: For each kind the days on which something happened.
HAPPENED = {
    "partnership": ("termination.notice-given", "activities.on", "communications.on", "actions.done"),
    "agreement": ("milestones.done",),
    "application": (
        "applied", "member-since", "references.on", "training.on", "code-of-conduct.on", "communications.on", "notified",
    ),
    "pairing": (
        "introduced", "meetings.on", "check-ins.on", "activities.on", "termination.notice-given", "actions.done",
    ),
    "review": ("actions.done",),
    "risk": ("assessments.on",),
    "case": ("opened", "timeline.on", "actions.done"),
}  # fmt: skip  # short words, several to a line

#: The logs whose lines are about those who take part, and where a line names them.
LINES = {"pairing": {"meetings": "absent", "check-ins": "person"}}


def wrong_with_days(old: Data | None, new: Data, policy: Data, today: date) -> Iterator[str]:
    """Nothing happened on a day to come, and no time is spoken of as over before it is."""
    own: list[str] = []
    for path, spec in ((policy.get("fields") or {}).get(new["kind"]) or {}).items():
        block, dot, key = path.rpartition(".")
        own += [f"{block}{dot}{one}" for one in _happened(key, spec)]
        for part_key, part in (spec.get("fields") or {}).items():
            own += [f"{path}.{one}" for one in _happened(part_key, part)]
    for path in (*HAPPENED[new["kind"]], *own):
        known = _days(old, path) if old is not None else []
        for day in _days(new, path):
            if day > today.isoformat() and day not in known:
                yield "day-to-come"
    life = lifecycle(policy, new["kind"])
    if new["kind"] != "review" or life is None or not isinstance(new.get("until"), str):
        return
    ways = [way for way in life["transitions"] if way.get("main")]
    ends = main_stages(life) - {life["starts"]} - {stage for way in ways for stage in sources(way)}
    known_end = old is not None and (old["stage"], old.get("until")) == (new["stage"], new["until"])
    if new["stage"] in ends and new["until"] > today.isoformat() and not known_end:
        yield "period-not-over"


def wrong_order(old: Data | None, new: Data) -> Iterator[str]:
    """Nobody has been a member only since a day after that of the application."""
    since, applied = new.get("member-since"), new.get("applied")
    known = (old.get("member-since"), old.get("applied")) if old is not None else None
    if new["kind"] == "application" and isinstance(since, str) and isinstance(applied, str) and since > applied:
        yield from () if known == (since, applied) else ("days-out-of-order",)


def _days(data: Any, path: str) -> list[str]:
    found = at_path(data, path)
    return [one for one in (found if isinstance(found, list) else [found]) if isinstance(one, str)]


def _happened(key: str, spec: Data) -> list[str]:
    """The days of a policy's own that are past: its own where it says so, and the one that settles another."""
    return [*([key] if spec.get("happened") else []), *([spec["falls-due"]] if spec.get("falls-due") else [])]


def wrong_with_lines(old: Data | None, new: Data) -> Iterator[str]:
    """A line that comes into a log names those who take part, and no day before the first of the record."""
    for log, who in LINES.get(new["kind"], {}).items():
        known = (old or {}).get(log) or []
        for line in new.get(log) or []:
            if line in known:
                continue
            if people_in(line, who) - people_in(new, "participants.id"):
                yield "line-of-another"
            everybody = people_in(new, "participants.id")
            if log == "meetings" and everybody and everybody <= people_in(line, who):
                yield "line-of-nobody"
            if isinstance(new.get("starts"), str) and isinstance(line.get("on"), str) and line["on"] < new["starts"]:
                yield "line-too-early"
