"""Rules for words: values that a policy knows to be right, and words that it does not want in records."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from partnerkit.findings import Finding
from partnerkit.kinds.classified import is_reference, prose
from partnerkit.kinds.problems import did_you_mean
from partnerkit.kinds.record import FIXED
from partnerkit.kinds.statements import STATEMENT_LISTS
from partnerkit.policies.policy import Policy
from partnerkit.policies.values import clause_list
from partnerkit.register import Keys, RecordFile
from partnerkit.rules.commands import withdrawing
from partnerkit.rules.look import Look
from partnerkit.rules.places import at
from partnerkit.rules.texts import APPENDED, set_anew, settable, texts_at
from partnerkit.steps import statements


def values_are_known(look: Look) -> Iterator[Finding]:
    """A value is one of those that the policy knows to be right for its field; else it deserves a second look."""
    for path, spec in look.policy.known.get(look.record.kind, ()):
        for keys, text in texts_at(look.record.data, path):
            if text in (spec.known or []):
                continue
            message = f"{settable(look.record.data, keys)} is “{text}”{_near(text, spec.known or [])}. {spec.otherwise}"
            mend = set_anew(look.record, keys)
            clause = _cited(look.policy, spec.clause)
            yield at(look.record, keys, "value-unknown", message, clause=clause, mend=mend, severity="warning")


def _near(text: str, known: list[str]) -> str:
    """Which of the known values may have been meant, whatever the case."""
    folded = {one.casefold(): one for one in known}
    if text.casefold() in folded:
        return f"; did you mean {folded[text.casefold()]}?"
    found = did_you_mean(text.casefold(), folded)
    return re.sub(r"[^ ?;]+", lambda word: folded.get(word[0], word[0]), found)


def words_are_welcome(look: Look) -> Iterator[Finding]:
    """No word stands in a record that the policy does not want there; what was withdrawn or is history stays."""
    for rule in look.policy.wording.values():
        for keys, text in _spoken(look.record):
            if is_reference(text):
                continue
            for found in _unwelcome(tuple(rule.words)).finditer(text):
                message = f"{settable(look.record.data, keys)} says “{found[0]}”. {rule.why}"
                mend, clause = _mend(look.record, keys), _cited(look.policy, rule.clause)
                yield at(look.record, keys, "word-unwelcome", message, clause=clause, mend=mend, severity="warning")


def _spoken(record: RecordFile) -> Iterator[tuple[Keys, str]]:
    """Every text of the fields, names and ids too, and the prose of statements that were not withdrawn."""
    for key in (one for one in record.data if one not in FIXED):
        yield from texts_at(record.data, key)
    for keys, text in prose(type(record.model), record.data):
        if keys[0] in STATEMENT_LISTS and "withdrawn" not in record.data[str(keys[0])][int(keys[1])]:
            yield keys, text


@lru_cache(maxsize=64)
def _unwelcome(words: tuple[str, ...]) -> re.Pattern[str]:
    found = (r"[\s-]+".join(re.escape(part) for part in word.split()) for word in words)
    return re.compile(rf"(?<!\w)(?:{'|'.join(found)})(?!\w)", re.IGNORECASE)


def _mend(record: RecordFile, keys: Keys) -> str:
    """The line that takes it out: a field is set anew, a statement withdrawn."""
    if keys[0] not in APPENDED:
        return set_anew(record, keys)
    return withdrawing(record.id, next(one.said for one in statements(record) if (one.group, one.index) == keys[:2]))


def _cited(policy: Policy, clause: str | list[str]) -> str:
    return ", ".join(policy.full(one) for one in clause_list(clause))
