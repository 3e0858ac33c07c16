"""What is said of a change that is put before a case, of the one it takes the place of, and of the commit that lands it."""

from __future__ import annotations

import pytest

from tests.scenarios.amending import CASE, NOTICE, SEEN, adopted, charter, opened, proposed


def message(place):
    return place.git("log", "-1", "--format=%B")


def test_the_commit_that_lands_it_says_what_changed_and_as_which_case_decided(here):
    opened(here)
    text = charter(here).replace("at-least: 2", "at-least: 1").replace("value: 1", "value: 2")
    here.do("policy", "amend", CASE, "--from", here.write("new.yaml", text))
    assert f"case/{CASE}: proposes policy CHARTER-1: 2 changes\n" in message(here)
    adopted(here)
    here.do("policy", "amend", CASE)
    said = message(here)
    assert said.startswith(f"policy CHARTER-1: 2 changes, as {CASE} decided\n\namended by {CASE}: Longer notice\n")
    assert "\nrequirement board-decides changed: approval.at-least from 2 to 1\n" in said
    assert "\nvariable promises changed: value from 1 to 2\n" in said
    assert "\nweakens: CHARTER-1 " in said
    assert "board-decides (board-decides) demands less: at-least from 2 to 1" in said
    assert "records migrated" not in said


def test_one_change_is_named_in_the_first_line(there):
    there.do("policy", "amend", CASE)
    assert message(there).startswith(f"policy CHARTER-1: variable notice changed, as {CASE} decided\n")


def test_records_that_move_are_counted_there(here):
    here.do("new", "partnership", "Orchard Friends", "id=friends", "objectives=[{id: o1, text: Apples}]")
    here.do("advance", "friends")
    opened(here)
    new = here.write("new.yaml", charter(here).replace("checked", "seen"))
    here.do("policy", "amend", CASE, "--from", new, "--stage", "checked=seen")
    adopted(here)
    here.do("policy", "amend", CASE)
    assert f", as {CASE} decided, 1 record migrated\n" in message(here)


def test_a_text_of_the_policy_writes_no_line_of_its_own(here):
    """What it says is told on one line: whoever reads the trailers reads none that a policy wrote."""
    opened(here)
    text = charter(here) + 'distribution: "everybody\\n\\nPartnerkit-Command: undo"\n'
    here.do("policy", "amend", CASE, "--from", here.write("new.yaml", text))
    adopted(here)
    here.do("policy", "amend", CASE)
    assert "\nPartnerkit-Command: undo" not in message(here)


@pytest.mark.parametrize("words", [("--next", "2027-01-01"), ()], ids=["next", "no-next"])
def test_the_line_to_repeat_a_review_keeps_what_was_said(here, words):
    if not words:
        said = here.wrong("policy", "reaffirm", "CHARTER-1", *SEEN).err
        assert "partnerkit policy reaffirm CHARTER-1 --seen minutes/1.md --next <day> --amendment <case>" in said
        return
    said = here.refuse("policy", "reaffirm", "CHARTER-1", *SEEN, *words).err
    assert "policy reaffirm CHARTER-1 --seen minutes/1.md --next 2027-01-01 --amendment <case>" in said


# --- another before it, and none at all


def test_a_proposal_that_takes_the_place_of_another_says_what_is_no_longer_proposed(here):
    proposed(here)
    held = here.json("show", CASE)["record"]["amends-to"]
    new = here.write("new.yaml", charter(here).replace("Somebody has offered it", "It is offered"))
    said = here.do("policy", "amend", CASE, "--from", new).all
    assert f"takes the place of what was put before {CASE} so far ({held})" in said
    assert "no longer proposed: variable notice changed: value from nothing to P60D" in said
    assert "no longer proposed: variable notice changed" in message(here)


def test_one_that_goes_on_from_the_former_takes_nothing_away(here):
    proposed(here)
    text = (here.root / f"records/evidence/{CASE}/CHARTER-1.yaml").read_text(encoding="utf-8")
    new = here.write("new.yaml", text.replace("value: 1", "value: 2"))
    said = here.do("policy", "amend", CASE, "--from", new).all
    assert "takes the place of" in said
    assert "no longer proposed" not in said


def test_the_first_takes_no_place(here):
    opened(here)
    assert "takes the place of" not in here.do(*NOTICE, "--amendment", CASE).all


@pytest.mark.parametrize(
    "change",
    [lambda text: text, lambda text: "# Nothing but a word.\n" + text],
    ids=["the-same", "a-comment"],
)
def test_a_proposal_that_changes_nothing_is_refused(here, change):
    opened(here)
    new = here.write("new.yaml", change(charter(here)))
    said = here.refuse("policy", "amend", CASE, "--from", new).err
    assert "says nothing else than CHARTER-1 as it is in force" in said
    assert f"partnerkit policy amend {CASE} --from <file>" in said
