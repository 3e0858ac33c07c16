"""The twin of every cheat: what the commands themselves make is never an error, however it is looked at."""

from __future__ import annotations

import pytest

from tests.scenarios.journey import COMMANDS


def errors(found):
    return [one for one in found if one["severity"] == "error"]


def test_no_command_of_a_whole_journey_leaves_an_error(played):
    assert len(played.said) == len(COMMANDS)
    assert [(words, errors(found)) for words, found in played.said if errors(found)] == []


@pytest.mark.parametrize("state", ["new", "assessment", "decided", "agreement", "active", "ending", "ended"])
def test_all_that_led_to_a_state_is_one_legal_range(at, played, state):
    """What became of an agreement, a field or a statement later makes no earlier move of the range illegal."""
    place = at(state)
    assert errors(place.findings("--base", played.start)) == []
    assert errors(place.findings("--base", played.start, "--head", "HEAD")) == []


def test_the_latest_commit_of_each_state_is_legal(at):
    place = at("ended")
    for back in range(12):
        assert errors(place.findings("--base", f"HEAD~{back + 1}", "--head", f"HEAD~{back}")) == []


def test_layout_comments_and_key_order_are_nobodys_business(at):
    place = at("agreement")
    text = (
        place.text("acme").replace("objectives:", "# what we want\nobjectives:").replace("name: Acme", 'name: "Acme"')
    )
    place.path("acme").write_text(text, encoding="utf-8")
    assert errors(place.findings()) == []
