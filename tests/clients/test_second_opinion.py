"""check-jsonschema, which reads our files and schemas by itself, says of every record what partnerkit says."""

from __future__ import annotations

import json
import re
import shutil
from collections import defaultdict
from pathlib import Path

import pytest

from partnerkit.store.git.repository import Git
from partnerkit.store.git.trees import WorkingTree
from partnerkit.store.load import load
from partnerkit.store.record_paths import folder_kind, record_id
from tests.clients.conftest import ask, program
from tests.place import Place

ROOT = Path(__file__).resolve().parents[2]

#: Ways to break a record, each with what it does to the text: every one is wrong for whoever reads it.
BROKEN = {
    "another stage": lambda text: re.sub(r"^stage: .*$", "stage: nowhere", text, count=1, flags=re.MULTILINE),
    "no stage": lambda text: re.sub(r"^stage: .*\n", "", text, count=1, flags=re.MULTILINE),
    "a key that nobody knows": lambda text: text.replace("\nhistory:", "\nremark: well\nhistory:", 1),
    "a list where text stands": lambda text: re.sub(r"^id: .*$", "id: [a, b]", text, count=1, flags=re.MULTILINE),
    "a moment without its zone": lambda text: re.sub(r"(at: \S+?)Z", r"\1", text, count=1),
    "an entry by nobody": lambda text: re.sub(
        r"\n    by: .*(?=\n(?:.*\n)*?    seal)|, by: [a-z0-9-]+", "", text, count=1
    ),
}


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example, and of each kind under each policy one record broken in every way, in files beside it."""
    root = tmp_path_factory.mktemp("opinion") / "register"
    for name in ("records", "schemas"):
        shutil.copytree(ROOT / name, root / name)
    Place(root).git("init", "-q")
    done: set[tuple[str | None, str]] = set()
    for path in sorted((root / "records").rglob("*.yaml")):
        kept, text = path.relative_to(root).as_posix(), path.read_text(encoding="utf-8")
        sort = folder_kind(kept), (re.findall(r"^policy: .*$", text, re.MULTILINE) or [""])[0]
        if record_id(kept) and sort not in done:
            done.add(sort)
            for number, change in enumerate(BROKEN.values(), 1):
                other = path.with_name(f"{path.stem}-broken-{number}.yaml")
                renamed = re.sub(r"^id: .*$", f"id: {other.stem}", text, count=1, flags=re.MULTILINE)
                other.write_text(change(renamed), encoding="utf-8")
    return root


def _by_schema(root: Path) -> dict[str, set[str]]:
    """The files that check-jsonschema refuses, by kind: each kind's files in one go."""
    by_kind: defaultdict[str, list[str]] = defaultdict(list)
    for path in sorted((root / "records").rglob("*.yaml")):
        kept = path.relative_to(root).as_posix()
        kind = folder_kind(kept)
        if record_id(kept) and kind:
            by_kind[kind].append(kept)
    refused: dict[str, set[str]] = {}
    for kind, paths in by_kind.items():
        said = ask(program("check-jsonschema"), "-o", "json", "--schemafile", f"schemas/{kind}.json", *paths, cwd=root)
        found = json.loads(said.stdout)
        assert not found.get("parse_errors"), found["parse_errors"]
        refused[kind] = {one["filename"] for one in found["errors"]}
        assert (said.returncode != 0) == bool(refused[kind])
    return refused


def test_it_refuses_what_partnerkit_refuses_and_nothing_else(register: Path) -> None:
    theirs = {path for paths in _by_schema(register).values() for path in paths}
    loaded = load(WorkingTree(Git(register)))
    loaded.records.load(list(loaded.records.paths))
    ours = {one.file for one in loaded.records.findings if one.severity == "error"}
    assert theirs == ours
    broken = {path for path in theirs if "-broken-" in path}
    assert theirs == broken
    every = {path.relative_to(register).as_posix() for path in (register / "records").rglob("*-broken-*.yaml")}
    assert broken == every
