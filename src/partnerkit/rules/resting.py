"""Rules for what passed decisions rest on: evidence, and the record to which another belongs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from partnerkit.dataclass import replace
from partnerkit.findings import Finding
from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.problems import an
from partnerkit.kinds.statements import STATEMENT_LISTS, Approval
from partnerkit.policies.policy import Policy
from partnerkit.register import PolicyFile, RecordFile
from partnerkit.rules.commands import as_committed, line
from partnerkit.rules.fallen import renewed, rests_on, signatures_fallen
from partnerkit.rules.places import at
from partnerkit.rules.restored import field_was
from partnerkit.steps import Live, Passed, binding_gates, statements

#: After everything that a record says, whichever day is asked about.
EVER = datetime.max.replace(tzinfo=UTC)

#: The parts of a record on which passed gates may rest, and which say what rests on what.
RESTED_ON = frozenset({*STATEMENT_LISTS, "history"})


def evidence_stays(old: RecordFile, new: RecordFile, source: PolicyFile) -> Iterator[Finding]:
    """What a decision rests on neither grows nor goes while its gate stands; what ages may be shown anew."""
    policy = source.policy
    used = {use: gate for gate in _standing(old, new, policy) for use in old.model.history[gate.index].uses}
    for said in old.model.approvals:
        if not isinstance(said, Approval) or said.id not in used:
            continue
        names, passed = rests_on(old, source, said), old.model.history[used[said.id].index].at
        before, after = _resting(old, names), _resting(new, names)
        changed = [one for key, one in {**before, **after}.items() if (key in before) != (key in after)]
        for found in changed:
            if renewed(source, found.said, passed) or _never_rested_on(said, found, after):
                continue
            message = (
                f"{found.said.id} for {found.said.requirement}: the approval {said.id} of {said.requirement} rests on "
                f"what was there when {new.id} passed its gate, and binds until it goes back behind it"
            )
            requirement = policy.requirements.get(said.requirement)
            clause = ", ".join(policy.full(one) for one in requirement.clauses) if requirement else None
            keys = (found.group, found.index)
            told = at(new, keys, "rested-on-changed", message, clause=clause, mend=line("gates", new.id))
            yield replace(told, sealed=old.model.history[used[said.id].index].id)


def _never_rested_on(said: Approval, found: Live, after: dict[str, Live]) -> bool:
    """Whether something goes that came after the decision: it rests again on what it rested on."""
    return found.said.id not in after and found.said.id not in said.binds.evidence


def signed_stays(old: RecordFile, new: RecordFile, source: PolicyFile) -> Iterator[Finding]:
    """Signatures that opened a gate, and the document on which they were made, stay for as long as the gate stands."""
    for gate in _standing(old, new, source.policy):
        before = {one.found.said.id for one in signatures_fallen(old, source, gate, EVER)}
        for one in signatures_fallen(new, source, gate, EVER):
            if one.found.said.id in before:
                continue
            message = (
                f"{one.why}: {new.id} passed its gate to {gate.to} on that signature, "
                "and it binds until the record goes back behind that gate"
            )
            requirement = source.policy.requirements.get(one.found.said.requirement)
            clause = ", ".join(source.policy.full(name) for name in requirement.clauses) if requirement else None
            keys = (one.found.group, one.found.index)
            told = at(new, keys, one.code, message, clause=clause, mend=line("gates", new.id))
            yield replace(told, sealed=old.model.history[gate.index].id)


def _standing(old: RecordFile, new: RecordFile, policy: Policy) -> list[Passed]:
    """The gates passed before the step that still stand after it."""
    after = {gate.index for gate in binding_gates(new, policy)}
    return [gate for gate in binding_gates(old, policy) if gate.index in after]


def _resting(record: RecordFile, requirements: list[str]) -> dict[str, Live]:
    """The evidence and scores for the requirements that are not withdrawn, by id."""
    return {
        found.said.id: found
        for found in statements(record)
        if found.group in {"evidence", "scores"}
        and found.said.requirement in requirements
        and found.said.withdrawn is None
    }


def belonging_stays(old: RecordFile, new: RecordFile) -> Iterator[Finding]:
    """A record belongs to the one for which it was made, and goes on from the one that it continues, for ever."""
    kind = KINDS[new.kind]
    for key in (*([kind.subject] if kind.subject else []), *kind.continues):
        was, now = old.data.get(key), new.data.get(key)
        if was == now:
            continue
        where = (
            "stays where it belongs" if key == kind.subject else "goes on from what it was made from, or from nothing"
        )
        message = f"{key} was changed from {was or 'nothing'} to {now or 'nothing'}: {an(new.kind)} {where}"
        found = at(new, (key,), "identity-changed", message, mend=as_committed(new.path))
        yield replace(found, was=field_was(key, was), became=field_was(key, now))
