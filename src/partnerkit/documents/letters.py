"""What letters say: an announcement, thanks, and that somebody took part."""

from __future__ import annotations

from typing import Any

from partnerkit.documents.agreements import participants
from partnerkit.documents.ending import applies_to
from partnerkit.documents.facts import CLAUSE, COMMON, OWN, Facts, in_a_row
from partnerkit.documents.partners import listed, with_whom
from partnerkit.documents.shape import LEAF, Each, Has, texts
from partnerkit.documents.wording import links, own
from partnerkit.policies.fields import NameRule

_NOTED = Each(texts("on", "title", "outcome", "attendance"))
_PEOPLE = Each(texts("person", "part"))

ANNOUNCEMENT = Has(
    {
        **COMMON,
        "partner": texts("name", "website", "starts"),
        "partners": Each(texts("name")),
        "named": LEAF,
        "objectives": Each(texts("text")),
        "benefits": Each(texts("text", "to", "valid_until")),
        "commitments": Each(texts("by", "text")),
        "facing": OWN,
        "links": Each(texts("text", "where")),
    }
)
THANKS = Has(
    {
        **COMMON,
        "addressee": LEAF,
        "named": LEAF,
        "programme": LEAF,
        "participants": _PEOPLE,
        "commitments": Each(texts("by", "text")),
        "benefits": Each(texts("text", "to", "status")),
        "activities": _NOTED,
        "meetings": LEAF,
        "goals": Each(texts("text")),
    }
)
CERTIFICATE = Has(
    {
        **COMMON,
        "pairing": texts("title", "programme", "starts", "ends", "completed"),
        "participants": Each(texts("person", "part", "meetings")),
        "meetings": LEAF,
        "minutes": LEAF,
        "goals": Each(texts("text")),
        "clauses": Each(CLAUSE),
    }
)


def forbidden(facts: Facts) -> dict[str, NameRule]:
    """The names of the policy that may not stand where others read of this record, by the requirement that says so."""
    asked = {name: one for name, one in facts.policy.requirements.items() if one.unmentioned and applies_to(facts, one)}
    ways = facts.policy.lifecycles[facts.seen.kind].transitions
    mine = {name for way in ways for name in way.needs} & set(asked)
    return {name: facts.policy.names[rule] for name in sorted(mine) for rule in asked[name].unmentioned or []}


def announcement(facts: Facts) -> dict[str, Any]:
    """What is told to others."""
    return {
        **facts.common(),
        "more": list(own(facts, facing=False)),
        "partner": {
            "name": facts.name,
            "website": facts.text("website"),
            "starts": facts.text("starts", "first day"),
        },
        "partners": [{"name": one} for one in listed(facts) or []],
        "named": not forbidden(facts),
        "objectives": facts.rows("objectives", "text"),
        "benefits": facts.rows("benefits", "text", "to", "valid-until"),
        "commitments": facts.rows("commitments", "by", "text"),
        "facing": list(own(facts, facing=True)),
        "links": list(links(facts)),
    }


def thanks(facts: Facts) -> dict[str, Any]:
    """What somebody is thanked for."""
    people = participants(facts) if facts.seen.kind == "pairing" else []
    reached = [one for one in facts.items("goals") if one.get("status") == "reached"]
    return {
        **facts.common(),
        "more": list(own(facts, facing=False)),
        "addressee": in_a_row([one["person"] for one in people]) or with_whom(facts),
        "named": not forbidden(facts),
        "programme": facts.pairing()["programme"] if people else "",
        "participants": people,
        "commitments": facts.rows("commitments", "by", "text"),
        "benefits": facts.rows("benefits", "text", "to", "status"),
        "activities": facts.rows("activities", "on", "title", "outcome", "attendance"),
        "meetings": len(facts.items("meetings")),
        "goals": [{"text": facts.shown(one.get("text"), "goals.text")} for one in reached],
    }


def certificate(facts: Facts) -> dict[str, Any]:
    """That people took part in a pairing that was completed."""
    meetings = facts.items("meetings")
    last = facts.whole.came
    stage = facts.policy.lifecycles[facts.seen.kind].stages[facts.seen.stage]
    reached = [one for one in facts.items("goals") if one.get("status") == "reached"]
    people = zip(facts.items("participants"), participants(facts), strict=True)
    return {
        **facts.common(),
        "more": list(own(facts, facing=False)),
        "pairing": {
            **facts.pairing(),
            "completed": facts.register.day(last.at).isoformat(),
        },
        "participants": [
            {**shown, "meetings": sum(who["id"] not in (one.get("absent") or []) for one in meetings)}
            for who, shown in people
        ],
        "meetings": len(meetings),
        "minutes": sum(one["minutes"] for one in meetings),
        "goals": [{"text": facts.shown(one.get("text"), "goals.text")} for one in reached],
        "clauses": facts.clauses(stage.clause),
    }
