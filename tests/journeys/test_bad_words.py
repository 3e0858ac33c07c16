"""Words that nobody can mean, wherever a person types one: the nearest is named, exit 1 or 2, nothing is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import At
from tests.journeys.inert import tried
from tests.place import Place, Said
from tests.story import ACME, CRITERIA, DEAL

ADOPTED = ("--since", "2026-01-05", "--reason", "older")


def said_of(place: Place, *words: str) -> Said:
    said = tried(place, *words)
    assert said.code in {1, 2}, said.all
    return said


@pytest.mark.parametrize(
    ("words", "near"),
    [
        (("advance", ACME, "detailed-reviw"), "did you mean detailed-review"),
        (("gates", ACME, "declind"), "did you mean declined"),
        (("new", "partnership", "X", "--adopt", "actve", *ADOPTED), "did you mean active"),
        (("list", "--where", "stage=actve"), "did you mean active"),
        (("export", "csv", "partnership", "--where", "stage!=actve"), "did you mean active"),
        (("advance", "--where", "stage=asessment"), "did you mean assessment"),
        (("new", "review", "--month", "2026-02", "--where", "stage=actve"), "did you mean active"),
    ],
)
def test_an_unknown_stage(at: At, words: tuple[str, ...], near: str) -> None:
    assert near in said_of(at("assessment"), *words).err


@pytest.mark.parametrize(
    "words",
    [
        ("person", "role", "p-jonas", "core-teem"),
        ("person", "add", "p-ida", "--email", "ida@x.example", "--role", "core-teem"),
        ("person", "end", "p-jonas", "core-teem"),
        ("today", "--role", "core-teem"),
        ("policy", "set", "OPS-05-03", "final-decider=core-teem", "--seen", "minutes/1.md"),
    ],
)
def test_an_unknown_role(place: Place, words: tuple[str, ...]) -> None:
    assert "did you mean core-team" in said_of(place, *words).err


def test_an_unknown_role_in_a_record(at: At) -> None:
    said = said_of(at("assessment"), "set", ACME, "roles.partnership-manger=p-rosa")
    assert "did you mean partnership-manager" in said.err


@pytest.mark.parametrize(
    ("words", "near"),
    [
        (("add", ACME, "due-dilligence", "https://x.example"), "did you mean due-diligence"),
        (("approve", ACME, "core-team-reviw"), "did you mean core-team-review"),
        (("approve", "core-team-reviw", "--where", "stage=assessment"), "did you mean core-team-review"),
        (("waive", ACME, "due-dilligence", "--reason", "x", "--until", "2026-12-31"), "did you mean due-diligence"),
        (("export", "sheet", "due-dilligence"), "did you mean due-diligence"),
        (("add", ACME, "due-diligence", "summary=x", "outcome=pas"), "did you mean pass"),
        (("add", ACME, "due-diligence", "summary=x", "kind=reprt", "outcome=pass"), "did you mean report"),
        (("add", ACME, "communications", "kind=core-team-update", "summary=x"), "did you mean core-team-updates"),
        (("add", ACME, "criteria-scored", "mision-alignment=70: x"), "did you mean mission-alignment"),
    ],
)
def test_an_unknown_requirement_or_what_it_does_not_take(at: At, words: tuple[str, ...], near: str) -> None:
    assert near in said_of(at("assessment"), *words).err


@pytest.mark.parametrize(
    "words",
    [
        ("set", ACME, "type=cloud-provider"),
        ("set", ACME, "secondary-types=universities, cloud-provider"),
        ("new", "partnership", "X", "type=cloud-provider"),
        ("list", "--where", "type=cloud-provider"),
        ("list", "partnership", "--where", "type!=cloud-provider"),
        ("set", "--where", "type=cloud-provider", "website=https://x.example"),
    ],
)
def test_an_unknown_category(at: At, words: tuple[str, ...]) -> None:
    assert "did you mean cloud-providers" in said_of(at("assessment"), *words).err


def test_a_category_is_asked_for_as_it_is_typed(at: At) -> None:
    """By its last part, as `new` and `set` take it, or whole, as the record holds it."""
    place = at("assessment")
    place.do("new", "partnership", "Birch", "type=universities")
    whole = place.json("show", ACME)["record"]["type"]
    for name in ("cloud-providers", whole):
        assert [one["id"] for one in place.json("list", "--where", f"type={name}")["records"]] == [ACME]
        found = place.json("list", "partnership", "--where", f"type!={name}")["records"]
        assert [one["id"] for one in found] == ["birch"]


@pytest.mark.parametrize(
    ("where", "near"), [("kind=partnrship", "partnership"), ("policy=OPS-5-03", "OPS-05-03"), ("stage=", None)]
)
def test_what_else_has_but_certain_values(at: At, where: str, near: str | None) -> None:
    place = at("assessment")
    if near is None:
        assert place.json("list", "--where", where)["records"] == [], "an empty value asks for nothing unknown"
        return
    assert f"did you mean {near}" in said_of(place, "list", "--where", where).err


@pytest.mark.parametrize(
    "words",
    [
        ("set", DEAL, "notice=90 days"),
        ("set", DEAL, "notice=P90X"),
        ("today", "--within", "60 days"),
        ("policy", "set", "OPS-05-03", "notice=60 days", "--seen", "minutes/1.md"),
    ],
)
def test_a_duration_that_is_none(at: At, words: tuple[str, ...]) -> None:
    assert "write an ISO 8601 duration such as P60D" in said_of(at("drafted"), *words).err


@pytest.mark.parametrize("day", ["2026-02-30", "31.03.2026", "2026-3-31", "tomorrow", "2026-13-01"])
@pytest.mark.parametrize(
    "words",
    [
        ("set", ACME, "starts=<day>"),
        ("new", "partnership", "X", "starts=<day>"),
        ("new", "partnership", "X", "--adopt", "active", "--since", "<day>", "--reason", "older"),
        ("add", ACME, "due-diligence", "summary=x", "outcome=pass", "--on", "<day>"),
        ("add", ACME, "due-diligence", "summary=x", "outcome=pass", "valid-until=<day>"),
        ("add", ACME, "activities", "kind=joint-events", "title=x", "on=<day>"),
        ("approve", ACME, "core-team-review", "--on", "<day>"),
        ("waive", ACME, "due-diligence", "--reason", "x", "--until", "<day>"),
        ("person", "role", "p-jonas", "core-team", "--from", "<day>"),
    ],
    ids=lambda words: " ".join(words[:3]),
)
def test_a_day_that_is_none(at: At, words: tuple[str, ...], day: str) -> None:
    said = said_of(at("assessment"), *(word.replace("<day>", day) for word in words))
    assert "YYYY-MM-DD" in said.err


@pytest.mark.parametrize("share", ["101", "-1", "50.5", "half", "1000000"])
def test_a_percentage_that_is_none(place: Place, share: str) -> None:
    policy = Path(__file__).parent / "own_policy.yaml"
    place.do("policy", "add", place.write("MEET-1.yaml", policy.read_text(encoding="utf-8")))
    place.do("new", "partnership", "Spring", "policy=MEET-1", "event-city=Essen")
    parties = "parties=[{id: us, share: %s}, {id: they, share: 50}]"
    assert "share" in said_of(place, "set", "spring", parties % share).err
    place.do("set", "spring", parties % "100")


@pytest.mark.parametrize("mark", ["101: too good", "-5: too bad", "7o: a slip"])
def test_a_score_beyond_its_scale(at: At, mark: str) -> None:
    marks = [f"{name}=70: it fits" for name in CRITERIA[1:]]
    said = said_of(at("assessment"), "add", ACME, "criteria-scored", f"{CRITERIA[0]}={mark}", *marks)
    assert CRITERIA[0] in said.err


def signing(at: At) -> Place:
    place = at("drafted")
    place.do("advance", DEAL)
    place.do("approve", DEAL, "agreement-legal-review", by="p-lea")
    place.do("advance", DEAL)
    return place


def test_a_signature_in_the_future(at: At) -> None:
    place = signing(at)
    said = said_of(place, "add", DEAL, "signature-process", "party=us", "--on", "2026-03-22")
    assert "is dated 2026-03-22, after the day it was recorded (2026-03-21)" in said.err
    assert "OPS-05-03 §5.2.1/signature-process" in said.err
    sheet = place.write("signatures.csv", f"id,party,on\n{DEAL},us,2026-03-21\n{DEAL},partner,2027-03-21\n")
    said = said_of(place, "add", "signature-process", "--from", sheet)
    assert "is dated 2027-03-21" in said.err
    assert "did you mean us" in said_of(place, "add", DEAL, "signature-process", "party=uss").err


def test_a_decision_in_the_future(at: At) -> None:
    spoken = ("--for", "p-jonas", "--seen", "minutes/1.md", "--on", "2026-03-09")
    said = said_of(at("decision"), "approve", ACME, "core-team-review", *spoken)
    assert "is dated 2026-03-09, after the day it was recorded" in said.err


@pytest.mark.parametrize("renews", [(), (f"renews={DEAL}",)], ids=["agreement", "renewal"])
def test_an_agreement_or_a_renewal_that_ends_before_it_starts(at: At, renews: tuple[str, ...]) -> None:
    days = ("starts=2027-04-01", "ends=2027-03-31")
    place = at("in-force")
    said = said_of(place, "new", "agreement", "Agreement 2027", f"partnership={ACME}", *renews, *days)
    assert "it ends (2027-03-31) before it starts (2027-04-01)" in said.err
    assert "the file" not in said.err


def test_a_renewal_of_an_agreement_that_there_is_not(at: At) -> None:
    words = ("new", "agreement", "Agreement 2027", f"partnership={ACME}", "renews=acme-206")
    assert "acme-206" in said_of(at("in-force"), *words).err


def test_a_review_that_ends_before_it_begins(at: At) -> None:
    period = ("rhythm=monthly", "from=2026-03-31", "until=2026-03-01")
    said = said_of(at("active"), "new", "review", "March", f"of={ACME}", *period)
    assert "it ends (2026-03-01) before it starts (2026-03-31)" in said.err


def test_a_rhythm_of_no_time_is_none(at: At) -> None:
    """It would switch off what falls due, and no longer count as undecided."""
    said = at("active").refuse("policy", "set", "OPS-05-03", "partner-contact=P0D", "--seen", "minutes/3.md")
    assert "P0D is no time: say how often" in said.err
