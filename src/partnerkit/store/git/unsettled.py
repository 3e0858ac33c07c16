"""Files that may be others than an index of git's knows, though nothing by which git tells files apart is another.

Git compares the times of files by whole seconds. Where a file has changed again within the second in which it was
looked at, after that, and has the size and the time of writing that it had, git takes it for the one it saw. Of what
says of itself that it was written in the second in which the index was, or later, git reads again what it says.
"""

from __future__ import annotations

import re
import struct
import time
from pathlib import Path

#: How far the clock of a file system may lag behind, in seconds.
_LAG = 0.02
#: An entry begins with two moments, of the last change of any sort and of writing: a second, and the part of it.
_SECOND = struct.Struct(">I")


def is_unsettled(index: Path, began: float) -> bool:
    """Whether files may change unseen yet which an index has from having looked at them just now.

    All of it is searched and none of it parsed: it may say so where other bytes look like such a moment.

    Args:
        index: the index.
        began: when it was begun to look at them, as `time.time` says it.

    Raises:
        OSError: it cannot be read.
    """
    if index.stat().st_mtime < int(began - _LAG):
        return False  # nothing was put into it
    seconds = b"|".join(re.escape(_SECOND.pack(one)) for one in range(int(began - _LAG), int(time.time()) + 1))
    moments = re.compile(rb"(%s)[\s\S]{4}([\s\S]{4})" % seconds)
    # The greater end of a number comes first there: as bytes they compare as they do as numbers.
    return any(changed > written for changed, written in moments.findall(index.read_bytes()))
