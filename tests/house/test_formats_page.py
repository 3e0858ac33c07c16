"""docs/formats.md: every command on it runs as it stands there, and what it says of limits is so."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from partnerkit.cli.formats import FORMATS
from tests.conftest import At
from tests.place import Place

PAGE = (Path(__file__).parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")
LINES = sorted(
    {line.strip("`") for line in re.findall(r"(?:`|^|- run: |    - )(partnerkit [^`\n]*)", PAGE, re.MULTILINE)}
)


@pytest.fixture
def branch(at: At) -> Place:
    """A branch with an honest change, and the main line beside it under the name that a clone in CI has for it."""
    place = at("decided")
    place.git("update-ref", "refs/remotes/origin/main", "HEAD")
    place.git("switch", "-qc", "change")
    place.do("new", "partnership", "Other House")
    return place


def test_the_page_shows_every_format_in_use() -> None:
    assert len(LINES) == 7
    rows = re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)
    assert rows == list(FORMATS)
    used = {words[words.index("--format") + 1] for words in map(shlex.split, LINES) if "--format" in words}
    assert used == {"github", "gitlab", "sarif", "markdown"}


def test_every_command_of_the_page_runs(branch: Place) -> None:
    for line in LINES:
        words = shlex.split(line.partition(" > ")[0])[1:]
        said = branch.do(*words)
        assert said.out
        assert said.err == ""
