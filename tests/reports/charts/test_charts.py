"""Charts: whatever the values and labels, each is a figure that XML can read, with the same numbers in its table."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerkit.reports.charts import (
    Bar,
    Bars,
    Column,
    Columns,
    Head,
    Item,
    Matrix,
    Share,
    Shares,
    Strip,
    Strips,
    bars,
    columns,
    matrix,
    shares,
    strips,
)
from partnerkit.reports.charts.draw import number, relative
from partnerkit.reports.charts.scale import marks, percents
from partnerkit.reports.encode import svg
from tests.chance import examples
from tests.reports.charts.reading import HOSTILE, read

HEAD = Head("one", "A chart & its <title>", 'With a "note"')
LABELS = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=30))
NUMBERS = st.one_of(st.integers(0, 10**9), st.floats(0, 1e9, allow_nan=False).map(lambda one: round(one, 3)))
HREFS = st.sampled_from([None, "a.html", "../b/c.html#d", "é ü.html".replace(" ", "_")])
FEW = settings(max_examples=examples(40), deadline=None)


def _shown(label: str) -> str:
    """A label as a reader of XML sees it in a table."""
    return read(bars(Bars(HEAD, [Bar(label, 1)], "x", "y"))).tables[0][1][0]


@FEW
@given(st.lists(st.tuples(LABELS, st.integers(0, 99), st.integers(0, 99), HREFS), max_size=45))
def test_bars_are_their_table(rows: list[tuple[str, int, int, str | None]]) -> None:
    chart = Bars(HEAD, [Bar(label, all_ + part, part, href) for label, all_, part, href in rows], "who", "all", "late")
    seen = read(bars(chart))
    if rows:
        assert [row[1:] for row in seen.tables[0]] == [["all", "late"], *([str(a + b), str(b)] for _, a, b, _ in rows)]
        assert len(seen.links()) == sum(href is not None for *_, href in rows[:40])


@FEW
@given(st.lists(st.tuples(LABELS, st.lists(NUMBERS, min_size=3, max_size=3), HREFS), max_size=5))
def test_shares_are_their_table(rows: list[tuple[str, list[float], str | None]]) -> None:
    chart = Shares(HEAD, ["on time", "late", "open"], [Share(*row) for row in rows], "rhythm")
    seen = read(shares(chart))
    if rows:
        assert [row[1:4] for row in seen.tables[0][1:]] == [[number(one) for one in values] for _, values, _ in rows]


@FEW
@given(st.lists(st.tuples(LABELS, NUMBERS, HREFS), max_size=60))
def test_columns_are_their_table(rows: list[tuple[str, float, str | None]]) -> None:
    seen = read(columns(Columns(HEAD, [Column(*row) for row in rows], "month", "reviews")))
    if rows:
        assert [row[1] for row in seen.tables[0][1:]] == [number(value) for _, value, _ in rows]


@FEW
@given(st.lists(st.tuples(LABELS, st.lists(NUMBERS, min_size=3, max_size=3).map(sorted), HREFS), max_size=5))
def test_strips_are_their_table(rows: list[tuple[str, list[float], str | None]]) -> None:
    seen = read(strips(Strips(HEAD, [Strip(label, ages[0], ages[1], ages[2], 7, href) for label, ages, href in rows])))
    if rows:
        assert [row[1:] for row in seen.tables[0][1:]] == [["7", *map(number, ages)] for _, ages, _ in rows]


CELLS = st.dictionaries(
    st.tuples(st.integers(1, 5), st.integers(1, 5)), st.lists(st.builds(Item, LABELS, HREFS), max_size=4)
)


@FEW
@given(CELLS)
def test_a_matrix_is_its_table_and_leads_to_every_risk(cells: dict[tuple[int, int], list[Item]]) -> None:
    seen = read(matrix(Matrix(HEAD, cells)))
    held = {pair: items for pair, items in cells.items() if items}
    if held:
        said = {row[0]: row[2] for row in seen.tables[0][1:]}
        assert said == {f"likelihood {a}, impact {b}": str(len(items)) for (a, b), items in held.items()}
        assert len(list(seen.root.iter("a"))) == sum(one.href is not None for items in held.values() for one in items)


@pytest.mark.parametrize("label", HOSTILE)
def test_a_label_is_whole_in_the_table_and_only_text(label: str) -> None:
    import html  # noqa: PLC0415 - what a browser makes of entities

    assert _shown(label) == html.unescape(svg(label))


@pytest.mark.parametrize(
    "text",
    [
        bars(Bars(HEAD, [], "a", "b")),
        shares(Shares(HEAD, ["a"], [], "b")),
        shares(Shares(HEAD, ["a"], [Share("none", [0])], "b")),
        columns(Columns(HEAD, [Column("May", 0)], "a", "b")),
        strips(Strips(HEAD, [])),
        matrix(Matrix(HEAD, {(1, 1): []})),
    ],
)
def test_nothing_is_said_to_be_nothing(text: str) -> None:
    seen = read(text)
    assert [one.text for one in seen.root.iter("p")] == ["Nothing to show."]
    assert seen.root.find("{http://www.w3.org/2000/svg}svg") is None


def test_of_many_the_first_are_drawn_and_all_are_in_the_table() -> None:
    seen = read(bars(Bars(HEAD, [Bar(f"row {index}", index) for index in range(200)], "a", "b")))
    assert "and 160 more, in the table" in seen.texts()
    assert "row 39" in seen.texts()
    assert "row 40" not in seen.texts()
    assert [row[0] for row in seen.tables[0][1:]] == [f"row {index}" for index in range(200)]


def test_of_many_months_the_latest_are_drawn() -> None:
    seen = read(columns(Columns(HEAD, [Column(f"m{index}", index) for index in range(60)], "a", "b")))
    assert "and 12 earlier, in the table" in seen.texts()
    assert "m59" in seen.texts()
    assert len(seen.tables[0]) == 61


def test_a_matrix_says_how_it_is_shaded() -> None:
    seen = read(matrix(Matrix(HEAD, {(4, 4): [Item("a")], (5, 1): [Item("b")], (2, 2): [Item("c")]})))
    told = "Shade and word: likelihood times impact, medium from 5, high from 10, severe from 16"
    assert told in " ".join(seen.texts())
    bands = {row[0]: row[1] for row in seen.tables[0][1:]}
    assert list(bands.values()) == ["severe", "medium", "low"], "the gravest first"


def test_a_month_of_nothing_leads_nowhere_in_the_drawing() -> None:
    seen = read(columns(Columns(HEAD, [Column("May", 0, "may.html"), Column("June", 2)], "month", "reviews")))
    assert seen.links() == []
    assert [one.get("href") for one in seen.root.iter("a")] == ["may.html"]


def test_a_bar_is_as_long_as_its_number() -> None:
    seen = read(bars(Bars(HEAD, [Bar("a", 10, 5), Bar("b", 5), Bar("c", 0)], "a", "b", "late")))
    long = [
        float(one.attrib["width"])
        for one in seen.svg.iter("{http://www.w3.org/2000/svg}rect")
        if one.get("class") == "fill"
    ]
    late = [
        float(one.attrib["width"])
        for one in seen.svg.iter("{http://www.w3.org/2000/svg}rect")
        if one.get("class") == "late"
    ]
    assert long[0] == pytest.approx(2 * long[1], abs=0.2)
    assert len(long) == 2
    assert late == [pytest.approx(long[1], abs=0.2)]
    assert "10 (5 late)" in seen.texts()


@pytest.mark.parametrize(
    "href",
    [
        *(
            "https://evil.example",
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            "data:text/html,x",
            "mailto:a@b.example",
        ),
        *(
            "//evil.example",
            "/etc/passwd",
            "\\\\evil.example",
            "a\\b",
            " a.html",
            "java\tscript:x",
            "a\nb",
            "a\x00",
            "",
        ),
    ],
)
def test_a_link_out_of_the_site_is_refused(href: str) -> None:
    with pytest.raises(ValueError, match="no relative link"):
        bars(Bars(HEAD, [Bar("a", 1, None, href)], "a", "b"))


@given(st.text(min_size=1, max_size=20))
def test_a_link_is_refused_or_stays_in_the_site(href: str) -> None:
    from urllib.parse import urljoin, urlsplit  # noqa: PLC0415 - only here

    try:
        sent = relative(href)
    except (ValueError, UnicodeEncodeError):
        return
    assert urlsplit(urljoin("https://site.example/x/y.html", sent)).netloc == "site.example"
    assert sent.isascii()
    assert not set(sent) & set('"<> \\')


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (lambda: bars(Bars(HEAD, [Bar("a", -1)], "a", "b")), "cannot be drawn"),
        (lambda: bars(Bars(HEAD, [Bar("a", float("nan"))], "a", "b")), "cannot be drawn"),
        (lambda: bars(Bars(HEAD, [Bar("a", 1, 2)], "a", "b")), "no part"),
        (lambda: columns(Columns(HEAD, [Column("a", float("inf"))], "a", "b")), "cannot be drawn"),
        (lambda: shares(Shares(HEAD, ["a", "b"], [Share("x", [1])], "a")), "1 numbers for 2 parts"),
        (lambda: shares(Shares(HEAD, ["a", "b", "c", "d"], [], "a")), "told apart"),
        (lambda: strips(Strips(HEAD, [Strip("a", 3, 2, 4, 1)])), "out of order"),
        (lambda: matrix(Matrix(HEAD, {(6, 1): []})), "outside"),
        (lambda: Head("No id", "x"), "no id"),
    ],
)
def test_what_no_chart_can_say_is_refused(wrong, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        wrong()


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=3))
def test_percents_add_up(values: list[int]) -> None:
    found = percents(values)
    assert sum(found) == (100 if sum(values) else 0)
    assert all(abs(one - value * 100 / max(sum(values), 1)) < 1 for one, value in zip(found, values, strict=True))


@given(st.floats(1e-3, 1e12))
def test_an_axis_reaches_the_highest_number(most: float) -> None:
    for whole in (False, True):
        found = marks(most, whole=whole)
        assert found[0] == 0
        assert most <= found[-1] * (1 + 1e-9)
        assert 2 <= len(found) <= 7
