"""The proof that a text means what it should, made before anything is written."""

from __future__ import annotations

from typing import Any

from partnerkit.errors import CannotWorkError
from partnerkit.store.yaml.nodes import Document
from partnerkit.store.yaml.opinion import second_reading
from partnerkit.store.yaml.reader import read


class EditError(CannotWorkError):
    """The data cannot be written so that every reader reads it back. Exit 3; nothing was written."""

    def __init__(self, file: str, flaw: str) -> None:
        mend = "nothing was written: change the value, or edit the file by hand and run `partnerkit check`"
        super().__init__(f"{file} cannot be written: {flaw}", mend)


def same(one: Any, other: Any) -> bool:
    """Whether two values mean the same: `True` is not 1, the order of keys does not count."""
    return one is other or (bool(one == other) and _as_truthful(one, other))


def _as_truthful(one: Any, other: Any) -> bool:
    """Whether of two equal values each part is `True` or `False` where that of the other is."""
    if isinstance(one, dict):  # most parts are the very same, or text
        for key, part in one.items():
            if part is not (mate := other[key]) and part.__class__ is not str and not _as_truthful(part, mate):
                return False
        return True
    if isinstance(one, list):
        for part, mate in zip(one, other, strict=True):
            if part is not mate and part.__class__ is not str and not _as_truthful(part, mate):
                return False
        return True
    return isinstance(one, bool) == isinstance(other, bool)


def prove(
    text: str, data: Any, file: str, *, second_opinion: bool = True, stood: Document | None = None
) -> tuple[Document | None, str]:
    """Reads a text back.

    Args:
        text: the text.
        data: what it should mean.
        file: where it is to stand.
        second_opinion: whether ruamel.yaml must agree too.
        stood: the text that was changed into it, if any: what stands there still, ruamel.yaml is not asked again.

    Returns:
        What was read, if it was; and what is wrong, or "" where the text means the data to every reader asked.
    """
    try:
        raw = text.encode()
    except UnicodeEncodeError:
        return None, "it holds half a character (a lone surrogate)"
    document, findings = read(raw, file)
    if document is None:
        return None, findings[0].message
    if not same(document.data, data):
        return document, "the text would mean something else than what was asked for"
    return document, _second(text, data, stood) if second_opinion else ""


def _second(text: str, data: Any, stood: Document | None) -> str:
    try:
        agrees = same(second_reading(text, stood), data)
    except Exception as error:  # noqa: BLE001 - whatever it raises, it does not agree
        return f"ruamel.yaml refuses the text: {type(error).__name__}"
    return "" if agrees else "ruamel.yaml reads the text as something else"


def proven(text: str, data: Any, file: str, *, second_opinion: bool = True) -> str:
    """The text, if it means the data.

    Raises:
        EditError: it does not.
    """
    _, flaw = prove(text, data, file, second_opinion=second_opinion)
    if flaw:
        raise EditError(file, flaw)
    return text
