"""What a person wrote into a record (comments, blank lines, quotes, key order) survives every command byte for byte."""

from __future__ import annotations

import difflib
import re

import pytest

from tests.conftest import At
from tests.place import Place
from tests.story import ACME

BY_HAND = """\
# Acme, as the board knows it.
# Ask Rosa before you edit.

id: acme
format: 1   # the first
kind: 'partnership'
policy: "OPS-05-03"

name: "Acme"
website:   "https://acme.example"        # as of May
stage: {stage}

type: corporate/technology/cloud-providers
# -- what it is for --
objectives:
# the first is the one that counts
- id: o1
  text: >-
    Free builds
    for every member

  supports: [ mutually-beneficial ]   # and nobody else
- {{id: o2, text: 'Don''t stop'}}
commitments:
    - by: partner   # four spaces, as ever
      text: "builds"
proposer: p-rosa


{rest}"""


def commit(place: Place) -> str:
    place.git("add", "records")
    place.git("commit", "-q", "-m", "by hand")
    return place.text(ACME)


@pytest.fixture
def by_hand(at: At) -> Place:
    """Acme in detailed-review, its file written anew by hand; what its gates vouch for still says the same."""
    place = at("detailed-review")
    text = place.text(ACME)
    rest = text[text.index("evidence:") :].replace("evidence:", "evidence:   # seen by us", 1)
    rest = rest.replace("history:", "\n# never touch what follows\nhistory:", 1)
    place.path(ACME).write_text(BY_HAND.format(stage="detailed-review", rest=rest), encoding="utf-8")
    commit(place)
    assert [one for one in place.findings() if one["severity"] == "error"] == []
    return place


def changed(before: str, after: str) -> tuple[list[str], list[str]]:
    """The lines that went and the lines that came, as a diff shows them."""
    diff = list(difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0))[2:]
    gone = [line[1:] for line in diff if line.startswith("-")]
    return gone, [line[1:] for line in diff if line.startswith("+")]


def did(place: Place, *words: str, **how: str) -> tuple[list[str], list[str]]:
    """What one command changed; git agrees on how many lines."""
    before = place.text(ACME)
    place.do(*words, **how)
    gone, come = changed(before, place.text(ACME))
    assert place.git("diff", "--numstat", "HEAD~1", "--", "records/partnerships").split()[:2] == [
        str(len(come)),
        str(len(gone)),
    ]
    return gone, come


def test_set_touches_only_its_line(by_hand: Place) -> None:
    assert did(by_hand, "set", ACME, "website=https://acme.example/en") == (
        ['website:   "https://acme.example"        # as of May'],
        ['website:   "https://acme.example/en"        # as of May'],
    )
    gone, come = did(by_hand, "set", ACME, "objectives.o2.text=Go on")
    assert (len(gone), len(come)) == (1, 1)
    assert "Go on" in come[0]
    assert did(by_hand, "set", ACME, "exit-strategy=Move on") == ([], ["exit-strategy: Move on"])
    assert did(by_hand, "set", ACME, "exit-strategy=") == (["exit-strategy: Move on"], [])


def test_add_only_adds_lines(by_hand: Place) -> None:
    gone, come = did(by_hand, "add", ACME, "strategic-review", "https://files.example/s", "outcome=pass")
    assert gone == []
    assert sum(line.lstrip().startswith("- id: e-") for line in come) == 1
    assert len(come) == 8
    gone, come = did(by_hand, "add", ACME, "activities", "kind=joint-events", "title=A talk")
    assert gone == []
    assert come[0] == "activities:"


def test_advance_changes_the_stage_and_adds_one_entry(by_hand: Place) -> None:
    gone, come = did(by_hand, "advance", ACME, "declined", "--reason", "no capacity")
    assert gone == ["stage: detailed-review"]
    assert come[0] == "stage: declined"
    assert come[1].lstrip() == "- seq: 4"
    assert re.fullmatch(r" *seal: \{gate: .*\}", come[-1])
    gone, come = did(by_hand, "undo")
    assert gone == ["stage: declined"]
    assert come[0] == "stage: detailed-review"
    assert come[1].lstrip() == "- seq: 5"


def test_approve_only_adds_lines(by_hand: Place) -> None:
    for what in ("strategic-review", "financial-review", "legal-review"):
        by_hand.do("add", ACME, what, "https://files.example/x", "outcome=pass")
    by_hand.do("add", ACME, "no-risks-identified", "summary=None found", "outcome=done")
    by_hand.do("advance", ACME)
    gone, come = did(by_hand, "approve", ACME, "core-team-review", by="p-jonas")
    assert gone == []
    assert come[0] == "approvals:"
    gone, come = did(by_hand, "undo")
    assert gone == []
    assert any("withdrawn:" in line for line in come)


def test_undo_of_a_set_brings_the_text_back(by_hand: Place) -> None:
    before = by_hand.text(ACME)
    by_hand.do("set", ACME, "website=https://acme.example/en", "exit-strategy=Move on")
    by_hand.do("undo")
    assert by_hand.text(ACME) == before


def test_every_comment_and_blank_line_is_there_after_all_of_it(by_hand: Place) -> None:
    before = by_hand.text(ACME)
    by_hand.do("add", ACME, "strategic-review", "https://files.example/s", "outcome=pass")
    by_hand.do("set", ACME, "objectives.o2.text=Go on")
    by_hand.do("advance", ACME, "assessment", "--reason", "look again")
    by_hand.do("undo")
    after = by_hand.text(ACME)
    wanted = [line for line in before.splitlines() if "#" in line or not line.strip()]
    assert [line for line in after.splitlines() if "#" in line or not line.strip()] == wanted
    assert by_hand.run("check").code == 0
