"""One row of a sheet, cell by cell: what it says of a record, and everything that it can only be asked about."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from partnerkit.dataclass import dataclass, field
from partnerkit.errors import WrongCallError
from partnerkit.jobs.evidence import is_link
from partnerkit.jobs.sheet_cells import Question, number, several, yes_or_no
from partnerkit.jobs.sheet_map import SheetMap
from partnerkit.jobs.sheet_targets import Target, Targets, asked_of, sorts_of
from partnerkit.jobs.sheet_values import Place, value_meant
from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.modelled import BaseModel
from partnerkit.steps import is_filled, value_at
from partnerkit.store.disk.sheets import Sheet, is_formula

#: Nobody lists more things of one sort in a form.
_MOST = 20

#: How much of a cell a table shows.
_SHOWN = 40

#: What stands between the parts of a thing in a cell, such as what is to be learnt and how it can be told.
_PARTS = re.compile(r":\s+|\s*(?:→|->|=>)\s*")

_PLACEHOLDER = re.compile(r"\{([a-z0-9.-]+)\}")


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a row is not taken in.

    Attributes:
        column: in which column; empty where the row as a whole is meant.
        value: what stands there, shortened; empty where it is private.
        why: what is wrong with it.
    """

    column: str
    value: str
    why: str


@dataclass
class Told:
    """What one row says.

    Attributes:
        line: the line of the file on which it ends.
        number: the number that a spreadsheet shows beside it.
        data: the fields of the record.
        shown: where something can be seen, by requirement.
        private: what stays outside the register, by what it is: name, email …
        troubles: what can only be asked.
        columns: the column that filled a field, by its path and, the first of them, by its head.
    """

    line: int
    number: int
    data: dict[str, Any] = field(default_factory=dict)
    shown: dict[str, dict[str, Any]] = field(default_factory=dict)
    private: dict[str, str] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)

    def column(self, *keys: str) -> str:
        """The column that filled something; empty where none did."""
        return self.columns.get(".".join(keys), self.columns.get(keys[0], "")) if keys else ""

    def ask(self, why: str, column: str = "", value: str = "") -> None:
        """Something that only a person can answer."""
        shown = " ".join(value.split())
        self.troubles.append(Trouble(column, shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…", why))


class Reading:
    """A row while it is read: its cells first; then, once it is known whom it is about, what is the same for all."""

    def __init__(self, sheet: Sheet, line: int, by: SheetMap, known: Targets) -> None:
        self.found = Told(line, sheet.numbers.get(line, line))
        self.sheet = sheet
        self.by = by
        self.known = known
        self.said: dict[str, bool] = {}  # blocks of which a column says whether they are there
        self.numbered: dict[str, dict[str, dict[str, Any]]] = {}
        self.of_each: dict[str, dict[str, Any]] = {}  # parts that all items of a list have
        self.given = {*by.fixed}

    def cells(self, cells: Mapping[str, str], into: Mapping[str, Target]) -> None:
        """Read the cells.

        Args:
            cells: by column, those that are filled.
            into: what each column fills.
        """
        found = self.found
        if found.line in self.sheet.uneven:
            wanted = f"the head line has {len(self.sheet.columns)}"
            found.ask(f"it has {self.sheet.uneven[found.line]} cells and {wanted}: a comma or a quote is wrong")
            return
        self.given |= {target.path for target in into.values()}
        self.said = {target.head: False for target in into.values() if target.sort == "block"}
        for column, target in into.items():
            text = cells.get(column)
            if text is not None:
                found.columns.setdefault(target.head, column)
                found.columns.setdefault(target.path, column)
                shown = "" if target.sort == "private" or self.known.names_people(target) else text
                self._attempt(column, shown, text, partial(self._read, target))

    def _attempt(self, column: str, shown: str, text: str, read: Callable[[str], None]) -> None:
        """Read a cell, or ask what it means."""
        if is_formula(text):
            self.found.ask("it is a formula, or would be one in a spreadsheet: write what it comes to", column, shown)
            return
        try:
            read(text)
        except (Question, WrongCallError) as error:
            self.found.ask(str(error), column, shown)

    def _read(self, target: Target, text: str) -> None:
        """Take up what a cell says.

        Raises:
            Question: it can mean several things, or none.
        """
        data, head = self.found.data, target.head
        if target.sort == "private":
            self.found.private[".".join(target.keys[1:])] = text
        elif target.sort == "id":
            data["id"] = text
        elif target.sort == "evidence":
            self._show(head, text)
        elif target.sort == "field":
            data[head] = self._value(self.known.model, head, head, text)
        elif target.sort == "part" and head in self.known.lists:
            self.of_each.setdefault(head, {})[target.keys[1]] = self._part(target, target.keys[1], text)
        elif target.sort == "part":
            data.setdefault(head, {})[target.keys[1]] = self._part(target, target.keys[1], text)
        elif target.sort == "block":
            self.said[head] = self._yes(text)
        elif target.sort == "item":
            items = self.numbered.setdefault(head, {})
            items.setdefault(target.keys[1], {})[target.keys[2]] = self._part(target, target.keys[2], text)
        elif target.sort == "items":
            data.setdefault(head, []).extend(self._items(target, text))
        else:
            data.setdefault(head, []).extend(self._of_sort(target, text))

    def finish(self) -> None:
        """Put in what is the same for every row, and make whole items of their parts."""
        if self.found.line in self.sheet.uneven:
            return
        for head, known in self.of_each.items():
            self.found.data[head] = [{**known, **item} for item in self.found.data.get(head, [])]
        for head, items in self.numbered.items():
            model = self.known.demand(head).model
            for _number, item in sorted(items.items(), key=lambda one: int(one[0])):
                self.found.data.setdefault(head, []).append({**self.of_each.get(head, {}), **item})
                self._demand_whole(head, item, asked_of(model) if model else [])
        self._demand_required()
        if not self.found.troubles:  # of a row that is not taken in, nothing further is made
            self._fix_all()
        for name in self.by.rows_are:
            self.found.shown.setdefault(name, self._here(name))
        filled = {key: value for key, value in self.found.data.items() if value != []}
        self.found.data = {key: self.known.counted(key, value) for key, value in filled.items()}

    def _demand_required(self) -> None:
        """Ask where a column is empty that fills what no such record goes without; whom it is about is given."""
        asked = {one.column for one in self.found.troubles}
        for column, path in self.by.columns.items():
            info = self.known.fields.get(path or "")
            given = {*self.found.data, *self.by.fixed, KINDS[self.known.kind].person}
            if info is not None and info.is_required() and path not in given and column not in asked:
                self.found.ask(f"it has no {path}, and no {self.known.kind} goes without", column)

    def _fix_all(self) -> None:
        for path, text in self.by.fixed.items():
            self._attempt(f"(fixed) {path}", text, text, partial(self._fix, self.known.demand(path)))
        for head in [head for head, said in self.said.items() if said and head not in self.found.data]:
            wanted = ", ".join(f"{head}.{part}" for part in asked_of(self.known.demand(head).model or BaseModel))
            self.found.ask(f"yes to what? The map says it for all of them: fixed: {wanted}", self.found.column(head))

    def _fix(self, target: Target, text: str) -> None:
        data, head = self.found.data, target.head
        if target.sort == "part" and head in self.known.lists:
            for item in data.get(head, []):
                item.setdefault(target.keys[1], self._part(target, target.keys[1], self._filled(target, text)))
        elif is_filled(value_at(data, target.path)) or not self.said.get(head, True):
            return
        elif target.sort == "evidence":
            self._show(head, self._filled(target, text))
        else:
            self._read(target, self._filled(target, text))

    def _filled(self, target: Target, text: str) -> str:
        """A text of the map, with what the row says in place of {field}."""

        def put(match: re.Match[str]) -> str:
            key = match[1]
            if key == "row":
                return str(self.found.number)
            if key.partition(".")[0] not in self.known.fields:
                return match[0]
            value = value_at(self.found.data, key)
            if not is_filled(value):
                raise Question(f"{target.path} is made of {key}, and the row says none")
            return ", ".join(str(one) for one in value) if isinstance(value, list) else str(value)

        return _PLACEHOLDER.sub(put, text)

    def _part(self, target: Target, part: str, text: str) -> Any:
        if target.model is None:
            return text
        return self._value(target.model, part, f"{target.head}.{part}", text)

    def _value(self, model: type[BaseModel], key: str, path: str, text: str) -> Any:
        return value_meant(Place(self.known, model, key, path), self.by, text)

    def _yes(self, text: str) -> bool:
        said = yes_or_no(text)
        if said is None:
            raise Question("yes or no is wanted here")
        return said

    def _items(self, target: Target, text: str) -> list[dict[str, Any]]:
        asked = asked_of(target.model) if target.model else []
        form = ": ".join(asked)
        found = []
        for one in several(text, in_words=True):
            pieces = [piece for piece in _PARTS.split(one) if piece]
            if len(pieces) != len(asked):
                raise Question(f"{one[:_SHOWN]!r} is not of the form “{form}”; several are parted by ; or by lines")
            found.append({part: self._part(target, part, piece) for part, piece in zip(asked, pieces, strict=True)})
        return found

    def _of_sort(self, target: Target, text: str) -> list[dict[str, Any]]:
        """Things of one sort: how many, or what each of them says."""
        model, wanted = target.model, target.keys[1]
        if model is None:  # pragma: no cover - a list has a model
            return []
        key = sorts_of(model)[wanted]
        rest = [part for part in asked_of(model) if part != key]
        open_ = [part for part in rest if f"{target.head}.{part}" not in self.given]
        said, count = yes_or_no(text), number(text)
        if said is False or (count is not None and count.isdecimal()) or (said and not open_):
            how_many = 0 if said is False else int(count or 1)
            if how_many > _MOST:
                raise Question(f"more than {_MOST} are not counted here")
            if how_many and open_:
                raise Question(
                    f"say of each its {open_[0]}, or for all of them in the map: fixed: {target.head}.{open_[0]}"
                )
            return [{key: wanted} for _ in range(how_many)]
        if not rest:
            raise Question("say how many")
        return [{key: wanted, rest[0]: self._part(target, rest[0], one)} for one in several(text)]

    def _demand_whole(self, head: str, item: dict[str, Any], asked: list[str]) -> None:
        for part in asked:
            if part not in item and f"{head}.{part}" not in self.given:
                said = next((str(value) for value in item.values()), "")
                self.found.ask(f"one of its {head} has no {part}", self.found.column(head), said)

    def _show(self, name: str, text: str) -> None:
        if yes_or_no(text) is False:
            return
        if is_link(text):
            kinds = self.known.evidence[name]
            self.found.shown[name] = {"kind": "link" if "link" in kinds else kinds[0], "ref": text}
            return
        if self.by.kept is None:
            raise Question(
                "it is no link, and the map does not say where the sheet stays (kept:): words of people stay out"
            )
        self.found.shown[name] = self._here(name)

    def _here(self, name: str) -> dict[str, Any]:
        """The row itself, where the sheet is kept: by its number, and the digest of a sheet that is no link."""
        kinds = self.known.evidence[name]
        place = f"{self.by.kept}#row={self.found.number}"
        if is_link(place):
            return {"kind": "link" if "link" in kinds else kinds[0], "ref": place}
        kind = next((one for one in kinds if one != "link"), kinds[0])
        return {"kind": kind, "ref": place, "digest": self.sheet.digest, "claimed": True}
