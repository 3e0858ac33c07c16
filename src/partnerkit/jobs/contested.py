"""What two people changed in two clones, each in another way, in words."""

from __future__ import annotations

from typing import Any

from partnerkit.findings import Finding
from partnerkit.kinds.record import FIXED
from partnerkit.rules.commands import line
from partnerkit.rules.reconciled import Contested, Reconciled
from partnerkit.rules.refused import Refused
from partnerkit.store.commit.journal import Change
from partnerkit.store.layout import record_id

_SHOWN = 60


def file_contested(change: Change) -> Refused:
    """A file that cannot be merged, because a side lacks it or nobody knows what it says."""
    did = "made" if change.old is None else "taken out" if change.new is None else "changed"
    one = record_id(change.path)
    message = f"{one or change.path} was {did} here, and others made something else of it: theirs stays"
    mend = line("show", one) if one else None
    return Refused(
        "the two cannot be put together", [Finding("contested", message, file=change.path, record=one, mend=mend)]
    )


def contested(path: str, found: Reconciled) -> Refused:
    """What both sides changed, each in its own way: named by record and key, with the line that says it again."""
    one = record_id(path)
    findings = []
    for each in found.contested:
        what = f"{one or path}: {each.path}"
        both = f" ({_shown(each.there)} there, {_shown(each.here)} here)" if each.path != "history" else ""
        message = f"{what} was changed here and by others, each in another way{both}: theirs stays"
        again = _again(one, each, found.data) if one is not None else None
        findings.append(Finding("contested", message, file=path, record=one, mend=again))
    return Refused("the two cannot be put together", findings)


def _again(record: str, each: Contested, data: dict[str, Any]) -> str:
    """The line that says again what was said here, where one line can."""
    first = each.path.partition(".")[0]
    plain = isinstance(each.here, str | int) and not isinstance(each.here, bool)
    if plain and first not in FIXED and not isinstance(data.get(first), list):
        return line("set", record, f"{each.path}={each.here}")
    return line("show", record)


def _shown(value: Any) -> str:
    if value is None:
        return "nothing"
    text = value if isinstance(value, str) else str(value)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
