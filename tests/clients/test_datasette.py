"""Datasette opens the exported database as it is: tables, rows, keys that lead somewhere, and a search."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from partnerkit.jobs.database_tables import TABLES
from partnerkit.jobs.database_views import VIEWS
from tests.clients.conftest import program
from tests.conftest import At
from tests.story import ACME, DEAL


@pytest.fixture
def file(at: At) -> Path:
    place = at("active", "2026-05-04")
    out = place.root.parent / "register.db"
    place.do("export", "sqlite", "--out", str(out))
    return out


def get(file: Path, path: str) -> str:
    """What it answers to a browser."""
    before = file.read_bytes()
    ended = subprocess.run(
        [program("datasette"), "--get", path, str(file)], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert file.read_bytes() == before
    assert [path.name for path in file.parent.glob("register.db*")] == ["register.db"]
    return ended.stdout


def rows(file: Path, path: str) -> Any:
    return json.loads(get(file, path))


def test_every_table_and_view_is_there(file: Path) -> None:
    told = rows(file, "/register.json")
    assert {table.name for table in TABLES} <= {one["name"] for one in told["tables"] if not one["hidden"]}
    assert {view.name for view in VIEWS} == {one["name"] for one in told["views"]}


def test_keys_lead_to_their_records(file: Path) -> None:
    [deal] = rows(file, f"/register/agreements.json?_shape=array&id={DEAL}&_labels=on")
    assert deal["partnership"] == {"value": ACME, "label": "Acme"}
    page = get(file, f"/register/statements?record={DEAL}")
    assert f'href="/register/records/{DEAL}"' in page
    assert "no such" not in page


def test_words_are_searched(file: Path) -> None:
    found = rows(file, "/register/texts.json?_shape=array&_search=builds")
    assert {one["record"] for one in found} >= {DEAL}
    assert [one["id"] for one in rows(file, "/register/records.json?_shape=array&_search=acme")] != []
    assert 'type="search"' in get(file, "/register/texts")


def test_views_answer(file: Path) -> None:
    assert rows(file, "/register/pipeline.json?_shape=array")
    assert [one["record"] for one in rows(file, "/register/expiring.json?_shape=array")] != []
