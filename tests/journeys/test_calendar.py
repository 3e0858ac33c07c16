"""`export calendar`: a file that is imported again and again; what moved moves, what is done is cancelled."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from tests.conftest import At
from tests.place import PEOPLE, Place
from tests.story import ACME, DEAL

DAY = "2026-05-04"


@pytest.fixture
def active(at: At) -> Place:
    return at("active", DAY)


def out(place: Place) -> Path:
    return place.root.parent / "due.ics"


def events(place: Place, *words: str, day: str | None = None) -> dict[str, Any]:
    """The events of the calendar that is written, by uid."""
    place.do("export", "calendar", "--out", str(out(place)), *words, day=day)
    found: list[Any] = Calendar.from_ical(out(place).read_bytes()).walk("VEVENT")
    assert len({str(one["UID"]) for one in found}) == len(found)
    return {str(one["UID"]): one for one in found}


def titled(found: dict[str, Any], title: str) -> list[str]:
    return [uid for uid, one in found.items() if str(one["SUMMARY"]).endswith(title)]


def day_of(one: Any) -> str:
    assert one["DTSTART"].params["VALUE"] == "DATE"
    return str(one.decoded("DTSTART"))


def test_the_same_register_on_the_same_day_gives_the_same_bytes(active: Place) -> None:
    events(active)
    before = out(active).read_bytes()
    assert events(active)
    assert out(active).read_bytes() == before


def test_every_month_has_its_review_and_nobody_is_busy(active: Place) -> None:
    found = events(active, "--within", "P6M")
    reviews = [found[uid] for uid in titled(found, f"{ACME}: Monthly review")]
    days = [day_of(one) for one in reviews]
    assert days == sorted(set(days))
    assert len(days) >= 6
    assert {str(one["TRANSP"]) for one in found.values()} == {"TRANSPARENT"}
    assert all((one.decoded("DTEND") - one.decoded("DTSTART")).days == 1 for one in found.values())


def test_an_end_that_is_postponed_moves_its_event(active: Place) -> None:
    title = f"{DEAL}: Milestone"
    was = events(active)
    [uid] = titled(was, title)
    assert (day_of(was[uid]), str(was[uid]["SUMMARY"])) == ("2026-04-15", f"Late: {title}")
    active.edit(DEAL, "due: 2026-04-15", "due: 2026-10-15")
    active.git("commit", "-qam", "Postponed", "--no-verify")
    now = events(active, day="2026-05-05")
    assert titled(now, title) == [uid]
    assert day_of(now[uid]) == "2026-10-15"
    assert now[uid].decoded("DTSTAMP") >= was[uid].decoded("DTSTAMP")
    assert set(was) - set(now) == set()


def test_the_file_of_a_later_day_wins_over_that_of_an_earlier_one(active: Place) -> None:
    numbers = [
        {(int(one["SEQUENCE"]), one.decoded("DTSTAMP"), one.decoded("LAST-MODIFIED")) for one in found.values()}
        for found in (events(active, day=f"2090-01-0{number}") for number in (1, 2))
    ]
    [was], [now] = numbers
    assert all(one < other for one, other in zip(was, now, strict=True))


def test_what_is_done_is_cancelled(active: Place) -> None:
    [uid] = titled(events(active), f"{DEAL}: Milestone")
    active.do("set", DEAL, "milestones.m1.done=2026-05-06", day="2026-05-06")
    one = events(active, day="2026-05-06")[uid]
    assert (str(one["STATUS"]), str(one["SUMMARY"])) == ("CANCELLED", f"Settled: {DEAL}: Milestone")
    assert uid not in events(active, day="2026-08-06")
    assert uid in events(active, "--settled", "P6M", day="2026-08-06")


def test_what_a_record_that_stands_still_owed_is_cancelled_before_its_day_comes(active: Place) -> None:
    """Of twelve reviews to come those near the day are cancelled, later those that are near then; no more than that."""
    was = events(active)
    days = {uid: day_of(was[uid]) for uid in titled(was, f"{ACME}: Monthly review")}
    active.do("advance", ACME, "suspended", "--reason", "a pause", day="2026-05-06")

    def told(*words: str, day: str) -> set[str]:
        found = events(active, *words, day=day)
        return {days[uid] for uid, one in found.items() if str(one["STATUS"]) == "CANCELLED" and uid in days}

    assert told(day="2026-05-06") == {one for one in days.values() if "2026-04-06" <= one <= "2026-06-06"} != set()
    assert told(day="2026-08-15") == {one for one in days.values() if "2026-07-15" <= one <= "2026-09-15"} != set()
    assert told("--settled", "P3M", day="2026-08-15") == {
        one for one in days.values() if "2026-05-15" <= one <= "2026-11-15"
    }
    assert told("--settled", "P0D", day="2026-05-06") == set()


def test_what_no_calendar_can_hold_is_not_cancelled(active: Place) -> None:
    """A partnership is over: what lay further ahead then than calendars look was never in one."""
    was = events(active, "--within", "P3M")
    reviews = titled(was, f"{ACME}: Monthly review")
    active.do("advance", ACME, "suspended", "--reason", "a pause", day="2026-05-06")
    later = events(active, "--within", "P3M", day="2026-10-06")
    assert not set(reviews) & later.keys()
    assert [one for one in later.values() if str(one["SUMMARY"]).startswith(f"Settled: {ACME}")] == []


def test_a_register_that_is_called_otherwise_keeps_its_events(active: Place) -> None:
    before = events(active).keys()
    active.edit("register", "name: Lighthouse", "name: Lantern")
    assert events(active).keys() == before
    assert "Lantern" in out(active).read_text()


def test_titles_say_no_word_of_the_record_unless_asked(active: Place) -> None:
    active.edit(ACME, "name: Acme", "name: Acme, Sons; and\\n")
    ids = events(active)
    assert [str(ids[uid]["SUMMARY"]) for uid in titled(ids, "Milestone")] == [f"Late: {DEAL}: Milestone"]
    assert "Sons" not in out(active).read_text()
    assert "First builds run" not in out(active).read_text()
    names = events(active, "--titles", "names")
    assert titled(names, ": Milestone: First builds run")
    assert titled(names, "Acme, Sons; and\\n: Monthly review")
    assert ids.keys() == names.keys()


def test_only_who_agreed_is_called_by_name(active: Place) -> None:
    active.do("setup", "private")
    active.do("person", "name", "p-rosa", "Rosa Example", "--consent", "internal", "--seen", "forms/1")
    active.do("person", "name", "p-jonas", "Jonas Example")
    words = {one: str(event["DESCRIPTION"]) for one, event in events(active, "--titles", "names").items()}
    assert any("who: Rosa Example" in said for said in words.values())
    assert not any("Jonas" in said for said in words.values())
    assert not any("Rosa" in str(one["DESCRIPTION"]) for one in events(active).values())
    events(active, "--titles", "names", "--classification", "public")
    assert "Example" not in out(active).read_text()


def test_before_everybody_nobody_is_told_to_hold_a_role(active: Place) -> None:
    def said(*words: str) -> str:
        return "\n".join(str(one["DESCRIPTION"]) for one in events(active, *words).values())

    assert "who: p-jonas" in said()
    public = said("--classification", "public")
    assert "role: " in public
    assert not [one for one in PEOPLE if one in public]
    active.do("setup", "private")
    active.do("person", "name", "p-jonas", "Jonas Example", "--consent", "public", "--seen", "forms/1")
    assert "who: Jonas Example" in said("--classification", "public", "--titles", "names")


def test_late_things_stand_on_their_day_with_a_mark_and_wake_nobody(active: Place) -> None:
    found = events(active, "--alarm", "P7D", "--alarm", "P1M", day="2026-07-20")
    late = [one for one in found.values() if str(one["SUMMARY"]).startswith("Late: ")]
    assert late
    assert all(day_of(one) < "2026-07-20" for one in late)
    assert [one.walk("VALARM") for one in late] == [[]] * len(late)
    [uid, *_] = titled(found, f"{ACME}: Monthly review")[-1:]
    ahead = found[uid]
    alarms = [-alarm.decoded("TRIGGER").days for alarm in ahead.walk("VALARM")]
    assert alarms[0] == 7
    assert alarms[1] in {28, 29, 30, 31}


def test_only_what_a_role_or_person_sees_to(active: Place) -> None:
    everything = events(active)
    roles = events(active, "--role", "partnership-manager")
    mine = events(active, "--me")
    assert 0 < len(roles) < len(everything)
    assert {uid: day_of(one) for uid, one in roles.items()}.items() <= {
        uid: day_of(one) for uid, one in everything.items()
    }.items()
    assert mine.keys() == events(active, "--person", "p-rosa").keys()
    assert events(active, "--role", "legal-reviewer").keys().isdisjoint(roles)


def test_it_answers_with_what_it_wrote(active: Place) -> None:
    said: Any = active.json("export", "calendar", "--out", str(out(active)))
    assert set(said) == {
        *("schema", "file", "name", "day", "until", "count", "settled", "without_day", "broken", "events"),
    }
    assert (said["schema"], said["count"], said["day"]) == ("partnerkit.calendar/1", len(said["events"]), DAY)
    assert {one["uid"] for one in said["events"]} == events(active).keys()
    page = active.do("export", "calendar", "--out", str(out(active))).out
    assert f"{said['count'] - said['settled']} events up to 2027-05-04" in page
    assert str(out(active)) in page


def test_what_a_record_that_cannot_be_read_owes_is_missing_and_said_so(active: Place) -> None:
    active.path(DEAL).write_text("id: [", encoding="utf-8")
    said = active.run("export", "calendar", "--out", str(out(active)))
    assert (said.code, "1 cannot be read" in said.out) == (1, True)
    assert DEAL not in out(active).read_text()
    assert ACME in out(active).read_text()


@pytest.mark.parametrize(
    "words",
    [
        ("--titles", "all"),
        ("--alarm", "soon"),
        ("--back", "P"),
        ("--settled", "P"),
        ("--within", "x"),
        ("--me", "--role", "core-team"),
        ("--role", "core-tem"),
        ("--classification", "secret"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_asked_writes_nothing(active: Place, words: tuple[str, ...]) -> None:
    active.wrong("export", "calendar", "--out", str(out(active)), *words)
    assert not out(active).exists()


def test_nothing_above_the_level_is_told(active: Place) -> None:
    active.do(
        "new", "risk", "Outage canary", "of=acme", "type=operational", "classification=confidential", "review-every=P1M"
    )
    page = events(active, "--titles", "names")
    assert page
    assert "outage" not in out(active).read_text().casefold()
    assert titled(events(active, "--titles", "names", "--classification", "confidential"), "New look at the risk")
    public = events(active, "--classification", "public")
    assert {str(one["CATEGORIES"].cats[1]) for one in public.values()} <= {"policy"}
