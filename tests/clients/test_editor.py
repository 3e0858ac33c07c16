"""yaml-language-server, as `setup editor` sets VS Code up: marks what is wrong, offers what may stand there."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.clients.conftest import of_node
from tests.clients.lsp import Server, serving
from tests.place import Place

ROOT = Path(__file__).resolve().parents[2]
SERVER = "yaml-language-server/bin/yaml-language-server"
PARTNERSHIP = "records/partnerships/harbour-robotics.yaml"


@dataclass
class Editor:
    """An editor in which a register is open."""

    server: Server
    root: Path

    def marks(self, path: str) -> list[str]:
        return self.server.diagnostics(self.root / path)

    def marks_in_a_copy(self, path: str, old: str, new: str) -> list[str]:
        """What is marked in a record with a change, which the editor opens for the first time."""
        copy = self.root / path.replace(".yaml", f"-{len(self.server.versions)}.yaml")
        copy.write_text(_replaced((ROOT / path).read_text(encoding="utf-8"), old, new), encoding="utf-8")
        return self.server.diagnostics(copy)

    def offers(self, path: str, key: str, after: str = "") -> list[str]:
        """What is offered as the value of a key: of the first that stands after a text."""
        text = (ROOT / path).read_text(encoding="utf-8")
        start = text.index(f"{key}: ", text.index(after)) + len(key) + 2
        value = text[start : text.index("\n", start)]
        full = self.root / path
        full.write_text(text[:start] + text[start + len(value) :], encoding="utf-8")
        before = text[:start]
        return self.server.completions(full, before.count("\n"), start - before.rfind("\n") - 1)


def _replaced(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    words = of_node(SERVER)
    root = tmp_path_factory.mktemp("editor") / "register"
    for name in ("records", "schemas"):
        shutil.copytree(ROOT / name, root / name)
    place = Place(root)
    place.git("init", "-q")
    place.do("setup", "editor")
    settings = json.loads((root / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    asked = {"validate": True, "completion": True, "hover": True, "schemaStore": {"enable": False}}
    with serving(words, root, {"yaml": {"schemas": settings["yaml.schemas"], **asked}}) as server:
        yield Editor(server, root)


def test_what_is_right_is_not_marked(editor: Editor) -> None:
    paths = ["records/register.yaml", "records/people.yaml", "records/policies/OPS-05-03.yaml"]
    folders = sorted((ROOT / "records").iterdir())
    paths += [
        next(one.rglob("*.yaml")).relative_to(ROOT).as_posix()
        for one in folders
        if one.is_dir() and one.name not in {"policies", "evidence"}
    ]
    assert {path: editor.marks(path) for path in paths} == {path: [] for path in paths}


@pytest.mark.parametrize(
    ("old", "new", "mark"),
    [
        ("stage: ", "stage: in-", "Value is not accepted"),
        ("name: ", "nmae: ", "nmae"),
        ("format: 1", "format: 2", "1"),
    ],
)
def test_what_is_wrong_is_marked(editor: Editor, old: str, new: str, mark: str) -> None:
    assert any(mark in one for one in editor.marks_in_a_copy(PARTNERSHIP, old, new))


def test_stages_of_the_record_s_policy_are_offered(editor: Editor) -> None:
    """harbour-robotics is under OPS-05-03; `engaging` is a stage of another policy."""
    offered = editor.offers(PARTNERSHIP, "stage")
    assert {"proposed", "assessment", "detailed-review", "decision", "active"} <= set(offered)
    assert "engaging" not in offered


def test_categories_are_offered(editor: Editor) -> None:
    assert "corporate/technology/cloud-providers" in editor.offers(PARTNERSHIP, "type")


@pytest.mark.parametrize(
    ("key", "one"), [("requirement", "core-team-review"), ("by", "p-jonas"), ("role", "core-team")]
)
def test_who_may_decide_on_what_in_which_role_is_offered(editor: Editor, key: str, one: str) -> None:
    assert one in editor.offers("records/partnerships/northwind-cloud-cooperative.yaml", key, "\napprovals:")


def test_people_of_the_roster_are_offered_for_the_roles_of_a_partnership(editor: Editor) -> None:
    path = "records/partnerships/northwind-cloud-cooperative.yaml"
    assert "p-jonas" in editor.offers(path, "partnership-manager", "\nroles:")


def test_roles_are_offered_in_the_roster(editor: Editor) -> None:
    assert "legal-reviewer" in editor.offers("records/people.yaml", "role")


def test_hovering_says_what_a_key_is(editor: Editor) -> None:
    lines = (ROOT / PARTNERSHIP).read_text(encoding="utf-8").splitlines()
    line = next(number for number, one in enumerate(lines) if one.startswith("stage:"))
    path = editor.root / PARTNERSHIP
    assert "Where the record stands." in editor.server.hover(path, line, 2)


def test_a_first_line_is_enough_for_any_editor(tmp_path: Path) -> None:
    words = of_node(SERVER)
    for name in ("records", "schemas"):
        shutil.copytree(ROOT / name, tmp_path / name)
    place = Place(tmp_path)
    place.git("init", "-q")
    place.do("setup", "editor", "--modeline")
    path = tmp_path / PARTNERSHIP
    with serving(words, tmp_path, {"yaml": {"validate": True, "schemaStore": {"enable": False}}}) as server:
        assert server.diagnostics(path) == []
        wrong = path.with_name("wrong.yaml")
        wrong.write_text(_replaced(path.read_text(encoding="utf-8"), "stage: ", "stage: in-"), encoding="utf-8")
        assert any("not accepted" in one for one in server.diagnostics(wrong))
