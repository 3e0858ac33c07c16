"""Legal histories in memory: a record walked through its lifecycle, everything demanded brought, every entry sealed."""

from __future__ import annotations

import copy
import functools
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from tests.policies.fulfil import World, with_deciders
from tests.policies.packs import pack_data
from tests.policies.samples import fields

from partnerkit.conditions import holds
from partnerkit.jobs.desk import Desk, seeded
from partnerkit.jobs.statements import entry, with_entry
from partnerkit.kinds.record import Record
from partnerkit.kinds.roster import Roster
from partnerkit.kinds.settings import Settings
from partnerkit.policies.policy import Policy
from partnerkit.policies.shapes import model_for
from partnerkit.register import PolicyFile, RecordFile, Register
from partnerkit.rules.gate import Situation, answer, ask
from partnerkit.steps import Step

DATA = with_deciders(pack_data("OPS-05-03"))
POLICY = Policy.model_validate(DATA)
SOURCE = PolicyFile("records/policies/OPS-05-03.yaml", DATA, POLICY)
START = datetime(2026, 3, 2, 12, tzinfo=UTC)
ROLES = [{"role": role, "from": "2020-01-01"} for role in POLICY.roles]
PEOPLE = ("p-ann", "p-bob", "p-rosa")
ROSTER = Roster.model_validate({"format": 1, "people": {who: {"roles": ROLES} for who in PEOPLE}})
SETTINGS = Settings.model_validate(
    {"format": 1, "name": "Test", "time-zone": "UTC", "policies": {"allowed": ["OPS-05-03"]}}
)


@functools.cache
def model(kind: str) -> type[Record]:
    return model_for(POLICY, kind)


@functools.cache
def _fields(kind: str) -> dict[str, Any]:
    """Every field of the kind, filled; what points to another record points to one that is there."""
    pointers = {path for path, spec in POLICY.fields.get(kind, {}).items() if spec.type == "record"}
    return {key: "owner" if key in pointers else value for key, value in fields(POLICY, kind).items()}


def register(record: dict[str, Any], linked: list[dict[str, Any]]) -> Register:
    """A register of a record and those that belong to it.

    Raises:
        ValueError: the record does not satisfy its model: a reader would say so.
    """
    every = {one["id"]: RecordFile(one["id"], one, model(one["kind"]).model_validate(one)) for one in (record, *linked)}
    return Register(SETTINGS, ROSTER, {"OPS-05-03": SOURCE}, every)


@dataclass(repr=False)
class Walk(World):
    """A record that walks; `steps` are all the steps it took, each to be judged."""

    steps: list[Step] = field(init=False, default_factory=list)
    now: datetime = field(init=False, default=START)

    def __post_init__(self) -> None:
        self.policy = POLICY
        self.record = self.made(self.kind, "subject", self.from_)
        self.record.pop("history")
        if self.kind != "partnership":
            owner = self.made("partnership", "owner", "active")
            owner["history"][0]["at"] = "2026-01-01T12:00:00Z"
            self.linked.append(owner)
            self.record["partnership" if self.kind == "agreement" else "of"] = "owner"
        if self.kind == "agreement":
            self.record |= {"starts": "2019-01-01", "ends": "2020-01-01"}  # locked once read: so it may expire too
        self._enter("create", self.from_)
        self.steps.pop()

    def __repr__(self) -> str:
        return f"{self.kind}: {' → '.join(entry['to'] for entry in self.record['history'])}"

    @property
    def stage(self) -> str:
        return str(self.record["stage"])

    def here(self) -> Register:
        return copy.deepcopy(register(self.record, self.linked))

    def go(self, to: str) -> None:
        """Bring all that the way to a stage demands, and take it."""
        self.from_, self.to = self.stage, to
        before = self.here()
        order = sorted(self.transition.needs, key=lambda name: self.policy.requirements[name].type == "approval")
        for name in order:
            self.now += timedelta(hours=1)
            self._bring(name)
        linked = copy.deepcopy(self.linked)
        brought = self.here()
        self.steps.append(Step(register(before.records["subject"].data, linked), brought))
        self.now += timedelta(hours=1)
        self._enter("move", to)

    def undo(self) -> None:
        """Take the latest entry back."""
        latest = self.record["history"][-1]
        self.now += timedelta(hours=1)
        self._enter("undo", latest.get("from", "void"), undoes=latest["id"], reason="too early")

    def _bring(self, name: str) -> None:
        requirement = self.policy.requirements[name]
        for part in requirement.any_of[:1] if requirement.any_of else [name]:
            wanted = self.policy.requirements[part]
            if wanted.when is not None and not holds(wanted.when, self.record):
                continue
            if not answer(ask(self._situation(), self.to, part)).met:
                if wanted.linked is not None and self._lead(wanted.linked.kind, wanted.linked.in_[0]):
                    continue
                self._meet(part, wanted)

    def _lead(self, kind: str, stage: str) -> bool:
        """Lead the records of a kind that are there already to a stage."""
        found = [one for one in self.linked if one["kind"] == kind and one["id"] != "owner"]
        for one in found:
            moved = {**one["history"][-1], "id": f"{self._count:016x}", "to": stage}
            moved["at"] = f"{self.now:%Y-%m-%dT%H:%M:%SZ}"
            one["history"].append(moved)
            one["stage"] = stage
        return bool(found)

    def _situation(self) -> Situation:
        now = register(self.record, self.linked)
        record = now.records["subject"]
        return Situation(record, record, now, now, SOURCE, self.now, record.model.history[-1].at, self.reason)

    def sample(self, kind: str) -> dict[str, Any]:
        return copy.deepcopy(_fields(kind))

    def say(self, group: str, letter: str, name: str, **more: Any) -> None:
        super().say(group, letter, name, **more)
        self.record[group][-1]["at"] = f"{self.now:%Y-%m-%dT%H:%M:%SZ}"

    def _enter(self, type_: str, to: str, **more: Any) -> None:
        before = self.here() if "history" in self.record else register({**self.record, "history": _NONE}, self.linked)
        uses: list[str] = []
        relies_on: list[str] = []
        if type_ == "move":
            for name in self.transition.needs:
                wanted = self.policy.requirements[name]
                if wanted.when is None or holds(wanted.when, self.record):
                    given = answer(ask(self._situation(), to, name))
                    assert given.met, (name, given.missing)
                    uses += given.uses
                    relies_on += given.relies_on
            more["reason"] = self.reason
        desk = Desk(cast(Any, None), lambda: self.now, seeded(f"{len(self.steps)}{type_}"))
        new = entry(
            desk,
            before,
            self.record,
            source=SOURCE,
            kind=self.kind,
            type_=type_,
            to=to,
            by="p-ann",
            uses=sorted(set(uses)),
            relies_on=sorted(set(relies_on)),
            fields=more,
        )
        self.record = with_entry(self.record, {**new, "seal": dict(new["seal"])})
        self.steps.append(Step(before, self.here()))


_NONE = [
    {
        "seq": 1,
        "id": "0" * 16,
        "type": "create",
        "to": "proposed",
        "at": "2026-01-01T00:00:00Z",
        "by": "p-ann",
        "seal": dict.fromkeys(("gate", "covers", "statements", "previous"), "c1:" + "0" * 64),
    }
]


def walked(kind: str, choices: list[int]) -> Walk:
    """A record of a kind that took some of the ways open to it, and now and then took one back."""
    walk = Walk(DATA, kind, POLICY.lifecycles[kind].starts, "")
    for choice in choices:
        ways = POLICY.lifecycles[kind].leaving(walk.stage)
        latest = walk.record["history"][-1]
        if choice % 7 == 6 and latest["type"] == "move":
            walk.undo()
        elif ways:
            walk.reason = "because it is so"
            walk.go(ways[choice % len(ways)].to)
    return walk
