"""Every way to change one key of a policy: another value, nothing, one more; what is no policy then is left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple, get_args

from pydantic import ValidationError

from partnerkit.kinds.modelled import BaseModel
from partnerkit.policies.bearing import Bearing, Spot
from partnerkit.policies.clauses import Clause
from partnerkit.policies.fields import Contact, FieldSpec, Role, Scorecard
from partnerkit.policies.lifecycle import Cadence, Lifecycle
from partnerkit.policies.matching import MatchingSpec
from partnerkit.policies.metric import Metric
from partnerkit.policies.policy import Policy
from partnerkit.policies.requirement import Requirement
from partnerkit.policies.values import VariableSpec

Path = tuple[str | int, ...]

#: Nothing is there.
GONE = object()

#: What is tried where nobody can say what else may stand there: the first that makes a policy is taken.
_TRIED: tuple[Any, ...] = (
    *("warn", "require", "nothing", "summary", "author", "signed-commit", "pass", "done", "public", "confidential"),
    *("text", "day", "list", "count", "role", "P3D", "1/3", "2031-04-05", "subject", "board"),
    *(7, True, False, ["other"], ["other", "more"], {"type": "other"}, {"other": "more"}, {"other": {"title": "x"}}),
    *({"kinds": ["other"]}, {"role": "board"}, {"by": "board"}, {"open-for": "P3D"}, {"at-least": "P3D"}),
    *(
        {"kind": "case", "in": ["open"]},
        {"clause": "§1", "case": "x", "in": ["y"]},
        {"kind": "case", "in": ["open"], "field": "x"},
    ),
)


class Altered(NamedTuple):
    """A policy of which one key is another.

    Attributes:
        how: `other`, `gone` or `more`.
        path: the key.
        bearing: how it bears on what is demanded.
        data: the policy as written.
        policy: the same, read.
        was: what stood under the key; `GONE` where nothing did.
    """

    how: str
    path: Path
    bearing: Bearing
    data: dict[str, Any]
    policy: Policy
    was: Any

    @property
    def name(self) -> str:
        return f"{self.how} {'.'.join(map(str, self.path))}"


def with_values(data: dict[str, Any]) -> dict[str, Any]:
    """A policy with a value for every variable, so that what uses one says something."""
    values = {"duration": "P60D", "count": 3, "role": next(iter(data["roles"])), "text": "something"}
    variables = {name: {**one, "value": values[one["unit"]]} for name, one in data["variables"].items()}
    return {**data, "variables": variables}


def altered(data: dict[str, Any], at_most: int = 0) -> Iterator[Altered]:
    """The policy with every key in turn another, gone, and one more where more can be.

    Args:
        data: the policy as written.
        at_most: how many keys of a sort are taken, whatever the names of the things that they are of; 0 for each.
    """
    whole = Policy.model_validate(data)
    absent: set[tuple[Any, str]] = set()
    for path, spot, value in _taken(data, at_most):
        if path:
            yield from _first("gone", whole, data, path, _held(data, path, spot), [GONE])
        if isinstance(value, dict):
            model = _model(spot)
            for key in _absent(model, value) if model else ():
                if (model, key) not in absent:
                    absent.add((model, key))
                    yield from _first("more", whole, data, (*path, key), spot.at(key), _TRIED)
            if model is None and value:
                first = next(iter(value))
                yield from _first("more", whole, data, (*path, _next(first)), spot, [value[first], "§1", *_TRIED])
        elif isinstance(value, list) and not any(isinstance(one, dict) for one in value):
            yield from _first("more", whole, data, (*path, len(value)), spot, [_other(value[0]) if value else "other"])
        elif not isinstance(value, list):
            yield from _first("other", whole, data, path, spot, [_other(value), *_TRIED])


def _taken(data: dict[str, Any], at_most: int) -> Iterator[tuple[Path, Spot, Any]]:
    """The keys that are altered, each with what stands there."""
    seen: Counter[Path] = Counter()
    for path, spot, value in _nodes(data, Spot(Bearing.OTHER, Policy), ()):
        sort = _sort(path)
        seen[sort] += 1
        if path[:1] not in {("format",), ("policy",)} and not 0 < at_most < seen[sort]:
            yield path, spot, value


def _sort(path: Path) -> Path:
    """A path without the names that a policy gives."""
    return tuple(key if key in _KEYS else "" for key in path if isinstance(key, str))


def _keys(model: type[BaseModel], known: set[type[BaseModel]]) -> Iterator[str]:
    """Every key of the policy language."""
    known.add(model)
    for name, info in model.model_fields.items():
        yield info.alias or name
        for one in _inside(info.annotation):
            if one not in known:
                yield from _keys(one, known)


def _inside(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _inside(part)


_KEYS = frozenset(_keys(Policy, set()))


def _nodes(value: Any, spot: Spot, path: Path) -> Iterator[tuple[Path, Spot, Any]]:
    yield path, spot, value
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _nodes(item, spot.at(key), (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _nodes(item, spot.value if isinstance(item, dict) else spot, (*path, index))


def _held(data: Any, path: Path, spot: Spot) -> Spot:
    """The spot of a key that goes: an entry of a mapping or list goes as the whole bears."""
    above = Spot(Bearing.OTHER, Policy)
    for key in path[:-1]:
        above = above.at(str(key))
    return spot if _model(above) is not None else above


def _model(spot: Spot) -> type[BaseModel] | None:
    return next((one for one in spot.choices if isinstance(one, type) and issubclass(one, BaseModel)), None)


def _absent(model: type[BaseModel], value: dict[str, Any]) -> list[str]:
    return [info.alias or name for name, info in model.model_fields.items() if (info.alias or name) not in value]


def _next(key: str) -> str:
    return f"{key}9" if key.startswith("§") else f"{key}-9"


def _other(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if not isinstance(value, str):
        return value
    try:
        return str(date.fromisoformat(value) + timedelta(days=1))
    except ValueError:
        return f"{value}9" if value.startswith(("§", "$")) else f"{value}-9"


def _first(
    how: str, whole: Policy, data: dict[str, Any], path: Path, spot: Spot, values: Iterable[Any]
) -> Iterator[Altered]:
    """The policy with the first of the values at a path that makes one, if any does."""
    for value in values:
        other = _with(data, path, value)
        if other == data:
            continue
        try:
            policy = _read(whole, other, path)
        except ValidationError:
            continue
        yield Altered(how, path, spot.bearing, other, policy, _value(data, path))
        return


def _value(data: Any, path: Path) -> Any:
    for key in path:
        try:
            data = data[key]
        except (KeyError, IndexError):
            return GONE
    return data


#: Tables of which one entry is read again where it alone was altered, and by how many keys it is named; 0: the whole.
_ENTRIES: dict[str, tuple[int, type[BaseModel]]] = {
    "requirements": (1, Requirement),
    "lifecycles": (1, Lifecycle),
    "fields": (2, FieldSpec),
    "cadences": (1, Cadence),
    "variables": (1, VariableSpec),
    "clauses": (1, Clause),
    "metrics": (1, Metric),
    "contacts": (1, Contact),
    "scorecards": (1, Scorecard),
    "roles": (1, Role),
    "matching": (0, MatchingSpec),
}


def _read(whole: Policy, other: dict[str, Any], path: Path) -> Policy:
    """The altered policy: of a table only the entry that was altered is read, the rest is as it was."""
    depth, model = _ENTRIES.get(str(path[0]), (0, None))
    if model is None or len(path) <= depth + 1:
        return Policy.model_validate(other)
    table, *names = map(str, path[: depth + 1])
    entry: Any = model.model_validate(_value(other, path[: depth + 1]))
    return whole.model_copy(update={table: _put(getattr(whole, table), names, entry)})


def _put(held: Any, names: list[str], entry: Any) -> Any:
    """A table with an entry at its place; the entry itself where it is the whole."""
    return {**held, names[0]: _put(held[names[0]], names[1:], entry)} if names else entry


def _with(value: Any, path: Path, put: Any) -> Any:
    if not path:
        return put
    head, *rest = path
    found: Any = list(value) if isinstance(value, list) else dict(value)
    if not rest and put is GONE:
        del found[head]
    elif isinstance(found, list) and head == len(found):
        found.append(put)
    else:
        found[head] = _with(found[head] if rest else None, tuple(rest), put)
    return found
