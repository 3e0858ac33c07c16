"""The roster as a command shows it; roles for a scope stand in test_own_policy.py."""

from __future__ import annotations

from tests.place import Place


def test_person_show_says_who_holds_what_and_when(place: Place) -> None:
    place.do("person", "end", "p-jonas", "core-team", "--until", "2026-03-05")
    place.do("person", "role", "p-jonas", "legal-reviewer", "--from", "2026-05-01")
    said = place.do("person", "show", "p-jonas", day="2026-04-01").out
    assert said.splitlines() == [
        "p-jonas  jonas@lighthouse.example",
        "  core-team         from 2026-03-02 until 2026-03-05  ended",
        "  legal-reviewer    from 2026-05-01                   not yet",
    ]
    whole = place.do("person", "show").out
    assert whole.endswith("4 people\n")
    assert "p-lea  lea@lighthouse.example\n  legal-reviewer" in whole
    assert "did you mean p-jonas" in place.wrong("person", "show", "p-jona").err


def test_a_role_that_is_held_already_says_where_to_look(place: Place) -> None:
    said = place.wrong("person", "role", "p-jonas", "core-team").err
    assert "p-jonas holds the role core-team on 2026-03-02 already" in said
    assert "→ partnerkit person show p-jonas" in said
    assert "→ partnerkit person show p-jonas" in place.wrong("person", "end", "p-jonas", "legal-reviewer").err
