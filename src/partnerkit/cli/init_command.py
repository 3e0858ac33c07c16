"""`partnerkit init`."""

from __future__ import annotations

from typing import Annotated

from partnerkit.cli.arguments import Json, NoVerify
from partnerkit.cli.completion import complete_packs
from partnerkit.cli.declared import Commands, Option
from partnerkit.cli.options import ask, desk, emit_made, interactive
from partnerkit.errors import WrongCallError
from partnerkit.reports.page import WELL, Page, Span

app = Commands()


@app.command(
    epilog="Example: partnerkit init --name 'Lighthouse Community' --policy OPS-05-03 --person p-rosa --role core-team"
)
def init(
    name: Annotated[str | None, Option(metavar="TEXT", help="Whose register it is.")] = None,
    policy: Annotated[
        list[str] | None,
        Option(
            metavar="PACK|FILE",
            autocompletion=complete_packs,
            help="A shipped policy, or a policy file; may be repeated.",
        ),
    ] = None,
    time_zone: Annotated[str, Option(metavar="ZONE", help="Where days begin, such as Europe/Berlin.")] = "UTC",
    person: Annotated[str | None, Option(metavar="ID", help="Your opaque id on the roster, such as p-rosa.")] = None,
    role: Annotated[list[str] | None, Option(metavar="ROLE", help="A role that you hold; may be repeated.")] = None,
    separation: Annotated[
        str, Option(metavar="WORD", help="Must deciders be others than proposers: require, warn or off.")
    ] = "require",
    shared: Annotated[
        list[str] | None, Option(metavar="ADDRESS", help="A mailbox that several people read: it never approves.")
    ] = None,
    no_verify: NoVerify = False,
    json: Json = False,
) -> None:
    """Make a register in this git repository: settings, roster, policies, schemas, as one commit (genesis)."""
    del json
    from partnerkit.jobs import init as jobs
    from partnerkit.jobs.new import slug
    from partnerkit.store import packs

    work = desk(verify=not no_verify)
    policies = jobs.given_policies(_asked_list(policy, "Which written policy", packs.names()))
    known = sorted({name for one in policies.values() for name in one.source.policy.roles})
    roles = _asked_list(role, "Which role do you hold", known)
    whose = _asked(name, "Whose register is it")
    who = _asked(person, "Your id on the roster (opaque, such as p-rosa)")
    if slug(who) != who:
        raise WrongCallError(
            f"{who!r} is no id", f"write lower-case letters, digits and hyphens, such as {slug(who) or 'p-1'}"
        )
    made = jobs.init(
        work, jobs.Plan(whose, time_zone, policies, who, roles, separation=separation, shared=shared or [])
    )
    page = Page().add(Span("✓ ", WELL), f"the register of {whose} begins here", Span(f"   {made.commit[:10]}", "dim"))
    page.add("  trust root: ", Span(made.trust_root, "bold"))
    page.add("  Keep that line somewhere else: whoever audits the register can pin it as where trust begins.")
    gaps = sum(spec.value is None for one in policies.values() for spec in one.source.policy.variables.values())
    if gaps:
        page.add(
            f"  {'1 thing' if gaps == 1 else f'{gaps} things'} that the written policies leave open "
            f"{'waits' if gaps == 1 else 'wait'} for your decision: ",
            Span("partnerkit policy gaps", "green"),
        )
    page.add(Span("Next: ", "bold"), Span(made.first, "green"))
    data = {"schema": "partnerkit.init/1", "commit": made.commit, "trust_root": made.trust_root, "files": made.paths}
    emit_made(made.commit, page, data)


def _asked(given: str | None, question: str) -> str:
    if given:
        return given
    if not interactive():
        option = {"Whose": "--name", "Your": "--person"}[question.split(maxsplit=1)[0]]
        raise WrongCallError(f"{question}?", f"say {option}")
    return ask(question)


def _asked_list(given: list[str] | None, question: str, known: list[str]) -> list[str]:
    if given:
        return given
    if len(known) == 1:
        return known
    if not interactive():
        option = "--policy" if "policy" in question else "--role"
        raise WrongCallError(f"{question}? {', '.join(known)}", f"say {option}")
    answer = ask(f"{question} ({', '.join(known)}; several with commas)")
    return [one.strip() for one in answer.split(",") if one.strip()]
