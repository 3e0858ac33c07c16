"""How people are reached, found in a text that somebody wrote: e-mail addresses and telephone numbers.

Few false alarms are worth more than the last number: dates, amounts, versions, digests and parts of links are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from partnerkit.pattern import pattern

#: What no number that somebody dials stands directly behind: it goes on a word, a link, a digest, a version.
_APART = r"(?<![\w+.,:/@=&#%~-])"
_ENDS = r"(?![\w@]|[-./,:]\d)"

_USER_OF_A_LINK = pattern(r"(\w://)[^\s/@]*@")
_ADDRESS = pattern(
    r"(?<![\w.+/%@-])(?P<address>[\w](?:[\w.%+'-]*[\w+-])?@(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_]{2,})(?![\w-]|:[^\s])"
)
#: Endings of files, in which no address ends: `logo@2x.png`. Those that are a country's, too, are not among them.
_ENDING = pattern(
    r"\.(?:png|jpe?g|gif|svg|webp|avif|ico|bmp|tiff?|heic|css|scss|less|m?js|cjs|[jt]sx|ts|json|ya?ml|toml|html?|xml|csv|tsv"
    r"|txt|log|pdf|docx?|xlsx?|pptx?|od[tsp]|rtf|git|tgz|gz|tar|bz2?|xz|whl|jar|wasm|min|lock|woff2?|ttf|otf|eot|mp3|mp4|bak)\Z",
    re.IGNORECASE,
)
_DOMAIN = pattern(r"@.+\.[^\W\d_]{2,}\Z")

_NUMBERS = tuple(
    pattern(_APART + number + _ENDS, re.IGNORECASE)
    for number in (
        r"(?:\+|00)[1-9]\d{0,2}(?:[\s./-]?\(0\))?(?:[\s./()-]{0,2}\d){6,13}",  # with the code of a country
        r"\(?0[1-9]\d{0,4}\)?[\s/-]{1,3}\d{2,}(?:[\s/-]\d{2,}){0,4}",  # with the zero that comes before a city's
        r"0[1-9](?:[\s.]\d\d){4}",
        r"0[1-9]\d{8,10}",
        r"(?:\([2-9]\d\d\)\s?|[2-9]\d\d[-.])\d{3}[-.]\d{4}",  # as in North America
    )
)
_MAY_BE = pattern(r"\d[\d\s()./-]{4,}\d")
_LABELLED = pattern(
    r"\b(?:tel(?:ephone|efon)?|phone|mobile|handy|fax|whatsapp|sms)\b[.:]{0,2}\s*(\+?\(?\d[\d\s()./-]{4,18}\d)" + _ENDS,
    re.IGNORECASE,
)
_YEAR, _PART = r"(?:19|20)\d\d", r"[0-3]?\d"
_DAY = pattern(rf"(?<!\d)(?:{_YEAR}[\s./-]{_PART}[\s./-]{_PART}|{_PART}[\s./-]{_PART}[\s./-]{_YEAR})(?!\d)")
_HOURS = pattern(r"[0-2]\d[0-5]\d[\s/-]{1,3}[0-2]\d[0-5]\d")
_OTHER_NUMBER = pattern(
    r"(?:[€$£¥№]|\b(?:EUR|USD|GBP|CHF|ISBN(?:-1[03])?|IBAN|No\.?|Nr\.?)):?\s*\Z|\d\s\Z", re.IGNORECASE
)
_OF_SOMETHING = pattern(r"\s*(?:[€$£¥%]|(?:EUR|USD|GBP|CHF|percent)\b)", re.IGNORECASE)

#: How far in front of a number stands what it is the number of.
_NEAR = 12

#: A telephone number has so many digits.
_FEWEST, _FEWEST_WITHOUT_COUNTRY, _MOST = 8, 9, 15


def may_tell(text: str) -> bool:
    """Whether a text may hold an address or a number: most hold none, and that is seen at once."""
    return "@" in text or _MAY_BE.search(text) is not None


def addresses(text: str) -> Iterator[str]:
    """The e-mail addresses in a text; the user in a link, a repository (`git@host:path`) and a version are none.

    A file that is called by an address (`ann@home.example.pdf`) tells that address; one like `logo@2x.png` tells none.
    """
    if "@" in text:
        for found in _ADDRESS.finditer(_USER_OF_A_LINK.sub(r"\1", text)):
            address = _without_endings(found["address"])
            if _DOMAIN.search(address):
                yield address


def _without_endings(address: str) -> str:
    while ending := _ENDING.search(address):
        address = address[: ending.start()]
    return address


def numbers(text: str) -> Iterator[str]:
    """The telephone numbers in a text: international, as countries write them, or behind a word such as `tel.`."""
    if not _MAY_BE.search(text):
        return
    for found in _LABELLED.finditer(text):
        if not _DAY.fullmatch(found[1]):
            yield found[1]
    for numbers in _NUMBERS:
        for found in numbers.finditer(text):
            if _can_be_dialled(found):
                yield found[0]


def _can_be_dialled(found: re.Match[str]) -> bool:
    digits = sum(character.isdigit() for character in found[0])
    fewest = _FEWEST if found[0].startswith(("+", "00")) else _FEWEST_WITHOUT_COUNTRY
    if not fewest <= digits <= _MOST or _DAY.search(found[0]) or _HOURS.fullmatch(found[0]):
        return False
    before = found.string[max(0, found.start() - _NEAR) : found.start()]
    return not _OTHER_NUMBER.search(before) and not _OF_SOMETHING.match(found.string, found.end())
