"""A policy that says what must be decided first changes only as a case decided: what is found otherwise, in words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from partnerkit.policies.policy import Policy
from partnerkit.register import PolicyFile
from partnerkit.rules.amended import (
    Lacks,
    changed_as_decided,
    policies_changed,
    refused,
)
from partnerkit.rules.amended import decided as as_decided
from partnerkit.steps import Step
from tests.policies.fulfil import World
from tests.policies.packs import small
from tests.rules.amending import NEW, OTHER, VOTE, after, amendable, before, decided, source, step
from tests.rules.bench import moved
from tests.rules.placed import whole

OPENING = "partnerkit new case <title> of=SMALL type=amendment opened=<day>"
BY_WHOM = "a case of type amendment in decided, decided by board"
AGAIN = f"partnerkit undo {'a' * 16} --reason <reason>; then partnerkit policy amend subject --from <file>"
OVERTAKEN = "; another was amended in between, so what was decided is the change of an earlier file"
BACK = {"at": "2026-05-20T12:00:00Z", "by": "p-bob", "reason": "A slip."}


def found(judged: Step) -> list[dict[str, Any]]:
    told = whole(changed_as_decided(judged, None))
    assert judged.before is not None
    assert (as_decided(judged.before, judged.after) == []) == bool(told)
    return told


def undecided(message: str, mend: str = OPENING, place: Any = "amended-by") -> dict[str, Any]:
    clause = {"clause": "SMALL §1.1, SMALL §1", "file": "policy"}
    return {
        "code": "amended-undecided",
        "message": message,
        "severity": "error",
        "mend": mend,
        "place": place,
        **clause,
    }


def test_a_policy_changes_as_a_case_decided():
    here = decided()
    assert found(step(here, "subject")) == []
    assert as_decided(before(here), after(here, "subject")) == ["SMALL as subject decided"]
    assert list(changed_as_decided(Step(None, after(here)), None)) == []


def test_only_policies_of_which_the_file_says_something_else_have_changed():
    here = decided()
    was, now = before(here), after(here, "subject")
    assert list(policies_changed(was, now)) == [(was.policies["SMALL"], now.policies["SMALL"])]
    assert list(policies_changed(was, replace(now, rules=was.rules))) == []
    assert list(changed_as_decided(Step(was, replace(now, rules=was.rules)), None)) == []
    two = replace(was, policies={"ZETA": was.policies["SMALL"], **was.policies})
    gone = [(two.policies["SMALL"], None), (two.policies["ZETA"], None)]
    assert list(policies_changed(two, replace(was, policies={}))) == gone


def test_a_policy_that_asks_for_no_decision_changes_freely_and_keeps_its_amendments():
    here = decided(_free())
    assert list(changed_as_decided(step(here), None)) == []
    assert as_decided(before(here), after(here)) == []
    [one] = whole(changed_as_decided(step(here, "subject"), None))
    why = "the `amendments` of SMALL list the cases that amended it: nobody adds or takes out one"
    expected = undecided(why, "git log -p -- policy shows what it was", "amendments")
    assert one == {key: value for key, value in expected.items() if key != "clause"}
    was = before(here)
    assert list(changed_as_decided(Step(was, replace(was, policies={})), None)) == []


def _free() -> dict[str, Any]:
    return {key: value for key, value in amendable().items() if key != "amended-by"}


def test_the_amendments_of_a_policy_that_asks_for_no_decision_any_more_stay():
    here = decided(_free() | {"amendments": ["earlier"]})
    [one] = whole(changed_as_decided(step(here), None))
    assert (one["place"], one["message"].split(":")[0]) == (
        1,
        "the `amendments` of SMALL list the cases that amended it",
    )
    assert list(changed_as_decided(step(here, "earlier"), None)) == []


def test_a_policy_that_asks_for_a_decision_does_not_go():
    here = decided()
    was = before(here)
    gone = f"SMALL is gone, and it changes only as {BY_WHOM}: first a case takes amended-by out of it"
    assert found(Step(was, replace(was, policies={}))) == [undecided(gone)]


def test_a_case_amends_a_policy_once():
    here = decided(amendable(amendments=["subject", "later"]))
    again = "the case subject amended SMALL before, and decides one change only"
    assert found(step(here, "subject", "later", "subject")) == [undecided(again)]
    assert found(step(here, "subject")) == [undecided(again)]


@pytest.mark.parametrize(
    ("earlier", "listed", "words"),
    [
        ([], [], "so far none, here none"),
        (["one"], [], "so far one, here none"),
        (["one", "two"], ["one"], None),
        (["one"], ["subject"], "so far one, here subject" + OVERTAKEN),
        (["one", "two"], ["one", "two", "x", "y"], "so far one, two, here one, two, x, y"),
        ([], ["x", "y"], "so far none, here x, y"),
        ([], ["x", "subject"], "so far none, here x, subject" + OVERTAKEN),
    ],
)
def test_the_case_that_decided_is_listed_last(earlier, listed, words):
    [one] = found(step(decided(amendable(amendments=earlier)), *listed))
    place = "amended-by"
    if words is None:
        assert one == undecided("the case one amended SMALL before, and decides one change only", place=place)
    else:
        why = f"SMALL changes only by {BY_WHOM}, and `amendments` then lists that case last: {words}"
        assert one == undecided(why, AGAIN if why.endswith(OVERTAKEN) else OPENING, place)


def test_a_case_that_is_not_decided_was_not_overtaken():
    here = decided(amendable(amendments=["one"]))
    moved(here, "dropped")
    [one] = found(step(here, "subject"))
    assert one["message"].endswith("lists that case last: so far one, here subject")


def test_what_takes_amended_by_out_is_told_where_the_amendments_stand_or_at_the_top():
    here = decided()
    assert found(step(here, "x", amended_by=None))[0]["place"] == "amendments"
    assert found(step(here, amended_by=None))[0]["place"] == 1
    assert found(step(here, "subject", amended_by=None)) == []


def case_of(**fields: Any) -> World:
    here = decided()
    here.record |= fields
    return here


@pytest.mark.parametrize("fields", [{"of": "owner"}, {"type": "crisis"}])
def test_another_case_decides_nothing_of_the_policy(fields):
    here, then = case_of(**fields), f"; {BY_WHOM} does"
    alone = "that is no such case before this step: it lands first, alone"
    assert found(step(here, "subject")) == [undecided(f"subject is to decide it, and {alone}{then}")]
    gone = replace(after(here, "subject"), records={})
    assert found(Step(before(here), gone)) == [undecided(f"subject is to decide it, and that is no such case{then}")]


def test_a_case_that_is_not_there_decides_nothing():
    here = decided()
    message = f"another is to decide it, and there is no such case; {BY_WHOM} does"
    assert found(step(here, "another")) == [undecided(message)]
    none = replace(before(here), records={})
    message = (
        f"subject is to decide it, and there is no such case before this step: it lands first, alone; {BY_WHOM} does"
    )
    assert found(Step(none, after(here, "subject"))) == [undecided(message)]


def test_a_case_is_decided_before_the_step():
    here, gates = decided(), "partnerkit gates subject"
    here.record["history"].pop()
    here.record["stage"] = "open"
    why = "subject stands in open, and what it changes is decided in decided"
    assert found(step(here, "subject")) == [undecided(why, gates)]
    together = "; it comes there in this very step, and what decides a change lands before it, alone"
    assert found(step(here, "subject", now=decided())) == [undecided(why + together, gates)]


def test_a_case_that_was_taken_in_as_it_stood_was_decided_by_nobody():
    here = decided()
    here.record["history"][0] |= {"type": "adopt", "since": "2024-01-01", "reason": "Older."}
    why = "subject was taken in as it stood, so nobody decided it here"
    assert found(step(here, "subject")) == [undecided(why)]


def test_a_case_stands_where_its_history_leads():
    here = decided()
    here.record["history"].pop()
    why = "subject says that it stands in decided, and its history leads to open"
    assert found(step(here, "subject")) == [undecided(why, "partnerkit check subject")]


def test_a_case_came_there_past_a_gate_at_which_somebody_decides():
    data = amendable()
    data["lifecycles"]["case"]["transitions"][1]["to"] = "decided"
    data["lifecycles"]["case"]["transitions"][1]["from"] = ["dropped"]
    here = decided(data)
    here.record["history"][1]["from"] = "dropped"
    why = "subject stands in decided past no gate at which somebody decides"
    assert found(step(here, "subject")) == [undecided(why, "partnerkit log subject")]


def test_what_was_decided_and_taken_back_is_decided_no_more():
    here = decided()
    here.record["approvals"][0]["withdrawn"] = {**BACK, "at": "2099-01-01T12:00:00Z"}
    why = "p-bob withdrew the approval a-000000000001 of vote, so subject is decided no more"
    assert found(step(here, "subject")) == [undecided(why, "partnerkit gates subject")]


def test_what_was_decided_is_what_the_file_becomes():
    here = decided()
    why = f"subject decided that it becomes {NEW}, and this is {OTHER}"
    mend = "git restore --staged --worktree -- policy takes an edit back that has not landed; then partnerkit policy amend subject"
    assert found(step(here, "subject", rules=OTHER)) == [undecided(why, mend)]


def test_a_case_rests_on_what_decides_it_as_it_is_now():
    exchanged = decided()
    exchanged.record["amends-to"] = OTHER
    [one] = found(step(exchanged, "subject", rules=OTHER))
    assert one["message"].startswith("subject came to decided without vote. Missing: approval by board, 0 of 1 (")
    assert one["mend"] == "partnerkit gates subject"
    unused = decided(uses=[])
    why = "subject came to decided without resting on what decides vote"
    assert found(step(unused, "subject")) == [undecided(why, "partnerkit gates subject")]


def test_what_does_not_decide_on_such_a_case_is_not_asked():
    data = amendable()
    data["requirements"]["vote"] = VOTE | {"when": {"type": "other"}}
    data["requirements"]["also"] = VOTE
    data["lifecycles"]["case"]["transitions"][0]["needs"] = ["vote", "also"]
    assert found(step(decided(data), "subject")) == []


def test_a_refusal_of_a_policy_without_a_word_on_it_names_no_clause():
    free = PolicyFile("file", small(), Policy.model_validate(small()))
    [one] = whole([refused(free, Lacks("why", "mend"))])
    assert one == {
        "code": "amended-undecided",
        "message": "why",
        "severity": "error",
        "file": "file",
        "place": 1,
        "mend": "mend",
    }
    assert whole([refused(source(decided()), Lacks("why", "mend"), free)])[0]["clause"] == "SMALL §1.1, SMALL §1"
