"""Explain a proposal: who somebody has and why, what another one would cost, why nobody; or the whole."""

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
from partnerkit.matching.hosting import PRICED, held, wanting
from partnerkit.matching.idle import idle
from partnerkit.matching.market import NOBODY
from partnerkit.matching.proposal import Proposal
from partnerkit.matching.run import Run
from partnerkit.matching.solving import Answer, solved
from partnerkit.matching.telling import Explained, Hosting, Overview
from partnerkit.matching.unplaced import unplaced
from partnerkit.rules.commands import line


def explain(desk: Desk, who: str, why_not: str | None, file: str | None) -> Explained | Hosting:
    """Why a mentee has the mentor proposed, or nobody, and what another one would cost; of a mentor or a peer likewise.

    Args:
        desk: where.
        who: an application, or the person who made it.
        why_not: for a mentee another mentor, for a mentor another mentee, for a peer another peer: why not them, and
            at which price; else whoever comes next.
        file: the proposal; else the one made last.

    Raises:
        WrongCallError: no such proposal, or nobody of that name among those of it.
        CannotWorkError: the commit from which the proposal was made is not here.
    """
    path, said = _proposal(desk, file)
    run = run_again(desk, said)
    found = solved(run, said.method)
    name = _named(who, _people(run), said)
    if run.shape == "peers" or any(one.id == name for one in run.mentors) or _offers(desk, said, name):
        return hosting(run, found, name, why_not, said, str(path))
    return mentee_explained(run, found, name, why_not, said, str(path))


def _people(run: Run) -> dict[str, str]:
    """Everybody who applied, and the people who did; of those who are left out the application is all that is known."""
    return {one.id: "" for one in run.people.left_out} | {one.id: one.person for one in (*run.mentors, *run.mentees)}


def _offers(desk: Desk, said: Proposal, name: str) -> bool:
    """Whether somebody who is left out applied as a mentor."""
    record = desk.tree_of(said.commit)[1].demand().records.get(name)
    return record is not None and record.data.get("as") == "mentor"


def mentee_explained(run: Run, found: Answer, name: str, why_not: str | None, said: Proposal, file: str) -> Explained:
    """What is told of a mentee: whom they have and why, and another mentor.

    Raises:
        WrongCallError: nobody is called as whoever is asked about, or it is the mentor whom they have.
    """
    out = {one.id: one for one in unplaced(run, found)}
    known = {one.id: place for place, one in enumerate(run.mentees)}
    if name not in known:
        return Explained(said, file, run, found, name, None, [], (0, 0), out[name], [])
    place = known[name]
    mentor = found.matching[place]
    second = runner_up(run, found, place)
    others = [second] if second is not None else []
    if why_not is not None:
        others = [run.mentor_at(_named(why_not, {one.id: one.person for one in run.mentors}, said, of="the mentors"))]
        _demand_apart(found, place, others[0], name, why_not)
    return Explained(
        said,
        file,
        run,
        found,
        name,
        None if mentor == NOBODY else run.mentors[mentor].id,
        [] if mentor == NOBODY else criteria(run, place, mentor),
        (0, 0) if mentor == NOBODY else (found.matching.count(mentor), run.mentors[mentor].room),
        out.get(name),
        [alternative(run, found, place, one) for one in others],
    )


def hosting(run: Run, found: Answer, name: str, why_not: str | None, said: Proposal, file: str) -> Hosting:
    """What is told of a mentor, or of a peer: whom they have and why, and who else could have had the place.

    Raises:
        WrongCallError: nobody is called as whoever is asked about, or it is somebody whom they have.
    """
    out = {one.id: one for one in unplaced(run, found)}
    known = {one.id: place for place, one in enumerate(run.mentors)}
    if name not in known:
        return Hosting(said, file, run, found, name, [], 0, out[name], [], 0)
    place = known[name]
    mine = held(run, found, place)
    able = wanting(run, found, place)
    others = able[:PRICED]
    if why_not is not None:
        of = "those" if run.shape == "peers" else "the mentees"
        asked = run.mentee_at(_named(why_not, {one.id: one.person for one in run.mentees}, said, of=of))
        _demand_apart(found, asked, place, name, why_not)
        others = [asked]
    peers = run.shape == "peers"
    return Hosting(
        said,
        file,
        run,
        found,
        name,
        mine,
        run.mentors[place].room,
        None if mine else out[name] if peers else idle(run, found, place),
        [alternative(run, found, *((place, one) if peers else (one, place))) for one in others],
        0 if why_not is not None else len(able) - len(others),
    )


def _proposal(desk: Desk, file: str | None) -> tuple[Path, Proposal]:
    path = Path(file) if file is not None else proposals.latest(desk)
    return path, proposals.read(path)


def _demand_apart(found: Answer, mentee: int, mentor: int, name: str, why_not: str) -> None:
    """Why not is asked of somebody whom they do not have.

    Raises:
        WrongCallError: the two are proposed for each other.
    """
    if found.matching[mentee] == mentor:
        raise WrongCallError(f"{name} and {why_not} are proposed for each other", line("match", "explain", name))


def _named(given: str, known: dict[str, str], said: Proposal, of: str = "those") -> str:
    """The application that was meant: by its id, or by the person who made it.

    Raises:
        WrongCallError: there is none among those of the proposal, or the person made several.
    """
    if given in known:
        return given
    found = [name for name, person in known.items() if person == given]
    if len(found) == 1:
        return found[0]
    if found:
        raise WrongCallError(f"{given} made {' and '.join(found)}: say which", f"partnerkit match explain {found[0]}")
    near = did_you_mean(given, [*known, *filter(None, known.values())])
    message = f"{given} is not among {of} who could be matched for {said.proposal} {said.cycle}{near}"
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
