"""Files of proposals: where they lie, how they are written, and how they are read again."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from partnerkit.errors import WrongCallError
from partnerkit.jobs.desk import Desk
from partnerkit.kinds.problems import problems
from partnerkit.matching.proposal import Proposal
from partnerkit.store.disk.files import make_folder, write_atomic
from partnerkit.store.disk.given import given
from partnerkit.store.git.trees import CommitTree

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


def as_text(data: dict[str, Any]) -> str:
    """A proposal as JSON, a pair on each line: who compares two of them sees which pairs changed."""
    lines = [f"{json.dumps(key)}: {_laid_out(value)}" for key, value in data.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _laid_out(value: Any) -> str:
    if isinstance(value, list) and value:
        return "[\n " + ",\n ".join(json.dumps(one, ensure_ascii=False) for one in value) + "\n]"
    return json.dumps(value, ensure_ascii=False)


def write(desk: Desk, data: dict[str, Any], out: str | None) -> str:
    """Write a proposal, whole or not at all; returns where it lies.

    What has landed is never written over: pairings rest on it. The next proposal of a cycle has a name of its own.

    Raises:
        WrongCallError: the file named has landed.
    """
    landed = CommitTree(desk.git, data["commit"])
    if out is None:
        names = (path_of(data["proposal"], data["cycle"], count) for count in itertools.count(1))
        inside = next(name for name in names if landed.digest(name) is None)
        path = desk.git.root / inside
    else:
        inside, path = out, Path(out)
        if landed.digest(desk.inside(path) or "") is not None:
            message = f"{out} has landed: what rests on it would no longer be what was seen"
            raise WrongCallError(message, "name another file with --out, or leave it out")
    make_folder(path.parent)
    write_atomic(path, as_text(data).encode())
    return inside


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
    except ValidationError as error:
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


def latest(desk: Desk, programme: str | None = None) -> Path:
    """The proposal made last, of a programme if one is named.

    Raises:
        WrongCallError: there is none.
    """
    folder = desk.git.root / FOLDER
    pattern = f"{programme}-*.json" if programme is not None else "*.json"
    found = sorted(folder.glob(pattern)) if folder.is_dir() else []
    known = [(said.at, path.name, path) for path in found if (said := _readable(path)) is not None]
    if not known:
        wanted = f" for {programme}" if programme else ""
        raise WrongCallError(
            f"there is no proposal{wanted} in {FOLDER}", f"partnerkit match propose {programme or '<programme>'}"
        )
    return max(known)[2]


def _readable(path: Path) -> Proposal | None:
    """A proposal, where it is one: what else lies there is not asked for."""
    try:
        return read(path)
    except WrongCallError:
        return None
