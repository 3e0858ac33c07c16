"""What differs between two versions of a policy, in the policy's own words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import reduce
from typing import Any, Literal

from partnerkit.dataclass import dataclass
from partnerkit.kinds.canonical import canonical
from partnerkit.policies.bearing import Bearing, Spot
from partnerkit.policies.definition import definition_digest
from partnerkit.policies.policy import Policy
from partnerkit.policies.things import Keys, became, expands, shown, thing, way
from partnerkit.tuples import NamedTuple

How = Literal["added", "removed", "changed"]

#: Why a requirement differs that says what it said: what it uses is a change of its own.
_BY_OTHERS = "a variable or another requirement that it uses"

#: What is told first: what is demanded, then where, then the rest in the order of the file.
_FIRST = ("requirement", "gate", "stage", "lifecycle", "variable")


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs.

    Attributes:
        what: what sort of thing: requirement, gate, stage, variable, field, cadence, role, clause, fact.
        name: which one.
        how: whether it is new, gone or another.
        details: what exactly, in words, key by key; none where the name says it.
        demands: whether it changes what is demanded of records, and not only words about it.
    """

    what: str
    name: str
    how: How
    details: tuple[str, ...] = ()
    demands: bool = True

    @property
    def short(self) -> str:
        """What was changed, without how it was and how it is."""
        return f"{self.what} {self.name} {self.how}"

    @property
    def detail(self) -> str:
        """What exactly, in one line."""
        return "; ".join(self.details)

    @property
    def words(self) -> str:
        """All of it in one line, whatever the policy says."""
        return f"{self.short}{': ' if self.details else ''}{self.detail}"


class _Leaf(NamedTuple):
    """A key under which two versions differ: what was there, and what is; None where nothing is."""

    keys: Keys
    was: Any
    now: Any


def summed(found: list[Change]) -> str:
    """What a change is about, in a few words: the one thing that differs, or how many do."""
    found = [one for one in found if one.details != (_BY_OTHERS,)]
    return found[0].short if len(found) == 1 else f"{len(found)} changes" if found else "a new version"


def changes(old: dict[str, Any], new: dict[str, Any]) -> list[Change]:
    """Everything in which the new version differs from the old one: no key is left out, whatever it is.

    Args:
        old: the policy before, as written.
        new: the policy after.
    """
    things: dict[Keys, list[_Leaf]] = {}
    for leaf in _differing(_by_ways(old), _by_ways(new), ()):
        things.setdefault(thing(leaf.keys).keys, []).append(leaf)
    found = [_change(keys, leaves) for keys, leaves in things.items()]
    found += [*_reordered(old, new), *_by_others(old, new)]
    return sorted(found, key=lambda one: _FIRST.index(one.what) if one.what in _FIRST else len(_FIRST))


def _by_ways(data: dict[str, Any]) -> dict[str, Any]:
    """A policy with the transitions of each lifecycle by the ways that they lead."""
    lifecycles = data.get("lifecycles") or {}
    return {**data, "lifecycles": {kind: {**one, "transitions": dict(_ways(one))} for kind, one in lifecycles.items()}}


def _ways(lifecycle: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for one in lifecycle["transitions"]:
        for from_ in [one["from"]] if isinstance(one["from"], str) else one["from"]:
            yield way(from_, one["to"]), {key: item for key, item in one.items() if key not in {"from", "to"}}


def _differing(was: Any, now: Any, keys: Keys) -> Iterator[_Leaf]:
    """The keys under which two values differ, down to what holds no more keys."""
    both = isinstance(was, dict) and isinstance(now, dict)
    if both or (isinstance(was or now, dict) and keys and expands(keys)):
        for key in dict.fromkeys([*(was or {}), *(now or {})]):
            yield from _differing((was or {}).get(key), (now or {}).get(key), (*keys, key))
    elif canonical(was) != canonical(now):
        yield _Leaf(keys, was, now)


def _change(keys: Keys, leaves: list[_Leaf]) -> Change:
    """That a thing differs, by all the keys under which it does."""
    what, name, _keys = thing(keys)
    demands = any(_spot(one.keys).bearing is not Bearing.WORDS for one in leaves)
    whole = next((one for one in leaves if one.keys == keys), None)
    if whole is None:
        details = [text for one in leaves for text in _details(".".join(one.keys[len(keys) :]), one)]
        return Change(what, name, "changed", tuple(details), demands)
    how: How = "added" if whole.was is None else "removed" if whole.now is None else "changed"
    said = _details("", whole) if what == "fact" and not isinstance(whole.was or whole.now, dict) else ()
    return Change(what, name, how, tuple(said), demands)


def _spot(keys: Keys) -> Spot:
    """How what stands at a path bears on what is demanded."""
    return reduce(Spot.at, keys, Spot(Bearing.OTHER, Policy))


def _details(key: str, leaf: _Leaf) -> Iterator[str]:
    """What became of a key, in words: of a list what came and went."""
    named = f"{key} " if key else ""
    if not isinstance(leaf.was, list) or not isinstance(leaf.now, list):
        yield f"{named}{became(leaf.was, leaf.now)}"
        return
    was, now = (Counter(map(canonical, one)) for one in (leaf.was, leaf.now))
    yield from (f"{named}also {shown(one)}" for one in leaf.now if (now - was)[canonical(one)])
    yield from (f"{named}without {shown(one)}" for one in leaf.was if (was - now)[canonical(one)])
    if was == now:
        yield f"{named}in another order"


def _reordered(old: dict[str, Any], new: dict[str, Any]) -> Iterator[Change]:
    """Lifecycles of which the same ways stand in another order: where several are open, the first is the usual one."""
    for kind in (one for one in old["lifecycles"] if one in new["lifecycles"]):
        was, now = ([name for name, _one in _ways(one["lifecycles"][kind])] for one in (old, new))
        if [name for name in was if name in now] != [name for name in now if name in was]:
            yield Change("lifecycle", kind, "changed", ("ways in another order",))


def _by_others(old: dict[str, Any], new: dict[str, Any]) -> Iterator[Change]:
    """Requirements that say what they said, and demand something else by what they use."""
    before, after = old.get("requirements") or {}, new.get("requirements") or {}
    for name in (one for one in before if one in after):
        same = canonical(before[name]) == canonical(after[name])
        if same and definition_digest(old, name) != definition_digest(new, name):
            yield Change("requirement", name, "changed", (_BY_OTHERS,))
