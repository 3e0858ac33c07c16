"""A sheet that somebody has filled in is not written over."""

from __future__ import annotations

import csv
import io
from itertools import count
from pathlib import Path

from partnerkit.errors import WrongCallError
from partnerkit.jobs.blank_sheet import PREFILLED, TAKES
from partnerkit.jobs.chosen import rows
from partnerkit.rules.commands import line


def demand_unfilled(out: Path, text: str, words: list[str]) -> None:
    """Whether a sheet can be written where one is.

    It can where the same stands there, or a sheet of which no more is filled in than what the register knew.

    Args:
        out: where it is to be written.
        text: the sheet.
        words: the command that writes it, without where to.

    Raises:
        WrongCallError: what stands there would be lost.
    """
    if not out.is_file():
        return
    raw = out.read_bytes()
    if raw == text.encode() or _is_unfilled(out, raw, text):
        return
    others = (out.with_name(f"{out.stem}-{number}{out.suffix}") for number in count(2))
    free = next(one for one in others if not one.exists())
    message = f"{out} holds other things, which would be lost: nothing is written"
    raise WrongCallError(message, line(*words, "--out", str(free)))


def _is_unfilled(out: Path, raw: bytes, text: str) -> bool:
    """Whether the cells of a sheet hold no more than was written into them."""
    if b"\n" not in raw.strip():  # nothing, or the head line alone
        return raw.strip() == b"" or raw.startswith((b"id,", b"\xef\xbb\xbfid,"))
    try:
        found = rows(str(out))
    except WrongCallError:
        return False  # it is something else
    fresh = [row for row in csv.DictReader(io.StringIO(text)) if row["id"] != TAKES]
    known = {(name, cell) for row in fresh for name, cell in row.items()}
    return all(
        name in {"id", *PREFILLED} or (name, cell) in known
        for _place, cells, _columns in found
        for name, cell in cells.items()
    ) and all("id" in columns for _place, _cells, columns in found)
