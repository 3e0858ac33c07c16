"""A record that landed so that nobody can read it comes back as it last could be, and no edit is lost by it."""

from __future__ import annotations

import subprocess

import pytest

from tests.conftest import At
from tests.place import environment
from tests.scenarios.cheat import commit
from tests.scenarios.codes.running import findings, none_left, only
from tests.story import ACME


@pytest.mark.parametrize(("code", "text"), [("yaml-empty", ""), ("yaml-syntax", "name: [Acme\n")])
def test_the_last_readable_version_is_offered(at: At, code: str, text: str, bash: str) -> None:
    place = at("active")
    was = place.text(ACME)
    place.path(ACME).write_text(text, encoding="utf-8")
    commit(place)
    found = only(place.findings(), code)

    _write, back = found["mend"].split("; or as it last could be read: ")
    git, correct = back.rsplit(" && ", 1)
    subprocess.run([bash, "-ec", git], cwd=place.root, env=environment(), check=True, capture_output=True)

    none_left(place.findings(), code)
    assert place.text(ACME) == was
    assert correct == f"partnerkit undo {ACME} --correct --reason <reason>"
    place.do("undo", ACME, "--correct", "--reason", "by mistake")
    assert place.run("audit").code == 0


def test_of_what_never_could_be_read_nothing_is_offered(at: At) -> None:
    place = at("active")
    (place.path(ACME).with_name("other.yaml")).write_text("", encoding="utf-8")
    commit(place)
    assert "--source" not in only(place.findings(), "yaml-empty")["mend"]


@pytest.mark.parametrize("asked", ["check", "audit"])
def test_what_was_edited_meanwhile_is_put_aside(at: At, asked: str, bash: str) -> None:
    place = at("active")
    was = place.text(ACME)
    place.path(ACME).write_text("name: [Acme\n", encoding="utf-8")
    base = place.git("rev-parse", "HEAD").strip()
    commit(place)
    if asked == "check":
        place.path(ACME).write_text(was.replace("name: Acme", "name: Other"), encoding="utf-8")
        words: tuple[str, ...] = ("check", "--base", base)
        code, end = "locked-field-changed", " takes back "
    else:
        place.path(ACME).write_text("name: [Other\n", encoding="utf-8")
        words, code, end = ("audit",), "yaml-syntax", " && partnerkit "
    edited = place.text(ACME)

    mend = only(findings(place, words, None), code)["mend"]
    line = mend[mend.index("git stash push") :].partition(end)[0]
    subprocess.run([bash, "-ec", line], cwd=place.root, env=environment(), check=True, capture_output=True)

    assert place.text(ACME) == was
    assert mend.endswith("; git stash pop brings back what was edited there and not committed")
    assert place.git("show", f"stash@{{0}}:{place.path(ACME).relative_to(place.root)}") == edited


def test_nothing_is_put_aside_where_nothing_was_edited(at: At) -> None:
    place = at("active")
    place.path(ACME).write_text("name: [Acme\n", encoding="utf-8")
    commit(place)
    assert "stash" not in only(findings(place, ("audit",), None), "yaml-syntax")["mend"]
