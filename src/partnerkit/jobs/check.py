"""Check a register: judge what changed by the rules before it, and what stands by the rules in force. Never writes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from partnerkit.dataclass import dataclass, field
from partnerkit.errors import WrongCallError
from partnerkit.findings import Finding, in_order
from partnerkit.jobs.compared import Compared, compared
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.judging_trees import judged_trees
from partnerkit.jobs.naming_files import named
from partnerkit.jobs.private_checked import private_names
from partnerkit.jobs.proposed import texts_differ
from partnerkit.jobs.who_lands import about_to_land
from partnerkit.kinds.expunging import Expunging
from partnerkit.register import Register
from partnerkit.steps import Step
from partnerkit.store.commit.journal import interrupted
from partnerkit.store.record_paths import TEMPLATES


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
    kept: Callable[[], None] | None = None,
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
        kept: is called once all that lies on the disk was listed, and before records are judged by this process alone,
            where what was found of them before may be told again, and what is found now be kept for that.

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
    tree = _staged(desk, staged) if staged is not None else None
    seen = compared(desk, base, head, tree, narrow=changed, kept=kept is not None)
    if changed and base is None and not seen.paths and seen.head is not None:
        message = "nothing here differs from the last commit, so --changed has nothing to judge"
        raise WrongCallError(message, "partnerkit check --base main --changed judges a branch")
    there = seen.loaded.records.paths if head is None and staged is None else ()
    only = seen.changed if changed else named(desk, paths, there=there)
    asked = _Asked(only, staged, landed=landed, changed=changed, kept=kept)
    return judged(desk, seen, asked)


def _staged(desk: Desk, staged: Staged) -> str:
    from partnerkit.store.git.staged import staged_tree  # noqa: PLC0415 - only a hook asks for it

    return staged_tree(desk.git, staged.index)


@dataclass(frozen=True, slots=True)
class _Asked:
    """Of what is asked: some records (all where None), or what changed, and with it all that the change breaks."""

    only: set[str] | None
    staged: Staged | None = None
    landed: bool = False
    changed: bool = False
    kept: Callable[[], None] | None = None

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
    beside = _of_no_record(desk, seen, asked) if asked.whole else list
    if loaded.register is not None:
        seen.read()
    found = beside()
    if asked.staged is None and interrupted(desk.git):
        found.append(_interrupted())
    if loaded.register is not None:
        found = _of_step(desk, seen, loaded.register, asked, found)
    every = loaded.records.paths if only is None or _anew(seen, asked) else only
    if only is not None or loaded.register is None:
        loaded.records.load(every if loaded.register is None or only is None else only)
    unread = _mended_files(seen, loaded.records.findings)
    if asked.changed and loaded.register is not None:
        unread = [one for one in unread if one.file in (seen.paths or ())]
    found += unread
    looked_at = (
        loaded.records[one]
        for one in sorted(loaded.records.documents if only is None else only)
        if one in loaded.records
    )
    expunged = [(record.id, one) for record in looked_at for one in record.model.expunged]
    if found:
        from partnerkit.jobs.mended import as_can_be_done  # noqa: PLC0415 - where nothing is wrong nothing is mended

        found = as_can_be_done(desk, seen, found)
    return Checked(in_order(found), len(every), seen.base, expunged, frozenset(seen.paths or ()), asked.changed, seen)


def _mended_files(seen: Compared, found: list[Finding]) -> list[Finding]:
    """Findings of files that cannot be read, or say otherwise what they are, with what mends an edit."""
    if not found:
        return []
    from partnerkit.jobs.unlanded import as_before  # noqa: PLC0415 - as above

    return as_before(seen, found)


def _of_no_record(desk: Desk, seen: Compared, asked: _Asked) -> Callable[[], list[Finding]]:
    """What says what is found of files that are no records: rules, layout, templates, what git would do to them."""
    from partnerkit.jobs.checked_beside import attributes_kept, passed_over  # noqa: PLC0415 - not where records are asked for

    kept = attributes_kept(desk, seen, whole=asked.only is None)
    found = _mended_files(seen, seen.loaded.findings)
    templates = _templates(seen, asked) if any(one.startswith(TEMPLATES) for one in seen.loaded.laid.rules) else []
    return lambda: [*found, *kept(), *passed_over(desk, seen), *templates]


def _templates(seen: Compared, asked: _Asked) -> list[Finding]:
    from partnerkit.jobs.templates_checked import templates_checked  # noqa: PLC0415 - few registers have templates of their own

    return [*templates_checked(seen.tree, seen.loaded, seen.paths if asked.changed else None)]


def _anew(seen: Compared, asked: _Asked) -> bool:
    """Whether every record is looked at though only what changed is asked for.

    It may be what new rules forbid, or they may be none that can be read.
    """
    after = seen.loaded.register
    return asked.changed and (after is None or (seen.before is not None and seen.before.rules != after.rules))


def _of_step(desk: Desk, seen: Compared, after: Register, asked: _Asked, told: list[Finding]) -> list[Finding]:
    """What is found of the step from the tree before to the one after, beside what was told of files."""
    only, changed, head = asked.only, seen.changed, seen.head
    by = about_to_land(desk, seen.before, after, changed or ()) if seen.judged is None or asked.staged else None
    found = list(told)
    if asked.landed and head is not None:  # else somebody else may merge the branch
        from partnerkit.jobs.checked_branch import who_landed  # noqa: PLC0415 - most has not landed
        from partnerkit.jobs.verdicts import landing  # noqa: PLC0415 - likewise

        by = who_landed(desk, seen.before, head)
        found += landing(desk, head)
    beside = _beside(desk, seen, after) if asked.changed else None
    kept_out = _kept_out(desk, seen, after) if asked.whole else None
    step = Step(seen.before, after, desk.latest, by)
    kept = asked.kept if not any(one.severity == "error" for one in told) else None
    judging = judged_trees(desk, seen, step, only, whole=asked.whole, kept=kept)
    if judging:
        from partnerkit.jobs.mended import as_it_was_edited  # noqa: PLC0415 - where nothing is wrong nothing is mended

        found += as_it_was_edited(desk, seen, step, judging)
    if seen.ranged and seen.base is not None and head is not None:
        from partnerkit.jobs.checked_branch import of_branch  # noqa: PLC0415 - only a branch has commits to look at

        wanted = changed if only is None else only
        found = of_branch(desk, step, found, wanted, (seen.base, head), alone=asked.whole and not asked.landed)
    found += beside() if beside is not None else ()
    if found:
        from partnerkit.jobs.mended import as_it_landed  # noqa: PLC0415 - as above

        found = as_it_landed(desk, seen, found)
    found += texts_differ(desk.git, seen.tree, after, only)
    found += kept_out() if kept_out is not None else ()
    return [*found, *private_names(desk, after.settings, seen.loaded.records.texts(only))]


def _beside(desk: Desk, seen: Compared, after: Register) -> Callable[[], Iterator[Finding]]:
    """What says, once the step was judged, what the change breaks in records beside it: it begins to look at once."""
    from partnerkit.jobs.beside import Naming, beside  # noqa: PLC0415 - only what changed has something beside it

    naming = Naming.of(desk, seen, after)
    return lambda: beside(desk, seen, after, naming)


def _kept_out(desk: Desk, seen: Compared, after: Register) -> Callable[[], Iterator[Finding]]:
    """What says what of the private place came in, but for names in records: git begins to say so at once."""
    from partnerkit.jobs.checked_beside import private_kept_out  # noqa: PLC0415 - not where records are asked for

    return private_kept_out(desk, seen, after)


def _interrupted() -> Finding:
    message = "an earlier command was interrupted and left something to put in order"
    return Finding("interrupted", message, "warning", mend="partnerkit doctor")
