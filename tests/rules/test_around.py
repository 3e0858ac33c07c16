"""What stands around a record: what belongs together, what may count it, and what it names."""

from __future__ import annotations

from dataclasses import replace

import pytest

from partnerkit.rules.around import counting_on, kin, named
from tests.rules.families import DAY, FIRST, SECOND, families, risk


@pytest.mark.parametrize("family", [FIRST, SECOND])
def test_what_belongs_to_the_same_record_above_is_around_each_of_it(family):
    now = families().register
    assert [kin(now, one) for one in sorted(family)] == [family] * len(family)


def test_around_what_is_not_there_is_what_belongs_to_it():
    now = families().register
    assert kin(now, "gone") == {"gone"}
    left = replace(now, records={name: one for name, one in now.records.items() if name != "acme"})
    assert kin(left, "fire") == kin(left, "acme") == FIRST


def test_what_belongs_to_itself_ends_somewhere():
    here = families()
    for one, of in (("a", "b"), ("b", "c"), ("c", "b"), ("d", "d")):
        risk(here, one, of)
    now = here.register
    assert [kin(now, one) for one in "abcd"] == [{"a", "b", "c"}] * 3 + [{"d"}]


def test_what_a_record_names_may_count_it_and_what_is_around_that():
    now = families().register
    assert counting_on(now, "deal") == FIRST | SECOND
    assert counting_on(now, "pact") == FIRST
    assert counting_on(now, "old") == SECOND
    assert counting_on(now, "gone") == {"gone"}
    left = replace(now, records={name: one for name, one in now.records.items() if name != "old"})
    assert counting_on(left, "deal") == FIRST


def test_a_record_names_what_its_fields_name_but_not_that_to_which_it_belongs():
    here = families()
    people = [{"id": "p-eve", "as": "mentor", "application": "one"}, {"id": "p-mia", "as": "mentee"}]
    here.put("pairing", "next", (DAY, "running"), title="Next", programme="formal", participants=people, rematch_of="a")
    now = here.register
    names = {name: named(now, one) for name, one in now.records.items()}
    assert {name: one for name, one in names.items() if one} == {"deal": {"old"}, "next": {"a", "one"}}
    [deal] = [one for name, one in now.records.items() if name == "deal"]
    assert named(replace(now, policies={}), deal) == frozenset()
