"""`partnerkit doc`."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from partnerkit.cli.arguments import AsOf, DryRun, Json, Level, NoVerify
from partnerkit.cli.completion import complete_ids
from partnerkit.cli.declared import Argument, Commands, Option
from partnerkit.cli.doc_asked import asked_for, demand_fitting, format_of
from partnerkit.cli.options import OPTIONS, desk, emit, landed_data, landed_page
from partnerkit.dataclass import replace
from partnerkit.errors import WrongCallError
from partnerkit.reports.encode import as_json
from partnerkit.reports.page import WELL, Page, Span, say, show

if TYPE_CHECKING:
    from partnerkit.documents.composed import Asked, Composed
    from partnerkit.jobs.desk import Desk

app = Commands()


def complete_documents(incomplete: str) -> list[str]:
    """The documents that there are."""
    from partnerkit.documents.catalogue import DOCUMENTS

    return [what for what in DOCUMENTS if what.startswith(incomplete)]


def complete_doc_formats(incomplete: str) -> list[str]:
    """The formats of documents."""
    return [form for form in ("md", "html", "docx", "pdf") if form.startswith(incomplete)]


What = Annotated[
    str | None,
    Argument(metavar="[WHAT]", autocompletion=complete_documents, help="Which document; without one, which there are."),
]
OfRecord = Annotated[str | None, Argument(metavar="[ID]", autocompletion=complete_ids, help="Of which record.")]
DocFormat = Annotated[
    str | None,
    Option(
        "--format", metavar="WORD", autocompletion=complete_doc_formats, help="md, html, docx, pdf; or as --out ends."
    ),
]


@app.command(epilog="Example: partnerkit doc agreement acme-2026 --out agreement.html")
def doc(
    what: What = None,
    record_id: OfRecord = None,
    against: Annotated[Path | None, Argument(metavar="[FILE]", help="--check: hold it against the record.")] = None,
    format_: DocFormat = None,
    out: Annotated[Path | None, Option(metavar="FILE", help="Write there instead of to the screen.")] = None,
    fonts: Annotated[
        Path | None, Option(metavar="DIR", help="pdf: fonts for letters that those brought along lack.")
    ] = None,
    as_of: AsOf = None,
    classification: Level = None,
    names: Annotated[bool, Option("--names", help="Call everybody by name; the file lies outside.")] = False,
    record: Annotated[bool, Option("--record", help="Record it as evidence, by the digest of its bytes.")] = False,
    requirement: Annotated[
        str | None, Option(metavar="NAME", help="--record: of which requirement it is evidence.")
    ] = None,
    check: Annotated[bool, Option("--check", help="Say whether document and record have parted.")] = False,
    template: Annotated[bool, Option("--template", help="Print the template that is shipped.")] = False,
    dry_run: DryRun = False,
    no_verify: NoVerify = False,
    json: Json = False,
) -> None:
    """Make a document of a record: agreement, decision, notice, announcement, thanks, certificate.

    Without WHAT it lists the documents. Until an agreement is signed by all, every page says DRAFT; --record writes
    the text that is signed, and records its digest. --check says whether a document and its record have parted, and
    exits 1 where they have. A register may have templates of its own in records/templates/.
    """
    del json
    if out is not None and (what is None or template):
        raise WrongCallError("--out goes with a document of a record", "partnerkit doc WHAT <id> --out <file>")
    if what is None:
        _list()
        return
    if template:
        _template(what)
        return
    if record_id is None:
        from partnerkit.jobs.documents import demand_document

        demand_document(what)
        raise WrongCallError(f"say of which record the {what} is made", f"partnerkit doc {what} <id>")
    demand_fitting(
        (
            (check and (record or out or names)) or (against is not None and not check) or (requirement and not record),
            "a FILE goes with --check, --requirement with --record, and --check writes nothing",
        ),
        (
            as_of is not None and (check or record),
            "--as-of makes a document of former days; --record and --check are of the record as it is",
        ),
        (
            check and (dry_run or no_verify),
            "--dry-run and --no-verify go with --record: --check changes nothing",
        ),
        (
            not record and (dry_run or no_verify),
            "--dry-run and --no-verify go with --record: nothing else changes the register",
        ),
    )
    asked = asked_for(what, record_id, classification, as_of, fonts, names=names)
    if check:
        _check(asked, format_, against)
    elif record:
        _record(asked, format_of(format_, out), out, requirement, dry_run=dry_run, verify=not no_verify)
    else:
        _make(asked, format_of(format_, out), out)


def _list() -> None:
    from partnerkit.reports import documents as report

    emit(report.list_page(), report.list_json())


def _template(what: str) -> None:
    from partnerkit.jobs.documents import template

    text = template(what)
    say(as_json({"schema": "partnerkit.template/1", "document": what, "text": text}) + "\n" if OPTIONS.json else text)


def _make(asked: Asked, form: str, out: Path | None) -> None:
    """Make the document, and say what is to be known of it."""
    from partnerkit.jobs import about_person
    from partnerkit.jobs.document_record import text_digest
    from partnerkit.jobs.documents import compose, standing
    from partnerkit.jobs.outgoing import demand_writable
    from partnerkit.kinds.canonical import file_digest
    from partnerkit.reports import documents as report
    from partnerkit.rules.commands import line

    work = desk()
    if out is not None:
        demand_writable(work, out)
    if asked.naming == "all":
        if out is None:
            mend = line("doc", asked.what, asked.record, "--names", "--out", f"../{asked.record}-{asked.what}.{form}")
            raise WrongCallError("a document with names lies outside the register", mend)
        about_person.demand_outside(work, out)
    register, later = standing(work, asked)
    composed = compose(work, register, asked, later)
    data = report.made(composed, form, draft=composed.draft)
    _given(work, data, form, out, private=asked.naming == "all")
    told = report.as_json(
        composed, form, file_digest(data), text_digest(composed), draft=composed.draft, file=str(out) if out else None
    )
    _say_made(composed, data, out, told)


def _given(work: Desk, data: bytes, form: str, out: Path | None, *, private: bool) -> None:
    """Write the document to its file, or see that it can be printed."""
    from partnerkit.jobs.outgoing import write
    from partnerkit.reports.documents import TEXT

    if out is not None:
        write(work, data, out, private=private)
    elif form not in TEXT:
        raise WrongCallError(f"{form} is no text and is not printed", f"--out <file>.{form}")


def _say_made(composed: Composed, data: bytes, out: Path | None, told: dict[str, object]) -> None:
    from partnerkit.reports import documents as report
    from partnerkit.reports.findings import as_data, as_page

    if OPTIONS.json:
        text = {} if out is not None else {"text": data.decode()}
        say(as_json({**told, **text, "findings": [as_data(one) for one in composed.findings]}) + "\n")
    else:
        if out is None:
            say(data.decode())
        else:
            show(Page().add(Span("✓ ", WELL), f"{composed.title} → {out}"))
        show(report.notes(composed, str(told["format"]), draft=composed.draft), sys.stderr)
        if composed.findings:
            show(as_page(composed.findings), sys.stderr)
    if composed.findings:
        raise SystemExit(1)


def _record(asked: Asked, form: str, out: Path | None, requirement: str | None, *, dry_run: bool, verify: bool) -> None:
    """Record the document, and write the very bytes that were recorded."""
    from partnerkit.jobs import about_person
    from partnerkit.jobs.document_record import keep, text_digest
    from partnerkit.jobs.documents import compose
    from partnerkit.jobs.outgoing import demand_room, write
    from partnerkit.kinds.canonical import file_digest
    from partnerkit.reports import documents as report
    from partnerkit.reports.document_naming import ids_json
    from partnerkit.rules.commands import line

    if out is None:
        raise WrongCallError("a document that is recorded is kept in a file", "--record --out <file>")
    work = desk(dry_run=dry_run, verify=verify)
    demand_room(work, out)
    if asked.naming == "all":
        about_person.demand_outside(work, out)
    landed = keep(work, asked, requirement, out.name, form, partial(_final, form))
    made = landed.result
    given, data = made.composed, made.data
    if asked.naming == "all":
        given = compose(work, work.working_tree().demand(), replace(asked, to_be_signed=True))
        data = _final(form, given)
    if not dry_run:
        write(work, data, out, private=asked.naming == "all")
    told = report.as_json(
        made.composed, form, file_digest(made.data), text_digest(made.composed), draft=False, file=str(out)
    ) | ids_json(given, form, requirement)
    if OPTIONS.json:
        say(as_json({**landed_data("doc", landed, [made.record], work), **told, "schema": told["schema"]}) + "\n")
        return
    if not dry_run:
        show(Page().add(Span("✓ ", WELL), f"{made.composed.title} → {out}"))
    show(landed_page(landed, line("gates", asked.record), work))
    show(report.notes(given, form, draft=False, requirement=requirement), sys.stderr)


def _final(form: str, composed: Composed) -> bytes:
    from partnerkit.reports.documents import made

    return made(composed, form, draft=False)


def _check(asked: Asked, word: str | None, against: Path | None) -> None:
    from partnerkit.jobs.document_check import held_against, paper_of
    from partnerkit.jobs.documents import demand_document
    from partnerkit.reports import documents as report
    from partnerkit.store.disk.given import given

    def make(composed: Composed, form: str, draft: bool) -> bytes:
        return report.made(composed, form, draft=draft)

    demand_document(asked.what)
    work, data = desk(), given(against) if against is not None else None
    paper = paper_of(work, asked, data)
    if paper is not None:
        emit(report.kept_page(paper), report.kept_json(paper))
        same = paper.same
    else:
        form = format_of(word, against) if word or against else None
        found = held_against(work, asked, form, data, make)
        emit(report.parted_page(found), report.parted_json(found))
        same = found.same
    if not same:
        raise SystemExit(1)
