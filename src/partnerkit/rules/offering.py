"""What can be done about what an audit found: lines that work where they are pasted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Literal, TypeAlias

from partnerkit.dataclass import dataclass, replace
from partnerkit.findings import Finding
from partnerkit.kinds.history import counting, followed, latest, leads_back, only_id
from partnerkit.register import RecordFile, Register
from partnerkit.rules.around import has_amended
from partnerkit.rules.commands import WHY, as_it_was, correcting, line, withdrawing
from partnerkit.rules.over import begun_of_what_was_over
from partnerkit.rules.strays import taken_out, without_entry
from partnerkit.steps import statements

#: What contradicts itself where entries were altered: what stands above them may be innocent.
_OF_HISTORY = frozenset({"chain-broken", "entry-out-of-order", "entry-from-elsewhere", "entry-backdated"})

#: How long rules that changed speak against a statement: they still do, or did once and do no more.
Against: TypeAlias = Literal["still", "once"]

#: What the rules of a step had against a statement that was there before, and have no more.
_GOOD_AGAIN = (
    "the rules bear the statement out again, so it is not withdrawn: what they said in between stays told for ever, "
    "and what had landed before it was judged without it"
)


@dataclass(frozen=True, slots=True)
class Offer:
    """Says what can be done in a register.

    Attributes:
        register: the register as it is now.
        corrects: whether a correction of a record would put something right.
    """

    register: Register
    corrects: Callable[[str], bool]

    def of(self, found: Finding, against: Against | None = None) -> Finding:
        """A finding, with the lines that settle it where something does.

        Args:
            found: the finding.
            against: how long rules that changed speak against a statement that was there before; None for any other.
        """
        if found.severity != "error":
            return found
        offered = taken_out(found) if without_entry(found) else self._settling(found, found.record, against)
        return (
            found
            if offered is None or offered in (found.mend or "")
            else replace(found, mend=_and(found.mend, offered))
        )

    def _settling(self, found: Finding, record_id: str | None, against: Against | None) -> str | None:
        if record_id is None:
            return None
        record = self.register.records.get(record_id)
        if record is None:
            return brought_back(found, record_id) if found.commit and found.file else None
        if found.statement is not None:
            mine = [one.said for one in statements(record) if one.said.id == found.statement]
            withdraw = next((withdrawing(record_id, said) for said in mine if said.withdrawn is None), None)
            if against is None or withdraw is None:
                return withdraw
            return if_never_theirs(withdraw) if against == "still" else _GOOD_AGAIN
        if (found.sealed or found.was or found.code in _OF_HISTORY) and self.corrects(record_id):
            return correcting(record_id)
        void = void_of(self.register, record, found.entry) if "--void" not in (found.mend or "") else None
        return f"{void} where it never should have counted" if void else None


def _and(mend: str | None, offered: str) -> str:
    """A mend and what is offered beside it: a line goes into the sentence where sentences follow."""
    if not mend or ". " not in offered:
        return "; ".join(filter(None, (mend, offered)))
    return f"{mend} shows it; {offered}" if mend.startswith("git show ") else f"{mend}; {offered}"


def if_never_theirs(withdraw: str) -> str:
    """The line that withdraws a statement, where it was the rules that changed: only the other possibility."""
    return f"if the decision was never theirs: {withdraw}"


def unmade(found: Finding, before: Register | None) -> Finding:
    """A finding of a statement that has not landed: it is not withdrawn, but made otherwise."""
    record = before.records.get(found.record or "") if before is not None else None
    made = record is not None and any(one.said.id == found.statement for one in statements(record))
    first, _, then = (found.mend or "").partition(", then ")
    if found.statement is None or made or f"withdraw={found.statement}" not in first or not then:
        return found
    return replace(found, mend=then)


def brought_back(found: Finding, record_id: str) -> str:
    """The lines that bring back a record that is gone or cannot be read."""
    return f"{as_it_was(found.commit, found.file or '')} && {correcting(record_id)}"


def void_of(register: Register, record: RecordFile, entry_id: str | None) -> str | None:
    """The lines that void an entry, where it is one of the latest that count; what relies on it is taken back first."""
    every = record.data["history"]
    places = [place for place in latest(every, followed(every).counting) if only_id(every, place) == entry_id]
    if entry_id is None or not places or has_amended(register, record.id):
        return None
    void = line("undo", entry_id, "--void", *WHY)
    by = every[places[0]].get("by")
    separate = register.separation(record.model.policy) == "require"
    who = f", by somebody else than {by}," if separate else ""
    gone = every[places[0] :]
    first = [line("undo", str(entry.get("id")), *WHY) for _other, entry in relying(register, record, gone)]
    voided = {"type": "void", "undoes": entry_id, "to": leads_back(every[places[0]])}
    then = replace(record, data={**record.data, "history": [*every, voided]})
    begun = (void_of(register, one, one.model.history[0].id) for one, _over in begun_of_what_was_over(register, then))
    first += [one.rstrip(",") for one in begun if one is not None]
    return f"{'; '.join([*first, void])}{who}"


def relying(
    register: Register, record: RecordFile, gone: list[dict[str, Any]]
) -> Iterator[tuple[RecordFile, dict[str, Any]]]:
    """The entries of other records that count and rely on some of a record."""
    ids = {entry.get("id") for entry in gone}
    for other in register.may_name(record.id):
        for entry in counting(other.data["history"]):
            if (entry.get("relies-on") or {}).get(record.id) in ids:
                yield other, entry
