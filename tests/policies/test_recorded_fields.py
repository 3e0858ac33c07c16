"""Every field that the kinds have and the pack declares can be recorded by the real commands, in the policy's words only."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from partnerkit.jobs.logbook import logs
from partnerkit.kinds.catalogue import KINDS
from partnerkit.policies.fields import FieldSpec
from partnerkit.steps import is_filled, value_at
from partnerkit.store.yaml.reader import read
from tests.policies.packs import pack
from tests.policies.samples import fields

POLICY = pack("OPS-05-03")
SUBJECT = "acme"

#: Where a record of each kind begins.
MADE = {
    "partnership": ("new", "partnership", "Acme", "id=acme"),
    "agreement": ("new", "agreement", "Pact", "id=it", f"partnership={SUBJECT}"),
    "review": (
        "new",
        "review",
        "Look",
        "id=it",
        f"of={SUBJECT}",
        "rhythm=monthly",
        "from=2026-03-02",
        "until=2026-03-02",
    ),
    "risk": ("new", "risk", "They fold", "id=it", f"of={SUBJECT}", "type=financial"),
    "case": ("new", "case", "Misuse", "id=it", f"of={SUBJECT}", "type=crisis", "opened=2026-03-02"),
}


def made(place, kind):
    """A record of the kind, and its id."""
    place.do(*MADE["partnership"])
    if kind == "partnership":
        return "acme"
    place.do(*MADE[kind])
    return "it"


def typed(place, key: str, value: Any) -> str:
    """`key=value` as a person gives it: words as they are, lists and blocks from a YAML file."""
    if isinstance(value, dict | list):
        return f"{key}=@{place.write(f'{key}.yaml', yaml.safe_dump({'value': value}, sort_keys=False))}"
    return f"{key}={str(value).lower() if isinstance(value, bool) else value}"


def wanted(kind: str) -> dict[str, Any]:
    """Every field of the kind with a value; what a record belongs to stays as it was made."""
    given = fields(POLICY, kind)
    pointers = {KINDS[kind].subject, "renews", "amends", "superseded-by"}
    return {key: SUBJECT if key in pointers else value for key, value in given.items()}


def recorded(place, record_id: str) -> dict[str, Any]:
    document, found = read(place.path(record_id).read_bytes(), "a record")
    assert document is not None, found
    return document.data


@pytest.mark.parametrize("kind", POLICY.lifecycles)
def test_every_field_is_set_and_checked(place, kind):
    record_id = made(place, kind)
    values = wanted(kind)
    place.do("set", record_id, *(typed(place, key, value) for key, value in values.items()))
    data = recorded(place, record_id)
    assert [key for key in values if not is_filled(data.get(key))] == []
    declared = POLICY.fields.get(kind, {})
    assert [path for path in declared if not is_filled(value_at(data, path))] == []
    assert [one for one in place.findings() if one["severity"] == "error"] == []


@pytest.mark.parametrize("kind", POLICY.lifecycles)
def test_every_log_takes_a_line(place, kind):
    """`add ID LOG key=value…` for each list of the kind whose lines are plain."""
    record_id = made(place, kind)
    values = wanted(kind)
    known = [
        name for name in logs(POLICY, kind) if not any(isinstance(v, dict | list) for v in values[name][0].values())
    ]
    assert known
    for name in known:
        place.do("add", record_id, name, *(typed(place, key, value) for key, value in values[name][0].items()))
    data = recorded(place, record_id)
    assert _texts({name: data[name] for name in known}) == _texts({name: values[name] for name in known})
    assert [one for one in place.findings() if one["severity"] == "error"] == []


def _texts(value: Any) -> Any:
    """The value with every number as text: `value: 1` and `value: "1"` are the same number."""
    if isinstance(value, dict):
        return {key: _texts(one) for key, one in value.items()}
    return [_texts(one) for one in value] if isinstance(value, list) else str(value)


def choices() -> list[tuple[str, str, str]]:
    """Every field with words of its own: kind, dotted path, one of the words."""
    found = [
        (kind, path, next(iter(known(spec))))
        for kind, specs in POLICY.fields.items()
        for path, spec in specs.items()
        if known(spec)
    ]
    plan = POLICY.fields["partnership"]["roadmap"].fields or {}
    return [*found, ("partnership", "roadmap.kind", next(iter(known(plan["kind"]))))]


def known(spec: FieldSpec) -> list[str]:
    if spec.type in {"category", "categories"}:
        return list(POLICY.categories())
    return list(spec.choices or [])


def misspelt(value: Any, keys: list[str], word: str) -> Any:
    """The value with one word of it misspelt, at the end of the keys."""
    if isinstance(value, list):
        return [misspelt(value[0], keys, word)]
    if isinstance(value, dict) and keys:
        head, *rest = keys
        return {**value, head: misspelt(value[head], rest, word)}
    if isinstance(value, dict):
        return {f"{word}x" if key == word else key: one for key, one in value.items()}
    return f"{word}x"


@pytest.mark.parametrize("kind", POLICY.lifecycles)
def test_other_words_are_refused_with_the_nearest(place, kind):
    record_id = made(place, kind)
    mine = [(path, word) for one, path, word in choices() if one == kind]
    assert mine
    for path, word in mine:
        head, *rest = path.split(".")
        wrong = misspelt(wanted(kind)[head], rest, word)
        before = place.snapshot()
        said = place.run("set", record_id, typed(place, head, wrong))
        assert said.code in {1, 2}, (path, said.all)
        assert f"did you mean {word}" in said.err.replace("‘", "").replace("'", "").replace("`", ""), (path, said.err)
        assert place.snapshot() == before
