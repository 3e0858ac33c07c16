"""What can be done to roster, settings and policies: in both trees, or from this step on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.properties.forging import Draft, NothingToChangeError
from tests.second_judge.reading import PEOPLE, SETTINGS, Data
from tests.second_judge.words import lifecycle


def roster(draft: Draft) -> None:
    """Who holds what is otherwise, in both trees or only from this step on."""
    people = draft.rule(PEOPLE, both=draft.random.random() < 0.6)["people"]
    who = draft.pick(sorted(people))
    roles = people[who].get("roles") or []
    what = draft.random.randrange(4)
    if what == 0:
        del people[who]
    elif what == 1 and roles:
        draft.pick(roles)["until"] = (draft.after.at + timedelta(days=draft.random.choice([-60, -1, 0, 60]))).strftime(
            "%Y-%m-%d"
        )
    elif what == 2 and roles:
        draft.pick(roles)["from"] = (draft.after.at + timedelta(days=draft.random.choice([-2, 0, 1]))).strftime(
            "%Y-%m-%d"
        )
    else:
        scope = {"scope": {"city": "dortmund"}} if draft.random.random() < 0.3 else {}
        every = sorted({held["role"] for one in people.values() for held in one.get("roles") or []})
        people[who]["roles"] = [*roles, {"role": draft.pick(every), "from": "2026-01-01", **scope}]
    _seal_all(draft)


def settings(draft: Draft) -> None:
    """What the register as a whole has decided is otherwise."""
    data = draft.rule(SETTINGS, both=draft.random.random() < 0.8)
    if draft.random.random() < 0.5:
        data["time-zone"] = draft.pick(["Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu"])
    else:
        data["trust"] = {"separation-of-duties": draft.pick(["off", "warn", "require"])}
        if draft.random.random() < 0.5:
            data["trust"]["expunged-by"] = draft.random.choice([[], ["core-team"], ["member", "program-manager"]])


def _policy(draft: Draft) -> Data:
    record = draft.after.world.records[draft.some()]
    return draft.rule(draft.after.world.policy_paths[record["policy"]], both=draft.random.random() < 0.85)


def variable(draft: Draft) -> None:
    """A variable of a policy is set otherwise, or not at all."""
    policy = _policy(draft)
    spec = policy["variables"][draft.pick(sorted(policy["variables"]))]
    several: dict[str, list[Any]] = {
        "duration": [None, "P1D", "P1M", "P6M", "P10Y"],
        "count": [None, 0, 1, 2, 5],
        "role": [None, "core-team", "program-manager", "member"],
        "text": [None, "words"],
    }
    spec["value"] = draft.pick(several[spec["unit"]])
    _seal_all(draft)


def demand(draft: Draft) -> None:
    """A requirement of a policy, one of a gate near by, asks for more, less or something else."""
    record = draft.after.world.records[draft.some()]
    policy = draft.rule(draft.after.world.policy_paths[record["policy"]], both=draft.random.random() < 0.9)
    ways = (lifecycle(policy, record["kind"]) or {"transitions": []})["transitions"]
    last = record["history"][-1]
    near = [name for way in ways if way["to"] == last["to"] for name in way.get("needs") or []]
    need = policy["requirements"][
        draft.pick(near if near and draft.random.random() < 0.8 else sorted(policy["requirements"]))
    ]
    more: list[tuple[str, str, Any]] = [
        ("approval", "at-least", 2), ("approval", "fraction", "2/3"), ("approval", "more-than", "1/2"),
        ("approval", "in-record", True), ("approval", "scope", {"city": "name"}), ("approval", "not", ["proposer", "roles.partnership-manager"]),
        ("evidence", "at-least", 2), ("evidence", "fresh-for", "P3D"), ("evidence", "with-digest", True),
        ("evidence", "single", True), ("evidence", "outcomes", ["pass"]), ("evidence", "not-needed", True),
        ("evidence", "kinds", ["link"]), ("linked", "all", True), ("linked", "anew", True), ("linked", "at-least", 2),
        ("listed", "at-least", 3), ("listed", "at-most", 1), ("listed", "fresh-for", "P1M"), ("period", "open-for", "P20D"),
        ("scores", "minimum", 900), ("compare", "at-least", "P1Y"), ("dwell", "at-least", "P2D"), ("notice", "at-least", "P5M"),
        ("named", "optional", True), ("each", "at-least", 3), ("compare", "at-most", "P1M"), ("named-by", "at-most", 1),
    ]  # fmt: skip  # short words, several to a line
    fitting = [(key, value) for sort, key, value in more if need.get(sort)]
    if fitting and draft.random.random() < 0.75:
        key, value = draft.pick(fitting)
        sort = next(sort for sort, other_, _ in more if other_ == key and need.get(sort))
        need[sort][key] = value
    else:
        name = draft.pick(sorted(policy["requirements"]))
        choice = draft.pick(["advisory", "covers", "after", "when"])
        need[choice] = {"advisory": True, "covers": ["name"], "after": [name], "when": {"name": {"filled": True}}}[
            choice
        ]
    _seal_all(draft)


def wording(draft: Draft) -> None:
    """A policy says the same in other words."""
    policy = _policy(draft)
    need = policy["requirements"][draft.pick(sorted(policy["requirements"]))]
    need["ask"] = f"{need.get('ask', 'Do it')} Soon."


def _seal_all(draft: Draft) -> None:
    if draft.random.random() < 0.8:
        for name in draft.changed():
            draft.seal(name)


def migrate(draft: Draft) -> None:
    """A stage is renamed, and its records are led to where they stand now; now and then elsewhere."""
    record = draft.after.world.records[draft.some()]
    name, kind, stage = record["policy"], record["kind"], record["stage"]
    policy = draft.rule(draft.after.world.policy_paths[name], both=False)
    if stage not in policy["lifecycles"][kind]["stages"]:
        raise NothingToChangeError
    lives = policy["lifecycles"]
    policy["migrates"] = {one: {stage: f"{stage}-now"} for one, life in lives.items() if stage in life["stages"]}
    elsewhere = draft.pick(sorted(set(lives[kind]["stages"]) - {stage}))
    if draft.random.random() < 0.4:
        policy["migrates"][kind][stage] = elsewhere
    policy["lifecycles"] = {one: renamed(life, stage) for one, life in lives.items()}
    for part in ("requirements", "cadences"):
        policy[part] = {one: renamed(found, stage) for one, found in (policy.get(part) or {}).items()}
    for one in draft.after.world.records.values():
        if (one["policy"], one["stage"]) == (name, stage) and draft.random.random() < 0.97:
            wanted = policy["migrates"].get(one["kind"], {}).get(stage, f"{stage}-now")
            to = wanted if draft.random.random() < 0.9 else record["history"][0]["to"]
            draft.enter(one["id"], draft.pick(["migrate"] * 9 + ["move"]), to)


def renamed(value: Any, stage: str) -> Any:
    """What names a stage names it as it is called now."""
    if isinstance(value, dict):
        return {f"{key}-now" if key == stage else key: renamed(one, stage) for key, one in value.items()}
    if isinstance(value, list):
        return [renamed(one, stage) for one in value]
    return f"{stage}-now" if value == stage else value
