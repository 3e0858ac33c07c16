"""`partnerkit person`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from partnerkit.cli.arguments import DryRun, Json, NoVerify, Seen
from partnerkit.cli.completion import complete_people, complete_roles
from partnerkit.cli.options import day, desk, emit, emit_landed, emit_made, interactive, landed_data, landed_page
from partnerkit.errors import WrongCallError

app = typer.Typer(
    rich_markup_mode=None,
    add_completion=False,
    help="The roster: who is on it, who holds which role, from when until when.",
    epilog="Example: partnerkit person show; "
    "partnerkit person add p-jonas --email jonas@lighthouse.example --role core-team",
)

Person = Annotated[
    str, typer.Argument(metavar="PERSON", autocompletion=complete_people, help="An opaque id, such as p-rosa.")
]
RoleName = Annotated[
    str, typer.Argument(metavar="ROLE", autocompletion=complete_roles, help="A role that a policy knows.")
]
Key = Annotated[
    list[str] | None,
    typer.Option(metavar="FILE", help="An SSH public key with which they sign, or a file with it; may be repeated."),
]
From = Annotated[str | None, typer.Option("--from", metavar="DATE", help="First day; today where not given.")]
Scope = Annotated[list[str] | None, typer.Option(metavar="KEY=VALUE", help="For what only, such as city=dortmund.")]


def _scope(words: list[str] | None) -> tuple[tuple[str, str], ...]:
    from partnerkit.jobs.values import pairs

    return tuple(pairs(words or []).items())


@app.command("show", epilog="Example: partnerkit person show; partnerkit person show p-jonas")
def show_(
    person: Annotated[
        str | None, typer.Argument(metavar="[PERSON]", autocompletion=complete_people, help="Only this one.")
    ] = None,
    json: Json = False,
) -> None:
    """Who is on the roster: addresses, roles with their scopes, from when until when."""
    del json
    from partnerkit.jobs import people as jobs
    from partnerkit.reports import roster as report

    found = jobs.show(desk(), person)
    emit(
        report.as_page(found.people, found.shared, found.day, whole=person is None),
        report.as_json(found.people, found.shared, found.day),
    )


@app.command("add", epilog="Example: partnerkit person add p-jonas --email jonas@example.org --role core-team")
def add_(
    person: Person,
    email: Annotated[
        list[str], typer.Option(metavar="ADDRESS", help="An address their commits carry; may be repeated.")
    ],
    key: Key = None,
    role: Annotated[
        list[str] | None, typer.Option(metavar="ROLE", autocompletion=complete_roles, help="A role from today on.")
    ] = None,
    from_: From = None,
    scope: Scope = None,
    seen: Seen = None,
    dry_run: DryRun = False,
    no_verify: NoVerify = False,
    json: Json = False,
) -> None:
    """Put somebody on the roster. Names stay out: the id is opaque, and says nothing about the person."""
    del json
    from partnerkit.jobs import people as jobs
    from partnerkit.jobs.recognised import KnownBy

    roles = [jobs.Appointment(name, day(from_), _scope(scope), seen) for name in role or []]
    work = desk(dry_run=dry_run, verify=not no_verify)
    landed = jobs.add_person(work, person, KnownBy.given(person, email, key or []), roles)
    emit_landed("person", landed, [], None if roles else f"partnerkit person role {person} ROLE", work)


@app.command("set", epilog="Example: partnerkit person set p-jonas --key jonas.pub")
def set_(
    person: Person,
    email: Annotated[
        list[str] | None, typer.Option(metavar="ADDRESS", help="Another address their commits carry; may be repeated.")
    ] = None,
    key: Key = None,
    without: Annotated[
        list[str] | None,
        typer.Option(metavar="ADDRESS|KEY", help="An address, or a key (or its fingerprint), that counts no more."),
    ] = None,
    dry_run: DryRun = False,
    no_verify: NoVerify = False,
    json: Json = False,
) -> None:
    """Change by which addresses and keys somebody is recognised. What landed with the old ones stands."""
    del json
    from partnerkit.jobs import people as jobs
    from partnerkit.jobs.recognised import KnownBy

    work = desk(dry_run=dry_run, verify=not no_verify)
    landed = jobs.set_person(work, person, KnownBy.given(person, email or [], key or []), without or [])
    emit_landed("person", landed, [], f"partnerkit person show {person}", work)


@app.command(
    "role", epilog="Example: partnerkit person role p-jonas core-team --from 2026-01-01 --seen minutes/2025-12-10.md"
)
def role_(
    person: Person,
    role: RoleName,
    from_: From = None,
    scope: Scope = None,
    seen: Seen = None,
    dry_run: DryRun = False,
    no_verify: NoVerify = False,
    json: Json = False,
) -> None:
    """Give somebody a role, from a day on, for a scope where the role has one.

    Without --scope it counts everywhere; given for a scope to somebody who holds it everywhere, it is narrowed to that.
    """
    del json
    from partnerkit.jobs import people as jobs

    work = desk(dry_run=dry_run, verify=not no_verify)
    landed = jobs.give_role(work, person, jobs.Appointment(role, day(from_), _scope(scope), seen))
    emit_landed("person", landed, [], None, work)


@app.command("end", epilog="Example: partnerkit person end p-jonas core-team --until 2026-12-31")
def end_(
    person: Person,
    role: RoleName,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="Last day; today where not given.")] = None,
    dry_run: DryRun = False,
    no_verify: NoVerify = False,
    json: Json = False,
) -> None:
    """End a role. What the person decided while they held it stands."""
    del json
    from partnerkit.jobs import people as jobs

    if person == role:
        raise WrongCallError("say the person, then the role")
    work = desk(dry_run=dry_run, verify=not no_verify)
    landed = jobs.end_role(work, person, role, day(until))
    emit_landed("person", landed, [], None, work)


@app.command(
    "forget", epilog="Example: partnerkit person forget spellings.txt --reason 'their own request of 2026-03-01'"
)
def forget_(
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why, without the text itself.")],
    spellings: Annotated[
        Path | None,
        typer.Argument(metavar="[FILE]", help="The text to forget, a spelling a line; stdin where not given."),
    ] = None,
    inside_words: Annotated[bool, typer.Option("--inside-words", help="Inside longer words too.")] = False,
    former: Annotated[
        bool, typer.Option("--former", help="Go on though only earlier versions of records hold it.")
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Where to write what takes it out of history; else in git's own folder."),
    ] = None,
    dry_run: DryRun = False,
    no_verify: NoVerify = False,
    json: Json = False,
) -> None:
    """Take a text, such as somebody's name, out of every record for good; a marker that says why stands in its place.

    It is read from a file or stdin, never from the command line. Seals stay provable: audit says "expunged".
    """
    del json
    from partnerkit.jobs import expressions
    from partnerkit.jobs import forgetting as job
    from partnerkit.reports import forgotten as report

    sought = job.spelled(_typed(spellings), inside_words=inside_words)
    work = desk(dry_run=dry_run, verify=not no_verify)
    expressions.demand_private(work, out)
    found, landed = job.forget(work, sought, reason, former=former)
    path = None if dry_run else str(expressions.write_expressions(work, found, out))
    page = landed_page(landed, "partnerkit audit", work).extend(report.as_page(found, path))
    emit_made(
        landed.commit, page, {**landed_data("forget", landed, landed.result, work), **report.as_json(found, path)}
    )


def _typed(path: Path | None) -> str:
    """What stands in a file, or was typed."""
    from partnerkit.store.disk.given import given

    if path is not None:
        raw = given(path)
        try:
            return raw.decode()
        except UnicodeDecodeError as error:
            raise WrongCallError(f"{path} is not UTF-8 text", "save it as UTF-8") from error
    if interactive():
        from partnerkit.reports.page import say

        say("The text to forget, a spelling in each line; Ctrl-D ends.\n", sys.stderr)
    return sys.stdin.read()
