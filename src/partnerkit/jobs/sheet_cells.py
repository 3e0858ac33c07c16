"""What the cells of a spreadsheet mean: days, words, names; each ambiguity is a question, never a guess."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import get_args
from urllib.parse import urlsplit

from pydantic import BaseModel

from partnerkit.jobs.sheet_map import Dates

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBERS = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})\Z")
_LEGAL = {
    *("gmbh", "ggmbh", "ag", "ev", "ltd", "limited", "inc", "llc", "plc", "cic", "cio", "sa", "sas", "sarl"),
    *("bv", "nv", "oy", "ab", "aps", "srl", "spa", "corp", "co", "kg", "ug", "eg", "pty"),
}
_MONTHS = 12


class Question(Exception):  # noqa: N818 - a question to a person, raised where it arises
    """Something about a cell that only a person can answer."""


def day(text: str, dates: Dates | None) -> str:
    """A day as YYYY-MM-DD.

    Raises:
        Question: it is no day, has two digits for a year, or could be two days and it is not said which.
    """
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text).isoformat()
    except ValueError:
        pass
    match = _NUMBERS.match(text.strip())
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
