"""Mends of what a check finds, as they can be done where things stand: what was edited, what landed, what is gone."""

from __future__ import annotations

from partnerkit.dataclass import replace
from partnerkit.findings import Finding
from partnerkit.jobs.compared import Compared
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.put_aside import edits_kept
from partnerkit.jobs.readable_again import readable_again
from partnerkit.jobs.rules_first import rules_first
from partnerkit.jobs.shown_again import shown_again
from partnerkit.jobs.unlanded import edited, since, uncorrected
from partnerkit.steps import Step


def as_it_was_edited(desk: Desk, seen: Compared, step: Step, found: list[Finding]) -> list[Finding]:
    """What was found of a step, with what mends an edit that has not landed."""
    return edited(desk, seen, found if seen.ranged else uncorrected(desk, step, found))


def as_it_landed(desk: Desk, seen: Compared, found: list[Finding]) -> list[Finding]:
    """Findings with the mends that go back: to rules, to evidence, and on a branch to where it began."""
    return since(seen, shown_again(desk, seen, rules_first(desk, seen, found)))


def as_can_be_done(desk: Desk, seen: Compared, found: list[Finding]) -> list[Finding]:
    """Everything that was found, without lines that would lead nowhere, and with those that keep what was edited."""
    register = seen.loaded.register
    if register is not None and any("--correct" in (one.mend or "") for one in found):
        from partnerkit.jobs.corrected import Trial  # noqa: PLC0415 - what is tried writes a record, in memory

        trial = Trial(desk, register)
        found = [one if one.record is None or trial(one.record) else _uncorrected(one) for one in found]
    return edits_kept(desk, readable_again(desk, seen, found))


def _uncorrected(found: Finding) -> Finding:
    """A finding without the line that corrects it: there is nothing from which it could be put back."""
    parts = (found.mend or "").split("; ")
    return replace(found, mend="; ".join(part for part in parts if "--correct" not in part))
