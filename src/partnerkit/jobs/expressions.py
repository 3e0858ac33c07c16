"""The files of expressions with which `git filter-repo` takes forgotten text out of history; they hold that text."""

from __future__ import annotations

from pathlib import Path

from partnerkit.errors import WrongCallError
from partnerkit.jobs.desk import Desk
from partnerkit.rules.forgotten import Forgotten
from partnerkit.store.disk.files import write_atomic
from partnerkit.store.git.repository import Git


def demand_private(desk: Desk, out: Path | None) -> None:
    """Whether a file that is to hold the text would stay out of the register.

    Raises:
        WrongCallError: it would lie among the register's files.
    """
    path = out.absolute().resolve() if out is not None else _folder(desk.git)
    if path.is_relative_to(desk.git.root.resolve()) and not path.is_relative_to(_folder(desk.git).resolve()):
        message = f"{out} lies among the files of the register, and will hold the text that is to be forgotten"
        raise WrongCallError(message, "--out with a file elsewhere, or without: in git's own folder")


def write_expressions(desk: Desk, found: Forgotten, out: Path | None) -> Path:
    """Write what takes the text out of history too, for `git filter-repo --replace-text`; only its owner can read it.

    Raises:
        WrongCallError: the file cannot be written.
    """
    path = (out or _folder(desk.git) / f"forget-{found.id}.txt").absolute()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(path, found.sought.expressions(found.id), mode=0o600)
    except OSError as error:
        message = f"{path} cannot be written: {error.strerror}"
        raise WrongCallError(message, "the change has landed: --former --out FILE writes it elsewhere") from error
    return path


def expressions_left(git: Git) -> list[Path]:
    """The files of expressions that nobody deleted yet: they hold what was forgotten."""
    return sorted(_folder(git).glob("forget-x-*.txt"))


def _folder(git: Git) -> Path:
    return git.git_path("partnerkit/forget").parent
