"""Every page of a site opens, from files and from a server, and leads to nothing that is not there."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest

from tests.clients.site.conftest import Opened
from tests.clients.site.read import Read, kinds_of_pages, pages, read
from tests.clients.site.registers import NAME, PARTNER

#: Every sort of site that there is.
SITES = ("shown", "public", "empty", "threatened", "many")


def test_every_page_opens_from_files_and_says_and_asks_nothing(shown: Path, opened: Opened) -> None:
    one = opened(shown)
    for name in pages(shown):
        assert one.open(name).locator("h1").count() == 1, name
    assert one.asked >= 2 * len(pages(shown))


def test_every_page_opens_from_a_server_and_asks_nobody_else(
    shown: Path, opened: Opened, served: tuple[str, list[str]]
) -> None:
    root, refused = served
    one = opened(shown, at=root)
    for name in pages(shown):
        assert one.open(name).locator("h1").count() == 1, name
    assert [said for said in refused if not said.endswith("/favicon.ico")] == []


@pytest.mark.parametrize("which", [name for name in SITES if name != "shown"])
def test_every_sort_of_site_opens(which: str, opened: Opened, request: pytest.FixtureRequest) -> None:
    site: Path = request.getfixturevalue(which)
    one = opened(site)
    for name in kinds_of_pages(site):
        assert one.open(name).locator("h1").count() == 1, name


@pytest.mark.parametrize("which", SITES)
def test_every_link_and_anchor_leads_to_what_is_there(which: str, request: pytest.FixtureRequest) -> None:
    site: Path = request.getfixturevalue(which)
    found = {name: read(site / name) for name in pages(site)}
    assert [f"{name}: {one.active}" for name, one in found.items() if one.active] == []
    twice = {name: [key for key, times in Counter(one.ids).items() if times > 1] for name, one in found.items()}
    assert {name: keys for name, keys in twice.items() if keys} == {}
    asked = _fields(site / "search.html")
    lost = [
        f"{name}: {href}"
        for name, one in found.items()
        for href in one.hrefs
        if not _leads(site, found, name, href, asked)
    ]
    assert lost == []


def _fields(page: Path) -> dict[str, set[str]]:
    """What each filter of the search can be set to."""
    text = page.read_text(encoding="utf-8")
    fields: dict[str, set[str]] = {}
    for part in text.split("<select ")[1:]:
        name = part.split('name="')[1].split('"')[0]
        fields[name] = {option.split('"')[0] for option in part.split("</select>")[0].split('value="')[1:]}
    return fields


def _leads(site: Path, found: dict[str, Read], name: str, href: str, asked: dict[str, set[str]]) -> bool:
    parts = urlsplit(href)
    if parts.scheme:
        return parts.scheme in {"http", "https"}
    target = ((site / name).parent / unquote(parts.path)).resolve() if parts.path else site / name
    if not target.is_file() or site.resolve() not in target.resolve().parents:
        return False
    if target.name == "search.html" and "=" in parts.fragment:
        return all(value in asked.get(key, ()) for key, value in parse_qsl(parts.fragment))
    key = target.resolve().relative_to(site.resolve()).as_posix()
    return not parts.fragment or unquote(parts.fragment) in found[key].ids


def test_hostile_text_is_shown_and_does_nothing(threatened: Path, opened: Opened) -> None:
    one = opened(threatened)
    for name in pages(threatened):
        page = one.open(name)
        assert "Lighthouse <img src=x onerror=hit()></script>" in page.title()
        for summary in page.locator("summary").all():
            summary.click()
        assert one.ask("window.hit") is None
        assert one.ask("[...document.links].filter(a => !/^(https?|file):/.test(a.protocol)).length") == 0
    page = one.open(f"records/{PARTNER}.html")
    assert page.locator("h1").inner_text().replace("\\u200d", "\u200d") == NAME
    assert page.get_by_text("javascript:hit()", exact=True).count() == 1
    page = one.open("search.html#words=window.hit")
    assert page.locator("#results tbody a").first.inner_text().replace("\\u200d", "\u200d") == NAME


def test_without_scripts_every_page_reads(shown: Path, opened: Opened) -> None:
    one = opened(shown, java_script_enabled=False)
    for name in kinds_of_pages(shown):
        page = one.open(name)
        assert page.locator("h1").is_visible(), name
        for summary in page.locator("summary").all()[:3]:
            summary.click()
            assert page.locator("details[open]").count() >= 1
    page = one.open("search.html")
    assert "Searching needs scripts" in page.locator("noscript .note").inner_text()
    assert not page.locator("form").is_visible()
    page.get_by_role("link", name="Agreements").last.click()
    assert page.locator("table tbody tr").count() == 3
