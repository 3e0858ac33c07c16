"""Accept pairs of a proposal, or reject them: the review by a person, without which nobody is paired."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from partnerkit.conditions import holds
from partnerkit.dataclass import dataclass, field
from partnerkit.errors import WrongCallError
from partnerkit.findings import Finding
from partnerkit.jobs import proposals
from partnerkit.jobs.advance import move
from partnerkit.jobs.approve import Decision, decide
from partnerkit.jobs.chosen import One, shortened
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.landing import Landed, Outcome, Planned, land
from partnerkit.jobs.match_barred import refused_apart
from partnerkit.jobs.match_deciding import Circle, Reviewed, circles_of, decisions, demand_possible
from partnerkit.jobs.match_marks import marks_of
from partnerkit.jobs.match_waiting import placed_after_all, waiting
from partnerkit.jobs.matching import not_held, policy_for, run_of
from partnerkit.jobs.new import make
from partnerkit.jobs.statements import Voice, statement, trailers, with_statement
from partnerkit.jobs.wanted import Wanted
from partnerkit.kinds.canonical import file_digest
from partnerkit.matching.proposal import Proposal
from partnerkit.matching.run import Run
from partnerkit.policies.policy import Policy
from partnerkit.register import RecordFile
from partnerkit.rules.commands import line
from partnerkit.rules.refused import Refused
from partnerkit.store.draft import Draft


def review(desk: Desk, file: str | None, chosen: list[One], said: Reviewed, *, others_wait: bool = False) -> Landed:
    """Accept or reject pairs of a proposal, as one commit.

    Each accepted pair becomes a pairing with the proposal as evidence; where everything that the decision rests on is
    said too, with the decision itself. A rejected one becomes a pairing that is over, so that nobody proposes it again.

    Args:
        desk: where and when.
        file: the proposal; else the one made last.
        chosen: the mentees, each perhaps with another mentor than the one proposed; none: every pair.
        said: what is said of all of them.
        others_wait: whether everybody else who could be matched waits for a cycle more, once for the proposal.

    Raises:
        WrongCallError: no such proposal, or pair; a reason is missing.
        Refused: the proposal is not proven, a pair is not possible any more, there is no room, or whoever accepts it
            may not decide on it.
    """
    path = Path(file) if file is not None else proposals.latest(desk)
    if file is None:
        desk.notes.append(f"no --file was named: this is {path}, the proposal made last")
    proposal = proposals.read(path)
    wrong = not_held(desk, path, proposal, every_word=True)
    if wrong is not None:
        again = line("match", "propose", proposal.proposal, "--cycle", proposal.cycle)
        raise Refused(f"{path}: {wrong}", [Finding("match-unproven", wrong, file=str(path), line=1, mend=again)])
    raw = path.read_bytes()
    asked = desk.tree_of(proposal.commit)[1].demand()

    def plan(draft: Draft) -> Planned:
        actor = desk.actor(draft.base)
        policy = policy_for(draft.base, proposal.proposal, proposal.policy)
        run = run_of(desk, draft.base, policy, proposal.proposal, proposal.cycle, desk.today(draft.base), {})
        decided = decisions(run, proposal, chosen, said)
        demand_possible(run, decided, draft.base, str(path))
        before = _landed_before(desk, draft, path, raw)
        shown = _kept(desk, draft, path, proposal, raw)
        work = _Work(desk, draft, run, policy, proposal, shown, actor)
        circles = list(circles_of(run, decided))
        made = [work.put(one) for one in circles]
        if work.barred:
            raise refused_apart(circles, work.barred, str(path), others_wait=others_wait)
        if not made and not others_wait:
            again = line("match", "explain", "--file", str(path))
            raise WrongCallError(f"{path} proposes nobody, so there is nothing to accept; nothing changed", again)
        placed = {name for one in circles if not one.said.reject for name in (one.mentor, *one.mentees)}
        waits = [*waiting(draft, run, asked, placed)] if others_wait else []
        waits += placed_after_all(draft, run, asked, placed) if before else []
        return _planned(circles, made, work.notes, waits)

    return land(desk, plan)


def _landed_before(desk: Desk, draft: Draft, path: Path, raw: bytes) -> bool:
    """Whether a proposal has landed, as it does with the first of its pairs that is accepted."""
    inside = desk.inside(path)
    return inside is not None and draft.tree.digest(inside) == file_digest(raw)


def _kept(desk: Desk, draft: Draft, path: Path, proposal: Proposal, raw: bytes) -> dict[str, Any]:
    """Where the proposal lies in the register, with its digest: it lands with what rests on it."""
    inside = desk.inside(path) or proposals.path_of(proposal.proposal, proposal.cycle)
    digest = file_digest(raw)
    if draft.tree.digest(inside) != digest:
        draft.put_file(inside, raw)
    return {"ref": inside, "digest": digest}


@dataclass
class _Work:
    """Pairs and groups that become pairings in a draft."""

    desk: Desk
    draft: Draft
    run: Run
    policy: Policy
    proposal: Proposal
    shown: dict[str, Any]
    actor: str
    notes: list[str] = field(default_factory=list)
    barred: list[tuple[Circle, Finding]] = field(default_factory=list)

    def put(self, one: Circle) -> RecordFile:
        """The pairing of a pair or a group, as far as what was said leads it."""
        spec = self.run.spec
        made = make(self.desk, self.draft, "pairing", self._wanted(one), self.actor, None)
        data = self._said(made.data, spec.shown_by, "evidence", self._evidence(one))
        if one.said.reject:
            rejected = self.draft.put(data, made.path)
            return move(self.desk, self.draft, rejected, spec.rejected, one.said.reason, self.actor).record
        judged = holds(self.policy.requirements[spec.judged_by].when or {}, data)
        marks = marks_of(self.run, self.policy, one, self.notes) if judged else None
        if marks is not None:
            data = self._said(data, spec.judged_by, "scores", {"marks": marks})
        looked = spec.looked_at
        if looked is not None and one.said.interests is not None:
            data = self._said(data, looked, "evidence", self._looked(looked, one.said.interests))
        found = self.draft.put(data, made.path)
        if (judged and marks is None) or (looked is not None and one.said.interests is None):
            return found
        if one.by_hand:
            approve = line("approve", found.id, spec.reviewed_by)
            self.notes.append(f"{one.named}: {self.actor} paired them by hand, so somebody else decides: {approve}")
            return found
        decision = Decision(spec.reviewed_by, reason=one.said.reason)
        try:
            return decide(self.desk, self.draft, found.id, decision, Voice(self.actor)).record
        except Refused as error:
            self.barred += [(one, why) for why in error.findings]
            return found

    def _said(self, data: dict[str, Any], requirement: str, group: str, fields: dict[str, Any]) -> dict[str, Any]:
        return with_statement(data, group, statement(self.desk, group, requirement, Voice(self.actor), fields))

    def _wanted(self, one: Circle) -> Wanted:
        peers = self.run.shape == "peers"
        people = [(one.mentor, "peer" if peers else "mentor")]
        people += [(mentee, "peer" if peers else "mentee") for mentee in one.mentees]
        taking = [{"id": self.run.people.by_id[who].person, "as": part, "application": who} for who, part in people]
        named = one.mentor if self.run.shape == "groups" else one.mentees[0]
        values = {
            "id": self._free(f"{self.proposal.proposal}-{self.proposal.cycle}-{named}"),
            "programme": self.proposal.proposal,
            "policy": self.policy.policy,
        }
        title = _titled(self.proposal.proposal, self.proposal.cycle)
        return Wanted(
            title,
            values,
            {"participants": taking},
            one.place,
            proposed=one.by_hand,
        )

    def _free(self, name: str) -> str:
        """An id that is not taken: somebody can be paired again in a cycle."""
        taken = self.draft.paths
        return next(one for one in (name, *(f"{name}-{count}" for count in range(2, 1000))) if one not in taken)

    def _evidence(self, one: Circle) -> dict[str, Any]:
        points = [pair.points for pair in one.pairs if pair is not None]
        told = f"{', '.join(map(str, points))} points of 1000"
        summary = f"Paired otherwise than proposed: {one.said.reason}" if one.by_hand else told
        return {"kind": self._kind(self.run.spec.shown_by, "report"), **self.shown, "summary": summary}

    def _looked(self, requirement: str, interests: str) -> dict[str, Any]:
        demand = self.policy.requirements[requirement].evidence
        outcome = demand.outcomes[0] if demand is not None and demand.outcomes else None
        return {"kind": self._kind(requirement, "note"), "outcome": outcome, "summary": interests}

    def _kind(self, requirement: str, usual: str) -> str:
        """The kind of evidence, of those that a requirement takes."""
        demand = self.policy.requirements[requirement].evidence
        return usual if demand is None or usual in demand.kinds else demand.kinds[0]


#: A cycle that is called by its year, and which of that year.
_YEARLY = re.compile(r"([0-9]{4})-(.*[a-z].*)")


def _titled(programme: str, cycle: str) -> str:
    """What a pairing is called: Formal mentorship, Spring 2026."""
    when = _YEARLY.sub(r"\2 \1", cycle).replace("-", " ")
    return f"{programme.replace('-', ' ').capitalize()} mentorship, {when[:1].upper()}{when[1:]}"


def _planned(circles: list[Circle], made: list[RecordFile], notes: list[str], waits: list[Outcome]) -> Planned:
    told = [f"{one.record}: {one.does}" for one in waits]
    if not made:
        waiting_now = (
            "everybody who was not waits a cycle more" if waits else "whoever was not has waited for it already"
        )
        return Planned(f"application: nobody is paired, {waiting_now}", [], body=told, outcomes=waits)
    rejected = sum(one.said.reject for one in circles)
    counts = [f"{len(circles) - rejected} accepted"] if rejected < len(circles) else []
    counts += [f"{rejected} rejected"] if rejected else []
    subject = f"pairing/{shortened([one.id for one in made])}: {', '.join(counts)}"
    body = [f"{record.id}: {one.named}" for one, record in zip(circles, made, strict=True)]
    outcomes = [
        Outcome(record.id, f"{one.named}: {record.stage}", one.place) for one, record in zip(circles, made, strict=True)
    ]
    entries = trailers("match", [(one, one.data["history"][-1]) for one in made])
    return Planned(subject, made, [*body, *told], entries, notes, [*outcomes, *waits])
