"""Longer courses past the commands: on to the next gate, back and forth, something begun of another record."""

from __future__ import annotations

from tests.properties.alter_records import field
from tests.properties.alter_statements import bring, decide, show, statement_gone, withdraw
from tests.properties.forging import Draft, NothingToChangeError, copied
from tests.second_judge.reading import BELONGS
from tests.second_judge.words import requirements


def onward(draft: Draft) -> None:
    """What the next gate lacks is brought, as far as it can be, and the record moved on."""
    _onward(draft, draft.some())


def _onward(draft: Draft, name: str) -> None:
    record = draft.record(name)
    policy = draft.policy(record)
    way = draft.pick(draft.ways(record))
    for need in way.get("needs") or []:
        for one in [need, *(requirements(policy)[need].get("any-of") or [])]:
            bring(draft, record, one)
    draft.enter(name, "move", way["to"], reason="because")


def and_back(draft: Draft) -> None:
    """A record goes back, or aside; what it rested on is changed or not; that is undone, or it moves on again."""
    names = [name for name, one in draft.after.world.records.items() if len(one["history"]) > 1]
    name = draft.pick(sorted(names))
    record = draft.record(name)
    stood = {entry["to"] for entry in record["history"]}
    way = draft.pick([way for way in draft.ways(record) if way["to"] in stood or draft.random.random() < 0.5])
    draft.enter(name, "move", way["to"], reason="once more")
    back = record["history"][-1]
    draft.only = name
    for change in draft.random.sample(
        [withdraw, decide, show, field, statement_gone], draft.random.choice([0, 1, 1, 2])
    ):
        change(draft)
    if draft.random.random() < 0.7:
        draft.enter(name, "undo", back["from"], undoes=back["id"], reason="after all")
    else:
        _onward(draft, name)


def twice(draft: Draft) -> None:
    """Two records take their next step in one."""
    _onward(draft, draft.some())
    _onward(draft, draft.some())


def begun(draft: Draft) -> None:
    """Something is begun of a record, over or not: what was there already, once more, of something else."""
    world = draft.after.world
    below = sorted(name for name, one in world.records.items() if one["kind"] in BELONGS)
    model = world.records[draft.pick(below)]
    path = world.paths[model["id"]].replace(f"{model['id']}.yaml", "begun-anew.yaml")
    new = copied({key: value for key, value in model.items() if key not in ("approvals", "evidence", "signatures")})
    owners = [one for one in world.records.values() if one["kind"] not in BELONGS and one["policy"] == model["policy"]]
    owner = draft.pick(sorted(one["id"] for one in owners))
    if model["history"][0]["type"] != "create":
        raise NothingToChangeError
    new |= {"id": "begun-anew", BELONGS[model["kind"]]: owner, "history": new["history"][:1]}
    new["history"][0] |= {"id": draft.id(), "at": f"{draft.after.at:%Y-%m-%dT%H:%M:%SZ}"}
    if "until" in new and draft.random.random() < 0.5:
        new |= {"from": "2025-01-01", "until": "2025-02-01"}
    draft.add(path, new)
