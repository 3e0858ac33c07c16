"""How wide text is, before anybody draws it: as in the widest of the usual fonts, so that nothing is clipped."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import accumulate

from partnerkit.reports.encode import terminal

#: How many characters of a text are looked at: no line of a chart holds more.
_LOOKED_AT = 400

#: What stays together when a line is broken: a word, or as much of it as ends with a hyphen or a slash.
_PIECE = re.compile(r"[^\s/-]*[/-]+|[^\s/-]+\s*|\s+")

#: Characters by their width as a share of the size of the font; the first of these that a character is among.
_SHARES = ((frozenset("ijl.,:;'|! fIrt-/()[]"), 0.41), (frozenset("mwMW@%—…"), 1.02))
#: How much wider letters are that are strong.
_STRONG = 1.15

_LATIN, _AS_WIDE_AS_HIGH = 0x180, 0x2E80


@lru_cache(maxsize=1024)
def _share(char: str) -> float:
    """The width of a character, as a share of the size of the font."""
    code = ord(char)
    if code >= _AS_WIDE_AS_HIGH:
        return 1.02
    if unicodedata.combining(char):
        return 0.0
    usual = 0.78 if char.isupper() or code >= _LATIN else 0.64
    return next((share for chars, share in _SHARES if char in chars), usual)


def width(text: str, size: float, *, strong: bool = False) -> float:
    """How wide a line of text is at a size of font, at most."""
    return sum(map(_share, text)) * size * (_STRONG if strong else 1)


def plain(text: str) -> str:
    """A text as it is shown: what acts or directs is visible, and so has a width."""
    return " ".join(terminal(text).split())


def clip(text: str, room: float, size: float) -> str:
    """As much of a text as has room, as a reader will see it; `…` where something is left out."""
    head = plain(text[:_LOOKED_AT])
    if len(text) <= _LOOKED_AT and width(head, size) <= room:
        return head
    ends = accumulate(map(_share, head), initial=_share("…"))
    fitting = sum(1 for end in ends if end * size <= room)
    return head[: max(fitting - 1, 0)].rstrip() + "…"


def pieces(text: str) -> list[str]:
    """What stays together when a text is broken into lines."""
    return _PIECE.findall(plain(text[:_LOOKED_AT])) or [""]


def wrap(text: str, room: float, size: float, most: int, *, strong: bool = False) -> list[str]:
    """A text in at most so many lines, broken between words, after hyphens and slashes; what has no room is clipped."""
    room /= _STRONG if strong else 1
    lines: list[str] = []
    left = pieces(text)
    while left and len(lines) < most - 1:
        taken = 1
        while taken < len(left) and width("".join(left[: taken + 1]).rstrip(), size) <= room:
            taken += 1
        lines.append(clip("".join(left[:taken]), room, size))
        left = left[taken:]
    if left:
        more = "…" * (len(text) > _LOOKED_AT)
        lines.append(clip("".join(left) + more, room, size))
    return lines
