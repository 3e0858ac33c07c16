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

#: The folders of the kinds whose records belong to others: of no other kind has a model a subject (a test holds it).
BELONGING = ("agreements", "reviews", "risks", "cases")


def _model(kind: str) -> type[Record]:
    found: type[Record] = getattr(import_module(f"partnerkit.kinds.{kind}"), kind.title())
    return found


KINDS: Mapping[str, type[Record]] = Late(_FOLDERS, _model)

FOLDERS: Mapping[str, str] = {folder: kind for kind, folder in _FOLDERS.items()}
