"""As somebody to whom permissions count: root may open anything, and tests often run as root."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable

import pytest

_DROP_FROM_BOUNDING_SET, _OVERRIDE, _READ_SEARCH = 24, 1, 2  # prctl(2), capabilities(7)


def barred() -> Callable[[], None]:
    """What makes a process that is about to be started one that permissions bar; the test is skipped without it."""
    if os.geteuid() != 0:
        return lambda: None
    if sys.platform != "linux":
        pytest.skip("only Linux can bar root")
    libc = ctypes.CDLL(None, use_errno=True)

    def give_up() -> None:
        for one in (_OVERRIDE, _READ_SEARCH):
            if libc.prctl(_DROP_FROM_BOUNDING_SET, one, 0, 0, 0) != 0:
                os._exit(126)

    return give_up
