"""Documents in their formats: Markdown and HTML always, for word processors and as PDF with the extra `docs`."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

from partnerkit.documents.catalogue import DOCUMENTS
from partnerkit.documents.composed import Composed, Kept, Parted
from partnerkit.documents.markdown import rendered
from partnerkit.errors import CannotWorkError
from partnerkit.reports.document_markdown import written
from partnerkit.reports.document_naming import ids_json, tell_ids
from partnerkit.reports.encode import html, markdown
from partnerkit.reports.page import COMMAND, WELL, Page, Span
from partnerkit.rules.commands import line
from partnerkit.store.documents import LETTERHEAD

#: What every page of a draft says, and what its text says at both ends, with the reason.
DRAFT = "DRAFT"

_STYLE = """
:root{color-scheme:light dark}
body{font:16px/1.5 Georgia,"Times New Roman",serif;color:#1b1b1b;background:#fff}
body{max-width:42em;margin:2em auto;padding:0 1em}
h1{font-size:26px;line-height:1.25}h2{font-size:19px;margin-top:1.6em}h3{font-size:16px}
table{border-collapse:collapse;width:100%;margin:1em 0}
th,td{text-align:left;vertical-align:top;padding:6px 10px 6px 0;border-bottom:1px solid #767676}
th{overflow-wrap:break-word}td{overflow-wrap:anywhere}td:empty{height:3em}
p,li{overflow-wrap:anywhere}hr{border:0;border-top:1px solid #767676;margin:3em 0}
.draft{font:600 14px/1.4 system-ui,sans-serif;color:#8c1d18;border:2px solid #8c1d18;padding:4px 10px}
.mark{position:fixed;inset:0;display:flex;align-items:center;justify-content:center;pointer-events:none;overflow:hidden}
.mark::before{content:"DRAFT";font:700 22vmin/1 system-ui,sans-serif;color:#8c1d18;opacity:.12;transform:rotate(-35deg)}
@media (prefers-color-scheme:dark){body{color:#e8e8e8;background:#181818}th,td,hr{border-color:#8a8a8a}
.draft{color:#ffb4ab;border-color:#ffb4ab}.mark::before{color:#ffb4ab}}
@page{size:A4;margin:22mm 20mm}
@media print{:root{color-scheme:light}body{max-width:none;margin:0;padding:0;color:#000;background:#fff}
h1,h2,h3{break-after:avoid}tr,li{break-inside:avoid}hr{visibility:hidden;break-after:page;margin:0}
.draft{color:#8c1d18;border-color:#8c1d18}.mark::before{color:#8c1d18;print-color-adjust:exact}}
"""


def _not_yet(composed: Composed) -> str:
    return f"{DRAFT}: {composed.unsettled}" if composed.unsettled else DRAFT


def as_markdown(composed: Composed, *, draft: bool) -> bytes:
    """Text that does nothing where it is read; a draft says so in its first line and in its last."""
    mark = f"**{markdown(_not_yet(composed))}**"
    text = written(composed.text)
    return (f"{mark}\n\n{text}\n{mark}\n" if draft else text).encode()


def as_html(composed: Composed, *, draft: bool) -> bytes:
    """One page that needs nothing else: no script, no request; it prints, in light and dark."""
    note = f'<p class="draft">{html(_not_yet(composed))}</p>' if draft else ""
    mark = '<div class="mark" aria-hidden="true"></div>' if draft else ""
    parts = [
        "<!doctype html>",
        '<html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{html(composed.title)}</title><style>{_STYLE}</style></head><body>",
        mark,
        "<main>",
        note,
        rendered(composed.text).rstrip("\n"),
        note,
        "</main></body></html>",
    ]
    return ("\n".join(part for part in parts if part) + "\n").encode()


def _as_docx(composed: Composed, *, draft: bool) -> bytes:
    with _of_the_extra("docx"):
        from partnerkit.reports.document_docx import as_docx  # noqa: PLC0415 - of the extra `docs`
    return as_docx(composed, DRAFT if draft else None)


def _as_pdf(composed: Composed, *, draft: bool) -> bytes:
    with _of_the_extra("pdf"):
        from partnerkit.reports.document_pdf import as_pdf  # noqa: PLC0415 - of the extra `docs`
    return as_pdf(composed, DRAFT if draft else None)


@contextlib.contextmanager
def _of_the_extra(form: str) -> Iterator[None]:
    """What is asked of programs that come with the extra `docs` alone; says what has to be installed."""
    try:
        yield
    except ImportError as error:
        message = f"{form} is made with what the extra `docs` brings, and it is not installed here"
        raise CannotWorkError(message, "pip install 'partnerkit[docs]'") from error


FORMATS: dict[str, Callable[..., bytes]] = {"md": as_markdown, "html": as_html, "docx": _as_docx, "pdf": _as_pdf}

#: The formats that are text, and can be printed.
TEXT = ("md", "html")


def made(composed: Composed, form: str, *, draft: bool) -> bytes:
    """The bytes of a document in a format.

    Raises:
        CannotWorkError: the format needs what is not installed here.
    """
    return FORMATS[form](composed, draft=draft)


def list_page() -> Page:
    """The documents that can be made."""
    page = Page()
    rows = [(Span(what, "bold"), f"{' or '.join(_kinds(one.kinds))}", one.about) for what, one in DOCUMENTS.items()]
    page.table(rows, ("document", "of", "what it is"))
    page.add().add(Span("Next: ", "bold"), Span("partnerkit doc agreement <id> --out agreement.html", COMMAND))
    return page


def _kinds(kinds: tuple[str, ...]) -> list[str]:
    return ["any record"] if len(kinds) > 2 else list(kinds)  # noqa: PLR2004 - more are all there are


def list_json() -> dict[str, Any]:
    """The same for other programs."""
    rows = [
        {"document": what, "title": one.title, "kinds": list(one.kinds), "about": one.about}
        for what, one in DOCUMENTS.items()
    ]
    return {"schema": "partnerkit.documents/1", "formats": list(FORMATS), "documents": rows}


def notes(composed: Composed, form: str, *, draft: bool, requirement: str | None = None) -> Page:
    """What a person should know of a document that was made, or recorded as evidence of a requirement."""
    page = Page()
    warn = Span("  ! ", "yellow")
    if draft:
        page.add(warn, f"this is not final, so every page says {_not_yet(composed)}")
    if composed.missing:
        page.add(warn, f"left as a blank to be filled in: {', '.join(composed.missing)}")
    if composed.withheld:
        page.add(warn, f"withheld from readers of what is {composed.asked.level}: {', '.join(composed.withheld)}")
    tell_ids(page, composed, form, requirement)
    return page


def as_json(composed: Composed, form: str, digest: str, text: str, *, draft: bool, file: str | None) -> dict[str, Any]:
    """What was made, for other programs."""
    return {
        "schema": "partnerkit.document/1",
        "document": composed.asked.what,
        "id": composed.asked.record,
        "policy": composed.policy,
        "classification": composed.asked.level,
        "format": form,
        "draft": draft,
        "draft_why": composed.unsettled if draft else None,
        "digest": digest,
        "text_digest": text,
        "missing": composed.missing,
        "withheld": composed.withheld,
        **ids_json(composed, form),
        "as_of": composed.asked.as_of,
        "template": composed.template,
        "file": file,
    }


def parted_page(found: Parted) -> Page:
    """Whether a document and its record have parted, for a person."""
    page = Page()
    what, record = found.asked.what, found.asked.record
    mark = Span("✓ ", WELL) if found.same else Span("✗ ", "red")
    if found.said is None:
        where = f"it is recorded as {' and '.join(found.recorded_as)}" if found.recorded_as else "none is recorded"
        page.add(mark, f"no {what} of {record} as {found.format}: {where}; held against what would be made today")
    elif found.text_same:
        but = "" if found.letterhead_same else ", and its letterhead has changed"
        page.add(mark, f"the {what} of {record} and the record say the same ({found.said.said['id']}){but}")
    else:
        page.add(mark, f"the {what} of {record} and the record have parted since {found.said.said['id']}")
        page.add("  ", f"fields that changed since: {', '.join(found.changed) or _no_field(found)}")
    for line_ in _of_its_making(found):
        page.add(Span("  ! ", "yellow"), line_)
    if found.file_is is not None:
        page.add("  ", _FILES[found.file_is])
    if not found.text_same:
        page.add(Span("Next: ", "bold"), Span(line("log", record), COMMAND))
    return page


def _no_field(found: Parted) -> str:
    """What else can have changed, where no field of the record did."""
    if not found.template_same:
        return "none"
    noted = found.said is not None and found.said.origins.template is not None
    return f"none: {'' if noted else 'the template, or '}what it cites"


def _of_its_making(found: Parted) -> Iterator[str]:
    """What changed of that from which it is made, beside the record."""
    if not found.template_same:
        yield "its template changed since" + (", and makes the same text" if found.text_same else "")
    if not found.letterhead_same:
        yield f"it was written upon another letterhead than today's: git log -- {LETTERHEAD}"
    made_alike = found.text_same and found.letterhead_same
    if found.said is not None and made_alike and found.said.bytes != found.today:
        yield "its text is the same; the programs installed here make other bytes of it"


_FILES = {
    "recorded": "the file is the one that was recorded, byte for byte",
    "today": "the file is what would be made today, byte for byte",
    "other": "the file is neither the one that was recorded nor what would be made today",
}


def parted_json(found: Parted) -> dict[str, Any]:
    """The same for other programs."""
    return {
        "schema": "partnerkit.document-check/1",
        "document": found.asked.what,
        "id": found.asked.record,
        "classification": found.asked.level,
        "format": found.format,
        "recorded_as": found.recorded_as,
        "same": found.same,
        "evidence": found.said.said["id"] if found.said is not None else None,
        "recorded": found.said.bytes if found.said is not None else None,
        "recorded_text": found.said.origins.text if found.said is not None else None,
        "today": found.today,
        "today_text": found.origins.text,
        "parted": found.parts,
        "changed": found.changed,
        "file": found.file,
        "file_is": found.file_is,
        "lies": None,
    }


def kept_page(found: Kept) -> Page:
    """Where the paper lies that parties sign and that was not made here, for a person."""
    page = Page()
    mark = Span("✓ ", WELL) if found.same else Span("✗ ", "red")
    binds = "was signed" if found.signed else "is to be signed"
    where = f" ({found.said['ref']})" if "ref" in found.said else ""
    page.add(mark, f"what {binds} of {found.asked.record} is {found.said['id']}{where}; doc did not make it")
    hint = ": name its file behind the record, and it is held against the digest"
    page.add("  ", _LIES[found.lies], hint if found.lies == "elsewhere" and found.file is None else "")
    if found.is_it is not None:
        page.add("  ", _FILES["recorded"] if found.is_it else _NOT_IT)
    if not found.same:
        page.add(Span("Next: ", "bold"), Span(line("show", found.asked.record), COMMAND))
    return page


_LIES = {
    "here": "it lies in the register as it was recorded, byte for byte",
    "changed": "what lies in the register under that name is not what was recorded any more",
    "gone": "under that name nothing lies in the register any more",
    "elsewhere": "it lies outside the register",
}

_NOT_IT = "the file is not the one that was recorded"


def kept_json(found: Kept) -> dict[str, Any]:
    """The same for other programs; nothing is made today that could be compared with it."""
    nothing = ("format", "recorded_text", "today", "today_text")
    return {
        "schema": "partnerkit.document-check/1",
        "document": found.asked.what,
        "id": found.asked.record,
        "classification": found.asked.level,
        **dict.fromkeys(nothing),
        "recorded_as": [],
        "same": found.same,
        "evidence": found.said["id"],
        "recorded": found.said.get("digest"),
        "parted": [],
        "changed": [],
        "file": found.file,
        "file_is": None if found.is_it is None else ("recorded" if found.is_it else "other"),
        "lies": found.lies,
    }
