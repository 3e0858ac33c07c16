"""Fields that a policy declares for a kind, or narrows: type, choices, who may see them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from partnerkit.kinds.classified import USUAL, Classification, above
from partnerkit.kinds.modelled import Field, model_validator
from partnerkit.kinds.parts import Name, Part, Slug, Text
from partnerkit.policies.bearing import Allowing, Demanding, Worded
from partnerkit.policies.values import Clauses, Path

FieldType = Literal[
    "text",
    "choice",
    "choices",
    "category",
    "categories",
    "keys",
    "number",
    "count",
    "percentage",
    "day",
    "duration",
    "yes-no",
    "person",
    "record",
    "id",
    "link",
    "list",
    "items",
]


#: The field that says what ends a record: of its choices a policy says which are ends that both sides agree on,
#: and which come by themselves.
TRIGGER = "termination.trigger"

#: Types of which a reference to where it is kept can stand for the thing itself.
_KEPT_ELSEWHERE = frozenset({"text", "list", "keys"})


class FieldSpec(Part):
    """A field of a kind under this policy. A dotted name narrows a field that the kind has already."""

    type: FieldType = Field(description="What it holds.")
    clause: Clauses
    title: Worded[Text] = Field(description="What it means, in a sentence; shown by editors.")
    choices: Allowing[dict[Slug, Worded[str]] | list[Slug] | None] = Field(
        None, description="choice, choices, keys: the allowed values; as a mapping, each with the clause it comes from."
    )
    mutual: Worded[list[Slug]] = Field(
        default_factory=list,
        description="choice: those that end it by agreement of both sides, of `termination.trigger`; letters say so.",
    )
    lapses: Worded[list[Slug]] = Field(
        default_factory=list,
        description="choice: those by which it ends by itself, of `termination.trigger`, such as a term that runs out; "
        "letters say so.",
    )
    fields: Demanding[dict[Slug, FieldSpec] | None] = Field(None, description="items: the fields of each item.")
    known: list[Name] | None = Field(
        None, description="text: the values that are known to be right; another one is a warning, with the nearest."
    )
    otherwise: Worded[Text | None] = Field(None, description="known: what is wrong with others, in a sentence.")
    required: Demanding[bool] = Field(False, description="Whether every record must have it from the start.")
    partner_facing: Demanding[bool] = Field(False, description="Whether partners get to read it.")
    classification: Demanding[Classification] = Field(
        USUAL, description="Who may see it; above what the register holds, only a reference with its digest stands."
    )
    example: Worded[Any] = Field(None, description="An example for editors.")
    falls_due: Demanding[Slug | None] = Field(
        None,
        description="day: something is to be done by it, until the field of this name beside it holds the day it was.",
    )
    happened: Demanding[bool] = Field(
        False, description="day: whether something happened or was done on it, so that it is never one still to come."
    )

    @model_validator(mode="after")
    def _choices_where_they_belong(self) -> FieldSpec:
        if (self.type in {"choice", "choices", "keys"}) != (self.choices is not None):
            raise ValueError("`choices` go with the types choice, choices and keys, and these need them")
        for word, named in (("mutual", self.mutual), ("lapses", self.lapses)):
            self._demand_choices(word, named)
        both = next((one for one in self.mutual if one in self.lapses), None)
        if both is not None:
            raise ValueError(f"what is `mutual` does not end by itself (`lapses`); {both} is named in both")
        if (self.type == "items") != (self.fields is not None):
            raise ValueError("`fields` go with the type items, and it needs them")
        if (self.known is not None and self.type != "text") or (self.known is None) != (self.otherwise is None):
            raise ValueError("`known` goes with the type text, and with `otherwise`: why others are not on it")
        if self.falls_due is not None and self.type != "day":
            raise ValueError("`falls-due` goes with the type day")
        if self.happened and self.type != "day":
            raise ValueError("`happened` goes with the type day")
        if above(self.classification, USUAL) and self.type not in _KEPT_ELSEWHERE:
            raise ValueError(
                "confidential and restricted go with the types text, list and keys: a reference can stand for those"
            )
        return self

    def _demand_choices(self, word: str, named: list[str]) -> None:
        """Whether what a word names are choices of a choice."""
        strange = next((one for one in named if one not in (self.choices or [])), None)
        if named and (self.type != "choice" or strange is not None):
            why = f"; {strange} is none" if strange is not None else ""
            raise ValueError(f"`{word}` names some of the `choices` of a choice{why}")


class Group(Part):
    """One group of the taxonomy."""

    clause: Worded[str] = Field(description="The clause that lists the categories.")
    title: Worded[Name] = Field(description="Its name in words.")
    leaves: Allowing[list[Slug]] = Field(
        min_length=1, description="The categories; each is the point of that name of the clause."
    )


class Criterion(Part):
    """One criterion of a scorecard."""

    clause: Worded[str] = Field(description="The clause it comes from.")
    title: Worded[Name] = Field(description="Its name in words.")
    points_only: Demanding[bool] = Field(
        False, description="Whether it takes points and no words: it judges a person, and words about people stay out."
    )

    def objection(self, why: str | None) -> str | None:
        """What is wrong with the words of a mark, or with their absence; None where nothing is."""
        if self.points_only:
            return "it judges a person: points only, words about people stay out of the register" if why else None
        return None if why else "the reason is missing"


#: The points of a criterion where a scorecard says no others.
WHOLE_SCALE = (0, 100)


class Scorecard(Part):
    """Criteria that are judged together."""

    title: Worded[Name] = Field(description="Its name in words.")
    scale: list[Annotated[int, Field(ge=0, le=100)]] | None = Field(
        None, min_length=2, max_length=2, description="Least and most points of a criterion; absent: 0 to 100."
    )
    criteria: Demanding[dict[Slug, Criterion]] = Field(min_length=1, description="What is judged.")

    @model_validator(mode="after")
    def _rising(self) -> Scorecard:
        if self.least >= self.most:
            raise ValueError("`scale` is the least points of a criterion and then the most, such as [1, 5]")
        return self

    @property
    def least(self) -> int:
        """The least points of a criterion."""
        return self.scale[0] if self.scale else WHOLE_SCALE[0]

    @property
    def most(self) -> int:
        """The most points of a criterion."""
        return self.scale[1] if self.scale else WHOLE_SCALE[1]

    def objection(self, key: str, score: int | None, why: str | None) -> str | None:
        """What is wrong with the mark of a criterion; None where nothing is."""
        if score is not None and not self.least <= score <= self.most:
            return f"{score} is not on the scale from {self.least} to {self.most}"
        return self.criteria[key].objection(why)


class Role(Part):
    """A role that the policy knows."""

    title: Worded[Name] = Field(description="Its name in words.")
    clause: Worded[Clauses | None] = Field(None, description="The clause that names the role.")
    in_record: bool = Field(False, description="Whether it is held for one record, named in the record's `roles`.")
    scopes: list[Slug] = Field(default_factory=list, description="The scopes it is held for, such as city.")


class Contact(Part):
    """Somebody to turn to."""

    clause: str = Field(description="The clause that names the contact.")
    title: Name = Field(description="What they are the contact for.")
    address: str | None = Field(None, description="A variable, or null: addresses are the organisation's to give.")


class NameRule(Part):
    """A name that must be spelt right where partners and the public read it (fields marked partner-facing).

    Found are other spellings of the same letters: in other case, in several words, with hyphens, line breaks or
    invisible characters between them. Addresses (hosts, e-mails, links) are left alone.
    """

    clause: Clauses
    name: Name = Field(description="The one right spelling.", examples=["OpenTechSchool"])
    wrong: Demanding[list[Name]] = Field(
        default_factory=list, description="Further spellings that are wrong, such as an abbreviation."
    )
    known_as: list[Name] = Field(
        default_factory=list, description="Short forms that are not wrong; where it may not stand, neither may they."
    )
    fields: Demanding[dict[Slug, list[Path]]] = Field(
        default_factory=dict, description="Fields to look at beside those marked partner-facing, by kind."
    )


class WordRule(Part):
    """Words that do not belong into records, because of what whoever uses them is about to write down."""

    clause: Clauses
    words: Demanding[list[Name]] = Field(min_length=1, description="Words or phrases, in any case.")
    why: Worded[Text] = Field(description="Why they do not belong there, and what does, in a sentence.")
