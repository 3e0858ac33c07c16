"""A proposal is shown to be the best by its own prices, and whatever is changed in it is found."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.pooled import DAY, FILE, INTERESTS, JUDGED, proposed
from tests.place import Place
from tests.scenarios.codes.running import findings, only, paste


def test_a_proposal_is_shown_to_be_the_best_without_looking_for_another(matchable: Place):
    proposed(matchable)
    said = matchable.run("match", "verify", day="2026-05-01")
    assert (said.code, "shown to be the best by its own prices" in said.out) == (0, True)
    assert matchable.json("match", "verify", FILE)["proven"] is True
    matchable.do("set", "t-max", "skills=[rust]", day=DAY)
    assert matchable.run("match", "verify").code == 0, "it is held against the commit from which it was made"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda found: found["pairs"].pop(), "it reaches"),
        (lambda found: found["pairs"][0].update(points=999), "the points are others"),
        (lambda found: found["pairs"][0]["by"].update({"skill-areas": 1}), "the points are others"),
        (lambda found: found["pairs"][0].update(mentor="m-cy"), "is not possible"),
        (lambda found: found["pairs"][0].update(mentor="m-nobody"), "not among those who can be matched"),
        (lambda found: found["pairs"].append(dict(found["pairs"][0])), "stands there twice"),
        (
            lambda found: found["reached"].update(total=9000),
            "it reaches 3 placed, 1 cycle waited, lowest points 500, 1625 in sum, 0 as before; and not 3 placed",
        ),
        (lambda found: found.update(blocking=4), "rather have each other"),
        (lambda found: found.update(inputs="c1:" + "0" * 64), "made for other people"),
        (lambda found: found.update(rules="c1:" + "0" * 64), "made for other criteria"),
        (lambda found: found.pop("certificate"), "no certificate"),
        (lambda found: found["certificate"]["scoring"].update({"m-ada": 10**9}), "cannot be higher"),
        (lambda found: found["certificate"]["placing"].update({"m-nobody": 1}), "not among the mentors"),
        (lambda found: found.pop("left"), "who has nobody, and why, is not what comes of the people"),
        (lambda found: found.update(on="2026-03-09"), "it was made on 2026-03-10 and says 2026-03-09"),
        (lambda found: found.update(on="2199-03-09", at="2199-03-09T12:00:00Z"), "that day has not come"),
        (lambda found: found.update(cycle="2026-summer"), "the file of that is called formal-2026-summer.json"),
    ],
)
def test_whatever_is_changed_in_a_proposal_is_found(matchable: Place, change: Any, why: str):
    found = proposed(matchable)
    change(found)
    (matchable.root / FILE).write_text(json.dumps(found), encoding="utf-8")
    said = matchable.run("match", "verify", FILE)
    assert (said.code, why in said.out) == (1, True), said.all
    assert f"partnerkit match propose formal --cycle {found['cycle']}" in said.out
    refused = matchable.refuse("match", "accept", "--file", FILE, day=DAY)
    assert "match-unproven" in refused.err


def test_who_is_full_takes_on_more_by_the_line(matchable: Place):
    proposed(matchable)
    matchable.day = DAY
    matchable.do("set", "m-ada", "capacity=1")
    accept = ("match", "accept", "t-eve", "t-max", *JUDGED, *INTERESTS)
    paste(matchable, only(findings(matchable, accept, None), "match-full")["mend"], {"<capacity>": "2"}, None)
    matchable.do(*accept)


def test_a_proposal_is_made_anew_by_the_line(matchable: Place):
    found = proposed(matchable)
    found["pairs"] = []
    (matchable.root / FILE).write_text(json.dumps(found), encoding="utf-8")
    matchable.day = DAY
    accept = ("match", "accept", "--file", FILE)
    paste(matchable, only(findings(matchable, accept, None), "match-unproven")["mend"], {}, None)
    assert matchable.run("match", "verify", FILE).code == 0


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no proposal"),
        ("[1]", "no proposal"),
        ('{"format": 1, "format": 1}', "twice"),
        ("[" * 100_000, "no proposal"),
    ],
)
def test_what_is_no_proposal_is_called_so(matchable: Place, text: str, why: str):
    file = matchable.write("odd.json", text)
    said = matchable.wrong("match", "verify", file)
    assert why in said.err
    assert "partnerkit match propose" in said.err


def test_where_the_commit_is_gone_nobody_can_say(matchable: Place):
    found = proposed(matchable)
    found["commit"] = "0" * 40
    (matchable.root / FILE).write_text(json.dumps(found), encoding="utf-8")
    said = matchable.run("match", "verify")
    assert (said.code, "is not in this repository" in said.err) == (3, True)


def test_what_was_read_from_a_side_branch_is_said_to_be(matchable: Place):
    matchable.git("checkout", "-qb", "aside")
    matchable.do("set", "t-max", "skills=[sql, python]", day=DAY)
    proposed(matchable)
    assert matchable.run("match", "verify").code == 0
    commit = matchable.git("rev-parse", "HEAD")[:10]
    matchable.git("checkout", "-q", "-")
    said = matchable.run("match", "verify")
    assert (said.code, f"{commit}, from which it was read, is not in the history" in said.out) == (1, True), said.all
    assert "match-unproven" in matchable.refuse("match", "accept", day=DAY).err


def test_elsewhere_a_proposal_may_have_any_name(matchable: Place):
    proposed(matchable)
    (matchable.root / FILE).rename(matchable.root / "mine.json")
    assert matchable.run("match", "verify", "mine.json").code == 0


def test_nothing_is_proposed_ahead_of_its_day(matchable: Place):
    said = matchable.wrong("match", "propose", "formal", day="2199-03-10")
    assert "has not come yet" in said.err
    assert matchable.run("match", "propose", "formal", "--dry-run", day="2199-03-10").code == 0


def test_what_is_not_named_is_what_landed_last_or_was_written_since(matchable: Place):
    def took() -> str:
        named = Path(matchable.json("match", "verify")["file"]).name
        assert matchable.json("match", "explain")["file"].endswith(named)
        assert named in matchable.do("match", "explain", "t-max").out
        assert named in matchable.do("match", "explain").out
        accepting = matchable.json("match", "accept", "t-kim", "--dry-run", day=DAY)["notes"]
        assert any(f"{named}, the proposal made last" in note for note in accepting)
        return named.removeprefix("formal-").removesuffix(".json")

    for place, cycle in enumerate(("spring", "autumn")):  # of one moment: not the one whose name comes last
        matchable.do("match", "propose", "formal", "--cycle", cycle, day=DAY)
        os.utime(matchable.root / f"records/evidence/matches/formal-{cycle}.json", ns=(place, place))
    assert took() == "autumn"
    matchable.do("match", "accept", "t-max", "--file", "records/evidence/matches/formal-autumn.json", day=DAY)
    assert took() == "spring", "it waits to be reviewed"
    matchable.git("add", "records/evidence")
    matchable.git("commit", "-qm", "The other one")
    os.utime(matchable.root / "records/evidence/matches/formal-autumn.json")
    assert took() == "spring", "it landed last"
