"""What differs between two versions of a policy, in the policy's own words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from partnerkit.kinds.canonical import canonical
from partnerkit.policies.definition import definition_digest
from partnerkit.policies.policy import Policy

How = Literal["added", "removed", "changed"]

#: How much of what a thing was and is fits into a line.
_DETAIL = 160

#: Why a requirement differs that says what it said: the variable is a change of its own.
_BY_VARIABLE = "a variable that it uses"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference.

    Attributes:
        what: what sort of thing: requirement, gate, stage, variable, field, cadence, role, clause, fact.
        name: which one.
        how: whether it is new, gone or another.
        detail: what exactly, in words; empty where the name says it.
        demands: whether it changes what is demanded of records, and not only words about it.
    """

    what: str
    name: str
    how: How
    detail: str = ""
    demands: bool = True

    @property
    def short(self) -> str:
        """What was changed, without how it was and how it is."""
        return f"{self.what} {self.name} {self.how}"

    @property
    def words(self) -> str:
        """All of it in one line, whatever the policy says."""
        detail = " ".join(self.detail.split())
        return f"{self.short}{': ' if detail else ''}{detail[:_DETAIL]}{'…' if len(detail) > _DETAIL else ''}"


def summed(found: list[Change]) -> str:
    """What a change is about, in a few words: the one thing that differs, or how many do."""
    found = [one for one in found if one.detail != _BY_VARIABLE]
    return found[0].short if len(found) == 1 else f"{len(found)} changes" if found else "a new version"


def changes(old: Policy, old_data: dict[str, Any], new: Policy, new_data: dict[str, Any]) -> list[Change]:
    """Everything in which the new version differs from the old one.

    Args:
        old: the policy before.
        old_data: the same as written.
        new: the policy after.
        new_data: the same as written.
    """
    return [
        *_requirements(old_data, new_data),
        *_gates(old, new),
        *_stages(old, new),
        *_variables(old, new),
        *_tables(old_data, new_data),
        *_facts(old_data, new_data),
    ]


def _how(before: bool, after: bool) -> How:
    return "changed" if before and after else "added" if after else "removed"


def _requirements(old: dict[str, Any], new: dict[str, Any]) -> Iterator[Change]:
    before, after = old.get("requirements") or {}, new.get("requirements") or {}
    for name in dict.fromkeys([*before, *after]):
        if name not in before or name not in after:
            yield Change("requirement", name, _how(name in before, name in after))
        elif definition_digest(old, name) != definition_digest(new, name):
            yield Change("requirement", name, "changed", _keys(before[name], after[name]))
        elif canonical(before[name]) != canonical(after[name]):
            yield Change("requirement", name, "changed", _keys(before[name], after[name]), demands=False)


def _keys(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """The keys that differ, or that a variable is what differs."""
    found = [key for key in dict.fromkeys([*before, *after]) if before.get(key) != after.get(key)]
    return ", ".join(found) or _BY_VARIABLE


def _gates(old: Policy, new: Policy) -> Iterator[Change]:
    before, after = _needs(old), _needs(new)
    for gate in dict.fromkeys([*before, *after]):
        was, now = before.get(gate), after.get(gate)
        if was is None or now is None:
            yield Change("gate", gate, _how(was is not None, now is not None))
        elif was != now:
            more = [f"also needs {name}" for name in now if name not in was]
            less = [f"no longer needs {name}" for name in was if name not in now]
            yield Change("gate", gate, "changed", "; ".join([*more, *less]) or "in another order")


def _needs(policy: Policy) -> dict[str, list[str]]:
    return {
        f"{kind} {from_} → {way.to}": way.needs
        for kind, lifecycle in policy.lifecycles.items()
        for way in lifecycle.transitions
        for from_ in way.from_
    }


def _stages(old: Policy, new: Policy) -> Iterator[Change]:
    before = [f"{kind} {stage}" for kind, one in old.lifecycles.items() for stage in one.stages]
    after = [f"{kind} {stage}" for kind, one in new.lifecycles.items() for stage in one.stages]
    for name in dict.fromkeys([*before, *after]):
        if (name in before) != (name in after):
            yield Change("stage", name, _how(name in before, name in after))


def _variables(old: Policy, new: Policy) -> Iterator[Change]:
    for name in dict.fromkeys([*old.variables, *new.variables]):
        was, now = old.variables.get(name), new.variables.get(name)
        if was is None or now is None:
            yield Change("variable", name, _how(was is not None, now is not None))
        elif was.value != now.value:
            yield Change("variable", name, "changed", f"from {_set(was.value)} to {_set(now.value)}")


def _set(value: object) -> str:
    return "unset" if value is None else str(value)


#: The other tables of a policy: what an item of each is called, and whether it changes what is demanded.
_TABLES = {
    "roles": ("role", False),
    "taxonomy": ("categories", True),
    "scorecards": ("scorecard", True),
    "names": ("name", True),
    "cadences": ("cadence", True),
    "metrics": ("metric", False),
    "contacts": ("contact", False),
    "clauses": ("clause", False),
}


def _tables(old: dict[str, Any], new: dict[str, Any]) -> Iterator[Change]:
    for table, (what, demands) in _TABLES.items():
        yield from _items(what, old.get(table) or {}, new.get(table) or {}, demands=demands)
    before, after = old.get("fields") or {}, new.get("fields") or {}
    for kind in dict.fromkeys([*before, *after]):
        for change in _items("field", before.get(kind) or {}, after.get(kind) or {}, demands=True):
            yield Change("field", f"{kind} {change.name}", change.how, change.detail)


def _items(what: str, before: Mapping[str, Any], after: Mapping[str, Any], *, demands: bool) -> Iterator[Change]:
    for name in dict.fromkeys([*before, *after]):
        if canonical(before.get(name)) != canonical(after.get(name)):
            both = isinstance(before.get(name), dict) and isinstance(after.get(name), dict)
            detail = _keys(before[name], after[name]) if both else ""
            yield Change(what, name, _how(name in before, name in after), detail, demands)


def _facts(old: dict[str, Any], new: dict[str, Any]) -> Iterator[Change]:
    """The head of the policy: its version, dates, owner, and whether deciders must be others than proposers."""
    tables = {*_TABLES, "fields", "requirements", "lifecycles", "variables"}
    for key in dict.fromkeys([*old, *new]):
        if key not in tables and canonical(old.get(key)) != canonical(new.get(key)):
            detail = "" if isinstance(new.get(key, ""), dict) else f"from {_set(old.get(key))} to {_set(new.get(key))}"
            yield Change("fact", key, _how(key in old, key in new), detail, key == "separation-of-duties")
