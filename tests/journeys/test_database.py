"""`export sqlite`: all of a register in one file, as far as its readers may see it."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from partnerkit.jobs.database_tables import TABLES, VERSION
from partnerkit.jobs.database_views import VIEWS
from tests.conftest import At
from tests.made import copied
from tests.place import Place
from tests.story import ACME, DEAL

CANARY = "vault-canary-31"


def out(place: Place, name: str = "register.db") -> Path:
    return place.root.parent / name


class Asked:
    """Answers of a database that is only read."""

    def __init__(self, path: Path) -> None:
        self.base = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
        self.base.row_factory = sqlite3.Row

    def __call__(self, question: str, *values: Any) -> list[dict[str, Any]]:
        return [dict(row) for row in self.base.execute(question, values)]

    def column(self, question: str, *values: Any) -> list[Any]:
        return [next(iter(row.values())) for row in self(question, *values)]


def export(place: Place, *words: str, **how: Any) -> Asked:
    place.do("export", "sqlite", "--out", str(out(place)), *words, **how)
    return Asked(out(place))


@pytest.fixture(scope="module")
def place(example: Path, tmp_path_factory: pytest.TempPathFactory) -> Place:
    """The example register, which nobody changes."""
    root = tmp_path_factory.mktemp("database") / "register"
    copied(example, root)
    return Place(root, day="2026-09-01")


@pytest.fixture(scope="module")
def asked(place: Place) -> Iterator[Asked]:
    found = export(place)
    with closing(found.base):
        yield found


def test_it_is_sound_and_nothing_leads_nowhere(asked: Asked) -> None:
    assert asked.column("PRAGMA integrity_check") == ["ok"]
    assert asked("PRAGMA foreign_key_check") == []
    assert asked.column("PRAGMA user_version") == [VERSION]


def test_the_same_register_gives_the_same_bytes_and_leaves_nothing_beside_it(place: Place, asked: Asked) -> None:
    del asked
    place.do("export", "sqlite", "--out", str(out(place, "again.db")))
    assert out(place, "again.db").read_bytes() == out(place).read_bytes()
    assert sorted(path.name for path in place.root.parent.iterdir()) == ["again.db", "register", "register.db"]


def test_it_says_itself_what_everything_is(asked: Asked) -> None:
    says = dict.fromkeys(asked.column("SELECT thing FROM about"))
    for table in TABLES:
        there = [row["name"] for row in asked(f"PRAGMA table_info({table.name})")]
        assert there == [column.name for column in table.columns]
        assert {table.name, *(f"{table.name}.{name}" for name in there)} <= says.keys()
    assert {view.name for view in VIEWS} <= says.keys()
    assert asked.column("SELECT says FROM about WHERE thing = 'schema'") == ["partnerkit.sqlite/1"]
    assert asked.column("SELECT says FROM about WHERE thing = 'day'") == ["2026-09-01"]


def test_its_records_are_those_of_the_register(place: Place, asked: Asked) -> None:
    listed = place.json("list")["records"]
    rows = asked("SELECT id, kind, stage, policy FROM records ORDER BY id")
    assert rows == sorted(({key: one[key] for key in rows[0]} for one in listed), key=lambda one: one["id"])
    by_kind = {row["kind"]: row["n"] for row in asked("SELECT kind, count(*) AS n FROM records GROUP BY kind")}
    assert asked.column("SELECT count(*) FROM partnerships") == [by_kind["partnership"]]
    assert asked.column("SELECT count(*) FROM pairings") == [by_kind["pairing"]]
    assert asked.column("SELECT count(*) FROM reviews") == [by_kind["review"]]
    [agreement] = asked("SELECT * FROM agreements ORDER BY id LIMIT 1")
    said = place.json("show", agreement["id"])["record"]
    assert agreement == {key: said.get(key.replace("_", "-")) for key in agreement}
    assert asked.column("SELECT subject FROM records WHERE id = ?", agreement["id"]) == [said["partnership"]]


def test_what_was_said_and_done_is_all_there(place: Place, asked: Asked) -> None:
    record = asked.column("SELECT record FROM statements GROUP BY record ORDER BY count(*) DESC LIMIT 1")[0]
    said = place.json("log", record)
    assert asked.column("SELECT id FROM entries WHERE record = ? ORDER BY seq", record) == [
        one["id"] for one in said["entries"]
    ]
    rows = asked("SELECT id, list, by, requirement FROM statements WHERE record = ? ORDER BY id", record)
    assert rows == sorted(
        ({key: one[key] for key in ("id", "list", "by", "requirement")} for one in said["statements"]),
        key=lambda one: str(one["id"]),
    )


def test_its_obligations_are_those_of_today(place: Place, asked: Asked) -> None:
    found = place.json("today", "--within", "P1Y")["obligations"]
    keys = ("id", "state", "due", "late", "title", "command")
    rows = asked("SELECT id, state, due, days_late AS late, title, command FROM obligations ORDER BY id")
    assert rows == sorted(({key: one[key] for key in keys} for one in found), key=lambda one: one["id"])
    late = asked("SELECT * FROM overdue")
    assert [one["days_late"] for one in late] == sorted((one["late"] for one in found if one["late"]), reverse=True)
    assert all(one["due"] >= "2026-09-01" for one in asked("SELECT due FROM expiring"))


def test_the_pipeline_adds_up(asked: Asked) -> None:
    assert asked.column("SELECT sum(records) FROM pipeline") == asked.column(
        "SELECT count(*) FROM records WHERE NOT over"
    )


def test_words_are_found_wherever_they_stand(asked: Asked) -> None:
    question = "SELECT record, path FROM texts JOIN texts_fts ON texts_fts.rowid = texts.n WHERE texts_fts MATCH ?"
    assert {"record": "rust-together", "path": "title"} in asked(question, "rust")
    named = (
        "SELECT records.id FROM records JOIN records_fts ON records_fts.rowid = records.rowid WHERE records_fts MATCH ?"
    )
    assert asked.column(named, "northw*") != []


def test_it_finds_what_list_finds(place: Place, asked: Asked) -> None:
    """Ids, sorts and links too; where texts have no hyphens, both read words alike."""
    for word in ("northwind", "coop", "corporate"):
        listed = {one["id"] for one in place.json("list", "--search", word)["records"]}
        question = "SELECT record FROM texts JOIN texts_fts ON texts_fts.rowid = texts.n WHERE texts_fts MATCH ?"
        assert set(asked.column(question, f"{word}*")) == listed != set()


def test_what_is_late_says_since_when(asked: Asked) -> None:
    rows = asked("SELECT days_late, first_due, julianday('2026-09-01') - julianday(first_due) AS days FROM overdue")
    assert [one["days_late"] for one in rows] == [one["days"] for one in rows]
    assert len(rows) > 3


def test_people_are_those_whom_records_name_and_no_party(asked: Asked) -> None:
    applicants = set(asked.column("SELECT applicant FROM applications"))
    people = set(asked.column("SELECT id FROM people"))
    assert applicants
    assert applicants <= people
    assert "partner" not in people
    assert set(asked.column('SELECT "by" FROM statements')) <= people


def test_the_questions_of_the_page_can_be_asked(asked: Asked) -> None:
    page = (Path(__file__).parents[2] / "docs" / "sqlite.md").read_text(encoding="utf-8")
    [block] = re.findall(r"```sql\n(.*?)```", page, re.DOTALL)
    questions = [one for one in re.split(r"^-- .*\n", block, flags=re.MULTILINE) if one.strip()]
    assert len(questions) == 8
    empty = [question for question in questions if not asked(question)]
    assert empty == []


def test_of_policies_it_holds_clauses_stages_and_gates(place: Place, asked: Asked) -> None:
    for policy in ("OPS-05-03", "MEM-02-03"):
        told = place.json("policy", "coverage", policy)
        rows = asked.column("SELECT clause FROM clauses WHERE policy = ?", policy)
        assert rows == [one["clause"] for one in told["leaves"]]
    needs = asked.column(
        "SELECT requirements.requirement FROM gates JOIN requirements ON requirements.id = gates.requirement "
        "WHERE kind = 'partnership' AND gates.policy = 'OPS-05-03' AND from_stage = 'proposed' AND main"
    )
    assert "partnership-proposal" in needs


def test_what_check_finds_is_in_it(at: At) -> None:
    changed = at("active")
    changed.edit(DEAL, "title: Agreement 2026", "title: Other")
    found = {(one["code"], one["record"], one["message"]) for one in changed.findings() if one["record"] == DEAL}
    rows = {(one["code"], one["record"], one["message"]) for one in export(changed)("SELECT * FROM findings")}
    assert rows
    assert {one for one in rows if one[1] == DEAL} <= found


def test_as_it_was_is_what_stood_there_then(at: At) -> None:
    changed = at("active")
    day = changed.json("export", "sqlite", "--out", str(out(changed)), "--as-of", "HEAD~3")["day"]
    then = out(changed).read_bytes()
    changed.git("checkout", "-q", "HEAD~3")
    changed.do("export", "sqlite", "--out", str(out(changed)), day=day)
    assert out(changed).read_bytes() == then
    changed.git("checkout", "-q", "main")
    changed.do("export", "sqlite", "--out", str(out(changed)), day=day)
    assert out(changed).read_bytes() != then


def test_nothing_above_the_level_is_in_the_file(at: At) -> None:
    changed = at("active")
    secret = ("type=operational", "classification=confidential")
    changed.do("new", "risk", f"Of {CANARY}", f"of={ACME}", "id=hidden-canary", *secret)
    changed.do("new", "review", "Of a month", f"of={ACME}", "rhythm=monthly", "from=2026-04-01", "until=2026-04-30")
    asked = export(changed)
    said = out(changed).read_bytes()
    assert CANARY.encode() not in said
    assert b"hidden-canary" not in said
    assert asked.column("SELECT count(*) FROM records WHERE kind = 'review'") == [1]
    told = changed.json("export", "sqlite", "--out", str(out(changed)))
    assert (told["classification"], told["not_shown"]) == ("internal", 1)
    export(changed, "--classification", "confidential")
    assert CANARY.encode() in out(changed).read_bytes()
    public = export(changed, "--classification", "public")
    assert public.column("SELECT count(*) FROM records") == [0]
    assert b"rosa@" not in out(changed).read_bytes()


def test_only_who_agreed_is_called_by_name(at: At) -> None:
    changed = at("active")
    changed.do("setup", "private")
    changed.do("person", "name", "p-rosa", "Rosa Example", "--consent", "internal", "--seen", "forms/1")
    changed.do("person", "name", "p-jonas", "Jonas Example")
    people = {row["id"]: row["name"] for row in export(changed)("SELECT id, name FROM people")}
    assert (people["p-rosa"], people["p-jonas"]) == ("Rosa Example", None)
    assert b"Jonas" not in out(changed).read_bytes()


@pytest.mark.parametrize("text", ["x'); DROP TABLE records;--", 'a" OR "1"="1', "?1 :name @x $y", "üß😀 %s {0}"])
def test_text_of_a_record_stays_text(at: At, text: str) -> None:
    changed = at("proposed")
    changed.do("set", ACME, f"name={text}")
    assert export(changed).column("SELECT name FROM records WHERE id = ?", ACME) == [text]


@pytest.mark.parametrize("words", [("--classification", "secret"), ("--as-of", "2026-02-30"), ("--as-of", "nothing")])
def test_what_cannot_be_asked_writes_nothing(at: At, words: tuple[str, ...]) -> None:
    changed = at("proposed")
    changed.wrong("export", "sqlite", "--out", str(out(changed)), *words)
    assert not out(changed).exists()


def test_where_it_cannot_be_written_a_sentence_says_so(at: At) -> None:
    changed = at("proposed")
    said = changed.run("export", "sqlite", "--out", str(changed.root.parent / "nowhere" / "register.db"))
    assert said.code == 2
    assert "nowhere does not exist" in said.err


def test_before_everybody_nobody_is_told_to_hold_a_role(at: At) -> None:
    changed = at("active")
    asked = export(changed, "--classification", "public")
    assert asked("SELECT * FROM obligations")
    assert asked.column("SELECT people FROM obligations WHERE people IS NOT NULL") == []
    assert asked("SELECT * FROM people") == asked("SELECT * FROM people_roles") == []
    assert export(changed).column("SELECT people FROM obligations WHERE people IS NOT NULL") != []


def test_it_answers_with_what_it_wrote(at: At) -> None:
    changed = at("active")
    told = changed.json("export", "sqlite", "--out", str(out(changed)))
    assert set(told) == {"schema", "file", "day", "classification", "rows", "not_shown"}
    asked = Asked(out(changed))
    assert told["rows"].keys() == {table.name for table in TABLES}
    assert asked.column("SELECT count(*) FROM statements") == [told["rows"]["statements"]]
    page = changed.do("export", "sqlite", "--out", str(out(changed))).out
    assert f"{told['rows']['records']} records" in page
    assert f"datasette {out(changed)}" in page
