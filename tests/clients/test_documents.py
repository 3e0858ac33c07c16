"""What others read of our documents: LibreOffice the one for word processors, pdftotext the PDF; twice the same bytes."""

from __future__ import annotations

import importlib
import os
import shutil
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.clients.conftest import Office
from tests.clients.pdf import pdf_text
from tests.conftest import At
from tests.documents.test_markdown import HOSTILE, seen
from tests.place import Place
from tests.story import DEAL

MARK = "DRAFT"


@pytest.fixture(autouse=True)
def extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the extra `docs` brings lies in the environment of the programs."""
    found = list((Path(os.environ["PARTNERKIT_CLIENTS"]) / "env" / "lib").glob("python*/site-packages"))
    monkeypatch.setattr(sys, "path", [*sys.path, *map(str, found)])
    pytest.importorskip("docxtpl", reason="docxtpl could not be installed")
    pytest.importorskip("typst", reason="typst could not be installed")


def read_by_docx() -> Any:
    """What docxtpl brings to read documents with; `extra` has seen to it that it is there."""
    return importlib.import_module("docx")


def made(place: Place, form: str, name: str = "made") -> Path:
    file = place.root.parent / f"{name}.{form}"
    place.do("doc", "agreement", DEAL, "--out", str(file))
    return file


SAYS = ("Agreement 2026", "Lighthouse Community", "Free builds for every member", "31 March 2027", "First builds run")


@pytest.mark.parametrize("form", ["docx", "pdf", "html", "md"])
def test_the_same_record_makes_the_same_bytes(at: At, form: str) -> None:
    place = at("drafted")
    first = made(place, form, "one").read_bytes()
    assert made(place, form, "two").read_bytes() == first


def test_pdftotext_reads_the_pdf_and_the_mark_on_every_page(at: At) -> None:
    place = at("drafted")
    goals = ", ".join(f"{{id: o{number}, text: Goal number {number}}}" for number in range(90))
    place.do("set", DEAL, f"objectives=[{goals}]")
    text = pdf_text(made(place, "pdf"))
    assert "Goal number 89" in text
    pages = text.rstrip("\f").split("\f")
    assert len(pages) > 2
    assert all(MARK in page for page in pages)
    assert [f"Page {number} of {len(pages)}" in " ".join(page.split()) for number, page in enumerate(pages, 1)] == [
        True
    ] * len(pages)
    assert all(f"Record {DEAL}" in page for page in pages)
    [old] = place.json("show", DEAL)["record"]["evidence"]
    place.do("add", DEAL, "agreement-document", f"withdraw={old['id']}", "--reason", "made anew")
    final = place.root.parent / "final.pdf"
    place.do("doc", "agreement", DEAL, "--record", "--out", str(final))
    read = pdf_text(final)
    assert "Goal number 89" in read
    assert MARK not in read


def test_libreoffice_reads_the_other_and_the_mark_on_every_page(at: At, office: Office) -> None:
    place = at("drafted")
    file = made(place, "docx")
    text = pdf_text(office(file, "pdf"))
    assert [one for one in SAYS if one not in text] == []
    pages = text.rstrip("\f").split("\f")
    assert all(MARK in page for page in pages)
    assert all(f"Record {DEAL} · page {number} of {len(pages)}" in page for number, page in enumerate(pages, 1))
    with zipfile.ZipFile(file) as held:
        assert {one.date_time for one in held.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_document_is_written_upon_the_letterhead(at: At, office: Office) -> None:
    docx = read_by_docx()
    place = at("executed")
    letterhead = docx.Document()
    letterhead.sections[0].header.paragraphs[0].text = "The Lighthouse, {{ id }}"
    letterhead.sections[0].footer.paragraphs[0].text = "Registered charity"
    file = place.root / "records" / "templates" / "letterhead.docx"
    file.parent.mkdir()
    letterhead.save(str(file))
    text = pdf_text(office(made(place, "docx"), "pdf"))
    assert f"The Lighthouse, {DEAL}" in text
    assert "Registered charity" in text
    assert f"Record {DEAL} · page 1 of " in text
    assert "Free builds for every member" in text
    draft = at("drafted")
    (draft.root / "records" / "templates").mkdir()
    shutil.copy(file, draft.root / "records" / "templates" / file.name)
    head = docx.Document(str(made(draft, "docx"))).sections[0].header
    assert [one.text for one in head.paragraphs] == [f"The Lighthouse, {DEAL}", MARK]
    file.write_bytes(b"no archive")
    said = place.run("doc", "agreement", DEAL, "--out", str(place.root.parent / "x.docx"))
    assert said.code == 3
    assert "records/templates/letterhead.docx cannot be written upon" in said.err


def test_no_head_of_a_letterhead_hides_that_it_is_a_draft(at: At) -> None:
    docx = read_by_docx()
    place = at("drafted")
    letterhead = docx.Document()
    letterhead.sections[0].different_first_page_header_footer = True
    letterhead.settings.odd_and_even_pages_header_footer = True
    for name in ("Heading 1", "Heading 2", "List Bullet", "List Number", "Table Grid"):
        letterhead.styles[name].delete()  # as LibreOffice leaves out what nobody used
    file = place.root / "records" / "templates" / "letterhead.docx"
    file.parent.mkdir()
    letterhead.save(str(file))
    written = made(place, "docx")
    section = docx.Document(str(written)).sections[0]
    heads = (section.header, section.first_page_header, section.even_page_header)
    assert [[one.text for one in head.paragraphs if one.text] for head in heads] == [[MARK]] * 3
    assert "• Free builds for every member" in [one.text for one in docx.Document(str(written)).paragraphs]


def test_a_letterhead_that_numbers_its_pages_does_so_alone(at: At) -> None:
    docx = read_by_docx()
    place = at("executed")
    letterhead = docx.Document()
    foot = letterhead.sections[0].footer.paragraphs[0]._p
    foot.append(importlib.import_module("docx.oxml").parse_xml(NUMBERED))
    file = place.root / "records" / "templates" / "letterhead.docx"
    file.parent.mkdir()
    letterhead.save(str(file))
    foot = docx.Document(str(made(place, "docx"))).sections[0].footer
    assert foot.part.blob.count(b"PAGE") == 1
    assert "Record" not in "".join(one.text for one in foot.paragraphs)


NUMBERED = (
    '<w:fldSimple xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" w:instr=" PAGE "><w:r>'
    "<w:t>1</w:t></w:r></w:fldSimple>"
)


def test_letters_that_no_font_has_are_named_before_anything_is_written(at: At, tmp_path: Path) -> None:
    place = at("executed")
    path = place.path(DEAL)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Free builds for every member", "Free 漢字 builds, é ✓ שלום ไ"), encoding="utf-8")
    file = tmp_path / "made.pdf"
    said = place.wrong("doc", "agreement", DEAL, "--out", str(file)).err
    assert "no font here has ไ (U+0E44 " in said
    assert "漢 (U+6F22 " in said
    assert "字 (U+5B57 " in said
    assert "as in “Free 漢字 builds, é ✓ שלום ไ”" in said
    assert "U+05E9" not in said
    assert "--fonts" in said
    assert not file.exists()
    assert "in which fonts could lie" in place.wrong("doc", "agreement", DEAL, "--fonts", "none").err
    place.wrong("doc", "agreement", DEAL, "--out", str(file), "--fonts", str(tmp_path))
    place.do("doc", "agreement", DEAL, "--out", str(tmp_path / "made.html"))


def test_letters_of_a_font_that_is_brought_are_shown(at: At, tmp_path: Path) -> None:
    """DejaVu Sans has letters that the fonts of Typst lack."""
    fonts = next(Path("/usr/share/fonts").glob("**/DejaVuSans.ttf"), None)
    if fonts is None:
        pytest.skip("DejaVu is not on this machine")
    shutil.copy(fonts, tmp_path / "brought.ttf")
    place = at("executed")
    path = place.path(DEAL)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Free builds for every member", "Free 𐌀 builds"), encoding="utf-8")
    file = tmp_path / "made.pdf"
    assert "𐌀 (U+10300 OLD ITALIC LETTER A)" in place.wrong("doc", "agreement", DEAL, "--out", str(file)).err
    place.do("doc", "agreement", DEAL, "--out", str(file), "--fonts", str(tmp_path))
    assert "Free 𐌀 builds" in pdf_text(file)


WORSE = (
    *HOSTILE,
    "#eval(1)",
    "$x$",
    '#include "/etc/passwd"',
    "@label",
    "\\",
    '"); #panic("',
    "<w:t>",
    "{{ id }}",
    "]]>",
    "//x",
    "العربية",
)


def test_hostile_text_reads_as_that_very_text_in_both(at: At) -> None:
    place = at("drafted")
    path = place.path(DEAL)
    lines = "".join(f"  - id: h{number}\n    text: {_quoted(text)}\n" for number, text in enumerate(WORSE))
    text = path.read_text(encoding="utf-8").replace("objectives:\n", f"objectives:\n{lines}", 1)
    path.write_text(text, encoding="utf-8")
    docx = read_by_docx()
    found = [one.text for one in docx.Document(str(made(place, "docx"))).paragraphs]
    assert [one for one in WORSE if seen(one) not in found] == []
    read = " ".join(pdf_text(made(place, "pdf"), "-raw").split())
    assert [one for one in WORSE if one.isascii() and seen(one) not in read] == []


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
