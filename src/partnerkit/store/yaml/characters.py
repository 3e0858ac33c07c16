"""Characters that no file may hold: those that steer a terminal, reverse the reading, or cannot be seen."""

from __future__ import annotations

import functools
import re

_NONCHARACTERS = "\ufdd0-\ufdef" + "".join(f"{chr(0x10000 * n - 2)}{chr(0x10000 * n - 1)}" for n in range(1, 18))
_CONTROLS = "\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff" + _NONCHARACTERS
_DIRECTIONS = "\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c"
_INVISIBLES = "\u00ad\u200b\u2060-\u2064\u206a-\u206f\ufff9-\ufffb\U000e0000-\U000e007f"

#: What most texts are made of, every character of them.
_PLAIN = bytes([*b"\n", *range(0x20, 0x7F)])


@functools.cache
def refused() -> re.Pattern[str]:
    """Every refused character; joiners (U+200C, U+200D) stay allowed, for some scripts need them.

    To compile it takes longer than to read a record, and most files hold nothing that cannot be printed.
    """
    return re.compile(f"[{_CONTROLS}{_DIRECTIONS}{_INVISIBLES}]")


@functools.cache
def _bidi() -> re.Pattern[str]:
    return re.compile(f"[{_DIRECTIONS}{_INVISIBLES}]")


def clean(text: str) -> bool:
    """Whether a text holds no refused character; all of them are unprintable, which is quick to ask."""
    if text.isascii() and not text.encode().translate(None, _PLAIN):
        return True
    return text.replace("\n", "").isprintable() or refused().search(text) is None


def code(character: str) -> str:
    """The finding code for a refused character."""
    return "yaml-bidi-character" if _bidi().match(character) else "yaml-control-character"


def name(character: str) -> str:
    """What to call a refused character in a message, without printing it."""
    if character == "\t":
        return "a tab"
    kind = "an invisible or text-direction character" if _bidi().match(character) else "a control character"
    return f"{kind} (U+{ord(character):04X})"


def line_column(text: str, place: int) -> tuple[int, int]:
    """Line and column, from 1, of an offset in a text."""
    return text.count("\n", 0, place) + 1, place - text.rfind("\n", 0, place)
