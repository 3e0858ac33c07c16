"""`list`: conditions as people type them, words that are looked for, orders, columns and boards."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.place import Place, Said

DAY = "2026-11-20"


@pytest.fixture(scope="module")
def shelf(few: Path) -> Place:
    """The example register, only to be looked at."""
    return Place(few, day=DAY)


def listed(place: Place, *words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(place.do("list", *words, "--json").out)["records"]
    return found


def ids(place: Place, *words: str) -> list[str]:
    return [one["id"] for one in listed(place, *words)]


def every(place: Place, *fields: str) -> dict[str, dict[str, str]]:
    """What the columns say of each record."""
    return {one["id"]: one["columns"] for one in listed(place, "--columns", ",".join(fields))}


# conditions


def test_one_of_several_values(shelf: Place) -> None:
    stages = {name: cells["stage"] for name, cells in every(shelf, "stage").items()}
    wanted = [name for name, stage in stages.items() if stage in {"active", "suspended"}]
    assert ids(shelf, "--where", "stage=active,suspended") == wanted
    assert ids(shelf, "--where", "stage=active, suspended") == wanted
    assert ids(shelf, "--where", "stage!=active,suspended") == [name for name in stages if name not in wanted]
    assert "did you mean suspended" in shelf.wrong("list", "--where", "stage=active,suspnded").err


def test_a_value_with_a_comma_is_meant_as_a_whole_too(shelf: Place) -> None:
    title = "Build minutes withdrawn"
    assert len(ids(shelf, "risk", "--where", f"title={title}")) == len(
        ids(shelf, "risk", "--where", f"title={title},x")
    )
    assert ids(shelf, "risk", "--where", "title=x,y") == []


def test_what_is_not_there(shelf: Place) -> None:
    """`ends=` finds what has no end, `ends!=` what has one; both together are all."""
    cells = every(shelf, "ends")
    without, having = ids(shelf, "--where", "ends="), ids(shelf, "--where", "ends!=")
    assert without == [name for name, found in cells.items() if not found["ends"]]
    assert sorted(without + having) == sorted(cells)
    assert without
    assert having


def test_in_some_item_of_a_list(shelf: Place) -> None:
    assert "northwind-cloud-cooperative" in ids(shelf, "partnership", "--where", "objectives.supports!=")
    one = listed(shelf, "partnership", "--where", "commitments.by=partner", "--columns", "id,commitments.by")
    assert one
    assert all("partner" in row["columns"]["commitments.by"] for row in one)
    none = ids(shelf, "partnership", "--where", "commitments.by!=partner")
    assert sorted([*none, *(row["id"] for row in one)]) == ids(shelf, "partnership")


@pytest.mark.parametrize(
    ("condition", "same"),
    [
        ("ends<P6M", "ends<2027-05-20"),
        ("since<-P60D", "since<2026-09-21"),
        ("since>=-P2M", "since>=2026-09-20"),
        ("ends>today", "ends>2026-11-20"),
        ("days>60", "since<-P60D"),
        ("days>P2M", "since<2026-09-20"),
    ],
)
def test_days_from_the_day_on_which_it_is_asked(shelf: Place, condition: str, same: str) -> None:
    found = ids(shelf, "--where", condition)
    assert found == ids(shelf, "--where", same)
    assert 0 < len(found) < len(every(shelf, "id"))


def test_so_many_days_as_a_duration_has(shelf: Place) -> None:
    days = next(one["days"] for one in every(shelf, "days").values() if int(one["days"]) > 60)
    assert ids(shelf, "--where", f"days=P{days}D") == ids(shelf, "--where", f"days={days}") != []
    assert ids(shelf, "--where", f"days!=P{days}D") == ids(shelf, "--where", f"days!={days}")


def test_a_misspelt_field_is_answered_with_the_nearest(shelf: Place) -> None:
    said = shelf.wrong("list", "--columns", "naem").err
    assert "did you mean name" in said
    assert len(said) < 300


@pytest.mark.parametrize("words", [("--sort", ""), ("--sort", "-"), ("--by", ""), ("--columns", " ,")])
def test_an_option_that_names_no_field(shelf: Place, words: tuple[str, str]) -> None:
    assert "names no field" in shelf.wrong("list", *words).err


def test_a_word_that_is_no_text_is_led_to_its_condition(shelf: Place) -> None:
    said = shelf.do("list", "--search", "ops-05-03").out
    assert "nothing here says ops-05-03\n  → partnerkit list --where policy=OPS-05-03" in said
    assert shelf.do("list", "--search", "xyzzy", "--json").json["sought"][0]["where"] is None


def test_on_another_day_it_is_another_answer(shelf: Place) -> None:
    asked = ("list", "--where", "days>P300D", "--json")
    assert shelf.do(*asked).json["records"] != shelf.do(*asked, day="2027-08-01").json["records"]


def test_what_is_worked_out(shelf: Place) -> None:
    cells = every(shelf, "days", "next", "due", "late", "belongs-to", "stage")
    northwind = cells["northwind-cloud-cooperative"]
    late = shelf.do("today", "--all", "--json").json["obligations"]
    mine = [one for one in late if one["record"] == "northwind-cloud-cooperative" and one["state"] == "late"]
    assert northwind["late"] == str(len(mine))
    assert northwind["due"] == min(one["first"] or one["due"] for one in mine)
    assert northwind["days"] == "233", "from 1 April to 20 November"
    assert cells["northwind-cloud-cooperative-2026"]["belongs-to"] == "northwind-cloud-cooperative"
    assert ids(shelf, "--where", "late>0") == [name for name, one in cells.items() if one["late"] != "0"]
    proposed = [name for name, one in cells.items() if one["next"] == "assessment"]
    assert ids(shelf, "--where", "next=assessment") == proposed
    below = ids(shelf, "--where", "belongs-to=tidewater-rowing-club")
    assert below == [name for name, one in cells.items() if one["belongs-to"] == "tidewater-rowing-club"]


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        ("ends<soon", "ends holds days, and 'soon' is none"),
        ("ends=2026-3-1", "ends holds days, and '2026-3-1' is none"),
        ("ends<2026-02-30", "ends holds days, and '2026-02-30' is none"),
        ("since<60 days", "write a day (2026-03-31), today"),
        ("days>long", "days holds days, and 'long' is none"),
        ("late>x", "late holds numbers, and 'x' is none"),
        ("belongs-to=northwind-cloud-coop", "did you mean northwind-cloud-cooperative"),
        ("partnership=nobody", "no partnership is called 'nobody'"),
        ("endz<P90D", "did you mean ends"),
        ("stage active", "is no condition"),
        ("name~!cloud", "name!~cloud holds"),
        ("days=soon", "days holds days, and 'soon' is none"),
        ("late!=many", "late holds numbers, and 'many' is none"),
        ("notice=soon", "notice holds durations, and 'soon' is none"),
        ("id=northwind-cloud-coop", "did you mean northwind-cloud-cooperative"),
        ("", "is no condition"),
    ],
)
def test_a_condition_that_nobody_can_mean_is_taught(shelf: Place, condition: str, told: str) -> None:
    assert told in " ".join(shelf.wrong("list", "--where", condition).err.split())


def test_the_same_conditions_in_exports_and_writers(shelf: Place) -> None:
    wanted = ids(shelf, "partnership", "--where", "stage=active,suspended", "--where", "days>P60D")
    conditions = ("--where", "stage=active,suspended", "--where", "days>P60D")
    sheet = shelf.do("export", "csv", "partnership", *conditions, "--columns", "id,days").out.splitlines()
    assert [row.partition(",")[0] for row in sheet[1:]] == wanted
    planned = shelf.run("set", *conditions, "--where", "kind=partnership", "website=https://x.example", "--dry-run")
    assert all(one in planned.all for one in wanted)


# words


def test_words_are_found_wherever_they_stand(shelf: Place) -> None:
    assert ids(shelf, "--search", "cafe")[0] == "repair-cafe-night", "its name says it"
    assert ids(shelf, "--search", "REPAIR café") == ["repair-cafe-night"]
    one = next(row for row in listed(shelf, "--search", "build minutes") if row["kind"] == "agreement")
    assert "commitments" in {hit["path"] for hit in one["hits"]}
    assert one["id"] == "northwind-cloud-cooperative-2026"


def test_every_hit_says_where_and_what(shelf: Place) -> None:
    for one in listed(shelf, "--search", "rowing", "--search", "2026"):
        said = set()
        for hit in one["hits"]:
            assert hit["marks"]
            for start, end in hit["marks"]:
                said.add(re.sub(r"\W", "", hit["text"][start:end]).casefold())
            assert " " not in hit["path"]
        assert {"rowing", "2026"} <= said


def test_what_is_excluded_is_not_found(shelf: Place) -> None:
    both = set(ids(shelf, "--search", "cloud"))
    without = set(ids(shelf, "--search", "cloud -agreement"))
    assert without < both
    assert both - without <= set(ids(shelf, "--search", "cloud agreement"))
    assert set(ids(shelf, "--search", "-cloud")) == set(every(shelf, "id")) - both


def test_a_name_goes_before_prose_and_prose_before_statements(shelf: Place) -> None:
    found = listed(shelf, "--search", "summer")
    best = [min(_rank(hit["path"]) for hit in one["hits"]) for one in found]
    assert best == sorted(best)
    assert {0, 1} <= set(best)


def _rank(path: str) -> int:
    return (
        0
        if path in {"id", "name", "title"}
        else 2
        if path.split(".", maxsplit=1)[0] in {"history", "evidence", "approvals"}
        else 1
    )


def test_an_order_that_is_asked_for_goes_before_rank(shelf: Place) -> None:
    found = listed(shelf, "--search", "cloud", "--sort", "-id")
    assert [one["id"] for one in found] == sorted((one["id"] for one in found), reverse=True)


def test_no_seal_and_no_digest_is_searched(shelf: Place) -> None:
    text = shelf.text("northwind-cloud-cooperative")
    digests = {found[:12] for found in re.findall(r"(?:c1|sha256):([0-9a-f]{64})", text)}
    assert len(digests) > 10
    nothing = shelf.do("list", *(word for one in sorted(digests) for word in ("--search", one)), "--json").json
    assert all(one["records"] == 0 for one in nothing["sought"]), nothing
    entry = re.findall(r"^  - seq: \d+\n    id: ([0-9a-f]{16})$", text, re.MULTILINE)
    assert ids(shelf, "--search", entry[0]) == ["northwind-cloud-cooperative"], "an id is a way to find what it is of"


def test_a_misspelt_word_is_answered_with_the_nearest(shelf: Place) -> None:
    said = shelf.do("list", "--search", "rowign club")
    assert "nothing here says rowign; did you mean rowing" in said.out
    sought = shelf.do("list", "--search", "rowign club", "--json").json["sought"]
    assert [(one["word"], "rowing" in one["near"], one["records"] > 0) for one in sought] == [
        ("rowign", True, False),
        ("club", False, True),
    ]


def test_words_that_nothing_says_together(shelf: Place) -> None:
    said = shelf.do("list", "--search", "rowing café").out
    assert re.search(r"^no records\n  \d+ records say rowing\n  \d+ records? says? café\n$", said), said


def test_words_beside_kind_and_conditions(shelf: Place) -> None:
    found = ids(shelf, "agreement", "--search", "cloud", "--where", "stage=active")
    assert found == ["northwind-cloud-cooperative-2026"]


@pytest.mark.parametrize("words", ["", " ", "-", "…"])
def test_nothing_to_look_for(shelf: Place, words: str) -> None:
    assert shelf.wrong("list", "--search", words).err


def test_hostile_text_is_shown_and_not_obeyed(place: Place) -> None:
    place.do("new", "partnership", "Acme [red]B[/red] <b> | $(id)", "type=universities")
    said = place.do("list", "--search", "acme red")
    assert "name: Acme [red]B[/red] <b> | $(id)" in said.out


# orders and columns


def test_numbers_are_put_in_order_as_numbers_and_nothing_comes_last(shelf: Place) -> None:
    days = [int(one["columns"]["days"]) for one in listed(shelf, "--columns", "days", "--sort", "days")]
    assert days == sorted(days)
    assert [str(one) for one in days] != sorted(map(str, days)), "as words they would stand otherwise"
    turned = [one["columns"]["days"] for one in listed(shelf, "--columns", "days", "--sort", "-days")]
    assert turned == [str(one) for one in sorted(days, reverse=True)]
    for sort in ("ends", "-ends"):
        ends = [one["columns"]["ends"] for one in listed(shelf, "--columns", "ends", "--sort", sort)]
        held = [one for one in ends if one]
        assert ends == held + [""] * (len(ends) - len(held))
        assert held == sorted(held, reverse=sort.startswith("-"))


def test_several_orders(shelf: Place) -> None:
    found = listed(shelf, "--columns", "kind,days,id", "--sort", "kind,-days,id")
    rows = [(one["columns"]["kind"], -int(one["columns"]["days"]), one["id"]) for one in found]
    assert rows == sorted(rows)


def test_numbers_stand_at_the_right_and_nothing_is_cut_in_a_pipe(shelf: Place) -> None:
    lines = shelf.do("list", "--columns", "id,days,name").out.splitlines()
    ends = {re.match(r"\S+ +\d+", line).end() for line in lines[1:-1]}  # type: ignore[union-attr]  # else it fails
    assert len(ends) == 1
    assert "…" not in "\n".join(lines)


# boards


def board(place: Place, *words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(place.do("list", *words, "--json").out)["boards"]
    return found


def test_a_board_has_every_stage_in_the_order_of_the_lifecycle(shelf: Place) -> None:
    found = board(shelf, "partnership", "--by", "stage")
    assert [one["policy"] for one in found] == sorted({one["policy"] for one in listed(shelf, "partnership")})
    one = next(one for one in found if one["policy"] == "OPS-05-03")
    names = [column["name"] for column in one["columns"]]
    assert names[:6] == ["proposed", "assessment", "detailed-review", "decision", "agreement", "active"]
    aside = [column["aside"] for column in one["columns"]]
    assert aside == sorted(aside), "the main way comes first"
    assert any(not column["cards"] for column in one["columns"]), "empty stages are shown"


def test_the_oldest_card_comes_first_and_the_median_is_of_the_cards(shelf: Place) -> None:
    for one in board(shelf, "--by", "stage"):
        for column in one["columns"]:
            days = [card["days"] for card in column["cards"]]
            assert days == sorted(days, reverse=True)
            assert column["median_days"] == (sorted(days)[(len(days) - 1) // 2] if days else None)


def test_a_card_says_what_of_it_is_late(shelf: Place) -> None:
    cells = every(shelf, "late")
    cards = [card for one in board(shelf, "--by", "stage") for column in one["columns"] for card in column["cards"]]
    assert {card["id"]: str(card["late"]) for card in cards} == {name: one["late"] for name, one in cells.items()}
    assert sorted(card["id"] for card in cards) == sorted(cells)


def test_a_board_by_another_field(shelf: Place) -> None:
    [one] = board(shelf, "pairing", "--by", "programme")
    programmes = {name: found["programme"] for name, found in every(shelf, "programme").items()}
    for column in one["columns"]:
        assert {programmes[card["id"]] or "" for card in column["cards"]} == {column["name"]}
    said = shelf.do("list", "pairing", "--by", "programme").out
    assert all(f"{column['name']} ({len(column['cards'])})" in said for column in one["columns"])


def test_a_board_of_what_was_looked_for(shelf: Place) -> None:
    found = board(shelf, "--by", "kind", "--search", "cloud")
    assert sorted(card["id"] for column in found[0]["columns"] for card in column["cards"]) == sorted(
        ids(shelf, "--search", "cloud")
    )


def test_a_board_of_nothing(place: Place) -> None:
    said: Said = place.do("list", "partnership", "--by", "stage")
    assert said.out == "no records\n"
