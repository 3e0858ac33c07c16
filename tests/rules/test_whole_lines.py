"""The lines that fill fields and lists, the texts at a path, and how a path is written for people."""

from __future__ import annotations

import pytest

from partnerkit.kinds.canonical import canonical
from partnerkit.rules.filling import adding, filling, needed
from partnerkit.rules.texts import field_of, settable, texts_at
from tests.policies.packs import small
from tests.policies.samples import parsed

POLICY = parsed(canonical(small()))
SET, ADD = "partnerkit set acme", "partnerkit add acme"


@pytest.mark.parametrize(
    ("kind", "absent", "line"),
    [
        ("partnership", ["website"], f"{SET} website=<website>"),
        ("partnership", ["website", "starts"], f"{SET} website=<website> starts=<starts>"),
        ("partnership", ["objectives"], f"{ADD} objectives text=<objectives.text>"),
        ("partnership", ["objectives", "website"], f"{SET} objectives=<objectives> website=<website>"),
        ("partnership", ["objectives.text"], f"{SET} objectives=<objectives>"),
        ("partnership", ["objectives.text", "objectives.supports"], f"{SET} objectives=<objectives>"),
        ("partnership", ["roles.board"], f"{SET} roles.board=<roles.board>"),
        ("partnership", ["termination.effective"], f"{SET} termination.effective=<termination.effective>"),
        ("partnership", ["interested"], f"{SET} interested=<interested>"),
        ("partnership", ["unknown.part"], f"{SET} unknown.part=<unknown.part>"),
        ("pairing", ["check-ins.on"], f"{SET} check-ins=<check-ins>"),
        ("pairing", ["check-ins"], f"{ADD} check-ins person=<check-ins.person>"),
        ("pairing", ["goals.measure"], f"{SET} goals=<goals>"),
    ],
)
def test_the_line_that_fills_fields(kind, absent, line):
    assert filling("acme", kind, absent, POLICY) == line


@pytest.mark.parametrize(
    ("kind", "path", "given", "line"),
    [
        ("partnership", "activities", {"kind": "talk"}, f"{ADD} activities kind=talk title=<activities.title>"),
        ("partnership", "activities", {"ref": "here"}, f"{ADD} activities ref=here kind=<activities.kind> title=<activities.title>"),
        ("partnership", "website", {}, None),
        ("partnership", "website", {"kind": "talk"}, None),
        ("partnership", "interested", {}, None),
        ("agreement", "parties", {}, f"{ADD} parties name=<parties.name>"),
    ],
)  # laid out by hand, to be read at a glance  # fmt: skip
def test_the_line_that_adds_to_a_list(kind, path, given, line):
    assert adding("acme", kind, path, POLICY, given) == line


def test_a_list_of_which_nothing_need_be_said_is_added_to_only_where_something_is():
    data = small()
    part = {"clause": "§1.1", "title": "Any."}
    items = {"type": "items", **part, "fields": {"text": {"type": "text", **part}}}
    data["fields"] = {"partnership": {"tours": items}}
    policy = parsed(canonical(data))
    assert adding("acme", "partnership", "tours", policy, {}) is None
    assert adding("acme", "partnership", "tours", policy, {"text": "x"}) == f"{ADD} tours text=x"
    assert filling("acme", "partnership", ["tours"], policy) == f"{SET} tours=<tours>"


@pytest.mark.parametrize(
    ("kind", "keys"),
    [
        ("partnership", []),
        ("agreement", []),
        ("review", ["rhythm", "from", "until"]),
        ("risk", ["type"]),
        ("pairing", ["programme", "participants"]),
        ("application", ["applicant", "as", "applied"]),
    ],
)
def test_what_a_new_record_needs(kind, keys):
    assert needed(POLICY, kind) == keys


DATA = {
    "name": "Acme",
    "size": 3,
    "roles": {"board": "p-ann", "chair": "p-bob"},
    "goals": [{"id": "g1", "text": "One."}, {"text": "Two.", "steps": [{"id": "s1", "text": "A."}, "B."]}],
    "tags": ["red", "blue"],
    "text": {"text": "Of its own."},
}


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("name", {("name",): "Acme"}),
        ("size", {}),
        ("nothing", {}),
        ("name.part", {}),
        ("roles", {("roles", "board"): "p-ann", ("roles", "chair"): "p-bob"}),
        ("roles.chair", {("roles", "chair"): "p-bob"}),
        ("goals.text", {("goals", 0, "text"): "One.", ("goals", 1, "text"): "Two."}),
        ("goals.id", {("goals", 0, "id"): "g1"}),
        ("goals.steps", {("goals", 1, "steps", 0, "id"): "s1", ("goals", 1, "steps", 0, "text"): "A.", ("goals", 1, "steps", 1): "B."}),
        ("goals.steps.text", {("goals", 1, "steps", 0, "text"): "A."}),
        ("tags", {("tags", 0): "red", ("tags", 1): "blue"}),
    ],
)  # laid out by hand, to be read at a glance  # fmt: skip
def test_the_texts_at_a_path(path, found):
    assert dict(texts_at(DATA, path)) == found


@pytest.mark.parametrize(
    ("keys", "path", "field"),
    [
        (("name",), "name", "name"),
        (("roles", "chair"), "roles.chair", "roles.chair"),
        (("goals", 0, "text"), "goals.g1.text", "goals.text"),
        (("goals", 1, "text"), "goals", "goals.text"),
        (("goals", 1, "steps", 0, "text"), "goals", "goals.steps.text"),
        (("tags", 1), "tags", "tags"),
    ],
)
def test_how_a_path_is_written(keys, path, field):
    assert settable(DATA, keys) == path
    assert field_of(keys) == field
