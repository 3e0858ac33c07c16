"""Sentences for readers of a level: no record of which they may not know, and nothing of a field that was taken out."""

from __future__ import annotations

import pytest

from partnerkit.rules.masking import NOT_SHOWN
from partnerkit.rules.sight import Sight
from partnerkit.rules.withholding import ADDRESS, WITHHELD, Withholding, withholding
from tests.rules.bench import register
from tests.rules.test_sight import here, with_others

SAYS = "vault/budget"


@pytest.fixture(scope="module")
def kept() -> Withholding:
    """Of a record with a confidential budget, beside one that is confidential as a whole."""
    every = with_others(register(here()), {"secret-one": {"classification": "confidential"}, "known": {}})
    sight = Sight(every, "internal")
    one = every.records["subject"]
    seen = sight.seen(one)
    assert seen is not None
    return withholding(sight, [(one, seen)])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("known waits for secret-one", f"known waits for {NOT_SHOWN}"),
        ("records/partnerships/secret-one.yaml:3", f"records/partnerships/{NOT_SHOWN}.yaml:3"),
        ("secret-ones are others, and a-secret-one is not", f"secret-ones are others, and a-{NOT_SHOWN} is not"),
        (f"budget is {SAYS!r}, expected: a number", WITHHELD),
        (f"{SAYS}s is another", f"{SAYS}s is another"),
        ("c1:00ff is a digest", "c1:00ff is a digest"),
    ],
)
def test_a_sentence_says_nothing_that_its_readers_may_not_know(kept, text, told):
    assert kept.told(text) == told
    assert kept.retold({"a": [text, 3], "b": {"c": text}}) == {"a": [told, 3], "b": {"c": told}}


def test_addresses_go_where_the_audit_names_people_by_them(kept):
    text = "p-jonas joins, recognised by jonas@lighthouse.example; p-lea by lea@x.example."
    assert kept.unaddressed(text) == f"p-jonas joins, recognised by {ADDRESS}; p-lea by {ADDRESS}."
    assert kept.told(text) == text
