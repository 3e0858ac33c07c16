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


@pytest.fixture
def laid_out(monkeypatch: pytest.MonkeyPatch):
    def at(columns: int, page: Page) -> list[str]:
        monkeypatch.setenv("COLUMNS", str(columns))
        monkeypatch.setenv("TERM", "xterm")
        seen = Terminal()
        show(page, seen)
        return [line.rstrip() for line in _STYLE.sub("", seen.getvalue()).splitlines()]

    return at


@pytest.mark.parametrize("columns", [40, 60])
def test_a_word_longer_than_the_line_is_whole(columns: int, laid_out) -> None:
    lines = laid_out(columns, Page().add(f"  open it: read {PATH} with the change"))
    assert lines == ["  open it: read", f"  {PATH}", "  with the change"]


def test_the_lines_of_an_item_begin_under_its_words(laid_out) -> None:
    words = "one two three four five six seven eight nine ten"
    lines = laid_out(30, Page().add("  ", Span("\u2713 ", "bold green"), words))
    assert lines == ["  \u2713 one two three four five", "    six seven eight nine ten"]


def _table(first: str) -> Page:
    rows = [(first, Span("active"), "a name of many words"), ("short", Span("ended", "red"), "one")]
    return Page().table(rows, ("id", "", ""), indent="  ")


def test_where_there_is_room_a_row_is_a_line(laid_out) -> None:
    assert laid_out(80, _table("first")) == ["  id", "  first  active  a name of many words", "  short  ended   one"]


def test_a_last_cell_goes_on_below_itself(laid_out) -> None:
    lines = ["  id", "  first  active  a name of", "                 many words", "  short  ended   one"]
    assert laid_out(30, _table("first")) == lines


def test_a_last_cell_without_room_stands_below_its_row(laid_out) -> None:
    lines = laid_out(40, _table("a-long-id-of-a-record"))
    below = ["  a-long-id-of-a-record  active", "    a name of many words"]
    assert lines == ["  id", *below, "  short                  ended   one"]


def test_cells_without_room_are_broken_between_words(laid_out) -> None:
    lines = laid_out(26, _table("a-long-id-of-a-record"))
    assert lines[1:4] == ["  a-long-id-of-a-record", "    active", "    a name of many words"]


def test_no_colour_where_none_is_wished_and_nothing_for_a_dumb_terminal(shown) -> None:
    assert _COLOUR.search(shown(100))
    assert not _COLOUR.search(shown(100, colour=False))
    assert shown(100, "dumb") == FOUND.plain()


def test_a_pipe_gets_the_words_alone() -> None:
    pipe = io.StringIO()
    show(FOUND, pipe)
    assert pipe.getvalue() == FOUND.plain()
    assert "\x1b" not in pipe.getvalue()
