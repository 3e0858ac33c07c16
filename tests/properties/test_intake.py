"""Whatever stands in a sheet of answers, its import lands whole as one commit, or nothing of it; and `undo` takes it back."""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML
from tests.journeys import cohort, mentoring
from tests.journeys.cohort import HEADINGS
from tests.place import Place

from partnerkit.store.disk.sheets import is_formula

#: How many sheets are taken in.
SHEETS = int(os.environ.get("PARTNERKIT_SHEETS", "6"))

#: Answers of three mentors and three mentees, few enough to be taken in again and again.
NUMBERS = (0, 1, 2, 12, 13, 14)

#: What somebody, or something, might write into any cell.
ODD = [
    *(
        "",
        " ",
        "-",
        "0",
        "200",
        "-1",
        "1e9",
        "NaN",
        "7,5",
        "1.000",
        "\u0661",
        "true",
        "yes",
        "n/a",
        "null",
        "[x]",
        "{as}",
    ),
    *(
        "=1+1",
        "@/etc/hostname",
        "+SUM(A1)",
        "-cmd|' /C calc'!A0",
        "'=1+1",
        "%s",
        "<name>",
        "p-rosa",
        "p-0001",
        "Ada Nobody",
    ),
    *("2026-02-30", "0001-01-01", "9999-12-31", "03/04/2026", "2027-01-01", "2026-02-20T10:00:00+02:00", "soon"),
    *(
        "formal",
        "Formal, Formal",
        "mentee; mentor",
        "a: b",
        "a: b: c; d",
        "line\nline",
        "x" * 300,
        "a\u202eb",
        "\x07",
        "\u200b",
    ),
    *(
        "https://a.example/" + "x" * 90,
        "javascript:alert(1)",
        "verified",
        "2026-02-01, 2026-02-02",
        "21",
        "C++",
        "\ufeff",
    ),
]

CELLS = st.sampled_from(ODD) | st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=10)
CHANGES = st.dictionaries(st.tuples(st.integers(0, len(NUMBERS) - 1), st.sampled_from(HEADINGS)), CELLS, max_size=6)
TAILS = st.sampled_from(["", "a,b,c\n", "\n,,,\n", "x," * 40 + "\n"])


@pytest.fixture(scope="module")
def intake(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A programme, and the map of its form beside it."""
    root = tmp_path_factory.mktemp("intake") / "register"
    root.mkdir()
    place = mentoring.programme(root)
    form = place.write("form.csv", cohort.as_sheet([cohort.row(number) for number in NUMBERS]))
    found = YAML(typ="safe").load(place.do("import", form, "--kind", "application").out)
    out = io.StringIO()
    YAML().dump({**found, "kept": "vault/form.csv"}, out)
    place.write("map.yaml", out.getvalue())
    return place


@settings(max_examples=SHEETS, deadline=None, suppress_health_check=list(HealthCheck))
@given(changes=CHANGES, twice=st.booleans(), tail=TAILS, leave_out=st.booleans())
@example(changes={(0, "Hours per month"): "200"}, twice=True, tail="a,b,c\n", leave_out=True)
@example(changes={}, twice=False, tail="", leave_out=False)
def test_a_sheet_comes_in_whole_or_not_at_all(
    intake: Place, changes: dict[tuple[int, str], str], twice: bool, tail: str, leave_out: bool
) -> None:
    answers = [cohort.row(number) for number in NUMBERS]
    for (number, heading), cell in changes.items():
        answers[number][heading] = cell
    answers += answers[:1] if twice else []
    sheet = intake.write("sheet.csv", cohort.as_sheet(answers) + tail)
    by = str(Path(sheet).parent / "map.yaml")
    words = ("import", sheet, "--map", by, *(["--leave-out"] if leave_out else []))
    before, start = intake.snapshot(), intake.git("rev-parse", "HEAD").strip()

    dry = intake.run(*words, "--dry-run", "--json")
    assert intake.snapshot() == before
    said = intake.run(*words, "--json")
    assert "Traceback" not in said.all
    assert "failed in a way it should not" not in said.all
    assert said.code in {0, 1, 2}, said.all

    if said.code != 0:
        assert intake.snapshot() == before
        assert leave_out or dry.code != 0
        return
    assert dry.code == 0
    rows = said.json["rows"]
    made = [one for one in rows if one["action"] == "create"]
    assert [(one["row"], one["name"]) for one in made] == [
        (one["row"], one["name"]) for one in dry.json["rows"] if one["action"] == "create"
    ]
    assert len(said.json["records"]) == len(made)
    assert len(rows) == len(list(csv.reader(io.StringIO(Path(sheet).read_text(encoding="utf-8"))))) - 1 - _empty(sheet)
    landed = intake.git("rev-list", f"{start}..HEAD").split()
    assert len(landed) == (1 if made else 0)
    assert intake.run("check").code == 0
    text = intake.git("show", "HEAD") if made else ""
    assert "mail.example" not in text
    assert "Invented" not in text
    if made:
        intake.do("undo")
        assert not intake.json("list", "application")["records"]
        assert intake.run("check").code == 0
    intake.git("reset", "-q", "--hard", start)


def _empty(sheet: str) -> int:
    """The rows of a sheet in which nothing stands."""
    text = Path(sheet).read_text(encoding="utf-8")
    return sum(not any(cell.strip() for cell in row) for row in csv.reader(io.StringIO(text)))


@given(CELLS)
def test_what_would_run_in_a_spreadsheet_is_seen(cell: str) -> None:
    """A formula always begins with one of four marks; numbers, telephone numbers, handles and lists may, too."""
    assert not is_formula(cell) or cell[0] in "=+-@\t\r"
    assert is_formula(f"={cell}")
    assert not is_formula(f"a{cell}")


@pytest.mark.parametrize("cell", ["-5", "+49 (0)30 12-34", "@somebody", "- to write tests", "+1,5"])
def test_what_begins_like_a_formula_and_is_none(cell: str) -> None:
    assert not is_formula(cell)


@pytest.mark.parametrize("cell", ["-1+cmd|' /C calc'!A0", "@SUM(1+1)*cmd|", "+HYPERLINK(1)", "-A1", "-  =1+1", "\t=1"])
def test_what_is_a_formula(cell: str) -> None:
    assert is_formula(cell)
