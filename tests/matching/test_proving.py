"""Whatever a proposal says follows from the people and the pairs, and is worked out anew: nothing else is believed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

import pytest

from partnerkit import __version__
from partnerkit.matching import groups, solving
from partnerkit.matching.people import LeftOut
from partnerkit.matching.proposal import Origin, Proposal, proposal
from partnerkit.matching.proving import unproven
from partnerkit.matching.run import Run
from partnerkit.matching.solving import Method, solved
from partnerkit.matching.unplaced import unplaced
from tests.matching.people import mentor, person, run

RESTS = LeftOut("zed", "resting", "takes on nothing new before 2026-06-01")


def runs(which: str) -> Run:
    """More people than there is room for, in each shape; one of them wants what nobody offers."""
    names = {"group": "abcde"}.get(which, "abc")
    mentees = [person(name, level="beginner", skills=["sql"], prefers=["p-ada"]) for name in names]
    mentees.append(person("x", level="beginner", skills=["knitting"]))
    room = 4 if which == "group" else 1
    mentors = [mentor("ada", level="advanced", skills=["sql"], room=room, prefers=["p-a", "p-b"])]
    if which == "peer":
        mentors, mentees = [], [person(name, skills=["sql"]) for name in "abc"]
    programme = "formal" if which == "stable" else which
    return run(mentors, mentees, programme, left_out=[RESTS])


@cache
def proposed(which: str) -> tuple[Run, dict[str, Any]]:
    found = runs(which)
    method: Method = "stable" if which == "stable" else "best"
    origin = Origin(date(2026, 3, 2), "2026-03-02T12:00:00Z", "0" * 40, __version__)
    return found, proposal(found, solved(found, method), origin)


@pytest.mark.parametrize(("which", "why"), [("formal", "of 1 mentor: 1 one of"), ("peer", "of 2 others: 2 one of")])
def test_how_many_are_looked_at_is_told_in_whole_words(which: str, why: str):
    mentees = [person("a", skills=["sql"], shuns=["p-ada", "p-b", "p-c"])]
    mentees += [person(name, skills=["sql"]) for name in "bc" if which == "peer"]
    mentors = [mentor("ada", level="advanced", skills=["sql"])] if which == "formal" else []
    found = run(mentors, mentees, which)
    [said] = [one for one in unplaced(found, solved(found)) if one.id == "a"]
    assert said.why.startswith(why)


WHICH = ("formal", "group", "peer", "stable")

Change = Callable[[list[dict[str, Any]]], Any]
CHANGES: list[Change] = [
    lambda left: left.clear(),
    lambda left: left.pop(),
    lambda left: left.reverse(),
    lambda left: left.append(dict(left[0])),
    lambda left: left.append({"application": "nobody", "code": "rests", "why": "They rest"}),
    lambda left: left[-1].update(application="somebody"),
    lambda left: left[0].update(code="veto"),
    lambda left: left[0].update(why="Write to max@example.org"),
    lambda left: left[0].update(why=left[0]["why"] + "\x1b[2J"),
    lambda left: left[0].update({"would-help": "nobody@example.org"}),
    lambda left: left[-1].update({"would-help": "another mentor"}),
]


@pytest.mark.parametrize("which", WHICH)
def test_who_is_left_and_why_is_worked_out_anew(which: str, monkeypatch: pytest.MonkeyPatch):
    found, data = proposed(which)
    assert len(data["left"]) > 1
    for module, name in ((solving, "solved"), (solving, "best"), (solving, "stable"), (groups, "sought")):
        monkeypatch.setattr(module, name, None)  # nothing is looked for
    assert unproven(found, Proposal.model_validate(data)) is None
    for place, change in enumerate(CHANGES):
        left = [dict(one) for one in data["left"]]
        change(left)
        said = unproven(found, Proposal.model_validate({**data, "left": left}))
        assert said is not None, place
        assert said.startswith("who has nobody, and why, is not what comes of the people"), (place, said)


@pytest.mark.parametrize("which", WHICH)
def test_another_version_may_say_it_in_other_words_and_not_for_another_reason(which: str):
    found, data = proposed(which)
    older = {**data, "made-with": "0.0.9"}
    left = [dict(one) for one in data["left"]]
    left[0].update(why="In older words")
    said = Proposal.model_validate({**older, "left": left})
    assert unproven(found, said) is None
    assert unproven(found, said, every_word=True) is not None
    left[0].update(code="veto")
    assert unproven(found, Proposal.model_validate({**older, "left": left})) is not None


@pytest.mark.parametrize("which", WHICH)
def test_pairs_in_another_order_are_not_what_is_written(which: str):
    found, data = proposed(which)
    if len(data["pairs"]) > 1:
        said = unproven(found, Proposal.model_validate({**data, "pairs": data["pairs"][::-1]}))
        assert said == "what it says under pairs is not what comes of the people"


@pytest.mark.parametrize("which", ["group", "peer"])
def test_groups_and_peers_have_no_stable_answer(which: str):
    found, data = proposed(which)
    kept = {key: one for key, one in data.items() if key not in {"searched", "covers", "circles", "closed"}}
    said = unproven(found, Proposal.model_validate({**kept, "method": "stable", "pairs": [], "blocking": 0}))
    assert said is not None
    assert "there may be no stable answer" in said
