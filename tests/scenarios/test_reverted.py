"""What was altered and put back with git before anybody corrected it: the first thing that somebody who knows git does."""

from __future__ import annotations

import pytest

from tests.conftest import At
from tests.place import Place
from tests.scenarios.cheat import ACME, commit, forge, rewrite
from tests.scenarios.landing import audited
from tests.scenarios.mending import mended
from tests.scenarios.test_corrections import WHY, altered
from tests.scenarios.test_voids import errors, latest


def with_a_word(at: At) -> Place:
    """A record with a statement on which no gate rests."""
    place = at("agreement")
    place.do("add", "acme", "due-diligence", "summary=Another look", "outcome=pass")
    return place


def changed_word(data) -> None:
    data["evidence"][-1].update(outcome="fail")


ALTERED = {
    "a statement on which no gate rests": changed_word,
    "a statement that a gate used": lambda data: data["evidence"][0].update(at="2026-01-02T12:00:00Z"),
    "an entry": lambda data: data["history"][1].update(by="p-timo"),
    "entries": lambda data: data["history"].pop(),
    "the proposer": lambda data: data.update(proposer="p-timo"),
    "the policy": lambda data: data.update(policy="MANDALA-PCP"),
    "a statement removed": lambda data: data["evidence"].pop(),
}


@pytest.mark.parametrize("what", ALTERED)
@pytest.mark.parametrize("times", [1, 2])
def test_it_is_settled_by_a_correction(at: At, what: str, times: int) -> None:
    place = with_a_word(at)
    for _time in range(times):
        altered(place, ALTERED[what])
        place.git("revert", "--no-edit", "HEAD")
    assert errors(audited(place)["findings"])
    place.do("undo", "acme", "--correct", *WHY, day="2026-07-02")
    found = audited(place)
    assert found["proven"], errors(found["findings"])
    assert audited(place, "--full") == found
    assert place.run("check").code == 0


def test_a_file_that_was_moved_is_settled_too(at: At) -> None:
    place = with_a_word(at)
    (place.root / "records/partnerships/more").mkdir()
    place.git("mv", ACME, "records/partnerships/more/acme.yaml")
    commit(place)
    place.git("revert", "--no-edit", "HEAD")
    place.do("undo", "acme", "--correct", *WHY, day="2026-07-02")
    assert audited(place)["proven"]


def test_what_somebody_added_in_between_is_not_taken_out_with_it(at: At) -> None:
    """Reverted to before an approval that landed meanwhile: what was altered last is no longer what it had become."""
    place = at("agreement")
    before = place.path("acme").read_bytes()
    altered(place, lambda data: data["history"][1].update(by="p-timo"))
    forge(place, "acme", "withdrawn", reason="they left")
    commit(place)
    place.path("acme").write_bytes(before)
    commit(place)
    place.run("undo", "acme", "--correct", *WHY)
    found = audited(place)
    assert not found["proven"]
    assert errors(found["findings"]).count("entry-edited") == 2


def test_what_was_said_of_it_in_between_is_not_taken_out_with_it(at: At) -> None:
    """A statement is altered, withdrawn, and put back as it was: the withdrawal is gone, and that stays an error."""
    place = with_a_word(at)
    before = place.path("acme").read_bytes()
    said = place.json("show", "acme")["record"]["evidence"][-1]["id"]
    altered(place, changed_word)
    place.do("add", "acme", "due-diligence", f"withdraw={said}", "--reason", "wrong", day="2026-07-02")
    place.path("acme").write_bytes(before)
    commit(place)
    place.run("undo", "acme", "--correct", *WHY, day="2026-07-03")
    found = audited(place)
    assert not found["proven"]
    assert errors(found["findings"]).count("statement-edited") == 2


def test_what_was_built_on_it_in_between_stays(at: At) -> None:
    place = with_a_word(at)
    altered(place, lambda data: data.update(proposer="p-timo"))
    last = latest(place)
    forge(place, "acme", "withdrawn", reason="they left")
    commit(place)
    assert latest(place) != last
    rewrite(place, "acme", lambda data: data.update(proposer="p-rosa"))
    commit(place)
    place.run("undo", "acme", "--correct", *WHY, day="2026-07-03")
    assert "proposer-changed" in errors(audited(place)["findings"])


def changed(data) -> None:
    """Something of every sort that a correction puts back."""
    changed_word(data)
    data["history"][1].update(by="p-timo")
    data.update(proposer="p-timo")


def test_a_branch_that_corrects_and_goes_on_is_as_legal_as_it_lands(at: At) -> None:
    place = with_a_word(at)
    altered(place, changed)
    base = place.git("rev-parse", "HEAD").strip()
    place.git("switch", "-qc", "mend")
    place.do("undo", "acme", "--correct", *WHY, day="2026-07-02")
    place.do("add", "acme", "due-diligence", "summary=A third look", "outcome=pass", day="2026-07-03")
    place.do("advance", "acme", "withdrawn", "--reason", "they left", day="2026-07-03")
    assert place.run("check", "--base", base).code == 0
    place.git("switch", "-q", "main")
    place.git("merge", "-q", "--squash", "mend")
    place.git("commit", "-qm", "Mended", "--no-verify")
    found = audited(place)
    assert found["proven"], errors(found["findings"])


def test_a_branch_that_goes_on_and_corrects_then_is_found(at: At) -> None:
    place = with_a_word(at)
    altered(place, changed_word)
    base = place.git("rev-parse", "HEAD").strip()
    forge(place, "acme", "withdrawn", reason="they left")
    commit(place)
    rewrite(place, "acme", lambda data: data["evidence"][-1].update(outcome="pass"))
    forge(place, "acme", "withdrawn", type_="correct", undoes=latest(place), reason="as it was", day="2026-07-02")
    commit(place)
    assert "statement-edited" in errors(place.findings("--base", base, "--head", "HEAD"))


def test_what_a_correction_puts_back_and_alters_again_is_found(at: At) -> None:
    place = with_a_word(at)
    altered(place, changed)
    base = place.git("rev-parse", "HEAD").strip()
    place.do("undo", "acme", "--correct", *WHY, day="2026-07-02")
    rewrite(place, "acme", lambda data: data["evidence"][-1].update(outcome="conditions"))
    commit(place)
    assert errors(place.findings("--base", base, "--head", "HEAD")) == ["statement-edited"]


@pytest.mark.parametrize("by", ["revert", "the line"])
def test_what_is_left_of_a_record_that_was_taken_back(at: At, by: str) -> None:
    place = at("assessment")
    place.do("new", "risk", "They fold", "of=acme", "type=financial", "id=fold")
    place.do("undo", latest(place, "fold"), "--reason", "a slip")
    path = place.path("fold")
    path.write_text(path.read_text(encoding="utf-8").replace("They fold", "They fail"), encoding="utf-8")
    commit(place)
    assert errors(audited(place)["findings"]) == ["tombstone-changed"]
    if by == "revert":
        place.git("revert", "--no-edit", "HEAD")
        found = audited(place)
        assert found["proven"]
        assert [one["code"] for one in found["findings"]] == ["tombstone-changed"] * 2
    assert mended(place)
