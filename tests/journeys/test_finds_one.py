"""Commands on one record look at its file: the names of those beside it are not read, however many they are."""

from __future__ import annotations

import os
from typing import Any

import pytest

from tests.place import Place

RECORD = "tidewater-rowing-club"


@pytest.fixture
def listed(own_example: Place, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The folders below records/ of which the names are read; the file system counts the folders in each."""
    folder = own_example.root / "records"
    inside = sum(one.is_dir() for one in folder.iterdir())
    if folder.stat().st_nlink != 2 + inside:
        pytest.skip("this file system does not count the folders in a folder")
    found, really = set[str](), os.scandir

    def noted(path: Any) -> Any:
        found.add(str(path).removeprefix(f"{folder}/").rstrip("/"))
        return really(path)

    monkeypatch.setattr("os.scandir", noted)
    return found


@pytest.mark.parametrize("command", ["gates", "log"])
def test_no_names_are_read_for_one_record(command: str, own_example: Place, listed: set[str]) -> None:
    own_example.do(command, RECORD)
    assert "policies" in listed
    assert "partnerships" not in listed
    own_example.wrong(command, "nobody")
