"""Check a register: judge what changed by the rules before it, and what stands by the rules in force. Never writes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from partnerkit.errors import CannotWorkError, WrongCallError
from partnerkit.findings import Finding, in_order
from partnerkit.jobs.corrected import Trial, as_put_back
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.levels import Levels
from partnerkit.jobs.naming_files import named
from partnerkit.jobs.one_by_one import broken_one_by_one
from partnerkit.jobs.private_checked import private_files, private_lists, private_names
from partnerkit.jobs.proposed import texts_differ
from partnerkit.jobs.verdicts import landing
from partnerkit.jobs.who_lands import about_to_land, who_landed
from partnerkit.kinds.expunging import Expunging
from partnerkit.register import Register
from partnerkit.rules.commands import as_committed, quoted
from partnerkit.rules.compared import pairs
from partnerkit.rules.landed import decided_surely
from partnerkit.rules.offering import unmade
from partnerkit.rules.settled import settled_in, settlements
from partnerkit.rules.standing import judge_register, judge_trail
from partnerkit.rules.steps import judge_step
from partnerkit.steps import Step
from partnerkit.store.commit.journal import interrupted
from partnerkit.store.git.attributes import changing
from partnerkit.store.git.history import where_it_began
from partnerkit.store.git.trees import CommitTree, Tree, WorkingTree, staged_tree
from partnerkit.store.load import Loaded, load
from partnerkit.store.records import RECORDS, folder_kind, id_of
from partnerkit.store.signatures import look_ahead

#: How many files are read between two words on how far it is.
_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Checked:
    """What was looked at, and what was found.

    Attributes:
        findings: what was found.
        records: how many records were looked at.
        compared_with: the commit whose rules judged what changed; None where nothing has been committed.
        expunged: the text that was taken out of these records for good, with the record's id.
        changed: the files below records/ that the change touches; nothing where nobody can say.
    """

    findings: list[Finding]
    records: int
    compared_with: str | None
    expunged: list[tuple[str, Expunging]]
    changed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Staged:
    """What is staged for the next commit.

    Attributes:
        index: the index that holds it, where git gave a commit in progress one of its own.
    """

    index: str | None


def check(
    desk: Desk,
    paths: list[str],
    base: str | None = None,
    head: str | None = None,
    staged: Staged | None = None,
    *,
    landed: bool = False,
) -> Checked:
    """Judge the working tree against HEAD, or a branch against where it began, by the rules of the earlier one.

    Args:
        desk: where and when.
        paths: judge only these files or records; everything where empty.
        base: what the branch is to be merged into: what the branch changed since it left that is judged by the rules
            of where it left it, whatever has landed there since.
        head: a revision to judge instead of the working tree.
        staged: judge this against HEAD instead of the working tree.
        landed: whether `head` is the commit that lands, so that it counts whose it is.

    Raises:
        CannotWorkError: there is no register, the rules that would judge cannot be read, or nobody can say where the
            branch began.
        WrongCallError: an unknown revision, `head` without `base`, either together with `staged`, or `landed` without
            `head`.
    """
    if staged is not None and (base is not None or head is not None):
        raise WrongCallError("--staged is judged against HEAD: it goes with neither --base nor --head")
    if head is not None and base is None:
        raise WrongCallError("--head goes with --base", "partnerkit check --base main --head HEAD")
    if landed and head is None:
        raise WrongCallError(
            "--landed says that --head is what lands", "partnerkit check --base REV^ --head REV --landed"
        )
    head_oid = desk.git.resolve(head) if head is not None else desk.git.head()
    base_oid = _began(desk, base, head_oid)
    judged = head_oid if head is not None else staged_tree(desk.git, staged.index) if staged else None
    tree: Tree = WorkingTree(desk.git) if judged is None else CommitTree(desk.git, judged)
    loaded = desk.read(tree)
    only = named(desk, paths)
    found = [*loaded.findings, *_attributes(desk, loaded.files, staged)] if only is None else []
    if staged is None and interrupted(desk.git):
        found.append(_interrupted())
    before = _before(desk, base_oid)
    files = _changed(desk, base_oid, judged, base)
    if loaded.register is not None:
        changed = _records_of(files) if files is not None else None
        by = about_to_land(desk, before, loaded.register, changed or ()) if head is None else None
        if landed and head_oid is not None:  # else somebody else may merge the branch
            by = who_landed(desk, before, head_oid)
            found += landing(desk, head_oid)
        step = Step(before, loaded.register, desk.latest, by)
        judging = _judged(desk, step, loaded, only, changed)
        found += judging if base is not None else _not_landed(desk, step, judging)
        if base is not None and base_oid is not None and head_oid is not None:
            wanted = changed if only is None else only
            found = _of_branch(desk, step, found, wanted, (base_oid, head_oid))
            found += broken_one_by_one(desk, base_oid, head_oid, found) if only is None and not landed else ()
        found += texts_differ(desk.git, tree, loaded.register, only)
        found += _private(desk, loaded, loaded.register, only, base_oid, judged)
    if only is not None:
        loaded.records.load(only)
    found += loaded.records.findings
    count = len(loaded.records.paths) if only is None else len(only)
    looked_at = (
        loaded.records[one] for one in sorted(loaded.records.paths if only is None else only) if one in loaded.records
    )
    expunged = [(record.id, one) for record in looked_at for one in record.model.expunged]
    if any("--correct" in (one.mend or "") for one in found) and loaded.register is not None:
        trial = Trial(desk, loaded.register)
        found = [one if one.record is None or trial(one.record) else _uncorrected(one) for one in found]
    return Checked(in_order(found), count, base_oid, expunged, frozenset(files or ()))


def _began(desk: Desk, base: str | None, head: str | None) -> str | None:
    """The commit whose rules judge: the last one, or where the branch that is to be merged into `base` began."""
    if base is None:
        return head
    other = desk.git.resolve(base)
    return where_it_began(desk.git, other, head) if head is not None else other


def _judged(desk: Desk, step: Step, loaded: Loaded, only: set[str] | None, changed: set[str] | None) -> list[Finding]:
    wanted = changed if only is None else (only & changed if changed is not None else only)
    landing = [one for one in judge_step(step, wanted) if only is None or one.record in only]
    _read(desk, loaded, only)
    told = {(one.code, one.file, one.line, one.column) for one in landing}
    standing = judge_register(step.after, desk.now, only, desk.latest, desk.judging)
    return [*landing, *(one for one in standing if (one.code, one.file, one.line, one.column) not in told)]


def _not_landed(desk: Desk, step: Step, found: list[Finding]) -> list[Finding]:
    """The findings, with a mend that suits what has not landed: nothing there has to be corrected by an entry."""
    ids = {one.record for one in found if one.sealed and one.record} & set(step.before.records if step.before else ())
    stood = judge_trail(step.before, desk.latest, ids) if step.before is not None and ids else []
    known = {(one.code, one.record, one.sealed) for one in stood}
    return [
        unmade(one, step.before)
        if one.statement is not None
        else replace(one, mend=f"{as_committed(one.file or '')} takes back what has not landed")
        if one.record in ids and "--correct" in (one.mend or "") and (one.code, one.record, one.sealed) not in known
        else one
        for one in found
    ]


def _uncorrected(found: Finding) -> Finding:
    """A finding without the line that corrects it: there is nothing from which it could be put back."""
    parts = (found.mend or "").split("; ")
    return replace(found, mend="; ".join(part for part in parts if "--correct" not in part))


def _of_branch(
    desk: Desk, step: Step, found: list[Finding], ids: set[str] | None, ends: tuple[str, str]
) -> list[Finding]:
    """The findings with what the commits of a branch show: how surely it was decided, and what was put back."""
    base, head = ends
    surely = list(_decided_surely(desk, step, head, ids))
    return as_put_back(desk, step, [*found, *settled_in(surely, settlements(step, ids, found))], base)


def _decided_surely(desk: Desk, step: Step, head: str, ids: set[str] | None) -> Iterator[Finding]:
    """Whether what was decided in commits that are there already is as sure as the policies ask."""
    levels = Levels(desk.git, head)
    for old, new in pairs(step, ids):
        if new is not None:
            yield from decided_surely(step, old, new, levels.of(new))


def _read(desk: Desk, loaded: Loaded, only: set[str] | None) -> None:
    """Read what is to be judged, so many files at a time: git is asked but once for all of them."""
    ids = sorted(loaded.records.paths if only is None else only)
    for start in range(0, len(ids), _AT_ONCE):
        desk.watch("records read", start, len(ids))
        loaded.records.load(ids[start : start + _AT_ONCE])
    desk.watch("records read", len(ids), len(ids))
    known = (loaded.records[one].data for one in ids if one in loaded.records)
    look_ahead(statements=(said for data in known for said in data.get("approvals") or []))


def _before(desk: Desk, oid: str | None) -> Register | None:
    """The register whose rules judge; None where the tree before had none (genesis)."""
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
    return loaded.demand()


def _changed(desk: Desk, base_oid: str | None, judged: str | None, base: str | None) -> set[str] | None:
    """The files below records/ that differ, as git sees it; None where it cannot say."""
    if base_oid is None:
        return None
    if judged is not None:
        out = desk.git.run("diff-tree", "-r", "-z", "--name-only", "--no-renames", base_oid, judged, "--", RECORDS)
        names = out.fields
    else:
        out = desk.git.run("status", "--porcelain=v1", "-z", "--no-renames", "--untracked-files=all", "--", RECORDS)
        names = [field[3:] for field in out.fields]
        if base is not None:
            names += desk.git.run(
                "diff-tree", "-r", "-z", "--name-only", "--no-renames", base_oid, "HEAD", "--", RECORDS
            ).fields
    return set(names)


def _records_of(files: set[str]) -> set[str]:
    """The ids of the records of which some files are those."""
    return {id_of(name) for name in files if folder_kind(name) and name.endswith(".yaml")}


def _private(
    desk: Desk, loaded: Loaded, register: Register, only: set[str] | None, base: str | None, judged: str | None
) -> Iterator[Finding]:
    """What of the private place came in: its files, and in records the names that it holds."""
    if only is None:
        yield from private_files(desk, register.settings, judged)
    if only is None and base is not None:
        yield from private_lists(desk, register.settings, base, judged)
    known = loaded.records.documents
    texts = ((one, known[one].file, known[one].text) for one in sorted(only or known) if one in known)
    yield from private_names(desk, register.settings, texts)


def _attributes(desk: Desk, files: list[str], staged: Staged | None) -> Iterator[Finding]:
    """Attributes under which git would not keep records and evidence byte for byte: each once, however many it meets.

    They are those of what is staged, else of the working tree: git applies them on this machine, whatever is judged.
    """
    index = (staged.index or "") if staged is not None else None
    for what, paths in changing(desk.git, files, staged=index).items():
        more = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
        message = f"git would not keep {paths[0]}{more} byte for byte: an attribute says {what}"
        mend = (
            f"git check-attr --all -- {quoted(paths[0])}; take it out of .gitattributes on the way to the file, "
            "$GIT_DIR/info/attributes or the file that git config core.attributesFile names"
        )
        yield Finding("attributes-change-bytes", message, file=paths[0], line=1, mend=mend)


def _interrupted() -> Finding:
    message = "an earlier command was interrupted and left something to put in order"
    return Finding("interrupted", message, "warning", mend="partnerkit doctor")
