"""What is waited for while other work is done."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from typing import TypeVar

Given = TypeVar("Given")

#: What each thread of this sort is called.
NAME = "ahead"


def ahead(work: Callable[[], Given]) -> Callable[[], Given]:
    """Begin some work beside what follows; what is returned waits for it, and gives or raises what it did."""
    given: list[Given] = []
    raised: list[BaseException] = []

    def done() -> None:
        try:
            given.append(work())
        except BaseException as error:  # noqa: BLE001 - it is raised where the result is asked for
            raised.append(error)

    thread = Thread(target=done, name=NAME, daemon=True)
    thread.start()

    def result() -> Given:
        thread.join()
        if raised:
            raise raised[0]
        return given[0]

    return result
