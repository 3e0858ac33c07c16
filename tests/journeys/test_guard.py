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


def test_it_judges_nothing_else(kept: Place) -> None:
    typed(kept, "a word")
    kept.edit("mentor-new", "stage: submitted", "stage: approved")
    kept.git("add", "-A")
    assert kept.run("check", "--staged").code == 1
    assert kept.run(*GUARD).code == 0


def test_it_is_about_what_is_staged(kept: Place) -> None:
    for words in (("check", "--private"), ("check", "--staged", "--private", "mentor-new")):
        assert "--private looks at all that is staged" in kept.wrong(*words).err
