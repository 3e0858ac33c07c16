"""Where a migration may put a record: behind no decision that nobody took on it."""

from __future__ import annotations

from tests.second_judge.past import binding
from tests.second_judge.reading import Data
from tests.second_judge.words import lifecycle, meets, requirements, sources, way_between


def past_decision(record: Data, earlier: list[Data], old: Data, new: Data, left: str, to: str) -> bool:
    """Whether a decision lies behind the new stage that the record has not behind it.

    What the old version did not know is asked only of a record that comes further than it was.
    """
    kind = record["kind"]
    before, after = lifecycle(old, kind), lifecycle(new, kind)
    if before is None or after is None:
        return False
    had = _behind(old, before, left, record)
    for gate in binding(earlier, old, kind):
        way = way_between(old, kind, gate.left, gate.to) if gate.left else None
        had |= set((way or {}).get("needs") or [])
    known = {name for way in before["transitions"] for name in way.get("needs") or []}
    was, now = (_far(_open(life, record), life["starts"]).get(at) for life, at in ((before, left), (after, to)))
    further = was is not None and (now is None or now > was)
    return any(further or name in known for name in _behind(new, after, to, record) - had)


def _behind(policy: Data, life: Data, stage: str, record: Data) -> set[str]:
    """The decisions that every way to a stage asks of the record."""
    ways, found = _open(life, record), set()
    for name in {name for way in ways for name in way.get("needs") or []}:
        need = requirements(policy).get(name) or {}
        asked = not need.get("advisory") and meets(need.get("when"), record)
        others = [way for way in ways if name not in (way.get("needs") or [])]
        if asked and _decides(policy, name) and stage not in _far(others, life["starts"]):
            found.add(name)
    return found


def _decides(policy: Data, name: str) -> bool:
    need = requirements(policy).get(name) or {}
    return bool(need.get("approval")) or any(_decides(policy, one) for one in need.get("any-of") or [])


def _open(life: Data, record: Data) -> list[Data]:
    return [way for way in life["transitions"] if meets(way.get("when"), record)]


def _far(ways: list[Data], start: str) -> dict[str, int]:
    """How many steps each stage is from the start."""
    found, edge, far = {start: 0}, {start}, 0
    while edge:
        far += 1
        edge = {way["to"] for way in ways if edge & set(sources(way))} - set(found)
        found |= dict.fromkeys(edge, far)
    return found
