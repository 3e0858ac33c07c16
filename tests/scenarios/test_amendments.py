"""A policy that says how it is changed changes so: proposed, decided, landed; and what the commands say of it."""

from __future__ import annotations

import pytest

from tests.scenarios.amending import (
    CASE,
    CHARTER,
    NOTICE,
    SEEN,
    TEXT,
    adopted,
    charter,
    decided,
    edit,
    errors,
    opened,
    proposed,
    put_in,
)
from tests.scenarios.cheat import commit
from tests.scenarios.landing import METHODS, audited, landed

# --- as it should be


def test_it_is_proposed_decided_and_landed(here):
    proposed(here)
    assert "notice:\n" not in charter(here)
    assert here.json("show", CASE)["record"]["amends-to"].startswith("c1:")
    adopted(here)
    said = here.do("policy", "amend", CASE, by="p-lea")
    assert "policy CHARTER-1" in said.out
    assert "P60D" in charter(here)
    assert f"amendments:\n  - {CASE}\n" in charter(here)
    assert here.json("check")["findings"] == []
    found = audited(here)
    assert found["proven"]
    assert found["rules"][-1]["decided"] == [f"CHARTER-1 as {CASE} decided"]
    assert [one["decided"] for one in found["rules"][:-1]] == [[] for _ in found["rules"][:-1]]
    assert f"CHARTER-1 as {CASE} decided" in here.do("audit").out


def test_whoever_lands_the_decided_text_by_hand_may(there):
    put_in(there)
    assert errors(there.findings()) == []
    base = commit(there)
    assert errors(there.findings("--base", base, "--head", "HEAD")) == []
    assert audited(there)["proven"]


@pytest.mark.parametrize("method", METHODS)
def test_alone_it_lands_by_every_method(there, method):
    base = landed(there, method, lambda place: place.do("policy", "amend", CASE))
    assert audited(there, "--since", base)["proven"]


def test_layout_and_comments_are_nobodys_decision(here):
    edit(here, "roles:\n", "# Who decides.\nroles:\n")
    assert here.findings() == []
    commit(here)
    here.do("fmt")
    assert audited(here)["proven"]


def test_a_second_change_follows_the_first(there):
    there.do("policy", "amend", CASE)
    decided(there, "shorter-notice", "notice=P30D")
    there.do("policy", "amend", "shorter-notice")
    assert f"amendments:\n  - {CASE}\n  - shorter-notice\n" in charter(there)
    assert audited(there)["proven"]


# --- what the commands say


@pytest.mark.parametrize(
    ("words", "again"),
    [
        (NOTICE, "partnerkit policy set CHARTER-1 notice=P60D --seen minutes/1.md --amendment <case>"),
        (
            ("policy", "reaffirm", "CHARTER-1", *SEEN, "--next", "2027-01-01"),
            "partnerkit policy reaffirm CHARTER-1 --seen minutes/1.md --next 2027-01-01 --amendment <case>",
        ),
        (
            ("policy", "migrate", "CHARTER-1", "--from", "<new>", "--reason", "clearer"),
            "partnerkit policy amend <case> --from",
        ),
    ],
    ids=["set", "reaffirm", "migrate"],
)
def test_no_command_writes_it_and_each_says_how_it_is_decided(here, words, again):
    new = here.write("new.yaml", charter(here).replace("Somebody has offered it", "It is offered"))
    said = here.refuse(*(new if word == "<new>" else word for word in words))
    assert "CHARTER-1 §2/board-decides" in said.err
    assert "a case of type amendment in adopted, decided by board (p-jonas, p-rosa, p-timo)" in said.err
    assert again in said.err
    assert "→ partnerkit new case <title> of=CHARTER-1 type=amendment opened=<day>" in said.err


def test_a_case_that_is_none_is_refused(here):
    here.do("new", "case", "They quarrel", "id=quarrel", "of=CHARTER-1", "type=quarrel", "opened=2026-03-02")
    assert "quarrel amends no policy CHARTER-1" in here.wrong(*NOTICE, "--amendment", "quarrel").err
    assert "quarrel is no case that amends CHARTER-1" in here.wrong("policy", "amend", "quarrel").err
    assert "there is no record 'nowhere'" in here.wrong(*NOTICE, "--amendment", "nowhere").err


def test_where_no_case_is_asked_for_none_is_taken(place):
    said = place.wrong("policy", "set", "OPS-05-03", "notice=P10D", *SEEN, "--amendment", "acme")
    assert "OPS-05-03 asks for no case" in said.err
    assert "partnerkit policy migrate OPS-05-03 --from <file> --reason <reason>" in said.err


def test_who_decides_is_asked_as_at_any_gate(here):
    """The number, who may not, and the day: whoever proposed it does not decide on it."""
    opened(here, CASE, "proposer=p-jonas")
    here.do(*NOTICE, "--amendment", CASE)
    assert "p-jonas is the proposer" in here.refuse("approve", CASE, "board-decides", by="p-jonas").err
    here.do("approve", CASE, "board-decides", by="p-timo")
    assert "1 of 2" in here.refuse("advance", CASE).err
    assert "does not hold the role board" in here.refuse("approve", CASE, "board-decides", by="p-lea").err
    here.do("approve", CASE, "board-decides", "--for", "p-rosa", "--seen", "minutes/2.md", by="p-lea")
    here.do("advance", CASE)
    here.do("policy", "amend", CASE)
    assert audited(here)["proven"]


def test_undecided_it_does_not_land(here):
    proposed(here)
    said = here.refuse("policy", "amend", CASE)
    assert f"{CASE} stands in open, and what it changes is decided in adopted" in said.err
    assert f"→ partnerkit gates {CASE}" in said.err


def test_the_text_changed_after_the_approvals_is_decided_anew(here):
    proposed(here)
    here.do("approve", CASE, "board-decides", by="p-jonas")
    here.do("approve", CASE, "board-decides", by="p-timo")
    said = here.do("policy", "set", "CHARTER-1", "notice=P90D", *SEEN, "--amendment", CASE)
    assert "void" in said.all
    assert "board-decides" in here.refuse("advance", CASE).err


def test_a_decided_case_takes_no_other_text(there):
    said = there.refuse("policy", "set", "CHARTER-1", "notice=P1D", *SEEN, "--amendment", CASE)
    assert f"{CASE} is decided (adopted), and takes no other text" in said.err
    there.refuse("set", CASE, f"amends-to=c1:{'0' * 64}")


def test_a_case_that_was_used_takes_no_text(there):
    there.do("policy", "amend", CASE)
    assert f"CHARTER-1 was amended by {CASE} already" in there.do("policy", "amend", CASE).out
    there.do("advance", CASE, "open", "--reason", "once more")
    assert f"{CASE} amended CHARTER-1 before" in there.refuse(*NOTICE, "--amendment", CASE).err
    assert "--from" in there.wrong("policy", "amend", CASE, "--stage", "checked=seen").err


def test_a_case_that_is_over_takes_no_text(here):
    proposed(here)
    here.do("advance", CASE, "dropped", "--reason", "nobody wants it")
    assert f"{CASE} is over (dropped)" in here.refuse(*NOTICE, "--amendment", CASE).err


def test_what_is_weakened_is_told_when_it_is_proposed_and_when_it_is_decided(here):
    opened(here)
    new = here.write("new.yaml", charter(here).replace("at-least: 2", "at-least: 1"))
    words = "§2/board-decides (board-decides) demands less: at-least from 2 to 1"
    assert words in here.do("policy", "amend", CASE, "--from", new).all
    assert words in here.do("gates", CASE).out
    assert f"git diff --no-index {CHARTER} {TEXT}" in here.do("gates", CASE).out
    assert words in here.do("approve", CASE, "board-decides", by="p-jonas").all
    here.do("approve", CASE, "board-decides", by="p-timo")
    decided = here.do("advance", CASE).all
    assert words in decided
    assert f"partnerkit policy amend {CASE}" in decided
    here.do("policy", "amend", CASE)
    assert words in str(audited(here)["rules"][-1]["weakened"])


def test_whoever_decides_is_told_when_the_text_shown_is_another(here):
    proposed(here)
    edit(here, "P60D", "P90D", TEXT)
    (found,) = [one for one in here.findings() if one["code"] == "amendment-text-differs"]
    assert (found["record"], found["severity"]) == (CASE, "error")
    assert found["mend"] == f"partnerkit policy amend {CASE} --from {TEXT}"
    commit(here)
    assert f"{TEXT} is not what {CASE} decides on" in here.do("approve", CASE, "board-decides", by="p-jonas").all
    (here.root / TEXT).unlink()
    commit(here)
    assert "is not there to be read" in here.do("approve", CASE, "board-decides", by="p-timo").all
    here.do("advance", CASE)
    said = here.run("policy", "amend", CASE)
    assert (said.code, "is not there" in said.err) == (3, True)


def test_who_may_amend_is_shown(here):
    shown = here.do("policy", "show", "CHARTER-1").out
    assert "a case of type amendment in adopted, decided by board" in shown
    assert "anybody on the roster" in shown
    proposed(here)
    adopted(here)
    here.do("policy", "amend", CASE)
    told = here.json("policy", "show", "CHARTER-1")
    assert (told["digest"], told["landed_by"]) == (here.json("show", CASE)["record"]["amends-to"], [])
    said = here.do("policy", "gaps").out
    assert "CHARTER-1 is amended by a case of type amendment in adopted, decided by board  §2/board-decides" in said
    assert "partnerkit new case <title> of=CHARTER-1 type=amendment opened=<day>" in said
    gaps = here.json("policy", "gaps")["gaps"]
    assert [one["command"] for one in gaps] == [
        "partnerkit policy set CHARTER-1 span=<value> --seen <seen> --amendment <case>"
    ]
    leaves = {one["clause"]: one["by"] for one in here.json("policy", "coverage", "CHARTER-1")["leaves"]}
    assert "its own amendment" in leaves["§2/board-decides"]


def test_what_is_decided_and_has_not_landed_is_owed(there):
    def owed():
        return [one for one in there.json("today")["obligations"] if one["source"] == "amendment"]

    (one,) = owed()
    assert (one["record"], one["state"], one["command"]) == (CASE, "due", f"partnerkit policy amend {CASE}")
    assert one["clause"] == "CHARTER-1 §2/board-decides"
    there.do("policy", "amend", CASE)
    assert owed() == []


def test_adding_it_anew_is_answered_with_how_it_changes(here):
    said = here.wrong("policy", "add", here.write("CHARTER-1.yaml", charter(here)))
    assert "partnerkit policy amend <case> --from <file>" in said.err


# --- stages that are gone


def test_a_text_that_is_no_policy_is_refused_at_its_place(here):
    opened(here)
    new = here.write(
        "new.yaml", charter(here).replace("approval: {role: board, at-least: 2", "approval: {role: bord, at-least: 2")
    )
    said = here.refuse("policy", "amend", CASE, "--from", new)
    assert f"{new}:" in said.err
    assert "did you mean board?" in said.err


def test_records_of_a_stage_that_is_gone_move_when_the_decided_version_lands(here):
    here.do("new", "partnership", "Orchard Friends", "id=friends", "objectives=[{id: o1, text: Apples}]")
    here.do("advance", "friends")
    opened(here)
    new = here.write("new.yaml", charter(here).replace("checked", "seen"))
    assert "--stage" in here.refuse("policy", "amend", CASE, "--from", new).err
    said = here.do("policy", "amend", CASE, "--from", new, "--stage", "checked=seen")
    assert "will move friends: checked → seen" in said.all
    adopted(here)
    here.do("policy", "amend", CASE)
    assert here.json("show", "friends")["record"]["stage"] == "seen"
    assert audited(here)["proven"]


def test_what_could_not_land_is_not_put_before_a_case(here):
    here.do("new", "partnership", "Orchard Friends", "id=friends", "objectives=[{id: o1, text: Apples}]")
    here.do("advance", "friends")
    opened(here)
    text = charter(here).replace("      - {from: checked, to: promised, main: true, needs: [promise]}\n", "")
    text = text.replace("      checked: {title: Looked at}\n", "").replace(
        "to: checked, main: true, needs: [offer]", "to: promised, main: true, needs: [offer, promise]"
    )
    new = here.write("new.yaml", text)
    said = here.refuse("policy", "amend", CASE, "--from", new, "--stage", "checked=promised")
    assert "could not land, whoever decides it" in said.err
    assert "§1/promise" in said.err
