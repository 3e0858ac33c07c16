"""What a cell of a sheet means as the value of a field: a day, a word, several words, yes or no, a number."""

from __future__ import annotations

from typing import Any

from partnerkit.dataclass import dataclass
from partnerkit.jobs.sheet_cells import Question, day, is_day, number, several, word, yes_or_no
from partnerkit.jobs.sheet_map import SheetMap
from partnerkit.jobs.sheet_targets import Targets, fields_of, is_list, is_person
from partnerkit.jobs.values import category
from partnerkit.kinds.modelled import BaseModel
from partnerkit.kinds.problems import against, did_you_mean
from partnerkit.policies.sorts import choices, parts

#: How much of a cell is said again.
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Place:
    """The field for which a cell is read.

    Attributes:
        known: what can be filled at all.
        model: the model that has the field: of the record, a block or an item.
        key: its key there.
        path: its path as maps and policies write it.
    """

    known: Targets
    model: type[BaseModel]
    key: str
    path: str

    def takes(self, value: Any) -> bool:
        """Whether the field takes a value, whatever else is there."""
        return self.objection(value) is None

    def objection(self, value: Any) -> str | None:
        """What the field has against a value."""
        found = against(self.model, self.key, value)
        return next((one.message for one in found if one.code != "missing-key"), None)


def value_meant(place: Place, by: SheetMap, text: str) -> Any:
    """What a cell means as the value of a field; words of the map are put in the place of the sheet's.

    Raises:
        Question: it can mean several things, or none.
        WrongCallError: there is no such category.
    """
    words = {said.casefold(): meant for said, meant in by.values.get(place.path, {}).items()}
    text = words.get(text.casefold(), text)
    if is_day(place.model, place.key):
        return day(text, by.dates)
    info = fields_of(place.model)[place.key]
    listed = is_list(info.annotation)
    pieces = several(text, in_words=place.takes(["a sentence, with a comma"])) if listed else [text]
    pieces = [words.get(one.casefold(), one) for one in pieces]
    spec = place.known.policy.fields.get(place.known.kind, {}).get(place.path)
    found: list[Any]
    if is_person(info):
        found = _people(place, pieces, listed=listed)
    elif spec is not None and spec.type in {"category", "categories"}:
        found = [category(one, place.known.policy) for one in pieces]
    else:
        found = [_meant(place, one, listed=listed) for one in pieces]
    return list(dict.fromkeys(found)) if listed else found[0]


def _people(place: Place, ids: list[str], *, listed: bool) -> list[str]:
    """Opaque ids of people as they stand: no word is made an id, for it could be a name."""
    if not place.takes(ids if listed else ids[0]):
        raise Question("it is no opaque id of a person, such as p-0007; names stay outside the register")
    return ids


def _meant(place: Place, text: str, *, listed: bool) -> Any:
    """The first of what a text can mean that the field takes: itself, a word, yes or no, a number."""

    def held(value: Any) -> Any:
        return [value] if listed else value

    count = number(text)
    whole = int(count) if count is not None and "." not in count else None
    for one in (text, word(text), yes_or_no(text), count, whole):
        if one is not None and place.takes(held(one)):
            return one
    every = choices(parts(fields_of(place.model)[place.key].annotation))
    known = [one for one in every if isinstance(one, str)]
    if known:
        near = did_you_mean(word(text) or text, known)
        raise Question(f"{place.path} has no {text[:_SHOWN]!r}{near} (one of {', '.join(known)})")
    if word(text) is None and place.takes(held("a-word")) and not place.takes(held("A text, written")):
        raise Question(f"letters would be lost: say in the map what the register calls it (values: {place.path})")
    if count is None:
        raise Question(place.objection(held(text)) or "it means nothing here")
    told = (fields_of(place.model)[place.key].description or "").rstrip(".")
    raise Question(f"{place.objection(held(count if whole is None else whole))} ({told})")
