"""The templates that a register has of its own: of which document each is, and whether that can be made from it."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from partnerkit.findings import Finding
from partnerkit.register import Register
from partnerkit.store.documents import LETTERHEAD, astray, document_of, policies_of, templates_in
from partnerkit.store.git.trees import Tree
from partnerkit.store.letterhead import unusable
from partnerkit.store.load import Loaded


def templates_checked(tree: Tree, loaded: Loaded, only: Collection[str] | None) -> Iterator[Finding]:
    """What is wrong with the templates of a register. They judge nothing: nothing else depends on it.

    Args:
        tree: where they are read.
        loaded: what it holds.
        only: the files that are asked for; all where None.
    """
    if loaded.register is None:
        return
    if LETTERHEAD in loaded.laid.rules and (only is None or LETTERHEAD in only):
        yield from _letterhead(tree.read_many([LETTERHEAD]).get(LETTERHEAD))
    paths = [path for path in templates_in(loaded.laid.rules) if only is None or path in only]
    if not paths:
        return
    yield from astray(loaded.register, paths)
    for path, raw in sorted(tree.read_many([path for path in paths if document_of(path)]).items()):
        yield from _read(path, raw, loaded.register)


def _letterhead(raw: bytes | None) -> Iterator[Finding]:
    why = unusable(raw) if raw is not None else None
    if why is not None:
        mend = "save it anew from a word processor as .docx, with nothing in it that is fetched or run"
        yield Finding("template-broken", f"{LETTERHEAD} is not written upon: {why}", file=LETTERHEAD, line=1, mend=mend)


def _read(path: str, raw: bytes, register: Register) -> Iterator[Finding]:
    from partnerkit.documents.sense import shape_of  # noqa: PLC0415 - dear to import, and few registers have templates
    from partnerkit.documents.template import wrong_with  # noqa: PLC0415 - likewise

    what = str(document_of(path))
    try:
        found = wrong_with(raw.decode(), shape_of(what, policies_of(register, path)))
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        yield Finding("template-broken", f"{path} is no UTF-8", file=path, line=line, mend="save it as UTF-8")
        return
    for one in found:
        mend = f"partnerkit doc {what} --template shows one that works"
        yield Finding("template-broken", f"the template of {what}: {one.why}", file=path, line=one.line, mend=mend)
