"""What other programs rely on: the shapes of --json, errors too, and nothing but JSON on stdout."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.conftest import At
from tests.place import Place, Said
from tests.story import ACME, CRITERIA

GATES = {"schema", "id", "kind", "stage", "to", "alternatives", "open", "requirements", "notes"}
REQUIREMENT = {"advisory", "notes", "id", "clause", "type", "met", "waived", "missing", "who", "as", "command"}
FINDING = {"code", "severity", "file", "line", "column", "record", "clause", "message", "mend", "commit"}
FINDING |= {"entry", "settled_by"}
LANDED = {"schema", "commit", "dry_run", "subject", "files", "notes", "records", "outcomes"}
EACH = {"schema", "landed", "error"}
TODAY = {"schema", "day", "until", "person", "role", "counts", "obligations", "broken"}
OBLIGATION = {
    *("id", "state", "severity", "source", "what", "record", "kind", "name", "policy", "title", "due", "since"),
    *("first", "missed", "from", "until", "late", "clause", "role", "people", "person", "draft", "note", "command"),
}
PEOPLE = {"schema", "day", "people", "shared_mailboxes", "about", "kept"}
RECORD = {"schema", "id", "kind", "stage", "file", "as_of", "known_until", "record", "linked", "obligations"}
ERROR = {"schema", "message", "mend", "exit_code", "findings"}


@pytest.fixture
def proposed(at: At) -> Place:
    return at("proposed")


def pure(said: Said) -> Any:
    """What a command printed: one JSON document in ASCII on stdout, and nothing else."""
    assert said.out.isascii()
    assert said.out.endswith("}\n")
    assert said.err == ""
    return json.loads(said.out)


def kinds(row: dict[str, Any], **wanted: Any) -> None:
    for key, sort in wanted.items():
        assert isinstance(row[key], sort), (key, row[key])


def test_gates(proposed: Place) -> None:
    data = pure(proposed.do("gates", ACME, "--json"))
    assert data.keys() == GATES
    assert (data["schema"], data["id"], data["kind"]) == ("partnerkit.gates/1", ACME, "partnership")
    assert (data["stage"], data["to"], data["open"]) == ("proposed", "assessment", False)
    assert data["alternatives"] == ["declined", "withdrawn"]
    assert data["notes"] == []
    for one in data["requirements"]:
        assert one.keys() == REQUIREMENT
        kinds(one, id=str, clause=str, type=str, met=bool, waived=bool, who=list)
        kinds(one, advisory=bool, notes=list)
        kinds(one, **{"missing": str | None, "as": list, "command": str | None})
        assert one["met"] == (one["missing"] is None)
    lacking = data["requirements"][-1]
    assert lacking["clause"] == "OPS-05-03 §3.2.1/partnership-proposal"
    assert lacking["command"] == "partnerkit add acme partnership-proposal <file-or-link>"
    proposed.do("add", ACME, "partnership-proposal", "https://files.example/p")
    assert pure(proposed.do("gates", ACME, "--json"))["open"] is True
    other = pure(proposed.do("gates", ACME, "declined", "--json"))
    assert (other["to"], other["alternatives"]) == ("declined", ["assessment", "withdrawn"])


def test_gates_at_an_end_leads_nowhere(proposed: Place) -> None:
    proposed.do("new", "agreement", "One", "partnership=acme", "id=one")
    proposed.do("advance", "one", "dropped", "--reason", "never mind")
    data = pure(proposed.do("gates", "one", "--json"))
    assert (data["to"], data["open"], data["alternatives"], data["requirements"]) == (None, False, [], [])


def test_gates_say_what_is_left_open(proposed: Place) -> None:
    """A variable that nobody has set is told of, requirement by requirement, as on the page."""
    proposed.do("new", "partnership", "Old", "type=universities", *_ADOPTED)
    page = proposed.do("gates", "old").out
    notes = [note for one in proposed.json("gates", "old")["requirements"] for note in one["notes"]]
    assert notes
    assert all(note in page for note in notes)


def test_check(proposed: Place) -> None:
    data = pure(proposed.do("check", "--json"))
    assert data.keys() == {"schema", "findings", "expunged"}
    assert data["schema"] == "partnerkit.findings/1"
    assert [one["severity"] for one in data["findings"]] == ["warning"]
    proposed.edit(ACME, "stage: proposed", "stage: active")
    said = proposed.run("check", "--json")
    assert said.code == 1
    found = pure(said)["findings"]
    for one in found:
        assert one.keys() == FINDING
        assert one["severity"] in {"error", "warning", "info"}
        kinds(one, code=str, message=str, file=str | None, line=int | None, column=int | None)
        kinds(one, record=str | None, clause=str | None, mend=str | None, commit=str | None)
    edited = next(one for one in found if one["code"] == "stage-edited")
    assert (edited["file"], edited["line"], edited["record"]) == ("records/partnerships/acme.yaml", 5, ACME)


def test_today(place: Place) -> None:
    adopted = ("--adopt", "active", "--since", "2026-01-01", "--reason", "older")
    place.do("new", "partnership", "Acme", "type=cloud-providers", *adopted)
    data = pure(place.do("today", "--json", day="2026-04-20"))
    assert data.keys() == TODAY
    assert (data["schema"], data["day"], data["until"]) == ("partnerkit.today/1", "2026-04-20", "2026-05-20")
    assert data["counts"].keys() == {"late", "due", "upcoming", "waiting", "missed"}
    for one in data["obligations"]:
        assert one.keys() == OBLIGATION
        assert one["state"] in {"late", "due", "upcoming", "waiting"}
        assert one["severity"] in {"error", "warning", "info"}
        kinds(one, id=str, record=str, kind=str, name=str, title=str, missed=int, late=int, people=list)
        kinds(one, due=str | None, since=str | None, clause=str | None, role=str | None, command=str | None)
    review = next(one for one in data["obligations"] if one["what"] == "monthly-reviews")
    assert (review["state"], review["due"], review["from"], review["until"], review["late"]) == (
        *("late", "2026-04-01", "2026-03-01", "2026-03-31"),
        19,
    )
    assert pure(place.do("today", "--format", "json", day="2026-04-20")) == data


def test_show_list_and_log(proposed: Place) -> None:
    data = pure(proposed.do("show", ACME, "--json"))
    assert data.keys() == RECORD
    assert (data["schema"], data["file"]) == ("partnerkit.record/1", "records/partnerships/acme.yaml")
    assert data["record"]["stage"] == data["stage"] == "proposed"
    listed = pure(proposed.do("list", "partnership", "--json"))
    assert (listed.keys(), listed["schema"]) == ({"schema", "records", "sought", "boards"}, "partnerkit.list/1")
    assert listed["records"][0].keys() == {"id", "kind", "stage", "policy", "columns", "hits"}
    assert (listed["records"][0]["hits"], listed["sought"], listed["boards"]) == ([], [], None)
    logged = pure(proposed.do("log", ACME, "--json"))
    assert logged.keys() == {"schema", "id", "stage", "entries", "statements", "expunged"}
    assert (logged["schema"], logged["entries"][0]["type"]) == ("partnerkit.log/1", "create")


def test_writers_say_what_landed(proposed: Place) -> None:
    """new, add, set, advance, approve and undo answer alike: the commit, the files, the records."""
    proposed.do("add", ACME, "partnership-proposal", "https://files.example/p")
    steps: dict[str, tuple[str, ...]] = {
        "new": ("new", "risk", "Outage", "of=acme", "type=operational"),
        "add": ("add", ACME, "activities", "kind=joint-events", "title=A talk"),
        "set": ("set", ACME, "website=https://acme.example"),
        "advance": ("advance", ACME),
        "undo": ("undo",),
    }
    for name, words in steps.items():
        data = pure(proposed.do(*words, "--json"))
        assert data.keys() == LANDED, name
        assert data["schema"] == f"partnerkit.{name}/1"
        assert data["commit"] == proposed.git("rev-parse", "HEAD").strip()
        assert data["dry_run"] is False
        assert data["files"] == [one["file"] for one in data["records"]]
        assert data["records"][0].keys() == {"id", "kind", "stage", "file"}
    tried = pure(proposed.do("advance", ACME, "--dry-run", "--json"))
    assert (tried["commit"], tried["dry_run"], tried["records"][0]["stage"]) == (None, True, "assessment")


def test_approve_says_what_landed(proposed: Place) -> None:
    proposed.do("new", "partnership", "Old", "type=universities", *_ADOPTED)
    data = pure(proposed.do("approve", "old", "core-team-review", "--json", by="p-jonas"))
    assert data.keys() == LANDED
    assert (data["schema"], data["records"][0]["id"]) == ("partnerkit.approve/1", "old")


def _waiting(place: Place, name: str) -> None:
    """A partnership that has all that its first gate asks for."""
    objectives = "objectives=[{id: o1, text: learn, supports: [mutually-beneficial]}]"
    place.do("new", "partnership", name.title(), f"id={name}", "type=cloud-providers", objectives)
    place.do("add", name, "partnership-proposal", "https://files.example/proposal")


def test_advance_each_is_one_document(proposed: Place) -> None:
    """Also where one is refused: what landed before it has landed."""
    for name in ("b", "c"):
        _waiting(proposed, name)
    data = pure(proposed.do("advance", "b", "c", "--each", "--json"))
    assert (data.keys(), data["schema"], data["error"]) == (EACH, "partnerkit.advance-each/1", None)
    assert [one["records"][0]["id"] for one in data["landed"]] == ["b", "c"]
    assert data["landed"][1]["commit"] == proposed.git("rev-parse", "HEAD").strip()
    assert all(one.keys() == LANDED and one["schema"] == "partnerkit.advance/1" for one in data["landed"])
    _waiting(proposed, "d")
    said = proposed.run("advance", "d", ACME, "--each", "--json")
    assert said.code == 1
    data = pure(said)
    assert [one["records"][0]["id"] for one in data["landed"]] == ["d"]
    assert (data["error"].keys(), data["error"]["exit_code"]) == (ERROR, 1)
    said = proposed.run("advance", ACME, "--each", "--json")
    assert (said.code, pure(said)["schema"]) == (1, "partnerkit.error/1")


def test_the_form_of_a_scorecard(proposed: Place) -> None:
    data = pure(proposed.do("add", ACME, "criteria-scored", "--form", "--json"))
    assert data.keys() == {"schema", "policy", "requirement", "title", "scale", "criteria"}
    assert (data["schema"], data["scale"]) == ("partnerkit.form/1", [0, 100])
    assert [one["id"] for one in data["criteria"]] == list(CRITERIA)
    assert data["criteria"][0].keys() == {"id", "title", "clause", "points_only"}
    assert pure(proposed.run("add", ACME, "due-diligence", "--form", "--json"))["exit_code"] == 2


def test_a_map_to_be_edited_is_no_json(proposed: Place) -> None:
    said = proposed.run("import", proposed.write("sheet.csv", "name\nOne\n"), "--json")
    assert (said.code, pure(said)["exit_code"]) == (2, 2)


def test_the_roster(proposed: Place) -> None:
    data = pure(proposed.do("person", "show", "--json"))
    assert (data.keys(), data["schema"]) == (PEOPLE, "partnerkit.people/1")
    assert [one["id"] for one in data["people"]] == ["p-jonas", "p-lea", "p-rosa", "p-timo"]
    assert data["people"][0].keys() == {"id", "emails", "keys", "roles"}
    held: dict[str, Any] = {
        "role": "core-team",
        "from": "2026-03-02",
        "until": None,
        "scope": {},
        "seen": None,
        "held": True,
    }
    assert data["people"][0]["roles"] == [held]
    assert [one["id"] for one in pure(proposed.do("person", "show", "p-lea", "--json"))["people"]] == ["p-lea"]


_ADOPTED = ("--adopt", "decision", "--since", "2025-01-01", "--reason", "older than the register")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("advance", ACME), 1),
        (("set", ACME, "name="), 1),
        (("waive", ACME, "due-diligence", "--reason", "x", "--until", "2026-12-31"), 1),
        (("advance", "nobody"), 2),
        (("gates", ACME, "nowhere"), 2),
        (("set", ACME, "nmae=x"), 2),
        (("show", "nobody"), 2),
        (("list", "nothing"), 2),
        (("new", "nothing", "X"), 2),
        (("add", ACME, "nothing", "x"), 2),
        (("approve", ACME, "nothing"), 2),
        (("log", "nobody"), 2),
        (("check", "nothing.yaml"), 2),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else str(value),
)
def test_errors_are_json_too(proposed: Place, words: tuple[str, ...], code: int) -> None:
    said = proposed.run(*words, "--json")
    assert said.code == code
    data = pure(said)
    assert data.keys() == ERROR
    assert (data["schema"], data["exit_code"]) == ("partnerkit.error/1", code)
    kinds(data, message=str, mend=str | None, findings=list)
    assert bool(data["findings"]) == (code == 1)
    for one in data["findings"]:
        assert one.keys() == FINDING


def test_errors_of_the_surroundings_are_json_too(proposed: Place) -> None:
    said = proposed.run("advance", ACME, "--json", by="stranger@nowhere.example")
    assert (said.code, pure(said)["exit_code"]) == (3, 3)


@pytest.mark.parametrize(
    "words",
    [
        ("advance", ACME, "--no-such-option", "--json"),
        ("--json",),
        ("gates", "--json"),
        ("nonsense", "--json"),
        ("policy", "nonsense", "--json"),
        ("-C", "no-such-folder", "list", "--json"),
        ("show", "a\0b", "--json"),
    ],
    ids=repr,
)
def test_a_line_that_cannot_be_parsed_is_json_too_where_json_was_asked_for(
    place: Place, words: tuple[str, ...]
) -> None:
    said = place.run(*words)
    assert said.code == 2
    assert pure(said)["exit_code"] == 2
