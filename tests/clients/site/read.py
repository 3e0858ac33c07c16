"""The pages of a site as files, read without a browser."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path


def pages(site: Path) -> list[str]:
    """The names of all pages."""
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))


def kinds_of_pages(site: Path) -> list[str]:
    """One page of every sort there is: of records and policies, the one that says most."""
    folders = [sorted((site / name).glob("*.html"), key=lambda path: path.stat().st_size) for name in _FOLDERS]
    most = [found[-1].relative_to(site).as_posix() for found in folders if found]
    lists = [name for name in ("applications.html", "partnerships.html") if (site / name).exists()][:1]
    return ["index.html", "due.html", "figures.html", "search.html", *lists, *most]


_FOLDERS = ("policies", "records")


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
