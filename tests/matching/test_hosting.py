"""Whom a mentor or a peer would have, who else wanted the place, and why somebody has nobody."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from partnerkit.errors import WrongCallError
from partnerkit.jobs.match_explaining import hosting, mentee_explained
from partnerkit.matching.hosting import held, wanting
from partnerkit.matching.idle import idle
from partnerkit.matching.people import LeftOut, Person
from partnerkit.matching.proposal import Origin, Proposal, proposal
from partnerkit.matching.run import Run
from partnerkit.matching.solving import Method, solved
from partnerkit.matching.unplaced import Unplaced, unplaced
from partnerkit.reports.match_reasons import explained_json, explained_page
from tests.matching.people import mentor, person, run

HIGH: dict[str, Any] = {"level": "advanced", "skills": ["sql"]}
LOW: dict[str, Any] = {"level": "beginner", "skills": ["sql"]}
HOUR, OTHER = 0b1111, 0b1111 << 8


def ada(**said: Any) -> Person:
    return mentor("ada", **{**HIGH, **said})


def mentee(name: str, **said: Any) -> Person:
    return person(name, **{**LOW, **said})


def page(found: Run, name: str, why_not: str | None = None, method: Method = "best") -> str:
    """What `match explain` prints of somebody."""
    answer = solved(found, method)
    said = Proposal.model_validate(
        proposal(found, answer, Origin(date(2026, 3, 2), "2026-03-02T12:00:00Z", "0" * 40, "a"))
    )
    asked = found.shape == "peers" or name in {one.id for one in found.mentors}
    told = (hosting if asked else mentee_explained)(found, answer, name, why_not, said, "proposal.json")
    assert explained_json(told)["reached"]["placed"] == answer.reached.placed
    return explained_page(told).plain()


def why_idle(found: Run, name: str = "ada", method: Method = "best") -> Unplaced:
    answer = solved(found, method)
    assert found.mentor_at(name) not in answer.matching
    return idle(found, answer, found.mentor_at(name))


def test_who_is_held_comes_by_points_and_so_does_who_wanted_the_place():
    near, same = {"region": "north", "technologies": ["git"]}, {"region": "south"}
    found = run(
        [ada(room=1, **near)], [mentee("t3", **same), mentee("t2"), mentee("t1"), mentee("t4", waited=1, **same)]
    )
    answer = solved(found)
    assert [one.id for one in held(found, answer, 0)] == ["t4"]
    assert [found.mentees[one].id for one in wanting(found, answer, 0)] == ["t1", "t2", "t3"]
    said = page(found, "ada")
    assert "ada would have 1 of the 1 mentee that there is room for" in said
    assert "Not t1 (who has nobody): " in said
    assert "those placed would have waited 1 cycle less, and 1 other would have somebody else, or nobody" in said


def test_no_more_than_three_are_priced_and_the_others_are_counted():
    found = run([ada()], [mentee(f"t{place}") for place in range(6)])
    said = page(found, "ada")
    assert said.count("Not t") == 3
    assert "2 more could be with them; the price of each: partnerkit match explain ada --why-not <id>" in said
    assert page(found, "ada", "p-t5").count("Not t") <= 1


@pytest.mark.parametrize(
    ("mentors", "mentees", "code", "why", "helps"),
    [
        ([ada()], [], "nobody", "there is nobody who waits for a mentor", "a mentee"),
        (
            [ada(skills=["knitting", "chess"])],
            [mentee("max")],
            "nobody-wants",
            "nobody who waits wants knitting, chess",
            "a mentee for knitting",
        ),
        (
            [ada(bound=["p-max"])],
            [mentee("max"), mentee("eve", shuns=["p-ada"]), mentee("kim", shuns=["p-ada"])],
            "veto",
            "of 3 mentees: 2 one of the two does not want it, 1 a declared conflict of interest",
            None,
        ),
        (
            [ada(quarters=HOUR)],
            [mentee("max", quarters=OTHER), mentee("eve", quarters=OTHER, shuns=["p-ada"])],
            "veto",
            "of 2 mentees: 1 one of the two does not want it, 1 no hour of the week in common",
            "an hour of the week in common with max",
        ),
        (
            [ada(level="beginner"), mentor("bo", **HIGH)],
            [mentee("max", level="intermediate")],
            "gap",
            "of 1 mentee: 1 not as many steps apart as the programme asks for",
            None,  # an exception would change nothing: bo fits better
        ),
        (
            [ada(level="beginner")],
            [mentee("max", level="intermediate")],
            "gap",
            "of 1 mentee: 1 not as many steps apart as the programme asks for",
            "an exception for the steps to max",
        ),
        (
            [ada(), mentor("bo", **HIGH, region="north")],
            [mentee("max", region="north")],
            "all-placed",
            "everybody with whom it is possible has another mentor: max (bo)",
            "another mentee like max",
        ),
    ],
)
def test_why_a_mentor_has_nobody(mentors: list[Person], mentees: list[Person], code: str, why: str, helps: str | None):
    found = run(mentors, mentees)
    said = why_idle(found)
    assert (said.id, said.code, said.why, said.would_help) == ("ada", code, why, helps)
    told = page(found, "ada")
    assert "ada has nobody in formal 2026-spring" in told
    assert why in told
    assert helps is None or f"{helps} would help" in told


def test_one_more_mentee_is_not_said_to_help_where_others_would_have_them():
    """Two others have room too, and fit better: one more like max goes to one of them."""
    near = {"region": "north"}
    others = [mentor("bo", **HIGH, **near), mentor("cy", **HIGH, **near)]
    said = why_idle(run([ada(), *others], [mentee("max", **near)]))
    assert (said.code, said.would_help) == ("all-placed", None)


def test_who_has_another_mentor_is_counted_beyond_three():
    many = [mentor(f"m{place}", **HIGH, region="north") for place in range(4)]
    found = run([ada(), *many], [mentee(f"t{place}", region="north") for place in range(4)])
    assert why_idle(found).why.endswith(" and 1 more")


def test_a_group_that_would_be_too_small():
    alone = run([ada(room=3)], [mentee("max")], "group")
    said = why_idle(alone)
    assert (said.code, "too small: max" in said.why, said.would_help) == ("too-few", True, None)
    narrow = why_idle(run([ada(room=1)], [mentee("max"), mentee("eve")], "group"))
    assert (narrow.code, narrow.why, narrow.would_help) == (
        "too-few",
        "has room for 1, and a group has 2 people at least",
        "room for 2",
    )


def test_a_group_whose_people_are_never_free_at_once():
    """Ada is free twice, and each of the two once."""
    hours = {"max": 0b1111, "eve": 0b1111 << 96}
    mentees = [mentee(name, quarters=hour) for name, hour in hours.items()]
    found = run([ada(room=3, quarters=sum(hours.values()))], mentees, "group")
    said = why_idle(found)
    why = "of those who have nobody, fewer than 2 are free at one hour with them: eve, max"
    assert (said.code, said.why, said.would_help) == ("other-hours", why, None)


def wishing(own: tuple[str, ...], others: tuple[str, ...], mine: tuple[str, ...]) -> Run:
    """Ada and bo; max and eve, who say whom they would like."""
    mentors = [ada(prefers=own), mentor("bo", **HIGH, prefers=others)]
    return run(mentors, [mentee("max", prefers=mine), mentee("eve")])


@pytest.mark.parametrize(
    ("own", "mine", "code", "why"),
    [
        ((), ("p-ada",), "not-named", "they name nobody with whom it is possible: eve, max"),
        (("p-max", "p-eve"), ("p-bo",), "not-named", "nobody whom they name would like them: max, eve"),
        (
            ("p-max",),
            ("p-bo", "p-ada"),
            "all-placed",
            "everybody whom they name, and who names them, has somebody they like better: max",
        ),
    ],
)
def test_where_both_sides_say_whom_they_would_like(own: tuple[str, ...], mine: tuple[str, ...], code: str, why: str):
    said = why_idle(wishing(own, ("p-max",), mine), method="stable")
    assert (said.code, said.why, said.would_help) == (code, why, None)


@pytest.mark.parametrize(
    ("own", "others", "mine", "why"),
    [
        (("p-max",), ("p-max",), ("p-bo",), "max does not name ada"),
        (("p-eve",), ("p-max",), ("p-bo", "p-ada"), "ada does not name max"),
        (("p-max",), ("p-max",), ("p-bo", "p-ada"), "max would rather have bo"),
    ],
)
def test_why_two_are_not_together_by_what_they_say(
    own: tuple[str, ...], others: tuple[str, ...], mine: tuple[str, ...], why: str
):
    said = page(wishing(own, others, mine), "ada", "max", "stable")
    assert f"Not max (who has bo): 575 points together; {why}" in said


def test_who_has_whom_they_like_better_is_named():
    mentors = [ada(prefers=["p-eve", "p-max"])]
    found = run(mentors, [mentee("max", prefers=["p-ada"]), mentee("eve", prefers=["p-ada"])])
    assert "points together; ada would rather have eve" in page(found, "max", "ada", "stable")


def circle(*people: Person) -> Run:
    return run([], people, "peer")


def test_a_peer_is_told_like_anybody_whichever_of_the_two_is_asked_about():
    found = circle(mentee("a", region="north"), mentee("b", region="north"), mentee("c"), mentee("d", bound=["p-a"]))
    first, second = page(found, "a"), page(found, "b")
    assert "a with " in first
    assert "b with " in second
    assert "Not " in first
    assert "mentees that there is room for" not in first
    assert "Not d (who has " in page(found, "a", "d")
    assert "a declared conflict of interest" in page(found, "a", "d")
    lonely = circle(mentee("a"), mentee("b", shuns=["p-a"]))
    assert "a has nobody in peer 2026-spring" in page(lonely, "a")
    odd = circle(mentee("a"), mentee("b"), mentee("c"))
    left = next(one.id for place, one in enumerate(odd.mentees) if solved(odd).matching[place] < 0)
    assert "everybody with whom it is possible has somebody else" in page(odd, left)
    other = next(one.id for one in odd.mentees if one.id != left)
    assert f"Not {left} (who has nobody): " in page(odd, other)
    assert ", and 1 other would have somebody else" in page(odd, other, left)


def test_what_was_proposed_is_no_alternative():
    found = run([ada()], [mentee("max")])
    for asked, other in (("max", "ada"), ("ada", "max")):
        with pytest.raises(WrongCallError, match=f"{asked} and {other} are proposed for each other"):
            page(found, asked, other)
    with pytest.raises(WrongCallError, match="bo is not among the mentors"):
        page(found, "max", "bo")


def test_who_is_left_out_is_told_why():
    resting = LeftOut("bo", "resting", "takes on nothing new before 2026-05-01")
    found = run([ada()], [mentee("max")], left_out=[resting])
    answer = solved(found)
    assert list(unplaced(found, answer)) == [Unplaced("bo", "resting", resting.why, None)]
    assert resting.why in page(found, "bo")


@pytest.mark.parametrize(
    ("mine", "theirs", "code", "why"),
    [
        ((), ("p-eve", "p-max"), "not-named", "they name nobody with whom it is possible: ada (575 points)"),
        (("p-ada",), ("p-eve",), "not-named", "nobody whom they name would like them: ada"),
        (
            ("p-ada",),
            ("p-eve", "p-max"),
            "all-full",
            "whoever they name, and who names them, has others whom they like better: ada",
        ),
    ],
)
def test_why_a_mentee_has_nobody_where_both_sides_say(
    mine: tuple[str, ...], theirs: tuple[str, ...], code: str, why: str
):
    found = run([ada(prefers=theirs)], [mentee("max", prefers=mine), mentee("eve", prefers=["p-ada"])])
    left = [one for one in unplaced(found, solved(found, "stable")) if one.id == "max"]
    assert left == [Unplaced("max", code, why, None)]


def test_a_peer_sees_the_points_of_whoever_has_less_of_the_other():
    """Wanted of b is more than b offers: what b has of a is all, what a has of b is half."""
    mine = mentee("a", skills=["sql", "ops"])
    other = mentee("b", skills=["sql"])
    found = circle(mine, other)
    answer = solved(found)
    one, two = held(found, answer, 0)[0], held(found, answer, 1)[0]
    assert one.points == two.points == answer.reached.total
    assert {one.id, two.id} == {"a", "b"}
    assert one.criteria == two.criteria


def test_a_group_that_is_closed_has_no_room_for_anybody():
    found = run([ada(room=3)], [mentee("max")], "group")
    assert "Not ada: no group that is possible holds the two" in page(found, "max", "ada")
    left = list(unplaced(found, solved(found)))
    assert [(one.code, one.why) for one in left] == [
        ("too-few", "the groups that are possible would be too small: ada (575 points)")
    ]


def test_without_a_mentor_that_is_what_is_missing():
    found = run([], [mentee("max")])
    assert list(unplaced(found, solved(found))) == [
        Unplaced("max", "nobody", "there is no mentor who can take somebody on", "a mentor")
    ]
