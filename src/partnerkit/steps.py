"""A Step, its entries, and the state at each entry rebuilt from statements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Any, TypeVar

from partnerkit.dataclass import dataclass, field
from partnerkit.kinds.canonical import digest
from partnerkit.kinds.entries import PASSES_NO_GATE, TAKES_BACK
from partnerkit.kinds.history import counting
from partnerkit.kinds.statements import STATEMENT_LISTS, Statement, statement_digest
from partnerkit.policies.definition import gate_covers
from partnerkit.policies.policy import Policy
from partnerkit.register import RecordFile, Register

AnyStatement = TypeVar("AnyStatement", bound=Statement)

#: What every entry vouches for, whatever its gate: a record never changes what it is.
IDENTITY = ("kind", "id", "policy")

#: The digest of nothing: before the first entry of a history, and over no statements at all.
NO_ENTRY = NO_STATEMENTS = digest([])


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit of the main line, as git holds it.

    Attributes:
        oid: its id.
        parents: the ids of its parents, the first one first.
        author: the author's e-mail address, as claimed.
        committer: the committer's e-mail address, as claimed.
        at: the committer's clock, in UTC.
        subject: the first line of its message.
        signature: the signature in its header; None where it is not signed.
        signed: what the signature is over: the commit without it.
    """

    oid: str
    parents: tuple[str, ...]
    author: str
    committer: str
    at: datetime
    subject: str
    signature: bytes | None = None
    signed: bytes = b""


@dataclass(frozen=True, slots=True)
class Step:
    """One change of a register.

    Attributes:
        before: the tree before; None for the step in which the register came to be (genesis).
        after: the tree after.
        landed_at: when it landed, where that is known.
        by: the people who may be the one that lands it, as its commit shows; None where nobody can say.
        known: what was compared already (see `rules.compared`).
        altered: the parts of records in which they differ, likewise, by the record's id.
    """

    before: Register | None
    after: Register
    landed_at: datetime | None = None
    by: frozenset[str] | None = None
    known: dict[frozenset[str] | None, list[Any]] = field(default_factory=dict, compare=False, repr=False)
    altered: dict[str, AbstractSet[str]] = field(default_factory=dict, compare=False, repr=False)

    @property
    def rules(self) -> Register:
        """The register whose rules judge the step: the one before it, or itself at genesis."""
        return self.before or self.after


@dataclass(frozen=True, slots=True)
class Live:
    """A statement that counted at a moment: its list, its place in it, its typed value and as it was written."""

    group: str
    index: int
    said: Statement
    raw: dict[str, Any]


def statements(record: RecordFile) -> Sequence[Live]:
    """Every statement of a record, in the order of the file."""
    if "statements" not in record.found:
        record.found["statements"] = tuple(
            Live(group, index, said, record.data[group][index])
            for group in STATEMENT_LISTS
            for index, said in enumerate(getattr(record.model, group))
        )
    found: Sequence[Live] = record.found["statements"]
    return found


def live(record: RecordFile, moment: datetime) -> list[Live]:
    """The statements that counted at a moment: recorded by then, and not withdrawn by then."""
    return [
        found
        for found in statements(record)
        if found.said.at <= moment and (found.said.withdrawn is None or found.said.withdrawn.at > moment)
    ]


def of_sort(found: Iterable[Live], sort: type[AnyStatement]) -> list[tuple[Live, AnyStatement]]:
    """Those of some statements that are of a sort, each with what it says."""
    return [(one, one.said) for one in found if isinstance(one.said, sort)]


def stage_at(record: RecordFile, moment: datetime, entry_id: str | None = None) -> str | None:
    """Where a record stood at a moment; None before it was there.

    Args:
        record: the record as it is now.
        moment: the moment.
        entry_id: which of several entries of that very moment is meant.
    """
    past = [entry for entry in record.model.history if entry.at <= moment]
    named = next((index for index, entry in enumerate(past) if entry.id == entry_id), None)
    if named is not None and all(entry.at == moment for entry in past[named + 1 :]):
        return past[named].to
    return past[-1].to if past else None


def value_at(data: Any, path: str) -> Any:
    """The value at a dotted path of keys, or None. Into a list, the values of its items, be it in another list."""
    if "." not in path and isinstance(data, dict):  # as most are
        return data.get(path)
    current = data
    for segment in path.split("."):
        if isinstance(current, list):
            items = [item for one in current for item in (one if isinstance(one, list) else [one])]
            current = [item.get(segment) for item in items if isinstance(item, dict)]
        elif isinstance(current, dict):
            current = current.get(segment)
        else:
            return None
    return current


def is_filled(value: Any) -> bool:
    """Whether a value says anything: not absent, empty or blank."""
    if isinstance(value, str):
        return bool(value.strip())
    if isinstance(value, list):
        return any(is_filled(item) for item in value)
    return value is not None and value != {}


def parties_at(data: Any, path: str) -> list[str]:
    """The ids of the parties that a field lists, be they blocks with an `id` or plain ids."""
    found = value_at(data, path)
    items = found if isinstance(found, list) else []
    return [str(item["id"]) if isinstance(item, dict) else str(item) for item in items]


def blocks_at(data: Any, path: str) -> list[dict[str, Any]]:
    """The blocks of the list to which a path leads, be they in lists inside it."""
    return _blocks(value_at(data, path))


def _blocks(found: Any) -> list[dict[str, Any]]:
    parts = found if isinstance(found, list) else []
    return [block for one in parts for block in ([one] if isinstance(one, dict) else _blocks(one))]


def people_at(data: Any, path: str) -> list[str]:
    """The ids of the people whom a field names."""
    found = value_at(data, path)
    if isinstance(found, dict):
        found = list(found.values())
    return [item for item in (found if isinstance(found, list) else [found]) if isinstance(item, str)]


def content(data: dict[str, Any], paths: list[str] | tuple[str, ...]) -> dict[str, Any]:
    """What a record holds at the paths; absent stays absent."""
    return {path: value for path in paths if (value := value_at(data, path)) is not None}


def content_digest(data: dict[str, Any], paths: list[str] | tuple[str, ...]) -> str:
    """Digest of what a record holds at the paths."""
    return digest(content(data, paths))


def uses_digest(raw: list[dict[str, Any]]) -> str:
    """Digest of the statements that an entry used, by id."""
    return digest(sorted([statement["id"], statement_digest(statement)] for statement in raw)) if raw else NO_STATEMENTS


def entry_digest(entry: dict[str, Any] | None) -> str:
    """Digest of an entry as written, which the next one carries."""
    return NO_ENTRY if entry is None else digest(entry)


def history_digest(history: list[dict[str, Any]]) -> str:
    """Digest of entries as written, which a void carries: the one that it names may not vouch for those before it."""
    return digest(history)


@dataclass(frozen=True, slots=True)
class Passed:
    """A gate that a record has passed and not gone back behind: the entry, and the fields it locks."""

    index: int
    from_: str | None
    to: str
    covers: tuple[str, ...]
    needs: tuple[str, ...] = ()
    returning: bool = False


def passed_gates(history: list[dict[str, Any]], policy: Policy, kind: str) -> list[Passed]:
    """The gates that still bind after these entries.

    Going back to a stage opens every gate again that was passed since the record last left it; the gate of the return
    itself binds until the record is again where the return began. An undo puts things back as they were before the
    entry it names: the gates that a return had opened bind again.
    """
    lifecycle = policy.lifecycles.get(kind)
    stack: list[Passed] = []
    stood: dict[str, list[Passed]] = {}
    for index, entry in enumerate(history):
        to, from_ = _named(entry, "to", policy, kind) or "", _named(entry, "from", policy, kind)
        if entry.get("type") in PASSES_NO_GATE:
            continue
        if entry.get("type") in TAKES_BACK:
            stack = list(stood.get(str(entry.get("undoes")), stack))
            continue
        stood[str(entry.get("id"))] = list(stack)
        back = next((at for at, gate in enumerate(stack) if gate.from_ == to and not gate.returning), None)
        if back is not None:
            del stack[back:]
        stack = [gate for gate in stack if not (gate.returning and gate.from_ == to)]
        transition = lifecycle.find(from_, to) if lifecycle and from_ else None
        covers = gate_covers(policy, transition) if transition else []
        needs = transition.needs if transition else []
        stack.append(Passed(index, from_, to, tuple(covers), tuple(needs), returning=back is not None))
    return stack


def binding_gates(record: RecordFile, policy: Policy) -> Sequence[Passed]:
    """The gates that still bind a record (`passed_gates` of its whole history)."""
    known, _found = record.found.get("gates", (None, ()))
    if known is not policy:
        record.found["gates"] = (policy, passed_gates(record.data["history"], policy, record.kind))
    found: Sequence[Passed] = record.found["gates"][1]
    return found


def _named(entry: dict[str, Any], key: str, policy: Policy, kind: str) -> str | None:
    """A stage of an entry as the policy calls it now."""
    found = entry.get(key)
    return policy.named_now(kind, str(found)) if found is not None else None


def reopened_at(history: list[dict[str, Any]], policy: Policy, kind: str) -> datetime | None:
    """When the record last went back to a stage it had left, by a move that stands; None where it never did.

    A rest beside the main path (suspended) that is entered and left again is no going back; an end (declined) that is
    left again is one: what was decided before it counts no more.
    """
    lifecycle = policy.lifecycles.get(kind)
    left: list[str] = []
    found: datetime | None = None
    for entry in counting(history):
        from_, to = _named(entry, "from", policy, kind), _named(entry, "to", policy, kind) or ""
        if entry.get("type") == "migrate":
            continue
        if to in left:
            ended = lifecycle is not None and from_ is not None and lifecycle.is_over(from_)
            main = lifecycle.main_stages if lifecycle else set()
            if left.index(to) < len(left) - 1 or from_ in main or ended:
                found = datetime.fromisoformat(str(entry["at"]))
            del left[left.index(to) :]
        elif from_ is not None:
            left.append(str(from_))
    return found


def locked_fields(record: RecordFile, policy: Policy) -> dict[str, Passed]:
    """The fields that passed gates lock, each with the gate that does."""
    found: dict[str, Passed] = {}
    for gate in binding_gates(record, policy):
        for path in gate.covers:
            found.setdefault(path, gate)
    return found
