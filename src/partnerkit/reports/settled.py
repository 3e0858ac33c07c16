"""What an audit tells of entries that were voided and records that were put back as sealed."""

from __future__ import annotations

from typing import Any

from partnerkit.findings import Finding
from partnerkit.kinds.parts import moment_text
from partnerkit.rules.audited import Audited
from partnerkit.rules.settled import Settlement
from partnerkit.rules.verdict import Entered


def which(audited: Audited) -> str:
    """Which of the entries are said to be legal where nothing is open: all but those that were voided."""
    every = audited.voided
    if not every:
        return "every one"
    clean = sum(not one.broke for one, _by in every)
    against = f" (nothing was found against {clean} of these)" if clean else ""
    return f"{len(every)} of them voided{against}, every other one"


def voided(audited: Audited) -> tuple[str, list[str]]:
    """How many entries were voided, and each with who did and why."""
    every = audited.voided
    text = f"{len(every)} {'entry' if len(every) == 1 else 'entries'} that never counted" if every else ""
    return text, [_voided(one, by) for one, by in every]


def _voided(one: Entered, by: Settlement) -> str:
    way = f"{one.left} → {one.to}" if one.left else f"{one.type} in {one.to}"
    found = f"found: {', '.join(one.broke)}" if one.broke else "nothing was found against it"
    return f"{one.record}: entry {one.id} of {one.by} ({way}; {found}), voided {_by(by)}"


def corrected(audited: Audited) -> tuple[str, list[str]]:
    """How often sealed content was put back, and each time with what had been found, who did it and why."""
    every = audited.corrected
    text = f"{len(every)} time{'' if len(every) == 1 else 's'}, to what gates had sealed" if every else ""
    return text, [_corrected(one, found) for one, found in every]


def _corrected(one: Entered, found: list[Finding]) -> str:
    codes = ", ".join(sorted({finding.code for finding in found})) or "nothing that was found"
    return f"{one.record}: {codes}, corrected {_by(one)}"


def _by(one: Entered | Settlement) -> str:
    return f"by {one.by} on {one.at:%Y-%m-%d}: {one.reason}"


def as_data(audited: Audited) -> dict[str, Any]:
    """Both for other programs."""
    return {
        "voided": [
            {
                "record": one.record,
                "entry": one.id,
                "by": one.by,
                "with": by.entry,
                "voided_by": by.by,
                **_when(by),
                "codes": list(one.broke),
            }
            for one, by in audited.voided
        ],
        "corrected": [
            {
                "record": one.record,
                "with": one.id,
                "corrected_by": one.by,
                **_when(one),
                "codes": sorted({finding.code for finding in found}),
            }
            for one, found in audited.corrected
        ],
    }


def _when(one: Entered | Settlement) -> dict[str, Any]:
    return {"at": moment_text(one.at), "reason": one.reason}
