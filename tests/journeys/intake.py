"""Answers of a form on their way in: what the tests about them share."""

from __future__ import annotations

import csv
import io
from typing import Any

from ruamel.yaml import YAML

from tests.journeys import cohort
from tests.place import Place


def guessed(place: Place, sheet: str, *words: str) -> dict[str, Any]:
    """The first map of a sheet, as data."""
    said = place.do("import", sheet, "--kind", "application", *words)
    found: dict[str, Any] = YAML(typ="safe").load(said.out)
    return found


def mapped(place: Place, sheet: str, *words: str, **changes: Any) -> str:
    """The first map of a sheet, edited: where the sheet is kept, and whatever else."""
    out = io.StringIO()
    YAML().dump({**guessed(place, sheet, *words), "kept": "vault/spring-2026.csv", **changes}, out)
    return place.write("map.yaml", out.getvalue())


def commits(place: Place) -> int:
    return int(place.git("rev-list", "--count", "HEAD"))


def written(place: Place, answers: list[dict[str, str]], name: str = "form.csv") -> str:
    return place.write(name, cohort.as_sheet(answers))


def record(place: Place, name: str) -> dict[str, Any]:
    found: dict[str, Any] = place.json("show", name)["record"]
    return found


def as_csv(answers: list[dict[str, str]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(answers[0]))
    writer.writeheader()
    writer.writerows(answers)
    return out.getvalue()
