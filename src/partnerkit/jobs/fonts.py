"""Whether a folder holds fonts, before a document is made with those that lie in it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from partnerkit.errors import WrongCallError

#: How files of fonts are called, in capital letters too, and with which bytes they begin.
ENDINGS = (".ttf", ".otf", ".ttc", ".otc")
_BEGINNINGS = (b"\0\1\0\0", b"OTTO", b"ttcf", b"true")


def demand_fonts(folder: Path) -> None:
    """Whether fonts lie in a folder, or in one below it.

    Raises:
        WrongCallError: it is no folder, or there is none in it.
    """
    if not folder.is_dir():
        raise WrongCallError(f"there is no folder {folder} in which fonts could lie", "--fonts <folder with fonts>")
    called = list(_called_so(folder))
    if any(_begins_so(file) for file in called):
        return
    looked = f"{', '.join(ENDINGS[:-1])} or {ENDINGS[-1]}"
    message = f"no font lies in {folder} or below it: no file that ends in {looked}"
    if called:
        message = f"no font lies in {folder} or below it: {called[0].name} ends in {looked}, and cannot be read as one"
    raise WrongCallError(message, "put the files of fonts there, or name the folder in which they lie")


def _called_so(folder: Path) -> Iterator[Path]:
    """The files that are called like fonts, wherever links lead, and nowhere twice."""
    met: set[str] = set()
    for where, inner, names in os.walk(folder, followlinks=True):
        real = os.path.realpath(where)
        if real in met:
            inner.clear()
            continue
        met.add(real)
        yield from (Path(where, name) for name in sorted(names) if name.lower().endswith(ENDINGS))


def _begins_so(file: Path) -> bool:
    try:
        with file.open("rb") as opened:
            return opened.read(4) in _BEGINNINGS
    except OSError:
        return False
