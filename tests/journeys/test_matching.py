"""A pool of mentors and mentees matched: proposed, proven, explained, accepted and rejected by a person."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.journeys import mentoring
from tests.place import Place

DAY = "2026-03-10"
FILE = "records/evidence/matches/formal-2026-spring.json"
TRAINED = ", ".join(f'{{""on"": 2026-01-04, module: {module}}}' for module in mentoring.MODULES)
JUDGED = ("personality-match=70", "success-metrics=60: they agree")
INTERESTS = ("--interests", "Nobody who decides has one")

#: Four mentors and five mentees: more want SQL than there is room for, and one wants what nobody offers.
PEOPLE = f"""name,id,applicant,as,programmes,applied,skills,level,capacity,cycles-waited,conflicts,free,time-zone,training
Mentor,m-ada,p-ada,mentor,"[formal, group]",2026-01-05,"[sql, python]",advanced,2,,,"[mon 18:00-21:00]",UTC,"[{TRAINED}]"
Mentor,m-bo,p-bo,mentor,"[formal]",2026-01-05,"[python, writing]",expert,1,,,"[mon 18:00-21:00]",UTC,"[{TRAINED}]"
Mentor,m-cy,p-cy,mentor,"[formal]",2026-01-05,"[rust]",advanced,1,,[p-tom],,,"[{TRAINED}]"
Mentor,m-di,p-di,mentor,"[formal]",2026-01-05,"[sql]",advanced,1,,,,,
Mentee,t-max,p-max,mentee,"[formal, group]",2026-01-05,[sql],beginner,,,,"[mon 19:00-21:00]",UTC,
Mentee,t-eve,p-eve,mentee,"[formal, group]",2026-01-05,[sql],beginner,,1,,"[mon 20:00-21:00]",UTC,
Mentee,t-kim,p-kim,mentee,"[formal]",2026-01-05,"[sql, python]",beginner,,,,,,
Mentee,t-tom,p-tom,mentee,"[formal]",2026-01-05,[rust],beginner,,,,,,
Mentee,t-zoe,p-zoe,mentee,"[formal]",2026-01-05,[knitting],beginner,,,,,,
"""


@pytest.fixture(scope="module")
def _pooled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("matching") / "register"
    root.mkdir()
    place = mentoring.programme(root)
    file = place.write("people.csv", PEOPLE)
    adopted = ("--adopt", "accepted", "--since", "2026-01-10", "--reason", "They were there before the register")
    place.do("new", "application", "--from", file, *adopted, day="2026-03-03")
    return place.root


@pytest.fixture
def place(_pooled: Path, tmp_path: Path) -> Place:
    root = tmp_path / "register"
    shutil.copytree(_pooled, root)
    return Place(root)


def proposed(place: Place, *words: str) -> dict[str, Any]:
    place.do("match", "propose", "formal", "--cycle", "2026-spring", *words, day=DAY)
    found: dict[str, Any] = json.loads((place.root / FILE).read_text(encoding="utf-8"))
    return found


def pairs(found: dict[str, Any]) -> dict[str, str]:
    return {one["mentee"]: one["mentor"] for one in found["pairs"]}


def test_a_proposal_pairs_nobody_and_says_who_is_left_and_why(place: Place):
    before = place.git("rev-parse", "HEAD")
    said = place.run("match", "propose", "formal", "--cycle", "2026-spring", day=DAY)
    assert said.code == 0
    assert "3 of 5 who wait have a mentor: formal 2026-spring, MEM-02-03" in said.out
    assert "t-zoe" in said.out
    assert "nobody who can take somebody on offers knitting; a mentor for knitting would help" in said.out
    assert "m-di" in said.out
    assert "does not meet training-mentorship-skills (MEM-02-03 §3.2.3/mentorship-skills" in said.out
    assert "nobody is paired before a person accepts it" in said.out
    assert place.git("rev-parse", "HEAD") == before
    assert not (place.root / "records" / "pairings").exists()
    found = json.loads((place.root / FILE).read_text(encoding="utf-8"))
    assert pairs(found) == {"t-eve": "m-ada", "t-kim": "m-bo", "t-max": "m-ada"}
    left = {one["application"]: one["code"] for one in found["left"]}
    assert left == {"t-tom": "too-little", "t-zoe": "nobody-offers", "m-di": "needs"}
    assert found["reached"] == {"placed": 3, "waited": 1, "lowest": 500, "total": 1625, "kept": 0}


def test_the_same_people_give_the_same_answer(place: Place):
    first = proposed(place)
    for one in sorted((place.root / "records" / "applications").glob("*.yaml")):
        one.rename(one.with_suffix(".moved"))
    for one in sorted((place.root / "records" / "applications").glob("*.moved"), reverse=True):
        one.rename(one.with_suffix(".yaml"))
    again = proposed(place)
    assert {key: one for key, one in first.items() if key != "at"} == {
        key: one for key, one in again.items() if key != "at"
    }


def test_a_dry_run_writes_nothing(place: Place):
    before = place.snapshot()
    assert "nothing was written" in place.do("match", "propose", "formal", "--dry-run", day=DAY).out
    assert place.snapshot() == before


def test_a_proposal_is_shown_to_be_the_best_without_looking_for_another(place: Place):
    proposed(place)
    said = place.run("match", "verify", day="2026-05-01")
    assert (said.code, "shown to be the best by its own prices" in said.out) == (0, True)
    assert place.json("match", "verify", FILE)["proven"] is True
    place.do("set", "t-max", "skills=[rust]", day=DAY)
    assert place.run("match", "verify").code == 0, "it is held against the commit from which it was made"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda found: found["pairs"].pop(), "it reaches"),
        (lambda found: found["pairs"][0].update(points=999), "the points are others"),
        (lambda found: found["pairs"][0]["by"].update({"skill-areas": 1}), "the points are others"),
        (lambda found: found["pairs"][0].update(mentor="m-cy"), "is not possible"),
        (lambda found: found["pairs"][0].update(mentor="m-nobody"), "not among those who can be matched"),
        (lambda found: found["pairs"].append(dict(found["pairs"][0])), "stands there twice"),
        (lambda found: found["reached"].update(total=9000), "it reaches"),
        (lambda found: found.update(blocking=4), "rather have each other"),
        (lambda found: found.update(inputs="c1:" + "0" * 64), "made for other people"),
        (lambda found: found.update(rules="c1:" + "0" * 64), "made for other criteria"),
        (lambda found: found.pop("certificate"), "no certificate"),
        (lambda found: found["certificate"]["scoring"].update({"m-ada": 10**9}), "cannot be higher"),
        (lambda found: found["certificate"]["placing"].update({"m-nobody": 1}), "not among the mentors"),
    ],
)
def test_whatever_is_changed_in_a_proposal_is_found(place: Place, change: Any, why: str):
    found = proposed(place)
    change(found)
    (place.root / FILE).write_text(json.dumps(found), encoding="utf-8")
    said = place.run("match", "verify", FILE)
    assert (said.code, why in said.out) == (1, True), said.all
    assert "partnerkit match propose formal --cycle 2026-spring" in said.out
    refused = place.refuse("match", "accept", "--file", FILE, day=DAY)
    assert "match-unproven" in refused.err


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no proposal"),
        ("[1]", "no proposal"),
        ('{"format": 1, "format": 1}', "twice"),
        ("[" * 100_000, "no proposal"),
    ],
)
def test_what_is_no_proposal_is_called_so(place: Place, text: str, why: str):
    file = place.write("odd.json", text)
    said = place.wrong("match", "verify", file)
    assert why in said.err
    assert "partnerkit match propose" in said.err


def test_a_pair_is_explained_and_what_another_would_cost(place: Place):
    proposed(place)
    said = place.do("match", "explain", "t-kim").out
    assert "t-kim with m-bo: 500 points of 1000" in said
    assert "not said by both, so it counts half" in said
    assert "m-bo would have 1 of the 1 mentees that there is room for" in said
    assert "Not m-ada: 575 points together; 1 fewer would be placed" in said
    told = place.json("match", "explain", "p-tom", "--why-not", "p-cy")
    assert (told["mentor"], told["others"][0]["ruled_out"]) == (None, ["conflict"])
    assert "a declared conflict of interest" in told["nobody"]["why"]
    overview = place.json("match", "explain")
    assert {one["criterion"] for one in overview["sensitivity"]} >= {"skill-areas", "availability"}
    assert "m-nobody is not among those" in place.wrong("match", "explain", "t-kim", "--why-not", "m-nobody").err
    assert "say whom" in place.wrong("match", "explain", "--why-not", "m-ada").err


def test_a_person_accepts_and_each_pair_becomes_a_pairing_in_one_commit(place: Place):
    proposed(place)
    before = len(place.git("log", "--format=%h").split())
    place.do("match", "accept", *JUDGED, *INTERESTS, day=DAY)
    assert len(place.git("log", "--format=%h").split()) == before + 1
    assert FILE in place.git("ls-files", "records/evidence")
    pairing = "formal-2026-spring-t-max"
    made = place.json("show", pairing)["record"]
    assert [one["application"] for one in made["participants"]] == ["m-ada", "t-max"]
    assert made["evidence"][0]["ref"] == FILE
    assert made["scores"][0]["marks"]["personality-match"] == {"score": 70}
    assert made["scores"][0]["marks"]["skill-areas"]["score"] == 100
    assert "proposer" not in made
    place.do("advance", "--where", "programme=formal", day=DAY)
    assert place.json("show", pairing)["stage"] == "reviewed"
    assert place.run("check").code == 0
    assert place.run("audit").code == 0
    again = place.refuse("match", "accept", "t-max", *JUDGED, *INTERESTS, day=DAY)
    assert "t-max has a place in formal-2026-spring-t-max (reviewed)" in again.err


def test_who_is_left_waits_a_cycle_more_and_is_placed_sooner(place: Place):
    proposed(place)
    place.do("match", "accept", "t-max", "--others-wait", day=DAY)
    waited = {
        one: place.json("show", one)["record"].get("cycles-waited") for one in ("t-max", "t-eve", "t-kim", "t-zoe")
    }
    assert waited == {"t-max": None, "t-eve": 2, "t-kim": 1, "t-zoe": 1}
    assert place.run("check").code == 0


def test_undo_takes_all_of_it_back(place: Place):
    proposed(place)
    place.do("match", "accept", *JUDGED, *INTERESTS, day=DAY)
    place.do("undo", day=DAY)
    assert place.run("check").code == 0
    assert place.json("show", "formal-2026-spring-t-max")["stage"] == "void"
    assert pairs(proposed(place)) == {"t-eve": "m-ada", "t-kim": "m-bo", "t-max": "m-ada"}


def test_what_people_judge_is_asked_of_them(place: Place):
    proposed(place)
    said = place.do("match", "accept", "t-max", day=DAY)
    assert "people have yet to judge personality-match, success-metrics" in said.all
    made = place.json("show", "formal-2026-spring-t-max")["record"]
    assert "scores" not in made
    assert "approvals" not in made
    assert "people do not judge 'skill-areas'" in place.wrong("match", "accept", "t-eve", "skill-areas=3", day=DAY).err
    wrong = place.wrong("match", "accept", "t-eve", "personality-match=70: nice", "success-metrics=60: fine", day=DAY)
    assert "points only" in wrong.err
    none = place.wrong("match", "accept", "t-eve", "personality-match=much", "success-metrics=60: fine", day=DAY)
    assert "'much' are none" in none.err


def test_a_person_pairs_otherwise_with_a_reason_and_another_decides(place: Place):
    proposed(place)
    assert "says why" in place.wrong("match", "accept", "t-kim", "--with", "m-ada", day=DAY).err
    by_hand = ("--with", "m-ada", "--reason", "They asked for each other")
    said = place.do("match", "accept", "t-kim", *by_hand, *JUDGED, *INTERESTS, day=DAY)
    assert "somebody else decides: partnerkit approve formal-2026-spring-t-kim manual-review" in said.all
    made = place.json("show", "formal-2026-spring-t-kim")["record"]
    assert made["evidence"][0]["summary"] == "Paired otherwise than proposed: They asked for each other"
    assert made["proposer"] == "p-rosa"
    refused = place.refuse("match", "accept", "t-tom", "--with", "m-cy", "--reason", "They insist", day=DAY)
    assert "t-tom with m-cy: a declared conflict of interest" in refused.err
    full = place.refuse("match", "accept", "t-max", "t-eve", day=DAY)
    assert "m-ada has room for 1 more, and 2 are to be paired with them" in full.err


def test_what_was_rejected_is_not_proposed_again(place: Place):
    proposed(place)
    assert "says why" in place.wrong("match", "reject", "t-kim", day=DAY).err
    assert "say whose" in place.wrong("match", "reject", day=DAY).err
    place.do("match", "reject", "t-kim", "--reason", "They work in one team", day=DAY)
    assert place.json("show", "formal-2026-spring-t-kim")["stage"] == "dropped"
    before = (place.root / FILE).read_bytes()
    proposed(place)
    assert (place.root / FILE).read_bytes() == before, "a pairing rests on it"
    later = FILE.replace("spring", "spring-2")
    assert "t-kim" not in pairs(json.loads((place.root / later).read_text(encoding="utf-8")))
    assert "has landed" in place.wrong("match", "propose", "formal", "--out", str(place.root / FILE), day=DAY).err
    told = place.json("match", "explain", "t-kim", "--why-not", "m-bo", "--file", later)
    assert told["others"][0]["ruled_out"] == ["not-again"]
    assert place.run("check").code == 0


def test_a_sheet_decides_on_many(place: Place):
    proposed(place)
    rows = """id,decision,reason,interests,personality-match,success-metrics
t-max,,,Nobody has one,70,60: fine
t-eve,reject,They know each other,,,
"""
    place.do("match", "accept", "--from", place.write("review.csv", rows), day=DAY)
    stages = {one["id"]: one["stage"] for one in place.json("list", "pairing")["records"]}
    assert stages == {"formal-2026-spring-t-max": "proposed", "formal-2026-spring-t-eve": "dropped"}
    assert place.json("show", "formal-2026-spring-t-max")["record"]["approvals"][0]["requirement"] == "manual-review"
    odd = place.write("odd.csv", "id,decision\nt-kim,maybe\n")
    assert "there is no decision 'maybe'" in place.wrong("match", "accept", "--from", odd, day=DAY).err


def test_who_left_since_is_not_paired(place: Place):
    proposed(place)
    place.do("advance", "m-bo", "withdrawn", "--reason", "Moved away", day=DAY)
    refused = place.refuse("match", "accept", *JUDGED, *INTERESTS, day=DAY)
    assert "m-bo is not among those who can be matched for formal" in refused.err
    place.do("set", "t-max", "rests-until=2026-06-01", day=DAY)
    rests = place.refuse("match", "accept", "t-max", day=DAY)
    assert "t-max takes on nothing new before 2026-06-01" in rests.err


def test_a_few_are_changed_where_a_proposal_was_made_before(place: Place):
    proposed(place)
    place.do("match", "propose", "formal", "--cycle", "2026-summer", "--before", FILE, day=DAY)
    later = json.loads((place.root / FILE.replace("spring", "summer")).read_text(encoding="utf-8"))
    assert later["reached"]["kept"] == 3
    assert later["before"] == {"t-eve": "m-ada", "t-kim": "m-bo", "t-max": "m-ada"}


def test_a_group_is_one_pairing(place: Place):
    place.do("match", "propose", "group", "--cycle", "2026-spring", day=DAY)
    place.do("match", "accept", *JUDGED, *INTERESTS, day=DAY)
    made = place.json("show", "group-2026-spring-m-ada")["record"]
    assert [one["as"] for one in made["participants"]] == ["mentor", "mentee", "mentee"]
    assert place.run("check").code == 0


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("propose", "frmal"), "did you mean formal?"),
        (("propose", "formal", "--policy", "MEM"), "no policy 'MEM'"),
        (("propose", "formal", "--method", "quick"), "there is no method 'quick'"),
        (("propose", "formal", "--before", "nothing.json"), "cannot be read"),
        (("verify",), "there is no proposal in records/evidence/matches"),
        (("accept", "t-max", "t-eve", "--with", "m-ada", "--reason", "So"), "name that one"),
    ],
)
def test_a_wrong_call_says_what_would_be_right(place: Place, words: tuple[str, ...], why: str):
    assert why in place.wrong("match", *words, day=DAY).err


def test_where_the_commit_is_gone_nobody_can_say(place: Place):
    found = proposed(place)
    found["commit"] = "0" * 40
    (place.root / FILE).write_text(json.dumps(found), encoding="utf-8")
    said = place.run("match", "verify")
    assert (said.code, "is not in this repository" in said.err) == (3, True)
