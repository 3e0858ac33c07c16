"""`partnerkit policy`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from partnerkit.cli.arguments import DryRun, Json, NoVerify, Reason, Seen
from partnerkit.cli.completion import complete_ids, complete_old_stages, complete_packs, complete_policies
from partnerkit.cli.declared import Argument, Commands, Option
from partnerkit.cli.options import day, desk, emit, emit_landed
from partnerkit.cli.policy_figures import Name, figures
from partnerkit.dataclass import replace
from partnerkit.errors import WrongCallError

if TYPE_CHECKING:
    from partnerkit.register import PolicyFile

app = Commands(
    help="What the policies say, how much of them runs, and what nobody has decided yet.",
    epilog="Example: partnerkit policy gaps; partnerkit policy set OPS-05-03 notice=P60D --seen minutes/2026-03-19.md",
)

Pack = Annotated[bool, Option("--pack", help="The policy as shipped with partnerkit, not the register's.")]

Stage = Annotated[
    list[str] | None,
    Option(
        metavar="[KIND.]OLD=NEW",
        autocompletion=complete_old_stages,
        help="Where records of a stage that is gone go.",
    ),
]

Amendment = Annotated[
    str | None,
    Option(
        "--amendment",
        metavar="CASE",
        autocompletion=complete_ids,
        help="Do not land it: put it before the case that decides it, where the policy asks for one.",
    ),
]


def _next(case: str | None, otherwise: str) -> str:
    """The next useful command: of what a case is yet to decide, its gates."""
    return f"partnerkit gates {case}" if case else otherwise


def _find(name: str | None, pack: bool) -> PolicyFile:
    from partnerkit.jobs import policies as jobs

    return jobs.find(None if pack else desk(), name, pack=pack)


@app.command(epilog="Example: partnerkit policy show OPS-05-03")
def show(name: Name = None, pack: Pack = False, json: Json = False) -> None:
    """Show a policy: its facts, who may change it, lifecycles and gates, roles and categories."""
    del json
    from partnerkit.kinds.canonical import digest
    from partnerkit.reports import policies as report

    found = _find(name, pack)
    roles = None if pack else desk().working_tree().demand().settings.trust.who_changes("policies")
    held = digest(found.data)
    data = {"schema": "partnerkit.policy/1", "policy": found.data, "digest": held, "landed_by": roles}
    emit(report.policy_page(found.policy, roles, held), data)


@app.command(epilog="Example: partnerkit policy coverage OPS-05-03 --source partnership-policy.md")
def coverage(
    name: Name = None,
    source: Annotated[
        Path | None, Option(metavar="FILE", help="The written policy, to hold the clauses against.")
    ] = None,
    pack: Pack = False,
    json: Json = False,
) -> None:
    """Whether every clause is implemented, or narrative with a reason. Exit 1 where one is not."""
    del json
    from partnerkit.findings import has_errors
    from partnerkit.jobs import policies as jobs
    from partnerkit.reports import findings as findings_report
    from partnerkit.reports import policies as report

    result = jobs.covered(_find(name, pack), source)
    page = report.coverage_page(result.policy, result.coverage, result.findings, result.source)
    emit(
        page.extend(findings_report.as_page(result.findings)),
        report.coverage_json(result.policy, result.coverage, result.findings),
    )
    if has_errors(result.findings):
        raise SystemExit(1)


@app.command(epilog="Example: partnerkit policy gaps")
def gaps(name: Name = None, pack: Pack = False, json: Json = False) -> None:
    """What the written policies leave open and nobody has decided, each with the command that closes it."""
    del json
    from partnerkit.jobs import policies as jobs
    from partnerkit.reports import policies as report

    if name is None and not pack:
        sources = list(desk().working_tree().demand().policies.values())
    else:
        sources = [_find(name, pack)]
    rows = [(gap.policy, gap.name, gap.spec, gap.used_by, gap.command) for gap in jobs.gaps(sources)]
    policies = [one.policy for one in sources]
    emit(report.gaps_page(rows, policies), report.gaps_json(rows, policies))


app.command(epilog="Example: partnerkit policy figures MEM-02-03 --period 2026-Q2 --explain")(figures)


@app.command("set", epilog="Example: partnerkit policy set OPS-05-03 notice=P60D --seen minutes/2026-02-01.md")
def set_(
    name: Annotated[str, Argument(metavar="POLICY", autocompletion=complete_policies, help="A policy's id.")],
    words: Annotated[list[str], Argument(metavar="variable=value…", help="What was decided; variable= unsets it.")],
    seen: Seen = None,
    amendment: Amendment = None,
    dry_run: DryRun = False,
    no_verify: NoVerify = False,
    json: Json = False,
) -> None:
    """Set what the written policy leaves open, once the organisation has decided it."""
    del json
    from partnerkit.jobs import policies as jobs
    from partnerkit.jobs.values import pairs

    work = desk(dry_run=dry_run, verify=not no_verify)
    landed = jobs.set_variables(work, name, pairs(words), seen, amendment)
    emit_landed("policy-set", landed, [], _next(amendment, f"partnerkit policy gaps {name}"), work)


@app.command(epilog="Example: partnerkit policy diff OPS-05-03 --base HEAD~3")
def diff(
    name: Name = None,
    base: Annotated[str | None, Option(metavar="REV", help="Compare with REV instead of HEAD.")] = None,
    pack: Annotated[bool, Option("--pack", help="Compare the register's policy with the shipped pack.")] = False,
    json: Json = False,
) -> None:
    """What a change of a policy means for records in flight: which gates get harder or easier, what becomes void."""
    del json
    from partnerkit.jobs.policy_difference import differences
    from partnerkit.reports import policy_changes as report

    found = differences(desk(), name, base, pack=pack)
    emit(report.as_page(found), report.as_json(found))


@app.command(epilog="Example: partnerkit policy add MEM-02-03; partnerkit policy add our-policy.yaml")
def add(
    what: Annotated[
        str,
        Argument(
            metavar="PACK|FILE", autocompletion=complete_packs, help="A shipped pack by its id, or a policy file."
        ),
    ],
    dry_run: DryRun = False,
    no_verify: NoVerify = False,
    json: Json = False,
) -> None:
    """Take a policy into the register. Records may stand under it from then on."""
    del json
    from partnerkit.jobs import policy_taking as jobs

    work = desk(dry_run=dry_run, verify=not no_verify)
    landed = jobs.add(work, what)
    emit_landed("policy-add", landed, [], f"partnerkit policy show {landed.result}", work)


@app.command(epilog="Example: partnerkit policy reaffirm OPS-05-03 --seen minutes/2026-07-01.md --next 2027-07-01")
def reaffirm(
    name: Name = None,
    seen: Seen = None,
    next_: Annotated[str | None, Option("--next", metavar="DATE", help="When it is due again.")] = None,
    amendment: Amendment = None,
    dry_run: DryRun = False,
    no_verify: NoVerify = False,
    json: Json = False,
) -> None:
    """Record that the organisation has reviewed a policy and stands by it. Voids nothing."""
    del json
    from partnerkit.jobs import policy_taking as jobs

    work = desk(dry_run=dry_run, verify=not no_verify)
    landed = jobs.reaffirm(work, name, seen, day(next_), amendment)
    emit_landed("policy-reaffirm", landed, [], _next(amendment, f"partnerkit policy show {landed.result}"), work)


@app.command(epilog="Example: partnerkit policy upgrade OPS-05-03 --theirs requirements.notice")
def upgrade(
    name: Name = None,
    ours: Annotated[list[str] | None, Option(metavar="PATH", help="Contested: keep what the register has.")] = None,
    theirs: Annotated[list[str] | None, Option(metavar="PATH", help="Contested: take what the pack has.")] = None,
    amendment: Amendment = None,
    dry_run: DryRun = False,
    no_verify: NoVerify = False,
    json: Json = False,
) -> None:
    """Follow a newer version of a policy's pack; what the organisation changed itself stays."""
    del json
    from partnerkit.jobs import policy_taking as jobs

    work = desk(dry_run=dry_run, verify=not no_verify)
    landed = jobs.upgrade(work, name, ours or [], theirs or [], amendment)
    landed.notes += [f"kept as it is here: {path}" for path in landed.result.merged.kept]
    next_ = _next(amendment, f"partnerkit policy show {landed.result.policy}")
    emit_landed("policy-upgrade", replace(landed, result=None), [], next_, work)


@app.command(
    epilog="Example: partnerkit policy migrate OPS-05-03 --from new.yaml --stage assessment=vetting --reason '…'"
)
def migrate(
    name: Name = None,
    file: Annotated[str, Option("--from", metavar="FILE", help="The new version of the policy.")] = "",
    stage: Stage = None,
    reason: Reason = None,
    dry_run: DryRun = False,
    no_verify: NoVerify = False,
    json: Json = False,
) -> None:
    """Land a version of a policy in which stages are gone, and move the records that stand in them."""
    del json
    from partnerkit.jobs.policy_migrating import migrate as job
    from partnerkit.jobs.values import pairs

    if not file:
        raise WrongCallError("say which version is to land", "--from <policy.yaml>")
    work = desk(dry_run=dry_run, verify=not no_verify)
    landed = job(work, name, file, pairs(stage or []), reason)
    emit_landed("policy-migrate", landed, landed.result, "partnerkit list --by stage", work)


@app.command(
    epilog="Example: partnerkit policy amend longer-notice --from new.yaml; partnerkit policy amend longer-notice"
)
def amend(
    case: Annotated[str, Argument(metavar="CASE", autocompletion=complete_ids, help="The case that decides it.")],
    file: Annotated[
        str | None,
        Option("--from", metavar="FILE", help="A new version of the policy, to be decided in the case."),
    ] = None,
    stage: Stage = None,
    dry_run: DryRun = False,
    no_verify: NoVerify = False,
    json: Json = False,
) -> None:
    """Land what a case has decided of its policy; with --from, put a new version before the case."""
    del json
    from partnerkit.jobs.policy_migrating import amend as job
    from partnerkit.jobs.values import pairs

    work = desk(dry_run=dry_run, verify=not no_verify)
    landed = job(work, case, file, pairs(stage or []))
    emit_landed(
        "policy-amend",
        landed,
        [] if file else landed.result,
        _next(case if file else None, "partnerkit policy show"),
        work,
    )


@app.command(epilog="Example: partnerkit policy graph OPS-05-03 agreement")
def graph(
    name: Name = None,
    kind: Annotated[str, Argument(metavar="[KIND]", help="Whose lifecycle.")] = "partnership",
    pack: Pack = False,
    json: Json = False,
) -> None:
    """A lifecycle as a Mermaid diagram, which forges draw."""
    from partnerkit.kinds.problems import did_you_mean
    from partnerkit.reports import policies as report
    from partnerkit.reports.page import Page, say

    found = _find(name, pack)
    if kind not in found.policy.lifecycles:
        near = did_you_mean(kind, found.policy.lifecycles)
        raise WrongCallError(
            f"{found.policy.policy} has no lifecycle for {kind!r}{near}", f"it has {', '.join(found.policy.lifecycles)}"
        )
    text = report.graph(found.policy, kind)
    if json:
        emit(Page(), {"schema": "partnerkit.graph/1", "policy": found.policy.policy, "kind": kind, "mermaid": text})
    else:
        say(text)
