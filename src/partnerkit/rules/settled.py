"""What a later entry settles: an entry that was voided, and sealed content that was altered and is as it was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from partnerkit.findings import Finding
from partnerkit.kinds.history import only_id
from partnerkit.rules.case import Case
from partnerkit.rules.compared import new_entries, pairs
from partnerkit.rules.correcting import proves
from partnerkit.steps import Step

_WORDS = {"void": "voided", "correct": "corrected"}


@dataclass(frozen=True, slots=True)
class Settlement:
    """A lawful entry that settles findings of its record: they are told for ever, and break nothing any more.

    Attributes:
        record: the record.
        entry: the id of the entry.
        type: `void` settles what was found of an entry, `correct` what its seals prove to be as it was.
        by: who made it.
        at: when.
        reason: why.
        about: the ids of the entries voided, or what is proven, as findings name in `sealed` what would prove them.
    """

    record: str
    entry: str
    type: str
    by: str
    at: datetime
    reason: str
    about: frozenset[str]

    def settles(self, found: Finding) -> bool:
        """Whether it settles a finding, if that came at the right time."""
        concerned = found.entry if self.type == "void" else found.sealed
        if found.severity != "error" or found.record != self.record or concerned is None:
            return False
        return concerned in self.about or any(concerned.startswith(f"{one}.") for one in self.about)

    def told(self, found: Finding) -> Finding:
        """The finding as it is told from now on."""
        words = f"{_WORDS[self.type]} by {self.by} on {self.at:%Y-%m-%d}: {self.reason} (entry {self.entry})"
        return replace(
            found, severity="warning", message=f"{found.message.removesuffix('.')}; {words}", settled=self.entry
        )


def settlements(step: Step, only: set[str] | None, found: Iterable[Finding]) -> list[Settlement]:
    """The entries of a step that settle something, and break no rule themselves.

    Args:
        step: the step.
        only: records that changed, where that is known.
        found: everything in which the step breaks the rules.
    """
    illegal = {(one.record, one.entry) for one in found if one.severity == "error"}
    return [one for one in _claimed(step, only) if (one.record, one.entry) not in illegal]


def _claimed(step: Step, only: set[str] | None) -> Iterator[Settlement]:
    for old, new in pairs(step, only):
        if new is None:
            continue
        for index in range(new_entries(old), len(new.model.history)):
            entry = new.model.history[index]
            source = step.rules.policies.get(new.model.policy)
            raw = new.data["history"]
            if entry.type not in _WORDS or source is None or only_id(raw, index) is None:
                continue
            case = Case(entry, raw[index], index, new, raw[:index], step.before, step.after, source, step.landed_at)
            yield Settlement(new.id, entry.id, entry.type, entry.by, entry.at, entry.reason or "", _about(case))


def _about(case: Case) -> frozenset[str]:
    return proves(case) if case.entry.type == "correct" else frozenset({case.entry.undoes or ""})


def settled_in(found: list[Finding], every: Iterable[Settlement]) -> list[Finding]:
    """The findings of a step, as the entries of that very step settle them.

    What a correction puts back is no breach; what was voided stays told.
    """
    for one in every:
        if one.type == "correct":
            found = [finding for finding in found if not one.settles(finding)]
        else:
            found = [one.told(finding) if one.settles(finding) else finding for finding in found]
    return found
