"""Reviews for many at once: drafts filled in with what the register knows; a quarter gathers its months."""

from __future__ import annotations

import pytest

from tests.conftest import At
from tests.story import ACME


def _finished(place, month: str, figure: str, *more: str) -> str:
    place.do("new", "review", "--month", month, f"of={ACME}")
    name = f"{ACME}-monthly-review-{month}"
    first, last = f"{month}-01", f"{month}-28"
    figures = (
        f"[{{name: event-attendance, value: {figure}, unit: people, from: {first}, until: {last}, source: lists}}]"
    )
    place.do("set", name, f"figures={figures}", "findings=Went well", "conclusion=continue", *more)
    place.do("approve", name, "review-sign-off")
    place.do("advance", name)
    return name


def test_a_sweep_makes_one_draft_each_in_one_commit_and_none_twice(at: At) -> None:
    """T12: seventeen reviews a year for each partnership are made by one line a month."""
    place = at("active")
    head = int(place.git("rev-list", "--count", "HEAD"))
    made = place.json("new", "review", "--month", "2026-03", "--where", "stage=active")
    assert [one["id"] for one in made["records"]] == [
        f"{ACME}-monthly-review-2026-03"
    ]  # its agreement owes no monthly one
    record = place.json("show", made["records"][0]["id"])["record"]
    assert (record["rhythm"], record["from"], record["until"]) == ("monthly", "2026-03-01", "2026-03-31")
    again = place.do("new", "review", "--month", "2026-03", "--where", "stage=active")
    assert f"{ACME} has {ACME}-monthly-review-2026-03 already" in again.out
    assert int(place.git("rev-list", "--count", "HEAD")) == head + 1


def test_a_quarter_adds_up_its_finished_months_and_carries_open_actions(at: At) -> None:
    """T12: the quarterly report is drafted from the months, and nobody types a figure twice."""
    place = at("active")
    action = "actions=[{id: a1, text: Ask members, owner: p-rosa, due: 2026-05-01}, {id: a2, text: Tell them, owner: p-rosa}]"
    _finished(place, "2026-01", "12", action)
    done = "actions=[{id: a2, text: Tell them, owner: p-rosa, done: 2026-02-20}]"
    _finished(place, "2026-02", "30.5", done)
    place.do("new", "review", "--month", "2026-03", f"of={ACME}")  # a draft says nothing yet

    place.do("new", "review", "--period", "2026-Q1", f"of={ACME}")

    record = place.json("show", f"{ACME}-quarterly-review-2026-q1")["record"]
    assert record["figures"] == [
        {
            "name": "event-attendance",
            "value": "42.5",
            "unit": "people",
            "from": "2026-01-01",
            "until": "2026-03-31",
            "source": f"added up: {ACME}-monthly-review-2026-01, {ACME}-monthly-review-2026-02",
        }
    ]
    assert [one["id"] for one in record["actions"]] == ["a1"]
    assert place.run("check").code == 0


@pytest.mark.parametrize(
    ("words", "teaches"),
    [
        (
            ("review", "--month", "2026-13", f"of={ACME}"),
            "write a month (2026-11), a quarter (2026-Q4) or a year (2026)",
        ),
        (("review", "--month", "2026-03"), "say to which record the review belongs"),
        (("risk", "X", "--month", "2026-03", f"of={ACME}"), "a risk is about no period"),
        (("review", "--month", "2026-03", "of=acme-2026"), "asks for no review of an agreement every P1M"),
    ],
)
def test_a_period_that_cannot_be_meant_is_called_wrongly(at: At, words: tuple[str, ...], teaches: str) -> None:
    said = at("active").wrong("new", *words)
    assert teaches in said.err
