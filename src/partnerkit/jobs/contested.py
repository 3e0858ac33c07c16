"""What two people changed in two clones, each in another way, in words."""

from __future__ import annotations

from typing import Any

from partnerkit.findings import Finding
from partnerkit.rules.commands import line
from partnerkit.rules.reconciled import Contested
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


def contested(path: str, found: list[Contested]) -> Refused:
    """What both sides changed, each in its own way: named by record and key, with the line that says it again."""
    one = record_id(path)
    findings = []
    for each in found:
        what = f"{one or path}: {each.path}"
        both = f" ({_shown(each.there)} there, {_shown(each.here)} here)" if each.path != "history" else ""
        message = f"{what} was changed here and by others, each in another way{both}: theirs stays"
        plain = one is not None and isinstance(each.here, str | int) and not isinstance(each.here, bool)
        again = line("set", str(one), f"{each.path}={each.here}") if plain else line("show", one) if one else None
        findings.append(Finding("contested", message, file=path, record=one, mend=again))
    return Refused("the two cannot be put together", findings)


def _shown(value: Any) -> str:
    if value is None:
        return "nothing"
    text = value if isinstance(value, str) else str(value)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
