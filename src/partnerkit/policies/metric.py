"""Metrics: the figures that a policy wants, defined in words and, where it can be, in how they are counted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from partnerkit.kinds.modelled import BeforeValidator, Field, model_validator
from partnerkit.kinds.parts import Name, Part, Slug, Text
from partnerkit.policies.values import Clauses, Condition, Path, as_list
from partnerkit.tuples import NamedTuple


class Tally(Part):
    """What is counted: records of a kind that stood somewhere in the period, items of theirs, or whom these name."""

    of: Slug = Field(description="The kind of the records.")
    in_: list[Slug] = Field(
        default_factory=list, description="Stages: those count that stood in one of them on a day of the period."
    )
    reached: list[Slug] = Field(
        default_factory=list, description="Instead of `in`: those count that came to one of these stages in the period."
    )
    after: list[Slug] = Field(
        default_factory=list, description="reached: only where they had stood in one of these stages before."
    )
    when: Condition | None = Field(None, description="Which records count, by their fields.")
    items: Path | None = Field(
        None,
        description="A list of theirs whose items are counted; an item has the keys of the block that it is in too.",
    )
    where: Condition | None = Field(None, description="items: which of them count.")
    days: Annotated[list[Path], BeforeValidator(as_list, json_schema_input_type=Path | list[Path])] = Field(
        default_factory=list, description="Days of theirs, which must all lie in the period."
    )
    each: Path | None = Field(None, description="Whom or what they name, each counted once: participants, id.")
    before: bool = Field(False, description="share: whether the period before this one is meant.")

    @model_validator(mode="after")
    def _says_when(self) -> Tally:
        if self.in_ and self.reached:
            raise ValueError("say `in` (stood there in the period) or `reached` (came there in the period): not both")
        if not self.in_ and not self.reached and not self.days:
            raise ValueError("say what it has to do with the period: `in`, `reached`, or `days` of theirs")
        if self.after and not self.reached:
            raise ValueError("`after` goes with `reached`: where they had stood before they came there")
        if self.where is not None and self.items is None:
            raise ValueError("`where` is about `items`; of records, say `when`")
        return self


class Share(Part):
    """How many of a hundred: of those that one tally counts, those that another counts too."""

    of: Tally = Field(description="Of whom, or of what.")
    that: Tally = Field(description="Those who count; whoever is not among `of` does not.")


class Sum(Tally):
    """Numbers added up."""

    value: Path = Field(description="The number of each; what holds none is left out.")


class Mean(Sum):
    """The mean of numbers."""

    points: dict[Slug, Annotated[int, Field(ge=0, le=1000)]] | None = Field(
        None, description="The value is a choice: how many points each is worth; others, and none, are worth nothing."
    )
    weight: Path | None = Field(
        None, description="How many answers stand behind each number, where it is a mean already; it counts so often."
    )


class Counted(NamedTuple):
    """A tally of a metric, and the keys that lead to it."""

    place: tuple[str, ...]
    tally: Tally


class Metric(Part):
    """A figure that the policy wants, with its definition; where it says how it is counted, `policy figures` does."""

    clause: Clauses
    title: Name = Field(description="Its name in words.")
    definition: Text = Field(description="What exactly is counted, over what.")
    unit: Name | None = Field(None, description="Its unit.")
    count: Tally | None = Field(None, description="How many there are.")
    growth: Tally | None = Field(None, description="How many more there are than in the period before.")
    share: Share | None = Field(None, description="How many of a hundred.")
    sum: Sum | None = Field(None, description="Numbers added up.")
    mean: Mean | None = Field(None, description="The mean of numbers.")

    @model_validator(mode="after")
    def _one_way(self) -> Metric:
        said = [name for name in WAYS if getattr(self, name) is not None]
        if len(said) > 1:
            raise ValueError(f"a figure is counted in one way: {', '.join(WAYS)} (here: {' and '.join(said)})")
        numbers = [one for one in (self.sum, self.mean) if one is not None]
        if any(one.each is not None for one in numbers):
            raise ValueError("`each` counts names once; of numbers, each item or record has its own")
        others = [one.tally for one in self.tallies if one.place[0] != "share"]
        if any(one.before for one in others):
            raise ValueError("`before` goes with `share`; against the period before, say `growth`")
        return self

    @property
    def tallies(self) -> Iterator[Counted]:
        """What it counts, each with the place where it says so."""
        for name in ("count", "growth", "sum", "mean"):
            tally = getattr(self, name)
            if tally is not None:
                yield Counted((name,), tally)
        if self.share is not None:
            yield Counted(("share", "of"), self.share.of)
            yield Counted(("share", "that"), self.share.that)

    @property
    def is_counted(self) -> bool:
        """Whether it says how it is counted; else people count it."""
        return any(True for _one in self.tallies)


#: The ways in which a figure can be counted.
WAYS = ("count", "growth", "share", "sum", "mean")
