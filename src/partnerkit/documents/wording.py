"""Fields that a policy itself declares, as letters have them: people by name, days in words, no keys of YAML."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from partnerkit.documents.facts import Facts, in_words, lasting, said
from partnerkit.documents.filters import day_in_words
from partnerkit.documents.marks import Withheld
from partnerkit.kinds.catalogue import KINDS
from partnerkit.policies.fields import FieldSpec
from partnerkit.policies.values import clause_list

_NAMED = frozenset({"choice", "choices", "category", "categories"})


def own(facts: Facts, *, facing: bool) -> Iterator[dict[str, Any]]:
    """The fields that the policy itself declares and that say something, each as lines.

    Args:
        facts: of which record.
        facing: only those that partners get to read.
    """
    for path, spec in _declared(facts, facing=facing):
        if facing and _link(spec) is not None:
            continue  # leads elsewhere
        told = list(lines(facts, facts.seen.data.get(path), spec))
        told = told or ([Withheld(path)] if facts.keeps(path) else [])
        if told:
            cited = ", ".join(facts.policy.full(one) for one in clause_list(spec.clause))
            yield {"title": in_words(path).capitalize(), "clauses": cited, "lines": told}


def links(facts: Facts) -> Iterator[dict[str, str]]:
    """Where partners' readers can read on: what is said there, and where it is."""
    for path, spec in _declared(facts, facing=True):
        key = _link(spec)
        if key is None:
            continue
        if facts.keeps(path):
            yield {"text": Withheld(path), "where": ""}
        for one in facts.items(path):
            yield {"text": said(one.get("text") or in_words(path).capitalize()), "where": said(one.get(key) or "")}


def _declared(facts: Facts, *, facing: bool) -> Iterator[tuple[str, FieldSpec]]:
    """The fields that the policy itself declares."""
    kind = KINDS[facts.seen.kind]
    common = {info.alias or name for name, info in kind.model_fields.items()}
    for path, spec in facts.policy.fields.get(facts.seen.kind, {}).items():
        if "." not in path and path not in common and (spec.partner_facing or not facing):
            yield path, spec


def _link(spec: FieldSpec) -> str | None:
    """The part of the items of a field that is a link; None where none is."""
    return next((key for key, part in (spec.fields or {}).items() if part.type == "link"), None)


def lines(facts: Facts, value: Any, spec: FieldSpec) -> Iterator[str]:
    """What a field says, a line for each of its items or keys."""
    if isinstance(value, dict):
        yield from (f"{in_words(str(key)).capitalize()}: {_part(facts, part, None)}" for key, part in value.items())
    elif isinstance(value, list):
        yield from (_item(facts, one, spec) for one in value)
    elif value is not None:
        yield _single(facts, value, spec)


def _item(facts: Facts, value: Any, spec: FieldSpec) -> str:
    """An item of a list: whose it is, what it says, and the rest of it behind."""
    if not isinstance(value, dict):
        return _single(facts, value, spec)
    specs = spec.fields or {}
    shown = {key: part for key, part in value.items() if key != "id" or len(value) == 1}
    parts = {key: _part(facts, part, specs.get(key)) for key, part in shown.items()}
    whose = ", ".join(parts.pop(key) for key in list(parts) if _is_whose(key, specs.get(key)))
    text = parts.pop("text", "")
    rest = "; ".join(f"{in_words(key)}: {part}" for key, part in parts.items())
    told = f"{text} ({rest})" if text and rest else text or rest
    return f"{whose}: {told}" if whose and told else whose or told


def _is_whose(key: str, spec: FieldSpec | None) -> bool:
    return key == "party" or (spec is not None and spec.type == "person")


def _part(facts: Facts, value: Any, spec: FieldSpec | None) -> str:
    if isinstance(value, list):
        return ", ".join(_single(facts, one, spec) for one in value)
    if isinstance(value, dict):
        return "; ".join(f"{in_words(str(key))}: {_part(facts, part, None)}" for key, part in value.items())
    return _single(facts, value, spec)


def _single(facts: Facts, value: Any, spec: FieldSpec | None) -> str:
    """One value, by what its field holds."""
    text, sort = said(value), spec.type if spec is not None else "text"
    if sort == "id":
        return facts.parties.get(text, text)
    if sort == "person":
        return facts.called(text)
    if sort == "day":
        return day_in_words(text)
    if sort == "duration":
        return lasting(text)
    return in_words(text) if sort in _NAMED else text
