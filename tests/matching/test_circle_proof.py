"""What a proposal says of its circles is shown by its own prices, and whatever is changed in it is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from datetime import date
from functools import cache
from itertools import islice
from typing import Any

import pytest

from partnerkit.matching import covering, groups
from partnerkit.matching.circle_proof import Searched, searched, unshown
from partnerkit.matching.circles import Circles
from partnerkit.matching.covering import Step, bound_of
from partnerkit.matching.groups import AIMS, grouped, placing
from partnerkit.matching.proposal import Origin, Proposal, proposal
from partnerkit.matching.proving import unproven
from partnerkit.matching.run import Run
from partnerkit.matching.solving import solved
from partnerkit.reports.circles import how_proven
from tests.matching.brute import every, many_circles, small_circles
from tests.matching.people import mentor, person, run


def test_it_is_accepted_and_proves_nothing_else():
    others = 0
    for seed in range(120):
        circles = small_circles(seed)
        found = grouped(circles)
        said = Searched.model_validate(json.loads(json.dumps(searched(found))))
        assert unshown(circles, found.matching, said) is None, seed
        for other in islice(every(circles.pool), 30):
            if other != found.matching and circles.against(other) is None:
                others += 1
                assert unshown(circles, other, said) is not None, (seed, other)
    assert others > 300


@cache
def divided() -> tuple[Circles, list[int], dict[str, Any]]:
    """Circles whose proof divides: by hours, and by whether a circle is made."""
    circles = many_circles(6, 24, seed=6)
    found = grouped(circles)
    assert found.proven == list(AIMS)
    return circles, found.matching, searched(found)


def test_the_proof_divides():
    _, _, said = divided()
    steps = said["placing"] + said.get("higher", []) + said["scoring"]
    assert any("hour" in one for one in steps)
    assert any("mentor" in one and "hour" not in one for one in steps)
    assert any(not one for one in steps), "prices that hold again are not written again"


def _first(said: dict[str, Any], what: Callable[[dict[str, Any]], Any]) -> dict[str, Any]:
    return next(one for name in ("placing", "higher", "scoring") for one in said.get(name, []) if what(one))


def _longest(said: dict[str, Any]) -> list[dict[str, Any]]:
    return max((said[name] for name in ("placing", "higher", "scoring") if name in said), key=len)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda said: _longest(said).pop(), "not all that there are"),
        (lambda said: _longest(said).append({}), "after all cases are settled"),
        (lambda said: _longest(said).insert(0, {"prices": {}}), "after all cases are settled"),
        (lambda said: said["placing"].__setitem__(slice(None), [{}]), "without prices"),
        (lambda said: said["placing"].__setitem__(slice(None), [{"prices": {}}]), "what is shown is"),
        (lambda said: said["scoring"].__setitem__(slice(None), [{"prices": {}}]), "what is shown is"),
        (lambda said: said["higher"].__setitem__(slice(None), [{"prices": {}}]), "what is shown is"),
        (lambda said: said.pop("higher"), "no proof that the lowest"),
        (lambda said: said.update({"placed-at-most": 1 + said["placed-at-most"]}), "placed at most"),
        (lambda said: said.update({"placed-at-most": said["placed-at-most"] - 1}), "placed at most"),
        (lambda said: said.update({"total-at-most": said["total-at-most"] - 1}), "sum of points at most"),
        (lambda said: said["proven"].pop(), "proven: it says"),
        (lambda said: _first(said, lambda one: "mentor" in one).update(mentor="m9999"), "not among the mentors"),
        (lambda said: _first(said, lambda one: "hour" in one).update(hour="sun 23:45"), "at which nothing hangs"),
        (lambda said: _first(said, lambda one: "hour" in one).pop("mentor"), "is divided, and is not"),
        (lambda said: _first(said, lambda one: "mentor" in one).update(prices={}), "is divided, and is not"),
        (
            lambda said: _first(said, lambda one: one.get("prices"))["prices"].update(t9999=1),
            "not among the mentees",
        ),
    ],
)
def test_whatever_is_changed_in_it_is_refused(change: Callable[[dict[str, Any]], Any], why: str):
    circles, matching, said = divided()
    other = deepcopy(said)
    change(other)
    assert why in (unshown(circles, matching, Searched.model_validate(other)) or "")


def test_prices_that_were_changed_are_refused_or_prove_it_too():
    circles, matching, said = divided()
    refused = looked = 0
    for name in ("placing", "higher", "scoring"):
        for at, one in enumerate(said.get(name, [])):
            for mentee in list(one.get("prices", {}))[:4]:
                other = deepcopy(said)
                other[name][at]["prices"][mentee] *= 3
                looked += 1
                refused += unshown(circles, matching, Searched.model_validate(other)) is not None
    assert refused > looked // 2 > 10


def test_a_price_below_nothing_is_none():
    circles, _, _ = divided()
    with pytest.raises(ValueError, match="below 0"):
        bound_of(placing(circles), [Step(prices=[-1] * 24)])
    with pytest.raises(ValueError, match="below 0, or missing"):
        bound_of(placing(circles), [Step(prices=[1])])


def test_no_prices_bound_below_what_there_is():
    """Whatever prices somebody makes up, and however all answers are divided."""
    for seed in range(60):
        circles = small_circles(seed)
        if not circles.pool.mentors:
            continue
        best = grouped(circles)
        worth = placing(circles).worth_of(best.matching)
        for price in (0, 1, 5, 10**9):
            prices = Step(prices=[price] * len(circles.pool.mentees))
            for steps in ([prices], [Step(0), prices, prices]):
                assert bound_of(placing(circles), steps) >= worth


@pytest.mark.parametrize("limit", ["cases", "prices"])
def test_what_is_not_proven_is_not_said_to_be(limit: str, monkeypatch: pytest.MonkeyPatch):
    circles, matching, whole = divided()
    if limit == "cases":
        monkeypatch.setattr(groups, "MOST_CASES", 2)
    else:
        monkeypatch.setattr(covering, "MOST_PRICES", 10)
    found = grouped(circles)
    said = searched(found)
    assert unshown(circles, found.matching, Searched.model_validate(said)) is None
    assert said["proven"] != list(AIMS)
    assert said["placed-at-most"] >= whole["placed-at-most"]
    other = Searched.model_validate({**said, "proven": list(AIMS)})
    assert "proven: it says" in (unshown(circles, found.matching, other) or "")
    assert all(len(said[name]) == 1 or limit == "prices" for name in ("placing", "scoring"))
    assert limit == "cases" or found.matching == matching, "it is found all the same"


def evening(*quarters: int) -> int:
    return sum(0b1111 << one for one in quarters)


def meeting() -> Run:
    people = [
        person(name, level="beginner", skills=["sql"], quarters=evening(*hours))
        for name, hours in {"a": (0, 8), "b": (0,), "c": (8,), "d": (0,)}.items()
    ]
    return run([mentor("ada", level="advanced", skills=["sql"], room=4, quarters=evening(0, 8))], people, "group")


def proposed(found: Run) -> dict[str, Any]:
    return proposal(found, solved(found), Origin(date(2026, 3, 2), "2026-03-02T12:00:00Z", "0" * 40, "partnerkit"))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda _: None, None),
        (lambda said: said.pop("searched"), "no certificate"),
        (lambda said: said["circles"][0]["hours"].append("tue 10:00-12:00"), "can meet at other hours"),
        (lambda said: said.pop("circles"), "can meet at other hours: mon 00:00-01:00"),
        (lambda said: said["circles"].append({"mentor": "bo", "hours": []}), "a group that is not made"),
        (lambda said: said.update(closed=["ada"]), "the groups that are not made are others"),
        (lambda said: said["reached"].update(total=1), "it reaches"),
        (lambda said: said["pairs"].pop(), "it reaches"),
        (lambda said: said["pairs"][1].update(mentee="c"), "no hour of the week in common"),
    ],
)
def test_a_proposal_says_when_each_can_meet_and_nothing_in_it_can_be_changed(
    change: Callable[[dict[str, Any]], Any], why: str | None
):
    found = meeting()
    data = proposed(found)
    assert data["circles"] == [{"mentor": "ada", "hours": ["mon 00:00-01:00"]}]
    assert sorted(one["mentee"] for one in data["pairs"]) == ["a", "b", "d"]
    change(data)
    said = unproven(found, Proposal.model_validate(data))
    assert said is None if why is None else why in (said or "")


def test_it_is_told_in_a_line():
    found = meeting()
    said = Proposal.model_validate(proposed(found))
    assert said.searched is not None
    assert how_proven(said.searched, said).startswith("Proven best: no other choice of groups is better (")
    for proven, more, points, told in (
        ([], 2, 10, "at most 2 more could be placed, or as many with 10 points more in sum"),
        (["placed"], 0, 10, "could have waited longer"),
        (["placed", "waited"], 0, 10, "higher lowest points, or at most 10 points more"),
        (["placed", "waited", "lowest"], 0, 10, "as many could have at most 10 points more in sum"),
        (["placed", "waited", "lowest", "total"], 0, 0, "nothing has more points"),
    ):
        short = said.searched.model_copy(
            update={
                "proven": proven,
                "placed_at_most": said.reached.placed + more,
                "total_at_most": said.reached.total + points,
            }
        )
        line = how_proven(short, said)
        assert line.startswith("Not proven best after ")
        assert told in line
