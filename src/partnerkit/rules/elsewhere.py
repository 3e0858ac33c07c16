"""Rules for content above what the register may hold: none enters it, and none stands where it could be taken out."""

from __future__ import annotations

from collections.abc import Iterator

from partnerkit.findings import Finding
from partnerkit.kinds.classified import Classification, above, prose
from partnerkit.kinds.statements import Evidence
from partnerkit.register import RecordFile
from partnerkit.rules.classified import inline, told, touch
from partnerkit.rules.commands import line
from partnerkit.rules.look import Look
from partnerkit.rules.places import at
from partnerkit.steps import Step, locked_fields, statements


def content_stays_elsewhere(look: Look) -> Iterator[Finding]:
    """No field holds content above what the register may hold. Where a gate locks it, only a way back takes it out."""
    limit = look.register.settings.classification
    for one in inline(look.record, look.policy, limit):
        if one.said:
            continue
        locks = locked_fields(look.record, look.policy)
        if any(touch(one.field, path) for path in locks):
            why = "It is locked by a gate that was passed, and history shows it whatever becomes of it"
            yield told(look.record, one, limit, why, severity="warning")
        else:
            yield told(look.record, one, limit)


def nothing_classified_comes_in(step: Step, old: RecordFile | None, new: RecordFile) -> Iterator[Finding]:
    """A step brings no content above what the register may hold into history: no text, and no file's bytes."""
    policy = step.rules.policy_of(new)
    limit = step.rules.settings.classification
    if policy is None:
        return
    found = list(inline(new, policy, limit))
    was = {text for _keys, text in prose(type(old.model), old.data)} if old and found else set()
    yield from (told(new, one, limit) for one in found if one.text not in was)
    yield from _no_bytes(old, new, limit)


def _no_bytes(old: RecordFile | None, new: RecordFile, limit: Classification) -> Iterator[Finding]:
    level = new.data.get("classification")
    if not above(level, limit):
        return
    known = {found.said.id for found in statements(old)} if old else set()
    for found in statements(new):
        said = found.said
        if not isinstance(said, Evidence) or said.id in known or said.digest is None or said.claimed:
            continue
        message = (
            f"the evidence {said.id} for {said.requirement} keeps its bytes in history, and {new.id} is {level}: "
            f"this register holds nothing above {limit}. Keep the file elsewhere and add it without --copy"
        )
        mend = line("add", new.id, said.requirement, "<file-or-link>")
        yield at(new, (found.group, found.index, "ref"), "inline-content", message, mend=mend)
