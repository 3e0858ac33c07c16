"""What parties say: acknowledgements, and signatures on one document."""

from __future__ import annotations

from typing import Any

from partnerkit.errors import WrongCallError
from partnerkit.jobs.adding import Work, allowed, demand_no_file
from partnerkit.jobs.evidence import located
from partnerkit.jobs.statements import statement, with_statement
from partnerkit.kinds.problems import did_you_mean
from partnerkit.rules.demands.shown import alternatives, fetching
from partnerkit.rules.places import at
from partnerkit.rules.refused import Refused
from partnerkit.steps import parties_at


def acknowledged(work: Work) -> tuple[dict[str, Any], Any]:
    """The record's data with a party's acknowledgement or answer, and that statement."""
    allowed(work)
    demand_no_file(work)
    party = _party(work)
    fields = {"party": party, "answer": _answer(work), "text": work.added.values.get("text")}
    said = statement(work.desk, "acknowledgements", work.added.what, work.voice, fields)
    return with_statement(work.record.data, "acknowledgements", said), said


def _answer(work: Work) -> str | None:
    """The answer that a party gives, where the requirement asks for one."""
    demand = work.requirement.acknowledged
    known = list(demand.answers) if demand is not None else []
    answer = work.added.values.get("answer")
    if known and answer is None:
        raise WrongCallError(f"say what they answered: {alternatives(known)}", f"answer={known[0]}")
    if known and answer not in known:
        near = did_you_mean(str(answer), known)
        raise WrongCallError(f"{answer!r} is none of the answers{near}", f"answer= {', '.join(known)}")
    return answer


def _party(work: Work) -> str:
    party = work.added.values.get("party")
    known = _known(work)
    if party is None:
        raise WrongCallError("say which party", f"party= {', '.join(known) or '<party>'}")
    if known and party not in known:
        raise WrongCallError(
            f"{work.record.id} has no party {party!r}{did_you_mean(party, known)}", f"party= {', '.join(known)}"
        )
    return party


def _known(work: Work) -> list[str]:
    """The parties of which the requirement wants to hear."""
    demand = work.requirement.acknowledged
    if demand is not None and demand.by:
        return demand.by
    path = demand.by_each if demand else work.requirement.signed.by_each if work.requirement.signed else None
    return parties_at(work.record.data, path or "")


def signed(work: Work) -> tuple[dict[str, Any], Any]:
    """The record's data with a party's signature on the document, and that statement."""
    allowed(work)
    party = _party(work)
    values = work.added.values
    document = values.get("document")
    if work.added.thing is not None:
        document = str(located(work, work.added.thing).get("digest"))
    document = document or _document_there(work)
    fields = {"party": party, "capacity": values.get("capacity"), "method": values.get("method"), "document": document}
    said = statement(work.desk, "signatures", work.added.what, work.voice, fields)
    return with_statement(work.record.data, "signatures", said), said


def _document_there(work: Work) -> str:
    """The digest of the document that stands as evidence."""
    demand = work.requirement.signed
    name = demand.document if demand else ""
    found = [
        said
        for said in work.record.data.get("evidence") or []
        if said["requirement"] == name and "withdrawn" not in said
    ]
    if not found or not found[-1].get("digest"):
        message = f"there is no document to sign: {name} holds none with a digest, or a newer one without"
        clause = ", ".join(work.policy.full(one) for one in work.requirement.clauses)
        mend = fetching(work.record, work.policy, name)
        finding = at(work.record, ("stage",), "requirement-unmet", message, clause=clause, mend=mend)
        raise Refused(f"{work.record.id}: refused; nothing changed", [finding])
    return str(found[-1]["digest"])
