"""The twin of every cheat: what the commands themselves make is never an error, however it is looked at."""

from __future__ import annotations

import pytest

from tests.story import COMMANDS


def errors(found):
    return [one for one in found if one["severity"] == "error"]


def test_no_command_of_the_whole_story_leaves_an_error(at, played):
    place = at("ended")
    landed = place.git("rev-list", "--reverse", f"{played.start}..HEAD").split()
    for commit, command in zip(landed, COMMANDS, strict=True):
        place.git("checkout", "-q", commit)
        place.day = command.day
        assert errors(place.findings()) == [], command.words


@pytest.mark.parametrize("state", ["new", "assessment", "decided", "agreement", "active", "ending", "ended"])
def test_all_that_led_to_a_state_is_one_legal_range(at, played, state):
    """What became of an agreement, a field or a statement later makes no earlier move of the range illegal."""
    place = at(state)
    assert errors(place.findings("--base", played.start)) == []
    assert errors(place.findings("--base", played.start, "--head", "HEAD")) == []


def test_going_back_and_changing_what_was_approved_is_one_legal_range(at):
    """Forward, back, changed, decided anew, forward: what the first gate vouched for was opened again on the way."""
    place = at("decided")
    base = place.git("rev-parse", "HEAD").strip()
    place.do("advance", "acme", day="2026-03-20")
    place.do("advance", "acme", "decision", "--reason", "they offer less", day="2026-03-21")
    place.do("set", "acme", "commitments=[{by: partner, text: Twenty lab seats}]", day="2026-03-21")
    place.do("approve", "acme", "core-team-review", by="p-jonas", day="2026-03-22")
    place.do("add", "acme", "community-input", "https://forum.example/t/2", "kind=opened", day="2026-03-22")
    place.do("add", "acme", "community-input", "kind=closed", "summary=9 in favour", day="2026-04-05")
    place.do("approve", "acme", "final-decision", by="p-timo", day="2026-04-05")
    place.do("advance", "acme", day="2026-04-05")
    assert errors(place.findings("--base", base, "--head", "HEAD")) == []
    assert errors(place.findings()) == []


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
