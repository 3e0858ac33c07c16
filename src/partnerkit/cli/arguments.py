"""Arguments and options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

from partnerkit.cli.declared import Argument, Option
from partnerkit.cli.options import OPTIONS, day
from partnerkit.errors import WrongCallError

if TYPE_CHECKING:
    from partnerkit.jobs.statements import Voice


def _json(value: bool) -> bool:
    OPTIONS.json = OPTIONS.json or value
    return value


Json = Annotated[bool, Option("--json", callback=_json, help="Print for other programs.")]
DryRun = Annotated[bool, Option("--dry-run", help="Judge only; change nothing.")]
NoVerify = Annotated[
    bool, Option("--no-verify", help="Skip commit hooks; the commit says so, and an entry that it makes.")
]
Advance = Annotated[
    bool,
    Option("--advance", help="Then on through the main stages, as far as everything demanded is there."),
]
RecordId = Annotated[str, Argument(metavar="ID", autocompletion="completion.complete_ids", help="A record's id.")]
Where = Annotated[
    list[str] | None,
    Option(
        metavar="FIELD=VALUE",
        autocompletion="completing_fields.complete_conditions",
        help="Records for which this holds (= != < <= > >= ~ !~; a comma: one of several); repeated: all of them.",
    ),
]
From = Annotated[
    str | None,
    Option("--from", metavar="CSV", help="A sheet: a row for each, column id, and columns for what it takes."),
]
For = Annotated[
    str | None,
    Option(
        "--for",
        metavar="PERSON",
        autocompletion="completion.complete_people",
        help="Whose word it is, where not yours.",
    ),
]
Seen = Annotated[str | None, Option(metavar="REF", help="Where you saw it: minutes, a mail, a link.")]
On = Annotated[str | None, Option(metavar="DATE", help="The day it was said or done, where not today.")]
AsOf = Annotated[
    str | None,
    Option(
        "--as-of",
        metavar="DATE|REV",
        autocompletion="completion.complete_moments",
        help="As it was at the end of that day (YYYY-MM-DD), or in that commit.",
    ),
]
Level = Annotated[
    str | None,
    Option(
        "--classification",
        metavar="LEVEL",
        autocompletion=lambda: ["public", "internal", "confidential", "restricted"],
        help="What its readers may see at most: public, internal (where nothing is said), confidential, restricted.",
    ),
]
Me = Annotated[bool, Option("--me", help="Only what you can do or owe.")]
OfRole = Annotated[
    str | None,
    Option("--role", metavar="ROLE", autocompletion="completion.complete_roles", help="Only what this role sees to."),
]
OfPerson = Annotated[
    str | None,
    Option(
        "--person", metavar="PERSON", autocompletion="completion.complete_people", help="Only what they can do or owe."
    ),
]
Reason = Annotated[str | None, Option(metavar="TEXT", help="Why.")]


def voice(speaker: str | None, seen: str | None, on: str | None) -> Callable[[str], Voice]:
    """Whose word a command records, once it is known who acts."""
    from partnerkit.jobs.statements import Voice

    said_on = day(on)
    return lambda actor: Voice(actor, speaker, seen, said_on)


def names_in(option: str, text: str | None) -> list[str]:
    """Names with commas between them; none where the option was left out.

    Raises:
        WrongCallError: it was said, and names nothing.
    """
    names = [name.strip() for name in (text or "").split(",") if name.strip()]
    if text is not None and not any(name.removeprefix("-") for name in names):
        raise WrongCallError(f"{option} {text!r} names no field", f"{option} with one, or several: id,stage")
    return names


def split_ids(words: list[str], known: Callable[[str], bool]) -> tuple[list[str], list[str]]:
    """The leading words that are ids of records, and the rest; the first word always is one."""
    count = 1
    while count < len(words) and "=" not in words[count] and known(words[count]):
        count += 1
    return words[:count], words[count:]


def last_word(words: list[str], elsewhere: bool) -> tuple[list[str], str]:
    """The ids that come first, and the requirement that comes last.

    Raises:
        WrongCallError: one of the two is not there.
    """
    if len(words) < (1 if elsewhere else 2):
        raise WrongCallError("say of which records, and of which requirement", "partnerkit gates <id> shows them")
    return words[:-1], words[-1]


Rewritten = Annotated[
    list[str] | None,
    Option(metavar="ID", help="History was rewritten to take out what this expunging took out of records."),
]
