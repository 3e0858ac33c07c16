"""What is due, as a page of the site says it: who owes it, who sees to it, and since when."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

from partnerkit.publishing.site import Site
from partnerkit.reports.site.owed import rows
from partnerkit.reports.site.values import Shown
from partnerkit.rules.sight import Sight
from tests.obligations.world import World


def shown(world: World, level: Any = "internal", **names: str) -> Shown:
    nothing: Any = SimpleNamespace(entered=[], verdicts=[])
    sight = Sight(world.register, level, {key.replace("_", "-"): name for key, name in names.items()})
    return Shown(Site(sight, date(2026, 3, 16), nothing, [], [], {}, []))


def test_whoever_owes_it_is_told_from_whoever_sees_to_it() -> None:
    world = World()
    world.pair()
    found = world.of("cadence", "2026-03-16", what="check-ins")
    assert {one.who for one in rows(found, shown(world))} == {
        "of p-mentee; Coordinator: p-bob",
        "of p-mentor; Coordinator: p-bob",
    }
    everybody = {one.who for one in rows(found, shown(world, "public", p_mentor="Mia Example"))}
    assert everybody == {"Coordinator", "of Mia Example (p-mentor); Coordinator"}


def test_what_was_missed_again_and_again_leads_with_the_first_day() -> None:
    world = World(only="monthly-reviews")
    world.acme()
    (one,) = rows(world.of("cadence", "2026-04-02", what="monthly-reviews", within="P1D"), shown(world))
    assert (one.state, one.day, one.note) == ("late", "2026-02-01", "3 times, the last 2026-04-01")
