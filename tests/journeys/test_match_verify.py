"""A proposal is shown to be the best by its own prices, and whatever is changed in it is found."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.journeys.pooled import DAY, FILE, proposed
from tests.place import Place


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
        (lambda found: found["reached"].update(total=9000), "it reaches"),
        (lambda found: found.update(blocking=4), "rather have each other"),
        (lambda found: found.update(inputs="c1:" + "0" * 64), "made for other people"),
        (lambda found: found.update(rules="c1:" + "0" * 64), "made for other criteria"),
        (lambda found: found.pop("certificate"), "no certificate"),
        (lambda found: found["certificate"]["scoring"].update({"m-ada": 10**9}), "cannot be higher"),
        (lambda found: found["certificate"]["placing"].update({"m-nobody": 1}), "not among the mentors"),
    ],
)
def test_whatever_is_changed_in_a_proposal_is_found(matchable: Place, change: Any, why: str):
    found = proposed(matchable)
    change(found)
    (matchable.root / FILE).write_text(json.dumps(found), encoding="utf-8")
    said = matchable.run("match", "verify", FILE)
    assert (said.code, why in said.out) == (1, True), said.all
    assert "partnerkit match propose formal --cycle 2026-spring" in said.out
    refused = matchable.refuse("match", "accept", "--file", FILE, day=DAY)
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
