"""A dossier of one record: everything that an auditor takes home, from what landed and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from partnerkit.dataclass import replace
from partnerkit.errors import WrongCallError
from partnerkit.jobs.as_of import at_present, commit_of, demand_there
from partnerkit.jobs.audit import Asked, audit
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.named_record import record, source
from partnerkit.jobs.outgoing import demand_foreign
from partnerkit.jobs.seeing import sight
from partnerkit.kinds.canonical import digest
from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.classified import Classification
from partnerkit.register import RecordFile, Register
from partnerkit.rules.audited import Audited
from partnerkit.rules.commands import line
from partnerkit.rules.dossier import Dossier, Held, Section, attached
from partnerkit.rules.former import comparable, today_of
from partnerkit.rules.grounds import grounds
from partnerkit.rules.sight import Seen, Sight
from partnerkit.rules.withholding import Withholding, withholding
from partnerkit.store.disk.files import make_folder, write_atomic
from partnerkit.store.git.history import LandedCommit, versions
from partnerkit.store.git.trees import CommitTree, digest_of

#: The list of digests beside the evidence, as sha256sum writes and reads it.
SUMS = "SHA256SUMS"


def dossier(desk: Desk, record_id: str, as_of: str | None, level: Classification) -> Dossier:
    """Everything about a record as it stood in the latest commit, or at a day or revision.

    Args:
        desk: where.
        record_id: the record.
        as_of: the day or revision; None for the latest commit.
        level: the strictest classification that whoever gets it may see.

    Raises:
        WrongCallError: an unknown record, day or revision, or a record classified above the level.
        Refused: the record cannot be read.
        CannotWorkError: history is not all there, or the private place cannot be read.
    """
    commit = commit_of(desk, as_of or "HEAD")
    tree, loaded = desk.tree_of(commit.oid)
    register = loaded.demand()
    if as_of is not None:
        demand_there(desk, record_id, as_of, register)
    seeing = sight(desk, register, level, later=at_present(desk).register)
    found = record(register, record_id)
    about = seeing.seen(found)
    if about is None:
        raise _above(seeing, found)
    below = list(_belonging(seeing, register, record_id))
    listed = [one for each in below if each is not None for one in _belonging(seeing, register, each.id)]
    told = [about, *(one for one in below if one is not None)]
    deeper = [one for one in listed if one is not None]
    audited = _audited(desk, commit, [*told, *deeper])
    kept = withholding(seeing, ((register.records[one.id], one) for one in [*told, *deeper]))
    sections = [_section(desk, seeing, _retold(one, kept), commit, audited) for one in told]
    return Dossier(
        register,
        seeing,
        kept,
        commit.oid,
        commit.date,
        as_of,
        sections,
        [_retold(one, kept) for one in deeper],
        None in below or None in listed,
        [Held(path, commit.oid, commit.date, tree.digest(path)) for path in sorted(register.rules)],
        audited,
    )


def _above(seeing: Sight, found: RecordFile) -> WrongCallError:
    own = seeing.level_of(found)
    message = f"{found.id} is classified {own}, and what is made for readers of {seeing.level} says nothing of it"
    mend = line("export", "dossier", found.id, "--classification", str(own))
    return WrongCallError(message, f"{mend}, for somebody who may see that")


def _belonging(seeing: Sight, register: Register, record_id: str) -> Iterator[Seen | None]:
    """What belongs to a record, as readers may see it; None for one of which they may not know."""
    kind = register.records[record_id].kind
    below = [name for name, model in KINDS.items() if kind in model.subjects]
    return (seeing.seen(one) for name in below for one in register.linked(record_id, name))


def _retold(one: Seen, kept: Withholding) -> Seen:
    return replace(one, parts=kept.retold(one.data))


def _audited(desk: Desk, commit: LandedCommit, told: list[Seen]) -> Audited:
    """The verdict of the audit on all of them; named by their files, so that nothing in this folder is mistaken."""
    paths = [str(desk.git.root.resolve() / one.path) for one in told]
    return audit(desk, Asked(paths, until=commit.oid))


def _section(desk: Desk, seeing: Sight, seen: Seen, commit: LandedCommit, audited: Audited) -> Section:
    register = seeing.register
    one = register.records[seen.id]
    then = comparable(one, today_of(one, seeing.later))
    brought = {each.commit for each in audited.entered if each.record == seen.id}
    landed = versions(desk.git, seen.path, rev=commit.oid)
    every = [Held(seen.path, each.oid, each.date, digest_of(raw)) for each, raw in landed]
    left = every[0] if every else Held(seen.path, commit.oid, commit.date, None)
    return Section(
        then,
        seen,
        source(register, then),
        grounds(then, register),
        Held(seen.path, commit.oid, commit.date, left.digest),
        digest(one.data),
        [each for each in reversed(every) if each.commit in brought],
    )


def hand_over(desk: Desk, found: Dossier, folder: Path) -> int:
    """Write the evidence whose bytes are in the register into a folder, with a list that `sha256sum -c` reads.

    Returns:
        how many files that were.

    Raises:
        WrongCallError: a file of another content stands there, or the folder cannot be written.
    """
    wanted = dict(sorted(attached(found).items()))
    raw = CommitTree(desk.git, found.commit).read_many(wanted)
    sums = "".join(f"{sha256.removeprefix('sha256:')}  {path}\n" for path, sha256 in wanted.items())
    files = {folder / path: data for path, data in raw.items()} | {folder / SUMS: sums.encode()}
    for path in files:
        demand_foreign(desk, path)
    try:
        for path, data in files.items():
            if path.exists() and path.read_bytes() != data:
                raise WrongCallError(
                    f"{path} is there already, and says something else", "--evidence with a new folder"
                )
        for path, data in files.items():
            make_folder(path.parent)
            write_atomic(path, data)
    except OSError as error:
        message = f"the evidence cannot be written to {folder}: {error.strerror}"
        raise WrongCallError(message, "name a folder that can be made") from error
    return len(raw)
