"""A first map of a sheet, from the headings of its columns and what stands below them: a guess, to be edited."""

from __future__ import annotations

import re
from collections.abc import Iterator

from partnerkit.dataclass import dataclass, field
from partnerkit.jobs.sheet_cells import several, word
from partnerkit.jobs.sheet_headings import (
    ANYBODY,
    OF_PEOPLE,
    PERSONAL,
    STAGE,
    in_words,
    longest,
    number_in,
    plain,
    wordings,
)
from partnerkit.jobs.sheet_map import SheetMap, StageColumn, dumped
from partnerkit.jobs.sheet_targets import PRIVATE, Targets, asked_of, fields_of, is_list, sorts_of, targets
from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.dated import Happened, marked, part_of
from partnerkit.policies.policy import Policy
from partnerkit.policies.sorts import choices, parts
from partnerkit.store.disk.sheets import Sheet
from partnerkit.store.yaml.editor import render

#: What letters of a word become that the register does not write.
_SPELT = {"+": "plus", "#": "sharp", ".": "-"}


def guess(sheet: Sheet, kind: str, policy: Policy, encoding: str | None = None) -> str:
    """A first map of a sheet as YAML: what can be told from the headings, and what cannot."""
    found = _Guess(sheet, targets(policy, kind))
    found.columns()
    guessed = {
        "kind": kind,
        "policy": policy.policy,
        "columns": {name: filled or None for name, filled in found.into.items()},
        "values": found.values(),
        "fixed": found.fixed(),
        "encoding": encoding,
        "rows-are": found.rows_are(),
        "stage": found.stage(),
        "since": next((name for name, filled in found.into.items() if filled == "starts"), None),
        "reason": None if found.person else "taken in from the spreadsheet kept until now",
    }
    return _text(SheetMap.model_validate(guessed), found)


@dataclass
class _Guess:
    """What is guessed of one sheet."""

    sheet: Sheet
    known: Targets
    into: dict[str, str | None] = field(default_factory=dict)
    staged: str | None = None

    @property
    def person(self) -> str | None:
        """The field that names whom a record is about."""
        return KINDS[self.known.kind].person

    def columns(self) -> None:
        """What each column fills: first by its heading, then by what stands below it."""
        phrases, found = list(self._phrases()), {}
        for name in self.sheet.columns:
            if plain(name) in STAGE and self.staged is None and self.person is None:
                self.staged = name
                continue
            private = self._private(name, PERSONAL)
            self.into[name] = private or None
            if private is None and (fitting := longest(name, phrases)) is not None:
                found[name] = fitting[0], self._numbered(name, fitting[1])
        for name, (_length, filled) in sorted(found.items(), key=lambda one: -one[1][0]):
            self.into[name] = None if filled in self.into.values() else filled
        for name in [name for name, filled in self.into.items() if filled is None]:
            self.into[name] = self._by_cells(name) or (self._private(name, OF_PEOPLE) or None if self.person else None)
        self._settle_lists()

    def _phrases(self) -> Iterator[tuple[str, str]]:
        """Every wording of a heading, with what it fills."""
        for key, info in self.known.fields.items():
            if key == KINDS[self.known.kind].named_by and self.person is not None:
                continue
            for phrase in wordings(key):
                yield phrase, key
            listed = self.known.lists.get(key)
            block = part_of(info.annotation)
            if listed is not None:
                yield from self._of_list(key, listed)
            elif block is not None:
                yield from (
                    (f"{in_words(key)} {phrase}", f"{key}.{part}")
                    for part in fields_of(block)
                    for phrase in wordings(part)
                )
        own = [name.split("-") for name in self.known.evidence]
        for name in self.known.evidence:
            yield in_words(name), name
            for one in name.split("-"):
                if sum(one in other for other in [*own, *(key.split("-") for key in self.known.fields)]) == 1:
                    yield from ((phrase, name) for phrase in wordings(one))

    def _of_list(self, key: str, model: type) -> Iterator[tuple[str, str]]:
        for sort in sorts_of(model):
            for phrase in (f"{in_words(sort)} {in_words(key)}", f"{in_words(key)} {in_words(sort)}"):
                yield phrase, f"{key}.{sort}"
                yield phrase.removesuffix("s"), f"{key}.{sort}"
        if self.person is not None and not sorts_of(model) and len(asked_of(model)) > 1:
            for part in [one for one in fields_of(model) if one not in {"id", "status"}]:
                yield from (
                    (phrase, f"{key}.1.{part}")
                    for phrase in wordings(part)
                    if len(phrase.split()) > 1 or part != "text"
                )
                yield f"{in_words(key).removesuffix('s')} {in_words(part)}", f"{key}.1.{part}"

    def _private(self, name: str, personal: re.Pattern[str]) -> str | None:
        """Where a column is about people: what it stays outside as, or "" where the kind knows nobody."""
        if self.person is None:
            return "" if personal.search(name) else None
        if plain(name) in wordings(self.person):
            return self.person
        if ANYBODY.fullmatch(name.strip()):
            return f"{PRIVATE}.name"
        if not personal.search(name):
            return None
        filled = f"{PRIVATE}.{'email' if 'mail' in plain(name) else word(name) or 'contact'}"
        again = sum(str(one).startswith(filled) for one in self.into.values())
        return f"{filled}-{again + 1}" if again else filled

    def _by_cells(self, name: str) -> str | None:
        """The one field with choices of which every cell of a column holds some."""
        cells = [cells[name] for _line, cells in self.sheet.rows if name in cells]
        said = {word(one) for cell in cells for one in several(cell)}
        fitting = []
        for key, info in self.known.fields.items():
            known = {str(one) for one in choices(parts(info.annotation))}
            if said and said <= known and key not in self.into.values() and part_of(info.annotation) is None:
                fitting.append(key)
        return fitting[0] if len(fitting) == 1 else None

    def _numbered(self, name: str, filled: str) -> str:
        """What a column fills: of several like it, by the number in its heading."""
        number = number_in(name)
        model = self.known.lists.get(filled)
        if number is None:
            return filled
        if model is not None and not sorts_of(model):
            return f"{filled}.{number}.{asked_of(model)[0]}"
        return re.sub(r"\.\d+\.", f".{number}.", filled)

    def _settle_lists(self) -> None:
        """Where parts of things stand in columns of their own, so does the thing itself."""
        numbered = {filled.split(".")[0] for filled in self.into.values() if filled and re.search(r"\.\d+\.", filled)}
        for name, filled in self.into.items():
            if filled in numbered:
                model = self.known.lists[str(filled)]
                self.into[name] = f"{filled}.1.{asked_of(model)[0]}"

    def stage(self) -> StageColumn | None:
        """Where the records stand, where a column says so."""
        if self.staged is None:
            return None
        words = dict.fromkeys(cells[self.staged] for _line, cells in self.sheet.rows if self.staged in cells)
        return StageColumn(column=self.staged, values={one: _near(one) for one in words})

    def values(self) -> dict[str, dict[str, str]]:
        """Words of the sheet in which letters would be lost, with how the register could call them."""
        found: dict[str, dict[str, str]] = {}
        for name, filled in self.into.items():
            info = self.known.fields.get(filled or "")
            if filled is None or info is None or not is_list(info.annotation) or part_of(info.annotation) is not None:
                continue
            for cell in [cells[name] for _line, cells in self.sheet.rows if name in cells]:
                for one in several(cell):
                    if word(one) is None and (spelt := word("".join(_SPELT.get(letter, letter) for letter in one))):
                        found.setdefault(filled, {})[one] = spelt
        return found

    def fixed(self) -> dict[str, str]:
        """What is the same for all: of people, a title and an id without a name in them; how far lists have come."""
        if self.person is None:
            return {}
        scalars = [
            key
            for key in KINDS[self.known.kind].once
            if key != self.person and not is_list(self.known.fields[key].annotation)
        ]
        days = [one.key for one, _ in marked(KINDS[self.known.kind], Happened) if not one.parents]
        day = next((key for key in days if self.known.fields[key].is_required()), None)
        found = {
            KINDS[self.known.kind].named_by: ", ".join(f"{{{key}}}" for key in [*scalars, *([day] if day else [])]),
            "id": "-".join(f"{{{key}}}" for key in [*scalars, self.person]),
        }
        for filled in filter(None, self.into.values()):
            head, _, below = filled.partition(".")
            block = part_of(self.known.fields[head].annotation) if filled in self.known.fields else None
            if block is not None and filled not in self.known.lists:
                dates = {one.key for one, _ in marked(block, Happened)}
                found |= {f"{head}.{part}": f"{{{day}}}" if part in dates else f"<{part}>" for part in asked_of(block)}
            model = self.known.lists.get(head)
            if model is not None and below in sorts_of(model):
                key = sorts_of(model)[below]
                for part in [one for one in asked_of(model) if one != key]:
                    known = choices(parts(fields_of(model)[part].annotation))
                    found |= {f"{head}.{part}": str(known[0])} if known else {}
        return found

    def rows_are(self) -> list[str]:
        """The form itself: where nothing else says where it can be seen, the row is it."""
        if self.person is None:
            return []
        return [name for name in self.known.evidence if "form" in name.split("-") and name not in self.into.values()]

    @property
    def wanting(self) -> list[str]:
        """What the first gates ask for and no column was found for."""
        lifecycle = self.known.policy.lifecycles[self.known.kind]
        needs = [name for way in lifecycle.leaving(lifecycle.starts) if way.main for name in way.needs]
        asked = [self.known.policy.requirements[name] for name in needs]
        filled = {(one or "").split(".")[0] for one in self.into.values()} | {*self.fixed(), *self.rows_are()}
        fields = [path.split(".")[0] for one in asked for path in one.filled or []]
        fields += [one.listed.field for one in asked if one.listed is not None]
        shown = [name for name in needs if name in self.known.evidence]
        required = [key for key, info in self.known.fields.items() if info.is_required() and key != self.person]
        return [name for name in dict.fromkeys([*required, *fields, *shown]) if name not in filled]


def _near(said: str) -> str:
    """The stage of that name, or else the word as it is: a question to be answered in the map."""
    return plain(said).replace(" ", "-") or "unknown"


def _text(map_: SheetMap, found: _Guess) -> str:
    """A map as a YAML file to be edited."""
    open_ = [" ".join(name.split()) for name, filled in map_.columns.items() if not filled]
    head = (
        "# How the sheet becomes records. null leaves a column out; people's names and contacts stay outside.\n"
        "# dates: iso (2026-03-31), day-first (31.03.2026) or month-first (03/31/2026): say which.\n"
        "# stage: where the rows stand already; without it they begin in the first stage.\n"
    )
    if map_.rows_are:
        head += "# kept: where the sheet itself stays, outside the register; its cells are evidence there.\n"
    if open_:
        head += f"# Not guessed, and left out: {', '.join(open_)}.\n"
    if found.person is not None and found.wanting:
        head += f"# Asked for at the first gate, and in no column that was found: {', '.join(found.wanting)}.\n"
    return head + render(dumped(map_))
