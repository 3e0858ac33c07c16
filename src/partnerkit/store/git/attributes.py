"""What git would do to the bytes of files on their way between the disk and history."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from partnerkit.store.git.entries import ATTRIBUTES, FOLDER, Entry
from partnerkit.store.git.repository import Git
from partnerkit.store.git.results import Result
from partnerkit.store.git.trees import CommitTree

#: The attributes by which git stores other bytes than lie on the disk; `-text` switches off all about line ends.
_LINE_ENDS = ("text", "eol", "crlf")
_OTHERS = ("filter", "ident", "working-tree-encoding")

#: What git says of an attribute that does nothing.
_NOTHING = {"unset", "unspecified"}
#: It answers of ten thousand files by some writes, and not by as many as there are files.
_AT_ONCE = {"GIT_FLUSH": "0"}


def changing(git: Git, paths: Iterable[str], *, tree: CommitTree | None = None) -> dict[str, list[str]]:
    """What would change the bytes of files, such as `filter=lfs`, and the files: through one git process.

    Asked of all that git itself asks: .gitattributes on the way to each file, the clone's own, the person's, the
    machine's.

    Args:
        git: the repository.
        paths: the files.
        tree: the tree whose .gitattributes count instead of those on the disk.
    """
    wanted = list(paths)
    if not wanted:
        return {}
    if _NOTHING.isdisjoint(wanted) and _do_nothing(_said(git, wanted, tree, ("text", *_OTHERS)), len(wanted)):
        return {}
    out = _said(git, wanted, tree, (*_LINE_ENDS, *_OTHERS)).fields
    asked: dict[str, dict[str, str]] = {}
    for path, name, value in zip(out[::3], out[1::3], out[2::3], strict=True):
        asked.setdefault(path, {})[name] = value
    found: dict[str, list[str]] = {}
    for path, values in asked.items():
        for name in _at_work(values):
            found.setdefault(name if values[name] == "set" else f"{name}={values[name]}", []).append(path)
    return found


def _do_nothing(said: Result, files: int) -> bool:
    """Whether `text` is off for every file, and no other attribute does anything; no file is called like a value."""
    off, every = said.out.count(b"\0unset\0"), files * (1 + len(_OTHERS))
    if off == every:
        return True
    left = said.out.count(b"\0unspecified\0")
    return off + left == every and said.out.count(b"\0text\0unset\0") == files


def _said(git: Git, paths: list[str], tree: CommitTree | None, names: tuple[str, ...]) -> Result:
    """What git says of files: path, attribute and value, one after the other."""
    wanted = _rows(paths)
    asking = ("--stdin", "-z", *names)
    if tree is None:
        return git.run("check-attr", *asking, stdin=wanted, env=_AT_ONCE)
    # check-attr --source is younger than many a git; of an index git asks only what lies on the way to each file.
    import tempfile  # noqa: PLC0415 - dear to import, and git of today is asked without

    with tempfile.TemporaryDirectory(prefix="partnerkit-") as folder:
        index = {"GIT_INDEX_FILE": str(Path(folder) / "index")}
        if files := _on_the_way(tree, paths):
            rows = _rows([f"{one.mode} {one.oid}\t{path}" for path, one in files.items()])
            git.run("update-index", "-z", "--add", "--index-info", stdin=rows, env=index)
        return git.run("check-attr", "--cached", *asking, stdin=wanted, env=index | _AT_ONCE)


def _rows(texts: list[str]) -> bytes:
    return "".join(f"{one}\0" for one in texts).encode("utf-8", "surrogateescape")


def _on_the_way(tree: CommitTree, paths: list[str]) -> dict[str, Entry]:
    """The .gitattributes of a tree on the way to files, by path."""
    folders, todo = {""}, {_folder(path) for path in paths}
    while todo:
        folders |= todo
        todo = {_folder(one[:-1]) for one in todo} - folders
    found = {one: tree.folder(one).get(ATTRIBUTES) for one in sorted(folders)}
    return {f"{start}{ATTRIBUTES}": one for start, one in found.items() if one is not None and one.mode != FOLDER}


def _folder(path: str) -> str:
    """The folder in which something lies, with a slash at its end; the top has none."""
    return path[: path.rfind("/") + 1]


def first_of(paths: list[str]) -> str:
    """The first of the files that an attribute meets, and how many more it does."""
    return f"{paths[0]} and {len(paths) - 1} more" if len(paths) > 1 else paths[0]


def held(git: Git, name: str, paths: Iterable[str]) -> dict[str, list[str]]:
    """What git says of one attribute, from wherever it has it, and the files: `name=value`, `-name`, or nothing."""
    wanted = "".join(f"{path}\0" for path in paths).encode("utf-8", "surrogateescape")
    out = git.run("check-attr", "--stdin", "-z", name, stdin=wanted).fields
    found: dict[str, list[str]] = {}
    for path, value in zip(out[::3], out[2::3], strict=True):
        said = {"set": name, "unset": f"-{name}", "unspecified": ""}.get(value, f"{name}={value}")
        found.setdefault(said, []).append(path)
    return found


def converts_line_ends(git: Git, path: str) -> bool:
    """Whether a setting of this clone or person (core.autocrlf) changes line ends where no attribute says anything."""
    said = git.run("check-attr", "-z", "text", "--", path).fields
    set_ = git.run("config", "core.autocrlf", ok=(0, 1)).text.strip()
    return set_ in {"true", "input"} and said[2:] == ["unspecified"]


def _at_work(values: dict[str, str]) -> list[str]:
    names = _OTHERS if values["text"] == "unset" else (*_LINE_ENDS, *_OTHERS)
    return [name for name in names if values[name] not in _NOTHING]
