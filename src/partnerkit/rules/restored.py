"""What had landed of a record and is there again, by a seal or not: findings say what it was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from partnerkit.kinds.canonical import digest, digests_of_beginnings
from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.expunging import EXPUNGED
from partnerkit.kinds.statements import ADDED_LATER, core
from partnerkit.register import RecordFile
from partnerkit.steps import IDENTITY, statements

#: The file of a record itself: that it is there, and can be read.
FILE = "file"

#: What is left of a record that was taken back.
TOMBSTONE = "tombstone"

#: Who proposed it.
PROPOSER = "proposer"


def statement_was(said: dict[str, Any], later: Iterable[str] = ()) -> str:
    """What a statement was: its core, and of what was said about it later that which is named."""
    return f"said/{said.get('id')}={digest(core(said) | {key: said[key] for key in later if key in said})}"


def history_was(history: list[dict[str, Any]]) -> str:
    """What the history of a record was."""
    return f"history={digest(history)}"


def field_was(path: str, value: Any) -> str:
    """What a field was."""
    return f"field/{path}={digest(value)}"


def file_was(path: str) -> str:
    """Where the file of a record lay."""
    return f"{FILE}={digest(path)}"


def tombstone_was(record: RecordFile) -> str:
    """What was left of a record that was taken back."""
    return f"{TOMBSTONE}={digest({key: value for key, value in record.data.items() if key != EXPUNGED})}"


def thing(was: str) -> str:
    """Of what it is said."""
    return was.partition("=")[0]


def belonging(record: RecordFile) -> tuple[str, ...]:
    """The fields of a record that never change: what it is, where it belongs, who proposed it once that is final."""
    kind = KINDS[record.kind]
    return (
        *IDENTITY,
        *([kind.subject] if kind.subject else []),
        *kind.continues,
        *([PROPOSER] if proposer_is_final(record) else []),
    )


def proposer_is_final(record: RecordFile) -> bool:
    """Whether a record names who proposed it, and has left its first stage."""
    return record.data.get(PROPOSER) is not None and len(record.data["history"]) > 1


def as_it_is(record: RecordFile, entries: int, moment: datetime | None = None) -> Iterator[str]:
    """All that a record is, as findings say what was altered.

    Args:
        record: the record.
        entries: with how many of its entries.
        moment: without what was withdrawn after it; else whatever was.
    """
    for found in statements(record):
        away = found.said.withdrawn
        ahead = {"withdrawn"} if moment is not None and away is not None and away.at > moment else set()
        later = sorted((ADDED_LATER & found.raw.keys()) - ahead)
        for some in ([], *([key] for key in later), later):
            yield statement_was(found.raw, some)
    yield from (f"history={one}" for one in digests_of_beginnings(record.data["history"][:entries]))
    yield from (field_was(path, record.data.get(path)) for path in belonging(record))
    yield file_was(record.path)


def lost(old: RecordFile, new: RecordFile) -> list[str]:
    """The things of a record that are not as they were."""
    now = set(as_it_is(new, len(new.data["history"])))
    was = [statement_was(found.raw, ADDED_LATER & found.raw.keys()) for found in statements(old)]
    was += [history_was(old.data["history"]), file_was(old.path)]
    was += [field_was(path, old.data.get(path)) for path in belonging(old)]
    return [thing(one) for one in was if one not in now]
