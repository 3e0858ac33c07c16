"""What the entries of a history, as written, make of each other: which count, and which never did."""

from __future__ import annotations

from typing import Any

from partnerkit.kinds.entries import TAKES_BACK, TOMBSTONE_STAGE


def counting(history: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The entries that count: neither taken back, nor taking back or correcting others."""
    return [history[index] for index in places_counting(history)]


def places_counting(history: list[dict[str, Any]]) -> list[int]:
    """The places of the entries that count."""
    left: list[int] = []
    for index, entry in enumerate(history):
        if entry.get("type") in TAKES_BACK:
            gone = [place for place in left if history[place].get("id") == entry.get("undoes")][-1:]
            left = [place for place in left if place not in gone]
        elif entry.get("type") != "correct":
            left.append(index)
    return left


def leads_back(entry: dict[str, Any]) -> str:
    """The stage to which taking back an entry leads."""
    return str(entry.get("from") or TOMBSTONE_STAGE)


def voided(history: list[dict[str, Any]]) -> dict[int, dict[str, Any]]:
    """The entries that never counted, by place, each with the entry that voided it."""
    found: dict[int, dict[str, Any]] = {}
    for index, entry in enumerate(history):
        latest = places_counting(history[:index])[-1:] if entry.get("type") == "void" else []
        for place in latest:
            target = history[place]
            if (target.get("id"), leads_back(target)) == (entry.get("undoes"), entry.get("to")):
                found[place] = entry
    return found


def only_id(history: list[dict[str, Any]], index: int) -> str | None:
    """The id of an entry, where no other has it: else nobody could say which is meant."""
    mine = history[index].get("id")
    return str(mine) if sum(entry.get("id") == mine for entry in history) == 1 else None
