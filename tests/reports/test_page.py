"""Findings at a terminal: whatever its width, places and lines to paste are whole; without colour where none is wished."""

from __future__ import annotations

import io
import re

import pytest

from partnerkit.findings import Finding
from partnerkit.reports.findings import as_page
from partnerkit.reports.page import WELL, Page, Span, show

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


ROWS: tuple[list[Span | str], ...] = (
    ["a-1", Span("active"), "p-0007", "a name of many words"],
    ["a-2", Span("ended", "red"), "", "one"],
)


def _table(first: str = "a-1", last: str = "one") -> Page:
    (_, *others), more = ROWS
    return Page().table([(first, *others), (*more[:-1], last)], ("belongs", "stage", "by", ""), indent="  ")


def test_where_there_is_room_a_row_is_a_line(laid_out) -> None:
    rows = ["  a-1      active  p-0007  a name of many words", "  a-2      ended           one"]
    assert laid_out(48, _table()) == ["  belongs  stage   by", *rows]


def test_a_last_cell_goes_on_below_itself(laid_out) -> None:
    lines = laid_out(51, _table(last="one two three four five six seven"))
    assert lines[2:] == ["  a-2      ended           one two three four five", f"{'':27}six seven"]


@pytest.mark.parametrize(
    ("columns", "first", "last"),
    [
        pytest.param(45, "a-1", "one", id="less than its widest last cell needs"),
        pytest.param(49, "a-1", "one two three four five six", id="less than words need to wrap"),
        pytest.param(60, "a-1", "x" * 35, id="less than the longest word of it"),
        pytest.param(60, "a-long-id-of-a-record", "one", id="a long first cell"),
        pytest.param(60, "東京ロボット研究所の友の会", "one", id="wide characters"),
    ],
)
def test_a_table_without_room_is_written_record_by_record(laid_out, columns: int, first: str, last: str) -> None:
    """Every row in the same way, also one that would have had room; what says nothing has no heading."""
    below = "    active · by p-0007 · a name of many words"
    shown = [below] if columns >= len(below) else ["    active · by p-0007", "    a name of many words"]
    assert laid_out(columns, _table(first, last)) == [
        *(f"  belongs {first}", *shown),
        *("  belongs a-2", f"    ended · {last}"),
    ]


def test_a_record_wraps_below_itself_and_a_long_word_is_whole(laid_out) -> None:
    lines = laid_out(26, _table("a-long-id-of-a-record", "x" * 40).add("after it"))
    assert lines == [
        *("  belongs", "  a-long-id-of-a-record", "    active · by p-0007", "    a name of many words"),
        *("  a-2", "    ended", f"    {'x' * 40}", "after it"),
    ]


def test_a_word_longer_than_the_line_stands_below_its_record_and_out_of_a_wide_table(laid_out) -> None:
    """However short what stands before it; on a wide terminal one link makes no list of a table."""
    page = Page().table([("a", "9 d", "x" * 180), ("b", "9 d", "one")])
    assert laid_out(60, page) == ["a", "  9 d", f"  {'x' * 180}", "b", "  9 d · one"]
    assert laid_out(80, page) == [f"a  9 d  {'x' * 180}", "b  9 d  one"]


def test_rows_without_headings_have_their_cells_alone(laid_out) -> None:
    page = Page().table(ROWS).table([("a name", "x" * 30), ("b", "y")])
    records = ["a-1", "  active · p-0007", "  a name of many words", "a-2", "  ended · one"]
    assert laid_out(24, page) == [*records, "a name", f"  {'x' * 30}", "b", "  y"]


def test_columns_that_are_no_records_stay_columns(laid_out) -> None:
    cells = [tuple(letter * 14 for letter in "abc")]
    assert laid_out(40, Page().table(cells)) == ["a" * 14, f"  {'b' * 14} \u00b7 {'c' * 14}"]
    assert laid_out(40, Page().table(cells, records=False)) == [f"{'a' * 14}  {'b' * 14}", f"  {'c' * 14}"]


def test_names_that_make_a_table_too_wide_write_it_record_by_record(laid_out, monkeypatch) -> None:
    monkeypatch.setattr("partnerkit.reports.page._NAMES", [lambda: {"p-0007": "Robin \x1b[2J"}])
    name = "by p-0007 (Robin \\u001b[2J)"
    assert laid_out(48, _table())[:3] == ["  belongs a-1", f"    active · {name}", "    a name of many words"]
    assert laid_out(80, _table())[1].startswith(f"  a-1      active  {name[3:]}  a name")


@pytest.mark.parametrize("columns", [24, 140])
def test_a_pipe_and_a_dumb_terminal_have_columns_whatever_the_width(columns: int, monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("TERM", "dumb")
    for seen in (io.StringIO(), Terminal()):
        show(_table("a-long-id-of-a-record"), seen)
        assert seen.getvalue().splitlines()[0] == "  belongs                stage   by"
        assert seen.getvalue().splitlines()[2] == "  a-2                    ended           one"


@pytest.mark.parametrize(
    ("columns", "lines"),
    [
        (48, ["2026-01-12      e-1  link for the review of it,", "                p-7"]),
        (36, ["✓ named  §1.2, §3.1 and much else", "         here"]),
        (35, ["a-long-id-of-a-record  Monthly", "  review  9 days"]),
        (35, ["short  Monthly review  9 days late,", "  since 2026-05-01"]),
        (35, ["✓ it is done and all is well now", "  0a1b2c"]),
    ],
)
def test_a_line_of_columns_goes_on_under_its_second(laid_out, columns: int, lines: list[str]) -> None:
    """Where that leaves room enough: else a little further in than it begins."""
    assert laid_out(columns, Page().add(f"{lines[0]} {lines[1].strip()}")) == lines


def test_words_beside_what_is_well_wrap_like_others(laid_out) -> None:
    lines = laid_out(30, Page().add(Span("✓ ", WELL), "one two three four five six seven"))
    assert lines == ["✓ one two three four five six", "  seven"]


def test_no_colour_where_none_is_wished_and_nothing_for_a_dumb_terminal(shown) -> None:
    assert _COLOUR.search(shown(100))
    assert not _COLOUR.search(shown(100, colour=False))
    assert shown(100, "dumb") == FOUND.plain()


def test_a_pipe_gets_the_words_alone() -> None:
    pipe = io.StringIO()
    show(FOUND, pipe)
    assert pipe.getvalue() == FOUND.plain()
    assert "\x1b" not in pipe.getvalue()
