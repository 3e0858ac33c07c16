"""What is told of a proposal: what was proposed, whether it is shown to be the best, why these and not those."""

from __future__ import annotations

from typing import Any

from partnerkit.dataclass import dataclass
from partnerkit.matching.explaining import Alternative, Criterion, Kept, Swayed
from partnerkit.matching.hosting import Held
from partnerkit.matching.proposal import Proposal
from partnerkit.matching.run import Run
from partnerkit.matching.solving import Answer
from partnerkit.matching.unplaced import Unplaced


@dataclass(frozen=True, slots=True)
class Proposed:
    """What a run proposes.

    Attributes:
        run: the run.
        best: its answer.
        data: the proposal as it is written.
        file: where it was written; None where it was not.
    """

    run: Run
    best: Answer
    data: dict[str, Any]
    file: str | None


@dataclass(frozen=True, slots=True)
class Verified:
    """What came of holding a proposal against its proof.

    Attributes:
        said: the proposal.
        file: where it lies.
        wrong: what is not shown; None where it is the best there is.
    """

    said: Proposal
    file: str
    wrong: str | None


@dataclass(frozen=True, slots=True)
class Explained:
    """Why a mentee has the mentor proposed, or nobody.

    Attributes:
        said: the proposal.
        file: where it lies.
        run: the run from which it came.
        best: its answer.
        mentee: the mentee's application.
        mentor: the mentor's; None where there is none.
        criteria: what each criterion says of the two.
        held: how many mentees the mentor would have of how many that there is room for.
        nobody: why there is none.
        others: other mentors, with what having them would cost all.
    """

    said: Proposal
    file: str
    run: Run
    best: Answer
    mentee: str
    mentor: str | None
    criteria: list[Criterion]
    held: tuple[int, int]
    nobody: Unplaced | None
    others: list[Alternative]


@dataclass(frozen=True, slots=True)
class Hosting:
    """Whom a mentor or a peer would have and why, and who else could have had the place.

    Attributes:
        said: the proposal.
        file: where it lies.
        run: the run from which it came.
        best: its answer.
        id: the application of the mentor or the peer.
        held: who is proposed for them.
        room: how many there is room for.
        nobody: why there is nobody; None where there is somebody.
        others: who else could have had the place, with what that would cost all.
        more: how many more could have, and are not asked about.
    """

    said: Proposal
    file: str
    run: Run
    best: Answer
    id: str
    held: list[Held]
    room: int
    nobody: Unplaced | None
    others: list[Alternative]
    more: int


@dataclass(frozen=True, slots=True)
class Overview:
    """What hangs on what in a proposal.

    Attributes:
        said: the proposal.
        file: where it lies.
        run: the run from which it came.
        best: its answer.
        swayed: how much hangs on each weight.
        kept: what it costs to keep the pairings that have not begun; None where there are none.
    """

    said: Proposal
    file: str
    run: Run
    best: Answer
    swayed: list[Swayed]
    kept: Kept | None
