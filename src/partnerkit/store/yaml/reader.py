"""The reader: bytes to a document, or to findings; it never raises. Places are found when they are asked for."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

from partnerkit.dataclass import replace
from partnerkit.findings import Finding, in_order
from partnerkit.kinds.canonical import WHOLE, is_pointer
from partnerkit.store.yaml.characters import line_column
from partnerkit.store.yaml.nodes import Document, Mapping, nowhere

MOST_BYTES = 1024 * 1024

#: More findings of one file are told to nobody.
MOST_FINDINGS = 50


def read(raw: bytes, file: str, was: Document | None = None) -> tuple[Document | None, list[Finding]]:
    """Reads one YAML file of the register.

    Args:
        raw: the bytes of the file.
        file: its path inside the repository, for findings.
        was: an earlier version of it, if there is one at hand: what is written alike in both is not read again.

    Returns:
        The document and no findings, or None and at least one finding; whatever the bytes, within about a second.
    """
    text, findings = _decode(raw)
    if text is not None:
        data = _quickly(text, was)
        if data is not None:
            return Document(file, text, data, Places(text), partial(_line_of, text)), []
        from partnerkit.store.yaml.parser import parse  # noqa: PLC0415 - nothing of most registers needs a parser

        parsed = parse(text)
        findings = parsed.findings
        root = parsed.root
        if not findings and root is not None:
            return Document(file, text, parsed.data, lambda: root), []
    return None, [replace(finding, file=file) for finding in in_order(findings)[:MOST_FINDINGS]]


def _quickly(text: str, was: Document | None) -> dict[str, Any] | None:
    """What a text means, or None where only the full reader can say."""
    if was is not None and was.line_of is not nowhere:
        from partnerkit.store.yaml.beside import beside  # noqa: PLC0415 - only histories have earlier versions

        return beside(text, was.text, was.data)
    from partnerkit.store.yaml.quick import quick  # noqa: PLC0415 - what most files say is known from before

    return quick(text)


def as_said(document: Document) -> str:
    """What a file says, as text from which `known` makes its document again."""
    return json.dumps([document.line_of is not nowhere, document.data])


def known(raw: bytes, file: str, said: str) -> Document:
    """A file of the register as a document, where it was read before, and what it says is known.

    Args:
        raw: the bytes of the file.
        file: its path inside the repository.
        said: what `as_said` made of its document.
    """
    text, (is_plain, data) = raw.decode(), json.loads(said)
    return Document(file, text, data, Places(text), partial(_line_of, text) if is_plain else nowhere)


def _line_of(text: str, key: str) -> tuple[int, int] | None:
    from partnerkit.store.yaml.quick import line_of  # noqa: PLC0415 - not for files whose places nobody asks for

    return line_of(text, key)


class Places:
    """Where everything in a text stands, found when it is first asked for."""

    __slots__ = ("_found", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: Mapping | None = None

    def __call__(self) -> Mapping:
        """The top-level mapping, with the places of all that is in it."""
        if self._found is None:
            from partnerkit.store.yaml.parser import parse  # noqa: PLC0415 - as in `read`

            self._found = parse(self._text).root
        if self._found is None:
            raise AssertionError("it was read to its end before")
        return self._found


def _decode(raw: bytes) -> tuple[str | None, list[Finding]]:
    if len(raw) > MOST_BYTES:
        message = f"the file has {len(raw):,} bytes: more than {MOST_BYTES:,} are not read"
        return None, [Finding("yaml-too-large", message, mend="split it, or keep long texts as evidence files")]
    if is_pointer(raw):
        message = "the file is a pointer of git LFS: what it says is not in history, and nobody could judge it"
        return None, [Finding("lfs-pointer", message, line=1, column=1, mend=WHOLE)]
    if raw.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        message = "the file starts with a byte order mark"
        return None, [Finding("yaml-bom", message, line=1, column=1, mend=_FMT.format("UTF-8 without a mark"))]
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode(errors="replace")
        line, column = line_column(before, len(before))
        message = f"byte 0x{raw[error.start]:02X} is not UTF-8"
        return None, [Finding("yaml-not-utf8", message, line=line, column=column, mend="save the file as UTF-8")]
    if "\r" in text:
        line, column = line_column(text, text.index("\r"))
        message = "a line ends with a carriage return: digests and differences need plain line feeds"
        mend = _FMT.format("LF line ends")
        return None, [Finding("yaml-crlf", message, line=line, column=column, mend=mend)]
    return text, []


_FMT = "save it with {}, or run `partnerkit fmt`"
