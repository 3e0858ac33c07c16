"""Rules for names that a policy wants spelt right, in text that others read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from partnerkit.findings import Finding
from partnerkit.policies.fields import NameRule
from partnerkit.policies.policy import Policy
from partnerkit.rules.commands import line
from partnerkit.rules.look import Look
from partnerkit.rules.places import at
from partnerkit.steps import value_at

#: What may stand between the letters of a name without making it another: spaces, breaks, hyphens, invisible ones.
_BETWEEN = "[\\s\u00a0\u00ad\u200b-\u200d\u2060\ufeff_\u2010-\u2015-]*"
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
#: Addresses, in which a name is spelt as machines want it.
_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*://|www\.|mailto:)\S+|\S+@\S+|\b[\w-]+(?:\.[\w-]+)+\S*", re.IGNORECASE)


def names_are_spelt_right(look: Look) -> Iterator[Finding]:
    """Names of the policy are spelt as it says wherever partners or the public read them."""
    for key, rule in look.policy.names.items():
        for path in faced(look.policy, look.record.kind, rule):
            for keys, text in _texts(value_at(look.record.data, path), tuple(path.split("."))):
                for wrong in misspelt(text, rule):
                    message = f"{path} says “{_shown(wrong)}”: the name is written “{rule.name}” ({key})"
                    clauses = rule.clause if isinstance(rule.clause, list) else [rule.clause]
                    clause = ", ".join(look.policy.full(one) for one in clauses)
                    mend = line("set", look.record.id, f"{path}=<{path}>")
                    yield at(look.record, keys, "name-misspelt", message, clause=clause, mend=mend, severity="warning")


def faced(policy: Policy, kind: str, rule: NameRule) -> list[str]:
    """The fields of a kind that partners or the public read."""
    marked = [path for path, spec in policy.fields.get(kind, {}).items() if spec.partner_facing]
    return list(dict.fromkeys([*marked, *rule.fields.get(kind, [])]))


def misspelt(text: str, rule: NameRule) -> list[str]:
    """Every spelling in the text that is wrong, as it stands there, in order."""
    left = _ADDRESS.sub(lambda found: " " * len(found[0]), unicodedata.normalize("NFC", text))
    found = [match[0] for match in _spellings(rule.name).finditer(left)]
    wrong = [one for one in found if one != rule.name]
    return wrong + [one for one in rule.wrong if re.search(rf"(?<!\w){re.escape(one)}(?!\w)", left)]


@lru_cache(maxsize=64)
def _spellings(name: str) -> re.Pattern[str]:
    letters = [re.escape(letter) for letter in name if not letter.isspace()]
    return re.compile(rf"(?<!\w){_BETWEEN.join(letters)}(?!\w)", re.IGNORECASE)


def _shown(text: str) -> str:
    """The spelling as a reader can see it: invisible characters and breaks named."""
    spelt = _INVISIBLE.sub(lambda found: f"<U+{ord(found[0]):04X}>", text)
    return re.sub(r"[\r\n]+", "<line break>", spelt)


def _texts(value: Any, keys: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(value, str):
        yield keys, value
    elif isinstance(value, list):
        for item in value:
            yield from ((keys, text) for _keys, text in _texts(item, keys))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(item, (*keys, str(key)))
