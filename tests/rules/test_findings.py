"""Findings come in an order that rests on what they say alone."""

from __future__ import annotations

import pytest

from partnerkit.dataclass import field_names
from partnerkit.findings import Finding, in_order


@pytest.mark.parametrize("told", sorted({*field_names(Finding)} - {"severity", "line", "column", "part"}))
def test_whatever_tells_two_apart_puts_them_in_order(told):
    said = {"code": "a", "message": "b", "file": "c"}
    words = [f"{number:02}" for number in range(40)]
    every = [Finding(**said | {told: word}) for word in reversed(words)]
    assert [getattr(one, told) for one in in_order(every)] == words
