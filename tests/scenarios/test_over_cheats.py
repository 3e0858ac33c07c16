"""A record made by hand of one that is over is found, its seal faultless; one that may still begin is not."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

import pytest

from partnerkit.jobs.desk import Desk, seeded
from partnerkit.jobs.statements import entry, with_entry
from partnerkit.kinds.catalogue import KINDS
from partnerkit.store.git.repository import Git
from partnerkit.store.yaml.emit import block
from tests.place import Place
from tests.scenarios.cheat import WAYS, Cheat, caught, findings, register

RISK = {"of": "acme", "title": "They come back", "type": "financial"}
CASE = {"of": "acme", "title": "They use our name", "type": "brand-misuse", "opened": "2026-07-01"}
DEAL = {"partnership": "acme", "title": "Agreement 2027"}
JULY = {"of": "acme", "title": "July", "rhythm": "monthly", "from": "2026-06-01", "until": "2026-07-31"}
JUNE = {**JULY, "title": "June", "until": "2026-06-30"}


def by_hand(place: Place, kind: str, fields: dict[str, Any], *, day: str = "2026-07-01", **how: Any) -> str:
    """A record written by somebody who knows the format, with a first entry as the commands would make it."""
    noon = datetime.fromisoformat(f"{day}T12:00:00+00:00")
    desk = Desk(Git.discover(place.root), lambda: noon, seeded(f"{kind}{day}"), noon.date())
    here = register(place)
    source = here.policies["OPS-05-03"]
    to = how.pop("to", source.policy.lifecycles[kind].starts)
    data = {"format": 1, "kind": kind, "id": "late", "policy": "OPS-05-03", "stage": to, **fields}
    type_ = how.pop("type_", "create")
    new = entry(desk, here, data, source=source, kind=kind, type_=type_, to=to, by="p-rosa", fields=how)
    path = f"records/{KINDS[kind].folder}/late.yaml"
    (place.root / path).parent.mkdir(exist_ok=True)
    plain = with_entry(data, {**new, "seal": dict(new["seal"])})
    (place.root / path).write_text(block(plain), encoding="utf-8")
    return path


CHEATS = [
    Cheat(
        f"{kind} made below what is over",
        "ended",
        partial(by_hand, kind=kind, fields=fields),
        (("subject-over", f"records/{KINDS[kind].folder}/late.yaml", line),),
    )
    for kind, fields, line in (
        ("risk", RISK, "of: acme"),
        ("agreement", DEAL, "partnership: acme"),
        ("review", JULY, "until:"),
    )
]


@pytest.mark.parametrize("cheat", CHEATS, ids=str)
def test_caught(at, cheat):
    caught(at(cheat.state), cheat)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("kind", "fields", "how"),
    [
        ("case", CASE, {}),
        ("review", JUNE, {}),
        ("risk", RISK, {"type_": "adopt", "to": "closed", "since": "2026-01-30", "reason": "older"}),
        ("risk", RISK, {"day": "2026-06-29"}),
    ],
)
def test_what_may_still_begin_is_not_blamed(at, way, kind, fields, how):
    place = at("ended")
    by_hand(place, kind, fields, **how)
    assert [one for one in findings(place, way) if one["severity"] == "error"] == []


def test_begun_and_ended_in_one_range_is_legal(at, played):
    """What came first stays legal whatever came of its subject later, in one range and on one day."""
    place = at("ending", day="2026-06-30")
    base = place.git("rev-parse", "HEAD").strip()
    place.do("new", "risk", "Late", "of=acme", "type=financial")
    place.do("advance", "acme", "active", "--reason", "both want to go on")
    place.do("new", "risk", "Later", "of=acme", "type=financial")
    place.do("new", "partnership", "Birch", "type=universities")
    place.do("advance", "birch", "withdrawn", "--reason", "a slip")
    place.do("advance", "birch", "proposed", "--reason", "no slip")
    place.do("new", "risk", "Storm", "of=birch", "type=financial")
    place.do("advance", "birch", "withdrawn", "--reason", "it storms")
    found = place.findings("--base", base)
    assert [one for one in found if one["severity"] == "error"] == []
