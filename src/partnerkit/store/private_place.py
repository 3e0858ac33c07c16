"""The private place on this machine: where it lies, what it holds, whether git keeps away from it."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Callable, Iterator
from pathlib import Path

from partnerkit.dataclass import dataclass
from partnerkit.errors import CannotWorkError
from partnerkit.kinds import modelled
from partnerkit.kinds.private import CONTACTS, Contacts, Kept
from partnerkit.kinds.problems import problems
from partnerkit.register import SETTINGS_PATH
from partnerkit.store.formats import demand_format
from partnerkit.store.git.entries import LINK, READABLE, Entry
from partnerkit.store.git.repository import Git
from partnerkit.store.git.trees import CommitTree
from partnerkit.store.record_paths import RECORDS
from partnerkit.store.yaml.nodes import Document
from partnerkit.store.yaml.reader import MOST_BYTES, read

#: Where this clone says that the place lies elsewhere than register.yaml has it: no two machines mount a share alike.
SETTING = "partnerkit.private"

#: `git check-ignore`: ignored, not, and a path inside another repository, of which git takes nothing along.
_IGNORED, _NOT_IGNORED, _IN_ANOTHER = 0, 1, 128


@dataclass(frozen=True, slots=True)
class PrivatePlace:
    """A private place.

    Attributes:
        named: as register.yaml names it.
        folder: where it lies on this machine.
        inside: its path from the top of the register; None where it lies elsewhere.
    """

    named: str
    folder: Path
    inside: str | None

    @property
    def file(self) -> Path:
        """The file that says who is behind which id."""
        return self.folder / CONTACTS

    @property
    def shown(self) -> str:
        """The file, as people call it."""
        return f"{self.inside}/{CONTACTS}" if self.inside else str(self.file)

    @property
    def is_there(self) -> bool:
        """Whether that file lies on this machine, for this person."""
        try:
            return self.file.is_file()
        except OSError:  # a folder that others keep
            return False

    def others(self) -> Iterator[Path]:
        """Every other file that lies there."""
        for folder, inner, names in os.walk(self.folder):
            inner[:] = sorted(name for name in inner if name != ".git")
            found = (Path(folder) / name for name in sorted(names))
            yield from (path for path in found if path != self.file and path.is_file() and not path.is_symlink())


def place_of(git: Git, named: str | None, at: str | None = None) -> PrivatePlace | None:
    """Where the private place of a register lies on this machine; None where register.yaml names none.

    Args:
        git: the repository.
        named: what register.yaml says.
        at: where it is to lie on this machine, whatever its settings say.

    Raises:
        CannotWorkError: it could never be private there, or the name says nothing to another machine.
    """
    if named is None:
        return None
    given = at or git.setting(SETTING) or named
    if given.startswith("~"):
        message = f"{SETTINGS_PATH} names {named} as the private place, and ~ is another folder for each person"
        raise CannotWorkError(message, f"git config {SETTING} <folder> says where it lies on this machine")
    root = git.real_root
    folder = Path(os.path.realpath(root / given))
    inside = folder.relative_to(root).as_posix() if folder.is_relative_to(root) else None
    if inside is not None and (inside == "." or f"{inside}/".startswith(RECORDS) or ".git" in inside.split("/")):
        message = f"the private place cannot be {given}: what lies there belongs to the register, or to git"
        raise CannotWorkError(message, f"name a folder of its own in {SETTINGS_PATH}, such as private: private")
    return PrivatePlace(named, folder, inside)


def contacts(place: PrivatePlace) -> tuple[dict[str, Kept], Document | None]:
    """Who is behind which id, and the document that says so; nobody where the file is not there.

    Raises:
        CannotWorkError: it cannot be read; says where, and never what stands there.
    """
    if not place.is_there:
        return {}, None
    try:
        with place.file.open("rb") as stream:
            raw = stream.read(MOST_BYTES + 1)
    except OSError as error:
        message = f"{place.shown} cannot be read: {error.strerror}"
        raise CannotWorkError(message, "whoever keeps it says who may read it") from error
    document, found = read(raw, place.shown)
    if document is None:
        raise _unreadable(place, found[0].line, found[0].code)
    demand_format(document)
    try:
        return Contacts.model_validate(document.data).people, document
    except modelled.ValidationError as error:
        first = problems(error, Contacts)[0]
        keys = first.keys if first.keys[:1] == ("people",) else ()
        raise _unreadable(place, document.position(keys)[0], first.code) from error


def is_ignored(git: Git, place: PrivatePlace) -> bool:
    """Whether git would never take it along: it lies elsewhere, in another repository, or a rule says so."""
    if place.inside is None:
        return True
    path = f"{place.inside}/{CONTACTS}\0".encode()
    asked = ("check-ignore", "-q", "--no-index", "-z", "--stdin")
    plain = {"GIT_LITERAL_PATHSPECS": "0"}  # which this one command of git refuses
    said = git.run(*asked, stdin=path, env=plain, ok=(_IGNORED, _NOT_IGNORED, _IN_ANOTHER))
    return said.code != _NOT_IGNORED


def taken_along(git: Git, named: str | None, tree: str | None) -> list[str]:
    """The files of the private place that git keeps: those of a tree, or those that are tracked or staged here.

    Args: as `taking_along`.
    """
    return taking_along(git, named, tree)()


def taking_along(git: Git, named: str | None, tree: str | None) -> Callable[[], list[str]]:
    """Begin to ask for the files of the private place that git keeps: of a tree, or tracked or staged here.

    Asked by its name alone, so that it can be asked where the place itself is not. A repository of its own that lies
    there is none: of that git keeps the id of a commit.
    """
    folders = {one for one in (_named_inside(named), _here(git, named)) if one is not None}
    asked = [_kept(git, tree, folder) for folder in sorted(folders)]

    def told() -> list[str]:
        found = [(path, entry) for one in asked for path, entry in one().items()]
        return sorted({path for path, one in found if one.mode in {*READABLE, LINK} and path not in folders})

    return told


def _here(git: Git, named: str | None) -> str | None:
    try:
        place = place_of(git, named)
    except CannotWorkError:
        return None
    return place.inside if place is not None else None


def _named_inside(named: str | None) -> str | None:
    """The path of a place inside the register, by its name alone."""
    if named is None or named.startswith(("/", "~")):
        return None
    found = posixpath.normpath(named)
    return None if found == "." or found.split("/")[0] == ".." or f"{found}/".startswith(RECORDS) else found


def _kept(git: Git, tree: str | None, folder: str) -> Callable[[], dict[str, Entry]]:
    """What git keeps in a folder."""
    if tree is not None:
        return lambda: CommitTree(git, tree).files(folder)
    from partnerkit.store.ahead import ahead  # noqa: PLC0415 - few registers have such a place inside

    ended = ahead(git.start("ls-files", "--stage", "-z", "--", folder))
    return lambda: {
        path: Entry(facts.split(" ")[0]) for facts, _, path in (row.partition("\t") for row in ended().fields)
    }


def _unreadable(place: PrivatePlace, line: int | None, code: str) -> CannotWorkError:
    message = f"{place.shown}:{line or 1} cannot be read ({code})"
    return CannotWorkError(message, f"mend that line in an editor; partnerkit why {code}")
