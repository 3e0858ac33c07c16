"""`export person` and `person forget --person`: everything that is held about somebody, and what is left of them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.private_place import ALIAS, EMAIL, NAME, PERSON, PHONE, WHO, contacts, typed, without_names
from tests.journeys.telling import Teller
from tests.place import Place, Said

#: What nobody here can look into, each in a word.
UNREACHED = ("clones", "forks", "pull requests", "mail", "backups", "private place")


@pytest.fixture
def told(pool: Teller) -> Place:
    """A mentor who is named in records, in a text, in a comment, in evidence, in the private place, in a message."""
    place = pool.place
    place.do("setup", "private")
    place.do("person", "name", *WHO)
    ids = {"mentor": "p-ada", "mentee": "p-max"}
    people = [{"id": ids[part], "as": part, "application": f"{part}-{ids[part][2:]}"} for part in ids]
    place.do("new", "pairing", "Spring", "id=pair", "programme=formal", f"participants={json.dumps(people)}")
    typed(place, f"Recommended by {PERSON}, {NAME}")
    (place.root / "private" / "cv-p-ada.txt").write_text("CV\n", encoding="utf-8")
    place.edit("mentor-ada", "title: ", f"# {PERSON} asked twice\ntitle: ")
    place.git("commit", "-qam", f"a word of {PERSON}", "--no-verify")
    return place


def exported(place: Place, name: str = "ada.json", person: str = PERSON) -> tuple[Said, Path]:
    out = place.root.parent / name
    return place.do("export", "person", person, "--out", str(out)), out


def as_data(place: Place) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(exported(place)[1].read_text(encoding="utf-8"))
    return data


def test_everything_that_is_held(told: Place) -> None:
    data = as_data(told)
    assert data["schema"] == "partnerkit.about-person/1"
    assert data["private"]["entry"] == {
        "name": NAME,
        "aliases": [ALIAS],
        "emails": [EMAIL],
        "contacts": {"phone": PHONE},
    }
    assert [Path(one).name for one in data["private"]["files"]] == ["cv-p-ada.txt"]
    records = {one["id"]: one for one in data["records"]}
    assert {one: row["concerns_them"] for one, row in records.items()} == {
        "mentor-ada": True,
        "pair": True,
        "mentor-new": False,
    }
    assert records["mentor-ada"]["record"]["applicant"] == PERSON
    assert records["mentor-new"]["record"] is None, "it is about somebody else"
    assert records["mentor-ada"]["evidence"][0]["ref"] == "https://files.example/application-form"
    (place,) = records["mentor-new"]["places"]
    assert place["field"] == "evidence.0.summary"
    assert place["part"]["requirement"] == "motivation-statement"
    assert data["history"]["messages"], "commit messages name the id"
    assert data["history"]["versions"] >= 3
    assert [one["what"] for one in data["elsewhere"] if one["file"].endswith("mentor-ada.yaml") and one["line"]] == [
        "a comment, or further down in a text"
    ]


def test_every_line_of_the_register_that_names_them_is_told(told: Place) -> None:
    """By hand: each line of each file in which the id stands."""
    data = as_data(told)
    known = {(one["file"], place["line"]) for one in data["records"] for place in one["places"]}
    known |= {(one["file"], one["line"]) for one in data["elsewhere"]}
    for path in sorted(told.root.rglob("records/**/*.yaml")):
        for number, row in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if re.search(rf"(?<!\w){PERSON}(?![\w-])", row):
                assert (path.relative_to(told.root).as_posix(), number) in known


@pytest.mark.parametrize("name", ["ada.json", "ada.md"])
def test_it_is_a_file_that_only_its_owner_reads(told: Place, name: str) -> None:
    said, out = exported(told, name)
    text = out.read_text(encoding="utf-8")
    assert out.stat().st_mode & 0o077 == 0
    assert "mentor-new" in text
    for one in UNREACHED:
        assert one in text
        assert one in said.out
    without_names(said.all)
    assert "1 place" not in said.out.splitlines()[0] or "places" in said.out


def test_a_page_to_be_handed_over(told: Place) -> None:
    text = exported(told, "ada.md")[1].read_text(encoding="utf-8")
    assert f"- name: {NAME}" in text
    assert "### mentor-ada: Mentor" in text
    assert "It is about you" in text
    assert "It names you" in text
    assert "https://files.example/application-form" in text


def test_what_holds_it_stays_out_of_the_register(told: Place) -> None:
    for name in ("ada.json", "records/evidence/ada.md", "demo/ada.md", ".git/ada.md"):
        said = told.wrong("export", "person", PERSON, "--out", str(told.root / name))
        assert "among the files of the register" in said.err
    assert "names no format" in told.wrong("export", "person", PERSON, "--out", "ada.txt").err
    assert "p-nobody" in told.wrong("export", "person", "p-nobody", "--out", str(told.root.parent / "x.md")).err
    assert not (told.root.parent / "x.md").exists()
    told.do("export", "person", PERSON, "--out", str(told.root / "private" / "ada.md"))
    (told.root / ".gitignore").write_text("", encoding="utf-8")
    assert told.run("export", "person", PERSON, "--out", str(told.root / "private" / "b.md")).code == 2


def test_somebody_of_the_roster_too(told: Place) -> None:
    data = json.loads(exported(told, "rosa.json", "p-rosa")[1].read_text(encoding="utf-8"))
    assert data["roster"]["emails"] == ["rosa@lighthouse.example"]
    assert data["private"]["entry"] is None
    assert data["history"]["authored"]
    assert not any(one["concerns_them"] for one in data["records"])
    assert any(
        place["part"].get("type") == "create" for one in data["records"] for place in one["places"] if place["part"]
    )


def test_where_the_private_place_is_not_somebody_has_to_look_there(told: Place, tmp_path: Path) -> None:
    told.git("clone", "-q", str(told.root), str(tmp_path / "clone"))
    clone = Place(tmp_path / "clone")
    said, out = exported(clone, "there.md")
    for text in (said.out, out.read_text(encoding="utf-8")):
        assert "(private/contacts.yaml) is not on this machine" in text
    assert json.loads(exported(clone, "there.json")[1].read_text(encoding="utf-8"))["private"]["here"] is False


# ---- forgotten ----


def forget(place: Place, *more: str) -> Said:
    return place.run("person", "forget", "--person", PERSON, "--reason", "their own request", *more)


def test_whoever_is_forgotten_is_in_no_record_and_not_in_the_private_place(told: Place) -> None:
    """T17: what names them goes; where it cannot go, that is said."""
    typed(told, f"In other letters: {NAME.upper()}, {EMAIL.title()}")
    before = told.snapshot()
    said = forget(told, "--dry-run")
    assert said.code == 0, said.all
    assert f"would be taken out of the private place: {PERSON}" in said.out
    assert told.snapshot() == before
    assert NAME in contacts(told)
    said = forget(told)
    assert said.code == 0, said.all
    without_names(said.all)
    assert NAME not in contacts(told)
    without_names(told.text("mentor-new"))
    assert told.text("mentor-new").count("expunged:x-") == 3
    assert f"✓ {PERSON} is out of the private place" in said.out
    assert "cv-p-ada.txt tells of them still" in said.out
    assert f"{PERSON} stands in 3 records still (mentor-ada, mentor-new, pair)" in said.out
    assert "History still holds it" in said.out
    for one in UNREACHED:
        assert one in said.out
    assert [one for one in told.findings() if one["severity"] == "error"] == []


def test_it_goes_though_no_record_holds_it(pool: Teller) -> None:
    place = pool.place
    place.do("setup", "private")
    place.do("person", "name", *WHO)
    head = place.git("rev-parse", "HEAD")
    data = forget(place, "--json").json
    assert data["commit"] is None
    assert data["private"] == {
        "place": "private/contacts.yaml",
        "here": True,
        "taken_out": True,
        "repository": False,
        "otherwise": [],
        "others": [],
        "files": [],
    }
    assert data["named_in"] == ["mentor-ada"]
    assert data["expressions"] is None
    assert place.git("rev-parse", "HEAD") == head
    assert PERSON not in contacts(place)
    said = forget(place)
    assert said.code == 2, "nothing more is known of them, so somebody has to say the spellings"


def test_what_the_private_place_says_of_others_is_kept_and_told(told: Place) -> None:
    told.do("person", "name", "p-max", "Max Muster", "--email", EMAIL)
    said = forget(told)
    assert "the private place says it of p-max too, and keeps that" in said.out
    assert "Max Muster" in contacts(told)


def test_where_the_private_place_is_not_whoever_keeps_it_is_told(told: Place, tmp_path: Path) -> None:
    told.git("clone", "-q", str(told.root), str(tmp_path / "clone"))
    clone = Place(tmp_path / "clone")
    spellings = clone.write("spellings.txt", f"{NAME}\n")
    said = clone.do("person", "forget", spellings, "--person", PERSON, "--reason", "their own request")
    assert "the private place is not on this machine; whoever keeps it" in said.out
    assert f"partnerkit person forget --person {PERSON} --reason <reason>" in said.out


def test_nobody_is_forgotten_by_a_slip_of_the_pen(told: Place) -> None:
    said = told.wrong("person", "forget", "--person", "p-adda", "--reason", "their own request")
    assert "p-adda" in said.err


def test_a_repository_of_names_keeps_earlier_ones(told: Place) -> None:
    home = Place(told.root / "private")
    home.git("init", "-q", "-b", "main")
    assert "its earlier versions name them still" in forget(told).out


def test_nothing_goes_where_git_would_take_it_along(told: Place) -> None:
    told.git("add", "--force", "private/contacts.yaml")
    before = told.snapshot()
    assert forget(told).code == 3
    assert told.snapshot() == before


def test_a_name_in_an_id_is_told_and_one_that_is_the_id_refused(told: Place) -> None:
    told.do("new", "application", "Mentee", "id=robin-oberg", "applicant=p-z", "as=mentee", "applied=2026-03-01")
    told.do("person", "name", PERSON, "Robin Oberg")
    data = forget(told, "--json").json
    assert data["private"]["otherwise"] == ["records/applications/robin-oberg.yaml:3"]
    told.do("person", "name", "p-z", "Somebody Else", "--alias", "robin-oberg")
    said = told.run("person", "forget", "--person", "p-z", "--reason", "asked")
    assert said.code == 1
    assert "not-expungible" in said.all
    assert "Somebody Else" in contacts(told)
