"""Statements: who says what, in which role, when, on what. They are appended and withdrawn, never removed."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from partnerkit.kinds.canonical import digest
from partnerkit.kinds.modelled import Field, model_validator
from partnerkit.kinds.parts import Day, Digest, FileDigest, Id, Moment, Name, Part, PersonId, Slug, Text, Where

StatementId = Annotated[str, Field(pattern=r"^[a-z]-[0-9a-f]{12}$", description="Random id of the statement.")]

#: Keys that may be added to a statement after it was made: they say something about it and are not part of it.
ADDED_LATER = frozenset({"withdrawn", "signature"})


class Withdrawn(Part):
    """Why and when a statement stopped counting."""

    at: Moment = Field(description="When it was withdrawn, in UTC.")
    by: PersonId = Field(description="Who withdrew it.")
    reason: Text = Field(description="Why it no longer counts.")


class Statement(Part):
    """What all statements have."""

    letter: ClassVar[str] = "s"

    id: StatementId
    requirement: Slug = Field(description="The requirement of the policy that it speaks to.")
    at: Moment = Field(description="When it was recorded, in UTC.")
    on: Day | None = Field(None, description="The day it was said or done, where that is not the day of `at`.")
    by: PersonId = Field(description="Who says so.")
    recorded_by: PersonId | None = Field(None, description="Who typed it, where that is somebody else.")
    seen: Where | None = Field(None, description="Where the typist saw it: minutes, a mail, a link.")
    clock: Literal["set"] | None = Field(None, description="Present when the day was set by hand (--today).")
    withdrawn: Withdrawn | None = Field(None, description="Present when it no longer counts.")

    @model_validator(mode="after")
    def _seen_by_the_typist(self) -> Statement:
        if self.recorded_by is not None and self.recorded_by != self.by and self.seen is None:
            raise ValueError("recorded for somebody else: `seen` says where (minutes, a mail, a link)")
        return self


Outcome = Literal["pass", "conditions", "fail", "done", "not-needed"]


class Evidence(Statement):
    """A document, link or account that a requirement asks for."""

    letter: ClassVar[str] = "e"

    kind: Slug = Field(description="What it is, such as report, link, minutes, document, opened, closed.")
    ref: Where | None = Field(
        None, description="A path in this register, a link, or the name of a thing kept elsewhere."
    )
    digest: FileDigest | None = Field(None, description="SHA-256 of its bytes.")
    claimed: Literal[True] | None = Field(None, description="True when the digest is of a thing kept elsewhere.")
    outcome: Outcome | None = Field(None, description="What came out of it.")
    summary: Text | None = Field(None, description="What it says, in a sentence. No names of people.")
    valid_until: Day | None = Field(None, description="The last day it may be relied on.")


class Mark(Part):
    """One criterion of a scorecard, judged."""

    score: int | None = Field(None, ge=0, le=100, description="Points on the policy's scale.")
    why: Text | None = Field(
        None,
        description="The reason for the score, or why the criterion does not apply; none where the policy wants points "
        "only.",
    )
    not_applicable: Literal[True] | None = Field(None, description="True where the criterion does not apply.")

    @model_validator(mode="after")
    def _scored_or_not_applicable(self) -> Mark:
        if (self.score is None) == (self.not_applicable is None):
            raise ValueError("give either a score or `not-applicable: true`, and why")
        return self


class Scores(Statement):
    """A filled scorecard."""

    letter: ClassVar[str] = "c"

    marks: dict[Slug, Mark] = Field(min_length=1, description="Criterion to mark.")


class Acknowledgement(Statement):
    """A party says that it knows and accepts something, or answers a question of the policy."""

    letter: ClassVar[str] = "k"

    party: Slug = Field(description="Which party of the record acknowledges.")
    answer: Slug | None = Field(None, description="Which of the policy's answers it gives, where it is asked for one.")
    text: Text | None = Field(None, description="What is acknowledged, where the requirement does not say it all.")


class Signature(Statement):
    """A party signed one document, known by its digest."""

    letter: ClassVar[str] = "s"

    party: Slug = Field(description="Which party of the record signed.")
    capacity: Name | None = Field(None, description="In what capacity the signatory signed, such as director.")
    method: Slug | None = Field(None, description="How: ink, e-signature, letter.")
    document: FileDigest = Field(description="SHA-256 of the document that was signed.")


class Binds(Part):
    """What an approval is bound to: if any of it changes before the gate is passed, the approval is void."""

    definition: Digest = Field(description="Digest of the requirement's definition, variables resolved.")
    content: Digest = Field(description="Digest of the fields that the requirement covers.")
    evidence: dict[StatementId, Digest] = Field(
        default_factory=dict, description="The evidence it rests on: statement to digest."
    )


class Approval(Statement):
    """A decision of somebody in a role on one requirement of one record."""

    letter: ClassVar[str] = "a"

    record: Id = Field(description="The record it was given for: it counts for no other.")
    role: Slug = Field(description="The role in which it was given.")
    decision: Literal["approve", "request-changes", "reject"] = Field(description="What was decided.")
    reason: Text | None = Field(None, description="Why, above all when it is no approval.")
    binds: Binds = Field(description="What it is bound to: if any of it changes before the gate, the approval is void.")
    signature: Where | None = Field(
        None, description="A detached SSH signature, made for `partnerkit-approval`, over what the statement says (c1)."
    )


class Waiver(Statement):
    """Somebody who may says that a requirement need not be met, why, and until when."""

    letter: ClassVar[str] = "w"

    role: Slug = Field(description="The role in which it was given.")
    reason: Text = Field(description="Why it need not be met.")
    until: Day = Field(description="The last day on which it may be relied on.")


#: The lists of a record that hold statements, with the model of each, in the order of the file.
STATEMENT_LISTS: dict[str, type[Statement]] = {
    "evidence": Evidence,
    "scores": Scores,
    "acknowledgements": Acknowledgement,
    "signatures": Signature,
    "approvals": Approval,
    "waivers": Waiver,
}


def core(statement: dict[str, Any]) -> dict[str, Any]:
    """The statement itself: what was said when it was made, without what was said about it later."""
    return {key: value for key, value in statement.items() if key not in ADDED_LATER}


def statement_digest(statement: dict[str, Any]) -> str:
    """Digest of a statement as written, the same before and after it is withdrawn or signed."""
    return digest(core(statement))
