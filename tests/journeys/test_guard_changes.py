"""What the guard counts of a change: what it brings, however the file came to be, and nothing that stood there."""

from __future__ import annotations

import pytest

from tests.journeys.private_place import EMAIL, NAME, typed, without_names
from tests.place import Place

GUARD = ("check", "--staged", "--private")
SHEET = "".join(f"{one},who{one}@home.nowhere\n" for one in range(7))
CODES = ("personal-data", "private-unread")
REFUSED = [("error", "personal-data", "people.csv")]
UNREAD = [("warning", "private-unread", "people.csv")]
ORDINARY = ("May", "Will", "Grant", "Bill", "Mark")


def found(place: Place, *words: str) -> list[tuple[str, str, str]]:
    said = place.json(*(words or GUARD))["findings"]
    return [(one["severity"], one["code"], one.get("file") or "") for one in said if one["code"] in CODES]


def staged(place: Place, sheet: str | bytes, path: str = "people.csv") -> list[tuple[str, str, str]]:
    (place.root / path).write_bytes(sheet.encode() if isinstance(sheet, str) else sheet)
    place.git("add", "-A")
    return found(place)


def committed(place: Place) -> None:
    place.git("add", "-A")
    place.git("commit", "-q", "--no-verify", "-m", "as it stands")


def known_as(place: Place, *names: str) -> None:
    """The private place knows people of these names."""
    people = "".join(f"  p-k{index}:\n    name: {name}\n" for index, name in enumerate(names))
    (place.root / "private" / "contacts.yaml").write_text(f"format: 1\npeople:\n{people}", encoding="utf-8")


def test_a_sheet_in_the_place_of_a_link_is_new(kept: Place) -> None:
    (kept.root / "people.csv").symlink_to("elsewhere")
    committed(kept)
    (kept.root / "people.csv").unlink()
    assert staged(kept, SHEET) == REFUSED
    assert found(kept, "check") == REFUSED


def test_a_record_in_the_place_of_a_link_is_looked_through(kept: Place) -> None:
    typed(kept, "a word")
    record = kept.path("mentor-new")
    text = record.read_text(encoding="utf-8")
    record.unlink()
    record.symlink_to("elsewhere")
    committed(kept)
    record.unlink()
    assert [code for _, code, _ in staged(kept, f"# {NAME}\n{text}", str(record.relative_to(kept.root)))] == [
        "personal-data"
    ]


def test_before_the_first_commit_all_that_is_staged_is_new(kept: Place) -> None:
    kept.git("checkout", "-q", "--orphan", "fresh")
    assert staged(kept, SHEET) == REFUSED
    assert found(kept, "check") == REFUSED


def test_what_stood_in_a_sheet_is_not_counted_again(kept: Place) -> None:
    (kept.root / "people.csv").write_text(SHEET, encoding="utf-8")
    committed(kept)
    assert staged(kept, SHEET.replace("0,who0", "0,whoever")) == []
    assert staged(kept, SHEET.split("\n", 1)[1]) == []
    assert staged(kept, SHEET + SHEET.replace("who", "more")) == REFUSED


def test_who_stood_in_a_file_is_not_counted_again(kept: Place) -> None:
    (kept.root / "page.md").write_text(f"{NAME}\n", encoding="utf-8")
    committed(kept)
    assert staged(kept, f"{NAME}, who is here to stay: {EMAIL}\n", "page.md") == []


def test_ordinary_words_that_are_names_refuse_nothing(kept: Place) -> None:
    known_as(kept, *ORDINARY)
    assert staged(kept, "you may, will, grant, bill and mark\n", "LICENSE") == []
    assert staged(kept, "May. Will. Grant. Bill. Mark.\n", "LICENSE") == [("warning", "personal-data", "LICENSE")]
    known_as(kept, *(f"{name} Example" for name in ORDINARY))
    everybody = "".join(f"{name} example\n" for name in ORDINARY)
    assert staged(kept, everybody, "LICENSE") == [("error", "personal-data", "LICENSE")]


def test_files_of_pictures_and_repositories_are_nobodys_address(kept: Place) -> None:
    pictures = "".join(f"x{one}@2x.png,y{one}@2x.min.js,u{one}@github.com:org/r.git\n" for one in range(7))
    assert staged(kept, pictures) == []


@pytest.mark.parametrize(
    "raw", [SHEET.encode() + b" " * 4 * 1024 * 1024, SHEET.encode("utf-16-le"), bytes(range(128, 256))]
)
def test_a_sheet_that_is_not_looked_into_is_told(kept: Place, raw: bytes) -> None:
    assert staged(kept, b"\0" + raw) == UNREAD
    assert found(kept, "check") == UNREAD
    (kept.root / "people.csv").rename(kept.root / "people.bin")
    kept.git("add", "-A")
    assert found(kept) == []


def test_one_odd_byte_hides_nothing(kept: Place) -> None:
    assert staged(kept, SHEET + "\0") == REFUSED
    assert staged(kept, SHEET.replace("\n", "\0\n").encode()) == REFUSED


@pytest.mark.parametrize("shape", ["{}.pdf", "cv {}.txt", "cv_{}_2.md", "{}.tar.gz", "{}/x.bin"])
def test_a_file_called_by_an_address_is_found_whatever_its_ending(kept: Place, shape: str) -> None:
    path = shape.format(EMAIL.capitalize())
    (kept.root / path).parent.mkdir(exist_ok=True)
    assert staged(kept, b"\0", path) == [("warning", "personal-data", "")]
    without_names(kept.run(*GUARD).all)


@pytest.mark.parametrize("path", ["joe.{}.pdf", "jo{}.pdf", "{}land.pdf"])
def test_another_address_is_not_taken_for_it(kept: Place, path: str) -> None:
    assert staged(kept, b"\0", path.format(EMAIL)) == []


def test_a_staged_sheet_that_does_not_lie_on_the_disk_stops_nothing(kept: Place) -> None:
    assert staged(kept, SHEET) == REFUSED
    kept.git("update-index", "--skip-worktree", "people.csv")
    (kept.root / "people.csv").unlink()
    assert found(kept, "check") == []
    assert found(kept) == REFUSED
