"""What the judge says of a draft: of the step, and of the records that it changes; of many by several processes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from partnerkit.dataclass import dataclass, replace
from partnerkit.findings import Finding, as_row, from_row, has_errors
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.who_lands import about_to_land
from partnerkit.register import Register
from partnerkit.rules.standing import judge_register
from partnerkit.rules.steps import judge_step
from partnerkit.steps import Step
from partnerkit.store.divided import MOST_PARTS, divided, processes
from partnerkit.store.draft import Draft

#: From so many records on, another process is worth its start.
_MANY = 100

#: How many records are judged at a time as they stand.
_AT_ONCE = 50


def judged(desk: Desk, draft: Draft) -> list[Finding]:
    """What the judge says of a draft: of the step, and of the records it changes.

    Where a day was set by hand, that is asked on that day and on the one on which it lands, by which the audit judges.
    """
    after = draft.after
    step = Step(draft.base, after, desk.now, about_to_land(desk, draft.base, after, draft.changed))
    steps = [step, replace(step, landed_at=desk.latest)] if desk.clock_set else [step]
    work = _Judging(desk, after, steps, sorted(draft.changed), desk.latest)
    among = processes() if len(draft.changed) >= _MANY else 1
    done: dict[int, list[Finding]] = {}
    for some in divided(work.parts, among, work) if among > 1 else ():
        done |= some
    found = list(dict.fromkeys(one for part in range(len(steps)) for one in work.found(part, done)))
    if has_errors(found):
        return found
    return [*found, *(one for part in range(len(steps), work.parts) for one in work.found(part, done))]


@dataclass(frozen=True)
class _Judging:
    """What is judged of a draft, in parts: each step as a whole, then the records as they stand, some at a time."""

    desk: Desk
    register: Register
    steps: Sequence[Step]
    ids: Sequence[str]
    latest: datetime

    @property
    def size(self) -> int:
        """How many records a part has."""
        return max(_AT_ONCE, -(-len(self.ids) // (MOST_PARTS - len(self.steps))))

    @property
    def parts(self) -> int:
        """How many parts there are."""
        return len(self.steps) - (-len(self.ids) // self.size)

    def found(self, part: int, done: Mapping[int, list[Finding]]) -> list[Finding]:
        """What is found in a part, which may be done."""
        return done[part] if part in done else self._judged(part)

    def do(self, parts: Iterator[int]) -> dict[int, list[Finding]]:
        """Judge some parts."""
        return {part: self._judged(part) for part in parts}

    def leave(self) -> None:
        """Be in another process, which keeps no other writer out once the one that asks it has ended."""
        self.desk.leave()
        if self.desk.git.writing is not None:
            self.desk.git.writing.lock.release()

    def told(self, done: dict[int, list[Finding]]) -> Any:
        """What was found, in words of JSON."""
        return [[part, [as_row(one) for one in found]] for part, found in done.items()]

    def heard(self, told: Any) -> dict[int, list[Finding]]:
        """What was found, as it was told."""
        return {part: [from_row(row) for row in rows] for part, rows in told}

    def _judged(self, part: int) -> list[Finding]:
        if part < len(self.steps):
            return judge_step(self.steps[part], set(self.ids))
        start = (part - len(self.steps)) * self.size
        some = self.ids[start : start + self.size]
        self.desk.watch("records judged", start + len(some), len(self.ids))
        return judge_register(self.register, self.desk.now, set(some), self.latest)
