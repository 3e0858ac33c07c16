"""What is found of files that are no records: what git would make of their bytes, and what is to stay private."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Iterator

from partnerkit.findings import Finding
from partnerkit.jobs.compared import Compared, attributes_differ
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.private_checked import is_other, private_files, private_lists
from partnerkit.register import Register
from partnerkit.rules.commands import quoted
from partnerkit.store.ahead import ahead
from partnerkit.store.git.attributes import changing, first_of
from partnerkit.store.git.brought import bringing, empty_tree
from partnerkit.store.git.trees import CommitTree
from partnerkit.store.private_place import taking_along

#: Checks out all that git was told to leave out, single files too.
_DISABLE = "git sparse-checkout disable"


def attributes_kept(desk: Desk, seen: Compared, *, whole: bool) -> Callable[[], list[Finding]]:
    """Attributes under which git would not keep records and evidence byte for byte: each once, however many it meets.

    They are those of the tree that is judged, with those of this clone and this machine. Where they differ from what
    they were before, they are asked of every file, though only what changed is asked for. Git begins to say so at once.
    """
    every = whole or attributes_differ(seen)
    wanted = seen.loaded.files if every else sorted(one for one in seen.paths or () if seen.loaded.holds(one))
    return ahead(lambda: list(_changing_bytes(desk, seen, wanted)))


def _changing_bytes(desk: Desk, seen: Compared, files: Collection[str]) -> Iterator[Finding]:
    for what, paths in changing(desk.git, files, tree=seen.committed).items():
        message = f"git would not keep {first_of(paths)} byte for byte: an attribute says {what}"
        mend = (
            f"git check-attr --all -- {quoted(paths[0])}; take it out of .gitattributes on the way to the file, "
            "$GIT_DIR/info/attributes or the file that git config core.attributesFile names"
        )
        yield Finding("attributes-change-bytes", message, file=paths[0], line=1, mend=mend)


def passed_over(desk: Desk, seen: Compared) -> Iterator[Finding]:
    """Records of the commit before that are not in the working tree, because git was told to pass over them."""
    if seen.was is None or seen.paths is None or seen.judged is not None:
        return
    told = set(seen.paths)
    gone = [one for one in seen.loaded.laid.lacks(seen.was.laid) if one not in told]
    if gone:
        message = (
            f"git was told to pass over {first_of(gone)} (a sparse checkout, skip-worktree or assume-unchanged): "
            "what is not in the working tree was not judged"
        )
        # `h` is said of what git was told to take for unchanged, `S` of what it was told not to check out.
        unchanged = desk.git.run("ls-files", "-v", "-z", "--", gone[0]).text.startswith("h")
        mend = f"git update-index --no-assume-unchanged -- {quoted(gone[0])}" if unchanged else _DISABLE
        yield Finding("not-checked-out", message, file=gone[0], line=1, mend=mend)


def private_kept_out(desk: Desk, seen: Compared, register: Register) -> Callable[[], Iterator[Finding]]:
    """What says what of the private place came in as files, and other lists of people: git begins to at once."""
    taken = taking_along(desk.git, register.settings.private, seen.judged)
    stood = seen.stood or CommitTree(desk.git, empty_tree(desk.git))
    where = stood, seen.committed
    begun = bringing(*where, is_other, seen.unlanded if seen.judged is None else None)
    return lambda: itertools.chain(
        private_files(desk, register.settings, seen.judged, taken), private_lists(desk, register, *where, begun=begun)
    )
