"""Entries, rosters and texts in words: the sorts that the gallery of pull requests does not show."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from partnerkit.kinds.entries import Entry
from partnerkit.kinds.roster import Roster
from partnerkit.reviewing.eyes import not_as_it_seems
from partnerkit.reviewing.fields import within
from partnerkit.reviewing.rules import people_in_words
from partnerkit.reviewing.wording import entry_in_words

SEAL = dict.fromkeys(("gate", "covers", "statements", "previous"), f"c1:{'0' * 64}")


def _entry(type_: str, left: str | None, to: str) -> Entry:
    data: dict[str, Any] = {"seq": 2, "id": "0" * 16, "type": type_, "to": to, "by": "p-rosa", "seal": SEAL}
    data |= {"at": datetime(2026, 3, 2, 12, tzinfo=UTC)} | ({"from": left} if left else {})
    return Entry.model_validate(data)


@pytest.mark.parametrize(
    ("type_", "left", "to", "words"),
    [
        ("create", None, "proposed", "made in proposed, by p-rosa on 2026-03-02"),
        ("move", "proposed", "active", "proposed → active, by p-rosa on 2026-03-02"),
        ("adopt", None, "active", "taken in as it stands in active, without being judged, by p-rosa on 2026-03-02"),
        ("undo", "active", "proposed", "undone: active → proposed, by p-rosa on 2026-03-02"),
        ("void", "active", "proposed", "voided: active → proposed, by p-rosa on 2026-03-02"),
        ("correct", "active", "active", "corrected in active, by p-rosa on 2026-03-02"),
        ("migrate", "a", "b", "migrated to another policy's stages, not judged: a → b, by p-rosa on 2026-03-02"),
        ("tombstone", "active", "void", "taken back: only its id is left, by p-rosa on 2026-03-02"),
    ],
)
def test_an_entry_in_words(type_: str, left: str | None, to: str, words: str) -> None:
    assert entry_in_words(_entry(type_, left, to), date(2026, 3, 2)) == words


KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f"


def _roster(people: dict[str, Any], *shared: str) -> Roster:
    return Roster.model_validate({"format": 1, "people": people, "shared-mailboxes": list(shared)})


def test_people_come_go_and_change_and_no_address_is_told() -> None:
    core = {"role": "core-team", "from": "2026-01-01"}
    ended = {**core, "until": "2026-02-01"}
    city = {"role": "host", "from": "2026-01-01", "scope": {"city": "Dortmund"}, "seen": "minutes/1.md"}
    was = _roster(
        {
            "p-a": {"emails": ["a@x.example"], "roles": [core]},
            "p-b": {"emails": ["b@x.example"]},
            "p-c": {"roles": [ended]},
        },
        "all@x.example",
    )
    now = _roster(
        {
            "p-a": {"emails": ["a@x.example", "z@x.example"], "keys": [KEY], "roles": []},
            "p-c": {"roles": [core, city]},
            "p-d": {"emails": ["d@x.example"]},
        },
        "team@x.example",
    )

    told = list(people_in_words(was, now, date(2026, 1, 2)))
    found = [one.words for one in told]

    assert found == [
        "p-a: core-team from 2026-01-01 is taken out as if it had never been",
        "p-a is recognised by 1 more address",
        found[2],
        "p-b is off the roster",
        "p-c: core-team has no end; so far it ends on 2026-02-01",
        "p-c gains host for Dortmund from 2026-01-01, seen in minutes/1.md",
        "p-d joins the roster, recognised by 1 address",
        "1 more shared mailbox: whoever is recognised by it alone never approves",
        "1 shared mailbox less: whoever is recognised by it may approve again",
    ]
    assert found[2].startswith("p-a signs with one more key, SHA256:")
    assert not any("@" in text for one in told for text in one)
    assert [one.look for one in told if one.look] == [
        f"{found[0]}: was it never held? A role that is over is given an end, by partnerkit person end",
        "p-a is recognised by 1 more address: is that theirs? What it commits counts as their word",
        f"{found[2]}: is that theirs? What it signs counts as their word",
        "p-c gains host for Dortmund from 2026-01-01, earlier than this was written (2026-01-02): was it decided by then?",
    ]


def test_who_is_taken_off_with_roles_is_to_be_looked_at() -> None:
    core = {"role": "core-team", "from": "2026-01-01"}

    (told,) = people_in_words(_roster({"p-a": {"roles": [core]}}), _roster({}), date(2026, 3, 2))

    assert told.words == "p-a is off the roster, with core-team from 2026-01-01, as if it had never been"
    assert told.look.startswith(f"{told.words}: was it never held?")


@pytest.mark.parametrize(
    ("was", "now", "look"),
    [
        (None, "2026-03-02", False),
        (None, "2026-03-01", True),
        ("2026-03-01", None, True),
        ("2026-03-02", None, False),
        ("2026-02-01", "2026-03-01", True),
    ],
)
def test_an_end_on_a_day_that_was_over_is_to_be_looked_at(was: str | None, now: str | None, *, look: bool) -> None:
    """Who held what on days that are over is what past decisions are judged by."""
    core = {"role": "core-team", "from": "2026-01-01"}
    old, new = ({"p-a": {"roles": [{**core, "until": end} if end else core]}} for end in (was, now))

    (told,) = people_in_words(_roster(old), _roster(new), date(2026, 3, 2))

    assert bool(told.look) is look


@pytest.mark.parametrize(("made", "early"), [("2026-01-01", False), ("2026-01-02", True)])
def test_a_role_from_a_day_before_it_was_written_is_to_be_looked_at(made: str, *, early: bool) -> None:
    role = {"role": "host", "from": "2026-01-01"}

    (told,) = people_in_words(_roster({"p-a": {}}), _roster({"p-a": {"roles": [role]}}), date.fromisoformat(made))

    assert bool(told.look) is early


def test_an_address_that_is_exchanged_is_told_as_one_and_not_said() -> None:
    was, now = (_roster({"p-a": {"emails": [one]}}) for one in ("a@x.example", "b@x.example"))

    told = list(people_in_words(was, now, date(2026, 1, 2)))

    assert [one.words for one in told] == [
        "p-a is now recognised by another address",
        "p-a is no longer recognised by 1 address",
    ]
    assert told[0].look.startswith("p-a is now recognised by another address: is that theirs?")
    assert not any("@" in text for one in told for text in one)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Plain words, Grüße, Привет and naïve café", None),
        ("a < b and 3 * 4", None),
        ("pаyment", "mixes alphabets in a word"),
        ("ra\u200dte", "holds characters that nobody sees"),
        ("name\u3164", "holds characters that nobody sees"),
        ("see <!-- this -->", "looks like markup"),
        ("[here](x)", "looks like markup"),
    ],
)
def test_a_text_that_is_not_as_it_seems(text: str, why: str | None) -> None:
    assert not_as_it_seems(text) == why


def test_what_covers_a_field() -> None:
    assert within("objectives.o1.text", "objectives")
    assert within("objectives", "objectives.o1")
    assert not within("objectives-other", "objectives")
