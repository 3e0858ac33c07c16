"""Findings at a terminal: whatever its width, places and lines to paste are whole; without colour where none is wished."""

from __future__ import annotations

import io
import re

import pytest

from partnerkit.findings import Finding
from partnerkit.reports.findings import as_page
from partnerkit.reports.page import Page, Span, show

PATH = "records/partnerships/northwind-cloud-cooperative-of-the-north.yaml"
MEND = "git restore --staged --worktree -- records/partnerships/northwind-cloud-cooperative-of-the-north.yaml"
FOUND = as_page([Finding("stage-edited", "stage is one of many words " * 8, file=PATH, line=5, column=8, mend=MEND)])
_COLOUR = re.compile(r"\x1b\[[0-9;]*3[0-7][0-9;]*m")
_STYLE = re.compile(r"\x1b\[[0-9;]*m")


class Terminal(io.StringIO):
    """A stream that says that somebody looks at it."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch):
    def at(columns: int, term: str = "xterm-256color", *, colour: bool = True) -> str:
        monkeypatch.setenv("COLUMNS", str(columns))
        monkeypatch.setenv("TERM", term)
        monkeypatch.delenv("NO_COLOR", raising=False)
        if not colour:
            monkeypatch.setenv("NO_COLOR", "1")
        seen = Terminal()
        show(FOUND, seen)
        return seen.getvalue()

    return at


@pytest.mark.parametrize("columns", [40, 60, 100])
def test_words_wrap_with_their_indent_and_what_is_copied_does_not(shown, columns: int) -> None:
    lines = _STYLE.sub("", shown(columns)).splitlines()
    assert lines[0] == f"✗ {PATH}:5:8  stage-edited"
    assert lines[-1] == f"    → {MEND}"
    words = lines[1:-1]
    assert " ".join(line.strip() for line in words) == ("stage is one of many words " * 8).strip()
    for line, after in zip(words, [*words[1:], ""], strict=True):
        assert re.fullmatch(r" {4}\S.*\S", line), line
        assert len(line) <= columns
        room = columns - len(line) - 1
        assert not after or len(after.split()[0]) > room, "a line is filled before the next begins"


@pytest.mark.parametrize("columns", [40, 60])
def test_a_word_longer_than_the_line_is_whole(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("TERM", "xterm")
    seen = Terminal()

    show(Page().add(f"  open it: read {PATH} with the change"), seen)

    lines = _STYLE.sub("", seen.getvalue()).splitlines()
    assert lines == ["  open it: read", f"  {PATH}", "  with the change"]


def test_the_lines_of_an_item_begin_under_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    monkeypatch.setenv("TERM", "xterm")
    seen = Terminal()

    show(Page().add("  ", Span("\u2713 ", "bold green"), "one two three four five six seven eight nine ten"), seen)

    lines = _STYLE.sub("", seen.getvalue()).splitlines()
    assert lines == ["  \u2713 one two three four five", "    six seven eight nine ten"]


def test_no_colour_where_none_is_wished_and_nothing_for_a_dumb_terminal(shown) -> None:
    assert _COLOUR.search(shown(100))
    assert not _COLOUR.search(shown(100, colour=False))
    assert shown(100, "dumb") == FOUND.plain()


def test_a_pipe_gets_the_words_alone() -> None:
    pipe = io.StringIO()
    show(FOUND, pipe)
    assert pipe.getvalue() == FOUND.plain()
    assert "\x1b" not in pipe.getvalue()
