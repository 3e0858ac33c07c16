"""Values that a condition can ask for: a stage, kind, policy, category or choice that nobody could mean is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from partnerkit.errors import WrongCallError
from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.entries import TOMBSTONE_STAGE
from partnerkit.kinds.problems import did_you_mean
from partnerkit.policies.policy import Policy
from partnerkit.policies.shapes import has_field
from partnerkit.register import Register
from partnerkit.rules.commands import line

_CATEGORIES, _CHOICES = {"category", "categories"}, {"choice", "choices"}


def value_meant(register: Register, field: str, wanted: str, kind: str | None, held: Callable[[str], bool]) -> str:
    """The value as records hold it: a category by its whole path, where it was named by its last part.

    Args:
        register: whose policies say which values a field can have.
        field: the field.
        wanted: the value that is asked for.
        kind: only records of this kind are meant.
        held: whether any record holds a value, though no policy knows it any more.

    Raises:
        WrongCallError: the field takes certain values only, and that is none of them; or several categories have it.
    """
    known = _values(register, field, kind)
    if known is None or wanted in known or not wanted:
        return wanted
    whole = sorted(name for name in known if name.rpartition("/")[2] == wanted)
    if len(whole) == 1:
        return whole[0]
    if whole:
        raise WrongCallError(f"{wanted} is the name of several categories: {', '.join(whole)}")
    if held(wanted):
        return wanted
    near = did_you_mean(wanted, sorted({*known, *(name.rpartition("/")[2] for name in known)}))
    raise WrongCallError(
        f"no {field} is called {wanted!r}{near}", f"{line('list', '--by', field)} shows which there are"
    )


def _values(register: Register, field: str, kind: str | None) -> set[str] | None:
    """Every value that the field can have; None where it takes others than certain ones."""
    policies = [source.policy for source in register.policies.values()]
    if field == "kind":
        return set(KINDS)
    if field == "policy":
        return set(register.policies)
    pairs = [(one, other) for one in policies for other in one.lifecycles if kind is None or other == kind]
    if field == "stage":
        return {TOMBSTONE_STAGE, *(stage for one, other in pairs for stage in one.lifecycles[other].stages)}
    found: set[str] = set()
    for policy, other in pairs:
        if has_field(policy, other, field):
            values = _declared(policy, other, field)
            if values is None:
                return None
            found |= set(values)
    return found or None


def _declared(policy: Policy, kind: str, field: str) -> Iterable[str] | None:
    """The values to which a policy narrows a field; None where it leaves it open."""
    spec = policy.fields.get(kind, {}).get(field)
    if spec is None:
        return None
    return policy.categories() if spec.type in _CATEGORIES else spec.choices if spec.type in _CHOICES else None
