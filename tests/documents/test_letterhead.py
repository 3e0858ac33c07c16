"""A letterhead is looked into before it is opened: its size, what it would fetch, what it would run."""

from __future__ import annotations

import io
import zipfile

import pytest

from partnerkit.store.letterhead import unusable

RELS = "word/_rels/settings.xml.rels"
TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def packed(**parts: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as kept:
        kept.writestr("[Content_Types].xml", "<Types/>")
        kept.writestr("word/document.xml", parts.pop("document", "<w:document/>"))
        for name, text in parts.items():
            kept.writestr(name, text)
    return held.getvalue()


def relation(sort: str) -> str:
    return f'<Relationships><Relationship Id="r1" Type="{TYPE}/{sort}" Target="https://x" TargetMode="External"/></Relationships>'


def test_what_is_fine_is_written_upon() -> None:
    assert unusable(packed()) is None
    assert unusable(packed(**{RELS: relation("hyperlink")})) is None


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"PK", "it is no .docx"),
        (packed()[:-30], "it is no .docx"),
        (packed(document="<w:p/>" * 400_000), "it holds more text than a letterhead needs"),
        (packed(**{"word/media/a.png": "x" * 17_000_000}), "it is larger than 16 MiB"),
        (packed(**{RELS: relation("attachedTemplate")}), "has it fetch something from elsewhere"),
        (packed(**{RELS: relation("image")}), "has it fetch something from elsewhere"),
        (packed(**{"word/vbaProject.bin": "x"}), "it holds macros"),
    ],
)
def test_what_is_hostile_is_not(raw: bytes, why: str) -> None:
    assert why in (unusable(raw) or "")
