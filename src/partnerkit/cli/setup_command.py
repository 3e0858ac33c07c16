"""`partnerkit setup`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from partnerkit.cli.arguments import DryRun, Json
from partnerkit.cli.declared import Commands, Option
from partnerkit.cli.options import desk, emit
from partnerkit.errors import WrongCallError

if TYPE_CHECKING:
    from partnerkit.jobs.pieces import Written

app = Commands(
    help="Write what stands around a register.",
    epilog="Example: partnerkit setup schemas --check",
)

Check = Annotated[bool, Option("--check", help="Only say what is out of step; exit 1 where something is.")]


@app.command(epilog="Example: partnerkit setup schemas --check")
def schemas(check: Check = False, dry_run: DryRun = False, json: Json = False) -> None:
    """Write schemas/: JSON Schemas for editors, from the kinds and the policies in force."""
    del json
    from partnerkit.jobs import setup as jobs

    _said(jobs.schemas(desk(dry_run=dry_run), check=check), check or dry_run)


@app.command(epilog="Example: partnerkit setup hooks")
def hooks(check: Check = False, dry_run: DryRun = False, json: Json = False) -> None:
    """Install the hooks that judge record changes before they are committed or merged."""
    del json
    from partnerkit.jobs import setup as jobs

    _said(jobs.hooks(desk(dry_run=dry_run), check=check), check or dry_run)


@app.command(
    epilog="Example: partnerkit setup ci --forge github --from git+https://<where partnerkit lives>@<commit>; "
    "partnerkit setup ci --forge gitlab --check; partnerkit setup ci --forge github --site public"
)
def ci(
    forge: Annotated[str, Option(metavar="WORD", help="Where the register lies: github or gitlab.")],
    source: Annotated[
        str | None,
        Option(
            "--from",
            metavar="SOURCE",
            help="Whence partnerkit comes: partnerkit==X.Y.Z, git+https://…@COMMIT, partnerkit (this version); kept.",
        ),
    ] = None,
    branch: Annotated[
        str | None, Option(metavar="NAME", help="To which everything is merged, on GitHub; kept in the files.")
    ] = None,
    site: Annotated[
        str | None,
        Option(
            metavar="WORD",
            autocompletion=lambda: ["public", "internal", "none"],
            help="A job for the site, too: public (on Pages: everybody reads it), internal (an artifact), none; kept.",
        ),
    ] = None,
    check: Check = False,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Write what a forge runs: for pull requests, for the main branch, for one issue that says what is due.

    Nothing is published unless --site asks for it. A file that somebody changed by hand is told and left as it is
    (docs/ci.md).
    """
    del json
    from partnerkit.jobs import setup_ci as jobs

    if forge not in {"github", "gitlab"}:
        raise WrongCallError(f"there is no forge {forge!r}", "one of github, gitlab")
    wanted: jobs.Forge = "gitlab" if forge == "gitlab" else "github"
    given = jobs.Asked(source, branch, site)
    _said(jobs.ci(desk(dry_run=dry_run), wanted, given, check=check), check or dry_run)


@app.command(epilog="Example: partnerkit setup editor; partnerkit setup editor --modeline --check")
def editor(
    modeline: Annotated[
        bool, Option("--modeline", help="Name the schema in the first line of every record, too.")
    ] = False,
    check: Check = False,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Tell VS Code, and with --modeline any editor, which schema is for which file: completion, hover, marks.

    Other settings stay; a settings file with comments is left as it is, and told what to add (docs/editor.md).
    """
    del json
    from partnerkit.jobs import setup_editor as jobs

    _said(jobs.editor(desk(dry_run=dry_run), modeline=modeline, check=check), check or dry_run)


@app.command(epilog="Example: partnerkit setup git; git diff; git log -p -- records/partnerships")
def git(check: Check = False, dry_run: DryRun = False, json: Json = False) -> None:
    """Let git show records as lines that each say where they belong, and judge them before a commit; in this clone."""
    del json
    from partnerkit.jobs import setup_git as jobs

    _said(jobs.git(desk(dry_run=dry_run), check=check), check or dry_run)


@app.command(
    epilog="Example: partnerkit setup codeowners; partnerkit setup codeowners --team core-team=@lighthouse/core"
)
def codeowners(
    team: Annotated[
        list[str] | None,
        Option(metavar="ROLE=@TEAM", help="Ask a team or user of the forge, not addresses; kept, ROLE= ends it."),
    ] = None,
    check: Check = False,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Write CODEOWNERS from roster and policies: whom a forge asks to look at records and rules.

    Where no team is named, those who hold a role are named by the address that the roster has of them (docs/ci.md).
    """
    del json
    from partnerkit.jobs import setup_codeowners as jobs

    _said(jobs.codeowners(desk(dry_run=dry_run), team or [], check=check), check or dry_run)


@app.command(epilog="Example: partnerkit setup private; partnerkit setup private --check")
def private(
    at: Annotated[
        Path | None,
        Option(metavar="FOLDER", help="Where it lies on this machine, where register.yaml says otherwise."),
    ] = None,
    check: Check = False,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Make the private place that register.yaml names, for who people are, and keep git away from it.

    A folder that git ignores, a shared folder elsewhere, or a repository of its own (docs/privacy.md).
    """
    del json
    from partnerkit.jobs import private_setup as jobs

    folder = at.expanduser().resolve() if at is not None else None
    _said(jobs.private(desk(dry_run=dry_run), folder, check=check), check or dry_run)


def _said(done: Written, checked: bool) -> None:
    from partnerkit.findings import has_errors
    from partnerkit.reports import findings as report

    page = report.as_page(done.findings)
    for path in [] if checked else done.changed:
        page.add(f"wrote {path}")
    for path in [] if checked else done.removed:
        page.add(f"took away {path}")
    if not (done.changed or done.removed or done.findings):
        page.add("everything is in step")
    for note in done.notes:
        page.add(note)
    emit(
        page,
        {
            "schema": "partnerkit.setup/1",
            "changed": done.changed,
            "removed": done.removed,
            "findings": [report.as_data(one) for one in done.findings],
            "notes": list(done.notes),
        },
    )
    if has_errors(done.findings):
        raise SystemExit(1)
