"""Regular expressions that are compiled when they are first used: most commands use few of those that they import.

Compiling them as modules are imported took a tenth of the time of a short command.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

__all__ = ["pattern"]

if TYPE_CHECKING:
    from re import compile as pattern
else:

    class pattern:  # noqa: N801 - in the place of a function
        """Stands for a regular expression; what is asked of it once is asked of the compiled one from then on."""

        def __init__(self, *said: Any) -> None:
            """As `re.compile`."""
            self._said = said

        def __getattr__(self, name: str) -> Any:
            """What the compiled one has by that name."""
            found = getattr(re.compile(*self._said), name)
            setattr(self, name, found)
            return found
