"""Registers made once a session and then copied: of a mentorship programme, under an own policy, in two clones."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.conftest import At
from tests.journeys import answering, mentoring, pooled, private_place, telling
from tests.place import Place
from tests.sharing import Two


@pytest.fixture(scope="session")
def _programme(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("programme") / "register"
    root.mkdir()
    mentoring.programme(root)
    return root


@pytest.fixture(scope="session")
def _pool(_programme: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("pool") / "register"
    shutil.copytree(_programme, root, symlinks=True)
    mentoring.accepted_mentor(Place(root), mentoring.MENTOR, "p-ada")
    mentoring.accepted_mentee(Place(root), mentoring.MENTEE, "p-max")
    return root


def _mentoring(made: Path, root: Path, record: str) -> telling.Teller:
    shutil.copytree(made, root, symlinks=True)
    return telling.Teller(Place(root), policy="MEM-02-03", record=record)


@pytest.fixture
def programme(_programme: Path, tmp_path: Path) -> telling.Teller:
    """A mentorship programme under MEM-02-03 with its people and no record."""
    return _mentoring(_programme, tmp_path / "programme", mentoring.MENTOR)


@pytest.fixture
def pool(_pool: Path, tmp_path: Path) -> telling.Teller:
    """The same with a mentor and a mentee who can be matched."""
    return _mentoring(_pool, tmp_path / "pool", mentoring.PAIR)


@pytest.fixture(scope="session")
def _kept(_pool: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("kept") / "register"
    shutil.copytree(_pool, root, symlinks=True)
    place = Place(root)
    place.do("setup", "private")
    place.do("person", "name", *private_place.WHO)
    return root


@pytest.fixture
def kept(_kept: Path, tmp_path: Path) -> Place:
    """A mentor and a mentee who can be matched; the coordinator keeps who the mentor is."""
    shutil.copytree(_kept, tmp_path / "pool", symlinks=True)
    return Place(tmp_path / "pool")


@pytest.fixture(scope="session")
def _year(_programme: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("year") / "register"
    shutil.copytree(_programme, root, symlinks=True)
    words = ("of=MEM-02-03", "rhythm=annual", "from=2026-01-01", "until=2026-12-31")
    Place(root).do("new", "review", "The year", f"id={answering.YEAR}", *words)
    return root


@pytest.fixture
def year(_year: Path, tmp_path: Path) -> telling.Teller:
    """A review of the programme that is being written."""
    found = _mentoring(_year, tmp_path / "programme", mentoring.MENTOR)
    found.day = "2026-06-20"
    return found


@pytest.fixture(scope="session")
def _kites(_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("kites") / "register"
    place = telling.under_own_policy(_made, root, "own_demands.yaml", "KITE-1", "flyer")
    place.do("new", "partnership", "Spring Fair", "policy=KITE-1")
    return root


@pytest.fixture
def kites(_kites: Path, tmp_path: Path) -> Place:
    """A register under a policy that no pack knows, written into it by hand: three flyers and one festival."""
    shutil.copytree(_kites, tmp_path / "register", symlinks=True)
    return Place(tmp_path / "register")


@pytest.fixture
def two(place: Place, tmp_path: Path) -> Two:
    """Two clones of one register: p-rosa's and p-jonas's."""
    return Two(place, tmp_path)


@pytest.fixture
def deciding(at: At, tmp_path: Path) -> Two:
    """The same, where a decision is to be taken."""
    return Two(at("decision"), tmp_path)


@pytest.fixture(scope="session")
def _matchable(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("matchable") / "register"
    root.mkdir()
    pooled.filled(root)
    return root


@pytest.fixture
def matchable(_matchable: Path, tmp_path: Path) -> Place:
    """A mentorship programme with four mentors and five mentees who can be matched, but for one."""
    shutil.copytree(_matchable, tmp_path / "register", symlinks=True)
    return Place(tmp_path / "register")
