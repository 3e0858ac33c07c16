"""What holds for every YAML file of the dialect, and for every edit of one."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.chance import examples
from tests.properties.yaml_files import SOUP, TEXTS, files

from partnerkit.store.yaml import emit
from partnerkit.store.yaml.beside import beside
from partnerkit.store.yaml.editor import render, rewrite
from partnerkit.store.yaml.nodes import Document, Mapping, Scalar
from partnerkit.store.yaml.opinion import second_reading
from partnerkit.store.yaml.proof import same
from partnerkit.store.yaml.quick import quick
from partnerkit.store.yaml.reader import read
from partnerkit.store.yaml.tidy import normalise, repair

COMMON = settings(max_examples=examples(100), deadline=None, suppress_health_check=list(HealthCheck))
MANY = settings(COMMON, max_examples=examples(250))

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**17), 10**17),
    TEXTS,
    st.sampled_from(["a\nb", "a\n\nb\n", "c\n\n", "4.50"]),
)
DATA = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(TEXTS.filter(lambda key: key != "<<"), inner, max_size=4)
    ),
    max_leaves=12,
)
RECORDS = st.dictionaries(st.sampled_from(["id", "list", "é", "on", "a b", "history", "5"]), DATA, min_size=1)


@given(RECORDS)
@COMMON
def test_what_is_emitted_reads_back_in_every_reader(data):
    text = emit.block(data)
    found, findings = read(text.encode(), "f")
    assert findings == []
    assert found is not None
    assert same(found.data, data)
    assert same(second_reading(text), data)
    assert render(data)


@given(files())
@MANY
def test_both_readers_agree_on_every_accepted_file(text):
    found, findings = read(text.encode(), "f")
    if found is not None:
        assert same(second_reading(text), found.data)
    else:
        assert {finding.code for finding in findings} == {"yaml-syntax"}


@given(files())
@COMMON
def test_most_generated_files_are_accepted_so_the_rest_tests_something(text):
    found, _ = read(text.encode(), "f")
    assume(found is not None)


@given(SOUP)
@MANY
def test_both_readers_agree_on_soup_that_is_accepted(text):
    found, findings = read(text.encode(), "f")
    assert (found is None) == bool(findings)
    if found is not None:
        assert same(second_reading(text), found.data)
        assert normalise(found)


@given(st.binary(max_size=200) | SOUP.map(lambda text: text.encode()) | TEXTS.map(lambda text: text.encode()))
@MANY
def test_the_reader_never_raises_and_repair_neither(raw):
    found, findings = read(raw, "f")
    assert (found is None) == bool(findings)
    assert all(finding.severity == "error" and finding.mend for finding in findings)
    mended = repair(raw)
    again = read(mended, "f")[0]
    if found is not None:
        assert again is not None
        assert same(again.data, found.data)


@st.composite
def versions(draw: st.DrawFn) -> tuple[str, str]:
    """A text, and another with lines of it and of a third one in other places."""
    text, other = draw(st.builds(emit.block, RECORDS) | files()), draw(files() | SOUP)
    lines, others = text.splitlines(keepends=True), other.splitlines(keepends=True)
    for _ in range(draw(st.integers(0, 3))):
        first, last, at = (draw(st.integers(0, len(lines))) for _ in range(3))
        put = draw(st.sampled_from([[], lines[first:last], others[first:last]]))
        lines[at : draw(st.sampled_from([at, first, last]))] = put
    return text, "".join(lines)


@given(versions())
@settings(COMMON, max_examples=examples(120))
def test_beside_an_earlier_version_a_text_means_what_it_means_by_itself(texts):
    was, now = texts
    said = quick(was)
    assume(said is not None)
    assert said is not None
    before = repr(said)
    assert repr(beside(now, was, said)) == repr(quick(now))
    assert repr(said) == before


@given(st.lists(RECORDS, min_size=2, max_size=2))
@MANY
def test_parts_that_are_written_alike_are_the_same_objects(both):
    was, now = both
    shared = {"a": was, "b": [was, now], "c": now}
    text, later = emit.block(shared), emit.block({**shared, "b": [was, now, was], "c": [was]})
    said = quick(text)
    assume(said is not None)
    assert said is not None
    found = beside(later, text, said)
    assert repr(found) == repr(quick(later))
    assert found is not None
    assert found["a"] is said["a"]
    assert found["b"][1] is said["b"][1] or was == now
    assert len({*map(id, found["b"])}) == len(found["b"]) == 3


# Edits.

Path = tuple[str | int, ...]


def places(value: Any, path: Path = ()) -> list[Path]:
    """The paths of every value below the root."""
    parts: list[tuple[str | int, Any]] = []
    if isinstance(value, dict):
        parts = list(value.items())
    elif isinstance(value, list):
        parts = list(enumerate(value))
    return [found for step, part in parts for found in [(*path, step), *places(part, (*path, step))]]


def at(value: Any, path: Path) -> Any:
    for step in path:
        value = value[step]
    return value


NEW = st.one_of(
    st.sampled_from(["new", "no", "5", "a: b", "x\ny", "x\n\ny\n", "z\n\n", "- q", "é", "4.50", "it's"]),
    st.none(), st.booleans(), st.integers(-5, 5), st.just([]), st.just({}),
    st.just([{"ref": "r", "text": "p\nq\n"}, "s"]), st.just({"m": {"n o": ["p"]}, "q": 1}), st.just(emit.Flow(a="b:c", d=1)),
)  # laid out by hand, to be read at a glance  # fmt: skip


@st.composite
def mutations(draw: Any, data: Any) -> tuple[Any, list[Path]]:
    """New data, and the paths at which it differs from the old."""
    new = copy.deepcopy(data)
    path = draw(st.sampled_from([(), *places(data)]))
    target, value = at(new, path), draw(NEW)
    action = draw(st.sampled_from(["set", "drop", "grow", "insert"]))
    if action == "grow" and isinstance(target, dict) and "new key" not in target:
        target["new key"] = value
        return new, [(*path, "new key")]
    if action in {"grow", "insert"} and isinstance(target, list):
        place = len(target) if action == "grow" else draw(st.integers(0, len(target)))
        target.insert(place, value)
        return new, [(*path, place)]
    assume(path)
    if action == "drop":
        del at(new, path[:-1])[path[-1]]
    else:
        at(new, path[:-1])[path[-1]] = value
    return new, [path]


def free_lines(found: Document, new: Any, path: Path) -> set[int]:
    """The lines of the old text which that difference may touch."""
    parent, last = path[:-1], path[-1]
    old_parent, new_parent = at(found.data, parent), at(new, parent)
    node: Any = found.root
    nodes = [node]
    step: Any
    for step in parent:
        node = node.entries[step][1] if isinstance(node, Mapping) else node.items[step]
        nodes.append(node)
    flow = next((one for one in nodes if not isinstance(one, Scalar) and one.flow), None)
    if flow is not None:
        return lines(found, flow)
    if isinstance(old_parent, dict):
        if not (old_parent.keys() & new_parent.keys()):
            return lines(found, nodes[-1]) | key_line(found, nodes[-1])
        if last not in old_parent:
            return set()
        key, value = nodes[-1].entries[last]
        return set(range(min(lines(found, key)), max(lines(found, value)) + 1))
    if not new_parent:
        return lines(found, nodes[-1]) | key_line(found, nodes[-1])
    if len(new_parent) > len(old_parent):
        return set() if old_parent else lines(found, nodes[-1])
    # Equal neighbours: which of them goes is the editor's choice.
    return {line for one, item in zip(nodes[-1].items, old_parent, strict=True)
            if (len(new_parent) == len(old_parent) and one is nodes[-1].items[last])
            or (len(new_parent) < len(old_parent) and same(item, old_parent[last]))
            for line in [*lines(found, one), *key_line(found, one)]}  # laid out by hand, to be read at a glance  # fmt: skip


def lines(found: Document, node: Any) -> set[int]:
    return set(range(found.text.count("\n", 0, node.start), found.text.count("\n", 0, node.end) + 1))


def key_line(found: Document, node: Any) -> set[int]:
    """The line of the key or dash before a value."""
    before = found.text[: node.start].split("\n")
    while len(before) > 1 and (not before[-1].strip() or before[-1].strip().startswith("#")):
        before.pop()
    return {len(before) - 1}


def is_subsequence(few: list[str], many: list[str]) -> bool:
    rest = iter(many)
    return all(line in rest for line in few)


@given(st.data())
@MANY
def test_an_edit_keeps_every_other_line(data):
    text = data.draw(files(keep=False))
    assume(text.endswith("\n"))
    found, _ = read(text.encode(), "f")
    assume(found is not None)
    assert found is not None
    new, paths = data.draw(mutations(found.data))
    after = rewrite(found, new, ("k", "z", "history"), second_opinion=False)
    free = {line for path in paths for line in free_lines(found, new, path)}
    # Without dashes, for the second key of an item moves up beside the dash where the first goes.
    kept = [line.lstrip(" -") for number, line in enumerate(text.split("\n")[:-1]) if number not in free]
    assert is_subsequence(kept, [line.lstrip(" -") for line in after.split("\n")]), f"{text}\n=====\n{after}"


@given(st.data())
@COMMON
def test_any_edit_of_any_file_is_proven(data):
    found, _ = read(data.draw(files()).encode(), "f")
    assume(found is not None)
    assert found is not None
    new = found.data
    for _ in range(data.draw(st.integers(1, 4))):
        new, _ = data.draw(mutations(new))
    after = rewrite(found, new)
    again, findings = read(after.encode(), "f")
    assert findings == []
    assert again is not None
    assert same(again.data, new)
    assert same(second_reading(after), new)
