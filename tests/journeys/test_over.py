"""What is begun of something that is over: refused with since when and why; looking back, and cases, stay possible."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import At
from tests.journeys.mentoring import participants, programme
from tests.journeys.telling import pasteable
from tests.place import Place
from tests.story import ACME, DEAL

OLD = ("--reason", "older than the register")
RISK = ("new", "risk", "They come back", "type=financial")
LATER = ("rhythm=monthly", "from=2026-07-01", "until=2026-07-31")
BACK = ("rhythm=annual", "from=2026-01-01", "until=2026-06-30")


@pytest.fixture
def ended(at: At) -> Place:
    """A partnership that ended on 2026-06-30, its agreement with it; a month later."""
    return at("ended", day="2026-08-03")


@pytest.mark.parametrize(
    "words",
    [
        ("new", "review", "July", f"of={ACME}", *LATER),
        ("new", "review", "July", f"of={DEAL}", "rhythm=agreement", *LATER[1:]),
        ("new", "review", "June and July", f"of={ACME}", "rhythm=monthly", "from=2026-06-01", "until=2026-07-31"),
        ("new", "review", "--month", "2026-07", f"of={ACME}"),
        (*RISK, f"of={ACME}"),
        (*RISK, f"of={DEAL}"),
        ("new", "agreement", "Agreement 2027", f"partnership={ACME}"),
    ],
)
def test_what_lasts_is_not_begun_of_what_is_over(ended: Place, words: tuple[str, ...]) -> None:
    said = ended.refuse(*words)
    assert "is over: " in said.err
    assert "since 2026-06-30" in said.err
    assert "nothing changed" in said.err
    assert "    OPS-05-03 §" in said.err
    offered = [line.strip()[2:] for line in said.err.splitlines() if line.strip().startswith("→ ")]
    assert offered
    assert all(pasteable(line) for line in offered), offered


def test_a_review_says_the_last_day_that_it_may_speak_of(ended: Place) -> None:
    said = ended.refuse("new", "review", "July", f"of={ACME}", *LATER)
    assert "the review speaks of a time up to 2026-07-31" in said.err
    words = ("new", "review", "July", f"of={ACME}", "rhythm=monthly")
    assert f"partnerkit {' '.join(words)} from=<review.from> until=2026-06-30" in said.err
    ended.do(*words, "from=2026-06-01", "until=2026-06-30")


def test_to_look_back_stays_possible_to_the_end(ended: Place) -> None:
    """The final report: made after the end, about the time before it; it can be finished as well."""
    ended.do("new", "review", "Final report", f"of={ACME}", "id=final", *BACK)
    ended.do("set", "final", "findings=It was good", "conclusion=end", "figures=[]")
    ended.do("new", "review", "--month", "2026-06", f"of={ACME}")
    ended.do("new", "review", "The agreement", f"of={DEAL}", "rhythm=agreement", "from=2026-04-01", "until=2026-06-30")
    assert [one for one in ended.findings() if one["severity"] == "error"] == []


def test_no_way_round_by_changing_it_afterwards(ended: Place) -> None:
    """The time of which a review speaks cannot be pushed behind the end, nor a risk handed to what is over."""
    ended.do("new", "review", "Final report", f"of={ACME}", "id=final", *BACK)
    assert "acme is over" in ended.refuse("set", "final", "until=2026-07-31").err
    ended.do("set", "final", "until=2026-05-31")
    ended.do("new", "partnership", "Birch", "type=universities")
    ended.do(*RISK, "of=birch", "id=drought")
    assert "acme is over" in ended.refuse("set", "drought", f"of={ACME}").err


def test_a_case_outlives_what_it_concerns(ended: Place) -> None:
    ended.do("new", "case", "They still use our name", f"of={ACME}", "type=brand-misuse", "opened=2026-08-01")


def test_it_holds_on_the_very_day_too(at: At) -> None:
    place = at("ended")
    assert "is over" in place.refuse(*RISK, f"of={ACME}").err
    place.do("new", "review", "Final report", f"of={ACME}", *BACK)


def test_adopted_records_are_taken_as_they_stood(ended: Place) -> None:
    """Older than the partnership in this register: what came about since is made, or refused, like anything else."""
    ended.do(*RISK, f"of={ACME}", "--adopt", "closed", "--since", "2026-01-15", *OLD)
    late = ("--adopt", "closed", "--since", "2026-07-15", *OLD)
    assert "adopted-late" in ended.refuse(*RISK, "id=late", f"of={ACME}", *late).err


def test_of_many_those_that_are_over_are_left_out_and_named(ended: Place) -> None:
    ended.do("new", "partnership", "Birch", "type=universities", "--adopt", "active", "--since", "2026-01-05", *OLD)
    said = ended.do("new", "review", "--month", "2026-07", "--where", "kind=partnership")
    assert "acme is over: ended" in said.out
    assert "it is left out" in said.out
    assert [one["id"] for one in ended.json("list", "review", "--where", "from=2026-07-01")["records"]] == [
        "birch-monthly-review-2026-07"
    ]


def test_where_there_is_a_way_back_it_is_offered(place: Place) -> None:
    place.do("new", "partnership", "Acme", "type=cloud-providers")
    place.do("advance", "acme", "declined", "--reason", "no capacity", day="2026-03-03")
    said = place.refuse("new", "agreement", "Agreement", "partnership=acme", day="2026-03-09")
    assert "acme is over: declined (" in said.err
    assert "since 2026-03-03: no capacity; the agreement cannot begin any more" in said.err
    offered = next(line.strip()[2:] for line in said.err.splitlines() if line.strip().startswith("→ "))
    assert offered == "partnerkit advance acme proposed --reason <reason>"
    assert pasteable(offered)
    place.do("advance", "acme", "proposed", "--reason", "they wrote again", day="2026-03-09")
    place.do("new", "agreement", "Agreement", "partnership=acme", day="2026-03-09")


def test_nothing_begins_of_what_was_taken_back(place: Place) -> None:
    place.do("new", "partnership", "Acme", "type=cloud-providers")
    place.do("undo", "--reason", "a slip")
    for words in (
        (*RISK, "of=acme"),
        ("new", "case", "Crisis", "of=acme", "type=crisis", "opened=2026-03-02"),
        ("new", "review", "Back", "of=acme", "rhythm=annual", "from=2025-01-01", "until=2025-12-31"),
    ):
        assert "acme was taken back on 2026-03-02" in place.refuse(*words, day="2026-03-09").err


@pytest.mark.parametrize(
    ("stage", "asked"), [("completed", False), ("terminated", True), ("rematch", True), ("dropped", False)]
)
def test_a_pairing_that_is_over_is_still_evaluated(tmp_path: Path, stage: str, asked: bool) -> None:
    """MEM-02-03 asks for the evaluation of what ended early: it may be made, whatever time it speaks of."""
    place = programme(tmp_path, decided=False)
    who = participants("p-ada/mentor", "p-max/mentee")
    adopted = ("--adopt", stage, "--since", "2026-02-20", *OLD)
    place.do("new", "pairing", "Knots", "programme=formal", who, *adopted)
    words = ("new", "review", "Evaluation", "of=knots", "from=2026-01-01")
    assert "since 2026-02-20" in place.refuse(*words, "rhythm=mid", "until=2026-03-01").err
    place.do(*words, "rhythm=end", "until=2026-02-20")
    (place.do if asked else place.refuse)(*words, "rhythm=end", "until=2026-03-01")
    place.do("new", "case", "Dispute", "of=knots", "type=dispute", "opened=2026-03-01")


def test_an_appeal_is_of_an_application_that_was_declined(tmp_path: Path) -> None:
    place = programme(tmp_path, decided=False)
    adopted = ("--adopt", "declined", "--since", "2026-02-20", *OLD)
    fields = ("applicant=p-max", "as=mentee", "programmes=formal", "applied=2026-02-01")
    place.do("new", "application", "Mentee", "id=max", *fields, *adopted)
    place.do("new", "case", "Appeal", "of=max", "type=appeal", "opened=2026-03-01")


@pytest.mark.parametrize("stage", ["ended", "declined"])
def test_under_the_mandala_too(tmp_path: Path, stage: str) -> None:
    place = Place(tmp_path)
    place.git("init", "-q", "-b", "main")
    who = ("--person", "p-rosa", "--role", "employee")
    place.do("init", "--name", "Lighthouse", "--policy", "MANDALA-PCP", *who)
    adopted = ("--adopt", stage, "--since", "2026-02-20", *OLD)
    place.do("new", "partnership", "Birch", *adopted)
    assert "birch is over" in place.refuse("new", "agreement", "Deal", "partnership=birch").err
    words = ("new", "review", "Back", "of=birch", "rhythm=regular", "from=2026-01-01")
    assert "birch is over" in place.refuse(*words, "until=2026-02-21").err
    place.do(*words, "until=2026-02-20")
    place.do("new", "case", "A concern", "of=birch", "type=concern", "opened=2026-03-01")
