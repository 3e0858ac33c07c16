"""Markers of text that was taken out: each explained by some record, listed in a chain, by people of the roster."""

from __future__ import annotations

import copy
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from partnerkit.kinds.expunging import marker
from partnerkit.register import Register
from partnerkit.rules.expunged import expunging_digest, expungings_are_a_chain, markers_are_explained
from partnerkit.rules.look import Look
from partnerkit.steps import NO_ENTRY
from tests.policies.fulfil import MOMENT, ZERO, World
from tests.rules.bench import held, register
from tests.rules.expunging import X, Y, look, taken_out
from tests.rules.passed import active
from tests.rules.placed import placed, whole

Z, W = "x-000000000003", "x-000000000004"
RESTORE = "git log -p -- subject shows what it was; partnerkit audit subject says what can be done"


def wrong(code: str, message: str, place: str, mend: str = RESTORE) -> dict[str, Any]:
    where = {"file": "subject", "place": place, "record": "subject"}
    return {"code": code, "message": message, "severity": "error", "mend": mend, **where}


def unexplained(here: World, **changed: Any) -> list[dict[str, Any]]:
    return whole(markers_are_explained(look(here, **changed)))


def unknown(id_: str, place: str) -> dict[str, Any]:
    message = f"a marker of the expunging {id_} stands here, and no record says who took text out and why"
    return wrong("marker-unexplained", message, place)


def test_every_marker_is_of_an_expunging_that_the_record_lists():
    assert unexplained(taken_out(active(), "acme")) == []
    here = taken_out(active(), "acme")
    del here.record["expunged"]
    assert unexplained(here) == [unknown(X, "website")]
    here.record |= {"name": f"{marker(Y)} of {marker(X)}", "expunged": []}
    here.record["evidence"][0]["summary"] = marker(Y)
    places = ["evidence.0.summary", "name", "name", "website"]
    assert sorted(unexplained(here), key=lambda one: str(one["place"])) == [
        unknown(id_, place) for id_, place in zip((Y, X, Y, X), places, strict=True)
    ]


def with_another(here: World, *expunged: str, later: tuple[str, ...] = ()) -> Register:
    """The register with another record that lists expungings, or of which later versions do."""
    found = placed(register(here))
    one = found.records["subject"]
    listing = {**one.data, "id": "other", "expunged": [{"id": id_} for id_ in expunged]}
    other = replace(one, data=listing, later=tuple({"id": id_} for id_ in later))
    return replace(found, records={"aaa": other, "subject": one})


@pytest.mark.parametrize(
    ("known", "left"),
    [
        ({}, [X]),
        ({"expunged": (Y,)}, [X]),
        ({"expunged": (X,)}, []),
        ({"expunged": (Y, X)}, []),
        ({"later": (X,)}, []),
    ],
)
def test_a_marker_may_be_of_an_expunging_that_another_record_lists(known, left):
    here = taken_out(active(), "acme")
    del here.record["expunged"]
    found = with_another(here, *known.get("expunged", ()), later=known.get("later", ()))
    seen = Look(found.records["subject"], found, found.policies["SMALL"], MOMENT, MOMENT)
    assert whole(markers_are_explained(seen)) == [unknown(one, "website") for one in left]


def test_a_later_version_of_the_record_may_explain_a_marker():
    here = taken_out(active(), "acme")
    del here.record["expunged"]
    seen = look(here)
    later = replace(seen, record=replace(seen.record, later=({"id": X},)))
    assert list(markers_are_explained(later)) == []


def chain(here: World, roster: Any = None, **changed: Any) -> list[dict[str, Any]]:
    seen = look(here, **({"roster": roster} if roster else {}))
    return whole(expungings_are_a_chain(replace(seen, **changed)))


def three() -> World:
    """A record out of which text was taken three times."""
    return taken_out(taken_out(taken_out(active(), "acme"), "example", Y), "All is well.", Z)


def test_each_carries_the_digest_of_the_one_before():
    assert chain(three()) == []
    assert three().record["expunged"][0]["previous"] == expunging_digest(()) == NO_ENTRY
    changes: list[tuple[Any, list[tuple[int, str]]]] = [
        (lambda known: known[0].update(reason="Another."), [(1, Y)]),
        (lambda known: known.pop(0), [(0, Y)]),
        (lambda known: known.pop(1), [(1, Z)]),
        (lambda known: known.pop(2), []),
        (lambda known: known[0].update(previous=ZERO["gate"]), [(0, X), (1, Y)]),
        (lambda known: known[2].update(reason="Another."), []),
    ]
    for change, after in changes:
        here = copy.deepcopy(three())
        change(here.record["expunged"])
        assert chain(here) == [
            wrong(
                "expunging-edited",
                f"the expunging before {id_} was changed, removed or moved after {id_} was recorded",
                f"expunged.{index}",
            )
            for index, id_ in after
        ]


def test_none_is_listed_twice():
    here = three()
    again = {**here.record["expunged"][0], "previous": expunging_digest((here.record["expunged"][2],))}
    here.record["expunged"].append(again)
    assert chain(here) == [wrong("expunging-untrue", f"{X} is listed twice", "expunged.3")]


def test_each_is_by_somebody_of_the_roster():
    mend = "partnerkit person add p-bob --email <email>"
    expected = [wrong("person-unknown", "p-bob is not on the roster", f"expunged.{one}.by", mend) for one in range(3)]
    assert chain(three(), held(p_ann=[])) == expected
    assert chain(three(), held(p_bob=[])) == []


@pytest.mark.parametrize(
    ("latest", "clock", "ahead"),
    [
        (datetime(2026, 5, 20, 11, 50, tzinfo=UTC), None, False),
        (datetime(2026, 5, 20, 11, 49, 59, tzinfo=UTC), None, True),
        (datetime(2026, 5, 19, 12, tzinfo=UTC), "set", False),
        (datetime(2026, 5, 19, 11, 59, tzinfo=UTC), "set", True),
    ],
)
def test_none_is_still_to_come(latest, clock, ahead):
    here = taken_out(active(), "acme", **({"clock": clock} if clock else {}))
    expected = wrong("entry-in-future", f"{X} is dated 2026-05-20 12:00, which is still to come", "expunged.0")
    assert chain(here, latest=latest) == [expected] * ahead
    assert chain(here, now=latest) == []


def test_where_history_was_rewritten_the_one_before_may_have_become_another():
    here = three()
    here.record["expunged"][0]["reason"] = marker(W)
    assert len(chain(here)) == 1
    seen = look(here)
    later = replace(seen, record=replace(seen.record, later=({"id": W},)))
    assert list(expungings_are_a_chain(later)) == []
    here.record["expunged"][1]["reason"] = "Another."
    seen = look(here)
    later = replace(seen, record=replace(seen.record, later=({"id": W},)))
    assert [one.message.split()[3] for one in expungings_are_a_chain(later)] == [Z]
