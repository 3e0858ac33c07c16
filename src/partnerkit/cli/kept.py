"""Whether anything is kept of what commands answer, and what is."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from partnerkit.jobs.kept_answers import KeptAnswers, Question

_NEVER = ("CI", "GIT_QUARANTINE_PATH")


def answers(start: Path, question: Question) -> KeptAnswers | None:
    """What is kept of the answers to a question; None where nothing is, because the clone is used once."""
    if used_once():
        return None
    from partnerkit.jobs.kept_answers import KeptAnswers

    return KeptAnswers(start, question)


def used_once() -> bool:
    """Whether the clone is used once, by others perhaps: nothing is kept there, and nothing that was is believed."""
    return any(name in os.environ for name in _NEVER)
