"""Two partnerships and what belongs to them: an agreement of the one continues an agreement of the other."""

from __future__ import annotations

from tests.obligations.world import World

DAY = "2026-01-01"

#: What belongs to the first, over however many steps; and to the second.
FIRST, SECOND = {"acme", "deal", "pact", "fire", "flood"}, {"other", "old"}


def families() -> World:
    here = World()
    for one in ("acme", "other"):
        here.put("partnership", one, (DAY, "active"), name=one)
    here.put("agreement", "old", (DAY, "draft"), title="Old", partnership="other")
    here.put("agreement", "deal", (DAY, "draft"), title="Deal", partnership="acme", amends="old")
    here.put("agreement", "pact", (DAY, "draft"), title="Pact", partnership="acme")
    risk(here, "fire", "deal")
    risk(here, "flood", "pact")
    return here


def risk(here: World, id_: str, of: str) -> None:
    here.put("risk", id_, (DAY, "open"), title=id_, of=of, type="legal")
