"""Files that lay where a register looks and never counted: no record was reached by them, and no rule was read.

A file that never was a record is judged from nothing once it can be read. While rules cannot be read, what they said
before judges; what they say is judged as a change of that once it can be read.
"""

from __future__ import annotations

from collections.abc import Collection

from partnerkit.dataclass import replace
from partnerkit.findings import Finding
from partnerkit.rules.commands import as_it_was, pathspec
from partnerkit.rules.restored import TOMBSTONE, thing

#: What a finding says that a file was which did not count, with the blob that lay there before, if any.
_STRAY = "stray"
#: The same of a file that belongs there, whatever it says.
_STAYS = f"{_STRAY}="


def stray_was(blob: str | None, *, stays: bool = False) -> str:
    """What a file was that does not count.

    Args:
        blob: the id of what lay there before, such as evidence; None where nothing did.
        stays: whether it belongs there: no register is without settings and a roster, and rules may have counted once.
    """
    return f"{_STRAY}={blob}" if blob is not None else _STAYS if stays else _STRAY


def is_stray(found: Finding) -> bool:
    """Whether a finding is of such a file."""
    return found.was is not None and thing(found.was) == _STRAY


def without_entry(found: Finding) -> bool:
    """Whether git alone puts right what is found: of such a file, or of what is left of a record, no entry says it."""
    return is_stray(found) or (found.was is not None and thing(found.was) == TOMBSTONE)


def taken_out(found: Finding) -> str:
    """What puts that right once it has landed: a line, or sentences of which no part runs where all is pasted."""
    if found.was not in {_STRAY, _STAYS}:
        return as_it_was(found.commit, str(found.file))
    if found.was == _STAYS:
        return "partnerkit check says whether it can be read now"
    out = f"git rm -- {pathspec(str(found.file))} && git commit -m 'It never counted'"
    return f"partnerkit check says how it is put right. Where it should not be there: {out}"


def gone(found: Finding, wrong: Collection[str | None], broken: Collection[str]) -> Finding:
    """A finding as it is told at the end: a warning where such a file is gone, or nothing is wrong with it any more.

    Args:
        found: the finding.
        wrong: the files in which something is wrong at the end.
        broken: the ids of the files that cannot be read at the end.
    """
    if not is_stray(found) or found.severity != "error" or found.file in wrong or found.record in broken:
        return found
    message = f"{found.message.removesuffix('.')}; it never counted, and is gone or can be read now"
    return replace(found, severity="warning", message=message)
