"""What stands around a record: the records with which it is judged, and the policies that it amended."""

from __future__ import annotations

from partnerkit.register import Register


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
    return frozenset(found | {record_id})


def has_amended(register: Register, record_id: str) -> bool:
    """Whether a policy was amended as a record decided."""
    return any(record_id in source.policy.amendments for source in register.policies.values())
