"""What two people changed in two clones, each in another way, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from partnerkit.findings import Finding
from partnerkit.kinds.canonical import same
from partnerkit.kinds.record import FIXED
from partnerkit.register import ROSTER_PATH
from partnerkit.rules.commands import line
from partnerkit.rules.reconciled import Contested, Reconciled
from partnerkit.rules.refused import Refused
from partnerkit.store.commit.journal import Change
from partnerkit.store.record_paths import record_id

_SHOWN = 60
#: How many of the commits that were first are told.
_TOLD = 3


def file_contested(change: Change) -> Refused:
    """A file that cannot be merged, because a side lacks it or nobody knows what it says."""
    did = "made" if change.old is None else "taken out" if change.new is None else "changed"
    one = record_id(change.path)
    message = f"{one or change.path} was {did} here, and others made something else of it: theirs stays"
    mend = line("show", one) if one else None
    return Refused(
        "the two cannot be put together", [Finding("contested", message, file=change.path, record=one, mend=mend)]
    )


def contested(path: str, found: Reconciled, first: Sequence[str]) -> Refused:
    """What both sides changed, each in its own way: named by record and key, with the line that says it again.

    Args:
        path: the file.
        found: what came of merging it.
        first: who of the others changed the file, in words.
    """
    one = record_id(path)
    findings = []
    for each in found.contested:
        what = f"{one or path}: {each.path}"
        made = isinstance(each.there, dict) and isinstance(each.here, dict)
        both = f" ({_both(each)})" if each.path != "history" else ""
        message = (
            f"{what} was {'made' if made else 'changed'} here and by others, each in another way{both}: theirs stays"
        )
        if first:
            message += f"; {', '.join(first[-_TOLD:])} {'was' if len(first) == 1 else 'were'} first"
        findings.append(Finding("contested", message, file=path, record=one, mend=_mend(path, each, found.data)))
    return Refused("the two cannot be put together", findings)


def _mend(path: str, each: Contested, data: dict[str, Any]) -> str | None:
    """The line that says again what was said here, where one line can; else the one that shows what stands."""
    one, keys = record_id(path), each.path.split(".")
    if one is None:
        return line("person", "show", keys[1]) if path == ROSTER_PATH and keys[0] == "people" and keys[1:] else None
    plain = isinstance(each.here, str | int) and not isinstance(each.here, bool)
    if plain and keys[0] not in FIXED and not isinstance(data.get(keys[0]), list):
        return line("set", one, f"{each.path}={each.here}")
    return line("show", one)


def _both(each: Contested) -> str:
    """What both sides say; of two blocks, only that in which they differ."""
    there, here = each.there, each.here
    if isinstance(there, dict) and isinstance(here, dict):
        alike = [key for key in there if key in here and same(there[key], here[key])]
        there, here = ({key: part for key, part in one.items() if key not in alike} for one in (there, here))
    return f"{_shown(there)} there, {_shown(here)} here"


def _shown(value: Any) -> str:
    text = _worded(value)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _worded(value: Any) -> str:
    if value is None or value == {}:
        return "nothing"
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_worded(part)}" for key, part in value.items())
    if isinstance(value, list):
        return f"[{', '.join(_worded(part) for part in value)}]"
    return str(value)
