"""Whether what was sealed, or bound, is still what stands there: text may have been expunged from it since."""

from __future__ import annotations

from typing import Any

from partnerkit.kinds.expunging import listed, restated
from partnerkit.kinds.statements import Approval, statement_digest
from partnerkit.register import RecordFile
from partnerkit.steps import Live


def fits(record: RecordFile, sealed: str, now: str, over: Any) -> bool:
    """Whether a digest that was sealed is of what stands there, be it that text was expunged from that since.

    Args:
        record: the record in which it was sealed.
        sealed: the digest.
        now: the digest of what stands there now.
        over: what stands there now. Where history was rewritten, an earlier version of a record holds markers that
            only a later one explains. That says what the digest is with the marker, unless what it is of was no longer
            there when the text was expunged: then nobody can make it anew.
    """
    if sealed == now:
        return True
    ids = record.marked_later(over)
    known = restated((*listed(record.data), *record.later), sealed)
    said = any(one["id"] in ids and set(known) & (one.get("again") or {}).keys() for one in record.later)
    return now in known or (bool(ids) and not said)


def signature_expunged(record: RecordFile, raw: dict[str, Any]) -> bool:
    """Whether text was expunged from a statement that was signed: the signature held until then, and fits no more."""
    now = statement_digest(raw)
    said = any(now in (one.get("again") or {}).values() for one in listed(record.data))
    return "signature" in raw and (said or bool(record.marked_later(raw)))


def bound_otherwise(record: RecordFile, said: Approval, now: list[Live]) -> set[str]:
    """The ids of the statements that came, went or changed since an approval was bound to them."""
    bound, raw = said.binds.evidence, {found.said.id: found.raw for found in now}
    kept = {one for one in bound.keys() & raw if fits(record, bound[one], statement_digest(raw[one]), raw[one])}
    return {*bound, *raw} - kept
