"""Blocks and lists typed on the command line: what is wrong in them is named where it is, with the keys known there."""

from __future__ import annotations

import pytest

from partnerkit.jobs.values import meant
from tests.story import ACME, SCORES


@pytest.fixture
def agreement(place):
    place.do("new", "partnership", "Acme")
    place.do("new", "agreement", "Cooperation 2026", "partnership=acme")
    return place


def test_an_unknown_key_is_answered_with_the_keys_of_that_very_place(agreement):
    said = agreement.refuse("set", "acme-2026", "terms.confidentiality={status: not-applicable, why: none}")
    assert "terms.confidentiality: there is no key 'why' here (the keys here: status, where, reason)" in said.all
    said = agreement.refuse("set", "acme", "commitments=[{id: c1, text: builds, by: us}]")
    assert "commitments, item 1: there is no key 'id' here (the keys here: by, text)" in said.all
    said = agreement.refuse("set", "acme-2026", "parties=[{id: us, nam: Lighthouse}]")
    assert "parties, item 1: there is no key 'nam' here; did you mean name? (the keys here: id, name)" in said.all


def test_a_missing_key_names_its_item(agreement):
    said = agreement.refuse("set", "acme", "objectives=[{id: o1, text: Builds}, {text: More}]")
    assert "objectives, item 2: the key 'id' is missing" in said.all


def test_new_asks_for_its_own_keys_only_and_gives_the_whole_line(place):
    place.do("new", "partnership", "Acme")
    said = place.wrong("new", "risk", "The sponsor's leaving", "of=acme", "owner=p-rosa")
    assert "partnerkit new risk 'The sponsor'\"'\"'s leaving' of=acme owner=p-rosa type=<type>" in said.err
    said = place.refuse("new", "partnership", "Beta", "objectives=[{txt: x}]")
    assert "objectives, item 1: there is no key 'txt' here; did you mean text?" in said.all
    assert "also needs" not in said.all


def test_a_gate_says_what_a_field_is_to_hold_and_offers_a_line_of_a_list(agreement):
    asked = {one["id"]: one for one in agreement.json("gates", "acme")["requirements"]}
    assert asked["proposal-objectives"]["missing"].endswith("Missing: objectives (a list of {id, text, supports})")
    assert asked["proposal-objectives"]["command"] == "partnerkit add acme objectives text=<objectives.text>"
    agreement.do("add", "acme", "objectives", "text=Free builds")
    assert agreement.json("show", "acme")["record"]["objectives"] == [{"id": "o1", "text": "Free builds"}]


def test_who_brings_something_in_is_not_who_types_it(agreement):
    agreement.do("add", "acme", "commitments", "by=partner", "text=Builds")
    said = agreement.refuse("add", "acme", "commitments", "text=Builds")
    assert "commitments, item 2: the key 'by' is missing" in said.all


@pytest.mark.parametrize(
    ("value", "why", "mend"),
    [
        ("[{id: o1, text: Yes}]", "`Yes` without quotes is read differently", 'write "Yes" if text is meant'),
        ("[{id: o1, text: 24/7 support: yes}]", "or a text that holds `: ` has no quotes", "into double quotes"),
        ("[{id: o1, text: Builds}", "a bracket is not closed", "close it with ] or }"),
        ("[o1, No]", "`No` without quotes is read differently", 'write "No" if text is meant'),
    ],
)
def test_a_value_that_yaml_cannot_read_says_what_the_reader_said(agreement, value, why, mend):
    said = agreement.wrong("set", "acme-2026", f"objectives={value}").err
    assert f"objectives: {value!r} cannot be read: " in said
    assert why in said
    assert mend in said
    assert "write a list" not in said


def test_a_list_in_a_line_of_a_log_is_read_like_any_other(agreement):
    agreement.do("add", "acme", "objectives", "text=Builds", "supports=mutually-beneficial")
    agreement.do("add", "acme", "objectives", "text=More", "supports=[mutually-beneficial]")
    found = agreement.json("show", "acme")["record"]["objectives"]
    assert [one["supports"] for one in found] == [["mutually-beneficial"]] * 2
    said = agreement.wrong("add", "acme", "objectives", "text=x", "supports=[mutually-beneficial, No]").err
    assert "supports: '[mutually-beneficial, No]' cannot be read: `No` without quotes" in said


def test_a_wrong_value_is_answered_with_a_line(agreement):
    said = agreement.refuse("set", "acme", "starts=soon").err
    assert "partnerkit set acme starts=<day>" in said
    agreement.edit("acme", "name: Acme", "name: []")
    path = "records/partnerships/acme.yaml"
    back = f"git restore --staged --worktree -- {path} takes back what has not landed"
    assert agreement.findings()[0]["mend"] == f"correct it there, then: partnerkit check {path}; or {back}"


@pytest.mark.parametrize(
    ("old", "new", "line", "why"),
    [
        ("  score: 70\n", "  score: seventy\n", 2, "mission-alignment.score is “seventy”: write a whole number"),
        ("  score: 70\n", "  score:\n", 1, "give either a score or `not-applicable: true`, and why"),
        ("  why: it fits\n", "  reason: it fits\n", 3, "there is no key 'reason' here"),
        ("  why: it fits\n", "  why: Yes\n", 3, "`Yes` without quotes"),
        ("mission-alignment:\n", "mission-alinement:\n", 1, "no criterion 'mission-alinement'; did you mean"),
        ("  score: 70\n", "  score: 101\n", 2, "mission-alignment.score is 101: at most 100"),
        ("mission-alignment:\n  score: 70\n  why: it fits\n", "mission-alignment: good\n", 1, "'good' is no mark"),
    ],
)
def test_a_file_of_marks_is_answered_with_its_own_lines(at, old, new, line, why):
    place = at("assessment")
    file = place.write("scores.yaml", SCORES.replace(old, new, 1))
    said = place.wrong("add", ACME, "criteria-scored", file).err
    assert f"{file}:{line}: " in said
    assert why in " ".join(said.split())


def test_a_file_that_holds_a_list_is_answered_with_its_own_lines(agreement):
    file = agreement.write("list.yaml", "- id: o1\n  text: Yes\n")
    said = agreement.wrong("set", "acme", f"objectives=@{file}").err
    assert f"{file}:2: `Yes` without quotes" in said


def test_a_part_of_every_item_is_set_at_once(agreement):
    """`*` stands for every item of a list; an id that there is not is told, with those that there are."""
    agreement.do("set", "acme", "objectives=[{id: o1, text: Builds}, {id: o2, text: Learns}]")
    agreement.do("set", "acme", "objectives.*.supports=mutually-beneficial")
    found = agreement.json("show", "acme")["record"]["objectives"]
    assert [(one["id"], one["supports"]) for one in found] == [
        ("o1", ["mutually-beneficial"]),
        ("o2", ["mutually-beneficial"]),
    ]
    said = agreement.wrong("set", "acme", "objectives.o3.text=Dances")
    assert "there is no item with the id 'o3' here" in said.err
    assert "the ids: o1, o2; * means all of them" in said.err
    agreement.do("set", "acme", "objectives.*.supports=")
    assert all("supports" not in one for one in agreement.json("show", "acme")["record"]["objectives"])


LONG = " ".join(["word"] * 40)


@pytest.mark.parametrize(
    "text", [f"{LONG} #1 {LONG}", f"{LONG} # 1", f'"{LONG}"', f"'{LONG}'", f"[{LONG}]", f"{{a: {LONG}}}", f"- {LONG}"]
)
def test_a_text_that_is_too_long_is_refused_as_it_was_typed(agreement, text):
    """None of it is read as a comment, quotes, a list or a block: what is left would have been short enough."""
    assert "at most 200" in agreement.refuse("set", "acme", f"name={text}").all
    assert "at most 200" in agreement.refuse("new", "partnership", "--", text).all
    quoted = text.replace('"', '""')
    rows = agreement.write("rows.csv", f'name\n"{quoted}"\n')
    assert "at most 200" in agreement.refuse("new", "partnership", "--from", rows).all


@pytest.mark.parametrize(
    "text", ["#1", "Acme #1", "Acme: the #1", '"Acme"', "[Acme]", "&Acme *", "!Acme", "- Acme", "~"]
)
def test_a_short_text_is_kept_as_it_was_typed(agreement, text):
    agreement.do("set", "acme", f"name={text}")
    assert agreement.json("show", "acme")["record"]["name"] == text


@pytest.mark.parametrize("field", ["starts=2026-04-01 # or so", "owner=p-rosa # for now", "commitments=[] # none yet"])
def test_what_yaml_would_drop_as_a_comment_is_not_dropped(agreement, field):
    said = agreement.run("set", "acme", field)
    assert said.code != 0, said.all
    assert agreement.run("set", "acme", "objectives=[{id: o1, text: a, #1\n supports: [b]}]").code == 2


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ('"one, and two", three', ["one, and two", "three"]),
        ("one, two", ["one", "two"]),
        ("one #1, two", ["one #1", "two"]),
        ('one "1", two', ['one "1"', "two"]),
    ],
)
def test_a_comma_in_quotes_parts_nothing(text, parts):
    assert meant("tags", text, lambda value: isinstance(value, list)) == parts


def test_a_block_is_asked_for_by_its_keys(agreement):
    """What was typed right stays in the line; what is missing stands there by its key, and its choices are told."""

    def line(*words: str) -> str:
        return f"    → partnerkit set acme {' '.join(words)}\n"

    trigger, day = "termination.trigger=<termination.trigger>", "termination.effective=<day>"
    said = agreement.refuse("set", "acme", "termination.effective=2026-12-31").err
    assert "the key 'trigger' is missing: 'performance-issues', " in said
    assert line("termination.effective=2026-12-31", trigger) in said
    said = agreement.refuse("set", "acme", "termination.trigger=mutual").err
    assert said.count(line(trigger, day)) == 2
    assert line(trigger, day) in agreement.refuse("set", "acme", "termination=mutual").err
    said = agreement.refuse("set", "acme", "termination.trigger=expiry", "termination.effective=soon").err
    assert line("termination.trigger=expiry", day) in said
    block = "termination={effective: 2026-12-31}"
    assert line(f"'{block}'", trigger) in agreement.refuse("set", "acme", block).err
    long = "x" * 200
    assert line("name=<name>", "starts=<day>") in agreement.refuse("set", "acme", f"name={long}", "starts=soon").err


def test_what_stands_in_a_list_is_asked_for_by_its_item(agreement):
    """An item has an id that leads to it; where it has none, the whole list is given anew."""
    agreement.do("set", "acme", "objectives=[{id: talks, text: Talks}]")
    said = agreement.refuse("set", "acme", "objectives.talks.text=").err
    assert "→ partnerkit set acme objectives.talks.text=<objectives.talks.text>\n" in said
    said = agreement.refuse("set", "acme", "objectives=[{text: Talks}]").err
    assert "→ partnerkit set acme objectives=<objectives>\n" in said
