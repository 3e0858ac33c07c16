"""Whether what was sealed, or bound, is still what stands there: text may have been expunged from it since."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from partnerkit.kinds.expunging import EXPUNGED, listed, restated
from partnerkit.kinds.statements import Approval, statement_digest
from partnerkit.register import RecordFile
from partnerkit.steps import NO_ENTRY, Live, entry_digest


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


def digest_once(record: RecordFile, make: Callable[[Any], str], said: Any) -> str:
    """The digest of an entry or of statements as they stand in a record, made when it is first asked for.

    Later versions of the record, of which they are the very same parts, have it as well (see `inherit`).

    Args:
        record: the record.
        make: makes the digest of it.
        said: the entry or the statements, as written; they are not changed.
    """
    known: dict[Any, tuple[Any, str]] = record.found.setdefault("digests", {})
    key = id(said) if isinstance(said, dict) else tuple(map(id, said))
    if key not in known:
        known[key] = said, make(said)
    return known[key][1]


def inherit(old: RecordFile, new: RecordFile) -> None:
    """Take over what was worked out about the parts that a version of a record shares with the one before it."""
    new.found["digests"] = old.found.setdefault("digests", {})
    parts = old.data.keys() | new.data.keys()
    altered = {one for one in parts if old.data.get(one) is not new.data.get(one)}
    if altered.isdisjoint({"history", "kind"}) and "gates" in old.found:
        new.found["gates"] = old.found["gates"]
    new.found["unmarked"] = old.found.get("unmarked", frozenset()) - altered
    if "sealed" in old.found and EXPUNGED not in altered and not (old.later or new.later):
        held = (key for key, holds in old.found["sealed"].items() if holds)
        new.found["sealed"] = {
            (seal, *paths): True for seal, *paths in held if all(path.split(".")[0] not in altered for path in paths)
        }


def digest_before(record: RecordFile, entry: dict[str, Any] | None) -> str:
    """Digest of an entry as it stands in a record, which the one after it carries; of nothing before the first."""
    return NO_ENTRY if entry is None else digest_once(record, entry_digest, entry)
