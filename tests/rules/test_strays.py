"""Files that never were records or rules, as findings tell of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from partnerkit.rules.audited import told
from partnerkit.rules.offering import Offer
from partnerkit.rules.strays import gone, is_stray, stray_was, taken_out
from tests.rules.bench import register
from tests.rules.ended import here
from tests.rules.verdicts import error, verdict

FILE = "records/risks/junk.yaml"
GONE = "; it never counted, and is gone or can be read now"


def stray(**more):
    return replace(error("unknown-kind", "junk"), file=FILE, was=stray_was(None), commit="0123456789abcdef", **more)


@pytest.mark.parametrize(
    ("was", "told_"), [(None, False), ("file", False), ("stray", True), ("stray=0123", True), ("strayed", False)]
)
def test_what_is_one(was, told_):
    assert is_stray(replace(error(), was=was)) == told_


def test_how_one_is_taken_out():
    says = "partnerkit check says how it is put right. Where it should not be there: "
    assert taken_out(stray()) == f"{says}git rm -- {FILE} && git commit -m 'It never counted'"
    assert (
        taken_out(replace(stray(), file="records/a b"))
        == f"{says}git rm -- 'records/a b' && git commit -m 'It never counted'"
    )


def test_what_belongs_there_is_not_taken_out():
    assert (
        taken_out(replace(stray(), was=stray_was(None, stays=True)))
        == "partnerkit check says whether it can be read now"
    )


def test_what_was_there_before_is_brought_back():
    mend = f"git restore --source=0123456789ab~1 --staged --worktree -- {FILE} && git commit -m 'As it was'"
    assert taken_out(replace(stray(), was=stray_was("ab12"))) == mend


@pytest.mark.parametrize("message", ["It is nothing.", "It is nothing"])
def test_what_is_gone_breaks_nothing(message):
    found = stray(message=message)
    assert gone(found, {"another"}, {"another"}) == replace(found, severity="warning", message="It is nothing" + GONE)


def test_what_is_wrong_still_stays():
    assert gone(stray(), {FILE}, set()) == stray()
    assert gone(stray(), set(), {"junk"}) == stray()
    assert gone(replace(stray(), was="file"), set(), set()) == replace(stray(), was="file")
    assert gone(replace(stray(), severity="warning"), set(), set()) == replace(stray(), severity="warning")


def test_an_audit_tells_of_it_by_what_stands_at_the_end():
    """Where nobody says what stands, nothing is taken to be gone."""
    there = register(here())
    landed = [verdict(findings=[stray(), error("a")]), verdict()]
    assert [one.findings for one in told(landed)] == [[stray(), error("a")], []]
    warned = gone(stray(), set(), set())
    assert [one.findings for one in told(landed, [], there)] == [[warned, error("a")], []]
    assert [one.findings for one in told(landed, [])] == [[warned, error("a")], []]
    assert told(landed, [replace(error("b"), file=FILE)], there)[0].findings == [stray(), error("a")]
    broken = replace(there, broken=frozenset({"junk"}))
    assert told(landed, iter([]), broken)[0].findings == [stray(), error("a")]


def test_the_lines_are_offered_whether_or_not_a_record_is_there():
    """A copy of a record under its id is one too: no correction takes it out."""
    offer = Offer(register(here()), lambda _record: True)
    for found in (stray(), replace(stray(), record=None), replace(stray(), record="subject")):
        assert offer.of(replace(found, mend=None)).mend == taken_out(found)
    assert offer.of(replace(error(), record=None)).mend == error().mend


@pytest.mark.parametrize("shown", ["git show 0123 -- a.yaml", "rename it"])
def test_where_sentences_are_pasted_nothing_is_committed(shown):
    """A shell that reads all of it runs no `git commit`: what takes the file out stands behind words, by `&&`."""
    mend = str(Offer(register(here()), lambda _one: False).of(stray(mend=shown)).mend)
    behind = [part for part in mend.split("; ") if "git commit" in part]
    assert [part.split(" ")[0] for part in behind] == ["partnerkit"]
    assert f": git rm -- {FILE} && git commit" in behind[0]
    assert mend.startswith(f"{shown} shows it; " if shown.startswith("git") else f"{shown}; ")
