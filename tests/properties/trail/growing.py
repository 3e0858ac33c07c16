"""A legal history that chance makes: it goes on from a commit of the supply, step by step, as the second judge allows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

from tests.properties.alter_lines import logged
from tests.properties.alter_rules import renamed
from tests.properties.alter_statements import bring
from tests.properties.forging import CLOSED, Draft, NothingToChangeError, copied
from tests.properties.supply import Commit, Held
from tests.second_judge.entries import IDENTITY
from tests.second_judge.past import binding
from tests.second_judge.reading import BELONGS, PEOPLE, Data, NotCoveredError, World
from tests.second_judge.verdict import verdict
from tests.second_judge.words import at_path, content, lifecycle, requirements, setting

Step = Callable[[Draft], None]

#: So long it may be between two steps.
PAUSES = [
    timedelta(0),
    timedelta(minutes=5),
    timedelta(hours=3),
    timedelta(days=1),
    timedelta(days=4),
    timedelta(days=20),
]


def proposed(draft: Draft) -> None:
    """A record like one that is there already begins anew, or is adopted where the other stands."""
    like = draft.pick([one for one in draft.after.world.records.values() if one["stage"] != "void"])
    name = f"{like['id'][:40]}-{draft.random.getrandbits(24):06x}"
    new = copied({key: value for key, value in like.items() if key not in CLOSED})
    at = f"{draft.after.at:%Y-%m-%dT%H:%M:%SZ}"
    first = {"seq": 1, "id": draft.id(), "type": "create", "to": like["history"][0]["to"], "at": at}
    if draft.random.random() < 0.25:
        first |= {"type": "adopt", "to": like["stage"], "since": at[:10], "reason": "it was there before"}
    if like["history"][0]["type"] == "adopt" and first["type"] == "create":
        raise NothingToChangeError  # nobody can say where it would have begun
    new = {**{key: like[key] for key in ("format", "kind", "policy")}, "id": name, **new}
    if new["kind"] in BELONGS and draft.random.random() < 0.7:
        above = [one for one in draft.after.world.records.values() if one["kind"] not in BELONGS]
        new[BELONGS[new["kind"]]] = draft.pick([one["id"] for one in above if one["policy"] == new["policy"]])
    new["history"] = [{**first, "by": draft.person(), "clock": "set", "seal": {}}]
    path = draft.after.world.paths[like["id"]]
    draft.add(path.replace(f"{like['id']}.yaml", f"{name}.yaml"), new)


def onward(draft: Draft) -> None:
    """What the next gate lacks is brought, as far as it can be, and the record moved on."""
    record = draft.record(draft.some())
    policy = draft.policy(record)
    ways = draft.ways(record)
    way = draft.pick([one for one in ways if one.get("main")] or ways)
    for name in way.get("needs") or []:
        for one in [name, *(requirements(policy)[name].get("any-of") or [])]:
            if requirements(policy)[one].get("filled"):
                _filled(draft, record, requirements(policy)[one]["filled"])
            else:
                bring(draft, record, one)
    draft.enter(record["id"], "move", way["to"], reason="because")


def _needed(draft: Draft, record: Data, *sorts: str) -> str:
    """Something of such a sort that the gates near by ask, or else any."""
    wanted = sorted(
        name for name, need in requirements(draft.policy(record)).items() if any(need.get(one) for one in sorts)
    )
    near = [name for way in draft.ways(record) for name in way.get("needs") or [] if name in wanted]
    return str(draft.pick(near or wanted))


def shown(draft: Draft) -> None:
    """Something more is shown."""
    record = draft.record(draft.some())
    name = _needed(draft, record, "evidence", "period")
    demand = requirements(draft.policy(record))[name].get("evidence") or {"kinds": ["opened", "closed"]}
    outcome = {"outcome": draft.pick([*demand["outcomes"], "fail"])} if demand.get("outcomes") else {}
    draft.speak(record, "evidence", name, kind=draft.pick(demand["kinds"]), summary="it is so", **outcome)


def decided(draft: Draft) -> None:
    """Somebody who may decides, most often in favour."""
    record = draft.record(draft.some())
    name = _needed(draft, record, "approval")
    demand = requirements(draft.policy(record))[name]["approval"]
    role = str(setting(draft.policy(record), demand["role"]))
    scope = {key: str(at_path(record, path)) for key, path in (demand.get("scope") or {}).items()}
    by = draft.pick(draft.after.world.holders(role, draft.after.at.date(), scope))
    decision = draft.pick(["approve", "approve", "approve", "reject", "request-changes"])
    said = draft.speak(record, "approvals", name, record=record["id"], role=role, decision=decision, by=by)
    draft.bind(record, said)


def _filled(draft: Draft, record: Data, paths: list[str]) -> None:
    """Fields are filled as another record of the kind has them."""
    every = draft.after.world.records.values()
    others = [one for one in every if (one["kind"], one["policy"]) == (record["kind"], record["policy"])]
    for key in sorted({path.split(".")[0] for path in paths if at_path(record, path) is None}):
        found = [one[key] for one in others if key in one]
        if found:
            record[key] = copied({"it": draft.pick(found)})["it"]


def amended(draft: Draft) -> None:
    """A text is amended that no gate vouches for, or not yet."""
    record = draft.record(draft.some())
    key = draft.pick([one for one in ("title", "name", "findings", "notes") if isinstance(record.get(one), str)])
    record[key] = f"{record[key]}!"


def aside(draft: Draft) -> None:
    """A record goes aside, back, or to its end."""
    record = draft.record(draft.some())
    draft.enter(record["id"], "move", draft.pick([way["to"] for way in draft.ways(record)]), reason="so it is")


def back(draft: Draft) -> None:
    """The latest entry that counts is undone."""
    record = draft.record(draft.some())
    undone = {one.get("undoes") for one in record["history"]}
    standing = [one for one in record["history"] if one["id"] not in undone and one["type"] != "undo"]
    last = draft.pick(standing[-1:])
    stages = (lifecycle(draft.policy(record), record["kind"]) or {"stages": {}})["stages"]
    if last.get("from") is not None and last["from"] not in stages:
        raise NothingToChangeError  # the stage has another name by now
    draft.enter(record["id"], "undo", last.get("from") or "void", undoes=last["id"], reason="a mistake")
    for gate in binding(record["history"], draft.policy(record), record["kind"]):
        if record["history"][gate.index]["seal"]["covers"] != content(record, [*IDENTITY, *gate.locks]):
            raise NothingToChangeError  # a gate would bind again, and what it vouched for is another


def taken_back(draft: Draft) -> None:
    """A statement is withdrawn, now."""
    record = draft.record(draft.some())
    group, index = draft.statement(record)
    if group[index].get("withdrawn"):
        raise NothingToChangeError
    group[index]["withdrawn"] = {"at": draft.at(record), "by": draft.person(), "reason": "it was wrong"}


def staffed(draft: Draft) -> None:
    """Somebody joins the roster, takes on a role or lays one down."""
    people = draft.rule(PEOPLE, both=False)["people"]
    today = f"{draft.after.at:%Y-%m-%d}"
    every = sorted({held["role"] for one in people.values() for held in one.get("roles") or []})
    who = draft.pick(sorted(people))
    if draft.random.random() < 0.4:
        who = f"p-{draft.random.getrandbits(24):06x}"
        people[who] = {"emails": [f"{who[2:]}@lighthouse.example"], "roles": []}
    roles = people[who].setdefault("roles", [])
    ending = [held for held in roles if "until" not in held]
    if len(ending) > 1 and draft.random.random() < 0.3:
        draft.pick(ending)["until"] = today
    else:
        roles.append({"role": draft.pick(every), "from": today})


def reworded(draft: Draft) -> None:
    """A policy says the same in other words."""
    policy = draft.rule(draft.after.world.policy_paths[draft.pick(sorted(draft.after.world.policies))], both=False)
    need = policy["requirements"][draft.pick(sorted(policy["requirements"]))]
    need["ask"] = f"{need.get('ask', 'Do it')} Soon."


def excusable(draft: Draft) -> None:
    """From now on somebody may waive what a gate near by asks."""
    record = draft.after.world.records[draft.some()]
    policy = draft.rule(draft.after.world.policy_paths[record["policy"]], both=False)
    name = draft.pick([name for way in draft.ways(record) for name in way.get("needs") or []])
    held = sorted({role["role"] for one in draft.after.world.people.values() for role in one.get("roles") or []})
    policy["requirements"][name]["waivable"] = {"by": draft.pick([one for one in held if one in policy["roles"]])}


def excused(draft: Draft) -> None:
    """Whoever may waives what can be waived, for some time."""
    record = draft.record(draft.some())
    policy = draft.policy(record)
    asked = [name for way in draft.ways(record) for name in way.get("needs") or []]
    name = draft.pick([one for one in asked if requirements(policy)[one].get("waivable")])
    role = str(setting(policy, requirements(policy)[name]["waivable"]["by"]))
    by = draft.pick(draft.after.world.holders(role, draft.after.at.date(), {}))
    until = f"{draft.after.at + draft.pick(PAUSES):%Y-%m-%d}"
    draft.speak(record, "waivers", name, role=role, reason="it may be left", until=until, by=by)


def _elsewhere(value: Any, word: str, key: str = "") -> bool:
    """Whether a word stands where no stage is meant."""
    if isinstance(value, dict):
        return word in value or any(_elsewhere(one, word, name) for name, one in value.items())
    if isinstance(value, list):
        return any(_elsewhere(one, word, key) for one in value)
    return bool(value == word and key not in ("in", "standing", "while"))


def migrated(draft: Draft) -> None:
    """A stage is renamed, and every record that stands there is led to where it stands now."""
    record = draft.after.world.records[draft.some()]
    name, stage = record["policy"], record["stage"]
    policy = draft.rule(draft.after.world.policy_paths[name], both=False)
    lives = policy["lifecycles"]
    if any(_elsewhere(policy.get(part), stage) for part in ("requirements", "cadences")):
        raise NothingToChangeError  # the word means something else too
    kinds = [kind for kind, life in lives.items() if stage in life["stages"]]
    policy["migrates"] = {kind: {stage: f"{stage}-now"} for kind in kinds}
    policy["lifecycles"] = {kind: renamed(life, stage) if kind in kinds else life for kind, life in lives.items()}
    for part in ("matching", "metrics"):
        policy[part] = renamed(policy.get(part), stage)
    for part in ("requirements", "cadences"):
        policy[part] = {one: renamed(found, stage) for one, found in (policy.get(part) or {}).items()}
    for one in draft.after.world.records.values():
        if one["policy"] == name and one["kind"] in kinds and one["stage"] == stage:
            draft.enter(one["id"], "migrate", f"{stage}-now")


#: What a history is made of, and how often it is tried. To change a policy is rare: to read it anew takes long.
STEPS: dict[Step, int] = {
    proposed: 20, onward: 45, aside: 20, back: 10, taken_back: 10, shown: 10, decided: 15, amended: 8, logged: 10,
    excused: 15, staffed: 8, excusable: 3, reworded: 2, migrated: 1,
}  # fmt: skip  # short words, several to a line


def grown(start: Commit, length: int, seed: str) -> list[Commit]:
    """So many more steps, each legal by the second judge; the same for the same seed."""
    random = Random(seed)  # noqa: S311 - chance that can be made again
    found: list[Commit] = []
    now = start
    for _ in range(6 * length):
        if len(found) == length:
            break
        step = random.choices(list(STEPS), list(STEPS.values()))
        later = next_step(now, step[0], random)
        if later is not None:
            found.append(later)
            now = later
    return found


def next_step(now: Commit, step: Step, random: Random) -> Commit | None:
    """What stands there after a step that chance made; None where it is not legal, or changes nothing."""
    here = replace(now, at=now.at + random.choice(PAUSES), oid="")
    draft = Draft(here, here, here.at, random)
    draft.only = _busy(now, random) if step not in (proposed, logged) else None
    try:
        step(draft)
        after = drafted(draft)
        return after if after is not None and not verdict(now.world, after.world, after.at) else None
    except (NothingToChangeError, NotCoveredError):
        return None
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def _busy(now: Commit, random: Random) -> str | None:
    """Some records are more under way than others: those that were begun last."""
    names = sorted(now.world.records, key=lambda one: now.world.records[one]["history"][-1]["at"])
    return random.choice(names[-8:]) if random.random() < 0.7 else None


def drafted(draft: Draft) -> Commit | None:
    """The draft as a commit of its own."""
    if draft.rules:
        return None
    _before, after = draft.trees()
    if all(draft.after.tree.held.get(path) == raw for path, raw in after.held.items()):
        return None
    return replace(draft.after, tree=Held(after.held), world=World(after.held))
