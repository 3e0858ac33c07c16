"""Who may take records in as they stand, and until when: the one way into a later stage that nothing judges."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.conftest import At
from tests.place import Place
from tests.scenarios.cheat import commit
from tests.scenarios.codes.running import pasted
from tests.scenarios.landing import METHODS, audited, landed

SETTINGS = "records/register.yaml"
ADOPT = ("new", "partnership", "Old Friends", "type=cloud-providers", "partner=company", "--adopt", "active")
SINCE = ("--since", "2025-01-01", "--reason", "older than the register")


def kept(place: Place, *lines: str) -> Place:
    """What register.yaml says of it."""
    path = place.root / SETTINGS
    text = path.read_text(encoding="utf-8")
    said = "".join(f"  {one}\n" for one in lines)
    path.write_text(text.replace("trust:\n", f"trust:\n{said}", 1), encoding="utf-8")
    commit(place)
    return place


def codes(found: list[dict[str, str]]) -> list[str]:
    return [one["code"] for one in found if one["severity"] == "error"]


def test_without_a_word_anybody_may_and_the_audit_says_so(at: At) -> None:
    place = at("decided")
    place.do(*ADOPT, *SINCE)
    said = audited(place)
    assert (said["proven"], said["adopted"], said["adopted_by"]) == (True, ["old-friends"], [])
    words = place.do("audit").out
    assert "1 record came in as they stood; anybody on the roster may take in more, at any time" in words
    assert "old-friends: active, taken in on 2026-07-01 by p-rosa: older than the register" in words
    assert "anybody on the roster may take records in as they stand" in place.do("doctor").out


def test_without_the_role_it_is_refused_and_told_who_holds_it(at: At) -> None:
    place = kept(at("decided"), "adopted-by: [partnership-committee]")
    said = place.refuse(*ADOPT, *SINCE)
    assert "(trust.adopted-by) leaves that to partnership-committee: p-timo" in said.err
    place.do(*ADOPT, *SINCE, by="p-timo")
    found = audited(place)
    assert (found["proven"], found["adopted_by"]) == (True, ["partnership-committee"])
    assert "anybody" not in place.do("audit").out


def test_until_its_last_day_records_are_adopted(at: At) -> None:
    place = kept(at("decided"), f"adopted-until: {datetime.now(UTC).date() + timedelta(days=2)}")
    place.do(*ADOPT, *SINCE)
    assert audited(place)["proven"]


@pytest.mark.parametrize("day", [None, "2026-06-01"], ids=["on the day", "a day set before it"])
def test_after_its_last_day_nothing_is_adopted(at: At, day: str | None) -> None:
    """The day counts on which it lands: one set by hand does not lead back behind it."""
    place = kept(at("assessment"), "adopted-until: 2026-06-30")
    place.day = day
    said = place.refuse(*ADOPT, *SINCE)
    assert f"{SETTINGS} (trust.adopted-until) ends that with 2026-06-30" in said.err
    assert "partnerkit new partnership" in said.err


PAST = [
    ("adopted-by: [partnership-committee]", "adopted-by-another"),
    ("adopted-until: 2026-06-30", "adopted-too-late"),
]


@pytest.mark.parametrize(("line", "code"), PAST)
def test_typed_in_it_goes_as_the_line_says(at: At, line: str, code: str) -> None:
    place = at("decided")
    place.do(*ADOPT, *SINCE)
    path = place.path("old-friends")
    text = path.read_text(encoding="utf-8")
    place.git("reset", "-q", "--hard", "HEAD^")
    kept(place, line)
    path.write_text(text, encoding="utf-8")

    pasted(place, code, fill={"<title>": "Anew"})

    assert not path.exists()


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(("line", "code"), PAST)
def test_past_the_command_it_is_found_however_it_landed(at: At, method: str, line: str, code: str) -> None:
    place = at("decided")
    place.do(*ADOPT, *SINCE)
    text = place.text("old-friends")
    place.git("reset", "-q", "--hard", "HEAD^")
    kept(place, line)

    def by_hand(here: Place) -> None:
        (here.root / "records/partnerships/old-friends.yaml").write_text(text, encoding="utf-8")

    base = landed(place, method, by_hand)
    found = [one for one in audited(place, "--since", base)["findings"] if one["severity"] == "error"]
    assert [(one["code"], one["record"]) for one in found] == [(code, "old-friends")]
    assert all(one["mend"] for one in found)


def test_what_is_loosened_is_said_in_words(at: At) -> None:
    place = kept(at("decided"), "adopted-by: [partnership-committee]", "adopted-until: 2026-06-30")
    path = place.root / SETTINGS
    text = path.read_text(encoding="utf-8")
    changed = text.replace("[partnership-committee]", "[core-team]", 1).replace("2026-06-30", "2027-01-01", 1)
    path.write_text(changed, encoding="utf-8")
    commit(place)
    words = str(audited(place)["rules"])
    assert "records may be taken in as they stand by core-team instead of partnership-committee" in words
    assert "records may be taken in as they stand until 2027-01-01, not 2026-06-30" in words


def test_a_role_that_nobody_holds_is_warned_of(at: At) -> None:
    place = kept(at("decided"), "adopted-by: [bord]")
    found = [one for one in place.findings() if one["code"] == "keepers-missing"]
    assert [one["message"].partition(",")[0] for one in found] == [
        "trust.adopted-by leaves taking in records as they stand to bord"
    ]
