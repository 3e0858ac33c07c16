"""A command at a terminal: what somebody who sits there sees."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from tests.place import Place, environment

_STYLE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


@contextmanager
def listening() -> Iterator[tuple[int, list[bytes]]]:
    """A terminal: the end that a command writes to, and what is heard on the other once it is over."""
    ours, theirs = pty.openpty()
    heard: list[bytes] = []

    def listen() -> None:
        while True:
            try:
                heard.append(os.read(ours, 65536))
            except OSError:  # the other side was closed
                return

    listener = threading.Thread(target=listen)
    listener.start()
    try:
        yield theirs, heard
    finally:
        os.close(theirs)
        listener.join()
        os.close(ours)


def asked_at_a_terminal(place: Place, answers: list[str], *words: str) -> str:
    """What it prints at a terminal at which somebody answers what it asks, a line each; without colours."""
    ours, theirs = pty.openpty()
    os.write(ours, "".join(f"{one}\n" for one in answers).encode())
    before = ["-C", str(place.root), *(["--today", place.day] if place.day else [])]
    said = subprocess.run(
        [sys.executable, "-m", "partnerkit", *before, *words],
        cwd=place.root,
        env=environment(place.person) | {"TERM": "xterm"},
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    os.close(theirs)
    os.close(ours)
    return _STYLE.sub("", said.stdout.decode())


def at_a_terminal(place: Place, *words: str, term: str = "xterm", columns: int = 200) -> str:
    """What it prints on stdout and stderr, both a terminal, without colours."""
    before = ["-C", str(place.root), *(["--today", place.day] if place.day else [])]
    with listening() as (terminal, heard):
        subprocess.run(
            [sys.executable, "-m", "partnerkit", *before, *words],
            cwd=place.root,
            env=environment(place.person) | {"TERM": term, "COLUMNS": str(columns)},
            stdin=subprocess.DEVNULL,
            stdout=terminal,
            stderr=terminal,
            check=False,
        )
    return _STYLE.sub("", b"".join(heard).decode()).replace("\r\n", "\n")
