"""In from a spreadsheet and out again: a map, a dry run, questions, one commit; undone, nothing is left of it."""

from __future__ import annotations

import csv
import io
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerkit.jobs.sheet_cells import Question, day, domain, same_name
from partnerkit.store.disk.sheets import FORMULA, as_csv, sheet
from tests.conftest import At
from tests.story import ACME

COLUMNS = ("Organisation", "Type", "Website", "Status", "Partner since", "Until", "Contact e-mail", "Notes")
LEAVES = ("cloud-providers", "bootcamps", "universities", "local-groups", "tool-providers")
FORMS = ("GmbH", "Ltd", "e.V.", "Inc.", "")


def mess(count: int = 300, seed: int = 7) -> list[list[str]]:
    """A sheet as people keep it: the same partner twice, days in two ways, contacts in one cell, missing ends."""
    draw = random.Random(seed)  # noqa: S311 - a sheet, not a secret
    rows: list[list[str]] = []
    for number in range(count):
        if rows and number % 10 == 9:
            rows.append(_again(draw, draw.choice([row for row in rows if row[0]])))
            continue
        name = (
            f"{draw.choice(['Harbour', 'Quarry', 'Éclair', 'Tallow', 'Meadow'])} {number} {draw.choice(FORMS)}".strip()
        )
        since = f"{draw.randint(1, 28):02}.{draw.randint(1, 12):02}.{draw.randint(2019, 2025)}"
        rows.append(
            [
                name,
                draw.choice(LEAVES) if number % 7 else "Bootcamp",
                f"https://www.p{number}.example/about" if number % 3 else "",
                draw.choice(["active", "active", "former", "proposed"]),
                since if number % 2 else "-".join(reversed(since.split("."))),
                f"31.12.{draw.randint(2027, 2029)}" if number % 4 == 0 else "",
                "a@b.example; c@d.example\n+49 30 1234",
                draw.choice(["=1+1", "", "said, they'd call", '"quoted"']),
            ]
        )
    return rows


def _again(draw: random.Random, row: list[str]) -> list[str]:
    name = row[0].upper() if draw.random() < 0.5 else f"  {row[0].replace(' ', '  ')} "
    return [name, *row[1:]]


def written(place, rows: list[list[str]], delimiter: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([COLUMNS, *rows])
    return str(place.write("partners.csv", out.getvalue()))


def mapped(place, path: str, *changes: tuple[str, str], more: str = "") -> str:
    text = place.do("import", path).out
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return str(place.write("map.yaml", text + more))


ANSWERS = (("dates: null", "dates: day-first"), ("former: former", "former: ended"))
WORDS = "values:\n  type:\n    Bootcamp: bootcamps\n"


@pytest.mark.long
def test_three_hundred_messy_partners_come_in_with_one_commit_and_go_again(at: At) -> None:
    place = at("proposed")
    rows = mess()
    path = written(place, rows, ";")
    before = place.do("export", "ndjson").out
    head = int(place.git("rev-list", "--count", "HEAD"))
    by = mapped(place, path, *ANSWERS, more=WORDS)
    assert "Contact e-mail: null" in (place.root.parent / f"{place.root.name}-files" / "map.yaml").read_text()

    dry = place.json("import", path, "--map", by, "--dry-run")
    actions = [one["action"] for one in dry["rows"]]
    assert actions.count("create") == 270
    assert actions.count("skip") == 30
    assert int(place.git("rev-list", "--count", "HEAD")) == head

    place.do("import", path, "--map", by)
    assert int(place.git("rev-list", "--count", "HEAD")) == head + 1
    assert place.run("check").code == 0

    out = list(csv.DictReader(io.StringIO(place.do("export", "csv", "partnership").out)))
    found = {one["name"]: one for one in out}
    for row in rows:
        if row[0] in found:
            record = found[row[0]]
            assert record["website"] == row[2]
            assert record["type"].endswith(row[1].replace("Bootcamp", "bootcamps"))
            assert record["stage"] == row[3].replace("former", "ended")
            assert record["starts"] == record["since"] == day(row[4], "day-first")
            assert record["ends"] == (day(row[5], "day-first") if row[5] else "")
    assert len(found) == 271

    place.do("undo")
    assert place.do("export", "ndjson").out == before
    assert place.run("check").code == 0


def test_a_second_time_nothing_is_new(at: At) -> None:
    place = at("proposed")
    path = written(place, mess(20))
    by = mapped(place, path, *ANSWERS, more=WORDS)
    place.do("import", path, "--map", by)
    again = place.json("import", path, "--map", by, "--dry-run")
    assert {one["action"] for one in again["rows"]} == {"skip"}


def test_after_an_undo_it_is_said_that_the_ids_stay_taken(at: At) -> None:
    place = at("proposed")
    path = written(place, [["Brook", "bootcamps", "", "active", "2026-01-01", "", "", ""]])
    by = mapped(place, path)
    place.do("import", path, "--map", by)
    place.do("undo")
    said = place.do("import", path, "--map", by)
    assert "Brook: the id brook was undone and stays taken for ever; it is brook-2 now" in said.out


def test_a_record_that_is_there_is_added_to_and_never_overwritten(at: At) -> None:
    place = at("proposed")
    name = place.json("show", ACME)["record"]["name"]
    row = [f"{name.upper()} GmbH", "bootcamps", "https://acme.example", "active", "2024-01-01", "", "", ""]
    path = written(place, [row])
    by = mapped(place, path, ("dates: null", "dates: iso"))
    before = place.json("show", ACME)["record"]
    place.do("import", path, "--map", by)
    after = place.json("show", ACME)["record"]
    assert after["website"] == "https://acme.example"
    assert {key: after[key] for key in ("type", "name", "stage")} == {
        key: before[key] for key in ("type", "name", "stage")
    }


@pytest.mark.parametrize(
    ("row", "question"),
    [
        (["Brook", "bootcamps", "", "active", "03/04/2026", "", "", ""], "can be two days"),
        (["Brook", "bootcamps", "", "active", "31.02.2026", "", "", ""], "no day of the calendar"),
        (["Brook", "bootcamps", "", "active", "01.01.26", "", "", ""], "which century"),
        (["Brook", "bootcamps", "", "active", "soon", "", "", ""], "'soon' is no day"),
        (["Brook", "bootcamps", "", "active", "", "", "", ""], "since when does it stand there?"),
        (["Brook", "bootcamps", "", "", "2026-01-01", "", "", ""], "Status says nothing"),
        (
            ["Brook", "bootcamps", "", "Aktiv", "2026-01-01", "", "", ""],
            "there is no stage 'aktiv'; did you mean active?",
        ),
        (["Brook", "banks", "", "active", "2026-01-01", "", "", ""], "has no category 'banks'"),
        (["", "bootcamps", "", "active", "2026-01-01", "", "", ""], "it has no name"),
        (["Brook", "bootcamps", "", "active", "2026-06-01", "01.13.2026x", "", ""], "is no day"),
        (["Brook", "bootcamps", "", "active", "2030-01-01", "", "", ""], "since 2030-01-01, which is still to come"),
    ],
)
def test_what_can_be_read_two_ways_is_asked_with_its_line(at: At, row: list[str], question: str) -> None:
    place = at("proposed")
    path = written(place, [["Other", "bootcamps", "", "active", "2026-01-01", "", "", ""], row])
    by = mapped(place, path)
    snapshot = place.snapshot()

    said = place.refuse("import", path, "--map", by)

    assert question in said.err
    assert f"{path}:3" in said.err
    assert place.snapshot() == snapshot
    assert place.run("import", path, "--map", by, "--dry-run").code == 1
    done = place.do("import", path, "--map", by, "--leave-out")
    assert "1 new, 0 updated, 1 left out" in done.out
    assert "1 new, 0 updated, 1 left out" in place.git("log", "-1", "--format=%s")
    assert place.run("show", "other").code == 0


@pytest.mark.parametrize(
    ("change", "teaches"),
    [
        (("Website: website", "Webseite: website"), "the sheet has no column 'Webseite'"),
        (("Website: website", "Website: wbsite"), "has no field 'wbsite'"),
        (("kind: partnership", "kind: partnershp"), "did you mean partnership?"),
        (("policy: OPS-05-03", "policy: OPS-5"), "has no policy 'OPS-5'"),
        (("dates: null", "dates: sometimes"), "dates"),
        (("columns:", "colums:"), "colums"),
    ],
)
def test_a_map_that_does_not_fit_is_said_to_be_wrong(at: At, change: tuple[str, str], teaches: str) -> None:
    place = at("proposed")
    path = written(place, [["Brook", "bootcamps", "", "active", "2026-01-01", "", "", ""]])
    said = place.run("import", path, "--map", mapped(place, path, change))
    assert said.code in {1, 2}
    assert teaches in said.err
    assert "Traceback" not in said.all


@pytest.mark.parametrize(
    "text",
    ["", "a,b\n", "a,a\n1,2\n", "a,b\n1,2,3\n", 'a,b\n"1,2\n', "\xff\xfe"],
    ids=["empty", "head", "twice", "long", "quote", "bytes"],
)
def test_a_sheet_that_is_none_is_called_wrongly(at: At, text: str) -> None:
    place = at("proposed")
    path = place.root / "sheet.csv"
    path.write_bytes(text.encode("latin-1"))
    place.wrong("import", str(path))


def test_cells_that_a_spreadsheet_would_run_are_disarmed_and_come_back_as_they_were(at: At) -> None:
    place = at("proposed")
    place.do("set", ACME, "website==HYPERLINK(1)")
    out = place.do("export", "csv", "partnership", "--columns", "id,website").out
    assert "acme,'=HYPERLINK(1)" in out


CELL = st.text(st.characters(exclude_characters="\r\0", exclude_categories=["Cs"]), max_size=8)


@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=5))
def test_a_table_written_is_read_back(tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]) -> None:
    rows = [
        (left, right)
        for left, right in rows
        if "\0" not in left + right and not left.startswith("'") and not right.startswith("'")
    ]
    path = tmp_path_factory.mktemp("sheet") / "x.csv"
    path.write_bytes(
        as_csv(["a", "b"], [["x" + left, right] for left, right in rows] or [["x", ""]]).encode("utf-8", "replace")
    )
    for (left, right), (_line, cells) in zip(rows, sheet(path).rows, strict=False):
        assert cells.get("a", "") == ("x" + left).encode("utf-8", "replace").decode().strip()
        cell = right.encode("utf-8", "replace").decode()
        assert cells.get("b", "") == cell.strip() or cell.strip().startswith(FORMULA) or cell.startswith(FORMULA)


def test_names_and_hosts_are_the_same_whatever_the_writing() -> None:
    assert same_name("Éclair  Nord e.V.") == same_name("ECLAIR nord")
    assert same_name("GmbH") == "gmbh"
    assert domain("https://www.a.example/x") == domain("a.example") == "a.example"
    assert domain("nothing") is None


@given(st.dates())
def test_a_day_is_itself_in_every_way_of_writing(one) -> None:
    text = f"{one.year:04}"
    assert day(one.isoformat(), None) == one.isoformat()
    assert day(f"{one.day:02}.{one.month:02}.{text}", "day-first") == one.isoformat()
    assert day(f"{one.month}/{one.day}/{text}", "month-first") == one.isoformat()
    if one.day <= 12 and one.day != one.month:
        with pytest.raises(Question):
            day(f"{one.day}/{one.month}/{text}", None)
