"""check-jsonschema says of every record file of every scenario what pydantic says: each sort of file in one go."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from partnerkit.errors import PartnerkitError
from partnerkit.jobs.schemas import schema_files
from partnerkit.store.git.repository import Git
from partnerkit.store.git.trees import WorkingTree
from partnerkit.store.load import load
from partnerkit.store.record_paths import folder_kind
from tests.clients.conftest import program
from tests.made import Played
from tests.place import Place, new_register
from tests.scenarios.codes import test_files, test_records, test_rules
from tests.scenarios.pulls import puller
from tests.scenarios.pulls.gallery import PULLS

ROOT = Path(__file__).resolve().parents[2]
BAD = (*test_records.REFUSED, *test_records.FOUND, *test_rules.CASES)

STATES = sorted({one.state for one in BAD})

#: What nobody sees in a file alone: how it is called, and what is no YAML of ours (other readers take more).
_ELSEWHERE = ("id-differs", "yaml-")

#: The program itself, called as often as there are rows of words on its input.
_EACH = """
import contextlib, io, json, sys
from check_jsonschema import main

def said(words):
    with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.suppress(SystemExit):
        main(words)
    return out.getvalue()

json.dump([said(words) for words in json.load(sys.stdin)], sys.stdout)
"""


@dataclass
class Files:
    """Record files of many registers, each once: below the schemas of its register, which many have in common.

    Attributes:
        home: where they are put.
        ours: what partnerkit finds in each, by its path from there.
    """

    home: Path
    ours: dict[Path, set[str]] = field(default_factory=dict)

    def take(self, root: Path) -> None:
        """Take the record files of a register; none where its rules cannot be read: nothing can judge them."""
        try:
            loaded = load(WorkingTree(Git(root)))
            register = loaded.demand()
            loaded.records.load(list(loaded.records.paths))
        except PartnerkitError:
            return
        schemas = schema_files(register.policies, register.roster)
        group = self.home / _digest("".join(schemas.values()).encode())
        for path, text in schemas.items() if not group.exists() else ():
            (group / path).parent.mkdir(parents=True, exist_ok=True)
            (group / path).write_text(text, encoding="utf-8")
        found = defaultdict(set)
        for one in loaded.records.findings:
            found[one.file].add(one.code)
        for path in loaded.records.paths.values():
            raw = (root / path).read_bytes()
            copy = group / str(folder_kind(path)) / f"{_digest(raw)}.yaml"
            copy.parent.mkdir(exist_ok=True)
            copy.write_bytes(raw)
            self.ours[copy.relative_to(self.home)] = found[path]

    def refused(self) -> Iterator[Path]:
        """The files that check-jsonschema refuses: it begins once, and is called for each folder."""
        rows = [
            ["-o", "json", "--schemafile", f"{folder.parent}/schemas/{folder.name}.json", *map(str, folder.iterdir())]
            for folder in self.home.glob("*/*")
            if folder.name != "schemas"
        ]
        python = str(Path(program("check-jsonschema")).with_name("python"))
        ended = subprocess.run(
            [python, "-c", _EACH], input=json.dumps(rows), capture_output=True, text=True, check=True
        )
        for said in map(json.loads, json.loads(ended.stdout)):
            for one in (*said["errors"], *said.get("parse_errors", ())):
                yield Path(one["filename"]).relative_to(self.home)


def _digest(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()[:16]


@pytest.fixture(scope="module")
def files(played: Played, tmp_path_factory: pytest.TempPathFactory) -> Files:
    """Of every state of the story, and of every bad case, spoilt file and pull request."""
    home = tmp_path_factory.mktemp("files")
    found = Files(home / "files")
    for root in (_spoilt(home / "spoilt"), *(played.reach(state)[0] for state in STATES)):
        found.take(root)
    for number, bad in enumerate(BAD):
        made, day = played.reach(bad.state)
        root = home / str(number)
        shutil.copytree(made, root, symlinks=True)
        bad.do(Place(root, day=day))
        found.take(root)
    puller.base(home / "base")
    for pull in PULLS:
        pull.make(puller.copied(home / "base", home / pull.name, pull.name))
        found.take(home / pull.name)
    return found


def _spoilt(root: Path) -> Path:
    """A register in which a record is spoilt in every way in which a file can be."""
    place = new_register(root)
    spoilt = test_files.BY_FMT | test_files.BY_HAND
    rows = "".join(f"{code},Acme\n" for code in spoilt)
    place.do("new", "partnership", "--from", place.write("new.csv", f"id,name\n{rows}"))
    for code, spoil in spoilt.items():
        bad = spoil(place.text(code))
        place.path(code).write_bytes(bad if isinstance(bad, bytes) else bad.encode())
    return root


@pytest.mark.long
def test_it_says_of_every_scenario_what_pydantic_says(files: Files) -> None:
    theirs = set(files.refused())
    judged = {path for path, codes in files.ours.items() if not any(one.startswith(_ELSEWHERE) for one in codes)}
    ours = {path for path in judged if files.ours[path]}
    assert {path: files.ours[path] for path in (theirs & judged) ^ ours} == {}
    assert len(judged) > 300
    wanted = {"missing-key", "unknown-key", "wrong-value", "unknown-kind", "kind-differs", "policy-unknown"}
    assert {code for path in ours for code in files.ours[path]} == wanted
