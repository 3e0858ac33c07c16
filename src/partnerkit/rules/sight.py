"""What of a register a reader may see: by the classification of records and of fields, and by who agreed to be named.

Whatever is made for people to take away (a site, a calendar, a document, a table) takes records from here, and knows
nothing of the rest: what is not in a `Seen` cannot be shown by mistake.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.classified import USUAL, Classification, above
from partnerkit.register import RecordFile, Register
from partnerkit.rules.former import as_known, today_of

#: What stands where another record is named of which a reader may know nothing.
NOT_SHOWN = "(a record that is not shown here)"

_WORD = re.compile(r"[a-z0-9][a-z0-9-]*")

#: Moments and digests, which name no record.
_PLAIN = re.compile(r"[0-9-]{10}T[0-9:]+Z\Z|(?:c1|sha256):[0-9a-f]+\Z")


@dataclass(frozen=True, slots=True)
class Seen:
    """A record as readers of a level see it.

    Attributes:
        path: its file.
        id: its id.
        kind: its kind.
        policy: the policy that governs it.
        stage: where it stands.
        data: what its file says, without what they may not see.
        withheld: the fields that were taken out of it, as policies write their paths.
    """

    path: str
    id: str
    kind: str
    policy: str
    stage: str
    data: dict[str, Any]
    withheld: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Its name in words."""
        return str(self.data.get(KINDS[self.kind].named_by, self.id))

    @property
    def subject(self) -> str | None:
        """The id of the record it belongs to, or None."""
        key = KINDS[self.kind].subject
        found = self.data.get(key) if key else None
        return found if isinstance(found, str) else None


@dataclass(frozen=True)
class Sight:
    """What readers of a level may see of a register.

    A record that says nothing of its classification is internal, and so is everything that it says; a field that a
    policy classifies is as the policy says where that is stricter.

    Attributes:
        register: the register.
        level: the strictest classification that they may see.
        later: the register as it is now, where this is one of former days: what was expunged or classified more
            strictly since counts.
        names: who agreed to be named before such readers, by opaque id. Nobody else is known by more than that.
    """

    register: Register
    level: Classification
    names: Mapping[str, str] = field(default_factory=dict)
    later: Register | None = None
    _shown: dict[str, bool] = field(default_factory=dict, compare=False, repr=False)

    def shows(self, record_id: str) -> bool:
        """Whether they may know of a record: of it, and of what it belongs to.

        A broken one could be anything, and stays unseen; what belongs to it does, too.
        """
        if record_id not in self._shown:
            one = self.register.records.get(record_id)
            self._shown[record_id] = False  # while nobody knows: what belongs to itself is broken
            self._shown[record_id] = one is not None and self._may_know(one)
        return self._shown[record_id]

    def level_of(self, one: RecordFile) -> Any:
        """How a record is classified: as it says itself, or as it is now where that is stricter."""
        return _level(as_known(one, today_of(one, self.later)))

    def _may_know(self, one: RecordFile) -> bool:
        if above(self.level_of(one), self.level):
            return False
        key = KINDS[one.kind].subject
        subject = one.data.get(key) if key else None
        return not (isinstance(subject, str) and self._is_record(subject)) or self.shows(subject)

    def seen(self, one: RecordFile) -> Seen | None:
        """A record as they see it; None where they may not know of it."""
        if not self.shows(one.id):
            return None
        one, withheld = as_known(one, today_of(one, self.later)), []
        data = one.data
        for path in self._above(one):
            data, taken = _without(data, path.split("."))
            withheld += [path] if taken else []
        return Seen(one.path, one.id, one.kind, one.model.policy, one.stage, self._masked(data), tuple(withheld))

    def records(self, kind: str | None = None) -> Iterator[Seen]:
        """All records that they may see, by id."""
        found = (self.seen(one) for one in self.register.of_kind(kind))
        return (one for one in found if one is not None)

    def masked(self, text: str) -> str:
        """A text without the ids of records of which they may not know: each word of it, and of paths in it."""
        return text if _PLAIN.match(text) else _WORD.sub(self._word, text)

    def _word(self, found: re.Match[str]) -> str:
        word = found[0].rstrip("-")
        hidden = next((one for one in (found[0], word) if self._hidden(one)), None)
        return found[0] if hidden is None else NOT_SHOWN + found[0][len(hidden) :]

    def person(self, who: str) -> str:
        """Somebody as they may be called: by the name to which they agreed, else by their opaque id."""
        return self.names.get(who, who)

    def told(self, people: Iterable[str]) -> tuple[str, ...]:
        """Of people who see to something, those of whom it may be said: before everybody, only who agreed to be named.

        Who holds which role is for those inside.
        """
        return tuple(one for one in people if self.level != "public" or one in self.names)

    def _above(self, one: RecordFile) -> Iterator[str]:
        """The paths of fields that the policy itself keeps from them."""
        source = self.register.policies.get(one.model.policy)
        kept = source.policy.classified.get(one.kind, {}) if source is not None else {}
        for path, spec in kept.get(self.level, ()):
            if "classification" in spec.model_fields_set:
                yield path

    def _masked(self, value: Any) -> Any:
        """A value in which no record is named that they may not know of."""
        if isinstance(value, str):
            return self.masked(value)
        if isinstance(value, list):
            return [self._masked(item) for item in value]
        if isinstance(value, dict):
            return {key: self._masked(part) for key, part in value.items() if not self._hidden(str(key))}
        return value

    def _is_record(self, word: str) -> bool:
        return word in self.register.records or word in self.register.broken

    def _hidden(self, word: str) -> bool:
        return self._is_record(word) and not self.shows(word)


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
