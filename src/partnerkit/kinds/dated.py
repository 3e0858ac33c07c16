"""What the days, rhythms and flags of a record mean for what falls due: marks on the fields of the kinds.

A mark says it once, beside the field; whatever looks for what falls due reads the marks and knows no field by name.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from typing import Any, Literal, TypeVar, get_args, get_origin

from partnerkit.dataclass import dataclass
from partnerkit.kinds.modelled import BaseModel


@dataclass(frozen=True, slots=True)
class FallsDue:
    """A day by which something is to be done, or on which something runs out.

    Attributes:
        what: what falls due, in words.
        source: whether it is a point of a plan or the end of something.
        unless: the field beside it that says that it is done with; None where only the record's own end does.
        still: the values of that field with which it is not yet done with.
        owner: the field beside it that names who sees to it.
        continued_by: the field by which a newer record of the kind says that it goes on from this one.
        while_asked: whether it counts only in stages whose gate asks for it, where any gate does.
        outlives: whether it stays to be done after the record was finished.
    """

    what: str
    source: Literal["milestone", "expiry"] = "milestone"
    unless: str | None = None
    still: tuple[str, ...] = ()
    owner: str | None = None
    continued_by: str | None = None
    while_asked: bool = False
    outlives: bool = False

    def is_done(self, item: dict[str, Any]) -> bool:
        """Whether what stands beside the day says that it is done with."""
        if self.unless is None:
            return False
        found = item.get(self.unless)
        return found is not None and found not in self.still


@dataclass(frozen=True, slots=True)
class NoticeBefore:
    """How long before a day notice must be given.

    Attributes:
        end: the field beside it that holds the day.
        what: what the last day to give notice is called.
    """

    end: str
    what: str


@dataclass(frozen=True, slots=True)
class RepeatsBy:
    """How often a line is to be added to a log of the record.

    Attributes:
        log: the log.
        what: what is to be done again, in words.
    """

    log: str
    what: str


@dataclass(frozen=True, slots=True)
class OnceDecided:
    """A day to be filled in once people have decided on the record.

    Attributes:
        what: what is to be done, in words.
    """

    what: str


@dataclass(frozen=True, slots=True)
class AwaitsAnswer:
    """A flag that is true while somebody owes an answer.

    Attributes:
        since: the field beside it with the day from which they do.
        whom: the field beside it that says who.
        about: the field beside it that says on what.
    """

    since: str
    whom: str
    about: str


@dataclass(frozen=True, slots=True)
class Happened:
    """A day on which something happened or was done: never one that is still to come.

    Attributes:
        within: the field of the record with the first day on which it can have happened, where there is one.
    """

    within: str | None = None


@dataclass(frozen=True, slots=True)
class TakesPart:
    """People who are named because they take part in the record: nobody else can be meant.

    Attributes:
        listed_in: where the record lists those who do, such as participants.id.
        but_one: whether a list of them leaves out somebody: of a meeting to which nobody came there is nothing to tell.
    """

    listed_in: str
    but_one: bool = False


MarkT = TypeVar("MarkT")


@dataclass(frozen=True, slots=True)
class Marked:
    """A field with its mark.

    Attributes:
        parents: the keys that lead to the block or the list items in which it stands.
        key: its key there.
        mark: what it means.
    """

    parents: tuple[str, ...]
    key: str
    mark: Any


def marked(model: type[BaseModel], sort: type[MarkT]) -> Sequence[tuple[Marked, MarkT]]:
    """The fields of a kind that carry a mark of a sort, down to the parts of its lists and blocks."""
    return _by_sort(model).get(sort, ())


@functools.cache
def happened(model: type[BaseModel]) -> tuple[tuple[tuple[str, ...], str], ...]:
    """The fields of a kind that say on which day something happened or was done: what leads there, and the key."""
    found = [(one.parents, one.key) for one, _ in marked(model, Happened)]
    found += [(one.parents, one.key) for one, _ in marked(model, OnceDecided)]
    settled = [(one.parents, mark) for one, mark in marked(model, FallsDue)]
    return (*found, *((parents, mark.unless) for parents, mark in settled if mark.unless and not mark.still))


def out_of_order(in_order: tuple[tuple[str, str], ...], data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The pairs of fields whose days stand the wrong way round: the first after the second."""
    for first, last in in_order:
        days = [data.get(key) for key in (first, last)]
        if all(isinstance(day, str) for day in days) and str(days[0]) > str(days[1]):
            yield first, last


@functools.cache
def _by_sort(model: type[BaseModel]) -> dict[type, list[tuple[Marked, Any]]]:
    found: dict[type, list[tuple[Marked, Any]]] = {}
    for one in _walk(model, ()):
        found.setdefault(type(one.mark), []).append((one, one.mark))
    return found


def _walk(model: type[BaseModel], parents: tuple[str, ...]) -> Iterator[Marked]:
    for name, info in model.model_fields.items():
        key = info.alias or name
        for mark in info.metadata:
            if isinstance(
                mark, FallsDue | NoticeBefore | RepeatsBy | OnceDecided | AwaitsAnswer | Happened | TakesPart
            ):
                yield Marked(parents, key, mark)
        inner = part_of(info.annotation)
        if inner is not None:
            yield from _walk(inner, (*parents, key))


def part_of(annotation: Any) -> type[BaseModel] | None:
    """The model of a block, or of the items of a list; None where a field holds neither."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) is dict:
        return None
    return next((found for part in get_args(annotation) if (found := part_of(part)) is not None), None)


def items(data: Any, parents: tuple[str, ...]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The blocks or list items to which the keys lead: a name for each, stable while the list grows, and the item."""
    if not parents:
        yield "", data
        return
    head, *rest = parents
    below = data.get(head)
    for name, one in _each(below):
        for more, found in items(one, tuple(rest)):
            yield ".".join(part for part in (head, name, more) if part), found


def _each(below: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(below, dict):
        yield "", below
    for index, one in enumerate(below if isinstance(below, list) else []):
        if isinstance(one, dict):
            yield str(one.get("id", index)), one
