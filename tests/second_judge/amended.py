"""Policies that say what must be decided before they change: whether it was, by the register before the step."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.second_judge.fallen import EVER, decisions_gone
from tests.second_judge.past import Bound, binding
from tests.second_judge.reading import Data, World, alike, digest
from tests.second_judge.words import requirements, way_between


def changed_undecided(start: World, end: World) -> Iterator[tuple[str, str]]:
    """Every policy whose file changed otherwise than a case decided."""
    for name, old in start.policies.items():
        new = end.policies.get(name)
        if (new is None or not alike(old, new)) and not _may(start, old, new):
            yield "amended-undecided", ""


def _may(start: World, old: Data, new: Data | None) -> bool:
    word = old.get("amended-by")
    before, after = list(old.get("amendments") or []), list((new or {}).get("amendments") or [])
    if word is None:
        return new is None or before == after
    fresh = [one for one in after if one not in before]
    if new is None or after != [*before, *fresh] or len(fresh) != 1:
        return False
    case = start.records.get(fresh[0])
    return case is not None and _decides(start, old, word, case, digest(new))


def _decides(start: World, policy: Data, word: Data, case: Data, wanted: str) -> bool:
    """Whether a case stood there decided, of that text."""
    mine = (case["kind"], case.get("of"), case["policy"], case.get("type"))
    if mine != ("case", policy["policy"], policy["policy"], word["case"]):
        return False
    if case["stage"] not in word["in"] or case.get("amends-to") != wanted:
        return False
    if "adopt" in [entry["type"] for entry in case["history"]]:
        return False
    gates = [gate for gate in binding(case["history"], policy, "case") if _asks_for_it(policy, word, gate)]
    return bool(gates) and not any(decisions_gone(case, policy, start, gate, EVER) for gate in gates)


def _asks_for_it(policy: Data, word: Data, gate: Bound) -> bool:
    """Whether at a gate somebody decides on the digest, of every case of the type."""
    way = way_between(policy, "case", gate.left, gate.to) if gate.left else None
    return any(_is_decision(requirements(policy).get(name) or {}, word) for name in (way or {}).get("needs") or [])


def _is_decision(need: Data, word: Data) -> bool:
    sure = bool(need.get("approval")) and not need.get("advisory") and not need.get("waivable")
    when = need.get("when") or {}
    whole = {"type", "amends-to"} - set(need.get("covers") or []) == set()
    return sure and whole and list(when) in ([], ["type"]) and _for_type(when.get("type"), word["case"])


def _for_type(wanted: Any, type_: str) -> bool:
    if isinstance(wanted, dict):
        among = wanted.get("is") is None or _for_type(wanted["is"], type_)
        return among and (wanted.get("not") is None or not _for_type(wanted["not"], type_))
    return wanted is None or type_ == wanted or (isinstance(wanted, list) and type_ in wanted)
