"""Run the matching of a programme, and hold a proposal against its proof: nobody is paired by either."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

from partnerkit import __version__
from partnerkit.errors import CannotWorkError, WrongCallError
from partnerkit.jobs import proposals
from partnerkit.jobs.desk import Desk
from partnerkit.kinds.problems import did_you_mean
from partnerkit.matching.people import gathered
from partnerkit.matching.proposal import Origin, Proposal, proposal, unproven
from partnerkit.matching.run import Run
from partnerkit.matching.solving import Method, solved
from partnerkit.matching.telling import Proposed, Verified
from partnerkit.policies.policy import Policy
from partnerkit.register import Register
from partnerkit.rules.lasting import unmet_standing
from partnerkit.rules.look import Look
from partnerkit.store.git.results import GitFailed


@dataclass(frozen=True, slots=True)
class Asked:
    """How a proposal is to be made.

    Attributes:
        cycle: the cycle; else the month.
        policy: by whose criteria, where several policies match people.
        before: a proposal of which as little as can be is changed.
        out: where it is written; else among the evidence.
        method: whether the best answer is looked for, or a stable one.
    """

    cycle: str | None = None
    policy: str | None = None
    before: str | None = None
    out: str | None = None
    method: Method = "best"


def propose(desk: Desk, programme: str, asked: Asked) -> Proposed:
    """Propose who learns with whom in a programme, from what has landed, and write that to a file.

    Args:
        desk: where and when.
        programme: the programme.
        asked: how.

    Raises:
        WrongCallError: no such programme, or policy; or the proposal before cannot be read.
        CannotWorkError: there is no register.
    """
    commit = desk.git.resolve("HEAD")
    register = desk.tree_of(commit)[1].demand()
    matched = policy_for(register, programme, asked.policy)
    on = desk.today(register)
    kept = {pair.mentee: pair.mentor for pair in proposals.read(asked.before).pairs} if asked.before is not None else {}
    run = run_of(desk, register, matched, programme, asked.cycle or f"{on:%Y-%m}", on, kept)
    found = solved(run, asked.method)
    data = proposal(run, found, Origin(on, desk.at, commit, f"partnerkit {__version__}"))
    Proposal.model_validate(data)
    file = None if desk.dry_run else proposals.write(desk, data, asked.out)
    return Proposed(run, found, data, file)


def policy_for(register: Register, programme: str, policy: str | None) -> Policy:
    """The policy that matches people for a programme.

    Raises:
        WrongCallError: none does, or several do.
    """
    matching = {source.policy.policy: source.policy for source in register.policies.values() if source.policy.matching}
    if policy is not None and policy not in matching:
        near = did_you_mean(policy, matching)
        raise WrongCallError(f"no policy {policy!r} of this register matches people{near}", "partnerkit policy show")
    found = [
        one for name, one in matching.items() if policy in {None, name} and one.matching and programme in _known(one)
    ]
    if not found:
        known = sorted({name for one in matching.values() for name in _known(one)})
        near = did_you_mean(programme, known)
        mend = f"partnerkit match propose {known[0]}" if known else "partnerkit policy show"
        raise WrongCallError(f"no policy of this register matches people for {programme!r}{near}", mend)
    if len(found) > 1:
        names = " and ".join(one.policy for one in found)
        raise WrongCallError(f"{names} both match people for {programme}", f"--policy {found[0].policy}")
    return found[0]


def _known(policy: Policy) -> list[str]:
    return list(policy.matching.programmes) if policy.matching is not None else []


def run_of(
    desk: Desk,
    register: Register,
    policy: Policy,
    programme: str,
    cycle: str,
    on: date,
    before: Mapping[str, str],
    released: frozenset[str] = frozenset(),
) -> Run:
    """A run of the matching of a programme over a register, on a day."""
    people = gathered(register, policy, programme, on, dict(_barred(desk, register, policy, programme, on)), released)
    return Run(policy, programme, cycle, people, before)


def _barred(desk: Desk, register: Register, policy: Policy, programme: str, on: date) -> Iterator[tuple[str, str]]:
    """The applications that do not meet what the policy needs of whoever is matched, with what is missing."""
    spec, source = policy.matching, register.policies[policy.policy]
    if spec is None or not spec.needs:
        return
    noon = datetime.combine(on, time(12), register.settings.zone).astimezone(UTC)
    for record in register.of_kind("application"):
        if record.stage in spec.pool and programme in (record.data.get("programmes") or []):
            look = Look(record, register, source, noon, desk.latest)
            unmet = [one for one in unmet_standing(look) if one.question.name in spec.needs and not one.in_time(on)]
            for one in unmet[:1]:
                clauses = ", ".join(policy.full(clause) for clause in one.question.requirement.clauses)
                yield record.id, f"does not meet {one.question.name} ({clauses})"


def verify(desk: Desk, file: str | None) -> Verified:
    """Hold a proposal against its proof, without looking for another: people and points are worked out anew.

    Raises:
        WrongCallError: there is no such proposal.
        CannotWorkError: the commit from which it was made is not here.
    """
    path = Path(file) if file is not None else proposals.latest(desk)
    said = proposals.read(path)
    run = run_again(desk, said)
    return Verified(said, str(path), unproven(run, said))


def run_again(desk: Desk, said: Proposal, released: frozenset[str] = frozenset()) -> Run:
    """The run from which a proposal came, over the commit from which everything was read.

    Raises:
        CannotWorkError: the commit is not here.
        WrongCallError: the policy of that commit matches nobody for the programme.
    """
    try:
        desk.git.run("cat-file", "-e", f"{said.commit}^{{commit}}")
    except GitFailed as error:
        message = f"the commit {said.commit[:10]}, from which the proposal was made, is not in this repository"
        raise CannotWorkError(message, "git fetch --unshallow, or fetch the branch on which it was made") from error
    register = desk.tree_of(said.commit)[1].demand()
    policy = policy_for(register, said.proposal, said.policy)
    return run_of(desk, register, policy, said.proposal, said.cycle, said.on, said.before, released)
