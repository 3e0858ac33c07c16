"""Record that a document was made: evidence of the requirement that asks for it, known by the digest of its bytes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from partnerkit.conditions import holds
from partnerkit.dataclass import dataclass, replace
from partnerkit.documents.catalogue import DOCUMENTS
from partnerkit.documents.composed import Asked, Composed, Origins
from partnerkit.documents.noting import is_named, noted, paper, summary
from partnerkit.documents.settled import is_signed, is_taken_in, signable
from partnerkit.errors import WrongCallError
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.documents import compose
from partnerkit.jobs.landing import Landed, Outcome, Planned, land
from partnerkit.jobs.named_record import record, source
from partnerkit.jobs.statements import Voice, statement, trailers, with_statement
from partnerkit.kinds.canonical import file_digest
from partnerkit.kinds.problems import did_you_mean
from partnerkit.policies.lists import lists
from partnerkit.policies.policy import Policy
from partnerkit.register import RecordFile, Register
from partnerkit.rules.commands import as_committed, line
from partnerkit.rules.refused import Refused
from partnerkit.store.commit.refusals import Dirty
from partnerkit.store.documents import LETTERHEAD, templates_for
from partnerkit.store.draft import Draft

#: What sort of evidence a document is.
KIND = "document"

#: The format that is written upon the letterhead of the register.
UPON_LETTERHEAD = "docx"


@dataclass(frozen=True, slots=True)
class Made:
    """A document that was recorded, or was already: what it says, its bytes, and the record."""

    composed: Composed
    data: bytes
    record: RecordFile


def text_digest(composed: Composed) -> str:
    """The digest of a document's text, whatever its format."""
    return file_digest(composed.text.encode())


def origins(composed: Composed, form: str) -> Origins:
    """The digests of what a document is made of in a format: word processors alone write upon a letterhead."""
    letterhead = composed.letterhead if form == UPON_LETTERHEAD else None
    upon = file_digest(letterhead) if letterhead is not None else None
    return Origins(text_digest(composed), file_digest(composed.source.encode()), upon)


def keep(
    desk: Desk, asked: Asked, requirement: str | None, name: str, form: str, make: Callable[[Composed], bytes]
) -> Landed:
    """Record a document as evidence, as one commit. What is recorded names people by their ids alone.

    Args:
        desk: where and when.
        asked: the document.
        requirement: the requirement of which it is evidence; None where the policy asks for but one.
        name: what its file is called.
        form: its format.
        make: makes the bytes of it.

    Raises:
        WrongCallError: no requirement takes it, or several do.
        Refused: names in it are wrong, or another document stands in its place.
    """
    plain = replace(asked, naming="ids", to_be_signed=True)

    def plan(draft: Draft) -> Planned:
        found = record(draft.after, asked.record)
        composed = compose(desk, draft.after, plain)
        _demand_settled(composed)
        _demand_as_previewed(desk, draft.after, composed, form)
        if composed.findings:
            raise Refused(f"the {asked.what} of {found.id} is not recorded; nothing changed", composed.findings)
        data = make(composed)
        policy = source(draft.after, found).policy
        _demand_here(policy, found, asked.what)
        wanted = _requirement(policy, found, asked.what, requirement)
        made = Made(composed, data, found)
        subject = f"{found.kind}/{found.id}: add {wanted}"
        if any(
            one.bytes == file_digest(data) and one.said["requirement"] == wanted for one in noted(found, asked.what)
        ):
            return Planned(f"{subject}: it is recorded already", made)
        _demand_alone(policy, found, asked.what, wanted)
        fields = {
            "kind": KIND,
            "ref": name,
            "digest": file_digest(data),
            "claimed": True,
            "outcome": _outcome(policy, found, wanted),
            "summary": summary(asked, form, origins(composed, form)),
        }
        said = statement(desk, "evidence", wanted, Voice(desk.actor(draft.base)), fields)
        new = draft.put(with_statement(found.data, "evidence", said), found.path)
        done = Outcome(found.id, f"{wanted}: {KIND} {name} {file_digest(data)}")
        body = [f"{found.id}: {wanted} {said['id']}"]
        made = replace(made, record=new)
        return Planned(subject, made, body, trailers("doc", [(new, None)]), outcomes=[done])

    return land(desk, plan)


def _demand_as_previewed(desk: Desk, register: Register, composed: Composed, form: str) -> None:
    """Whether what the document is made from lies here as it was committed: else it is not what was looked at.

    Raises:
        Dirty: a template or the letterhead was edited here.
    """
    here = desk.working_tree().demand()
    paths = [*templates_for(composed.policy, composed.asked.what), *([LETTERHEAD] if form == UPON_LETTERHEAD else [])]
    for path in paths:
        if here.reads(path) != register.reads(path):
            what = "was edited here but not committed, and what is recorded is made from what is committed"
            raise Dirty(path, what, f"partnerkit check; then commit it, or put it back: {as_committed(path)}")


def _demand_settled(composed: Composed) -> None:
    """Whether a letter is final: what parties sign is recorded before it is, others are not.

    Raises:
        WrongCallError: it is a draft.
    """
    asked = composed.asked
    if composed.unsettled is not None and not DOCUMENTS[asked.what].signed:
        message = f"the {asked.what} of {asked.record} is a draft: {composed.unsettled}"
        raise WrongCallError(f"{message}; nothing changed", f"leave --record out; {line('gates', asked.record)}")


def _demand_here(policy: Policy, found: RecordFile, what: str) -> None:
    """Whether what is to be recorded can be what the parties sign."""
    if DOCUMENTS[what].signed and is_taken_in(policy, found.kind, found.data):
        message = f"{found.id} was taken in as it stood: what was signed lies elsewhere, and is not this {what}"
        raise WrongCallError(f"{message}; nothing changed", f"leave --record out; {line('show', found.id)}")
    signed = paper(policy, found, what)
    if signed is not None and is_binding(policy, found, signed):
        message = f"what was signed of {found.id} is {signed['id']}, which is not this {what}"
        raise WrongCallError(f"{message}; nothing changed", _leave_it(found, what))


def is_binding(policy: Policy, found: RecordFile, said: dict[str, Any]) -> bool:
    """Whether a piece of evidence is of what was signed: by all, or by somebody already."""
    return is_signed(policy, found.kind, found.stage, found.data) or is_named(found, said)


def _leave_it(found: RecordFile, what: str) -> str:
    return f"leave --record out; {line('doc', what, found.id, '--check')}"


def takers(policy: Policy, found: RecordFile) -> list[str]:
    """The requirements of a record that take a document as evidence."""
    lifecycle = policy.lifecycles[found.kind]
    names = dict.fromkeys(name for way in lifecycle.transitions for name in way.needs)
    asked = [(name, policy.requirements[name]) for name in names]
    mine = [(name, one.evidence) for name, one in asked if one.when is None or holds(one.when, found.data)]
    return [name for name, demand in mine if demand is not None and KIND in demand.kinds]


def _requirement(policy: Policy, found: RecordFile, what: str, named: str | None) -> str:
    """The requirement of which the document is evidence."""
    able = takers(policy, found)
    if named is not None:
        if named not in able:
            message = f"{named!r} takes no document of a record of that kind{did_you_mean(named, able)}"
            raise WrongCallError(message, f"--requirement {' or '.join(able)}" if able else _instead(policy, found))
        return named
    from_signing = [name for name in signable(policy, found.kind, found.data) if name in able]
    if what in {"agreement", "mentorship-agreement"} and len(from_signing) == 1:
        return from_signing[0]
    if not able:
        message = f"{policy.policy} asks for no document of {found.id}, so there is nothing of which it is evidence"
        raise WrongCallError(message, _instead(policy, found))
    message = f"{policy.policy} asks for no {what} of {found.id} by name; these take a document: {', '.join(able)}"
    raise WrongCallError(message, "say which: --requirement <requirement>, or leave --record out")


def _instead(policy: Policy, found: RecordFile) -> str:
    logs = ", ".join(lists(policy, found.kind))
    return f"leave --record out; {line('add', found.id)} takes {logs}" if logs else "leave --record out"


def _outcome(policy: Policy, found: RecordFile, name: str) -> str | None:
    """What came of it, where the requirement asks: that it was done; what is judged says a person."""
    demand = policy.requirements[name].evidence
    outcomes = demand.outcomes if demand is not None else []
    if outcomes and "done" not in outcomes:
        message = f"{name} asks what came of it ({', '.join(outcomes)}), which a document does not say"
        raise WrongCallError(message, line("add", found.id, name, "<document>", "outcome=<outcome>"))
    return "done" if outcomes else None


def _demand_alone(policy: Policy, found: RecordFile, what: str, name: str) -> None:
    """Whether no other document stands where one alone may."""
    demand = policy.requirements[name].evidence
    standing = [
        one for one in found.data.get("evidence") or [] if one["requirement"] == name and "withdrawn" not in one
    ]
    if demand is not None and demand.single and standing:
        old = str(standing[-1]["id"])
        if name in signable(policy, found.kind, found.data) and is_binding(policy, found, standing[-1]):
            message = f"{old} of {found.id} is what was signed, and one document at a time stands there"
            raise WrongCallError(f"{message}; nothing changed", _leave_it(found, what))
        message = f"{name} of {found.id} has a document already ({old}), and one at a time stands there"
        mend = line("add", found.id, name, f"withdraw={old}", "--reason", "<reason>")
        raise WrongCallError(f"{message}; nothing changed", mend)
