"""Words that a policy knows to be right, and words that it does not want: warnings with the nearest and the reason."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.journeys.telling import pasteable
from tests.made import Made
from tests.place import Place
from tests.scenarios.codes.running import pasted


def under(root: Path, policy: str, role: str, *first: str) -> None:
    """A register under a policy, with its first record."""
    place = Place(root)
    place.root.mkdir()
    place.git("init", "-q", "-b", "main")
    place.do("init", "--name", "Meadow", "--policy", policy, "--person", "p-rosa", "--role", role)
    place.do("new", "partnership", *first)


def copied(made: Path, tmp_path: Path) -> Place:
    shutil.copytree(made, tmp_path / "register", symlinks=True)
    return Place(tmp_path / "register")


def warnings(place: Place, code: str) -> list[str]:
    found = [one for one in place.findings() if one["code"] == code]
    assert all(one["severity"] == "warning" and pasteable(one["mend"]) for one in found)
    return [one["message"] for one in found]


@pytest.fixture(scope="session")
def _school(made: Made) -> Path:
    words = ("Rails Group", "id=rails", "event=Rails night")
    return made("school", lambda root: under(root, "OTS-PG", "doer", *words))


@pytest.fixture
def school(_school: Path, tmp_path: Path) -> Place:
    return copied(_school, tmp_path)


def release(place: Place, licence: str) -> list[str]:
    place.do("set", "rails", f"published=[{{of: slides, where: 'https://open.example/1', licence: '{licence}'}}]")
    return warnings(place, "value-unknown")


@pytest.mark.parametrize("licence", ["CC-BY-SA-3.0", "CC-BY-4.0", "CC0-1.0", "MIT", "GPL-3.0-or-later"])
def test_an_open_licence_by_its_spdx_id_is_nothing_to_tell(school: Place, licence: str) -> None:
    assert release(school, licence) == []


@pytest.mark.parametrize(
    ("licence", "near"),
    [
        ("CC BY-SA 4.0", "did you mean CC-BY-SA-4.0"),
        ("cc-by-sa-4.0", "did you mean CC-BY-SA-4.0?"),
        ("Apache 2.0", "did you mean Apache-2.0"),
        ("CC-BY-NC-4.0", "no open licence"),
        ("CC-BY-ND-4.0", "NC and ND"),
        ("all rights reserved", "no open licence"),
    ],
)
def test_another_licence_is_a_warning_with_the_nearest(school: Place, licence: str, near: str) -> None:
    """The guidelines want an open licence and name none, so nothing is refused; the list is the policy's own."""
    [said] = release(school, licence)
    assert said.startswith(f"published is “{licence}”")
    assert near in said
    [found] = [one for one in school.findings() if one["code"] == "value-unknown"]
    assert found["clause"] == "OTS-PG §requirements-towards-a-partner/materials-released-as-open-source"
    assert "licence" in school.text("rails").splitlines()[found["line"] - 1]


def test_our_own_materials_are_under_the_one_licence_that_the_guidelines_name(school: Place) -> None:
    school.do("add", "rails", "contributions", "id=c1", "kind=materials", "text=HTML", "licence=CC-BY-4.0")
    [said] = warnings(school, "value-unknown")
    assert said.startswith("contributions.c1.licence is “CC-BY-4.0”; did you mean CC-BY-SA-3.0?")
    [found] = [one for one in school.findings() if one["code"] == "value-unknown"]
    assert found["mend"] == "partnerkit set rails contributions.c1.licence=<contributions.licence>"
    pasted(school, "value-unknown", fill={"<contributions.licence>": "CC-BY-SA-3.0"})


def test_a_name_is_spelt_as_the_line_says(school: Place) -> None:
    school.do("set", "rails", "event=A night of Open Tech School")
    pasted(school, "name-misspelt", fill={"<event>": "'A night of OpenTechSchool'"})


def test_without_the_list_nothing_is_told(school: Place) -> None:
    """Pack mutation: the list is policy data, and no code knows a licence."""
    assert release(school, "CC-BY-NC-4.0")
    path = school.root / "records" / "policies" / "OTS-PG.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    start = next(number for number, line in enumerate(lines) if line == "          known:")
    end = next(number for number in range(start, len(lines)) if "otherwise:" in lines[number])
    path.write_text("\n".join(lines[:start] + lines[end + 1 :]) + "\n", encoding="utf-8")
    school.git("commit", "-qam", "Any licence will do")
    assert warnings(school, "value-unknown") == []


@pytest.fixture(scope="session")
def _charity(made: Made) -> Path:
    return made("charity", lambda root: under(root, "MANDALA-PCP", "employee", "Hill Garden", "id=garden"))


@pytest.fixture
def charity(_charity: Path, tmp_path: Path) -> Place:
    return copied(_charity, tmp_path)


@pytest.mark.parametrize(
    "words",
    [
        ("set", "garden", "mutual-benefit.service-users=Work for one who was diagnosed\n  with something"),
        ("set", "garden", "alignment=Her care plan asks for work outdoors"),
        ("add", "garden", "communications", "kind=concern", "summary=About MR Doe, born on a Monday"),
        ("add", "garden", "due-diligence", "summary=They ask for the date of birth of each", "outcome=pass"),
        ("new", "case", "Mr Doe", "id=mr-doe", "of=garden", "type=concern", "opened=2026-03-02"),
    ],
    ids=lambda words: words[2],
)
def test_words_about_one_person_are_warned_of_where_a_group_is_meant(charity: Place, words: tuple[str, ...]) -> None:
    """T18: in fields, logs, notes and names, as soon as they are written; nothing is refused."""
    said = charity.do(*words)
    assert "Records speak of those whom we support as a group" in said.all
    assert warnings(charity, "word-unwelcome")


def test_words_about_a_group_are_nothing_to_tell_and_a_note_withdrawn_is_done_with(charity: Place) -> None:
    """T18: what was said about a person is withdrawn, by the line that the warning offers."""
    charity.do("set", "garden", "mutual-benefit.service-users=As a group, they gain work outdoors and company")
    assert warnings(charity, "word-unwelcome") == []
    charity.do("set", "garden", f"alignment=vault/diagnosis.pdf sha256:{'0' * 64}")
    assert warnings(charity, "word-unwelcome") == []
    charity.do("add", "garden", "due-diligence", "summary=Their gardener has a diagnosis", "outcome=pass")
    pasted(charity, "word-unwelcome")


def test_another_policy_wants_other_words(place: Place) -> None:
    """T18: no word is unwelcome but those of the policy."""
    place.do("new", "partnership", "Beta", "id=beta", "website=https://beta.example")
    place.do("add", "beta", "communications", "kind=partner-communication", "summary=Mr Doe has a care plan")
    assert warnings(place, "word-unwelcome") == []
