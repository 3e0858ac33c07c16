"""Whoever uses a keyboard, a screen reader, or colours of their own, reaches and reads everything."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.clients.site.conftest import Opened
from tests.clients.site.read import kinds_of_pages
from tests.clients.site.watched import Watched

PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 900}

#: What a reader has, and which rules of axe can say something else then than in the ones before.
READERS: dict[str, tuple[dict[str, Any], list[str]]] = {
    "light phone": ({"viewport": PHONE, "color_scheme": "light"}, []),
    "dark desktop": ({"viewport": DESKTOP, "color_scheme": "dark"}, []),
    "dark phone": ({"viewport": PHONE, "color_scheme": "dark"}, ["color-contrast", "target-size"]),
    "light desktop": ({"viewport": DESKTOP, "color_scheme": "light"}, ["color-contrast", "target-size"]),
    "forced colours, no motion": (
        {"viewport": DESKTOP, "forced_colors": "active", "reduced_motion": "reduce"},
        ["color-contrast", "link-in-text-block"],
    ),
}


@pytest.mark.parametrize("reader", READERS)
def test_axe_finds_nothing(shown: Path, opened: Opened, axe: str, reader: str) -> None:
    """The policy of the pages lets no script in, so that of axe comes past it, in a browser for this alone."""
    how, rules = READERS[reader]
    one = opened(shown, bypass_csp=True, **how)
    assert {name: found for name in kinds_of_pages(shown) if (found := violations(one, name, axe, rules))} == {}


@pytest.mark.parametrize("which", ["empty", "threatened"])
def test_axe_finds_nothing_in_odd_sites(which: str, opened: Opened, axe: str, request: pytest.FixtureRequest) -> None:
    site: Path = request.getfixturevalue(which)
    one = opened(site, bypass_csp=True, viewport=PHONE)
    names = [name for name in kinds_of_pages(site) if not name.startswith("policies/")]
    assert {name: found for name in names if (found := violations(one, name, axe, []))} == {}


def violations(one: Watched, name: str, axe: str, rules: list[str]) -> list[str]:
    page = one.open(name)
    one.ask("for (const one of document.querySelectorAll('details')) one.open = true")
    page.add_script_tag(content=axe)
    only = {"runOnly": rules} if rules else {}
    found = one.ask("how => axe.run(document, how)", {"resultTypes": ["violations"], "preload": False, **only})
    return [f"{rule['id']} ({rule['impact']}): {rule['nodes'][0]['html'][:200]}" for rule in found["violations"]]


#: Everything that a keyboard is to reach, in the order of the page.
_REACHED = """() => [...document.querySelectorAll("a[href],summary,input,select,button,[tabindex='0']")]
  .filter(one => one.checkVisibility({visibilityProperty: true}) && one.tabIndex >= 0)"""

#: Keeps what comes into focus: its place among them, whether its outline is seen, and whether it lies in the window.
_KEEP = f"""() => {{
  const reached = ({_REACHED})();
  window.kept = [];
  document.addEventListener("focusin", event => {{
    const one = event.target, style = getComputedStyle(one), box = one.getBoundingClientRect();
    const seen = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    const inside = box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
    window.kept.push([reached.indexOf(one), seen && inside, one.outerHTML.slice(0, 120)]);
  }});
  return reached.length;
}}"""


@pytest.mark.parametrize("name", ["index.html", "search.html", "policies/OPS-05-03.html", "a record"])
@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_keyboard_reaches_everything_in_order(
    shown: Path, opened: Opened, name: str, screen: dict[str, int]
) -> None:
    one = opened(shown, viewport=screen)
    page = one.open(kinds_of_pages(shown)[-1] if name == "a record" else name)
    many = one.ask(_KEEP)
    assert many > 10
    for _each in range(many):
        page.keyboard.press("Tab")
    kept = one.ask("window.kept")
    assert [what for _place, seen, what in kept if not seen] == []
    assert [place for place, _seen, _what in kept] == list(range(many))
    for _each in range(many - 1):
        page.keyboard.press("Shift+Tab")
    assert one.ask("window.kept.at(-1)[0]") == 0


def test_whoever_skips_lands_in_the_content(shown: Path, opened: Opened) -> None:
    one = opened(shown)
    page = one.open("due.html")
    page.keyboard.press("Tab")
    assert page.get_by_role("link", name="Skip to the content").bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert one.ask("document.activeElement.closest('main') !== null")


def test_enter_opens_and_closes_what_is_folded(shown: Path, opened: Opened) -> None:
    one = opened(shown)
    page = one.open(kinds_of_pages(shown)[-1])
    summary = page.locator("summary").first
    summary.focus()
    page.keyboard.press("Enter")
    assert one.ask("document.activeElement.parentElement.open") is True
    page.keyboard.press("Enter")
    assert one.ask("document.activeElement.parentElement.open") is False


def test_the_search_is_done_by_keyboard_alone(shown: Path, opened: Opened) -> None:
    one = opened(shown)
    page = one.open("search.html")
    page.locator("#words").focus()
    page.keyboard.type("harbour robotics")
    one.until("document.querySelectorAll('#results tbody tr').length < 10")
    while not one.ask("document.activeElement.closest('tbody') !== null"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/records/*.html")
