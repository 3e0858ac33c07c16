"""Entries: the lines of a record's history. The list only grows."""

from __future__ import annotations

from typing import Annotated, Literal

from partnerkit.kinds.modelled import Field
from partnerkit.kinds.parts import Day, Digest, Id, Moment, Part, PersonId, Slug, Text, Where
from partnerkit.kinds.statements import StatementId

EntryId = Annotated[str, Field(pattern=r"^[0-9a-f]{16}$", description="Random id of the entry.")]
EntryType = Literal["create", "move", "adopt", "undo", "void", "correct", "migrate", "tombstone"]

#: Entries that take another one back: an undo what counted, a void what never should have.
TAKES_BACK = frozenset({"undo", "void"})

#: Entries that pass no gate and open none.
PASSES_NO_GATE = frozenset({"correct", "migrate"})

#: The stage of a record that was taken back: built in, the end of every lifecycle.
TOMBSTONE_STAGE = "void"


class Seal(Part):
    """Digests of what the entry rests on.

    `gate`: the demands of the transition as they were (of a void: all entries before it); `covers`: the covered
    fields; `statements`: the statements used; `previous`: the entry before, which makes the list a chain.
    """

    gate: Digest = Field(description="Digest of what the gate demanded; of a void, of all entries before it.")
    covers: Digest = Field(description="Digest of the covered fields.")
    statements: Digest = Field(description="Digest of the statements used.")
    previous: Digest = Field(description="Digest of the entry before.")


class Entry(Part):
    """One stage change, or one correction."""

    seq: int = Field(ge=1, description="1 for the first entry, then one more each time.")
    id: EntryId
    type: EntryType = Field(description="What sort of change it is.")
    from_: Slug | None = Field(None, description="The stage left.")
    to: Slug = Field(description="The stage reached.")
    at: Moment = Field(description="When, in UTC; the gate is judged on this day in the register's time zone.")
    by: PersonId
    reason: Text | None = Field(None, description="Why, where the policy or the type asks for it.")
    since: Day | None = Field(None, description="adopt: the day since when the record has truly stood there.")
    seen: Where | None = Field(None, description="adopt: where that can be seen.")
    uses: list[StatementId] = Field(default_factory=list, description="The statements that satisfied the gate.")
    relies_on: dict[Id, EntryId] = Field(
        default_factory=dict, description="Linked records, each with its latest entry at that moment."
    )
    undoes: EntryId | None = Field(
        None, description="undo, void: the entry taken back; correct: the latest one before what was altered."
    )
    clock: Literal["set"] | None = Field(None, description="Present when the day was set by hand (--today).")
    hooks: Literal["skipped"] | None = Field(None, description="Present when commit hooks were skipped.")
    seal: Seal = Field(description="Digests of what it rests on.")
