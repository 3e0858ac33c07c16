"""Who waits a cycle more when a proposal is accepted: each once for a proposal, however often it is accepted."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from partnerkit.jobs.landing import Outcome
from partnerkit.matching.run import Run
from partnerkit.register import Register
from partnerkit.store.draft import Draft

_KEY = "cycles-waited"


def waiting(draft: Draft, run: Run, asked: Register, placed: Collection[str]) -> Iterator[Outcome]:
    """Let everybody wait a cycle more than when the proposal was made, who has no place after it is accepted.

    Args:
        draft: takes what changes.
        run: who can be matched now.
        asked: the register from which the proposal was made.
        placed: the applications of those who are placed now.
    """
    for one in run.mentees:
        cycles = (_waited(asked, one.id) or 0) + 1
        if one.id not in placed and (_waited(draft.base, one.id) or 0) < cycles:
            _put(draft, one.id, cycles)
            yield Outcome(one.id, f"waits, {_cycles(cycles)} so far")


def placed_after_all(draft: Draft, run: Run, asked: Register, placed: Collection[str]) -> Iterator[Outcome]:
    """Take back the cycle that whoever is placed now was given when the same proposal was accepted before."""
    for one in run.mentees:
        before = _waited(asked, one.id)
        if one.id in placed and _waited(draft.base, one.id) == (before or 0) + 1:
            _put(draft, one.id, before)
            yield Outcome(one.id, f"did not wait after all, {_cycles(before or 0)} so far")


def _waited(register: Register, application: str) -> int | None:
    """For how many cycles somebody is said to have waited; None where nothing is."""
    found = register.records.get(application)
    return None if found is None else found.data.get(_KEY)


def _put(draft: Draft, application: str, cycles: int | None) -> None:
    found = draft.after.records[application]
    rest = {key: value for key, value in found.data.items() if key != _KEY}
    draft.put(rest if cycles is None else {**found.data, _KEY: cycles}, found.path)


def _cycles(count: int) -> str:
    return f"{count} {'cycle' if count == 1 else 'cycles'}"
