"""Where a site may be built: a folder of its own, that is none of the register's and leads nowhere else."""

from __future__ import annotations

from pathlib import Path

from partnerkit.errors import WrongCallError
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.outgoing import is_registers
from partnerkit.jobs.private import folder_here

#: Names every file of a site with the digest of its bytes: by it the next build knows what is its own.
LISTED = "site-files.json"
#: The files that a build is about to write, a line each: what an interrupted one left is known by it.
BEGUN = ".site-files.begun"
#: Held by whoever builds there.
LOCKED = ".site-files.lock"

_OWN = (LISTED, BEGUN, LOCKED)
_MEND = "--out with a folder of its own: --out site"


def demand_place(desk: Desk, folder: Path) -> None:
    """Whether a site can be built in a folder: it is empty, or holds one that was built before, whole or in part.

    Raises:
        WrongCallError: it is no folder, cannot be read, holds other files, or belongs to the register, to git or to the
            private place.
    """
    try:
        there = folder.absolute().resolve()
        _demand_free(desk, folder, there)
        _demand_folder(folder, there)
        names = {path.name for path in there.iterdir()} if there.is_dir() else set()
    except (OSError, RuntimeError) as error:  # a loop of links is a RuntimeError to some versions of Python
        raise WrongCallError(f"{folder} cannot be read: {getattr(error, 'strerror', error)}", _MEND) from error
    if names and not names.intersection(_OWN):
        message = f"{folder} holds other files than a site that was built before: none of them is touched"
        raise WrongCallError(message, "--out with an empty folder, or one that is not there yet")
    for name in _OWN:
        demand_no_link(there / name)


def demand_no_link(path: Path) -> None:
    """Whether a part of a site leads nowhere else.

    Raises:
        WrongCallError: it is a symbolic link: what is written there would be written elsewhere.
    """
    if path.is_symlink():
        message = f"{path} is a symbolic link: a site is written into its own folder and nowhere else"
        raise WrongCallError(message, "take the link away, or --out with another folder")


def _demand_free(desk: Desk, folder: Path, there: Path) -> None:
    private = folder_here(desk.git)
    if private is not None and there.is_relative_to(private.resolve()):
        raise WrongCallError(f"{folder} lies in the private place, and a site is for others", _MEND)
    within = desk.inside(there)
    if is_registers(desk, there) or (within is not None and within[0] == "."):  # the root itself is "."
        raise WrongCallError(f"{folder} belongs to the register itself", _MEND)


def _demand_folder(folder: Path, there: Path) -> None:
    if folder.is_symlink() and not there.exists():
        raise WrongCallError(f"{folder} is a symbolic link that leads nowhere", _MEND)
    nearest = next((one for one in (there, *there.parents) if one.exists()), there)
    if nearest.exists() and not nearest.is_dir():
        named = folder if nearest == there else nearest
        raise WrongCallError(f"{named} is a file", "--out with a folder")
