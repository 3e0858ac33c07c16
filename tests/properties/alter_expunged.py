"""Text taken out of a record for good, past the commands."""

from __future__ import annotations

from typing import Any

from tests.properties.forging import Draft, copied, other
from tests.second_judge.expunged import chain, things
from tests.second_judge.reading import Data, digest

#: Keys under which people write freely.
_FREE = {"summary", "text", "reason", "seen", "why", "name", "title"}


def expunged(draft: Draft) -> None:
    """A word is taken out of a record for good, as a command would do it or nearly so."""
    record = draft.record(draft.some())
    listed = record.get("expunged") or []
    words = sorted({word for text in _free(record) for word in text.split() if word.isalpha()})
    word, mark = draft.pick(words), f"x-{draft.random.getrandbits(48):012x}"
    was = copied(record)
    _take_out(record, word, f"expunged:{mark}")
    places = sum(mark in text for text in _free(record))
    rules = draft.worlds()[0]
    again = {then: now for sealed, of in things(was, rules) if (then := of(was)) in chain(was, sealed)
             if then is not None and (now := of(record)) is not None and now != then}  # fmt: skip  # short words, several to a line
    new: Data = {"id": mark, "at": draft.at(record), "by": draft.person(), "reason": "asked", "digest": digest(mark)}
    new |= {"places": places, "again": again, "previous": digest(listed[-1]) if listed else digest([])}
    spoilt = draft.random.random()
    if spoilt < 0.1 and again:
        again[draft.pick(sorted(again))] = digest("another")
    elif spoilt < 0.2:
        again[digest("nothing")] = digest("another")
    elif spoilt < 0.3 and again:
        del again[draft.pick(sorted(again))]
    elif spoilt < 0.4:
        new["places"] = draft.random.choice([0, places + 1, max(places - 1, 0)])
    elif spoilt < 0.5:
        new["at"] = other(draft, new["at"])
    elif spoilt < 0.55 and listed:
        del listed[-1]
    record["expunged"] = [*listed, new]


def _free(value: Any, key: str = "") -> list[str]:
    """The texts in which people write freely."""
    if isinstance(value, str):
        return [value] if key in _FREE else []
    parts = (
        value.items() if isinstance(value, dict) else [(key, one) for one in value] if isinstance(value, list) else []
    )
    return [text for name, part in parts for text in _free(part, name)]


def _take_out(value: Any, word: str, marker: str) -> None:
    for name in list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        part = value[name]
        if isinstance(part, str) and isinstance(value, dict) and name in _FREE:
            value[name] = " ".join(marker if one == word else one for one in part.split(" "))
        else:
            _take_out(part, word, marker)
