"""A policy that says how it is changed changes not otherwise, whoever lands it and however."""

from __future__ import annotations

import pytest

from partnerkit.kinds.canonical import digest
from partnerkit.store.yaml.reader import read
from tests.place import Place
from tests.scenarios.amending import (
    CASE,
    CHARTER,
    CODE,
    NOTICE,
    TEXT,
    adopted,
    caught,
    charter,
    decided,
    edit,
    errors,
    opened,
    proposed,
    put_in,
    under_charter,
    write,
)
from tests.scenarios.cheat import commit, forge, rewrite
from tests.scenarios.landing import METHODS, audited, landed
from tests.scenarios.test_landing_methods import two_branches
from tests.sharing import Two

# --- ways round


def test_a_file_that_nobody_could_read_for_a_while(here):
    """What was last in force still judges."""
    text = charter(here)
    write(here, "policy: [\n")
    base = commit(here)
    write(here, text.replace("value: null", "value: P1D"))
    commit(here)
    assert CODE in errors(audited(here, "--since", f"{base}")["findings"])


def test_an_edit_without_a_case(here):
    edit(here, "value: null", "value: P1D")
    caught(here, "so far none")


def test_with_a_case_that_is_not_decided(here):
    proposed(here)
    put_in(here)
    caught(here, f"{CASE} stands in open")


def test_another_text_than_the_one_decided(there):
    put_in(there)
    edit(there, "P60D", "P1D")
    caught(there, f"{CASE} decided that it becomes c1:")


def test_the_same_case_twice(there):
    there.do("policy", "amend", CASE)
    edit(there, "P60D", "P1D")
    caught(there, f"the case {CASE} amended CHARTER-1 before")


def test_back_to_an_old_text(there):
    """What stood before was decided before; to go back is another change."""
    old = charter(there)
    there.do("policy", "amend", CASE)
    write(there, old)
    caught(there, f"so far {CASE}")


def test_the_same_case_again_after_another(there):
    first = (there.root / TEXT).read_text(encoding="utf-8")
    there.do("policy", "amend", CASE)
    decided(there, "shorter-notice", "notice=P30D")
    there.do("policy", "amend", "shorter-notice")
    write(there, first)
    caught(there, f"the case {CASE} amended CHARTER-1 before")


def test_two_decided_at_once(there):
    """The second was decided of the file as it was: it would take the first back unseen."""
    decided(there, "shorter-notice", "promises=2")
    there.do("policy", "amend", CASE)
    said = there.refuse("policy", "amend", "shorter-notice")
    assert "another was amended in between" in said.err
    write(there, (there.root / TEXT.replace(CASE, "shorter-notice")).read_text(encoding="utf-8"))
    caught(there, "another was amended in between")


def test_two_merged_by_hand(there):
    """Each was decided of the file as it was, and of what both make of it nobody."""
    decided(there, "shorter-notice", "promises=2")
    base = two_branches(
        there,
        lambda place: place.do("policy", "amend", CASE),
        lambda place: place.do("policy", "amend", "shorter-notice"),
    )
    assert "CONFLICT" in there.try_git("merge", "--no-ff", "--no-verify", "-m", "Merge right", "right")
    both = (there.root / TEXT).read_text(encoding="utf-8")
    both = both.replace("  - longer-notice\n", "  - longer-notice\n  - shorter-notice\n").replace(
        "value: 1", "value: 2"
    )
    write(there, both)
    there.git("add", "--all")
    there.git("commit", "-qm", "Merge right", "--no-verify")
    found = audited(there, "--since", base)
    assert errors(found["findings"]) == [CODE]


def test_it_is_reverted(there):
    there.do("policy", "amend", CASE)
    there.git("revert", "--no-edit", "HEAD")
    assert errors(audited(there)["findings"]) == [CODE]


def test_undo_takes_no_amendment_back(there):
    there.do("policy", "amend", CASE)
    there.wrong("undo", "--reason", "too early")


@pytest.mark.parametrize("to", ["open", "dropped"])
def test_the_case_went_elsewhere_meanwhile(there, to):
    there.do("advance", CASE, to, "--reason", "the members object")
    there.refuse("policy", "amend", CASE)
    put_in(there)
    caught(there, f"{CASE} stands in {to}")


def test_the_move_of_the_case_was_undone(there):
    there.do("undo", "--reason", "too early")
    put_in(there)
    caught(there, f"{CASE} stands in open")


def test_a_decision_was_taken_back(there):
    there.do("approve", CASE, "board-decides", "--decision", "withdraw", "--reason", "misread", by="p-timo")
    said = there.refuse("policy", "amend", CASE)
    assert "p-timo withdrew" in said.err
    put_in(there)
    caught(there, f"{CASE} is decided no more")


def test_a_case_taken_in_as_it_stood(here):
    about = ("of=CHARTER-1", "type=amendment", "opened=2026-03-02")
    since = ("--adopt", "adopted", "--since", "2026-03-01", "--reason", "decided on paper")
    proposed(here)
    digest = here.json("show", CASE)["record"]["amends-to"]
    here.do("new", "case", "On paper", "id=on-paper", *about, *since)
    here.do("set", "on-paper", f"amends-to={digest}")
    put_in(here)
    edit(here, f"- {CASE}", "- on-paper")
    caught(here, "on-paper was taken in as it stood")


def test_a_quarrel_made_an_amendment(here):
    """Whatever else a case went through, it was not the decision of the board."""
    edit_of_type = ("set", "quarrel", "type=amendment")
    here.do("new", "case", "They quarrel", "id=quarrel", "of=CHARTER-1", "type=quarrel", "opened=2026-03-02")
    here.do("advance", "quarrel")
    here.do(*edit_of_type)
    edit(here, "value: null", "value: P1D")
    edit(here, "clauses:\n", "amendments: [quarrel]\n\nclauses:\n")
    caught(here, "quarrel stands in settled")


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("type=amendment",), "quarrel stands in adopted past no gate at which somebody decides"),
        ((), "quarrel is to decide it, and that is no such case"),
    ],
    ids=["called one", "as it is"],
)
def test_a_quarrel_that_came_to_the_same_stage(tmp_path, more, words):
    """It stands where the board's decisions stand, and no gate on its way asked the board."""
    way = "      - {from: adopted, to: open, needs: [why]}\n"
    place = under_charter(
        tmp_path / "register", (way, f"{way}      - {{from: settled, to: adopted, when: {{type: quarrel}}}}\n")
    )
    place.do("new", "case", "They quarrel", "id=quarrel", "of=CHARTER-1", "type=quarrel", "opened=2026-03-02")
    for to in ("settled", "adopted"):
        place.do("advance", "quarrel", to)
    edit(place, "value: null", "value: P1D")
    edit(place, "clauses:\n", "amendments: [quarrel]\n\nclauses:\n")
    text = charter(place)
    document, _found = read(text.encode(), CHARTER)
    assert document is not None
    place.git("checkout", "--", CHARTER)
    place.do("set", "quarrel", f"amends-to={digest(document.data)}", *more)
    write(place, text)
    caught(place, words)


def test_a_case_of_a_partnership_amends_nothing(here):
    here.do("new", "partnership", "Orchard Friends", "id=friends")
    here.do("new", "case", "Theirs", "id=theirs", "of=friends", "type=amendment", "opened=2026-03-02")
    edit(here, "value: null", "value: P1D")
    edit(here, "clauses:\n", "amendments: [theirs]\n\nclauses:\n")
    caught(here, "theirs is to decide it, and that is no such case")


def test_a_case_that_is_not_there(here):
    edit(here, "value: null", "value: P1D")
    edit(here, "clauses:\n", "amendments: [nowhere]\n\nclauses:\n")
    caught(here, "nowhere is to decide it, and there is no such case")


def test_the_word_itself_is_taken_out(here):
    edit(here, "amended-by: {clause: §2/board-decides, case: amendment, in: [adopted]}\n", "")
    caught(here, "so far none")
    told = str(audited(here)["rules"][-1]["weakened"])
    assert "§2/board-decides (amended-by) is gone: its file may change without a case that decides it" in told


def test_taken_out_by_a_case_it_binds_nobody_any_more(here):
    opened(here)
    word = "amended-by: {clause: §2/board-decides, case: amendment, in: [adopted]}\n"
    here.do("policy", "amend", CASE, "--from", here.write("new.yaml", charter(here).replace(word, "")))
    adopted(here)
    here.do("policy", "amend", CASE)
    here.do(*NOTICE)
    assert audited(here)["proven"]


def test_the_list_of_amendments_is_kept_where_the_word_is_gone(here):
    """Else the word could come back, and an old case with it."""
    test_taken_out_by_a_case_it_binds_nobody_any_more(here)
    edit(here, f"amendments:\n  - {CASE}\n", "")
    found = [one for one in here.findings() if one["severity"] == "error"]
    assert errors(found) == [CODE]
    assert "nobody adds or takes out one" in found[0]["message"]


def test_the_policy_is_gone(here):
    here.do("policy", "add", "OPS-05-03")
    (here.root / CHARTER).unlink()
    text = (here.root / "records/register.yaml").read_text(encoding="utf-8")
    write(here, text.replace("CHARTER-1", "OPS-05-03").replace("    - OPS-05-03\n", "", 1), "records/register.yaml")
    base = commit(here)
    found = here.findings("--base", base, "--head", "HEAD")
    assert errors(found) == [CODE]
    assert "CHARTER-1 is gone" in str(found)
    assert CODE in errors(audited(here)["findings"])


def test_the_policy_is_called_otherwise(here):
    text = charter(here).replace("policy: CHARTER-1", "policy: CHARTER-2")
    (here.root / CHARTER).unlink()
    write(here, text, CHARTER.replace("CHARTER-1", "CHARTER-2"))
    settings = "records/register.yaml"
    write(here, (here.root / settings).read_text(encoding="utf-8").replace("CHARTER-1", "CHARTER-2"), settings)
    base = commit(here)
    assert CODE in errors(here.findings("--base", base, "--head", "HEAD"))
    assert CODE in errors(audited(here)["findings"])


def test_a_second_file_of_the_same_policy(here):
    text = charter(here).replace("value: null", "value: P1D")
    write(here, text, "records/policies/AAA-1.yaml")
    assert "id-differs" in errors(here.findings())
    commit(here)
    said = here.run("audit")
    assert (said.code, "belongs in a file named CHARTER-1.yaml" in said.err) == (3, True)


@pytest.mark.parametrize("method", METHODS)
def test_case_and_change_together_are_refused_by_whatever_makes_them_one(here, method):
    """One commit each is legal; a squash or a merge of both would rest on what it brings itself."""
    base = landed(here, method, lambda place: (decided(place), place.do("policy", "amend", CASE)))
    found = audited(here, "--since", base)
    together = {"rules-and-records-together", CODE}
    assert set(errors(found["findings"])) == (set() if method in {"fast-forward", "rebase"} else together)
    if method == "squash":
        (mine,) = [one for one in found["findings"] if one["code"] == CODE]
        assert "it lands first, alone" in mine["message"]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("what", ["undecided", "another text"])
def test_past_the_command_it_is_found_however_it_landed(there, method, what):
    def change(place: Place) -> None:
        if what == "another text":
            put_in(place)
        edit(place, "title: Charter for partners", "title: Our charter")

    base = landed(there, method, change)
    assert errors(audited(there, "--since", base)["findings"]) == [CODE]


def test_the_register_still_says_whose_role_lands_it(there):
    edit(there, "trust:\n", "trust:\n  rules-changed-by: {policies: [helper]}\n", "records/register.yaml")
    commit(there)
    said = there.refuse("policy", "amend", CASE)
    assert "trust.rules-changed-by" in said.err
    there.do("policy", "amend", CASE, by="p-lea")
    assert audited(there)["proven"]


# --- clones


def test_two_clones_that_land_each_an_amendment(there, tmp_path):
    """The second does not go on: it was decided of another file, and is decided anew."""
    decided(there, "shorter-notice", "promises=2")
    two = Two(there, tmp_path)
    two.rosa.do("policy", "amend", CASE)
    two.jonas.do("policy", "amend", "shorter-notice")
    two.rosa.do("sync")
    said = two.jonas.run("sync")
    assert (said.code, "not made again" in said.all) == (1, True), said.all
    two.assert_alike()
    assert "another was amended in between" in two.jonas.refuse("policy", "amend", "shorter-notice").err


def test_a_clone_sends_the_case_and_then_the_change(here, tmp_path):
    two = Two(here, tmp_path)
    decided(two.rosa)
    two.rosa.do("policy", "amend", CASE)
    two.jonas.do("new", "partnership", "Orchard Friends", "id=friends")
    two.jonas.do("sync")
    two.assert_alike()
    assert CASE in charter(two.jonas)


def assert_the_case_lands_first(found) -> None:
    """What decides a change of a policy lands before it: to land the policy first would be refused."""
    mends = {one["mend"] for one in found if one["code"] == "rules-and-records-together" and one["record"] == CASE}
    assert mends == {f"land {CASE} as it is decided, without {CHARTER}; then partnerkit policy amend {CASE}"}


def test_a_range_that_brings_both_says_what_to_do(here):
    base = here.git("rev-parse", "HEAD").strip()
    decided(here)
    here.do("policy", "amend", CASE)
    found = here.findings("--base", base, "--head", "HEAD")
    assert set(errors(found)) == {"rules-and-records-together", CODE}
    (mine,) = [one for one in found if one["code"] == CODE]
    assert "there is no such case before this step: it lands first, alone" in mine["message"]
    assert_the_case_lands_first(found)


def test_a_range_in_which_the_case_is_decided_says_what_to_do(here):
    proposed(here)
    base = here.git("rev-parse", "HEAD").strip()
    adopted(here)
    here.do("policy", "amend", CASE)
    found = here.findings("--base", base, "--head", "HEAD")
    assert set(errors(found)) == {"rules-and-records-together", CODE}
    (mine,) = [one for one in found if one["code"] == CODE]
    assert "it comes there in this very step, and what decides a change lands before it, alone" in mine["message"]
    assert_the_case_lands_first(found)


# --- a case that seems to be decided


def of_another_text(place: Place, old: str = "value: P60D", new: str = "value: P1D") -> str:
    """The text that was shown, altered, and its digest."""
    text = (place.root / TEXT).read_text(encoding="utf-8")
    assert old in text
    return text.replace(old, new)


def digest_of(text: str) -> str:
    document, _found = read(text.encode(), CHARTER)
    assert document is not None
    return digest(document.data)


def landed_on(place: Place, text: str) -> list[str]:
    """The errors of the audit when a text has landed as the charter."""
    write(place, text)
    base = commit(place)
    assert CODE in errors(place.findings("--base", base, "--head", "HEAD"))
    return errors(audited(place)["findings"])


def test_a_case_that_came_there_by_hand_is_not_decided_though_it_is_voided_later(here):
    proposed(here)
    forge(here, CASE, "adopted", day="2026-03-02")
    commit(here)
    said = here.refuse("policy", "amend", CASE, by="p-jonas")
    assert f"{CASE} came to adopted without board-decides" in said.err
    assert CODE in landed_on(here, (here.root / TEXT).read_text(encoding="utf-8"))
    entry = here.json("show", CASE)["record"]["history"][-1]["id"]
    said = here.refuse("undo", entry, "--void", "--reason", "nobody decided it", by="p-jonas")
    assert "CHARTER-1 was amended as longer-notice decided, and that landed" in said.err
    assert CODE in errors(audited(here)["findings"])


def test_a_digest_exchanged_after_the_decision_though_it_is_put_back_later(there):
    text = of_another_text(there)
    rewrite(there, CASE, lambda data: data.update({"amends-to": digest_of(text)}))
    commit(there)
    assert CODE in landed_on(there, text)
    there.do("undo", CASE, "--correct", "--reason", "by mistake")
    assert CODE in errors(audited(there)["findings"])


def test_a_stage_written_by_hand_though_it_is_put_back_later(there):
    there.do("advance", CASE, "dropped", "--reason", "members object")
    edit(there, "stage: dropped", "stage: adopted", f"records/cases/{CASE}.yaml")
    commit(there)
    assert CODE in landed_on(there, (there.root / TEXT).read_text(encoding="utf-8"))
    there.do("undo", CASE, "--correct", "--reason", "by mistake")
    assert CODE in errors(audited(there)["findings"])


WORD = "amended-by: {clause: §2/board-decides, case: amendment, in: [adopted]}\n"
ASKED = "when: {type: amendment}, needs: [text-known, board-decides]}"
FREE = "when: {type: amendment}}"


def test_a_case_that_was_settled_before_anybody_had_to_decide(tmp_path):
    """What passed by other rules decides nothing by these, whatever it says the file becomes."""
    elsewhere = ("when: {type: quarrel}}", "when: {type: quarrel}, needs: [text-known, board-decides]}")
    place = under_charter(tmp_path / "free", (WORD, ""), (ASKED, FREE), elsewhere)
    opened(place, "old-case")
    place.do("advance", "old-case", "adopted")
    governed = charter(place).replace("clauses:\n", f"{WORD}\nclauses:\n", 1).replace(FREE, ASKED)
    text = governed.replace("role: board, at-least: 2", "role: board, at-least: 1")
    text = text.replace("clauses:\n", "amendments: [old-case]\nclauses:\n", 1)
    place.do("set", "old-case", f"amends-to={digest_of(text)}")
    write(place, governed)
    commit(place)
    assert CODE in landed_on(place, text)
