"""Lines that a command offers lead on: they can be typed, and say what is missing."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from tests.conftest import At
from tests.place import Place
from tests.story import ACME


@pytest.mark.parametrize(
    ("policy", "role", "line", "filled"),
    [
        (
            "MEM-02-03",
            "core-team",
            'new application "<title>" applicant=<applicant> as=<as> applied=<applied>',
            {"<title>": "Mentor", "<applicant>": "p-rosa", "<as>": "mentor", "<applied>": "2026-03-01"},
        ),
        ("MANDALA-PCP", "employee", 'new partnership "<name>"', {"<name>": "Rowing Club"}),
    ],
)
def test_the_first_record_offered_is_one_that_the_policy_has(
    tmp_path: Path, policy: str, role: str, line: str, filled: dict[str, str]
) -> None:
    """It asks for all that such a record needs: filled in, it lands."""
    place = Place(tmp_path)
    place.git("init", "-q", "-b", "main")
    said = place.do("init", "--name", "Lighthouse", "--policy", policy, "--person", "p-rosa", "--role", role)
    offered = said.out.splitlines()[-1]
    assert offered == f"Next: partnerkit {line}"
    for placeholder, value in filled.items():
        line = line.replace(placeholder, value)
    place.do(*shlex.split(line))


@pytest.mark.parametrize(("policy", "role", "name"), [("MANDALA-PCP", "employee", "regular")])
def test_a_sweep_that_makes_nothing_says_which_rhythms_there_are(
    tmp_path: Path, policy: str, role: str, name: str
) -> None:
    place = Place(tmp_path)
    place.git("init", "-q", "-b", "main")
    place.do("init", "--name", "Lighthouse", "--policy", policy, "--person", "p-rosa", "--role", role)
    since = ("--adopt", "active", "--since", "2025-01-01", "--reason", "older than the register")
    place.do("new", "partnership", "Rowing Club", *since)

    said = place.do("new", "review", "--month", "2026-02", "--where", "stage=active")

    assert f"{policy} asks for no review of a partnership every P1M; its rhythms there: {name}" in said.out
    assert f"partnerkit new review <title> of=<id> rhythm={name} from=<from> until=<until>" in said.out

    place.do("new", "partnership", "Chess Club")
    place.do("advance", "chess-club", "declined", "--reason", "no time")  # one more thing to be told
    said = place.do("new", "review", "--month", "2026-04", "--where", "kind=partnership", day="2026-05-04")

    assert "chess-club is over" in said.out
    assert f"its rhythms there: {name}" in said.out


def test_a_renewal_that_ends_before_it_starts_asks_for_its_two_days(at: At) -> None:
    said = at("active").run("new", "agreement", "renews=acme-2026", "starts=2028-01-01", "ends=2027-01-01")
    assert "it ends (2027-01-01) before it starts (2028-01-01)" in said.err
    assert "partnerkit new agreement partnership=acme renews=acme-2026 starts=<starts> ends=<ends>\n" in said.err


def test_a_waiver_without_a_day_keeps_whose_word_it_is(at: At) -> None:
    said = at("proposed").wrong(
        "waive", ACME, "reference-checks", "--for", "p-timo", "--seen", "minutes.md", "--reason", "young"
    )
    assert "--reason young --until <day> --for p-timo --seen minutes.md" in said.err
