"""What `undo` says of a change of a policy that a case decided, and what it does with one that was only proposed."""

from __future__ import annotations

import pytest

from tests.place import Place
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
    under_charter,
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


# --- the word itself, and records that moved


def mend(said: str) -> list[str]:
    """The lines of the mend that was printed."""
    return said[said.index("→ ") + 2 :].strip().split("; ")


def shown(place: Place, line: str) -> str:
    """The file that a line `git show REV:PATH > FILE` writes."""
    command, _, name = line.partition(" > ")
    return place.write(name, place.git(*command.split()[1:]))


def test_the_word_taken_out_by_a_case_comes_back_by_the_lines_that_undo_gives(here):
    opened(here)
    word = "amended-by: {clause: §2/board-decides, case: amendment, in: [adopted]}\n"
    here.do("policy", "amend", CASE, "--from", here.write("new.yaml", charter(here).replace(word, "")))
    adopted(here)
    here.do("policy", "amend", CASE)
    said = here.wrong("undo").err
    assert "git revert" not in said.replace("not by git revert", "")
    former, lands = mend(said)
    assert lands == "partnerkit policy migrate CHARTER-1 --from CHARTER-1.yaml --reason <reason>"
    file = shown(here, former)
    here.do("policy", "migrate", "CHARTER-1", "--from", file, "--reason", "it is decided in cases")
    assert "case: amendment" in charter(here)
    assert f"amendments:\n  - {CASE}\n" in charter(here)
    assert errors(here.findings()) == []
    assert audited(here)["proven"]
    assert "changes only as" in here.refuse(*NOTICE).err


def moved(place: Place, *, governed: bool) -> None:
    """A version in which a stage is called otherwise landed, and a record moved with it."""
    place.do("new", "partnership", "Orchard Friends", "id=friends", "objectives=[{id: o1, text: Apples}]")
    place.do("advance", "friends")
    new = place.write("new.yaml", charter(place).replace("checked", "seen"))
    if not governed:
        place.do("policy", "migrate", "CHARTER-1", "--from", new, "--stage", "checked=seen", "--reason", "its name")
        return
    opened(place)
    place.do("policy", "amend", CASE, "--from", new, "--stage", "checked=seen")
    adopted(place)
    place.do("policy", "amend", CASE)


@pytest.mark.parametrize("by", ["commit", "entry"])
def test_records_that_moved_come_back_by_another_case(here, by):
    moved(here, governed=True)
    entry = here.json("show", "friends")["record"]["history"][-1]["id"]
    if by == "entry":
        here.do("new", "partnership", "Pear Friends", "id=pears")
    said = here.wrong(*(("undo",) if by == "commit" else ("undo", entry))).err
    assert "took friends out of stages that CHARTER-1 no longer has" in said
    opens, former, put, decides = mend(said)
    assert opens == "partnerkit new case <title> of=CHARTER-1 type=amendment opened=<day>"
    assert put == "partnerkit policy amend <case> --from CHARTER-1.yaml --stage partnership.seen=checked"
    assert decides == "once it is decided (partnerkit gates <case>), partnerkit policy amend <case>"
    file = shown(here, former)
    opened(here, "back")
    here.do("policy", "amend", "back", "--from", file, "--stage", "partnership.seen=checked")
    adopted(here, "back")
    here.do("policy", "amend", "back")
    assert here.json("show", "friends")["record"]["stage"] == "checked"
    assert "seen: checked" in charter(here)
    assert "checked: seen" not in charter(here)
    assert errors(here.findings()) == []
    assert audited(here)["proven"]


def test_where_nobody_need_decide_a_migration_leads_back(tmp_path):
    word = "amended-by: {clause: §2/board-decides, case: amendment, in: [adopted]}\n"
    place = under_charter(tmp_path / "register", (word, ""))
    moved(place, governed=False)
    former, lands = mend(place.wrong("undo").err)
    file = shown(place, former)
    assert lands == (
        "partnerkit policy migrate CHARTER-1 --from CHARTER-1.yaml --stage partnership.seen=checked --reason <reason>"
    )
    stage = ("--stage", "partnership.seen=checked")
    place.do("policy", "migrate", "CHARTER-1", "--from", file, *stage, "--reason", "the old name")
    assert place.json("show", "friends")["record"]["stage"] == "checked"
    assert audited(place)["proven"]


def test_records_put_into_a_stage_that_was_there_before_are_undone_after_the_policy(tmp_path):
    word = "amended-by: {clause: §2/board-decides, case: amendment, in: [adopted]}\n"
    place = under_charter(tmp_path / "register", (word, ""))
    place.do("new", "partnership", "Orchard Friends", "id=friends", "objectives=[{id: o1, text: Apples}]")
    place.do("advance", "friends")
    text = charter(place).replace("      checked: {title: Looked at}\n", "")
    text = text.replace("      - {from: offered, to: checked, main: true, needs: [offer]}\n", "")
    text = text.replace("{from: checked, to: promised, main: true, needs: [promise]}", _JOINED)
    new, stage = place.write("new.yaml", text), ("--stage", "checked=offered")
    place.do("policy", "migrate", "CHARTER-1", "--from", new, *stage, "--reason", "fewer")
    former, lands, undone = mend(place.wrong("undo").err)
    assert "--stage" not in lands
    file = shown(place, former)
    place.do("policy", "migrate", "CHARTER-1", "--from", file, "--reason", "as before")
    words = undone.replace("<reason>", "as-before").split()[1:]
    place.do(*words)
    assert place.json("show", "friends")["record"]["stage"] == "checked"
    assert errors(place.findings()) == []
    assert audited(place)["proven"]


_JOINED = "{from: offered, to: promised, main: true, needs: [offer, promise]}"


def test_a_stage_that_moved_twice_is_known_by_where_it_is_now(tmp_path):
    word = "amended-by: {clause: §2/board-decides, case: amendment, in: [adopted]}\n"
    place = under_charter(tmp_path / "register", (word, ""))
    for old, new in (("checked", "seen"), ("seen", "looked-at")):
        text = charter(place)
        head, _, _rest = text.partition("migrates:")
        file = place.write("new.yaml", (head if "migrates:" in text else text).replace(old, new))
        place.do("policy", "migrate", "CHARTER-1", "--from", file, "--stage", f"{old}={new}", "--reason", "a name")
    assert "checked: looked-at" in charter(place)
    assert "seen: looked-at" in charter(place)
    assert errors(place.findings()) == []
