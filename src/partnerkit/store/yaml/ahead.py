"""Files read ahead, in another process, while what was read before is judged."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from partnerkit.store.divided import cores
from partnerkit.store.yaml.nodes import Document
from partnerkit.store.yaml.reader import Places, read

if TYPE_CHECKING:
    from concurrent.futures import Future

#: From so many files on, another process is worth its start.
_WORTH_IT = 2_000

#: What a file means; None where something is wrong with it, and whoever needs it reads it again for the findings.
_Meant = dict[str, Any] | None


class Ahead:
    """Reads files before they are asked for; to be closed."""

    def __init__(self) -> None:
        # Late: what other processes need is much, and few commands start one.
        from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415
        from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415
        from multiprocessing import get_context  # noqa: PLC0415

        self._broken = BrokenProcessPool
        # Not forked: what this process holds is much, and the reader needs none of it.
        self._pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=_leave_interrupts_to_the_other)
        self._under_way: Future[list[_Meant]] | None = None
        self._asked: list[str] = []
        self._meant: dict[str, _Meant] = {}

    def expect(self, files: Mapping[str, tuple[bytes, str]]) -> None:
        """Begin to read files (bytes and path, by blob); those that were expected before are at hand from now on."""
        self._take()
        self._asked = list(files)
        self._under_way = None
        with contextlib.suppress(self._broken):
            self._under_way = self._pool.submit(_meanings, list(files.values())) if files else None

    def meaning(self, oid: str) -> dict[str, Any] | None:
        """What a file that was read ahead means; None where it was not, or where something is wrong with it."""
        return self._meant.get(oid)

    def close(self) -> None:
        """End the other process, whatever it is at."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _take(self) -> None:
        self._meant = {}
        if self._under_way is not None:
            with contextlib.suppress(self._broken):  # somebody ended it: then all is read here
                self._meant = dict(zip(self._asked, self._under_way.result(), strict=True))


def document(path: str, raw: bytes, data: dict[str, Any]) -> Document:
    """A file of which is known what it means; where something stands in it is found when that is asked."""
    text = raw.decode()
    return Document(path, text, data, Places(text))


def pays(files: int) -> bool:
    """Whether another process is worth its start."""
    return files >= _WORTH_IT and cores() > 1


def _leave_interrupts_to_the_other() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _meanings(files: Iterable[tuple[bytes, str]]) -> list[_Meant]:
    found = (read(raw, path)[0] for raw, path in files)
    return [one.data if one is not None else None for one in found]
