"""Rules for the history that stands in a record: the chain, the seals, the stage, what gates vouch for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from partnerkit.dataclass import dataclass, replace
from partnerkit.findings import Finding
from partnerkit.kinds.canonical import digests_of_beginnings
from partnerkit.kinds.history import Followed, followed, latest, only_id
from partnerkit.register import RecordFile
from partnerkit.rules.case import to_come
from partnerkit.rules.commands import correcting, line, log_of
from partnerkit.rules.fitting import digest_before, digest_once, fits
from partnerkit.rules.look import Look, restore
from partnerkit.rules.places import at
from partnerkit.rules.proven import as_sealed, paths_sealed
from partnerkit.rules.staying import stage_by_hand
from partnerkit.steps import IDENTITY, Live, binding_gates, statements, uses_digest


def entries_hold(look: Look) -> Iterator[Finding]:
    """Every entry is in its place, possible, and rests on what it says; but for those that were voided.

    These never counted. What stands before them is vouched for by the entry that voided them.
    """
    every = look.record.data["history"]
    known = Known.of(look.record)
    for index, entry in enumerate(look.record.model.history):
        for rule in ENTRY_RULES if index not in known.followed.voided else ():
            for found in rule(look, index, known):
                from partnerkit.rules.offering import void_of  # noqa: PLC0415 - only where an entry breaks a rule

                last = index in latest(every, known.followed.counting)
                void = void_of(look.register, look.record, entry.id) if last else None
                mend = _also(found.mend, void)
                yield replace(found, entry=only_id(every, index), mend=mend)


@dataclass(frozen=True, slots=True)
class Known:
    """What the rules for entries ask of a record again and again.

    Attributes:
        said: its statements, by id.
        followed: what became of its entries.
        before: of each void, the digest of all entries before it.
    """

    said: Mapping[str, Live]
    followed: Followed
    before: Mapping[int, str]

    @staticmethod
    def of(record: RecordFile) -> Known:
        """What they ask of this one."""
        every = record.data["history"]
        voids = [index for index, entry in enumerate(every) if entry.get("type") == "void"]
        digests = dict(enumerate(digests_of_beginnings(every[: voids[-1]]))) if voids else {}
        said = {found.said.id: found for found in statements(record)}
        return Known(said, followed(every), {index: digests[index] for index in voids})


def _continues(look: Look, index: int, known: Known) -> Iterator[Finding]:
    """It is numbered, leaves where the one before led, and carries the digest of that one."""
    every, entry = look.record.data["history"], look.record.model.history[index]
    previous = every[index - 1] if index else None
    problem: tuple[str, str] | None = None
    if entry.seq != index + 1:
        problem = ("entry-out-of-order", f"entry {entry.seq} stands where {index + 1} belongs")
    elif not fits(look.record, entry.seal.previous, digest_before(look.record, previous), previous):
        message = f"entry {index} was changed, removed or moved after entry {index + 1} was sealed"
        problem = ("chain-broken", message if index else "entry 1 is sealed as if an entry stood before it")
    elif entry.type == "void" and not fits(look.record, entry.seal.gate, known.before[index], every[:index]):
        problem = ("chain-broken", f"an entry before it was changed after entry {index + 1} was sealed")
    elif previous is not None and entry.from_ != previous.get("to"):
        message = f"entry {index + 1} leaves {entry.from_}, but the record stood in {previous.get('to')}"
        problem = ("entry-from-elsewhere", message)
    if problem is not None:
        yield at(look.record, ("history", index), *problem, mend=restore(look))


def _is_possible(look: Look, index: int, known: Known) -> Iterator[Finding]:
    """Whatever the policy was: the first entry makes the record, and time runs forward."""
    every = look.record.model.history
    entry, place = every[index], known.followed.before[index]
    before = every[place].at if place is not None else None
    problem: tuple[str, str] | None = None
    if not index and entry.type not in {"create", "adopt"}:
        problem = ("never-created", "its first entry neither creates nor adopts it")
    elif index and entry.type in {"create", "adopt"}:
        problem = ("created-twice", "only the first entry creates or adopts a record")
    elif entry.type == "correct" and entry.to != entry.from_:
        problem = ("corrected-elsewhere", f"a correction leaves the record in {entry.from_}, and this one moves it")
    elif before is not None and entry.at < before:
        problem = (
            "entry-backdated",
            f"entry {index + 1} is dated {entry.at:%Y-%m-%d %H:%M}, before the entry that precedes it",
        )
    elif to_come(entry.at, entry.clock, look.latest):
        problem = ("entry-in-future", f"entry {index + 1} is dated {entry.at:%Y-%m-%d %H:%M}, which is still to come")
    if problem is not None:
        yield at(look.record, ("history", index), *problem, mend=restore(look))


def _rests_on_what_was_said(look: Look, index: int, known: Known) -> Iterator[Finding]:
    """The statements on which it rests are there, as they were."""
    entry, said = look.record.model.history[index], known.said
    absent = [use for use in entry.uses if use not in said]
    used = [said[use].raw for use in entry.uses if use in said]
    if absent:
        message = f"entry {index + 1} rests on {', '.join(absent)}, which is gone: statements are never removed"
        found = at(look.record, ("history", index), "statement-removed", message, mend=_unmoved(look, index))
        yield replace(found, sealed=entry.id)
    elif not fits(look.record, entry.seal.statements, digest_once(look.record, uses_digest, used), used):
        message = (
            f"a statement on which entry {index + 1} rests was edited after it was sealed: {', '.join(entry.uses)}"
        )
        first = said[entry.uses[0]] if entry.uses else None
        keys = (first.group, first.index) if first else ("history", index)
        yield replace(at(look.record, keys, "statement-edited", message, mend=_unmoved(look, index)), sealed=entry.id)


def _unmoved(look: Look, index: int) -> str:
    """How what an entry rests on becomes again what it was, where its gate still binds; else how that is seen."""
    binds = any(gate.index == index for gate in binding_gates(look.record, look.policy))
    return _put_back(look) if binds else restore(look)


def _by_somebody_known(look: Look, index: int, _known: Known) -> Iterator[Finding]:
    """Whoever acted is on the roster."""
    who = look.record.model.history[index].by
    if who not in look.register.roster.people:
        message = f"{who} is not on the roster"
        mend = line("person", "add", who, "--email", "<email>")
        yield at(look.record, ("history", index, "by"), "person-unknown", message, mend=mend)


def stage_is_where_history_leads(look: Look) -> Iterator[Finding]:
    """The stage is where the last entry leads."""
    yield from stage_by_hand(look.record)


def content_as_sealed(look: Look) -> Iterator[Finding]:
    """What passed gates vouch for is as it was, whichever fields the policy would have them vouch for today."""
    for gate in binding_gates(look.record, look.policy):
        entry = look.record.model.history[gate.index]
        if entry.type not in {"create", "move"}:
            continue
        paths = paths_sealed(look.record, look.source, look.register, entry, [*IDENTITY, *gate.covers])
        if paths is None or as_sealed(look.record, entry, paths):
            continue
        message = f"what entry {entry.seq} ({gate.to}) vouches for was changed after it: one of {', '.join(paths)}"
        found = at(look.record, (paths[-1].split(".")[0],), "content-differs", message, mend=_put_back(look))
        yield replace(found, entry=only_id(look.record.data["history"], gate.index), sealed=entry.id)


def _also(mend: str | None, void: str | None) -> str | None:
    """A mend, and how an entry that landed against the rules comes to count for nothing."""
    return f"{mend}; {void} where it landed and never should have counted" if void else mend


def _put_back(look: Look) -> str:
    """How sealed content that was altered becomes again what it was."""
    return f"{log_of(look.record.path)} shows what it was; {correcting(look.record.id)} puts back what has landed"


ENTRY_RULES: tuple[Callable[[Look, int, Known], Iterator[Finding]], ...] = (
    _continues,
    _is_possible,
    _rests_on_what_was_said,
    _by_somebody_known,
)
