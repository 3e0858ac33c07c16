"""Demands for somebody's decision or hand: approvals, signatures."""

from __future__ import annotations

import math
from datetime import date

from partnerkit.kinds.canonical import digest
from partnerkit.kinds.roster import Roster
from partnerkit.kinds.statements import Approval, Evidence, Signature, statement_digest
from partnerkit.policies.definition import definition_digest
from partnerkit.policies.demands import ApprovalDemand, SignedDemand
from partnerkit.rules.commands import line, setting
from partnerkit.rules.demands.assured import in_person, too_weak
from partnerkit.rules.demands.shown import fetching
from partnerkit.rules.fitting import bound_otherwise, fits
from partnerkit.rules.question import Answer, Question, scope_asked, suppliers
from partnerkit.steps import Live, content, of_sort, parties_at, statements


def approval(question: Question, demand: ApprovalDemand) -> Answer:
    """Enough holders of the role have approved what stands there now."""
    role = question.value(demand.role)
    notes = question.notes(demand.at_least)
    if role is None:
        return _nobody_named(question, demand, notes)
    scope = scope_of(question, demand)
    eligible = eligible_people(question, demand, role)
    counted, against = _counted(question, demand, role, eligible)
    wanted = votes(question, demand)
    if question.separation == "warn":
        notes += [
            f"{person} decided on {question.record.id} and is its proposer or a party to it"
            for person in sorted(set(counted) & question.excluded)
        ]
    if len(counted) >= wanted:
        return Answer(met=True, uses=[found.said.id for found in counted.values()], notes=notes)
    still = [person for person in eligible if person not in counted]
    barred = sorted(question.excluded & set(question.roster.holders(role, question.day, scope)))
    if not eligible and barred and question.separation == "require":
        bound = ", or bound to one" if question.bound & set(barred) else ""
        against.append(f"{', '.join(barred)} may not: proposer or party{bound}")
    words = f" ({'; '.join(against)})" if against else ""
    ask = f"{question.requirement.ask} " if question.requirement.ask else ""
    return Answer(
        met=False,
        missing=f"{ask}Missing: approval by {role}{for_scope(scope)}, {len(counted)} of {wanted}{words}",
        roles=[role],
        people=still,
        command=approval_command(question, role, scope, still),
        notes=notes,
    )


def tally(question: Question) -> tuple[int, int] | None:
    """How many approvals of a requirement count, and how many it demands; None where it asks for none, or of nobody."""
    demand = question.requirement.approval
    role = question.value(demand.role) if demand is not None else None
    if demand is None or role is None:
        return None
    counted, _others = _counted(question, demand, role, eligible_people(question, demand, role))
    return len(counted), votes(question, demand)


def for_scope(scope: dict[str, str]) -> str:
    """A scope in words, to follow the role: ` for Dortmund`."""
    return f" for {', '.join(scope.values())}" if scope else ""


def _nobody_named(question: Question, demand: ApprovalDemand, notes: list[str]) -> Answer:
    spec = question.policy.unset(demand.role)
    name = demand.role.removeprefix("$")
    asked = spec.question if spec else "Who decides?"
    missing = f"{question.policy.policy} does not say who decides ({asked}), and nobody has set it"
    command = setting(question.policy, name, "<role>")
    return Answer(False, missing, [], [], [], [], command, notes)


def approval_command(question: Question, role: str, scope: dict[str, str], still: list[str]) -> str:
    """The line by which the first of those who may approves, or the one by which somebody gets the role."""
    if still and question.requirement.approval is not None and question.requirement.approval.assurance is not None:
        return in_person(question, question.requirement.approval)
    if still:
        return line("approve", question.record.id, question.name, "--for", still[0], "--seen", "<seen>")
    scopes = [word for key, value in scope.items() for word in ("--scope", f"{key}={value}")]
    return line("person", "role", "<person>", role, *scopes)


def scope_of(question: Question, demand: ApprovalDemand) -> dict[str, str]:
    """The scope for which the role is asked, from the fields of the record."""
    return scope_asked(question.record.data, demand.scope)


def for_what(roster: Roster, person: str, role: str, day: date, scope: dict[str, str]) -> str:
    """For what a role is asked, in words, where somebody holds it for something else; else nothing."""
    held = [one.scope for one in roster.roles_of(person, day) if one.role == role]
    if not held:
        return ""
    elsewhere = " and ".join(", ".join(one.values()) for one in held)
    return f"{for_scope(scope) or ' for everything'} (only for {elsewhere})"


def eligible_people(question: Question, demand: ApprovalDemand, role: str) -> list[str]:
    """The people whose approval would count that day."""
    people = question.roster.holders(role, question.day, scope_of(question, demand))
    if demand.scope and len(scope_of(question, demand)) < len(demand.scope):
        return []
    if demand.in_record:
        people = [person for person in people if person == question.named(role)]
    if question.separation == "require":
        people = [person for person in people if person not in question.excluded]
    return people


def votes(question: Question, demand: ApprovalDemand) -> int:
    """How many approvals are demanded, of those who hold the role that day."""
    holders = len(question.roster.holders(str(question.value(demand.role)), question.day, scope_of(question, demand)))
    wanted = max(question.count(demand.at_least), 1)  # a decision by nobody is none
    if demand.fraction is not None:
        wanted = max(wanted, math.ceil(demand.fraction * holders))
    if demand.more_than is not None:
        wanted = max(wanted, math.floor(demand.more_than * holders) + 1)
    return wanted


def _counted(
    question: Question, demand: ApprovalDemand, role: str, eligible: list[str]
) -> tuple[dict[str, Live], list[str]]:
    """The approvals that count, one a person (the latest word of each), and why others do not."""
    latest: dict[str, Live] = {}
    # In the order of time, whatever the order of the file; said at one moment, the approval gives way. A "no" that
    # was withdrawn brings no older approval back: whoever said it decides anew.
    for found in sorted(_decisions(question), key=lambda one: (one.said.at, _says_no(one))):
        latest[found.said.by] = found
    counted: dict[str, Live] = {}
    against: list[str] = []
    for found, said in of_sort(latest.values(), Approval):
        why = _against(question, demand, role, eligible, found, said)
        if why is None:
            counted[said.by] = found
        else:
            against.append(why)
    return counted, against


def _decisions(question: Question) -> list[Live]:
    """The decisions on the requirement that count, and those that say no even where they were withdrawn."""
    counting = question.mine("approvals")
    known = {found.said.id for found in counting}
    refusals = [
        found
        for found in statements(question.record)
        if found.group == "approvals" and found.said.requirement == question.name and _says_no(found)
    ]
    return [*counting, *(one for one in refusals if one.said.id not in known and one.said.at <= question.moment)]


def _says_no(found: Live) -> bool:
    return isinstance(found.said, Approval) and found.said.decision != "approve"


def _against(
    question: Question, demand: ApprovalDemand, role: str, eligible: list[str], found: Live, said: Approval
) -> str | None:
    if said.decision != "approve":
        return _no(question, said)
    if said.role != role:
        return f"{said.by} approved as {said.role}, not as {role}"
    if said.by not in eligible:
        return _not_eligible(question, demand, role, said)
    misdated = _misdated(question, found)
    if misdated is not None:
        return misdated
    if not _held(question, demand, role, said, found):
        return (
            f"{said.by} did not hold the role {role}{for_scope(scope_of(question, demand))} on {question.day_of(found)}"
        )
    return void(question, said) or too_weak(question, demand, found)


def _misdated(question: Question, found: Live) -> str | None:
    """Why an approval is none on the day that it names, or None."""
    said, day = found.said, question.day_of(found)
    if day > question.day:
        return f"the approval of {said.by} is dated {day}, which is still to come"
    if day < question.began:
        return _before_it_was(question, found, f"the approval of {said.by}")
    if question.outdated(found):
        return f"{said.by} decided before {question.record.id} went back, so it is decided anew"
    return None


def _before_it_was(question: Question, found: Live, what: str) -> str:
    return f"{what} is dated {question.day_of(found)}, before there was {question.record.id} ({question.began})"


def _no(question: Question, said: Approval) -> str:
    if said.withdrawn is not None and said.withdrawn.at <= question.moment:
        return f"{said.by} took back a no ({said.id}), and has not decided since"
    return f"{said.by} decided: {said.decision.replace('-', ' ')}"


def _held(question: Question, demand: ApprovalDemand, role: str, said: Approval, found: Live) -> bool:
    roster: Roster = question.roster
    return roster.holds(said.by, role, question.day_of(found), scope_of(question, demand))


def _not_eligible(question: Question, demand: ApprovalDemand, role: str, said: Approval) -> str:
    if said.by in question.excluded and question.separation == "require":
        return f"{question.barred(said.by)}, and may not decide"
    if demand.in_record:
        return f"{said.by} is not named as {role} in {question.record.id} (from before this step)"
    scope = scope_of(question, demand)
    asked = for_what(question.roster, said.by, role, question.day, scope) or for_scope(scope)
    return f"{said.by} does not hold the role {role}{asked} on {question.day}"


def void(question: Question, said: Approval) -> str | None:
    """Why an approval no longer binds what stands there, or None."""
    requirement = question.requirement
    if said.record != question.record.id:
        return f"the approval {said.id} was given for {said.record}, not for {question.record.id}"
    if said.binds.definition != definition_digest(question.source.data, question.name):
        return f"what {question.name} demands has changed since {said.by} approved"
    over = content(question.record.data, requirement.covers)
    if question.stands and not fits(question.record, said.binds.content, digest(over), over):
        return f"one of {', '.join(requirement.covers)} changed since {said.by} approved"
    changed = bound_otherwise(question.record, said, _rested_on(question))
    if changed:
        return f"the evidence for {_spoken_to(question, changed)} changed since {said.by} approved"
    return None


def _spoken_to(question: Question, changed: set[str]) -> str:
    """The requirements to which statements speak on which an approval rests."""
    by = {found.said.requirement for found in statements(question.record) if found.said.id in changed}
    named = [name for name in question.requirement.rests_on if name in by]
    return ", ".join(named or question.requirement.rests_on)


def rested_on(question: Question) -> dict[str, str]:
    """The evidence on which an approval of this requirement rests now: statement to digest."""
    return {found.said.id: statement_digest(found.raw) for found in _rested_on(question)}


def _rested_on(question: Question) -> list[Live]:
    names = question.requirement.rests_on
    return [one for one in question.live if one.group in {"evidence", "scores"} and one.said.requirement in names]


def signed(question: Question, demand: SignedDemand) -> Answer:
    """Every party signed the document that stands as evidence: one and the same digest."""
    parties = parties_at(question.record.data, demand.by_each)
    documents = [said for _found, said in of_sort(question.live, Evidence) if said.requirement == demand.document]
    roles, people = suppliers(question)
    if not documents or documents[-1].digest is None:
        fetch = fetching(question.record, question.policy, demand.document)
        return Answer(False, "there is no document with a digest to be signed", [], [], roles, people, fetch)
    document = documents[-1].digest
    done, against = _signatures(question, document)
    absent = [party for party in parties if party not in done]
    if parties and not absent:
        return Answer(met=True, uses=[done[party] for party in parties])
    ask = f"{question.requirement.ask} " if question.requirement.ask else ""
    words = f" ({'; '.join(against)})" if against else ""
    missing = f"{ask}Missing: the signature of {', '.join(absent) or 'the parties: the record lists none'}{words}"
    command = line("add", question.record.id, question.name, f"party={absent[0]}", "--on", "<day>") if absent else None
    return Answer(False, missing, [], [], roles, people, command, absent=tuple(absent))


def _signatures(question: Question, document: str) -> tuple[dict[str, str], list[str]]:
    done: dict[str, str] = {}
    against: list[str] = []
    for found, said in of_sort(question.mine("signatures"), Signature):
        if said.document != document:
            against.append(f"{said.party} signed another document, {said.document[:19]}…")
        elif question.day_of(found) > question.day:
            against.append(f"the signature of {said.party} is dated {question.day_of(found)}, which is still to come")
        elif question.day_of(found) < question.began:
            against.append(_before_it_was(question, found, f"the signature of {said.party}"))
        else:
            done[said.party] = said.id
    return done, against
