"""KINDS: the one table from the name of a kind to its model; a model is made when somebody asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

from partnerkit.kinds.late import Late
from partnerkit.kinds.record import Record

#: The folder of each kind: who only walks through folders needs no model. A kind's module and class are called by it.
_FOLDERS = {
    "partnership": "partnerships",
    "agreement": "agreements",
    "application": "applications",
    "pairing": "pairings",
    "review": "reviews",
    "risk": "risks",
    "case": "cases",
}

#: The kinds whose records belong to others, each with the kinds of those; and the kinds whose records name others
#: besides. The models say the same (a test holds it): whoever only walks from one record to the next needs none.
BELONGING: Mapping[str, tuple[str, ...]] = {
    "agreement": ("partnership",),
    "review": ("partnership", "agreement", "application", "pairing", "policy"),
    "risk": ("partnership", "agreement", "application", "pairing"),
    "case": ("partnership", "agreement", "application", "pairing", "policy"),
}
REFERRING = ("agreement", "pairing")


def _model(kind: str) -> type[Record]:
    found: type[Record] = getattr(import_module(f"partnerkit.kinds.{kind}"), kind.title())
    return found


KINDS: Mapping[str, type[Record]] = Late(_FOLDERS, _model)

FOLDERS: Mapping[str, str] = {folder: kind for kind, folder in _FOLDERS.items()}
