"""What can be written into logs and texts past the commands, or come about at the same time elsewhere."""

from __future__ import annotations

from datetime import date, timedelta

from tests.properties.forging import Draft, copied
from tests.second_judge.past import everything_said
from tests.second_judge.reading import Data, instant
from tests.second_judge.words import lifecycle, requirements, sources


def _one(draft: Draft, wanted: list[str]) -> Data:
    """A record among those that are wanted, most often one that the step changes."""
    if draft.only is not None:
        wanted = [name for name in wanted if name == draft.only]
    mine = [name for name in draft.changed() if name in wanted]
    return draft.record(draft.pick(mine if mine and draft.random.random() < 0.85 else wanted))


def _day(draft: Draft, day: str, *days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=draft.random.choice(days))).isoformat()


def logged(draft: Draft) -> None:
    """A pairing's log grows: by whoever takes part or by somebody else, of a day within its time or before it."""
    pairings = [name for name, one in draft.after.world.records.items() if one["kind"] == "pairing" and "starts" in one]
    record = _one(draft, sorted(pairings))
    people = [one["id"] for one in record["participants"]]
    who = draft.pick(people) if draft.random.random() < 0.6 else draft.person()
    on = _day(draft, record["starts"], -30, -1, 0, 0, 1, 5)
    if draft.random.random() < 0.5:
        record.setdefault("check-ins", []).append({"on": on, "person": who})
    else:
        record.setdefault("meetings", []).append({"on": on, "minutes": 60, "absent": [who]})


def lengthened(draft: Draft) -> None:
    """A pairing ends a little later or sooner than its programme says, and is sealed so."""
    pairings = [name for name, one in draft.after.world.records.items() if one["kind"] == "pairing" and "ends" in one]
    record = _one(draft, sorted(pairings))
    record["ends"] = _day(draft, record["ends"], -1, 0, 1, 1, 40)
    draft.seal(record["id"])


def happened(draft: Draft) -> None:
    """A day is named on which something happened, by the words of a kind or of a policy: it has come, or has not."""
    found = [name for name, one in draft.after.world.records.items() if one["policy"] == "OTS-PG" or "applied" in one]
    record = _one(draft, sorted(found))
    on = _day(draft, f"{draft.landed or draft.after.at:%Y-%m-%d}", -3, 0, 1, 1, 200)
    if "applied" in record:
        record[draft.pick(["applied", "member-since"])] = on
    else:
        record.setdefault("material-used", []).append({"on": on, "text": "At the entrance"})
    draft.seal(record["id"])


def mentioned(draft: Draft) -> None:
    """Help is unofficial, and a text that partners read names the school, or seems to."""
    named = [name for name, one in draft.after.world.policies.items() if one.get("names")]
    record = _one(draft, sorted(name for name, one in draft.after.world.records.items() if one["policy"] in named))
    record["support"] = "unofficial"
    record["event"] = draft.pick([
        "Evening of OpenTechSchool", "An open  tech-school", "With OTS", "OTSX", "OpenTechSchools", "MyOpenTechSchool",
        "At https://opentechschool.org/x", "hello@opentechschool.org", "opentechschool.org", "Open\u00adTech_School!", "OTS.",
        "_OpenTechSchool", "the ots", "Nobody", "OpenTech", "OPENTECHSCHOOL",
    ])  # fmt: skip  # short words, several to a line
    ways = [way["to"] for way in draft.ways(record) if "name-left-out" in (way.get("needs") or [])]
    if ways and draft.known(record["id"]) == len(record["history"]):
        draft.enter(record["id"], "move", draft.pick(ways))
    else:
        draft.seal(record["id"])


def gated(draft: Draft) -> None:
    """What only had to hold for as long as a stage lasts is asked at a gate near by too, and its bound is narrower."""
    world = draft.after.world
    kinds = {(name, need.get("of")) for name, one in world.policies.items() for need in requirements(one).values()}
    owing = sorted(name for name, one in world.records.items() if (one["policy"], one["kind"]) in kinds)
    pairs = [one for one in world.records.values() if one["kind"] == "pairing" and one["stage"] in ("active", "paused")]
    mentors = {one["application"] for pair in pairs for one in pair["participants"] if one["as"] == "mentor"}
    record = _one(draft, sorted(mentors & set(owing)) if draft.random.random() < 0.7 else owing)
    policy = draft.rule(world.policy_paths[record["policy"]])
    of_kind = {name: need for name, need in requirements(policy).items() if need.get("of") == record["kind"]}
    name = draft.pick(sorted(of_kind))
    del of_kind[name]["of"]
    if of_kind[name].get("named-by"):
        of_kind[name]["named-by"]["at-most"] = draft.pick([0, 1, of_kind[name]["named-by"]["at-most"]])
    last = record["history"][-1]
    if draft.known(record["id"]) < len(record["history"]) and last.get("from"):
        ways = [way for way in lifecycle(policy, record["kind"])["transitions"] if way["to"] == last["to"]]  # type: ignore[index]  # a record of a legal supply has a lifecycle
        draft.pick([way for way in ways if last["from"] in sources(way)]).setdefault("needs", []).append(name)
        draft.seal(record["id"])
    else:
        way = draft.pick(draft.ways(record))
        for other in way.get("needs") or []:
            requirements(policy)[other]["advisory"] = True
        way.setdefault("needs", []).append(name)
        draft.enter(record["id"], "move", way["to"], reason="because")


def meanwhile(draft: Draft) -> None:
    """A statement had been withdrawn when a move lands that was made before, and may rest on it."""
    names = sorted(set(draft.after.world.records) - set(draft.changed()))
    record = _one(draft, [name for name in names if everything_said(draft.after.world.records[name])])
    path = draft.after.world.paths[record["id"]]
    made = draft.at(record)
    later = instant(made) + timedelta(hours=draft.random.choice([-1, 1, 1, 1]))
    group, index = draft.statement(record)
    group[index]["withdrawn"] = {"at": f"{later:%Y-%m-%dT%H:%M:%SZ}", "by": draft.person(), "reason": "it was wrong"}
    draft.rules[path] = copied(record)
    open_ = draft.ways(record)
    near = [way["to"] for way in open_ if group[index]["requirement"] in (way.get("needs") or [])]
    draft.enter(record["id"], "move", draft.pick(near or [way["to"] for way in open_]), reason="because")
