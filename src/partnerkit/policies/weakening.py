"""What a new version of a policy no longer demands, in words: what a reviewer of a change must not overlook."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from partnerkit.kinds.duration import Duration
from partnerkit.policies.policy import Policy
from partnerkit.policies.requirement import Requirement
from partnerkit.policies.values import clause_list


def weakened(old: Policy, new: Policy) -> list[str]:
    """Everything in which the new version demands less than the old one, or something else in its place."""
    return [*_amending(old, new), *_gates(old, new), *_requirements(old, new), *_variables(old, new)]


def _amending(old: Policy, new: Policy) -> Iterator[str]:
    was, now = old.amended_by, new.amended_by
    if was is None:
        return
    cited = ", ".join(clause_list(was.clause))
    if now is None:
        yield f"{cited} (amended-by) is gone: its file may change without a case that decides it"
    elif (was.case, was.in_) != (now.case, now.in_):
        before, after = (f"{one.case} in {' or '.join(one.in_)}" for one in (was, now))
        yield f"{cited} (amended-by) asks for a case of {after} instead of {before}"


def _gates(old: Policy, new: Policy) -> Iterator[str]:
    before, after = _needs(old), _needs(new)
    for (kind, from_, to), names in after.items():
        was = before.get((kind, from_, to))
        if was is None and from_ in _stages(old, kind) and to in _stages(old, kind):
            yield f"a new way leads from {from_} to {to} ({kind})"
        for name in was or ():
            if name not in names:
                yield f"{_clauses(old, name)} no longer required for {to}"


def _stages(policy: Policy, kind: str) -> set[str]:
    lifecycle = policy.lifecycles.get(kind)
    return set(lifecycle.stages) if lifecycle else set()


def _needs(policy: Policy) -> dict[tuple[str, str, str], list[str]]:
    return {
        (kind, from_, way.to): way.needs
        for kind, lifecycle in policy.lifecycles.items()
        for way in lifecycle.transitions
        for from_ in way.from_
    }


def _clauses(policy: Policy, name: str) -> str:
    return ", ".join(policy.requirements[name].clauses)


def _requirements(old: Policy, new: Policy) -> Iterator[str]:
    for name, was in old.requirements.items():
        now = new.requirements.get(name)
        if now is not None:
            for words in _less(old, was, new, now):
                yield f"{_clauses(old, name)} ({name}) {words}"


def _less(old: Policy, was: Requirement, new: Policy, now: Requirement) -> Iterator[str]:
    """In which words a requirement demands less than it did."""
    if now.advisory and not was.advisory:
        yield "only warns"
    if now.when is not None and now.when != was.when:
        yield "is demanded only under a condition" if was.when is None else "is demanded under another condition"
    if now.waivable is not None and now.waivable != was.waivable:
        yield f"may be waived by {_shown(new, now.waivable.by)}"
    if gone := [stage for stage in was.standing if stage not in now.standing]:
        yield f"need no longer hold in {', '.join(gone)}"
    if gone := [path for path in was.covers if path not in now.covers]:
        yield f"no longer vouches for {', '.join(gone)}"
    if was.type != now.type:
        yield f"asks for {now.type} instead of {was.type}"
        return
    yield from _demanded(old, was.demand, new, now.demand)


#: Keys of demands under which more is demanded the higher the number or the longer the time.
_HIGHER = ("at_least", "fraction", "more_than", "open_for", "minimum")
#: Keys under which more is demanded the shorter the time.
_SHORTER = ("fresh_for", "at_most", "maximum")
#: Keys under which more is demanded where they are set.
_STRICT = ("with_digest", "single", "in_record", "all_", "anew")
#: Keys that say who or what: another value is another demand.
_OTHER = ("role", "kind", "kinds", "outcomes", "in_", "scope", "not_", "where", "same", "assurance")


def _demanded(old: Policy, was: Any, new: Policy, now: Any) -> Iterator[str]:
    if not hasattr(was, "model_fields_set"):
        if was != now:
            yield f"asks for {_listed(now)} instead of {_listed(was)}"
        return
    for key in type(was).model_fields:
        before, after = getattr(was, key), getattr(now, key, None)
        if before == after and old.value(before) == new.value(after):
            continue
        first, second = old.value(before), new.value(after)
        told = f"{key.strip('_').replace('_', '-')} from {_shown(old, before)} to {_shown(new, after)}"
        if (key in _HIGHER and _below(second, first)) or (key in _SHORTER and _below(first, second, none_is_most=True)):
            yield f"demands less: {told}"
        elif (key in _STRICT and first and not second) or key in _OTHER:
            yield f"demands something else: {told}" if key in _OTHER else f"demands less: {told}"


def _below(one: Any, other: Any, *, none_is_most: bool = False) -> bool:
    """Whether the first value is the lower one; none at all is the lowest, or for a longest time the highest."""
    if one is None or other is None:
        return (other is None and one is not None) if none_is_most else (one is None and other is not None)
    if isinstance(one, Duration) and isinstance(other, Duration):
        return _days(one) < _days(other)
    try:
        return bool(one < other)
    except TypeError:
        return False


def _days(one: Duration) -> float:
    """About how many days a duration lasts, to compare two."""
    return one.months * 30.44 + one.days


def _variables(old: Policy, new: Policy) -> Iterator[str]:
    for name, spec in old.variables.items():
        now = new.variables.get(name)
        if now is not None and spec.value is not None and now.value is None:
            yield f"{spec.clause}: {name} was {spec.value}, and nobody has set it any more"


def _shown(policy: Policy, value: Any) -> str:
    found = policy.value(value)
    if found is None:
        return "nothing"
    return _listed(found)


def _listed(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value)) or "nothing"
    if isinstance(value, dict):
        return ", ".join(f"{key} {item}" for key, item in value.items()) or "nothing"
    return str(value)
