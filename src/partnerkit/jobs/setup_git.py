"""Let git know records: a readable diff, the hooks, the attributes of both."""

from __future__ import annotations

from collections.abc import Iterator

from partnerkit.findings import Finding
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.pieces import Block, Written, keep
from partnerkit.jobs.setup import installed
from partnerkit.kinds.catalogue import KINDS
from partnerkit.rules.commands import quoted
from partnerkit.store.git.attributes import first_of, held
from partnerkit.store.git.trees import WorkingTree
from partnerkit.store.record_paths import RECORDS

_COMMAND = "partnerkit setup git"
_DRIVER = "diff.partnerkit"
_SHOWN = "diff=partnerkit"
_ATTRIBUTES = f"""\
# How records are shown by git diff, where `partnerkit setup git` was run; nobody else notices.
{RECORDS}**/*.yaml {_SHOWN}
"""
#: Where partnerkit is not on PATH, records are shown as they are: git would show no difference at all.
_TEXTCONV = """\
shown() { if command -v partnerkit >/dev/null 2>&1; then partnerkit fmt --textconv "$1"; else cat "$1"; fi; }; shown"""
_NAME = f"{_DRIVER}.textconv"
#: What earlier versions set. One of them let git keep what was made of each file: for good, also where partnerkit was
#: not on PATH.
_OLDER = ("partnerkit fmt --textconv",)
_CACHE = f"{_DRIVER}.cachetextconv"
_KEPT = "refs/notes/textconv/partnerkit"


def git(desk: Desk, *, check: bool) -> Written:
    """Set up the diff of records and the hooks in this clone; the attributes are for everybody's.

    Raises:
        CannotWorkError: there is no register here.
    """
    desk.working_tree().demand()
    attributes = keep(desk, [Block(".gitattributes", _ATTRIBUTES, _COMMAND)], check=check)
    settings = _settings(desk, check=check)
    shown = Written([], list(_overruled(desk)) if not attributes.findings else [])
    parts = (attributes, shown, settings, installed(desk, check=check))
    return Written([path for one in parts for path in one.changed], [found for one in parts for found in one.findings])


def _overruled(desk: Desk) -> Iterator[Finding]:
    """Attributes that win over ours: lines below them, nearer to the files, of this clone, of the person."""
    there = [path for path in WorkingTree(desk.git).files(RECORDS) if path.endswith(".yaml")]
    every = [*there, *(f"{RECORDS}{model.folder}/any.yaml" for model in KINDS.values())]
    for said, paths in held(desk.git, "diff", every).items():
        if said != _SHOWN:
            message = f"git shows {first_of(paths)} as another attribute says: {said or 'no diff at all'}"
            mend = (
                f"git check-attr diff -- {quoted(paths[0])}; take it out of .gitattributes below partnerkit's lines or "
                "nearer to the file, or of $GIT_DIR/info/attributes"
            )
            yield Finding("setup-changed-by-hand", message, file=paths[0], line=1, mend=mend)


def _settings(desk: Desk, *, check: bool) -> Written:
    there = _set_here(desk, _NAME)
    if there not in {"", _TEXTCONV, *_OLDER}:
        message = f"git config {_NAME} of this clone is not partnerkit's, so it was left as it is"
        return Written([], [Finding("setup-changed-by-hand", message, mend=f"git config --unset {_NAME}; {_COMMAND}")])
    wanted = [("--local", _NAME, _TEXTCONV)] if there != _TEXTCONV else []
    unwanted = [("--local", "--unset-all", _CACHE)] if _set_here(desk, _CACHE) else []
    names = [*(f"git config {_NAME}" for _ in wanted), *(f"git config --unset-all {_CACHE}" for _ in unwanted)]
    if check or desk.dry_run:
        findings = [Finding("setup-stale", f"{name} is to be done in this clone", mend=_COMMAND) for name in names]
        return Written(names, findings)
    for words in (*wanted, *unwanted):
        desk.git.run("config", *words)
    desk.git.run("update-ref", "-d", _KEPT)
    return Written(names, [])


def _set_here(desk: Desk, name: str) -> str:
    return desk.git.run("config", "--local", "--get", name, ok=(0, 1)).text
