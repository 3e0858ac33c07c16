"""A pairing: people who learn with each other for a time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from partnerkit.kinds.application import Goal
from partnerkit.kinds.dated import FallsDue, Happened, TakesPart
from partnerkit.kinds.logs import Action, Activity, Communication, TakesPartAs
from partnerkit.kinds.modelled import Field, model_validator
from partnerkit.kinds.partnership import Termination
from partnerkit.kinds.parts import Day, Duration, Id, Name, Part, PersonId, Slug, Text
from partnerkit.kinds.record import Record


class Participant(Part):
    """Somebody who takes part."""

    id: PersonId
    as_: TakesPartAs = Field(description="In what part.")
    application: Id | None = Field(None, description="The application by which they came in.")


class Meeting(Part):
    """A meeting that took place. When and how long: what was said stays between those who met."""

    on: Annotated[Day, Happened("starts")] = Field(description="The day it took place.", examples=["2026-04-07"])
    minutes: int = Field(ge=1, le=1440, description="How long it took.")
    mode: Slug | None = Field(None, description="How they met; the policy lists the ways.")
    absent: Annotated[list[PersonId], TakesPart("participants.id", but_one=True)] = Field(
        default_factory=list, description="Participants who were not there."
    )


class CheckIn(Part):
    """Somebody of the programme asked a participant how it goes."""

    on: Annotated[Day, Happened("starts")] = Field(description="The day of the check-in.", examples=["2026-05-01"])
    person: Annotated[PersonId, TakesPart("participants.id")]
    needs_help: bool | None = Field(None, description="True where somebody should look after it.")


#: What the next cycle of a pairing takes over from the one before.
_KEPT = ("programme", "participants", "interested", "coordinator", "meets-every", "meeting-minutes")


class Pairing(Record):
    """A mentorship: one mentor and one mentee, a group with a mentor, or peers."""

    folder: ClassVar[str] = "pairings"
    refers: ClassVar[tuple[str, ...]] = ("renews", "rematch-of", "participants.application")
    watched_by: ClassVar[str | None] = "coordinator"
    concerns: ClassVar[tuple[str, ...]] = ("participants.id",)
    continues: ClassVar[Mapping[str, tuple[str, ...]]] = {"renews": _KEPT}
    counted: ClassVar[str | None] = "cycle"

    kind: Literal["pairing"] = Field("pairing", description="What the record is.")
    title: Name = Field(description="What it is, in a line, without names of people.", examples=["Python, spring 2026"])
    programme: Slug = Field(description="Which programme type of the policy it belongs to.", examples=["formal"])
    participants: list[Participant] = Field(min_length=2, description="Who takes part.")
    cycle: int = Field(1, ge=1, description="The how manieth cycle of the same pairing it is.")
    renews: Id | None = Field(None, description="The pairing whose next cycle it is.")
    rematch_of: Id | None = Field(None, description="The pairing that it replaces.")
    proposer: PersonId | None = Field(None, description="Who proposed it, where a person did.")
    interested: list[PersonId] = Field(
        default_factory=list, description="People with an interest of their own in it: they decide nothing here."
    )
    coordinator: PersonId | None = Field(None, description="Who looks after it.")
    introduced: Annotated[Day | None, Happened()] = Field(
        None, description="The day they were introduced to each other."
    )
    starts: Day | None = Field(None, description="First day.")
    ends: Annotated[Day | None, FallsDue("Pairing ends", "expiry", continued_by="renews")] = Field(
        None, description="Last day planned."
    )
    meets_every: Duration | None = Field(None, description="How often they agreed to meet.")
    meeting_minutes: int | None = Field(None, ge=5, le=1440, description="How long they agreed to meet.")
    goals: list[Goal] = Field(default_factory=list, description="What is to be learnt, and how they will know.")
    success: Text | None = Field(None, description="How they will tell that it was worth it.")
    meetings: list[Meeting] = Field(default_factory=list, description="Meetings that took place.")
    check_ins: list[CheckIn] = Field(default_factory=list, description="How participants said it goes.")
    communications: list[Communication] = Field(
        default_factory=list, description="What was said to them by those who look after it."
    )
    activities: list[Activity] = Field(default_factory=list, description="What was done beside the meetings.")
    actions: list[Action] = Field(default_factory=list, description="What somebody undertook to do.")
    termination: Termination | None = Field(None, description="Why and when it ended early.")

    @model_validator(mode="after")
    def _people_once(self) -> Pairing:
        people = [one.id for one in self.participants]
        if len(set(people)) < len(people):
            raise ValueError("somebody takes part twice: each person is listed once")
        return self
