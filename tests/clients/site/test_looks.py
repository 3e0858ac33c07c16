"""How a site looks on every screen and on paper; and pictures of it, for people to look at."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.clients.pdf import pdf_text
from tests.clients.site.conftest import Opened
from tests.clients.site.read import kinds_of_pages

#: Widths of screens, in pixels: of the smallest phone, a phone, a tablet, a desk.
WIDTHS = (320, 390, 768, 1280)
SITES = ("shown", "public", "empty", "threatened", "many")

#: What reaches beyond the right edge of the page, but for what scrolls in a region of its own.
_BEYOND = """() => document.scrollingElement.scrollWidth <= innerWidth ? [] :
  [...document.querySelectorAll("body *")].filter(one => one.getBoundingClientRect().right > innerWidth + 1 && !one.parentElement.closest(".wide,.chart-tables"))
  .map(one => one.outerHTML.slice(0, 100)).slice(0, 3).concat(["something"])"""


#: Narrower than this, a row of a table is a card, and nothing of it lies to the side.
_TABLES = 640
_SIDEWAYS = """() => [...document.querySelectorAll(".wide")].filter(one => one.scrollWidth > one.clientWidth + 1)
  .map(one => "scrolls: " + one.outerHTML.slice(0, 100)).slice(0, 3)"""


@pytest.mark.parametrize("which", SITES)
def test_no_page_scrolls_sideways(which: str, opened: Opened, request: pytest.FixtureRequest) -> None:
    site: Path = request.getfixturevalue(which)
    one = opened(site)
    wrong: dict[tuple[str, Any], Any] = {}
    for name in kinds_of_pages(site):
        page = one.open(name)
        one.ask("for (const one of document.querySelectorAll('details')) one.open = true")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            wrong[name, width] = one.ask(_BEYOND) + (one.ask(_SIDEWAYS) if width < _TABLES else [])
        one.ask("document.documentElement.style.fontSize = '200%'")
        wrong[name, "letters of twice the size"] = one.ask(_BEYOND)
        assert one.ask("parseFloat(getComputedStyle(document.querySelector('p')).fontSize)") >= 28
    assert {where: what for where, what in wrong.items() if what} == {}


#: Inside the margins, A4 is so many pixels of CSS wide.
_PAPER = 658

#: What is cut on paper, where nothing scrolls.
_CUT = """() => [...document.querySelectorAll("body *")].filter(one => one.checkVisibility() &&
  (one.getBoundingClientRect().right > innerWidth + 1 ||
   (one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX !== "visible" && !one.closest(".chart-hidden"))))
  .map(one => one.outerHTML.slice(0, 100)).slice(0, 3)"""


@pytest.mark.parametrize("which", ["shown", "threatened"])
def test_on_paper_nothing_is_cut(which: str, opened: Opened, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    site: Path = request.getfixturevalue(which)
    one = opened(site, viewport={"width": _PAPER, "height": 900})
    names = [name for name in kinds_of_pages(site) if "/" in name or name in {"index.html", "due.html"}]
    cut = {}
    for name in names:
        page = one.open(name)
        page.emulate_media(media="print")
        cut[name] = one.ask(_CUT)
        page.pdf(path=tmp_path / "page.pdf", format="A4", prefer_css_page_size=True)
        for number, text in enumerate(_sheets(tmp_path / "page.pdf")[:-1], 1):
            assert len(text.split("\n")) > 3, f"{name}, sheet {number}: {text}"
    assert {name: what for name, what in cut.items() if what} == {}


def test_on_paper_the_tables_behind_charts_can_be_read(shown: Path, opened: Opened, tmp_path: Path) -> None:
    """Closed as they are, with scripts off: every row of every table, and no word of how it would be opened."""
    one = opened(shown, java_script_enabled=False)
    page = one.open("index.html")
    page.emulate_media(media="print")
    heads = page.locator(".chart-tables tbody tr > :first-child").all_text_contents()
    captions = page.locator(".chart-tables caption").all_text_contents()
    page.pdf(path=tmp_path / "page.pdf", format="A4", prefer_css_page_size=True)
    said = "".join(pdf_text(tmp_path / "page.pdf").split())
    titles = page.locator(".chart-title").all_text_contents()
    assert len(heads) > 10
    assert len(set(titles)) == len(titles)
    assert [text for text in (*heads, *captions) if said.count("".join(text.split())) == 0] == []
    assert "Tableof" not in said


def _sheets(path: Path) -> list[str]:
    """The text of every sheet; none where nothing on this machine reads a PDF."""
    tool = shutil.which("pdftotext")
    if tool is None:
        return []
    said = subprocess.run([tool, "-layout", str(path), "-"], capture_output=True, text=True, check=True).stdout
    return ["\n".join(filter(str.strip, sheet.split("\n"))) for sheet in said.removesuffix("\f").split("\f")]


#: Of a longer page, so many pixels are enough to see how it looks.
_PICTURED = 5000

#: Whether every page is pictured, which `make pictures` asks for; else the first of each site, to see that it can be.
_EVERY = "PARTNERKIT_PICTURES" in os.environ


@pytest.mark.parametrize("which", SITES)
def test_pictures_are_there_to_be_looked_at(which: str, opened: Opened, request: pytest.FixtureRequest) -> None:
    site: Path = request.getfixturevalue(which)
    folder = Path(os.environ["PARTNERKIT_CLIENTS"]) / "screenshots" / which
    shutil.rmtree(folder, ignore_errors=True)
    one = opened(site)
    names = kinds_of_pages(site)[: None if _EVERY else 1]
    for name in names:
        page = one.open(name)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            for screen, width in (("phone", 390), ("desktop", 1280)):
                page.set_viewport_size({"width": width, "height": 900})
                kept = folder / f"{name.removesuffix('.html').replace('/', '-')[:60]}-{screen}-{scheme}.png"
                high = min(one.ask("document.documentElement.scrollHeight"), _PICTURED)
                page.screenshot(path=kept, full_page=True, clip={"x": 0, "y": 0, "width": width, "height": high})
    assert len(list(folder.glob("*.png"))) == 4 * len(names)
