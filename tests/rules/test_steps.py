"""What may not happen between two trees: rules together with what rests on them, and everything else of a step."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from partnerkit.findings import Finding
from partnerkit.register import PolicyFile, Register
from partnerkit.rules.governing import weakened
from partnerkit.rules.steps import (
    entries_are_legal,
    judge_step,
    rules_stand_alone,
)
from partnerkit.steps import Step
from tests.policies.fulfil import World
from tests.rules.bench import moved, policy
from tests.rules.ended import FIRST, SAID, SECOND, THIRD, here, taken_back
from tests.rules.sealing import found, seal, step, stood
from tests.rules.stepping import first, second, told

FILES = ("records/people.yaml", "records/register.yaml")


def test_a_history_made_by_the_commands_is_legal_step_by_step():
    stages: list[World | None] = [None, first(), second(), here(), taken_back()]
    for before, after in itertools.pairwise(stages):
        assert judge_step(step(before, after)) == []
        assert judge_step(step(before, after), {"subject"}) == []


def test_at_genesis_everything_is_judged_by_itself():
    assert judge_step(Step(None, stood(here()))) == []
    wrong = here()
    wrong.record["history"][0]["by"] = "p-eve"
    assert [one.code for one in judge_step(Step(None, stood(seal(wrong))))] == ["actor-unknown"]


def test_only_what_is_named_is_looked_at():
    wrong = here()
    wrong.record["stage"] = "active"
    assert judge_step(step(first(), wrong), set()) == []
    assert [one.code for one in judge_step(step(second(), wrong), {"subject"})] == ["stage-edited"]


def ruled(made: Step, *changed: str, weaker: bool = False) -> Step:
    """The same step, which also changes these files of rules."""

    def side(register: Register, said: str, role: str) -> Register:
        trust = register.settings.trust.model_copy(update={"separation_of_duties": role})
        settings = register.settings.model_copy(update={"trust": trust} if weaker else {})
        return replace(register, rules=dict.fromkeys(changed, said), settings=settings)

    assert made.before is not None
    return Step(side(made.before, "old", "require"), side(made.after, "new", "off"))


def together(files: str, weaker: str = "", index: int = 1, name: str = SECOND) -> Finding:
    message = (
        f"partnership subject changes its stage in the same step in which {files} changes: {weaker}"
        "rules are judged by those before them, so each lands alone"
    )
    mend = f"land {files.replace(', ', ' and ')} first, then make the move again"
    return found("rules-and-records-together", ("history", index), message, mend=mend, entry=name)


def test_rules_and_what_rests_on_them_do_not_land_together():
    made = step(first(), second())
    assert told(rules_stand_alone, made) == []
    assert told(rules_stand_alone, ruled(made, FILES[0])) == [together(FILES[0])]
    assert told(rules_stand_alone, ruled(made, *FILES)) == [together(", ".join(FILES))]
    both = step(first(), here())
    each = [together(FILES[0]), together(FILES[0], index=2, name=THIRD)]
    assert told(rules_stand_alone, ruled(both, FILES[0])) == each
    new = step(None, first())
    assert told(rules_stand_alone, ruled(new, FILES[0])) == [together(FILES[0], index=0, name=FIRST)]


def test_what_the_rules_became_weaker_in_is_told_with_it():
    weaker = "separation of duties under SMALL was loosened from require to off; "
    [one] = told(rules_stand_alone, ruled(step(first(), second()), FILES[1], weaker=True))
    assert weaker in one.message
    roles = [{"role": role, "from": "2020-01-01"} for role in ("one", "two", "three", "four", "five")]
    made = ruled(step(first(), second()), FILES[0])
    people = {person: one.model_dump(by_alias=True) for person, one in made.after.roster.people.items()}
    people["p-ann"]["roles"] += roles
    roster = type(made.after.roster).model_validate({"format": 1, "people": people})
    [one] = rules_stand_alone(replace(made, after=replace(made.after, roster=roster)), None)
    assert made.before is not None
    words = "; ".join(weakened(made.before, replace(made.after, roster=roster))[:3])
    assert f"{FILES[0]} changes: {words}; rules are judged" in one.message
    assert one.message.count("; ") == 3


@pytest.mark.parametrize("made", [step(first(), first()), step(here(), None), step(second(), first())])
def test_rules_that_change_alone_are_told_nothing(made):
    assert told(rules_stand_alone, ruled(made, FILES[0])) == []
    assert list(rules_stand_alone(Step(None, made.after), None)) == []


def test_a_record_is_migrated_with_the_rules_and_what_else_moves_is_told():
    one = first()
    moved(one, "active", type_="migrate", id=SECOND)
    assert told(rules_stand_alone, ruled(step(first(), one), FILES[0])) == []
    moved(one, "ended", type_="move", id=THIRD)
    assert told(rules_stand_alone, ruled(step(first(), one), FILES[0])) == [together(FILES[0], index=2, name=THIRD)]


def test_every_entry_of_a_step_is_judged_in_order():
    wrong = here()
    for index in (1, 2):
        wrong.record["history"][index]["by"] = "p-eve"
    codes = [(one.code, one.line, one.entry) for one in told(entries_are_legal, step(first(), seal(wrong)))]
    places = [found("", ("history", index), "").line for index in (1, 2)]
    assert codes == [("actor-unknown", places[0], SECOND), ("actor-unknown", places[1], THIRD)]
    assert told(entries_are_legal, step(second(), None)) == []


def test_an_entry_is_judged_when_it_landed_and_by_the_rules_before():
    made = step(first(), second())
    early = replace(made, landed_at=stood(first()).records["subject"].model.history[0].at)
    assert [one.code for one in entries_are_legal(early, None)] == ["entry-in-future"]
    assert made.before is not None
    nobody = made.before.roster.model_copy(update={"people": {}})
    strict = replace(made, before=replace(made.before, roster=nobody), known={})
    assert [one.code for one in entries_are_legal(strict, None)] == ["actor-unknown"]


def test_a_new_record_is_made_by_its_first_entry():
    wrong = here()
    wrong.record["history"][0] |= {"type": "move", "from": "proposed"}
    [one, *_] = told(entries_are_legal, step(None, seal(wrong)))
    message = "its first entry neither creates nor adopts it"
    assert one == found(
        "never-created", ("history", 0), message, mend="partnerkit new partnership <title>", entry=FIRST
    )
    codes = {each.code for each in entries_are_legal(step(first(), wrong), None)}
    assert "never-created" not in codes
    adopted = first()
    adopted.record["history"][0] |= {"type": "adopt", "since": "2024-01-01", "reason": "It was there."}
    assert told(entries_are_legal, step(None, seal(adopted))) == []


def test_a_record_of_a_policy_that_nobody_knows_is_told_for_that():
    made = step(first(), second())
    assert made.before is not None
    unknown = replace(made, before=replace(made.before, policies={}), known={})
    told_so = found("policy-unknown", ("policy",), "the register has no policy SMALL", mend="partnerkit policy show")
    new = made.after.records["subject"].model.history[-1].id
    assert list(entries_are_legal(unknown, None)) == [replace(told_so, entry=new)]
    one = second()
    one.record |= {"website": "https://other.example"}
    made_otherwise = step(second(), one)
    assert made_otherwise.before is not None
    nothing_new = replace(made_otherwise, before=replace(made_otherwise.before, policies={}), known={})
    assert list(entries_are_legal(nothing_new, None)) == [told_so]
    another = replace(made.after.records["subject"], path="zz", model=made.after.records["subject"].model)
    both = replace(unknown, after=replace(made.after, records={"subject": another, "zz": another}), known={})
    assert len(list(entries_are_legal(both, None))) == 3  # the one entry that came, and the two of a record that came


def test_the_source_of_the_rules_is_the_tree_before():
    """A demand that the step brings is not asked of it, nor is one that it takes away forgiven."""
    made = step(first(), second())
    other = policy(reason=True)
    other["lifecycles"]["partnership"]["transitions"][0]["needs"] = ["more"]
    new = PolicyFile("policy", other, type(second().policy).model_validate(other))
    assert (
        list(entries_are_legal(replace(made, after=replace(made.after, policies={"SMALL": new}), known={}), None)) == []
    )
    assert SAID in second().record["history"][1]["uses"]
