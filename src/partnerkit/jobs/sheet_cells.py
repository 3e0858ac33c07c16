"""What the cells of a spreadsheet mean: days, words, names; each ambiguity is a question, never a guess."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import get_args
from urllib.parse import urlsplit

from partnerkit.jobs.sheet_map import Dates
from partnerkit.kinds.modelled import BaseModel

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YEAR_FIRST = re.compile(r"(\d{4})[./](\d{1,2})[./](\d{1,2})")
_NUMBERS = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})\Z")
_LEGAL = {
    *("gmbh", "ggmbh", "ag", "ev", "ltd", "limited", "inc", "llc", "plc", "cic", "cio", "sa", "sas", "sarl"),
    *("bv", "nv", "oy", "ab", "aps", "srl", "spa", "corp", "co", "kg", "ug", "eg", "pty"),
}
_MONTHS = 12


#: A moment of the day after a day: of a form it counts on which day it was sent.
_HOUR = re.compile(
    r"(?:T|,?\s+)\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?\s*(?:[AaPp]\.?[Mm]\.?)?"
    r"\s*(?:Z|UTC|GMT|[+-]\d{1,2}:?\d{0,2})?(?: [A-Z]{3,4}(?:[+-][\d:]+)?)?\Z"
)

_NUMBER = re.compile(r"(-?\d+)(?:[.,](\d{1,2}))?\s*(?:years?|yrs?|y|hours?|hrs?|h|%)?\Z", re.IGNORECASE)
_YES = {"yes", "y", "true", "x", "✓", "✔", "1", "ja", "oui", "si", "sí"}
_NO = {"no", "n", "false", "none", "-", "0", "nein", "non", "n/a"}

#: What stands before a line of a list.
_BULLET = re.compile(r"\s*(?:[-*•\u2013]|\d{1,2}[.)])\s+")

#: What stands between letters of a word as people write it, and is a hyphen in the register.
_BETWEEN = re.compile(r"[\s_/&-]+")


class Question(Exception):  # noqa: N818 - a question to a person, raised where it arises
    """Something about a cell that only a person can answer."""


def day(text: str, dates: Dates | None) -> str:
    """A day as YYYY-MM-DD.

    Raises:
        Question: it is no day, has two digits for a year, or could be two days and it is not said which.
    """
    text = _HOUR.sub("", text.strip())
    if year_first := _YEAR_FIRST.fullmatch(text):
        text = f"{year_first[1]}-{int(year_first[2]):02}-{int(year_first[3]):02}"
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text).isoformat()
    except ValueError:
        pass
    match = _NUMBERS.match(text)
    if match is None:
        raise Question(f"{text!r} is no day")
    first, second, year = int(match[1]), int(match[2]), match[3]
    if len(year) == len("26"):
        raise Question(f"{text!r}: which century? Write the year with four digits")
    if dates in {None, "iso"} and first <= _MONTHS and second <= _MONTHS and first != second:
        raise Question(f"{text!r} can be two days: say `dates: day-first` or `dates: month-first` in the map")
    month_first = second > _MONTHS if dates in {None, "iso"} else dates == "month-first"
    month, number = (first, second) if month_first else (second, first)
    try:
        return date(int(year), month, number).isoformat()
    except ValueError as error:
        raise Question(f"{text!r} is no day of the calendar") from error


def is_day(model: type[BaseModel], field: str) -> bool:
    """Whether a field of a model holds a day."""
    head, _, rest = field.partition(".")
    info = next((one for name, one in model.model_fields.items() if (one.alias or name) == head), None)
    if info is None:
        return False
    parts = [info.annotation, *get_args(info.annotation)]
    if rest:
        below = next((part for part in parts if isinstance(part, type) and issubclass(part, BaseModel)), None)
        return below is not None and is_day(below, rest)
    return any(part is date or date in get_args(part) for part in parts)


def same_name(name: str) -> str:
    """A name as it counts for being the same: without case, accents, punctuation and legal form."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", " ", plain.replace(".", "")).split()
    return " ".join(word for word in words if word not in _LEGAL) or " ".join(words)


def domain(link: str) -> str | None:
    """The host of a link, without `www.`; None where there is none."""
    host = urlsplit(link if "//" in link else f"//{link}").hostname
    return host.removeprefix("www.") if host and "." in host else None


def yes_or_no(text: str) -> bool | None:
    """What a cell says to a question, where it says yes or no."""
    plain = text.strip().casefold()
    return True if plain in _YES else False if plain in _NO else None


def word(text: str) -> str | None:
    """A word as the register writes it: lower-case, with hyphens; None where letters would be lost, as of C++."""
    plain = unicodedata.normalize("NFKD", text.strip().casefold())
    plain = _BETWEEN.sub("-", "".join(one for one in plain if not unicodedata.combining(one)))
    return plain if re.fullmatch(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?", plain) else None


def number(text: str) -> str | None:
    """A number as records write it, without its unit; None where it is none, or can be read two ways."""
    match = _NUMBER.match(text.strip())
    if match is None:
        return None
    whole = str(int(match[1]))
    return f"{whole}.{match[2]}" if match[2] else whole


def several(text: str, *, in_words: bool = False) -> list[str]:
    """The parts of a cell that lists several things: by line or semicolon, else by comma unless they are sentences."""
    marks = r"[\n;|•]" if re.search(r"[\n;|•]", text) or in_words else r","
    found = [_BULLET.sub("", part, count=1).strip() for part in re.split(marks, text)]
    return list(dict.fromkeys(part for part in found if part))
