"""What can be said, unsaid or copied past the commands. Each function changes one thing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.properties.forging import Draft, other
from tests.second_judge.reading import Data
from tests.second_judge.words import at_path, parties, requirements, setting


def statement_word(draft: Draft) -> None:
    """Something of a statement is changed."""
    record = draft.record(draft.some())
    group, index = draft.statement(record)
    key = draft.pick(sorted(group[index]))
    group[index][key] = draft.person() if key == "by" else other(draft, group[index][key])
    draft.seal(record["id"])


def statement_gone(draft: Draft) -> None:
    """A statement is taken out."""
    record = draft.record(draft.some())
    group, index = draft.statement(record)
    del group[index]
    if draft.random.random() < 0.5:
        draft.seal(record["id"])


def withdraw(draft: Draft) -> None:
    """A statement is withdrawn."""
    record = draft.record(draft.some())
    group, index = draft.statement(record)
    at = draft.at(record)
    at = other(draft, at) if draft.random.random() < 0.3 else at
    group[index]["withdrawn"] = {"at": at, "by": draft.person(), "reason": "it was wrong"}


def decide(draft: Draft) -> None:
    """Somebody decides, bound to what stands there."""
    record = draft.record(draft.some())
    policy = draft.policy(record)
    wanted = {name: need["approval"] for name, need in requirements(policy).items() if need.get("approval")}
    near = [name for way in draft.ways(record) for name in way.get("needs") or [] if name in wanted]
    name = draft.pick(near or sorted(wanted))
    decision = draft.random.choice(["approve", "approve", "approve", "reject"])
    role = str(wanted[name]["role"])
    role = str((policy["variables"][role[1:]].get("value") or "core-team") if role.startswith("$") else role)
    holders = draft.after.world.holders(role, draft.after.at.date(), {})
    by = draft.pick(holders) if holders and draft.random.random() < 0.8 else draft.person()
    said = draft.speak(record, "approvals", name, record=record["id"], role=role, decision=decision, by=by)
    if draft.random.random() < 0.3:
        said["on"] = other(draft, said["at"][:10])
    draft.bind(record, said)


def show(draft: Draft) -> None:
    """Something more is shown for a requirement that asks for it."""
    record = draft.record(draft.some())
    needs = requirements(draft.policy(record))
    wanted = sorted(name for name, need in needs.items() if need.get("evidence") or need.get("period"))
    near = [name for way in draft.ways(record) for name in way.get("needs") or [] if name in wanted]
    name = draft.pick(near or wanted)
    demand = needs[name].get("evidence") or {"kinds": ["opened", "closed"]}
    said = draft.speak(record, "evidence", name, kind=draft.pick(demand["kinds"]), summary="it is so")
    if demand.get("outcomes"):
        said["outcome"] = draft.pick([*demand["outcomes"], "fail", "not-needed"])
    if draft.random.random() < 0.3:
        said["on"] = other(draft, said["at"][:10])


def waive(draft: Draft) -> None:
    """Somebody waives a requirement."""
    record = draft.record(draft.some())
    needs = requirements(draft.policy(record))
    can = [name for name, need in needs.items() if need.get("waivable")]
    name = draft.pick(can if can and draft.random.random() < 0.8 else sorted(needs))
    until = other(draft, draft.at(record)[:10])
    draft.speak(record, "waivers", name, role=draft.pick(["program-manager", "core-team"]), reason="r", until=until)


def copied(draft: Draft) -> None:
    """A decision is copied from one record into another, or given again by somebody else."""
    every = sorted(draft.after.world.records)
    source = draft.after.world.records[draft.pick([n for n in every if draft.after.world.records[n].get("approvals")])]
    record = draft.record(draft.some())
    said = {**draft.pick(source["approvals"]), "id": draft.id("a")}
    said |= {"by": draft.person(), "at": draft.at(record)} if draft.random.random() < 0.7 else {}
    said |= {"record": record["id"]} if draft.random.random() < 0.7 else {}
    record.setdefault("approvals", []).append(said)
    if said["requirement"] in requirements(draft.policy(record)) and draft.random.random() < 0.5:
        draft.bind(record, said)


def bring(draft: Draft, record: Data, name: str) -> None:
    """Bring what a requirement demands, where that is a statement or a field."""
    need = requirements(draft.policy(record))[name]
    for sort, bringing in _BRINGING.items():
        if need.get(sort) is not None:
            bringing(draft, record, name, need[sort])


def _evidence(draft: Draft, record: Data, name: str, demand: Data) -> None:
    outcome = {"outcome": demand["outcomes"][0]} if demand.get("outcomes") else {}
    paper = {"ref": "kept elsewhere", "digest": f"sha256:{draft.random.getrandbits(256):064x}", "claimed": True}
    draft.speak(record, "evidence", name, kind=demand["kinds"][0], summary="it is so", **outcome, **paper)


def _approval(draft: Draft, record: Data, name: str, demand: Data) -> None:
    role = str(setting(draft.policy(record), demand["role"]) or "core-team")
    scope = {key: str(at_path(record, path)) for key, path in (demand.get("scope") or {}).items()}
    for who in draft.after.world.holders(role, draft.after.at.date(), scope):
        said = draft.speak(record, "approvals", name, record=record["id"], role=role, decision="approve", by=who)
        draft.bind(record, said)


def _scores(draft: Draft, record: Data, name: str, demand: Data) -> None:
    criteria = draft.policy(record)["scorecards"][demand["card"]]["criteria"]
    why = {key: {} if one.get("points-only") else {"why": "so it is"} for key, one in criteria.items()}
    draft.speak(record, "scores", name, marks={key: {"score": 5, **words} for key, words in why.items()})


def _acknowledged(draft: Draft, record: Data, name: str, demand: Data) -> None:
    for party in demand.get("by") or parties(record, demand["by-each"]):
        answers = list(demand.get("answers") or {})
        more = {"answer": draft.random.choice(answers)} if answers else {}
        draft.speak(record, "acknowledgements", name, party=party, **more)


def _signed(draft: Draft, record: Data, name: str, demand: Data) -> None:
    papers = [one for one in record.get("evidence") or [] if one["requirement"] == demand["document"]]
    for party in parties(record, demand["by-each"]) if papers else []:
        draft.speak(record, "signatures", name, party=party, document=papers[-1].get("digest"))


def _period(draft: Draft, record: Data, name: str, _demand: Data) -> None:
    draft.speak(record, "evidence", name, kind="opened", on=record["history"][-1]["at"][:10])
    draft.speak(record, "evidence", name, kind="closed", summary="all in favour")


def _filled(draft: Draft, record: Data, _name: str, paths: list[str]) -> None:
    for path in paths:
        if "." not in path and path not in record:
            record[path] = draft.pick(["in words", draft.person(), [], "2026-05-05"])


_BRINGING: dict[str, Callable[[Draft, Data, str, Any], None]] = {
    "evidence": _evidence,
    "approval": _approval,
    "scores": _scores,
    "acknowledged": _acknowledged,
    "signed": _signed,
    "period": _period,
    "filled": _filled,
}
