"""What a passed gate rests on, and whether it still does: decisions, evidence, signatures."""

from __future__ import annotations

from collections.abc import Iterator

from tests.second_judge.asking import Asked, other_ground
from tests.second_judge.past import Bound, Said, binding, counting, everything_said
from tests.second_judge.reading import Data, World
from tests.second_judge.spoken import votes
from tests.second_judge.words import definition, requirements

#: After everything that a record says.
EVER = "9999-12-31T23:59:59Z"


def used(record: Data, gate: Bound, group: str) -> list[Said]:
    """The statements of a list that opened a gate."""
    uses = record["history"][gate.index].get("uses") or []
    return [one for one in everything_said(record) if one.group == group and one.id in uses]


def rests_on(record: Data, policy: Data, said: Data) -> list[str]:
    """The requirements whose evidence an approval was bound to; where the policy asks otherwise today, what it names."""
    name = said["requirement"]
    if name in requirements(policy) and said["binds"]["definition"] == definition(policy, name):
        return list(requirements(policy)[name].get("rests-on") or [])
    return sorted({one.about for one in everything_said(record) if one.id in (said["binds"].get("evidence") or {})})


def shown_anew(policy: Data, one: Said, passed: str) -> bool:
    """Whether a piece only shows anew what ages."""
    demand = (requirements(policy).get(one.about) or {}).get("evidence") or {}
    return demand.get("fresh-for") is not None and one.at > passed


def rested_on_changes(old: Data, new: Data, policy: Data) -> Iterator[Bound]:
    """The gates of approvals and signatures behind gates that stand, before the step and after it, whose ground has changed."""
    after = {gate.index for gate in binding(new["history"], policy, new["kind"])}
    gates = [gate for gate in binding(old["history"], policy, old["kind"]) if gate.index in after]
    for gate in gates:
        passed = old["history"][gate.index]["at"]
        for one in used(old, gate, "approvals"):
            under = rests_on(old, policy, one.raw)
            was, now = _shown(old, under), _shown(new, under)
            for key in was.keys() ^ now.keys():
                later = key not in now and key not in one.raw["binds"].get("evidence", {})
                if not later and not shown_anew(policy, (was | now)[key], passed):
                    yield max((other for other in gates if one in used(old, other, "approvals")), key=_place)
        known = set(signatures_gone(old, policy, gate, EVER))
        yield from (gate for one in signatures_gone(new, policy, gate, EVER) if one not in known)


def _place(gate: Bound) -> int:
    return gate.index


def _shown(record: Data, names: list[str]) -> dict[str, Said]:
    found = [one for one in everything_said(record) if one.group in ("evidence", "scores") and one.about in names]
    return {one.id: one for one in found if one.taken_back is None}


def signatures_gone(record: Data, policy: Data, gate: Bound, moment: str) -> Iterator[str]:
    """The signatures behind a gate that are withdrawn, or not of the document that stands there."""
    for one in used(record, gate, "signatures"):
        signed = (requirements(policy).get(one.about) or {}).get("signed")
        if one.taken_back is not None and one.taken_back <= moment:
            yield one.id
        elif signed:
            papers = [
                other
                for other in counting(record, moment)
                if other.group == "evidence" and other.about == signed["document"]
            ]
            if not papers or papers[-1].raw.get("digest") != one.raw["document"]:
                yield one.id


def taken_back(record: Data, one: Said, moment: str) -> bool:
    """Whether whoever approved took it back by a moment, or said otherwise."""
    if one.taken_back is not None and one.taken_back <= moment:
        return True
    return any(
        other["by"] == one.raw["by"]
        and other["requirement"] == one.about
        and other["decision"] != "approve"
        and one.at <= other["at"] <= moment
        for other in record.get("approvals") or []
    )


def decisions_gone(record: Data, policy: Data, rules: World, gate: Bound, moment: str) -> bool:
    """Whether too few of the decisions behind a gate are left."""
    passed = record["history"][gate.index]["at"]
    mine = used(record, gate, "approvals")
    for name in {one.about for one in mine}:
        demand = (requirements(policy).get(name) or {}).get("approval")
        if not demand:
            continue
        asked = Asked(name, record, record, rules, rules, policy, passed, passed, record["history"])
        here = [one for one in mine if one.about == name]
        left = [one for one in here if not taken_back(record, one, moment)]
        if len(left) < len(here) and len(left) < votes(asked, demand):
            return True
    return False


def evidence_gone(record: Data, policy: Data, gate: Bound, moment: str, returned: str | None = None) -> bool:
    """Whether an approval behind a gate rests on other evidence at a moment than when it was given.

    What only shows anew what ages takes nothing away, but for what came after the record had `returned`.
    """
    passed = record["history"][gate.index]["at"]
    for one in used(record, gate, "approvals"):
        under = rests_on(record, policy, one.raw)
        now = [
            other
            for other in counting(record, moment)
            if other.group in ("evidence", "scores")
            and other.about in under
            and not (shown_anew(policy, other, passed) and (returned is None or other.at < returned))
        ]
        if other_ground(record, one.raw["binds"], now):
            return True
    return False


def ground_gone(record: Data, policy: Data, gate: Bound, moment: str, returned: str) -> bool:
    """Whether what an undone return had opened rests on other things now than when the record returned."""
    if evidence_gone(record, policy, gate, moment, returned):
        return True
    uses = record["history"][gate.index].get("uses") or []
    others = [one for one in everything_said(record) if one.id in uses and one.group != "approvals"]
    if any(one.taken_back is not None and returned <= one.taken_back <= moment for one in others):
        return True
    return any(True for _ in signatures_gone(record, policy, gate, moment))
