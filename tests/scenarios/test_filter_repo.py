"""docs/erasing.md word for word, with the real git-filter-repo; passed over where that is not installed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tests.conftest import At
from tests.place import Place, environment
from tests.story import ACME

NAME = "Ada Löwenherz"
DOCS = Path(__file__).parents[2] / "docs" / "erasing.md"


def told() -> str:
    """The commands of the page, one after the other."""
    part = DOCS.read_text(encoding="utf-8").partition("<!-- rewriting -->")[2].partition("<!-- /rewriting -->")[0]
    blocks = re.findall(r"^ *```sh\n(.*?)^ *```$", part, re.MULTILINE | re.DOTALL)
    assert len(blocks) == 4
    return "set -e\n" + "".join(map(textwrap.dedent, blocks))


@pytest.fixture
def shared(at: At, tmp_path: Path) -> tuple[Place, Path]:
    """A register whose history holds a name in everything that git-filter-repo changes, and the repository all share."""
    place = at("decided")
    place.do("add", ACME, "communications", "kind=core-team-updates", f"summary={NAME} wrote")
    place.do("new", "risk", "They fold", f"of={ACME}", "type=financial", "id=fold")
    place.do("set", "fold", f"analysis=Says {NAME}")
    place.do("set", "fold", "analysis=Nobody knows")
    place.git("switch", "-qc", "draft")
    (place.root / "NOTES.md").write_text(f"{NAME} (Ada\n  Löwenherz)\n", encoding="utf-8")
    place.git("add", "NOTES.md")
    place.git("commit", "-qm", f"notes of {NAME}", "--no-verify")
    place.git("switch", "-q", "main")
    place.git("tag", "-a", "v1", "-m", f"approved by {NAME}")
    place.git("notes", "add", "-m", f"ask {NAME}")
    hub = tmp_path / "hub.git"
    place.git("clone", "-q", "--mirror", ".", str(hub))
    return place, hub


def objects(git_dir: Path, text: str) -> int:
    """How many objects that a branch, tag or note reaches hold a text."""

    def git(*words: str) -> bytes:
        return subprocess.run(["git", *words], cwd=git_dir, capture_output=True, check=True).stdout

    reached = [row.split(b" ")[0].decode() for row in git("rev-list", "--objects", "--all").splitlines()]
    tags = git("for-each-ref", "--format=%(objectname)", "refs/tags").decode().split()
    return sum(text.encode() in git("cat-file", "-p", one) for one in {*reached, *tags})


def test_the_page_word_for_word(shared: tuple[Place, Path], tmp_path: Path) -> None:
    place, hub = shared
    file = tmp_path / "expressions.txt"
    root = place.json("audit", day="2026-03-31")["trust_root"]
    spellings = place.write("spellings.txt", f"{NAME}\n")
    said = place.do("person", "forget", spellings, "--reason", "asked", "--out", str(file), "--json")
    place.git("push", "-q", str(hub), "main")
    assert objects(hub, NAME) > 5
    script = told()
    for word, value in {"URL": str(hub), "FILE": str(file), "DIGEST": root, "ID": said.json["id"]}.items():
        script = re.sub(rf"\b{word}\b", value, script)
    folder = tmp_path / "work"
    folder.mkdir()
    env = environment() | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    ended = subprocess.run(["sh", "-c", script], cwd=folder, env=env, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "history was rewritten for it" in ended.stdout
    assert objects(hub, NAME) == objects(folder / "anew", NAME) == 0
    assert objects(hub, f"expunged:{said.json['id']}") > 5
    anew = Place(folder / "anew", day=None)
    assert "marker-unexplained" in {one["code"] for one in anew.json("audit")["findings"]}
