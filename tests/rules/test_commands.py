"""The lines that are offered: quoted as a shell must see them, with placeholders that are told from values."""

from __future__ import annotations

import shlex
import subprocess
from datetime import date
from typing import Any

import pytest

from partnerkit.policies.policy import Policy
from partnerkit.rules.commands import (
    PLACEHOLDERS,
    as_committed,
    as_it_was,
    line,
    meant_by,
    migrating,
    moved,
    pathspec,
    placeholders,
    put_aside,
    quoted,
    reaffirming,
    setting,
)
from tests.policies.packs import small


@pytest.mark.parametrize(
    ("word", "shown"),
    [
        ("acme", "acme"),
        ("a/b:c@d%e+f=g,h-i.j_k1", "a/b:c@d%e+f=g,h-i.j_k1"),
        ("<reason>", "<reason>"),
        ("text=<objectives.text>", "text=<objectives.text>"),
        ("roles.manager=<roles.some-one>", "roles.manager=<roles.some-one>"),
        ("", "''"),
        ("two words", "'two words'"),
        ("it's", "'it'\"'\"'s'"),
        ("''", "''\"'\"''\"'\"''"),
        ("a<b", "'a<b'"),
        ("a>b", "'a>b'"),  # a shell would write the file b
        ("<b><c>", "'<b><c>'"),
        ("<b>c", "'<b>c'"),
        ("<B>", "'<B>'"),
        ("<>", "'<>'"),
        ("$HOME", "'$HOME'"),
        ("a;b", "'a;b'"),
        ("ä", "'ä'"),
        ("[x]", "'[x]'"),
    ],
)
def test_a_word_as_a_shell_must_see_it(word, shown):
    assert quoted(word) == shown
    if not shown.endswith(">"):
        assert shlex.split(shown) == [word]


@pytest.mark.parametrize(
    ("word", "shown"),
    [
        ("a\n", "$'a\\012'"),
        ("it's\n", "$'it\\047s\\012'"),
        ("a\\b\n", "$'a\\134b\\012'"),
        ("a\u202eb", "$'a\\342\\200\\256b'"),
        ("a\udce9", "$'a\\351'"),
    ],
)
def test_what_a_terminal_would_not_show_is_written_by_its_bytes(word, shown, bash):
    assert quoted(word) == shown
    said = subprocess.run([bash, "-c", f"printf %s {shown}"], capture_output=True, check=True).stdout
    assert said == word.encode("utf-8", "surrogateescape")


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("records/risks/a.yaml", "records/risks/a.yaml"),
        ("a b.yaml", "'a b.yaml'"),
        ("*.yaml", "':(literal)*.yaml'"),
        ("a?.yaml", "':(literal)a?.yaml'"),
        ("a[b].yaml", "':(literal)a[b].yaml'"),
        (":/a.yaml", "':(literal):/a.yaml'"),
        ("a:b.yaml", "a:b.yaml"),
    ],
)
def test_git_sees_one_file_and_none_that_its_name_would_match(path, shown):
    assert pathspec(path) == shown


def test_what_moves_a_file_makes_its_folder():
    assert moved("a/b.yaml", "a/c.yaml") == "git add -- a/b.yaml && git mv -- a/b.yaml a/c.yaml"
    assert moved("a/b.yaml", "d/b.yaml") == "mkdir -p d && git add -- a/b.yaml && git mv -- a/b.yaml d/b.yaml"


def test_a_line():
    assert line() == "partnerkit"
    assert line("new", "two words", "<title>") == "partnerkit new 'two words' <title>"


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("<reason>", [("", "<reason>")]),
        ({"why": "<reason>"}, [("why", "<reason>")]),
        ({"a": {"b": ["x", "<day>", {"c": "<day>"}]}}, [("a.b", "<day>"), ("a.b.c", "<day>")]),
        ({"objectives": [{"text": "<objectives.text>"}]}, [("objectives.text", "<objectives.text>")]),
        ({"text": "<risk.text>"}, [("text", "<risk.text>")]),
        ({"objectives": {"text": "<text>"}}, [("objectives.text", "<text>")]),
        ({"title": "<unknown>"}, []),
        ({"title": "a <reason>"}, []),
        ({"title": "<reason> b"}, []),
        ({"title": "<reason>\n"}, []),
        ({"title": "<Reason>"}, []),
        ({"title": 7, "reason": None, "other": True}, []),
        ({1: "<day>"}, [("1", "<day>")]),
    ],
)
def test_placeholders_that_were_typed_as_they_were_offered(value, found):
    assert list(placeholders(value)) == found


def test_every_placeholder_is_found_wherever_it_stands_below_a_place():
    assert all(list(placeholders(f"<{one}>", "here")) == [("here", f"<{one}>")] for one in PLACEHOLDERS)
    assert list(placeholders({"b": "<day>"}, "a")) == [("a.b", "<day>")]


def test_what_is_meant_by_a_placeholder():
    assert meant_by("due", "<day>") == "put the thing itself in its place: a day as YYYY-MM-DD"
    assert meant_by("a.b", "<a.b>") == "put the thing itself in its place: the value of a.b"


def policy(**more: Any) -> Policy:
    return Policy.model_validate(small() | {one.replace("_", "-"): value for one, value in more.items()})


BY_CASE = {"clause": "§1", "case": "amendment", "in": ["decided"]}


@pytest.mark.parametrize(("more", "ending"), [({}, ""), ({"amended_by": BY_CASE}, " --amendment <case>")])
def test_the_lines_that_change_a_policy(more, ending):
    open_, rhythm = policy(**more), policy(review_every="P1Y", **more)
    reviewed = "partnerkit policy reaffirm SMALL --seen"
    assert reaffirming(open_) == f"{reviewed} <seen> --next <day>{ending}"
    assert reaffirming(rhythm) == f"{reviewed} <seen>{ending}"
    assert reaffirming(rhythm, "the minutes", date(2027, 1, 1)) == (
        f"{reviewed} 'the minutes' --next 2027-01-01{ending}"
    )
    assert setting(open_, "checks") == f"partnerkit policy set SMALL checks=<value> --seen <seen>{ending}"
    assert setting(open_, "checks", "3") == f"partnerkit policy set SMALL checks=3 --seen <seen>{ending}"


def test_the_lines_that_bring_a_new_version_of_a_policy():
    assert migrating(policy(), "partnership:active=ended") == (
        "partnerkit policy migrate SMALL --from <file> partnership:active=ended --reason <reason>"
    )
    assert migrating(policy(amended_by=BY_CASE), "partnership:active=ended") == (
        "partnerkit policy amend <case> --from <file> partnership:active=ended"
    )


@pytest.mark.parametrize("path", ["a.yaml", "it's \\1.yaml", "a\nb.yaml"])
def test_what_is_edited_is_put_aside_before_an_earlier_version_comes_back(path):
    back = as_it_was("0123456789abcdef", path)
    kept = "; git stash pop brings back what was edited there and not committed"
    assert (
        put_aside(f"git show 0; {back}", [path, "b"])
        == f"git show 0; git stash push -- {pathspec(path)} && {back}{kept}"
    )
    assert put_aside(back, [path + "x"]) == back
    assert put_aside(as_committed(path), [path]) == as_committed(path)
