"""`setup editor`: settings for VS Code that lose nothing of a person's, a first line of records that commands keep."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.place import Place

SETTINGS = ".vscode/settings.json"


def _settings(place: Place) -> str:
    return (place.root / SETTINGS).read_text(encoding="utf-8")


def _write(place: Place, text: str) -> None:
    (place.root / ".vscode").mkdir(exist_ok=True)
    (place.root / SETTINGS).write_text(text, encoding="utf-8")


def test_every_sort_of_file_has_its_schema(place: Place) -> None:
    assert place.run("setup", "editor", "--check").code == 1
    place.do("setup", "editor")
    globs = json.loads(_settings(place))["yaml.schemas"]
    assert globs["schemas/partnership.json"] == "records/partnerships/**/*.yaml"
    assert globs["schemas/people.json"] == "records/people.yaml"
    assert {path for path in globs if not (place.root / path).is_file()} == set()
    extensions = json.loads((place.root / ".vscode/extensions.json").read_text(encoding="utf-8"))
    assert extensions == {"recommendations": ["redhat.vscode-yaml"]}
    assert "everything is in step" in place.do("setup", "editor", "--check").out


def test_settings_of_one_s_own_stay(place: Place) -> None:
    mine = {"editor.tabSize": 2, "yaml.schemas": {"x.json": "x.yaml", "schemas/risk.json": "more/*.yaml"}}
    _write(place, json.dumps(mine, indent="\t"))
    place.do("setup", "editor")
    found = json.loads(_settings(place))
    assert list(found) == list(mine)
    assert found["yaml.schemas"]["x.json"] == "x.yaml"
    assert found["yaml.schemas"]["schemas/risk.json"] == ["more/*.yaml", "records/risks/**/*.yaml"]
    assert _settings(place).startswith('{\n\t"editor.tabSize": 2,\n')
    assert "everything is in step" in place.do("setup", "editor").out


def test_settings_with_comments_are_told_what_to_add(place: Place) -> None:
    mine = '{\n  // mine, "as I like it"\n  "a": "// no comment", /* nor\n this */ "b": ",}",\n}\n'
    _write(place, mine)
    said = place.run("setup", "editor", "--json")
    assert said.code == 1
    assert _settings(place) == mine
    (found,) = said.json["findings"]
    assert (found["code"], found["file"]) == ("setup-changed-by-hand", SETTINGS)
    lines = found["mend"].removeprefix("add to it: ")
    _write(place, mine.replace("}\n", f"{lines},\n}}\n"))
    assert "everything is in step" in place.do("setup", "editor").out


OURS = "records/risks/**/*.yaml"


@pytest.mark.parametrize(
    ("mine", "around"),
    [
        ('{"zoom": 1.50, "a": {}}', '{"zoom": 1.50, "a": {}, NEW}'),
        ('{\n\t"zoom": 1e2 ,\n\t"a" : [ 1,2 ]\n}\n', '{\n\t"zoom": 1e2 ,\n\t"a" : [ 1,2 ],\n\tNEW\n}\n'),
        ('{\r\n    "zoom": 1.50\r\n}', '{\r\n    "zoom": 1.50,\r\n    NEW\r\n}'),
        (' {\n "a\\u0062": "\\/ü"}', ' {\n "a\\u0062": "\\/ü",\n NEW}'),
        ("{ }", "{NEW }"),
    ],
)
def test_every_byte_of_one_s_own_stays(place: Place, mine: str, around: str) -> None:
    (place.root / ".vscode").mkdir()
    (place.root / SETTINGS).write_bytes(mine.encode())
    place.do("setup", "editor")
    before, _, after = around.partition("NEW")
    made = (place.root / SETTINGS).read_bytes().decode()
    assert made.startswith(before + '"yaml.schemas": {')
    assert made.endswith(after)
    assert json.loads(made)["yaml.schemas"]["schemas/risk.json"] == OURS
    assert "everything is in step" in place.do("setup", "editor").out


def test_a_glob_of_one_s_own_stays_as_it_is_written(place: Place) -> None:
    place.do("setup", "editor")
    _write(place, _settings(place).replace(f'"{OURS}"', '"more\\u002f*"').replace('"records/people.yaml"', "[ ]"))
    place.do("setup", "editor")
    assert f'"schemas/risk.json": ["more\\u002f*", "{OURS}"]' in _settings(place)
    assert '"schemas/people.json": ["records/people.yaml" ]' in _settings(place)


def test_an_extension_that_one_does_not_want_is_not_recommended(place: Place) -> None:
    place.do("setup", "editor")
    path = place.root / ".vscode/extensions.json"
    mine = '{"unwantedRecommendations": ["redhat.vscode-yaml"]}'
    path.write_text(mine, encoding="utf-8")
    assert "everything is in step" in place.do("setup", "editor").out
    assert path.read_text(encoding="utf-8") == mine


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        "nonsense",
        "",
        '{"a": 1, "a": 2}',
        '{"yaml.schemas": ["mine.json"]}',
        '{"yaml.schemas": {"schemas/risk.json": 3}}',
        '{"yaml.schemas": null}',
    ],
)
def test_what_is_no_settings_is_left_alone(place: Place, text: str) -> None:
    _write(place, text)
    assert place.run("setup", "editor").code == 1
    assert _settings(place) == text


def test_the_first_line_of_a_record_survives_commands(place: Place) -> None:
    place.do("new", "partnership", "Acme", "type=cloud-providers")
    honest = place.text("acme")
    place.do("setup", "editor", "--modeline")
    first = "# yaml-language-server: $schema=../../schemas/partnership.json\n"
    assert place.text("acme") == first + honest
    assert "0 errors" in place.do("check").out
    place.git("add", "-A")
    place.git("commit", "-qm", "first lines")
    place.do("set", "acme", "name=Acme again")
    place.do("add", "acme", "activities", "kind=joint-events", "title=A talk")
    assert place.text("acme").startswith(first)
    assert place.run("fmt", "--check").code == 0
    assert place.run("audit").code == 0
    assert "everything is in step" in place.do("setup", "editor", "--modeline").out
    place.edit("acme", "../../schemas/", "../schemas/")
    assert place.run("setup", "editor", "--modeline", "--check").code == 1
    place.do("setup", "editor", "--modeline")
    assert place.text("acme").startswith(first + "format: 1\n")


@pytest.mark.parametrize(
    "lines",
    [
        "# yaml-language-server: $schema=https://my.example/own.json\n",
        "# yaml-language-server: $schema=../../schemas/partnership.json and mine\n",
        "# a note\n#yaml-language-server: $schema=own.json\n",
        "%YAML 1.2\n---\n",
        "\ufeff",
    ],
)
def test_a_schema_that_a_person_named_stays(place: Place, lines: str) -> None:
    place.do("new", "partnership", "Acme", "type=cloud-providers")
    mine = lines + place.text("acme")
    place.path("acme").write_text(mine, encoding="utf-8")
    for words in (("--check",), ()):
        said = place.json("setup", "editor", "--modeline", *words)
        told = [(one["code"], one["file"]) for one in said["findings"] if one["code"] != "setup-stale"]
        assert told == [("setup-changed-by-hand", "records/partnerships/acme.yaml")]
        assert place.text("acme") == mine


def test_the_first_line_ends_as_the_others_do(place: Place) -> None:
    place.do("new", "partnership", "Acme", "type=cloud-providers")
    mine = place.text("acme").encode().replace(b"\n", b"\r\n")
    place.path("acme").write_bytes(mine)
    place.do("setup", "editor", "--modeline")
    first = b"# yaml-language-server: $schema=../../schemas/partnership.json\r\n"
    assert place.path("acme").read_bytes() == first + mine
    assert "everything is in step" in place.do("setup", "editor", "--modeline").out


def test_schemas_follow_the_roster_and_drift_is_told(place: Place) -> None:
    assert place.run("setup", "schemas", "--check").code == 0
    place.do("person", "add", "p-ines", "--email", "ines@lighthouse.example", "--role", "core-team")
    assert place.run("setup", "schemas", "--check").code == 0
    people = place.root / "records" / "people.yaml"
    people.write_text(people.read_text(encoding="utf-8").replace("p-ines", "p-omar"), encoding="utf-8")
    found = place.json("setup", "schemas", "--check")["findings"]
    assert [(one["code"], one["file"]) for one in found] == [("schema-stale", "schemas/roster.json")]
    assert "schemas/ is out of step: schemas/roster.json" in place.run("doctor").out


@pytest.mark.parametrize("words", [(), ("--check",)])
def test_no_schema_is_written_through_a_link(place: Place, tmp_path: Path, words: tuple[str, ...]) -> None:
    elsewhere = tmp_path / "elsewhere"
    (place.root / "schemas").rename(elsewhere)
    (elsewhere / "roster.json").write_text("mine", encoding="utf-8")
    (place.root / "schemas").symlink_to(elsewhere)
    said = place.run("setup", "schemas", *words)
    assert said.code == 1
    assert "schemas/roster.json is no plain file" in said.out
    assert (elsewhere / "roster.json").read_text(encoding="utf-8") == "mine"
    (place.root / "schemas").unlink()
    (place.root / "schemas").mkdir()
    (place.root / "schemas" / "roster.json").symlink_to(elsewhere / "roster.json")
    found = place.json("setup", "schemas", *words)["findings"]
    assert [one["file"] for one in found if one["code"] == "setup-changed-by-hand"] == ["schemas/roster.json"]
    assert (elsewhere / "roster.json").read_text(encoding="utf-8") == "mine"
    assert (place.root / "schemas" / "roster.json").is_symlink()
