"""What the entries of a record mean: which gates still bind, when it last went back, where it stood, what counted."""

from __future__ import annotations

from dataclasses import dataclass

from tests.second_judge.reading import Data
from tests.second_judge.words import covered, is_over, lifecycle, main_stages, now_called, way_between

#: The lists of a record that hold what people said, in the order of the file.
GROUPS = ("evidence", "scores", "acknowledgements", "signatures", "approvals", "waivers")


@dataclass(frozen=True)
class Said:
    """A statement, the list in which it stands, and its place in that list."""

    group: str
    index: int
    raw: Data

    @property
    def id(self) -> str:
        """Its id."""
        return str(self.raw["id"])

    @property
    def about(self) -> str:
        """The requirement of which it speaks."""
        return str(self.raw["requirement"])

    @property
    def at(self) -> str:
        """When it was recorded."""
        return str(self.raw["at"])

    @property
    def taken_back(self) -> str | None:
        """When it was withdrawn."""
        found = self.raw.get("withdrawn")
        return str(found["at"]) if found else None


def everything_said(record: Data) -> list[Said]:
    """Every statement of a record."""
    return [Said(group, index, raw) for group in GROUPS for index, raw in enumerate(record.get(group) or [])]


def counting(record: Data, moment: str) -> list[Said]:
    """What had been said by a moment, and not been taken back by then."""
    found = [one for one in everything_said(record) if one.at <= moment]
    return [one for one in found if one.taken_back is None or one.taken_back > moment]


@dataclass(frozen=True)
class Bound:
    """A gate that was passed: the number of its entry, the stages, and the fields it locks."""

    index: int
    left: str | None
    to: str
    locks: tuple[str, ...]
    back: bool


def counted(history: list[Data]) -> list[Data]:
    """The entries that count: none that takes back or corrects, and none that was taken back."""
    if not history:
        return []
    left, one = counted(history[:-1]), history[-1]
    if one["type"] in ("undo", "void"):
        for place in reversed(range(len(left))):
            if left[place]["id"] == one.get("undoes"):
                above = [other for other in left[place + 1 :] if other["type"] != "migrate"]
                return left[:place] + (left[place + 1 :] if above else [])
        return left
    return left if one["type"] == "correct" else [*left, one]


def last_moves(history: list[Data]) -> list[Data]:
    """The latest of the entries that count: up to one that is no migration, the last one first."""
    found: list[Data] = []
    for entry in reversed(counted(history)):
        found.append(entry)
        if entry["type"] != "migrate":
            break
    return found


def never_counted(history: list[Data]) -> list[Data]:
    """The entries that were voided: each one of the latest that counted then, and the void leads back to where it began.

    Where a migration lies between, only the policy says what that is called.
    """
    found = []
    for index, one in enumerate(history):
        ends = last_moves(history[:index]) if one["type"] == "void" else []
        named = [place for place, end in enumerate(ends) if end["id"] == one.get("undoes")][:1]
        for place in named:
            migrated = any(end["type"] == "migrate" for end in ends[: place + 1])
            if migrated or one["to"] == (ends[place].get("from") or "void"):
                found.append(ends[place])
    return found


def among(entry: Data, entries: list[Data]) -> bool:
    """Whether an entry is one of some, and not only one that says the same."""
    return any(one is entry for one in entries)


def known_by(history: list[Data], entry: Data) -> str | None:
    """The id of an entry, if no other has it."""
    return str(entry["id"]) if [one["id"] for one in history].count(entry["id"]) == 1 else None


def binding(history: list[Data], policy: Data, kind: str) -> list[Bound]:
    """The gates that bind after these entries.

    Told from the last entry backwards: an undo leaves what bound before the entry that it undoes; a migration changes
    nothing; a way back to a stage opens whatever was passed since that stage was left, and binds itself until the
    record is where the way back began.
    """
    if not history:
        return []
    earlier, entry = history[:-1], history[-1]
    if entry["type"] in ("migrate", "correct"):
        return binding(earlier, policy, kind)
    if entry["type"] in ("undo", "void"):
        for index, other in reversed(list(enumerate(earlier))):
            if other["id"] == entry.get("undoes") and other["type"] not in ("undo", "void", "migrate", "correct"):
                return binding(history[:index], policy, kind)
        return binding(earlier, policy, kind)
    left, to = now_called(policy, kind, entry.get("from")), now_called(policy, kind, entry["to"])
    bound = binding(earlier, policy, kind)
    opened = [place for place, gate in enumerate(bound) if gate.left == to and not gate.back]
    if opened:
        bound = bound[: opened[0]]
    bound = [gate for gate in bound if not (gate.back and gate.left == to)]
    way = way_between(policy, kind, left, to) if left is not None else None
    return [*bound, Bound(len(earlier), left, to, tuple(covered(policy, way)), back=bool(opened))]


def went_back(history: list[Data], policy: Data, kind: str) -> str | None:
    """When the record last came back to a stage it had left, by an entry that stands.

    A rest beside the usual way is no going back; coming back from an end is.
    """
    life = lifecycle(policy, kind)
    trail: list[str] = []
    found = None
    for entry in counted(history):
        if entry["type"] == "migrate":
            continue
        here, to = now_called(policy, kind, entry.get("from")), now_called(policy, kind, entry["to"])
        if to not in trail:
            trail += [here] if here is not None else []
            continue
        place = trail.index(to)
        aside = here is None or not (here in main_stages(life) or is_over(life, here))
        rested = aside and place == len(trail) - 1
        found = found if rested else str(entry["at"])
        trail = trail[:place]
    return found


def stood(record: Data, moment: str, relied: str | None = None) -> str | None:
    """Where a record stood at a moment; of several entries of that very moment the one on which somebody relied."""
    past = [entry for entry in record["history"] if entry["at"] <= moment]
    for place, entry in enumerate(past):
        if entry["id"] == relied and {other["at"] for other in past[place + 1 :]} <= {moment}:
            return str(entry["to"])
    return str(past[-1]["to"]) if past else None
