"""Records of former days for readers of today: what was expunged or classified since counts for them too."""

from __future__ import annotations

from typing import Any

from partnerkit.dataclass import replace
from partnerkit.kinds import modelled
from partnerkit.kinds.classified import USUAL, above
from partnerkit.kinds.expunging import EXPUNGED, explained, listed, texts
from partnerkit.kinds.record import HEAD
from partnerkit.pattern import pattern
from partnerkit.register import RecordFile, Register
from partnerkit.rules.compared import as_expunged

#: What stands where a record said something of which nobody can say any more what was expunged from it.
EXPUNGED_SINCE = "(not shown: text was expunged from this record since)"
_SHORT = "(not shown)"

#: Keys that say what the record is, and what was expunged: no text of anybody's.
_OWN = frozenset({*HEAD, EXPUNGED})

#: What names nobody: days, moments, numbers and digests.
_PLAIN = pattern(r"[0-9TZ:+., /-]*\Z|(?:c1|sha256):[0-9a-f]+\Z")


def today_of(then: RecordFile, now: Register | None) -> RecordFile | None:
    """A record of former days as it is now, whatever it is called; None where there is none, or nobody can read it."""
    if now is None:
        return None
    found, born = now.records.get(then.id), then.model.history[0].id
    if found is not None and found.model.history[0].id == born:
        return found
    return now.births.get(born, found)


def comparable(then: RecordFile, now: RecordFile | None) -> RecordFile:
    """A record of former days with the markers of what was expunged since: what is compared is compared by it."""
    since = _since(then, now)
    return as_expunged(then, now, since) if now is not None and since else then


def readable(then: RecordFile, now: RecordFile | None) -> RecordFile:
    """The same for people to read: nothing stands in it in words that the record does not hold any more.

    What was expunged can have stood there otherwise than where its markers stand today.
    """
    if now is None or not _since(then, now):
        return then
    found = comparable(then, now)
    held = {key: {text for _keys, text in texts(part)} for key, part in now.data.items()}
    for keys, text in list(texts(found.data)):
        if keys[0] not in _OWN and text not in held.get(str(keys[0]), ()) and not _PLAIN.match(text):
            found = _without(found, keys)
    return found


def as_known(then: RecordFile, now: RecordFile | None) -> RecordFile:
    """The same, as strictly classified as it is now where that is stricter."""
    found = readable(then, now)
    level = now.data.get("classification") if now is not None else None
    if level is None or not above(level, found.data.get("classification") or USUAL):
        return found
    data = {**found.data, "classification": level}
    return replace(found, data=data, model=type(found.model).model_validate(data))


def _since(then: RecordFile, now: RecordFile | None) -> frozenset[str]:
    return explained(listed(now.data)) - explained(listed(then.data)) if now is not None else frozenset()


def _without(one: RecordFile, keys: tuple[str | int, ...]) -> RecordFile:
    """A record without one text; with it where nothing but an id, a choice or a day can stand there."""
    for said in (EXPUNGED_SINCE, _SHORT):
        data = _put(one.data, keys, said)
        try:
            return replace(one, data=data, model=type(one.model).model_validate(data))
        except modelled.ValidationError:
            continue
    return one


def _put(value: Any, keys: tuple[str | int, ...], text: str) -> Any:
    if not keys:
        return text
    if isinstance(value, dict):
        return {key: _put(part, keys[1:], text) if key == keys[0] else part for key, part in value.items()}
    return [_put(part, keys[1:], text) if index == keys[0] else part for index, part in enumerate(value)]
