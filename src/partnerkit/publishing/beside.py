"""What stands elsewhere than in a record, and its page tells too; it is noted what of it was asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeAlias, TypeVar

from partnerkit.dataclass import dataclass
from partnerkit.obligations.obligation import Obligation
from partnerkit.rules.assurance import Level
from partnerkit.rules.audited import Audited
from partnerkit.rules.verdict import Entered

T = TypeVar("T")

#: What was asked, and of what: a method of `Beside`, and what it takes.
Asked: TypeAlias = "Sequence[str]"


@dataclass(frozen=True, slots=True)
class Line:
    """A record as lists have it: what it says beside that is asked for when its page is made.

    Attributes:
        id: its id.
        kind: its kind.
        policy: the policy that governs it.
        stage: where it stands.
        name: its name in words.
        subject: the id of the record it belongs to, or None.
        since: since which day it stands there.
        is_over: whether nothing falls due for it any more.
        withholds: whether anything was taken out of it.
    """

    id: str
    kind: str
    policy: str
    stage: str
    name: str
    subject: str | None
    since: date
    is_over: bool
    withholds: bool


class Beside:
    """What is known of records and of what they hold, by id."""

    def __init__(self, records: Sequence[Line], obligations: Sequence[Obligation], audited: Audited) -> None:
        """Look it up in all of it.

        Args:
            records: the records that readers may see.
            obligations: what is owed, as far as they may know.
            audited: the verdict on every commit.
        """
        self._names = {one.id: one.name for one in records}
        self._owed = _grouped((one.record, one) for one in obligations)
        self._below = _grouped((one.subject, one) for one in records if one.subject is not None)
        self._entered = {(one.record, one.id): one for one in audited.entered}
        self._said = {key: one for one in audited.verdicts for key in one.levels}
        self._asked: dict[Asked, None] = {}

    def name(self, record_id: str) -> str | None:
        """The name of a record in words; None where it has no page."""
        self._note("name", record_id)
        return self._names.get(record_id)

    def owed(self, record_id: str) -> Sequence[Obligation]:
        """What a record (or a policy) owes."""
        self._note("owed", record_id)
        return self._owed.get(record_id, ())

    def below(self, record_id: str) -> Sequence[Line]:
        """What belongs to a record."""
        self._note("below", record_id)
        return self._below.get(record_id, ())

    def entered(self, record_id: str, entry: str) -> Entered | None:
        """What is known of an entry; None where it has not landed."""
        self._note("entered", record_id, entry)
        return self._entered.get((record_id, entry))

    def said(self, statement: str) -> tuple[Level, str] | None:
        """How surely a statement was made, and the commit that brought it; None where it has not landed."""
        self._note("said", statement)
        found = self._said.get(statement)
        return (found.levels[statement], found.commit.oid) if found is not None else None

    def _note(self, *asked: str) -> None:
        self._asked[asked] = None

    def listen(self) -> None:
        """Note from now on what is asked."""
        self._asked = {}

    def heard(self) -> list[Asked]:
        """What was asked since then, each once."""
        return [*self._asked]

    def answers(self, asked: Iterable[Asked]) -> list[Any]:
        """What is to be answered to that.

        Raises:
            KeyError, TypeError, ValueError: nobody asked so.
        """
        return [_QUESTIONS[question](self, *of) for question, *of in asked]


_QUESTIONS: Mapping[str, Callable[..., Any]] = {
    one.__name__: one for one in (Beside.name, Beside.owed, Beside.below, Beside.entered, Beside.said)
}


def _grouped(pairs: Iterable[tuple[str, T]]) -> Mapping[str, list[T]]:
    found: dict[str, list[T]] = {}
    for key, one in pairs:
        found.setdefault(key, []).append(one)
    return found
