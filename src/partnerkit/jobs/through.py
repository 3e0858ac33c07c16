"""Records that go on through their main stages, as far as everything that is demanded is there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from partnerkit.dataclass import dataclass
from partnerkit.errors import WrongCallError
from partnerkit.jobs.advance import Moved, asked_at, move, satisfied
from partnerkit.jobs.chosen import Chosen, One, all_or_none, shortened
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.landing import Landed, Outcome, Planned, land
from partnerkit.jobs.named_record import record, source
from partnerkit.jobs.proposed import amends
from partnerkit.jobs.statements import trailers
from partnerkit.kinds.problems import an, did_you_mean
from partnerkit.policies.lifecycle import Transition
from partnerkit.register import RecordFile
from partnerkit.rules.commands import line
from partnerkit.rules.conditions import open_to
from partnerkit.rules.gate import Asked
from partnerkit.store.draft import Draft


@dataclass(frozen=True, slots=True)
class Passage:
    """How far a record went.

    Attributes:
        record: the record as it stands now.
        moves: its changes of stage, each with its entry; none where it stayed.
        lacks: what the next gate asks for and is not there; None where no gate is next.
    """

    record: RecordFile
    moves: list[Moved]
    lacks: list[Asked] | None

    @property
    def stages(self) -> str:
        """The stages that it went through, in words."""
        return " → ".join([self.moves[0].from_, *(one.to for one in self.moves)]) if self.moves else self.record.stage


def advance_through(desk: Desk, records: Chosen, last: str | None = None, reason: str | None = None) -> Landed:
    """Move records on through their main stages, each until something is missing, and land it as one commit.

    Every change of stage is an entry of its own, judged at its own gate, as if each had been asked for.

    Args:
        desk: where and when.
        records: which records; a row of a sheet may give its own reason.
        last: the stage in which they stop at the latest; where None, the last of the main way.
        reason: why.

    Raises:
        WrongCallError: an unknown record, or a stage that is on the main way of none of them.
        Refused: none of them can go on; every thing that the next gates miss is a finding.
    """

    def plan(draft: Draft) -> Planned:
        actor = desk.actor(draft.base)

        def gone(one: One) -> Passage:
            one.demand_columns(("reason",))
            found = record(draft.after, one.id)
            _demand_stage(draft, found, last)
            return go_through(desk, draft, found, actor, last, one.cells.get("reason") or reason)

        each = records.once_each(desk, draft.after)
        made = all_or_none(desk, each, gone)
        if not any(one.moves for one in made):
            _refuse(desk, draft, each, made, (actor, last, reason))
        return _planned(draft, each, made)

    return land(desk, plan)


def go_through(
    desk: Desk, draft: Draft, found: RecordFile, actor: str, last: str | None = None, reason: str | None = None
) -> Passage:
    """One record moved in a draft through its main stages, until something is missing or the way ends."""
    moves: list[Moved] = []
    seen = {found.stage}
    ahead = last is None or last in _ahead(draft, found)
    while True:
        way = _way(draft, found)
        if way is None or not ahead or found.stage == last or way.to in seen:
            return Passage(found, moves, None)
        lacks = [one for one in asked_at(desk, draft, found, way, reason) if not one.answer.met]
        if lacks:
            return Passage(found, moves, lacks)
        moves.append(move(desk, draft, found, way.to, reason, actor))
        found = moves[-1].record
        seen.add(found.stage)


def _way(draft: Draft, found: RecordFile) -> Transition | None:
    """The main way on from where a record stands."""
    lifecycle = source(draft.base, found).policy.lifecycles[found.kind]
    return next((way for way in lifecycle.leaving(found.stage) if way.main and open_to(way, found.data)), None)


def _ahead(draft: Draft, found: RecordFile) -> set[str]:
    """The stages to which main ways lead on from where a record stands."""
    lifecycle, reached, todo = source(draft.base, found).policy.lifecycles[found.kind], set[str](), [found.stage]
    while todo:
        new = {way.to for way in lifecycle.leaving(todo.pop()) if way.main} - reached
        reached |= new
        todo += new
    return reached


def _demand_stage(draft: Draft, found: RecordFile, last: str | None) -> None:
    """Whether the usual way of the kind leads to the stage at all.

    Raises:
        WrongCallError: it does not.
    """
    policy = source(draft.base, found).policy
    known = policy.lifecycles[found.kind].main_stages
    if last is not None and last not in known:
        ordered = [stage for stage in policy.lifecycles[found.kind].stages if stage in known]
        near = did_you_mean(last, ordered)
        message = f"the main way of {an(found.kind)} under {policy.policy} leads through no stage {last!r}{near}"
        raise WrongCallError(message, f"its main stages: {', '.join(ordered)}")


def _refuse(
    desk: Desk, draft: Draft, each: list[One], made: list[Passage], said: tuple[str, str | None, str | None]
) -> None:
    """Say what stands in the way where nothing moved; `said`: who acts, the stage named, and why.

    Raises:
        WrongCallError: no main way leads on from where any of them stands, or none to the stage named.
        Refused: something is missing; every missing thing is a finding.
    """
    actor, last, reason = said
    stopped = [(one, passage) for one, passage in zip(each, made, strict=True) if passage.lacks]
    if not stopped:
        where = shortened([f"{one.record.id} ({one.record.stage})" for one in made])
        on = f"on to {last}" if last else "on"
        message = f"no main way leads {on} from where they stand: {where}; nothing changed"
        raise WrongCallError(message, line("gates", made[0].record.id))
    found = {one.id: passage.record for one, passage in stopped}
    all_or_none(desk, [one for one, _ in stopped], lambda one: move(desk, draft, found[one.id], None, reason, actor))


def _planned(draft: Draft, each: list[One], made: list[Passage]) -> Planned:
    gone = [one for one in made if one.moves]
    moves = [one for passage in gone for one in passage.moves]
    first = gone[0]
    if len(gone) == 1:
        subject = f"{first.record.kind}/{first.record.id}: {first.stages}"
    else:
        ends = dict.fromkeys(one.record.stage for one in gone)
        subject = f"{first.record.kind}: {len(gone)} records → {', '.join(ends)}"
    planned = Planned(subject, moves, body_of(gone, named=len(gone) > 1), trailers("advance", entries_of(gone)))
    planned.notes = [
        *dict.fromkeys(note for one in moves for asked in one.asked for note in asked.answer.notes),
        *(note for one in gone for note in amends(draft.base, draft.tree, one.record)),
        *staying(made),
    ]
    planned.outcomes = [
        Outcome(one.record.id, one.stages if one.moves else f"stays in {one.record.stage}", row.place)
        for row, one in zip(each, made, strict=True)
    ]
    return planned


def body_of(gone: list[Passage], *, named: bool) -> list[str]:
    """What satisfied every gate that was passed, line by line."""
    body: list[str] = []
    for one in gone:
        for moved in one.moves:
            body += [f"{one.record.id}: {moved.from_} → {moved.to}"] if named or len(one.moves) > 1 else []
            body += [satisfied(asked) for asked in moved.asked]
            body += [f"reason: {moved.entry['reason']}"] if moved.entry.get("reason") else []
    return body


def entries_of(gone: list[Passage]) -> list[tuple[RecordFile, dict[str, Any] | None]]:
    """Every entry that was made, with its record."""
    return [(one.record, moved.entry) for one in gone for moved in one.moves]


def staying(made: Iterable[Passage]) -> list[str]:
    """Where those stand that something is missing of, and what; those of whom the same is missing together."""
    alike: dict[tuple[str, tuple[str, ...]], list[Passage]] = {}
    for one in made:
        if one.lacks:
            names = tuple(asked.question.name for asked in one.lacks)
            alike.setdefault((one.record.stage, names), []).append(one)
    found = []
    for (stage, names), every in alike.items():
        ids = [one.record.id for one in every]
        who = f"{shortened(ids)} {'stay' if len(ids) > 1 else 'stays'} in {stage}"
        found.append(f"{who}, for want of {', '.join(names)}: {line('gates', ids[0])}")
    return found


def going_on(
    desk: Desk, plan: Callable[[Draft], Planned], changed: Callable[[Any], list[RecordFile]], *, go: bool
) -> Callable[[Draft], Planned]:
    """A plan, and after what it does the records that it changed go on through their main stages, in the same commit.

    Args:
        desk: where and when.
        plan: what is to be done first.
        changed: of what the plan made, the records.
        go: whether they go on at all.
    """
    if not go:
        return plan

    def both(draft: Draft) -> Planned:
        planned = plan(draft)
        actor = desk.actor(draft.base)
        ids = dict.fromkeys(one.id for one in changed(planned.result))
        made = [go_through(desk, draft, record(draft.after, one), actor) for one in desk.each("records", list(ids))]
        gone = {one.record.id: one for one in made if one.moves}
        if gone:
            ends = ", ".join(dict.fromkeys(one.record.stage for one in gone.values()))
            count = "" if len(ids) == 1 else f"{len(gone)} of {len(ids)} "
            planned.subject += f"; {count}→ {ends}"
        planned.body += body_of([*gone.values()], named=True)
        more = trailers("advance", entries_of([*gone.values()]))
        for key in ("Partnerkit-Entry",):
            planned.trailers[key] = [*planned.trailers.get(key, []), *more[key]]
        # What was noted of a gate on the way holds no longer once the record stands behind it.
        planned.notes = [one for one in planned.notes if not _told_again(one, made)] + staying(made)
        planned.outcomes = [_further(one, gone.get(one.record)) for one in planned.outcomes]
        return planned

    return both


def _told_again(note: str, made: list[Passage]) -> bool:
    """Whether a note says that something is not met yet, which is said again of where the record stays."""
    return any(note.startswith(f"{asked.question.name} is not met yet") for one in made for asked in one.lacks or [])


def _further(outcome: Outcome, passage: Passage | None) -> Outcome:
    return outcome if passage is None else Outcome(outcome.record, f"{outcome.does}; {passage.stages}", outcome.row)
