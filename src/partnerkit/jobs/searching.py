"""Look for words in every text of records, and say where they stand, the best place first."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator
from typing import Any

from partnerkit.dataclass import dataclass
from partnerkit.errors import WrongCallError
from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.classified import prose
from partnerkit.kinds.expunging import EXPUNGED
from partnerkit.kinds.problems import nearest
from partnerkit.kinds.wording import BARRIER, Query, Reading, marks, query, reading
from partnerkit.pattern import pattern
from partnerkit.register import Keys, RecordFile
from partnerkit.rules.texts import APPENDED, settable

#: What of a record is no text: what it is, and where it stands; conditions ask for that.
_NO_TEXT = frozenset({"format", "kind", "policy", "stage"})

#: What of statements and entries is none: moments, digests, and by which ids they refer to each other.
_MACHINERY = frozenset(
    {
        *("at", "binds", "digest", "document", "signature", "seal", "seq", "uses", "relies-on", "undoes"),
        *("clock", "claimed", "hooks", "type", "from", "to", "record"),
    }
)

_DIGEST = pattern(r"\b(?:sha256|c1):[0-9a-f]{64}\b")

#: How much a word found there says of a record: its name, what else it is called or linked to, prose, statements.
_NAMED, _CALLED, _SAID, _STATED = range(4)

#: How much of a text is shown: before the first word that was found, and in all.
_BEFORE, _LONG = 32, 96


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where something that was looked for stands.

    Attributes:
        path: the field, as `set` takes it.
        text: a piece of it.
        marks: where in that piece the words stand: first letter, and the one after the last.
    """

    path: str
    text: str
    marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A record that says all that was looked for.

    Attributes:
        record: the record.
        hits: every place; first those that say most of it, one for each word.
        best: how many of them those are.
        rank: the lower, the more it is about it.
    """

    record: RecordFile
    hits: tuple[Hit, ...]
    best: int
    rank: int


def asked_for(texts: Iterable[str]) -> Query:
    """What somebody looks for.

    Raises:
        WrongCallError: nothing, or what no text says.
    """
    try:
        return query(texts)
    except ValueError as error:
        raise WrongCallError(str(error), "partnerkit list --search 'cloud -rain \"heavy industry\"'") from error


def search(wanted: Query, records: Iterable[RecordFile]) -> list[Found]:
    """The records that say it, those that are most about it first."""
    found = [_found(wanted, one) for one in records if wanted.fits(_whole(one))]
    return sorted(found, key=lambda one: (one.rank, one.record.id))


@dataclass(frozen=True, slots=True)
class Sought:
    """A word of a search that found nothing.

    Attributes:
        word: the word, as it was typed.
        count: how many records say it, be it without the others.
        near: where none does, words that records say and that are like it.
        where: where none does, the condition that asks for it: it is a kind, a policy or a stage.
    """

    word: str
    count: int
    near: tuple[str, ...]
    where: str | None = None


def sought(wanted: Query, records: Iterable[RecordFile], asked: Callable[[str], str | None]) -> list[Sought]:
    """What became of each word, where no record says all of them.

    Args:
        wanted: the words.
        records: where they were looked for.
        asked: the condition that asks for a word which is no text, or None.
    """
    every = list(records)
    wholes = [_whole(one) for one in every]
    counts = {term: sum(one.says(term) for one in wholes) for term in wanted.wanted}
    known = {} if all(counts.values()) else _words(every)
    return [
        Sought(typed, counts[term], () if counts[term] or where else tuple(_alike(term, known)), where)
        for term, typed in wanted.wanted.items()
        for where in (None if counts[term] else asked(typed),)
    ]


def _alike(term: Reading, known: dict[str, str]) -> list[str]:
    """Words that are like one, of about its length."""
    word = term.joined.strip()
    about = [one for one in known if abs(len(one) - len(word)) <= max(2, len(word) // 3)]
    return [known[one] for one in nearest(word, about)]


def _words(records: Iterable[RecordFile]) -> dict[str, str]:
    """Every word of the records as it is read, with how one of them writes it in small letters."""
    every = (text for one in records for _keys, text in texts(one.data))
    written = {word for text in every for word in re.findall(r"\w[\w'\u2019-]*", text)}
    return {reading(word).joined.strip(): word.lower() for word in sorted(written)}


def texts(data: dict[str, Any]) -> Iterator[tuple[Keys, str]]:
    """Every text of a record, with the keys that lead to it; numbers too."""
    for key, value in data.items():
        if key not in _NO_TEXT:
            yield from _below(value, (key,), _MACHINERY if key in APPENDED or key == EXPUNGED else ())


def _below(value: Any, keys: Keys, but: Container[str]) -> Iterator[tuple[Keys, str]]:
    if isinstance(value, str):
        yield keys, _DIGEST.sub("", value) if ":" in value else value
    elif isinstance(value, dict):
        for key, part in value.items():
            if key not in but:
                yield from _below(part, (*keys, key), but)
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from _below(part, (*keys, index), but)
    elif value is not None and not isinstance(value, bool):
        yield keys, str(value)


def _whole(record: RecordFile) -> Reading:
    """All that a record says, as it is read."""
    return reading(BARRIER.join(text for _keys, text in texts(record.data)))


@dataclass(frozen=True, slots=True)
class _Place:
    """A text in which something that was looked for stands."""

    keys: Keys
    text: str
    read: Reading
    rank: int

    def weight(self, term: Reading) -> int:
        """How little it says of the record that a word stands here: less where it only begins so."""
        return 2 * self.rank + (not self.read.says_whole(term))


def _found(wanted: Query, record: RecordFile) -> Found:
    places = _places(wanted, record) if wanted.wanted else []
    best: dict[int, int] = {}
    rank = 0
    for term in wanted.wanted:
        weight, at = min((one.weight(term), at) for at, one in enumerate(places) if one.read.says(term))
        rank += weight
        best[at] = min(weight, best.get(at, weight))
    order = [*sorted(best, key=lambda at: (best[at], at)), *(at for at in range(len(places)) if at not in best)]
    hits = tuple(_hit(wanted, record, places[at]) for at in order)
    return Found(record, hits, len(best), rank)


def _places(wanted: Query, record: RecordFile) -> list[_Place]:
    """Where any of the words stands; where it says most of the record comes first."""
    every = ((keys, text, reading(text)) for keys, text in texts(record.data))
    found = [one for one in every if any(map(one[2].says, wanted.wanted))]
    fields = {keys for keys, _text, _read in found if _rank(record, keys) == _CALLED}
    said = {keys for keys, _text in prose(type(record.model), record.data)} & fields if fields else fields
    places = [_Place(*one, _SAID if one[0] in said else _rank(record, one[0])) for one in found]
    return sorted(places, key=lambda one: (one.rank, one.keys == ("id",)))


def _rank(record: RecordFile, keys: Keys) -> int:
    if keys in {("id",), (KINDS[record.kind].named_by,)}:
        return _NAMED
    return _STATED if keys[0] in APPENDED or keys[0] == EXPUNGED else _CALLED


def _hit(wanted: Query, record: RecordFile, place: _Place) -> Hit:
    text = place.text
    places = marks(text, wanted.wanted)
    start, end = _piece(text, places[0][0])
    before = "… " if start else ""
    after = " …" if end < len(text) else ""
    inside = [(max(one, start), min(other, end)) for one, other in places if one < end and other > start]
    shift = len(before) - start
    return Hit(
        settable(record.data, place.keys),
        f"{before}{text[start:end]}{after}",
        tuple((one + shift, other + shift) for one, other in inside),
    )


def _piece(text: str, first: int) -> tuple[int, int]:
    """From where to where a text is shown, so that its first mark is: cut between words, where there are some."""
    start = max(0, first - _BEFORE)
    if start:
        space = text.find(" ", start, first)
        start = space + 1 if space >= 0 else start
    end = min(len(text), start + _LONG)
    if end < len(text):
        space = text.rfind(" ", first + 1, end)
        end = space if space > first + _BEFORE else end
    return start, end
