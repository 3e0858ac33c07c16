"""`person forget`: which text it finds, what it leaves alone and says so, what it refuses, and what it never repeats."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from partnerkit.kinds.canonical import digest
from tests.place import Place, Said, environment
from tests.scenarios.landing import audited
from tests.sharing import Two
from tests.story import ACME

NAME = "Ann Öberg"


@pytest.fixture
def typed(place: Place) -> Place:
    """A partnership in whose file somebody typed a name by hand, in every way that YAML knows."""
    place.do("new", "partnership", "Acme", "id=acme", "type=cloud-providers", "proposer=p-rosa")
    place.do("set", ACME, "objectives=[{id: o1, text: one, supports: [mutually-beneficial]}]")
    return place


def by_hand(place: Place, old: str, new: str) -> None:
    place.edit(ACME, old, new)
    place.git("commit", "-qam", "typed by hand", "--no-verify")


def forget(place: Place, *spellings: str, more: tuple[str, ...] = ()) -> Said:
    path = place.write("spellings.txt", "\n".join(spellings) + "\n")
    return place.run("person", "forget", path, "--reason", "their own request", *more)


def left(said: Said) -> list[str]:
    return [f"{one['file']}: {one['what']}" for one in said.json["left"]]


def test_whole_words_and_the_rest_is_told(typed: Place):
    by_hand(typed, "text: one", "text: Ann, ANN and the Annual report of Anna; Ann's, (Ann) and Ann")
    said = forget(typed, "Ann", more=("--json",))
    assert said.code == 0, said.all
    text = typed.text(ACME)
    marker = f"expunged:{said.json['id']}"
    assert f"{marker}, ANN and the Annual report of Anna; {marker}'s, ({marker}) and {marker}" in text
    assert any("inside a longer word" in one for one in left(said))


def test_inside_words_where_that_is_asked(typed: Place):
    by_hand(typed, "text: one", "text: 感谢王芳女士")
    assert forget(typed, "王芳").code == 2
    assert forget(typed, "王芳", more=("--inside-words",)).code == 0
    assert "王芳" not in typed.text(ACME)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("given", ["NFC", "NFD"])
def test_accents_in_either_form(typed: Place, form, given):
    by_hand(typed, "text: one", f"text: Led by {unicodedata.normalize(form, NAME)} alone")
    assert forget(typed, unicodedata.normalize(given, NAME)).code == 0
    assert "berg" not in typed.text(ACME)
    assert "alone" in typed.text(ACME)


@pytest.mark.parametrize(
    "block",
    [
        "text: |\n      Led by Ann Öberg,\n      and Ann\n      Öberg again\n",
        "text: >-\n      Led by Ann\n      Öberg\n",
        'text: "Led by Ann \\u00d6berg"\n',
        "text: 'Led by Ann Öberg''s friends'\n",
    ],
)
def test_every_style_of_yaml(typed: Place, block):
    by_hand(typed, "text: one\n", block)
    assert forget(typed, NAME).code == 0, block
    assert "berg" not in typed.text(ACME)
    assert not [one for one in typed.findings() if one["severity"] == "error"]


@pytest.mark.parametrize(
    ("name", "quoted"),
    [
        (NAME, '"Led by Ann \\u00d6berg"'),
        (NAME, '"Led by Ann \\xD6berg: yes"'),
        ("Ann O'Berg", "'Led by Ann O''Berg: yes'"),
        ('Ann "Ö" Berg', '"Led by Ann \\"\\u00D6\\" Berg"'),
        ("王芳", '"与 \\u738B\\u82B3 女"'),
    ],
)
def test_what_yaml_quotes_is_counted_and_taken_out_of_history(typed: Place, name: str, quoted: str):
    by_hand(typed, "text: one", f"text: {quoted}")
    out = typed.root.parent / "expressions.txt"
    said = forget(typed, name, more=("--json", "--out", str(out)))
    assert said.json["history"]["versions"] == 1, said.all
    raw = typed.git("show", f"HEAD~1:{typed.path(ACME).relative_to(typed.root)}").encode()
    for row in out.read_bytes().splitlines():
        pattern, _, by = row.removeprefix(b"regex:").rpartition(b"==>")
        raw = re.sub(pattern, by, raw)
    assert raw.count(b"expunged:x-") == 1
    assert b"Berg" not in raw
    assert b"berg" not in raw
    assert typed.text(ACME).count("expunged:x-") == 1


def test_comments_too(typed: Place):
    by_hand(typed, "name: Acme\n", "# Ask Ann Öberg first\nname: Acme  # Ann Öberg's idea\n")
    said = forget(typed, NAME)
    assert said.code == 0, said.all
    text = typed.text(ACME)
    assert "Öberg" not in text
    assert text.count("# Ask expunged:x-") == 1
    assert text.count("name: Acme  # expunged:x-") == 1
    assert "a comment" in said.out


def test_several_spellings_are_one_text(typed: Place):
    by_hand(typed, "text: one", "text: Ann Öberg, called Ö. Ann, Öberg A.")
    said = forget(typed, NAME, "", "Ö. Ann", "Öberg A.", more=("--json",))
    assert said.json["places"][0]["what"] == "objectives.0.text"
    assert typed.text(ACME).count(f"expunged:{said.json['id']}") == 3


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("acme", "id"),
        ("p-rosa", "proposer"),
        ("proposed", "stage"),
        ("mutually-beneficial", "objectives.0.supports.0"),
        ("2026-03-02T12:00:00Z", "history.0.at"),
    ],
)
def test_what_other_things_depend_on_is_refused(typed: Place, text, what):
    before = typed.snapshot()
    said = forget(typed, text)
    assert said.code == 1
    assert "not-expungible" in said.all
    assert f"{what} holds the text" in said.all
    assert "other things depend on it" in said.all
    assert typed.snapshot() == before


def test_the_roster_and_other_files_are_named_and_left(typed: Place):
    (typed.root / "NOTES.md").write_text("Ann Öberg was here\n", encoding="utf-8")
    people = typed.root / "records" / "people.yaml"
    people.write_text(people.read_text("utf-8") + "# Ann Öberg\n", encoding="utf-8")
    typed.git("add", "NOTES.md")
    by_hand(typed, "text: one", "text: Led by Ann Öberg")
    said = forget(typed, NAME, more=("--json",))
    assert any(one.startswith("NOTES.md") for one in left(said))
    assert any(one.startswith("records/people.yaml") for one in left(said))
    assert "Öberg" in people.read_text("utf-8")


@pytest.fixture
def everywhere(typed: Place) -> Place:
    """The name in everything of git that holds words: branches, tags, their messages, notes, authors, names of files."""
    by_hand(typed, "text: one", "text: Led by Ann Öberg")
    typed.git("tag", "-a", "v1", "-m", "approved by Ann Öberg")
    typed.git("tag", "for_ann_oberg")
    typed.git("branch", "draft/Ann-Öberg")
    typed.git("branch", "annual-report")
    typed.git("notes", "add", "-m", "ask Ann Öberg")
    (typed.root / "ann-öberg.txt").write_text("x", encoding="utf-8")
    typed.git("add", "--all")
    typed.git("-c", "user.name=x", "commit", "-qm", "a file", "--no-verify", "--author", "Ann Öberg <a@example.org>")
    return typed


def test_what_git_holds_beside_files_is_told(everywhere: Place):
    commit = everywhere.git("rev-parse", "draft/Ann-Öberg").strip()
    head = everywhere.git("rev-parse", "HEAD").strip()
    said = forget(everywhere, NAME, more=("--dry-run", "--json"))
    history = said.json["history"]
    assert history["refs"] == [{"sort": "branch", "at": commit}, {"sort": "tag", "at": commit}]
    assert history["tags"] == [everywhere.git("rev-parse", "v1").strip()]
    assert history["notes"] == 1
    assert history["headers"] == [head]
    assert history["files"] == ["records/partnerships/acme.yaml"]
    assert history["versions"] == 1
    assert "…" in next(one["file"] for one in said.json["left"] if one["what"] == "the name of a file")
    text = forget(everywhere, NAME, more=("--dry-run",)).out
    assert f"the name of a branch at {commit[:12]}" in text
    assert f"git for-each-ref --points-at {commit[:12]}" in text
    assert "1 tag message, 1 note" in text
    assert "1 commit names it as author or committer: git filter-repo --mailmap" in text
    assert "Not looked into: " in text
    for told in (said.all, text):
        assert "berg" not in told.casefold()


def test_a_place_is_told_once(typed: Place):
    """A key holds the text, and no value does but one elsewhere."""
    typed.do("new", "partnership", "Beta", "type=cloud-providers", "proposer=p-rosa")
    typed.edit("beta", "name: Beta", "name: Beta\nroles: {technical-liaison: p-rosa}")
    typed.git("commit", "-qam", "typed by hand", "--no-verify")
    by_hand(typed, "text: one", "text: a technical word")
    assert [one for one in left(forget(typed, "technical", more=("--json",))) if "beta" in one] == [
        "records/partnerships/beta.yaml: roles.…-liaison: a key"
    ]


def test_a_dry_run_shows_every_place_and_changes_nothing(typed: Place):
    by_hand(typed, "text: one", "text: Led by Ann Öberg")
    before = typed.snapshot()
    said = forget(typed, NAME, more=("--dry-run",))
    line = next(n for n, row in enumerate(typed.text(ACME).splitlines(), 1) if "Öberg" in row)
    assert f"records/partnerships/acme.yaml:{line}" in said.out
    assert "objectives.0.text" in said.out
    assert typed.snapshot() == before
    assert not list((typed.root / ".git" / "partnerkit").glob("forget-*"))
    assert "salt" not in said.out


def test_the_text_is_never_repeated(typed: Place):
    by_hand(typed, "text: one", "text: Led by Ann Öberg")
    for more in (("--dry-run",), ("--dry-run", "--json"), ("--json",)):
        said = forget(typed, NAME, more=more)
        assert "berg" not in said.all
    assert "berg" not in typed.git("show", "--format=%B", "--no-patch")
    assert "berg" not in typed.run("log", ACME).all
    assert "expunged" in typed.run("log", ACME).out
    assert "expunged" in typed.run("show", ACME).out
    assert "expunged" in typed.run("why", ACME).out
    assert typed.json("log", ACME)["expunged"][0]["reason"] == "their own request"


def test_it_reads_from_stdin(typed: Place):
    by_hand(typed, "text: one", "text: Led by Ann Öberg")
    said = _from_stdin(typed, "Ann Öberg\n")
    assert said == 0
    assert "Öberg" not in typed.text(ACME)


def _from_stdin(place: Place, text: str) -> int:
    words = [sys.executable, "-m", "partnerkit", "-C", str(place.root), "person", "forget", "--reason", "asked"]
    env = environment(place.person) | {"PATH": os.environ["PATH"]}
    return subprocess.run(words, input=text.encode(), env=env, capture_output=True, check=False).returncode


@pytest.mark.parametrize(
    ("spellings", "reason", "words"),
    [
        (("",), "asked", "nothing was said to forget"),
        (("A",), "asked", "one character"),
        ((NAME,), f"asked by {NAME}", "repeats"),
        ((NAME,), "  ", "empty"),
        (("Nobody at All",), "asked", "no record holds that text"),
    ],
)
def test_called_wrongly(typed: Place, spellings, reason, words):
    path = typed.write("spellings.txt", "\n".join(spellings) + "\n")
    said = typed.wrong("person", "forget", path, "--reason", reason)
    assert words in said.err
    assert "berg" not in said.all


def test_what_takes_it_out_of_history_is_private(typed: Place):
    by_hand(typed, "text: one", "text: Led by Ann Öberg")
    out = typed.root.parent / "expressions.txt"
    said = forget(typed, NAME, more=("--json", "--out", str(out)))
    assert said.json["expressions"] == str(out)
    assert out.stat().st_mode & 0o077 == 0
    assert said.json["history"]["versions"] == 1
    assert said.json["history"]["files"] == ["records/partnerships/acme.yaml"]
    assert len(said.json["salt"]) == 32


def test_a_renewal_takes_the_marker_over(typed: Place):
    """What was expunged in one record may be copied into another, which need not explain it again."""
    by_hand(typed, "text: one", "text: Led by Ann Öberg")
    marker = f"expunged:{forget(typed, NAME, more=('--json',)).json['id']}"
    typed.do("new", "partnership", "Beta", "type=cloud-providers", "proposer=p-rosa")
    typed.do("set", "beta", f"objectives=[{{id: o1, text: Led by {marker}, supports: [mutually-beneficial]}}]")
    assert not [one for one in typed.findings() if one["severity"] == "error"]
    typed.edit("beta", marker, "expunged:x-0123456789ab")
    assert "marker-unexplained" in {one["code"] for one in typed.findings()}


def test_the_digest_proves_what_it_was(typed: Place):

    by_hand(typed, "text: one", "text: Led by Ann Öberg")
    salt = forget(typed, NAME, more=("--json",)).json["salt"]
    kept = typed.json("log", ACME)["expunged"][0]["digest"]
    assert kept == digest({"salt": salt, "spellings": [NAME]})


def test_doctor_tells_of_the_file_that_still_holds_it(typed: Place):
    by_hand(typed, "text: one", "text: Led by Ann Öberg")
    file = Path(forget(typed, NAME, more=("--json",)).json["expressions"])
    assert f"{file} still holds a text" in typed.run("doctor").out
    file.unlink()
    assert "still holds a text" not in typed.run("doctor").out


def test_evidence_that_two_records_show(typed: Place):
    """Minutes that stand beside the records, and that two of them rest on."""
    minutes = typed.root / "minutes.md"
    minutes.write_text(f"Present: {NAME}, Rosa\n", encoding="utf-8")
    typed.git("add", "minutes.md")
    typed.git("commit", "-qm", "minutes", "--no-verify")
    typed.do("new", "partnership", "Beta", "type=cloud-providers", "proposer=p-rosa")
    for one in (ACME, "beta"):
        typed.do("add", one, "partnership-proposal", "minutes.md", "kind=document")
    assert typed.json("show", "beta")["record"]["evidence"][0]["ref"] == "minutes.md"
    typed.do("advance", ACME)
    assert forget(typed, NAME).code == 0
    assert "berg" not in minutes.read_text("utf-8")
    assert not [one for one in typed.findings() if one["severity"] == "error"]
    found = audited(typed)
    assert found["proven"], found["findings"]
    assert [(one["record"], one["places"]) for one in found["expunged"]] == [(ACME, 0), ("beta", 0)]
    minutes.write_text("Present: Rosa\n", encoding="utf-8")
    assert {one["code"] for one in typed.findings()} >= {"evidence-changed"}


def test_two_clones(typed: Place, tmp_path: Path):
    """One forgets while the other goes on with the record; what the other typed meanwhile is not forgotten with it."""
    by_hand(typed, "text: one", "text: Led by Ann Öberg")
    two = Two(typed, tmp_path)
    two.jonas.do("set", ACME, "exit-strategy=Own machines")
    two.jonas.do("sync")
    assert forget(two.rosa, NAME).code == 0
    two.rosa.do("sync")
    two.assert_alike()
    assert "berg" not in two.jonas.text(ACME)


def test_what_the_policy_decides_by_is_refused(tmp_path: Path):
    """A city says who may decide: taken out, others could."""
    place = Place(tmp_path)
    place.git("init", "-q", "-b", "main")
    place.do("init", "--name", "Evenings", "--policy", "OTS-PG", "--person", "p-rosa", "--role", "doer")
    place.do("new", "partnership", "Rails night", "id=rails", "event-city=Ann Arbor")
    said = forget(place, "Ann")
    assert said.code == 1
    assert "event-city decides what the policy asks of rails" in said.all
    assert "Ann Arbor" in place.text("rails")


def test_a_title_that_would_be_too_long(typed: Place):
    by_hand(typed, "name: Acme", f"name: {NAME} {'and others ' * 17}".rstrip())
    said = forget(typed, NAME)
    assert said.code == 1
    assert "too long: shorten it first" in said.all
    assert "berg" not in said.all


def test_what_holds_the_text_stays_out_of_the_register(typed: Place):
    by_hand(typed, "text: one", "text: Led by Ann Öberg")
    path = typed.write("spellings.txt", NAME)
    said = typed.wrong("person", "forget", path, "--reason", "asked", "--out", str(typed.root / "out.txt"))
    assert "lies among the files of the register" in said.err

    for inside in (".git/config", ".git/HEAD"):
        typed.wrong("person", "forget", path, "--reason", "asked", "--out", str(typed.root / inside))
