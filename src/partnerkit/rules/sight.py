"""What of a register a reader may see: by the classification of records and of fields, and by who agreed to be named.

Whatever is made for people to take away (a site, a calendar, a document, a table) takes records from here, and knows
nothing of the rest: what is not in a `Seen` cannot be shown by mistake.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from partnerkit.dataclass import dataclass, field
from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.classified import USUAL, Classification, above
from partnerkit.kinds.declared import declared
from partnerkit.kinds.late import Late
from partnerkit.register import RecordFile, Register
from partnerkit.rules.former import as_known, today_of
from partnerkit.rules.masking import Masking
from partnerkit.rules.naming import keys_in, words_in
from partnerkit.tuples import NamedTuple


@dataclass(frozen=True)
class Seen:
    """A record as readers of a level see it.

    Attributes:
        path: its file.
        id: its id.
        kind: its kind.
        policy: the policy that governs it.
        stage: where it stands.
        parts: what its file says, without what they may not see; each is looked through when it is asked for.
        withheld: the fields that were taken out of it, as policies write their paths.
    """

    path: str
    id: str
    kind: str
    policy: str
    stage: str
    parts: Mapping[str, Any]
    withheld: tuple[str, ...] = ()

    @cached_property
    def data(self) -> dict[str, Any]:
        """All that its file says, without what they may not see."""
        return dict(self.parts)

    @property
    def name(self) -> str:
        """Its name in words."""
        return str(self.parts.get(KINDS[self.kind].named_by, self.id))

    @property
    def subject(self) -> str | None:
        """The id of the record it belongs to, or None."""
        key = KINDS[self.kind].subject
        found = self.parts.get(key) if key else None
        return found if isinstance(found, str) else None


class Named(NamedTuple):
    """Which records texts may not name.

    Attributes:
        hidden: their ids.
        ids: those of all records, where there are any such: part of one that may be named is none of the others.
    """

    hidden: list[str]
    ids: list[str]


@dataclass(frozen=True)
class Sight:
    """What readers of a level may see of a register.

    A record that says nothing of its classification is internal, and so is everything that it says; a field that a
    policy classifies is as the policy says where that is stricter.

    Attributes:
        register: the register.
        level: the strictest classification that they may see.
        later: the register as it is now, where this is one of former days: whatever is kept from them there, and what
            was expunged since, is kept from them here.
        names: who agreed to be named before such readers, by opaque id. Nobody else is known by more than that.
    """

    register: Register
    level: Classification
    names: Mapping[str, str] = field(default_factory=dict)
    later: Register | None = None
    _shown: dict[str, bool] = field(init=False, default_factory=dict, compare=False, repr=False)
    _unseen: dict[str, bool] = field(init=False, default_factory=dict, compare=False, repr=False)
    _kept: dict[str, bool] = field(init=False, default_factory=dict, compare=False, repr=False)
    _named: list[Named] = field(init=False, default_factory=list, compare=False, repr=False)

    def shows(self, record_id: str) -> bool:
        """Whether they may know of a record: of it, and of what it belongs to.

        A broken one could be anything, and stays unseen; what belongs to it does, too.
        """
        if record_id not in self._shown:
            one = self.register.records.get(record_id)
            self._shown[record_id] = False  # while nobody knows: what belongs to itself is broken
            self._shown[record_id] = one is not None and self._may_know(one) and self._may_still_know(one)
        return self._shown[record_id]

    def level_of(self, one: RecordFile) -> Any:
        """How a record is classified: as it says itself, or as it is now where that is stricter."""
        return _level(as_known(one, today_of(one, self.later)))

    def hides(self, record_id: str) -> RecordFile | None:
        """The record on whose account they may not know of one: it, or what it belongs to; None where none says so."""
        one, met = self.register.records.get(record_id), set[str]()
        while one is not None and one.id not in met:
            if above(self.level_of(one), self.level):
                return one
            met.add(one.id)
            key = KINDS[one.kind].subject
            one = self.register.records.get(str(one.data.get(key))) if key else None
        return None

    def _may_know(self, one: RecordFile) -> bool:
        if above(self.level_of(one), self.level):
            return False
        key = KINDS[one.kind].subject
        subject = one.data.get(key) if key else None
        return not (isinstance(subject, str) and self.is_hidden(subject))

    def _may_still_know(self, one: RecordFile) -> bool:
        """Whether they may know of a record of former days as it is now: of one that is no more, as it was then."""
        if self._today is None:
            return True
        now = today_of(one, self.later)
        return self._today.shows(now.id) if now is not None else one.id not in self._today.register.broken

    @cached_property
    def _today(self) -> Sight | None:
        return Sight(self.later, self.level) if self.later is not None else None

    def seen(self, one: RecordFile) -> Seen | None:
        """A record as they see it; None where they may not know of it."""
        if not self.shows(one.id):
            return None
        one, above = self.known(one)
        data, withheld = one.data, []
        for path in above:
            data, taken = _without(data, path.split("."))
            withheld += [path] if taken else []
        shown = Late((key for key in data if self._keeps(str(key))), lambda key: self._masked(data[key]))
        return Seen(one.path, one.id, one.kind, one.model.policy, one.stage, shown, tuple(withheld))

    def known(self, one: RecordFile) -> tuple[RecordFile, list[str]]:
        """A record as anybody may know it today, and the paths of its fields that policies keep from these readers.

        How they see it rests on this, on what `named` tells, and on the rules.
        """
        one = as_known(one, today_of(one, self.later))
        return one, list(self._above(one))

    def named(self) -> Named:
        """What no text may name; whoever has looked at every record for it looks through no text where that is nothing.

        What a text reads like rests on this and on the rules.
        """
        if not self._named:
            for one in self.register.of_kind(None):  # several are read at once
                self.shows(one.id)
            both = (self.register, self.later) if self.later is not None else (self.register,)
            ids = sorted({one for each in both for some in (each.records, each.broken, each.gone()) for one in some})
            hidden = [one for one in ids if self.is_hidden(one)]
            self._named.append(Named(hidden, ids if hidden else []))
        return self._named[0]

    @property
    def _names_all(self) -> bool:
        return bool(self._named) and not self._named[0].hidden

    def records(self, kind: str | None = None) -> Iterator[Seen]:
        """All records that they may see, by id."""
        found = (self.seen(one) for one in self.register.of_kind(kind))
        return (one for one in found if one is not None)

    def masked(self, text: str) -> str:
        """A text without the ids of records of which they may not know: each word of it, and of paths in it."""
        return text if self._names_all else self._masking.text(text)

    @cached_property
    def _masking(self) -> Masking:
        return Masking(self.is_record, self.is_hidden, self._spoken)

    def _spoken(self) -> frozenset[str]:
        """Words that policies use, and people."""
        said = (word for source in self.register.policies.values() for word in words_in(source.data))
        return frozenset((*said, *self.register.roster.people))

    def person(self, who: str) -> str:
        """Somebody as they may be called: by the name to which they agreed, else by their opaque id."""
        return self.names.get(who, who)

    def told(self, people: Iterable[str]) -> tuple[str, ...]:
        """Of people who see to something, those of whom it may be said: before everybody, only who agreed to be named.

        Who holds which role is for those inside.
        """
        return tuple(one for one in people if self.level != "public" or one in self.names)

    def _above(self, one: RecordFile) -> Iterator[str]:
        """The paths of fields that the policy itself keeps from them, as it read then or as it reads now."""
        now = today_of(one, self.later)
        names = dict.fromkeys((one.model.policy, *([now.model.policy] if now is not None else [])))
        every = [self.register.policies, *([self.later.policies] if self.later is not None else [])]
        sources = [found for policies in every for name in names if (found := policies.get(name)) is not None]
        kept = [pair for source in sources for pair in source.policy.classified.get(one.kind, {}).get(self.level, ())]
        yield from dict.fromkeys(path for path, spec in kept if "classification" in spec.model_fields_set)

    def _masked(self, value: Any) -> Any:
        """A value in which no record is named that they may not know of."""
        if self._names_all:
            return value
        if isinstance(value, str):
            return self.masked(value)
        if isinstance(value, list):
            return [self._masked(item) for item in value]
        if isinstance(value, dict):
            return {key: self._masked(part) for key, part in value.items() if self._keeps(str(key))}
        return value

    def _keeps(self, key: str) -> bool:
        """Whether a key may stand: it is a field, or names no record that they may not know of."""
        if key not in self._kept:
            self._kept[key] = key in self._fields or self.masked(key) == key
        return self._kept[key]

    @cached_property
    def _fields(self) -> frozenset[str]:
        """What fields are called, by kinds and by policies."""
        own = (key for source in self.register.policies.values() for key in keys_in(source.data.get("fields")))
        return declared().union(own)

    def is_record(self, word: str) -> bool:
        """Whether a word is the id of a record: of one that stands, or did, or does today."""
        today = self._today is not None and self._today.is_record(word)
        return today or self._stands(word) or word in self.register.gone()

    def _stands(self, word: str) -> bool:
        return word in self.register.records or word in self.register.broken

    def is_hidden(self, word: str) -> bool:
        """Whether a word is the id of a record of which they may not know."""
        if word not in self._unseen:
            self._unseen[word] = True  # while nobody knows: what belongs to itself is broken
            self._unseen[word] = self.is_record(word) and not self._may_name(word)
        return self._unseen[word]

    def _may_name(self, word: str) -> bool:
        """Whether they may know of the record that has an id; or had it, where none has it any more."""
        if self._stands(word):
            return self.shows(word)
        if self._today is not None and self._today.is_record(word):
            return not self._today.is_hidden(word)
        one = self.register.gone()[word]
        now = today_of(one, self.register) if one is not None else None
        return one is not None and (self.shows(now.id) if now is not None else self._may_know(one))


def _level(one: RecordFile) -> Any:
    return one.data.get("classification") or USUAL


def _without(value: Any, keys: list[str]) -> tuple[Any, bool]:
    """A value without what the keys lead to, through lists into each of their items; and whether there was anything."""
    if isinstance(value, list):
        found = [_without(item, keys) for item in value]
        return [item for item, _taken in found], any(taken for _item, taken in found)
    if not isinstance(value, dict) or keys[0] not in value:
        return value, False
    if len(keys) == 1:
        return {key: part for key, part in value.items() if key != keys[0]}, True
    inner, taken = _without(value[keys[0]], keys[1:])
    return ({**value, keys[0]: inner} if taken else value), taken
