"""The state diagram of a lifecycle: the main way down, exits beside it, and how many records stand where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from partnerkit.dataclass import dataclass
from partnerkit.reports.charts.boxes import Face, Sizes, box, face, fitting
from partnerkit.reports.charts.draw import Content, Element, joined, linked, stacked, tag, told
from partnerkit.reports.charts.figure import SMALL, WIDTH, Drawing, Head, Table, figure, words
from partnerkit.reports.charts.layout import Layout, lay, wire
from partnerkit.reports.charts.lines import arrow, drawn, legend
from partnerkit.reports.charts.measure import width
from partnerkit.reports.charts.plan import Edge, Plan, plan
from partnerkit.reports.charts.scale import amount


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage.

    Attributes:
        name: what it is called.
        meaning: what it means, in words.
        count: how many records stand in it; None where they are not counted.
        href: where its box leads.
        over: whether a record is over in it.
    """

    name: str
    meaning: str = ""
    count: int | None = None
    href: str | None = None
    over: bool = False


@dataclass(frozen=True, slots=True)
class Demand:
    """Something that a way demands, and where the policy says so."""

    name: str
    clauses: Sequence[str] = ()
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """An allowed change of stage.

    Attributes:
        from_: the stage left.
        to: the stage reached.
        main: whether it is the usual way on.
        needs: what it demands.
        by: the role that may make it; empty: anybody on the roster.
        when: for which records it is a way, in words; empty: for all.
        clauses: where the policy says so.
    """

    from_: str
    to: str
    main: bool = False
    needs: Sequence[Demand] = ()
    by: str = ""
    when: str = ""
    clauses: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Diagram:
    """A lifecycle.

    Attributes:
        head: what every chart has.
        starts: the stage of a new record.
        stages: every stage, in the order of the policy.
        ways: every allowed change of stage.
        records: what is counted, such as `partnerships`.
        here: the stage in which the record stands that the page is about.
    """

    head: Head
    starts: str
    stages: Sequence[Stage]
    ways: Sequence[Way]
    records: str = "records"
    here: str | None = None


def diagram(chart: Diagram) -> str:
    """The diagram as a figure.

    Raises:
        ValueError: a stage is named twice, or one that is named is none of them; a count is negative; a link leads
            out of the site.
    """
    names = [stage.name for stage in chart.stages]
    named = {chart.starts, *(end for way in chart.ways for end in (way.from_, way.to))} if names else set()
    if len(set(names)) < len(names) or not {*named, chart.here or chart.starts}.issubset(names or {chart.starts}):
        raise ValueError("the stages are not those that the ways name, each once")
    for stage in chart.stages:
        amount(stage.count or 0)
    shown = _drawn(chart) if chart.stages else None
    return figure(chart.head, shown, ("Stages", _stages(chart)), ("Ways from stage to stage", _ways(chart)))


def _stages(chart: Diagram) -> Table:
    rows: list[list[Content]] = [
        [
            linked(stage.href, stage.name),
            stage.meaning,
            "" if stage.count is None else str(stage.count),
            ", ".join(_facts(chart, stage)),
        ]
        for stage in chart.stages
    ]
    return Table(["stage", "meaning", chart.records, "marks"], rows)


def _facts(chart: Diagram, stage: Stage) -> list[str]:
    facts = {"first": stage.name == chart.starts, "over": stage.over, "stands here": stage.name == chart.here}
    return [fact for fact, holds in facts.items() if holds]


def _ways(chart: Diagram) -> Table:
    rows: list[list[Content]] = []
    for way in chart.ways:
        demands = stacked([_demand(need) for need in way.needs])
        which = ", ".join(filter(None, ("usual way" if way.main else "", way.when)))
        rows.append([way.from_, way.to, which, demands, way.by or "anybody on the roster", ", ".join(way.clauses)])
    return Table(["from", "to", "which", "demands", "made by", "clause"], rows)


def _demand(need: Demand) -> Element:
    cited = [tag("span", f" {', '.join(need.clauses)}", class_="chart-cited")] if need.clauses else []
    return joined([linked(need.href, tag("span", need.name)), *cited])


def _edges(ways: Sequence[Way]) -> list[Edge]:
    """What is drawn: of several ways between two stages, one."""
    main: dict[tuple[str, str], bool] = {}
    for way in ways:
        main[way.from_, way.to] = main.get((way.from_, way.to), False) or way.main
    return [Edge(*ends, usual) for ends, usual in main.items()]


def laid(chart: Diagram) -> tuple[Plan, Layout, Mapping[str, Face]]:
    """Where everything stands, and what stands in the boxes."""
    edges = _edges(chart.ways)
    order = plan(chart.starts, [stage.name for stage in chart.stages], edges)
    wiring = wire(order, edges)
    about = {stage.name: 60.0 for stage in chart.stages}
    sizes = fitting(WIDTH - lay(order, wiring, (0, 0), about).width, order.spine, order.side)
    faces = _faces(chart, order, sizes)
    return order, lay(order, wiring, sizes, {name: one.height for name, one in faces.items()}), faces


def _faces(chart: Diagram, order: Plan, sizes: Sizes) -> dict[str, Face]:
    beside = set(order.side)
    return {
        stage.name: face(stage.name, stage.meaning, stage.count, sizes[stage.name in beside]) for stage in chart.stages
    }


def _drawn(chart: Diagram) -> Drawing:
    order, layout, faces = laid(chart)
    wide = max(layout.width, WIDTH)
    first = layout.boxes[chart.starts]
    middle = first.x + first.width / 2
    parts = [
        tag("circle", cx=middle, cy=6, r=5, class_="start"),
        tag("path", d=f"M{middle:g} 11V{first.y - 6:g}", class_="way main"),
        arrow((middle, first.y - 9), (middle, first.y), "main"),
        *drawn(layout),
        *_labels(chart, layout),
        *(_box(chart, stage, layout, faces, order) for stage in chart.stages),
    ]
    manners = dict.fromkeys(route.manner for route in layout.routes)
    key, height = legend(manners, any(stage.over for stage in chart.stages), layout.height + 16, wide)
    said = f"{len(chart.stages)} stages. The usual way: {', '.join(order.spine)}. Beside it: {', '.join(order.side)}."
    leads = any(stage.href for stage in chart.stages)
    return Drawing([*parts, key], height, said.replace(" Beside it: .", ""), wide, leads)


def _labels(chart: Diagram, layout: Layout) -> list[Element]:
    """How much is demanded, beside the lines that run straight down."""
    many = {(way.from_, way.to): len(way.needs) for way in chart.ways}
    found = []
    for route in layout.routes:
        wanted = many[route.edge[:2]]
        label = f"needs {wanted}"
        if route.bundle < 0 and wanted and width(label, SMALL) + 10 <= layout.boxes[route.edge.to].width / 2:
            start, end = route.points
            found.append(words(start.x + 10, (start.y + end.y) / 2 + SMALL / 3, label, "small", "muted"))
    return found


def _box(chart: Diagram, stage: Stage, layout: Layout, faces: Mapping[str, Face], order: Plan) -> Element:
    usual = stage.name in order.spine or any(way.main and way.to == stage.name for way in chart.ways)
    manner = "here" if stage.name == chart.here else "usual" if usual else "beside"
    counted = f": {stage.count} {chart.records}" if stage.count is not None else ""
    meaning = f", {stage.meaning}" if stage.meaning else ""
    shape = box(layout.boxes[stage.name], faces[stage.name], manner, over=stage.over)
    return told(f"{stage.name}{meaning}{counted}", stage.href, shape)
