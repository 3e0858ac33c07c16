"""The map of a spreadsheet: which column becomes which field, what its words and dates mean. Guessed, then edited."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Literal

from pydantic import Field, ValidationError

from partnerkit.errors import WrongCallError
from partnerkit.findings import Finding
from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.parts import Day, Part, PartT, Slug, Text, kebab
from partnerkit.kinds.problems import an, problems
from partnerkit.kinds.record import FIXED
from partnerkit.policies.policy import Policy
from partnerkit.rules.refused import Refused
from partnerkit.store.disk.given import given
from partnerkit.store.disk.sheets import Sheet
from partnerkit.store.yaml.editor import render
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
    columns: dict[str, str | None] = Field(description="Column to field; null leaves a column out.")
    values: dict[str, dict[str, str]] = Field(
        default_factory=dict, description="For a field: what the sheet says, and what the register calls it."
    )
    fixed: dict[str, str] = Field(default_factory=dict, description="Fields that are the same for every row.")
    dates: Dates | None = Field(None, description="How days are written: iso, day-first or month-first.")
    stage: Slug | StageColumn | None = Field(
        None, description="Where the records already stand; absent: they begin in the first stage, as new ones."
    )
    since: Day | str | None = Field(None, description="Since when they stand there: a day, or a column with one.")
    reason: Text | None = Field(None, description="Why they are taken in as they stand, without being judged.")


#: Words that sheets use for fields, by field.
_SYNONYMS = {
    "name": ["organisation", "organization", "partner", "partner name", "company", "title", "organisation name"],
    "title": ["name", "subject"],
    "website": ["url", "homepage", "web", "site", "link", "web site"],
    "type": ["category", "sector", "partner type"],
    "starts": ["start", "start date", "from", "begin", "beginning", "since", "partner since"],
    "ends": ["end", "end date", "until", "expiry", "expires", "valid until", "to"],
    "partner": ["legal form", "kind of partner"],
}

_STAGE = ["stage", "status", "state"]

#: Columns that are about people: they stay outside the register.
_PERSONAL = re.compile(r"mail|phone|tel|mobile|contact|address|person|birth|signal|telegram|linkedin", re.IGNORECASE)


def guess(sheet: Sheet, kind: str, policy: Policy) -> SheetMap:
    """A first map of a sheet, to be edited: columns by their names, left out where they are about people."""
    fields = _fields(kind, policy)
    columns: dict[str, str | None] = {}
    stage: StageColumn | None = None
    for name in sheet.columns:
        word = _plain(name)
        if word in _STAGE and stage is None:
            words = dict.fromkeys(cells[name] for _line, cells in sheet.rows if name in cells)
            known = policy.lifecycles[kind].stages
            stage = StageColumn(column=name, values={one: _near(one, known) for one in words})
            continue
        found = None if _PERSONAL.search(name) else _field(word, fields)
        columns[name] = found if found not in columns.values() else None
    return SheetMap(
        kind=kind,
        policy=policy.policy,
        columns=columns,
        stage=stage,
        dates=None,
        since=next((name for name, field in columns.items() if field == "starts"), None),
        reason="taken in from the spreadsheet kept until now",
    )


def _fields(kind: str, policy: Policy) -> list[str]:
    own = [kebab(name) for name in KINDS[kind].model_fields]
    return [key for key in [*own, *policy.fields.get(kind, {})] if key not in FIXED]


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", name.casefold()).strip()


def _field(word: str, fields: Iterable[str]) -> str | None:
    for field in fields:
        if word in {field.replace("-", " "), *_SYNONYMS.get(field, [])}:
            return field
    return None


def _near(word: str, stages: Iterable[str]) -> str:
    """The stage of that name, or else the word as it is: a question to be answered in the map."""
    plain = _plain(word).replace(" ", "-")
    return plain if plain in set(stages) else (plain or "unknown")


def as_text(found: SheetMap) -> str:
    """A map as a YAML file to be edited."""
    data: dict[str, Any] = found.model_dump(mode="json", by_alias=True, exclude_none=False)
    data = {key: value for key, value in data.items() if value not in ({}, None) or key in {"dates", "stage"}}
    head = (
        "# How the sheet becomes records. null leaves a column out; people's names and contacts stay outside.\n"
        "# dates: iso (2026-03-31), day-first (31.03.2026) or month-first (03/31/2026): say which.\n"
        "# stage: where the rows stand already; without it they begin in the first stage.\n"
    )
    return head + render(data)


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
    except ValidationError as error:
        said = []
        for one in problems(error, model):
            line, column = document.position(one.keys)
            said.append(Finding(one.code, one.message, "error", name, line, column))
        raise Refused(f"{name} is no map; nothing changed", said) from error


def demand_fitting(found: SheetMap, sheet: Sheet, kind: str, policy: Policy) -> None:
    """Whether the map speaks of this sheet and this kind.

    Raises:
        WrongCallError: a column that the sheet lacks, or a field that the kind lacks.
    """
    named = [*found.columns, *([found.stage.column] if isinstance(found.stage, StageColumn) else [])]
    absent = [name for name in named if name not in sheet.columns]
    if absent:
        raise WrongCallError(f"the sheet has no column {absent[0]!r}", f"it has {', '.join(sheet.columns)}")
    fields = _fields(kind, policy)
    for field in [*filter(None, found.columns.values()), *found.values, *found.fixed]:
        if field.split(".")[0] not in {one.split(".")[0] for one in fields}:
            raise WrongCallError(f"{an(kind)} has no field {field!r}", f"its fields: {', '.join(fields)}")
