"""One entry that a step adds: in its place, by somebody who may, through its gate, sealed with what stands there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tests.second_judge.asking import Asked
from tests.second_judge.demands import answered, gate, is_asked
from tests.second_judge.expunged import chain
from tests.second_judge.fallen import decisions_gone, ground_gone
from tests.second_judge.migrated import past_decision
from tests.second_judge.past import among, binding, counted, counting, everything_said, last_moves, never_counted
from tests.second_judge.reading import Data, World, above, digest, instant, said_digest
from tests.second_judge.settled import bound_still, otherwise
from tests.second_judge.staying import was_over
from tests.second_judge.words import (
    content,
    covered,
    gate_seal,
    lifecycle,
    meets,
    now_called,
    requirements,
    setting,
    way_between,
)

IDENTITY = ["kind", "id", "policy"]


@dataclass(frozen=True)
class Added:
    """An entry that a step adds to a record.

    Attributes:
        record: the record as the step leaves it.
        index: which of its entries.
        before: the tree before the step.
        after: the tree after it.
        landed: when it landed.
    """

    record: Data
    index: int
    before: World | None
    after: World
    landed: datetime | None

    @property
    def entry(self) -> Data:
        """The entry."""
        found: Data = self.record["history"][self.index]
        return found

    @property
    def earlier(self) -> list[Data]:
        """Those before it."""
        found: list[Data] = self.record["history"][: self.index]
        return found

    @property
    def rules(self) -> World:
        """The tree whose rules judge."""
        return self.before or self.after

    @property
    def policy(self) -> Data:
        """The policy that judges."""
        return self.rules.policies[self.record["policy"]]

    @property
    def way(self) -> Data | None:
        """The way of the lifecycle that it takes."""
        left = self.entry.get("from")
        return way_between(self.policy, self.record["kind"], left, self.entry["to"]) if left is not None else None

    @property
    def holds_still(self) -> bool:
        """Whether the gate is passed still at the end of the step."""
        gates = binding(self.record["history"], self.policy, self.record["kind"])
        return self.entry["type"] != "move" or any(one.index == self.index for one in gates)

    def asked(self, name: str = "") -> Asked:
        """A requirement, asked at the entry."""
        return Asked(
            name,
            self.record,
            self.before.records.get(self.record["id"]) if self.before else None,
            self.rules,
            self.after,
            self.policy,
            self.entry["at"],
            ([one for one in self.earlier if one["type"] != "correct"] or [self.entry])[-1]["at"],
            self.earlier,
            self.entry.get("reason"),
            self.entry.get("relies-on") or {},
            self.holds_still,
            str(self.entry.get("to")),
        )


def wrong_in(added: Added) -> Iterator[str]:
    """The codes of all that is wrong with an entry."""
    yield from _place(added)
    yield from _actor(added)
    yield from {
        "create": _create,
        "adopt": _adopt,
        "move": _move,
        "undo": _undo,
        "void": _void,
        "correct": _correct,
        "tombstone": _tombstone,
        "migrate": _migrate,
    }[added.entry["type"]](added)
    yield from _seal(added)


def _place(added: Added) -> Iterator[str]:
    entry, last = added.entry, added.earlier[-1] if added.earlier else None
    if entry["seq"] != added.index + 1:
        yield "entry-out-of-order"
    if entry["id"] in [one["id"] for one in added.earlier]:
        yield "entry-repeated"
    if digest(last or []) not in chain(added.record, entry["seal"]["previous"]):
        yield "chain-broken"
    if entry.get("from") != (last["to"] if last else None):
        yield "entry-from-elsewhere"
    gone = never_counted(added.earlier)
    gone += [one for one in never_counted([*added.earlier, entry]) if _dated_ahead(added, one)]
    if any(entry["at"] < one["at"] for one in [one for one in added.earlier if not among(one, gone)][-1:]):
        yield "entry-backdated"
    if _dated_ahead(added, entry):
        yield "entry-in-future"


def _dated_ahead(added: Added, entry: Data) -> bool:
    ahead = timedelta(days=1) if entry.get("clock") else timedelta(minutes=10)
    return added.landed is not None and instant(entry["at"]) > added.landed + ahead


def _actor(added: Added) -> Iterator[str]:
    day, who = added.rules.day(added.entry["at"]), added.entry["by"]
    role = setting(added.policy, (added.way or {}).get("by"))
    if not added.rules.holds(who, None, day):
        yield "actor-unknown"
    elif role and not added.rules.holds(who, role, day):
        yield "actor-lacks-role"


def _create(added: Added) -> Iterator[str]:
    life = lifecycle(added.policy, added.record["kind"])
    if life is None:
        yield "no-lifecycle"
        return
    if added.earlier:
        yield "created-twice"
    if added.entry["to"] != life["starts"]:
        yield "wrong-start"


def _adopt(added: Added) -> Iterator[str]:
    life, since = lifecycle(added.policy, added.record["kind"]), added.entry.get("since")
    if added.earlier:
        yield "adopted-late"
    if life is None or added.entry["to"] not in life["stages"]:
        yield "unknown-stage"
    if not added.entry.get("reason") or since is None:
        yield "adopted-without-reason"
        return
    subject = added.after.records.get(above(added.record) or "")
    if date.fromisoformat(since) > added.rules.day(added.entry["at"]):
        yield "adopted-in-future"
    elif subject and date.fromisoformat(since) > added.rules.day(subject["history"][0]["at"]):
        yield "adopted-late"


def _move(added: Added) -> Iterator[str]:
    way, entry = added.way, added.entry
    if way is None or not meets(way.get("when"), added.record):
        yield "no-such-transition"
        return
    found = gate(added.asked(), way.get("needs") or [])
    if None in found.values():
        yield "requirement-unmet"
        return
    met = [one for one in found.values() if one is not None]
    relied = entry.get("relies-on") or {}
    if entry["seal"]["gate"] != gate_seal(added.policy, entry.get("from"), entry["to"], way):
        yield "gate-differs"
    if sorted(entry.get("uses") or []) != sorted({use for one in met for use in one.uses}):
        yield "uses-differ"
    if set(relied) != {other for one in met for other in one.relies}:
        yield "relies-differ"
    for other, mark in relied.items():
        there, was = added.after.records.get(other), added.before.records.get(other) if added.before else None
        if was and _gone_on(was["history"], mark, entry["at"]):
            yield "entry-backdated"
        if (
            there is None
            or mark not in [one["id"] for one in there["history"]]
            or (
                mark in [one["id"] for one in never_counted(there["history"])]
                and among(entry, counted(added.record["history"]))
            )
        ):
            yield "relies-on-nothing"


def _undo(added: Added) -> Iterator[str]:
    entry, gone = added.entry, _taken(added)
    kind = added.record["kind"]
    if gone is None:
        yield "undoes-another"
    elif entry["to"] != (now_called(added.policy, kind, gone.get("from")) or "void"):
        yield "undone-elsewhere"
    elif not entry.get("reason"):
        yield "undone-without-reason"
    else:
        yield from _what_returns(added, gone["at"])


def _taken(added: Added) -> Data | None:
    """The entry that an undo or a void takes back: one of the latest, and a migration only by a void."""
    every = [one for one in last_moves(added.earlier) if one["type"] != "migrate" or added.entry["type"] == "void"]
    return next((one for one in every if one["id"] == added.entry.get("undoes")), None)


def _void(added: Added) -> Iterator[str]:
    """What an undo asks, and: somebody else says so, nothing relies on it, and what stood before it is vouched for."""
    entry, target = added.entry, _taken(added)
    wrong = list(_undo(added))
    yield from wrong
    if target is None or {"undone-elsewhere", "undone-without-reason"} & set(wrong):
        return
    if entry["by"] == target["by"] and added.rules.separation(added.policy) == "require":
        yield "not-separate"
    gone = [one["id"] for one in added.earlier[max(i for i, one in enumerate(added.earlier) if one is target) :]]
    for other in added.after.records.values():
        if any((one.get("relies-on") or {}).get(added.record["id"]) in gone for one in counted(other["history"])):
            yield "relied-on"
        first = other["history"][0]
        mine = above(other) == added.record["id"] and first["type"] == "create" and other["stage"] != "void"
        if mine and was_over(other, added.record, added.after, first["at"], set()):
            yield "relied-on"
    if entry["seal"]["gate"] != digest(added.earlier):
        yield "chain-broken"


def _correct(added: Added) -> Iterator[str]:
    entry, record = added.entry, added.record
    if entry["to"] != entry.get("from"):
        yield "corrected-elsewhere"
    elif not entry.get("reason"):
        yield "undone-without-reason"
    elif entry.get("undoes") not in [one["id"] for one in added.earlier]:
        yield "undoes-another"
    else:
        gates = bound_still(record, added.index, added.policy)
        if any(otherwise(record, gate, added.policy) for gate in gates):
            yield "correction-unproven"


def _what_returns(added: Added, returned: str) -> Iterator[str]:
    """The stage to which an undo leads has what it must have; the gates it restores rest on what they rested on."""
    record, policy, kind, moment = added.record, added.policy, added.record["kind"], added.entry["at"]
    life = lifecycle(policy, kind) or {"transitions": []}
    at_gates = {name for way in life["transitions"] for name in way.get("needs") or []}
    for name, need in requirements(policy).items():
        if added.entry["to"] in (need.get("standing") or []) and name in at_gates:
            asked = added.asked(name)
            if is_asked(asked) and answered(asked) is None:
                yield "requirement-unmet"
    known = {one.index for one in binding(added.earlier, policy, kind)}
    for one in binding([*added.earlier, added.entry], policy, kind):
        if one.index not in known:
            if decisions_gone(record, policy, added.rules, one, moment):
                yield "decision-withdrawn"
            if ground_gone(record, policy, one, moment, returned):
                yield "rested-on-changed"


def _gone_on(history: list[Data], mark: str, moment: str) -> bool:
    """Whether a record that had landed stood elsewhere already at the moment for which somebody names an entry of it."""
    if history[-1]["at"] > moment:
        return True
    after_it = False
    for one in history:
        if after_it and one["at"] == moment and one["type"] not in ("correct", "migrate"):
            return True
        after_it = after_it or one["id"] == mark
    return False


def _tombstone(added: Added) -> Iterator[str]:
    if added.entry["to"] != "void" or not added.entry.get("reason"):
        yield "tombstone-incomplete"
    elif added.earlier and not among(added.earlier[0], last_moves(added.earlier)):
        yield "no-such-transition"


def _migrate(added: Added) -> Iterator[str]:
    name, kind, left = added.record["policy"], added.record["kind"], added.entry.get("from")
    path = added.rules.policy_paths[name]
    now = added.after.policies.get(name)
    changes = added.before is not None and added.before.rules.get(path) != added.after.rules.get(path)
    if not changes or now is None or lifecycle(now, kind) is None:
        yield "migrated-alone"
    elif left in now["lifecycles"][kind]["stages"]:
        yield "migrated-needlessly"
    elif ((now.get("migrates") or {}).get(kind) or {}).get(left) != added.entry["to"]:
        yield "migrated-elsewhere"
    elif past_decision(added.record, added.earlier, added.policy, now, str(left), added.entry["to"]):
        yield "migrated-past-decision"


def _seal(added: Added) -> Iterator[str]:
    entry, record = added.entry, added.record
    said = {one.id: one.raw for one in counting(record, entry["at"])}
    uses = entry.get("uses") or []
    was = added.before.records.get(record["id"]) if added.before else None
    taken_back = {one.id for one in everything_said(was) if one.taken_back} if was else set()
    if not set(uses) <= set(said) - taken_back:
        yield "uses-nothing"
    elif digest(sorted([use, said_digest(said[use])] for use in uses)) not in chain(
        record, entry["seal"]["statements"]
    ):
        yield "statement-edited"
    sealed = content(record, [*IDENTITY, *covered(added.policy, added.way)])
    if added.holds_still and sealed not in chain(record, entry["seal"]["covers"]):
        yield "content-differs"
