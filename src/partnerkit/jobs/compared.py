"""What is judged against what: the tree before, whose rules judge, the tree after, and the records that differ."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import replace

from partnerkit.dataclass import dataclass
from partnerkit.errors import CannotWorkError
from partnerkit.findings import Finding
from partnerkit.jobs.desk import Desk
from partnerkit.register import Register
from partnerkit.store.git.history import where_it_began
from partnerkit.store.git.trees import CommitTree, Tree, WorkingTree
from partnerkit.store.layout import ATTRIBUTES, is_rule, one_id
from partnerkit.store.load import Loaded, load
from partnerkit.store.records import RECORDS, folder_kind, id_of, record_id

#: What is looked at whatever changed: the register, and what may change the bytes of its files.
_SEEN = (ATTRIBUTES, RECORDS)


@dataclass(frozen=True, slots=True)
class Compared:
    """Two trees, as they were read.

    Attributes:
        base: the commit before; None where nothing has been committed.
        head: the commit after, or the one on which the working tree lies.
        judged: the commit (or tree) that is looked at; None for the working tree.
        ranged: whether a whole branch is looked at, and not only what has not been committed.
        tree: the tree after.
        loaded: what it holds.
        was: what the tree before holds; None where it had no register (genesis).
        paths: the files below records/ that differ, as git sees it; None where it cannot say.
        ignored: the files below records/ that lie in the working tree, and that git ignores.
        differing: the files that differ, as git sees it, of the folders and files named: git is asked once for each.
    """

    base: str | None
    head: str | None
    judged: str | None
    ranged: bool
    tree: Tree
    loaded: Loaded
    was: Loaded | None
    paths: tuple[str, ...] | None
    ignored: tuple[str, ...]
    differing: Callable[[tuple[str, ...]], tuple[str, ...]]

    @property
    def before(self) -> Register | None:
        """The register whose rules judge; None at genesis."""
        return self.was.demand() if self.was is not None else None

    def read(self) -> None:
        """Read what changed, before and after: git is asked but once for all of it."""
        for one in (self.was, self.loaded):
            if one is not None:
                one.records.load(sorted(self.changed or ()))

    @property
    def changed(self) -> set[str] | None:
        """The ids of the records whose files differ; None where git cannot say."""
        if self.paths is None:
            return None
        return {id_of(name) for name in self.paths if folder_kind(name) and name.endswith(".yaml")}


def compared(desk: Desk, base: str | None, head: str | None, staged: str | None = None) -> Compared:
    """Read the trees before and after.

    Args:
        desk: where and when.
        base: the branch that this one is to be merged into; HEAD, where None.
        head: the revision after; the working tree, where None.
        staged: the tree of what is staged, to be looked at instead of the working tree.

    Raises:
        CannotWorkError: there is no register, the rules that would judge cannot be read, or nobody can say where the
            branch began.
        WrongCallError: an unknown revision.
    """
    head_oid = desk.git.resolve(head) if head is not None else desk.git.head()
    base_oid = _began(desk, base, head_oid)
    judged = head_oid if head is not None else staged
    tree: Tree = WorkingTree(desk.git) if judged is None else CommitTree(desk.git, judged)
    loaded, was = _lazily(desk.read(tree)), _before(desk, base_oid)
    if was is not None:
        _stay(tree, loaded, was)
    ignored = _ignored(desk) if judged is None else ()
    ranged = base is not None

    @functools.cache
    def differ(below: tuple[str, ...]) -> tuple[str, ...]:
        return differing(desk, base_oid, judged, ranged=ranged, below=below) if base_oid is not None else ()

    paths = None if base_oid is None else tuple(one for one in differ(_SEEN) if one.startswith(RECORDS))
    if paths is not None:  # what git ignores is there all the same, and judged like all that is not committed
        paths = tuple(dict.fromkeys([*paths, *(one for one in ignored if record_id(one) or is_rule(one))]))
    return Compared(base_oid, head_oid, judged, ranged, tree, loaded, was, paths, ignored, differ)


def _stay(tree: Tree, loaded: Loaded, was: Loaded) -> None:
    """Of two files with one id, take the one that was the record before for the record, wherever the other lies."""
    files, taken = set(loaded.files), loaded.records.paths
    for record, path in was.records.paths.items():
        other = taken.get(record, path)
        if other != path and path in files and tree.read(path) is not None:
            loaded.records.lies(record, path)
            loaded.findings = [
                _newer(one, [path, other]) if (one.code, one.record) == ("id-repeated", record) else one
                for one in loaded.findings
            ]


def _newer(found: Finding, paths: list[str]) -> Finding:
    """That an id is used twice, told of the file that came last."""
    return replace(one_id(found.record or "", paths, paths[1:]), mend=found.mend)


def _ignored(desk: Desk) -> tuple[str, ...]:
    """The files below records/ that git ignores."""
    listing = ("ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--full-name", "--", RECORDS)
    return tuple(desk.git.run(*listing).fields)


def _began(desk: Desk, base: str | None, head: str | None) -> str | None:
    """The commit whose rules judge: the last one, or where the branch that is to be merged into `base` began."""
    if base is None:
        return head
    other = desk.git.resolve(base)
    return where_it_began(desk.git, other, head) if head is not None else other


def _before(desk: Desk, oid: str | None) -> Loaded | None:
    """The tree whose rules judge; None where it had no register (genesis).

    Raises:
        CannotWorkError: its rules cannot be read.
    """
    if oid is None:
        return None
    tree = CommitTree(desk.git, oid)
    if not tree.files(RECORDS):
        return None
    try:
        loaded = load(tree)
    except CannotWorkError as error:
        if "no register" in error.message:
            return None
        raise
    loaded.demand()
    return _lazily(loaded)


def _lazily(loaded: Loaded) -> Loaded:
    """The same, of which only those records are read that may name what they are asked about."""
    if loaded.register is not None:
        loaded.register = replace(loaded.register, mentioning=loaded.records.mentioning)
    return loaded


def files_differing(seen: Compared) -> list[str]:
    """The files that differ and are neither records nor rules: evidence may be among them, wherever it lies."""
    every = {*seen.differing(()), *(seen.paths or ())}
    return sorted(one for one in every if record_id(one) is None and not is_rule(one))


def attributes_differ(seen: Compared) -> bool:
    """Whether git may do something else than before to files below records/."""
    if seen.base is None:
        return True
    every = {*seen.differing(_SEEN), *seen.ignored}
    return any(one.rpartition("/")[2] == ATTRIBUTES for one in every)


def differing(
    desk: Desk, base: str, judged: str | None, *, ranged: bool, below: tuple[str, ...] = ()
) -> tuple[str, ...]:
    """The files that differ from a commit, as git sees it.

    Args:
        desk: where.
        base: the commit.
        judged: what is held against it; the working tree where None.
        ranged: whether `base` may be another commit than HEAD.
        below: the folders and files that are looked at; all where empty.
    """
    only = ("--", *below) if below else ()
    between = ("diff-tree", "-r", "-z", "--name-only", "--no-renames", base)
    if judged is not None:
        return tuple(desk.git.run(*between, judged, *only).fields)
    untracked = "--untracked-files=all" if below else "--untracked-files=no"
    out = desk.git.run("status", "--porcelain=v1", "-z", "--no-renames", untracked, *only)
    names = [field[3:] for field in out.fields]
    if ranged:
        names += desk.git.run(*between, "HEAD", *only).fields
    return tuple(dict.fromkeys(names))
