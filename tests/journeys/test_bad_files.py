"""Hostile and broken files of a register: a clear finding at the right line, at once, never a traceback, nothing written."""

from __future__ import annotations

import time

import pytest

from tests.chance import every_other
from tests.journeys.inert import SLOWEST, clean
from tests.made import copied
from tests.place import Place

ACME = "records/partnerships/acme.yaml"


@pytest.fixture(scope="session")
def _acme(made, _made):
    new = ("new", "partnership", "Acme", "id=acme", "type=cloud-providers")
    return made.on("acme", _made, lambda place: place.do(*new))


@pytest.fixture
def acme(_acme, tmp_path):
    copied(_acme, tmp_path / "register")
    return Place(tmp_path / "register")


def with_line(line: str):
    """The record with a line put in after the name."""
    return lambda text: text.replace("name: Acme\n", f"name: Acme\n{line}\n").encode("utf-8", "surrogatepass")


def instead(old: str, new: str):
    return lambda text: text.replace(old, new, 1).encode()


DEEP = "website:\n" + "".join(f"{' ' * depth}a:\n" for depth in range(1, 1001))
BOMB = "\n".join([f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9) if n else 'lol'}]" for n in range(9)])

#: name: (the file's bytes from its text, code, line)
FILES = {
    "invalid YAML": (with_line("website: [never closed"), "yaml-syntax", None),
    "a colon in a value": (with_line("website: see: here"), "yaml-syntax", 7),
    "a key twice": (with_line("name: Other"), "yaml-duplicate-key", 7),
    "a tab that indents": (with_line("website:\n\tx"), "yaml-tab", 8),
    "a byte order mark": (lambda text: b"\xef\xbb\xbf" + text.encode(), "yaml-bom", 1),
    "UTF-16": (lambda text: text.encode("utf-16"), "yaml-bom", 1),
    "not UTF-8": (lambda text: text.encode().replace(b"Acme", b"Acm\xe9"), "yaml-not-utf8", 6),
    "carriage returns": (lambda text: text.encode().replace(b"\n", b"\r\n"), "yaml-crlf", 1),
    "an impossible date": (with_line("starts: 2025-30-01"), "wrong-value", 7),
    "an impossible moment": (instead("at: 2026-03-02T12:00:00Z", "at: 2026-13-02T12:00:00Z"), "wrong-value", None),
    "1,000-deep nesting": (with_line(DEEP), "yaml-too-deep", None),
    "1,000-deep flow": (with_line("website: " + "[" * 1000 + "]" * 1000), "yaml-too-deep", None),
    "an alias bomb": (with_line(BOMB), "yaml-anchor", 7),
    "a tag": (with_line("website: !!python/object/apply:os.system [ls]"), "yaml-tag", 7),
    "a merge key": (with_line("<<: {name: Evil}"), "yaml-merge-key", 7),
    "a second document": (lambda text: (text + "---\nformat: 1\n").encode(), "yaml-many-documents", None),
    "10 MB": (with_line("website: " + "x" * 10_000_000), "yaml-too-large", None),
    "100,000 values": (with_line("website: [" + "1," * 100_000 + "1]"), "yaml-too-many-nodes", None),
    "an escape character": (with_line("website: a\x1b[31mred"), "yaml-control-character", 7),
    "a NUL byte": (with_line("website: a\0b"), "yaml-control-character", 7),
    "an escaped escape": (with_line('website: "a\\e[31m"'), "yaml-control-character", 7),
    "half a character": (with_line('website: "\\ud800"'), "yaml-control-character", 7),
    "text that runs backwards": (with_line("website: a\u202eb"), "yaml-bidi-character", 7),
    "an invisible space": (with_line("website: a\u200bb"), "yaml-bidi-character", 7),
    "an unknown key": (with_line("objectivs: []"), "unknown-key", 7),
    "an id that differs": (instead("id: acme", "id: acmé"), "id-differs", 3),
    "an id of another type": (instead("id: acme", "id: 5"), "id-differs", 3),
    "a kind that is none": (instead("kind: partnership", "kind: partnerschip"), "unknown-kind", 2),
    "a kind that is a list": (instead("kind: partnership", "kind: [partnership]"), "unknown-kind", 2),
    "a format that is a word": (instead("format: 1", "format: one"), "wrong-value", 1),
    "a format that is true": (instead("format: 1", "format: true"), "wrong-value", 1),
    "a policy that is a number": (instead("policy: OPS-05-03", "policy: 7"), "policy-unknown", 4),
    "a policy that is a list": (instead("policy: OPS-05-03", "policy: [OPS-05-03]"), "policy-unknown", 4),
    "a stage that is a number": (instead("stage: proposed", "stage: 5"), "wrong-value", 5),
    "a name that is a block": (instead("name: Acme", "name: {a: b}"), "wrong-value", 6),
    "a list that is text": (with_line("objectives: many"), "wrong-value", 7),
    "a list of numbers": (with_line("objectives: [1, -2]"), "wrong-value", 7),
    "a negative number": (
        with_line("activities: [{'on': 2026-03-02, kind: joint-events, title: x, attendance: -5}]"),
        "wrong-value",
        7,
    ),
    "a huge number": (
        with_line("activities: [{'on': 2026-03-02, kind: joint-events, title: x, attendance: " + "9" * 400 + "}]"),
        "yaml-ambiguous-scalar",
        7,
    ),
    "a history that is empty": (
        lambda text: (text.partition("history:")[0] + "history: []\n").encode(),
        "wrong-value",
        None,
    ),
    "a history that is text": (
        lambda text: (text.partition("history:")[0] + "history: none\n").encode(),
        "wrong-value",
        None,
    ),
    "no history": (lambda text: text.partition("history:")[0].encode(), "missing-key", None),
    "history as a word twice": (lambda text: (text + "history: []\n").encode(), "yaml-duplicate-key", None),
    "a list at the top": (lambda _text: b"- 1\n- 2\n", "yaml-not-a-mapping", 1),
    "nothing": (lambda _text: b"", "yaml-empty", 1),
    "only a comment": (lambda _text: b"# nothing\n", "yaml-empty", None),
    "bytes of a picture": (lambda _text: bytes(range(256)) * 40, "yaml-not-utf8", None),
    "an empty name": (instead("name: Acme", 'name: ""'), "wrong-value", 6),
    "a name of 10,000 letters": (instead("name: Acme", "name: " + "A" * 10_000), "wrong-value", 6),
    "a word that readers dispute": (with_line("website: no"), "yaml-ambiguous-scalar", 7),
}


FORMATS = ("text", "github")
NAMES = list(FILES)


@pytest.mark.parametrize("name", NAMES)
def test_a_broken_record_is_found_at_its_line(acme, name):
    change, code, line = FILES[name]
    acme.path("acme").write_bytes(change(acme.text("acme")))
    before = acme.snapshot()
    started = time.process_time()
    found = acme.findings()
    took = time.process_time() - started
    print(f"{name}: {took:.2f} s")
    assert took < SLOWEST
    mine = [one for one in found if one["file"] == ACME and one["code"] == code]
    assert mine, [(one["code"], one["line"], one["message"]) for one in found]
    assert line is None or line in {one["line"] for one in mine}, mine
    assert all(one["message"] and one["mend"] and one["severity"] == "error" for one in mine)
    assert all(len(one["message"]) < 700 for one in mine)
    for format_ in every_other(FORMATS, NAMES.index(name)):
        said = acme.run("check", "--format", format_)
        assert said.code == 1
        clean(said.all)
        assert "Traceback" not in said.all
    assert acme.snapshot() == before


@pytest.mark.parametrize("name", ["a key twice", "an unknown key", "10 MB", "a byte order mark", "nothing"])
def test_no_command_trips_over_a_broken_record(acme, name):
    """Writers work from HEAD, readers from the working tree; broken in both, whatever they say is said in words."""
    acme.path("acme").write_bytes(FILES[name][0](acme.text("acme")))
    acme.git("commit", "-qam", "broken", "--no-verify")
    before = acme.snapshot()
    for words in ("show acme", "gates acme", "list", "log acme", "advance acme", "set acme name=B", "fmt --check"):
        said = acme.run(*words.split())
        assert said.code in {0, 1, 2, 3}, words
        assert "failed in a way it should not" not in said.all, (words, said.all)
        clean(said.all)
    assert acme.snapshot() == before


@pytest.mark.parametrize(
    "words", [("check",), ("show", "acme"), ("list",), ("advance", "acme"), ("set", "acme", "name=B")]
)
def test_a_record_of_a_newer_format_stops_everything(acme, words):
    acme.edit("acme", "format: 1", "format: 2")
    acme.git("commit", "-qam", "newer", "--no-verify")
    said = acme.run(*words)
    assert said.code == 3, said.all
    assert "acme.yaml has format 2" in said.err
    assert "newer partnerkit" in said.err


def test_an_unknown_key_is_answered_with_the_nearest(acme):
    acme.path("acme").write_bytes(FILES["an unknown key"][0](acme.text("acme")))
    assert any("did you mean objectives" in one["message"] for one in acme.findings())


RULES = {
    "records/register.yaml": "time-zone: UTC",
    "records/people.yaml": "people:",
    "records/policies/OPS-05-03.yaml": "title: Partnership Policy",
}


@pytest.mark.parametrize("path", RULES)
@pytest.mark.parametrize("with_", ["{unclosed", "a\x1b[0m", "5: [", "bogus-key: 1\nformat: 1"])
def test_unreadable_rules_are_a_finding_for_check_and_stop_everything_else(acme, path, with_):
    """In the working tree: check names the line. In HEAD: no command can work, and each says where it is broken."""
    file = acme.root / path
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(RULES[path], f"{RULES[path]}\n{with_}", 1), encoding="utf-8")
    said = acme.run("check", "--json")
    assert said.code == 1, said.all
    mine = [one for one in said.json["findings"] if one["file"] == path and one["severity"] == "error"]
    assert mine
    assert all(one["line"] and one["mend"] for one in mine)
    acme.git("commit", "-qam", "broken rules", "--no-verify")
    before = acme.snapshot()
    for words in (("advance", "acme"), ("set", "acme", "name=B"), ("show", "acme"), ("list",), ("check",)):
        said = acme.run(*words)
        assert said.code == 3, (words, said.all)
        assert path in said.err
        assert "→" in said.err
        clean(said.all)
    assert acme.snapshot() == before


@pytest.mark.parametrize("path", RULES)
def test_rules_of_a_newer_format_stop_everything(acme, path):
    file = acme.root / path
    file.write_text(file.read_text(encoding="utf-8").replace("format: 1", "format: 2", 1), encoding="utf-8")
    said = acme.run("check")
    assert said.code == 3, said.all
    assert "newer partnerkit" in said.err


@pytest.mark.parametrize("target", ["/etc/passwd", "../register.yaml", "nowhere", "."])
def test_a_symbolic_link_is_named_and_never_followed(acme, target):
    link = acme.root / "records/partnerships/link.yaml"
    link.symlink_to(target)
    folder = acme.root / "records/risks"
    folder.symlink_to("partnerships")
    found = {(one["code"], one["file"]) for one in acme.findings()}
    assert ("not-a-plain-file", "records/partnerships/link.yaml") in found
    assert ("not-a-plain-file", "records/risks") in found
    assert "root:" not in acme.run("check").all
    assert acme.run("show", "link").code == 2


def test_a_pipe_in_the_folder_blocks_nobody(acme):
    import os  # noqa: PLC0415 - for the pipe alone

    os.mkfifo(acme.root / "records/partnerships/pipe.yaml")
    started = time.process_time()
    assert ("not-a-plain-file", "records/partnerships/pipe.yaml") in {(o["code"], o["file"]) for o in acme.findings()}
    assert time.process_time() - started < SLOWEST
