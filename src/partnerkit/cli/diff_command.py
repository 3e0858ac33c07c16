"""`partnerkit diff`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from partnerkit.cli.arguments import Json
from partnerkit.cli.completion import complete_ids
from partnerkit.cli.declared import Argument, Commands, Option
from partnerkit.cli.formats import demand_one
from partnerkit.cli.options import desk, emit_either
from partnerkit.errors import WrongCallError
from partnerkit.reports.page import say

if TYPE_CHECKING:
    from partnerkit.reviewing.review import Review

app = Commands()

FORMATS = ("text", "markdown", "json")


@app.command(epilog="Example: partnerkit diff; partnerkit diff main HEAD --format markdown")
def diff(
    base: Annotated[
        str | None, Argument(metavar="[BASE]", help="What it is to be merged into; else the default branch.")
    ] = None,
    head: Annotated[
        str | None, Argument(metavar="[HEAD]", help="Where the change leads; else the working tree.")
    ] = None,
    only: Annotated[
        str | None, Option(metavar="ID", autocompletion=complete_ids, help="Tell only this record, in full.")
    ] = None,
    format_: Annotated[str, Option("--format", metavar="WORD", help="text, markdown or json.")] = "text",
    json: Json = False,
) -> None:
    """What a change means, for whoever reviews it: stages, evidence, decisions, rules, and what to look at by eye.

    The change is looked at from where it left BASE, and judged by the rules of that commit, as check --base does.

    Exit 0 whatever is found (check judges), 3 where nobody can say what changed. Never writes.
    """
    del json
    demand_one(format_, FORMATS)
    _demand_two_words(base, head)
    from partnerkit.jobs.diff import diff as job

    found = _of(only, job(desk(bare=head is not None), base, head))
    if format_ == "markdown":
        from partnerkit.reports.diff_markdown import as_markdown

        say(as_markdown(found))
        return
    from partnerkit.reports import diff_json, diff_text

    emit_either(lambda: diff_text.as_page(found), lambda: diff_json.as_json(found))


def _of(record: str | None, found: Review) -> Review:
    """What was found, or what of it is of one record.

    Raises:
        WrongCallError: the change does not touch that record.
    """
    if record is None or found.untold is not None:
        return found
    known = [one.id for one in found.records]
    if record not in known:
        from partnerkit.kinds.problems import did_you_mean

        message = f"the change does not touch {record}{did_you_mean(record, known)}"
        raise WrongCallError(message, "partnerkit diff names the records that it touches")
    return found.only(record)


def _demand_two_words(base: str | None, head: str | None) -> None:
    """Whether a range is given as two words, not as git writes one: no revision has two dots in it.

    Raises:
        WrongCallError: it is not.
    """
    if base is None or head is not None or ".." not in base:
        return
    from partnerkit.rules.commands import line

    began, _, ended = base.replace("...", "..").partition("..")
    words = [began or "HEAD", ended or "HEAD"]
    raise WrongCallError(f"{base} is a range of git, and diff takes its two ends as two words", line("diff", *words))
