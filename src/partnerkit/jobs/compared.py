"""What is judged against what: the tree before, whose rules judge, the tree after, and the records that differ."""

from __future__ import annotations

import functools
from collections.abc import Callable

from partnerkit.dataclass import dataclass, replace
from partnerkit.errors import CannotWorkError
from partnerkit.findings import Finding
from partnerkit.jobs.desk import Desk
from partnerkit.register import Register
from partnerkit.store.ahead import ahead
from partnerkit.store.git.differing import between
from partnerkit.store.git.entries import ATTRIBUTES
from partnerkit.store.git.history import where_it_began
from partnerkit.store.git.trees import CommitTree, Tree, WorkingTree
from partnerkit.store.layout import is_rule, one_id
from partnerkit.store.load import Loaded, load
from partnerkit.store.neighbours import belonging
from partnerkit.store.record_paths import RECORDS, are_few, folder_kind, id_of, record_id

#: What is looked at whatever changed: the register, and what may change the bytes of its files.
_SEEN = (ATTRIBUTES, RECORDS)

#: How `git status` says that it ignores a file.
_IGNORED = "!!"


@dataclass(frozen=True, slots=True)
class Compared:
    """Two trees, as they were read.

    Attributes:
        base: the commit before; None where nothing has been committed.
        head: the commit after, or the one on which the working tree lies.
        judged: the commit (or tree) that is looked at; None for the working tree.
        ranged: whether a whole branch is looked at, and not only what has not been committed.
        tree: the tree after.
        stood: the tree before; None where nothing has been committed.
        loaded: what it holds.
        was: what the tree before holds; None where it had no register (genesis).
        paths: the files below records/ that differ, as git sees it; None where it cannot say.
        ignored: the files below records/ that lie in the working tree, and that git ignores.
        differing: the files that differ, as git sees it, of the folders and files named: git is asked once for each.
        below: begins to look, once, for the records that may belong to some; what it gives waits for them. Those that
            did not change belong to the same ones before and after.
    """

    base: str | None
    head: str | None
    judged: str | None
    ranged: bool
    tree: Tree
    stood: CommitTree | None
    loaded: Loaded
    was: Loaded | None
    paths: tuple[str, ...] | None
    ignored: tuple[str, ...]
    differing: Callable[[tuple[str, ...]], tuple[str, ...]]
    below: Callable[[frozenset[str]], Callable[[], set[str]]]

    @property
    def committed(self) -> CommitTree | None:
        """The tree after, where git holds it; None for the working tree."""
        return self.tree if isinstance(self.tree, CommitTree) else None

    @property
    def before(self) -> Register | None:
        """The register whose rules judge; None at genesis."""
        return self.was.demand() if self.was is not None else None

    @property
    def unlanded(self) -> tuple[str, ...] | None:
        """The files below records/ that lie in the working tree and differ from the commit before, or are ignored.

        None where nothing has been committed.
        """
        if self.stood is None:
            return None
        return tuple(one for one in (*self.differing(_SEEN), *self.ignored) if one.startswith(RECORDS))

    def read(self) -> None:
        """Read what changed, before and after: git is asked but once for all of it."""
        for one in (self.was, self.loaded):
            if one is not None:
                one.records.load(sorted(self.changed or ()))

    @property
    def changed(self) -> set[str] | None:
        """The ids of the records whose files differ; None where git cannot say."""
        return _changed(self.paths)


def compared(
    desk: Desk,
    base: str | None,
    head: str | None,
    staged: str | None = None,
    *,
    narrow: bool = False,
    kept: bool = False,
) -> Compared:
    """Read the trees before and after.

    Args:
        desk: where and when.
        base: the branch that this one is to be merged into; HEAD, where None.
        head: the revision after; the working tree, where None.
        staged: the tree of what is staged, to be looked at instead of the working tree.
        narrow: whether what stands beside the change will be asked for, so that it is looked for meanwhile.
        kept: whether what was found of records before may be told again, so that it is asked which differ.

    Raises:
        CannotWorkError: there is no register, the rules that would judge cannot be read, or nobody can say where the
            branch began.
        WrongCallError: an unknown revision.
    """
    head_oid = desk.git.resolve(head) if head is not None else desk.git.head()
    base_oid = _began(desk, base, head_oid)
    judged = head_oid if head is not None else staged
    stood = CommitTree(desk.git, base_oid) if base_oid is not None else None
    ranged = base is not None
    if judged is not None:
        tree: Tree = CommitTree(desk.git, judged, stood)
    else:
        tree = _lying(desk, stood, ranged=ranged, kept=kept)
    # Git looks at the files while the rules of both trees are read.
    told = _edited_or_ignored(desk) if not judged else None

    @functools.cache
    def differ(below: tuple[str, ...]) -> tuple[str, ...]:
        if stood is None:
            return ()
        here = () if told is None else told()[0] if below == _SEEN else edited_here(desk, below)
        return _differ(desk, stood, tree, here, below) if ranged or told is None else here

    @functools.cache
    def paths() -> tuple[str, ...] | None:
        found = [one for one in differ(_SEEN) if one.startswith(RECORDS)]
        # What git ignores is there all the same, and judged like all that is not committed.
        found += [one for one in ignored() if record_id(one) or is_rule(one)]
        return tuple(dict.fromkeys(found)) if stood is not None else None

    def ignored() -> tuple[str, ...]:
        return told()[1] if told is not None else ()

    @functools.cache
    def below(ids: frozenset[str]) -> Callable[[], set[str]]:
        return belonging(desk.git, (judged,) if judged is not None else (None, base_oid), ids)

    if narrow and not any(map(is_rule, paths() or ())):  # by other rules every record is looked at
        below(frozenset(_changed(paths()) or ()))
    loaded, was = desk.read(tree), _before(stood)
    if was is not None:
        _stay(tree, loaded, was)
        loaded.records.read_beside(was.records)
        was.records.read_beside(loaded.records)
    changed = _changed(paths())  # it is waited for git no earlier than it must
    if was is not None and judged is not None and changed is not None:
        was.records.as_in(loaded.records, changed)
    files = paths(), ignored(), differ, below
    return Compared(base_oid, head_oid, judged, ranged, tree, stood, loaded, was, *files)


def _lying(desk: Desk, stood: CommitTree | None, *, ranged: bool, kept: bool) -> WorkingTree:
    """The working tree; where it is asked in which of many files it differs, git looks at them meanwhile."""
    if not kept:
        return WorkingTree(desk.git)
    if stood is not None and not desk.clock_set and not are_few(stood.listing(RECORDS)):
        desk.look_ahead()
    return desk.lying_tree(stood if not ranged else None)


def _changed(paths: tuple[str, ...] | None) -> set[str] | None:
    """The ids of the records that files are; None where nobody can say which."""
    if paths is None:
        return None
    return {id_of(name) for name in paths if folder_kind(name) and name.endswith(".yaml")}


def _stay(tree: Tree, loaded: Loaded, was: Loaded) -> None:
    """Of two files with one id, take the one that was the record before for the record, wherever the other lies."""
    taken, stood = loaded.records.paths, was.records.paths
    for record in loaded.laid.unlike(was.laid):
        path, other = stood.get(record), taken.get(record)
        if path is None or other in {None, path}:
            continue
        if loaded.holds(path) and tree.read(path) is not None:
            loaded.records.lies(record, path)
            loaded.findings = [
                _newer(one, [path, str(other)]) if (one.code, one.record) == ("id-repeated", record) else one
                for one in loaded.findings
            ]


def _newer(found: Finding, paths: list[str]) -> Finding:
    """That an id is used twice, told of the file that came last."""
    return replace(one_id(found.record or "", paths, paths[1:]), mend=found.mend)


def _edited_or_ignored(desk: Desk) -> Callable[[], tuple[tuple[str, ...], tuple[str, ...]]]:
    """The files in the working tree that differ from the last commit, and those below records/ that git ignores."""
    ended = ahead(_status(desk, "--untracked-files=all", "--ignored", "--", *_SEEN))

    @functools.cache
    def told() -> tuple[tuple[str, ...], tuple[str, ...]]:
        rows = ended()
        ignored = [path for sort, path in rows if sort == _IGNORED and path.startswith(RECORDS)]
        return _edited(desk, [path for sort, path in rows if sort != _IGNORED]), tuple(ignored)

    return told


def _began(desk: Desk, base: str | None, head: str | None) -> str | None:
    """The commit whose rules judge: the last one, or where the branch that is to be merged into `base` began."""
    if base is None:
        return head
    other = desk.git.resolve(base)
    return where_it_began(desk.git, other, head) if head is not None else other


def _before(tree: CommitTree | None) -> Loaded | None:
    """The tree whose rules judge; None where it had no register (genesis).

    Raises:
        CannotWorkError: its rules cannot be read.
    """
    if tree is None or tree.entry(RECORDS.rstrip("/")) is None:
        return None
    try:
        loaded = load(tree)
    except CannotWorkError as error:
        if "no register" in error.message:
            return None
        raise
    loaded.demand()
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


def _differ(
    desk: Desk, stood: CommitTree, tree: Tree, names: tuple[str, ...], below: tuple[str, ...]
) -> tuple[str, ...]:
    """The files that differ between a commit and another tree, of the folders and files named; and some by name."""
    after = tree if isinstance(tree, CommitTree) else CommitTree(desk.git, "HEAD")
    landed = (one.path for one in between(stood, after))
    return tuple(dict.fromkeys([*names, *(one for one in landed if not below or _lies(one, below))]))


def _lies(path: str, below: tuple[str, ...]) -> bool:
    return any(path == one or path.startswith(f"{one.rstrip('/')}/") for one in below)


def edited_here(desk: Desk, below: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The files in the working tree that differ from the last commit, as git sees it.

    Args:
        desk: where and when.
        below: the folders and files that are looked at, new ones too; all that git knows where empty.
    """
    asked = ("--untracked-files=all", "--", *below) if below else ("--untracked-files=no",)
    return _edited(desk, [path for _sort, path in _status(desk, *asked)()])


def _status(desk: Desk, *asked: str) -> Callable[[], list[tuple[str, str]]]:
    """What git says of files in the working tree, in two letters of each, and their paths; it begins at once."""
    ended = desk.git.start("status", "--porcelain=v1", "-z", "--no-renames", *asked)
    return lambda: [(field[:2], field[3:]) for field in ended().fields]


def _edited(desk: Desk, paths: list[str]) -> tuple[str, ...]:
    desk.git.looked.update(paths)
    return tuple(dict.fromkeys(paths))
