"""What a person decides on the pairs of a proposal: which, otherwise how, why; and whether that is possible."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from partnerkit.dataclass import dataclass, field
from partnerkit.errors import WrongCallError, told_of
from partnerkit.findings import Finding
from partnerkit.jobs.chosen import One
from partnerkit.kinds.problems import did_you_mean
from partnerkit.matching.proposal import Pair, Proposal
from partnerkit.matching.ruling_out import REASONS
from partnerkit.matching.run import Run
from partnerkit.register import Register
from partnerkit.rules.commands import WHY, line
from partnerkit.rules.refused import Refused

#: What stands against a pair and no person can put aside: it is somebody's word, or their interest.
NEVER = frozenset({"self", "conflict", "veto"})

#: The columns of a sheet of decisions, beside the criteria that people judge.
COLUMNS = ("mentor", "decision", "reason", "interests")


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What a person says of the pairs of a proposal.

    Attributes:
        reject: whether they would not have them.
        reason: why; it is asked for where they reject, or pair otherwise than proposed.
        interests: what was found when interests were looked for, in a sentence.
        marks: the points of the criteria that people judge.
    """

    reject: bool = False
    reason: str | None = None
    interests: str | None = None
    marks: Mapping[str, str] = field(default_factory=dict)

    def of_row(self, one: One) -> Reviewed:
        """The same, as one row of a sheet says it."""
        decision = one.cells.get("decision", "reject" if self.reject else "accept")
        if decision not in {"accept", "reject"}:
            near = did_you_mean(decision, ["accept", "reject"])
            raise WrongCallError(f"there is no decision {decision!r}{near}", "decision=accept or decision=reject")
        marks = {key: cell for key, cell in one.cells.items() if key not in COLUMNS}
        return Reviewed(
            decision == "reject",
            one.cells.get("reason", self.reason),
            one.cells.get("interests", self.interests),
            {**self.marks, **marks},
        )


@dataclass(frozen=True, slots=True)
class Decided:
    """A pair that a person decided on.

    Attributes:
        mentee: the mentee's application.
        mentor: the mentor's.
        pair: the pair as proposed; None where the person pairs otherwise.
        said: what they say of it.
        place: the row of the sheet that says so.
    """

    mentee: str
    mentor: str
    pair: Pair | None
    said: Reviewed
    place: str | None


@dataclass(frozen=True, slots=True)
class Circle:
    """Those of one pairing, as a person decided on them: a pair, two peers, or a group.

    Attributes:
        mentor: the mentor's application; among peers one of the two.
        mentees: the others'.
        pairs: the pairs as proposed; None where a person pairs otherwise.
        said: what they say of it.
        place: the row of the sheet that says so.
    """

    mentor: str
    mentees: tuple[str, ...]
    pairs: tuple[Pair | None, ...]
    said: Reviewed
    place: str | None

    @property
    def by_hand(self) -> bool:
        """Whether a person pairs them otherwise than proposed."""
        return None in self.pairs

    @property
    def named(self) -> str:
        """Who it is, in words."""
        return f"{', '.join(self.mentees)} with {self.mentor}"


def circles_of(run: Run, decided: list[Decided]) -> Iterator[Circle]:
    """The pairings that come of what was decided: of a group one for all of it that are accepted."""
    groups: dict[str, list[Decided]] = {}
    for place, one in enumerate(decided):
        whole = run.shape == "groups" and not one.said.reject
        groups.setdefault(one.mentor if whole else f"{one.mentor} {place}", []).append(one)
    for every in groups.values():
        first = every[0]
        pairs = tuple(one.pair for one in every)
        yield Circle(first.mentor, tuple(one.mentee for one in every), pairs, first.said, first.place)


def decisions(run: Run, proposal: Proposal, chosen: list[One], said: Reviewed) -> list[Decided]:
    """The pairs that are decided on: those of the mentees chosen, or all that were proposed.

    Raises:
        WrongCallError: nobody was proposed for a mentee, a reason is missing, or one is decided on twice.
    """
    pairs = {one.mentee: one for one in proposal.pairs}
    either = {**pairs, **({one.mentor: one for one in proposal.pairs} if run.shape == "peers" else {})}
    found: dict[str, Decided] = {}
    for one in chosen or [One(mentee) for mentee in pairs]:
        with told_of(one.place):
            decision = _decision(proposal, either.get(one.id), one, said.of_row(one))
            if decision.mentee in found:
                raise WrongCallError(f"{one.id} is decided on twice", "give each one row")
            found[decision.mentee] = decision
    return list(found.values())


def _decision(proposal: Proposal, proposed: Pair | None, one: One, said: Reviewed) -> Decided:
    mentor = one.cells.get("mentor") or (proposed.mentor if proposed is not None else None)
    mentee = proposed.mentee if proposed is not None and proposed.mentor == mentor else one.id
    if mentor is None:
        message = f"{proposal.proposal} {proposal.cycle} proposes nobody for {one.id}"
        near = did_you_mean(one.id, [pair.mentee for pair in proposal.pairs])
        by_hand = line("match", "accept", one.id, "--with", "<mentor>", *WHY)
        raise WrongCallError(f"{message}{near}", f"{by_hand} pairs them by hand")
    pair = proposed if proposed is not None and proposed.mentor == mentor else None
    if (said.reject or pair is None) and not said.reason:
        what = "rejects what was proposed" if said.reject else "pairs otherwise than proposed"
        raise WrongCallError(f"whoever {what} says why", " ".join(WHY))
    return Decided(mentee, mentor, pair, said, one.place)


def demand_possible(run: Run, decided: list[Decided], register: Register, file: str) -> None:
    """Everybody can still be matched, nothing that no person can put aside stands against a pair, and there is room.

    Raises:
        Refused: somebody cannot; every one of them is a finding.
    """
    wanted = [one for one in decided if not one.said.reject]
    found = [finding for one in decided for finding in _gone(run, one, register)]
    found = found or [finding for one in wanted for finding in [*_against(run, one)]]
    found = found or [*_without_room(run, wanted)]
    if found:
        raise Refused("refused; nothing changed", [_placed(one, register, file) for one in found])


def _placed(one: Finding, register: Register, file: str) -> Finding:
    """The same at the application that it is about; where there is none, at the proposal."""
    record = register.records.get(one.record or "")
    return one.at(file) if record is None else one.at(record.path, *record.place(("stage",)))


def _gone(run: Run, one: Decided, register: Register) -> Iterator[Finding]:
    """Who of a pair is not among those who can be matched, or no longer."""
    out = {left.id: left.why for left in run.people.left_out}
    for name, known in ((one.mentee, run.mentees), (one.mentor, run.mentors)):
        if all(person.id != name for person in known):
            why = out.get(name, f"is not among those who can be matched for {run.programme}")
            every = line("list", "application", "--where", f"programmes={run.programme}")
            mend = line("gates", name) if name in register.records else every
            yield Finding("match-impossible", f"{name} {why}", record=name, mend=mend)


def _against(run: Run, one: Decided) -> Iterator[Finding]:
    """What stands against a pair: all of it where it was proposed, else what no person can put aside."""
    against = run.ruling.reasons(run.mentee_at(one.mentee), run.mentor_at(one.mentor))
    grave = [REASONS[code] for code in against if one.pair is not None or code in NEVER]
    if grave:
        message = f"{one.mentee} with {one.mentor}: {'; '.join(grave)}"
        anew = line("match", "propose", run.programme, "--cycle", run.cycle)
        mend = anew if one.pair is not None else line("match", "explain", one.mentee, "--why-not", one.mentor)
        yield Finding("match-impossible", message, record=one.mentee, mend=mend)


def _without_room(run: Run, decided: list[Decided]) -> Iterator[Finding]:
    """Who would have more mentees than there is room for."""
    peers = run.shape == "peers"
    wanted = Counter(name for one in decided for name in ((one.mentor, one.mentee) if peers else (one.mentor,)))
    for mentor, count in wanted.items():
        room = run.people.by_id[mentor].room
        if count > room:
            message = f"{mentor} has room for {room} more, and {count} are to be paired with them"
            mend = f"{line('set', mentor, 'capacity=<capacity>')}, where they can take on more"
            yield Finding("match-full", message, record=mentor, mend=mend)
