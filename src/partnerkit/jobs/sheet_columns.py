"""What a column of a filled sheet means for a record: what its gates ask for, or why nothing."""

from __future__ import annotations

from typing import Any

from partnerkit.dataclass import replace
from partnerkit.jobs.adding import FILE, keys_taken
from partnerkit.jobs.sheet_asked import Asked
from partnerkit.jobs.sheet_fillable import Cell
from partnerkit.kinds.problems import did_you_mean
from partnerkit.kinds.statements import STATEMENT_LISTS
from partnerkit.rules.commands import line
from partnerkit.steps import is_filled


def cell_for(asked: Asked, column: str, party: str | None) -> Cell | None:
    """What a column means for a record, in the row of a party; None where nothing of it is asked."""
    mine = [one for one in asked.cells if one.party in {party, None}]
    found = next((one for one in mine if one.column == column), None)
    if found is not None:
        return found
    name, _, key = column.rpartition(".")  # what else can be said of a requirement, such as valid-until
    near = next((one for one in mine if one.added == name and not one.given), None)
    keys = (*(keys_taken(asked.policy, asked.record.kind, name) or ()), FILE) if near is not None else ()
    return replace(near, column=column, key=key) if near is not None and key in keys else None


def why_none(asked: Asked, column: str, party: str | None) -> tuple[str, str | None]:
    """Why a cell means nothing for a record, and what to do about it."""
    found, requirements = asked.record, asked.policy.requirements
    parties = sorted(one.party for one in asked.cells if one.column == column and one.party)
    if parties:
        return f"each says it: {party or 'nobody'} is none of those who have yet to ({', '.join(parties)})", None
    name = column.partition(".")[0]
    if name in requirements and requirements[name].approval is not None:
        return "a decision is no cell: whoever takes it gives it themselves", line("approve", found.id, name)
    said = {one["requirement"] for group in STATEMENT_LISTS for one in found.data.get(group) or []}
    if name in said or _holds(found.data, column.split(".")):
        return "it is there already: empty the cell, or write the sheet anew", None
    near = did_you_mean(column, {one.column for one in asked.cells})
    return f"on its way from {found.stage} nothing asks for that{near}", None


def _holds(data: Any, keys: list[str]) -> bool:
    """Whether something stands at a path, where an item of a list is named by its id."""
    head, *rest = keys
    if isinstance(data, list):
        data = {str(one["id"]): one for one in data if isinstance(one, dict) and "id" in one}
    below = data.get(head) if isinstance(data, dict) else None
    return _holds(below, rest) if rest else is_filled(below)
