"""What an answer rests on beside what a glance at the repository tells."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from partnerkit.errors import CannotWorkError
from partnerkit.jobs.check import Checked
from partnerkit.jobs.compared import Compared
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.kept_answers import Rest
from partnerkit.jobs.moments import latest_said
from partnerkit.kinds.parts import moment_text
from partnerkit.rules.commands import FROM_BEFORE
from partnerkit.store.disk.stamped import Stamp, is_older, stamped
from partnerkit.store.git.entries import ATTRIBUTES, REPOSITORY, Listing
from partnerkit.store.load import Loaded
from partnerkit.store.private_place import SETTING, place_of
from partnerkit.store.record_paths import RECORDS
from partnerkit.store.yaml.nodes import Document

#: What is found of things that may be another at any time, or of files that git does not have as they lie on the disk.
_PASSING = frozenset({"interrupted", "private-unread", "attributes-change-bytes"})
#: How it is said that a signature could not be verified, this time.
_NOT_THIS_TIME = "cannot be verified here"

#: What git itself reads in a folder, when it is asked about others there.
_READ_BY_GIT = frozenset({ATTRIBUTES, ".gitignore"})


def check_rested_on(desk: Desk, found: Checked, began: int) -> Rest | None:
    """What an answer of `check` rests on; as `rested_on` says it."""
    seen = found.seen
    if seen is None or _passes(found, seen):
        return None
    trees = [one for one in (seen.loaded, seen.was) if one is not None]
    committed = seen.judged is not None
    return rested_on(desk, trees, began, committed=committed, others=None if committed else seen.unlanded)


def rested_on(
    desk: Desk,
    trees: Sequence[Loaded],
    began: int,
    *,
    committed: bool = False,
    others: Collection[str] | None = None,
) -> Rest | None:
    """What an answer rests on; None where that cannot be told, or may be another the next moment.

    Whatever says a moment says one that has passed: what is compared with the present moment comes out the same until
    the day is over, which is all that rules ask for.

    Args:
        desk: where and when.
        trees: what was read, first the tree of which it tells.
        began: when, in nanoseconds, before anything was read.
        committed: whether that tree is one of git's, and not the working tree.
        others: the files below records/ that git does not have, and perhaps some more; git is asked where None.

    Raises:
        OSError: nobody may look at something of it.
    """
    if _is_ahead(trees, began):
        return None
    stamps: dict[str, Stamp] = {}
    leads: dict[str, str] = {}
    try:
        paths = [*_private(desk, trees[0], leads), *(() if committed else _elsewhere(desk, leads))]
        stamps |= {str(path): stamped(path) for path in paths}
        if not committed:
            stamps |= _records(desk, trees[0].laid.listing, began, others)
    except (ValueError, CannotWorkError):
        return None
    until = _until(desk, began)
    settled = all(is_older(one, began) for one in stamps.values())
    return Rest(began / 10**9, until, stamps, leads) if settled and desk.clock().timestamp() < until else None


def _passes(found: Checked, seen: Compared) -> bool:
    """Whether something was found that may pass; or, of revisions, that says what the working tree holds."""
    return any(
        one.code in _PASSING
        or _NOT_THIS_TIME in one.message
        or (seen.judged is not None and FROM_BEFORE in (one.mend or ""))
        for one in found.findings
    )


def _is_ahead(trees: Iterable[Loaded], began: int) -> bool:
    """Whether anything that was read says a moment that had not come when it was."""
    now = moment_text(datetime.fromtimestamp(began // 10**9, UTC))
    return any(latest_said(one) > now for one in _documents(trees))


def _documents(trees: Iterable[Loaded]) -> Iterator[Document]:
    for one in trees:
        yield from one.documents.values()
        yield from one.records.documents.values()


def _until(desk: Desk, began: int) -> float:
    """When the day is over on which it began, where the register is."""
    began_at = datetime.fromtimestamp(began // 10**9, desk.zone)
    return datetime.combine(began_at.date() + timedelta(days=1), time(), desk.zone).timestamp()


def _private(desk: Desk, tree: Loaded, leads: dict[str, str]) -> Iterator[Path]:
    """The private place, and what says whether git would take it along."""
    register = tree.register
    named = register.settings.private if register is not None else None
    place = place_of(desk.git, named)
    if place is None:
        return
    leads[str(desk.git.root / (desk.git.setting(SETTING) or place.named))] = str(place.folder)
    yield from (place.folder, place.file)
    if place.inside is not None:
        inside = Path(place.inside)
        folders = [desk.git.root / one for one in (inside, *inside.parents)]
        yield from (one / ".gitignore" for one in folders)
        yield from (one / ".git" for one in folders[:-1])


def _elsewhere(desk: Desk, leads: dict[str, str]) -> Iterator[Path]:
    """The files of the working tree outside records/ that were read, and those that were not there."""
    for path in sorted(desk.git.looked):
        full = desk.git.root / path
        if path.startswith(RECORDS):
            continue
        if full.is_dir():
            raise ValueError(path)
        leads[str(full)] = os.path.realpath(full)
        yield full


def _records(desk: Desk, listing: Listing, began: int, others: Collection[str] | None) -> dict[str, Stamp]:
    """The folders below records/, and the files there that git does not have.

    Of those that it has, all are known by the glance that are as they were committed. The others were read, or were
    told to differ: between one glance and the next they may have been another for a while. Where a file or a folder
    came or went since they were listed, the folder tells, which was touched by that.

    Raises:
        ValueError: something was touched meanwhile, or is what git does not look into.
    """
    said = desk.git.run("ls-files", "--others", "-z", "--", RECORDS).fields if others is None else others
    root, folders = desk.git.root, listing.folders
    looked = {path for path in desk.git.looked if path.startswith(RECORDS) and not path.endswith("/")}
    looked |= {start + name for start, names in folders.items() for name in _READ_BY_GIT & names}
    if any(one.mode == REPOSITORY for one in listing.odd().values()):
        raise ValueError
    if not all(is_older(stamped(f"{root}/{path}"), began) for path in looked):
        raise ValueError
    return {path: stamped(path) for path in (f"{root}/{one}".rstrip("/") for one in (*said, *folders))}
