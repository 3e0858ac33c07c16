"""What letters say: the notice of an end, an announcement, thanks, and that somebody took part."""

from __future__ import annotations

from typing import Any

from partnerkit.conditions import holds
from partnerkit.documents.agreements import participants
from partnerkit.documents.facts import CLAUSE, COMMON, OWN, Facts, in_time, in_words
from partnerkit.documents.shape import LEAF, Each, Has, texts
from partnerkit.documents.wording import links, own
from partnerkit.kinds.duration import Duration
from partnerkit.policies.fields import TRIGGER, NameRule
from partnerkit.policies.requirement import Requirement
from partnerkit.register import RecordFile

_NOTED = Each(texts("on", "title", "outcome", "attendance"))
_PEOPLE = Each(texts("person", "part"))

TERMINATION = Has(
    {
        **COMMON,
        "addressee": LEAF,
        "termination": texts("asked", "trigger", "reason", "notice_given", "effective", "notice"),
        "mutual": LEAF,
        "sides": Each(texts("name")),
        "participants": _PEOPLE,
        "clauses": Each(CLAUSE),
    }
)
ANNOUNCEMENT = Has(
    {
        **COMMON,
        "partner": texts("name", "website", "starts"),
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


def termination(facts: Facts) -> dict[str, Any]:
    """What a notice of termination says."""
    asked = [one for one in facts.policy.requirements.values() if is_of_the_end(one)]
    spec = facts.policy.fields.get(facts.seen.kind, {}).get(TRIGGER)
    trigger = facts.text(TRIGGER, "what ends it")
    cited = spec.choices.get(trigger) if spec is not None and isinstance(spec.choices, dict) else None
    clauses = [clause for one in asked for clause in facts.clauses(one.clause)]
    clauses = [*facts.clauses(cited), *clauses]
    people = participants(facts) if facts.seen.kind == "pairing" else []
    sides = [one["person"] for one in people] or [facts.register.settings.name, facts.name]
    return {
        **facts.common(),
        "more": list(own(facts, facing=False)),
        "addressee": facts.name,
        "termination": {
            "asked": spec.title.rstrip(".") if spec is not None else "What ends it",
            "trigger": in_words(trigger) if trigger else trigger,
            "reason": facts.text("termination.reason", "reason"),
            "notice_given": facts.text("termination.notice-given", "day on which notice is given"),
            "effective": facts.text("termination.effective", "last day"),
            "notice": in_time(_notice(facts, asked)),
        },
        "mutual": spec is not None and trigger in spec.mutual,
        "sides": [{"name": one} for one in sides],
        "participants": people,
        "clauses": list({one["id"]: one for one in clauses}.values()),
    }


def is_of_the_end(one: Requirement) -> bool:
    """Whether a requirement speaks of how something ends."""
    notice = [one.notice.given, one.notice.effective] if one.notice else []
    return any(path.partition(".")[0] == "termination" for path in [*(one.filled or []), *notice])


def _notice(facts: Facts, asked: list[Requirement]) -> str:
    """The longest notice that the policy or an agreement in force wants."""
    demands = [one.notice for one in asked if one.notice is not None and _applies(facts, one)]
    found = [facts.policy.value(one.at_least) for one in demands]
    for one in (demand.agreed_in for demand in demands if demand.agreed_in is not None):
        linked = facts.register.linked(facts.seen.id, one.kind)
        found += [
            _duration(other, one.field) for other in linked if other.stage in one.in_ and facts.sight.shows(other.id)
        ]
    known = [one for one in found if isinstance(one, Duration)]
    return max(known, key=lambda one: one.months * 30.4 + one.days).text if known else ""


def _duration(record: RecordFile, field: str) -> Duration | None:
    given = record.data.get(field)
    return Duration.parse(given) if isinstance(given, str) else None


def _applies(facts: Facts, one: Requirement) -> bool:
    return one.when is None or holds(one.when, facts.whole.data)


def forbidden(facts: Facts) -> dict[str, NameRule]:
    """The names of the policy that may not stand where others read of this record, by the requirement that says so."""
    asked = {name: one for name, one in facts.policy.requirements.items() if one.unmentioned and _applies(facts, one)}
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
        "addressee": in_a_row([one["person"] for one in people]) or facts.name,
        "named": not forbidden(facts),
        "programme": facts.pairing()["programme"] if people else "",
        "participants": people,
        "commitments": facts.rows("commitments", "by", "text"),
        "benefits": facts.rows("benefits", "text", "to", "status"),
        "activities": facts.rows("activities", "on", "title", "outcome", "attendance"),
        "meetings": len(facts.items("meetings")),
        "goals": [{"text": facts.shown(one.get("text"), "goals.text")} for one in reached],
    }


def in_a_row(names: list[str]) -> str:
    """Names as a sentence has them: one, one and another, or several."""
    return " and ".join([*([", ".join(names[:-1])] if names[:-1] else []), *names[-1:]])


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
