"""Text that somebody looks for in all its spellings, to take it out: where it stands, and where it nearly does."""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property
from typing import Any

from partnerkit.dataclass import dataclass
from partnerkit.kinds.canonical import digest
from partnerkit.kinds.expunging import composed, marker

#: A spelling of one character would stand everywhere.
SHORTEST = 2

#: In an expression over bytes: no letter, digit or underscore before or after, in UTF-8 of two or three bytes.
_NO_LETTER_BEFORE = rb"(?<![0-9A-Za-z_])(?<![\xc3-\xdf][\x80-\xbf])(?<![\xe0\xe1\xe3-\xed][\x80-\xbf][\x80-\xbf])"
_NO_LETTER_AFTER = rb"(?![0-9A-Za-z_]|[\xc3-\xdf][\x80-\xbf]|[\xe0\xe1\xe3-\xed][\x80-\xbf][\x80-\xbf])"


@dataclass(frozen=True)
class Sought:
    """What is looked for.

    Attributes:
        spellings: the text as it may stand, letter by letter; spaces stand for any white space.
        inside_words: whether it counts inside a longer word too.
    """

    spellings: tuple[str, ...]
    inside_words: bool = False

    def found(self, text: str) -> bool:
        """Whether it stands in a text."""
        return self._whole.search(composed(text)) is not None

    def stands_in(self, raw: bytes) -> bool:
        """Whether it stands in the bytes of a file, be it with the escapes of a quoted text of YAML."""
        if self.found(raw.decode("utf-8", "replace")):
            return True
        return (b"\\" in raw or b"''" in raw) and any(one.search(raw) for one in self._raw)

    def taken_out(self, text: str, expunging_id: str) -> str:
        """A text with the marker of an expunging wherever it stood."""
        return self._whole.sub(marker(expunging_id), composed(text))

    def nearly(self, text: str) -> bool:
        """Whether it stands inside a longer word, or in letters of another size, once it was taken out."""
        return self._nearly.search(composed(self._whole.sub(" ", composed(text)))) is not None

    def names(self, name: str) -> bool:
        """Whether the name of a file, a branch or a tag holds it: whatever the case, accents, and what joins words."""
        return self._named.search(_bare(name)) is not None

    def masked(self, name: str) -> str:
        """Such a name without it, to be shown."""
        found, at = [], 0
        for one in self._named.finditer(_bare(name)):
            found += [composed(name)[at : one.start()], "…"]
            at = one.end()
        return "".join([*found, composed(name)[at:]])

    def digest(self, salt: str) -> str:
        """The digest by which whoever has the salt and the text can show that this was it."""
        return digest({"salt": salt, "spellings": sorted(map(composed, self.spellings))})

    def expressions(self, expunging_id: str) -> bytes:
        """The same search over bytes, for `git filter-repo --replace-text`."""
        return b"".join(b"regex:%s==>%s\n" % (one.pattern, marker(expunging_id).encode()) for one in self._raw)

    @cached_property
    def _raw(self) -> list[re.Pattern[bytes]]:
        forms = {unicodedata.normalize(form, one) for one in self.spellings for form in ("NFC", "NFD")}
        return [re.compile(self._bounded(one)) for one in sorted(forms, key=lambda one: (-len(one), one))]

    def _bounded(self, spelling: str) -> bytes:
        words = rb"\s+".join(b"".join(map(_as_written, word)) for word in spelling.split())
        if self.inside_words:
            return words
        first, last = _is_letter(spelling[0]), _is_letter(spelling[-1])
        return (_NO_LETTER_BEFORE if first else b"") + words + (_NO_LETTER_AFTER if last else b"")

    @cached_property
    def _whole(self) -> re.Pattern[str]:
        return re.compile("|".join(map(self._pattern, sorted(self.spellings, key=len, reverse=True))))

    @cached_property
    def _nearly(self) -> re.Pattern[str]:
        return re.compile("|".join(map(_words, self.spellings)), re.IGNORECASE)

    @cached_property
    def _named(self) -> re.Pattern[str]:
        first, last = ("", "") if self.inside_words else (r"(?<![^\W_])", r"(?![^\W_])")
        words = (r"[\W_]*".join(re.escape(word) for word in _bare(one).split()) for one in self.spellings)
        return re.compile("|".join(f"{first}{one}{last}" for one in words), re.IGNORECASE)

    def _pattern(self, spelling: str) -> str:
        words = _words(spelling)
        if self.inside_words:
            return words
        first, last = _is_letter(spelling[0]), _is_letter(spelling[-1])
        return (r"(?<!\w)" if first else "") + words + (r"(?!\w)" if last else "")


def _as_written(character: str) -> bytes:
    """An expression for a character as it stands in a file, also where YAML quotes it."""
    if character in "'\"":
        return b"''?" if character == "'" else rb'\\?"'
    plain, number = re.escape(character.encode()), ord(character)
    if character.isascii():
        return plain
    forms = [
        f"U{number:08x}",
        *([f"u{number:04x}"] if number < 1 << 16 else []),
        *([f"x{number:02x}"] if number < 1 << 8 else []),
    ]
    return rb"(?:%s|\\(?i:%s))" % (plain, "|".join(forms).encode())


def _words(spelling: str) -> str:
    return r"\s+".join(re.escape(word) for word in composed(spelling).split())


def _bare(text: str) -> str:
    """A text with each letter as it is without its accent."""
    return "".join(unicodedata.normalize("NFD", one)[0] for one in composed(text))


def _is_letter(character: str) -> bool:
    return re.match(r"\w", character) is not None


def replaced(value: Any, sought: Sought, expunging_id: str) -> Any:
    """Parsed YAML with the marker of an expunging wherever a text stood; keys stay."""
    if isinstance(value, str):
        return sought.taken_out(value, expunging_id) if sought.found(value) else value
    if isinstance(value, dict):
        return {key: replaced(part, sought, expunging_id) for key, part in value.items()}
    if isinstance(value, list):
        return [replaced(part, sought, expunging_id) for part in value]
    return value
