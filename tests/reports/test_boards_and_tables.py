"""Tables and boards of records at a terminal: whatever its width nothing is wider, and no id is cut."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest

from partnerkit.jobs.boards import Board, Card, Column
from partnerkit.jobs.listing import Row
from partnerkit.jobs.searching import Hit
from partnerkit.reports import board, listing
from partnerkit.reports.page import cut, width

NAMES = ("Northwind Cloud Cooperative of the Lower Valley", "東京ロボット研究所の友の会", "Łódź", "e\u0301" * 40)
IDS = ("northwind-cloud-cooperative-of-the-lower-valley", "tokyo", "odz", "e-e")


@dataclass
class Kept:
    id: str
    name: str
    kind: str = "partnership"


def record(number: int) -> Any:
    return Kept(IDS[number % 4] + (f"-{number}" if number > 3 else ""), NAMES[number % 4])


def rows(count: int = 4) -> list[Row]:
    made = [record(number) for number in range(count)]
    return [Row(one, [one.id, str(10**place), one.name]) for place, one in enumerate(made)]


def lines(page: Any) -> list[str]:
    return str(page.plain()).splitlines()


@pytest.mark.parametrize("room", [70, 80, 120, 200])
def test_a_table_fits_and_only_words_are_cut(room: int) -> None:
    shown = lines(listing.as_page(["id", "days", "name"], rows(), [], room))
    assert max(map(width, shown)) <= room
    assert all(any(line.startswith(one) for line in shown) for one in IDS)
    assert ("…" in "".join(shown)) == (room < 110)
    assert len({width(line[: re.match(r"\S+ +1?0*(?=  )", line).end()]) for line in shown[1:5]}) == 1  # type: ignore[union-attr]  # else it fails


@pytest.mark.parametrize("room", [40, 60])
def test_a_terminal_that_is_too_narrow_for_a_table_has_records_one_by_one(room: int) -> None:
    page = listing.as_page(["id", "days", "name"], rows(), [], room)
    assert not page.tables[0].fits(room)
    blocks = [["".join(span.text for span in line) for line in block] for _, block in page.tables[0].one_by_one(room)]
    assert blocks[0] == []
    assert blocks[1] == [IDS[0], *([f"  days 1 · {NAMES[0]}"] if room == 60 else ["  days 1", f"  {NAMES[0]}"])]
    assert [block[0] for block in blocks[1:]] == list(IDS)
    assert "…" not in str(blocks)


def test_nothing_is_cut_where_nobody_looks() -> None:
    shown = lines(listing.as_page(["id", "days", "name"], rows(), [], None))
    assert all(any(line.rstrip().endswith(name) for line in shown) for name in NAMES)


def test_what_was_found_stands_below_its_record_and_stands_out() -> None:
    hits = (Hit("name", "the cloud", ((4, 9),)), *(Hit(f"x.{one}", "cloud", ((0, 5),)) for one in range(4)))
    page = listing.as_page(["id"], [Row(record(0), ["a"], hits, 1), Row(record(1), ["b"])], [], 80)
    assert lines(page) == ["id", "a", "    name: the cloud", "    x.0: cloud", "    x.1: cloud", "    and in 2 more places", "b", "2 records"]  # fmt: skip
    assert [(span.text, span.style) for span in page.lines[2] if "bold" in span.style] == [("cloud", "bold underline")]


def of(*sizes: int) -> Board:
    columns, at = [], 0
    for number, size in enumerate(sizes):
        cards = [Card(record(at + one), 10 * one, one % 3, one % 2) for one in range(size)]
        columns.append(Column(f"stage-{number}", cards))
        at += size
    return Board("partnership", "OPS-05-03", columns)


@pytest.mark.parametrize("room", [72, 80, 100, 120, 160, 200])
@pytest.mark.parametrize("sizes", [(0, 0), (1,), (4, 0, 9), (0, 2, 3, 4, 0, 1, 5, 0, 0, 2)])
def test_a_board_side_by_side_fits_and_shows_every_card(room: int, sizes: tuple[int, ...]) -> None:
    made = of(*sizes)
    page = board.as_page([made], "stage", room)
    shown = lines(page)
    assert max(map(width, shown)) <= room
    assert not any(table.records for table in page.tables)
    text = re.sub(r"\s+", "", "".join(shown))
    for column in made.columns:
        assert f"{column.name}({len(column.cards)})" in text
        for card in column.cards:
            assert all(part in text for part in re.findall(r"[^-]+-?", card.record.id)), "cut nowhere but at a hyphen"
    states = re.findall(r"(?<!median )\b\d+ d(?= |$)", "\n".join(shown), re.MULTILINE)
    assert len(states) == sum(sizes)


@pytest.mark.parametrize("room", [40, 60, None])
def test_a_board_stacked_has_every_card_whole(room: int | None) -> None:
    shown = lines(board.as_page([of(2, 0, 3)], "stage", room))
    assert [line for line in shown if line.startswith("stage-")] == [
        *("stage-0 (2)  median 0 d", "stage-1 (0)  empty", "stage-2 (3)  median 10 d")
    ]
    text = " ".join(shown)
    assert all(one in text for one in (*IDS, *NAMES, "10 d · 1 late · 1 due"))


def test_a_long_column_says_how_to_see_the_rest() -> None:
    shown = lines(board.as_page([of(40, 1)], "stage", 100))
    assert any(line.startswith("… 28 more") for line in shown)
    assert "stage-0 (40) has more: partnerkit list partnership --where stage=stage-0 --sort -days" in shown


def test_what_is_late_is_said_in_words_too() -> None:
    page = board.as_page([Board(None, None, [Column("", [Card(record(2), 5, 2, 0)])])], "coordinator", None)
    assert lines(page)[:2] == ["none (1)  median 5 d", "  odz  5 d · 2 late  Łódź"]
    assert "red" in {span.style for line in page.lines for span in line}


@pytest.mark.parametrize("text", ["", "abc", "東京ロボット", "e\u0301" * 9, "a\x1b[31mb", "one\ntwo"])
@pytest.mark.parametrize("room", [1, 2, 5, 9])
def test_what_is_cut_has_room(text: str, room: int) -> None:
    shown = cut(text, room)
    assert width(shown) <= room
    assert "\x1b" not in shown
    assert shown == cut(shown, room)


def test_no_words_found_are_counted_or_answered_with_the_nearest() -> None:
    sought = [
        SimpleNamespace(word="clowd", count=0, near=("cloud", "clown"), where=None),
        SimpleNamespace(word="x", count=1, near=(), where=None),
        SimpleNamespace(word="active", count=0, near=(), where="stage=active"),
    ]
    assert lines(listing.as_page(["id"], [], sought, None)) == [
        *("no records", "  nothing here says clowd; did you mean cloud or clown?", "  1 record says x"),
        *("  nothing here says active", "  → partnerkit list --where stage=active"),
    ]
