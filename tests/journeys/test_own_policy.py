"""A policy that no pack knows (fields, votes, scopes, conditions of its own) runs with no Python changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.journeys.telling import under_own_policy
from tests.made import Made, copied
from tests.place import Place
from tests.scenarios.cheat import rewrite
from tests.scenarios.codes.running import pasted

EVENT = "spring-meeting"
DORTMUND, ESSEN = "city=Dortmund", "city=Essen"
MARCH = ("from=2026-03-01", "until=2026-03-31")


@pytest.fixture(scope="module")
def _ours(made: Made, _made: Path) -> Path:
    """The policy written into a register by hand; three members, city teams of Dortmund and Essen, one event."""

    def make(root: Path) -> None:
        place = under_own_policy(_made, root, "own_policy.yaml", "MEET-1", "member")
        place.do("person", "role", "p-lea", "city-lead", "--scope", DORTMUND)
        place.do("person", "role", "p-timo", "city-lead", "--scope", ESSEN)
        place.do("new", "partnership", "Spring Meeting", "policy=MEET-1", "event-city=Dortmund", day="2026-03-31")

    return made("ours", make)


@pytest.fixture
def ours(_ours: Path, tmp_path: Path) -> Place:
    copied(_ours, tmp_path / "register")
    return Place(tmp_path / "register", day="2026-04-02")


def asked(place: Place, stage: str, day: str | None = None) -> dict[str, Any]:
    """The one requirement of a way out of `proposed`."""
    (one,) = place.json("gates", EVENT, stage, day=day)["requirements"]
    found: dict[str, Any] = one
    return found


def test_five_fields_of_its_own_are_typed_by_the_policy_alone(ours: Place) -> None:
    fields = ("shape=workshop", "expected=40", "event-day=2026-08-31", "lead=p-rosa", "parties=[{id: us, share: 60}]")
    ours.do("set", EVENT, *fields)
    record = ours.json("show", EVENT)["record"]
    assert (record["expected"], record["parties"]) == (40, [{"id": "us", "share": 60}])
    for wrong in (
        "shape=party",
        "expected=-1",
        "event-day=2026-02-30",
        "lead=Rosa B.",
        "parties=[{id: us, share: 101}]",
    ):
        ours.refuse("set", EVENT, wrong)
    assert "did you mean event-city" in ours.wrong("set", EVENT, "event-cty=Essen").err
    assert "also needs event-city" in ours.wrong("new", "partnership", "Another", "policy=MEET-1").err


@pytest.mark.parametrize(
    ("applied", "event", "met"),
    [
        ("2026-02-28", "2026-08-28", True),
        ("2026-02-28", "2026-08-27", False),
        ("2026-08-31", "2027-02-28", True),  # the end of a shorter month clamps
        ("2026-08-31", "2027-02-27", False),
        ("", "2027-02-27", False),
    ],
)
def test_compare_of_days_counts_the_boundary_as_met(ours: Place, applied: str, event: str, met: bool) -> None:
    ours.do("set", EVENT, f"applied-on={applied}", f"event-day={event}")
    assert asked(ours, "early")["met"] is met
    assert ours.run("advance", EVENT, "early").code == (0 if met else 1)


@pytest.mark.parametrize(("expected", "met"), [(9, False), (10, True), (100, True), (101, False)])
def test_compare_of_numbers_counts_both_bounds_as_met(ours: Place, expected: int, met: bool) -> None:
    assert asked(ours, "sized")["missing"] == "Missing: expected is no number yet"
    ours.do("set", EVENT, f"expected={expected}")
    assert asked(ours, "sized")["met"] is met


def test_when_asks_only_where_it_holds(ours: Place) -> None:
    ours.do("set", EVENT, "shape=talk")
    assert ours.json("gates", EVENT, "supplied")["requirements"] == []
    ours.do("set", EVENT, "shape=workshop")
    assert "§2/workshop" in ours.refuse("advance", EVENT, "supplied").err
    ours.do("set", EVENT, "materials=https://files.example/m")
    ours.do("advance", EVENT, "supplied")


@pytest.mark.parametrize(("day", "met"), [("2026-03-30", False), ("2026-04-30", True), ("2026-05-01", False)])
def test_fresh_for_counts_its_last_day_and_clamps(ours: Place, day: str, met: bool) -> None:
    """Shown on 31 March and fresh for a month: to the end of April; before it was recorded it does not count."""
    ours.do("add", EVENT, "venue", "https://venue.example", day="2026-03-31")
    assert asked(ours, "placed", day)["met"] is met


@pytest.mark.parametrize(("day", "met"), [("2026-04-29", False), ("2026-04-30", True)])
def test_dwell_counts_from_the_day_the_stage_was_reached_and_clamps(ours: Place, day: str, met: bool) -> None:
    found = asked(ours, "patient", day)
    assert (found["met"], found["command"]) == (met, None)
    assert ours.run("advance", EVENT, "patient", day=day).code == (0 if met else 1)


def test_a_fraction_of_those_who_hold_the_role_decides(ours: Place) -> None:
    """Two thirds of three members are two; when a fourth and fifth join, it takes four."""
    ours.refuse("approve", EVENT, "members-vote", by="p-lea")
    ours.do("approve", EVENT, "members-vote")
    found = asked(ours, "voted")
    assert "1 of 2" in found["missing"]
    assert (found["who"], found["as"]) == (["member"], ["p-jonas", "p-timo"])
    ours.do("approve", EVENT, "members-vote", by="p-jonas")
    assert asked(ours, "voted")["met"]
    for person in ("p-ann", "p-ben"):
        ours.do("person", "add", person, "--email", f"{person}@lighthouse.example", "--role", "member")
    assert "2 of 4" in asked(ours, "voted")["missing"]
    ours.do("approve", EVENT, "members-vote", "--for", "p-ann", "--seen", "minutes/2.md")
    said = ours.do("approve", EVENT, "members-vote", "--for", "p-ben", "--seen", "minutes/2.md")
    assert asked(ours, "voted")["met"], said.out
    assert "is void" in ours.do("set", EVENT, "expected=50").out
    assert "0 of 4" in asked(ours, "voted")["missing"]


def test_a_line_of_a_log_of_its_own_takes_numbers(ours: Place) -> None:
    ours.do("add", EVENT, "parties", "id=us", "share=60")
    assert ours.json("show", EVENT)["record"]["parties"] == [{"id": "us", "share": 60}]
    assert "share" in ours.run("add", EVENT, "parties", "id=them", "share=101").err


def test_a_scoped_role_decides_only_for_its_city(ours: Place) -> None:
    said = ours.refuse("approve", EVENT, "city-agrees", by="p-timo")
    assert "p-lea" in said.err
    assert asked(ours, "in-town")["as"] == ["p-lea"]
    ours.do("approve", EVENT, "city-agrees", by="p-lea")
    ours.do("set", EVENT, "event-city=Essen")
    assert not asked(ours, "in-town")["met"]
    ours.do("set", EVENT, "event-city=Bochum")
    found = asked(ours, "in-town")
    assert (found["as"], found["command"]) == ([], "partnerkit person role <person> city-lead --scope city=Bochum")
    ours.do("set", EVENT, "event-city=dortmund")
    ours.do("advance", EVENT, "in-town")


def test_each_party_acknowledges_or_it_is_not_met(ours: Place) -> None:
    assert "the record lists none" in asked(ours, "together")["missing"]
    ours.do("set", EVENT, "parties=[{id: us}, {id: guest}]")
    ours.do("add", EVENT, "all-agree", "party=us")
    assert asked(ours, "together")["command"] == f"partnerkit add {EVENT} all-agree party=guest"
    assert "did you mean guest" in ours.wrong("add", EVENT, "all-agree", "party=gest").err
    ours.do("add", EVENT, "all-agree", "party=guest")
    ours.do("advance", EVENT, "together")


def test_any_of_takes_either_and_offers_the_first(ours: Place) -> None:
    found = asked(ours, "safe")
    assert "own-insurance" in found["missing"]
    assert "city-insures" in found["missing"]
    assert found["command"] == f"partnerkit add {EVENT} own-insurance <file-or-link>"
    ours.do("add", EVENT, "city-insures", "summary=The city insures all its guests", "outcome=done")
    ours.do("advance", EVENT, "safe")


def test_a_waiver_by_who_may_works_until_its_last_day(ours: Place) -> None:
    waive = ("waive", EVENT, "references", "--reason", "known for years", "--until")
    ours.do("person", "role", "p-jonas", "city-lead")
    assert "city-lead" in ours.refuse(*waive, "2026-05-30").err
    said = ours.refuse(*waive, "2026-07-03", by="p-jonas")
    assert "P3M at most, until 2026-07-02" in said.err
    assert "lets nobody waive venue" in ours.refuse("waive", EVENT, "venue", *waive[3:], "2026-05-30").err
    ours.do(*waive, "2026-07-02", by="p-jonas")
    found = asked(ours, "known", "2026-07-02")
    assert (found["met"], found["waived"]) == (True, True)
    assert asked(ours, "known", "2026-07-03")["met"] is False
    assert "waived" in ours.do("gates", EVENT, "known").out
    ours.do("advance", EVENT, "known", day="2026-07-02")
    assert ours.run("check", day="2026-12-31").code == 0


@pytest.mark.parametrize("day", ["2026-04-02", "2026-05-01"], ids=["the same day", "later"])
def test_a_role_given_everywhere_is_narrowed_by_the_command_that_the_note_gives(ours: Place, day: str) -> None:
    note = ours.json("person", "role", "p-jonas", "city-lead")["notes"]
    narrower = "partnerkit person role p-jonas city-lead --scope city=<city>"
    assert note == [f"p-jonas holds city-lead for every city; for one alone: {narrower}"]
    command = ("person", "role", "p-jonas", "city-lead", "--scope")
    said = ours.do(*command, "city=Essen", day=day)
    assert f"p-jonas holds city-lead for city=Essen from {day}, no longer everywhere" in said.out
    ours.do(*command, "city=Dortmund", day=day)
    assert "for city=Essen on" in ours.wrong(*command, "city=Essen", day=day).err
    roles = ours.json("person", "show", "p-jonas", day=day)["people"][0]["roles"]
    held = [one["scope"] for one in roles if one["held"] and one["role"] == "city-lead"]
    assert held == [{"city": "Essen"}, {"city": "Dortmund"}]
    assert ours.run("check", day=day).code == 0


def test_a_waiver_counts_only_for_the_city_of_who_waives(ours: Place) -> None:
    waive = ("waive", EVENT, "references", "--reason", "known for years", "--until", "2026-07-02")
    assert "held by p-lea" in ours.refuse(*waive, by="p-timo").err
    ours.do(*waive, by="p-lea")
    assert asked(ours, "known")["waived"] is True
    ours.do("set", EVENT, "event-city=Essen")
    assert asked(ours, "known")["met"] is False


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({}, None),
        ({"requirement": "venue"}, "not-waivable"),
        ({"role": "core-team"}, "role-not-held"),
        ({"by": "p-timo"}, "role-not-held"),
        ({"until": "2026-07-03"}, "waived-too-long"),
    ],
)
def test_a_waiver_by_hand_is_judged_like_one_by_command(ours: Place, changed: dict[str, str], code: str | None) -> None:
    ours.do("waive", EVENT, "references", "--reason", "known for years", "--until", "2026-07-02", by="p-lea")
    waiver = ours.json("show", EVENT)["record"]["waivers"][0]
    ours.git("reset", "-q", "--hard", "HEAD~1")

    rewrite(ours, EVENT, lambda data: data.update(waivers=[waiver | changed]))

    found = [one for one in ours.findings() if one["severity"] == "error"]
    assert {one["code"] for one in found} == ({code} if code else set())
    assert all(one["record"] == EVENT and "§" in one["clause"] for one in found)
    if code is not None:
        pasted(ours, code)


@pytest.mark.parametrize(("separation", "met"), [("require", False), ('"off"', True)])
def test_the_proposer_waives_nothing_where_duties_are_separate(ours: Place, separation: str, met: bool) -> None:
    policy = ours.root / "records" / "policies" / "MEET-1.yaml"
    text = policy.read_text(encoding="utf-8")
    assert 'separation-of-duties: "off"' in text
    policy.write_text(text.replace('duties: "off"', f"duties: {separation}"), encoding="utf-8")
    ours.git("commit", "-qam", "who decides is somebody else", "--allow-empty")
    ours.do("set", EVENT, "proposer=p-lea")
    waive = ("waive", EVENT, "references", "--reason", "known for years", "--until", "2026-07-02")
    if met:
        ours.do(*waive, by="p-lea")
    else:
        assert "p-lea is the proposer of" in ours.refuse(*waive, by="p-lea").err
    assert asked(ours, "known")["met"] is met


def test_a_waiver_by_who_became_the_proposer_counts_for_nothing(ours: Place) -> None:
    """Recorded while it was lawful: where duties are separate it counts no more."""
    ours.do("waive", EVENT, "references", "--reason", "known for years", "--until", "2026-07-02", by="p-lea")
    assert asked(ours, "known")["met"] is True
    policy = ours.root / "records" / "policies" / "MEET-1.yaml"
    text = policy.read_text(encoding="utf-8")
    policy.write_text(text.replace('duties: "off"', "duties: require"), encoding="utf-8")
    ours.git("commit", "-qam", "who decides is somebody else")
    ours.do("set", EVENT, "proposer=p-lea")
    assert asked(ours, "known")["met"] is False


def test_a_role_held_for_one_city_decides_nothing_where_no_city_is_asked(ours: Place) -> None:
    """p-lea speaks for Dortmund alone: in a vote of all members she has no voice, by the command or by hand."""
    roster = ours.root / "records" / "people.yaml"
    text = roster.read_text(encoding="utf-8")
    assert text.count("role: city-lead\n") == 2
    roster.write_text(text.replace("role: city-lead\n", "role: member\n"), encoding="utf-8")
    ours.git("commit", "-qam", "members of one city only")
    said = ours.refuse("approve", EVENT, "members-vote", by="p-lea")
    assert "does not hold the role member for everything (only for Dortmund)" in said.err
    assert "1 of 2" not in asked(ours, "voted")["missing"]
    ours.do("approve", EVENT, "members-vote", by="p-jonas")
    ours.git("reset", "-q", "--soft", "HEAD~1")
    ours.edit(EVENT, "by: p-jonas\n", "by: p-lea\n")
    assert "role-not-held" in {one["code"] for one in ours.findings()}


def test_all_demands_together_lead_to_planned_and_check_finds_nothing(ours: Place) -> None:
    refused = ours.refuse("advance", EVENT, day="2026-04-29")
    assert "9 things are missing" in refused.err
    when = {"day": "2026-04-30"}
    fields = ("applied-on=2026-02-28", "event-day=2026-08-28", "expected=40", "shape=talk", "parties=[{id: us}]")
    ours.do("set", EVENT, *fields, **when)
    ours.do("add", EVENT, "venue", "https://venue.example", **when)
    ours.do("add", EVENT, "own-insurance", "https://files.example/policy", **when)
    ours.do("add", EVENT, "all-agree", "party=us", **when)
    for number in (1, 2):
        ours.do("add", EVENT, "references", f"https://files.example/{number}", **when)
    for person in ("p-rosa", "p-jonas"):
        ours.do("approve", EVENT, "members-vote", by=person, day="2026-04-30")
    ours.do("approve", EVENT, "city-agrees", by="p-lea", day="2026-04-30")
    ours.do("advance", EVENT, day="2026-04-30")
    assert [one for one in ours.findings() if one["severity"] == "error"] == []


def test_whose_policy_was_taken_is_said_where_several_could_be(ours: Place) -> None:
    said = ours.do("new", "partnership", "Nobody Said")
    assert (
        "under OPS-05-03, the register's default for a partnership; another is asked for with policy=MEET-1" in said.out
    )
    assert "default" not in ours.do("new", "partnership", "Somebody Said", "policy=MEET-1", "event-city=Essen").out
    assert "default" not in ours.do("new", "review", "March", "of=nobody-said", "rhythm=monthly", *MARCH).out


@pytest.mark.parametrize(
    ("value", "words"),
    [("null", "  1 thing that the written policies leave open waits for your decision:"), ("P1M", None)],
)
def test_how_much_is_left_open_is_said_in_words_that_fit(tmp_path: Path, value: str, words: str | None) -> None:
    text = (Path(__file__).parent / "own_policy.yaml").read_text(encoding="utf-8")
    (tmp_path / "MEET-1.yaml").write_text(text.replace("value: P1M", f"value: {value}"), encoding="utf-8")
    (tmp_path / "register").mkdir()
    place = Place(tmp_path / "register")
    place.git("init", "-q", "-b", "main")
    policy = ("--policy", str(tmp_path / "MEET-1.yaml"))
    said = place.do("init", "--name", "Meetings", *policy, "--person", "p-rosa", "--role", "member").out
    assert [one for one in said.split("\n") if "leave open" in one] == (
        [f"{words} partnerkit policy gaps"] * bool(words)
    )
