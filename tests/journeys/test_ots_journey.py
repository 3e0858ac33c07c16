"""Under OTS-PG, help for an event from a first question to its published materials: official, unofficial, promotion only."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.telling import Teller
from tests.made import copied
from tests.place import Place

RAILS = "rails-night"
PEOPLE = {"p-mira": "mira@school.example", "p-dora": "dora@school.example", "p-kofi": "kofi@school.example"}
PARTNERS = "partners=[{id: rails, name: Rails Group}, {id: hub, name: Hub, sponsor: true}]"
EVENT = ("event=Rails night for beginners", "event-city=Dortmund", "event-day=2026-04-10", "values-fit=Open to all")
EVERY_PARTNER = ("promotion-stays-ours", "materials-will-be-open", "we-may-say-so")
CO_PARTNERS = ("values-known", "recordings-shared", "name-spelt-right")


@pytest.fixture(scope="module")
def _school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A school: somebody who helps, and local teams of Dortmund and of Essen."""
    place = Place(tmp_path_factory.mktemp("school"), person=PEOPLE["p-mira"])
    place.git("init", "-q", "-b", "main")
    said = place.do("init", "--name", "School", "--policy", "OTS-PG", "--person", "p-mira", "--role", "doer")
    assert "2 things that the written policies leave open" in said.out
    for person, city in (("p-dora", "Dortmund"), ("p-kofi", "Essen")):
        place.do("person", "add", person, "--email", PEOPLE[person])
        place.do("person", "role", person, "local-team", "--scope", f"city={city}")
    return place.root


@pytest.fixture
def teller(_school: Path, tmp_path: Path) -> Teller:
    copied(_school, tmp_path / "register")
    place = Place(tmp_path / "register", person=PEOPLE["p-mira"])
    return Teller(place, record=RAILS, policy="OTS-PG")


def asked(t: Teller) -> None:
    """What, where, when, with what, with whom, and whether officially."""
    t.do("new", "partnership", "Rails Group", f"id={RAILS}", "event=Rails night by Open Tech School")
    t.refuse(
        *("advance", RAILS),
        clause="§naming-branding.unofficial-support/not-wish-to-officially-support",
        missing="Missing: support is official or unofficial (it is empty)",
        command="partnerkit set rails-night support=<support>",
    )
    t.do("set", RAILS, *EVENT[1:], "support=official", "co-partnered=true", PARTNERS)
    t.refuse(
        *("advance", RAILS),
        clause="§contributions",
        missing="Missing: contributions",
        command="partnerkit add rails-night contributions kind=<contributions.kind> text=<contributions.text>",
    )
    t.do("add", RAILS, "contributions", "kind=coaches", "text=Four coaches")
    t.do("set", RAILS, "naming-asked=true")
    t.refuse(
        *("advance", RAILS),
        clause="§naming-branding/ask-if-without-our-contribution",
        missing="Missing: indispensable is true (it is empty)",
        command="partnerkit set rails-night indispensable=<indispensable>",
    )
    t.do("set", RAILS, "naming-asked=")


def spelt(t: Teller) -> None:
    """The name where partners read it (T19); among ourselves it is OTS."""
    assert t.warned() == ["name-misspelt"]
    said = t.place.do("check", day=t.day).out
    assert "event says “Open Tech School”: the name is written “OpenTechSchool”" in said
    t.do(
        "set",
        RAILS,
        "event=Rails night by OpenTechSchool",
        "values-fit=OTS stands for this, and so does opentechschool",
    )
    assert t.warned() == []


def decide(t: Teller) -> None:
    """The team of the event's city decides, whoever proposed it (T9); a city without a team is told."""
    t.do("set", RAILS, "event-city=Bochum")
    t.refuse(
        *("advance", RAILS),
        clause="§decisions/event-decision-of-team",
        missing="Missing: approval by local-team for Bochum, 0 of 1",
        command="partnerkit person role <person> local-team --scope city=Bochum",
    )
    t.do("set", RAILS, "event-city=Dortmund", "proposer=p-dora")
    t.refuse(
        *("approve", RAILS, "team-decision"),
        by=PEOPLE["p-kofi"],
        clause="§decisions/event-decision-of-team",
        missing="p-kofi does not hold the role local-team for Dortmund",
        who="p-dora",
        command="partnerkit approve rails-night team-decision --for p-dora --seen <seen>",
    )
    t.do("approve", RAILS, "team-decision", by=PEOPLE["p-dora"])
    t.do("advance", RAILS)
    t.refuse(
        *("set", RAILS, "support=unofficial"),
        clause="§decisions/those-doing-it-and-local-team",
        missing="support is locked",
        command="partnerkit gates rails-night",
    )


def make_aware(t: Teller) -> None:
    """Every partner knows what a partner must know, and of a co-partnered event three things more (T21, T22)."""
    t.do("add", RAILS, "promotion-stays-ours", "party=rails")
    t.refuse(
        *("advance", RAILS),
        clause="§requirements-towards-a-partner/free-to-promote-or-not",
        missing="Missing: acknowledgement by hub",
        command="partnerkit add rails-night promotion-stays-ours party=hub",
    )
    t.do("add", RAILS, "promotion-stays-ours", "party=hub", "--on", "2026-03-02")
    for item in (*EVERY_PARTNER[1:], *CO_PARTNERS):
        t.do("add", RAILS, item, "party=rails")
        t.refuse(
            *("advance", RAILS),
            clause="§requirements-towards-a-partner",
            missing=f"needs {item}.",
            command=f"partnerkit add rails-night {item} party=hub",
        )
        t.do("add", RAILS, item, "party=hub")


def advised(t: Teller) -> None:
    """A fee is no breach: partners must know that we are free of charge, and that is all (T21). So with sponsors (T22)."""
    t.do("set", RAILS, "attendee-fee=5.00")
    said = t.place.do("gates", RAILS, day=t.day).out
    assert "We stand for learning that is free of charge" in said
    assert "attendee-fee is 5.00, and at most 0 is allowed (advice: it refuses nothing)" in said
    assert "A partner is a sponsor too" in said
    t.do("set", RAILS, "recording-consent=Sponsors ask before they use a picture")
    landed = t.do("advance", RAILS)
    assert "free-of-charge: We stand for learning that is free of charge" in landed.all
    assert "recordings-of-sponsors" not in landed.all
    assert t.warned() == []


def take_place(t: Teller) -> None:
    t.refuse(
        *("advance", RAILS),
        clause="§decisions/event-decision-of-team",
        missing="today (2026-03-02) is before event-day (2026-04-10)",
        command="partnerkit set rails-night event-day=<event-day>",
    )
    t.day = "2026-04-10"
    t.refuse(
        *("advance", RAILS),
        clause="§requirements-towards-a-partner/materials-released-as-open-source",
        missing="One of these: materials-created",
        command="partnerkit add rails-night materials title=<materials.title>",
    )
    t.do("set", RAILS, "materials=[{id: slides, title: Slides}, {id: exercises, title: Exercises}]")
    t.do("advance", RAILS)


def publish(t: Teller) -> None:
    """Materials are due from the day the event is over until each of them is out; that our part is noted is advice."""
    assert sorted(t.warned()) == ["advice", "standing-breach"]
    t.do("add", RAILS, "published", "of=slides", "where=https://open.example/slides", "licence=CC-BY-SA-4.0")
    t.refuse(
        *("advance", RAILS),
        clause="§requirements-towards-a-partner/materials-released-as-open-source",
        missing="Missing in published: exercises",
        command="partnerkit add rails-night published of=exercises where=<published.where> licence=<published.licence>",
    )
    t.do("policy", "set", "OTS-PG", "materials-published-within=P14D", "--seen", "minutes/2.md")
    t.day = "2026-04-24"
    assert t.warned() == ["advice"]
    t.day = "2026-04-25"
    assert sorted(t.warned()) == ["advice", "standing-breach"]
    t.do("add", RAILS, "published", "of=exercises", "where=https://open.example/more", "licence=CC-BY-SA-4.0")
    assert t.warned() == ["advice"]
    t.do("add", RAILS, "noted", "where=https://rails.example/thanks", "text=With coaches of OPENTECHSCHOOL")
    assert t.warned() == ["name-misspelt"]
    t.do("set", RAILS, "noted=[{where: 'https://rails.example/thanks', text: With coaches of OpenTechSchool}]")
    t.do("advance", RAILS)


@pytest.mark.long
def test_official_help_from_the_question_to_published_materials(
    teller: Teller, capsys: pytest.CaptureFixture[str]
) -> None:
    """T9, T19, T21, T22; and T23: a policy without version, date, owner or review of its own is nothing to warn about."""
    assert teller.warned() == []
    for chapter in (asked, spelt, decide, make_aware, advised, take_place, publish):
        chapter(teller)
    with capsys.disabled():
        print(f"\nOTS-PG: {teller.done} commands from the question to the end, {teller.refused} refusals")
    found = teller.place.json("log", RAILS)
    assert [entry["to"] for entry in found["entries"]] == ["proposed", "preparing", "active", "after", "closed"]
    assert teller.refused >= 11
    assert teller.warned() == []


def proposed(t: Teller, *more: str) -> None:
    t.do("new", "partnership", "Rails Group", f"id={RAILS}", *EVENT, PARTNERS, *more)
    t.do("add", RAILS, "contributions", "kind=organisation", "text=A room")


def needs(t: Teller) -> set[str]:
    return {one["id"] for one in t.place.json("gates", RAILS, day=t.day)["requirements"]}


def test_one_partner_alone_acknowledges_what_every_partner_must_and_no_more(teller: Teller) -> None:
    """T22: what is shared among the partners concerns co-partnered events only."""
    proposed(teller, "support=official", "co-partnered=false", "attendee-fee=20")
    teller.do("approve", RAILS, "team-decision", "--for", "p-dora", "--seen", "https://chat.example/1")
    teller.do("advance", RAILS)
    assert needs(teller) == set(EVERY_PARTNER)
    for item in EVERY_PARTNER:
        for party in ("rails", "hub"):
            teller.do("add", RAILS, item, f"party={party}")
    assert "free-of-charge" not in teller.do("advance", RAILS).all


def test_a_partner_who_joins_later_must_know_it_too(teller: Teller) -> None:
    """Once all is said, another partner joins: `check` and `today` name what it has not acknowledged, until it has."""
    proposed(teller, "support=official", "co-partnered=true", "recording-consent=Sponsors ask first")
    teller.do("approve", RAILS, "team-decision", "--for", "p-dora", "--seen", "https://chat.example/1")
    teller.do("advance", RAILS)
    for item in (*EVERY_PARTNER, *CO_PARTNERS):
        for party in ("rails", "hub"):
            teller.do("add", RAILS, item, f"party={party}")
    teller.do("advance", RAILS)
    assert teller.warned() == []
    teller.do("add", RAILS, "partners", "id=cafe", "name=Code Cafe")
    assert teller.warned() == ["standing-breach"] * 6
    assert "active needs values-known for as long as it lasts" in teller.place.do("check", day=teller.day).out
    told = teller.place.do("today", day=teller.day).out
    assert "Missing: acknowledgement by cafe" in told
    assert "partnerkit add rails-night values-known party=cafe" in told
    for item in (*EVERY_PARTNER, *CO_PARTNERS):
        teller.do("add", RAILS, item, "party=cafe")
    assert teller.warned() == []


def test_unofficial_help_is_allowed_and_must_not_look_official(teller: Teller) -> None:
    """T20: nobody decides on it and nobody need; then no channel of ours and no claim to be supporters, all the way."""
    proposed(teller, "support=unofficial", "co-partnered=false", "official-channels=[newsletter]")
    teller.refuse(
        *("advance", RAILS),
        clause="§naming-branding.unofficial-support/official-means-of-communication",
        missing="To be left empty: official-channels",
        command="partnerkit set rails-night official-channels=",
    )
    teller.do("set", RAILS, "official-channels=", "supporter-statement=OpenTechSchool supports this")
    teller.refuse(
        *("advance", RAILS),
        clause="§naming-branding.unofficial-support/make-clear-not-official",
        missing="To be left empty: supporter-statement",
        command="partnerkit set rails-night supporter-statement=",
    )
    teller.do("set", RAILS, "supporter-statement=")
    teller.do("advance", RAILS)
    assert {"we-may-say-so", "team-decision"} & needs(teller) == set()
    for item in EVERY_PARTNER[:2]:
        for party in ("rails", "hub"):
            teller.do("add", RAILS, item, f"party={party}")
    teller.refuse(
        *("advance", RAILS),
        clause="§naming-branding.unofficial-support/make-clear-not-official",
        missing="Missing: unofficial-said",
        command="partnerkit set rails-night unofficial-said=<unofficial-said>",
    )
    teller.do("set", RAILS, "unofficial-said=Said at the start of the planning meeting")
    teller.do("advance", RAILS)
    assert teller.warned() == []
    teller.do("set", RAILS, "official-channels=[newsletter]")
    assert teller.warned() == ["standing-breach"]
    teller.do("set", RAILS, "official-channels=")
    teller.day = "2026-04-11"
    teller.do("add", RAILS, "no-materials-created", "kind=note", "summary=Nothing was written", "outcome=done")
    teller.do("advance", RAILS)
    assert teller.warned() == []
    teller.do("advance", RAILS)


def test_unofficial_help_names_us_nowhere(teller: Teller) -> None:
    """T20: our name stands in no text that partners read, right or wrong, whole or short, before a gate and after it."""
    proposed(teller, "support=unofficial", "co-partnered=false")
    teller.do("set", RAILS, "event=Rails night with OTS and open tech school", "values-fit=What OpenTechSchool is for")
    teller.refuse(
        *("advance", RAILS),
        clause="§naming-branding.unofficial-support/make-clear-not-official",
        missing="To be left out: event says “open tech school”, “OTS”",
        command="partnerkit set rails-night event=<event>",
    )
    teller.do("set", RAILS, "event=Rails night")
    teller.do("advance", RAILS)
    assert teller.warned() == []
    for field, text in (
        ("noted", "[{where: 'https://opentechschool.org/rails', text: Thanks to OpenTechSchool}]"),
        ("mentions", "[Supported by OpenTechSchool]"),
        ("materials", "[{id: slides, title: Slides of OpenTechSchool}]"),
    ):
        teller.do("set", RAILS, f"{field}={text}")
        assert teller.warned() == ["standing-breach"]
        teller.do("set", RAILS, f"{field}={text.replace('OpenTechSchool', 'friends')}")
        assert teller.warned() == []
    teller.do("set", RAILS, "materials.slides.title=Slides of OpenTechSchool")
    told = teller.place.json("check", day=teller.day)["findings"]
    assert [one["mend"] for one in told] == [
        "partnerkit set rails-night materials.slides.title=<materials.slides.title>"
    ]


def test_unofficial_help_cannot_ask_to_be_named(teller: Teller) -> None:
    """T20, from the other side: only official help may ask, and only where nothing would come of the event without it."""
    proposed(teller, "support=unofficial", "co-partnered=false", "naming-asked=true", "indispensable=true")
    teller.refuse(
        *("advance", RAILS),
        clause="§naming-branding/official-part-of-event-branding",
        missing="Missing: support is official (it is unofficial)",
        command="partnerkit set rails-night support=<support>",
    )


def test_whoever_only_wants_promotion_goes_another_way(teller: Teller) -> None:
    """Its promotion is for other guidelines to decide; here nothing is brought, asked or acknowledged."""
    proposed(teller, "support=promotion-only", "co-partnered=false")
    teller.refuse(
        *("advance", RAILS),
        clause="§introduction/just-promotional-support",
        missing="Missing: support is official or unofficial (it is promotion-only)",
        command="partnerkit set rails-night support=<support>",
    )
    away = ("advance", RAILS, "promotion", "--reason", "The promotion group looks at it")
    teller.refuse(
        *away,
        clause="§introduction/just-promotional-support",
        missing="To be left empty: contributions",
        command="partnerkit set rails-night contributions=",
    )
    teller.do("set", RAILS, "contributions=")
    teller.do(*away)
    teller.do("advance", RAILS, "proposed", "--reason", "They ask for coaches after all")
    teller.do("set", RAILS, "support=official")
    teller.refuse(
        *("advance", RAILS, "promotion", "--reason", "Again"),
        clause="§introduction/just-promotional-support",
        missing="Missing: support is promotion-only (it is official)",
        command="partnerkit set rails-night support=<support>",
    )


def test_a_team_may_want_more_than_one_voice(teller: Teller) -> None:
    """A number that the guidelines leave open: one is enough until the school has decided."""
    proposed(teller, "support=official", "co-partnered=false")
    teller.do("policy", "set", "OTS-PG", "team-votes=2", "--seen", "minutes/1.md")
    teller.do("approve", RAILS, "team-decision", by=PEOPLE["p-dora"])
    teller.refuse(
        *("advance", RAILS),
        clause="§decisions/those-doing-it-and-local-team",
        missing="approval by local-team for Dortmund, 1 of 2",
        command="partnerkit person role <person> local-team --scope city=Dortmund",
    )
    said = teller.do("person", "role", "p-mira", "local-team")
    assert (
        "p-mira holds local-team for every city; for one alone: partnerkit person role p-mira local-team --scope city=<city>"
        in said.all
    )
    assert (
        "its scopes: city" in teller.place.wrong("person", "role", "p-kofi", "local-team", "--scope", "town=Bonn").err
    )


def test_a_policy_without_version_date_or_owner(teller: Teller) -> None:
    """T23: what the guidelines do not say about themselves stays absent, and is nothing to warn about."""
    shown = teller.place.do("policy", "show", "OTS-PG").out
    assert not any(word in shown for word in ("version  1.0", "effective", "owner", "next review", "approved"))
    assert "spelt right where others read it: OpenTechSchool" in shown
    teller.day = "2036-01-01"
    assert teller.warned() == []
