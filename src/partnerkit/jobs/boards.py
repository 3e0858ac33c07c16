"""Boards: records as cards in columns, by stage in the order of the lifecycle, or by what any other field says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from statistics import median_low
from typing import Any

from partnerkit.dataclass import dataclass
from partnerkit.jobs.worked_out import Asking
from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.entries import TOMBSTONE_STAGE
from partnerkit.kinds.readable import as_number
from partnerkit.kinds.wording import reading
from partnerkit.policies.lifecycle import Lifecycle
from partnerkit.register import RecordFile


@dataclass(frozen=True, slots=True)
class Card:
    """A record on a board.

    Attributes:
        record: the record.
        age: for how many days it has stood in its stage.
        late: how many things of it are late.
        due: how many are due.
    """

    record: RecordFile
    age: int
    late: int
    due: int


@dataclass(frozen=True, slots=True)
class Column:
    """A stage, or what else its cards have in common.

    Attributes:
        name: what it is; empty where its cards say nothing.
        cards: those that have stood in their stage longest first, where no other order was asked for.
        aside: whether it lies beside the main way.
    """

    name: str
    cards: list[Card]
    aside: bool = False

    @property
    def median(self) -> int | None:
        """For how many days half of them have stood in their stage, or longer; None where there are none."""
        return median_low(card.age for card in self.cards) if self.cards else None


@dataclass(frozen=True, slots=True)
class Board:
    """Columns of cards.

    Attributes:
        kind: of which kind its records are; None where they are of any.
        policy: the policy whose stages the columns are; None where they are not stages.
        columns: the columns, empty ones too where they are stages.
    """

    kind: str | None
    policy: str | None
    columns: list[Column]


def boards(asked: Asking, records: Iterable[RecordFile], by: str, *, oldest_first: bool) -> list[Board]:
    """The records as a board, by stage as one for each kind under each policy.

    Args:
        asked: the register and the day.
        records: the records, in order.
        by: the field that says in which column each stands; of a list, in that of each item.
        oldest_first: whether those that have stood in their stage longest come first.
    """
    cards = [_card(asked, one) for one in records]
    if oldest_first:
        cards.sort(key=lambda card: -card.age)
    if by != "stage":
        return [Board(None, None, _by_value(asked, cards, by))] if cards else []
    return list(_by_stage(asked, cards))


def _card(asked: Asking, one: RecordFile) -> Card:
    states = [owed.state for owed in asked.owed(one)]
    return Card(one, (asked.day - asked.register.since(one)).days, states.count("late"), states.count("due"))


def _by_value(asked: Asking, cards: list[Card], by: str) -> list[Column]:
    found: dict[str, list[Card]] = {}
    for card in cards:
        for value in _values(asked.value(card.record, by)):
            found.setdefault(value, []).append(card)
    return [Column(name, found[name]) for name in sorted(found, key=lambda name: (not name, key_of(name)))]


def _values(value: Any) -> list[str]:
    """The columns in which a value belongs, each once."""
    items = value if isinstance(value, list) else [value]
    words = [str(item.get("id", "…")) if isinstance(item, dict) else str(item) for item in items if item is not None]
    return list(dict.fromkeys(words)) or [""]


def _by_stage(asked: Asking, cards: list[Card]) -> Iterator[Board]:
    found: dict[tuple[str, str], list[Card]] = {}
    for card in cards:
        found.setdefault((card.record.kind, card.record.model.policy), []).append(card)
    order = list(KINDS)
    for kind, policy in sorted(found, key=lambda key: (order.index(key[0]), key[1])):
        mine = found[kind, policy]
        lifecycle = asked.register.policies[policy].policy.lifecycles.get(kind)
        main = _main(lifecycle) if lifecycle else []
        names = dict.fromkeys([*main, *(lifecycle.stages if lifecycle else ()), *(one.record.stage for one in mine)])
        columns = [Column(name, [one for one in mine if one.record.stage == name], name not in main) for name in names]
        yield Board(kind, policy, [one for one in columns if one.cards or one.name != TOMBSTONE_STAGE])


def _main(lifecycle: Lifecycle) -> list[str]:
    """The stages of the main way, then those of main ways that part from it."""
    return [*lifecycle.main_path, *(one for one in lifecycle.stages if one in lifecycle.main_stages)]


def key_of(value: Any) -> tuple[Any, ...]:
    """By what a value is put in order: numbers as numbers, words whatever their case; nothing for nothing."""
    items = value if isinstance(value, list) else [value]
    words = [str(item.get("id", "")) if isinstance(item, dict) else str(item) for item in items if item is not None]
    text = ", ".join(words)
    number = as_number(text)
    return () if not text else (0, number, text) if number is not None else (1, reading(text).split, text)
