"""What time and later words do: nothing is recorded ahead of its day, and the latest finding or decision counts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.conftest import At
from tests.place import Place
from tests.story import ACME

TOMORROW = (datetime.now(UTC) + timedelta(days=2)).date().isoformat()


def _fresh(place, requirement: str) -> dict[str, Any]:
    return next(one for one in place.json("gates", ACME)["requirements"] if one["id"] == requirement)


def test_nothing_is_recorded_ahead_of_its_day(at: At) -> None:
    place = at("assessment")
    before = place.git("rev-parse", "HEAD")

    for words in (
        ("set", ACME, "name=Acme"),
        ("new", "partnership", "X"),
        ("person", "add", "p-eve", "--email", "e@x.example"),
    ):
        said = place.wrong(*words, day=TOMORROW)
        assert f"--today {TOMORROW} has not come yet" in said.err

    assert place.git("rev-parse", "HEAD") == before
    assert place.run("gates", ACME, day=TOMORROW).code == 0  # looking ahead is what --today is good for


def test_a_moment_that_is_still_to_come_is_found_however_its_clock_was_set(at: At) -> None:
    place = at("assessment")
    path = place.root / "records/partnerships/acme.yaml"
    text = path.read_text()
    assert "at: 2026-03-02T12:00:00Z" in text
    path.write_text(text.replace("at: 2026-03-02T12:00:00Z", "at: 2126-03-02T12:00:00Z"))
    found = {one["code"] for one in place.json("check")["findings"]}
    assert {"entry-in-future", "statement-in-future"} <= found


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Auckland", "UTC", "Etc/GMT+12"])
def test_the_day_set_is_a_day_of_the_register(tmp_path: Path, zone: str) -> None:
    tmp_path.joinpath("register").mkdir()
    place = Place(tmp_path / "register")
    place.git("init", "-q", "-b", "main")
    who = ("--person", "p-rosa", "--role", "partnership-manager")
    place.do("init", "--name", "Lighthouse", "--policy", "OPS-05-03", "--time-zone", zone, *who)
    noon = datetime(2026, 3, 2, 12, tzinfo=ZoneInfo(zone)).astimezone(UTC)

    place.do("new", "partnership", "Acme")

    assert f"at: {noon:%Y-%m-%dT%H:%M:%SZ}" in place.text(ACME)
    assert "2026-03-02" in place.run("list").out
    assert "from: 2026-03-02" in (place.root / "records/people.yaml").read_text()
    assert place.run("check").code == 0


def test_a_later_finding_outweighs_an_earlier_one(at: At) -> None:
    place = at("assessment")
    place.do("add", ACME, "due-diligence", "https://files.example/1", "outcome=pass", day="2026-03-03")
    assert _fresh(place, "due-diligence")["met"] is False  # the 3rd is still to come on the 2nd
    place.day = "2026-03-04"
    assert _fresh(place, "due-diligence")["met"]

    said = place.do("add", ACME, "due-diligence", "https://files.example/2", "outcome=fail")

    assert "due-diligence is not met yet" in said.all
    assert "the latest finding counts" in _fresh(place, "due-diligence")["missing"]
    place.do("add", ACME, "due-diligence", "https://files.example/3", "outcome=pass")
    assert _fresh(place, "due-diligence")["met"]


def test_a_no_taken_back_brings_no_older_approval_back(at: At) -> None:
    place = at("decision")
    mine = ("approve", ACME, "core-team-review")
    place.do(*mine, by="p-jonas")
    place.do(*mine, "--decision", "reject", "--reason", "the terms are new to me", by="p-jonas")
    refused = place.json("show", ACME)["record"]["approvals"][-1]["id"]

    place.do("add", ACME, "core-team-review", f"withdraw={refused}", "--reason", "he did not mean it")

    missing = _fresh(place, "core-team-review")
    assert not missing["met"]
    assert f"p-jonas took back a no ({refused}), and has not decided since" in missing["missing"]
    place.do(*mine, by="p-jonas", day="2026-03-20")
    place.day = "2026-03-20"
    assert _fresh(place, "core-team-review")["met"]


def test_an_interest_taken_out_is_said_to_the_reviewer(at: At) -> None:
    place = at("assessment")
    place.do("set", ACME, "interested=p-jonas")

    said = place.do("set", ACME, "interested=")

    assert "p-jonas is no longer interested in acme" in said.all
    assert "interest-removed" in {one["code"] for one in place.json("check", "--base", "HEAD~1")["findings"]}


def test_a_period_closed_too_early_says_so_at_once(at: At) -> None:
    place = at("decision")
    place.do("policy", "set", "OPS-05-03", "community-input-open=P14D", "--seen", "minutes.md")
    place.do("add", ACME, "community-input", "https://forum.example/1", "kind=opened")

    said = place.do("add", ACME, "community-input", "kind=closed", "summary=nobody spoke")

    assert "community-input is not met yet" in said.all


def test_separation_loosened_in_the_policy_is_named(at: At) -> None:
    place = at("assessment")
    policy = place.root / "records/policies/OPS-05-03.yaml"
    policy.write_text('separation-of-duties: "off"\n' + policy.read_text())
    acme = place.root / "records/partnerships/acme.yaml"
    base = place.git("rev-parse", "HEAD").strip()
    place.git("add", "-A")
    place.git("commit", "-qm", "looser")
    place.do("advance", ACME, "declined", "--reason", "no")

    said = place.run("check", "--base", base)

    assert acme.exists()
    assert "separation of duties under OPS-05-03 was loosened from require to off" in said.all
