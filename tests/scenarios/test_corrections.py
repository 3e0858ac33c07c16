"""What a gate vouches for was altered past the rules and landed: it is put back, and told for ever."""

from __future__ import annotations

import re

import pytest

from tests.conftest import At
from tests.place import Place
from tests.scenarios.cheat import commit, forge, rewrite
from tests.scenarios.landing import METHODS, audited, landed
from tests.scenarios.test_voids import errors, latest
from tests.sharing import Two

WHY = ("--reason", "edited by mistake")
LESS = [{"by": "partner", "text": "Ten lab seats"}]


def altered(place: Place, change=None, by: str = "p-timo") -> str:
    """Somebody lands a change of what a gate vouches for; the commit."""
    place.person = by
    rewrite(place, "acme", change or (lambda data: data.update(commitments=LESS)))
    commit(place)
    place.person = "p-rosa"
    return place.git("rev-parse", "HEAD").strip()


def opened(data):
    """The word on the community's input, which the decision rested on, says something else."""
    said = next(one for one in data["evidence"] if one["requirement"] == "community-input")
    said.update(ref="https://forum.example/t/2")


def approved(data):
    data["approvals"][-1].update(seen="minutes/2.md")


def gone(data):
    del data["evidence"][0]


ALTERATIONS = {
    "field": (None, {"locked-field-changed"}),
    "evidence": (opened, {"statement-edited"}),
    "approval": (approved, {"statement-edited"}),
    "statement removed": (gone, {"statement-removed"}),
    "stage": (lambda data: data.update(stage="active"), {"stage-edited"}),
}


@pytest.mark.parametrize("how", ALTERATIONS)
def test_what_was_altered_is_put_back_and_told_for_ever(at, how):
    change, codes = ALTERATIONS[how]
    place = at("agreement")
    before, last = place.json("show", "acme")["record"], latest(place)
    bad = altered(place, change)
    assert codes <= set(errors(place.findings("--base", "HEAD~1")))
    assert not audited(place)["proven"]

    place.day = "2026-07-02"
    place.do("undo", "acme", "--correct", *WHY)
    now = place.json("show", "acme")["record"]
    entry = now["history"].pop()
    assert now == before
    assert (entry["type"], entry["from"], entry["to"], entry["undoes"]) == ("correct", "agreement", "agreement", last)
    assert place.run("check").code == 0
    assert errors(place.findings("--base", "HEAD~1")) == []
    assert errors(place.findings("--base", "HEAD~2")) == []

    found = audited(place)
    assert found["proven"], found["findings"]
    told = [one for one in found["findings"] if one["commit"] == bad]
    assert codes <= {one["code"] for one in told}
    for one in told:
        assert (one["severity"], one["settled_by"]) == ("warning", entry["id"])
        assert one["message"].endswith(f"; corrected by p-rosa on 2026-07-02: edited by mistake (entry {entry['id']})")
    (listed,) = found["corrected"]
    assert (listed["record"], listed["with"], listed["corrected_by"]) == ("acme", entry["id"], "p-rosa")
    assert codes <= set(listed["codes"])
    assert "corrected" in place.do("audit").out


def test_what_was_put_back_by_hand_is_settled_by_a_correction(at):
    place = at("agreement")
    bad = altered(place)
    place.git("revert", "--no-edit", bad)
    assert place.run("check").code == 0
    assert errors(audited(place)["findings"]) == [
        "locked-field-changed",
        "content-differs",
        "locked-field-changed",
    ]
    place.day = "2026-07-02"
    said = place.do("undo", "acme", "--correct", *WHY)
    assert "put back already" in said.out
    found = audited(place)
    assert found["proven"]
    assert {one["code"] for one in found["findings"]} == {"locked-field-changed", "content-differs"}


def test_a_record_whose_sealed_content_nobody_touched_needs_no_correction(at):
    place = at("agreement")
    assert "nothing that had landed of acme was altered" in place.wrong("undo", "acme", "--correct", *WHY).err
    altered(place)
    place.do("undo", "acme", "--correct", *WHY)
    assert "since it was last put right" in place.wrong("undo", "acme", "--correct", *WHY).err
    assert "--reason <reason>" in place.wrong("undo", "acme", "--correct").err
    assert "--reason <reason>" in place.wrong("undo", "--correct", *WHY).err
    assert "is a correction" in place.wrong("undo", latest(place), *WHY).err


def test_a_second_alteration_is_corrected_by_itself(at):
    place = at("agreement")
    altered(place)
    place.do("undo", "acme", "--correct", *WHY)
    first = latest(place)
    altered(place)
    assert not audited(place)["proven"]
    place.day = "2026-07-03"
    place.do("undo", "acme", "--correct", *WHY)
    assert place.json("log", "acme")["entries"][-1]["undoes"] == first
    first, second = audited(place)["corrected"]
    assert "locked-field-changed" in first["codes"]
    assert "locked-field-changed" in second["codes"]


def test_a_correction_that_restores_nothing_is_found(at):
    """Somebody who knows the format says that all is well again, and it is not."""
    place = at("agreement")
    last = latest(place)
    altered(place)
    forge(place, "acme", "agreement", type_="correct", undoes=last, reason="all is well", day="2026-07-02")
    assert {"correction-unproven", "content-differs"} <= set(errors(place.findings()))
    commit(place)
    assert "correction-unproven" in errors(place.findings("--base", "HEAD~1", "--head", "HEAD"))
    found = audited(place)
    assert {"correction-unproven", "locked-field-changed"} <= set(errors(found["findings"]))
    assert found["corrected"] == []


def test_a_correction_and_an_alteration_in_one_step_are_found(at):
    place = at("agreement")
    last = latest(place)
    rewrite(place, "acme", lambda data: data.update(commitments=LESS))
    forge(place, "acme", "agreement", type_="correct", undoes=last, reason="all is well", day="2026-07-02")
    assert {"correction-unproven", "locked-field-changed"} <= set(errors(place.findings()))


def test_a_correction_dated_before_an_alteration_does_not_look_away_from_it(at):
    """Evidence on which the decision rests is withdrawn; a correction of an earlier day would find it there still."""
    place = at("agreement")

    def withdrawn(data):
        said = next(one for one in data["evidence"] if one["requirement"] == "community-input")
        said["withdrawn"] = {"at": "2026-07-01T18:00:00Z", "by": "p-timo", "reason": "no"}

    last = latest(place)
    altered(place, withdrawn)
    forge(place, "acme", "agreement", type_="correct", undoes=last, reason="all is well", day="2026-06-30")
    assert "correction-unproven" in errors(place.findings())
    commit(place)
    assert {"correction-unproven", "rested-on-changed"} <= set(errors(audited(place)["findings"]))


@pytest.mark.parametrize(
    ("to", "more", "code"),
    [
        ("active", {"reason": "so"}, "corrected-elsewhere"),
        ("agreement", {}, "undone-without-reason"),
        ("agreement", {"reason": "so", "undoes": "0" * 16}, "undoes-another"),
    ],
)
def test_a_correction_forged_by_hand_is_judged(at, to, more, code):
    place = at("agreement")
    forge(place, "acme", to, type_="correct", day="2026-07-02", **{"undoes": latest(place), **more})
    assert errors(place.findings()) == [code] * len(errors(place.findings()))
    commit(place)
    assert code in errors(audited(place)["findings"])


def test_what_no_seal_proves_is_as_it_had_landed(at):
    """A statement that no gate used: the commit before it was altered says what it was."""
    place = at("agreement")
    place.do("add", "acme", "due-diligence", "summary=Another look", "outcome=pass")
    altered(place, lambda data: (data["evidence"][-1].update(outcome="fail"), data.update(commitments=LESS))[0])
    place.do("undo", "acme", "--correct", *WHY, day="2026-07-02")
    assert place.json("show", "acme")["record"]["evidence"][-1]["outcome"] == "pass"
    found = audited(place)
    assert found["proven"], errors(found["findings"])
    assert {"statement-edited", "locked-field-changed"} <= {one["code"] for one in found["findings"]}


def test_a_statement_put_back_otherwise_than_it_landed_stays_an_error(at):
    """Somebody who knows the format says that it is as it was."""
    place = at("agreement")
    place.do("add", "acme", "due-diligence", "summary=Another look", "outcome=pass")
    last = latest(place)
    altered(place, lambda data: data["evidence"][-1].update(outcome="fail"))
    rewrite(place, "acme", lambda data: data["evidence"][-1].update(outcome="conditions"))
    forge(place, "acme", "agreement", type_="correct", undoes=last, reason="all is well", day="2026-07-02")
    commit(place)
    assert errors(audited(place)["findings"]) == ["statement-edited"] * 2


def test_a_gate_that_is_open_again_proves_nothing(at):
    place = at("agreement")
    altered(place)
    place.do("advance", "acme", "decision", "--reason", "they offer less", day="2026-07-02")
    place.wrong("undo", "acme", "--correct", *WHY, day="2026-07-02")
    assert not audited(place)["proven"]


def test_the_record_stands_where_it_did_for_as_long_as_it_did(at):
    """A correction moves nothing: how long a record stood in its stage is counted from when it came there."""
    place = at("agreement")
    since = place.json("list", "--columns", "since")["records"][0]["columns"]
    altered(place)
    place.do("undo", "acme", "--correct", *WHY, day="2026-08-05")
    assert place.json("list", "--columns", "since")["records"][0]["columns"] == since
    log = place.do("log", "acme").out
    assert "6. corrected in agreement  by p-rosa" in log


def test_the_same_verdict_however_it_landed(at):
    told = {}
    for method in METHODS:
        place = at("agreement")
        altered(place)

        def change(here: Place) -> None:
            here.do("undo", "acme", "--correct", *WHY, day="2026-07-02")

        base = landed(place, method, change)
        assert errors(place.findings("--base", base, "--head", "HEAD")) == []
        found = audited(place)
        told[method] = (found["proven"], sorted((one["code"], one["severity"]) for one in found["findings"]))
        place.root.rename(place.root.with_name(method))
    assert told["merge"][0]
    assert len({str(one) for one in told.values()}) == 1, told


def test_it_is_proven_though_the_policy_has_changed_since_the_gate_was_passed(at):
    """Which fields a gate sealed says the policy as it was then: `check` and `audit` both look it up."""
    place = at("agreement")
    path = place.root / "records/policies/OPS-05-03.yaml"
    text = path.read_text(encoding="utf-8")
    assert ", commitments]" in text
    path.write_text(text.replace(", commitments]", "]"), encoding="utf-8")
    commit(place)
    bad = altered(place)
    assert errors(place.findings()) == ["content-differs"]
    assert [(one["code"], one["commit"]) for one in audited(place)["findings"]] == [("content-differs", bad)]
    place.day = "2026-07-02"
    place.do("undo", "acme", "--correct", *WHY)
    assert place.run("check").code == 0
    found = audited(place)
    assert (found["proven"], [one["code"] for one in found["findings"]]) == (True, ["content-differs"])
    assert audited(place, "--full") == found


def test_the_commit_of_a_correction_is_not_undone(at):
    place = at("agreement")
    altered(place)
    place.do("undo", "acme", "--correct", *WHY)
    assert "is a correction" in place.wrong("undo").err


def test_what_was_altered_and_put_back_on_one_branch_is_proven_however_it_landed(at):
    for method in METHODS:
        place = at("agreement")

        def change(here: Place) -> None:
            altered(here)
            here.do("undo", "acme", "--correct", *WHY, day="2026-07-02")

        base = landed(place, method, change)
        assert errors(place.findings("--base", base, "--head", "HEAD")) == []
        assert audited(place)["proven"], method
        place.root.rename(place.root.with_name(method))


def test_a_correction_goes_through_sync(at, tmp_path):
    two = Two(at("agreement"), tmp_path)
    altered(two.rosa)
    two.rosa.git("push", "-q", "origin", "main")
    two.jonas.run("sync")
    two.rosa.do("new", "partnership", "Other House", "type=cloud-providers")
    two.rosa.run("sync")
    two.jonas.do("undo", "acme", "--correct", *WHY)
    two.jonas.do("sync")
    two.assert_alike()
    assert two.rosa.json("show", "acme")["record"]["commitments"] != LESS


def test_what_was_altered_again_meanwhile_is_not_said_to_be_put_back(at, tmp_path):
    """Somebody altered it once more while it was being corrected: the correction is judged where it lands."""
    two = Two(at("agreement"), tmp_path)
    altered(two.rosa)
    two.rosa.git("push", "-q", "origin", "main")
    two.jonas.run("sync")
    altered(two.rosa, lambda data: data.update(objectives=[{"id": "o1", "text": "Less"}]))
    two.rosa.git("push", "-q", "origin", "main")
    two.jonas.do("undo", "acme", "--correct", *WHY)
    said = two.jonas.run("sync", "--json").json
    (left,) = said["left"]
    assert {one["code"] for one in left["findings"]} & {"correction-unproven", "contested"}
    assert [one["type"] for one in two.jonas.json("log", "acme")["entries"]].count("correct") == 0


LONGER = ("ends: 2027-03-31", "ends: 2027-12-31")


def advanced_meanwhile(at: At) -> Place:
    """The agreement is altered, and while it says what nobody agreed on the partnership goes through its gate."""
    place = at("in-force")
    place.do("set", "acme", "roles.partnership-manager=p-rosa", "exit-strategy=Own machines")
    place.edit("acme-2026", *LONGER)
    commit(place)
    place.do("advance", "acme")
    return place


def test_a_gate_of_another_record_that_was_passed_meanwhile_is_not_settled(at):
    """Nobody could say whether it would have let it through: what was altered stays an error until that is voided."""
    place = advanced_meanwhile(at)
    place.do("undo", "acme-2026", "--correct", *WHY, by="p-jonas", day="2026-07-02")
    found = audited(place)
    assert set(errors(found["findings"])) == {"locked-field-changed", "content-differs"}
    assert audited(place) == found
    place.do("undo", latest(place), "--void", *WHY, by="p-jonas", day="2026-07-03")
    assert audited(place)["proven"]


def test_a_gate_of_its_own_that_was_passed_meanwhile_is_not_settled(at):
    place = at("detailed-review")
    place.day = "2026-03-04"
    altered(place, lambda data: data.update(type="corporate/technology/tool-providers"))
    forge(place, "acme", "decision", day="2026-03-04")
    commit(place)
    place.do("undo", "acme", "--correct", *WHY, by="p-jonas", day="2026-03-05")
    assert {"locked-field-changed", "requirement-unmet"} <= set(errors(audited(place)["findings"]))


def test_what_was_passed_meanwhile_and_undone_before_the_correction_settles(at):
    place = advanced_meanwhile(at)
    place.do("undo", latest(place), *WHY)
    place.do("undo", "acme-2026", "--correct", *WHY, by="p-jonas", day="2026-07-02")
    found = audited(place)
    assert found["proven"], found["findings"]


def test_its_own_move_that_was_made_meanwhile_and_counts_is_not_settled(at):
    place = at("active")
    altered(place)
    forge(place, "acme", "suspended", day="2026-04-12", reason="their office burnt")
    commit(place)
    place.do("undo", "acme", "--correct", *WHY, by="p-jonas", day="2026-04-13")
    assert "locked-field-changed" in errors(audited(place)["findings"])


def test_a_field_that_the_policy_locked_after_the_gate_was_passed_is_not_settled(at):
    """Its seal says nothing of that field, so nobody could say what it was: a claim that it is back restores nothing."""
    place = at("agreement")
    place.do("set", "acme", "website=https://acme.example")
    policy = place.root / "records/policies/OPS-05-03.yaml"
    text = policy.read_text(encoding="utf-8")
    assert ", commitments]" in text
    policy.write_text(text.replace(", commitments]", ", commitments, website]"), encoding="utf-8")
    commit(place)
    last = latest(place)
    altered(place, lambda data: data.update(website="https://other.example"))
    forge(place, "acme", "agreement", type_="correct", undoes=last, reason="all is well", day="2026-07-02")
    commit(place)
    assert "locked-field-changed" in errors(place.findings("--base", "HEAD~2", "--head", "HEAD"))
    assert errors(audited(place)["findings"]) == ["locked-field-changed"]


@pytest.mark.parametrize("how", ["field", "evidence"])
@pytest.mark.parametrize("former", [False, True])
def test_what_was_forgotten_since_is_not_brought_back(at, how, former):
    """The version that would be put back holds the text, whether the record as it stands held it or not."""
    place = at("agreement")
    text = place.json("show", "acme")["record"]["commitments"][0]["text"] if how == "field" else "forum.example/t/1"
    altered(place, ALTERATIONS[how][0])
    if not former:
        place.edit("acme", "name: Acme", f"name: Acme, {text}")
        commit(place)
    file = place.write("sought.txt", text)
    place.do("person", "forget", file, "--reason", "their request", *(["--former"] if former else []))
    before = place.text("acme")
    said = place.wrong("undo", "acme", "--correct", *WHY)
    assert "text was expunged from the record since" in said.err
    assert "write it back by hand" in said.err
    assert "undo acme --correct" in said.err
    assert place.text("acme") == before
    assert text not in before


def test_the_way_out_where_what_was_altered_never_held_what_was_forgotten(at):
    """As the refusal says: written back by hand, committed, and then the correction."""
    place = at("agreement")
    was = place.text("acme")
    place.do("set", "acme", "exit-strategy=Ann Example keeps the keys")
    altered(place)
    place.do("person", "forget", place.write("sought.txt", "Ann Example"), "--reason", "their request")
    said = place.wrong("undo", "acme", "--correct", *WHY)
    assert "where it holds nothing of what was forgotten" in said.err
    old = next(row for row in was.split("\n") if "text: Fifty lab seats" in row or ("text: " in row and "seats" in row))
    place.edit("acme", "text: Ten lab seats", old.strip().removeprefix("- "))
    commit(place)
    place.do("undo", "acme", "--correct", *WHY, day="2026-07-02")
    assert errors(place.findings()) == []
    assert audited(place)["proven"]


def test_the_way_out_where_what_was_altered_held_what_was_forgotten(at):
    """No seal can prove it any more: the line that the refusal ends with leads back behind the gate, to decide anew."""
    place = at("agreement")
    text = place.json("show", "acme")["record"]["commitments"][0]["text"]
    altered(place)
    place.do("person", "forget", place.write("sought.txt", text), "--reason", "their request", "--former")
    said = place.wrong("undo", "acme", "--correct", *WHY)
    found = re.search(r"no seal can prove it any more: partnerkit (advance acme \S+) --reason <reason>", said.err)
    assert found, said.err
    assert "content-differs" in errors(place.findings())
    (told,) = [one for one in place.findings() if one["code"] == "content-differs"]
    assert "partnerkit undo acme --correct" in told["mend"]
    place.do(*found[1].split(), "--reason", "what was altered cannot be put back", day="2026-07-02")
    assert errors(place.findings()) == []
    assert errors(audited(place)["findings"]) == ["locked-field-changed", "content-differs"]


def test_before_text_is_forgotten_it_is_said_that_sealed_content_was_altered(at):
    """Then a correction can still put it back."""
    place = at("agreement")
    place.do("set", "acme", "exit-strategy=Ann Example keeps the keys")
    altered(place)
    file = place.write("sought.txt", "Ann Example")
    said = place.do("person", "forget", file, "--reason", "their request", "--dry-run")
    assert "partnerkit undo acme --correct --reason <reason> first" in " ".join(said.all.split())
    place.do("undo", "acme", "--correct", *WHY)
    said = place.do("person", "forget", file, "--reason", "their request", day="2026-07-02")
    assert "--correct" not in said.all
    assert audited(place)["proven"]


def test_what_was_forgotten_before_it_was_altered_hinders_no_correction(at):
    place = at("agreement")
    text = place.json("show", "acme")["record"]["commitments"][0]["text"]
    place.do("person", "forget", place.write("sought.txt", text), "--reason", "their request")
    altered(place)
    place.do("undo", "acme", "--correct", *WHY)
    assert "expunged:x-" in place.text("acme")
    assert text not in place.text("acme")
    assert audited(place)["proven"]


def test_a_correction_is_offered_where_it_corrects_something(at):
    place = at("agreement")
    correction = "partnerkit undo acme --correct"
    rewrite(place, "acme", lambda data: data.update(commitments=LESS))
    (found,) = [one for one in place.findings() if one["code"] == "content-differs"]
    assert found["mend"].startswith("git restore --staged --worktree -- records/partnerships/acme.yaml")
    assert "--correct" not in found["mend"]
    commit(place)
    (found,) = [one for one in place.findings() if one["code"] == "content-differs"]
    assert correction in found["mend"]
    place.do("undo", "acme", "--correct", *WHY)


def test_no_correction_is_offered_of_a_gate_that_binds_no_more(at):
    place = at("agreement")
    place.do("advance", "acme", "decision", "--reason", "they offer less")
    altered(place, approved)
    (found,) = [one for one in place.findings() if one["code"] == "statement-edited"]
    assert "git log -p" in found["mend"]
    assert "--correct" not in found["mend"]
