"""Demands: what a requirement can ask for. One model per sort."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from partnerkit.kinds.late import imported_late
from partnerkit.kinds.modelled import Field, model_validator
from partnerkit.kinds.parts import Part, Slug
from partnerkit.kinds.statements import Outcome
from partnerkit.policies.bearing import Allowing, Demanding, Limiting
from partnerkit.policies.values import (
    BoundValue,
    Condition,
    CountValue,
    DurationValue,
    Path,
    RoleValue,
    Variable,
)

if TYPE_CHECKING:
    from partnerkit.policies.fraction import FractionValue
else:
    __getattr__ = imported_late(__name__, FractionValue="partnerkit.policies.fraction")

#: How a path begins that leads into the record to which a record belongs.
SUBJECT = "subject."

#: Words for days that no field holds: the one on which a demand is judged, the one on which the stage was reached.
TODAY, REACHED = "today", "reached"
MOMENTS = frozenset({TODAY, REACHED})


#: How surely a decision can be asked to be that of whom it names: by the author's address of the commit that brought
#: it, by the key with which that commit is signed, or by the key with which the decision itself is.
Assurance = Literal["author", "signed-commit", "signed-statement"]


class EvidenceDemand(Part):
    """Something that must be shown."""

    kinds: Allowing[list[Slug]] = Field(min_length=1, description="What may serve, such as report, link, minutes.")
    at_least: Demanding[CountValue] = Field(1, description="How many.")
    fresh_for: Limiting[DurationValue | None] = Field(None, description="How old it may be when the gate is passed.")
    outcomes: list[Outcome] = Field(
        default_factory=list, description="Outcomes that serve; where given, the evidence must state its outcome."
    )
    not_needed: Allowing[bool] = Field(
        False, description="Whether `not-needed`, with a summary that says why, serves too."
    )
    with_digest: Demanding[bool] = Field(False, description="Whether the digest of its bytes must be recorded.")
    single: Demanding[bool] = Field(
        False, description="Whether only one may stand at a time: a newer one needs the older withdrawn."
    )


class ApprovalDemand(Part):
    """People in a role must decide."""

    role: RoleValue = Field(description="The role whose holders decide.")
    at_least: Demanding[CountValue] = Field(1, description="How many of them.")
    fraction: Demanding[FractionValue | None] = Field(
        None, description="At least this part of all who hold the role that day."
    )
    more_than: Demanding[FractionValue | None] = Field(
        None, description="More than this part of all who hold the role that day."
    )
    not_: Demanding[list[Path]] = Field(
        default_factory=list,
        description="Fields that name people who may not decide: proposer, interested, roles.partnership-manager; "
        "`subject.` leads to the record it belongs to, as in subject.approvals.by.",
    )
    not_bound_to: Demanding[list[Path]] = Field(
        default_factory=list,
        description="Fields that name people, such as participants.id or subject.applicant: whoever decides is none of "
        "them under another id, and no conflict of interest binds them to one that either declared.",
    )
    scope: Demanding[dict[Slug, Path]] = Field(
        default_factory=dict, description="Scope of the role to the field that says which, such as {city: event-city}."
    )
    in_record: Demanding[bool] = Field(
        False, description="Whether only the person whom the record's `roles` name counts."
    )
    assurance: Demanding[Assurance | None] = Field(
        None, description="How surely it must be theirs to count; absent: a name in the record suffices."
    )


class PeriodDemand(Part):
    """Something must have stood open for a while, and been closed; when the record has gone back, anew."""

    open_for: Demanding[DurationValue | None] = Field(None, description="How long at least.")
    closes_with: Literal["summary", "nothing"] = Field("summary", description="What closing must state.")


class LinkedDemand(Part):
    """Records that belong to this one must stand in certain stages."""

    kind: Slug = Field(description="The kind of the records that belong to this one.")
    in_: Allowing[list[Slug]] = Field(min_length=1, description="The stages that count.")
    at_least: Demanding[CountValue] = Field(1, description="How many such records.")
    all_: Demanding[bool] = Field(
        False, description="Whether every record of that kind (and `where`) must stand there."
    )
    where: Condition | None = Field(None, description="Which of them count.")
    anew: Demanding[bool] = Field(
        False, description="Whether only those count that came there since this record reached its present stage."
    )
    from_: Demanding[Path | None] = Field(
        None, description="Their field with the first day on which they count; those that leave it open count at once."
    )
    until: Demanding[Path | None] = Field(
        None, description="Their field with the last day on which they count; those that leave it open count on."
    )


class ScoresDemand(Part):
    """A scorecard must be filled."""

    card: Slug = Field(description="Which of the policy's scorecards.")
    minimum: Demanding[CountValue | None] = Field(None, description="The least that the scores must add up to.")


class AnswerSpec(Part):
    """What one of the answers comes to that a party can give."""

    means: Demanding[Literal["met", "waits", "stops"]] = Field(
        description="met: it is what is demanded. waits: the party is not sure yet. stops: it does not go on so, and "
        "whoever looks after the record is told."
    )
    leads_to: Slug | None = Field(None, description="stops: the stage to which the record goes instead; by a person.")
    of: Condition | None = Field(
        None, description="leads-to: only where a party of this sort says so, by its block in `by-each`."
    )
    when: Condition | None = Field(None, description="leads-to: only of records like this.")

    @model_validator(mode="after")
    def _leads(self) -> AnswerSpec:
        if self.leads_to is not None and self.means != "stops":
            raise ValueError("only an answer that stops leads elsewhere (`leads-to`)")
        if self.leads_to is None and (self.of is not None or self.when is not None):
            raise ValueError("`of` and `when` say where it leads elsewhere: say `leads-to` too")
        return self


class AcknowledgedDemand(Part):
    """Parties must have acknowledged something, or each have answered a question."""

    by: Demanding[list[Slug]] = Field(default_factory=list, description="These parties.")
    by_each: Path | None = Field(None, description="Or everybody whom this field lists, such as parties.")
    answers: dict[Slug, AnswerSpec] = Field(
        default_factory=dict,
        description="What each of them can answer; absent, they acknowledge. The latest answer of each counts.",
    )

    @model_validator(mode="after")
    def _somebody(self) -> AcknowledgedDemand:
        if bool(self.by) == bool(self.by_each):
            raise ValueError("say either `by` (parties) or `by-each` (a field that lists them)")
        if self.answers and not any(one.means == "met" for one in self.answers.values()):
            raise ValueError("none of the answers meets it: mark one with `means: met`")
        if self.by and any(one.of is not None for one in self.answers.values()):
            raise ValueError("`of` asks of blocks in `by-each`, and `by` names parties alone")
        return self


class SignedDemand(Part):
    """All parties must have signed one and the same document."""

    by_each: Path = Field(description="The field that lists the parties.")
    document: Slug = Field(description="The requirement whose evidence is the document.")


class CompareDemand(Part):
    """A day or number in the record must stand in a relation to another."""

    field: Path = Field(
        description="The field that holds the earlier day, or the number (of a list: each of them); `reached` is the "
        "day on which the record reached its stage."
    )
    at_least: Demanding[DurationValue | None] = Field(None, description="A day: this long before `before`.")
    at_most: Limiting[DurationValue | None] = Field(None, description="A day: no longer than this before `before`.")
    before: Path | None = Field(
        None, description="The field that holds the later day; `today` is the day on which it is judged."
    )
    minimum: Demanding[CountValue | None] = Field(None, description="A number: at least this.")
    maximum: Limiting[CountValue | None] = Field(None, description="A number: at most this.")

    @model_validator(mode="after")
    def _says_something(self) -> CompareDemand:
        if self.before is None and self.minimum is None and self.maximum is None:
            raise ValueError("say `before` (for days), or `minimum` or `maximum` (for numbers)")
        if self.before is None and (self.at_least is not None or self.at_most is not None):
            raise ValueError("`at-least` and `at-most` are about two days: say `before`; of a number, say `minimum`")
        return self


class EachDemand(Part):
    """Every item of a list must be spoken to by an item of another list, which names it.

    The items are those of the record itself, of the record it belongs to, or of records that belong to either.
    """

    items: Path = Field(description="The list whose items must be spoken to; each has an `id`.")
    of: Literal["self", "subject"] | Slug = Field(
        "self", description="Whose list: this record's, its subject's, or a kind of record that belongs to either."
    )
    in_: list[Slug] = Field(default_factory=list, description="A kind: the stages that count; empty: all.")
    by: Path = Field(description="Where this record speaks to them, down to the key that names the item: ratings.of.")
    where: Demanding[Condition | None] = Field(
        None, description="Which of those that speak to them count, by their own fields."
    )
    at_least: Demanding[CountValue] = Field(1, description="How many items there must be.")


class ListedDemand(Part):
    """A list must hold enough items of a sort, and not too many. An item dated on a day to come does not count."""

    field: Path = Field(description="The list.")
    where: Condition | None = Field(None, description="Which of its items count.")
    at_least: Demanding[CountValue] = Field(1, description="How many of them there must be.")
    at_most: Limiting[CountValue | None] = Field(None, description="How many of them there may be.")
    fresh_for: Limiting[DurationValue | None] = Field(
        None, description="How old an item may be, by its day `on`, when the gate is passed."
    )


class NamedDemand(Part):
    """Records that a field names must stand in certain stages, and agree with what names them."""

    field: Path = Field(description="The field that names them; a part of a list where each of its items names one.")
    kind: Slug = Field(description="The kind of the records named.")
    in_: Allowing[list[Slug]] = Field(min_length=1, description="The stages in which they must stand.")
    same: Demanding[dict[Path, Path]] = Field(
        default_factory=dict,
        description="Fields of this record (or of the item that names the other) that must hold what a field of the "
        "other holds, or one of what it lists.",
    )
    optional: Allowing[bool] = Field(False, description="Whether an item may name none.")
    meets: Demanding[list[Slug]] = Field(
        default_factory=list,
        description="Requirements of their kind that they must meet too, once this record stands where the gate leads.",
    )


class NamedByDemand(Part):
    """Not too many records in certain stages may name this one, or not too many items of a list of theirs."""

    kind: Slug = Field(description="The kind of the records that name this one.")
    by: Path = Field(description="Their field that names it, such as participants.application.")
    in_: Demanding[list[Slug]] = Field(min_length=1, description="The stages in which they count.")
    count: Path | None = Field(
        None, description="A list of theirs of which the items are counted; absent: the records themselves."
    )
    where: Condition | None = Field(None, description="Which of them, or of those items, count.")
    at_most: Limiting[BoundValue] = Field(
        description="How many there may be: a number, or a field of this record that says it."
    )

    @property
    def bound_in(self) -> str | None:
        """The field of the record that says how many there may be, where one does."""
        given = self.at_most
        return given if isinstance(given, str) and not isinstance(given, Variable) else None


class ApartDemand(Part):
    """People whom a field names must be others, and nothing that anybody declared may bind them to each other."""

    field: Path = Field(description="The field that names them, such as participants.id or coordinator.")
    from_: Demanding[Path | None] = Field(
        None, description="From whom each of them is to be apart, by the field that names those; absent: each other."
    )


class DwellDemand(Part):
    """The record must have stood in its stage for a while."""

    at_least: Demanding[DurationValue] = Field(description="How long at least.")


class AgreedNotice(Part):
    """Where an agreement of the record says how long notice is."""

    kind: Slug = Field(description="The kind of record that holds the agreement.")
    in_: Demanding[list[Slug]] = Field(min_length=1, description="Stages in which the agreement binds.")
    field: Path


class NoticeDemand(Part):
    """Notice must have been given, long enough before the end."""

    given: Path = Field(description="The field that holds the day notice was given.")
    effective: Path = Field(description="The field that holds the day of the end.")
    at_least: Demanding[DurationValue] = Field(description="How long the policy wants notice to be.")
    agreed_in: Demanding[AgreedNotice | None] = Field(None, description="Where a longer notice may have been agreed.")
