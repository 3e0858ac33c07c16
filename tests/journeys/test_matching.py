"""A pool of mentors and mentees matched: proposed, explained, accepted and rejected by a person."""

from __future__ import annotations

import json
import shlex

import pytest

from tests.journeys.pooled import DAY, FILE, INTERESTS, JUDGED, TRAINED, pairs, proposed
from tests.place import Place


def test_a_proposal_pairs_nobody_and_says_who_is_left_and_why(matchable: Place):
    before = matchable.git("rev-parse", "HEAD")
    said = matchable.run("match", "propose", "formal", "--cycle", "2026-spring", day=DAY)
    assert said.code == 0
    assert "3 of 5 who wait have a mentor: formal 2026-spring, MEM-02-03" in said.out
    assert "t-zoe" in said.out
    assert "nobody who can take somebody on offers knitting; a mentor for knitting would help" in said.out
    assert "m-di" in said.out
    assert "does not meet training-mentorship-skills (MEM-02-03 §3.2.3/mentorship-skills" in said.out
    assert "nobody is paired before a person accepts it" in said.out
    assert matchable.git("rev-parse", "HEAD") == before
    assert not (matchable.root / "records" / "pairings").exists()
    found = json.loads((matchable.root / FILE).read_text(encoding="utf-8"))
    assert pairs(found) == {"t-eve": "m-ada", "t-kim": "m-bo", "t-max": "m-ada"}
    left = {one["application"]: one["code"] for one in found["left"]}
    assert left == {"t-tom": "too-little", "t-zoe": "nobody-offers", "m-di": "needs"}
    assert found["reached"] == {"placed": 3, "waited": 1, "lowest": 500, "total": 1625, "kept": 0}


def test_the_same_people_give_the_same_answer(matchable: Place):
    first = proposed(matchable)
    for one in sorted((matchable.root / "records" / "applications").glob("*.yaml")):
        one.rename(one.with_suffix(".moved"))
    for one in sorted((matchable.root / "records" / "applications").glob("*.moved"), reverse=True):
        one.rename(one.with_suffix(".yaml"))
    again = proposed(matchable)
    assert {key: one for key, one in first.items() if key != "at"} == {
        key: one for key, one in again.items() if key != "at"
    }


def test_what_is_offered_next_can_be_typed_as_it_stands(matchable: Place):
    said = matchable.do("match", "propose", "formal", "--cycle", "2026-spring", day=DAY)
    offered = said.out.rpartition("Next: ")[2].strip().split(" or ")
    assert len(offered) == 2
    for one in offered:
        _, *words = shlex.split(one)
        assert FILE in words
        matchable.do(*words, *(["--dry-run"] if "accept" in words else []), day=DAY)


def test_a_dry_run_writes_nothing(matchable: Place):
    before = matchable.snapshot()
    assert "nothing was written" in matchable.do("match", "propose", "formal", "--dry-run", day=DAY).out
    assert matchable.snapshot() == before


def test_a_pair_is_explained_and_what_another_would_cost(matchable: Place):
    proposed(matchable)
    said = matchable.do("match", "explain", "t-kim").out
    assert "t-kim with m-bo: 500 points of 1000" in said
    assert "not said by both, so it counts half" in said
    assert "m-bo would have 1 of the 1 mentee that there is room for" in said
    assert "Not m-ada: 575 points together; 1 fewer would be placed" in said
    told = matchable.json("match", "explain", "p-tom", "--why-not", "p-cy")
    assert (told["mentor"], told["others"][0]["ruled_out"]) == (None, ["conflict"])
    assert "a declared conflict of interest" in told["nobody"]["why"]
    overview = matchable.json("match", "explain")
    assert {one["criterion"] for one in overview["sensitivity"]} >= {"skill-areas", "availability"}
    assert (
        "m-nobody is not among the mentors" in matchable.wrong("match", "explain", "t-kim", "--why-not", "m-nobody").err
    )
    assert "say whom" in matchable.wrong("match", "explain", "--why-not", "m-ada").err


def test_a_mentor_is_told_whom_they_would_have_and_who_else_wanted_the_place(matchable: Place):
    proposed(matchable)
    said = matchable.do("match", "explain", "m-ada").out
    assert "m-ada with t-eve: 550 points of 1000" in said
    assert "m-ada with t-max: 575 points of 1000" in said
    assert "m-ada would have 2 of the 2 mentees that there is room for" in said
    assert "Not t-kim (who has m-bo): 575 points together; 1 fewer would be placed" in said
    idle = matchable.do("match", "explain", "p-cy").out
    assert "m-cy has nobody in formal 2026-spring" in idle
    assert "of 5 mentees: " in idle
    assert "1 a declared conflict of interest" in idle
    assert "m-cy would have 0 of the 1 mentee that there is room for" in idle
    left = matchable.do("match", "explain", "m-di").out
    assert "does not meet training-mentorship-skills (MEM-02-03 §3.2.3/mentorship-skills" in left
    told = matchable.json("match", "explain", "m-cy", "--why-not", "t-tom")
    assert (told["held"], told["room"], told["others"][0]["ruled_out"]) == ([], 1, ["conflict"])
    both = matchable.wrong("match", "explain", "m-ada", "--why-not", "t-max").err
    assert "m-ada and t-max are proposed for each other" in both
    assert "m-bo is not among the mentees" in matchable.wrong("match", "explain", "m-ada", "--why-not", "m-bo").err


def test_a_person_accepts_and_each_pair_becomes_a_pairing_in_one_commit(matchable: Place):
    proposed(matchable)
    before = len(matchable.git("log", "--format=%h").split())
    matchable.do("match", "accept", *JUDGED, *INTERESTS, day=DAY)
    assert len(matchable.git("log", "--format=%h").split()) == before + 1
    assert FILE in matchable.git("ls-files", "records/evidence")
    pairing = "formal-2026-spring-t-max"
    made = matchable.json("show", pairing)["record"]
    assert [one["application"] for one in made["participants"]] == ["m-ada", "t-max"]
    assert made["evidence"][0]["ref"] == FILE
    assert made["scores"][0]["marks"]["personality-match"] == {"score": 70}
    assert made["scores"][0]["marks"]["skill-areas"]["score"] == 100
    assert "proposer" not in made
    matchable.do("advance", "--where", "programme=formal", day=DAY)
    assert matchable.json("show", pairing)["stage"] == "reviewed"
    assert matchable.run("check").code == 0
    assert matchable.run("audit").code == 0
    again = matchable.refuse("match", "accept", "t-max", *JUDGED, *INTERESTS, day=DAY)
    assert "t-max has a place in formal-2026-spring-t-max (reviewed)" in again.err


def test_who_is_left_waits_a_cycle_more_and_is_placed_sooner(matchable: Place):
    proposed(matchable)
    matchable.do("match", "accept", "t-max", "--others-wait", day=DAY)
    waited = {
        one: matchable.json("show", one)["record"].get("cycles-waited") for one in ("t-max", "t-eve", "t-kim", "t-zoe")
    }
    assert waited == {"t-max": None, "t-eve": 2, "t-kim": 1, "t-zoe": 1}
    assert matchable.run("check").code == 0


def test_the_price_of_what_was_agreed_before_is_told(matchable: Place):
    proposed(matchable)
    by_hand = ("--with", "m-ada", "--reason", "They asked for each other")
    matchable.do("match", "accept", "t-kim", *by_hand, day=DAY)
    matchable.do("match", "propose", "formal", "--cycle", "2026-summer", day=DAY)
    file = FILE.replace("spring", "summer")
    told = matchable.json("match", "explain", "--file", file)["keeping"]
    assert told["pairings"] == ["formal-2026-spring-t-kim"]
    assert (told["kept"]["placed"], told["free"]["placed"]) == (2, 3)
    said = matchable.do("match", "explain", "--file", file).out
    assert "Keeping formal-2026-spring-t-kim: 1 fewer would be placed" in said


def test_undo_takes_all_of_it_back(matchable: Place):
    proposed(matchable)
    matchable.do("match", "accept", *JUDGED, *INTERESTS, day=DAY)
    matchable.do("undo", day=DAY)
    assert matchable.run("check").code == 0
    assert matchable.json("show", "formal-2026-spring-t-max")["stage"] == "void"
    assert pairs(proposed(matchable)) == {"t-eve": "m-ada", "t-kim": "m-bo", "t-max": "m-ada"}


def test_what_people_judge_is_asked_of_them(matchable: Place):
    proposed(matchable)
    said = matchable.do("match", "accept", "t-max", day=DAY)
    assert "people have yet to judge personality-match, success-metrics" in said.all
    made = matchable.json("show", "formal-2026-spring-t-max")["record"]
    assert "scores" not in made
    assert "approvals" not in made
    assert (
        "people do not judge 'skill-areas'" in matchable.wrong("match", "accept", "t-eve", "skill-areas=3", day=DAY).err
    )
    wrong = matchable.wrong(
        "match", "accept", "t-eve", "personality-match=70: nice", "success-metrics=60: fine", day=DAY
    )
    assert "points only" in wrong.err
    none = matchable.wrong("match", "accept", "t-eve", "personality-match=much", "success-metrics=60: fine", day=DAY)
    assert "'much' are none" in none.err


def test_a_person_pairs_otherwise_with_a_reason_and_another_decides(matchable: Place):
    proposed(matchable)
    assert "says why" in matchable.wrong("match", "accept", "t-kim", "--with", "m-ada", day=DAY).err
    by_hand = ("--with", "m-ada", "--reason", "They asked for each other")
    said = matchable.do("match", "accept", "t-kim", *by_hand, *JUDGED, *INTERESTS, day=DAY)
    assert "somebody else decides: partnerkit approve formal-2026-spring-t-kim manual-review" in said.all
    made = matchable.json("show", "formal-2026-spring-t-kim")["record"]
    assert made["evidence"][0]["summary"] == "Paired otherwise than proposed: They asked for each other"
    assert made["proposer"] == "p-rosa"
    refused = matchable.refuse("match", "accept", "t-tom", "--with", "m-cy", "--reason", "They insist", day=DAY)
    assert "t-tom with m-cy: a declared conflict of interest" in refused.err
    full = matchable.refuse("match", "accept", "t-max", "t-eve", day=DAY)
    assert "m-ada has room for 1 more, and 2 are to be paired with them" in full.err


def test_what_was_rejected_is_not_proposed_again(matchable: Place):
    proposed(matchable)
    assert "says why" in matchable.wrong("match", "reject", "t-kim", day=DAY).err
    assert "say whose" in matchable.wrong("match", "reject", day=DAY).err
    matchable.do("match", "reject", "t-kim", "--reason", "They work in one team", day=DAY)
    assert matchable.json("show", "formal-2026-spring-t-kim")["stage"] == "dropped"
    before = (matchable.root / FILE).read_bytes()
    proposed(matchable)
    assert (matchable.root / FILE).read_bytes() == before, "a pairing rests on it"
    later = FILE.replace("spring", "spring-2")
    assert "t-kim" not in pairs(json.loads((matchable.root / later).read_text(encoding="utf-8")))
    assert (
        "has landed" in matchable.wrong("match", "propose", "formal", "--out", str(matchable.root / FILE), day=DAY).err
    )
    told = matchable.json("match", "explain", "t-kim", "--why-not", "m-bo", "--file", later)
    assert told["others"][0]["ruled_out"] == ["not-again"]
    assert matchable.run("check").code == 0


def test_a_sheet_decides_on_many(matchable: Place):
    proposed(matchable)
    rows = """id,decision,reason,interests,personality-match,success-metrics
t-max,,,Nobody has one,70,60: fine
t-eve,reject,They know each other,,,
"""
    matchable.do("match", "accept", "--from", matchable.write("review.csv", rows), day=DAY)
    stages = {one["id"]: one["stage"] for one in matchable.json("list", "pairing")["records"]}
    assert stages == {"formal-2026-spring-t-max": "proposed", "formal-2026-spring-t-eve": "dropped"}
    assert (
        matchable.json("show", "formal-2026-spring-t-max")["record"]["approvals"][0]["requirement"] == "manual-review"
    )
    odd = matchable.write("odd.csv", "id,decision\nt-kim,maybe\n")
    assert "there is no decision 'maybe'" in matchable.wrong("match", "accept", "--from", odd, day=DAY).err


def test_who_left_since_is_not_paired(matchable: Place):
    proposed(matchable)
    matchable.do("advance", "m-bo", "withdrawn", "--reason", "Moved away", day=DAY)
    refused = matchable.refuse("match", "accept", *JUDGED, *INTERESTS, day=DAY)
    assert "m-bo is not among those who can be matched for formal" in refused.err
    matchable.do("set", "t-max", "rests-until=2026-06-01", day=DAY)
    rests = matchable.refuse("match", "accept", "t-max", day=DAY)
    assert "t-max takes on nothing new before 2026-06-01" in rests.err


def test_a_few_are_changed_where_a_proposal_was_made_before(matchable: Place):
    proposed(matchable)
    matchable.do("match", "propose", "formal", "--cycle", "2026-summer", "--before", FILE, day=DAY)
    later = json.loads((matchable.root / FILE.replace("spring", "summer")).read_text(encoding="utf-8"))
    assert later["reached"]["kept"] == 3
    assert later["before"] == {"t-eve": "m-ada", "t-kim": "m-bo", "t-max": "m-ada"}


def test_a_group_is_one_pairing(matchable: Place):
    said = matchable.do("match", "propose", "group", "--cycle", "2026-spring", day=DAY)
    assert "Proven best: no other choice of groups is better (" in said.out
    assert "mon 20:00-21:00" in said.out, "the hour at which all of them are free"
    assert "shown to be the best by its own prices" in matchable.run("match", "verify").out
    matchable.do("match", "accept", *JUDGED, *INTERESTS, day=DAY)
    made = matchable.json("show", "group-2026-spring-m-ada")["record"]
    assert [one["as"] for one in made["participants"]] == ["mentor", "mentee", "mentee"]
    assert matchable.run("check").code == 0


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("propose", "frmal"), "did you mean formal?"),
        (("propose", "formal", "--policy", "MEM"), "no policy 'MEM'"),
        (("propose", "formal", "--method", "quick"), "there is no method 'quick'"),
        (("propose", "peer", "--method", "stable"), "it is for pairs"),
        (("propose", "formal", "--cycle", "Spring 2026"), "--cycle 2026-spring"),
        (("propose", "formal", "--cycle", "../../../x"), "small letters a to z, digits and hyphens"),
        (("propose", "formal", "--cycle", ""), "small letters a to z, digits and hyphens"),
        (("propose", "formal", "--before", "nothing.json"), "cannot be read"),
        (("verify",), "there is no proposal in records/evidence/matches"),
        (("accept", "t-max", "t-eve", "--with", "m-ada", "--reason", "So"), "name that one"),
    ],
)
def test_a_wrong_call_says_what_would_be_right(matchable: Place, words: tuple[str, ...], why: str):
    assert why in matchable.wrong("match", *words, day=DAY).err


def test_a_proposal_of_nobody_is_accepted_only_so_that_everybody_waits(matchable: Place) -> None:
    proposed(matchable)
    matchable.do("match", "accept", *JUDGED, *INTERESTS, day=DAY)
    matchable.do("match", "propose", "formal", "--cycle", "2026-late", day=DAY)
    late = ("--file", FILE.replace("spring", "late"))
    said = matchable.wrong("match", "accept", *late, *JUDGED, *INTERESTS, day=DAY)
    assert "proposes nobody, so there is nothing to accept; nothing changed" in said.err
    said = matchable.do("match", "accept", *late, "--others-wait", day=DAY)
    assert "nobody is paired, everybody who was not waits a cycle more" in said.out
    assert matchable.json("show", "t-zoe", day=DAY)["record"]["cycles-waited"] == 1
    assert matchable.run("audit", day=DAY).code == 0


ROSA = f"""name,id,applicant,as,programmes,applied,skills,level,training
Mentor,m-rosa,p-rosa,mentor,"[formal]",2026-01-05,[knitting],advanced,"[{TRAINED}]"
"""


def test_whoever_is_one_of_a_pair_accepts_the_others_and_somebody_else_that_one(matchable: Place) -> None:
    adopted = ("--adopt", "accepted", "--since", "2026-01-10", "--reason", "They were there before the register")
    matchable.do("new", "application", "--from", matchable.write("rosa.csv", ROSA), *adopted, day="2026-03-03")
    proposed(matchable)
    alone = matchable.refuse("match", "accept", "t-zoe", *JUDGED, *INTERESTS, day=DAY)
    assert "→ partnerkit person role <person> mentorship-coordinator" in alone.err
    matchable.do("person", "role", "p-lea", "mentorship-coordinator", day="2026-03-03")
    asked = ("match", "accept", *JUDGED, *INTERESTS, "--json")
    [said] = json.loads(matchable.refuse(*asked, day=DAY).out)["findings"]
    assert said["code"] == "not-separate"
    assert "t-zoe with m-rosa: " in said["message"]
    theirs = shlex.split(said["message"].rpartition("somebody else accepts them: partnerkit ")[2])
    mine = shlex.split(said["mend"])[1:]
    assert "t-zoe" not in mine
    alone = matchable.refuse("match", "accept", "t-zoe", *JUDGED, *INTERESTS, day=DAY)
    assert "approve" not in alone.err
    matchable.do(*mine, day=DAY)
    matchable.do(*theirs, by="p-lea", day=DAY)
    stages = {one["id"]: one["stage"] for one in matchable.json("list", "pairing")["records"]}
    assert set(stages) == {f"formal-2026-spring-{one}" for one in ("t-eve", "t-kim", "t-max", "t-zoe")}
    approved = matchable.json("show", "formal-2026-spring-t-zoe")["record"]["approvals"]
    assert [one["by"] for one in approved] == ["p-lea"]


@pytest.mark.parametrize("dry", [(), ("--dry-run",)])
def test_nothing_else_is_written_over(matchable: Place, dry: tuple[str, ...]) -> None:
    asked = ("match", "propose", "formal", "--cycle", "2026-spring", "--out")
    proposed(matchable)
    other = json.loads((matchable.root / FILE).read_text(encoding="utf-8")) | {"cycle": "2026-summer"}
    (matchable.root / "aside").symlink_to(".git")
    for file, why in (
        (".git/config", "a place of git itself"),
        (".git/new.json", "a place of git itself"),
        ("aside/new.json", "a place of git itself"),
        ("records/people.yaml", "has landed"),
        ("records/pairings/new.yaml", "records lie there"),
        ("records/evidence/matches/new.json", "is called formal-2026-spring.json there"),
        (matchable.write("notes.txt", "Mine"), "what lies there is no proposal"),
        (matchable.write("other.json", json.dumps(other)), "what lies there is the proposal for formal 2026-summer"),
    ):
        path = matchable.root / file
        before = path.read_bytes() if path.exists() else None
        said = matchable.wrong(*asked, file, *dry, day=DAY)
        assert why in " ".join(said.err.split()), (file, said.err)
        assert (path.read_bytes() if path.exists() else None) == before
    mine = matchable.write("mine.json", (matchable.root / FILE).read_text(encoding="utf-8"))
    matchable.do(*asked, mine, *dry, day=DAY)
    assert matchable.run("match", "verify", mine).code == 0


def test_a_later_proposal_of_a_cycle_does_not_take_the_file_of_another_cycle(matchable: Place) -> None:
    proposed(matchable)
    matchable.do("match", "accept", "t-max", day=DAY)
    matchable.do("match", "propose", "formal", "--cycle", "2026-spring-2", day=DAY)
    said = matchable.do("match", "propose", "formal", "--cycle", "2026-spring", day=DAY).out
    assert FILE.replace("spring", "spring-3") in said


def test_a_wish_that_came_later_is_told_where_it_stands_and_what_is_offered_works(matchable: Place) -> None:
    proposed(matchable)
    matchable.do("set", "t-kim", "not-with=[p-bo]", day=DAY)
    refused = matchable.refuse("match", "accept", "t-kim", *JUDGED, *INTERESTS, day=DAY)
    assert "t-kim with m-bo: one of the two does not want it" in refused.err
    assert "records/applications/t-kim.yaml:" in refused.err
    offered = refused.err.rpartition("→ partnerkit ")[2].strip()
    matchable.do(*shlex.split(offered), day=DAY)
    assert pairs(json.loads((matchable.root / FILE).read_text(encoding="utf-8"))).get("t-kim") != "m-bo"
    unknown = matchable.refuse("match", "accept", "t-max", "--with", "m-nobody", "--reason", "So", day=DAY)
    assert f"{FILE}  match-impossible" in unknown.err
    offered = unknown.err.rpartition("→ partnerkit ")[2].strip()
    assert "m-ada" in matchable.do(*shlex.split(offered), day=DAY).out
