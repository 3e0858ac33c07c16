"""The verdicts on the earlier of many commits, judged in another process while this one judges the later.

A verdict rests on its commit and on what stood before it, which git gives at any commit: so a history can be judged
from its middle on as well, as an audit that goes on from another does.
"""

from __future__ import annotations

import contextlib
import json
import signal
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from partnerkit.dataclass import dataclass, replace
from partnerkit.errors import CannotWorkError
from partnerkit.jobs.desk import Desk, seeded
from partnerkit.jobs.verdict_rows import as_text, from_texts
from partnerkit.jobs.verdicts import verdicts
from partnerkit.kinds.expunging import Listed
from partnerkit.rules.assurance import Level
from partnerkit.rules.verdict import Verdict
from partnerkit.store.divided import cores
from partnerkit.store.git.repository import Git
from partnerkit.store.replay import Replay

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

#: From so many commits on, another process is worth its start.
_WORTH_IT = 1_000


@dataclass(frozen=True, slots=True)
class Part:
    """Commits one on the other, and all that whoever judges them has to know; it goes to another process.

    Attributes:
        root: the top of the repository.
        bare: whether it may have no working tree.
        moment: the latest moment at which something can have been recorded.
        before: the commit on which the first of them stands; None where it stands on none.
        oids: the commits, oldest first.
        later: the expungings that records list in the end, by the record's id.
        known: how surely statements were made that landed before.
    """

    root: Path
    bare: bool
    moment: datetime
    before: str | None
    oids: Sequence[str]
    later: dict[str, Listed]
    known: dict[str, Level]


class Beside:
    """A part that is judged in another process."""

    def __init__(self, said: Callable[[], list[str]]) -> None:
        """Wait for nothing yet.

        Args:
            said: waits for the verdicts, as text; none where that process could not say.
        """
        self._said = said
        self._verdicts: list[Verdict] | None = None

    def verdicts(self) -> list[Verdict]:
        """The verdicts, once they are there; none where that process could not say, or was ended."""
        if self._verdicts is None:
            try:
                self._verdicts = [*from_texts(self._said())]
            except (EOFError, OSError):
                self._verdicts = []
        return self._verdicts

    def levels(self) -> dict[str, Level]:
        """How surely the statements were made that landed in it."""
        return {key: level for one in self.verdicts() for key, level in one.levels.items()}


def judged(desk: Desk, replay: Replay, part: Part) -> tuple[Replay, list[Verdict]]:
    """The verdict on every commit of a part, of which many are judged in two halves, and the register at the end.

    Args:
        desk: where.
        replay: the register as it was before the first of them.
        part: the commits.
    """
    half = len(part.oids) // 2
    if _pays(len(part.oids)):
        middle, rest = part.oids[half - 1], part.oids[half:]
        with _beside(replace(part, oids=part.oids[:half])) as earlier:
            later = Replay.from_commit(desk.git, middle, part.later)
            if not later.lacks_rules and not later.unreadable():
                found = verdicts(desk, later, rest, middle, part.known, earlier.levels)
                before = earlier.verdicts()
                if before and not lost(before):
                    return later, [*before, *found]
    return replay, verdicts(desk, replay, part.oids, part.before, part.known)


def lost(known: list[Verdict]) -> bool:
    """Whether records had been deleted: how they stood, only what came before can say."""
    return any(found.code == "record-deleted" for one in known for found in one.findings)


def _pays(commits: int) -> bool:
    """Whether another process is worth its start."""
    return commits >= _WORTH_IT and cores() > 1


@contextlib.contextmanager
def _beside(part: Part) -> Iterator[Beside]:
    """Judge a part in another process, as long as this lasts."""
    from multiprocessing import get_context  # noqa: PLC0415 - few commands start another process

    # Not forked: what this process holds open, git among it, is no other's.
    context = get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_aside, args=(there, part), daemon=True)
    process.start()
    there.close()
    try:
        yield Beside(lambda: json.loads(here.recv_bytes()))
    finally:
        process.terminate()
        process.join()
        here.close()


def _aside(said: Connection, part: Part) -> None:
    """All that the other process does; whoever is interrupted is the one that started it, and ends it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(BrokenPipeError):
        said.send_bytes(json.dumps(_judge(part)).encode())


def _judge(part: Part) -> list[str]:
    """The verdicts on a part, as text; none where something is wrong, which whoever judges it again will say."""
    git = Git(part.root, may_be_bare=part.bare)
    desk = Desk(git, lambda: part.moment, seeded(""))
    try:
        replay = Replay.from_commit(git, part.before, part.later)
        return [as_text(one) for one in verdicts(desk, replay, part.oids, part.before, part.known)]
    except CannotWorkError:
        return []
