"""Days and moments so far away that no clock can follow them: named where they stand, and nothing else stops."""

from __future__ import annotations

import pytest

from tests.conftest import At
from tests.story import ACME

FAR = "9999-12-31"


def test_a_moment_at_the_end_of_the_calendar_is_a_finding(at: At) -> None:
    place = at("assessment")
    text = place.text(ACME)
    assert "at: 2026-03-02T12:00:00Z" in text
    place.path(ACME).write_text(text.replace("at: 2026-03-02T12:00:00Z", f"at: {FAR}T23:59:59Z", 1))

    found = [one for one in place.findings() if one["code"] == "wrong-value"]

    assert found
    assert "the year 9999 is outside the calendar" in found[0]["message"]
    assert place.run("list").code == 0
    assert place.run("gates", ACME).code == 1


def test_a_day_at_the_end_of_the_calendar_is_refused(at: At) -> None:
    place = at("assessment")

    said = place.refuse("set", ACME, f"ends={FAR}")

    assert "the year 9999 is outside the calendar" in said.err


@pytest.mark.parametrize("day", [FAR, "0001-01-01", "2026-W01-1", "20260-1-01", "2026-02-30"])
def test_a_day_that_is_none_is_called_wrongly(at: At, day: str) -> None:
    place = at("assessment")
    assert place.run("check", day=day).code == 2
    assert place.run("show", ACME, "--as-of", day).code == 2


@pytest.mark.parametrize("text", ["0000", "9999", "9999-12", "9999-Q4"])
def test_a_period_outside_the_calendar_is_called_wrongly(at: At, text: str) -> None:
    said = at("assessment").wrong("new", "review", f"of={ACME}", f"over={text}")
    assert "Traceback" not in said.err


def test_an_endless_duration_is_refused(at: At) -> None:
    place = at("assessment")

    said = place.wrong("policy", "set", "OPS-05-03", "notice=P9999Y", "--seen", "minutes.md")

    assert "P9999Y is more than 100 years" in said.err
