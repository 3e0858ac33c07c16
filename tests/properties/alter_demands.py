"""Another policy in both trees: a requirement that a record has just met demands something else altogether."""

from __future__ import annotations

from typing import Any

from tests.properties.forging import CLOSED, Draft, NothingToChangeError
from tests.second_judge.demands import BESIDE
from tests.second_judge.reading import BELONGS, Data, day_text
from tests.second_judge.words import lifecycle

SPANS = ("P1D", "P3D", "P2W", "P1M", "P6M", "P1Y")


def replaced(draft: Draft) -> None:
    """A requirement of a gate that the step passes makes another demand; the entry is sealed anew by it."""
    names = [one for one in draft.changed() if draft.known(one) < len(draft.record(one)["history"])]
    record = draft.record(draft.pick(names))
    policy = draft.rule(draft.after.world.policy_paths[record["policy"]])
    entry = record["history"][-1]
    ways = (lifecycle(policy, record["kind"]) or {"transitions": []})["transitions"]
    needs = [name for way in ways if way["to"] == entry["to"] for name in way.get("needs") or []]
    name = draft.pick(sorted(set(needs)))
    need = policy["requirements"][name]
    sort, demand = draft.pick(_demands(draft, record, policy, name))
    policy["requirements"][name] = {**{key: need[key] for key in need if key in BESIDE and key != "when"}, sort: demand}
    if draft.random.random() < 0.35:
        _waived(draft, record, policy["requirements"][name], name)
    draft.seal(record["id"])


def _waived(draft: Draft, record: Data, need: Data, name: str) -> None:
    """Whoever may says that it need not be met: for long enough, for too long, or by somebody else."""
    role = draft.pick(["core-team", "program-manager", "board-of-trustees", "member"])
    need["waivable"] = {"by": role, **draft.pick([{}, {"for-at-most": draft.pick(list(SPANS))}])}
    holders = draft.after.world.holders(role, draft.after.at.date(), {})
    by = draft.pick(holders) if holders and draft.random.random() < 0.8 else draft.person()
    until = draft.pick(["2026-01-01", draft.at(record)[:10], "2026-10-30", "2027-12-31"])
    said = draft.speak(record, "waivers", name, role=role, reason="it may be left", until=until, by=by)
    said["at"] = record["history"][-1]["at"]


def _demands(draft: Draft, record: Data, policy: Data, name: str) -> list[tuple[str, Any]]:
    """Demands of many sorts that speak of what the record holds, or lacks."""
    keys = [key for key in record if key not in CLOSED]
    span = draft.pick(list(SPANS))
    found: list[tuple[str, Any]] = [
        ("dwell", {"at-least": span}),
        ("compare", {"field": "reached", "at-least": span, "before": "today"}),
        ("reason", True),
        ("filled", [draft.pick(keys), draft.pick([*keys, "interested"])]),
        ("empty", [draft.pick([*keys, "interested"])]),
    ]
    days = [key for key in keys if day_text(record[key]) is not None]
    if days:
        pair = {"field": draft.pick(days), "before": draft.pick([*days, "today"])}
        found += [("compare", {**pair, "at-least": span}), ("compare", pair)]
        end = draft.pick(days)
        found.append(("notice", {"given": draft.pick(days), "effective": end, "at-least": span}))
    words = [key for key in keys if isinstance(record[key], str) and key not in days]
    if words:
        key = draft.pick(words)
        found.append(
            ("matches", {key: draft.pick([record[key], {"not": record[key]}, {"filled": True}, {"is": ["x"]}])})
        )
    numbers = [key for key in keys if isinstance(record[key], int) and not isinstance(record[key], bool)]
    found += [("compare", {"field": key, "minimum": draft.pick([0, 3, 50])}) for key in numbers]
    lists = [key for key in keys if isinstance(record[key], list) and record[key] and isinstance(record[key][0], dict)]
    found += [("listed", _list(draft, record, key, span)) for key in lists]
    return [*found, *_of_others(draft, record, policy, name)]


def _list(draft: Draft, record: Data, key: str, span: str) -> Data:
    item = draft.pick(record[key])
    simple = [part for part, value in item.items() if isinstance(value, str)]
    where = {part: item[part] for part in simple[:1]} if draft.random.random() < 0.5 else {}
    more: Data = {"where": where} if where else {}
    if draft.random.random() < 0.5:
        more["fresh-for"] = span
    return {"field": key, "at-least": draft.pick([1, 1, 2]), **draft.pick([{}, {"at-most": 1}]), **more}


def _of_others(draft: Draft, record: Data, policy: Data, name: str) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    below = [kind for kind in BELONGS if kind in policy["lifecycles"]]
    if record["kind"] not in BELONGS and below:
        kind = draft.pick(below)
        demand = {"kind": kind, "in": draft.random.sample(sorted(policy["lifecycles"][kind]["stages"]), 2)}
        found.append(("linked", {**demand, **draft.pick([{}, {"at-least": 2}, {"all": True}, {"anew": True}])}))
    others = sorted(one for one in policy["requirements"] if one != name)
    found.append(("any-of", draft.random.sample(others, 2)))
    if record["kind"] in BELONGS:
        found += [("subject-meets", [draft.pick(others)])] * 3
    return found


def rebound(draft: Draft) -> None:
    """A demand for somebody's word asks for more people, a part of them, or others; new approvals are bound to it."""
    names = [one for one in draft.changed() if draft.record(one).get("approvals")]
    record = draft.record(draft.pick(names))
    policy = draft.rule(draft.after.world.policy_paths[record["policy"]])
    said = draft.pick(record["approvals"])
    demand = policy["requirements"][said["requirement"]]["approval"]
    changes: list[Data] = [
        {"at-least": 2}, {"fraction": "1/2"}, {"fraction": "2/3"}, {"more-than": "1/3"}, {"more-than": "1/2"},
        {"in-record": True}, {"not": ["subject.proposer"]}, {"not": ["roles.partnership-manager"]},
        {"role": draft.pick(sorted(policy.get("roles") or {}))}, {},
    ]  # fmt: skip  # short words, several to a line
    demand |= draft.pick(changes)
    if said["id"] not in {
        one["id"] for one in (draft.before.world.records.get(record["id"]) or {}).get("approvals") or []
    }:
        for one in record["approvals"]:
            if one["requirement"] == said["requirement"]:
                one["role"] = draft.pick([one["role"], demand["role"]])
                draft.bind(record, one)
    if not any(draft.known(record["id"]) < len(draft.record(one)["history"]) for one in draft.changed()):
        raise NothingToChangeError
    draft.seal(record["id"])
