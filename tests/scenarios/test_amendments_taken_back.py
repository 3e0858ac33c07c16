"""What `undo` says of a change of a policy that a case decided, and what it does with one that was only proposed."""

from __future__ import annotations

from tests.scenarios.amending import (
    CASE,
    NOTICE,
    SEEN,
    TEXT,
    adopted,
    charter,
    errors,
    opened,
    proposed,
)
from tests.scenarios.landing import audited


def test_what_was_decided_is_taken_back_by_another_case(there):
    """A revert would land what no case decided: the line given opens a case, and following it leaves nothing wrong."""
    there.do("policy", "amend", CASE)
    said = there.wrong("undo").err
    assert "git revert" not in said
    assert "CHARTER-1 changes only as a case of type amendment in adopted, decided by board" in said
    assert "partnerkit new case <title> of=CHARTER-1 type=amendment opened=<day>" in said
    base = there.git("rev-parse", "HEAD^").strip()[:10]
    show = f"git show {base}:records/policies/CHARTER-1.yaml > CHARTER-1.yaml"
    assert show in said
    assert "partnerkit policy amend <case> --from CHARTER-1.yaml" in said
    opened(there, "back-again")
    former = there.write("CHARTER-1.yaml", there.git("show", f"{base}:records/policies/CHARTER-1.yaml"))
    there.do("policy", "amend", "back-again", "--from", former)
    adopted(there, "back-again")
    there.do("policy", "amend", "back-again")
    assert "P60D" not in charter(there)
    assert audited(there)["proven"]


def test_where_no_case_is_asked_for_a_revert_takes_it_back(place):
    place.do("policy", "set", "OPS-05-03", "notice=P10D", *SEEN)
    assert "git revert" in place.wrong("undo").err


def test_a_proposal_taken_back_takes_its_text_along(here):
    """The first is put back as it was shown; before any, nothing is shown."""
    proposed(here)
    first = (here.root / TEXT).read_bytes()
    here.do("policy", "set", "CHARTER-1", "notice=P90D", *SEEN, "--amendment", CASE)
    here.do("undo")
    assert (here.root / TEXT).read_bytes() == first
    assert errors(here.findings()) == []
    assert here.git("status", "--porcelain").strip() == ""
    assert audited(here)["proven"]


def test_the_first_proposal_taken_back_leaves_no_text(here):
    opened(here)
    here.do(*NOTICE, "--amendment", CASE)
    here.do("undo")
    assert "amends-to" not in here.json("show", CASE)["record"]
    assert not (here.root / TEXT).exists()
    assert errors(here.findings()) == []
    assert here.git("status", "--porcelain").strip() == ""
    here.do(*NOTICE, "--amendment", CASE)
    assert errors(here.findings()) == []


def test_a_text_that_lies_there_edited_stops_the_undo(here):
    proposed(here)
    (here.root / TEXT).write_text("mine\n", encoding="utf-8")
    assert TEXT in here.run("undo").err
    assert (here.root / TEXT).read_text(encoding="utf-8") == "mine\n"
