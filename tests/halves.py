"""An audit in two halves, both judged in this process: to hold it against an audit of all at once."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import pytest

from partnerkit.jobs import verdicts_beside
from partnerkit.jobs.verdicts_beside import Beside, Part


@contextlib.contextmanager
def _here(part: Part) -> Iterator[Beside]:
    said = verdicts_beside._judge(part)
    yield Beside(lambda: said)


def force(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every audit of two commits or more made in two halves."""
    monkeypatch.setattr(verdicts_beside, "_pays", lambda commits: commits > 1)
    monkeypatch.setattr(verdicts_beside, "_beside", _here)
