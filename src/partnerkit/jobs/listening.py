"""A register that listens: what rules ask of it beside one record and the rules themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from partnerkit.register import RecordFile
from partnerkit.store.ledger import Ledger, Moment, Then

T = TypeVar("T")


@dataclass
class Heard:
    """What was asked for.

    Attributes:
        files: the files of which something was.
        others: the records that were, by their ids.
        more: whether more was asked for than these: kinds of records, the past, what a signature is worth.
    """

    files: set[str] = field(default_factory=set)
    others: set[str] = field(default_factory=set)
    more: bool = False

    def begin(self) -> None:
        """Forget what was asked for so far."""
        self.files, self.others, self.more = set(), set(), False

    def other(self, record_id: object) -> None:
        """Somebody asked for a record."""
        if isinstance(record_id, str):
            self.others.add(record_id)
        else:
            self.more = True

    def all_of(self, asked: Callable[..., T]) -> Callable[..., T]:
        """A question that goes beyond single files and records."""

        def asks(*words: Any) -> T:
            self.more = True
            return asked(*words)

        return asks


def listening(register: Moment, ledger: Ledger) -> tuple[Moment, Heard]:
    """The same register, and what was asked of it, which begins with nothing."""
    heard = Heard()

    def digests(path: str) -> str | None:
        heard.files.add(path)
        return register.digests(path)

    beyond = ("former", "signed", "reads", "earlier", "drafted", "gone")
    questions: dict[str, Any] = {name: heard.all_of(getattr(register, name)) for name in beyond}
    ids_of = heard.all_of(register.ids_of) if register.ids_of is not None else None
    asked = _Records(ledger, heard)
    broken = _Broken(register.broken, heard)
    return replace(register, records=asked, broken=broken, digests=digests, ids_of=ids_of, **questions), heard


class _Records(Then):
    """The records of a ledger; who asks for which is heard."""

    def __init__(self, ledger: Ledger, heard: Heard) -> None:
        super().__init__(ledger, {})
        self._heard = heard

    def linked(self, subject: str, kind: str) -> list[RecordFile]:
        self._heard.more = True
        return super().linked(subject, kind)

    def of_kind(self, kind: str) -> list[RecordFile]:
        self._heard.more = True
        return super().of_kind(kind)

    def __getitem__(self, record_id: str) -> RecordFile:
        self._heard.other(record_id)
        return super().__getitem__(record_id)

    def __contains__(self, record_id: object) -> bool:
        self._heard.other(record_id)
        return super().__contains__(record_id)

    def __iter__(self) -> Iterator[str]:
        self._heard.more = True
        return super().__iter__()

    def __len__(self) -> int:
        self._heard.more = True
        return super().__len__()


class _Broken(AbstractSet[str]):
    """The ids of records that cannot be read; who asks for which is heard."""

    def __init__(self, broken: AbstractSet[str], heard: Heard) -> None:
        self._broken = broken
        self._heard = heard

    def __contains__(self, record_id: object) -> bool:
        self._heard.other(record_id)
        return record_id in self._broken

    def __iter__(self) -> Iterator[str]:
        self._heard.more = True
        return iter(self._broken)

    def __len__(self) -> int:
        self._heard.more = True
        return len(self._broken)
