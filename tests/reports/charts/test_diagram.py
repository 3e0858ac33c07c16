"""State diagrams: boxes never overlap, lines begin and end at their boxes and cross no other, whatever the lifecycle."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerkit.policies.policy import Policy
from partnerkit.reports.charts import Demand, Diagram, Head, Stage, Way, diagram, lifecycle
from partnerkit.reports.charts.diagram import laid
from partnerkit.reports.charts.layout import Box, Layout, Point, Route
from partnerkit.store import packs
from tests.chance import examples
from tests.reports.charts.reading import HOSTILE, SVG, read

HEAD = Head("cycle", "A lifecycle")
CYCLES = [(name, kind) for name in packs.names() for kind in packs.load(name).policy.lifecycles]


@st.composite
def diagrams(draw: st.DrawFn) -> Diagram:
    """Any lifecycle: ways that turn back, that lead to themselves, that nothing leads to, main ones anywhere."""
    names = draw(
        st.lists(
            st.one_of(st.text(min_size=1, max_size=12), st.sampled_from(HOSTILE)), min_size=1, max_size=9, unique=True
        )
    )
    meanings = st.sampled_from(["", "short", "a meaning of many words that takes more lines than there are", *HOSTILE])
    stages = [Stage(name, draw(meanings), draw(st.integers(0, 10**6)), None, draw(st.booleans())) for name in names]
    index = st.integers(0, len(names) - 1)
    ends = draw(st.lists(st.tuples(index, index, st.booleans()), max_size=24))
    ways = [Way(names[a], names[b], main, [Demand("x", ["§1"])] * (a + b)) for a, b, main in ends]
    return Diagram(HEAD, names[0], stages, ways)


def _apart(one: Box, other: Box) -> bool:
    across = one.x + one.width <= other.x or other.x + other.width <= one.x
    return across or one.y + one.height <= other.y or other.y + other.height <= one.y


def _on_border(point: Point, box: Box) -> bool:
    level = point.x in {box.x, box.x + box.width} and box.y < point.y < box.y + box.height
    return level or (point.y in {box.y, box.y + box.height} and box.x < point.x < box.x + box.width)


def _through(start: Point, end: Point, box: Box) -> bool:
    """Whether a line passes through the inside of a box."""
    across = max(start.x, end.x) > box.x and min(start.x, end.x) < box.x + box.width
    return across and max(start.y, end.y) > box.y and min(start.y, end.y) < box.y + box.height


def _segments(route: Route) -> list[tuple[Point, Point]]:
    return list(pairwise(route.points))


def _share(one: tuple[Point, Point], other: tuple[Point, Point]) -> bool:
    """Whether two lines run along each other for a while."""
    for along, fixed in ((0, 1), (1, 0)):
        if len({point[fixed] for point in (*one, *other)}) == 1:
            spans = [sorted(point[along] for point in line) for line in (one, other)]
            if max(span[0] for span in spans) < min(span[1] for span in spans):
                return True
    return False


def _hold(layout: Layout) -> None:
    for box in layout.boxes.values():
        assert box.x >= 0
        assert box.y >= 0
        assert box.x + box.width <= layout.width
        assert box.y + box.height <= layout.height
    assert all(_apart(one, other) for one, other in combinations(layout.boxes.values(), 2))
    for route in layout.routes:
        assert _on_border(route.points[0], layout.boxes[route.edge.from_])
        assert _on_border(route.points[-1], layout.boxes[route.edge.to])
        for start, end in _segments(route):
            assert start.x == end.x or start.y == end.y
            assert not any(_through(start, end, box) for box in layout.boxes.values())
            assert min(start.x, end.x) >= 0
            assert max(start.x, end.x) <= layout.width
    for one, other in combinations(layout.routes, 2):
        if one.bundle < 0 or one.bundle != other.bundle:
            assert not any(_share(a, b) for a in _segments(one) for b in _segments(other)), (one, other)


@settings(max_examples=examples(100), deadline=None)
@given(diagrams())
def test_nothing_overlaps_and_every_line_joins_its_boxes(chart: Diagram) -> None:
    _, layout, _ = laid(chart)
    assert list(layout.boxes) == [stage.name for stage in chart.stages]
    assert {route.edge[:2] for route in layout.routes} == {(way.from_, way.to) for way in chart.ways}
    _hold(layout)


@settings(max_examples=examples(40), deadline=None)
@given(diagrams())
def test_it_can_be_read_and_is_the_same_each_time(chart: Diagram) -> None:
    text = diagram(chart)
    assert diagram(chart) == text
    seen = read(text)
    assert [row[2] for row in seen.tables[0][1:]] == [str(stage.count) for stage in chart.stages]
    if chart.ways:
        assert len(seen.tables[1]) == len(chart.ways) + 1


@pytest.mark.parametrize(("name", "kind"), CYCLES)
def test_the_lifecycles_of_the_packs_fit_on_a_phone(name: str, kind: str) -> None:
    policy = packs.load(name).policy
    chart = _of(policy, kind)
    _, layout, faces = laid(chart)
    _hold(layout)
    assert layout.width <= 390, "wider, and its text would be too small on a phone"
    assert layout.height <= 1000, "higher, and it would not stand on a sheet of paper"
    assert not any("…" in line for face in faces.values() for line in (*face.name, *face.meaning))


def _of(policy: Policy, kind: str) -> Diagram:
    stages = policy.lifecycles[kind].stages
    hrefs = {stage: f"stage/{stage}.html" for stage in stages}
    return lifecycle(HEAD, policy, kind, counts={next(iter(stages)): 3}, hrefs=hrefs, records="things")


@pytest.mark.parametrize(("name", "kind"), CYCLES)
def test_the_tables_say_what_the_policy_says(name: str, kind: str) -> None:
    policy = packs.load(name).policy
    cycle = policy.lifecycles[kind]
    seen = read(diagram(_of(policy, kind)))
    counts = [
        [stage, said.title, "3" if not index else "0"] for index, (stage, said) in enumerate(cycle.stages.items())
    ]
    assert [row[:3] for row in seen.tables[0][1:]] == counts
    assert {row[0] for row in seen.tables[0] if "over" in row[3]} == {one for one in cycle.stages if cycle.is_over(one)}
    ways = [(left, way) for way in cycle.transitions for left in way.from_]
    assert [row[:2] for row in seen.tables[1][1:]] == [[left, way.to] for left, way in ways]
    for row, (_, way) in zip(seen.tables[1][1:], ways, strict=True):
        assert ("usual way" in row[2]) == way.main
        for need in way.needs:
            assert " ".join([need, ", ".join(policy.requirements[need].clauses)]) in row[3]
        assert row[5] == ", ".join(way.clauses)
    assert sorted(seen.links()) == sorted(f"stage/{stage}.html" for stage in cycle.stages)


def _chart(*ways: Way, stages: str) -> Diagram:
    return Diagram(HEAD, stages[0], [Stage(name) for name in stages], ways)


def test_the_main_way_goes_down_and_exits_stand_beside_it() -> None:
    ways = [
        Way("a", "b", main=True),
        Way("b", "c"),
        Way("c", "d", main=True),
        Way("a", "x"),
        Way("b", "x"),
        Way("x", "a"),
    ]
    order, layout, _ = laid(_chart(*ways, stages="axdcb"))
    assert list(order.spine) == ["a", "b", "c", "d"]
    assert list(order.side) == ["x"]
    tops = [layout.boxes[stage].y for stage in order.spine]
    assert tops == sorted(tops)
    assert {route.edge[:2]: route.manner for route in layout.routes} == {
        ("a", "b"): "main",
        ("b", "c"): "on",
        ("c", "d"): "main",
        ("a", "x"): "on",
        ("b", "x"): "on",
        ("x", "a"): "back",
    }


def test_a_stage_to_which_much_leads_is_high_enough_for_it() -> None:
    spine = [Way(one, other, main=True) for one, other in pairwise("abcdefgh")]
    exits = [Way("d", name) for name in "uvwxyz"] + [Way(name, "d") for name in "uvwxyz"]
    layout = laid(_chart(*spine, *exits, stages="abcdefghuvwxyz"))[1]
    _hold(layout)
    assert len({route.points[0] for route in layout.routes if route.edge.from_ == "d"}) == 7


def test_exits_of_the_last_stage_stand_no_lower_than_it() -> None:
    spine = [Way(one, other, main=True) for one, other in pairwise("abcdef")]
    layout = laid(_chart(*spine, Way("f", "x"), Way("f", "y"), stages="abcdefxy"))[1]
    last, beside = layout.boxes["f"], layout.boxes["y"]
    assert beside.y + beside.height == last.y + last.height
    assert layout.boxes["x"].y < layout.boxes["y"].y


def test_names_stay_whole_in_both_columns() -> None:
    names = ["a-beginning", "n" * 18, "u" * 18]
    ways = [Way(names[0], names[1], main=True), Way(names[0], names[2]), Way(names[1], names[2])]
    faces = laid(Diagram(HEAD, names[0], [Stage(name) for name in names], ways))[2]
    assert ["".join(faces[name].name) for name in names] == names


def test_lines_to_one_stage_run_into_one() -> None:
    spine = [Way(one, other, main=True) for one, other in pairwise("abc")]
    seen = read(diagram(_chart(*spine, Way("a", "x"), Way("b", "x"), Way("c", "x"), stages="abcx")))
    paths = [one.attrib["d"] for one in seen.svg.iter(f"{SVG}path") if one.get("class") == "way on"]
    (shared,) = [path for path in paths if path.count("M") == 3]
    ends = [float(line.rpartition("L")[2].split()[0]) for line in shared.split("M")[1:]]
    assert len(set(ends)) > 1, "one of them arrives, the others end where they run into it"
    assert ends.count(max(ends)) == 1


def test_the_longest_main_way_is_the_spine_wherever_it_parts() -> None:
    short_first = [Way("a", "c", main=True), Way("a", "b", main=True), Way("b", "c", main=True)]
    assert list(laid(_chart(*short_first, stages="abc"))[0].spine) == ["a", "b", "c"]


def test_a_thousand_stages_in_a_row_are_drawn() -> None:
    names = [f"s{index}" for index in range(1000)]
    ways = [Way(one, other, main=True) for one, other in pairwise(names)]
    _, layout, _ = laid(Diagram(HEAD, "s0", [Stage(name) for name in names], ways))
    assert len(layout.boxes) == 1000


def test_where_a_record_stands_is_marked_in_word_and_frame() -> None:
    chart = Diagram(HEAD, "a", [Stage("a", href="a.html"), Stage("b")], [Way("a", "b")], here="b")
    text = diagram(chart)
    assert [row[3] for row in read(text).tables[0][1:]] == ["first", "stands here"]
    assert text.count('class="frame here"') == 1


def test_no_stage_is_nothing_to_show() -> None:
    assert "Nothing to show." in diagram(Diagram(HEAD, "a", [], []))


@pytest.mark.parametrize(
    "chart",
    [
        Diagram(HEAD, "a", [Stage("a"), Stage("a")], []),
        Diagram(HEAD, "z", [Stage("a")], []),
        Diagram(HEAD, "a", [Stage("a")], [Way("a", "b")]),
        Diagram(HEAD, "a", [Stage("a")], [], here="b"),
        Diagram(HEAD, "a", [Stage("a", count=-1)], []),
        Diagram(HEAD, "a", [Stage("a", href="https://evil.example")], []),
    ],
)
def test_what_is_no_lifecycle_is_refused(chart: Diagram) -> None:
    with pytest.raises(ValueError, match=r"stages are not those|cannot be drawn|no relative link"):
        diagram(chart)
