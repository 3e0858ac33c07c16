"""What agreements say: of partners, and of the people of a pairing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from partnerkit.documents.facts import CLAUSE, COMMON, Facts, in_time, in_words
from partnerkit.documents.settled import signing
from partnerkit.documents.shape import LEAF, Each, Has, texts
from partnerkit.documents.signers import SIGNERS, all_signed, signers
from partnerkit.documents.wording import own

_SIGNING = {"signers": SIGNERS, "signed": LEAF, "clauses": Each(CLAUSE)}

AGREEMENT = Has(
    {
        **COMMON,
        "partner": texts("name"),
        "agreement": texts("title", "starts", "ends", "notice", "renews", "amends"),
        "parties": Each(texts("name")),
        "responsibilities": Each(texts("party", "text")),
        "objectives": Each(texts("text")),
        "criteria": Each(texts("measure", "target")),
        "commitments": Each(texts("by", "text")),
        "milestones": Each(texts("text", "due")),
        "duties": Each(texts("party", "text", "due")),
        "terms": Each(Has({"title": LEAF, "included": LEAF, "where": LEAF, "reason": LEAF})),
        **_SIGNING,
    }
)

PAIRING = Has(
    {
        **COMMON,
        "pairing": texts("title", "programme", "starts", "ends", "meets_every", "meeting_minutes", "success"),
        "coordinator": LEAF,
        "participants": Each(texts("person", "part")),
        "goals": Each(texts("text", "measure", "due")),
        **_SIGNING,
    }
)


def agreement(facts: Facts) -> dict[str, Any]:
    """What an agreement with a partner says."""
    parties = facts.parties
    return {
        **facts.common(),
        "more": list(own(facts, facing=False)),
        "partner": {"name": _partner(facts)},
        "agreement": {
            "title": facts.text("title"),
            "starts": facts.text("starts", "first day"),
            "ends": facts.text("ends", "last day"),
            "notice": in_time(facts.text("notice")),
            "renews": facts.text("renews", "agreement that it renews"),
            "amends": facts.text("amends", "agreement that it amends"),
        },
        "parties": [{"name": name} for name in parties.values()],
        "responsibilities": _by_party(facts, parties, "responsibilities", "text"),
        "objectives": facts.rows("objectives", "text"),
        "criteria": facts.rows("criteria", "measure", "target"),
        "commitments": _commitments(facts),
        "milestones": facts.rows("milestones", "text", "due"),
        "duties": _by_party(facts, parties, "duties", "text", "due"),
        "terms": list(_terms(facts)),
        **_signing(facts, parties),
    }


def pairing(facts: Facts) -> dict[str, Any]:
    """What the people of a pairing agree on."""
    return {
        **facts.common(),
        "more": list(own(facts, facing=False)),
        "pairing": {
            **facts.pairing(),
            "meets_every": in_time(facts.text("meets-every", "how often you meet")),
            "meeting_minutes": facts.text("meeting-minutes", "minutes of a meeting"),
            "success": facts.text("success", "how you will tell that it was worth it"),
        },
        "coordinator": facts.person("coordinator", "coordinator"),
        "participants": participants(facts),
        "goals": facts.rows("goals", "text", "measure", "due"),
        **_signing(facts, _who_sign(facts)),
    }


def _who_sign(facts: Facts) -> dict[str, str]:
    """Who of those who take part sign: all, or nobody where the policy asks for no signature of such a pairing."""
    asked = signing(facts.policy, facts.seen.kind, facts.whole.data)
    return {one["id"]: facts.called(one["id"]) for one in facts.items("participants")} if asked else {}


def participants(facts: Facts) -> list[dict[str, str]]:
    """Who takes part, and as what."""
    rows = facts.rows("participants", "id", "as")
    return [{"person": facts.called(one["id"]), "part": one["as"]} for one in rows]


def _signing(facts: Facts, names: dict[str, str]) -> dict[str, Any]:
    """Who signs, by their names, and by which clauses."""
    lines = signers(facts, names)
    return {"signers": lines, "signed": all_signed(lines), "clauses": signed_by(facts)}


def signed_by(facts: Facts) -> list[dict[str, str]]:
    """The clauses by which the parties sign; none where they signed elsewhere."""
    asked = [] if facts.taken_in else [one for _name, one in signing(facts.policy, facts.seen.kind, facts.whole.data)]
    return [clause for one in asked for clause in facts.clauses(one.clause)]


def _by_party(facts: Facts, parties: dict[str, str], path: str, *names: str) -> list[dict[str, str]]:
    """The blocks of a list, with the parties by their names."""
    rows = facts.rows(path, "party", *names)
    return [{**row, "party": parties.get(row["party"], row["party"])} for row in rows]


def _partner(facts: Facts) -> str:
    subject = facts.register.records.get(facts.seen.subject or "")
    seen = facts.sight.seen(subject) if subject is not None else None
    return facts.shown(seen.name if seen else None, "partnership", "name of the partner")


def _commitments(facts: Facts) -> list[dict[str, str]]:
    names = {"us": facts.register.settings.name, "partner": _partner(facts)}
    return [{**row, "by": names.get(row["by"], row["by"])} for row in facts.rows("commitments", "by", "text")]


def _terms(facts: Facts) -> Iterator[dict[str, Any]]:
    """The blocks of the legal framework: where in the text each stands, or why there is none."""
    found = facts.seen.data.get("terms")
    for name, term in found.items() if isinstance(found, dict) else ():
        block = term if isinstance(term, dict) else {"where": term, "status": "included"}
        yield {
            "title": in_words(str(name)).capitalize(),
            "included": block.get("status") == "included",
            "where": facts.shown(block.get("where"), f"terms.{name}.where"),
            "reason": facts.shown(block.get("reason"), f"terms.{name}.reason"),
        }
