"""The guard: whether something of the private place is about to come in. Nothing else is judged, so it is quick."""

from __future__ import annotations

from partnerkit.errors import WrongCallError
from partnerkit.findings import Finding, in_order
from partnerkit.jobs.check import Checked, Staged
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.private_checked import private_files, private_lists, private_names
from partnerkit.store.git.brought import empty_tree
from partnerkit.store.git.differing import between
from partnerkit.store.git.staged import staged_tree
from partnerkit.store.git.trees import CommitTree
from partnerkit.store.record_paths import RECORDS, record_id


def guard(desk: Desk, staged: Staged | None, *, other: bool = False) -> Checked:
    """Look for files of the private place, for names that it holds, and for lists of people in what is staged.

    Args:
        desk: where and when.
        staged: what is staged.
        other: whether it is asked of anything besides.

    Raises:
        WrongCallError: it is asked of anything else than all that is staged.
        CannotWorkError: there is no register in what is staged.
    """
    if staged is None or other:
        raise WrongCallError("--private looks at all that is staged", "partnerkit check --staged --private")
    head = desk.git.head()
    judged = staged_tree(desk.git, staged.index)
    tree = CommitTree(desk.git, judged)
    register = desk.read(tree).demand()
    settings = register.settings
    stood = CommitTree(desk.git, head or empty_tree(desk.git))
    brought = (one.path for one in between(stood, tree) if one.now is not None)
    texts = tree.read_many(path for path in brought if path.startswith(RECORDS) and record_id(path))
    records = [(record_id(path) or "", path, raw.decode("utf-8", "replace")) for path, raw in texts.items()]
    found: list[Finding] = [*private_files(desk, settings, judged), *private_names(desk, settings, records)]
    found += private_lists(desk, register, stood, tree)
    return Checked(in_order(found), len(records), head, [])
