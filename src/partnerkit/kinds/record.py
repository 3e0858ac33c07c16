"""Record: what every kind of record has."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import ClassVar

from partnerkit.kinds.classified import Classification
from partnerkit.kinds.entries import Entry
from partnerkit.kinds.expunging import EXPUNGED, Expunging
from partnerkit.kinds.modelled import Field, model_validator
from partnerkit.kinds.parts import Format, Id, Part, Slug, kebab, runs_forward
from partnerkit.kinds.statements import (
    STATEMENT_LISTS,
    Acknowledgement,
    Approval,
    Evidence,
    Scores,
    Signature,
    Waiver,
)

FORMAT = 1

#: The keys that open every record, and those that close it, in the order of the file.
HEAD = ("format", "kind", "id", "policy", "stage")
TAIL = (*STATEMENT_LISTS, EXPUNGED, "history")

#: Where the fields that a policy declares of its own belong in the order of the file.
OWN_OF_POLICY = "*"

#: Keys that no `set` may change: they say what the record is, or are written by other commands.
FIXED = frozenset({*HEAD, *TAIL})


class Record(Part):
    """One YAML file.

    Class attributes:
        folder: the folder of the kind below records/.
        subject: the field that names the record it belongs to, or None.
        subjects: the kinds which that record may have.
        named_by: the field that holds its name in words.
        person: the field that names whom it is about: somebody who is known by an opaque id alone, or None.
        once: fields that no two records share that are not over; lists share what stands in both.
        in_order: days of which the first is never after the second.
        refers: fields that name other records of the register.
        sort: the field that says which sort of its kind it is, or None.
        period: the fields with the first and the last day of the time that it speaks about, or None.
        watched_by: the field that names whoever looks after it, or None.
        continues: fields that name an earlier record of the kind, each with what is taken over from it.
        counted: the field that says the how manieth of a line it is, one more than the one that it continues; or None.
        outlives: whether it may still begin when what it belongs to is over.
        concerns: fields that name the people whom it is about, as against those who work on it.
        bonds: fields that name whose word it is, their other ids, and to whom something else binds them; or None.
    """

    folder: ClassVar[str] = ""
    subject: ClassVar[str | None] = None
    subjects: ClassVar[tuple[str, ...]] = ()
    named_by: ClassVar[str] = "title"
    person: ClassVar[str | None] = None
    once: ClassVar[tuple[str, ...]] = ()
    in_order: ClassVar[tuple[tuple[str, str], ...]] = ()
    refers: ClassVar[tuple[str, ...]] = ()
    sort: ClassVar[str | None] = None
    period: ClassVar[tuple[str, str] | None] = None
    watched_by: ClassVar[str | None] = None
    continues: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    counted: ClassVar[str | None] = None
    outlives: ClassVar[bool] = False
    concerns: ClassVar[tuple[str, ...]] = ()
    bonds: ClassVar[tuple[str, str, str] | None] = None

    format: Format = Field(description="Version of the file format.", examples=[1])
    kind: str = Field(description="What the record is.")
    id: Id
    policy: str = Field(description="The policy that governs the record; it never changes by hand.", max_length=80)
    stage: Slug = Field(description="Where the record stands: always where its last history entry leads.")
    classification: Classification | None = Field(
        None, description="Who may see what it says; absent: internal. Above what the register holds: references only."
    )
    evidence: list[Evidence] = Field(default_factory=list, description="What requirements ask to be shown.")
    scores: list[Scores] = Field(default_factory=list, description="Filled scorecards.")
    acknowledgements: list[Acknowledgement] = Field(default_factory=list, description="What parties acknowledged.")
    signatures: list[Signature] = Field(default_factory=list, description="Who signed which document.")
    approvals: list[Approval] = Field(default_factory=list, description="Decisions of people in roles.")
    waivers: list[Waiver] = Field(default_factory=list, description="Requirements waived, by whom and until when.")
    expunged: list[Expunging] = Field(default_factory=list, description="Text that was taken out of it for good.")
    history: list[Entry] = Field(min_length=1, description="Every stage change; it only grows.")

    _runs_forward = model_validator(mode="after")(runs_forward)


@functools.lru_cache(maxsize=128)
def key_order(model: type[Record]) -> tuple[str, ...]:
    """The keys of a kind in the order of the file: what it is, its fields, its statements, its history."""
    own = [kebab(name) for name in model.model_fields]
    return (*HEAD, *(key for key in own if key not in FIXED), OWN_OF_POLICY, *TAIL)
