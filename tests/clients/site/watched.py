"""A page of a browser, and whatever it says or asks that a site must not."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page


@dataclass
class Watched:
    """A page that reads a site.

    Attributes:
        page: the page, as Playwright gives it.
        root: where the site is: an address that ends with a slash.
        said: every message, error, violation, missing file and request to elsewhere.
        asked: how many requests there were.
    """

    page: Page
    root: str
    said: list[str] = field(default_factory=list)
    asked: int = 0

    def __post_init__(self) -> None:
        self.page.on("console", lambda one: self._say(f"console {one.type}: {one.text}"))
        self.page.on("pageerror", lambda one: self._say(f"error: {one}"))
        self.page.on("request", self._request)
        self.page.on("requestfailed", lambda one: self._say(f"failed: {one.url}"))
        self.page.on("response", lambda one: self._say(f"{one.status}: {one.url}") if one.status >= 400 else None)

    def open(self, name: str) -> Page:
        """Open a page of the site, anew even where only its hash is another."""
        if "#" in name:
            self.page.goto("about:blank")
        self.page.goto(self.root + name)
        return self.page

    def ask(self, script: str, argument: Any = None) -> Any:
        """What a script finds in the page. It comes from the test, and no policy of the page holds it back."""
        return self.page.evaluate(script, argument)

    def until(self, script: str, argument: Any = None) -> None:
        """Wait until a script finds that something holds; Playwright's own way evaluates text, which pages forbid."""
        for _each in range(200):
            if self.ask(script, argument):
                return
            self.page.wait_for_timeout(25)
        raise AssertionError(f"it never held: {script} {argument or ''}")

    def _say(self, what: str) -> None:
        self.said.append(f"{self.page.url}: {what}")

    def _request(self, one: Any) -> None:
        self.asked += 1
        if not one.url.startswith((self.root, "about:blank")):
            self._say(f"asks {one.url}")
