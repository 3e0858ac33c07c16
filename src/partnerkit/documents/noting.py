"""What a record says of the documents that were made of it, and of the paper that parties signed in their place."""

from __future__ import annotations

import re
from typing import Any, get_args

from partnerkit.documents.catalogue import DOCUMENTS, FORMATS
from partnerkit.documents.composed import Asked, Noted, Origins
from partnerkit.documents.settled import signable
from partnerkit.kinds.classified import Classification
from partnerkit.policies.policy import Policy
from partnerkit.register import RecordFile

_SHA = "(sha256:[0-9a-f]{64})"

#: How the summary of such evidence says what it is of: document, format, level, and the digests of what it is made of.
_SUMMARY = re.compile(rf"doc/([a-z-]+)/([a-z]+)/([a-z]+) {_SHA}(?: template {_SHA}(?: letterhead {_SHA})?)?\Z")


def summary(asked: Asked, form: str, made_of: Origins) -> str:
    """What the evidence of a document says it is of."""
    upon = f" letterhead {made_of.letterhead}" if made_of.letterhead is not None else ""
    return f"doc/{asked.what}/{form}/{asked.level} {made_of.text} template {made_of.template}{upon}"


def noted(found: RecordFile, what: str) -> list[Noted]:
    """What the record says of documents of a sort that still stand, the latest first."""
    made = [_noted(one) for one in standing(found, "evidence")]
    return [one for one in reversed(made) if one is not None and one.what == what]


def paper(policy: Policy, found: RecordFile, what: str) -> dict[str, Any] | None:
    """The evidence of what the parties sign, where that is no document of the sort that was made of the record here.

    It is what their signatures name; before anybody signed, what was added last.
    """
    if not DOCUMENTS[what].signed:
        return None
    wanted = signable(policy, found.kind, found.data)
    there = [one for one in standing(found, "evidence") if one["requirement"] in wanted]
    named = [one.get("document") for one in standing(found, "signatures")]
    signed = [one for one in there if one.get("digest") in named] or there
    if not signed:
        return None
    made = _noted(signed[-1])
    return signed[-1] if made is None or made.what != what else None


def is_named(found: RecordFile, said: dict[str, Any]) -> bool:
    """Whether somebody signed what a piece of evidence is of."""
    return any(one.get("document") == said.get("digest") for one in standing(found, "signatures"))


def standing(found: RecordFile, group: str) -> list[dict[str, Any]]:
    """The statements of a group that were not withdrawn."""
    return [one for one in found.data.get(group) or [] if "withdrawn" not in one]


def _noted(said: dict[str, Any]) -> Noted | None:
    match = _SUMMARY.match(str(said.get("summary", "")))
    if match is None or match[2] not in FORMATS or match[3] not in get_args(Classification):
        return None  # written by hand: nothing is known of it
    what, form, level, *digests = match.groups()
    return Noted(said, what, form, level, Origins(*digests))
