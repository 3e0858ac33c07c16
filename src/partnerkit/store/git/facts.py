"""Facts of a repository that stay as they are while it is worked in: where its files lie, its format."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from partnerkit.dataclass import dataclass
from partnerkit.errors import CannotWorkError
from partnerkit.store.git.surroundings import PATHS, no_working_tree, plain_folder

if TYPE_CHECKING:
    from partnerkit.store.git.repository import Git


@dataclass(frozen=True, slots=True)
class Facts:
    """What does not change.

    Attributes:
        root: the top of the working tree.
        object_format: by what objects are named.
        shallow: whether history was cut off.
        bare: whether there is no working tree.
        paths: where things lie, as far as git was asked.
        folder: git's own folder, where all of them lie in it.
    """

    root: Path
    object_format: str
    shallow: bool
    bare: bool
    paths: dict[str, Path]
    folder: Path | None = None


def plain(root: Path) -> Facts | None:
    """Return what can be seen of a plain repository without asking git; None where it is none."""
    folder = plain_folder(root)
    if folder is None:
        return None
    return Facts(root, "sha1", (folder / "shallow").is_file(), bare=False, paths={}, folder=folder)


def told(git: Git, *, may_be_bare: bool = False) -> Facts:
    """Return what git itself says.

    Raises:
        CannotWorkError: there is no repository, or no working tree; or its path cannot be told.
    """
    names = tuple(part for name in PATHS for part in ("--git-path", name))
    first = ("--is-bare-repository", "--show-toplevel", "--show-object-format", "--is-shallow-repository")
    found = git.run("rev-parse", "--path-format=absolute", *first, *names, ok=(0, 128))
    if found.code and found.text.startswith("true") and may_be_bare:
        first = (first[0], "--absolute-git-dir", *first[2:])
        found = git.run("rev-parse", "--path-format=absolute", *first, *names)
    if found.code:
        raise no_working_tree(git.root, found.text, found.err)
    lines = found.text.split("\n")
    if len(lines) != len(first) + len(PATHS):
        raise CannotWorkError("the path of this repository holds a line break", "move it to a folder without one")
    bare, root, object_format, shallow = lines[: len(first)]
    paths = dict(zip(PATHS, map(Path, lines[len(first) :]), strict=True))
    return Facts(Path(root), object_format, shallow == "true", bare == "true", paths)
