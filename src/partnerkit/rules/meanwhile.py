"""What landed while a record was altered and may rest on that: then a correction settles none of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from partnerkit.dataclass import dataclass
from partnerkit.register import Register
from partnerkit.rules.around import counting_on, has_amended, kin, named
from partnerkit.rules.offering import void_of
from partnerkit.rules.settled import Settlement
from partnerkit.rules.verdict import Entered, Verdict

#: What is found where fields and statements were altered: what only begins beside the record asks for none of these.
_OF_CONTENT = frozenset(
    {"locked-field-changed", "content-differs", "statement-edited", "statement-removed", "rested-on-changed"}
)


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """What may rest on what was altered.

    Attributes:
        entries: the entries that still count, as they landed.
        rules: whether rules changed as the record decided.
    """

    entries: tuple[Entered, ...] = ()
    rules: bool = False

    def __bool__(self) -> bool:
        """Whether there is anything."""
        return bool(self.entries) or self.rules

    def way_out(self, now: Register) -> str | None:
        """The line that takes back the latest of the entries that can be taken back."""
        for mine in reversed(self.entries):
            record = now.records.get(mine.record)
            void = void_of(now, record, mine.id) if record is not None else None
            if void is not None:
                return f"{void} where it may rest on what was altered"
        return None


#: Nothing was built on it.
NOTHING = Meanwhile()


@dataclass(frozen=True, slots=True)
class Landings:
    """What landed, in order.

    Attributes:
        verdicts: the verdicts.
        new: the entries that each of them brought.
        voids: what voids an entry, by its record and id.
        now: the register at the end.
    """

    verdicts: Sequence[Verdict]
    new: Sequence[Sequence[Entered]]
    voids: Mapping[tuple[str, str], Settlement]
    now: Register | None


def meanwhile(first: int, last: int, by: Settlement, landings: Landings) -> Meanwhile:
    """What landed while a record was altered, still counts, and could have rested on that.

    Args:
        first: the place of the verdict before the first in which it can have been altered.
        last: the place of that with the correction.
        by: the correction.
        landings: what landed.
    """
    record, now, new = by.record, landings.now, landings.new
    wrong = {
        place: {one.code for one in verdict.findings if one.record == record and one.severity == "error"}
        for place, verdict in enumerate(landings.verdicts[first + 1 : last + 1], first + 1)
    }
    start = next((place for place, codes in wrong.items() if codes), last)
    rules = any(verdict.rules for verdict in landings.verdicts[start : last + 1])
    amended = rules and now is not None and has_amended(now, record)
    beside = [mine for mine in new[last] if _not_after(mine, by, new[last], now)]
    landed = [mine for one in (*new[start:last], beside) for mine in one]
    if _OF_CONTENT.issuperset(frozenset().union(*wrong.values())):
        landed = [mine for mine in landed if not _only_begins(mine, record, now)]
    return Meanwhile(tuple(_built_on(landed, record, landings.voids, now)), amended)


def _only_begins(mine: Entered, record: str, now: Register | None) -> bool:
    """Whether an entry begins another record that takes nothing over: it passes no gate, and asks for no content."""
    other = now.records.get(mine.record) if now is not None else None
    if now is None or other is None or mine.type != "create" or mine.record == record:
        return False
    return record not in named(now, other)


def _not_after(mine: Entered, by: Settlement, step: Sequence[Entered], now: Register | None) -> bool:
    """Whether an entry that lands with a correction may have been made before it, while the record was altered.

    Of two records the moments say which came first; at one moment, on which entry of the record it relies.
    """
    (correction,) = (each for each in step if (each.record, each.id) == (by.record, by.entry))
    if mine.record == by.record:
        return mine.seq < correction.seq
    if mine.at != by.at or now is None or mine.record not in now.records or by.record not in now.records:
        return mine.at <= by.at
    stood = [one for one in now.records[by.record].model.history[: correction.seq - 1] if one.type != "correct"]
    made = next((one for one in now.records[mine.record].model.history if one.id == mine.id), None)
    relied = made.relies_on.get(by.record) if made is not None else None
    return relied in {one.id for one in stood[:-1]}


def _built_on(
    entered: Sequence[Entered], record: str, voided: Collection[tuple[str, str]], now: Register | None
) -> list[Entered]:
    """The entries by which one that may ask about a record passed a gate, or another relied on one around it."""
    ids = {(mine.record, mine.id) for mine in entered}
    undone = {(mine.record, mine.undoes) for mine in entered if mine.type == "undo"} & ids
    near = counting_on(now, record) if now is not None else frozenset({record})
    touched = {*(kin(now, record) if now is not None else near)}
    found: list[Entered] = []
    for mine in entered:
        builds = touched & set(mine.relies) or (mine.record in near and not _passes_nothing(mine, undone))
        if not builds or (mine.record, mine.id) in voided:
            continue
        if (mine.record, mine.id) not in undone:
            found.append(mine)
        touched.add(mine.record)
    return found


def _passes_nothing(mine: Entered, undone: Collection[tuple[str, str | None]]) -> bool:
    """Whether an entry only corrects, or lawfully takes back what counts for nothing any more."""
    back = mine.type == "undo" and (mine.record, mine.undoes) in undone
    return mine.type in {"correct", "migrate"} or (mine.type == "void" and bool(mine.settles)) or back
