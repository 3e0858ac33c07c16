"""Let git know records: a readable diff, the commit hook, the attributes of both."""

from __future__ import annotations

from partnerkit.findings import Finding
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.pieces import Block, Written, keep
from partnerkit.jobs.setup import hook
from partnerkit.store.records import RECORDS

_COMMAND = "partnerkit setup git"
_DRIVER = "diff.partnerkit"
_ATTRIBUTES = f"""\
# How records are shown by git diff, where `partnerkit setup git` was run; nobody else notices.
{RECORDS}**/*.yaml diff=partnerkit
"""
#: Where partnerkit is not on PATH, records are shown as they are: git would show no difference at all.
_TEXTCONV = """\
shown() { if command -v partnerkit >/dev/null 2>&1; then partnerkit fmt --textconv "$1"; else cat "$1"; fi; }; shown"""
#: git keeps what was made of a file once, so that a log costs little.
_SETTINGS = {f"{_DRIVER}.textconv": _TEXTCONV, f"{_DRIVER}.cachetextconv": "true"}
_KEPT = "refs/notes/textconv/partnerkit"


def git(desk: Desk, *, check: bool) -> Written:
    """Set up the diff of records and the commit hook in this clone; the attributes are for everybody's.

    Raises:
        CannotWorkError: there is no register here.
    """
    desk.working_tree().demand()
    attributes = keep(desk, [Block(".gitattributes", _ATTRIBUTES, _COMMAND)], check=check)
    settings = _settings(desk, check=check)
    parts = (attributes, settings, hook(desk, check=check))
    return Written([path for one in parts for path in one.changed], [found for one in parts for found in one.findings])


def _settings(desk: Desk, *, check: bool) -> Written:
    wanted = {
        name: value
        for name, value in _SETTINGS.items()
        if desk.git.run("config", "--local", "--get", name, ok=(0, 1)).text != value
    }
    names = [f"git config {name}" for name in wanted]
    if check or desk.dry_run:
        findings = [Finding("setup-stale", f"{name} is not set in this clone", mend=_COMMAND) for name in names]
        return Written(names, findings)
    for name, value in wanted.items():
        desk.git.run("config", "--local", name, value)
    desk.git.run("update-ref", "-d", _KEPT)  # it may have been made where partnerkit was not on PATH
    return Written(names, [])
