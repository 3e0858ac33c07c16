"""`partnerkit check`."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from partnerkit.cli.arguments import Json
from partnerkit.cli.completion import complete_ids
from partnerkit.cli.declared import Argument, Commands, Option
from partnerkit.cli.formats import Answer, Format, told_as
from partnerkit.cli.options import OPTIONS, desk

if TYPE_CHECKING:
    from partnerkit.jobs.answered import Answered
    from partnerkit.jobs.kept_answers import KeptAnswers
    from partnerkit.reports.outcome import Outcome
    from partnerkit.reports.page import Page

app = Commands()


@app.command(epilog="Example: partnerkit check; partnerkit check --base main; partnerkit check --format github")
def check(
    paths: Annotated[
        list[str] | None, Argument(metavar="[PATH|ID…]", autocompletion=complete_ids, help="Only these.")
    ] = None,
    base: Annotated[
        str | None,
        Option(metavar="REV", help="Judge what changed since the branch left REV, by the rules of where it began."),
    ] = None,
    head: Annotated[str | None, Option(metavar="REV", help="Judge REV instead of the working tree.")] = None,
    staged: Annotated[
        bool, Option("--staged", help="Judge what is staged for the next commit, as its hook does.")
    ] = False,
    private: Annotated[
        bool,
        Option("--private", help="Of what is staged only whether something of the private place comes in."),
    ] = False,
    landed: Annotated[
        bool, Option("--landed", help="REV is what lands: it counts whose commit it is, as in a hook.")
    ] = False,
    changed: Annotated[
        bool, Option("--changed", help="Judge only what changed, and what that breaks beside it.")
    ] = False,
    no_cache: Annotated[
        bool, Option("--no-cache", help="Judge anew, whatever was answered before; and keep nothing.")
    ] = False,
    format_: Format = "text",
    json: Json = False,
) -> None:
    """Judge the working tree against HEAD by HEAD's rules, and everything that stands. Never writes.

    With --base a whole branch: judged by the rules of where it began, whatever has landed on REV since. With --changed
    what stood there before and did not change is left aside, so that the cost follows the change.

    Exit 0 where nothing is wrong (warnings do not count), 1 where something is.
    """
    del json
    from partnerkit.findings import has_errors
    from partnerkit.jobs.answered import Answered

    with told_as(format_) as tell:
        # Taken before git's variables are scrubbed: a commit in progress may have an index of its own.
        given = os.environ.get("GIT_INDEX_FILE")
        index = str(Path(given).absolute()) if given is not None else None
        of_all = not (paths or staged or private or landed or no_cache)
        kept = _kept(base, head, changed=changed) if of_all else None
        known = kept.known() if kept is not None else None
        if known is not None:
            if sys.stdout.isatty():
                desk(bare=base is not None and head is not None)  # it says who is behind which id
            answered = Answered.from_text(known)
            tell(_answer(answered))
        else:
            at = desk(bare=base is not None and head is not None)
            at.git.remembers = at.git.remembers and not no_cache
            if kept is not None and head is None:
                at.look_again()
            from partnerkit.jobs.check import Staged
            from partnerkit.jobs.check import check as job

            wanted = Staged(index) if staged else None
            if private:
                from partnerkit.jobs.guarding import guard

                found = guard(at, wanted, other=bool(paths or base or head or landed or changed))
            else:
                again = kept.look_again if kept is not None else None
                found = job(at, paths or [], base, head, wanted, landed=landed, changed=changed, kept=again)
            answered = Answered.of(found)
            tell(_answer(answered))
            if kept is not None:
                from partnerkit.jobs.rested_on import check_rested_on

                kept.keep(lambda began: check_rested_on(at, found, began), answered.as_text())
    if has_errors(answered.findings):
        raise SystemExit(1)


def _kept(base: str | None, head: str | None, *, changed: bool) -> KeptAnswers | None:
    """What was answered before to what is asked of a whole register; None where nothing is kept of such a question."""
    from partnerkit.cli.kept import answers
    from partnerkit.jobs.kept_answers import Question

    question = Question(base, head, changed, OPTIONS.today)
    return answers(OPTIONS.here(), question) if question.is_whole else None


def _answer(found: Answered) -> Answer:
    """What was found, in every format."""
    from partnerkit.reports import findings as report

    looked_at = found.looked_at

    def page() -> Page:
        return report.checked(found.findings, looked_at, found.expunged)

    def outcome() -> Outcome:
        from partnerkit.reports.outcome import of_check

        return of_check(found.findings, looked_at, found.changed, found.compared_with)

    def markdown(room: int | None) -> str:
        from partnerkit.reports.markdown_findings import as_markdown

        return as_markdown(outcome(), report.expunged_lines(found.expunged), room)

    return Answer(page, lambda: report.as_json(found.findings, found.expunged), outcome, markdown)
