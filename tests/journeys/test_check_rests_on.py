"""What an answer of `check` rests on, one by one: where it is another, all is judged anew."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from partnerkit.cli.kept import answers
from partnerkit.jobs.answered import Answered
from partnerkit.jobs.kept_answers import KeptAnswers, Question
from tests.place import Place

#: Longer than the clock of a file system lags behind: what was touched just now is not relied on.
_SETTLED = 0.025
RECORD = "records/partnerships/acme.yaml"


@pytest.fixture
def judged(monkeypatch):
    """A word for each time that a check was worked out."""
    found: list[str] = []
    made = vars(Answered)["of"].__func__

    def noted(cls, checked):
        found.append("judged")
        return made(cls, checked)

    monkeypatch.setattr(Answered, "of", classmethod(noted))
    return found


@pytest.fixture
def acme(at: Callable[[str], Place], monkeypatch):
    """A register with a record, at rest, where a clone is used again and again."""
    monkeypatch.delenv("CI", raising=False)
    place = at("assessment")
    place.day = None
    time.sleep(_SETTLED)
    return place


def write(place: Place, path: str, text: str) -> None:
    full = place.root / path
    full.parent.mkdir(parents=True, exist_ok=True)
    full.write_text(text, encoding="utf-8")


def misspell(place: Place, wrong: str, was: str = "type:") -> None:
    path = place.root / RECORD
    text = path.read_text(encoding="utf-8")
    assert was in text
    path.write_text(text.replace(was, wrong, 1), encoding="utf-8")


CHANGES = {
    "a setting": lambda place: place.git("config", "gpg.ssh.program", "nothing"),
    "who acts": lambda place: place.git("config", "user.email", "somebody@lighthouse.example"),
    "attributes": lambda place: write(place, ".git/info/attributes", "records/** text eol=crlf\n"),
    "attributes of the tree": lambda place: write(place, ".gitattributes", "records/** ident\n"),
    "ignored": lambda place: write(place, ".git/info/exclude", "new.yaml\n"),
    "grafts": lambda place: write(place, ".git/info/grafts", ""),
    "people": lambda place: write(place, "private/contacts.yaml", "format: 1\npeople: {p-rosa: {name: Acme}}\n"),
    "a new file": lambda place: write(place, "records/partnerships/new.yaml", "kind: partnership\n"),
    "a new folder": lambda place: (place.root / "records" / "partnerships" / "new").mkdir(),
    "staged": lambda place: place.git("update-index", "--chmod=+x", RECORD),
    "a commit": lambda place: place.git("commit", "-q", "--allow-empty", "-m", "nothing", "--no-verify"),
    "an edit": lambda place: misspell(place, "typo:"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_where_it_is_another_all_is_judged_anew(acme, judged, what):
    for _ in range(2):
        acme.run("check")
    assert judged == ["judged"]
    CHANGES[what](acme)
    found = acme.run("check")
    assert len(judged) == 2
    assert found == acme.run("check", "--no-cache")


def test_one_edit_after_another_of_the_same_file(acme, judged):
    """Git says the same of both: that the file differs."""
    misspell(acme, "typo:")
    time.sleep(_SETTLED)
    first = [acme.run("check") for _ in range(2)]
    assert len(judged) == 1
    misspell(acme, "tipo:", "typo:")
    time.sleep(_SETTLED)
    assert acme.run("check") != first[0]
    assert len(judged) == 2


@pytest.mark.parametrize("flag", ["assume-unchanged", "skip-worktree"])
def test_an_edit_at_which_git_was_told_not_to_look(acme, flag):
    acme.git("update-index", f"--{flag}", RECORD)
    time.sleep(_SETTLED)
    right = acme.run("check")
    assert acme.run("check") == right
    misspell(acme, "typo:")
    time.sleep(_SETTLED)
    assert acme.run("check").code == acme.run("check").code == 1
    misspell(acme, "type:", "typo:")
    time.sleep(_SETTLED)
    assert acme.run("check") == right


def test_a_setting_that_is_another_only_once_it_was_judged(acme, judged, monkeypatch):
    """Between what was judged and what is kept of it: it rests on what was there before."""
    keep = KeptAnswers.keep

    def late(kept, *words):
        acme.git("config", "gpg.ssh.program", "nothing")
        keep(kept, *words)

    with monkeypatch.context() as only_now:
        only_now.setattr(KeptAnswers, "keep", late)
        acme.run("check")
    acme.run("check")
    assert len(judged) == 2


def test_what_was_touched_just_now_is_not_relied_on(acme, judged, monkeypatch):
    """Who touches it again may leave it with the time that it has."""
    exclude = Path(acme.root, ".git", "info", "exclude")
    exclude.parent.mkdir(exist_ok=True)
    exclude.write_text("# nothing\n", encoding="utf-8")
    a_moment_later = exclude.stat().st_ctime_ns + 1_000_000
    with monkeypatch.context() as only_now:
        only_now.setattr("partnerkit.jobs.kept_answers.time.time_ns", lambda: a_moment_later)
        acme.run("check")
    acme.run("check")
    assert len(judged) == 2


@pytest.mark.usefixtures("at_home")
def test_rules_of_which_history_is_gone(at):
    """The tree is the same, and what stands in it was sealed by rules that stood before."""
    acme = at("drafted")
    acme.day = None
    policy = acme.root / "records" / "policies" / "OPS-05-03.yaml"
    text = policy.read_text(encoding="utf-8")
    policy.write_text(text.replace("    covers: [name, type", "    covers: [type"), encoding="utf-8")
    acme.git("commit", "-q", "-a", "-m", "other rules", "--no-verify")
    misspell(acme, "\nname: Other ", "\nname: ")
    acme.git("commit", "-q", "-a", "-m", "what they no longer hold", "--no-verify")
    for _ in range(2):
        time.sleep(_SETTLED)
        assert acme.run("check") == acme.run("check", "--no-cache")
    stood = acme.run("check")
    assert "content-differs" in stood.out
    orphan = acme.git("commit-tree", "-m", "all at once", "HEAD^{tree}").strip()
    acme.git("reset", "-q", "--soft", orphan)
    assert acme.run("check") == acme.run("check", "--no-cache") != stood


@pytest.mark.parametrize("name", ["CI", "GIT_QUARANTINE_PATH"])
def test_in_continuous_integration_and_where_a_push_arrives_nothing_is_kept(acme, monkeypatch, name):
    question = Question(None, None, changed=False, day=None)
    assert answers(acme.root, question) is not None
    monkeypatch.setenv(name, "1")
    assert answers(acme.root, question) is None
