"""The pages of a site as files, read without a browser."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path


def pages(site: Path) -> list[str]:
    """The names of all pages."""
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))


def kinds_of_pages(site: Path) -> list[str]:
    """One page of every sort there is: every policy, and of each kind of record a list and the one that says most."""
    policies = sorted(path.relative_to(site).as_posix() for path in (site / "policies").glob("*.html"))
    most: dict[str, str] = {}
    for one in sorted(searched(site), key=lambda one: (site / f"records/{one['id']}.html").stat().st_size):
        most[one["kind"]] = f"records/{one['id']}.html"
    lists = sorted(path.name for path in site.glob("*.html") if path.name not in _ONCE and "-" not in path.name)
    return [*_ONCE, *lists, *policies, *(most[kind] for kind in sorted(most))]


_ONCE = ("index.html", "due.html", "figures.html", "search.html")


def searched(site: Path) -> list[dict[str, str]]:
    """What the search knows of each record."""
    lines = (site / "search-data.js").read_text(encoding="ascii").splitlines()[1:-1]
    return [json.loads(line.rstrip(",")) for line in lines if line]


@dataclass
class Read(HTMLParser):
    """What a page leads to and what can be led to in it, and what no page may hold.

    Attributes:
        hrefs: all that it leads to or loads.
        ids: the ids in it, each as often as it is there.
        active: what would run or look otherwise than the style sheet says, were it obeyed.
    """

    hrefs: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    active: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        self.hrefs += [said[name] for name in ("href", "src", "xlink:href", "action", "data") if name in said]
        self.ids += [said["id"]] if "id" in said else []
        self.active += [name for name in said if name.startswith("on") or name in {"style", "srcdoc", "ping"}]
        scripts = tag == "script" and said.get("src") not in {"site.js", "search-data.js"}
        self.active += [tag] if scripts or tag in _NEVER else []


_NEVER = frozenset({"img", "iframe", "object", "embed", "style", "base", "b", "foreignobject", "image", "use"})


def read(path: Path) -> Read:
    """What a page holds."""
    found = Read()
    found.feed(path.read_text(encoding="utf-8"))
    found.close()
    return found
