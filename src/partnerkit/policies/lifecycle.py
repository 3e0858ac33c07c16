"""Lifecycles: the stages of a kind under a policy and the allowed changes; cadences beside them."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Annotated, Any

from partnerkit.kinds.late import imported_late
from partnerkit.kinds.modelled import BeforeValidator, Field, model_validator
from partnerkit.kinds.parts import Name, Part, Slug, Text
from partnerkit.policies.bearing import Allowing, Demanding, Limiting, Worded
from partnerkit.policies.values import (
    Clauses,
    Condition,
    Match,
    Path,
    RhythmValue,
    RoleValue,
    as_list,
    clause_list,
)

if TYPE_CHECKING:
    from partnerkit.policies.fraction import FractionValue
else:
    __getattr__ = imported_late(__name__, FractionValue="partnerkit.policies.fraction")


class Transition(Part):
    """An allowed change of stage and what it demands."""

    from_: Annotated[
        Allowing[Annotated[list[Slug], Field(min_length=1)]],
        BeforeValidator(as_list, json_schema_input_type=Slug | list[Slug]),
    ] = Field(description="The stage or stages left.")
    to: Slug = Field(description="The stage reached.")
    main: bool = Field(False, description="Whether it is the usual way on: `advance` without a stage takes it.")
    when: Demanding[Condition | None] = Field(
        None, description="For which records it is a way at all; absent: for all."
    )
    needs: Demanding[list[Slug]] = Field(default_factory=list, description="The requirements of its gate.")
    by: Demanding[RoleValue | None] = Field(
        None, description="The role that may make it; absent: anybody on the roster."
    )
    clause: Worded[Clauses | None] = Field(None, description="The clause it comes from.")

    @property
    def clauses(self) -> list[str]:
        """The clauses it cites."""
        return clause_list(self.clause) if self.clause else []


class Stage(Part):
    """What a stage means."""

    title: Worded[Name] = Field(description="What it means, in words.")
    clause: Worded[Clauses | None] = Field(None, description="The clause it comes from.")
    over: bool | None = Field(
        None,
        description="Whether the record is over in it: nothing falls due any more, and little can begin; "
        "absent: where no way leads out of it.",
    )


class Lifecycle(Part):
    """The stages of a kind and the allowed changes."""

    starts: Slug = Field(description="The stage of a new record.")
    stages: Allowing[dict[Slug, Stage]] = Field(min_length=1, description="Every stage, in order, with its meaning.")
    transitions: Allowing[list[Transition]] = Field(min_length=1, description="The allowed changes of stage.")

    def leaving(self, stage: str) -> list[Transition]:
        """The transitions out of a stage, the main one first."""
        found = [transition for transition in self.transitions if stage in transition.from_]
        return sorted(found, key=lambda transition: not transition.main)

    def find(self, from_: str, to: str) -> Transition | None:
        """The transition between two stages, or None."""
        return next((t for t in self.transitions if from_ in t.from_ and t.to == to), None)

    def is_end(self, stage: str) -> bool:
        """Whether nothing leads out of the stage."""
        return not self.leaving(stage)

    def is_over(self, stage: str) -> bool:
        """Whether nothing falls due in the stage any more."""
        said = self.stages[stage].over if stage in self.stages else None
        return self.is_end(stage) if said is None else said

    @property
    def last_stages(self) -> set[str]:
        """The stages at the end of the usual way: reached by main transitions, and left by none."""
        others = self.main_stages - {self.starts}
        return {one for one in others if not any(way.main for way in self.leaving(one))}

    @property
    def main_path(self) -> list[str]:
        """The stages from the first along main transitions; where they part (by `when`), along the first."""
        path = [self.starts]
        while step := next((t for t in self.leaving(path[-1]) if t.main and t.to not in path), None):
            path.append(step.to)
        return path

    @property
    def main_stages(self) -> set[str]:
        """Every stage that some record reaches along main transitions."""
        found: set[str] = set()
        todo = [self.starts]
        while todo:
            stage = todo.pop()
            found.add(stage)
            todo += [way.to for way in self.leaving(stage) if way.main and way.to not in found]
        return found


def told_apart(ways: list[Transition]) -> bool:
    """Whether no record can find two of these ways open at once."""
    return all(_excluded(one.when or {}, other.when or {}) for one, other in combinations(ways, 2))


def _excluded(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two conditions name different values of one field."""
    pairs = [(_named(one[path]), _named(other[path])) for path in one if path in other]
    return any(left and right and left.isdisjoint(right) for left, right in pairs)


def _named(wanted: Any) -> set[Any]:
    """The values that a condition on a field names; none where it says it in other words."""
    values = wanted.is_ if isinstance(wanted, Match) else wanted
    return set() if values is None else set(values) if isinstance(values, list) else {values}


class AmendedBy(Part):
    """What must be decided before the file of the policy may change: it changes only to what such a case holds."""

    clause: Clauses
    case: Slug = Field(description="The type of the cases that decide it; each names the new file by its digest.")
    in_: Allowing[list[Slug]] = Field(min_length=1, description="The stages of such a case in which it is decided.")


#: What settles something: a log of a record or a kind of record, and the sort of its line or of the record.
Settles = Annotated[str, Field(pattern=r"^[a-z0-9-]+(/[a-z0-9-]+)?$")]

#: What a cadence is `of` where the policy as a whole owes it, and not each record of a kind.
POLICY = "policy"


class Cadence(Part):
    """Something that falls due again and again, or once on the way."""

    clause: Clauses
    title: Worded[Name | None] = Field(None, description="Its name in words; else its id is read as words.")
    of: Slug = Field(description="The kind of record that owes it; `policy` where the policy as a whole does.")
    while_: Demanding[list[Slug]] = Field(
        default_factory=list, description="The stages in which it is owed; none for the policy."
    )
    when: Allowing[Condition | None] = Field(None, description="Owed only where this holds.")
    every: Limiting[RhythmValue | None] = Field(
        None, description="How often it falls due: a duration, a variable, or a field of the record that says it."
    )
    once: FractionValue | None = Field(
        None, description='Instead of `every`: once, when this part of the time from `from` to `until` is over ("1/2").'
    )
    from_: Path | None = Field(
        None, description="The field with the day from which it is counted; absent: when the stage was reached."
    )
    until: Path | None = Field(None, description="The field with the last day on which it can fall due.")
    per: Demanding[Path | None] = Field(
        None, description="A field that lists people: each of them owes it, named as `person` in what settles it."
    )
    settled_by: Settles = Field(
        description="What settles it: kind/rhythm of a finished record, or a log of this record."
    )
    restarts: list[Settles] = Field(
        default_factory=list,
        description="Logs of this record of which a line, like one that settles it, starts the time anew: it falls due "
        "once, so long after the latest of them, and not on fixed days.",
    )
    leads_to: Slug | None = Field(
        None,
        description="restarts: the stage to which a person may take the record then; it never goes by itself.",
    )
    role: RoleValue | None = Field(None, description="Who sees to it.")
    note: Worded[Text | None] = Field(None, description="What else is to be known about it.")

    @model_validator(mode="after")
    def _every_or_once(self) -> Cadence:
        if (self.every is None) == (self.once is None):
            raise ValueError("say either `every` (again and again) or `once` (a part of the time between two days)")
        if bool(self.while_) == (self.of == POLICY):
            raise ValueError("say `while`: the stages in which a record owes it (a policy as a whole has none)")
        if self.once is not None and (self.from_ is None or self.until is None):
            raise ValueError("`once` is a part of the time between two days: say `from` and `until`")
        if self.restarts and (self.every is None or self.per is not None or self.of == POLICY):
            raise ValueError("`restarts` goes with `every`, of a record as a whole")
        if self.leads_to is not None and not self.restarts:
            raise ValueError("`leads-to` goes with `restarts`")
        return self
