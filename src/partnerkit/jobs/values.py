"""Values as people type them on a command line, put into a record's data."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from partnerkit.dataclass import dataclass
from partnerkit.errors import WrongCallError
from partnerkit.kinds import modelled
from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.modelled import BaseModel
from partnerkit.kinds.problems import an, did_you_mean
from partnerkit.kinds.record import FIXED
from partnerkit.pattern import pattern
from partnerkit.policies.policy import Policy
from partnerkit.policies.shapes import model_for
from partnerkit.rules.commands import line
from partnerkit.store.disk.given import given
from partnerkit.store.yaml.comments import comments
from partnerkit.store.yaml.nodes import Document
from partnerkit.store.yaml.reader import read

_PAIR = pattern(r"[a-z0-9][a-z0-9.*-]*=")

#: Every item of a list, where one would be named by its id.
_EVERY = "*"

#: What every field takes that takes any text, and no other.
_ANY_TEXT = "Any text"

#: How a list or a block begins.
_STRUCTURE = pattern(r"[\[{]|- ")


def is_pair(word: str) -> bool:
    """Whether a word sets a field: a name such as `roles.partnership-manager`, then `=`."""
    return _PAIR.match(word) is not None


def pairs(words: Iterable[str]) -> dict[str, str]:
    """`key=value` words as a mapping.

    Raises:
        WrongCallError: a word has no `=`, or a key comes twice.
    """
    found: dict[str, str] = {}
    for word in words:
        key, sign, value = word.partition("=")
        if not sign or not key:
            raise WrongCallError(f"{word!r} is no key=value pair", "write for instance name='Northwind Cooperative'")
        if key in found:
            raise WrongCallError(f"the key {key} is given twice")
        found[key] = value
    return found


def with_values(data: dict[str, Any], values: Mapping[str, str], policy: Policy, kind: str) -> dict[str, Any]:
    """A record's data with values set. Dotted keys lead into blocks; a list item is named by its id, all by `*`.

    `@FILE` takes the value from a YAML file; an empty value removes the key. What a value means (text, number,
    list) follows from the model of the kind.

    Raises:
        WrongCallError: a key that the kind does not have, or that no `set` may change.
    """
    new = copy.deepcopy(data)
    model = model_for(policy, kind)
    for key, text in values.items():
        _demand_settable(new, key, model, kind)
        _put(new, key.split("."), _meant(new, key, text, policy, model))
    return new


def _demand_settable(data: dict[str, Any], key: str, model: type[BaseModel], kind: str) -> None:
    head = key.partition(".")[0]
    if head in FIXED:
        how = {"stage": "partnerkit advance changes it", "history": "it is written by advance and undo"}
        message = f"{head} is never set: {how.get(head, 'other commands write it, or it never changes')}"
        record_id = str(data.get("id", "<id>"))
        raise WrongCallError(message, line("gates", record_id))
    known = [info.alias or name for name, info in model.model_fields.items()]
    if head not in known:
        own = sorted(set(known) - FIXED)
        raise WrongCallError(
            f"{an(kind)} has no field {head!r}{did_you_mean(head, own)}", f"its fields: {', '.join(own)}"
        )


def _meant(data: dict[str, Any], key: str, text: str, policy: Policy, model: type[BaseModel]) -> Any:
    """The value that a text stands for under a key; None where it is empty."""
    if text == "":
        return None
    if text.startswith("@"):
        return from_file(text[1:]).value
    spec = policy.fields.get(str(model.model_fields["kind"].default), {}).get(key)
    if spec is not None and spec.type in {"category", "categories"} and not text.startswith("["):
        found = [category(part.strip(), policy) for part in text.split(",") if part.strip()]
        return found if spec.type == "categories" else found[0]
    return meant(key, text, lambda value: _tried(data, key, value, model) is None)


def meant(key: str, text: str, fits: Callable[[Any], bool]) -> Any:
    """What a text stands for: itself where text fits, else a YAML value, else the parts between its commas.

    Free text always stands for itself: what is refused of it is refused as it was typed.

    Raises:
        WrongCallError: it begins like a list or a block and cannot be read as one; says what the reader said.
    """
    if fits(text) or fits(_ANY_TEXT):
        return text
    parsed = _yaml(key, text)
    spoken = {"true": True, "false": False}.get(text.lower())  # spreadsheets write TRUE
    fitting = next((value for value in (parsed, spoken, _listed(text)) if value is not None and fits(value)), None)
    if fitting is not None:
        return fitting
    return parsed if isinstance(parsed, dict | list) else text


def _listed(text: str) -> Any:
    """The parts between the commas of a text; a comma in quotes parts nothing."""
    if '"' in text:
        document, _found = read(f"value: [{text}]\n".encode(), "value")
        if document is not None:
            return None if comments(document) else document.data["value"]
    return [part.strip() for part in text.split(",") if part.strip()]


def _tried(data: dict[str, Any], key: str, value: Any, model: type[BaseModel]) -> str | None:
    """What the model says against the value at that place, or None."""
    trial = copy.deepcopy(data)
    _put(trial, key.split("."), value)
    from partnerkit.kinds.sure import surely_takes  # noqa: PLC0415 - whoever only selects by values sets none

    head = key.partition(".")[0]
    if surely_takes(model, head, trial.get(head)):
        return None
    before = _objections(data, model)
    new = [words for place, words in _objections(trial, model).items() if before.get(place) != words]
    return next((words for words in new if words.startswith(f"{head}|")), None)


def _objections(data: dict[str, Any], model: type[BaseModel]) -> dict[str, str]:
    try:
        model.model_validate(data)
    except modelled.ValidationError as error:
        return {
            ".".join(str(part) for part in found["loc"]): f"{found['loc'][0] if found['loc'] else ''}|{found['msg']}"
            for found in error.errors(include_url=False)
        }
    return {}


def _yaml(key: str, text: str) -> Any:
    """The text as a YAML value; None where it is none, or would lose a comment, and begins no list and no block."""
    document, found = read(f"value: {text}\n".encode(), key)
    lost = comments(document) if document is not None else []
    if document is not None and not lost:
        return document.data.get("value")
    if _STRUCTURE.match(text):
        mend = "; ".join(dict.fromkeys(one.mend for one in found if one.mend))
        why = "; ".join(dict.fromkeys(one.message for one in found)) or f"{lost[0]!r} would be a comment, and be lost"
        raise WrongCallError(f"{key}: {text!r} cannot be read: {why}", mend or f"{key}=@values.yaml")
    return None


@dataclass(frozen=True, slots=True)
class GivenFile:
    """A YAML file that somebody named, as a value.

    Attributes:
        name: the file, as it was named.
        value: what stands below `value:`, or the whole file.
    """

    name: str
    value: Any
    _document: Document
    _above: tuple[str, ...]
    _before: int

    def place(self, *keys: str | int) -> str:
        """The place of a part of the value: file:line."""
        return f"{self.name}:{self._document.key_position((*self._above, *keys))[0] - self._before}"


def from_file(name: str) -> GivenFile:
    """The contents of a YAML file as a value: what stands below `value:`, or the whole mapping or list.

    Raises:
        WrongCallError: it cannot be read.
    """
    raw = given(name)
    before = int(raw.lstrip()[:1] == b"-")  # registers hold mappings: a list is read as the value of one
    document, found = read(b"value:\n" * before + raw, name)
    if document is None:
        line_number = (found[0].line or 1) - before
        raise WrongCallError(f"{name}:{line_number}: {found[0].message}", found[0].mend)
    above = ("value",) if set(document.data) == {"value"} else ()
    return GivenFile(name, document.data["value"] if above else document.data, document, above, before)


def category(text: str, policy: Policy) -> str:
    """A category by its whole path, or by its leaf where that is the only one of its name.

    Raises:
        WrongCallError: there is none, or several of that name.
    """
    known = policy.categories()
    if text in known:
        return text
    found = [whole for whole in known if whole.rpartition("/")[2] == text]
    if len(found) == 1:
        return found[0]
    if found:
        raise WrongCallError(f"{text} is the name of several categories: {', '.join(found)}")
    leaves = [whole.rpartition("/")[2] for whole in known]
    near = did_you_mean(text, [*leaves, *known])
    raise WrongCallError(
        f"{policy.policy} has no category {text!r}{near}", f"partnerkit policy show {policy.policy} lists them"
    )


def _put(data: Any, keys: list[str], value: Any) -> None:
    """Set a value at a path in place; None removes it."""
    head, *rest = keys
    if isinstance(data, list):
        _put_into_list(data, head, rest, value)
        return
    if not rest:
        if value is None:
            data.pop(head, None)
        else:
            data[head] = value
        return
    below = data.get(head)
    if not isinstance(below, dict | list):
        below = data[head] = {}
    _put(below, rest, value)
    if below == {}:
        data.pop(head)


def _put_into_list(data: list[Any], head: str, rest: list[str], value: Any) -> None:
    """Set a value in the item of an id, or in every item."""
    if head == _EVERY and rest:
        for item in data:
            _put(item, rest, value)
        return
    item = next((item for item in data if isinstance(item, dict) and item.get("id") == head), None)
    if item is None:
        known = [str(item["id"]) for item in data if isinstance(item, dict) and "id" in item]
        message = f"there is no item with the id {head!r} here{did_you_mean(head, known)}"
        raise WrongCallError(message, f"the ids: {', '.join(known)}; {_EVERY} means all of them" if known else None)
    if rest:
        _put(item, rest, value)
    elif value is None:
        data.remove(item)
    else:
        data[data.index(item)] = value


def kind_of(word: str) -> str:
    """A kind by its name.

    Raises:
        WrongCallError: there is none of that name.
    """
    if word not in KINDS:
        raise WrongCallError(f"there is no kind {word!r}{did_you_mean(word, KINDS)}", f"the kinds: {', '.join(KINDS)}")
    return word
