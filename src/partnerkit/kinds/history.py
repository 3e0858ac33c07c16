"""What the entries of a history, as written, make of each other: which count, and which never did."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from partnerkit.dataclass import dataclass
from partnerkit.kinds.entries import TAKES_BACK, TOMBSTONE_STAGE


@dataclass(frozen=True, slots=True)
class Followed:
    """A history, gone through once.

    Attributes:
        counting: the places of the entries that count.
        voided: the entries that never counted, by place, each with the entry that voided it.
        before: for each entry the place of the latest before it that is not voided by then; None where there is none.
    """

    counting: list[int]
    voided: dict[int, dict[str, Any]]
    before: list[int | None]


def followed(history: list[dict[str, Any]]) -> Followed:
    """What becomes of the entries of a history, one after the other."""
    left: list[int] = []
    stands: list[int] = []
    gone: dict[int, dict[str, Any]] = {}
    before: list[int | None] = []
    for index, entry in enumerate(history):
        if entry.get("type") in TAKES_BACK:
            for place in _voided(entry, history, left):
                gone[place] = entry
                stands.remove(place)
            _take(left, history, entry.get("undoes"))
        elif entry.get("type") != "correct":
            left.append(index)
        before.append(stands[-1] if stands else None)
        stands.append(index)
    return Followed(left, gone, before)


def _voided(entry: dict[str, Any], history: list[dict[str, Any]], left: list[int]) -> list[int]:
    """The place of the entry that a void takes back, where it leads where that one left.

    What the stage that it left is called since a migration only the policy says.
    """
    renamed = False
    for place in latest(history, left) if entry.get("type") == "void" else ():
        renamed = renamed or _migrates(history[place])
        if history[place].get("id") == entry.get("undoes"):
            return [place] if renamed or leads_back(history[place]) == entry.get("to") else []
    return []


def latest(history: list[dict[str, Any]], left: list[int]) -> Iterator[int]:
    """Of the places of entries that count the latest, which may be taken back: migrations, and what stands below these.

    A migration only calls a stage otherwise: what stands below it is the latest move still.
    """
    for place in reversed(left):
        yield place
        if not _migrates(history[place]):
            return


def _migrates(entry: dict[str, Any]) -> bool:
    return entry.get("type") == "migrate"


def _take(left: list[int], history: list[dict[str, Any]], entry_id: object) -> None:
    """Take the latest place of an entry out of those that count, and the migrations of where it led with it."""
    for at in reversed(range(len(left))):
        if history[left[at]].get("id") == entry_id:
            last = all(_migrates(history[place]) for place in left[at + 1 :])
            del left[at : len(left) if last else at + 1]
            return


def counting(history: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The entries that count: neither taken back, nor taking back or correcting others."""
    return [history[index] for index in followed(history).counting]


def taken_back_next(history: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The latest entries that count, one of which an undo or a void may take back, the likeliest first.

    A migration is taken back where its policy has the former stage again: what the policy says comes first.
    """
    found = [history[place] for place in latest(history, followed(history).counting)]
    moves = [entry for entry in found if not _migrates(entry)]
    return [*moves, *(entry for entry in found if _migrates(entry))]


def leads_back(entry: dict[str, Any]) -> str:
    """The stage to which taking back an entry leads, as it was called then."""
    return str(entry.get("from") or TOMBSTONE_STAGE)


def only_id(history: list[dict[str, Any]], index: int) -> str | None:
    """The id of an entry, where no other has it: else nobody could say which is meant."""
    mine = history[index].get("id")
    return str(mine) if sum(entry.get("id") == mine for entry in history) == 1 else None
