"""`partnerkit audit`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from partnerkit.cli.arguments import Json, Rewritten
from partnerkit.cli.completion import complete_ids, complete_moments
from partnerkit.cli.declared import Argument, Commands, Option
from partnerkit.cli.formats import Answer, Format, told_as
from partnerkit.cli.options import desk

if TYPE_CHECKING:
    from partnerkit.reports.outcome import Outcome
    from partnerkit.rules.audited import Audited

app = Commands()


@app.command(epilog="Example: partnerkit audit; partnerkit audit acme; partnerkit audit --since v2026.1")
def audit(
    ids: Annotated[
        list[str] | None, Argument(metavar="[ID…]", autocompletion=complete_ids, help="Only these records.")
    ] = None,
    since: Annotated[str | None, Option(metavar="REV", help="Only what landed after REV.")] = None,
    as_of: Annotated[
        str | None,
        Option(
            metavar="DATE|REV",
            autocompletion=complete_moments,
            help="What had landed at the end of that day (YYYY-MM-DD), or with that commit, as it stood there.",
        ),
    ] = None,
    trust_root: Annotated[
        str | None, Option(metavar="DIGEST", help="The rules with which the register must have begun.")
    ] = None,
    checkpoint: Annotated[
        Path | None,
        Option(metavar="FILE", help="Go on from what FILE says was proven, and keep there what is proven now."),
    ] = None,
    rewritten: Rewritten = None,
    full: Annotated[bool, Option("--full", help="Judge every commit anew, whatever was judged before.")] = False,
    format_: Format = "text",
    json: Json = False,
) -> None:
    """Prove from the repository alone that every record got where it is by the rules in force that day.

    Every commit of the main line is judged by the rules that stood before it; verdicts are kept in git's own folder, so
    that the next audit costs what is new. It changes no record and no history, and never uses the network.

    Exit 0 where all was by the rules, 1 where something was not, 3 where it cannot be said (history cut off or gone).
    """
    del json
    from partnerkit.jobs.audit import Asked
    from partnerkit.jobs.audit import audit as job

    with told_as(format_) as tell:
        asked = Asked(ids or [], since, trust_root, checkpoint, full=full, rewritten=rewritten or [], until=as_of)
        at = desk(bare=True)
        at.git.remembers = at.git.remembers and not full
        found = job(at, asked)
        tell(_answer(found))
    if not found.proven:
        raise SystemExit(1)


def _answer(found: Audited) -> Answer:
    """What was proven and what was not, in every format."""
    from partnerkit.reports import audit as report

    def outcome() -> Outcome:
        from partnerkit.reports.audit_outcome import of_audit

        return of_audit(found)

    def markdown(room: int | None) -> str:
        from partnerkit.reports.audit_sent import as_markdown

        return as_markdown(found, outcome(), room)

    return Answer(lambda: report.as_page(found), lambda: report.as_json(found), outcome, markdown)
