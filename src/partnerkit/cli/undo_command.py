"""`partnerkit undo`."""

from __future__ import annotations

from typing import Annotated

from partnerkit.cli.arguments import DryRun, Json, NoVerify, Reason
from partnerkit.cli.declared import Argument, Commands, Option
from partnerkit.cli.options import desk, emit_landed

app = Commands()


@app.command(
    epilog="Example: partnerkit undo; partnerkit undo 5f0c2a9be1d34c77 --reason 'wrong partner'; "
    "partnerkit undo 5f0c2a9be1d34c77 --void --reason 'nobody had approved it'; "
    "partnerkit undo acme --correct --reason 'edited by mistake'"
)
def undo(
    entry: Annotated[
        str | None,
        Argument(metavar="[ENTRY]", help="An entry's id; of a record with --correct."),
    ] = None,
    void: Annotated[bool, Option("--void", help="The entry landed against the rules: it never counted.")] = False,
    correct: Annotated[
        bool, Option("--correct", help="Put back what a passed gate vouches for, altered past the rules.")
    ] = False,
    reason: Reason = None,
    dry_run: DryRun = False,
    no_verify: NoVerify = False,
    json: Json = False,
) -> None:
    """Take back what the latest commit did to records, whoever made it, or one entry; it says what and whose it was.

    By a new change, since history is never rewritten: fields get their former values, statements are withdrawn, a new
    record becomes a tombstone that keeps its id. An undo is not undone: do it again instead. A commit that changed no
    record (person, policy) is taken back with git revert.

    What landed against the rules is not rewritten either. --void says of an entry that it never should have counted;
    somebody else than its maker says so. --correct puts back what a gate vouches for and somebody altered. Both say
    why, `check` is satisfied, and `audit` tells of it for ever, as a warning.
    """
    del json
    from partnerkit.errors import WrongCallError
    from partnerkit.jobs import correct as correcting
    from partnerkit.jobs import undo as taking_back
    from partnerkit.rules.commands import line

    work = desk(dry_run=dry_run, verify=not no_verify)
    if void and correct:
        message = "--void says that an entry never counted, --correct puts back what was altered: one of the two"
        raise WrongCallError(message, "partnerkit undo --help")
    job = taking_back.void if void else correcting.correct if correct else taking_back.undo
    landed = job(work, entry, reason)
    records = landed.result or []
    emit_landed("undo", landed, records, line("log", records[0].id) if records else None, work)
