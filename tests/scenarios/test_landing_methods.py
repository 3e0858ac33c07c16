"""The same change gets the same verdict however it lands, and what a merge makes of two branches is judged."""

from __future__ import annotations

import itertools
from functools import partial

import pytest

from tests.place import Place
from tests.scenarios.landing import METHODS, audited, landed

STATES = ("new", "assessment", "decided", "agreement", "active", "ending", "ended")


def come(commit: str, place: Place) -> None:
    """What the commands made up to a commit comes onto the branch."""
    place.git("merge", "-q", "--ff-only", commit)


def rows(found):
    """What was entered, whatever the commits are called: rebasing and squashing make new ones."""
    return [{key: one[key] for key in ("record", "seq", "id", "type", "from", "to", "by", "broke")} for one in found]


@pytest.mark.parametrize(("first", "last"), list(itertools.pairwise(STATES)))
def test_what_the_commands_made_is_clean_however_it_landed(at, first, last):
    told, begun = {}, at(first).git("rev-parse", "HEAD").strip()
    for method in METHODS:
        place = at(last)
        made = place.git("rev-parse", "HEAD").strip()
        assert made != begun
        place.git("reset", "-q", "--hard", begun)
        base = landed(place, method, partial(come, made))
        whole, since = audited(place), audited(place, "--since", base)
        assert [one for one in whole["findings"] if one["severity"] == "error"] == []
        assert [one for one in since["findings"] if one["severity"] == "error"] == []
        assert whole["proven"]
        told[method] = sorted((one["record"], one["seq"], one["to"], one["broke"]) for one in since["entries"])
        assert rows(since["entries"]) == rows(whole["entries"])[-len(since["entries"]) :] if since["entries"] else True
        place.root.rename(place.root.with_name(f"{last}-{method}"))
    assert len({str(one) for one in told.values()}) == 1, told


def rules(place: Place) -> None:
    place.do("person", "role", "p-timo", "partnership-manager", "--from", "2026-01-01")


def test_rules_and_moves_land_alone_by_every_method(at):
    """One commit each is legal; both in one is not, whoever made it one."""
    found = {}
    for method in METHODS:
        place = at("decided")
        base = landed(place, method, lambda here: (rules(here), here.do("advance", "acme", day="2026-07-01")))
        found[method] = {one["code"] for one in audited(place, "--since", base)["findings"]}
        place.root.rename(place.root.with_name(method))
    together = {"rules-and-records-together"}
    assert found == {"fast-forward": set(), "rebase": set(), "merge": together, "squash": together}


def two_branches(place: Place, left, right) -> str:
    """Two branches, each from here; the first lands on the main branch, the second is still to be merged."""
    base = place.git("rev-parse", "HEAD").strip()
    place.git("switch", "-q", "-c", "right")
    right(place)
    place.git("switch", "-q", "main")
    left(place)
    return base


def test_an_advance_whose_evidence_the_other_branch_withdrew_is_found(at):
    """The texts of both sides merge without a word: the stage of one, the withdrawal of the other."""
    place = at("decided")
    used = audited(place)["entries"][-1]
    place.day = "2026-07-01"
    approval = place.json("show", "acme")["record"]["approvals"][-1]
    assert used["record"] == "acme"
    base = two_branches(
        place,
        lambda here: here.do(
            "approve", "acme", approval["requirement"], "--decision", "withdraw", "--reason", "mistaken", by="p-timo"
        ),
        lambda here: here.do("advance", "acme"),
    )
    place.git("merge", "-q", "--no-ff", "--no-verify", "-m", "Merge right", "right")
    found = audited(place, "--since", base)
    assert {one["code"] for one in found["findings"]} & {"uses-nothing", "requirement-unmet"}
    assert not found["proven"]


def test_two_branches_that_each_advanced_do_not_become_one_history(at):
    """Whichever way the conflict is resolved by hand, both entries cannot stand."""
    place = at("decided")
    base = two_branches(
        place,
        lambda here: here.do("advance", "acme", day="2026-07-01"),
        lambda here: here.do("advance", "acme", "declined", "--reason", "no", day="2026-07-02"),
    )
    with pytest.raises(Exception, match="merge"):
        place.git("merge", "-q", "--no-ff", "--no-verify", "-m", "Merge right", "right")
    path = place.path("acme")
    both = "\n".join(
        one
        for one in path.read_text(encoding="utf-8").split("\n")
        if not one.startswith(("<<<<<<<", "=======", ">>>>>>>"))
    )
    path.write_text(both, encoding="utf-8")
    place.git("commit", "-qam", "Merge right", "--no-verify")
    assert not audited(place, "--since", base)["proven"]


def test_a_merge_that_drops_what_the_other_side_moved_says_so(at):
    """Nothing illegal landed; but somebody thinks that their move did."""
    place = at("decided")
    base = two_branches(
        place,
        lambda here: here.do("set", "acme", "starts=2026-08-01", day="2026-07-01"),
        lambda here: here.do("advance", "acme", day="2026-07-01"),
    )
    place.git("merge", "-q", "-s", "ours", "--no-verify", "-m", "Merge right", "right")
    found = audited(place, "--since", base)
    assert [(one["code"], one["severity"], one["record"]) for one in found["findings"]] == [
        ("merge-dropped", "warning", "acme")
    ]
    assert found["proven"]


def test_a_copied_advance_is_one_advance(at):
    """The very commit picked into both branches: one entry, wherever it came from."""
    place = at("decided")
    base = two_branches(place, lambda _here: None, lambda here: here.do("advance", "acme", day="2026-07-01"))
    place.git("cherry-pick", "right")
    place.git("merge", "-q", "--no-ff", "--no-verify", "-m", "Merge right", "right")
    found = audited(place, "--since", base)
    assert (found["proven"], len(found["entries"])) == (True, 1)


def test_a_foxtrot_merge_is_judged_like_any_other(at):
    """The main branch becomes the second parent: what it brought is one step, and by the rules."""
    place = at("decided")
    base = two_branches(
        place,
        lambda here: here.do("new", "partnership", "Other House", day="2026-07-01"),
        lambda here: here.do("advance", "acme", day="2026-07-01"),
    )
    place.git("switch", "-q", "right")
    place.git("merge", "-q", "--no-ff", "--no-verify", "-m", "Merge main", "main")
    place.git("branch", "-f", "main", "right")
    place.git("switch", "-q", "main")
    found = audited(place, "--since", base)
    assert (found["proven"], len(found["entries"])) == (True, 2)


def slip(place: Place) -> str:
    """A branch of which one commit breaks a rule and the next puts that right; the broken one."""
    place.git("switch", "-q", "-c", "change")
    place.edit("acme", "stage: assessment", "stage: active")
    place.git("commit", "-qam", "a slip", "--no-verify")
    place.edit("acme", "stage: active", "stage: assessment")
    place.edit("acme", "name: Acme", "name: Acme Labs")
    place.git("commit", "-qam", "put right", "--no-verify")
    return place.git("rev-parse", "HEAD^").strip()


def test_a_branch_that_is_legal_only_as_one_change_is_told_before_it_lands(at):
    place = at("assessment")
    broken = slip(place)
    said = place.run("check", "--base", "main", "--json")
    (found,) = [one for one in said.json["findings"] if one["code"] == "broken-one-by-one"]
    assert (said.code, found["severity"]) == (0, "warning")
    assert f"{broken[:12]} (a slip)" in found["message"]
    assert found["mend"].startswith("merge or squash the branch")
    place.git("switch", "-q", "main")
    place.git("merge", "-q", "--squash", "change")
    place.git("commit", "-qm", "squashed", "--no-verify")
    assert audited(place)["proven"]
    place.git("reset", "-q", "--hard", "change")
    assert not audited(place)["proven"]


def test_a_branch_that_is_legal_commit_by_commit_is_not_warned_of(at):
    begun = at("proposed").git("rev-parse", "HEAD").strip()
    place = at("agreement")
    place.git("switch", "-q", "-c", "change")
    place.git("branch", "-q", "-f", "main", begun)
    assert "broken-one-by-one" not in place.do("check", "--base", "main", "--json").out


def test_what_stood_before_a_branch_is_not_blamed_on_its_commits(at):
    place = at("assessment")
    (proposal,) = (place.root / "records/evidence/acme").glob("*")
    text = proposal.read_bytes()
    proposal.write_bytes(b"Another.\n")
    place.git("commit", "-qam", "tidied up", "--no-verify")
    place.git("switch", "-q", "-c", "change")
    place.edit("acme", "kind: partnership", "kind: partnership  # one of the first")
    place.git("commit", "-qam", "a note", "--no-verify")
    proposal.write_bytes(text)
    place.git("commit", "-qam", "as it was", "--no-verify")
    assert "broken-one-by-one" not in place.do("check", "--base", "main", "--json").out
