"""Registers made once a session and then copied: of a mentorship programme, under an own policy, in two clones."""

from __future__ import annotations

from pathlib import Path

import pytest

from partnerkit.store import record_paths
from tests.conftest import At
from tests.journeys import answering, mentoring, pooled, private_place, telling
from tests.made import Made, copied
from tests.place import Place
from tests.sharing import Two


@pytest.fixture
def at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where what was told is kept, of few records too."""
    monkeypatch.setattr(record_paths, "_FEW", 0)


@pytest.fixture
def own_example(few: Path, tmp_path: Path) -> Place:
    """A copy of the example register, looked at on the day that it is."""
    root = tmp_path / "register"
    copied(few, root)
    return Place(root, day=None)


@pytest.fixture(scope="session")
def _programme(made: Made) -> Path:
    return made("programme", mentoring.programme)


@pytest.fixture(scope="session")
def _pool(made: Made, _programme: Path) -> Path:
    def make(place: Place) -> None:
        mentoring.accepted_mentor(place, mentoring.MENTOR, "p-ada")
        mentoring.accepted_mentee(place, mentoring.MENTEE, "p-max")

    return made.on("pool", _programme, make)


def _mentoring(made: Path, root: Path, record: str) -> telling.Teller:
    copied(made, root)
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
def _kept(made: Made, _pool: Path) -> Path:
    def make(place: Place) -> None:
        place.do("setup", "private")
        place.do("person", "name", *private_place.WHO)

    return made.on("kept", _pool, make)


@pytest.fixture
def kept(_kept: Path, tmp_path: Path) -> Place:
    """A mentor and a mentee who can be matched; the coordinator keeps who the mentor is."""
    copied(_kept, tmp_path / "pool")
    return Place(tmp_path / "pool")


@pytest.fixture(scope="session")
def _year(made: Made, _programme: Path) -> Path:
    words = ("of=MEM-02-03", "rhythm=annual", "from=2026-01-01", "until=2026-12-31")
    new = ("new", "review", "The year", f"id={answering.YEAR}", *words)
    return made.on("year", _programme, lambda place: place.do(*new))


@pytest.fixture
def year(_year: Path, tmp_path: Path) -> telling.Teller:
    """A review of the programme that is being written."""
    found = _mentoring(_year, tmp_path / "programme", mentoring.MENTOR)
    found.day = "2026-06-20"
    return found


@pytest.fixture(scope="session")
def _kites(made: Made, _made: Path) -> Path:
    def make(root: Path) -> None:
        place = telling.under_own_policy(_made, root, "own_demands.yaml", "KITE-1", "flyer")
        place.do("new", "partnership", "Spring Fair", "policy=KITE-1")

    return made("kites", make)


@pytest.fixture
def kites(_kites: Path, tmp_path: Path) -> Place:
    """A register under a policy that no pack knows, written into it by hand: three flyers and one festival."""
    copied(_kites, tmp_path / "register")
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
def _matchable(made: Made) -> Path:
    return made("matchable", pooled.filled)


@pytest.fixture
def matchable(_matchable: Path, tmp_path: Path) -> Place:
    """A mentorship programme with four mentors and five mentees who can be matched, but for one."""
    copied(_matchable, tmp_path / "register")
    return Place(tmp_path / "register")
