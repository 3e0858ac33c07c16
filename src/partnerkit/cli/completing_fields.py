"""What a shell completes where fields of records are named: in conditions, orders, columns and boards."""

from __future__ import annotations

from collections.abc import Iterable

from partnerkit.cli.completion import complete_ids, complete_kinds, complete_policies, every_stage, policies_in_force
from partnerkit.cli.declared import Line

#: Fields of which the values can be completed, each with what completes them.
_VALUES = {
    "stage": every_stage,
    "kind": complete_kinds,
    "policy": complete_policies,
    "belongs-to": complete_ids,
    "partnership": complete_ids,
    "of": complete_ids,
}


def _fields(kind: str | None) -> list[str]:
    from partnerkit.jobs.worked_out import WORKED_OUT
    from partnerkit.kinds.catalogue import KINDS

    kinds = [kind] if kind is not None and kind in KINDS else list(KINDS)
    found = {str(info.alias or name) for one in kinds for name, info in KINDS[one].model_fields.items()}
    for policy in policies_in_force():
        declared = policy.get("fields")
        for one in kinds if isinstance(declared, dict) else ():
            found |= {str(path) for path in (declared or {}).get(one) or {}}
    return sorted(found | set(WORKED_OUT))


def _kind(ctx: Line) -> str | None:
    return ctx.params.get("kind")


def complete_by(ctx: Line, incomplete: str) -> list[str]:
    """Fields of the kind that the line names, or of all kinds."""
    return [name for name in _fields(_kind(ctx)) if name.startswith(incomplete)]


def complete_columns(ctx: Line, incomplete: str) -> list[str]:
    """The last of several fields with commas between them."""
    return _last(incomplete, _fields(_kind(ctx)))


def complete_sort(ctx: Line, incomplete: str) -> list[str]:
    """The same, each from the one end or the other."""
    before, comma, last = incomplete.rpartition(",")
    turned = "-" if last.startswith("-") else ""
    found = (f"{turned}{name}" for name in _fields(_kind(ctx)))
    return [f"{before}{comma}{name}" for name in found if name.startswith(last)]


def complete_conditions(ctx: Line, incomplete: str) -> list[str]:
    """A field and `=`; behind that, where it has but certain values, the last of them."""
    field, sign, value = incomplete.partition("=")
    if not sign:
        return [f"{name}=" for name in _fields(_kind(ctx)) if name.startswith(field)]
    complete = _VALUES.get(field.removesuffix("!"))
    if complete is None:
        return []
    before, comma, last = value.rpartition(",")
    return [f"{field}={before}{comma}{name}" for name in complete(last)]


def _last(incomplete: str, names: Iterable[str]) -> list[str]:
    before, comma, last = incomplete.rpartition(",")
    return [f"{before}{comma}{name}" for name in names if name.startswith(last)]
