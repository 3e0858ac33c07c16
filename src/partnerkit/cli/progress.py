"""How far long work is: a bar on stderr, where that is a terminal; elsewhere nothing."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING

from partnerkit.reports.page import silence

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from partnerkit.jobs.desk import Watch

#: A bar is drawn for more things than these, or where it has taken so long (in seconds) already.
_MANY, _LONG = 50, 1.0

#: How often it is drawn anew, in seconds at least.
_PAUSE = 0.1


class Bar:
    """A bar for one sort of work after the other; it leaves nothing behind on the screen."""

    def __init__(self, stream: IO[str]) -> None:
        self.stream = stream
        self.what = ""
        self.began = self.drawn = 0.0
        self.shown: tuple[Progress, TaskID] | None = None

    def __call__(self, what: str, done: int, total: int) -> None:
        """So many of all are done."""
        now = time.monotonic()
        if what != self.what:
            self.end()
            self.what, self.began = what, now
        if done >= total:
            self.end()
        elif self.shown is not None or total > _MANY or now - self.began > _LONG:
            self._draw(done, total, now)

    def end(self) -> None:
        """Take the bar away."""
        shown, self.shown, self.what = self.shown, None, ""
        if shown is not None:
            with self._heard():
                shown[0].stop()

    def _draw(self, done: int, total: int, now: float) -> None:
        with self._heard():
            if self.shown is None:
                self.shown = _started(self.stream, self.what, total)
            elif now - self.drawn < _PAUSE:
                return
            self.drawn = now
            progress, task = self.shown
            progress.update(task, completed=done, refresh=True)

    @contextlib.contextmanager
    def _heard(self) -> Iterator[None]:
        """A terminal that is gone stops no work."""
        try:
            yield
        except OSError:
            silence(self.stream)


def _started(stream: IO[str], what: str, total: int) -> tuple[Progress, TaskID]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    # Drawn when told, not by a thread: nothing may be half written when a message comes.
    progress = Progress(
        *columns,
        console=Console(file=stream),
        transient=True,
        auto_refresh=False,
        redirect_stdout=False,
        redirect_stderr=False,
    )
    progress.start()
    return progress, progress.add_task(what, total=total)


_BARS: list[Bar] = []


def watching(*, data: bool) -> Watch:
    """Who is told how far long work is: a bar where somebody looks at stderr, and not for other programs."""
    from partnerkit.jobs.desk import nobody

    if data or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        return nobody
    _BARS.append(Bar(sys.stderr))
    return _BARS[-1]


@contextlib.contextmanager
def progress_ended() -> Iterator[None]:
    """However it ends, no bar is left on the screen: what is said afterwards stands on lines of its own."""
    try:
        yield
    finally:
        while _BARS:
            _BARS.pop().end()
