"""The guard before a commit: nothing of the private place comes in, whatever else is wrong with what is staged."""

from __future__ import annotations

from tests.journeys.private_place import EMAIL, NAME, PERSON, typed, without_names
from tests.place import Place

GUARD = ("check", "--staged", "--private")


def test_a_name_in_a_staged_record_is_told_without_being_repeated(kept: Place) -> None:
    typed(kept, "a word")
    kept.edit("mentor-new", "a word", f"{NAME} wants to help")
    assert "0 errors, 0 warnings" in kept.do(*GUARD).out  # not staged
    kept.git("add", "-A")
    said = kept.do(*GUARD)
    assert f"the name of {PERSON} stands there" in said.out
    without_names(said.all)


def test_a_file_of_the_private_place_is_refused_where_somebody_forces_it(kept: Place) -> None:
    kept.git("add", "--force", "private/contacts.yaml")
    said = kept.refuse(*GUARD)
    assert "private/contacts.yaml lies in the private place" in said.out


def test_a_staged_list_of_people_is_told_wherever_it_lies(kept: Place) -> None:
    (kept.root / "answers.csv").write_text(f"id,mail\n1,{EMAIL}\n", encoding="utf-8")
    kept.git("add", "answers.csv")
    found = kept.json(*GUARD)["findings"]
    assert [(one["code"], one["file"], one["severity"]) for one in found] == [
        ("personal-data", "answers.csv", "warning")
    ]


def _told(place: Place, files: dict[str, bytes]) -> list[tuple[str, str]]:
    for path, raw in files.items():
        (place.root / path).parent.mkdir(parents=True, exist_ok=True)
        (place.root / path).write_bytes(raw)
    place.git("add", "-A")
    said = place.json(*GUARD)["findings"]
    place.git("reset", "-q")
    for path in files:
        (place.root / path).unlink()
    without_names(str(said))
    return [(one["severity"], one["message"]) for one in said]


def test_names_in_paths_are_told_and_not_repeated(kept: Place) -> None:
    place = "something in the top of the register is called by the name or address of p-ada"
    assert _told(kept, {"Robin-Öberg_cv.pdf": b"\0"}) == [("warning", place)]
    assert _told(kept, {f"{EMAIL}/x.bin": b"\0"}) == [("warning", place)]
    deeper = place.replace("the top of the register", "records/evidence/a")
    assert _told(kept, {"records/evidence/a/binchen.png": b"\0"}) == [("warning", deeper)]
    assert _told(kept, {"records/evidence/berg.png": b"\0"}) == []


def test_what_a_spreadsheet_saves_as_unicode_is_read(kept: Place) -> None:
    for encoding in ("utf-16", "utf-16-be"):
        mark = b"" if encoding == "utf-16" else b"\xfe\xff"
        ((severity, message),) = _told(kept, {"answers.txt": mark + f"name\t{NAME}\n".encode(encoding)})
        assert (severity, message[:25]) == ("warning", "answers.txt tells of p-ad")


def test_a_list_of_people_whom_nobody_knows_yet_is_found(kept: Place) -> None:
    """Before they are in the private place; a sheet of five is refused, a page that names five is told."""
    rows = "".join(f"{one},who{one}@home.nowhere\n" for one in range(5)).encode()
    ((severity, message),) = _told(kept, {"answers.CSV": rows})
    assert (severity, message[:64]) == ("error", "answers.CSV tells of 5 people, by e-mail addresses that the rost")
    ((severity, _),) = _told(kept, {"AUTHORS": rows})
    assert severity == "warning"
    assert _told(kept, {"answers.csv": rows.replace(b"who4", b"WHO3")}) == []  # four
    of_nobody = rows.replace(b".nowhere", b".example")
    on_the_roster = b"rosa@lighthouse.example\n" * 5
    assert _told(kept, {"CODEOWNERS.csv": of_nobody + on_the_roster}) == []


def test_what_is_too_large_to_be_typed_is_not_read(kept: Place) -> None:
    sheet = "".join(f"who{one}@home.nowhere\n" for one in range(5)).encode()
    (kept.root / "answers.csv").write_bytes(sheet + b" " * 4 * 1024 * 1024)
    kept.git("add", "-A")
    for words in (GUARD, ("check",)):
        assert [one["file"] for one in kept.json(*words)["findings"] if one["code"] == "personal-data"] == []
    (kept.root / "answers.csv").write_bytes(sheet)
    assert [one["file"] for one in kept.findings() if one["code"] == "personal-data"] == ["answers.csv"]


def test_it_judges_nothing_else(kept: Place) -> None:
    typed(kept, "a word")
    kept.edit("mentor-new", "stage: submitted", "stage: approved")
    kept.git("add", "-A")
    assert kept.run("check", "--staged").code == 1
    assert kept.run(*GUARD).code == 0


def test_it_is_about_what_is_staged(kept: Place) -> None:
    for words in (("check", "--private"), ("check", "--staged", "--private", "mentor-new")):
        assert "--private looks at all that is staged" in kept.wrong(*words).err
