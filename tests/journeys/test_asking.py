"""Whoever is at a terminal is asked for what a record cannot do without; a script is told."""

from __future__ import annotations

from tests.journeys.telling import Teller
from tests.terminal import asked_at_a_terminal


def test_an_application_is_taken_down_line_by_line(programme: Teller) -> None:
    place = programme.place
    place.day = "2026-03-02"
    said = asked_at_a_terminal(place, ["Mentor, spring", "p-0007", "mentor", "2026-03-01"], "new", "application")
    assert "Name of the application: " in said
    assert "as (mentor or mentee): " in said
    assert "applied (2026-02-01): " in said
    found = place.json("show", "mentor-spring")["record"]
    assert (found["applicant"], found["as"], found["applied"]) == ("p-0007", "mentor", "2026-03-01")


def test_what_was_typed_is_not_asked_and_a_wrong_answer_changes_nothing(programme: Teller) -> None:
    place = programme.place
    place.day = "2026-03-02"
    given = ("new", "application", "Mentor", "applicant=p-0007", "as=mentor")
    said = asked_at_a_terminal(place, ["yesterday"], *given)
    assert "applicant" not in said.partition("applied (")[0]
    assert "applied" in said
    assert "write a day as YYYY-MM-DD" in said
    assert place.json("list", "application")["records"] == []
    place.wrong(*given)
