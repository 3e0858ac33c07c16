"""Check a register: judge what changed by the rules before it, and what stands by the rules in force. Never writes."""

from __future__ import annotations

from collections.abc import Iterator

from partnerkit.dataclass import dataclass, field, replace
from partnerkit.errors import WrongCallError
from partnerkit.findings import Finding, in_order
from partnerkit.jobs.beside import Naming, beside
from partnerkit.jobs.compared import Compared, attributes_differ, compared
from partnerkit.jobs.corrected import Trial, as_put_back
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.judging_trees import judged_trees
from partnerkit.jobs.levels import Levels
from partnerkit.jobs.naming_files import named
from partnerkit.jobs.one_by_one import broken_one_by_one
from partnerkit.jobs.private_checked import private_files, private_lists, private_names
from partnerkit.jobs.proposed import texts_differ
from partnerkit.jobs.put_aside import edits_kept
from partnerkit.jobs.readable_again import readable_again
from partnerkit.jobs.rules_first import rules_first
from partnerkit.jobs.shown_again import shown_again
from partnerkit.jobs.templates_checked import templates_checked
from partnerkit.jobs.unlanded import as_before, edited, since, uncorrected
from partnerkit.jobs.verdicts import landing
from partnerkit.jobs.who_lands import about_to_land, who_landed
from partnerkit.kinds.expunging import Expunging
from partnerkit.register import Register
from partnerkit.rules.commands import quoted
from partnerkit.rules.compared import pairs
from partnerkit.rules.landed import decided_surely
from partnerkit.rules.settled import settled_in, settlements
from partnerkit.steps import Step
from partnerkit.store.commit.journal import interrupted
from partnerkit.store.git.attributes import changing, first_of
from partnerkit.store.git.brought import empty_tree
from partnerkit.store.git.staged import staged_tree
from partnerkit.store.git.trees import CommitTree


@dataclass(frozen=True, slots=True)
class Checked:
    """What was looked at, and what was found.

    Attributes:
        findings: what was found.
        records: how many records were looked at.
        compared_with: the commit whose rules judged what changed; None where nothing has been committed.
        expunged: the text that was taken out of these records for good, with the record's id.
        changed: the files below records/ that the change touches; nothing where nobody can say.
        narrow: whether only what changed was looked at, and what that breaks beside it.
        seen: what was read for it.
    """

    findings: list[Finding]
    records: int
    compared_with: str | None
    expunged: list[tuple[str, Expunging]]
    changed: frozenset[str] = frozenset()
    narrow: bool = False
    seen: Compared | None = field(default=None, compare=False, repr=False)


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
    changed: bool = False,
    kept: bool = False,
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
        changed: judge only what changed, and what that breaks beside it: the cost follows the change.
        kept: whether what was found of records before may be told again, and what is found now be kept for that.

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
    if changed and (staged is not None or paths):
        raise WrongCallError("--changed looks at what changed: it takes no paths, and goes without --staged")
    tree = staged_tree(desk.git, staged.index) if staged is not None else None
    seen = compared(desk, base, head, tree, narrow=changed, kept=kept)
    if changed and base is None and not seen.paths and seen.head is not None:
        message = "nothing here differs from the last commit, so --changed has nothing to judge"
        raise WrongCallError(message, "partnerkit check --base main --changed judges a branch")
    there = seen.loaded.records.paths if head is None and staged is None else ()
    only = seen.changed if changed else named(desk, paths, there=there)
    asked = _Asked(only, staged, landed=landed, changed=changed, kept=kept)
    return judged(desk, seen, asked)


@dataclass(frozen=True, slots=True)
class _Asked:
    """Of what is asked: some records (all where None), or what changed, and with it all that the change breaks."""

    only: set[str] | None
    staged: Staged | None = None
    landed: bool = False
    changed: bool = False
    kept: bool = False

    @property
    def whole(self) -> bool:
        """Whether what belongs to no record is asked for too."""
        return self.only is None or self.changed


def judged_change(desk: Desk, seen: Compared) -> Checked:
    """What is found of a change: what it breaks, and what contradicts itself in the records that it changes."""
    return judged(desk, seen, _Asked(seen.changed, changed=True))


def judged(desk: Desk, seen: Compared, asked: _Asked) -> Checked:
    """Judge what was read."""
    loaded, only = seen.loaded, asked.only
    found = [*as_before(seen, loaded.findings), *_attributes(desk, seen, asked)] if asked.whole else []
    found += templates_checked(seen.tree, loaded, seen.paths if asked.changed else None) if asked.whole else ()
    if asked.staged is None and interrupted(desk.git):
        found.append(_interrupted())
    if loaded.register is not None:
        found = _of_step(desk, seen, loaded.register, asked, found)
    if only is not None or loaded.register is None:
        loaded.records.load(loaded.records.paths if only is None else only)
    unread = as_before(seen, loaded.records.findings)
    found += [one for one in unread if one.file in (seen.paths or ())] if asked.changed else unread
    count = len(loaded.records.paths) if only is None or _anew(seen, asked) else len(only)
    looked_at = (
        loaded.records[one]
        for one in sorted(loaded.records.documents if only is None else only)
        if one in loaded.records
    )
    expunged = [(record.id, one) for record in looked_at for one in record.model.expunged]
    if any("--correct" in (one.mend or "") for one in found) and loaded.register is not None:
        trial = Trial(desk, loaded.register)
        found = [one if one.record is None or trial(one.record) else _uncorrected(one) for one in found]
    found = edits_kept(desk, readable_again(desk, seen, found))
    return Checked(in_order(found), count, seen.base, expunged, frozenset(seen.paths or ()), asked.changed, seen)


def _anew(seen: Compared, asked: _Asked) -> bool:
    """Whether every record was looked at though only what changed is asked for: it may be what new rules forbid."""
    after = seen.loaded.register
    return asked.changed and after is not None and seen.before is not None and seen.before.rules != after.rules


def _of_step(desk: Desk, seen: Compared, after: Register, asked: _Asked, told: list[Finding]) -> list[Finding]:
    """What is found of the step from the tree before to the one after, beside what was told of files."""
    only, changed, head = asked.only, seen.changed, seen.head
    by = about_to_land(desk, seen.before, after, changed or ()) if seen.judged is None or asked.staged else None
    found = list(told)
    if asked.landed and head is not None:  # else somebody else may merge the branch
        by = who_landed(desk, seen.before, head)
        found += landing(desk, head)
    seen.read()
    naming = Naming.of(desk, seen, after) if asked.changed else None
    step = Step(seen.before, after, desk.latest, by)
    kept = asked.kept and not any(one.severity == "error" for one in told)
    judging = judged_trees(desk, seen, step, only, whole=asked.whole, kept=kept)
    found += edited(desk, seen, judging if seen.ranged else uncorrected(desk, step, judging))
    if seen.ranged and seen.base is not None and head is not None:
        wanted = changed if only is None else only
        found = _of_branch(desk, step, found, wanted, (seen.base, head))
        found += broken_one_by_one(desk, seen.base, head, found) if asked.whole and not asked.landed else ()
    found += beside(desk, seen, after, naming) if naming is not None else ()
    found = since(seen, shown_again(desk, seen, rules_first(desk, seen, found)))
    found += texts_differ(desk.git, seen.tree, after, only)
    return [*found, *_private(desk, seen, after, asked)]


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


def _private(desk: Desk, seen: Compared, register: Register, asked: _Asked) -> Iterator[Finding]:
    """What of the private place came in: its files, and in records the names that it holds."""
    if asked.whole:
        yield from private_files(desk, register.settings, seen.judged)
        stood = seen.stood or CommitTree(desk.git, empty_tree(desk.git))
        yield from private_lists(desk, register, stood, seen.committed)
    yield from private_names(desk, register.settings, seen.loaded.records.texts(asked.only))


def _attributes(desk: Desk, seen: Compared, asked: _Asked) -> Iterator[Finding]:
    """Attributes under which git would not keep records and evidence byte for byte: each once, however many it meets.

    They are those of the tree that is judged, with those of this clone and this machine. Where they differ from what
    they were before, they are asked of every file, though only what changed is asked for.
    """
    files, every = seen.loaded.files, asked.only is None or attributes_differ(seen)
    wanted = files if every else sorted({*files}.intersection(seen.paths or ()))
    for what, paths in changing(desk.git, wanted, tree=seen.committed).items():
        message = f"git would not keep {first_of(paths)} byte for byte: an attribute says {what}"
        mend = (
            f"git check-attr --all -- {quoted(paths[0])}; take it out of .gitattributes on the way to the file, "
            "$GIT_DIR/info/attributes or the file that git config core.attributesFile names"
        )
        yield Finding("attributes-change-bytes", message, file=paths[0], line=1, mend=mend)


def _interrupted() -> Finding:
    message = "an earlier command was interrupted and left something to put in order"
    return Finding("interrupted", message, "warning", mend="partnerkit doctor")
