"""The figures of a programme through the command: what they are, from which files, and in the review of the year."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.mentoring import MENTOR, participants
from tests.journeys.telling import Teller
from tests.made import Made, copied
from tests.place import Place

SINCE = ("--adopt", "active", "--since", "2025-11-03", "--reason", "begun before the register")


@pytest.fixture(scope="session")
def _cohort(made: Made, _programme: Path) -> Path:
    return made.on("cohort", _programme, paired)


@pytest.fixture
def cohort(_cohort: Path, tmp_path: Path) -> Teller:
    """Six pairings that run, one of them of peers, and one that was never more than proposed."""
    copied(_cohort, tmp_path / "programme")
    return Teller(Place(tmp_path / "programme"), policy="MEM-02-03", record=MENTOR)


def paired(place: Place) -> None:
    for number in range(5):
        people = participants(f"p-ada{number % 3}/mentor", f"p-max{number}/mentee")
        place.do("new", "pairing", f"Pair {number}", f"id=pair-{number}", "programme=formal", people, *SINCE)
    peers = participants("p-lio/peer", "p-ravi/peer")
    place.do("new", "pairing", "Peers", "id=peers", "programme=peer", peers, *SINCE)
    place.do("new", "pairing", "Not yet", "id=not-yet", "programme=formal", participants("p-a/mentor", "p-b/mentee"))


def test_each_figure_says_what_it_is_and_what_it_is_made_of(cohort: Teller) -> None:
    said = cohort.do("policy", "figures", "--period", "2026-Q1", "--explain").out
    assert "MEM-02-03 · 2026-Q1: 2026-01-01 to 2026-03-31, so far (up to 2026-03-02)" in said
    assert "Active mentors  3 mentors" in said
    assert "each counted once.  §9.1.1/mentor-participation" in said
    assert "counted   p-ada0  records/pairings/pair-0.yaml, records/pairings/pair-3.yaml" in said
    assert "left out  peers   records/pairings/peers.yaml: none of its participants where as is mentor" in said
    assert "not there in that time: 1 of kind pairing" in said
    assert "Mentors who stayed  withheld: it would tell of fewer than 5 people, by itself or by subtraction" in said
    assert "    over      p-ada0  records/pairings/pair-0.yaml" in said
    assert "Mentees who completed  insufficient data: nothing to count it over" in said
    assert "Growth  0 participants" in said


def test_the_same_for_other_programs_and_by_name(cohort: Teller) -> None:
    data = cohort.place.json(
        "policy", "figures", "MEM-02-03", "--period", "2025", "--explain", "--figure", "active-mentees"
    )
    assert data.keys() == {"schema", "policy", "period", "from", "until", "so_far", "fewest", "broken", "figures"}
    assert (data["schema"], data["from"], data["until"], data["so_far"], data["fewest"]) == (
        *("partnerkit.figures/1", "2025-01-01", "2025-12-31", None, 5),
    )
    [figure] = data["figures"]
    assert (figure["id"], figure["state"], figure["value"], figure["why"]) == ("active-mentees", "told", "5", None)
    assert figure["counted"][0] == {"part": "counted", "what": "p-max0", "files": ["records/pairings/pair-0.yaml"]}
    assert [one["id"] for one in figure["left_out"]] == ["peers"]
    assert figure["elsewhere"] == 1
    short = cohort.place.json("policy", "figures", "--period", "2025", "--figure", "mentor-retention")["figures"][0]
    assert (short["state"], short["value"], short["over"]) == ("insufficient", None, None)
    assert "counted" not in short


def test_a_year_is_meant_where_none_is_named_and_nothing_is_written(cohort: Teller) -> None:
    before = cohort.place.snapshot()
    assert "MEM-02-03 · 2026: 2026-01-01 to 2026-12-31" in cohort.do("policy", "figures").out
    assert cohort.place.snapshot() == before


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--period", "2027"), "2027 begins on 2027-01-01, and it is 2026-03-02: nothing can be counted yet"),
        (("--period", "next year"), "'next year' is no period"),
        (("--figure", "active-mentor"), "MEM-02-03 has no figure 'active-mentor'; did you mean active-mentors"),
        (("MEM-02",), "the register has no policy 'MEM-02'"),
    ],
)
def test_what_cannot_be_meant_is_called_wrongly(programme: Teller, words: tuple[str, ...], told: str) -> None:
    assert told in programme.place.wrong("policy", "figures", *words).err


def test_a_record_that_cannot_be_read_is_named(cohort: Teller) -> None:
    path = cohort.place.path("pair-0")
    path.write_text("not: [a record", encoding="utf-8")
    said = cohort.do("policy", "figures", "--figure", "active-mentees").out
    assert "Active mentees  4 mentees" in said
    assert "not counted, for they cannot be read: pair-0" in said


def test_the_review_of_the_year_begins_with_its_figures(cohort: Teller) -> None:
    said = cohort.do("new", "review", "--period", "2026", "of=MEM-02-03")
    assert "left out, over too few people: mentor-retention" in said.out
    record = cohort.place.json("show", "mem-02-03-annual-review-2026", day=cohort.day)["record"]
    assert (record["rhythm"], record["from"], record["until"]) == ("annual", "2026-01-01", "2026-12-31")
    assert record["figures"][0] == {
        "name": "active-mentors",
        "value": 3,
        "unit": "mentors",
        "from": "2026-01-01",
        "until": "2026-12-31",
        "source": "partnerkit policy figures MEM-02-03 --period 2026 on 2026-03-02",
    }
    assert [one["name"] for one in record["figures"]] == ["active-mentors", "active-mentees", "program-growth"]
    assert (
        "has mem-02-03-annual-review-2026 already" in cohort.do("new", "review", "--period", "2026", "of=MEM-02-03").out
    )
    assert set(cohort.warned()) == {"policy-review-overdue", "standing-breach"}  # adopted without a coordinator


def test_a_period_of_no_rhythm_of_the_policy_is_called_wrongly(cohort: Teller) -> None:
    said = cohort.place.wrong("new", "review", "--month", "2026-02", "of=MEM-02-03")
    assert "MEM-02-03 asks for no review of a policy every P1M; its rhythms there: annual, quality" in said.err


def test_figures_of_partners_come_from_their_logs_and_monthly_reviews(at) -> None:
    place = at("active")
    place.do("add", "acme", "activities", "kind=joint-events", "title=Labs", "attendance=40", "on=2026-04-01")
    place.do("add", "acme", "activities", "kind=joint-events", "title=Fair", "on=2026-04-01")
    place.do("add", "acme", "activities", "kind=joint-research", "title=Paper", "attendance=9", "on=2026-04-01")
    data = place.json("policy", "figures", "OPS-05-03", "--period", "2026-04", "--explain")
    figures = {one["id"]: one for one in data["figures"]}
    assert figures["event-attendance"]["value"] == "40"
    assert figures["member-engagement"]["why"] == "counted by hand: the policy does not say how"
    assert figures["lead-generation"]["state"] == "insufficient"


def test_the_figures_of_a_review_are_counted_anew_and_what_was_typed_stays(cohort: Teller) -> None:
    cohort.do("new", "review", "--period", "2026", "of=MEM-02-03")
    year, days = "mem-02-03-annual-review-2026", ("from=2026-01-01", "until=2026-12-31")
    cohort.do("set", year, "figures=")
    typed = ("name=active-mentees", "value=7", "unit=mentees", *days, "source=the lists")
    cohort.do("add", year, "figures", *typed)
    people = participants("p-new/mentor", "p-newer/mentee")
    cohort.do("new", "pairing", "One more", "id=one-more", "programme=formal", people, *SINCE)
    sheet = cohort.place.write("answers.csv", "role,program value\n" + "mentee,4\n" * 6)
    cohort.do("import", sheet, "--kind", "feedback", "--to", year, "--method", "surveys", "--period", "2026-02")
    cohort.do("add", year, "figures")
    found = {one["name"]: str(one["value"]) for one in cohort.place.json("show", year)["record"]["figures"]}
    assert found == {"active-mentees": "7", "active-mentors": "4", "program-growth": "0", "program-value": "4"}
    assert "its figures are as they are counted; nothing changed" in cohort.place.wrong("add", year, "figures").err


def test_figures_of_other_days_are_typed(cohort: Teller) -> None:
    days = ("from=2025-07-01", "until=2026-06-30")
    cohort.do("new", "review", "The year", "id=year", "of=MEM-02-03", "rhythm=annual", *days)
    said = cohort.place.wrong("add", "year", "figures")
    assert "year is about 2025-07-01 to 2026-06-30: figures are counted over a year, a quarter or a month" in said.err


def test_the_first_year_of_the_calendar_has_one_before(cohort: Teller) -> None:
    assert "Active mentors  0 mentors" in cohort.do("policy", "figures", "--period", "1900").out
    assert "its year is outside 1900 to 2200" in cohort.place.wrong("policy", "figures", "--period", "1899").err
