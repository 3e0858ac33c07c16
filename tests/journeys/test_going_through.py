"""Records go on through their main stages as far as everything is there; every change of stage stays one of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys import mentoring
from tests.journeys.mentoring import MENTOR, MODULES, QUALITIES, points
from tests.made import Made, copied
from tests.place import Place

OTHER = "mentor-bo"
BOTH = ("--where", "kind=application")


@pytest.fixture(scope="session")
def _two_mentors(made: Made, _programme: Path) -> Path:
    def make(place: Place) -> None:
        mentoring.mentor(place, MENTOR, "p-ada")
        mentoring.mentor(place, OTHER, "p-bo")
        for what in ("interview", "community-standing"):
            mentoring.outcome(place, MENTOR, what)
        place.do("add", MENTOR, "mentor-qualities", *points(QUALITIES))
        lines = [f"{MENTOR},{module}" for module in MODULES]
        place.do("add", "training", "--from", place.write("course.csv", "\n".join(["id,module", *lines]) + "\n"))

    return made.on("two-mentors", _programme, make)


@pytest.fixture
def two_mentors(_two_mentors: Path, tmp_path: Path) -> Place:
    """Two mentors whose applications were looked through; of one of them all is there but the decision."""
    copied(_two_mentors, tmp_path / "register")
    return Place(tmp_path / "register")


def entries(place: Place, record: str) -> list[str]:
    return [one["to"] for one in place.json("show", record)["record"]["history"]]


def test_each_goes_as_far_as_it_can_in_one_commit(two_mentors: Place) -> None:
    place = two_mentors
    dry = place.json("advance", "--through", *BOTH, "--dry-run")
    assert [(one["id"], one["does"]) for one in dry["outcomes"]] == [
        (MENTOR, "review → interview → references → training"),
        (OTHER, "review → interview"),
    ]
    before = place.git("rev-list", "--count", "HEAD")
    said = place.do("advance", "--through", *BOTH)
    assert int(place.git("rev-list", "--count", "HEAD")) == int(before) + 1
    assert "application: 2 records → training, interview" in said.out
    told = " ".join(said.out.split())
    assert f"{MENTOR} stays in training, for want of acceptance: partnerkit gates {MENTOR}" in told
    assert f"{OTHER} stays in interview, for want of interview, mentor-qualities: partnerkit gates {OTHER}" in told
    assert entries(place, MENTOR) == ["submitted", "review", "interview", "references", "training"]
    message = place.git("log", "-1", "--format=%B")
    assert f"{MENTOR}: interview → references" in message
    assert message.count("Partnerkit-Entry") == 4
    assert place.run("audit").code == 0

    refused = place.refuse("advance", "--through", *BOTH)
    assert "refused, for 3 reasons; nothing changed" in refused.err
    assert f"{MENTOR}: training → accepted needs acceptance" in refused.err

    said = place.do("approve", MENTOR, "acceptance", "--advance", by="p-jonas")
    assert "p-jonas approves acceptance; → accepted" in said.out
    assert entries(place, MENTOR)[-1] == "accepted"
    assert "no main way leads on from where they stand" in place.wrong("advance", MENTOR, "--through").err
    assert place.run("audit").code == 0
    assert place.run("check").code == 0


def test_it_ends_at_the_stage_that_is_named_and_one_undo_takes_all_of_it_back(two_mentors: Place) -> None:
    place = two_mentors
    said = place.do("advance", *BOTH, "references", "--through")
    assert entries(place, MENTOR)[-1] == "references"
    assert f"{MENTOR} stays" not in said.out, "nothing is missing: it is where it was to go"
    assert "no main way leads on to references" in place.wrong("advance", MENTOR, "references", "--through").err
    assert "no main way leads on to interview" in place.wrong("advance", MENTOR, "interview", "--through").err
    place.do("undo")
    assert {one["stage"] for one in place.json("list", "application")["records"]} == {"review"}
    assert place.run("audit").code == 0


@pytest.mark.parametrize(
    ("words", "teaches"),
    [
        (("declined", "--through"), "leads through no stage 'declined'"),
        (("acepted", "--through"), "did you mean accepted"),
        (("--through", "--each"), "two ways of advancing many"),
    ],
)
def test_what_cannot_be_meant(two_mentors: Place, words: tuple[str, ...], teaches: str) -> None:
    assert teaches in two_mentors.wrong("advance", MENTOR, *words).err


def test_what_is_added_leads_on_where_it_was_the_last_thing_missing(two_mentors: Place) -> None:
    place = two_mentors
    assert "; → interview" in place.do("set", OTHER, "capacity=3", "--advance").out
    said = place.do("add", OTHER, "interview", "summary=Held", "outcome=fail", "--advance")
    assert f"{OTHER} stays in interview, for want of interview, mentor-qualities" in " ".join(said.out.split())
    place.do("add", OTHER, "mentor-qualities", *points(QUALITIES), "--advance")
    found = place.json("add", OTHER, "interview", "summary=Held again", "outcome=pass", "--advance", "--dry-run")
    assert found["outcomes"][0]["does"].endswith("interview → references")
    assert entries(place, OTHER)[-1] == "interview", "a dry run writes nothing"
    said = place.do("add", OTHER, "interview", "summary=Held again", "outcome=pass", "--advance")
    assert "add interview; → references" in said.out
    place.do("undo")
    assert entries(place, OTHER)[-1] == "interview"
    assert place.run("audit").code == 0
