"""Ways in which the same change lands on the main branch, and what `audit` then finds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.place import Place

Change = Callable[[Place], object]


def _branch(place: Place, change: Change) -> None:
    place.git("switch", "-q", "-c", "change")
    change(place)
    if place.git("status", "--porcelain"):
        place.git("add", "--all")
        place.git("commit", "-qm", "nothing to see here", "--no-verify")


def _meanwhile(place: Place) -> None:
    """Something else lands on the main branch, so that nothing can be fast-forwarded."""
    place.git("switch", "-q", "main")
    (place.root / "NOTES.md").write_text("Something else landed.\n", encoding="utf-8")
    place.git("add", "NOTES.md")
    place.git("commit", "-qm", "something else", "--no-verify")


def fast_forward(place: Place, change: Change) -> None:
    _branch(place, change)
    place.git("switch", "-q", "main")
    place.git("merge", "-q", "--ff-only", "change")


def merge_commit(place: Place, change: Change) -> None:
    _branch(place, change)
    _meanwhile(place)
    place.git("merge", "-q", "--no-ff", "--no-verify", "-m", "Merge branch 'change'", "change")


def squash(place: Place, change: Change) -> None:
    _branch(place, change)
    _meanwhile(place)
    place.git("merge", "-q", "--squash", "change")
    place.git("commit", "-qm", "squashed (#1)", "--no-verify")


def rebase(place: Place, change: Change) -> None:
    _branch(place, change)
    _meanwhile(place)
    place.git("switch", "-q", "change")
    place.git("rebase", "-q", "main")
    place.git("switch", "-q", "main")
    place.git("merge", "-q", "--ff-only", "change")


METHODS: dict[str, Callable[[Place, Change], None]] = {
    "fast-forward": fast_forward,
    "merge": merge_commit,
    "squash": squash,
    "rebase": rebase,
}


def landed(place: Place, method: str, change: Change) -> str:
    """A change lands on the main branch; the commit before it."""
    base = place.git("rev-parse", "HEAD").strip()
    METHODS[method](place, change)
    return base


def audited(place: Place, *words: str) -> dict[str, Any]:
    """What `audit` says, on no day set by hand: it looks at what landed."""
    place.day = None
    said = place.run("audit", "--json", *words)
    found: dict[str, Any] = said.json
    assert said.code == (0 if found.get("proven") else 1), said.all
    return found
