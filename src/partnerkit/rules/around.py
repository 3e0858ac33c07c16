"""What stands around a record: the records with which it is judged, and the policies that it amended."""

from __future__ import annotations

from partnerkit.kinds.catalogue import KINDS
from partnerkit.policies.policy import Policy
from partnerkit.register import RecordFile, Register
from partnerkit.steps import value_at


def kin(register: Register, record_id: str) -> frozenset[str]:
    """The records around one: all that belong, over however many steps, to the one above them all.

    What a demand asks of other records it asks of these; also that there is none, which no entry could name.
    """
    top, seen = record_id, {record_id}
    while (above := register.records.get(top)) is not None and above.subject is not None and above.subject not in seen:
        top = above.subject
        seen.add(top)
    found = {top}
    below: dict[str, list[str]] = {}
    for one in register.of_kind(None):
        if one.subject is not None:
            below.setdefault(one.subject, []).append(one.id)
    left = [top]
    while left:
        here = [one for one in below.get(left.pop(), ()) if one not in found]
        found |= set(here)
        left += here
    return frozenset(found)


def counting_on(register: Register, record_id: str) -> frozenset[str]:
    """The records whose gates may ask about one without naming it: those around it, and around those that it names.

    A demand can bound how many records name one, such as the pairings of a mentor.
    """
    record = register.records.get(record_id)
    others = named(register, record) if record is not None else frozenset()
    return kin(register, record_id).union(*(kin(register, one) for one in others if one in register.records))


def named(register: Register, record: RecordFile) -> frozenset[str]:
    """The ids of the records that a record names, but for the one to which it belongs."""
    source = register.policies.get(record.model.policy)
    found: set[str] = set()
    for path in naming_fields(source.policy, record.kind) if source is not None else ():
        value = value_at(record.data, path)
        found |= {one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str)}
    return frozenset(found)


def naming_fields(policy: Policy, kind: str) -> list[str]:
    """The fields of a kind that name records, in order."""
    specs = policy.fields.get(kind, {})
    return sorted({*KINDS[kind].refers, *(path for path, spec in specs.items() if spec.type == "record")})


def has_amended(register: Register, record_id: str) -> bool:
    """Whether a policy was amended as a record decided."""
    return any(record_id in source.policy.amendments for source in register.policies.values())
