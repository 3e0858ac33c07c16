"""What says that something was done lies on a day that has come; what is only planned may lie ahead."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import At
from tests.journeys.mentoring import mentor, participants, programme
from tests.place import Place
from tests.scenarios.codes.running import pasted
from tests.story import ACME, DEAL, REVIEW


def registered(tmp_path: Path) -> Path:
    root = tmp_path / "register"
    root.mkdir()
    return root


def codes(place: Place) -> set[str]:
    return {one["code"] for one in place.findings()}


@pytest.mark.parametrize(
    ("state", "words", "where"),
    [
        ("active", ("add", ACME, "communications", "kind=progress-reports", "summary=x", "on=2026-10-05"), "on"),
        ("active", ("add", ACME, "activities", "kind=joint-events", "title=x", "on=2026-10-05"), "on"),
        ("in-force", ("set", DEAL, "milestones.m1.done=2026-10-05"), "done"),
        (
            "active",
            (
                *("set", ACME, "termination.trigger=mutual-agreement", "termination.effective=2026-12-31"),
                "termination.notice-given=2026-10-05",
            ),
            "notice-given",
        ),
    ],
)
def test_nothing_was_done_on_a_day_that_is_still_to_come(
    at: At, state: str, words: tuple[str, ...], where: str
) -> None:
    place = at(state)

    said = place.refuse(*words)

    assert "day-to-come" in said.err
    assert "2026-10-05" in said.err
    assert where in said.err
    place.do(*words[:-1], words[-1].replace("2026-10-05", "2026-04-01"))  # the same on a day that has come


def test_what_is_planned_may_lie_ahead(at: At) -> None:
    place = at("active")
    place.do("set", ACME, "actions=[{id: a1, text: Ask, owner: p-rosa, due: 2026-10-05}]", "ends=2027-12-31")
    place.do("set", ACME, "termination.trigger=mutual-agreement", "termination.effective=2026-12-31")


def test_a_day_ahead_written_by_hand_is_found(at: At) -> None:
    place = at("in-force")
    place.edit(DEAL, "due: 2026-04-15", "due: 2026-04-15\n    done: 2126-10-05")

    assert "day-to-come" in codes(place)


def test_a_day_ahead_that_has_landed_is_told_until_it_has_come(at: At) -> None:
    """Nobody judged the step in which it landed: `check` finds it in what stands, and only as long as it lies ahead."""
    place = at("in-force")
    place.edit(DEAL, "due: 2026-04-15", "due: 2026-04-15\n    done: 2126-10-05")
    place.git("commit", "-qam", "by hand", "--no-verify")

    found = [one for one in place.findings() if one["code"] == "day-to-come"]
    assert [(one["record"], one["severity"]) for one in found] == [(DEAL, "warning")]
    assert "is 2126-10-05, which is still to come" in found[0]["message"]
    assert "day-to-come" not in {one["code"] for one in place.json("check", day="2126-10-05")["findings"]}


def test_nobody_applied_joined_or_was_introduced_on_a_day_to_come(tmp_path: Path) -> None:
    place = programme(registered(tmp_path))
    mentor(place, "mentor-ada", "p-ada")
    words = ("new", "application", "Mentor", "applicant=p-ada", "as=mentor")

    assert "day-to-come" in place.refuse(*words, "applied=2030-01-01").err
    assert "day-to-come" in place.refuse(*words, "applied=2026-03-01", "member-since=2030-01-01").err
    assert "days-out-of-order" in place.refuse(*words, "applied=2026-03-01", "member-since=2026-03-02").err
    assert "days-out-of-order" in place.refuse("set", "mentor-ada", "member-since=2026-03-02").err
    place.edit("mentor-ada", "member-since: 2025-09-01", "member-since: 2026-03-02")
    assert "days-out-of-order" in codes(place), "typed into the file by hand"
    pasted(place, "days-out-of-order")
    place.do(*words, "applied=2026-03-01", "member-since=2020-01-01")
    case = ("new", "case", "A dispute", "of=mentor-ada", "type=dispute")
    assert "day-to-come" in place.refuse(*case, "opened=2030-01-01").err
    pairing = ("new", "pairing", "Rust", "programme=peer", participants("p-ada/peer", "p-max/peer"))
    assert "day-to-come" in place.refuse(*pairing, "introduced=2030-01-01").err
    place.do(*pairing, "introduced=2026-03-01")


def test_a_policy_says_which_of_its_days_have_come(tmp_path: Path) -> None:
    """`happened`: our materials were not used on a day to come; the event may well lie ahead."""
    place = Place(registered(tmp_path))
    place.git("init", "-q", "-b", "main")
    place.do("init", "--name", "School", "--policy", "OTS-PG", "--person", "p-rosa", "--role", "doer")
    place.do("new", "partnership", "Rails Group", "id=rails", "event-day=2030-01-01")

    assert "day-to-come" in place.refuse("add", "rails", "material-used", "text=Essen", "on=2030-01-01").err
    place.do("add", "rails", "material-used", "text=Essen", "on=2026-03-01")


def test_an_applicant_was_not_told_on_a_day_to_come(tmp_path: Path) -> None:
    place = programme(registered(tmp_path))
    mentor(place, "mentor-ada", "p-ada")

    assert "day-to-come" in place.refuse("set", "mentor-ada", "notified=2030-01-01").err
    place.do("set", "mentor-ada", "notified=2026-03-02")


def test_a_review_is_not_finished_before_its_time_is_over(at: At) -> None:
    place = at("review")
    place.do("set", REVIEW, "until=2026-04-30")
    place.do("approve", REVIEW, "review-sign-off")

    said = place.refuse("advance", REVIEW)

    assert "period-not-over" in said.err
    assert "2026-04-30" in said.err
    place.do("advance", REVIEW, day="2026-04-30")  # its last day is enough


def test_a_finished_review_does_not_come_to_speak_of_days_ahead(at: At) -> None:
    place = at("review")
    place.do("approve", REVIEW, "review-sign-off")
    place.do("advance", REVIEW)
    place.edit(REVIEW, "until: 2026-03-31", "until: 2126-03-31")

    assert "period-not-over" in codes(place)


def test_a_day_that_moves_on_falls_due_again(tmp_path: Path) -> None:
    """Peers look whether to go on as often as they agree a day for it, not only for the first."""
    place = programme(registered(tmp_path))
    words = ("programme=peer", "starts=2026-02-01", "review-on=2026-06-01")
    adopted = ("--adopt", "active", "--since", "2026-02-01", "--reason", "older than the register")
    place.do("new", "pairing", "Rust", "id=rust", participants("p-ada/peer", "p-max/peer"), *words, *adopted)

    def due(day: str) -> list[str]:
        found = place.json("today", day=day)["obligations"]
        return [one["due"] for one in found if one["record"] == "rust" and one["what"] == "agreed-reviews"]

    assert due("2026-06-02") == ["2026-06-01"]
    review = ("of=rust", "rhythm=agreed", "from=2026-02-01", "until=2026-06-01", "findings=Well", "conclusion=continue")
    place.do("new", "review", "Look", "id=look", *review, day="2026-06-01")
    place.do("add", "look", "ratings", "name=relationship-quality", "score=4", "why=they meet", day="2026-06-01")
    place.do("approve", "look", "review-sign-off", day="2026-06-01")
    place.do("advance", "look", day="2026-06-01")
    assert due("2026-06-02") == []

    place.do("set", "rust", "review-on=2026-09-01", day="2026-06-05")

    assert due("2026-09-10") == ["2026-09-01"]
