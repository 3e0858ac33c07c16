"""Scenarios happen after the end of the story, whatever state they start from."""

from __future__ import annotations

from functools import partial

import pytest

from tests.conftest import At


@pytest.fixture
def at(at: At) -> At:
    """A register in a named state of the story, the day after its end."""
    return partial(at, day="2026-07-01")
