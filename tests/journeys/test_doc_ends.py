"""The letters of an end: drafts until it is decided, and who ends what, by what, when."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.place import Place
from tests.scenarios.cheat import commit, rewrite

NORTHWIND = "northwind-cloud-cooperative"
FORMAL = "formal-2026-april-mentee-p-0026"


@pytest.fixture(scope="module")
def own(example: Path, tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A copy of the example register, of which each test ends a record of its own."""
    root = tmp_path_factory.mktemp("ends") / "register"
    shutil.copytree(example, root)
    return Place(root, day="2026-10-01")


def ending(place: Place, record: str, **said: Any) -> tuple[str, str]:
    """What the letter says once the record says that of its end, and what is said beside it."""
    fields = {key.replace("_", "-"): value for key, value in said.items()}
    rewrite(place, record, lambda data: data.update(termination=fields))
    done = place.do("doc", "termination", record)
    return done.out, done.err


def test_notice_that_is_too_short_ends_nothing(own: Place) -> None:
    """60 days by the policy, 90 by the agreement: given on 30 September, it ends on 29 December at the earliest."""
    said = {"trigger": "performance-issues", "notice_given": "2026-09-30"}
    text, notes = ending(own, NORTHWIND, **said, effective="2026-10-15")
    why = (
        "this end is not decided yet; still open: notice (90 days, given on 30 September 2026, ends it on 29 December "
        "2026 at the earliest)"
    )
    assert text.startswith(f"**DRAFT: {why}**\n")
    assert f"! this is not final, so every page says DRAFT: {why}\n" in notes
    text, notes = ending(own, NORTHWIND, **said, effective="2026-12-29")
    assert text.startswith("# Notice of termination\n\nLighthouse Community, 30 September 2026\n\nTo: Northwind Cloud")
    assert "DRAFT" not in text + notes
    assert own.json("doc", "announcement", NORTHWIND)["draft_why"].startswith("the record says that this ends on 29")
    announced = own.do("doc", "announcement", NORTHWIND).out
    assert announced.startswith("**DRAFT: the record says that this ends on 29 December 2026, so nobody is told that")


def test_the_reason_stands_in_the_place_of_what_says_nothing(own: Place) -> None:
    """Of other causes than those of the policy it asks for the reason: without it nothing is decided."""
    said = {"trigger": "other", "notice_given": "2026-09-30", "effective": "2027-01-31"}
    text, _notes = ending(own, NORTHWIND, **said)
    assert "| What ends the partnership | «reason» |" in text
    assert text.startswith("**DRAFT: this end is not decided yet; still open: the cause in words**")
    text, _notes = ending(own, NORTHWIND, **said, reason="The house is sold")
    assert "| What ends the partnership | The house is sold |" in text
    assert "Reason: " not in text
    assert "DRAFT" not in text


def test_nobody_agreed_on_what_is_only_written_down(own: Place, tmp_path: Path) -> None:
    """It is not recorded as a letter that was sent, either."""
    text, _notes = ending(own, "old-town-library", trigger="mutual-agreement", effective="2026-12-31")
    assert text.startswith("**DRAFT: this end is not decided yet; still open: notice**\n")
    commit(own)
    said = own.wrong("doc", "termination", "old-town-library", "--record", "--out", str(tmp_path / "end.md"))
    assert "old-town-library is a draft: this end is not decided yet; still open: notice; nothing changed" in said.err


def test_a_term_that_runs_out_is_nobodys_notice(own: Place) -> None:
    """Which ends come by themselves the policy says: `lapses`."""
    text, _notes = ending(own, "tidewater-rowing-club", trigger="expiry", effective="2026-12-31")
    assert text.startswith("**DRAFT: this end is not decided yet; still open: exit strategy**\n\n# The end of a term\n")
    assert (
        "\nThe partnership of Lighthouse Community and Tidewater Rowing Club ends on 31 December 2026, when its term "
        "runs out.\n" in text
    )
    assert "otice" not in text
    assert "expiry" not in text


@pytest.mark.parametrize(
    ("trigger", "says"),
    [
        ("mentor", "p-0001 (mentor) ends this mentorship"),
        ("programme", "Lighthouse Community gives notice that this mentorship ends"),
    ],
)
def test_whoever_ends_it_is_named(own: Place, trigger: str, says: str) -> None:
    """Either side may at any time: that the day is still to come makes it no draft."""
    text, _notes = ending(own, FORMAL, trigger=trigger, effective="2026-12-31")
    assert f"\n{says} (" in text
    assert "DRAFT" not in text
