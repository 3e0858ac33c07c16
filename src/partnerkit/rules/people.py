"""Rules for the people whom a record names: who proposed it, who has an interest in it, who holds a role for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from partnerkit.dataclass import replace
from partnerkit.findings import Finding
from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.problems import did_you_mean
from partnerkit.register import ROSTER_PATH, Keys, RecordFile, Register
from partnerkit.rules.commands import as_committed, line
from partnerkit.rules.places import at
from partnerkit.rules.proven import proof
from partnerkit.rules.restored import PROPOSER, field_was, proposer_is_final
from partnerkit.rules.staying import locking
from partnerkit.steps import Step, people_at

#: The fields that say who may not decide, and who looks after it. They may name somebody outside, who is on no roster.
NAMING = (PROPOSER, "interested", "roles")


def known_where_named(step: Step, old: RecordFile | None, new: RecordFile) -> Iterator[Finding]:
    """A person whom a step names is on the roster, or somebody outside: a slip of the pen would free them to decide."""
    for path in NAMING:
        before = people_at(old.data, path) if old is not None else []
        for person in people_at(new.data, path):
            if person not in before and person not in step.after.roster.people:
                near = did_you_mean(person, step.after.roster.people)
                message = (
                    f"{path} names {person}, and the roster knows nobody of that id{near or '; somebody outside?'}"
                )
                mend = line("person", "show")
                yield at(new, _keys(new, path, person), "person-unknown", message, mend=mend, severity="warning")


def named_people_stay(before: Register, after: Register) -> Iterator[Finding]:
    """Whom a record names and the roster knew, the roster goes on knowing: an id is never renamed, roles are ended.

    A record does not say whether it names somebody outside, so only the step that takes the id away can show it.
    """
    gone = before.roster.people.keys() - after.roster.people.keys() if before.roster is not after.roster else set()
    for record in after.of_kind(None) if gone else ():
        for path in NAMING:
            for person in sorted(gone & set(people_at(record.data, path))):
                near = did_you_mean(person, set(after.roster.people) - set(before.roster.people))
                message = f"{path} names {person}, who is no longer on the roster: an id stays for ever{near}"
                mend = f"{as_committed(ROSTER_PATH)}; whoever leaves: {line('person', 'end', person, '<role>')}"
                yield at(record, _keys(record, path, person), "person-unknown", message, mend=mend)


def proposer_stays(step: Step, old: RecordFile, new: RecordFile) -> Iterator[Finding]:
    """Whoever proposed it stays its proposer once it has left its first stage: else they could come to decide on it.

    Before that it may be handed on, and a reviewer should see it: a record keeps no list of whoever was its proposer,
    so the former one is kept from deciding only where they are listed among those with an interest.
    """
    was, now = old.data.get(PROPOSER), new.data.get(PROPOSER)
    if was is None or was == now:
        return
    if proposer_is_final(old):
        message = f"the proposer was changed from {was} to {now}, after {new.id} had left its first stage"
        found = at(new, (PROPOSER,), "proposer-changed", message, mend=as_committed(new.path))
        sides = field_was(PROPOSER, was), field_was(PROPOSER, now)
        yield replace(found, sealed=_sealing(step, old, new), was=sides[0], became=sides[1])
        return
    interested = people_at(new.data, "interested")
    if was not in interested:
        message = (
            f"the proposer was changed from {was} to {now or 'nobody'}: {was} may decide on it from the next step on, "
            "unless listed among those with an interest"
        )
        mend = line("set", new.id, f"interested=[{', '.join([*interested, was])}]")
        yield at(new, (PROPOSER,), "proposer-changed", message, mend=mend, severity="warning")


def _sealing(step: Step, old: RecordFile, new: RecordFile) -> str | None:
    """What proves who proposed a record: the seal of a gate that still binds, where one vouches for it."""
    policy = step.rules.policy_of(old)
    gate = locking(old, new, policy).get(PROPOSER) if policy is not None else None
    return proof(old.model.history[gate.index].id, PROPOSER) if gate is not None else None


def interests_stay(step: Step, old: RecordFile, new: RecordFile) -> Iterator[Finding]:
    """What was declared and is taken out again frees somebody to decide, or to be paired: a reviewer should see it.

    Where duties are separate, nobody does so whom it frees: somebody else has to.
    """
    for path in _declared(old):
        gone = _taken_out(old, new, path)
        if not gone:
            continue
        from partnerkit.rules.bound import every_id  # noqa: PLC0415 - only where an interest is taken out

        who, owner = ", ".join(gone), old.data.get(_owner(old, path) or "")
        code, message = "interest-removed", f"{who} is no longer interested in {new.id}, and may decide"
        if path != "interested":
            code = "bond-removed"
            message = f"{who} is no longer in {path} of {new.id}: nothing keeps them and {owner} apart"
        mend = "ask why before it lands"
        found = at(new, (path,), code, f"{message} from the next step on", mend=mend, severity="warning")
        freed = every_id((step.rules, step.after), {*gone, *([owner] if isinstance(owner, str) else [])})
        apart = old.model.policy in step.rules.policies and step.rules.separation(old.model.policy) == "require"
        if apart and step.by and step.by <= freed:
            what = f"{' or '.join(sorted(step.by))} takes {who} out of {path} of {new.id}"
            message = f"{what}, and would be freed by their own word: somebody else has to"
            mend = line("set", new.id, f"{path}=[{', '.join(people_at(new.data, path))}]")
            found = at(new, (path,), "freed-by-themselves", message, mend=mend)
        yield found


def naming(kind: str) -> frozenset[str]:
    """The fields of a kind that say who may not decide, who is kept apart, and who looks after it."""
    return frozenset({*NAMING, *(KINDS[kind].bonds or ())})


def frees(before: Register, after: Register, ids: Iterable[str]) -> bool:
    """Whether a step takes out of one of these records what somebody declared that keeps people apart."""
    both = ((before.records.get(one), after.records.get(one)) for one in ids)
    return any(_taken_out(old, new, path) for old, new in both if old and new for path in _declared(old))


def _declared(record: RecordFile) -> tuple[str, ...]:
    """The fields of a record that keep people from deciding, or apart."""
    bonds = KINDS[record.kind].bonds
    return ("interested", *(bonds[1:] if bonds is not None else ()))


def _owner(record: RecordFile, path: str) -> str | None:
    """The field with the person of whom what stands at the path is said beside those whom it names."""
    bonds = KINDS[record.kind].bonds
    return bonds[0] if bonds is not None and path != "interested" else None


def _taken_out(old: RecordFile, new: RecordFile, path: str) -> list[str]:
    return sorted(set(people_at(old.data, path)) - set(people_at(new.data, path)))


def _keys(record: RecordFile, path: str, person: str) -> Keys:
    """Where a record names a person below a field."""
    value = record.data[path]
    if isinstance(value, list):
        return (path, value.index(person))
    if isinstance(value, dict):
        return (path, next(role for role, one in value.items() if one == person))
    return (path,)
