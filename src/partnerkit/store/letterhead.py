"""Whether a letterhead can be written upon: it is of a sensible size, reaches for nothing outside, and runs nothing."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from partnerkit.pattern import pattern

if TYPE_CHECKING:
    import zipfile

#: How much of it may be text, and how much there may be in all, when it is unpacked.
MOST_TEXT, MOST = 2 * 1024 * 1024, 16 * 1024 * 1024
_MOST_PARTS = 500

_RELATION = pattern(rb"<[^<>]*TargetMode\s*=\s*[\"']External[\"'][^<>]*>")
_LINK = pattern(rb"/relationships/hyperlink[\"']")


def unusable(raw: bytes) -> str | None:
    """Why a letterhead cannot be used; None where it can."""
    import zipfile  # noqa: PLC0415 - dear to import, and few registers have a letterhead

    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as held:
            return _too_much(held.infolist()) or _reaching(held)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        return "it is no .docx"


def _too_much(parts: list[zipfile.ZipInfo]) -> str | None:
    text = sum(one.file_size for one in parts if one.filename.endswith((".xml", ".rels")))
    if text > MOST_TEXT or len(parts) > _MOST_PARTS:
        return f"unpacked it holds more text than a letterhead needs: {MOST_TEXT // 1024} KiB is the most"
    if sum(one.file_size for one in parts) > MOST:
        return f"unpacked it is larger than {MOST // 1024 // 1024} MiB"
    return None


def _reaching(held: zipfile.ZipFile) -> str | None:
    names = held.namelist()
    if "word/document.xml" not in names or "[Content_Types].xml" not in names:
        return "it is no .docx"
    if any("vbaProject" in name or "/activeX/" in name or "/embeddings/" in name for name in names):
        return "it holds macros or embedded objects"
    for name in names:
        for found in _RELATION.findall(held.read(name)) if name.endswith(".rels") else ():
            if not _LINK.search(found):
                return f"{name} has it fetch something from elsewhere, such as a template or a picture"
    return None
