"""Documents of every kind, as a browser shows them: whoever reads with help reads them, and they ask for nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.clients.site.conftest import Opened
from tests.clients.site.test_access import DESKTOP, PHONE, violations
from tests.made import Made
from tests.place import Place

#: One of every kind, and one that is a draft.
DOCUMENTS = {
    "agreement": "northwind-cloud-cooperative-2026",
    "mentorship-agreement": "rust-together",
    "decision": "mentor-quill",
    "termination": "brightwater-labs",
    "announcement": "harbour-robotics",
    "thanks": "northwind-cloud-cooperative",
    "certificate": "formal-2026-spring-mentee-p-0013",
}


@pytest.fixture(scope="session")
def documents(made: Made, example: Path) -> Path:
    """The documents of the example register as pages."""
    folder = made.home / "documents"
    with made.alone("documents"):
        folder.mkdir(exist_ok=True)
        place = Place(example, day="2026-11-20")
        for what, record in DOCUMENTS.items():
            place.do("doc", what, record, "--out", str(folder / f"{what}.html"))
    return folder


@pytest.mark.parametrize("look", [("light", PHONE), ("dark", DESKTOP)], ids=["light phone", "dark desktop"])
def test_axe_finds_nothing_in_documents(
    documents: Path, opened: Opened, axe: str, look: tuple[Any, dict[str, int]]
) -> None:
    colours, screen = look
    one = opened(documents, bypass_csp=True, color_scheme=colours, viewport=screen)
    names = [f"{what}.html" for what in DOCUMENTS]
    assert {name: found for name in names if (found := violations(one, name, axe, []))} == {}
    assert one.asked == len(names)
