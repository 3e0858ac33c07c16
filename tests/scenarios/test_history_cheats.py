"""Stages and histories changed past the commands are found, in the working tree and once committed."""

from __future__ import annotations

import pytest

from tests.scenarios.cheat import ACME, PACT, Cheat, caught, forge, rewrite


def history(change):
    """A cheat on the history of acme."""
    return lambda place: rewrite(place, "acme", lambda data: change(data["history"]))


def entry(index, **values):
    return history(lambda entries: entries[index].update({key.rstrip("_"): value for key, value in values.items()}))


def truncated(place):
    def cut(data):
        del data["history"][2:]
        data["stage"] = data["history"][-1]["to"]

    rewrite(place, "acme", cut)


def forged_late(place):
    """A new partnership whose first entry puts it where nobody decided to put it."""
    new = (
        place.text("acme").partition("evidence:")[0].replace("id: acme", "id: late").replace("name: Acme", "name: Late")
    )
    path = place.path("acme").with_name("late.yaml")
    path.write_text(new.replace("stage: decision", "stage: active") + "history: []\n", encoding="utf-8")
    digest = "c1:" + "0" * 64
    seal = dict.fromkeys(("gate", "covers", "statements", "previous"), digest)
    first = {"seq": 1, "id": "0" * 16, "type": "create", "to": "active", "at": "2026-06-01T12:00:00Z", "by": "p-rosa"}
    path.write_text(
        path.read_text(encoding="utf-8").replace("history: []", "history:\n  - " + str({**first, "seal": seal})),
        encoding="utf-8",
    )


def without_clock(place):
    forge(place, "acme", "withdrawn", day="2027-01-01", reason="who cares")
    rewrite(place, "acme", lambda data: data["history"][-1].pop("clock"))


CHEATS = [
    Cheat(
        "stage edited by hand",
        "decided",
        lambda place: place.edit("acme", "stage: decision", "stage: agreement"),
        (("stage-edited", ACME, "stage: agreement"),),
        alone="stage-edited",
    ),
    Cheat(
        "stage of an agreement edited",
        "active",
        lambda place: place.edit("acme-2026", "stage: active", "stage: terminated"),
        (("stage-edited", PACT, "stage: terminated"),),
        alone="stage-edited",
    ),
    Cheat(
        "entry edited: day",
        "agreement",
        entry(2, at="2026-03-02T13:00:00Z"),
        (("entry-edited", ACME, "seq: 3"),),
        "chain-broken",
    ),
    Cheat("entry edited: by", "agreement", entry(1, by="p-timo"), (("entry-edited", ACME, "seq: 2"),), "chain-broken"),
    Cheat("last entry edited: by", "agreement", entry(-1, by="p-rosa"), (("entry-edited", ACME, "seq: 5"),)),
    Cheat(
        "entry edited: stage left",
        "agreement",
        entry(2, from_="proposed"),
        (("entry-edited", ACME, "seq: 3"),),
        "entry-from-elsewhere",
    ),
    Cheat(
        "entry removed from the middle",
        "agreement",
        history(lambda es: es.pop(2)),
        (("entry-removed", ACME, "seq: 4"),),
        "entry-out-of-order",
    ),
    Cheat(
        "entry removed and the rest renumbered",
        "agreement",
        history(lambda es: (es.pop(2), [e.update(seq=n) for n, e in enumerate(es, 1)])),
        (("entry-removed", ACME, "seq: 3"),),
        "chain-broken",
    ),
    Cheat(
        "entries reordered",
        "agreement",
        history(lambda es: es.insert(1, es.pop(2))),
        (("entry-reordered", ACME, "seq: 3"),),
        "entry-out-of-order",
    ),
    Cheat("history truncated, stage with it", "agreement", truncated, (("entry-removed", ACME, "seq: 2"),)),
    Cheat(
        "entry added with a faultless seal and no gate passed",
        "assessment",
        lambda place: forge(place, "acme", "detailed-review"),
        (("requirement-unmet", ACME, "seq: 3"),),
    ),
    Cheat(
        "entry added that leaps over stages",
        "assessment",
        lambda place: forge(place, "acme", "active"),
        (("no-such-transition", ACME, "seq: 3"),),
    ),
    Cheat(
        "entry added with the seal of another entry",
        "assessment",
        lambda place: (
            forge(place, "acme", "withdrawn", reason="no"),
            rewrite(place, "acme", lambda data: data["history"][-1].update(seal=data["history"][0]["seal"])),
        ),
        (("chain-broken", ACME, "seq: 3"), ("gate-differs", ACME, "seq: 3")),
        alone="chain-broken",
    ),
    Cheat(
        "entry added by somebody without a role",
        "assessment",
        lambda place: forge(place, "acme", "withdrawn", by="p-nobody", reason="no"),
        (("actor-unknown", ACME, "seq: 3"),),
        alone="person-unknown",
    ),
    Cheat(
        "entry dated before the previous",
        "agreement",
        lambda place: forge(place, "acme", "withdrawn", day="2026-03-10", reason="no"),
        (("entry-backdated", ACME, "seq: 6"),),
        alone="entry-backdated",
    ),
    Cheat(
        "entry in the future, and no clock said to be set",
        "agreement",
        without_clock,
        (("entry-in-future", ACME, "seq: 6"),),
        "entry-in-future",
    ),
    Cheat(
        "created straight into a late stage",
        "decided",
        forged_late,
        (("wrong-start", "records/partnerships/late.yaml", "seq': 1"),),
        alone="chain-broken",
    ),
    Cheat(
        "undo of an entry that is not the latest",
        "agreement",
        lambda place: forge(
            place, "acme", "proposed", type_="undo", reason="no", undoes=place.json("log", "acme")["entries"][1]["id"]
        ),
        (("undoes-another", ACME, "seq: 6"),),
    ),
    Cheat(
        "correction that moves the record",
        "agreement",
        lambda place: forge(place, "acme", "active", type_="correct", reason="no"),
        (("corrected-elsewhere", ACME, "seq: 6"),),
        alone="corrected-elsewhere",
    ),
]


@pytest.mark.parametrize("cheat", CHEATS, ids=str)
def test_caught(at, cheat):
    caught(at(cheat.state), cheat)
