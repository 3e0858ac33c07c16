"""A document for word processors, by python-docx; upon the letterhead of the register, by docxtpl, where it has one."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm, Pt, RGBColor
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, Template, TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment

from partnerkit.documents.composed import Composed
from partnerkit.documents.model import Block, Heading, Listing, Paragraph, Quote, Runs, Table, blocks
from partnerkit.errors import CannotWorkError
from partnerkit.reports.encode import html, terminal
from partnerkit.store.documents import LETTERHEAD
from partnerkit.store.letterhead import unusable

#: No file says when it was made: the same text makes the same bytes.
_NO_DAY = datetime(1980, 1, 1, tzinfo=UTC)
_DEEPEST = 3
_GRID = "Table Grid"
_ANEW = "save it anew from a word processor as .docx"

#: What python-docx's own blank document has beside what is written upon it.
_NOT_OURS = frozenset({"stylesWithEffects", "thumbnail"})


def as_docx(composed: Composed, mark: str | None) -> bytes:
    """The document; the head of every page carries the mark, where there is one."""
    document = _upon(composed) if composed.letterhead is not None else _blank()
    _with_styles(document)
    for one in blocks(composed.text):
        _put(document, one, 1)
    for foot in _margins(document, "footer"):
        if not foot.part.element.xpath(_NUMBERED):
            _put_foot(foot, composed.asked.record)
    if mark is not None:
        for head in _margins(document, "header"):
            run = head.add_paragraph().add_run(mark)
            run.bold, run.font.size, run.font.color.rgb = True, Pt(14), RGBColor(0x8C, 0x1D, 0x18)
    _undated(document, composed.title)
    held = io.BytesIO()
    document.save(held)
    return _same_bytes(held.getvalue())


def _margins(document: Any, which: str) -> Iterator[Any]:
    """The `header` or `footer` of every page: where the first one or the even ones have their own, those too."""
    for number, section in enumerate(document.sections):
        names = [which]
        names += [f"first_page_{which}"] if section.different_first_page_header_footer else []
        names += [f"even_page_{which}"] if document.settings.odd_and_even_pages_header_footer else []
        for margin in (getattr(section, name) for name in names):
            if number and margin.is_linked_to_previous:
                continue  # it shows that of the section before
            margin.is_linked_to_previous = False
            yield margin


def _put_foot(foot: Any, record: str) -> None:
    """Which record it is of, and which page of how many."""
    said = (_small(f"Record {record} · page "), _field("PAGE"), _small(" of "), _field("NUMPAGES"))
    foot.part.element.append(parse_xml(f"<w:p {nsdecls('w')}>{''.join(said)}</w:p>"))


def _field(name: str) -> str:
    """What a word processor works out itself."""
    return f'<w:fldSimple w:instr="{name}">{_small("1")}</w:fldSimple>'


def _small(text: str) -> str:
    return f'<w:r><w:rPr><w:sz w:val="18"/></w:rPr><w:t xml:space="preserve">{html(text)}</w:t></w:r>'


def _blank() -> Any:
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    for style in list(document.styles):  # a hundred that nobody asked for
        if style.type == WD_STYLE_TYPE.TABLE and style.name not in {_GRID, "Normal Table"}:
            style.delete()
    for rels in (document.part.rels, document.part.package.rels):
        for name in [name for name, rel in rels.items() if rel.reltype.rpartition("/")[2] in _NOT_OURS]:
            rels.pop(name)
    return document


def _with_styles(document: Any) -> None:
    """Give a letterhead the styles that it does not bring."""
    there = {style.name for style in document.styles}
    for level in range(1, 10):
        if f"Heading {level}" not in there:
            style = document.styles.add_style(f"Heading {level}", WD_STYLE_TYPE.PARAGRAPH)
            style.font.bold, style.font.size = True, Pt(max(11, 20 - 3 * level))
            style.paragraph_format.keep_with_next = True
            style.paragraph_format.space_before = Pt(12)
    for depth in range(1, _DEEPEST + 1):
        for name in (_list_style(depth, ordered=False), _list_style(depth, ordered=True)):
            if name not in there:
                style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
                style.paragraph_format.left_indent = Cm(0.8 * depth)
    if _GRID not in there:
        style = document.styles.add_style(_GRID, WD_STYLE_TYPE.TABLE)
        style.element.append(parse_xml(_LINES))


def _list_style(depth: int, *, ordered: bool) -> str:
    return ("List Number" if ordered else "List Bullet") + ("" if depth == 1 else f" {depth}")


_SIDES = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
#: Where the foot of a letterhead numbers its pages itself.
_NUMBERED = './/w:instrText[contains(., "PAGE")] | .//w:fldSimple[contains(@w:instr, "PAGE")]'

_LINES = f"<w:tblPr {nsdecls('w')}><w:tblBorders>{_SIDES}</w:tblBorders></w:tblPr>"


class _Places(SandboxedEnvironment):
    """Fills the places of a letterhead, and does nothing else that might stand in it."""

    def from_string(self, source: Any, *others: Any, **more: Any) -> Template:
        """A part of the letterhead."""
        if any(not isinstance(node, _PLACES) for node in self.parse(source).find_all(nodes.Node)):
            raise TemplateSyntaxError("it may hold {{ title }} and {{ id }}, and nothing else that is filled", 1)
        return super().from_string(source, *others, **more)


_PLACES = (nodes.Output, nodes.TemplateData, nodes.Name)


def _upon(composed: Composed) -> Any:
    """The letterhead, with its own places filled: `{{ title }}` and `{{ id }}` are all that it may read."""
    why = unusable(composed.letterhead or b"")
    if why is not None:
        raise CannotWorkError(f"{LETTERHEAD} cannot be written upon: {why}", _ANEW)
    held = DocxTemplate(io.BytesIO(composed.letterhead or b""))
    try:
        env = _Places(autoescape=True, undefined=StrictUndefined)
        held.render({"title": terminal(composed.title), "id": composed.asked.record}, jinja_env=env)
        filled = io.BytesIO()
        held.docx.save(filled)
    except Exception as error:  # whatever lies there: docxtpl and what it rests on say it in many ways
        raise CannotWorkError(f"{LETTERHEAD} cannot be written upon: {error}", _ANEW) from error
    return docx.Document(filled)  # read anew: what was filled still shows its heads and feet as they were


def _undated(document: Any, title: str) -> None:
    core = document.core_properties
    core.title, core.author, core.last_modified_by, core.comments = terminal(title)[:255], "", "", ""
    core.created = core.modified = _NO_DAY
    core.revision = 1


def _same_bytes(raw: bytes) -> bytes:
    """The same archive without the hour at which it was packed, and packed by no program of this machine."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as held, zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as kept:
        for name in held.namelist():
            kept.writestr(zipfile.ZipInfo(name, date_time=_NO_DAY.timetuple()[:6]), held.read(name))
    return made.getvalue()


def _put(document: Any, one: Block, depth: int) -> None:
    """Append a block."""
    if isinstance(one, Heading):
        _write(document.add_paragraph(style=f"Heading {min(one.level, 9)}"), one.runs)
    elif isinstance(one, Paragraph):
        _write(document.add_paragraph(), one.runs)
    elif isinstance(one, Listing):
        _put_list(document, one, min(depth, _DEEPEST))
    elif isinstance(one, Quote):
        for part in one.blocks:
            _put(document, part, depth)
    elif isinstance(one, Table):
        _put_table(document, one)
    else:
        document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _put_list(document: Any, one: Listing, depth: int) -> None:
    style = document.styles[_list_style(depth, ordered=one.ordered)]
    marked = style.element.pPr is not None and style.element.pPr.numPr is not None
    for number, item in enumerate(one.items, 1):
        for place, part in enumerate(item):
            if isinstance(part, Paragraph):
                paragraph = document.add_paragraph(style=style)
                if not marked and not place:
                    paragraph.add_run(f"{number}. " if one.ordered else "• ")
                _write(paragraph, part.runs)
            else:
                _put(document, part, depth + 1)


def _put_table(document: Any, one: Table) -> None:
    says = any(run.text.strip() for cell in one.head for run in cell)
    rows = [one.head, *one.rows] if says else one.rows
    table = document.add_table(rows=len(rows), cols=len(one.head), style=_GRID)
    for number, row in enumerate(rows):
        if not all(row):
            table.rows[number].height = Cm(1)  # room for a hand
        for place, cell in enumerate(row):
            _write(table.cell(number, place).paragraphs[0], cell, strong=says and number == 0)
    document.add_paragraph()


def _write(paragraph: Any, runs: Runs, *, strong: bool = False) -> None:
    for one in runs:
        if one.text == "\n":
            paragraph.add_run().add_break()
            continue
        run = paragraph.add_run(terminal(one.text))
        run.bold, run.italic = one.strong or strong or None, one.emphasis or None
