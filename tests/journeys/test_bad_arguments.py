"""Hostile arguments: refused, or stored inert; whatever is printed later acts on no terminal and no workflow."""

from __future__ import annotations

import json
import re

import pytest

from tests.journeys.inert import clean, tried


@pytest.fixture
def acme(place):
    place.do("new", "partnership", "Acme", "id=acme", "type=cloud-providers")
    return place


#: Text that could act on somebody's terminal, page or workflow; each may be refused, or kept as plain text.
TEXTS = {
    "rich link": "[link=https://evil.example]x[/link]",
    "rich end": "[/x]",
    "rich style": "[bold red]Acme[/bold red]",
    "html": "<script>alert(1)</script><img src=x onerror=y>",
    "workflow command": "x ::error file=a::b %0A::warning::",
    "shell": "$(touch pwned) `touch pwned` ; touch pwned | x & y > z",
    "quotes": "a'b\"c\\d",
    "yaml": "a: b # c",
    "yaml list": "- a",
    "yaml alias": "*a &b !c",
    "percent": "50 % %s %(x)s {0} {x}",
    "spaces": "  Acme  ",
    "emoji": "\U0001f680 Acme \U0001f468\u200d\U0001f469",
    "right to left": "\u05d0\u05d1\u05d2",
}

#: Text that no file may hold: always refused.
REFUSED = {
    "escape": "a\x1b[31mred\x1b]0;title\x07",
    "c1 control": "a\x9b31m",
    "bidi": "a\u202eb",
    "isolate": "a\u2066b\u2069",
    "invisible": "a\u200bb",
    "carriage return": "a\rb",
    "bell": "a\x07",
    "backspace": "a\x08\x08b",
    "delete": "a\x7f",
    "nul": "a\0b",
    "line separator": "a\u2028b",
    "surrogate": "a\udc80b",
}

READERS = (
    ("show", "acme"),
    ("list",),
    ("log", "acme"),
    ("gates", "acme"),
    ("check", "--format", "github"),
)


def writers(text):
    """Each way in which text enters a record."""
    return {
        "new": ("new", "partnership", text, "id=other"),
        "set": ("set", "acme", f"name={text}"),
        "set in a list": ("set", "acme", "objectives=[{id: o1, text: " + json.dumps(text) + "}]"),
        "add": ("add", "acme", "partnership-proposal", f"summary={text}"),
        "link": ("add", "acme", "partnership-proposal", f"https://x.example/{text}"),
        "log": ("add", "acme", "communications", "kind=core-team-updates", f"summary={text}"),
        "reason": ("advance", "acme", "withdrawn", "--reason", text),
        "seen": ("add", "acme", "partnership-proposal", "summary=x", "--for", "p-lea", "--seen", text),
    }


@pytest.mark.parametrize("name", REFUSED)
def test_characters_that_act_are_refused(acme, name):
    for words in writers(REFUSED[name]).values():
        assert tried(acme, *words).code in {1, 2}, words


@pytest.mark.parametrize("name", TEXTS)
def test_text_that_could_act_is_stored_inert(acme, name):
    """Through several doors; then every reader, in every format, shows it and obeys it nowhere."""
    text = TEXTS[name]
    doors = writers(text)
    for how in ("set", "set in a list", "add", "log", "reason"):
        tried(acme, *doors[how])
    assert not (acme.root / "pwned").exists()
    assert [one for one in acme.findings() if one["severity"] == "error"] == []
    for words in READERS:
        said = acme.run(*words)
        assert said.code == 0, (words, said.all)
        clean(said.all)
    shown = acme.run("show", "acme", "--json").out
    clean(shown)
    assert shown.isascii()
    assert json.loads(shown)["record"]["name"] in {text, text.strip(), "Acme"}


def test_what_a_name_says_is_shown_as_it_is(acme):
    """No markup is eaten: what looks like rich or HTML is printed letter by letter."""
    acme.do("set", "acme", "name=[bold]B[/bold] <b>")
    assert "[bold]B[/bold] <b>" in acme.do("show", "acme").out
    assert "[bold]B[/bold] <b>" in acme.do("list").out


def test_a_workflow_sees_one_command_a_finding(acme):
    """A message with line ends, percent signs and colons stays within its own workflow command."""
    acme.edit("acme", "stage: proposed", 'stage: "a%b::error::c"')
    acme.edit("acme", "name: Acme", 'bad%key,x:y: "1"\nname: Acme')
    said = acme.run("check", "--format", "github")
    assert said.code == 1
    *lines, last = said.out.splitlines()
    assert lines
    assert re.fullmatch(r"partnerkit check: \d+ errors?, 1 warning in 1 record", last)
    for line in lines:
        matched = re.match(r"::(?:error|warning|notice) ([^\n]*)\Z", line)
        assert matched is not None, line
        data = matched[1]
        properties, message = data.split("::", 1)
        assert re.fullmatch(r"file=[^,:]+,line=\d+,col=\d+,title=[a-z-]+", properties), line
        assert not re.search(r"%(?!25|0A|0D|3A|2C)", message), line
    assert any("bad%25key" in line for line in lines)


@pytest.mark.parametrize(
    "id_",
    [
        "--help",
        "-x",
        "../x",
        "/etc/passwd",
        "a/b",
        "..",
        ".",
        "",
        " ",
        "A",
        "é",
        "a" * 81,
        "a\nb",
        "acme.yaml",
        "con:",
        "-",
    ],
)
def test_ids_that_are_none(acme, id_):
    before = acme.snapshot()
    said = acme.run("new", "partnership", "Other", f"id={id_}")
    clean(said.all)
    assert said.code == 2, said.all
    assert acme.snapshot() == before
    for words in (
        ("show", "--", id_),
        ("gates", "--", id_),
        ("advance", "--", id_),
        ("log", "--", id_),
        ("set", "--", id_, "name=x"),
    ):
        said = acme.run(*words)
        assert said.code in {1, 2}, (words, said.all)
        assert "failed in a way it should not" not in said.all
        clean(said.all)
    assert acme.snapshot() == before


@pytest.mark.parametrize("name", ["", "   ", "!!!", "日本", "-", "--", "\n"])
def test_names_that_give_no_id(acme, name):
    assert tried(acme, "new", "partnership", "--", name).code == 2


@pytest.mark.parametrize(
    "place_", ["../outside.md", "/etc/passwd", "nowhere.md", ".", "records", "records/register.yaml/x", "a\0b"]
)
def test_evidence_from_anywhere_keeps_only_a_name_and_a_digest(acme, place_):
    """What lies outside the register is known by its digest; no path of somebody's machine enters history."""
    (acme.root.parent / "outside.md").write_text("x\n", encoding="utf-8")
    said = tried(acme, "add", "acme", "partnership-proposal", place_)
    if said.code == 0:
        ref = acme.json("show", "acme")["record"]["evidence"][0]["ref"]
        assert "/" not in ref
        assert ".." not in ref
