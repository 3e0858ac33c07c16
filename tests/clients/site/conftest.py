"""A browser of this machine, and sites that the real command made: built once, read from files and from a server."""

from __future__ import annotations

import os
import shutil
import sys
import sysconfig
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from tests.clients.site.registers import hostile, long
from tests.clients.site.watched import Watched
from tests.made import Made
from tests.place import Place, new_register

if TYPE_CHECKING:
    from playwright.sync_api import Browser

#: What browsers that Playwright can drive are called by those who package them.
_NAMES = ("chromium", "chromium-browser", "google-chrome")


class Opened(Protocol):
    """Gives a page of a browser that reads a site; `how` says what its reader has (screen, colours, scripts)."""

    def __call__(self, site: Path, *, at: str | None = None, **how: Any) -> Watched: ...


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium of this machine, driven by Playwright; none is fetched."""
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    if found is None:
        pytest.skip(f"none of {', '.join(_NAMES)} is on this machine")
    env = str(Path(os.environ["PARTNERKIT_CLIENTS"]) / "env")
    sys.path.append(sysconfig.get_path("purelib", vars={"base": env, "platbase": env}))
    with import_module("playwright.sync_api").sync_playwright() as driven:
        started = driven.chromium.launch(executable_path=found)
        yield started
        started.close()


@pytest.fixture
def opened(browser: Browser) -> Iterator[Opened]:
    """Opens sites; whatever a page says, misses or asks of elsewhere fails the test when it ends."""
    watched: list[Watched] = []

    def open_(site: Path, *, at: str | None = None, **how: Any) -> Watched:
        context = browser.new_context(**how)
        context.set_default_timeout(5000)
        watched.append(Watched(context.new_page(), at or f"{site.as_uri()}/"))
        return watched[-1]

    yield open_
    for one in watched:
        one.page.context.close()
    assert [said for one in watched for said in one.said] == []


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core."""
    found = Path(os.environ["PARTNERKIT_CLIENTS"]) / "node_modules" / "axe-core" / "axe.min.js"
    if not found.exists():
        pytest.skip("axe-core could not be installed")
    return found.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def shown(made: Made, example: Path) -> Path:
    """The site of the example register."""
    return _site(made, "example", example)


@pytest.fixture(scope="session")
def public(made: Made, example: Path) -> Path:
    """The same for everybody: nothing of it is classified so, and its site shows no record."""
    return _site(made, "public", example, "--classification", "public")


@pytest.fixture(scope="session")
def empty(made: Made) -> Path:
    """The site of a register that has just begun."""
    return _site(made, "empty", made("site-begun", new_register), day="2026-03-02")


@pytest.fixture(scope="session")
def threatened(made: Made) -> Path:
    """The site of a register in which every text tries to be more than text."""
    return _site(made, "hostile", made("site-hostile-register", hostile), day="2026-05-04")


@pytest.fixture(scope="session")
def many(made: Made) -> Path:
    """The site of 130 partnerships, each of which owes something."""
    return _site(made, "many", made("site-many-register", long))


@pytest.fixture
def served(shown: Path) -> Iterator[tuple[str, list[str]]]:
    """Where a server of this machine answers with the site of the example, and what it had to refuse."""
    refused: list[str] = []

    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, *_said: Any) -> None:
            pass

        def send_error(self, code: int, *said: Any) -> None:
            refused.append(f"{code} {self.path}")
            super().send_error(code, *said)

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(shown)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/", refused
    server.shutdown()
    server.server_close()


def _site(made: Made, name: str, register: Path, *words: str, day: str = "2026-11-20") -> Path:
    """The site of a register, built by the command beside what tests make, once for all workers."""
    folder, done = made.home / f"site-{name}", made.home / f"site-{name}.done"
    with made.alone(f"site-{name}"):
        if not done.exists():
            Place(register).do("export", "site", "--out", str(folder), *words, day=day)
            done.touch()
    return folder
