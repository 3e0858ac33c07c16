"""Many records at once: one commit, all or nothing; and what only looks."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import At
from tests.made import Made, copied
from tests.place import Place
from tests.story import ACME, OBJECTIVES


def commits(place: Place) -> int:
    return int(place.git("rev-list", "--count", "HEAD"))


@pytest.fixture(scope="session")
def _three(made: Made, _made: Path) -> Path:
    return made.on("three", _made, taken_in)


@pytest.fixture
def three(_three: Path, tmp_path: Path) -> Place:
    """Three partnerships from one sheet, in one commit; only a and b have a proposal."""
    copied(_three, tmp_path / "register")
    return Place(tmp_path / "register")


def taken_in(place: Place) -> None:
    rows = "name,type,objectives\n" + "".join(
        f"{name},universities,{OBJECTIVES.split('=', 1)[1]!r}\n" for name in "abc"
    )
    before = commits(place)
    place.do("new", "partnership", "--from", place.write("three.csv", rows.replace("'", '"')))
    added = "id,file,summary\na,https://files.example/a,first\nb,https://files.example/b,second\n"
    place.do("add", "partnership-proposal", "--from", place.write("added.csv", added))
    assert commits(place) == before + 2


def stages(place: Place) -> list[str]:
    return [one["stage"] for one in place.json("list", "partnership")["records"]]


def test_a_sheet_of_evidence_reaches_each_record_its_own(three: Place) -> None:
    said = [three.json("log", one)["statements"] for one in "abc"]
    assert [[one["summary"] for one in each] for each in said] == [["first"], ["second"], []]


def test_advance_of_several_is_all_or_nothing(three: Place) -> None:
    said = three.refuse("advance", "a", "b", "c")
    assert "c: proposed → assessment needs partnership-proposal" in said.err
    assert "a: proposed" not in said.err
    before = commits(three)
    three.do("advance", "a", "b")
    assert stages(three) == ["assessment", "assessment", "proposed"]
    assert commits(three) == before + 1


def test_advance_each_makes_one_commit_for_each(three: Place) -> None:
    before = commits(three)
    three.do("advance", "a", "b", "--each")
    assert commits(three) == before + 2


def ids(place: Place, *words: str) -> list[str]:
    return [one["id"] for one in place.json("list", *words)["records"]]


def test_what_no_file_writes_so_can_be_asked_for_too(three: Place) -> None:
    """`since` is in the history, and `name` is what each kind calls its name."""
    three.do("new", "risk", "An outage", "of=a", "type=operational", day="2026-03-09")
    assert ids(three, "--where", "since>2026-03-02") == ["a-an-outage"]
    assert ids(three, "--where", "since=2026-03-02") == ["a", "b", "c"]
    assert ids(three, "risk", "--where", "name~outage") == ["a-an-outage"]
    assert (
        "a-an-outage" in three.do("export", "csv", "risk", "--where", "since>=2026-03-09", "--columns", "id,name").out
    )
    assert "2026-03-09 (1)" in three.do("list", "--by", "since").out
    three.do("set", "--where", "since<2026-03-03", "website=https://x.example")


def test_records_taken_back_are_seen_only_where_their_stage_is_asked_for(three: Place) -> None:
    three.do("new", "partnership", "Gone")
    three.do("undo")
    for words in ((), ("partnership",), ("--where", "kind=partnership"), ("--where", "since>2026-01-01")):
        assert ids(three, *words) == ["a", "b", "c"]
    assert ids(three, "--where", "stage=void") == ["gone"]
    assert "gone" not in three.do("export", "csv", "partnership", "--where", "name~o").out


def test_where_selects_and_a_stage_may_be_named(three: Place) -> None:
    three.do("advance", "declined", "--where", "name~b", "--reason", "no capacity")
    assert stages(three) == ["proposed", "declined", "proposed"]
    three.do("set", "--where", "stage=proposed", "website=https://x.example")
    assert "website" not in three.json("show", "b")["record"]
    assert "no record fits" in three.wrong("advance", "--where", "stage=active").err
    assert "not both" in three.wrong("set", "a", "--where", "stage=proposed", "name=X").err


def test_one_bad_row_of_a_sheet_stops_the_whole_sheet_and_is_named_by_its_line(place: Place) -> None:
    rows = place.write("bad.csv", "name,type\nOne,universities\nTwo,no-such-category\n")
    said = place.run("new", "partnership", "--from", rows)
    assert said.code != 0
    assert f"{rows}:3: " in said.err
    assert "no category 'no-such-category'" in said.err
    again = place.write("again.csv", "name\nOne\nOne\n")
    assert (
        f"{again}:3: another line makes the record one already"
        in place.wrong("new", "partnership", "--from", again).err
    )
    long = place.write("long.csv", f"name,website\n{'x' * 300},https://x.example\n")
    assert f"{long}:2: " in place.refuse("new", "partnership", "--from", long).err
    about = place.write("about.csv", "of\nnobody\n")
    assert f"{about}:2: " in place.wrong("new", "review", "--month", "2026-02", "--from", about).err
    added = place.write("rows.csv", "id,file\nnobody,https://files.example/x\n")
    said = place.wrong("add", "partnership-proposal", "--from", added)
    assert f"{added}:2: there is no record 'nobody'" in said.err
    added = place.write("nameless.csv", "file\nhttps://files.example/x\n")
    assert f"{added}:2: the row names no record" in place.wrong("add", "partnership-proposal", "--from", added).err


def test_reviews_for_every_active_partnership_by_one_command(at: At) -> None:
    place = at("active")
    before = commits(place)
    period = ("rhythm=monthly", "from=2026-03-01", "until=2026-03-31")
    partnerships = ("--where", "kind=partnership", "--where", "stage=active")
    place.do("new", "review", "March 2026", *period, *partnerships)
    made = place.json("list", "review")["records"]
    assert [one["id"] for one in made] == ["acme-march-2026"]
    assert commits(place) == before + 1
    assert "belongs to no other record" in place.wrong("new", "partnership", "X", "--where", "stage=active").err


@pytest.mark.parametrize(
    "words",
    [
        ("advance", ACME, "withdrawn", "--reason", "x"),
        ("set", ACME, "website=https://acme.example"),
        ("add", ACME, "due-diligence", "https://files.example/dd", "outcome=pass"),
        ("new", "partnership", "Another"),
        ("undo",),
    ],
    ids=lambda words: words[0],
)
def test_dry_run_judges_and_writes_nothing(at: At, words: tuple[str, ...]) -> None:
    place = at("assessment")
    before = place.snapshot()
    said = place.do(*words, "--dry-run")
    assert "nothing changed (--dry-run)" in said.out
    assert place.json(*words, "--dry-run")["dry_run"] is True
    assert place.snapshot() == before


def test_dry_run_refuses_what_the_command_would_refuse(at: At) -> None:
    place = at("assessment")
    assert "due-diligence" in place.refuse("advance", ACME, "--dry-run").err


def sheet(place: Place, text: str) -> str:
    return place.write("sheet.csv", text)


def test_set_takes_a_sheet_and_touches_only_what_its_cells_say(three: Place) -> None:
    three.do("set", "a", "website=https://old.example")
    rows = "id,(name),website,starts\na,A,,2026-04-01\nb,B,https://b.example,\nc,C,,\n"
    before = commits(three)
    three.do("set", "--from", sheet(three, rows))
    assert commits(three) == before + 1
    found = {one: three.json("show", one)["record"] for one in "abc"}
    assert (found["a"]["website"], found["a"]["starts"]) == ("https://old.example", "2026-04-01")
    assert found["b"]["website"] == "https://b.example"
    assert "website" not in found["c"]
    said = three.wrong("set", "--from", sheet(three, "id,websit\na,x\n"))
    assert "sheet.csv:2: a partnership has no field 'websit'; did you mean website" in said.err


def test_advance_takes_a_sheet_with_stages_and_reasons(three: Place) -> None:
    rows = "id,stage,reason\na,,\nb,declined,no capacity\nc,withdrawn,they went elsewhere\n"
    before = commits(three)
    three.do("advance", "--from", sheet(three, rows))
    assert stages(three) == ["assessment", "declined", "withdrawn"]
    assert commits(three) == before + 1
    assert three.json("log", "b")["entries"][-1]["reason"] == "no capacity"


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("id,stage\na,\na,declined\n", "sheet.csv:3: a stands in"),
        ("id,stage\na,\nb,declind\n", "sheet.csv:3: OPS-05-03 knows no stage 'declind' of a partnership; did you mean"),
        (
            "id,stagge\na,\n",
            "sheet.csv:2: the sheet has a column 'stagge', which means nothing here; did you mean stage",
        ),
        ("stage\ndeclined\n", "sheet.csv:2: the row names no record"),
    ],
)
def test_a_sheet_of_moves_that_cannot_be_meant(three: Place, rows: str, words: str) -> None:
    assert words in three.wrong("advance", "--from", sheet(three, rows)).err


def test_what_is_refused_of_several_rows_is_told_at_once(three: Place) -> None:
    path = sheet(three, "id,stage,reason\na,,\nb,declined,\nc,,\n")
    said = three.refuse("advance", "--from", path)
    assert f"{path}:3, {path}:4: refused, for 2 reasons; nothing changed" in said.err
    assert "b: proposed → declined needs decline-reason" in said.err


@pytest.fixture
def deciding(at: At) -> Place:
    """Three partnerships in decision, with the proposal each."""
    place = at("decision")
    for name in ("Birch", "Cedar"):
        how = ("--adopt", "decision", "--since", "2026-01-05", "--reason", "older than the register")
        place.do("new", "partnership", name, "type=universities", "proposer=p-rosa", *how)
    return place


def approvals(place: Place) -> dict[str, list[str]]:
    every = {one: place.json("show", one)["record"].get("approvals", []) for one in ("acme", "birch", "cedar")}
    return {one: [said["by"] for said in found] for one, found in every.items()}


def test_a_decision_on_several_records_is_one_commit(deciding: Place) -> None:
    before = commits(deciding)
    deciding.do("approve", "acme", "birch", "core-team-review", by="p-jonas")
    deciding.do("approve", "core-team-review", "--where", "stage=decision", by="p-timo")
    assert approvals(deciding) == {"acme": ["p-jonas", "p-timo"], "birch": ["p-jonas", "p-timo"], "cedar": ["p-timo"]}
    assert commits(deciding) == before + 2
    assert {one["code"] for one in deciding.findings() if one["severity"] == "error"} == set()


def test_the_minutes_of_a_meeting_as_a_sheet_of_decisions(deciding: Place) -> None:
    rows = (
        "id,(name),for,seen,on,decision,reason\n"
        "acme,Acme,p-jonas,minutes/1.md,2026-03-04,,\n"
        "acme,Acme,p-timo,minutes/1.md,2026-03-04,,\n"
        "birch,Birch,p-timo,minutes/2.md,,reject,no capacity\n"
    )
    before = commits(deciding)
    deciding.do("approve", "core-team-review", "--from", sheet(deciding, rows), day="2026-03-05")
    assert commits(deciding) == before + 1
    assert approvals(deciding) == {"acme": ["p-jonas", "p-timo"], "birch": ["p-timo"], "cedar": []}
    said = deciding.json("show", "birch")["record"]["approvals"][0]
    assert (said["decision"], said["reason"], said["seen"]) == ("reject", "no capacity", "minutes/2.md")


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("birch,p-jnas,minutes/1.md,,", "the roster knows nobody called 'p-jnas'; did you mean p-jonas"),
        ("birch,p-jonas,,,", "say where it can be seen"),
        ("birch,p-jonas,minutes/1.md,4.3.2026,", "'4.3.2026' is no day"),
        ("birch,p-jonas,minutes/1.md,,aprove", "there is no decision 'aprove'; did you mean approve"),
        ("birch,p-lea,minutes/1.md,,", "p-lea does not hold the role core-team"),
    ],
)
def test_one_bad_decision_of_a_sheet_stops_all(deciding: Place, row: str, words: str) -> None:
    path = sheet(deciding, f"id,for,seen,on,decision\nacme,p-jonas,minutes/1.md,,\n{row}\n")
    before = deciding.snapshot()
    said = deciding.run("approve", "core-team-review", "--from", path)
    assert said.code in {1, 2}
    assert f"{path}:3" in said.err
    assert words in said.err
    assert deciding.snapshot() == before


def test_new_takes_what_was_typed_for_every_row_of_a_sheet(place: Place) -> None:
    rows = sheet(place, "name,type\nOne,\nTwo,bootcamps\n")
    place.do("new", "partnership", "type=universities", "website=https://x.example", "--from", rows)
    found = [place.json("show", one)["record"] for one in ("one", "two")]
    assert [one["type"].rpartition("/")[2] for one in found] == ["universities", "bootcamps"]
    assert [one["website"] for one in found] == ["https://x.example"] * 2
    said = place.wrong("new", "review", "--where", "stage=proposed", "--from", rows)
    assert "not both" in said.err


@pytest.mark.parametrize(
    "words",
    [
        ("add", "communications", "--from", "<sheet>", "--where", "stage=proposed"),
        ("advance", "declined", "--from", "<sheet>", "--where", "stage=proposed"),
        ("set", "a", "website=x", "--from", "<sheet>"),
        ("approve", "a", "core-team-review", "--from", "<sheet>"),
        ("waive", "a", "due-diligence", "--from", "<sheet>"),
    ],
    ids=lambda words: words[0],
)
def test_records_are_chosen_in_one_way(three: Place, words: tuple[str, ...]) -> None:
    path = sheet(three, "id\nb\n")
    said = three.wrong(*(path if word == "<sheet>" else word for word in words))
    assert "one of the three" in said.err


@pytest.mark.parametrize(
    ("words", "does"),
    [
        (("advance", "a", "b"), "a proposed → assessment"),
        (("advance", "--where", "name=a", "declined", "--reason", "why"), "a proposed → declined"),
        (("set", "a", "b", "website=https://x.example"), "b set website=https://x.example"),
        (("add", "a", "b", "communications", "kind=core-team-updates", "summary=Well"), "b communications: on=2026-03-02"),
        (("new", "review", "Spring", "--where", "stage=proposed", "rhythm=monthly", "from=2026-02-01", "until=2026-02-28"), "a-spring new in draft: Spring"),
    ],
    ids=lambda words: words[0] if isinstance(words, tuple) else "",
)  # laid out by hand, to be read at a glance  # fmt: skip
def test_a_dry_run_shows_every_record_with_what_becomes_of_it(three: Place, words: tuple[str, ...], does: str) -> None:
    before = three.snapshot()
    said = three.do(*words, "--dry-run").out
    assert any(does in " ".join(line.split()) for line in said.splitlines()), said
    assert three.snapshot() == before
