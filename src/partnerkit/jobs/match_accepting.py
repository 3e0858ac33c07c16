"""Accept pairs of a proposal, or reject them: the review by a person, without which nobody is paired."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from partnerkit.errors import WrongCallError
from partnerkit.findings import Finding
from partnerkit.jobs import proposals
from partnerkit.jobs.advance import move
from partnerkit.jobs.approve import Decision, decide
from partnerkit.jobs.chosen import One, shortened
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.landing import Landed, Outcome, Planned, land
from partnerkit.jobs.match_deciding import Decided, Reviewed, decisions, demand_possible
from partnerkit.jobs.matching import policy_for, run_again, run_of
from partnerkit.jobs.new import make
from partnerkit.jobs.statements import Voice, statement, trailers, with_statement
from partnerkit.jobs.wanted import Wanted
from partnerkit.kinds.canonical import file_digest
from partnerkit.kinds.problems import did_you_mean
from partnerkit.matching.proposal import Proposal, unproven
from partnerkit.matching.run import Run
from partnerkit.policies.matching import MatchingSpec
from partnerkit.policies.policy import Policy
from partnerkit.register import RecordFile
from partnerkit.rules.commands import line
from partnerkit.rules.refused import Refused
from partnerkit.store.draft import Draft


def review(desk: Desk, file: str | None, chosen: list[One], said: Reviewed) -> Landed:
    """Accept or reject pairs of a proposal, as one commit.

    Each accepted pair becomes a pairing with the proposal as evidence; where everything that the decision rests on is
    said too, with the decision itself. A rejected one becomes a pairing that is over, so that nobody proposes it again.

    Args:
        desk: where and when.
        file: the proposal; else the one made last.
        chosen: the mentees, each perhaps with another mentor than the one proposed; none: every pair.
        said: what is said of all of them.

    Raises:
        WrongCallError: no such proposal, or pair; a reason is missing.
        Refused: the proposal is not proven, a pair is not possible any more, or there is no room.
    """
    path = Path(file) if file is not None else proposals.latest(desk)
    proposal = proposals.read(path)
    wrong = unproven(run_again(desk, proposal), proposal)
    if wrong is not None:
        again = line("match", "propose", proposal.proposal, "--cycle", proposal.cycle)
        raise Refused(f"{path}: {wrong}", [Finding("match-unproven", wrong, file=str(path), line=1, mend=again)])
    raw = path.read_bytes()

    def plan(draft: Draft) -> Planned:
        actor = desk.actor(draft.base)
        policy = policy_for(draft.base, proposal.proposal, proposal.policy)
        run = run_of(desk, draft.base, policy, proposal.proposal, proposal.cycle, desk.today(draft.base), {})
        decided = decisions(proposal, chosen, said)
        demand_possible(run, decided)
        shown = _kept(desk, draft, path, proposal, raw)
        work = _Work(desk, draft, run, policy, proposal, shown, actor)
        made = [work.put(one) for one in decided]
        return _planned(decided, made, work.notes)

    return land(desk, plan)


def _kept(desk: Desk, draft: Draft, path: Path, proposal: Proposal, raw: bytes) -> dict[str, Any]:
    """Where the proposal lies in the register, with its digest: it lands with what rests on it."""
    try:
        inside = path.resolve().relative_to(desk.git.root.resolve()).as_posix()
    except ValueError:
        inside = proposals.path_of(proposal.proposal, proposal.cycle)
    digest = file_digest(raw)
    if draft.tree.digest(inside) != digest:
        draft.put_file(inside, raw)
    return {"ref": inside, "digest": digest}


@dataclass
class _Work:
    """Pairs that become pairings in a draft."""

    desk: Desk
    draft: Draft
    run: Run
    policy: Policy
    proposal: Proposal
    shown: dict[str, Any]
    actor: str
    notes: list[str] = field(default_factory=list)

    @property
    def spec(self) -> MatchingSpec:
        return self.run.spec

    def put(self, one: Decided) -> RecordFile:
        """The pairing of a pair, as far as what was said leads it."""
        made = make(self.desk, self.draft, "pairing", self._wanted(one), self.actor, None)
        data = self._said(made.data, self.spec.shown_by, "evidence", self._evidence(one))
        if one.said.reject:
            return self._rejected(self.draft.put(data, made.path), one)
        marks = self._marks(one)
        looked = self.spec.looked_at
        if marks is not None:
            data = self._said(data, self.spec.judged_by, "scores", {"marks": marks})
        if looked is not None and one.said.interests is not None:
            data = self._said(data, looked, "evidence", self._looked(looked, one.said.interests))
        found = self.draft.put(data, made.path)
        if marks is None or (looked is not None and one.said.interests is None):
            return found
        if one.pair is None:
            review = line("approve", found.id, self.spec.reviewed_by)
            self.notes.append(f"{one.mentee}: {self.actor} paired them by hand, so somebody else decides: {review}")
            return found
        decision = Decision(self.spec.reviewed_by, reason=one.said.reason)
        return decide(self.desk, self.draft, found.id, decision, Voice(self.actor)).record

    def _said(self, data: dict[str, Any], requirement: str, group: str, fields: dict[str, Any]) -> dict[str, Any]:
        return with_statement(data, group, statement(self.desk, group, requirement, Voice(self.actor), fields))

    def _wanted(self, one: Decided) -> Wanted:
        name = f"{self.proposal.proposal}-{self.proposal.cycle}-{one.mentee}"
        people = [(one.mentor, "mentor"), (one.mentee, "mentee")]
        taking = [{"id": self.run.people.by_id[who].person, "as": part, "application": who} for who, part in people]
        title = f"{self.proposal.proposal}, {self.proposal.cycle}"
        values = {"id": self._free(name), "programme": self.proposal.proposal, "policy": self.policy.policy}
        return Wanted(title, values, {"participants": taking}, one.place, proposed=one.pair is None)

    def _free(self, name: str) -> str:
        """An id that is not taken: somebody can be paired again in a cycle."""
        taken = self.draft.paths
        return next(one for one in (name, *(f"{name}-{count}" for count in range(2, 1000))) if one not in taken)

    def _evidence(self, one: Decided) -> dict[str, Any]:
        requirement = self.policy.requirements[self.spec.shown_by].evidence
        kinds = requirement.kinds if requirement is not None else ["report"]
        kind = "report" if "report" in kinds else kinds[0]
        if one.pair is not None:
            return {"kind": kind, **self.shown, "summary": f"{one.pair.points} points of 1000"}
        return {"kind": kind, **self.shown, "summary": f"Paired otherwise than proposed: {one.said.reason}"}

    def _looked(self, requirement: str, interests: str) -> dict[str, Any]:
        demand = self.policy.requirements[requirement].evidence
        kinds = demand.kinds if demand is not None else ["note"]
        outcome = demand.outcomes[0] if demand is not None and demand.outcomes else None
        return {"kind": kinds[0], "outcome": outcome, "summary": interests}

    def _marks(self, one: Decided) -> dict[str, Any] | None:
        """The scorecard, where people judged what they alone judge; else None, and a note says what is missing."""
        scores = self.policy.requirements[self.spec.judged_by].scores
        card = self.policy.scorecards[scores.card] if scores is not None else None
        if card is None:
            return None
        mine, theirs = self.run.mentee_at(one.mentee), self.run.mentor_at(one.mentor)
        points = dict(zip(self.run.scorer.criteria, self.run.scorer.by_criterion(mine, theirs), strict=True))
        unknown = next((key for key in one.said.marks if key not in card.criteria or key in points), None)
        if unknown is not None:
            people = [key for key in card.criteria if key not in points]
            near = did_you_mean(unknown, people)
            raise WrongCallError(f"people do not judge {unknown!r} here{near}", f"they judge {', '.join(people)}")
        absent = [key for key in card.criteria if key not in points and key not in one.said.marks]
        if absent:
            self.notes.append(f"{one.mentee}: people have yet to judge {', '.join(absent)}")
            return None
        found: dict[str, Any] = {}
        for key, criterion in card.criteria.items():
            score, _, why = (one.said.marks[key] if key in one.said.marks else f"{points[key]}:").partition(":")
            if not score.strip().isdigit():
                raise WrongCallError(f"{key} is judged in points, and {score.strip()!r} are none", f"{key}=70")
            reason = why.strip() or ("Worked out by the matching." if key in points else None)
            if (wrong := criterion.objection(reason)) is not None:
                raise WrongCallError(f"{key}: {wrong}", f"{key}={'70' if criterion.points_only else '70: <reason>'}")
            found[key] = {"score": int(score)} | ({"why": reason} if reason is not None else {})
        return found

    def _rejected(self, made: RecordFile, one: Decided) -> RecordFile:
        return move(self.desk, self.draft, made, self.spec.rejected, one.said.reason, self.actor).record


def _planned(decided: list[Decided], made: list[RecordFile], notes: list[str]) -> Planned:
    rejected = [one for one in decided if one.said.reject]
    counts = [f"{len(decided) - len(rejected)} accepted"] if len(rejected) < len(decided) else []
    counts += [f"{len(rejected)} rejected"] if rejected else []
    subject = f"pairing/{shortened([one.id for one in made])}: {', '.join(counts)}"
    body = [f"{record.id}: {one.mentee} with {one.mentor}" for one, record in zip(decided, made, strict=True)]
    outcomes = [
        Outcome(record.id, f"{one.mentee} with {one.mentor}: {record.stage}", one.place)
        for one, record in zip(decided, made, strict=True)
    ]
    entries = trailers("match", [(one, one.data["history"][-1]) for one in made])
    return Planned(subject, made, body, entries, notes, outcomes)
