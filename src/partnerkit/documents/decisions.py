"""What a letter says of the latest decision on a record: by whom, by which clauses, what was missing, what is open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from partnerkit.dataclass import replace
from partnerkit.documents.agreements import participants
from partnerkit.documents.facts import CLAUSE, COMMON, Facts, in_a_row, in_words
from partnerkit.documents.marks import Blank
from partnerkit.documents.partners import with_whom
from partnerkit.documents.settled import decisions
from partnerkit.documents.shape import LEAF, Each, Has, texts
from partnerkit.documents.wording import own
from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.entries import Entry
from partnerkit.kinds.history import followed
from partnerkit.policies import clauses as clause_tree
from partnerkit.policies.lifecycle import Transition
from partnerkit.policies.requirement import Requirement
from partnerkit.register import RecordFile
from partnerkit.rules.conditions import open_to
from partnerkit.rules.gate import Situation, gate
from partnerkit.steps import live

_SAID = ("role", "person", "decision", "day", "reason")
_DECIDED = Each(texts(*_SAID))

DECISION = Has(
    {
        **COMMON,
        "addressee": LEAF,
        "of": LEAF,
        "decision": texts("day", "left", "reached", "goes_on", "over", "reason", "by", "role"),
        "deciders": Each(texts("person", "role")),
        "reasons": Each(CLAUSE),
        "rejections": Each(Has({**dict.fromkeys(_SAID), "title": LEAF, "clauses": Each(CLAUSE)})),
        "requirements": Each(Has({"title": LEAF, "clauses": Each(CLAUSE), "decided": _DECIDED, "waived": LEAF})),
        "missing": Each(Has({"title": LEAF, "clauses": Each(CLAUSE)})),
        "again": Each(Has({"title": LEAF, "ask": LEAF, "clauses": Each(CLAUSE)})),
        "contacts": Each(Has({"title": LEAF, "address": LEAF})),
    }
)


def place_of(whole: RecordFile) -> int | None:
    """The place of the entry by which the record came to where it stands, as a move of its own; None where none is."""
    history = whole.data["history"]
    counting = [place for place in followed(history).counting if history[place].get("type") != "migrate"]
    return counting[-1] if counting and history[counting[-1]].get("type") == "move" else None


def way_of(facts: Facts, place: int) -> Transition | None:
    """The way that an entry took, as the policy knows it today."""
    entry = facts.whole.data["history"][place]
    return facts.policy.lifecycles[facts.seen.kind].find(str(entry.get("from")), str(entry["to"]))


def is_decision(facts: Facts, way: Transition) -> bool:
    """Whether a change of stage was a decision: people approved it, or it put an end to the record, with a reason."""
    over = facts.policy.lifecycles[facts.seen.kind].is_over(way.to)
    reasoned = any(facts.policy.requirements[name].reason for name in way.needs)
    return bool(decisions(facts.policy, way)) or (over and reasoned)


def decision(facts: Facts) -> dict[str, Any]:
    """What the letter says; `sense` has seen that there is a decision."""
    place = place_of(facts.whole)
    way = way_of(facts, place) if place is not None else None
    if place is None or way is None:
        raise ValueError(f"{facts.seen.id} stands where no decision led")
    entry = facts.whole.model.history[place]
    lifecycle = facts.policy.lifecycles[facts.seen.kind]
    stages, over = lifecycle.stages, lifecycle.is_over(way.to)
    role = ", ".join(_roles(facts, entry))
    asked = list(_asked(facts, place, way))
    found = [{"person": who["person"], "role": who["role"]} for one in asked for who in one["decided"]]
    deciders = [one for at, one in enumerate(found) if one not in found[:at]]
    reason = facts.shown(facts.seen.data["history"][place].get("reason"), "history.reason", "reason")
    return {
        **facts.common(),
        "more": list(own(facts, facing=False)),
        "addressee": _addressee(facts),
        "of": _belongs_to(facts),
        "decision": {
            "day": facts.register.day(entry.at).isoformat(),
            "left": stages[way_from(facts, place)].title if way_from(facts, place) in stages else "",
            "reached": stages[way.to].title,
            "goes_on": way.main,
            "over": over,
            "reason": _read(facts, reason) if reason else reason,
            "by": facts.called(entry.by),
            "role": role,
        },
        "deciders": deciders or [{"person": facts.called(entry.by), "role": role}],
        "reasons": _by_reason(facts, way),
        "rejections": list(_rejections(facts, place)),
        "requirements": asked,
        "missing": list(_missing(facts, place)) if over and not way.main else [],
        "again": list(_again(facts, way.to)),
        "contacts": _contacts(facts),
    }


def way_from(facts: Facts, place: int) -> str:
    """The stage that an entry left."""
    return str(facts.whole.data["history"][place].get("from"))


def _contacts(facts: Facts) -> list[dict[str, str]]:
    """Whom to turn to: those whose address the organisation has set."""
    known = [(one.title, facts.policy.value(one.address)) for one in facts.policy.contacts.values()]
    found = [{"title": title, "address": str(address)} for title, address in known if address is not None]
    return found or [{"title": facts.register.settings.name, "address": Blank("address to write to")}]


def _addressee(facts: Facts) -> str:
    """To whom the letter goes: whom the record is of; a blank where the record itself says of nobody."""
    key = KINDS[facts.seen.kind].person
    known = {
        "partnership": with_whom(facts),
        "agreement": _belongs_to(facts),
        "pairing": in_a_row([one["person"] for one in participants(facts)]),
        "case": _who_applied(facts),
    }
    return facts.person(key, "name") if key else known.get(facts.seen.kind) or Blank("addressee")


def _who_applied(facts: Facts) -> str:
    """Whose the application is that a case is about; nothing where it is about something else."""
    subject = facts.register.records.get(facts.seen.subject or "")
    seen = facts.sight.seen(subject) if subject is not None else None
    key = KINDS[seen.kind].person if seen is not None else None
    who = seen.data.get(key) if seen is not None and key else None
    return facts.called(who) if isinstance(who, str) else ""


def _belongs_to(facts: Facts) -> str:
    """What the record belongs to is called, where its readers may know of that."""
    subject = facts.register.records.get(facts.seen.subject or "")
    seen = facts.sight.seen(subject) if subject is not None else None
    return seen.name if seen is not None else ""


def _read(facts: Facts, reason: str) -> str:
    """A reason, with what the clauses are called that it names."""

    def told(match: re.Match[str]) -> str:
        clause = facts.clause(match[0])
        return f"{clause['id']} ({clause['title']})"

    known = sorted(clause_tree.known(facts.policy.clauses), key=len, reverse=True)
    return re.sub(rf"(?:{'|'.join(map(re.escape, known))})(?![\w/-]|\.\w)", told, reason) if known else reason


def _by_reason(facts: Facts, way: Transition) -> list[dict[str, str]]:
    """The clauses by which the move had to give its reason."""
    asked = [facts.policy.requirements[name] for name in way.needs]
    every = [clause for one in asked if one.reason for clause in facts.clauses(one.clause)]
    return list({one["id"]: one for one in every}.values())


def _asked(facts: Facts, place: int, way: Transition) -> Iterator[dict[str, Any]]:
    """Every requirement of the gate that applied, with its clauses, and who decided on it.

    Not the reason, which is said by itself, nor what had to be so in the stage before anyway.
    """
    entry = facts.whole.model.history[place]
    for one in gate(_situation(facts, place), way):
        if one.question.requirement.reason or way_from(facts, place) in one.question.requirement.standing:
            continue
        names = [one.question.name, *(one.question.requirement.any_of or [])]
        yield {
            "title": _title(one.question.name, one.question.requirement),
            "clauses": facts.clauses(one.question.requirement.clause),
            "decided": list(_decided(facts, names, set(entry.uses))),
            "waived": one.answer.waived,
        }


def _decided(facts: Facts, names: list[str], used: set[str]) -> Iterator[dict[str, str]]:
    """The decisions on which the entry rested."""
    for raw in facts.seen.data.get("approvals") or []:
        if raw["id"] in used and raw["requirement"] in names:
            yield _word(facts, raw)


def _word(facts: Facts, raw: dict[str, Any]) -> dict[str, str]:
    """What somebody decided, when and in which role."""
    return {
        "role": _role(facts, raw["role"]),
        "person": facts.called(raw["by"]),
        "decision": {"approve": "approved", "reject": "rejected"}.get(raw["decision"], in_words(raw["decision"])),
        "day": facts.day_of("approvals", raw),
        "reason": raw.get("reason") or "",
    }


def _role(facts: Facts, name: str) -> str:
    role = facts.policy.roles.get(name)
    return role.title if role else in_words(name)


def _roles(facts: Facts, entry: Entry) -> list[str]:
    """The roles of the policy that whoever made an entry held on its day."""
    held = facts.register.roster.roles_of(entry.by, facts.register.day(entry.at))
    return [_role(facts, name) for name in dict.fromkeys(one.role for one in held) if name in facts.policy.roles]


def _rejections(facts: Facts, place: int) -> Iterator[dict[str, Any]]:
    """What was rejected where the entry left, and stood when it was made."""
    situation = _situation(facts, place)
    against = {one.said.id for one in live(situation.record, situation.moment) if one.said.at >= situation.since}
    for raw in facts.seen.data.get("approvals") or []:
        if raw["decision"] == "reject" and raw["id"] in against:
            asked = facts.policy.requirements.get(raw["requirement"])
            title = _title(raw["requirement"], asked) if asked else in_words(raw["requirement"]).capitalize()
            yield {**_word(facts, raw), "title": title, "clauses": facts.clauses(asked.clause) if asked else []}


def _missing(facts: Facts, place: int) -> Iterator[dict[str, Any]]:
    """What whoever applied lacked of what the usual way on asked for when it was left.

    Of applications alone: what other records lack may be work of ours, as is what somebody in a role supplies. That
    nobody approved it goes without saying.
    """
    if KINDS[facts.seen.kind].person is None:
        return
    situation = _situation(facts, place)
    lifecycle = facts.policy.lifecycles[facts.seen.kind]
    usual = next(
        (way for way in lifecycle.leaving(situation.record.stage) if way.main and open_to(way, facts.whole.data)), None
    )
    for one in gate(situation, usual) if usual is not None else []:
        asked = one.question.requirement
        if not one.answer.met and not _ours(asked):
            yield {"title": _title(one.question.name, asked), "clauses": facts.clauses(asked.clause)}


def _ours(one: Requirement) -> bool:
    """Whether it is ours to see to a requirement: people in a role supply it, or decide."""
    return bool(one.who) or one.approval is not None or bool(one.reason)


def _again(facts: Facts, stage: str) -> Iterator[dict[str, Any]]:
    """How the policy lets it be looked at again: by a case against it, such as an appeal.

    Where none leads back from what is over, by what the ways back ask for.
    """
    lifecycle = facts.policy.lifecycles[facts.seen.kind]
    asked = dict.fromkeys(name for way in lifecycle.leaving(stage) for name in way.needs)
    found = {name: facts.policy.requirements[name] for name in asked}
    cases = {name: one for name, one in found.items() if one.linked is not None and one.linked.kind == "case"}
    open_ = cases or (found if lifecycle.is_over(stage) else {})
    yield from (_told(facts, name, one) for name, one in open_.items())


def _told(facts: Facts, name: str, one: Requirement) -> dict[str, Any]:
    return {"title": _title(name, one), "ask": one.ask or "", "clauses": facts.clauses(one.clause)}


def _title(name: str, one: Requirement) -> str:
    return one.title or in_words(name).capitalize()


def _situation(facts: Facts, place: int) -> Situation:
    """The record as it stood before an entry, at its moment; its fields as they were when that landed."""
    entry = facts.whole.model.history[place]
    whole = _as_landed(facts, entry.id)
    earlier = whole.data["history"][:place]
    stage = str(earlier[-1]["to"]) if earlier else str(entry.from_)
    data = {**whole.data, "stage": stage, "history": earlier}
    model = whole.model.model_copy(update={"stage": stage, "history": whole.model.history[:place]})
    then = replace(whole, data=data, model=model)
    source = facts.register.policies[facts.policy.policy]
    since = then.came.at if earlier else entry.at
    return Situation(then, then, facts.register, facts.register, source, entry.at, since, entry.reason)


def _as_landed(facts: Facts, entry_id: str) -> RecordFile:
    """The record as the commit had it by which an entry landed; as it is now where it has not landed yet."""
    found = None
    for data in facts.register.earlier(facts.whole.path):
        if not any(one.get("id") == entry_id for one in data.get("history") or [] if isinstance(one, dict)):
            break
        found = data
    if found is None or found == facts.whole.data:
        return facts.whole
    try:
        model = type(facts.whole.model).model_validate(found)
    except ValueError:  # the policy of today has no place for what was said then
        return facts.whole
    return replace(facts.whole, data=found, model=model)
