"""What a letter says of an end: who ends it, by what and when; and what is open of it still."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from partnerkit.conditions import holds
from partnerkit.documents.agreements import participants
from partnerkit.documents.facts import CLAUSE, COMMON, Facts, in_a_row, in_time, in_words
from partnerkit.documents.filters import day_in_words
from partnerkit.documents.marks import Blank
from partnerkit.documents.shape import LEAF, Each, Has, texts
from partnerkit.documents.wording import own
from partnerkit.kinds.calendar import read_day
from partnerkit.kinds.duration import Duration
from partnerkit.kinds.history import followed
from partnerkit.obligations.outlook import end_of
from partnerkit.policies.fields import TRIGGER, FieldSpec
from partnerkit.policies.lifecycle import Transition
from partnerkit.policies.policy import Policy
from partnerkit.policies.requirement import Requirement
from partnerkit.register import RecordFile
from partnerkit.rules.gate import Asked, Situation, gate
from partnerkit.steps import statements, value_at

_REASON, _GIVEN, _LAST_DAY = "termination.reason", "termination.notice-given", "termination.effective"

TERMINATION = Has(
    {
        **COMMON,
        "addressee": LEAF,
        "written": LEAF,
        "termination": texts("asked", "trigger", "reason", "notice_given", "effective", "notice"),
        "mutual": LEAF,
        "lapses": LEAF,
        "ended_by": LEAF,
        "sides": Each(texts("name")),
        "participants": Each(texts("person", "part")),
        "clauses": Each(CLAUSE),
    }
)


def termination(facts: Facts) -> dict[str, Any]:
    """What the letter of an end says."""
    asked = [one for one in facts.policy.requirements.values() if _of_the_end(one)]
    spec = facts.policy.fields.get(facts.seen.kind, {}).get(TRIGGER)
    trigger = facts.text(TRIGGER, "what ends it")
    reason = facts.text(_REASON, "reason")
    in_its_place = any(_explains(facts, one) for one in asked)
    people = participants(facts) if facts.seen.kind == "pairing" else []
    names = [one["person"] for one in people]
    return {
        **facts.common(),
        "more": list(own(facts, facing=False)),
        "addressee": in_a_row(names) or facts.name,
        "written": facts.text(_GIVEN) or _passed(facts) or Blank("day of the letter"),
        "termination": {
            "asked": spec.title.rstrip(".") if spec is not None else "What ends it",
            "trigger": reason if in_its_place else in_words(trigger) if trigger else trigger,
            "reason": "" if in_its_place else reason,
            "notice_given": facts.text(_GIVEN, "day on which notice is given"),
            "effective": facts.text(_LAST_DAY, "last day"),
            "notice": in_time(_notice(facts, asked)),
        },
        "mutual": spec is not None and trigger in spec.mutual,
        "lapses": spec is not None and trigger in spec.lapses,
        "ended_by": _ended_by(people, trigger),
        "sides": [{"name": one} for one in names or [facts.register.settings.name, facts.name]],
        "participants": people,
        "clauses": _clauses(facts, asked, spec, trigger),
    }


def still_open(facts: Facts) -> list[str] | None:
    """What is open of an end, in words, before it is decided; None once it is.

    It is decided past the gate that leads to it, or where all is there that the gate asks for but the reason of the
    move, which comes with it. What time alone brings is not open: all is judged as on the last day.
    """
    lifecycle = facts.policy.lifecycles[facts.seen.kind]
    ways = ways_out(facts.policy, facts.seen.kind)
    if not ways:
        return None if lifecycle.is_over(facts.seen.stage) else []
    if facts.seen.stage in _past(facts, ways):
        return None
    here = [way for way in ways if facts.seen.stage in way.from_]
    found = [_unmet(facts, way) for way in here]
    return [] if not found else min(found, key=len) or None


def ways_out(policy: Policy, kind: str) -> list[Transition]:
    """The ways by which a record comes to its end: their gates ask what ends it."""
    ways = policy.lifecycles[kind].transitions
    return [way for way in ways if any(_of_the_end(policy.requirements[name]) for name in way.needs)]


def _past(facts: Facts, ways: list[Transition]) -> set[str]:
    """The stages to which those ways lead, and what follows them before anything goes on again."""
    lifecycle = facts.policy.lifecycles[facts.seen.kind]
    before = {stage for way in ways for stage in way.from_}
    found: set[str] = set()
    todo = [way.to for way in ways]
    while todo:
        stage = todo.pop()
        if stage not in found | before:
            found.add(stage)
            todo += [way.to for way in lifecycle.leaving(stage)]
    return found


def _unmet(facts: Facts, way: Transition) -> list[str]:
    """What a gate asks for and is not there on the last day."""
    source = facts.register.policies[facts.policy.policy]
    whole, register = facts.whole, facts.register
    situation = Situation(whole, whole, register, register, source, _moment(facts, way), whole.came.at)
    every = [one for one in gate(situation, way) if not one.question.requirement.reason]
    return [_told(facts, one) for one in every if not one.answer.met]


def _moment(facts: Facts, way: Transition) -> datetime:
    """The end of the last day, or when what counts was said, whichever is later."""
    needs = [facts.policy.requirements[name] for name in way.needs]
    linked = [one for need in needs if need.linked for one in facts.register.linked(facts.seen.id, need.linked.kind)]
    said = [one.came.at for one in [facts.whole, *linked]] + [one.said.at for one in statements(facts.whole)]
    last = _day(facts.whole.data, _LAST_DAY)
    return max([*said, *([end_of(facts.register, last)] if last is not None else [])])


def _told(facts: Facts, one: Asked) -> str:
    """What is not there, by what the policy calls it; of notice that is too short, until when it would run."""
    requirement = one.question.requirement
    title = requirement.title or in_words(one.question.name)
    title = title[:1].lower() + title[1:]
    given = _day(facts.seen.data, requirement.notice.given) if requirement.notice is not None else None
    span = _notice(facts, [requirement])
    if given is None or not span:
        return title
    earliest = Duration.parse(span).after(given).isoformat()
    return (
        f"{title} ({in_time(span)}, given on {day_in_words(given.isoformat())}, "
        f"ends it on {day_in_words(earliest)} at the earliest)"
    )


def _day(data: dict[str, Any], path: str) -> date | None:
    """The day that a field holds."""
    found = value_at(data, path)
    return read_day(found) if isinstance(found, str) else found if isinstance(found, date) else None


def _passed(facts: Facts) -> str:
    """The day on which it was taken past the gate; nothing where it was not."""
    ways = ways_out(facts.policy, facts.seen.kind)
    entries = [facts.whole.model.history[place] for place in followed(facts.whole.data["history"]).counting]
    moves = [one for one in entries if any(one.to == way.to and one.from_ in way.from_ for way in ways)]
    return facts.register.day(moves[-1].at).isoformat() if moves else ""


def _ended_by(people: list[dict[str, str]], trigger: str) -> str:
    """Who of those who take part ends it, where what ends it is their part; nothing where we do."""
    found = [one["person"] for one in people if trigger and one["part"] == trigger]
    if len(found) > 1:
        return f"One of those who take part as {in_words(trigger)}"
    return f"{found[0]} ({in_words(trigger)})" if found else ""


def _clauses(facts: Facts, asked: list[Requirement], spec: FieldSpec | None, trigger: str) -> list[dict[str, str]]:
    """The clauses of what ends it, and those that ask for what the letter says."""
    cited = spec.choices.get(trigger) if spec is not None and isinstance(spec.choices, dict) else None
    every = [*facts.clauses(cited), *(clause for one in asked for clause in facts.clauses(one.clause))]
    return list({one["id"]: one for one in every}.values())


def _paths(one: Requirement) -> Iterator[str]:
    """The fields of which a requirement asks something before the end."""
    yield from one.filled or []
    if one.notice is not None:
        yield from (one.notice.given, one.notice.effective)


def _of_the_end(one: Requirement) -> bool:
    """Whether a requirement speaks of how something ends."""
    return any(path.partition(".")[0] == "termination" for path in _paths(one))


def _explains(facts: Facts, one: Requirement) -> bool:
    """Whether a requirement asks for the reason because what ends it says nothing of itself."""
    return TRIGGER in (one.when or {}) and _REASON in (one.filled or []) and applies_to(facts, one)


def applies_to(facts: Facts, one: Requirement) -> bool:
    """Whether a requirement is asked of the record."""
    return one.when is None or holds(one.when, facts.whole.data)


def _notice(facts: Facts, asked: list[Requirement]) -> str:
    """The longest notice that the policy or an agreement in force wants."""
    demands = [one.notice for one in asked if one.notice is not None and applies_to(facts, one)]
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
