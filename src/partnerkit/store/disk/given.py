"""Files that a person names on the command line: read whole, or refused with a reason."""

from __future__ import annotations

import stat
from pathlib import Path

from partnerkit.errors import WrongCallError

#: The largest file that is taken up, in bytes.
LARGEST = 256 * 1024 * 1024


def given(name: str | Path) -> bytes:
    """The bytes of a plain file.

    Raises:
        WrongCallError: there is none of that name, it is a folder, pipe or device, too large, or may not be read.
    """
    path = Path(name)
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise WrongCallError(f"{name} is no plain file", "name a file, or a link such as https://…")
        if found.st_size > LARGEST:
            raise WrongCallError(f"{name} has {found.st_size:,} bytes: more than {LARGEST:,} are not taken up")
        return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise WrongCallError(f"{name} cannot be read: {reason}", "name a file that exists") from error
