"""The command lines that set fields: a block by its keys, and once more what was refused."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from partnerkit.findings import Finding
from partnerkit.kinds.within import is_day, needed_in
from partnerkit.policies.policy import Policy
from partnerkit.policies.shapes import model_for
from partnerkit.register import RecordFile
from partnerkit.rules.commands import line

#: A path that can stand in a placeholder as it is.
_PLAIN = re.compile(r"[a-z.-]+\Z")

#: How long a value is at most that is repeated in the line to be given once more.
_REPEATED = 80


def blanks(policy: Policy, kind: str, path: str) -> dict[str, str]:
    """What `set` takes for a field, with what stands for its value: of a block, every key that it needs."""
    model, keys = model_for(policy, kind), tuple(path.split("."))
    whole = [f"{path}.{key}" for key in needed_in(model, keys)] or [path]
    return {one: "<day>" if is_day(model, tuple(one.split("."))) else _blank(one) for one in whole}


def set_line(record_id: str, values: Mapping[str, str]) -> str:
    """The line that sets fields."""
    return line("set", record_id, *(f"{path}={value}" for path, value in values.items()))


def set_again(record: RecordFile, policy: Policy, typed: Mapping[str, str], found: Iterable[Finding]) -> str | None:
    """The line that was refused, with blanks for what is wrong or missing; None where nothing of it is.

    Args:
        record: the record.
        policy: the policy that governs it.
        typed: the fields as typed.
        found: what is wrong with what the record would have been.
    """
    parts = {one.part: one.code == "missing-key" for one in found if one.part is not None}
    absent = [part for part, missing in parts.items() if missing and not any(map(str.isdigit, part.split(".")))]
    wrong = [part for part in parts if part not in absent]
    again: dict[str, str] = {}
    for path, text in typed.items():
        if any(_meet(path, part) for part in wrong):
            again |= blanks(policy, record.kind, path)
        else:
            again[path] = text if len(text) <= _REPEATED else _blank(path)
    for part in absent:
        again |= blanks(policy, record.kind, part)
    return set_line(record.id, again) if again != dict(typed) else None


def _meet(path: str, part: str) -> bool:
    """Whether one of the two leads to the other, or through it; `*` is every item."""
    pairs = zip(path.split("."), part.split(".") if part else (), strict=False)
    return all(one in {"*", other} for one, other in pairs)


def _blank(path: str) -> str:
    return f"<{path if _PLAIN.match(path) else path.rpartition('.')[2]}>"
