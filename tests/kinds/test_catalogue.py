"""The table of kinds names every model, and the folder that the model itself names."""

from __future__ import annotations

from partnerkit.kinds.catalogue import FOLDERS, KINDS
from partnerkit.kinds.record import Record


def test_the_table_says_of_each_kind_what_its_model_says() -> None:
    assert {kind: model.folder for kind, model in KINDS.items()} == {kind: folder for folder, kind in FOLDERS.items()}
    assert {model.__name__.lower() for model in KINDS.values()} == set(KINDS)
    assert set(KINDS.values()) == set(Record.__subclasses__())
