"""`partnerkit person`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

from partnerkit.cli.arguments import DryRun, Json, NoVerify, On, Seen
from partnerkit.cli.completion import complete_people, complete_roles
from partnerkit.cli.declared import Argument, Commands, Option
from partnerkit.cli.options import ask, day, desk, emit, emit_landed, emit_made, interactive, landed_data, landed_page
from partnerkit.errors import WrongCallError

app = Commands(
    help="People: who holds which role, from when until when; who is behind an id; forgetting.",
    epilog="Example: partnerkit person show; "
    "partnerkit person add p-jonas --email jonas@lighthouse.example --role core-team",
)

Person = Annotated[
    str, Argument(metavar="PERSON", autocompletion=complete_people, help="An opaque id, such as p-rosa.")
]
RoleName = Annotated[str, Argument(metavar="ROLE", autocompletion=complete_roles, help="A role that a policy knows.")]
Key = Annotated[
    list[str] | None,
    Option(metavar="FILE", help="An SSH public key with which they sign, or a file with it; may be repeated."),
]
From = Annotated[str | None, Option("--from", metavar="DATE", help="First day; today where not given.")]
Scope = Annotated[list[str] | None, Option(metavar="KEY=VALUE", help="For what only, such as city=dortmund.")]


def _scope(words: list[str] | None) -> tuple[tuple[str, str], ...]:
    from partnerkit.jobs.values import pairs

    return tuple(pairs(words or []).items())


@app.command("show", epilog="Example: partnerkit person show; partnerkit person show p-jonas")
def show_(
    person: Annotated[
        str | None, Argument(metavar="[PERSON]", autocompletion=complete_people, help="Only this one.")
    ] = None,
    json: Json = False,
) -> None:
    """Who is on the roster: addresses, roles with their scopes, from when until when. Of anybody else, what is known.

    A terminal also shows who is behind an id, where the private place is on this machine.
    """
    del json
    from partnerkit.jobs import people as jobs
    from partnerkit.reports import roster as report

    found = jobs.show(desk(), person)
    emit(
        report.beside(
            report.as_page(found.people, found.shared, found.day, whole=person is None), found.about, found.kept
        ),
        report.as_json(found.people, found.shared, found.day, found.about, kept=found.kept is not None),
    )


@app.command("name", epilog="Example: partnerkit person name p-0007; partnerkit person name --from names.csv --dry-run")
def name_(
    person: Annotated[
        str | None, Argument(metavar="[PERSON]", autocompletion=complete_people, help="Their opaque id.")
    ] = None,
    name: Annotated[str | None, Argument(metavar="[NAME]", help="Their name; asked for at a terminal.")] = None,
    email: Annotated[list[str] | None, Option(metavar="ADDRESS", help="An address; may be repeated.")] = None,
    alias: Annotated[list[str] | None, Option(metavar="NAME", help="Another name; may be repeated.")] = None,
    contact: Annotated[
        list[str] | None, Option(metavar="KEY=VALUE", help="Another way to reach them; may be repeated.")
    ] = None,
    without: Annotated[
        list[str] | None,
        Option(metavar="TEXT", help="An address, an alias, the key of a contact, `name` or `consent`, that goes."),
    ] = None,
    consent: Annotated[
        str | None,
        Option(
            metavar="internal|public",
            autocompletion=lambda: ["internal", "public"],
            help="They agreed to be named in what is made for the organisation, or for everybody; with --seen.",
        ),
    ] = None,
    seen: Seen = None,
    on: On = None,
    from_: Annotated[
        str | None, Option("--from", metavar="CSV", help="A sheet: id, name, email, aliases; the rest: contacts.")
    ] = None,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Keep who somebody is, and how they are reached, in the private place: never in the register, never in git.

    Nothing is committed, and nothing of it is shown but on a terminal.
    """
    del json
    from partnerkit.jobs import private_naming as jobs
    from partnerkit.reports import private as report

    if (person is None) == (from_ is None):
        raise WrongCallError("say whom, or give a sheet", "partnerkit person name <person>, or --from names.csv")
    if person is not None and not any((name, email, alias, contact, without, consent)) and interactive():
        name = ask(f"Name of {person}")
    work = desk(dry_run=dry_run)
    agreed = jobs.Agreed(consent, day(on), seen) if consent is not None else None
    given = jobs.Given(person, name, email or [], alias or [], contact or [], without or [], from_, agreed)
    done, unknown = jobs.name(work, given)
    emit(
        report.as_page(done, unknown, dry_run=dry_run),
        report.as_json(done, unknown, dry_run=dry_run),
    )


@app.command("add", epilog="Example: partnerkit person add p-jonas --email jonas@example.org --role core-team")
def add_(
    person: Person,
    email: Annotated[list[str], Option(metavar="ADDRESS", help="An address their commits carry; may be repeated.")],
    key: Key = None,
    role: Annotated[
        list[str] | None, Option(metavar="ROLE", autocompletion=complete_roles, help="A role from today on.")
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
        list[str] | None, Option(metavar="ADDRESS", help="Another address their commits carry; may be repeated.")
    ] = None,
    key: Key = None,
    without: Annotated[
        list[str] | None,
        Option(metavar="ADDRESS|KEY", help="An address, or a key (or its fingerprint), that counts no more."),
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
    until: Annotated[str | None, Option(metavar="DATE", help="Last day; today where not given.")] = None,
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
    "forget",
    epilog="Example: partnerkit person forget spellings.txt --reason 'their own request of 2026-03-01'; "
    "partnerkit person forget --person p-0007 --reason 'their own request' --dry-run",
)
def forget_(
    reason: Annotated[str, Option(metavar="TEXT", help="Why, without the text itself.")],
    spellings: Annotated[
        Path | None,
        Argument(metavar="[FILE]", help="The text to forget, a spelling a line; stdin where not given."),
    ] = None,
    person: Annotated[
        str | None,
        Option(
            metavar="PERSON", autocompletion=complete_people, help="Whose it is: what the private place says goes too."
        ),
    ] = None,
    inside_words: Annotated[bool, Option("--inside-words", help="Inside longer words too.")] = False,
    former: Annotated[bool, Option("--former", help="Go on though only earlier versions of records hold it.")] = False,
    out: Annotated[
        Path | None,
        Option(metavar="FILE", help="Where to write what takes it out of history; else in git's own folder."),
    ] = None,
    dry_run: DryRun = False,
    no_verify: NoVerify = False,
    json: Json = False,
) -> None:
    """Take a text, such as somebody's name, out of every record for good; a marker that says why stands in its place.

    It is read from a file or stdin, never from the command line. Seals stay provable: audit says "expunged". With
    --person every spelling that the private place knows counts, and what it says of them is taken out too.
    """
    del json
    from partnerkit.jobs import expressions
    from partnerkit.jobs import forgetting as job
    from partnerkit.jobs import forgetting_people as people
    from partnerkit.reports import forgotten as report

    work = desk(dry_run=dry_run, verify=not no_verify)
    if person is not None:
        people.demand_somebody(work, person)
    kept = people.kept_of(work, person) if person is not None else None
    typed = _typed(spellings) if spellings is not None or kept is None else ""
    sought = job.spelled(people.spelled_out(work, kept, typed), inside_words=inside_words)
    expressions.demand_private(work, out)
    found, landed = job.forget(work, sought, reason, former=former, elsewhere=kept is not None)
    left = people.remains(work, person, sought)
    nowhere = landed.commit is None and found.standing.is_empty
    path = None if dry_run or nowhere else str(expressions.write_expressions(work, found, out))
    page = landed_page(landed, "partnerkit audit", work).extend(report.as_page(found, path, left, dry_run=dry_run))
    data = {**landed_data("forget", landed, landed.result, work), **report.as_json(found, path, left)}
    emit_made(landed.commit, page, data)


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
