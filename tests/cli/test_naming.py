"""Names beside ids on a page: everything else stays as it was, lines to paste stay lines to paste, columns columns."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerkit.reports.naming import named
from partnerkit.reports.page import COMMAND, Page, Span, width

NAMES = {"p-0007": "Robin Öberg", "p-8": "王芳", "ada": "Ada"}
SHOWN = re.compile(r" \((?:Robin Öberg|王芳|Ada)\)")

WORD = st.sampled_from(
    ["p-0007", "p-8", "p-80", "ada", "ada's", "(p-8)", "p-8,", "as", "by", "mentor-ada", "p-0007@x.org", "x=p-8", "–"]
)
SENTENCE = st.lists(WORD, max_size=5).map(" ".join)
SPAN = st.builds(Span, SENTENCE, st.sampled_from(["", "bold", COMMAND]))
LINES = st.lists(st.lists(SPAN, min_size=1, max_size=3), max_size=4)
TABLE = st.integers(1, 3).flatmap(
    lambda columns: st.lists(st.lists(SENTENCE, min_size=columns, max_size=columns), max_size=4)
)


def page_of(before: list[list[Span]], rows: list[list[str]], after: list[list[Span]]) -> Page:
    page = Page()
    for line in before:
        page.add(*line)
    page.table(rows, indent="  ")
    for line in after:
        page.add(*line)
    return page


@given(LINES, TABLE, LINES)
def test_without_names_nothing_changes(
    before: list[list[Span]], rows: list[list[str]], after: list[list[Span]]
) -> None:
    page = page_of(before, rows, after)
    assert named(page, {}).plain() == page.plain()
    assert named(page, {"p-nobody": "N"}).plain() == page.plain()


@given(LINES, TABLE, LINES)
def test_names_come_to_what_was_there(before: list[list[Span]], rows: list[list[str]], after: list[list[Span]]) -> None:
    page = page_of(before, rows, after)
    said = named(page, NAMES)
    assert [bare(line) for line in said.plain().split("\n")] == [bare(line) for line in page.plain().split("\n")]
    for old, new in zip(page.lines, said.lines, strict=True):
        assert [span.text for span in new if span.style == COMMAND] == [one.text for one in old if one.style == COMMAND]
        text = "".join(span.text for span in new)
        assert all(text.count(f"{who} ({name})") <= 1 for who, name in NAMES.items()), "once in a line"


@given(TABLE)
def test_columns_stay_columns(rows: list[list[str]]) -> None:
    said = named(page_of([], rows, []), NAMES)
    cells = [line[1::2] for line in said.lines]
    starts = [
        [sum(width(span.text) for span in line[: 1 + 2 * index]) for index in range(len(row))]
        for line, row in zip(said.lines, cells, strict=True)
    ]
    assert all(one == starts[0] for one in starts)


def bare(line: str) -> str:
    return " ".join(SHOWN.sub("", line).split())


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("by p-8 and p-8", "by p-8 (王芳) and p-8"),
        ("p-8: why", "p-8 (王芳): why"),
        ("p-8's record, p-80", "p-8 (王芳)'s record, p-80"),
        ("records/p-8.yaml", "records/p-8.yaml"),
        ("for one alone: partnerkit person show p-8", "for one alone: partnerkit person show p-8"),
        ("p-8 runs partnerkit person show p-8", "p-8 (王芳) runs partnerkit person show p-8"),
        ("applicant=p-8 to=p-8/mentor", "applicant=p-8 to=p-8/mentor"),
    ],
)
def test_an_id_as_a_word_of_its_own(text: str, wanted: str) -> None:
    assert named(Page().add(text), NAMES).plain() == f"{wanted}\n"


def test_a_name_is_as_harmless_as_anything_else() -> None:
    assert "\x1b" not in named(Page().add("p-8"), {"p-8": "\x1b[2J"}).plain()
