"""One commit that landed, as a step of the register."""

from __future__ import annotations

from typing import Any

from partnerkit.dataclass import dataclass, field
from partnerkit.findings import Finding
from partnerkit.steps import Step
from partnerkit.store.git.walk import Walked


@dataclass(frozen=True, slots=True)
class Landed:
    """One commit that landed, as a step.

    Attributes:
        walked: the commit, and the files it changed.
        step: the register before and after; None where there was none yet, or where nothing could judge.
        changed: the ids of the records whose files it changed, or which rules that it changed made readable.
        evidence: the ids of the records of whose evidence it changed a file that was there.
        findings: what could not be read of what it changed.
        strays: the files of which they speak that never were a record, and the rules that were not taken in.
        aside: of a merge, the records as merged branches had them, and the main line never, with entries left out.
        beside: of a merge, what it did to the rules and to the beginning of a register that stood on another side.
    """

    walked: Walked
    step: Step | None
    changed: set[str]
    evidence: set[str]
    findings: list[Finding]
    strays: frozenset[str]
    aside: list[dict[str, Any]] = field(default_factory=list)
    beside: list[Finding] = field(default_factory=list)
