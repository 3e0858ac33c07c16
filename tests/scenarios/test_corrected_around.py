"""A correction settles nothing on which a gate elsewhere may rest, and the audit prints how to come out of that."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import At
from tests.place import Place
from tests.scenarios.amending import errors, under_charter
from tests.scenarios.cheat import commit, forge
from tests.scenarios.landing import audited
from tests.scenarios.mending import mended
from tests.scenarios.test_corrections import WHY, altered
from tests.scenarios.test_voids import latest

QUARREL = "records/cases/quarrel.yaml"
COUNTED = (
    (
        "why:\n",
        "peace:\n    clause: §1/promise\n    named-by: {kind: case, by: concerns, in: [open], at-most: 0}\n  why:\n",
    ),
    ("needs: [promise]", "needs: [promise, peace]"),
    (
        "    proposer: {type: person",
        "    concerns: {type: record, clause: §2/known, title: With whom it is.}\n    proposer: {type: person",
    ),
)


def in_quarrel(root: Path) -> Place:
    """An offer that is promised only where no quarrel names it; and there is one, which belongs to something else."""
    place = under_charter(root, *COUNTED)
    place.do("new", "partnership", "Mill", "id=mill", "proposer=p-lea")
    place.do("set", "mill", "objectives=[{id: o1, text: Flour}]")
    place.do("advance", "mill")
    place.do(
        "new", "case", "Quarrel", "id=quarrel", "of=CHARTER-1", "type=quarrel", "opened=2026-03-02", "concerns=mill"
    )
    place.do("approve", "mill", "promise", by="p-jonas")
    assert "peace" in place.refuse("advance", "mill").err
    return place


def test_a_record_that_was_counted_is_not_hidden_and_brought_back(tmp_path: Path) -> None:
    """No entry names what a gate did not count, and it does not belong there either."""
    place = in_quarrel(tmp_path / "register")
    raw = (place.root / QUARREL).read_bytes()
    place.git("rm", "-q", QUARREL)
    place.git("commit", "-qm", "gone")
    place.do("advance", "mill")
    (place.root / QUARREL).parent.mkdir(exist_ok=True)
    (place.root / QUARREL).write_bytes(raw)
    commit(place)
    place.do("undo", "quarrel", "--correct", *WHY)
    found = audited(place)["findings"]
    assert errors(found) == ["record-deleted"]
    (mine,) = [one for one in found if one["severity"] == "error"]
    void = f"partnerkit undo {latest(place, 'mill')} --void --reason <reason>, by somebody else than p-rosa,"
    assert f"{void} where it may rest on what was altered" in mine["mend"]
    assert mended(place)
    assert place.json("show", "mill")["stage"] == "checked"


def test_what_only_begins_beside_a_slip_stays_and_the_slip_is_settled(at: At) -> None:
    place = at("agreement")
    altered(place)
    place.do("new", "risk", "Another", "of=acme", "type=financial", "id=another")
    place.do("undo", "acme", "--correct", *WHY)
    found = audited(place)
    assert found["proven"], errors(found["findings"])


def test_what_moved_beside_a_slip_is_taken_back_as_it_is_printed(at: At) -> None:
    place = at("agreement")
    place.do("new", "risk", "Another", "of=acme", "type=financial", "id=another")
    place.do("set", "another", "analysis=It may rain", "owner=p-rosa")
    place.do("add", "another", "assessments", "likelihood=2", "impact=4", "why=seen before")
    altered(place)
    place.do("advance", "another")
    place.do("undo", "acme", "--correct", *WHY)
    found = audited(place)["findings"]
    assert {"locked-field-changed", "content-differs"} == set(errors(found))
    assert all(latest(place, "another") in one["mend"] for one in found if one["severity"] == "error")
    assert mended(place)
    assert place.json("show", "acme")["stage"] == "agreement"


def test_what_takes_over_what_was_altered_was_built_on_it(at: At) -> None:
    """A renewal begins with the text of what it renews."""
    place = at("in-force")
    place.edit("acme-2026", "50000 build minutes", "5 build minutes")
    commit(place)
    place.do("new", "agreement", "renews=acme-2026", "id=acme-2027")
    place.do("undo", "acme-2026", "--correct", *WHY)
    assert "locked-field-changed" in errors(audited(place)["findings"])


def reopened(at: At) -> Place:
    """Somebody lands a way back from an end that there is not."""
    place = at("ended", day="2026-11-20")
    forge(place, "acme", "active", day="2026-11-20", reason="so")
    commit(place)
    return place


LATE = ("new", "risk", "Late one", "of=acme", "type=financial", "id=late")


def test_nothing_is_begun_of_what_is_over_under_an_entry_that_is_voided_then(at: At) -> None:
    place = reopened(at)
    bad = latest(place)
    place.do(*LATE, day="2026-11-21")
    said = place.refuse("undo", bad, "--void", *WHY, by="p-jonas", day="2026-11-22").err
    assert "relied-on" in said
    assert "acme is over: ended" in said
    assert f"partnerkit undo {latest(place, 'late')} --void" in said
    forge(place, "acme", "ended", type_="void", undoes=bad, reason="so", by="p-jonas", day="2026-11-22")
    commit(place)
    assert "relied-on" in errors(audited(place)["findings"])


def test_what_was_begun_so_is_voided_first_as_it_is_printed(at: At) -> None:
    place = reopened(at)
    place.do(*LATE)
    assert mended(place)
    assert place.json("show", "acme")["stage"] == "ended"
    assert place.json("show", "late")["stage"] == "void"


def test_nothing_is_begun_on_a_day_on_which_only_a_voided_entry_hid_the_end(at: At) -> None:
    place = reopened(at)
    place.do("undo", latest(place), "--void", *WHY, by="p-jonas", day="2026-11-22")
    assert "subject-over" in place.refuse(*LATE, day="2026-11-21").err
