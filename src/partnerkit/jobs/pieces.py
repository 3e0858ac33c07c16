"""What setup writes beside records: whole files and blocks in files, sealed so that a person's changes are seen.

A file or a block carries the digest of its text in its first line. Where that no longer fits, somebody changed it:
it is theirs, and setup says what it would write instead of writing it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from typing import Literal, Protocol

from partnerkit.dataclass import dataclass, field, replace
from partnerkit.findings import Finding
from partnerkit.jobs.desk import Desk
from partnerkit.store.disk import files
from partnerkit.store.disk.paths import Found, look

#: What is there of a piece: nothing; what would be written now; an older one of ours; what a person made of it.
Standing = Literal["absent", "same", "older", "changed"]
_PLAIN = {"file", "absent"}


@dataclass(frozen=True, slots=True)
class Written:
    """Files that were written, or that would be; and what could not be.

    Attributes:
        changed: those that were written.
        findings: what is out of step, or was left to a person.
        removed: those that were taken away.
        notes: what whoever asked for it has to know of it.
    """

    changed: list[str]
    findings: list[Finding]
    removed: list[str] = field(default_factory=list)
    notes: tuple[str, ...] = ()

    def and_then(self, other: Written) -> Written:
        """Both together, with the notes of the first."""
        return replace(
            self,
            changed=self.changed + other.changed,
            findings=self.findings + other.findings,
            removed=self.removed + other.removed,
        )


class Piece(Protocol):
    """Something that setup keeps in step."""

    @property
    def path(self) -> str:
        """The file in which it stands, from the top of the register."""

    @property
    def command(self) -> str:
        """The command that writes it."""

    def standing(self, there: str | None) -> Standing:
        """What a file that says this holds of it; None where there is no file."""

    def put_into(self, there: str | None) -> str:
        """The file with it, everything else as it was."""

    def theirs(self) -> tuple[str, str]:
        """What is to be said, and done, where a person changed it."""


@dataclass(frozen=True, slots=True)
class WholeFile:
    """A file that is all ours.

    Attributes:
        path: where it stands.
        text: what it says below the line that seals it.
        command: the command that writes it.
    """

    path: str
    text: str
    command: str

    def standing(self, there: str | None) -> Standing:
        """What a file that says this holds of it; None where there is no file."""
        if there is None:
            return "absent"
        if there == self.put_into(there):
            return "same"
        return "older" if is_sealed(there) else "changed"

    def put_into(self, there: str | None) -> str:
        """The file, whatever it said before."""
        del there
        return f"# partnerkit: {self.command} wrote this and keeps it in step, sha256:{_digest(self.text)}\n{self.text}"

    def theirs(self) -> tuple[str, str]:
        """What is to be said, and done, where a person changed it."""
        message = f"{self.path} is not as partnerkit wrote it: somebody made it theirs, so it was left as it is"
        out = f"git rm --cached --ignore-unmatch -- {self.path}; rm {self.path}"
        return message, f"to have it as it is shipped: {out}; {self.command}"


@dataclass(frozen=True, slots=True)
class Block:
    """Some lines of a file that holds others: those stay as they are.

    Attributes:
        path: the file.
        text: the lines between those that mark it.
        command: the command that writes it.
    """

    path: str
    text: str
    command: str

    @property
    def _begins(self) -> str:
        return f"# partnerkit: begin {self.command}"

    @property
    def _ends(self) -> str:
        return f"# partnerkit: end {self.command}\n"

    @property
    def last_line(self) -> str:
        """The line that ends it."""
        return self._ends.rstrip("\n")

    @property
    def _whole(self) -> str:
        return f"{self._begins}, sha256:{_digest(self.text)}\n{self.text}{self._ends}"

    def standing(self, there: str | None) -> Standing:
        """What a file that says this holds of it; None where there is no file."""
        found = self._found(there or "")
        if found is None:
            return "changed" if self._begins in (there or "") or self._ends in (there or "") else "absent"
        if found[0] == self._whole:
            return "same"
        return "older" if found["digest"] == _digest(found["text"]) else "changed"

    def put_into(self, there: str | None) -> str:
        """The file with it: in its place, or at the end."""
        old = there or ""
        found = self._found(old)
        if found is not None:
            return old[: found.start()] + self._whole + old[found.end() :]
        return old + ("\n" if old and not old.endswith("\n") else "") + self._whole

    def theirs(self) -> tuple[str, str]:
        """What is to be said, and done, where a person changed it."""
        message = f"the lines of partnerkit in {self.path} were changed by hand, so they were left as they are"
        return message, f"take out of {self.path} what stands from “{self._begins}” to its end; {self.command}"

    def _found(self, there: str) -> re.Match[str] | None:
        begins, ends = re.escape(self._begins), re.escape(self._ends)
        pattern = rf"^{begins}, sha256:(?P<digest>[0-9a-f]{{64}})\n(?P<text>(?:.*\n)*?){ends}"
        return re.search(pattern, there, re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Mention:
    """A line that a person's file must have somewhere: written where there is no such file, else only told.

    Attributes:
        path: the file.
        text: the line.
        needle: what it names.
        command: the command that writes it.
        beside: what else is to be known by whoever adds it.
        has: whether a file that says this has it.
    """

    path: str
    text: str
    needle: str
    command: str
    beside: str
    has: Callable[[str], bool]

    def standing(self, there: str | None) -> Standing:
        """What a file that says this holds of it; None where there is no file."""
        if there is None:
            return "absent"
        return "same" if self.has(there) else "changed"

    def put_into(self, there: str | None) -> str:
        """The file with it, where there was none."""
        del there
        return self.text

    def theirs(self) -> tuple[str, str]:
        """What is to be said, and done, where a person wrote the file."""
        return (
            f"{self.path} is yours, and does not name {self.needle}",
            f"add to {self.path}: {self.text.strip()} {self.beside}",
        )


def keep(desk: Desk, pieces: Iterable[Piece], *, check: bool) -> Written:
    """Write what is not there or no longer what is shipped; with `check`, only say so.

    What a person changed is left as it is and told, whether or not anything is written.
    """
    changed: list[str] = []
    findings: list[Finding] = []
    for piece in pieces:
        found = look(desk.git.root, piece.path)
        if found.kind not in _PLAIN:
            findings.append(no_plain_file(piece.path))
            continue
        there, ends = said(found)
        standing = piece.standing(there)
        if standing == "same":
            continue
        if standing == "changed":
            findings.append(_theirs(piece.path, *piece.theirs()))
            continue
        changed.append(piece.path)
        if check or desk.dry_run:
            message = f"{piece.path} is not there" if there is None else f"{piece.path} is out of step"
            findings.append(Finding("setup-stale", message, file=piece.path, line=1, mend=piece.command))
        else:
            write(desk, piece.path, piece.put_into(there).replace("\n", ends))
    return Written(changed, findings)


def take_away(desk: Desk, path: str, command: str, *, check: bool) -> Written:
    """Take away a whole file that was written before; with `check`, only say so. One that a person changed stays."""
    found = look(desk.git.root, path)
    if found.kind not in _PLAIN:
        return Written([], [no_plain_file(path)])
    there, _ = said(found)
    if there is None:
        return Written([], [])
    if not is_sealed(there):
        message, _ = WholeFile(path, "", command).theirs()
        return Written([], [_theirs(path, message, f"git rm --cached --ignore-unmatch -- {path}; rm {path}")])
    if check or desk.dry_run:
        stale = Finding("setup-stale", f"{path} is still there", file=path, line=1, mend=command)
        return Written([], [stale], [path])
    files.remove(desk.git.root / path)
    return Written([], [], [path])


def _theirs(path: str, message: str, mend: str) -> Finding:
    return Finding("setup-changed-by-hand", message, file=path, line=1, mend=mend)


def said(found: Found) -> tuple[str | None, str]:
    """What a file says, and how its lines end: git may have made all end as on Windows (core.autocrlf)."""
    if found.kind != "file":
        return None, "\n"
    text = found.data.decode("utf-8", "surrogateescape")
    bare = text.replace("\r\n", "\n")
    return (bare, "\r\n") if bare != text and bare.replace("\n", "\r\n") == text else (text, "\n")


def is_plain(desk: Desk, path: str) -> bool:
    """Whether a file can be written there: neither it nor a folder above it is a link or something else."""
    return look(desk.git.root, path).kind in _PLAIN


def no_plain_file(path: str) -> Finding:
    """What is told where a file cannot be written."""
    message = f"{path} is no plain file: nothing was written"
    mend = "take away what lies there, or the link that leads to it; then the same command again"
    return Finding("setup-changed-by-hand", message, file=path, line=1, mend=mend)


def write(desk: Desk, path: str, text: str) -> None:
    """Put a text at a path of the register, in the working tree only."""
    full = desk.git.root / path
    files.make_folder(full.parent)
    files.write_atomic(full, text.encode("utf-8", "surrogateescape"))


def is_sealed(there: str) -> bool:
    """Whether a whole file is as partnerkit wrote it, now or earlier."""
    first, _, rest = there.partition("\n")
    seal = re.fullmatch(r"# partnerkit: .* sha256:([0-9a-f]{64})", first)
    return seal is not None and seal[1] == _digest(rest)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()
