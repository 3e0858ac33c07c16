"""Long work says how far it is, on a terminal and nowhere else; what a command prints is the same either way."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.made import copied
from tests.place import Place, environment
from tests.place import new_register as made
from tests.terminal import listening

MANY, FEW = 60, 5
BAR = re.compile(r"\d+/60")


def rows(count: int) -> str:
    return "name,type\n" + "".join(f"Partner {number},universities\n" for number in range(count))


@pytest.fixture(scope="session")
def _crowded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = made(tmp_path_factory.mktemp("crowded") / "register")
    place.do("new", "partnership", "--from", place.write("rows.csv", rows(MANY)))
    return place.root


@pytest.fixture
def crowded(_crowded: Path, tmp_path: Path) -> Place:
    copied(_crowded, tmp_path / "register")
    return Place(tmp_path / "register")


def watched(place: Place, *words: str, term: str = "xterm") -> tuple[int, str, str]:
    """The command with stdout in a pipe and stderr on a terminal: exit code, what each of them got."""
    before = ["-C", str(place.root), "--today", place.day or "2026-03-02"]
    with listening() as (terminal, heard):
        ended = subprocess.run(
            [sys.executable, "-m", "partnerkit", *before, *words],
            cwd=place.root,
            env=environment(place.person) | {"TERM": term},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=terminal,
            check=False,
        )
    return ended.returncode, ended.stdout.decode(), b"".join(heard).decode()


LONG = [
    ("set", "--where", "stage=proposed", "website=https://x.example", "--dry-run"),
    ("advance", "--where", "stage=proposed", "declined", "--reason", "no capacity", "--dry-run"),
    ("new", "risk", "An outage", "type=operational", "--where", "stage=proposed", "--dry-run"),
    ("check",),
]


@pytest.mark.parametrize("words", LONG, ids=lambda words: words[0])
def test_a_terminal_sees_how_far_it_is_and_stdout_is_the_same(crowded: Place, words: tuple[str, ...]) -> None:
    code, out, err = watched(crowded, *words)
    assert code == 0, err
    assert BAR.search(err), err
    plain = crowded.run(*words)
    assert (plain.code, plain.err) == (0, "")
    assert out == plain.out


def test_an_import_says_how_far_it_is(crowded: Place) -> None:
    path = crowded.write("rows.csv", rows(MANY).replace("Partner", "Another"))
    by = crowded.write("map.yaml", crowded.do("import", path).out)
    _code, out, err = watched(crowded, "import", path, "--map", by, "--dry-run")
    assert BAR.search(err), err
    assert out == crowded.run("import", path, "--map", by, "--dry-run").out


def test_nothing_is_drawn_for_a_few_or_for_other_programs(crowded: Place) -> None:
    few = ("set", *(f"partner-{number}" for number in range(FEW)), "website=https://x.example", "--dry-run")
    assert watched(crowded, *few)[2] == ""
    assert watched(crowded, *LONG[0], "--json")[2] == ""
    assert watched(crowded, *LONG[0], term="dumb")[2] == ""


def test_a_refusal_stands_on_lines_of_its_own(crowded: Place) -> None:
    """The bar is taken away before anything else is said."""
    code, _out, err = watched(crowded, "advance", "--where", "stage=proposed", "--dry-run")
    assert code == 1
    last_bar = max(found.end() for found in BAR.finditer(err))
    said = err.index("refused, for")
    assert last_bar < said
    assert "\x1b[2K" in err[last_bar:said], "the line of the bar was erased"
