"""What a command that only reads told of the working tree: told again where nothing is another on which it rests."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from partnerkit.cli.kept import answers
from partnerkit.cli.options import OPTIONS
from partnerkit.jobs.kept_answers import Question
from partnerkit.reports.page import say
from partnerkit.store.git.glance import place

if TYPE_CHECKING:
    from partnerkit.jobs.desk import Desk

#: How large git's index is where it is worth looking for an answer, in bytes: of fewer files one is made as quickly.
_WORTH = 32 * 1024


class Again:
    """An answer that may have been given before; at a terminal, where it is laid out for whoever looks, never."""

    def __init__(self, *words: object) -> None:
        """Look for it.

        Args:
            words: the command, and all that it was given.
        """
        asked = (*map(repr, words), f"json={OPTIONS.json}")
        question = Question(None, None, changed=False, day=OPTIONS.today, words=asked)
        self._kept = answers(OPTIONS.here(), question) if _is_worth_it() else None

    def told(self) -> bool:
        """Tell it, where it was given before; whether it was."""
        known = self._kept.known() if self._kept is not None else None
        if known is None:
            return False
        say(known)
        return True

    def tell(self, desk: Desk, told: Callable[[], str]) -> None:
        """Tell it, worked out anew, and keep it for the next time.

        Args:
            desk: where it was worked out.
            told: the answer as it stands in a pipe.
        """
        text = told()
        say(text)
        if self._kept is not None:
            from partnerkit.jobs.rested_on import rested_on

            self._kept.keep(lambda began: rested_on(desk, desk.trees, began), text)


def _is_worth_it() -> bool:
    """Whether the register is large, and nobody looks at a terminal."""
    found = place(OPTIONS.here()) if not sys.stdout.isatty() else None
    try:
        return found is not None and (found[1] / "index").stat().st_size >= _WORTH
    except OSError:
        return False
