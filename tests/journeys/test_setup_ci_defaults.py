"""`setup ci` where nobody says from where, and for which branch: what is true of this installation, and of the files."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from partnerkit import __version__
from tests.place import Place

SETUP = ("setup", "ci", "--forge", "github")
MAIN = ".github/workflows/partnerkit-main.yml"
REPOSITORY = "https://forge.example/tools/partnerkit"
COMMIT = "0b" * 20
BY_COMMIT = {"url": REPOSITORY, "vcs_info": {"vcs": "git", "commit_id": COMMIT}}


def _installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, noted: Any) -> None:
    """An installation as installers leave it, found before any other."""
    info = tmp_path / "site" / f"partnerkit-{__version__}.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: partnerkit\nVersion: {__version__}\n")
    if noted is not None:
        (info / "direct_url.json").write_text(json.dumps(noted))
    monkeypatch.syspath_prepend(str(info.parent))


def _source(place: Place) -> list[str]:
    return re.findall(r"^ +PARTNERKIT: (.*)$", (place.root / MAIN).read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize(
    ("noted", "source"), [(None, f"partnerkit=={__version__}"), (BY_COMMIT, f"git+{REPOSITORY}@{COMMIT}")]
)
def test_others_install_from_where_this_one_came(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, noted: Any, source: str
) -> None:
    _installed(tmp_path, monkeypatch, noted)
    place.do(*SETUP)
    assert _source(place) == [source]


@pytest.mark.parametrize(
    ("noted", "says"),
    [
        ({"url": "file:///home/rosa/partnerkit", "dir_info": {"editable": True}}, "from a folder"),
        ({"url": "file:///tmp/partnerkit.whl", "archive_info": {}}, "not installed from a package index"),
        (BY_COMMIT | {"url": "ssh://git@forge.example/partnerkit"}, "not installed from a package index"),
        (BY_COMMIT | {"url": "https://me:secret@forge.example/partnerkit"}, "not installed from a package index"),
        (BY_COMMIT | {"subdirectory": "python"}, "not installed from a package index"),
        ([], "not installed from a package index"),
    ],
)
def test_what_no_forge_reaches_is_refused(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, noted: Any, says: str
) -> None:
    _installed(tmp_path, monkeypatch, noted)
    said = place.wrong(*SETUP).err
    assert says in said
    assert "partnerkit setup ci --forge github --from git+https://<where partnerkit lives>@<commit>" in said
    assert "secret" not in said
    assert not (place.root / ".github").exists()


@pytest.mark.parametrize("source", ["partnerkit", f"git+{REPOSITORY}@{COMMIT}"])
def test_files_keep_the_source_that_they_name(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str
) -> None:
    _installed(tmp_path, monkeypatch, {"url": "file:///home/rosa/partnerkit", "dir_info": {}})
    place.do(*SETUP, "--from", source)
    written = _source(place)
    (place.root / ".github/workflows/partnerkit-due.yml").unlink()
    assert place.json(*SETUP, "--check")["findings"][0]["mend"] == f"partnerkit {' '.join(SETUP)} --from {source}"
    place.do(*SETUP)
    assert _source(place) == written
    assert "everything is in step" in place.do(*SETUP, "--check").out


def _branches(place: Place) -> Any:
    return yaml.safe_load((place.root / MAIN).read_text(encoding="utf-8"))[True]["push"]["branches"]


@pytest.mark.parametrize("branch", ["trunk", "trunk+1", "next-🚀", 'a"b', "zero\u200bwidth"])
def test_files_keep_the_branch_that_they_name(place: Place, branch: str) -> None:
    """There is no origin, and nothing called main: the branch checked out is all that there is to go by."""
    place.git("branch", "-m", "main", branch)
    place.do(*SETUP, "--from", "partnerkit")
    assert _branches(place) == [branch.replace("+", r"\+")]
    place.git("checkout", "-qb", "topic")
    assert "everything is in step" in place.do(*SETUP, "--check").out
    place.do(*SETUP, "--from", "partnerkit==9.9")
    assert _branches(place) == [branch.replace("+", r"\+")]
    place.do(*SETUP, "--branch", "topic")
    assert _branches(place) == ["topic"]


def test_files_that_name_several_branches_are_asked_about(place: Place) -> None:
    place.do(*SETUP, "--from", "partnerkit")
    main = (place.root / MAIN).read_text(encoding="utf-8")
    place.do(*SETUP, "--branch", "trunk")
    (place.root / MAIN).write_text(main, encoding="utf-8")
    assert "the branches main and trunk" in place.wrong(*SETUP).err
    place.wrong(*SETUP, "--branch", "no branch")
    place.do(*SETUP, "--branch", "trunk")
    assert _branches(place) == ["trunk"]


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("include: [{local: .gitlab/partnerkit.yml}]\n", True),
        ("include: /.gitlab/partnerkit.yml\n", True),
        ("include:\n  - local: /.gitlab/partnerkit.yml\n", True),
        ("include:\n  - local: /.gitlab/partnerkit.yml.bak\n", False),
        ("build: {script: [cat .gitlab/partnerkit.yml]}\n", False),
        ("build: {script: make}  # .gitlab/partnerkit.yml\n", False),
        ("include: .gitlab/partnerkit.yml\nbuild: {script: [!reference [.a, script]]}\n", True),
        ("include: .gitlab/partnerkit.yml.bak\nbuild: {script: [!reference [.a, script]]}\n", False),
        ("build: {script: [!reference [.a, script]]}  # .gitlab/partnerkit.yml\n", False),
    ],
)
def test_an_include_is_one(place: Place, text: str, *, there: bool) -> None:
    words = ("setup", "ci", "--forge", "gitlab")
    (place.root / ".gitlab-ci.yml").write_text(text, encoding="utf-8")
    place.run(*words, "--from", "partnerkit")
    assert (place.run(*words, "--check").code == 0) == there
