"""What the parts of a policy are called where a change of one is told."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from partnerkit.kinds.modelled import BaseModel
from partnerkit.tuples import NamedTuple

#: A path of keys in a policy, the transitions of a lifecycle by the ways that they lead.
Keys = tuple[str, ...]

#: The tables of a policy: what an item of each is called, and how many keys name it.
_TABLES = {
    "clauses": ("clause", 1),
    "roles": ("role", 1),
    "variables": ("variable", 1),
    "taxonomy": ("categories", 1),
    "scorecards": ("scorecard", 1),
    "fields": ("field", 2),
    "requirements": ("requirement", 1),
    "names": ("name", 1),
    "wording": ("wording", 1),
    "migrates": ("stage that is gone", 2),
    "cadences": ("cadence", 1),
    "metrics": ("metric", 1),
    "contacts": ("contact", 1),
}

#: What the parts of a lifecycle are called.
_PARTS = {"transitions": "gate", "stages": "stage"}

#: What the tables of the matching are called, each one of what is in it.
_MATCHED = {"programmes": "programme", "criteria": "criterion"}

#: How much of a value is told: what a policy says of itself can be long.
_SHOWN = 60


class Thing(NamedTuple):
    """A part of a policy that has a name.

    Attributes:
        what: what sort of thing it is.
        name: which one.
        keys: the path that leads to it.
    """

    what: str
    name: str
    keys: Keys


def thing(keys: Keys) -> Thing:
    """The part of a policy to which a path leads, or in which it ends."""
    table, *below = keys
    match keys:
        case ("lifecycles", kind, ("transitions" | "stages") as part, name, *_):
            return Thing(_PARTS[part], f"{kind} {name}", keys[:4])
        case ("matching", ("programmes" | "criteria") as part, name, *_):
            return Thing(f"matching {_MATCHED[part]}", name, keys[:3])
        case ("lifecycles", kind, *_):
            return Thing("lifecycle", kind, keys[:2])
    what, many = _TABLES.get(table, ("fact", 0))
    return Thing(what, " ".join(below[:many]) if many else table, keys[: many + 1])


def expands(keys: Keys) -> bool:
    """Whether a path leads to a table, and not yet to anything in it that has a name."""
    return len(keys) <= (1 if keys[0] == "lifecycles" else _TABLES.get(keys[0], ("", 0))[1])


def way(from_: str, to: str) -> str:
    """What a way from a stage to another is called."""
    return f"{from_} → {to}"


def in_full(value: Any) -> str:
    """A value in words, in one line, however long."""
    return " ".join(_words(value).split())


def shown(value: Any) -> str:
    """A value in few words, in one line."""
    text = in_full(value)
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def became(was: Any, now: Any) -> str:
    """From what to what a value was changed; of two long ones, from where they begin to differ."""
    return "from {} to {}".format(*both_shown(was, now))


def both_shown(was: Any, now: Any) -> tuple[str, str]:
    """Two values in few words each; of two long ones, from where they begin to differ."""
    texts = [in_full(was), in_full(now)]
    differing = (at for at, (one, other) in enumerate(zip(*texts, strict=False)) if one != other)
    same = next(differing, min(map(len, texts)))
    if same > _SHOWN // 2:
        texts = [f"…{one[same - _SHOWN // 4 :]}" for one in texts]
    return shown(texts[0]), shown(texts[1])


def _words(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, BaseModel):
        return _words({info.alias or name: getattr(value, name) for name, info in _given(value)})
    if isinstance(value, dict):
        return ", ".join(f"{key} {_words(item)}" for key, item in value.items()) or "nothing"
    if isinstance(value, list | tuple):
        return ", ".join(map(_words, value)) or "nothing"
    return str(value)


def _given(value: BaseModel) -> Iterable[tuple[str, Any]]:
    return ((name, info) for name, info in type(value).model_fields.items() if name in value.model_fields_set)
