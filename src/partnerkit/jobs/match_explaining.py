"""Explain a proposal: one mentee's pair, what another mentor would cost, why somebody has nobody; or the whole."""

from __future__ import annotations

from pathlib import Path

from partnerkit.errors import WrongCallError
from partnerkit.jobs import proposals
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.matching import run_again
from partnerkit.kinds.pairing import Pairing
from partnerkit.kinds.problems import did_you_mean
from partnerkit.matching.explaining import (
    alternative,
    criteria,
    price_of_keeping,
    runner_up,
    sensitivity,
)
from partnerkit.matching.market import NOBODY
from partnerkit.matching.proposal import Proposal
from partnerkit.matching.solving import solved
from partnerkit.matching.telling import Explained, Overview
from partnerkit.matching.unplaced import unplaced
from partnerkit.rules.commands import line


def explain(desk: Desk, mentee: str, why_not: str | None, file: str | None) -> Explained:
    """Why a mentee has the mentor proposed, or nobody, and what another one would cost.

    Args:
        desk: where.
        mentee: the mentee's application, or the person.
        why_not: a mentor's application or person: why not them; else the runner-up.
        file: the proposal; else the one made last.

    Raises:
        WrongCallError: no such proposal, mentee or mentor.
        CannotWorkError: the commit from which the proposal was made is not here.
    """
    path, said = _proposal(desk, file)
    run = run_again(desk, said)
    found = solved(run, said.method)
    out = {one.id: one for one in unplaced(run, found)}
    known = {one.id: place for place, one in enumerate(run.mentees)}
    name = _named(mentee, {**dict.fromkeys(out, ""), **{one.id: one.person for one in run.mentees}}, said)
    if name not in known:
        return Explained(said, str(path), run, found, name, None, [], (0, 0), out[name], [])
    place = known[name]
    mentor = found.matching[place]
    if why_not is not None:
        mentors = {one.id: at for at, one in enumerate(run.mentors)}
        asked = mentors[_named(why_not, {one.id: one.person for one in run.mentors}, said)]
        others = [asked] if asked != mentor else []
    else:
        second = runner_up(run, found, place)
        others = [second] if second is not None else []
    return Explained(
        said,
        str(path),
        run,
        found,
        name,
        None if mentor == NOBODY else run.mentors[mentor].id,
        [] if mentor == NOBODY else criteria(run, place, mentor),
        (0, 0) if mentor == NOBODY else (found.matching.count(mentor), run.mentors[mentor].room),
        out.get(name),
        [alternative(run, found, place, one) for one in others],
    )


def _proposal(desk: Desk, file: str | None) -> tuple[Path, Proposal]:
    path = Path(file) if file is not None else proposals.latest(desk)
    return path, proposals.read(path)


def _named(given: str, known: dict[str, str], said: Proposal) -> str:
    """The application that was meant: by its id, or by the person who made it.

    Raises:
        WrongCallError: there is none among those of the proposal.
    """
    if given in known:
        return given
    found = [name for name, person in known.items() if person == given]
    if len(found) == 1:
        return found[0]
    near = did_you_mean(given, [*known, *known.values()])
    message = f"{given} is not among those who could be matched for {said.proposal} {said.cycle}{near}"
    raise WrongCallError(message, line("list", "application", "--where", f"programmes={said.proposal}"))


def overview(desk: Desk, file: str | None) -> Overview:
    """How much of a proposal hangs on each weight, and what it costs to keep what was agreed before.

    Raises:
        WrongCallError: no such proposal.
        CannotWorkError: the commit from which it was made is not here.
    """
    path, said = _proposal(desk, file)
    run = run_again(desk, said)
    found = solved(run, said.method)
    register = desk.tree_of(said.commit)[1].demand()
    begun = {
        record.id
        for record in register.of_kind("pairing")
        if isinstance(record.model, Pairing) and record.model.starts is not None and record.model.starts <= said.on
    }
    waiting = frozenset(one.id for one in run.people.taken) - begun
    kept = price_of_keeping(run, found, run_again(desk, said, waiting)) if waiting else None
    return Overview(said, str(path), run, found, list(sensitivity(run, found)), kept)
