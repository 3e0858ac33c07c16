"""What a new version of a policy no longer demands, in words: what a reviewer of a change must not overlook.

Every key says where it is defined how it bears on what is demanded (`bearing`). The two versions are walked key by key:
what is not known to demand more is told, so that a key which nobody thought of here is told too.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

from partnerkit.kinds.duration import Duration
from partnerkit.kinds.modelled import BaseModel
from partnerkit.policies.bearing import Bearing, Spot, spots
from partnerkit.policies.lifecycle import Transition
from partnerkit.policies.policy import Policy
from partnerkit.policies.requirement import DEMANDS, Requirement
from partnerkit.policies.things import Keys, became, shown, thing, way
from partnerkit.policies.values import clause_list
from partnerkit.tuples import NamedTuple


class _Both(NamedTuple):
    """The two versions, and whether each variable has the value that it had: then what says the same is the same."""

    old: Policy
    new: Policy
    same_values: bool


class _Less(NamedTuple):
    """A key under which less is demanded, or something else.

    Attributes:
        keys: the path that leads to it.
        bearing: `OTHER` where something else is demanded, else how the key bears.
        was: what it was; None where there was nothing.
        now: what it is.
    """

    keys: Keys
    bearing: Bearing
    was: Any
    now: Any


class _Way(NamedTuple):
    """A way of the old version, between the stages as the new one calls them; joined where these became one."""

    from_: str
    to: str
    was: Transition
    joined: bool


#: Keys of a policy of which more is said than that they differ: each by what follows from it.
_APART = frozenset({"lifecycles", "variables", "separation_of_duties"})

#: What stands for the sort of demand that a requirement makes: its key is another where it makes another.
_ASKS = "asks"

#: Keys of a transition that say which it is, and what it needs, which is told by its clauses.
_WAY = frozenset({"from_", "to", "needs"})

#: What is said of some keys, where it can be said in plainer words than that they differ.
_PLAINLY = {
    "advisory": "only warns",
    "covers": "no longer vouches for {lost}",
    "standing": "need no longer hold in {lost}",
    "waivable": "may be waived {now}",
    "when": "is demanded only where {key} is {now}",
    "amended-by": "is gone: its file may change without a case that decides it",
}


def weakened(old: Policy, new: Policy) -> list[str]:
    """Everything in which the new version demands less than the old one, or something else in its place."""
    both = _Both(old, new, old.variables == new.variables)
    found = [*_fields(both, old, new, (), but=_APART), *_lifecycles(both)]
    return [*_gates(old, new), *(_told(both, one) for one in found), *_variables(old, new), *_review(old, new)]


def _fields(both: _Both, was: BaseModel, now: BaseModel, keys: Keys, *, but: frozenset[str]) -> Iterator[_Less]:
    """What is less in a part of the policy that both versions have."""
    for (key, at), name in zip(spots(type(was)).items(), type(was).model_fields, strict=True):
        if name not in but:
            yield from _less(both, getattr(was, name), getattr(now, name), at, (*keys, key))


def _less(both: _Both, was: Any, now: Any, at: Spot, keys: Keys) -> Iterator[_Less]:
    """What is less below a key, or at it."""
    if at.bearing is Bearing.WORDS:
        return
    was, now = both.old.value(was), both.new.value(now)
    if was == now and (both.same_values or not isinstance(was, BaseModel | dict)):
        return
    if at.value.bearing is Bearing.WORDS:
        was, now = (list(one) if isinstance(one, dict) else one for one in (was, now))
    if isinstance(was, Requirement) and isinstance(now, Requirement) and was.type != now.type:
        yield _Less((*keys, _ASKS), Bearing.OTHER, was.type, now.type)
        yield from _fields(both, was, now, keys, but=frozenset(DEMANDS))
    elif isinstance(was, BaseModel) and isinstance(now, BaseModel):
        yield from _fields(both, was, now, keys, but=frozenset())
    elif isinstance(was, dict) or isinstance(now, dict):
        was, now = was or {}, now or {}
        for key in dict.fromkeys([*was, *now]):
            if not both.same_values or was.get(key) != now.get(key):
                yield from _entry(both, was.get(key), now.get(key), at, (*keys, key))
    elif (bearing := _bears(was, now, at)) is not None:
        yield _Less(keys, bearing, was, now)


def _entry(both: _Both, was: Any, now: Any, at: Spot, keys: Keys) -> Iterator[_Less]:
    """What is less in an entry of a mapping: where only one version has it, as the mapping bears."""
    inner = isinstance(was, dict) or isinstance(now, dict)
    lone = (was is None or now is None) and not inner
    yield from _less(both, was, now, Spot(at.bearing, Any) if lone else at.value, keys)


def _bears(was: Any, now: Any, at: Spot) -> Bearing | None:
    """How it bears that a value became another: `OTHER` where nobody can say; None where no less is demanded."""
    if at.bearing is not Bearing.OTHER and isinstance(was or now, list):
        lost, gained = _lists(was, now)
        return at.bearing if (lost if at.bearing is Bearing.DEMANDS else gained) else None
    order = None if at.bearing is Bearing.OTHER else _order(was, now, at)
    if order is None:
        return Bearing.OTHER
    return at.bearing if (order < 0 if at.bearing is Bearing.DEMANDS else order > 0) else None


def _lists(was: Any, now: Any) -> tuple[list[Any], list[Any]]:
    """What a list lost, and what it gained."""
    return [one for one in was or [] if one not in (now or [])], [one for one in now or [] if one not in (was or [])]


def _order(was: Any, now: Any, at: Spot) -> int | None:
    """Whether there is more now (1), less (-1) or as much (0); None where nobody can say."""
    if was is None or now is None:
        more = was is None
        return 1 if more is not (at.bearing is Bearing.LIMITS) else -1
    if was in at.ranks and now in at.ranks:
        was, now = at.ranks.index(was), at.ranks.index(now)
    if isinstance(was, Duration) and isinstance(now, Duration):
        was, now = _days(was), _days(now)
    if any(isinstance(was, one) and isinstance(now, one) for one in (int, float, Fraction, date)):
        return int(now > was) - int(now < was)
    return None


def _days(one: Duration) -> float:
    """About how many days a duration lasts, to compare two."""
    return one.months * 30.44 + one.days


def _lifecycles(both: _Both) -> Iterator[_Less]:
    """What is less in lifecycles that both versions have, but for what gates need; one that is gone is told whole."""
    for kind, was in both.old.lifecycles.items():
        now, keys = both.new.lifecycles.get(kind), ("lifecycles", kind)
        if both.same_values and was == now:
            continue
        if now is None:
            yield _Less(keys, Bearing.DEMANDS, was, None)
            continue
        if both.new.named_now(kind, was.starts) != now.starts:
            yield _Less((*keys, "starts"), Bearing.OTHER, was.starts, now.starts)
        for name, stage in was.stages.items():
            found = now.stages.get(both.new.named_now(kind, name))
            if found is not None:
                yield from _fields(both, stage, found, (*keys, "stages", name), but=frozenset())
        for one in _ways(both.old, both.new, kind):
            same = None if one.joined else now.find(one.from_, one.to)
            if same is not None:
                yield from _fields(both, one.was, same, (*keys, "transitions", way(one.from_, one.to)), but=_WAY)


def _ways(old: Policy, new: Policy, kind: str) -> Iterator[_Way]:
    for one in old.lifecycles[kind].transitions:
        for stage in one.from_:
            from_, to = new.named_now(kind, stage), new.named_now(kind, one.to)
            yield _Way(from_, to, one, joined=from_ == to and stage != one.to)


def _gates(old: Policy, new: Policy) -> Iterator[str]:
    """Ways that are new, and what gates need no more; of stages that became one, what lay between them."""
    for kind, now in new.lifecycles.items():
        before = list(_ways(old, new, kind)) if kind in old.lifecycles and old.lifecycles[kind] != now else []
        known = {(one.from_, one.to) for one in before}
        for after in now.transitions if before else ():
            new_ones = [stage for stage in after.from_ if (stage, after.to) not in known]
            yield from (f"a new way leads from {stage} to {after.to} ({kind})" for stage in new_ones)
        for one in before:
            ways = [
                after for after in now.transitions if after.to == one.to and (one.joined or one.from_ in after.from_)
            ]
            needed = {name for after in ways for name in after.needs}
            for name in one.was.needs if ways else ():
                if name not in needed:
                    yield f"{_clauses(old, name)} no longer required for {one.to}"


def _clauses(policy: Policy, name: str) -> str:
    found = policy.requirements.get(name)
    return ", ".join(found.clauses) if found is not None else name


def _variables(old: Policy, new: Policy) -> Iterator[str]:
    """What nobody has set any more, or set later; another value is told where it is used."""
    for name, was in old.variables.items():
        now = new.variables.get(name)
        if was.value is None:
            continue
        if now is None or now.value is None:
            gone = "is gone" if now is None else "nobody has set it any more"
            yield f"{was.clause}: {name} was {shown(was.value)}, and {gone}"
        elif now.value == was.value and now.since is not None and (was.since is None or now.since > was.since):
            yield f"{was.clause}: {name} counts from {now.since} on, and so far from {was.since or 'the beginning'}"


def _review(old: Policy, new: Policy) -> Iterator[str]:
    """That the policy itself is reviewed later, though nobody reviewed it, or never."""
    was, now = old.review_due, new.review_due
    reviewed = (old.reviewed, old.approved) != (new.reviewed, new.approved)
    if was is not None and (now is None or (now > was and not reviewed)):
        yield f"its own review was due on {was}, and is due {f'on {now}' if now else 'on no day any more'}"


def _told(both: _Both, less: _Less) -> str:
    """In words what is less, with the clause and the name of the thing."""
    found = thing(less.keys)
    inner = less.keys[len(found.keys) :] or (less.keys if found.what == "fact" else ())
    entry = _at(both.old, found.keys) or _at(both.new, found.keys)
    cited = ", ".join(clause_list(getattr(entry, "clause", None) or []))
    name = found.name if found.what in {"requirement", "fact"} else f"{found.what} {found.name}"
    named = f"{cited} ({name})" if cited else "the policy" if found.what == "fact" else name
    if not inner:
        return f"{named} {'is gone' if less.now is None else 'is new'}"
    if isinstance(entry, Requirement) and inner[0] == entry.type:
        inner = inner[1:] or inner
    return f"{named} {_said(inner, less)}"


def _at(policy: Policy, keys: Keys) -> Any:
    """What stands at a path; None where there is no such thing."""
    found = getattr(policy, keys[0].replace("-", "_"), None)
    for key in keys[1:]:
        found = found.get(key) if isinstance(found, dict) else None
    return found


def _said(keys: Keys, less: _Less) -> str:
    """What is less about a thing, in words."""
    lost, gained = _lists(less.was, less.now) if isinstance(less.was or less.now, list) else ([], [])
    only = keys[0] == "when" and less.bearing is Bearing.ALLOWS
    plain = _PLAINLY.get(keys[0]) if only or (len(keys) == 1 and keys[0] != "when") else None
    if keys[-1] == _ASKS:
        return f"asks for {less.now} instead of {less.was}"
    if plain is not None and less.bearing is not Bearing.OTHER:
        return plain.format(lost=shown(lost), now=shown(less.now), key=keys[-1])
    key = ".".join(keys)
    if lost and less.bearing is Bearing.DEMANDS:
        return f"demands less: {key} without {shown(lost)}"
    if gained and less.bearing is Bearing.ALLOWS:
        return f"lets more through: {key} also {shown(gained)}"
    how = {Bearing.OTHER: "demands something else", Bearing.ALLOWS: "lets more through"}.get(
        less.bearing, "demands less"
    )
    return f"{how}: {key} {became(less.was, less.now)}"
