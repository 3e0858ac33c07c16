"""Codes of rules, private data, expunged text and what lands: found in a register of the story, and gone once mended."""

from __future__ import annotations

from pathlib import Path

import pytest

from partnerkit.store.commit import journal
from partnerkit.store.git.repository import Git
from tests.conftest import At
from tests.place import Place
from tests.scenarios.cheat import commit
from tests.scenarios.codes.running import Bad, mended
from tests.scenarios.codes.test_records import nothing, put_back, rule, steps
from tests.story import ACME

TEXT, MARKER = "text: Free builds for every member", "text: expunged:x-0123456789ab"
KEEPERS = "trust:\n  rules-changed-by:\n    policies: [community]\n"
CONTACTS = Path("private/contacts.yaml")


def taken_along(place: Place) -> None:
    place.do("setup", "private")
    (place.root / CONTACTS).write_text("format: 1\npeople: {}\n", encoding="utf-8")
    place.git("add", "-f", str(CONTACTS))


def unreadable(place: Place) -> None:
    place.do("setup", "private")
    (place.root / CONTACTS).write_text("people: [\n", encoding="utf-8")


def readable(place: Place) -> None:
    (place.root / CONTACTS).write_text("format: 1\npeople: {}\n", encoding="utf-8")


def under_way(place: Place) -> None:
    """As a command leaves it that is killed between two writes."""
    left = journal.place(Git.discover(place.root))
    left.parent.mkdir(parents=True, exist_ok=True)
    left.write_text("{}", encoding="utf-8")


def told_otherwise(place: Place) -> None:
    names = place.write("names.txt", "every member\n")
    place.do("person", "forget", names, "--reason", "their own request")
    place.edit(ACME, "reason: their own request", "reason: nothing happened")


def review_ahead(place: Place) -> None:
    place.do(
        "new", "review", "To come", f"of={ACME}", "id=ahead", "rhythm=monthly", "from=2026-06-01", "until=2026-07-31"
    )
    place.do("set", "ahead", "findings=All went well", "conclusion=continue")
    place.do("approve", "ahead", "review-sign-off")


AUDIT = ("audit",)
OTHER_ROOT = f"c1:{'0' * 64}"
CASES = [
    Bad(
        "keepers-missing",
        "proposed",
        steps(rule("register.yaml", "trust:\n", KEEPERS), commit),
        fill={"<person>": "p-lea"},
    ),
    Bad("marker-unexplained", "proposed", lambda place: place.edit(ACME, TEXT, MARKER), instead=put_back),
    Bad("expunging-edited", "proposed", told_otherwise),
    Bad("private-in-history", "proposed", taken_along),
    Bad("private-unread", "proposed", unreadable, instead=readable),
    Bad("interrupted", "proposed", under_way),
    Bad("trust-root-differs", "proposed", nothing, ("audit", "--trust-root", OTHER_ROOT), again=AUDIT, instead=nothing),
    Bad(
        "period-not-over",
        "active",
        review_ahead,
        ("advance", "ahead"),
        fill={"<day>": "2026-06-30"},
        again=("show", "ahead"),
    ),
]
CODES = {one.code for one in CASES}


@pytest.mark.parametrize("bad", CASES, ids=str)
def test_found_and_gone_once_mended(at: At, bad: Bad) -> None:
    mended(at(bad.state), bad)
