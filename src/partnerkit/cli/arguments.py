"""Arguments and options that several commands share, and what a shell completes for them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from partnerkit.cli.options import OPTIONS, day
from partnerkit.errors import WrongCallError

if TYPE_CHECKING:
    from partnerkit.jobs.statements import Voice


def _json(value: bool) -> bool:
    OPTIONS.json = OPTIONS.json or value
    return value


def _records() -> Path:
    """The folder of records, of the register in which the command is run: also from a folder inside it."""
    here = OPTIONS.here().resolve()
    found = (folder / "records" for folder in (here, *here.parents))
    return next((records for records in found if (records / "register.yaml").is_file()), here / "records")


def complete_ids(incomplete: str) -> list[str]:
    """Ids of records, from the names of files alone."""
    records = _records()
    paths = (path for path in records.glob("*/**/*.yaml"))
    found = (path.stem for path in paths if path.relative_to(records).parts[0] not in {"policies", "evidence"})
    return sorted(one for one in found if one.startswith(incomplete))


def _policies() -> list[dict[str, object]]:
    from partnerkit.store.yaml.reader import read  # noqa: PLC0415

    found = []
    for path in sorted((_records() / "policies").glob("*.yaml")):
        document, _problems = read(path.read_bytes(), path.name)
        if document is not None:
            found.append(document.data)
    return found


def _names(group: str, incomplete: str) -> list[str]:
    names: set[str] = set()
    for policy in _policies():
        part = policy.get(group)
        if isinstance(part, dict):
            names |= {str(name) for name in part}
    return sorted(name for name in names if name.startswith(incomplete))


def complete_requirements(incomplete: str) -> list[str]:
    """Requirements of the policies in force."""
    return _names("requirements", incomplete)


def complete_roles(incomplete: str) -> list[str]:
    """Roles of the policies in force."""
    return _names("roles", incomplete)


def complete_policies(incomplete: str) -> list[str]:
    """Policies in force."""
    return sorted(name for policy in _policies() if (name := str(policy.get("policy"))).startswith(incomplete))


def complete_stages(incomplete: str) -> list[str]:
    """Stages of the policies in force."""
    found: set[str] = set()
    for policy in _policies():
        cycles = policy.get("lifecycles")
        for cycle in cycles.values() if isinstance(cycles, dict) else []:
            found |= set(cycle.get("stages", {}))
    return sorted(name for name in found if name.startswith(incomplete))


def complete_people(incomplete: str) -> list[str]:
    """People of the roster."""
    from partnerkit.store.yaml.reader import read  # noqa: PLC0415

    path = _records() / "people.yaml"
    document, _problems = read(path.read_bytes(), path.name) if path.exists() else (None, [])
    people = document.data.get("people") if document is not None else None
    return sorted(name for name in people if name.startswith(incomplete)) if isinstance(people, dict) else []


def complete_kinds(incomplete: str) -> list[str]:
    """Kinds of records."""
    from partnerkit.kinds.catalogue import KINDS  # noqa: PLC0415

    return [kind for kind in KINDS if kind.startswith(incomplete)]


Json = Annotated[bool, typer.Option("--json", callback=_json, help="Print for other programs.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Judge only; change nothing.")]
NoVerify = Annotated[bool, typer.Option("--no-verify", help="Skip commit hooks; the record's entry says so.")]
RecordId = Annotated[str, typer.Argument(metavar="ID", autocompletion=complete_ids, help="A record's id.")]
Where = Annotated[
    list[str] | None,
    typer.Option(metavar="FIELD=VALUE", help="Records for which this holds (= != < <= > >= ~); may be repeated."),
]
From = Annotated[
    str | None,
    typer.Option("--from", metavar="CSV", help="A sheet: a row for each, column id, and columns for what it takes."),
]
For = Annotated[
    str | None,
    typer.Option("--for", metavar="PERSON", autocompletion=complete_people, help="Whose word it is, where not yours."),
]
Seen = Annotated[str | None, typer.Option(metavar="REF", help="Where you saw it: minutes, a mail, a link.")]
On = Annotated[str | None, typer.Option(metavar="DATE", help="The day it was said or done, where not today.")]
Reason = Annotated[str | None, typer.Option(metavar="TEXT", help="Why.")]


def voice(speaker: str | None, seen: str | None, on: str | None) -> Callable[[str], Voice]:
    """Whose word a command records, once it is known who acts."""
    from partnerkit.jobs.statements import Voice  # noqa: PLC0415

    said_on = day(on)
    return lambda actor: Voice(actor, speaker, seen, said_on)


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


def complete_ids_and_requirements(incomplete: str) -> list[str]:
    """Ids of records, and requirements of the policies in force."""
    return [*complete_ids(incomplete), *complete_requirements(incomplete)]


Decided = Annotated[
    list[str],
    typer.Argument(
        metavar="ID… REQUIREMENT", autocompletion=complete_ids_and_requirements, help="Records, and a requirement."
    ),
]
