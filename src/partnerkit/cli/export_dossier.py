"""`partnerkit export dossier`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from partnerkit.cli.arguments import AsOf, Json, Level, RecordId
from partnerkit.cli.declared import Option
from partnerkit.cli.formats import demand_one
from partnerkit.cli.giving import Out, demand_out, give
from partnerkit.cli.options import OPTIONS, desk

#: The formats, each with the endings of files that ask for it.
_FORMATS = {"md": (".md", ".markdown"), "html": (".html", ".htm"), "json": (".json",)}


def _complete_formats(incomplete: str) -> list[str]:
    """The words of formats."""
    return [word for word in _FORMATS if word.startswith(incomplete)]


def dossier(
    record_id: RecordId,
    as_of: AsOf = None,
    format_: Annotated[
        str | None,
        Option("--format", metavar="WORD", autocompletion=_complete_formats, help="md, html or json."),
    ] = None,
    classification: Level = None,
    evidence: Annotated[
        Path | None, Option(metavar="DIR", help="Also write the evidence that is in the register there.")
    ] = None,
    out: Out = None,
    json: Json = False,
) -> None:
    """What an auditor takes home of one record, in one document: all of it, and how each part is checked.

    What it says, with the meaning of each field; evidence and whether its bytes still match; decisions and whether what
    they were bound to still stands; every move with its clauses, what met them, its commit and digests; what belongs to
    it, likewise; the verdict of the audit; the rules in force; commands of git that check it without partnerkit.

    It is made from what landed. Nothing above the level is in it, and people are in it by their ids but for those who
    agreed to be named. Where no format is asked for, the ending of the file says it; else it is Markdown.

    Exit 0 where all was by the rules, 1 where something was not; it is written either way.
    """
    from partnerkit.jobs.dossier import dossier as job
    from partnerkit.jobs.dossier import hand_over
    from partnerkit.jobs.seeing import level_of
    from partnerkit.reports.dossier import as_data

    wanted = _format(format_, out)
    wanted = "json" if json or OPTIONS.json else wanted
    work = desk(bare=True)
    demand_out(work, out)
    found = job(work, record_id, as_of, level_of(classification))
    written = f", {hand_over(work, found, evidence)} files of evidence in {evidence}" if evidence is not None else ""
    give(work, _text(as_data(found), wanted), out, f"the dossier of {record_id}{written}")
    if not found.audited.proven:
        raise SystemExit(1)


def _format(asked: str | None, out: Path | None) -> str:
    """The format in which it is wanted: as asked, else as the file is called.

    Raises:
        WrongCallError: there is no such format.
    """
    ending = out.suffix.lower() if out is not None else ""
    found = asked or next((name for name, endings in _FORMATS.items() if ending in endings), ending.removeprefix("."))
    if not found:
        return "md"
    demand_one(found, _FORMATS)
    return found


def _text(data: dict[str, object], wanted: str) -> str:
    if wanted == "json":
        from partnerkit.reports.encode import as_json

        return as_json(data) + "\n"
    from partnerkit.reports import paper as papers
    from partnerkit.reports.dossier_paper import paper

    return (papers.as_html if wanted == "html" else papers.as_markdown)(paper(data))
