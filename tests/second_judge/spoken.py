"""Demands for somebody's word: approvals, acknowledgements, signatures."""

from __future__ import annotations

import math
from fractions import Fraction

from tests.second_judge.asking import Asked, Met, all_said, bound_otherwise
from tests.second_judge.past import Said
from tests.second_judge.reading import Data
from tests.second_judge.words import number, parties, setting


def approval(asked: Asked, demand: Data) -> Met | None:
    """Enough of those who may have approved what stands there; the latest word of each counts."""
    role = setting(asked.policy, demand["role"])
    if role is None:
        return None
    latest: dict[str, Said] = {}
    for one in sorted(_words(asked), key=lambda one: (one.at, one.raw["decision"] != "approve")):
        latest[one.raw["by"]] = one
    good = [one.id for one in latest.values() if _counts(asked, demand, role, one)]
    return Met(tuple(good)) if len(good) >= votes(asked, demand) else None


def _words(asked: Asked) -> list[Said]:
    """The decisions that count, and every "no": one that was taken back brings no older approval back."""
    counting = asked.said("approvals")
    known = {one.id for one in counting}
    noes = [one for one in all_said(asked, "approvals") if one.raw["decision"] != "approve" and one.at <= asked.moment]
    return [*counting, *(one for one in noes if one.id not in known)]


def votes(asked: Asked, demand: Data) -> int:
    """How many are wanted of those who hold the role that day."""
    role = setting(asked.policy, demand["role"])
    holders = len(asked.rules.holders(str(role), asked.today, asked.scope(demand.get("scope"))))
    wanted = max(1, number(asked.policy, demand.get("at-least")))
    if demand.get("fraction"):
        wanted = max(wanted, math.ceil(Fraction(demand["fraction"]) * holders))
    if demand.get("more-than"):
        wanted = max(wanted, math.floor(Fraction(demand["more-than"]) * holders) + 1)
    return wanted


def _counts(asked: Asked, demand: Data, role: str, one: Said) -> bool:
    said, scope, day = one.raw, asked.scope(demand.get("scope")), asked.day(one)
    if said["decision"] != "approve" or said["role"] != role:
        return False
    if len(scope) < len(demand.get("scope") or {}):
        return False
    if not all(asked.rules.holds(said["by"], role, when, scope) for when in (asked.today, day)):
        return False
    if demand.get("in-record") and asked.named(role) != said["by"]:
        return False
    if asked.separate() and said["by"] in asked.barred():
        return False
    if not asked.began <= day <= asked.today or asked.from_before(one):
        return False
    return not bound_otherwise(asked, said)


def acknowledged(asked: Asked, demand: Data) -> Met | None:
    """Every party has said that it knows and accepts it."""
    wanted = demand.get("by") or parties(asked.record, demand.get("by-each") or "")
    met = [key for key, one in (demand.get("answers") or {}).items() if one["means"] == "met"]
    words = asked.said("acknowledgements")
    if met:
        taken = [one for one in all_said(asked, "acknowledgements") if one.taken_back is not None]
        others = [one for one in taken if one.raw.get("answer") not in met and one.at <= asked.moment]
        words = [*words, *(one for one in others if one not in words)]
        words.sort(key=lambda one: (one.at, one.index))
    done: dict[str, str] = {}
    for one in words:
        if asked.began <= asked.day(one) <= asked.today:
            done.pop(one.raw["party"], None)
            if not met or one.raw.get("answer") in met:
                done[one.raw["party"]] = one.id
    return Met(tuple(done[one] for one in wanted)) if wanted and set(wanted) <= set(done) else None


def signed(asked: Asked, demand: Data) -> Met | None:
    """Every party has signed the document that stands there now."""
    wanted = parties(asked.record, demand["by-each"])
    papers = [one for one in asked.live() if one.group == "evidence" and one.about == demand["document"]]
    paper = papers[-1].raw.get("digest") if papers else None
    done = {
        one.raw["party"]: one.id
        for one in asked.said("signatures")
        if one.raw["document"] == paper and asked.began <= asked.day(one) <= asked.today
    }
    return Met(tuple(done[one] for one in wanted)) if paper and wanted and set(wanted) <= set(done) else None
