"""A partnership that came to its end in three entries, sealed; and what is told of it after a change."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from partnerkit.findings import Finding
from partnerkit.rules.chain import entries_hold
from tests.policies.fulfil import World
from tests.rules.bench import moved, policy, world
from tests.rules.sealing import READ, seal, seen

#: The ids of the three entries.
FIRST, SECOND, THIRD = "1" * 16, "2" * 16, "3" * 16

SAID = "e-000000000001"


def void(entry: str) -> str:
    return f"{READ}; partnerkit undo {entry} --void --reason <reason>, by somebody else than p-ann, where it landed and never should have counted"


PUT_BACK = (
    "git log -p -- subject shows what it was; partnerkit undo subject --correct --reason <reason> puts back what has "
    "landed"
)


def here() -> World:
    """A partnership that came to its end: three entries, the second of which rests on a report."""
    data = policy(evidence={"kinds": ["report"]}, covers=["website"])
    one = world(data)
    one.record |= {"website": "https://harbour.example"}
    one.record["history"][0]["id"] = FIRST
    moved(one, "active", id=SECOND, uses=[SAID])
    moved(one, "ended", id=THIRD, uses=[])
    return seal(one)


Change = Callable[[World], object]


def told(change: Change, *, again: bool = False, **how: Any) -> list[Finding]:
    """What the entries are told after a change; sealed again after it, or not."""
    one = here()
    change(one)
    return list(entries_hold(seen(seal(one) if again else one, **how)))


def entry(index: int, **values: Any) -> Change:
    """One entry says otherwise than it did."""

    def change(one: World) -> None:
        made = one.record["history"][index]
        for key, value in values.items():
            made[key.rstrip("_")] = value

    return change


def sealed_otherwise(index: int, key: str) -> Change:
    def change(one: World) -> None:
        one.record["history"][index]["seal"][key] = "c1:" + "f" * 64

    return change


def taken_back(type_: str = "void", **more: Any) -> World:
    """The third entry is taken back: the record is active again."""
    one = here()
    said = {"type_": type_, "undoes": THIRD, "reason": "A slip.", "by": "p-bob", "id": "4" * 16, **more}
    moved(one, "active", **said)
    return seal(one)
