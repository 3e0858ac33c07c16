"""Who signed, as the record says it. It stands in drafts alone: what is signed has empty lines, and stays as it is."""

from __future__ import annotations

from typing import Any

from partnerkit.documents.facts import Facts, in_words
from partnerkit.documents.noting import standing
from partnerkit.documents.settled import signable, signing
from partnerkit.documents.shape import Each, texts

_SAID = ("capacity", "day", "how", "statement")

SIGNERS = Each(texts("name", *_SAID))


def signers(facts: Facts, names: dict[str, str]) -> list[dict[str, str]]:
    """A line for each of those who sign: filled where a draft is made of what some of them signed already.

    Args:
        facts: of which record.
        names: those who sign, by what the record calls them, each as the document calls them.
    """
    there = _signatures(facts) if facts.says_signed else {}
    return [{"name": name, **_line(facts, there.get(party))} for party, name in names.items()]


def all_signed(lines: list[dict[str, str]]) -> bool:
    """Whether no line is empty."""
    return bool(lines) and all(one["statement"] for one in lines)


def _signatures(facts: Facts) -> dict[str, dict[str, Any]]:
    """The signatures that stand, by party, the latest of each; of a document that stands itself."""
    policy, kind, data = facts.policy, facts.seen.kind, facts.whole.data
    asked = {name for name, _one in signing(policy, kind, data)}
    wanted = signable(policy, kind, data)
    papers = {one.get("digest") for one in standing(facts.whole, "evidence") if one["requirement"] in wanted}
    there = [one for one in facts.items("signatures") if "withdrawn" not in one and one["requirement"] in asked]
    return {one["party"]: one for one in there if one.get("document") in papers}


def _line(facts: Facts, said: dict[str, Any] | None) -> dict[str, str]:
    if said is None:
        return dict.fromkeys(_SAID, "")
    method = f" ({in_words(said['method'])})" if "method" in said else ""
    return {
        "capacity": said.get("capacity") or "",
        "day": facts.day_of("signatures", said),
        "how": f"signed{method}",
        "statement": said["id"],
    }
