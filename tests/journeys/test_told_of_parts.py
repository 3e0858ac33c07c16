"""What several processes make of their parts is put together with all that has to be known of it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from partnerkit.jobs import in_parts

ONE, OTHER = ("agreement", "of"), ("review", "of")


@pytest.fixture
def mine(monkeypatch):
    done = [
        in_parts._Done({"a": 1}, frozenset({ONE, OTHER}), {"z", "a"}, {"records/a.yaml"}),
        in_parts._Done({"b": 2}, frozenset({ONE}), set(), {"records/b.yaml"}),
        in_parts._Done({}, frozenset(), set(), set()),
    ]
    monkeypatch.setattr(in_parts, "divided", lambda *_given: done)
    loaded: list[list[str]] = []
    records = SimpleNamespace(expect_many=lambda _count: None, load=lambda ids: loaded.append([*ids]))
    desk = SimpleNamespace(git=SimpleNamespace(looked={"records/register.yaml"}))
    parts = SimpleNamespace(many=3)
    return SimpleNamespace(
        loaded=SimpleNamespace(records=records), desk=desk, ids=["a", "b"], parts=parts, asked=loaded
    )


def test_it_is_put_together(mine):
    making: Any = None
    made, links = in_parts.made_of_each(mine, making)
    assert made == {"a": 1, "b": 2}
    assert links == {ONE}  # only what each was looked through for can be looked up
    assert mine.asked[0] == ["a", "z"]  # at these the process that tells of all looks too
    assert mine.desk.git.looked == {"records/register.yaml", "records/a.yaml", "records/b.yaml"}
