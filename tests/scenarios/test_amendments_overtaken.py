"""A decided change that cannot land any more, or of which the text is another: every line that is given leads out."""

from __future__ import annotations

import shlex

import pytest

from tests.place import Place
from tests.scenarios.amending import (
    CASE,
    CHARTER,
    NOTICE,
    TEXT,
    adopted,
    charter,
    decided,
    edit,
    errors,
    opened,
    proposed,
    put_in,
    under_charter,
)
from tests.scenarios.cheat import commit
from tests.scenarios.landing import audited

OTHER = "shorter-notice"
OTHER_TEXT = TEXT.replace(CASE, OTHER)


def owed(place):
    return [one for one in place.json("today")["obligations"] if one["source"] == "amendment"]


def follow(place: Place, lines: str, **values: str) -> None:
    """Run the lines of a mend, one after the other, with what stands in the place of each placeholder."""
    for text in lines.replace("; then ", "; ").split("; "):
        words = text
        for name, value in values.items():
            words = words.replace(f"<{name}>", shlex.quote(value))
        assert "<" not in words, words
        command, *rest = shlex.split(words)
        assert command in {"partnerkit", "git"}, words
        place.do(*rest) if command == "partnerkit" else place.git(*rest)


@pytest.fixture
def overtaken(there):
    """Two cases were decided of the same file, and the first of them has landed."""
    decided(there, OTHER, "promises=2")
    there.do("policy", "amend", CASE)
    return there


def test_it_is_told_with_what_to_do_and_not_any_more_once_that_is_done(overtaken):
    (one,) = owed(overtaken)
    assert one["record"] == OTHER
    assert f"cannot change as it was decided: {CASE} amended it since" in one["title"]
    back = f"partnerkit advance {OTHER} open --reason <reason>; then partnerkit policy amend {OTHER} --from <file>"
    assert one["command"] == back
    said = overtaken.refuse("policy", "amend", OTHER)
    assert f"a change of CHARTER-1 as it was before {CASE} amended it" in said.err
    assert f"→ {back}" in said.err
    assert back in overtaken.do("gates", OTHER).out
    follow(overtaken, back, reason="of the file as it is now", file=str(overtaken.root / OTHER_TEXT))
    assert owed(overtaken) == []
    adopted(overtaken, OTHER)
    assert "policy amend" in owed(overtaken)[0]["command"]
    overtaken.do("policy", "amend", OTHER)
    assert owed(overtaken) == []
    assert audited(overtaken)["proven"]


def test_a_case_that_is_let_be_is_owed_no_more(overtaken):
    overtaken.do("advance", OTHER, "dropped", "--reason", "the first was enough")
    assert owed(overtaken) == []


def test_where_no_way_leads_back_the_move_is_undone(tmp_path):
    ways = (
        ("      - {from: adopted, to: open, needs: [why]}\n", ""),
        ("from: [open, adopted], to: dropped", "from: open, to: dropped"),
    )
    place = under_charter(tmp_path / "register", *ways)
    decided(place)
    decided(place, OTHER, "promises=2")
    place.do("policy", "amend", CASE)
    (one,) = owed(place)
    entry = place.json("show", OTHER)["record"]["history"][-1]["id"]
    assert one["command"].startswith(f"partnerkit undo {entry} --reason <reason>; then ")
    follow(place, one["command"], reason="decided of another file", file=str(place.root / OTHER_TEXT))
    assert owed(place) == []
    adopted(place, OTHER)
    place.do("policy", "amend", OTHER)
    assert audited(place)["proven"]


def test_whoever_decides_on_a_proposal_that_was_overtaken_is_told_before(there):
    proposed(there, OTHER, "promises=2")
    there.do("policy", "amend", CASE)
    told = f"what {OTHER} decides on is a change of CHARTER-1 as it was before {CASE} amended it"
    assert told in there.do("gates", OTHER).out
    said = there.do("approve", OTHER, "board-decides", by="p-jonas").all
    assert told in said
    assert f"partnerkit policy amend {OTHER} --from <file>" in said
    there.do("policy", "amend", OTHER, "--from", str(there.root / OTHER_TEXT))
    assert told not in there.do("gates", OTHER).out


# --- another text than the one that was decided


def test_a_wrong_file_in_place_is_taken_back_and_the_right_one_lands(there):
    put_in(there)
    edit(there, "P60D", "P1D")
    (found,) = [one for one in there.findings() if one["severity"] == "error"]
    assert f"git restore --staged --worktree -- {CHARTER}" in found["mend"]
    there.git("checkout", "HEAD", "--", CHARTER)
    there.do("policy", "amend", CASE)
    assert audited(there)["proven"]


@pytest.mark.parametrize("committed", [True, False])
def test_another_text_beside_the_case_is_exchanged_by_the_line_that_is_given(there, committed):
    edit(there, "P60D", "P90D", TEXT)
    if committed:
        commit(there)
        edit(there, "P90D", "P91D", TEXT)
        commit(there)
        said = there.refuse("policy", "amend", CASE)
        assert f"the text in {TEXT} is another" in said.err
        assert f"→ partnerkit policy amend {CASE}" not in said.err
    (found,) = there.findings()
    assert found["code"] == "amendment-text-differs"
    follow(there, found["mend"])
    assert there.findings() == []
    there.do("policy", "amend", CASE)
    assert audited(there)["proven"]


def test_a_text_that_is_gone_comes_back_by_the_line_that_is_given(there):
    (there.root / TEXT).unlink()
    commit(there)
    said = there.run("policy", "amend", CASE)
    assert (said.code, f"what {CASE} decides on is not there" in said.err) == (3, True)
    (found,) = there.findings()
    follow(there, found["mend"])
    there.do("policy", "amend", CASE)
    assert audited(there)["proven"]


def test_a_text_that_git_never_had_is_put_before_the_case_anew(here):
    opened(here)
    here.do("set", CASE, f"amends-to=c1:{'0' * 64}")
    adopted(here)
    said = here.run("policy", "amend", CASE)
    assert said.code == 3
    line = f"partnerkit advance {CASE} open --reason <reason>; then partnerkit policy amend {CASE} --from <file>"
    assert f"git never had the text that it decides on: {line}" in said.err
    text = here.write("new.yaml", charter(here).replace("value: 1", "value: 2"))
    follow(here, line, reason="nobody has the text", file=text)
    adopted(here)
    here.do("policy", "amend", CASE)
    assert audited(here)["proven"]


def test_a_decided_case_names_both_ways(there):
    said = there.refuse(*NOTICE, "--amendment", CASE)
    assert f"partnerkit policy amend {CASE} lands what it decided" in said.err
    assert f"partnerkit advance {CASE} open --reason <reason>" in said.err


def test_a_case_that_is_listed_and_was_never_followed_is_not_called_done(there):
    """Somebody landed another text by hand: what the case decided comes into force by a case of its own."""
    put_in(there)
    edit(there, "P60D", "P1D")
    commit(there)
    said = there.refuse("policy", "amend", CASE)
    assert f"CHARTER-1 lists {CASE}, and never became what that decided" in said.err
    assert f"partnerkit policy amend <case> --from {TEXT}" in said.err
    opened(there, "put-right")
    there.do("policy", "amend", "put-right", "--from", str(there.root / TEXT))
    adopted(there, "put-right")
    there.do("policy", "amend", "put-right")
    assert "P60D" in charter(there)
    assert errors(there.findings()) == []
    assert f"{CASE}\n  - put-right" in charter(there)
