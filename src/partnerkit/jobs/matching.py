"""Run the matching of a programme, and hold a proposal against its proof: nobody is paired by either."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path

from partnerkit import __version__
from partnerkit.dataclass import dataclass
from partnerkit.errors import CannotWorkError, WrongCallError
from partnerkit.jobs import proposals
from partnerkit.jobs.desk import Desk
from partnerkit.kinds import modelled
from partnerkit.kinds.parts import Slug
from partnerkit.kinds.problems import did_you_mean
from partnerkit.kinds.twins import adapter
from partnerkit.matching.people import gathered
from partnerkit.matching.proposal import Origin, Proposal, proposal
from partnerkit.matching.proving import unproven
from partnerkit.matching.run import Run
from partnerkit.matching.solving import Method, solved
from partnerkit.matching.telling import Proposed, Verified
from partnerkit.policies.policy import Policy
from partnerkit.register import Register
from partnerkit.rules.commands import line
from partnerkit.rules.lasting import unmet_standing
from partnerkit.rules.look import Look


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
        WrongCallError: no such programme, or policy; the cycle is no word; the day set has not come; the
            proposal before cannot be read, or something else is where it is to be written.
        CannotWorkError: there is no register.
    """
    _demand_named(programme, asked.cycle)
    desk.demand_present()
    commit = desk.git.resolve("HEAD")
    register = desk.tree_of(commit)[1].demand()
    matched = policy_for(register, programme, asked.policy)
    on = desk.today(register)
    _demand_pairs(matched, programme, asked.method)
    kept = {pair.mentee: pair.mentor for pair in proposals.read(asked.before).pairs} if asked.before is not None else {}
    cycle = asked.cycle or f"{on:%Y-%m}"
    where = proposals.place(desk, programme, cycle, commit, asked.out)
    run = run_of(desk, register, matched, programme, cycle, on, kept)
    found = solved(run, asked.method)
    data = proposal(run, found, Origin(on, desk.at, commit, f"partnerkit {__version__}"))
    Proposal.model_validate(data)
    if not desk.dry_run:
        proposals.write(desk, data, where, named=asked.out is not None)
    return Proposed(run, found, data, None if desk.dry_run else where)


def _demand_named(programme: str, cycle: str | None) -> None:
    """A cycle is called by one word: files and pairings are called by it.

    Raises:
        WrongCallError: it is not.
    """
    try:
        adapter(Slug).validate_python("none" if cycle is None else cycle)
    except modelled.ValidationError as error:
        message = (
            f"a cycle cannot be called {cycle!r}: small letters a to z, digits and hyphens, from a letter or digit on, "
            "no more than 80 of them"
        )
        raise WrongCallError(message, line("match", "propose", programme, "--cycle", "2026-spring")) from error


def _demand_pairs(policy: Policy, programme: str, method: Method) -> None:
    """A stable answer is for pairs: among peers there may be none, and in groups of a least size too.

    Raises:
        WrongCallError: it is asked for something else (Irving 1985; Biró, Fleiner, Irving and Manlove 2010).
    """
    spec = policy.matching
    if method == "stable" and spec is not None and (shape := spec.programmes[programme].shape) != "pairs":
        message = f"{programme} matches {shape}, for whom there may be no stable answer: it is for pairs"
        raise WrongCallError(message, line("match", "propose", programme))


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
    return Verified(said, str(path), not_held(desk, path, said))


def not_held(desk: Desk, path: Path, said: Proposal, *, every_word: bool = False) -> str | None:
    """What a proposal says and is not so: of itself, of where it was read from, or of people; None where all holds.

    Sentences that another version of partnerkit wrote are compared only where every word counts.

    Raises:
        CannotWorkError: the commit from which it was made is not here.
        WrongCallError: the policy of that commit matches nobody for the programme.
    """
    register = _register_of(desk, said)
    run = _run_in(desk, register, said)
    wrong = proposals.misnamed(desk, path, said) or _other_origin(desk, register, said)
    return wrong or unproven(run, said, every_word=every_word)


def _other_origin(desk: Desk, register: Register, said: Proposal) -> str | None:
    """What is wrong with when a proposal says that it was made, and from what."""
    if register.day(said.at) != said.on:
        return f"it was made on {register.day(said.at)} and says {said.on}"
    if said.on > register.day(desk.latest):
        return f"it says that it was made on {said.on}, and that day has not come"
    if desk.git.run("merge-base", "--is-ancestor", said.commit, "HEAD", ok=(0, 1)).code:
        return f"{said.commit[:10]}, from which it was read, is not in the history of this branch"
    return None


def run_again(desk: Desk, said: Proposal, released: frozenset[str] = frozenset()) -> Run:
    """The run from which a proposal came, over the commit from which everything was read.

    Raises:
        CannotWorkError: the commit is not here.
        WrongCallError: the policy of that commit matches nobody for the programme.
    """
    return _run_in(desk, _register_of(desk, said), said, released)


def _register_of(desk: Desk, said: Proposal) -> Register:
    """The register of the commit from which everything was read.

    Raises:
        CannotWorkError: the commit is not here.
    """
    if desk.git.known(said.commit) is None:
        message = f"the commit {said.commit[:10]}, from which the proposal was made, is not in this repository"
        raise CannotWorkError(message, "git fetch --unshallow, or fetch the branch on which it was made")
    return desk.tree_of(said.commit)[1].demand()


def _run_in(desk: Desk, register: Register, said: Proposal, released: frozenset[str] = frozenset()) -> Run:
    policy = policy_for(register, said.proposal, said.policy)
    return run_of(desk, register, policy, said.proposal, said.cycle, said.on, said.before, released)
