"""The map of a spreadsheet: which column becomes which field, what its words and dates mean. Guessed, then edited."""

from __future__ import annotations

from typing import Any, Literal

from partnerkit.errors import WrongCallError
from partnerkit.findings import Finding
from partnerkit.jobs.sheet_targets import Target, targets
from partnerkit.kinds import modelled
from partnerkit.kinds.modelled import Field
from partnerkit.kinds.parts import Day, Part, PartT, Slug, Text, Where
from partnerkit.kinds.problems import did_you_mean, problems
from partnerkit.policies.policy import Policy
from partnerkit.rules.refused import Refused
from partnerkit.store.disk.given import given
from partnerkit.store.disk.sheets import Sheet
from partnerkit.store.yaml.reader import read

#: How days are written in the sheet. 03/04/2026 can be two days: it is asked, never guessed.
Dates = Literal["iso", "day-first", "month-first"]


class StageColumn(Part):
    """Where each row stands, from a column."""

    column: str = Field(description="The column that says where a row stands.")
    values: dict[str, Slug] = Field(default_factory=dict, description="What it says, and the stage that it means.")


class SheetMap(Part):
    """How a spreadsheet becomes records."""

    kind: Slug = Field(description="The kind of the records.")
    policy: str = Field(description="The policy under which they stand.")
    columns: dict[str, str | None] = Field(description="Column to what it fills; null leaves a column out.")
    values: dict[str, dict[str, str]] = Field(
        default_factory=dict, description="For a field: what the sheet says, and what the register calls it."
    )
    fixed: dict[str, str] = Field(
        default_factory=dict, description="Fields that are the same for every row; {field} stands for what a row says."
    )
    dates: Dates | None = Field(None, description="How days are written: iso, day-first or month-first.")
    encoding: str | None = Field(None, description="How the letters are stored, where that is not UTF-8.")
    kept: Where | None = Field(None, description="Where the sheet itself stays: what its cells tell is evidence there.")
    rows_are: list[Slug] = Field(default_factory=list, description="Requirements for which the row itself is evidence.")
    stage: Slug | StageColumn | None = Field(
        None, description="Where the records already stand; absent: they begin in the first stage, as new ones."
    )
    since: Day | str | None = Field(None, description="Since when they stand there: a day, or a column with one.")
    reason: Text | None = Field(None, description="Why they are taken in as they stand, without being judged.")


def from_file(name: str) -> SheetMap:
    """A map as it was written (`written_map`)."""
    return written_map(name, SheetMap)


def written_map(name: str, model: type[PartT]) -> PartT:
    """A map as it was written, of whatever sort.

    Raises:
        Refused: it is none; says where.
    """
    document, found = read(given(name), name)
    if document is None:
        raise Refused(f"{name} cannot be read; nothing changed", found)
    try:
        return model.model_validate(document.data)
    except modelled.ValidationError as error:
        said = []
        for one in problems(error, model):
            line, column = document.position(one.keys)
            said.append(Finding(one.code, one.message, "error", name, line, column))
        raise Refused(f"{name} is no map; nothing changed", said) from error


def fitted(found: SheetMap, sheet: Sheet, kind: str, policy: Policy) -> dict[str, Target]:
    """What each column of the map fills, where the map speaks of this sheet and this kind.

    Raises:
        WrongCallError: a column that the sheet lacks, or a field or requirement that the kind lacks.
    """
    named = [*found.columns, *([found.stage.column] if isinstance(found.stage, StageColumn) else [])]
    absent = [name for name in named if name not in sheet.columns]
    if absent:
        unnamed = [name for name in sheet.columns if name not in named]
        near = did_you_mean(absent[0], unnamed or sheet.columns)
        also = f", nor {', '.join(repr(name) for name in absent[1:])}" if absent[1:] else ""
        raise WrongCallError(f"the sheet has no column {absent[0]!r}{near}{also}", f"it has {', '.join(sheet.columns)}")
    known = targets(policy, kind)
    columns = {column: known.demand(path) for column, path in found.columns.items() if path is not None}
    for path in [*found.values, *found.fixed]:
        known.demand(path)
    for name in found.rows_are:
        known.demand_evidence(name)
    if found.rows_are and found.kept is None:
        message = (
            f"a row is evidence for {', '.join(found.rows_are)} only where it stays, and the map does not say where"
        )
        raise WrongCallError(message, "kept: <a link to the sheet, or the name under which it is kept>")
    twice = [path for path in columns.values() if list(columns.values()).count(path) > 1]
    if twice:
        both = ", ".join(column for column, one in columns.items() if one == twice[0])
        raise WrongCallError(f"several columns fill {twice[0].path}: {both}", "leave all but one of them out: null")
    return columns


def unmentioned(found: SheetMap, sheet: Sheet) -> list[str]:
    """Columns of the sheet of which the map says nothing."""
    staged = {found.stage.column} if isinstance(found.stage, StageColumn) else set()
    since = {found.since} if isinstance(found.since, str) else set()
    return [name for name in sheet.columns if name not in {*found.columns, *staged, *since}]


def dumped(found: SheetMap) -> dict[str, Any]:
    """A map as a YAML file holds it, without what it leaves open but for what is often filled in."""
    data: dict[str, Any] = found.model_dump(mode="json", by_alias=True, exclude_none=False)
    always = {"dates", "stage", *(["kept"] if found.rows_are else [])}
    return {key: value for key, value in data.items() if value not in ({}, [], None) or key in always}
