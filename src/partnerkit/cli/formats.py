"""The formats in which `check` and `audit` tell what they found: one word each, the same for both."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from partnerkit.cli.declared import Option
from partnerkit.cli.options import OPTIONS
from partnerkit.dataclass import dataclass
from partnerkit.errors import CannotSayError, PartnerkitError, WrongCallError
from partnerkit.reports.encode import as_json
from partnerkit.reports.page import Page, Span, say, show

if TYPE_CHECKING:
    from partnerkit.reports.outcome import Outcome

#: How large GitHub lets the summary of a step become, in bytes.
_SUMMARY = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found, in each of the ways in which it can be told; only the one that is asked for is made.

    Attributes:
        page: for a person at a terminal.
        data: for programs that know partnerkit.
        outcome: for forges and editors, which have forms of their own.
        markdown: in so many bytes at most, or as many as a comment holds.
    """

    page: Callable[[], Page]
    data: Callable[[], dict[str, Any]]
    outcome: Callable[[], Outcome]
    markdown: Callable[[int | None], str]


def _text(answer: Answer) -> None:
    show(answer.page())


def _json(answer: Answer) -> None:
    say(as_json(answer.data()) + "\n")


def _github(answer: Answer) -> None:
    from partnerkit.reports.github import as_commands

    say(as_commands(answer.outcome()))
    named = os.environ.get("GITHUB_STEP_SUMMARY")
    if named:
        _summarise(Path(named), answer)


def _summarise(path: Path, answer: Answer) -> None:
    """Append everything to the summary of the step. It changes nothing where that cannot be written."""
    from partnerkit.store.disk.files import append_within

    try:
        append_within(path, _SUMMARY, lambda room: answer.markdown(room).encode())
    except OSError as error:
        why = f"the summary of this step cannot be written: {error.strerror or error}; its log has everything"
        show(Page().add(Span("! ", "yellow"), why), sys.stderr)


def _gitlab(answer: Answer) -> None:
    from partnerkit.reports.gitlab import as_report

    say(as_json(as_report(answer.outcome())) + "\n")


def _sarif(answer: Answer) -> None:
    from partnerkit.reports.sarif import as_log

    say(as_json(as_log(answer.outcome())) + "\n")


def _markdown(answer: Answer) -> None:
    say(answer.markdown(None))


FORMATS: dict[str, Callable[[Answer], None]] = {
    "text": _text,
    "json": _json,
    "github": _github,
    "gitlab": _gitlab,
    "sarif": _sarif,
    "markdown": _markdown,
}


def complete_formats(incomplete: str) -> list[str]:
    """The words of formats."""
    return [word for word in FORMATS if word.startswith(incomplete)]


Format = Annotated[
    str, Option("--format", metavar="WORD", autocompletion=complete_formats, help=f"{', '.join(FORMATS)}.")
]


def demand_one(word: str, formats: Collection[str]) -> None:
    """Take the format that is asked for, by `--format` or by `--json`.

    Raises:
        WrongCallError: there is no such format, or two were asked for.
    """
    if word not in formats:
        from partnerkit.kinds.problems import did_you_mean

        near = did_you_mean(word, formats)
        raise WrongCallError(f"there is no format {word!r}{near}", f"one of {', '.join(formats)}")
    if OPTIONS.json and word not in {"text", "json"}:
        raise WrongCallError(f"--json and --format {word} are two formats", "leave one of them out")
    OPTIONS.json = OPTIONS.json or word == "json"


@contextmanager
def told_as(word: str) -> Iterator[Callable[[Answer], None]]:
    """How to tell an answer in a format, and why there is none.

    Raises:
        WrongCallError: there is no such format, or two were asked for.
    """
    demand_one(word, FORMATS)
    try:
        yield FORMATS["json" if OPTIONS.json else word]
    except PartnerkitError as error:
        if word == "github":
            _annotate(error)
        raise


def _annotate(error: PartnerkitError) -> None:
    """Say in the workflow, too, why there is no answer; what is said of it elsewhere gives its runner no command."""
    from partnerkit.reports.encode import workflow_line
    from partnerkit.reports.github import as_failure

    with suppress(CannotSayError):
        say(as_failure(error.message, error.mend))
    error.message = workflow_line(error.message)
    error.mend = workflow_line(error.mend) if error.mend is not None else None
