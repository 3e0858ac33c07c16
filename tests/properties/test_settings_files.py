"""Whatever a person's JSON says and however it is laid out: what is put into it is there, and nothing of theirs is gone."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.chance import examples

from partnerkit.jobs.json_keys import JsonKeys

GLOBS = {"schemas/risk.json": "records/risks/**", "schemas/case.json": "records/cases/**"}
SETTINGS = JsonKeys("settings.json", {"yaml.schemas": GLOBS}, "partnerkit setup editor")

_LEAF = st.sampled_from(["mine", "records/risks/**", 'ü"\\', 1.5, None, True])
_VALUE = st.recursive(
    _LEAF,
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.sampled_from(["a", *GLOBS]), below, max_size=3),
    max_leaves=6,
)
_SETTINGS = st.dictionaries(st.sampled_from(["zoom", "yaml.schemas", "files"]), _VALUE, max_size=3)
_BY_GLOB = st.dictionaries(st.sampled_from([*GLOBS, "own.json"]), _LEAF | st.lists(_LEAF, max_size=2), max_size=3)


@settings(max_examples=examples(200), deadline=None)
@given(
    data=_SETTINGS | st.builds(lambda globs: {"zoom": 1, "yaml.schemas": globs}, _BY_GLOB),
    indent=st.sampled_from([None, 0, 2, "\t"]),
    colon=st.sampled_from([":", " : "]),
    ends=st.sampled_from(["\n", "\r\n"]),
)
def test_nothing_is_lost(data: dict[str, Any], indent: int | str | None, colon: str, ends: str) -> None:
    text = json.dumps(data, indent=indent, separators=(", ", colon)).replace("\n", ends) + ends
    if SETTINGS.standing(text) != "older":
        return
    made = SETTINGS.put_into(text)
    assert SETTINGS.standing(made) == "same"
    found = json.loads(made)
    assert {key: value for key, value in found.items() if key != "yaml.schemas"} == {
        key: value for key, value in data.items() if key != "yaml.schemas"
    }
    for name, before in data.get("yaml.schemas", {}).items():
        assert _listed(found["yaml.schemas"][name])[: len(_listed(before))] == _listed(before)
    for name, glob in GLOBS.items():
        assert glob in _listed(found["yaml.schemas"][name])
    left = iter(made)
    assert all(letter in left for letter in text), "every byte is there, in its order"


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
