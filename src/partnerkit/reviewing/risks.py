"""The risks of a record in words: how likely, how bad, accepted until when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from partnerkit.kinds.risk import Risk
from partnerkit.policies.things import shown
from partnerkit.register import RecordFile


def risks_of(record_id: str, among: Mapping[str, RecordFile]) -> Iterator[str]:
    """The risks that belong to a record, and itself where it is one."""
    for one in among.values():
        if isinstance(one.model, Risk) and record_id in {one.id, one.subject}:
            yield _in_words(one, one.model)


def _in_words(record: RecordFile, risk: Risk) -> str:
    latest = risk.assessments[-1] if risk.assessments else None
    level = (
        f"likelihood {latest.likelihood} of 5, impact {latest.impact} of 5 ({latest.on}, by {latest.by})"
        if latest is not None
        else "nobody has judged it"
    )
    until = f", accepted until {risk.accepted_until}" if risk.accepted_until else ""
    controls = f", {len(risk.controls)} control{'' if len(risk.controls) == 1 else 's'}" if risk.controls else ""
    return f"{record.id} ({record.stage}): {shown(risk.title)}: {level}{controls}{until}"
