"""The format of a file: one of a newer tool would be misread."""

from __future__ import annotations

from partnerkit.errors import CannotWorkError
from partnerkit.kinds.record import FORMAT
from partnerkit.store.yaml.nodes import Document


def demand_format(document: Document) -> None:
    """Stop at a file of a newer format: it would be misread.

    Raises:
        CannotWorkError: the file's format is newer than this tool knows.
    """
    found = document.data.get("format")
    if isinstance(found, int) and found is not True and found > FORMAT:
        message = f"{document.file} has format {found}, and this partnerkit knows formats up to {FORMAT}"
        raise CannotWorkError(message, "install a newer partnerkit")
