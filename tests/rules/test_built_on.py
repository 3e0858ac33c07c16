"""What rests on what was altered: an entry beside the correction, one around the record, and what relies on such a one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from partnerkit.register import Register
from partnerkit.rules.verdict import Entered, Verdict
from tests.obligations.world import World
from tests.policies.fulfil import MOMENT
from tests.rules.families import DAY, FIRST, SECOND, families
from tests.rules.meantime import altered, corrected, found, ids
from tests.rules.verdicts import entry, verdict

BEFORE, AFTER = MOMENT - timedelta(seconds=1), MOMENT + timedelta(seconds=1)


def beside(*entered: Entered, now: Register | None = None, seq: int = 3) -> list[str]:
    """What landed with the correction, and may have been made before it."""
    return ids(found(altered(), corrected(*entered, seq=seq, relies=("acme",)), now=now))


def test_of_one_record_the_numbers_say_what_came_first():
    early, late = entry("a", seq=2, at=AFTER), entry("b", seq=4, at=BEFORE)
    for now in (None, families().register):
        assert beside(early, late, now=now) == ["a"]
        assert beside(early, late, seq=2, now=now) == []


def test_of_two_records_the_moments_say_it():
    [early, same, late] = [entry(str(at), record="deal", at=at, relies=("acme",)) for at in (BEFORE, MOMENT, AFTER)]
    for now in (families().register, replace(families().register, records={}), None):
        known = now is not None and now.records
        assert beside(early, same, late, now=now) == [str(BEFORE), *([] if known else [str(MOMENT)])]
    for gone in ("acme", "deal"):
        now = families().register
        left = replace(now, records={name: one for name, one in now.records.items() if name != gone})
        assert beside(early, same, late, now=left) == [str(BEFORE), str(MOMENT)]


#: The history of the record: the fifth entry is the correction.
HISTORY = ("create", "correct", "move", "move", "correct", "move")


def relying(on: int | None) -> Register:
    """A record of which the second entry relies on one of the corrected one."""
    here = World()
    for id_, count in (("acme", len(HISTORY)), ("other", 3)):
        here.put("partnership", id_, *[(DAY, "active")] * count, name=id_)
    acme, other = (here.records[one].data for one in ("acme", "other"))
    for made, type_ in zip(acme["history"], HISTORY, strict=True):
        made["type"] = type_
    for made in other["history"]:
        made["relies-on"] = {"other": f"{1:016x}"}
    if on is not None:
        other["history"][1]["relies-on"]["acme"] = f"{on:016x}"
    here.add(acme)
    here.add(other)
    return here.register


@pytest.mark.parametrize(
    ("on", "before"), [(None, False), (1, True), (2, False), (3, True), (4, False), (5, False), (6, False), (9, False)]
)
def test_at_one_moment_the_entry_says_it_on_which_it_relies(on, before):
    """What relies on an entry that was not the latest any more when the record was corrected was made earlier."""
    made = entry(f"{2:016x}", record="other", relies=("acme",))
    assert beside(made, entry("f" * 16, record="other", relies=("acme",)), now=relying(on), seq=5) == (
        [made.id] if before else []
    )


def built(*entered: Entered, now: Register | None = None, of: str = "acme", voids: Any = ()) -> list[str]:
    """What was built on a record by what landed while it was altered."""
    steps: list[Verdict] = [verdict(one) for one in entered]
    first = replace(altered(), findings=[replace(altered().findings[0], record=of)])
    return ids(found(verdict(), first, *steps, corrected(record=of), now=now, of=of, voids=voids))


def test_what_passed_a_gate_around_the_record_may_have_asked_about_it():
    now = families().register
    moves = [entry(one, record=one) for one in (*sorted(FIRST | SECOND), "gone")]
    assert built(*moves, now=now, of="pact") == sorted(FIRST)
    assert built(*moves, now=now, of="deal") == sorted(FIRST | SECOND)
    assert built(*moves, of="deal") == ["deal"]
    assert built(*moves, of="gone", now=now) == ["gone"]


def test_what_relied_on_anything_around_the_record_may_have_too():
    now = families().register
    on = [entry(one, record="far", relies=("else", one)) for one in sorted(FIRST | SECOND)]
    for one in on:
        assert built(one, now=now, of="fire") == ([one.id] if one.id in FIRST else [])
        assert built(one, now=now, of="deal") == ([one.id] if one.id in FIRST else [])
        assert built(one, of="deal") == ([one.id] if one.id == "deal" else [])


def test_what_relied_on_that_did_in_turn():
    now = families().register
    first, second = entry("a", record="far", relies=("fire",)), entry("b", record="farther", relies=("far",))
    assert built(first, second, now=now) == ["a", "b"]
    assert built(second, first, now=now) == ["a"]
    counted = entry("c", record="old")
    assert built(counted, entry("d", record="far", relies=("old",)), now=now, of="deal") == ["c", "d"]


def test_what_was_undone_counts_for_nothing_and_what_relied_on_it_meanwhile_for_all_that():
    moved, relied = entry("m"), entry("n", record="far", relies=("acme",))
    undone = entry("u", "undo", undoes="m")
    assert built(moved, undone) == []
    assert built(moved, relied, undone) == ["n"]
    far = entry("f", record="far", relies=("acme",)), entry("g", record="third", relies=("far",))
    assert built(*far, entry("u", "undo", record="far", undoes="f")) == ["g"]
    assert built(undone) == ["u"]
    assert built(moved, replace(undone, record="deal")) == ["m"]
    assert built(moved, replace(undone, undoes=None)) == ["m", "u"]
    assert built(moved, replace(undone, type="move")) == ["m", "u"]


def test_what_was_voided_never_counted_and_nothing_was_built_on_it():
    far = entry("f", record="far", relies=("acme",)), entry("g", record="third", relies=("far",))
    assert built(*far) == ["f", "g"]
    assert built(*far, voids=[("far", "f")]) == []
    assert built(*far, voids=[("third", "f"), ("acme", "g")]) == ["f", "g"]
    assert built(entry("m"), entry("n"), voids=[("acme", "m")]) == ["n"]


@pytest.mark.parametrize(
    ("made", "passes"),
    [
        (entry("m"), True),
        (entry("m", "create"), True),
        (entry("m", "tombstone"), True),
        (entry("m", "correct"), False),
        (entry("m", "migrate"), False),
        (entry("m", "void", undoes="e"), True),
        (entry("m", "void", undoes="e", settles=("e",)), False),
        (entry("m", undoes="e", settles=("e",)), True),
        (entry("m", "undo", undoes="e", settles=("e",)), True),
        (entry("m", "migrate", relies=("acme",)), True),
    ],
)
def test_what_passes_no_gate_asks_nothing(made, passes):
    assert built(made) == (["m"] if passes else [])


def test_a_void_of_what_was_undone_already_passes_something():
    moved, undone = entry("m"), entry("u", "undo", undoes="m")
    assert built(moved, undone, entry("v", "void", undoes="m")) == ["v"]
