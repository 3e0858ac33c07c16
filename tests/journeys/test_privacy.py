"""Who is behind an id: kept in the private place alone, for whoever may know; what is typed elsewhere is told."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.barred import barred
from tests.journeys.private_place import (
    ALIAS,
    EMAIL,
    NAME,
    PERSON,
    PHONE,
    WHO,
    contacts,
    findings,
    typed,
    without_names,
)
from tests.journeys.telling import Teller
from tests.place import Place, environment
from tests.terminal import at_a_terminal


def test_it_is_made_once_and_git_keeps_away(pool: Teller) -> None:
    place = pool.place
    (place.root / ".gitignore").write_text("demo/", encoding="utf-8")
    said = place.run("setup", "private", "--check")
    assert said.code == 1
    assert "git does not ignore private/" in said.out
    assert not (place.root / "private").exists()
    assert place.run("person", "name", PERSON, NAME).code == 3
    place.do("setup", "private")
    assert (place.root / ".gitignore").read_text(encoding="utf-8") == "demo/\n/private/\n"
    assert (place.root / "private").stat().st_mode & 0o077 == 0
    assert (place.root / "private" / "contacts.yaml").stat().st_mode & 0o077 == 0
    assert "everything is in step" in place.do("setup", "private").out
    assert "private" not in place.git("status", "--short", "--untracked-files=all").replace(".gitignore", "")


def test_nothing_is_kept_where_git_would_take_it_along(kept: Place) -> None:
    (kept.root / ".gitignore").write_text("", encoding="utf-8")
    before = contacts(kept)
    said = kept.run("person", "name", "p-max", "Somebody Else")
    assert said.code == 3
    assert "git does not ignore private/" in said.err
    assert "partnerkit setup private" in said.err
    assert contacts(kept) == before
    assert findings(kept, "private-not-ignored")
    assert "git does not ignore private/" in kept.run("doctor").out
    assert kept.run("doctor").code == 3


def test_nothing_is_kept_where_no_place_is(pool: Teller) -> None:
    said = pool.place.run("person", "name", PERSON, NAME)
    assert said.code == 3
    assert "private/contacts.yaml does not exist" in said.err
    assert "partnerkit setup private" in said.err
    settings = pool.place.root / "records" / "register.yaml"
    settings.write_text(settings.read_text("utf-8").replace("private: private\n", ""), encoding="utf-8")
    for words in (("person", "name", PERSON, NAME), ("setup", "private")):
        said = pool.place.run(*words)
        assert said.code == 3
        assert "names no private place" in said.err


@pytest.mark.parametrize("named", ["records", "records/private", ".", ".git/private", "~/private"])
def test_a_place_that_could_not_be_private(pool: Teller, named: str) -> None:
    settings = pool.place.root / "records" / "register.yaml"
    settings.write_text(settings.read_text("utf-8").replace("private: private", f"private: {named}"), encoding="utf-8")
    said = pool.place.run("setup", "private")
    assert said.code == 3
    assert named in said.err
    assert findings(pool.place, "private-unread")
    assert not Path(pool.place.root / "records" / "contacts.yaml").exists()


def test_doctor_says_how_it_stands(pool: Teller, tmp_path: Path) -> None:
    place = pool.place

    def told() -> str:
        said = place.run("doctor")
        assert said.code == 0, said.all
        return next(row for row in said.out.splitlines() if "private place" in row)

    assert told().startswith("! the private place is named and not on this machine")
    place.do("setup", "private")
    assert told().startswith("✓ the private place (private/contacts.yaml, 0 people): nobody is in it yet")
    place.do("person", "name", *WHO)
    assert told().startswith("! the private place (private/contacts.yaml, 1 person): it is on this machine only")
    home = Place(place.root / "private")
    home.git("init", "-q", "-b", "main")
    assert "has no remote" in told()
    home.git("init", "-q", "--bare", str(tmp_path / "far.git"))
    home.git("remote", "add", "origin", str(tmp_path / "far.git"))
    assert "not all of it was sent" in told()
    (place.root / "private" / ".gitignore").write_text("*.yaml\n", encoding="utf-8")
    assert "not all of it was sent" in told(), "what it ignores it does not send"
    (place.root / "private" / ".gitignore").unlink()
    home.git("add", "contacts.yaml")
    home.git("commit", "-qm", "names")
    assert "not all of it was sent" in told()
    home.git("push", "-q", "-u", "origin", "main")
    assert told().startswith("✓ ")
    assert "all of it was sent" in told()
    assert place.json("doctor")["points"][-1]["warns"] is False
    without_names(place.run("doctor").all)


def test_it_may_lie_elsewhere_on_each_machine(pool: Teller, tmp_path: Path) -> None:
    place, share = pool.place, tmp_path / "share"
    assert place.run("setup", "private", "--at", str(place.root / "records")).code == 3
    assert str(share / "contacts.yaml") in place.run("setup", "private", "--at", str(share), "--check").out
    assert "partnerkit.private" not in place.git("config", "--list")
    place.do("setup", "private", "--at", str(share))
    place.do("person", "name", *WHO)
    assert NAME in (share / "contacts.yaml").read_text(encoding="utf-8")
    assert not (place.root / "private").exists()
    assert "nobody can tell from here" in place.do("doctor").out
    assert f"{PERSON} ({NAME})" in at_a_terminal(place, "show", "mentor-ada")


def test_a_repository_around_it_that_ignores_it_keeps_no_copy(pool: Teller, tmp_path: Path) -> None:
    """Such as that of a home, or another working tree of the register."""
    home = Place(tmp_path / "home")
    home.root.mkdir()
    home.git("init", "-q", "-b", "main")
    (home.root / ".gitignore").write_text("share/\n", encoding="utf-8")
    pool.place.do("setup", "private", "--at", str(home.root / "share"))
    pool.place.do("person", "name", *WHO)
    assert "nobody can tell from here" in pool.place.do("doctor").out


def test_a_file_that_cannot_be_read_is_told_without_a_word_of_it(kept: Place) -> None:
    path = kept.root / "private" / "contacts.yaml"
    path.write_text(contacts(kept).replace(EMAIL, "robin at home"), encoding="utf-8")
    for words in (("person", "name", "p-max", "X Y"), ("person", "show", PERSON)):
        said = kept.run(*words)
        assert said.code == 3
        assert "private/contacts.yaml:8 cannot be read (wrong-value)" in said.err
        without_names(said.all)
    assert kept.run("doctor").code == 3
    assert "nobody looked for names" in str(findings(kept, "private-unread")[0]["message"])
    assert kept.run("list").code == 0
    assert NAME not in at_a_terminal(kept, "show", "mentor-ada")


@pytest.mark.parametrize("closed", ["private", "private/contacts.yaml"])
def test_a_place_that_others_keep_stops_nobody(kept: Place, closed: str) -> None:
    (kept.root / closed).chmod(0)
    first = barred()
    try:
        assert kept.spawn("check", first=first).code == 0
        assert kept.spawn("set", "mentor-ada", "hours-per-month=3", first=first).code == 0
        assert kept.spawn("person", "name", "p-max", "X Y", first=first).code == 3
        assert NAME not in kept.spawn("show", "mentor-ada", first=first).all
    finally:
        (kept.root / closed).chmod(0o700)


def test_many_at_once_from_a_sheet(kept: Place) -> None:
    rows = "id;Name;E-mail;aliases;Phone\np-max;Max Muster;max@home.example;Maxi;+49 30 7654321\np-ada;;new@home.example;;\n"
    sheet = kept.write("names.csv", rows)
    head = kept.git("rev-parse", "HEAD")
    said = kept.do("person", "name", "--from", sheet, "--dry-run")
    assert "p-max" in said.out
    assert "max@" not in contacts(kept)
    said = kept.do("person", "name", "--from", sheet)
    assert "✓ p-max: new in private/contacts.yaml" in said.out
    assert "✓ p-ada: changed" in said.out
    assert "Muster" not in said.all
    text = contacts(kept)
    assert "phone: +49 30 7654321" in text
    assert "new@home.example" in text
    assert EMAIL in text
    assert kept.git("rev-parse", "HEAD") == head
    assert kept.do("person", "name", "--from", sheet).out == "private/contacts.yaml says that already\n"


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("who,name\np-x,Xy Zett\n", "no column holds the ids"),
        ("id,name\n,Xy Zett\n", ":2: the row holds no id"),
        ("id,name\np-x,Xy Zett\np-x,Xy Zwei\n", ":3: the row holds p-x once more"),
        ("id,name\np-x,Xy Zett\nPX!,Xy Zwei\n", "PX!"),
        ("id,name,email\np-x,Xy Zett,zett at home\n", "p-x: what is given as emails"),
    ],
)
def test_a_sheet_that_is_wrong_changes_nothing(kept: Place, rows: str, words: str) -> None:
    before = contacts(kept)
    said = kept.wrong("person", "name", "--from", kept.write("names.csv", rows))
    assert words in said.err
    assert "Zett" not in said.all
    assert "Zwei" not in said.all
    assert "at home" not in said.all
    assert contacts(kept) == before


def test_what_is_kept_can_go_again(kept: Place) -> None:
    path = kept.root / "private" / "contacts.yaml"
    path.write_text(contacts(kept).replace("people:", "# ours\npeople:"), encoding="utf-8")
    kept.do("person", "name", PERSON, "--without", ALIAS, "--without", "phone")
    assert ALIAS not in contacts(kept)
    assert PHONE not in contacts(kept)
    assert NAME in contacts(kept)
    assert "# ours\n" in contacts(kept)
    said = kept.wrong("person", "name", PERSON, "--without", "Nobody Such")
    assert "Such" not in said.all
    kept.do("person", "name", PERSON, "--without", "name", "--without", EMAIL)
    assert PERSON not in contacts(kept)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ((), "say whom"),
        ((PERSON,), "say what is to be kept"),
        ((PERSON, "--contact", "phone"), "key=value"),
        ((PERSON, NAME, "--without", ALIAS), "--without goes by itself"),
        (("p-nobody", "--without", ALIAS), "says nothing of p-nobody"),
        (("P Ada", NAME), "P Ada"),
    ],
)
def test_called_wrongly(kept: Place, words: tuple[str, ...], why: str) -> None:
    assert why in kept.wrong("person", "name", *words).err


def test_an_id_that_nobody_names_is_told(kept: Place) -> None:
    assert "no record and no roster names p-adda yet" in kept.do("person", "name", "p-adda", "A B").out


def test_an_applicant_is_shown_though_the_roster_has_none(kept: Place) -> None:
    said = kept.do("person", "show", PERSON)
    assert "mentor-ada" in said.out
    assert "the private place knows who that is" in said.out
    data = kept.json("person", "show", PERSON)
    assert (data["kept"], [one["id"] for one in data["about"]]) == (True, ["mentor-ada"])
    seen = at_a_terminal(kept, "person", "show", PERSON)
    for one in (NAME, ALIAS, EMAIL, PHONE):
        assert one in seen
    assert kept.run("person", "show", "p-nobody").code == 2


def test_names_addresses_and_numbers_in_a_text_are_told(kept: Place, tmp_path: Path) -> None:
    said = typed(kept, f"{NAME.upper()} writes from {EMAIL}, tel. 030 99 88 77")
    words = ("holds an e-mail address", "what looks like a telephone number", f"the name of {PERSON} stands there")
    for one in words:
        assert one in said.out
    without_names(said.all)
    found = findings(kept, "personal-data")
    assert {one["severity"] for one in found} == {"warning"}
    assert {one["file"] for one in found} == {"records/applications/mentor-new.yaml"}
    line = next(n for n, row in enumerate(kept.text("mentor-new").splitlines(), 1) if NAME.upper() in row)
    assert {one["line"] for one in found} == {line}
    assert all(any(one in str(each["message"]) for each in found) for one in words)
    kept.git("clone", "-q", str(kept.root), str(tmp_path / "clone"))
    there = findings(Place(tmp_path / "clone"), "personal-data")
    assert [one for one in found if words[2] not in str(one["message"])] == there, "only names need the private place"


@pytest.mark.parametrize("text", [f"# ask {NAME}", f"# {ALIAS.upper()} said so", '# "Robin \\u00d6berg"'])
def test_a_comment_that_names_somebody_is_told(kept: Place, text: str) -> None:
    kept.edit("mentor-ada", "title: ", f"{text}\ntitle: ")
    assert [one["message"] for one in findings(kept, "personal-data")] == [
        f"the name of {PERSON} stands there: a record names people by their ids"
    ]
    without_names(kept.run("check").all)


def test_a_shared_mailbox_is_nobodys(kept: Place) -> None:
    people = kept.root / "records" / "people.yaml"
    people.write_text(
        people.read_text("utf-8") + "shared-mailboxes: [mentoring@lighthouse.example]\n", encoding="utf-8"
    )
    kept.git("commit", "-qam", "a mailbox", "--no-verify")
    typed(kept, "Asked by mentoring@lighthouse.example")
    assert findings(kept, "personal-data") == []
    typed(kept, "Asked by mentoring@home.example")
    assert len(findings(kept, "personal-data")) == 1


def test_the_shell_completes_applicants(kept: Place) -> None:
    asked = {"_PARTNERKIT_COMPLETE": "complete_bash", "COMP_WORDS": "partnerkit person name p-a", "COMP_CWORD": "3"}
    ended = subprocess.run(
        [sys.executable, "-m", "partnerkit"], cwd=kept.root, env=environment() | asked, capture_output=True, check=False
    )
    assert ended.stdout.decode().split() == [PERSON]
