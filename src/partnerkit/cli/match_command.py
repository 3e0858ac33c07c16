"""`partnerkit match`."""

from __future__ import annotations

from typing import Annotated

from partnerkit.cli.arguments import DryRun, From, Json, NoVerify, Reason
from partnerkit.cli.completion import complete_ids, complete_policies
from partnerkit.cli.declared import Argument, Commands, Option
from partnerkit.cli.options import desk, emit, emit_either, emit_landed

app = Commands(
    help="Who could learn with whom: a proposal that can be proven, explained, and accepted by a person.",
    epilog="Example: partnerkit match propose formal --cycle 2026-spring; partnerkit match explain mentee-max",
)

Policy = Annotated[
    str | None,
    Option(metavar="POLICY", autocompletion=complete_policies, help="By whose criteria, where several match people."),
]
File = Annotated[str | None, Argument(metavar="[FILE]", help="The proposal; without it the one that was made last.")]

OfFile = Annotated[str | None, Option("--file", metavar="FILE", help="The proposal; else the one made last.")]


@app.command(epilog="Example: partnerkit match propose formal --cycle 2026-spring")
def propose(
    programme: Annotated[str, Argument(metavar="PROGRAMME", help="The programme, such as formal.")],
    cycle: Annotated[str | None, Option(metavar="NAME", help="The cycle, such as 2026-spring; else the month.")] = None,
    before: Annotated[
        str | None, Option(metavar="FILE", help="A proposal of which as little as can be is changed.")
    ] = None,
    out: Annotated[str | None, Option(metavar="FILE", help="Where it is written; else among the evidence.")] = None,
    policy: Policy = None,
    method: Annotated[
        str, Option(metavar="best|stable", help="stable: by whom both sides say that they would like.")
    ] = "best",
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Propose who learns with whom, from what has landed, with the proof that nothing is better.

    As many as can be have somebody, who waited longest first; then the lowest points are as high as can be, then the
    sum. The same people give the same answer, whatever the order of files. Nobody is paired before `match accept`.
    """
    del json
    from partnerkit.errors import WrongCallError
    from partnerkit.jobs.matching import Asked
    from partnerkit.jobs.matching import propose as job
    from partnerkit.reports import matches as report

    if method not in {"best", "stable"}:
        raise WrongCallError(f"there is no method {method!r}", "--method best, or --method stable")
    how = Asked(cycle, policy, before, out, "stable" if method == "stable" else "best")
    found = job(desk(dry_run=dry_run), programme, how)
    emit_either(lambda: report.proposed_page(found), lambda: report.proposed_json(found))


@app.command(epilog="Example: partnerkit match verify records/evidence/matches/formal-2026-spring.json")
def verify(file: File = None, json: Json = False) -> None:
    """Show that a proposal is the best there is, by its own prices and without looking for another. Exit 1 if not."""
    del json
    from partnerkit.jobs.matching import verify as job
    from partnerkit.reports import matches as report

    found = job(desk(), file)
    emit(report.verified_page(found), report.verified_json(found))
    if found.wrong is not None:
        raise SystemExit(1)


@app.command(epilog="Example: partnerkit match explain mentee-max --why-not mentor-ada")
def explain(
    who: Annotated[
        str | None,
        Argument(metavar="[ID]", autocompletion=complete_ids, help="An application, or who made it; else the whole."),
    ] = None,
    why_not: Annotated[
        str | None,
        Option(metavar="ID", help="Another one: why not, or at which price; else who comes next."),
    ] = None,
    file: OfFile = None,
    json: Json = False,
) -> None:
    """Why somebody has whom they have, or nobody, and what another one would cost all.

    A mentee, a mentor or a peer. Without an ID: how much hangs on each weight, and what it costs to keep what was
    agreed before.
    """
    del json
    from partnerkit.errors import WrongCallError
    from partnerkit.jobs import match_explaining as jobs
    from partnerkit.reports import match_reasons as report

    if who is None:
        if why_not is not None:
            raise WrongCallError("--why-not asks about somebody: say whom", "partnerkit match explain <id> --why-not …")
        whole = jobs.overview(desk(), file)
        emit(report.overview_page(whole), report.overview_json(whole))
        return
    found = jobs.explain(desk(), who, why_not, file)
    emit(report.explained_page(found), report.explained_json(found))


Words = Annotated[
    list[str] | None,
    Argument(
        metavar="[ID]… [CRITERION=POINTS]…",
        autocompletion=complete_ids,
        help="Mentees; without one everybody who was proposed. Points of the criteria that people judge.",
    ),
]


@app.command(epilog="Example: partnerkit match accept --from review.csv --interests 'Nobody who decides has one'")
def accept(
    words: Words = None,
    with_: Annotated[
        str | None, Option("--with", metavar="ID", help="Another mentor than the one proposed; with a reason.")
    ] = None,
    interests: Annotated[
        str | None, Option(metavar="TEXT", help="What was found when interests were looked for.")
    ] = None,
    others_wait: Annotated[
        bool, Option("--others-wait", help="Everybody else waits a cycle more, and is placed sooner in the next.")
    ] = False,
    reason: Reason = None,
    from_: From = None,
    file: OfFile = None,
    dry_run: DryRun = False,
    no_verify: NoVerify = False,
    json: Json = False,
) -> None:
    """Accept pairs of a proposal: the review by a person. Each becomes a pairing, all of them in one commit.

    A sheet has a row for each mentee (id) and may say mentor, decision (accept or reject), reason, interests, and the
    criteria that people judge. Where all of that is said, the decision itself is recorded too.
    """
    del json
    said = (words, with_, reason, interests, from_, file)
    _review(*said, dry_run=dry_run, verify=not no_verify, reject=False, others_wait=others_wait)


@app.command(epilog="Example: partnerkit match reject mentee-max --reason 'They work in the same team'")
def reject(
    words: Words = None,
    reason: Reason = None,
    from_: From = None,
    file: OfFile = None,
    dry_run: DryRun = False,
    no_verify: NoVerify = False,
    json: Json = False,
) -> None:
    """Reject pairs of a proposal, with a reason: they are not proposed again. One commit."""
    del json
    _review(words, None, reason, None, from_, file, dry_run=dry_run, verify=not no_verify, reject=True)


def _review(
    words: list[str] | None,
    with_: str | None,
    reason: str | None,
    interests: str | None,
    sheet: str | None,
    file: str | None,
    *,
    dry_run: bool,
    verify: bool,
    reject: bool,
    others_wait: bool = False,
) -> None:
    from partnerkit.errors import WrongCallError
    from partnerkit.jobs.chosen import One, chosen
    from partnerkit.jobs.match_accepting import review as job
    from partnerkit.jobs.match_deciding import Reviewed
    from partnerkit.rules.commands import line

    ids = [word for word in words or [] if "=" not in word]
    marks = dict(word.split("=", 1) for word in words or [] if "=" in word)
    if with_ is not None and len(ids) != 1:
        raise WrongCallError("--with says another mentor for one mentee: name that one", "match accept <id> --with …")
    if reject and not ids and sheet is None:
        raise WrongCallError("say whose proposed pair is rejected", "partnerkit match reject <id> --reason …")
    rows = list(chosen(ids, None, sheet).rows or ()) if sheet is not None else []
    each = rows or [One(one, cells={"mentor": with_} if with_ is not None else {}) for one in ids]
    work = desk(dry_run=dry_run, verify=verify)
    landed = job(work, file, each, Reviewed(reject, reason, interests, marks), others_wait=others_wait)
    next_ = line("gates", landed.result[0].id) if landed.result and not reject else "partnerkit today"
    emit_landed("match", landed, landed.result, next_, work)
