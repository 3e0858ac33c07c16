"""Days, numbers, time in a stage and notice: the whole answer, to the very boundary, and the line that mends it."""

from __future__ import annotations

from typing import Any

import pytest

from partnerkit.rules.question import Answer
from tests.policies.fulfil import World
from tests.rules.bench import asked, held, missing, moved, policy, world
from tests.rules.whole import EVERYBODY, TOLD, lacking, note, opened

SET = "partnerkit set subject"


def dated(data: dict[str, Any]) -> World:
    """The policy with two days of its own."""
    day = {"type": "day", "clause": "§1.1", "title": "A day."}
    data["fields"] = {"partnership": {"first": day, "last": day}}
    return world(data)


def days(first: str | None = "2026-03-01", last: str | None = "2026-12-31", **demand: Any) -> World:
    """A partnership from one day to another."""
    here = dated(policy(compare={"field": "first", "before": "last", **demand}, **TOLD))
    for path, day in (("first", first), ("last", last)):
        here.put(path, day)
    return here


@pytest.mark.parametrize(
    ("first", "last", "demand", "why", "field"),
    [
        ("2026-03-01", "2026-03-01", {}, None, ""),
        ("2026-03-02", "2026-03-01", {}, "last (2026-03-01) is before first (2026-03-02)", "last"),
        ("2026-03-01", "2026-04-01", {"at-least": "P1M"}, None, ""),
        ("2026-03-01", "2026-03-31", {"at-least": "P1M"}, "first (2026-03-01) is not P1M before last (2026-03-31)", "last"),
        ("2026-03-01", "2026-04-01", {"at-most": "P1M"}, None, ""),
        ("2026-03-01", "2026-04-02", {"at-most": "P1M"}, "last (2026-04-02) is more than P1M after first (2026-03-01): 2026-04-01 at the latest", "last"),
        ("2026-03-02", "2026-03-01", {"at-most": "P1M"}, "last (2026-03-01) is before first (2026-03-02)", "last"),
        (None, "2026-03-01", {}, "first is no day yet", "first"),
        ("2026-03-01", None, {}, "last is no day yet", "last"),
        (None, None, {}, "first is no day yet", "first"),
    ],
)  # laid out by hand, to be read at a glance  # fmt: skip
def test_two_days_lie_as_they_must(first, last, demand, why, field):
    given = asked(days(first, last, **demand))
    assert given == (lacking(f"Do it. Missing: {why}", f"{SET} {field}=<{field}>") if why else Answer(met=True))


def test_two_days_and_what_the_policy_leaves_open():
    demand = {"at-least": "$least", "at-most": "$most"}
    data = policy(compare={"field": "first", "before": "last", **demand})
    here = dated(opened(data, least="duration", most="duration"))
    here.record |= {"first": "2026-03-01", "last": "2026-03-01"}
    notes = [note("least"), note("most")]
    assert asked(here) == Answer(met=True, notes=notes)
    del here.record["last"]
    words = "Missing: last is no day yet"
    assert asked(here) == Answer(False, words, people=EVERYBODY, command=f"{SET} last=<last>", notes=notes)


@pytest.mark.parametrize(
    ("field", "before", "first", "why"),
    [
        ("first", "today", "2026-06-01", None),
        ("first", "today", "2026-06-02", "today (2026-06-01) is before first (2026-06-02)"),
        ("today", "first", "2026-05-31", "first (2026-05-31) is before today (2026-06-01)"),
        ("reached", "first", "2025-03-01", None),
        ("reached", "first", "2025-02-28", "first (2025-02-28) is before reached (2025-03-01)"),
    ],
)
def test_a_day_is_held_against_the_moment(field, before, first, why):
    here = dated(policy(compare={"field": field, "before": before}, **TOLD))
    here.record["first"] = first
    line = f"{SET} first=<first>"
    assert asked(here) == (lacking(f"Do it. Missing: {why}", line) if why else Answer(met=True))


@pytest.mark.parametrize(
    ("covers", "locked", "field"),
    [
        ([], [], "last"),  # a plan is mended by its end
        (["first"], [], "first"),  # or by what the requirement vouches for
        (["last"], [], "last"),
        (["first", "last"], [], "last"),
        ([], ["last"], "first"),  # and never by what is locked
        ([], ["first"], "last"),
        (["last"], ["last"], "first"),
        (["first"], ["first", "last"], "first"),
    ],
)
def test_which_of_two_days_is_to_be_set_anew(covers, locked, field):
    others = {"gone": {"reason": True, "covers": locked}}
    here = dated(policy(compare={"field": "first", "before": "last"}, covers=covers, others=others))
    here.data["lifecycles"]["partnership"]["transitions"][1]["needs"] = ["gone"]
    here.policy = type(here.policy).model_validate(here.data)
    moved(here, "ended")
    here.record |= {"first": "2026-03-02", "last": "2026-03-01"}
    assert asked(here).command == f"{SET} {field}=<{field}>"


def sized(size: Any = None, **demand: Any) -> World:
    data = policy(compare={"field": "size", **demand}, **TOLD)
    data["fields"] = {"partnership": {"size": {"type": "count", "clause": "§1.1", "title": "How many they are."}}}
    here = world(opened(data, least="count", most="count"))
    here.put("size", size)
    return here


@pytest.mark.parametrize(
    ("size", "demand", "why"),
    [
        (3, {"minimum": 3}, None),
        (2, {"minimum": 3}, "size is 2, and at least 3 is needed"),
        (3, {"maximum": 3}, None),
        (4, {"maximum": 3}, "size is 4, and at most 3 is allowed"),
        (3, {"minimum": 3, "maximum": 3}, None),
        (None, {"minimum": 3}, "size is no number yet"),
        (0, {"minimum": 0}, None),
    ],
)
def test_a_number_lies_within_its_bounds(size, demand, why):
    given = asked(sized(size, **demand))
    assert given == (lacking(f"Do it. Missing: {why}", f"{SET} size=<size>") if why else Answer(met=True))


def test_a_number_and_what_the_policy_leaves_open():
    notes = [note("least"), note("most")]
    assert asked(sized(3, minimum="$least", maximum="$most")) == Answer(met=True, notes=notes)
    given = asked(sized(None, minimum="$least", maximum="$most"))
    assert given == lacking("Do it. Missing: size is no number yet", f"{SET} size=<size>", *notes)


@pytest.mark.parametrize(
    ("scores", "why"),
    [
        ([3, 4], None),
        ([], None),
        ([3, 2, 1], "ratings.score is 2, and at least 3 is needed"),
        ([4, 5], "ratings.score is 5, and at most 4 is allowed"),
    ],
)
def test_every_number_of_a_list_lies_within_its_bounds(scores, why):
    here = world(policy(kind="review", compare={"field": "ratings.score", "minimum": 3, "maximum": 4}))
    here.record["ratings"] = [{"name": "fit", "score": score, "why": "so"} for score in scores]
    given = asked(here)
    assert given.met == (why is None)
    assert given.missing == (f"Missing: {why}" if why else None)
    if why:
        assert given.command == f"{SET} ratings=<ratings>"


@pytest.mark.parametrize(
    ("value", "met"),
    [("3", True), ("2.5", False), (True, False), ("a few", False), ([], True), ("NaN", False), ("Infinity", False)],
)
def test_what_counts_as_a_number(value, met):
    """A step may bring a value together with a policy that allows it: it is judged by the one before."""
    here = sized(3, minimum=3)
    kinds = {bool: "yes-no", list: "list"}
    here.data["fields"]["partnership"]["size"]["type"] = kinds.get(type(value), "text")
    here.policy = type(here.policy).model_validate(here.data)
    here.record["size"] = value
    assert asked(here).met == met


def test_how_long_a_record_has_stood_is_told_whole():
    here = world(opened(policy(dwell={"at-least": "P1M"}, **TOLD), span="duration"))
    assert asked(here) == Answer(met=True)
    here.record["history"][-1]["at"] = "2026-05-02T12:00:00Z"
    assert asked(here) == Answer(False, "in proposed since 2026-05-02, and until 2026-06-02 at least")
    here.data["requirements"]["more"]["dwell"]["at-least"] = "$span"
    here.policy = type(here.policy).model_validate(here.data)
    assert asked(here) == Answer(met=True, notes=[note("span")])


def notice(span: str = "P30D", **more: Any) -> World:
    """Notice was given on 1 May for the end on 1 June; an agreement may say how long it must be."""
    demand = {"given": "termination.notice-given", "effective": "termination.effective", "at-least": span}
    agreed = {"kind": "agreement", "in": ["executed"], "field": "notice"}
    data = opened(policy(notice={**demand, "agreed-in": agreed}, **more), span="duration")
    data["lifecycles"]["agreement"] = {
        "starts": "draft",
        "stages": {"draft": {"title": "Draft"}, "executed": {"title": "In force"}},
        "transitions": [{"from": "draft", "to": "executed"}],
    }
    here = world(data)
    here.record["termination"] = {"trigger": "breach", "notice-given": "2026-05-01", "effective": "2026-06-01"}
    return here


def agree(here: World, *spans: str | None) -> None:
    """Agreements in force, each with what it says about notice."""
    here.linked.clear()
    for number, span in enumerate(spans):
        other = {**here.made("agreement", f"of-{number}", "executed"), "partnership": "subject"}
        here.linked.append({**other, "notice": span} if span else other)


EFFECTIVE = f"{SET} termination.effective=<termination.effective>"


@pytest.mark.parametrize(
    ("span", "spans", "why"),
    [
        ("P31D", [], None),
        ("P32D", [], "notice of P32D given on 2026-05-01 ends it on 2026-06-02 at the earliest, not on 2026-06-01"),
        ("P30D", ["P1M"], None),
        ("P30D", ["P2M", "P1D"], "notice of P2M given on 2026-05-01 ends it on 2026-07-01 at the earliest, not on 2026-06-01"),
        ("P60D", ["P1D"], "notice of P60D given on 2026-05-01 ends it on 2026-06-30 at the earliest, not on 2026-06-01"),
        ("P61D", ["P2M"], "notice of P61D given on 2026-05-01 ends it on 2026-07-01 at the earliest, not on 2026-06-01"),
        ("P30D", [None], None),
    ],
)  # laid out by hand, to be read at a glance  # fmt: skip
def test_how_long_notice_must_be(span, spans, why):
    here = notice(span, **TOLD)
    agree(here, *spans)
    assert asked(here) == (lacking(why, EFFECTIVE) if why else Answer(met=True))


def test_notice_and_what_the_policy_leaves_open():
    here = notice("$span", **TOLD)
    assert asked(here) == Answer(met=True, notes=[note("span")])
    agree(here, "P1M")
    assert asked(here) == Answer(met=True), "an agreement says it"
    agree(here, "P2M")
    words = "notice of P2M given on 2026-05-01 ends it on 2026-07-01 at the earliest, not on 2026-06-01"
    assert asked(here) == lacking(words, EFFECTIVE, note("span"))
    here.record["termination"]["notice-given"] = "2026-06-02"
    assert asked(here) == lacking("notice is dated 2026-06-02, which is still to come", EFFECTIVE, note("span"))
    here.record["termination"]["notice-given"] = "2026-06-01"
    assert "notice of P2M given on 2026-06-01" in missing(here)
    del here.record["termination"]
    paths = ("termination.notice-given", "termination.effective")
    line = f"{SET} {' '.join(f'{path}=<{path}>' for path in paths)}"
    assert asked(here) == lacking(f"Do it. Missing: {', '.join(paths)}", line, note("span"))
    here.record["termination"] = {"trigger": "breach", "effective": "2026-06-01"}
    line = f"{SET} {paths[0]}=<{paths[0]}>"
    assert asked(here) == lacking(f"Do it. Missing: {paths[0]}", line, note("span"))


def test_notice_is_as_long_as_the_policy_says_where_nothing_else_can_be_agreed():
    here = notice("P31D")
    agree(here, "P2M")
    del here.data["requirements"]["more"]["notice"]["agreed-in"]
    here.policy = type(here.policy).model_validate(here.data)
    assert asked(here) == Answer(met=True)


def test_only_an_agreement_says_how_long_notice_is():
    here = notice()
    span = {"type": "duration", "clause": "§1.1", "title": "Of something else."}
    here.data["fields"] = {"review": {"notice": span}}
    here.data["lifecycles"]["review"] = here.data["lifecycles"]["agreement"]
    here.policy = type(here.policy).model_validate(here.data)
    here.linked.append({**here.made("review", "other", "executed"), "of": "subject", "notice": "P2M"})
    assert asked(here) == Answer(met=True)


def test_nobody_else_supplies_what_only_the_board_can():
    here = days("2026-03-02", "2026-03-01")
    given = asked(here, roster=held(p_eve=[{"role": "chair"}], p_ann=[{"role": "board"}]))
    assert (given.roles, given.people) == (["board"], ["p-ann"])
