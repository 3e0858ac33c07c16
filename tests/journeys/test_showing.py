"""`show`: what is due of a record, as `today` tells it of all; what belongs to it; where to go on."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from partnerkit.jobs.owed import owed_by
from partnerkit.kinds.duration import Duration
from partnerkit.obligations.gathered import obligations, outlook
from partnerkit.store.git.repository import Git
from partnerkit.store.git.trees import WorkingTree
from partnerkit.store.load import load
from tests.conftest import At
from tests.place import Place
from tests.story import ACME


@pytest.mark.parametrize("day", [date(2026, 5, 4), date(2026, 11, 20), date(2028, 2, 29)])
def test_what_a_record_owes_is_what_the_whole_register_says_of_it(few: Path, day: date) -> None:
    """Though only the records are read that it has to do with."""
    loaded = load(WorkingTree(Git.discover(few)))
    whole = loaded.demand()
    wanted = defaultdict(list)
    for one in obligations(outlook(whole, day, Duration.parse("P30D"))):
        wanted[one.record].append(one)
    sparing = replace(whole, mentioning=loaded.records.mentioning)
    for record in whole.of_kind(None):
        assert owed_by(sparing, record, day) == wanted[record.id]
    assert sum(len(found) for name, found in wanted.items() if name in whole.records) > 3


def test_show_tells_what_is_due_and_how_to_do_it(few: Path) -> None:
    place = Place(few, day="2026-11-20")
    said = place.do("show", "northwind-cloud-cooperative").out
    assert "stage active (The partnership runs) since 2026-04-01, for 233 days" in said
    assert "  !  Monthly review  203 days late, since 2026-05-01" in said
    assert "partnerkit new review 'Quarterly report to 2026-09-30' of=northwind-cloud-cooperative" in said
    told = [
        one for one in place.json("today", "--all")["obligations"] if one["record"] == "northwind-cloud-cooperative"
    ]
    assert place.json("show", "northwind-cloud-cooperative")["obligations"] == told


def test_what_is_due_now_is_not_told_of_former_days(at: At) -> None:
    place = at("active")
    assert place.json("show", ACME, day="2026-12-01")["obligations"]
    assert place.json("show", ACME, "--as-of", "HEAD", day="2026-12-01")["obligations"] == []
    assert "What is due" not in place.do("show", ACME, "--as-of", "HEAD", day="2026-12-01").out


def test_show_leads_on_to_what_the_record_can_do(at: At) -> None:
    place = at("proposed")
    assert place.do("show", ACME).out.endswith("\nNext: partnerkit gates acme\n")
    place.do("new", "agreement", "One", "partnership=acme", "id=one")
    place.do("advance", "one", "dropped", "--reason", "never mind")
    assert place.do("show", "one").out.endswith("\nNext: partnerkit log one\n"), "no way leads on from there"
