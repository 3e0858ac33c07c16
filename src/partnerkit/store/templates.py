"""The files that are shipped to be written into registers: one folder for each forge, and what they share."""

from __future__ import annotations

from importlib import resources


def template(name: str) -> str:
    """The text of one template that belongs to no forge."""
    return (resources.files("partnerkit.jobs") / "templates" / name).read_text(encoding="utf-8")


def templates(folder: str) -> dict[str, str]:
    """The texts in a folder of templates, by their names."""
    found = resources.files("partnerkit.jobs") / "templates" / folder
    return {one.name: one.read_text(encoding="utf-8") for one in sorted(found.iterdir(), key=lambda one: one.name)}
