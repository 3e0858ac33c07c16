"""Values, tables, days and conditions that cannot be meant: refused in words, nothing changed."""

from __future__ import annotations

import pytest

from tests.journeys.inert import tried


@pytest.fixture
def acme(place):
    place.do("new", "partnership", "Acme", "id=acme", "type=cloud-providers")
    return place


@pytest.mark.parametrize("value", ["@/etc/passwd", "@nowhere.yaml", "@.", "@", "@/dev/null", "@a\0b"])
def test_a_value_from_a_file_that_is_no_value(acme, value):
    said = tried(acme, "set", "acme", f"website={value}")
    assert said.code in {1, 2}, said.all
    assert "root:" not in said.all


@pytest.mark.parametrize(
    "text",
    [
        "name,type\nA,b,c,d\n",
        'name,type\n"never closed,b\n',
        "name\n\x1b[31m\n",
        "\n",
        "",
        "name,name\na,b\n",
        "nonsense\nx\n",
        "name,type\n=cmd|' /C calc'!A0,cloud-providers\nB,nonsense\n",
        "id,name\nacme,Again\n",
        "name;type\nA;b\n",
    ],
)
def test_odd_tables_change_nothing(acme, text):
    file = acme.write("rows.csv", text)
    assert tried(acme, "new", "partnership", "--from", file).code in {1, 2}


def test_a_table_that_is_no_text(acme):
    file = acme.write("rows.csv", "")
    with open(file, "wb") as stream:
        stream.write(b"name\n\xff\xfe\n")
    assert tried(acme, "new", "partnership", "--from", file).code == 2


@pytest.mark.parametrize(
    "words", [("advance", "acme", "withdrawn", "--reason"), ("add", "acme", "partnership-proposal", "--reason")]
)
def test_endless_reasons(acme, words):
    long = "words " * 33_334
    said = tried(acme, *words, long)
    assert said.code in {1, 2}
    assert len(said.all) < 5_000, "a message stays one that can be read"


@pytest.mark.parametrize(
    "pair",
    [
        "",
        "=",
        "=x",
        "name",
        "name=a=b",
        ".=x",
        "a..b=x",
        "objectives.o9.text=x",
        "history=x",
        "stage=active",
        "id=b",
        "evidence=[]",
        "roles=x",
        "name.x=y",
        "objectives=[",
        "starts=2026-30-01",
        "type=",
        "nam=x",
        "roles.a b=x",
        "objectives=[{id: o1}]",
    ],
)
def test_pairs_that_cannot_be_meant(acme, pair):
    said = tried(acme, "set", "acme", pair)
    assert said.code in {0, 1, 2}
    if pair not in {"name=a=b", "type="}:
        assert said.code != 0, said.all


@pytest.mark.parametrize(
    "day", ["2026-30-01", "yesterday", "", "20260301", "2026-3-1", "9999-12-31", "0001-01-01", "2026-03-01T00:00"]
)
def test_days_that_are_none(acme, day):
    for words in (("--today", day, "list"), ("add", "acme", "partnership-proposal", "summary=x", "--on", day)):
        before = acme.snapshot()
        said = acme.run(*words)
        assert said.code in {0, 1, 2}, (words, said.all)
        assert "failed in a way it should not" not in said.all, said.all
        if said.code:
            assert acme.snapshot() == before


@pytest.mark.parametrize(
    "where",
    ["", "=", "stage", "stage=", "stage~", "stage<", "a.b.c=x", "stage=\x1b", "x" * 10_000, "history=1", "roles=x"],
)
def test_conditions_that_are_none(acme, where):
    for words in (("list", "--where", where), ("advance", "--where", where)):
        said = tried(acme, *words)
        assert len(said.all) < 25_000


def test_unknown_words_are_answered_with_the_nearest(acme):
    for words, near in (
        (("shwo", "acme"), "show"),
        (("show", "acmee"), "acme"),
        (("advance", "acme", "asessment"), "assessment"),
        (("add", "acme", "partnership-propsal", "x"), "partnership-proposal"),
        (("set", "acme", "nmae=x"), "name"),
    ):
        said = acme.wrong(*words)
        assert "did you mean" in said.err
        assert near in said.err


DAYS = {
    "acme": ("starts", "ends"),
    "cooperation": ("starts", "ends"),
    "look": ("from", "until"),
    "pair": ("starts", "ends"),
}


@pytest.mark.parametrize("record", DAYS)
def test_nothing_ends_before_it_starts(acme, record):
    first, last = DAYS[record]
    acme.do("policy", "add", "MEM-02-03")
    acme.do("new", "agreement", "Cooperation", "partnership=acme", "id=cooperation")
    acme.do("new", "review", "Look", "of=acme", "id=look", "rhythm=monthly", "from=2026-01-01", "until=2026-01-31")
    people = "participants=[{id: p-ada, as: mentor}, {id: p-bo, as: mentee}]"
    acme.do("new", "pairing", "Python", "policy=MEM-02-03", "id=pair", "programme=formal", people)
    said = acme.refuse("set", record, f"{first}=2026-02-01", f"{last}=2026-01-01").err
    assert "it ends (2026-01-01) before it starts (2026-02-01)" in said
    acme.do("set", record, f"{first}=2026-02-01", f"{last}=2026-02-01")


def test_a_figure_is_of_a_time_that_runs_forward(acme):
    acme.do("new", "review", "Look", "of=acme", "id=look", "rhythm=monthly", "from=2026-01-01", "until=2026-01-31")
    figure = (
        "figures=[{name: event-attendance, value: 1, unit: people, from: 2026-02-01, until: 2026-01-01, source: a}]"
    )
    assert "it ends (2026-01-01) before it starts (2026-02-01)" in acme.refuse("set", "look", figure).err


@pytest.mark.parametrize(
    ("words", "where", "what"),
    [
        (("add", "acme", "objectives", "text=<objectives.text>"), "objectives.text", "<objectives.text>"),
        (("set", "acme", "exit-strategy=<exit-strategy>"), "exit-strategy", "<exit-strategy>"),
        (("set", "acme", "objectives=[{id: o1, text: <value>}]"), "objectives.text", "<value>"),
        (("add", "acme", "partnership-proposal", "summary=<summary>"), "evidence.summary", "<summary>"),
        (("new", "agreement", "<title>", "partnership=acme"), "title", "<title>"),
        (("new", "partnership", "<name>"), "name", "<name>"),
        (("new", "risk", "R", "of=acme", "type=<risk.type>"), "type", "<risk.type>"),
        (("advance", "acme", "declined", "--reason", "<reason>"), "history.reason", "<reason>"),
        (("undo", "--reason", "<reason>"), "history.reason", "<reason>"),
        (("policy", "set", "OPS-05-03", "notice=P60D", "--seen", "<seen>"), "variables.notice.seen", "<seen>"),
        (
            ("person", "add", "p-nina", "--email", "n@x.example", "--role", "core-team", "--seen", "<seen>"),
            "seen",
            "<seen>",
        ),
    ],
)
def test_a_placeholder_is_no_value(acme, words, where, what):
    said = acme.wrong(*words).err
    assert f"{where} holds the placeholder {what}; nothing changed" in said
    assert "put the thing itself in its place" in said


def test_a_placeholder_that_stands_already_stops_nothing_else(acme):
    acme.do("set", "acme", "exit-strategy=later")
    acme.edit("acme", "exit-strategy: later", "exit-strategy: <exit-strategy>")
    acme.git("commit", "-qam", "by hand")
    acme.do("set", "acme", "name=Acme Ltd")
    acme.do("set", "acme", "exit-strategy=Own machines")
