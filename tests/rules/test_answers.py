"""What a gate answers, as whole answers: advice, waivers, what came too early, alternatives, the record above."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from partnerkit.kinds.parts import kebab
from partnerkit.policies.policy import Policy
from partnerkit.policies.requirement import DEMANDS
from partnerkit.rules.gate import _DEMANDS, Situation, ask, gate
from partnerkit.rules.question import Answer
from tests.policies.fulfil import MOMENT, World
from tests.rules.bench import asked, held, moved, policy, register, world

EVERYBODY = ["p-ann", "p-bob", "p-rosa"]
REPORT: dict[str, Any] = {"evidence": {"kinds": ["report"]}}
GIVE = "Missing: report"
ADD = "partnerkit add subject {} <file-or-link>"


def without(here: World, group: str) -> World:
    here.record[group] = []
    return here


def lacking(name: str, ask_: str = "") -> Answer:
    """The answer of a requirement that asks for a report, and has none."""
    return Answer(False, f"{ask_}{GIVE}", people=EVERYBODY, command=ADD.format(name))


def test_a_question_knows_all_of_the_situation():
    here = world(policy(reason=True))
    there = register(here)
    record, source = there.records["subject"], there.policies["SMALL"]
    past = datetime.fromisoformat("2026-05-01T12:00:00+00:00")
    situation = Situation(
        record, None, there, there, source, MOMENT, past, "So.", {"other": "0" * 16}, [], stands=False
    )
    found = ask(situation, "active", "more")
    assert (found.name, found.to, found.requirement) == ("more", "active", source.policy.requirements["more"])
    assert (found.record, found.named_before, found.rules, found.links) == (record, None, there, there)
    assert (found.source, found.policy, found.roster) == (source, source.policy, there.roster)
    assert (found.moment, found.since, found.reason, found.relied) == (MOMENT, past, "So.", {"other": "0" * 16})
    assert (found.live, found.reopened, found.stands) == ([], None, False)
    plain = ask(Situation(record, record, there, there, source, MOMENT, past), "active", "more")
    assert (plain.named_before, plain.reason, plain.relied, plain.stands) == (record, None, {}, True)


def test_only_what_came_before_the_entry_that_is_judged_opened_the_gate_again():
    here = world(policy(reason=True))
    here.data["lifecycles"]["partnership"]["transitions"].append({"from": "active", "to": "proposed"})
    here.policy = Policy.model_validate(here.data)
    moved(here, "active", id="2" * 16)
    moved(here, "proposed", id="3" * 16)
    situation = _situation(here)
    assert ask(situation, "active", "more").reopened == datetime.fromisoformat("2026-05-02T12:00:00+00:00")
    before = replace(situation, earlier=here.record["history"][:2])
    assert ask(before, "active", "more").reopened is None


def test_a_gate_asks_what_it_needs_of_this_record_in_order():
    others = {"two": {"filled": ["website"], "when": {"partner": "company"}}, "three": {"reason": True}}
    here = world(policy(**REPORT, others=others))
    here.data["lifecycles"]["partnership"]["transitions"][0]["needs"] = ["three", "two", "more"]
    here.policy = Policy.model_validate(here.data)
    situation = _situation(here)
    way = here.policy.lifecycles["partnership"].transitions[0]

    def names() -> list[tuple[str, str]]:
        return [(one.question.name, one.question.to) for one in gate(situation, way)]

    here.record["partner"] = "company"
    situation = _situation(here)
    assert names() == [("three", "active"), ("two", "active"), ("more", "active")]
    here.record["partner"] = "individual"
    situation = _situation(here)
    assert names() == [("three", "active"), ("more", "active")]
    assert [one.answer.met for one in gate(situation, way)] == [False, True]


def _situation(here: World) -> Situation:
    there = register(here)
    record = there.records["subject"]
    return Situation(record, record, there, there, there.policies["SMALL"], MOMENT, record.came.at)


@pytest.mark.parametrize("advisory", [False, True])
def test_what_is_only_advice_refuses_nothing_and_is_a_note(advisory):
    demand: dict[str, Any] = {**REPORT, **({"advisory": True} if advisory else {})}
    here = without(world(policy(**demand)), "evidence")
    plain = lacking("more")
    note = Answer(True, plain.missing, people=EVERYBODY, command=plain.command, notes=[f"more: {GIVE}"])
    assert asked(here) == (note if advisory else plain)


def test_advice_that_was_followed_is_met_by_what_it_rests_on():
    here = world(policy(**REPORT, advisory=True))
    assert asked(here) == Answer(True, uses=["e-000000000001"])


def confidential() -> World:
    """Objectives are asked for, and stand in a record whose words belong elsewhere."""
    here = world(policy(filled=["objectives"], others={"site": {"filled": ["website"]}}))
    here.record |= {"classification": "confidential", "objectives": [{"id": "o1", "text": "To make money."}]}
    return here


def test_what_stands_in_words_and_belongs_elsewhere_does_not_meet():
    here = confidential()
    message = (
        "objectives.o1.text says it in words, and subject is confidential: this register holds nothing above internal. "
        "Write where it is kept, a space, and the digest of its bytes: vault/deal.pdf sha256:<64 hex digits>"
    )
    mend = "partnerkit set subject objectives.o1.text=<reference>"
    assert asked(here) == Answer(False, message, command=mend)
    here.record["objectives"] = [{"id": "o1", "text": "vault/deal.pdf sha256:" + "1" * 64}]
    assert asked(here) == Answer(True)
    here.record["objectives"] = []
    missing = asked(here).missing
    assert missing is not None
    assert missing.startswith("Missing: objectives")


def test_what_is_missing_besides_is_told_first():
    here = confidential()
    here.data["requirements"]["more"]["filled"] = ["objectives", "website"]
    here.policy = Policy.model_validate(here.data)
    here.record.pop("website", None)
    missing = asked(here).missing
    assert missing is not None
    assert missing.startswith("Missing: website")


def test_what_stands_in_words_elsewhere_in_the_record_is_not_told_here():
    here = confidential()
    here.data["requirements"]["more"]["filled"] = ["website"]
    here.policy = Policy.model_validate(here.data)
    here.record["website"] = "https://harbour.example"
    assert asked(here).met
    here.say("evidence", "e", "more", kind="report", ref="a thing", summary="They are rich.")
    assert asked(here).met


def test_what_is_waived_rests_on_the_waiver_alone():
    here = without(world(policy(**REPORT, waivable={"by": "board"})), "evidence")
    here.say("waivers", "w", "more", role="board", reason="They are known.", until="2026-12-31")
    said = here.record["waivers"][0]["id"]
    given = asked(here, roster=held(p_bob=[{"role": "board"}]))
    assert given == Answer(True, uses=[said], people=["p-bob"], waived=True)


def early(**words: Any) -> World:
    """What is asked for came before what is to come first."""
    here = world(policy(**REPORT, after=["first", "also"], others={"first": REPORT, "also": REPORT}))
    mine = [said for said in here.record["evidence"] if said["requirement"] == "more"]
    mine[0].update(words or {"at": "2026-04-01T12:00:00Z"})
    return here


def test_what_came_too_early_is_told_with_what_comes_first():
    assert asked(early(at="2026-05-01T12:00:00Z")).met
    here = early()
    mine = [said for said in here.record["evidence"] if said["requirement"] == "more"]
    here.record["evidence"].append({**mine[0], "id": "e-00000000000f"})
    words = f"{GIVE} ({mine[0]['id']}, e-00000000000f came before first and also, and does not count)"
    assert asked(here) == Answer(False, words, people=EVERYBODY, command=ADD.format("more"))
    only = early(on="2026-04-30")
    assert asked(only).missing == f"{GIVE} ({mine[0]['id']} came before first and also, and does not count)"


def test_all_that_comes_first_must_be_there():
    here = early(at="2026-05-01T12:00:00Z")
    here.record["evidence"] = [said for said in here.record["evidence"] if said["requirement"] != "also"]
    assert not asked(here).met


def either(**more: Any) -> World:
    """A report or a website suffices."""
    report = {"report": {**REPORT, "ask": "Add the report."}, "site": {"filled": ["website"]}}
    here = world(policy(any_of=["report", "site"], others=report, **more))
    here.record.pop("website", None)
    return without(here, "evidence")


SITE = "partnerkit set subject website=<website>"


@pytest.mark.parametrize("words", ["", "Show it. "])
def test_one_of_several_suffices(words):
    here = either(**({"ask": words.strip()} if words else {}))
    given = asked(here)
    first = lacking("report", "Add the report. ")
    [site] = [one.answer for one in gate(*_gate(here, "site"))]
    missing = (
        f"{words}One of these: report ({first.missing}; {first.command}); or site ({site.missing}; {site.command})"
    )
    assert given == Answer(False, missing, people=EVERYBODY, command=first.command)
    here.record["website"] = "https://harbour.example"
    assert asked(here) == Answer(True)
    here.say("evidence", "e", "report", kind="report", ref="a thing")
    assert asked(here) == Answer(True, uses=[here.record["evidence"][0]["id"]])


def _gate(here: World, name: str) -> tuple[Situation, Any]:
    """A gate that asks for nothing but one requirement."""
    way = here.policy.lifecycles["partnership"].transitions[0]
    return _situation(here), way.model_copy(update={"needs": [name]})


def test_where_no_alternative_is_asked_of_this_record_nothing_is_met():
    here = either()
    for name in ("report", "site"):
        here.data["requirements"][name]["when"] = {"partner": "company"}
    here.policy = Policy.model_validate(here.data)
    here.record["partner"] = "individual"
    assert asked(here) == Answer(False, "One of these: ")


def test_what_only_time_can_bring_has_no_command():
    here = world(
        policy(
            any_of=["wait", "site"], others={"wait": {"dwell": {"at-least": "P9Y"}}, "site": {"filled": ["website"]}}
        )
    )
    here.record.pop("website", None)
    [wait] = [one.answer for one in gate(*_gate(here, "wait"))]
    assert wait.command is None
    missing = asked(here).missing
    assert missing is not None
    assert missing.startswith(f"One of these: wait ({wait.missing}); or site (")


def test_the_notes_of_all_alternatives_are_told():
    others = {"one": {"evidence": {"kinds": ["report"], "at-least": "$checks"}}, "two": REPORT}
    here = without(world(policy(any_of=["two", "one"], others=others)), "evidence")
    note = (
        "SMALL leaves open (§1.1/checks): How many? Unset: nothing is counted until it is set. "
        "Set it with: partnerkit policy set SMALL checks=<value> --seen <seen>"
    )
    assert asked(here).notes == [note]


def test_every_sort_of_demand_is_answered() -> None:
    assert all(callable(_DEMANDS[kebab(name)]) for name in DEMANDS)
