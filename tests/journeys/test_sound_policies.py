"""Files found right are not judged again; nothing that is said is another for it, whatever becomes of them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from partnerkit.kinds import trusted
from partnerkit.kinds.late import Late
from partnerkit.kinds.modelled import Model
from partnerkit.policies import consistency
from partnerkit.store import rule_files
from tests.place import Place

#: Settings, roster and the one policy.
RULE_FILES = 3


def kept(place: Place) -> Path:
    return place.root / ".git" / "partnerkit" / "verdicts.sqlite"


def policy(place: Place) -> Path:
    (found,) = (place.root / "records" / "policies").glob("*.yaml")
    return found


def sound(place: Place) -> list[str]:
    with closing(sqlite3.connect(kept(place))) as base:
        return [key for (key,) in base.execute("SELECT oid FROM sound")]


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The policies that were held against themselves, while nothing that this process read before is remembered."""
    found: list[str] = []
    plain = consistency.problems

    def noting(policy):
        found.append(policy.policy)
        return plain(policy)

    monkeypatch.setattr(consistency, "problems", noting)
    monkeypatch.setattr(rule_files, "read_policy_file", rule_files.read_policy_file.__wrapped__)
    return found


def test_a_policy_found_right_is_not_judged_again(place: Place, judged: list[str]) -> None:
    kept(place).unlink(missing_ok=True)
    first = place.json("list")
    assert judged, "nothing was kept: it was judged"
    judged.clear()
    assert place.json("list") == first
    assert judged == []


def test_one_changed_byte_is_judged_and_what_was_kept_before_goes(place: Place, judged: list[str]) -> None:
    place.json("list")
    before = sound(place)
    with policy(place).open("a", encoding="utf-8") as stream:
        stream.write("# a word more\n")
    judged.clear()
    place.json("list")
    assert judged
    assert len(sound(place)) == len(before) == RULE_FILES
    assert len(set(sound(place)) & set(before)) == RULE_FILES - 1


def test_another_roster_is_judged_and_no_policy_with_it(place: Place, judged: list[str]) -> None:
    place.json("list")
    judged.clear()
    with (place.root / "records" / "people.yaml").open("a", encoding="utf-8") as stream:
        stream.write("shared: true\n")
    assert "people.yaml" in place.run("list").err
    assert judged == []


@pytest.fixture
def acme(place: Place) -> Place:
    place.do("new", "partnership", "Acme", "type=cloud-providers")
    place.json("show", "acme")
    return place


@pytest.fixture
def models(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The models that were asked whether data are right."""
    found: list[str] = []
    plain = vars(Model)["model_validate"].__func__

    def noting(cls, data):
        found.append(cls.__name__)
        return plain(cls, data)

    monkeypatch.setattr(Model, "model_validate", classmethod(noting))
    monkeypatch.setattr(trusted, "MANY", 0)  # none of them is made without being asked, however few were before
    return found


def test_a_record_found_right_is_not_judged_again_until_it_or_a_policy_changes(acme: Place, models: list[str]) -> None:
    first = acme.json("show", "acme")
    assert acme.json("show", "acme") == first
    assert models == []
    record = acme.root / "records" / "partnerships" / "acme.yaml"
    record.write_bytes(b"# a word more\n" + record.read_bytes())
    assert acme.json("show", "acme") == first
    assert models == ["Partnership"]
    models.clear()
    with policy(acme).open("a", encoding="utf-8") as stream:
        stream.write("# a word more\n")
    assert acme.json("show", "acme") == first
    assert models == ["Policy", "Partnership"]


def test_of_rule_files_it_is_kept_what_they_say_and_of_records_only_that_they_are_right(acme: Place) -> None:
    """What a record says of people may have to be forgotten, and nothing of it lies about here."""
    with closing(sqlite3.connect(kept(acme))) as base:
        said = [body for (body,) in base.execute("SELECT body FROM sound")]
    assert len(said) > RULE_FILES
    assert len([one for one in said if one]) == RULE_FILES
    assert not any("Acme" in one for one in said)


def test_in_integration_nothing_is_believed_nor_kept(
    acme: Place, models: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The clone may be one in which the branch of somebody else was at work before."""
    first = acme.json("show", "acme")
    monkeypatch.setenv("CI", "true")
    kept(acme).unlink()
    for _time in range(2):
        models.clear()
        assert acme.json("show", "acme") == first
        assert {"Settings", "Roster", "Partnership"} <= set(models)
    assert not kept(acme).exists()


def test_a_check_without_what_is_kept_judges_all(acme: Place, models: list[str]) -> None:
    acme.run("check", "--no-cache")
    assert {"Settings", "Roster", "Partnership"} <= set(models)


def test_a_record_with_a_fault_is_told_of_each_time_and_never_kept(acme: Place) -> None:
    before = sound(acme)
    record = acme.root / "records" / "partnerships" / "acme.yaml"
    record.write_text(record.read_text(encoding="utf-8").replace("name:", "nmae:", 1), encoding="utf-8")
    said = [acme.run("show", "acme") for _time in range(2)]
    assert {one.code for one in said} == {1}
    assert said[0].err == said[1].err
    assert "nmae" in said[0].err
    assert sound(acme) == before


def test_a_policy_with_a_fault_is_told_of_each_time_and_never_kept(place: Place, judged: list[str]) -> None:
    place.json("list")
    before = sound(place)
    text = policy(place).read_text(encoding="utf-8")
    policy(place).write_text(text.replace("title:", "titel:", 1), encoding="utf-8")
    said = [place.run("show", "nobody") for _time in range(2)]
    assert {one.code for one in said} == {3}
    assert said[0].err == said[1].err
    assert policy(place).name in said[0].err
    assert sound(place) == before


def test_what_others_could_have_written_is_not_believed(place: Place, judged: list[str]) -> None:
    place.json("list")
    kept(place).chmod(0o666)
    judged.clear()
    place.json("list")
    assert judged


def test_what_is_made_late_is_made_once_and_equals_what_was_made_at_once() -> None:
    made: list[str] = []

    def make(key: str) -> int:
        made.append(key)
        return len(key)

    late = Late(["a", "bb"], make)
    assert ("a" in late, "c" in late, list(late), len(late), made) == (True, False, ["a", "bb"], 2, [])
    assert late == {"a": 1, "bb": 2}
    assert late["a"] == 1
    assert made == ["a", "bb"]
    with pytest.raises(KeyError):
        late["c"]
