"""How much a template may do: every loop, filter and comparison is counted, so that whatever it says it ends soon."""

from __future__ import annotations

from jinja2 import TemplateError

from partnerkit.dataclass import dataclass

#: How long what a template makes may be, how often its loops may go round, how many steps all of it may take.
LARGEST, MOST_ROUNDS, MOST_STEPS = 512 * 1024, 20_000, 250_000

#: So many letters are looked at in a step.
_LETTERS = 64


class StoppedError(TemplateError):
    """A template was stopped: it makes too much, or goes round too often."""


@dataclass(slots=True)
class Bounds:
    """What one template has done so far."""

    rounds: int = 0
    steps: int = 0

    def turn(self, within: int) -> None:
        """Count a round of a loop, and all that stands in it."""
        self.rounds += 1
        if self.rounds > MOST_ROUNDS:
            raise StoppedError(f"its loops go round more than {MOST_ROUNDS} times")
        self.step(within)

    def step(self, steps: int) -> None:
        """Count what is done."""
        self.steps += steps
        if self.steps > MOST_STEPS:
            raise StoppedError(f"it takes more than {MOST_STEPS} steps")

    def read(self, *texts: str) -> None:
        """Count texts that are looked at."""
        self.step(1 + sum(map(len, texts)) // _LETTERS)
