"""What an unquoted scalar means, in the dialect that every YAML reader reads alike."""

from __future__ import annotations

import re
from enum import Enum
from typing import Final, TypeAlias

from partnerkit.pattern import pattern

Meaning: TypeAlias = str | int | bool | None


class Unclear(Enum):
    """The type of `UNCLEAR`."""

    UNCLEAR = "unclear"


#: An unquoted scalar which YAML readers type differently.
UNCLEAR: Final = Unclear.UNCLEAR

_WORDS: dict[str, Meaning] = {"": None, "null": None, "true": True, "false": False}
_UNCLEAR_WORDS = frozenset({"yes", "no", "on", "off", "y", "n", "true", "false", "null", "~", "=", "<<"})
_LONGEST_WORD = 5
_MOST_DIGITS = 18

#: Nothing else can start a word or a number that some reader does not take for text.
SUSPECT = frozenset("0123456789+-.~=<yYnNtTfFoO")

_INTEGER = pattern(r"-?(?:0|[1-9][0-9]*)")
_TEXT = pattern(
    r"-?(?:0|[1-9][0-9]*)\.[0-9]+"
    r"|[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"(?:T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z|[-+][0-9]{2}:[0-9]{2})?)?"
)
_NUMBER = pattern(
    r"[-+]?(?:"
    r"0b[01_]+|0o[0-7_]+|0x[0-9a-f_]+"
    r"|[0-9][0-9_,]*(?:\.[0-9_]*)?(?:e[-+]?[0-9]+)?"
    r"|\.[0-9_]+(?:e[-+]?[0-9]+)?"
    r"|[0-9][0-9_]*(?::[0-9]{1,2})+(?:\.[0-9_]*)?"
    r"|\.inf|\.nan)",
    re.IGNORECASE,
)
_TIME = pattern(
    r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}"
    r"(?:(?:[Tt]| +)[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]*)?)?(?: *(?:[Zz]|[-+][0-9]{1,2}(?::?[0-9]{2})?))?)?"
)


def meaning(text: str) -> Meaning | Unclear:
    """What an unquoted scalar means, or `UNCLEAR` where readers disagree.

    Nothing, `null`, `true`, `false` and whole numbers mean themselves; all else is text, decimals and dates too.
    """
    if text and text[0] not in SUSPECT:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if len(text) <= _LONGEST_WORD and text.lower() in _UNCLEAR_WORDS:
        return UNCLEAR
    return _number(text)


def _number(text: str) -> Meaning | Unclear:
    if _TEXT.fullmatch(text):
        return text
    if _INTEGER.fullmatch(text):
        return int(text) if len(text.lstrip("-")) <= _MOST_DIGITS else UNCLEAR
    return UNCLEAR if _NUMBER.fullmatch(text) or _TIME.fullmatch(text) else text
