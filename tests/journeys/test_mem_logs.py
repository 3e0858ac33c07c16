"""Under MEM-02-03, what is logged of a pairing: of those who take part, and from its first day on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.mentoring import PAIR, TWO, settled, upto_confirmed
from tests.journeys.telling import Teller
from tests.made import Made, copied
from tests.place import Place
from tests.scenarios.codes.running import pasted


@pytest.fixture(scope="session")
def _running(made: Made, _pool: Path) -> Path:
    def make(place: Place) -> None:
        pool = Teller(place, policy="MEM-02-03", record=PAIR)
        upto_confirmed(pool, PAIR, TWO, "programme=formal")
        settled(pool, PAIR, "starts=2026-03-02", "ends=2026-09-02")
        pool.do("advance", PAIR)
        pool.do("advance", PAIR)

    return made.on("running", _pool, make)


@pytest.fixture
def running(_running: Path, tmp_path: Path) -> Teller:
    copied(_running, tmp_path / "pool")
    return Teller(Place(tmp_path / "pool"), policy="MEM-02-03", record=PAIR, day="2026-04-02")


STRANGER = "check-ins.0.person of python-spring names p-mex, who takes no part in it; did you mean p-max?"
EARLY = "is 2026-03-01, before it began: starts is 2026-03-02"


@pytest.mark.parametrize(
    ("words", "missing"),
    [
        (("check-ins", "person=p-mex"), STRANGER),
        (("check-ins", "person=p-rosa"), "(those who do: p-ada, p-max)"),
        (("meetings", "minutes=60", "absent=[p-ada, p-zoe]"), "meetings.0.absent of python-spring names p-zoe"),
        (("check-ins", "person=p-max", "on=2026-03-01"), f"check-ins.0.on of python-spring {EARLY}"),
        (("meetings", "minutes=60", "on=2026-03-01"), f"meetings.0.on of python-spring {EARLY}"),
    ],
)
def test_a_line_of_somebody_else_or_of_an_earlier_day_is_refused(running: Teller, words, missing) -> None:
    t = running
    said = t.place.refuse("add", PAIR, *words, day=t.day)
    assert missing in said.err
    assert "records/pairings/python-spring.yaml:" in said.err
    assert "→ " in said.err


def test_staff_record_what_participants_said_from_the_first_day_on(running: Teller) -> None:
    """Whoever types it need not take part: whom the line names does."""
    t = running
    t.do("add", PAIR, "check-ins", "person=p-max", "on=2026-03-02", by="p-jonas")
    t.do("add", PAIR, "meetings", "minutes=60", "absent=[p-max]", "on=2026-03-02")
    assert "line-of-another" not in t.warned()


def test_a_line_written_by_hand_is_an_error_and_stays_found_once_it_has_landed(running: Teller) -> None:
    t = running
    t.do("add", PAIR, "check-ins", "person=p-max")
    t.place.edit(PAIR, "    person: p-max\n", "    person: p-zoe\n")
    assert [one["severity"] for one in found(t)] == ["error"]
    t.place.git("commit", "-q", "-am", "By hand")
    [left] = found(t)
    assert (left["severity"], left["record"]) == ("warning", PAIR)
    t.do("add", PAIR, "check-ins", "person=p-ada")  # what stands there hinders nobody


@pytest.mark.parametrize(
    ("code", "line", "typed"),
    [
        ("line-of-another", ("check-ins", "person=p-max"), ("person: p-max", "person: p-zoe")),
        ("line-too-early", ("check-ins", "person=p-max", "on=2026-03-03"), ('"on": 2026-03-03', '"on": 2020-03-03')),
        ("line-of-nobody", ("meetings", "minutes=60", "absent=[p-max]"), ("- p-max\n", "- p-max\n      - p-ada\n")),
    ],
)
def test_a_line_typed_wrongly_is_taken_back(
    running: Teller, code: str, line: tuple[str, ...], typed: tuple[str, str]
) -> None:
    running.do("add", PAIR, *line)
    running.place.git("reset", "-q", "--soft", "HEAD^")
    running.place.edit(PAIR, *typed)
    running.place.day = running.day
    pasted(running.place, code)


def found(t: Teller) -> list[dict[str, str]]:
    findings: list[dict[str, str]] = t.place.json("check", day=t.day)["findings"]
    return [one for one in findings if one["code"] == "line-of-another"]
