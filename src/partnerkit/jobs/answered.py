"""What `check` answers, as a value that can be put away as text and told later in every format."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from partnerkit.dataclass import dataclass
from partnerkit.findings import Finding, as_row, from_row

if TYPE_CHECKING:
    from partnerkit.jobs.check import Checked
    from partnerkit.kinds.expunging import Expunging


@dataclass(frozen=True, slots=True)
class Answered:
    """What is told of a check.

    Attributes:
        findings: what was found.
        looked_at: in what, in words.
        expunged: the text that was taken out of these records for good, with the record's id.
        changed: the files below records/ that the change touches.
        compared_with: the commit whose rules judged what changed; None where nothing has been committed.
    """

    findings: list[Finding]
    looked_at: str
    expunged: list[tuple[str, Expunging]]
    changed: frozenset[str]
    compared_with: str | None

    @classmethod
    def of(cls, found: Checked) -> Answered:
        """What is told of what was found."""
        return cls(found.findings, _looked_at(found), found.expunged, found.changed, found.compared_with)

    def as_text(self) -> str:
        """It as text; `from_text` gives back the same."""
        found = [as_row(one) for one in self.findings]
        expunged = [(record, one.model_dump_json(by_alias=True)) for record, one in self.expunged]
        return json.dumps([found, self.looked_at, expunged, sorted(self.changed), self.compared_with])

    @classmethod
    def from_text(cls, text: str) -> Answered:
        """What was told, from its text."""
        found, looked_at, expunged, changed, compared_with = json.loads(text)
        taken_out: list[tuple[str, Expunging]] = []
        if expunged:
            from partnerkit.kinds.expunging import Expunging  # noqa: PLC0415 - dear to import, and rarely there

            taken_out = [(record, Expunging.model_validate_json(one)) for record, one in expunged]
        findings = [from_row(one) for one in found]
        return cls(findings, looked_at, taken_out, frozenset(changed), compared_with)


def _looked_at(found: Checked) -> str:
    """In what it was found, in words; of what changed also the files of rules, and others that records may show."""
    rules = others = 0
    if found.narrow:
        from partnerkit.store.layout import is_rule  # noqa: PLC0415 - dear to import: what was told is told without it
        from partnerkit.store.record_paths import record_id  # noqa: PLC0415 - likewise

        rules = sum(is_rule(one) for one in found.changed)
        others = sum(record_id(one) is None and not is_rule(one) for one in found.changed)
    parts = [_many(found.records, "record")] if found.records or not (rules or others) else []
    parts += [f"{_many(rules, 'file')} of rules"] if rules else []
    parts += [f"{_many(others, 'file')} that records may show"] if others else []
    return " and ".join(parts)


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"
