"""KINDS: the one table from the name of a kind to its model."""

from __future__ import annotations

from partnerkit.kinds.agreement import Agreement
from partnerkit.kinds.application import Application
from partnerkit.kinds.case import Case
from partnerkit.kinds.pairing import Pairing
from partnerkit.kinds.partnership import Partnership
from partnerkit.kinds.record import Record
from partnerkit.kinds.review import Review
from partnerkit.kinds.risk import Risk

KINDS: dict[str, type[Record]] = {
    "partnership": Partnership,
    "agreement": Agreement,
    "application": Application,
    "pairing": Pairing,
    "review": Review,
    "risk": Risk,
    "case": Case,
}

FOLDERS: dict[str, str] = {model.folder: kind for kind, model in KINDS.items()}
