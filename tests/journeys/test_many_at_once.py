"""Many records at once: one commit, all or nothing; and what only looks."""

from __future__ import annotations

import pytest

from tests.conftest import At
from tests.place import Place
from tests.story import ACME, OBJECTIVES


def commits(place: Place) -> int:
    return int(place.git("rev-list", "--count", "HEAD"))


@pytest.fixture
def three(place: Place) -> Place:
    """Three partnerships from one sheet, in one commit; only a and b have a proposal."""
    rows = "name,type,objectives\n" + "".join(
        f"{name},universities,{OBJECTIVES.split('=', 1)[1]!r}\n" for name in "abc"
    )
    before = commits(place)
    place.do("new", "partnership", "--from", place.write("three.csv", rows.replace("'", '"')))
    added = "id,file,summary\na,https://files.example/a,first\nb,https://files.example/b,second\n"
    place.do("add", "partnership-proposal", "--from", place.write("added.csv", added))
    assert commits(place) == before + 2
    return place


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
