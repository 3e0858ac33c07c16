"""Rules for the history that stands in a record: the chain, the seals, the stage, what gates vouch for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from partnerkit.findings import Finding
from partnerkit.kinds.canonical import digest
from partnerkit.kinds.entries import Entry
from partnerkit.policies.definition import gate_digest
from partnerkit.policies.shapes import has_field
from partnerkit.rules.case import covered_paths, to_come
from partnerkit.rules.commands import line
from partnerkit.rules.entry_types import JUDGED
from partnerkit.rules.fitting import fits
from partnerkit.rules.look import Look, restore
from partnerkit.rules.places import at
from partnerkit.rules.staying import stage_by_hand
from partnerkit.steps import IDENTITY, content, entry_digest, passed_gates, statements, uses_digest


def chain_holds(look: Look) -> Iterator[Finding]:
    """Entries are numbered, follow each other, and carry each other's digest."""
    previous: dict[str, object] | None = None
    for index, entry in enumerate(look.record.data["history"]):
        model = look.record.model.history[index]
        if model.seq != index + 1:
            yield at(
                look.record,
                ("history", index),
                "entry-out-of-order",
                f"entry {model.seq} stands where {index + 1} belongs",
                mend=restore(look),
            )
        elif not fits(look.record, model.seal.previous, entry_digest(previous), previous):
            message = (
                f"entry {index} was changed, removed or moved after entry {index + 1} was sealed"
                if index
                else "it is sealed as if an entry stood before it"
            )
            yield at(look.record, ("history", index), "chain-broken", message, mend=restore(look))
        elif previous is not None and model.from_ != previous.get("to"):
            yield at(
                look.record,
                ("history", index),
                "entry-from-elsewhere",
                f"it leaves {model.from_}, but the record stood in {previous.get('to')}",
                mend=restore(look),
            )
        previous = entry


def entries_are_possible(look: Look) -> Iterator[Finding]:
    """Whatever the policy was: the first entry makes the record, time runs forward, every type can be judged."""
    earlier: datetime | None = None
    for index, entry in enumerate(look.record.model.history):
        problem: tuple[str, str] | None = None
        if not index and entry.type not in {"create", "adopt"}:
            problem = ("never-created", "its first entry neither creates nor adopts it")
        elif index and entry.type in {"create", "adopt"}:
            problem = ("created-twice", "only the first entry creates or adopts a record")
        elif entry.type not in JUDGED:
            problem = ("entry-not-judged", f"entries of the type {entry.type} are not made by this version")
        elif earlier is not None and entry.at < earlier:
            problem = ("entry-backdated", f"it is dated {entry.at:%Y-%m-%d %H:%M}, before the entry that precedes it")
        elif to_come(entry.at, entry.clock, look.latest):
            problem = ("entry-in-future", f"it is dated {entry.at:%Y-%m-%d %H:%M}, which is still to come")
        if problem is not None:
            yield at(look.record, ("history", index), *problem, mend=restore(look))
        earlier = entry.at


def stage_is_where_history_leads(look: Look) -> Iterator[Finding]:
    """The stage is where the last entry leads."""
    yield from stage_by_hand(look.record)


def statements_as_sealed(look: Look) -> Iterator[Finding]:
    """The statements on which entries rest are there, as they were."""
    by_id = {found.said.id: found for found in statements(look.record)}
    for index, entry in enumerate(look.record.model.history):
        absent = [use for use in entry.uses if use not in by_id]
        used = [by_id[use].raw for use in entry.uses if use in by_id]
        if absent:
            message = f"entry {index + 1} rests on {', '.join(absent)}, which is gone: statements are never removed"
            yield at(look.record, ("history", index), "statement-removed", message, mend=restore(look))
        elif not fits(look.record, entry.seal.statements, uses_digest(used), used):
            message = (
                f"a statement on which entry {index + 1} rests was edited after it was sealed: {', '.join(entry.uses)}"
            )
            first = by_id[entry.uses[0]] if entry.uses else None
            keys = (first.group, first.index) if first else ("history", index)
            yield at(look.record, keys, "statement-edited", message, mend=restore(look))


def content_as_sealed(look: Look) -> Iterator[Finding]:
    """What passed gates vouch for is as it was, whichever fields the policy would have them vouch for today."""
    for gate in passed_gates(look.record.data["history"], look.policy, look.record.kind):
        entry = look.record.model.history[gate.index]
        if entry.type not in {"create", "move"} or _as_sealed(look, entry, [*IDENTITY, *gate.covers]):
            continue
        paths = paths_sealed(look, entry)
        if paths is None or _as_sealed(look, entry, paths):
            continue
        message = f"what entry {entry.seq} ({gate.to}) vouches for was changed after it: one of {', '.join(paths)}"
        keys = (paths[-1].split(".")[0],) if len(paths) > len(IDENTITY) else ("policy",)
        yield at(look.record, keys, "content-differs", message, mend=restore(look))


def _as_sealed(look: Look, entry: Entry, paths: list[str]) -> bool:
    over = content(look.record.data, paths)
    return fits(look.record, entry.seal.covers, digest(over), over)


def paths_sealed(look: Look, entry: Entry) -> list[str] | None:
    """The fields that the gate of an entry vouched for when it was passed, by the policy that it was sealed with.

    None where nobody can say: that policy never landed here, or records can no longer hold what it spoke of.
    """
    for source in (look.source, *look.register.former(look.source.path)):
        lifecycle = source.policy.lifecycles.get(look.record.kind)
        transition = lifecycle.find(entry.from_, entry.to) if lifecycle and entry.from_ else None
        if entry.seal.gate == gate_digest(source.data, entry.from_, entry.to, transition):
            paths = covered_paths(source, transition)
            held = all(path in IDENTITY or has_field(look.policy, look.record.kind, path) for path in paths)
            return paths if held else None
    return None


def people_are_on_the_roster(look: Look) -> Iterator[Finding]:
    """Whoever acted in an entry is on the roster."""
    for index, entry in enumerate(look.record.model.history):
        if entry.by not in look.register.roster.people:
            yield at(
                look.record,
                ("history", index, "by"),
                "person-unknown",
                f"{entry.by} is not on the roster",
                mend=line("person", "add", entry.by, "--email", "<email>"),
            )
