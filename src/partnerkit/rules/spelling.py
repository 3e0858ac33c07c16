"""Names that a policy knows, as they stand in text that partners or the public read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from partnerkit.pattern import pattern
from partnerkit.policies.fields import FieldSpec, NameRule
from partnerkit.policies.policy import Policy

#: Characters that nobody sees: soft hyphens, joiners, marks of direction, selectors of variants, and the like.
_UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
)
#: What may stand between the letters of a name without making it another: spaces, breaks, hyphens, what is unseen.
_BETWEEN = rf"[\s._\u2010-\u2015{_UNSEEN}-]*"
_INVISIBLE = pattern(f"[{_UNSEEN}]")
#: Addresses, in which a name is spelt as machines want it: links, hosts and what follows them, e-mails, handles.
_ADDRESS = pattern(
    r"(?:[a-z][a-z0-9+.-]*://|www\.|mailto:)\S+"
    r"|[\w.+-]*@[\w-]+(?:\.[\w-]+)*(?:[:/]\S+)?"
    r"|(?<![\w.-])(?:[\w-]+\.)+(?-i:[a-z]{2,24}|[A-Z]{2,24})(?!\w)(?:[:/?#]\S*)?",
    re.IGNORECASE,
)


def faced(policy: Policy, kind: str, rule: NameRule) -> list[str]:
    """The fields of a kind that partners or the public read."""
    marked = [
        path for spec_path, spec in policy.fields.get(kind, {}).items() for path in _partner_facing(spec_path, spec)
    ]
    return list(dict.fromkeys([*marked, *rule.fields.get(kind, [])]))


def _partner_facing(path: str, spec: FieldSpec) -> Iterator[str]:
    if spec.partner_facing:
        yield path
        return
    for key, part in (spec.fields or {}).items():
        yield from _partner_facing(f"{path}.{key}", part)


def misspelt(text: str, rule: NameRule) -> list[str]:
    """Every spelling in the text that is wrong, as it stands there, in order."""
    left = _without_addresses(text)
    return [one for one in _spelt(left, rule) if one != rule.name] + _there(left, rule.wrong)


def mentions(text: str, rule: NameRule) -> list[str]:
    """Every mention of the name in the text, spelt right or wrong, or by a form that it is known by."""
    left = _without_addresses(text)
    return _spelt(left, rule) + _there(left, [*rule.wrong, *rule.known_as])


def _without_addresses(text: str) -> str:
    return _ADDRESS.sub(lambda found: " " * len(found[0]), unicodedata.normalize("NFC", text))


def _spelt(text: str, rule: NameRule) -> list[str]:
    return [match[0] for match in _spellings(rule.name).finditer(text)]


def _there(text: str, forms: list[str]) -> list[str]:
    return [one for one in forms if re.search(rf"(?<!\w){re.escape(one)}(?!\w)", text)]


@lru_cache(maxsize=64)
def _spellings(name: str) -> re.Pattern[str]:
    letters = [re.escape(letter) for letter in name if not letter.isspace()]
    return re.compile(rf"(?<!\w){_BETWEEN.join(letters)}(?!\w)", re.IGNORECASE)


def shown(text: str) -> str:
    """The spelling as a reader can see it: invisible characters and breaks named."""
    spelt = _INVISIBLE.sub(lambda found: f"<U+{ord(found[0]):04X}>", text)
    return re.sub(r"[\r\n]+", "<line break>", spelt)
