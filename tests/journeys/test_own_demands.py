"""Demands that only some policies make, in a policy that no pack knows, through the real command."""

from __future__ import annotations

from typing import Any

import pytest

from tests.place import Place

FAIR = "spring-fair"
PAPER = "kite-paper"


def asked(place: Place, stage: str, record: str = FAIR, **how: Any) -> dict[str, Any]:
    """The one requirement of a way."""
    (one,) = place.json("gates", record, stage, **how)["requirements"]
    found: dict[str, Any] = one
    return found


def found(place: Place, code: str) -> list[dict[str, Any]]:
    return [one for one in place.findings() if one["code"] == code]


def paper(place: Place, *more: str) -> None:
    place.do("new", "agreement", "Paper", f"partnership={FAIR}", f"id={PAPER}", *more)
    place.do("advance", PAPER)


def flying(place: Place) -> None:
    place.do("approve", FAIR, "approved", "--for", "p-jonas", "--seen", "minutes/1.md")
    place.do("advance", FAIR)


def test_advice_warns_and_refuses_nothing(kites: Place) -> None:
    """`advisory`: what is unmet is said, in the gate and by the move, and the move lands. Absent, nothing is said."""
    assert kites.json("gates", FAIR, "free")["requirements"] == []
    kites.do("set", FAIR, "fee=5")
    one = asked(kites, "free")
    assert one["met"]
    assert "Kites are lent for nothing. Missing: fee is 5, and at most 0 is allowed" in str(one["notes"])
    assert "fee is 5, and at most 0 is allowed" in kites.do("advance", FAIR, "free").all
    assert [one for one in kites.findings() if one["severity"] == "error"] == []


def test_advice_that_is_followed_says_nothing(kites: Place) -> None:
    kites.do("set", FAIR, "fee=0")
    assert asked(kites, "free")["notes"] == []
    assert "Kites are lent for nothing" not in kites.do("advance", FAIR, "free").all


def test_what_must_be_empty(kites: Place) -> None:
    """`empty` is asked only where `when` holds, names what is there, and offers the line that takes it away."""
    kites.do("set", FAIR, "posters=[Come and fly]")
    assert kites.json("gates", FAIR, "silent")["requirements"] == []
    kites.do("set", FAIR, "loud=false")
    one = asked(kites, "silent")
    assert (one["met"], one["command"]) == (False, f"partnerkit set {FAIR} posters=")
    assert "To be left empty: posters" in one["missing"]
    kites.refuse("advance", FAIR, "silent")
    kites.do("set", FAIR, "posters=")
    kites.do("advance", FAIR, "silent")


def test_fields_as_they_must_be(kites: Place) -> None:
    """`matches` names each field that is otherwise, what it is, and what it must be."""
    one = asked(kites, "big")
    assert "kite is box or delta (it is empty); fee is filled (it is empty)" in one["missing"]
    kites.do("set", FAIR, "kite=sled", "fee=0")
    one = asked(kites, "big")
    assert "Missing: kite is box or delta (it is sled)" in one["missing"]
    assert one["command"] == f"partnerkit set {FAIR} kite=<kite>"
    kites.refuse("advance", FAIR, "big")
    kites.do("set", FAIR, "kite=delta")
    kites.do("advance", FAIR, "big")


def test_a_day_that_must_be_past(kites: Place) -> None:
    """`before: today`: not the day before; the day itself counts. The day is judged by the entry, for ever."""
    assert "festival is no day yet" in asked(kites, "over")["missing"]
    kites.do("set", FAIR, "festival=2026-05-01")
    assert "today (2026-04-30) is before festival (2026-05-01)" in asked(kites, "over", day="2026-04-30")["missing"]
    kites.refuse("advance", FAIR, "over", day="2026-04-30")
    kites.do("advance", FAIR, "over", day="2026-05-01")
    assert [one for one in kites.json("check", day="2026-05-02")["findings"] if one["severity"] == "error"] == []


def test_every_item_of_a_list_spoken_to(kites: Place) -> None:
    """`each` in the record itself: too few, one left out, one spoken to in a way that does not count."""
    one = asked(kites, "lent")
    assert "Missing: schools of spring-fair (there are none)" in one["missing"]
    assert one["command"] == f"partnerkit set {FAIR} schools=<schools>"
    kites.do("set", FAIR, "schools=[{id: hill}]", "lent=[{to: hill, colour: red}]")
    assert "schools of spring-fair (there is 1 of 2)" in asked(kites, "lent")["missing"]
    kites.do("set", FAIR, "schools=[{id: hill}, {id: lake}]")
    one = asked(kites, "lent")
    assert one["missing"].endswith("Missing in lent: lake")
    assert one["command"] == f"partnerkit add {FAIR} lent colour=red to=lake"
    kites.do("set", FAIR, "lent=[{to: hill, colour: red}, {to: lake, colour: blue}]")
    assert asked(kites, "lent")["missing"].endswith("Missing in lent: lake")
    kites.do("add", FAIR, "lent", "to=lake", "colour=red")
    kites.do("advance", FAIR, "lent")


def test_every_item_of_other_records(kites: Place) -> None:
    """`each` of the record above, and of records beside: only those in a stage that counts."""
    kites.do("set", FAIR, "objectives=[{id: fun, text: Fun}, {id: wind, text: Wind}]")
    look = ("rhythm=once", "from=2026-03-01", "until=2026-03-02", f"of={FAIR}")
    kites.do("new", "review", "Look back", "id=look", *look)
    one = asked(kites, "goals", "look")
    assert one["missing"] == "Judge every goal. Missing in ratings: fun, wind"
    rated = "ratings=[{name: goal, of: fun, score: 4, why: laughter}, {name: goal, of: wind, score: 2, why: calm}]"
    kites.do("set", "look", rated)
    assert asked(kites, "goals", "look")["met"]
    assert "criteria of agreement in signed (there are none)" in asked(kites, "paper", "look")["missing"]
    kites.do("new", "agreement", "Paper", f"partnership={FAIR}", f"id={PAPER}")
    kites.do("set", PAPER, "criteria=[{id: height, measure: metres, target: '50'}]")
    assert "there are none" in asked(kites, "paper", "look")["missing"]
    kites.do("advance", PAPER)
    assert asked(kites, "paper", "look")["missing"].endswith("Missing in ratings: height")
    kites.do("add", "look", "ratings", "name=criterion", "of=height", "score=5", "why=high")
    kites.do("advance", "look", "paper")
    entry = kites.json("log", "look")["entries"][-1]
    assert entry["to"] == "paper"
    assert PAPER in kites.text("look")


def test_a_linked_record_counts_until_its_last_day(kites: Place) -> None:
    """`until`: on the last day it counts, the day after it does not, at the gate and for as long as the stage lasts."""
    paper(kites, "ends=2026-06-30")
    kites.do("approve", FAIR, "approved", "--for", "p-jonas", "--seen", "minutes/1.md")
    said = kites.refuse("advance", FAIR, day="2026-07-01")
    assert "kite-paper is in signed, and its last day was 2026-06-30" in said.err
    assert f"partnerkit new agreement <title> partnership={FAIR}" in said.err
    kites.do("advance", FAIR, day="2026-06-30")
    kites.day = "2026-06-30"
    assert found(kites, "standing-breach") == []
    kites.day = "2026-07-01"
    (breach,) = found(kites, "standing-breach")
    assert breach["severity"] == "warning"
    assert "flying needs on-paper for as long as it lasts" in breach["message"]
    kites.do("new", "agreement", "More paper", f"partnership={FAIR}", "id=more-paper")
    kites.do("advance", "more-paper")
    assert found(kites, "standing-breach") == []


def test_what_stands_alone_has_its_time(kites: Place) -> None:
    """`of`, `standing` and `within`: no gate asks, the last day in time is free, the day after warns until it is met."""
    paper(kites)
    flying(kites)
    assert [one["requirement"] for one in kites.json("gates", FAIR)["requirements"]] == []
    kites.day = "2026-03-16"
    assert found(kites, "standing-breach") == []
    kites.day = "2026-03-17"
    (breach,) = found(kites, "standing-breach")
    assert (breach["clause"], breach["mend"]) == ("KITE-1 §2/page", f"partnerkit set {FAIR} website=<website>")
    assert "flying needs has-page" in breach["message"]
    kites.do("set", FAIR, "website=https://fair.example")
    assert found(kites, "standing-breach") == []


def test_what_must_stay_empty_as_long_as_a_stage_lasts(kites: Place) -> None:
    paper(kites)
    kites.do("set", FAIR, "loud=false", "website=https://fair.example")
    flying(kites)
    assert found(kites, "standing-breach") == []
    kites.do("set", FAIR, "posters=[Fly with us]")
    (breach,) = found(kites, "standing-breach")
    assert "To be left empty: posters" in breach["message"]
    kites.do("set", FAIR, "loud=true")
    assert found(kites, "standing-breach") == []


def test_who_decided_above_does_not_decide_below(kites: Place) -> None:
    """`not: subject.approvals.by`: whoever approved the partnership, even if taken back since, decides on no review."""
    paper(kites)
    flying(kites)
    kites.do("new", "review", "Back", "id=look", "rhythm=once", "from=2026-03-01", "until=2026-03-02", f"of={FAIR}")
    said = kites.refuse("approve", "look", "fresh-eyes", by="p-jonas")
    assert "p-jonas is the proposer of look or a party to it" in said.err
    assert asked(kites, "done", "look")["as"] == ["p-rosa", "p-timo"]
    kites.do("approve", "look", "fresh-eyes", by="p-timo")
    kites.do("advance", "look", "done")
    assert [one for one in kites.findings() if one["severity"] == "error"] == []


def test_who_decided_above_is_found_where_it_is_written_by_hand(kites: Place) -> None:
    """What `approve` refuses, `check` reports: the approval is moved to another person in the file."""
    paper(kites)
    flying(kites)
    kites.do("new", "review", "Back", "id=look", "rhythm=once", "from=2026-03-01", "until=2026-03-02", f"of={FAIR}")
    kites.do("approve", "look", "fresh-eyes", by="p-timo")
    kites.git("reset", "-q", "--soft", "HEAD~1")
    kites.git("reset", "-q")
    kites.edit("look", "by: p-timo", "by: p-jonas")
    assert "not-separate" in {one["code"] for one in kites.findings()}


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        (["posters=[Fly with kiteclub]"], "posters says “kiteclub”"),
        (["posters=[All fine, 'Fly with Kite Club']"], "“Kite Club”"),
        (["schools=[{id: hill, greeting: The KITECLUB greets you}]"], "schools.greeting says “KITECLUB”"),
        (["name=Kiteclub Fair"], "name says “Kiteclub”"),
        (["posters=[The KC comes]"], "“KC”"),
    ],
)
def test_a_name_misspelt_where_others_read_it(kites: Place, fields: list[str], shown: str) -> None:
    kites.do("set", FAIR, *fields)
    (one,) = found(kites, "name-misspelt")
    assert (one["severity"], one["clause"]) == ("warning", "KITE-1 §3")
    assert shown in one["message"]
    assert "the name is written “KiteClub”" in one["message"]
    named = shown.partition("“")[2].rstrip("”")
    assert named in kites.text(FAIR).splitlines()[one["line"] - 1]


def test_a_name_over_two_lines_is_found_and_the_break_is_shown(kites: Place) -> None:
    values = kites.write("posters.yaml", "value:\n  - |\n    Fly with Kite\n    Club, all of you\n")
    kites.do("set", FAIR, f"posters=@{values}")
    (one,) = found(kites, "name-misspelt")
    assert "Kite<line break>Club" in one["message"]


def test_characters_that_nobody_sees(kites: Place) -> None:
    """A joiner is found and named; a zero-width space or a soft hyphen does not even get into a record."""
    kites.do("set", FAIR, "posters=[Fly with Kite\u200dClub]")
    (one,) = found(kites, "name-misspelt")
    assert "Kite<U+200D>Club" in one["message"]
    for character in "\u200b\u00ad\u2060":
        kites.do("set", FAIR, "posters=[Fly with KiteClub]")
        said = kites.run("set", FAIR, f"posters=[Fly with Kite{character}Club]")
        assert said.code in {1, 2}
        kites.edit(FAIR, "KiteClub", f"Kite{character}Club")
        assert "yaml-bidi-character" in {one["code"] for one in kites.findings()}
        kites.edit(FAIR, f"Kite{character}Club", "KiteClub")


def test_names_are_left_alone_where_nobody_outside_reads_them(kites: Place) -> None:
    """Addresses anywhere; every spelling, and the short one, in what stays inside."""
    kites.do(
        "set", FAIR, "posters=[See https://kiteclub.example/fly and kiteclub.example, or write to kc@kiteclub.example]"
    )
    kites.do("set", FAIR, "objectives=[{id: fun, text: The kiteclub and the KC have fun}]")
    assert found(kites, "name-misspelt") == []
