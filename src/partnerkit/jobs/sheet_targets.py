"""What a column of a sheet can fill: a field, a part of one, items of a list, evidence, or what stays private."""

from __future__ import annotations

from typing import Any, Literal, get_args, get_origin

from partnerkit.dataclass import dataclass, field
from partnerkit.errors import WrongCallError
from partnerkit.kinds.dated import part_of
from partnerkit.kinds.modelled import BaseModel, FieldInfo
from partnerkit.kinds.parts import OF_A_PERSON
from partnerkit.kinds.problems import an, did_you_mean
from partnerkit.kinds.record import FIXED
from partnerkit.policies.lists import lists
from partnerkit.policies.policy import Policy
from partnerkit.policies.reach import kinds_needing
from partnerkit.policies.shapes import model_for
from partnerkit.policies.sorts import choices, parts

#: What a column fills that is about people and never enters the register: private.name, private.email …
PRIVATE = "private"

Sort = Literal["field", "part", "block", "items", "item", "sort", "evidence", "private", "id"]


@dataclass(frozen=True, slots=True)
class Target:
    """What a column fills.

    Attributes:
        path: as the map writes it.
        sort: field: a field as it is · part: a part of a block · block: a block, yes or no · items: a list of several
            things · item: a part of one of them, by its number · sort: things of one sort, how many or which ·
            evidence: where something can be seen · private: what stays outside the register · id: the record's own id.
        keys: the path in parts.
        model: of the block or of the items.
    """

    path: str
    sort: Sort
    keys: tuple[str, ...]
    model: type[BaseModel] | None = None

    @property
    def head(self) -> str:
        """The field of the record, or the requirement."""
        return self.keys[0]


@dataclass(frozen=True, slots=True)
class Targets:
    """Everything that the columns of a sheet can fill in records of one kind under one policy.

    Attributes:
        kind: the kind.
        model: of its records.
        fields: the fields of the kind and of the policy, by their keys.
        lists: those that list things, each with the model of one.
        evidence: the requirements for which something can be shown, each with the kinds of evidence that it takes.
    """

    kind: str
    policy: Policy
    model: type[BaseModel]
    fields: dict[str, FieldInfo]
    lists: dict[str, type[BaseModel]]
    evidence: dict[str, list[str]]
    _met: dict[str, Target] = field(default_factory=dict)

    def demand(self, path: str) -> Target:
        """What a path of the map means.

        Raises:
            WrongCallError: there is nothing of that name.
        """
        if path not in self._met:
            self._met[path] = self._meant(path)
        return self._met[path]

    def _meant(self, path: str) -> Target:
        head, *below = path.split(".")
        if head == PRIVATE and below:
            return Target(path, "private", (head, *below))
        if path == "id":
            return Target(path, "id", ("id",))
        if head in self.fields:
            return self._of_field(path, (head, *below))
        if head in self.evidence and not below:
            return Target(path, "evidence", (head,))
        known = [*self.fields, *self.evidence]
        more = f"; evidence: {', '.join(self.evidence)}" if self.evidence else ""
        message = f"{an(self.kind)} has no field {path!r}{did_you_mean(head, known)}"
        raise WrongCallError(message, f"its fields: {', '.join(self.fields)}{more}")

    def names_people(self, target: Target) -> bool:
        """Whether people are named where a column leads."""
        info = self.fields.get(target.head)
        return info is not None and is_person(info)

    def counted(self, head: str, value: Any) -> Any:
        """Things of a list with ids where they have them, counted through; anything else as it is."""
        model = self.lists.get(head)
        if model is None or "id" not in fields_of(model):
            return value
        return [{"id": f"{head[0]}{count}", **item} for count, item in enumerate(value, 1)]

    def demand_evidence(self, name: str) -> None:
        """Whether something can be shown for the requirement.

        Raises:
            WrongCallError: it cannot.
        """
        if name not in self.evidence:
            near = did_you_mean(name, self.evidence)
            raise WrongCallError(
                f"{an(self.kind)} has no requirement {name!r} that evidence meets{near}",
                f"such are {', '.join(self.evidence)}",
            )

    def _of_field(self, path: str, keys: tuple[str, ...]) -> Target:
        head, *below = keys
        listed = self.lists.get(head)
        if listed is not None:
            return self._of_list(path, keys, listed)
        block = part_of(self.fields[head].annotation)
        if block is None or get_origin(self.fields[head].annotation) is dict:
            return Target(path, "field", keys)
        if not below:
            return Target(path, "block", keys, block)
        self._demand_known(path, below[0], fields_of(block))
        return Target(path, "part", keys, block)

    def _of_list(self, path: str, keys: tuple[str, ...], model: type[BaseModel]) -> Target:
        head, *below = keys
        if not below:
            return Target(path, "items", keys, model)
        if below[0].isdecimal() and len(below) > 1:
            self._demand_known(path, below[1], fields_of(model))
            return Target(path, "item", keys, model)
        if below[0] in fields_of(model) and len(below) == 1:
            return Target(path, "part", keys, model)
        sorts = sorts_of(model)
        if below[0] in sorts and len(below) == 1:
            return Target(path, "sort", keys, model)
        known = [*sorts, "1.<part>"]
        raise WrongCallError(
            f"{head} has nothing called {'.'.join(below)!r}{did_you_mean(below[0], known)}",
            f"{head}.<one of {', '.join(known)}>; its parts: {', '.join(fields_of(model))}",
        )

    def _demand_known(self, path: str, part: str, known: dict[str, FieldInfo]) -> None:
        if part not in known:
            raise WrongCallError(
                f"{path.rpartition('.')[0]} has no part {part!r}{did_you_mean(part, known)}",
                f"its parts: {', '.join(known)}",
            )


def targets(policy: Policy, kind: str) -> Targets:
    """What can be filled in records of a kind under a policy."""
    shown = {
        name: requirement.evidence.kinds
        for name, requirement in policy.requirements.items()
        if requirement.evidence is not None and not requirement.evidence.outcomes
        if kind in kinds_needing(policy, name)
    }
    model = model_for(policy, kind)
    fields = {key: info for key, info in fields_of(model).items() if key not in FIXED}
    return Targets(kind, policy, model, fields, lists(policy, kind), shown)


def fields_of(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """The fields of a model by their keys in a file."""
    return {info.alias or name: info for name, info in model.model_fields.items()}


def sorts_of(model: type[BaseModel]) -> dict[str, str]:
    """The values of the first part of an item that says of what sort it is, each with the key of that part."""
    for key, info in fields_of(model).items():
        known = choices(parts(info.annotation)) if info.is_required() else []
        if known and all(isinstance(one, str) for one in known):
            return dict.fromkeys(known, key)
    return {}


def asked_of(model: type[BaseModel]) -> list[str]:
    """The parts that an item must have and nobody could make up: not its id."""
    found = {key: info for key, info in fields_of(model).items() if info.is_required()}
    return [key for key, info in found.items() if key != "id" or OF_A_PERSON in info.metadata]


def is_person(info: FieldInfo) -> bool:
    """Whether a field holds the id of a person, or a list of such."""
    inner = [*get_args(info.annotation), *(one for part in get_args(info.annotation) for one in get_args(part))]
    return OF_A_PERSON in [
        *info.metadata,
        *inner,
        *(one for part in inner for one in getattr(part, "__metadata__", ())),
    ]


def is_list(annotation: Any) -> bool:
    """Whether a field holds a list of plain values."""
    if get_origin(annotation) is list:
        return True
    return any(get_origin(one) is list for one in get_args(annotation))
