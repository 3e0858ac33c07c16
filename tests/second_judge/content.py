"""Content above what a register may hold: what of a record is content, and where it stands in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tests.second_judge.past import GROUPS, everything_said
from tests.second_judge.reading import Data, World

#: From what may be seen by all to what hardly anybody may see.
LEVELS = ("public", "internal", "confidential", "restricted")

#: The texts of each kind that say something themselves; names, choices and pointers are none.
TEXTS = {
    "partnership": (
        "objectives.text", "commitments.text", "termination.reason", "activities.outcome", "communications.summary",
        "benefits.text", "benefits.member-data", "actions.text",
    ),
    "agreement": (
        "objectives.text", "criteria.measure", "criteria.target", "responsibilities.text", "commitments.text",
        "milestones.text", "terms.*.reason", "duties.text",
    ),
    "application": ("goals.text", "goals.measure", "communications.summary"),
    "pairing": ("goals.text", "goals.measure", "success", "activities.outcome", "actions.text", "termination.reason"),
    "review": ("ratings.why", "feedback.summary", "findings", "actions.text"),
    "risk": ("analysis", "assessments.why", "controls.text"),
    "case": ("timeline.text", "response", "communication-plan", "recovery", "lessons", "actions.text"),
}  # fmt: skip  # short words, several to a line

#: The same of what people say, and of entries.
SPOKEN = (
    "evidence.summary", "scores.marks.*.why", "acknowledgements.text", "approvals.reason", "waivers.reason",
    "history.reason",
)  # fmt: skip  # short words, several to a line

#: Fields of the kinds themselves that a policy narrows, and that hold no text all the same.
BLOCKS = {"agreement": {"terms"}, "partnership": {"roles"}}

_KEPT_ELSEWHERE = re.compile(r"\S{1,500} sha256:[0-9a-f]{64}")

Place = tuple[tuple[str, ...], str, Data]


def is_above(level: Any, world: World) -> bool:
    """Whether a classification is above what the register may hold."""
    limit = world.settings.get("classification") or "internal"
    return level in LEVELS and LEVELS.index(level) > LEVELS.index(limit)


def _standing(value: Any, path: list[str], keys: tuple[str, ...], item: Data) -> Iterator[Place]:
    """Every text at a path, with the keys that lead to it and the item in which it stands."""
    if isinstance(value, list):
        for one in value:
            yield from _standing(one, path, keys, one if isinstance(one, dict) and len(keys) == 1 else item)
    elif isinstance(value, dict) and path:
        for key in list(value) if path[0] == "*" else [path[0]]:
            yield from _standing(value.get(key), path[1:], (*keys, key), item)
    elif isinstance(value, str) and not path:
        yield keys, value, item


def texts(record: Data, policy: Data, paths: tuple[str, ...] = SPOKEN) -> Iterator[Place]:
    """Everything in a record that says something."""
    specs: dict[str, Data] = (policy.get("fields") or {}).get(record["kind"]) or {}
    own = {"text": "", "list": "", "keys": ".*"}
    mine = [path for path in TEXTS[record["kind"]] if specs.get(path, {}).get("type", "text") in own]
    for path, spec in specs.items():
        if path in BLOCKS.get(record["kind"], ()):
            continue
        parts = [(f".{name}", part) for name, part in (spec.get("fields") or {}).items()]
        mine += [f"{path}{more}{own[one['type']]}" for more, one in [("", spec), *parts] if one["type"] in own]
    for path in dict.fromkeys([*mine, *paths]):
        yield from _standing(record, path.split("."), (), {})


def in_words(record: Data, policy: Data, world: World) -> Iterator[tuple[tuple[str, ...], str]]:
    """The texts that are above what the register may hold, and more than a reference."""
    if is_above(record.get("classification"), world):
        for keys, text, item in texts(record, policy):
            correction = keys[0] == "history" and item.get("type") != "move"
            if not correction and _KEPT_ELSEWHERE.fullmatch(text) is None:
                yield keys, text


def comes_in(old: Data | None, new: Data, policy: Data, world: World) -> bool:
    """Whether a step brings such content into a record: words that were not there, or the bytes of a file."""
    was = set()
    if old is not None:
        withdrawn = tuple(f"{group}.withdrawn.reason" for group in GROUPS)
        was = {text for _keys, text, _item in texts(old, policy, (*SPOKEN, *withdrawn))}
    if any(text not in was for _keys, text in in_words(new, policy, world)):
        return True
    known = {one.id for one in everything_said(old)} if old is not None else set()
    shown = [one.raw for one in everything_said(new) if one.group == "evidence" and one.id not in known]
    kept = [one for one in shown if one.get("digest") is not None and not one.get("claimed")]
    return is_above(new.get("classification"), world) and bool(kept)


def stands_in_the_way(record: Data, policy: Data, world: World, need: Data) -> bool:
    """Whether a field that a requirement reads says in words what belongs elsewhere."""
    read = list(_read(need))
    for keys, _text in in_words(record, policy, world):
        path = ".".join(keys)
        if keys[0] not in (*GROUPS, "history") and any(_touch(path, one) for one in read):
            return True
    return False


def _touch(one: str, other: str) -> bool:
    return one == other or one.startswith(f"{other}.") or other.startswith(f"{one}.")


def _read(need: Data) -> Iterator[str]:
    """The fields of its own record that a requirement reads."""
    for key in ("covers", "filled", "empty", "when", "matches"):
        yield from need.get(key) or ()
    approval, compare, each = (need.get(key) or {} for key in ("approval", "compare", "each"))
    yield from ((need.get("waivable") or {}).get("scope") or {}).values()
    yield from (path for path in approval.get("not") or () if not path.startswith("subject."))
    yield from (approval.get("scope") or {}).values()
    yield from (compare[key] for key in ("field", "before") if compare.get(key) not in (None, "today", "reached"))
    if each:
        yield each["by"]
        yield from (f"{each['by'].partition('.')[0]}.{part}" for part in each.get("where") or ())
        if each.get("of", "self") == "self":
            yield each["items"]
    for key, sort in (("where", "listed"), ("same", "named")):
        found = need.get(sort) or {}
        if found:
            yield found["field"]
            yield from (f"{found['field']}.{part}" if key == "where" else part for part in found.get(key) or ())
    yield from (path for path in (need.get("apart") or {}).values() if path)
    bound = (need.get("named-by") or {}).get("at-most")
    yield from [bound] if isinstance(bound, str) and not bound.startswith("$") else []
    for sort, keys in (("notice", ("given", "effective")), ("signed", ("by-each",)), ("acknowledged", ("by-each",))):
        yield from ((need.get(sort) or {})[key] for key in keys if key in (need.get(sort) or {}))
