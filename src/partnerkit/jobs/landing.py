"""How a change lands: read HEAD, draft, judge, commit; again from the start when somebody else was faster."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

from partnerkit.dataclass import dataclass, field
from partnerkit.errors import CannotWorkError, PartnerkitError
from partnerkit.findings import Finding
from partnerkit.jobs.chosen import shortened
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.judging_drafts import judged
from partnerkit.jobs.private_checked import names_noted
from partnerkit.rules.offering import unmade
from partnerkit.rules.refused import Refused
from partnerkit.rules.restored import thing
from partnerkit.rules.standing import judge_register
from partnerkit.store.commit.atomic import Moved, commit, writing
from partnerkit.store.draft import Draft
from partnerkit.store.git.results import GitFailed
from partnerkit.store.git.trees import last_read

_ATTEMPTS = 50


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a writer does to one record, or makes of one row of a sheet.

    Attributes:
        record: the id of the record.
        does: what is done, in words.
        row: the row of the sheet that asks for it, such as checks.csv:3.
    """

    record: str
    does: str
    row: str | None = None


@dataclass
class Planned:
    """What a job wants to land.

    Attributes:
        subject: the first line of the commit message.
        body: what satisfied the gate, line by line.
        trailers: a convenience for `git log`; never trusted.
        result: what the job returns when it has landed.
        notes: what the person should know, though it stops nothing.
        outcomes: what is done to each record, for whoever looks first.
        puts_back: the things that it puts back to what they had been, each with its record: that changes them again.
        despite: whether it lands though what was wrong with the records before is wrong still; nothing may come to it.
    """

    subject: str
    result: Any = None
    body: list[str] = field(default_factory=list)
    trailers: dict[str, list[str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    puts_back: frozenset[tuple[str | None, str]] = frozenset()
    despite: bool = False

    @property
    def message(self) -> str:
        """The commit message."""
        trailers = [f"{key}: {value}" for key, values in self.trailers.items() for value in values]
        parts = [self.subject, "\n".join(self.body), "\n".join(trailers)]
        return "\n\n".join(part for part in parts if part) + "\n"


@dataclass
class Landed:
    """What came of it.

    Attributes:
        commit: the commit, or None where nothing was to change or it was a dry run.
        result: what the job made.
        subject: the first line of the commit message.
        paths: the files that changed.
        notes: what the person should know.
        outcomes: what was done to each record.
        dry_run: whether nothing was written because that was asked for.
    """

    commit: str | None
    result: Any
    subject: str
    paths: list[str]
    notes: list[str]
    outcomes: list[Outcome] = field(default_factory=list)
    dry_run: bool = False


def land(desk: Desk, plan: Callable[[Draft], Planned]) -> Landed:
    """Land what a plan drafts, as one commit or not at all.

    The plan is made from HEAD and judged by HEAD's rules; when HEAD moves meanwhile, it is made again.

    Raises:
        Refused: the policy says no; nothing was written.
        CannotWorkError: the surroundings do not allow it; nothing was written.
    """
    if desk.dry_run:
        base = desk.git.head()
        draft, planned = _drafted(desk, base, plan)
        return landed_as(None, draft, planned, dry_run=True)
    with nothing_changed(), writing(desk.git) as held:
        if held.recovered:
            desk.notes.append(held.recovered)
        try:
            return _landed(desk, plan)
        except PartnerkitError as error:
            if held.recovered:
                error.add_note(held.recovered)
            raise


@contextlib.contextmanager
def nothing_changed() -> Iterator[None]:
    """Say so of a call of git that failed: once a commit has landed, none is left that could."""
    try:
        yield
    except GitFailed as failed:
        failed.message += "; nothing changed"
        raise


def _landed(desk: Desk, plan: Callable[[Draft], Planned]) -> Landed:
    for _attempt in range(_ATTEMPTS):
        base = desk.git.head()
        desk.look_at_clock()
        draft, planned = _drafted(desk, base, plan)
        if not draft.changes:
            return landed_as(None, draft, planned)
        try:
            oid = commit(desk.git, base, draft.changes, planned.message, verify=desk.verify)
        except Moved:
            continue
        return landed_as(oid, draft, planned)
    raise CannotWorkError(
        f"others landed changes {_ATTEMPTS} times meanwhile; nothing changed", "run the command again"
    )


def landed_as(oid: str | None, draft: Draft, planned: Planned, *, dry_run: bool = False) -> Landed:
    """What came of a draft that landed as a commit, or as none."""
    paths = sorted(draft.changes)
    return Landed(oid, planned.result, planned.subject, paths, planned.notes, planned.outcomes, dry_run)


def _drafted(desk: Desk, base: str | None, plan: Callable[[Draft], Planned]) -> tuple[Draft, Planned]:
    if base is None:
        raise CannotWorkError(
            "nothing has been committed here yet, so there is no register to change", "partnerkit init"
        )
    tree = last_read(desk.git, base)
    draft = Draft(desk.read(tree), tree)
    return draft, drafted_on(desk, draft, plan)


def drafted_on(desk: Desk, draft: Draft, plan: Callable[[Draft], Planned]) -> Planned:
    """What a plan puts into a draft, judged.

    Raises:
        Refused: the policy says no.
    """
    desk.demand_present()
    planned = plan(draft)
    found = judged(desk, draft)
    known = _wrong_before(desk, draft) if planned.despite else set()
    wrong = [one for one in found if one.severity == "error" and (one.code, one.record) not in known]
    errors = [one for one in wrong if (one.record, thing(one.was or "")) not in planned.puts_back]
    if errors:
        concerned = {finding.record for finding in errors}
        rows = [f"{one.row}: " for one in planned.outcomes if one.row and one.record in concerned]
        told = [unmade(one, draft.base) for one in errors]
        raise Refused(f"{''.join(rows[:1])}{planned.subject}: refused; nothing changed", told)
    if not desk.verify:
        planned.trailers |= {"Partnerkit-Hooks": ["skipped"]}
    planned.notes += [*_warnings(found, several=len(draft.changed) > 1), *names_noted(desk, draft)]
    return planned


def _wrong_before(desk: Desk, draft: Draft) -> set[tuple[str, str | None]]:
    """What stood wrong in the records before they change: the codes, each with the record."""
    found = judge_register(draft.base, desk.now, draft.changed, desk.latest)
    return {(one.code, one.record) for one in found if one.severity == "error"}


def _warnings(found: list[Finding], *, several: bool) -> list[str]:
    """What the judge warns of, said once; of many records, which."""
    said: dict[str, list[str]] = {}
    for finding in found:
        if finding.severity == "warning":
            said.setdefault(finding.message, []).append(finding.record or finding.file or "the register")
    return [f"{shortened(ids)}: {message}" if several else message for message, ids in said.items()]
