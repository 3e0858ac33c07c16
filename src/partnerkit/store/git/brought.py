"""What a change brings to files: each as it was before, and as it is now."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from partnerkit.dataclass import dataclass
from partnerkit.store.git.blobs import LARGEST, read_blobs, small_blobs
from partnerkit.store.git.differing import Difference, between
from partnerkit.store.git.entries import READABLE, Entry
from partnerkit.store.git.repository import Git
from partnerkit.store.git.trees import CommitTree, WorkingTree
from partnerkit.store.record_paths import RECORDS

#: What git is asked for: files that are new, others, or something else than before, such as no link any more.
BROUGHT = ("--no-renames", "--no-abbrev", "--diff-filter=AMT")

#: All files but those below records/; and that it is meant so.
_ELSEWHERE, _MEANT = f":(exclude){RECORDS}", {"GIT_LITERAL_PATHSPECS": "0"}

#: So many files git is asked about by their names.
_FEW = 100


@dataclass(frozen=True, slots=True)
class Brought:
    """The files that a change brings.

    Attributes:
        paths: all of them, links and repositories too.
        before: by path, what a file held that was there already and is not too large.
        now: by path, what those hold that are not too large.
        large: those that are too large to hold what somebody typed.
    """

    paths: list[str]
    before: Mapping[str, bytes]
    now: Mapping[str, bytes]
    large: list[str]


def empty_tree(git: Git) -> str:
    """The id of a tree without files, which every repository knows: what there is before the first commit."""
    return git.run("hash-object", "-t", "tree", "--stdin", stdin=b"").text


def brought(
    base: CommitTree,
    judged: CommitTree | None,
    wanted: Callable[[str], bool],
    records: Collection[str] | None = None,
) -> Brought:
    """Tell what a tree brings, or the working tree where None, beside what stood in a commit or tree.

    Args: as `bringing`.
    """
    return bringing(base, judged, wanted, records)()


def bringing(
    base: CommitTree,
    judged: CommitTree | None,
    wanted: Callable[[str], bool],
    records: Collection[str] | None = None,
) -> Callable[[], Brought]:
    """Begin to ask what a tree brings, or the working tree where None, beside what stood in a commit or tree.

    Args:
        base: what it is compared with.
        judged: the tree; None for what is tracked as it lies on disk.
        wanted: of which paths.
        records: of the files below records/ those that may differ, and no others; None where that is not known.
    """
    may = None if records is None else [path for path in records if wanted(path)]
    named = may if may is None or len(may) <= _FEW else None
    every = _tracked(base, named) if judged is None else lambda: between(base, judged)
    return lambda: _brought(base.git, judged, wanted, every())


def _brought(
    git: Git, judged: CommitTree | None, wanted: Callable[[str], bool], every: tuple[Difference, ...]
) -> Brought:
    new = {one.path: (one.was, one.now) for one in every if one.now is not None and wanted(one.path)}
    old = {path: str(was.oid) for path, (was, _now) in new.items() if was is not None and was.mode in READABLE}
    files = {path: str(now.oid) for path, (_was, now) in new.items() if now.mode in READABLE}
    if judged is None:  # in a sparse checkout a file may differ and not lie there
        files = {path: oid for path, oid in files.items() if (git.root / path).is_file()}
    now = _on_disk(git, list(files)) if judged is None else _small(git, files)
    same = {path for path, raw in now.items() if git.blob_id(raw) == old.get(path)}  # git only saw that it was touched
    paths = [path for path in new if path not in same]
    before = _small(git, {path: oid for path, oid in old.items() if path not in same})
    now = {path: raw for path, raw in now.items() if path not in same}
    return Brought(paths, before, now, [path for path in files if path not in now and path not in same])


def _tracked(base: CommitTree, records: Collection[str] | None) -> Callable[[], tuple[Difference, ...]]:
    """What is tracked and differs on disk; what the blob there would be called, git does not say. It begins at once.

    Args:
        base: with what it is compared.
        records: of the files below records/ those that are asked for; all where None.
    """
    from partnerkit.store.ahead import ahead  # noqa: PLC0415 - not where two trees are compared

    asking = ("diff-index", "-r", "-z", "--raw", *BROUGHT, base.oid)
    where = ["--", _ELSEWHERE] if records is not None else []
    asked = [ahead(base.git.start(*asking, *where, env=_MEANT))]
    if records:
        asked.append(ahead(base.git.start(*asking, "--", *sorted(records))))
    return lambda: _differing(base.git, [field for one in asked for field in one().fields])


def _differing(git: Git, rows: list[str]) -> tuple[Difference, ...]:
    # `:<mode before> <mode> <blob before> <blob> <status>`
    words = [row.lstrip(":").split() for row in rows[::2]]
    git.looked.update(rows[1::2])
    return tuple(
        Difference(path, Entry(was, blob), Entry(now, other))
        for path, (was, now, blob, other, _status) in zip(rows[1::2], words, strict=True)
    )


def _small(git: Git, blobs: Mapping[str, str]) -> dict[str, bytes]:
    texts = read_blobs(git, small_blobs(git, set(blobs.values())))
    return {path: texts[oid] for path, oid in blobs.items() if oid in texts}


def _on_disk(git: Git, paths: list[str]) -> dict[str, bytes]:
    on_disk = ((path, git.root / path) for path in paths)
    return WorkingTree(git).read_many(path for path, full in on_disk if full.lstat().st_size <= LARGEST)
