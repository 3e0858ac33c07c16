"""Policy: one written policy as data, whole."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, get_args

from partnerkit.kinds.classified import Classification, above
from partnerkit.kinds.late import imported_late
from partnerkit.kinds.logs import FEWEST_ANSWERS
from partnerkit.kinds.modelled import BeforeValidator, Field
from partnerkit.kinds.parts import Day, Digest, Duration, Format, Id, Name, Part, Slug, Text, kebab
from partnerkit.kinds.settings import Separation
from partnerkit.policies.bearing import Allowing, Demanding, Worded
from partnerkit.policies.fields import Contact, FieldSpec, Group, NameRule, Role, Scorecard, WordRule
from partnerkit.policies.lifecycle import AmendedBy, Cadence, Lifecycle
from partnerkit.policies.requirement import Requirement
from partnerkit.policies.values import Clauses, CountValue, Path, Variable, VariableSpec

if TYPE_CHECKING:
    from partnerkit.policies.clauses import Clause, ClauseId
    from partnerkit.policies.matching import MatchingSpec
    from partnerkit.policies.metric import Metric
else:
    __getattr__ = imported_late(
        __name__,
        Clause="partnerkit.policies.clauses",
        ClauseId="partnerkit.policies.clauses",
        MatchingSpec="partnerkit.policies.matching",
        Metric="partnerkit.policies.metric",
    )

PolicyId = Annotated[str, Field(pattern=r"^[A-Z0-9][A-Z0-9-]*$", max_length=40)]

HeadKey = Literal[
    "title", "version", "effective", "reviewed", "next-review", "review-every", "approved", "approved-by", "owner",
    "distribution",
]  # laid out by hand, to be read at a glance  # fmt: skip


def _says_something(given: Any) -> Any:
    """An empty key is no answer to who decides on a change: it would be read as nobody."""
    if given is None:
        raise ValueError("it is empty: say what must be decided (clause, case, in), or take the key out")
    return given


class DerivedFrom(Part):
    """The pack from which a register took the policy."""

    pack: str = Field(description="The pack's id.")
    version: str = Field(description="The pack's version.")
    digest: Digest = Field(description="Digest of the pack as it was taken.")


class Policy(Part):
    """A written policy: its clauses, and everything in them that can run."""

    made_late: ClassVar[bool] = True

    format: Format = Field(description="Version of the file format.")
    policy: PolicyId = Field(description="Its id, which is also the file's name.")
    title: Worded[Name] = Field(description="The written policy's name.")
    pack_version: Worded[str] = Field(description="Version of this rendering of the policy as data.")
    derived_from: Worded[DerivedFrom | None] = Field(None, description="The pack from which the register took it.")
    version: Worded[str | None] = Field(None, description="The written policy's own version, where it has one.")
    effective: Allowing[Day | None] = Field(None, description="The day it came into force.")
    reviewed: Worded[Day | None] = Field(None, description="The day it was last reviewed.")
    next_review: Worded[Day | None] = Field(None, description="The day its next review is due.")
    review_every: Worded[Duration | None] = Field(
        None, description="How often it is to be reviewed: due so long after it was approved or last reviewed."
    )
    review_seen: Worded[Text | None] = Field(None, description="Where its last review can be seen.")
    approved: Worded[Day | None] = Field(None, description="The day it was approved.")
    approved_by: Worded[Slug | None] = Field(None, description="The role that approved it.")
    owner: Worded[Slug | None] = Field(None, description="The role that owns it.")
    distribution: Worded[Text | None] = Field(None, description="Who is to know the policy.")
    stated_in: Worded[dict[HeadKey, Clauses]] = Field(
        default_factory=dict, description="Which of the keys above a clause of the written policy states, and which."
    )
    separation_of_duties: Separation | None = Field(
        None, description="Whether deciders must be others than proposer and parties; absent: the register decides."
    )
    amended_by: Annotated[Demanding[AmendedBy | None], BeforeValidator(_says_something)] = Field(
        None, description="What must be decided before this file may change; absent: whoever may change policies does."
    )
    amendments: Worded[list[Id]] = Field(
        default_factory=list, description="The cases by which this file was amended, in order; each is used once."
    )
    clauses: Worded[dict[ClauseId, Clause]] = Field(
        min_length=1, description="The headings and points of the written policy."
    )
    roles: Demanding[dict[Slug, Role]] = Field(default_factory=dict, description="The roles that it knows.")
    variables: dict[Slug, VariableSpec] = Field(
        default_factory=dict, description="What the written policy leaves open."
    )
    taxonomy: Allowing[dict[str, Group]] = Field(default_factory=dict, description="Categories of partners, by group.")
    scorecards: Demanding[dict[Slug, Scorecard]] = Field(
        default_factory=dict, description="Criteria that are judged together."
    )
    fields: Demanding[dict[Slug, dict[Path, FieldSpec]]] = Field(
        default_factory=dict, description="Fields that it declares or narrows, by kind."
    )
    requirements: Demanding[dict[Slug, Requirement]] = Field(
        default_factory=dict, description="What transitions can demand."
    )
    lifecycles: Demanding[dict[Slug, Lifecycle]] = Field(
        min_length=1, description="The stages of each kind and the ways between them."
    )
    names: Demanding[dict[Slug, NameRule]] = Field(default_factory=dict, description="Names that must be spelt right.")
    wording: Demanding[dict[Slug, WordRule]] = Field(
        default_factory=dict, description="Words that do not belong into records, wherever they stand."
    )
    migrates: Demanding[dict[Slug, dict[Slug, Slug]]] = Field(
        default_factory=dict, description="Stages that are gone, by kind: where their records stand now."
    )
    cadences: Demanding[dict[Slug, Cadence]] = Field(
        default_factory=dict, description="What falls due again and again."
    )
    fewest: Demanding[CountValue | None] = Field(
        None,
        description="Over how many people, at least, a share or mean is shown and answers are added up; never fewer "
        f"than {FEWEST_ANSWERS}.",
    )
    matching: Demanding[MatchingSpec | None] = Field(
        None, description="Who of those in the pool may be paired, and by what points."
    )
    metrics: Worded[dict[Slug, Metric]] = Field(
        default_factory=dict, description="Figures that it wants, with definitions."
    )
    contacts: Worded[dict[Slug, Contact]] = Field(default_factory=dict, description="Whom to turn to.")

    def full(self, clause: str) -> str:
        """The clause as messages name it: `OPS-05-03 §3.2.2/legal-review`."""
        return f"{self.policy} {clause}"

    def value(self, given: Any) -> Any:
        """A value as it is, or what its variable is set to: None while that is unset or there is no such variable."""
        if not isinstance(given, Variable):
            return given
        spec = self.variables.get(given.name)
        return spec.setting if spec else None

    def unset(self, given: Any) -> VariableSpec | None:
        """The variable behind a value, where it is one and has not been set."""
        if not isinstance(given, Variable) or self.value(given) is not None:
            return None
        return self.variables.get(given.name)

    @property
    def fewest_people(self) -> int:
        """Over fewer people than this nothing is told that could be told of one of them."""
        return max(FEWEST_ANSWERS, self.value(self.fewest) or 0)

    @property
    def review_due(self) -> date | None:
        """The day on which the policy itself is to be reviewed, where that can be said."""
        last = self.reviewed or self.approved
        if self.next_review is not None or last is None or self.review_every is None:
            return self.next_review
        return self.review_every.after(last)

    @functools.cached_property
    def asked_of(self) -> dict[str, set[str]]:
        """By requirement: the kinds of which it is asked, by a gate, standing, or of those that another wants named.

        What is an alternative in another is asked where that one is.
        """
        found = {name: {one.of} if one.of is not None else set[str]() for name, one in self.requirements.items()}
        gates = ((kind, name) for kind, one in self.lifecycles.items() for way in one.transitions for name in way.needs)
        named = (one.named for one in self.requirements.values() if one.named is not None)
        for kind, name in itertools.chain(gates, ((one.kind, name) for one in named for name in one.meets)):
            found.setdefault(name, set()).add(kind)
        instead = [(other, name) for name, one in self.requirements.items() for other in one.any_of or ()]
        more = [(other, found[name].copy()) for other, name in instead]
        for other, kinds in more:
            found.setdefault(other, set()).update(kinds)
        return found

    @functools.cached_property
    def lasting(self) -> dict[str, Requirement]:
        """The requirements that must go on being met for as long as some stages last."""
        return {name: one for name, one in self.requirements.items() if one.standing}

    @functools.cached_property
    def happened(self) -> dict[str, list[tuple[tuple[str, ...], str]]]:
        """By kind: its own days on which something happened, and those by which its other days are done with."""
        return {kind: list(_happened(specs)) for kind, specs in self.fields.items()}

    @functools.cached_property
    def classified(self) -> dict[str, dict[Classification, list[tuple[str, FieldSpec]]]]:
        """By kind and limit: its own fields classified above it, in blocks and lists too, with their dotted paths."""
        return {
            kind: {
                limit: [one for one in _fields(specs) if above(one[1].classification, limit)]
                for limit in get_args(Classification)
            }
            for kind, specs in self.fields.items()
        }

    @functools.cached_property
    def known(self) -> dict[str, list[tuple[str, FieldSpec]]]:
        """By kind: its own fields of which right values are known, in blocks and lists too, with their dotted paths."""
        return {
            kind: [one for one in _fields(specs) if one[1].known is not None] for kind, specs in self.fields.items()
        }

    def named_now(self, kind: str, stage: str) -> str:
        """What a stage is called in this version: what became of it, where it is gone."""
        renamed = self.migrates.get(kind, {})
        return renamed.get(stage, stage)

    def categories(self) -> dict[str, str]:
        """Every category of the taxonomy, whole, with the clause it comes from."""
        return {
            f"{group_id}/{leaf}": f"{group.clause}/{leaf}"
            for group_id, group in self.taxonomy.items()
            for leaf in group.leaves
        }


def _fields(specs: dict[str, FieldSpec]) -> Iterator[tuple[str, FieldSpec]]:
    for path, spec in specs.items():
        yield path, spec
        for part, inner in _fields(spec.fields or {}):
            yield f"{path}.{part}", inner


def _happened(specs: dict[str, FieldSpec]) -> Iterator[tuple[tuple[str, ...], str]]:
    """The keys that lead to a block or list, and the key of a day in it."""
    for path, spec in specs.items():
        *above, key = path.split(".")
        yield from ((tuple(above), day) for day in _days(key, spec))
        for part, inner in (spec.fields or {}).items():
            yield from (((*above, key), day) for day in _days(part, inner))


def _days(key: str, spec: FieldSpec) -> list[str]:
    return [*([key] if spec.happened else []), *([spec.falls_due] if spec.falls_due is not None else [])]


#: The keys of a policy in the order of the file.
ORDER = tuple(kebab(name) for name in Policy.model_fields)
