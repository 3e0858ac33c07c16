"""Every field that the kinds have and a pack declares can be recorded by the real commands, in the policy's words only."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import yaml

from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.record import FIXED
from partnerkit.policies.fields import FieldSpec
from partnerkit.policies.lists import lists
from partnerkit.policies.policy import Policy
from partnerkit.steps import is_filled, value_at
from partnerkit.store.yaml.reader import read
from tests.place import Place
from tests.policies.holding import put
from tests.policies.packs import pack, pack_names
from tests.policies.samples import fields, shape

IT, OWNER, EARLIER = "it", "owner", "earlier"


@cache
def policy(name: str) -> Policy:
    return pack(name)


KINDS_OF_PACKS = [(name, kind) for name in pack_names() for kind in policy(name).lifecycles]
every_kind = pytest.mark.parametrize(("name", "kind"), KINDS_OF_PACKS)


def made(place: Place, name: str, kind: str, record_id: str = IT, *more: str, above: bool = True) -> str:
    """A record of the kind with what its model demands, below another where it belongs to one."""
    model, whole = KINDS[kind], policy(name)
    words = ["new", kind, "Something", f"id={record_id}"]
    owner = next((one for one in model.subjects if one in whole.lifecycles), None)
    if owner is not None:
        words.append(f"{model.subject}={made(place, name, owner, OWNER) if above else OWNER}")
    given = {model.subject, model.named_by, *FIXED}
    required = [info.alias or key for key, info in shape(whole, kind).model_fields.items() if info.is_required()]
    values = filled_in(name, kind)
    words += [typed(place, key, values[key]) for key in required if key not in given]
    place.do(*words, *more)
    return record_id


def typed(place: Place, key: str, value: Any) -> str:
    """`key=value` as a person gives it: words as they are, lists and blocks from a YAML file."""
    if isinstance(value, dict | list):
        return f"{key}=@{place.write(f'{key}.yaml', yaml.safe_dump({'value': value}, sort_keys=False))}"
    return f"{key}={str(value).lower() if isinstance(value, bool) else value}"


def wanted(name: str, kind: str) -> dict[str, Any]:
    """Every field of the kind with a value; what names another record names one that is there."""
    model, declared = KINDS[kind], policy(name).fields.get(kind, {})
    pointers = {model.subject, *model.refers, *(path for path, spec in declared.items() if spec.type == "record")}
    there = OWNER if model.subject else IT
    pointers -= set(model.continues)
    return dict.fromkeys(model.continues, EARLIER) | {
        key: there if key in pointers else value
        for key, value in filled_in(name, kind).items()
        if key not in model.continues
    }


def filled_in(name: str, kind: str) -> dict[str, Any]:
    """Every field of the kind with a value; items of a list name no other record, for there is none yet."""
    found = fields(policy(name), kind)
    for path in KINDS[kind].refers:
        if "." in path:
            put(found, path.split("."), None)
    return found


def recorded(place: Place, record_id: str) -> dict[str, Any]:
    document, found = read(place.path(record_id).read_bytes(), "a record")
    assert document is not None, found
    return document.data


@every_kind
def test_every_field_is_set_and_checked(under, name, kind):
    place = under(name)
    values = wanted(name, kind)
    ways = list(KINDS[kind].continues)  # a record goes on from another in one way, said when it is made
    if ways:
        made(place, name, kind, EARLIER)
        place.do("set", EARLIER, f"starts={values['starts']}")
    for way in ways[1:]:
        other = made(place, name, kind, f"by-{way}", f"{way}={EARLIER}", above=False)
        assert recorded(place, other)[way] == EARLIER
    record_id = made(place, name, kind, IT, *(f"{way}={EARLIER}" for way in ways[:1]), above=not ways)
    values = {key: value for key, value in values.items() if key not in ways[1:]}
    place.do("set", record_id, *(typed(place, key, value) for key, value in values.items()))
    data = recorded(place, record_id)
    assert [key for key in values if not is_filled(data.get(key))] == []
    declared = policy(name).fields.get(kind, {})
    assert [path for path in declared if path not in ways[1:] and not is_filled(value_at(data, path))] == []
    assert [one for one in place.findings() if one["severity"] == "error"] == []


@every_kind
def test_every_log_takes_a_line(under, name, kind):
    """`add ID LOG key=value…` for each list of the kind whose lines are plain."""
    place = under(name)
    record_id = made(place, name, kind)
    before = recorded(place, record_id)
    values = wanted(name, kind)
    known = [
        log
        for log in lists(policy(name), kind)
        if log not in before and not any(isinstance(one, dict | list) for one in values[log][0].values())
    ]
    assert known
    for log in known:
        place.do("add", record_id, log, *(typed(place, key, value) for key, value in values[log][0].items()))
    data = recorded(place, record_id)
    assert _texts({log: data[log] for log in known}) == _texts({log: values[log][:1] for log in known})
    assert [one for one in place.findings() if one["severity"] == "error"] == []


def _texts(value: Any) -> Any:
    """The value with every number as text: `value: 1` and `value: "1"` are the same number."""
    if isinstance(value, dict):
        return {key: _texts(one) for key, one in value.items()}
    return [_texts(one) for one in value] if isinstance(value, list) else str(value)


def choices(name: str, kind: str) -> list[tuple[str, str]]:
    """Every field with words of its own: its dotted path, and one of the words."""
    return [
        (path, word)
        for above, spec in policy(name).fields.get(kind, {}).items()
        for path, word in _choices(policy(name), above, spec)
    ]


def _choices(whole: Policy, path: str, spec: FieldSpec) -> Iterator[tuple[str, str]]:
    if spec.type in {"category", "categories"}:
        yield path, next(iter(whole.categories()))
    elif spec.choices:
        yield path, next(iter(spec.choices))
    for key, part in (spec.fields or {}).items():
        yield from _choices(whole, f"{path}.{key}", part)


def misspelt(value: Any, keys: list[str], word: str) -> Any:
    """The value with one word of it misspelt, at the end of the keys."""
    if isinstance(value, list):
        return [misspelt(value[0], keys, word), *value[1:]]
    if isinstance(value, dict) and keys:
        head, *rest = keys
        return {**value, head: misspelt(value[head], rest, word)}
    if isinstance(value, dict):
        return {f"{word}x" if key == word else key: one for key, one in value.items()}
    return f"{word}x"


@pytest.mark.parametrize(("name", "kind"), [(name, kind) for name, kind in KINDS_OF_PACKS if choices(name, kind)])
def test_other_words_are_refused_with_the_nearest(under, name, kind):
    place = under(name)
    record_id = made(place, name, kind)
    for path, word in choices(name, kind):
        head, *rest = path.split(".")
        wrong = misspelt(wanted(name, kind)[head], rest, word)
        before = place.snapshot()
        said = place.run("set", record_id, typed(place, head, wrong))
        assert said.code in {1, 2}, (path, said.all)
        assert f"did you mean {word}" in said.err.replace("‘", "").replace("'", "").replace("`", ""), (path, said.err)
        assert place.snapshot() == before
