"""A command at a terminal: what somebody who sits there sees."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
import threading

from tests.place import Place, environment

_STYLE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def at_a_terminal(place: Place, *words: str, term: str = "xterm", columns: int = 200) -> str:
    """What it prints on stdout and stderr, both a terminal, without colours."""
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
    before = ["-C", str(place.root), *(["--today", place.day] if place.day else [])]
    subprocess.run(
        [sys.executable, "-m", "partnerkit", *before, *words],
        cwd=place.root,
        env=environment(place.person) | {"TERM": term, "COLUMNS": str(columns)},
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
        check=False,
    )
    os.close(theirs)
    listener.join()
    os.close(ours)
    return _STYLE.sub("", b"".join(heard).decode()).replace("\r\n", "\n")
