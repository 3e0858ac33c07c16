"""The text that is put before a case: none yet, gone, of a newer format, the same again, or another before it."""

from __future__ import annotations

import pytest

from tests.scenarios.amending import CASE, SEEN, TEXT, edit, opened, proposed
from tests.scenarios.cheat import commit
from tests.scenarios.codes.running import pasted

PUT = f"partnerkit policy amend {CASE} --from <file>"
SET = f"partnerkit policy set CHARTER-1 notice=<value> --seen <seen> --amendment {CASE}"
NO_TEXT = "amendment-text-missing"
OTHER = "amendment-text-differs"


def codes(place):
    return [(one["code"], one["record"], one["severity"]) for one in place.findings()]


# --- none yet


def test_a_case_before_which_nothing_was_put_says_how_that_is_done(here):
    opened(here)
    said = here.refuse("policy", "amend", CASE).err
    assert f"nothing was put before {CASE} yet" in said
    assert PUT in said
    assert SET in said


def test_its_gates_offer_the_line_that_puts_a_change_before_it(here):
    opened(here)
    told = here.json("gates", CASE)
    (known,) = [one for one in told["requirements"] if one["id"] == "text-known"]
    assert known["command"] == PUT
    assert "amends-to=<amends-to>" not in here.do("gates", CASE).out
    assert SET in here.do("gates", CASE).out


def test_another_case_is_filled_as_any_record(here):
    """Only a case that amends the policy is given a text: of another the field is a field."""
    edit(here, "when: {type: quarrel}}", "when: {type: quarrel}, needs: [text-known]}")
    here.do("new", "case", "They quarrel", "id=quarrel", "of=CHARTER-1", "type=quarrel", "opened=2026-03-02")
    assert "partnerkit set quarrel amends-to=<amends-to>" in here.do("gates", "quarrel").out


def test_whoever_decides_on_no_text_is_told(here):
    opened(here)
    assert f"nothing was put before {CASE} yet" in here.do("approve", CASE, "board-decides", by="p-jonas").all


# --- gone


def test_a_digest_typed_in_has_no_text_and_everybody_is_told_before_it_is_decided(here):
    opened(here)
    here.do("set", CASE, f"amends-to=c1:{'0' * 64}")
    assert codes(here) == [(NO_TEXT, CASE, "warning")]
    (found,) = here.findings()
    assert TEXT in found["message"]
    assert found["mend"] == PUT
    told = f"its text is not there to be read ({TEXT})"
    assert told in here.do("gates", CASE).out
    assert told in here.do("approve", CASE, "board-decides", by="p-jonas").all
    here.do("approve", CASE, "board-decides", by="p-timo")
    assert told in here.do("advance", CASE).all


def test_a_text_that_is_gone_is_found_until_it_has_landed(there):
    text = (there.root / TEXT).read_bytes()
    (there.root / TEXT).unlink()
    assert codes(there) == [(NO_TEXT, CASE, "warning")]
    assert there.findings()[0]["mend"] == f"git restore --staged --worktree -- {TEXT}"
    pasted(there, NO_TEXT)
    assert (there.root / TEXT).read_bytes() == text
    there.do("policy", "amend", CASE)
    (there.root / TEXT).unlink()
    assert codes(there) == []


# --- of a newer format, or none at all


@pytest.mark.parametrize(
    ("old", "new"),
    [("format: 1", "format: 2"), ("format: 1", "format: [1"), ("policy: CHARTER-1", "policy: 7")],
    ids=["newer", "no-yaml", "no-policy"],
)
def test_a_text_that_cannot_be_read_stops_nobody_else(here, old, new):
    proposed(here)
    edit(here, old, new, TEXT)
    assert codes(here) == [(OTHER, CASE, "error")]
    (found,) = here.findings()
    assert TEXT in found["message"]
    assert found["mend"] == PUT
    assert f"{TEXT} is no policy" in here.do("gates", CASE).out
    commit(here)
    assert codes(here) == [(OTHER, CASE, "error")]


def test_such_a_text_does_not_land(there):
    edit(there, "format: 1", "format: 2", TEXT)
    (found,) = there.findings()
    assert found["mend"] == f"git restore --staged --worktree -- {TEXT}"
    pasted(there, OTHER)
    edit(there, "format: 1", "format: 2", TEXT)
    commit(there)
    put = there.git("log", "--format=%H", "--", TEXT).split()[1][:12]
    said = there.refuse("policy", "amend", CASE).err
    assert f"{TEXT} is no policy" in said
    back = f"git restore --source={put} --staged --worktree -- {TEXT}"
    assert f"{back}; then git commit -m 'The text that {CASE} decides on' -- {TEXT}" in said
    (there.root / TEXT).write_bytes(b"\xff" + (there.root / TEXT).read_bytes())
    commit(there)
    assert f"{TEXT} is no policy" in there.refuse("policy", "amend", CASE).err


# --- used


def test_a_case_that_was_used_says_so_and_not_that_it_is_decided(there):
    there.do("policy", "amend", CASE)
    said = there.refuse("policy", "set", "CHARTER-1", "notice=P1D", *SEEN, "--amendment", CASE).err
    assert f"{CASE} amended CHARTER-1 before" in said
    assert "→ partnerkit new case <title> of=CHARTER-1 type=amendment opened=<day>" in said
