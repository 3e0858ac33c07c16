"""Cells of a sheet that somebody fills in: what each is called, what it is to hold, and what that is said of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from partnerkit.dataclass import dataclass
from partnerkit.kinds.dated import part_of
from partnerkit.policies.hints import hint, meaning
from partnerkit.policies.lists import asked_for, lists
from partnerkit.policies.shapes import has_field, model_for
from partnerkit.register import RecordFile
from partnerkit.rules.question import Question

#: How many list items of one record have columns: more are set with a sheet of their own.
MOST_ITEMS = 20

#: What a cell with a day holds.
DAY = "a day, such as 2026-03-31"


@dataclass(frozen=True, slots=True)
class Cell:
    """Something that can be filled in for a record.

    Attributes:
        column: the heading of its column: a field, or what is added with a dot and the key of it.
        takes: what it is to hold, in words.
        asked_by: the requirement that asks for it.
        field: the field that it fills; None where something is added instead.
        added: the requirement or log to which something is added.
        key: what it says of that; `file` is a file or a link.
        given: what follows from the column itself, such as the module of a training.
        party: who says it, where each party has to.
    """

    column: str
    takes: str
    asked_by: str
    field: str | None = None
    added: str = ""
    key: str = ""
    given: tuple[tuple[str, str], ...] = ()
    party: str | None = None

    @property
    def together(self) -> tuple[str, tuple[tuple[str, str], ...], str | None, str]:
        """What is the same for cells that say one thing: they are added as one statement or line."""
        return self.added, self.given, self.party, self.column.rpartition(".")[0] if self.given else ""


def cells_of_field(question: Question, path: str) -> Iterator[Cell]:
    """A field; of a list what a new line of it must say, of a block its parts."""
    policy, kind, data = question.policy, question.record.kind, question.record.data
    head, _, rest = path.partition(".")
    if head in lists(policy, kind):
        items = [one for one in data.get(head) or [] if isinstance(one, dict) and "id" in one]
        for item in items[:MOST_ITEMS] if rest else ():
            yield from cells_of_item(question, head, str(item["id"]), [rest])
        if not items:
            yield from cells_of_line(question, head, {}, None, {rest: takes_of(question, path)} if rest else {})
        return
    infos = model_for(policy, kind).model_fields.items()
    block = next((part_of(info.annotation) for name, info in infos if (info.alias or name) == path), None)
    if block is not None:
        asked = [one.alias or name for name, one in block.model_fields.items() if one.is_required()]
        for part in asked:
            yield Cell(f"{path}.{part}", takes_of(question, f"{path}.{part}"), "", field=f"{path}.{part}")
    elif has_field(policy, kind, path):
        yield Cell(path, takes_of(question, path), "", field=path)


def takes_of(question: Question, path: str) -> str:
    """What a field of the record is to hold, in words."""
    policy, kind = question.policy, question.record.kind
    found = hint(policy, kind, path)
    return DAY if found == "a day" else found or meaning(policy, kind, path) or "text"


def cells_of_item(
    question: Question, name: str, item: str, parts: list[str], takes: str | None = None
) -> Iterator[Cell]:
    """Parts of an item of a list, which is named by its id."""
    for part in parts:
        told = takes or takes_of(question, f"{name}.{part}")
        path = f"{name}.{item}.{part}"
        yield Cell(path, told, "", field=path)


def cells_of_line(
    question: Question, name: str, given: Mapping[str, str], called: str | None, more: Mapping[str, str]
) -> Iterator[Cell]:
    """What a new line of a list must say; `called` stands for what is given."""
    policy, kind = question.policy, question.record.kind
    keys = asked_for(policy, kind, name)
    model = lists(policy, kind).get(name)
    if keys is None or model is None:
        return
    token = called or _next_id(question.record, name)
    asked = {key: takes_of(question, f"{name}.{key}") for key in keys if key not in given} | dict(more)
    told = tuple(given.items())
    for key, takes in asked.items():
        yield Cell(f"{name}.{token}.{key}", takes, "", added=name, key=key, given=told)
    if not asked:
        dated = "on" in {info.alias or key for key, info in model.model_fields.items()}
        key, takes = ("on", DAY) if dated else ("", "yes")
        yield Cell(f"{name}.{token}", takes, "", added=name, key=key, given=told)


def _next_id(record: RecordFile, name: str) -> str:
    """The id that a new item of a list will have."""
    taken = {one.get("id") for one in record.data.get(name) or [] if isinstance(one, dict)}
    return next(f"{name[0]}{number}" for number in range(1, 10_000) if f"{name[0]}{number}" not in taken)


def either(words: Iterable[Any]) -> str:
    """`a, b or c`."""
    *most, last = [str(one) for one in words]
    return " or ".join(part for part in (", ".join(most), last) if part)
