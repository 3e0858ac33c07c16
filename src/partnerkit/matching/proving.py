"""Hold a proposal against its proof: whatever it says is worked out anew from the people, and nothing is looked for.

What a proposal says of itself alone is not held: by which version it was made, and how many cases a search looked at.
The sentences about who has nobody may be others in another version; their codes are not.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from partnerkit import __version__
from partnerkit.matching import peers_proof
from partnerkit.matching.best import Proof, Reached
from partnerkit.matching.circle_proof import Meeting, Prices, meetings
from partnerkit.matching.market import NOBODY, Matching
from partnerkit.matching.peers import Covers
from partnerkit.matching.peers_proof import PeersCertificate
from partnerkit.matching.proposal import Certificate, Left, Pair, Proposal, closed, worked_out
from partnerkit.matching.run import Run
from partnerkit.matching.solving import Answer, blocking, circles, not_shown


def unproven(run: Run, said: Proposal, *, every_word: bool = False) -> str | None:
    """What is not shown of a proposal, by the people and rules worked out anew; None where it is the best there is.

    Args:
        run: the people and rules, worked out anew.
        said: the proposal.
        every_word: whether sentences that another version wrote have to be those of this one too.
    """
    for what, claimed, found in (("people", said.inputs, run.inputs), ("criteria", said.rules, run.rules)):
        if claimed != found:
            return f"it was made for other {what}: {claimed} and not {found}"
    if said.method == "stable" and run.shape != "pairs":
        return f"there may be no stable answer of {run.shape}: it is for pairs"
    mentors = {one.id: place for place, one in enumerate(run.mentors)}
    mentees = {one.id: place for place, one in enumerate(run.mentees)}
    matching: Matching = [NOBODY] * len(mentees)
    for pair in said.pairs:
        why = _misstated(run, pair, mentors, mentees, matching)
        if why is not None:
            return why
        matching[mentees[pair.mentee]] = mentors[pair.mentor]
        if run.shape == "peers":
            matching[mentees[pair.mentor]] = mentors[pair.mentee]
    proof = _proof(run, said)
    if isinstance(proof, str):
        return proof
    reached = Reached(**said.reached.model_dump())
    why = not_shown(run, said.method, matching, reached, proof, said.searched)
    why = why or _told_otherwise(run, said, matching)
    if why is None and blocking(run, said.method, matching) != said.blocking:
        return f"{said.blocking} pairs are said to rather have each other, and that is not so"
    answer = Answer(said.method, run.pool, matching, reached, None, said.blocking)
    return why or _not_worked_out(run, said, answer, words=every_word or in_own_words(said))


def _not_worked_out(run: Run, said: Proposal, found: Answer, *, words: bool) -> str | None:
    """What else is said that does not come of the run and its pairs: who is left and why, above all."""
    data = {**said.model_dump(mode="json", by_alias=True), **worked_out(run, found)}
    truly = Proposal.model_validate(data)
    for mine, theirs in itertools.zip_longest(said.left, truly.left):
        if _held(mine, words=words) != _held(theirs, words=words):
            name = (mine or theirs).application
            return f"who has nobody, and why, is not what comes of the people: {name}"
    keys = (key for key in Proposal.model_fields if key != "left")
    wrong = next((key for key in keys if getattr(said, key) != getattr(truly, key)), None)
    return None if wrong is None else f"what it says under {wrong.replace('_', '-')} is not what comes of the people"


def in_own_words(said: Proposal) -> bool:
    """Whether the sentences of a proposal are those of this version, which can be compared."""
    return said.made_with == __version__


def _held(left: Left | None, *, words: bool) -> tuple[str | None, ...]:
    """What has to be so of somebody who has nobody."""
    if left is None:
        return ()
    return (left.application, left.code, *((left.why, left.would_help) if words else ()))


def _told_otherwise(run: Run, said: Proposal, matching: Matching) -> str | None:
    """What is said of groups that is not so: which are not made, and when each can meet."""
    if said.method == "stable":
        return None
    if said.closed != closed(run, matching):
        return "the groups that are not made are others"
    meet = meetings(circles(run), matching) if run.shape == "groups" else []
    found = [Meeting.model_validate(one) for one in meet]
    told = {one.mentor: one.hours for one in said.circles}
    wrong = next((one for one in found if told.get(one.mentor) != one.hours), None)
    if wrong is not None:
        return f"the group of {wrong.mentor} can meet at other hours: {', '.join(wrong.hours) or 'any'}"
    return None if said.circles == found else "there are hours for a group that is not made"


def _misstated(
    run: Run, pair: Pair, mentors: dict[str, int], mentees: dict[str, int], matching: Matching
) -> str | None:
    """What is wrong with what a proposal says of a pair."""
    named = f"{pair.mentee} with {pair.mentor}"
    if pair.mentor not in mentors or pair.mentee not in mentees:
        return f"{named}: one of them is not among those who can be matched"
    mentee, mentor = mentees[pair.mentee], mentors[pair.mentor]
    twice = [pair.mentee] if matching[mentee] != NOBODY else []
    if run.shape == "peers" and matching[mentor] != NOBODY:
        twice.append(pair.mentor)
    if twice:
        return f"{twice[0]} stands there twice"
    if run.ruling.why(mentee, mentor) is not None:
        return f"{named} is not possible"
    points = dict(zip(run.scorer.criteria, run.scorer.by_criterion(mentee, mentor), strict=True))
    if pair.by != points or pair.points != run.scorer.total(mentee, mentor):
        return f"{named}: the points are others"
    return None


def _proof(run: Run, said: Proposal) -> Proof | Covers | str | None:
    """The proof of a proposal by places in the lists; or what is wrong with it."""
    wanted = None if said.method == "stable" else said.covers if run.shape == "peers" else said.certificate
    if any(one is not None and one is not wanted for one in (said.certificate, said.covers)):
        return (
            f"it has a certificate that proves nothing of {'a stable answer' if said.method == 'stable' else run.shape}"
        )
    if isinstance(wanted, PeersCertificate):
        return peers_proof.read(wanted, {one.id: place for place, one in enumerate(run.mentees)})
    return None if wanted is None else _prices(wanted, [one.id for one in run.mentors])


def _prices(said: Certificate, mentors: Sequence[str]) -> Proof | str:
    """The prices by place of the mentor; or what is wrong with them."""
    given = [prices for prices in (said.placing, said.higher, said.scoring, said.tying) if prices is not None]
    unknown = next((one for prices in given for one in prices if one not in set(mentors)), None)
    if unknown is not None:
        return f"the certificate has a price for {unknown}, who is not among the mentors"

    def listed(prices: Prices) -> list[int]:
        return [prices.get(one, 0) for one in mentors]

    higher = None if said.higher is None else listed(said.higher)
    return Proof(listed(said.placing), higher, listed(said.scoring), listed(said.tying))
