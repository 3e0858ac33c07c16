"""What was sealed still fits what stands there, be it that text was expunged from that since."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from partnerkit.kinds.expunging import marker
from partnerkit.kinds.statements import statement_digest
from partnerkit.register import RecordFile
from partnerkit.rules.fitting import bound_otherwise, fits, signature_expunged
from partnerkit.rules.forgotten import Standing
from partnerkit.steps import Live, statements
from tests.obligations.world import World
from tests.rules.bench import policy, register, world

X, Y = "x-000000000001", "x-000000000002"
MARKED = {"reason": f"It was {marker(X)}."}


def record(*expunged: dict[str, Any], later: tuple[dict[str, Any], ...] = ()) -> RecordFile:
    """A record that lists expungings, and of which later versions list more."""
    found = register(world(policy(reason=True))).records["subject"]
    return replace(found, data={**found.data, "expunged": list(expunged)}, later=later)


def gone(id_: str, **again: str) -> dict[str, Any]:
    """An expunging that says which digest has become which."""
    return {"id": id_, "again": again}


@pytest.mark.parametrize(
    ("sealed", "now", "expunged", "fit"),
    [
        ("a", "a", [], True),
        ("a", "b", [], False),
        ("a", "b", [gone(X)], False),
        ("a", "b", [gone(X, a="b")], True),
        ("a", "b", [gone(X, b="a")], False),
        ("a", "c", [gone(X, a="b"), gone(Y, b="c")], True),
        ("a", "b", [gone(X, a="b"), gone(Y, b="c")], True),
        ("a", "c", [gone(Y, b="c"), gone(X, a="b")], False),
        ("a", "a", [gone(X, a="b")], True),
        ("a", "b", [{"id": X}], False),
        ("a", "b", [{"id": X, "again": None}, gone(Y, a="b")], True),
    ],
)
def test_a_digest_fits_as_it_was_or_as_an_expunging_made_it(sealed, now, expunged, fit):
    assert fits(record(*expunged), sealed, now, MARKED) == fit


@pytest.mark.parametrize(
    ("later", "now", "over", "fit"),
    [
        ([], "b", MARKED, False),
        ([gone(X, a="b")], "b", MARKED, True),  # the later version says what the digest is with the marker
        ([gone(X, a="c")], "b", MARKED, False),  # and that it is another one
        ([gone(X, z="c")], "b", MARKED, True),  # it says nothing of it: nobody can make it anew
        ([gone(X)], "b", MARKED, True),
        ([gone(X)], "b", {"reason": "So."}, False),  # no marker stands there
        ([gone(Y)], "b", MARKED, False),  # nor does the later version explain the one that does
        ([gone(X), gone(Y, a="c")], "b", MARKED, True),  # another one speaks of it, of which no marker stands there
        ([gone(Y, a="c"), gone(X, c="d")], "b", MARKED, False),  # what it has become first is what it says it of
        ([gone(Y, a="b")], "b", {"reason": "So."}, True),
        ([{"id": X, "again": None}], "b", MARKED, True),
    ],
)
def test_where_history_was_rewritten_a_later_version_explains_the_markers(later, now, over, fit):
    assert fits(record(later=tuple(later)), "a", now, over) == fit
    assert fits(record(later=tuple(later)), now, now, over)


def test_earlier_and_later_expungings_are_gone_through_in_order():
    assert fits(record(gone(Y, a="b"), later=(gone(X, b="c"),)), "a", "c", MARKED)
    assert not fits(record(gone(Y, b="c"), later=(gone(X, a="b"),)), "a", "c", MARKED)
    assert not fits(record(gone(Y, a="b"), later=(gone(X, b="c"),)), "a", "d", MARKED)


def test_a_signature_fits_no_more_where_text_was_taken_out_of_what_it_is_under():
    said = {"id": "a-000000000001", "reason": marker(X), "signature": "a seal"}
    now = statement_digest(said)
    assert signature_expunged(record(gone(Y), gone(X, a=now)), said)
    assert not signature_expunged(record(gone(X, a="b")), said)
    assert not signature_expunged(record({"id": X, "again": None}), said)
    assert signature_expunged(record(later=(gone(X),)), said)
    assert not signature_expunged(record(later=(gone(Y),)), said)
    unsigned = {key: value for key, value in said.items() if key != "signature"}
    assert not signature_expunged(record(gone(X, a=now), later=(gone(X),)), unsigned)


def evidence(number: int, **more: Any) -> dict[str, Any]:
    about = {"id": f"e-{number:012x}", "requirement": "proposal", "at": "2026-02-01T12:00:00Z", "by": "p-ann"}
    return about | {"kind": "document"} | more


def test_what_came_went_or_changed_since_an_approval_was_bound():
    first, second, third = (evidence(number) for number in (1, 2, 3))
    zero = "c1:" + "0" * 64
    bound = {first["id"]: statement_digest(first), second["id"]: statement_digest(second), "e-00000000000f": zero}
    said = {"id": "a-000000000001", "requirement": "sign-off", "at": "2026-02-02T12:00:00Z", "by": "p-ann"}
    binds = {"definition": zero, "content": zero, "evidence": bound}
    decided = said | {"record": "acme", "role": "board", "decision": "approve", "binds": binds}
    here = World()
    here.acme(evidence=[first, {**second, "summary": "Otherwise."}, third], approvals=[decided])
    one = here.records["acme"]
    now: list[Live] = [found for found in statements(one) if found.group == "evidence"]
    approval = one.model.approvals[0]
    assert bound_otherwise(one, approval, now) == {second["id"], third["id"], "e-00000000000f"}
    assert bound_otherwise(one, approval, now[:1]) == {second["id"], "e-00000000000f"}
    otherwise = statement_digest(now[1].raw)
    taken_out = replace(one, data={**one.data, "expunged": [gone(X, **{bound[second["id"]]: otherwise})]})
    assert bound_otherwise(taken_out, approval, now[:2]) == {"e-00000000000f"}
    now = [Live("evidence", 0, now[0].said, {**first, "summary": marker(X)})]
    assert first["id"] in bound_otherwise(one, approval, now)
    rewritten = replace(one, later=(gone(X),))
    assert first["id"] not in bound_otherwise(rewritten, approval, now)


def test_how_many_versions_of_files_hold_a_text():
    assert Standing().count == 0
    assert Standing(versions={"a": {"1", "2"}, "b": {"2", "3"}}).count == 3
