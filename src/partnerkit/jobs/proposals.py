"""Files of proposals: where they lie, how they are written, and how they are read again."""

from __future__ import annotations

import itertools
import json
import os
import re
from pathlib import Path, PurePosixPath
from typing import Any

from partnerkit.errors import WrongCallError
from partnerkit.jobs.desk import Desk
from partnerkit.kinds import modelled
from partnerkit.kinds.problems import problems
from partnerkit.matching.proposal import Proposal
from partnerkit.store.disk.files import make_folder, write_atomic
from partnerkit.store.disk.given import given
from partnerkit.store.git.trees import CommitTree
from partnerkit.store.git.walk import versions_of

#: Where proposals lie: among the evidence, for they are what a pairing rests on.
FOLDER = "records/evidence/matches"

#: The largest proposal that is read, in bytes: one for 20,000 people has about a third of it.
_LARGEST = 32 * 1024 * 1024


def path_of(programme: str, cycle: str, count: int = 1) -> str:
    """Where the proposal for a programme and a cycle lies, from the top of the repository.

    Args:
        programme: the programme.
        cycle: the cycle.
        count: the how manieth of that cycle it is.
    """
    return f"{FOLDER}/{programme}-{cycle}{f'-{count}' if count > 1 else ''}.json"


def misnamed(desk: Desk, path: Path, said: Proposal) -> str | None:
    """What is wrong with the name of a proposal among the evidence; elsewhere it may have any."""
    inside = desk.inside(path)
    if inside is None or PurePosixPath(inside).parent != PurePosixPath(FOLDER):
        return None
    if _named_for(said.proposal, said.cycle, PurePosixPath(inside).name):
        return None
    called = PurePosixPath(path_of(said.proposal, said.cycle)).name
    return f"it is of {said.proposal} {said.cycle}, and the file of that is called {called}"


def _named_for(programme: str, cycle: str, name: str) -> bool:
    """Whether a file is called as one of the proposals for a programme and a cycle, the first or a later one."""
    return re.fullmatch(rf"{re.escape(f'{programme}-{cycle}')}(-([2-9]|[1-9][0-9]+))?\.json", name) is not None


def as_text(data: dict[str, Any]) -> str:
    """A proposal as JSON, a pair on each line: who compares two of them sees which pairs changed."""
    lines = [f"{json.dumps(key)}: {_laid_out(value)}" for key, value in data.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _laid_out(value: Any) -> str:
    if isinstance(value, list) and value:
        return "[\n " + ",\n ".join(json.dumps(one, ensure_ascii=False) for one in value) + "\n]"
    return json.dumps(value, ensure_ascii=False)


def place(desk: Desk, programme: str, cycle: str, commit: str, out: str | None) -> str:
    """Where a proposal is to be written: as it was named, or among the evidence, from the top of the repository.

    What has landed is never written over: pairings rest on it. The next proposal of a cycle has a name of its own.

    Args:
        desk: where.
        programme: the programme.
        cycle: the cycle.
        commit: the commit from which everything is read.
        out: where somebody wants it.

    Raises:
        WrongCallError: something else lies there or belongs there, or the file has landed.
    """
    landed = CommitTree(desk.git, commit)
    if out is not None:
        _demand_free(desk, programme, cycle, landed, out)
        return out
    names = (path_of(programme, cycle, count) for count in itertools.count(1))
    return next(
        name
        for name in names
        if landed.digest(name) is None and _another(desk.git.root / name, programme, cycle) is None
    )


def _demand_free(desk: Desk, programme: str, cycle: str, landed: CommitTree, out: str) -> None:
    """Nothing but an earlier proposal of the same is written over, and nothing is put where git or records are.

    Raises:
        WrongCallError: it would be.
    """
    path, where = Path(out), Path(out).resolve()
    inside = desk.inside(path) or ""
    folder = PurePosixPath(FOLDER)
    held = desk.git.git_path("config").parent.resolve()
    wrong = None
    if where.is_relative_to(held) or any(part.casefold() == ".git" for part in where.parts):
        wrong = "it is a place of git itself"
    elif landed.digest(inside) is not None:
        wrong = "it has landed: what rests on it would no longer be what was seen"
    elif inside.startswith("records/") and folder.parent not in PurePosixPath(inside).parents:
        wrong = "records lie there, and a proposal is none"
    elif PurePosixPath(inside).parent == folder and not _named_for(programme, cycle, where.name):
        wrong = f"a proposal for {programme} {cycle} is called {PurePosixPath(path_of(programme, cycle)).name} there"
    wrong = wrong or _another(path, programme, cycle)
    if wrong is not None:
        raise WrongCallError(f"nothing is written to {out}: {wrong}", "name another file with --out, or leave it out")


def _another(path: Path, programme: str, cycle: str) -> str | None:
    """What lies there that is no proposal of the programme and the cycle; None where nothing else does."""
    if not os.path.lexists(path):
        return None
    try:
        said = read(path)
    except WrongCallError:
        return "what lies there is no proposal"
    if (said.proposal, said.cycle) == (programme, cycle):
        return None
    return f"what lies there is the proposal for {said.proposal} {said.cycle}"


def write(desk: Desk, data: dict[str, Any], where: str, *, named: bool) -> None:
    """Write a proposal, whole or not at all.

    Args:
        desk: where.
        data: the proposal.
        where: its place (`place`).
        named: whether somebody named that place.
    """
    path = Path(where) if named else desk.git.root / where
    make_folder(path.parent)
    write_atomic(path, as_text(data).encode())


def read(name: str | Path) -> Proposal:
    """A proposal as it was written.

    Raises:
        WrongCallError: the file is none.
    """
    raw = given(name)
    again = "partnerkit match propose <programme> makes one"
    if len(raw) > _LARGEST:
        raise WrongCallError(f"{name} has {len(raw):,} bytes: no proposal is that large", again)
    try:
        return Proposal.model_validate(json.loads(raw, object_pairs_hook=_once))
    except modelled.ValidationError as error:
        found = problems(error, Proposal)[0]
        keys = ".".join(str(key) for key in found.keys)
        raise WrongCallError(f"{name} is no proposal: {keys or 'it'}: {found.message}", again) from error
    except (ValueError, RecursionError) as error:
        raise WrongCallError(f"{name} is no proposal: {error}", again) from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A mapping in which no key stands twice: of two nobody could say which counts."""
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(key for place, (key, _) in enumerate(pairs) if key in dict(pairs[:place]))
        raise ValueError(f"the key {twice!r} stands there twice")
    return found


def latest(desk: Desk) -> Path:
    """The proposal made last: of those that have not landed the one written last, else the one that landed last.

    Raises:
        WrongCallError: there is none.
    """
    folder = desk.git.root / FOLDER
    found = [path for path in sorted(folder.glob("*.json")) if _readable(path)] if folder.is_dir() else []
    if not found:
        raise WrongCallError(f"there is no proposal in {FOLDER}", "partnerkit match propose <programme>")
    landed = versions_of(desk.git, "HEAD", f"{FOLDER}/*.json") if desk.git.head() is not None else {}
    order = {blob: -place for place, blob in enumerate(landed)}

    def made(path: Path) -> tuple[bool, int]:
        blob = desk.git.blob_id(path.read_bytes())
        pending = landed.get(blob) != f"{FOLDER}/{path.name}"
        return pending, path.stat().st_mtime_ns if pending else order[blob]

    return max(found, key=made)


def _readable(path: Path) -> Proposal | None:
    """A proposal, where it is one: what else lies there is not asked for."""
    try:
        return read(path)
    except WrongCallError:
        return None
