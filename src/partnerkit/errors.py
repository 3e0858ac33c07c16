"""The few "cannot go on" exceptions; each carries its exit code and its mend."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

REFUSED = 1
CALLED_WRONGLY = 2
CANNOT_WORK = 3


class PartnerkitError(Exception):
    """Something stops the command.

    Attributes:
        message: what is wrong and where.
        mend: what to do about it, or None.
        exit_code: 1 the policy says no, 2 called wrongly, 3 cannot work here.
    """

    exit_code = CANNOT_WORK

    def __init__(self, message: str, mend: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.mend = mend


class WrongCallError(PartnerkitError):
    """An argument that cannot be meant: unknown id, stage, requirement, key or value. Exit 2."""

    exit_code = CALLED_WRONGLY


class CannotWorkError(PartnerkitError):
    """The surroundings do not allow it: no register, git busy, unknown identity, newer format. Exit 3."""


@contextmanager
def told_of(place: str | None) -> Iterator[None]:
    """Name the place, such as a line of a sheet, in front of what goes wrong inside; None names nothing."""
    try:
        yield
    except PartnerkitError as error:
        if place is not None:
            error.message = f"{place}: {error.message}"
        raise


class CannotSayError(CannotWorkError):
    """What was to be printed could not be: a full disk behind `>`, a terminal that is gone. Exit 3."""
