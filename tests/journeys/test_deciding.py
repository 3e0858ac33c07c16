"""Who decides, what a decision is bound to, whose clock it was; and words that are called wrongly."""

from __future__ import annotations

import pytest

from tests.conftest import At
from tests.journeys.telling import pasteable
from tests.place import Place
from tests.story import ACME


def approvals(place: Place) -> list[dict[str, object]]:
    return [one for one in place.json("log", ACME)["statements"] if one["list"] == "approvals"]


def test_each_actor_is_who_git_says_and_others_words_are_recorded_as_theirs(at: At) -> None:
    place = at("decision")
    place.do("approve", ACME, "core-team-review", by="p-jonas")
    place.do("approve", ACME, "core-team-review", "--for", "p-timo", "--seen", "minutes/1.md", "--on", "2026-03-02")
    mine, theirs = approvals(place)
    assert (mine["by"], "recorded-by" in mine) == ("p-jonas", False)
    assert (theirs["by"], theirs["recorded-by"], theirs["seen"]) == ("p-timo", "p-rosa", "minutes/1.md")
    assert "say where it can be seen" in place.wrong("approve", ACME, "final-decision", "--for", "p-timo").err
    said = place.run("advance", ACME, by="stranger@nowhere.example")
    assert said.code == 3
    assert "stranger@nowhere.example" in said.err


@pytest.mark.parametrize("decision", ["request-changes", "reject"])
def test_a_decision_against_counts_against_until_it_is_another(at: At, decision: str) -> None:
    """The latest word of each person counts: one who said no may say yes later, and back."""
    place = at("decision")
    vote = ("approve", ACME, "core-team-review")
    place.do(*vote, by="p-jonas")
    place.do(*vote, "--decision", decision, "--reason", "the price", by="p-jonas", day="2026-03-05")
    gate = place.json("gates", ACME, day="2026-03-06")["requirements"][0]
    assert not gate["met"]
    assert f"p-jonas decided: {decision.replace('-', ' ')}" in gate["missing"]
    place.do(*vote, by="p-jonas", day="2026-03-07")
    assert place.json("gates", ACME, day="2026-03-07")["requirements"][0]["met"]


def test_a_decision_is_withdrawn_with_its_reason_by_whom_it_is(at: At) -> None:
    place = at("decision")
    vote = ("approve", ACME, "core-team-review")
    place.do(*vote, by="p-jonas")
    assert "with its reason" in place.wrong(*vote, "--decision", "withdraw", by="p-jonas").err
    assert "p-timo has no approval" in place.wrong(*vote, "--decision", "withdraw", "--reason", "x", by="p-timo").err
    place.do(*vote, "--decision", "withdraw", "--reason", "read it again", by="p-jonas")
    assert approvals(place)[0]["withdrawn"]["reason"] == "read it again"  # type: ignore[index]  # plain JSON
    assert not place.json("gates", ACME)["requirements"][0]["met"]
    assert "did you mean reject" in place.wrong(*vote, "--decision", "rejct").err


def test_a_set_that_voids_an_approval_says_so_and_the_gate_says_why(at: At) -> None:
    place = at("decision")
    place.do("approve", ACME, "core-team-review", by="p-jonas")
    said = place.do("set", ACME, "commitments=[{by: us, text: rooms}]")
    assert "the approval" in said.out
    assert "is void: one of name, type, objectives, commitments changed" in said.out
    assert "changed since p-jonas approved" in place.refuse("advance", ACME).err


def test_work_on_another_day_says_so_for_ever(at: At) -> None:
    """`--today` leaves `clock: set` in entries and statements; without it there is none."""
    place = at("assessment")
    assert place.json("log", ACME)["entries"][-1]["clock"] == "set"
    assert place.json("log", ACME)["statements"][0]["clock"] == "set"
    assert "clock set by hand" in place.do("log", ACME).out
    place.day = None
    place.do("advance", ACME, "declined", "--reason", "no capacity")
    assert "clock" not in place.json("log", ACME)["entries"][-1]


def test_ops_lets_nobody_waive(at: At) -> None:
    place = at("assessment")
    said = place.refuse("waive", ACME, "due-diligence", "--reason", "known", "--until", "2026-12-31")
    assert "OPS-05-03 lets nobody waive due-diligence" in said.err
    assert "OPS-05-03 §3.2.1/due-diligence" in said.err


@pytest.mark.parametrize(
    ("words", "teaches"),
    [
        (("advance", "acm"), "there is no record 'acm'; did you mean acme?"),
        (("advance", ACME, "detailed-reveiw"), "did you mean detailed-review?"),
        (("advance", ACME, "nowhere"), "knows no stage 'nowhere' of a partnership"),
        (("approve", ACME, "final-descision"), "did you mean final-decision?"),
        (("approve", ACME, "due-diligence"), "due-diligence is not met by approval (evidence)"),
        (("add", ACME, "due-dilligence", "https://x.example"), "did you mean due-diligence?"),
        (("add", ACME, "final-decision", "https://x.example"), "not met by adding something (approval)"),
        (("add", ACME, "due-diligence", "https://x.example"), "needs its outcome (pass or conditions)"),
        (("add", ACME, "due-diligence", "nofile.pdf", "outcome=pass"), "nofile.pdf cannot be read"),
        (("set", ACME, "nmae=X"), "a partnership has no field 'nmae'; did you mean name?"),
        (("set", ACME, "type=cloud-provider"), "did you mean cloud-providers"),
        (("set", ACME, "stage=active"), "partnerkit gates acme"),
        (("set", ACME, "history=[]"), "history is never set"),
        (("set", ACME, "name"), "'name' sets nothing"),
        (("new", "partnershp", "X"), "did you mean partnership?"),
        (("new", "agreement", "X"), "say to which record the agreement belongs"),
        (("gates", "acm"), "did you mean acme?"),
        (("show", "acm"), "did you mean acme?"),
        (("log", "acm"), "did you mean acme?"),
        (("advnce", ACME), "did you mean advance"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_called_wrongly_is_two_and_says_what_was_meant(at: At, words: tuple[str, ...], teaches: str) -> None:
    said = at("assessment").wrong(*words)
    assert teaches in said.err
    assert "Traceback" not in said.err


def test_every_line_offered_at_every_stage_can_be_pasted(at: At) -> None:
    """Each `command` of each gate, on every way out of the stage, parses as a command line of partnerkit."""
    for stage in ("proposed", "assessment", "active"):
        place = at(stage)
        seen = place.json("gates", ACME)
        for to in filter(None, [seen["to"], *seen["alternatives"]]):
            for one in place.json("gates", ACME, to)["requirements"]:
                assert one["command"] is None or pasteable(one["command"]), one
                assert one["met"] == (one["missing"] is None)
                assert one["clause"].startswith("OPS-05-03 §")
