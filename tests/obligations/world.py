"""A small policy in which everything falls due, and registers in memory that stand under it."""

from __future__ import annotations

import copy
import functools
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from partnerkit.kinds.canonical import canonical
from partnerkit.kinds.duration import Duration
from partnerkit.kinds.roster import Roster
from partnerkit.kinds.settings import Settings
from partnerkit.obligations.alone import Together, of_records, owes, together
from partnerkit.obligations.gathered import obligations, outlook
from partnerkit.obligations.obligation import Obligation
from partnerkit.obligations.outlook import Outlook
from partnerkit.policies.consistency import problems
from partnerkit.policies.policy import Policy
from partnerkit.register import PolicyFile, RecordFile, Register
from tests.policies.samples import parsed, shape


def one_by_one(outlook: Outlook) -> tuple[Outlook, list[Obligation]]:
    """What falls due, each record asked alone; and the outlook on what no single record owes."""
    every = ((seen.record.id, owes(seen)) for seen in of_records(outlook, sorted(outlook.register.records)))
    return together(outlook.register, outlook.day, outlook.until, Together.of(every))


ZERO = dict.fromkeys(("gate", "covers", "statements", "previous"), "c1:" + "0" * 64)

_POLICY: dict[str, Any] = {
    "format": 1,
    "policy": "SMALL",
    "title": "A small policy",
    "pack-version": "1",
    "effective": "2020-01-01",
    "owner": "board",
    "clauses": {
        "§1": {"title": "All", "points": ["reviews", "contact", "insurance", "notice", "selection", "roadmap"]}
    },
    "roles": {
        "board": {"title": "Board"},
        "manager": {"title": "Manager", "in-record": True},
        "coordinator": {"title": "Coordinator"},
    },
    "variables": {
        "contact": {"unit": "duration", "value": None, "clause": "§1/contact", "question": "How often?"},
        "notice": {"unit": "duration", "value": None, "clause": "§1/notice", "question": "How long?"},
        "fresh": {"unit": "duration", "value": None, "clause": "§1/insurance", "question": "How old?"},
    },
    "fields": {
        "partnership": {
            "roadmap": {
                "type": "items",
                "clause": "§1/roadmap",
                "title": "Plans.",
                "fields": {
                    "text": {"type": "text", "clause": "§1/roadmap", "title": "What.", "required": True},
                    "target": {"type": "day", "clause": "§1/roadmap", "title": "When.", "falls-due": "done"},
                    "done": {"type": "day", "clause": "§1/roadmap", "title": "Done."},
                },
            }
        }
    },
    "requirements": {
        "proposal": {"clause": "§1", "evidence": {"kinds": ["document"], "fresh-for": "$fresh"}},
        "heard": {"clause": "§1", "period": {"open-for": "P14D"}},
        "insurance": {
            "clause": "§1/insurance",
            "title": "Insurance",
            "evidence": {"kinds": ["document"]},
            "standing": ["active"],
            "of": "partnership",
            "within": "P30D",
            "waivable": {"by": "board"},
        },
        "agreed": {"clause": "§1", "linked": {"kind": "agreement", "in": ["active"]}, "standing": ["active"]},
        "advice": {
            "clause": "§1",
            "filled": ["website"],
            "standing": ["active"],
            "of": "partnership",
            "advisory": True,
        },
        "notice": {
            "clause": "§1/notice",
            "notice": {
                "given": "termination.notice-given",
                "effective": "termination.effective",
                "at-least": "$notice",
                "agreed-in": {"kind": "agreement", "in": ["active"], "field": "notice"},
            },
        },
        "sign-off": {"clause": "§1/reviews", "approval": {"role": "board"}},
        "findings": {"clause": "§1/reviews", "filled": ["findings"]},
        "selection": {"clause": "§1/selection", "approval": {"role": "board", "at-least": 2}},
        "accepted-until": {"clause": "§1", "filled": ["accepted-until"]},
        "why": {"clause": "§1", "reason": True},
    },
    "lifecycles": {
        "partnership": {
            "starts": "proposed",
            "stages": {
                "proposed": {"title": "Proposed"},
                "active": {"title": "Active"},
                "suspended": {"title": "Suspended"},
                "ended": {"title": "Ended"},
                "declined": {"title": "Declined", "over": True},
            },
            "transitions": [
                {"from": "proposed", "to": "active", "main": True, "needs": ["proposal", "heard", "agreed"]},
                {"from": "proposed", "to": "declined", "needs": ["why"]},
                {"from": "declined", "to": "proposed", "needs": ["why"]},
                {"from": "active", "to": "suspended", "needs": ["why"]},
                {"from": "suspended", "to": "active", "needs": ["agreed"]},
                {"from": ["active", "suspended"], "to": "ended", "needs": ["notice"]},
            ],
        },
        "agreement": {
            "starts": "draft",
            "stages": {"draft": {"title": "D"}, "active": {"title": "A"}, "ended": {"title": "E"}},
            "transitions": [
                {"from": "draft", "to": "active", "main": True},
                {"from": ["draft", "active"], "to": "ended", "needs": ["why"]},
            ],
        },
        "review": {
            "starts": "draft",
            "stages": {"draft": {"title": "D"}, "done": {"title": "F"}, "dropped": {"title": "X"}},
            "transitions": [
                {"from": "draft", "to": "done", "main": True, "needs": ["findings", "sign-off"]},
                {"from": "draft", "to": "dropped", "needs": ["why"]},
            ],
        },
        "risk": {
            "starts": "open",
            "stages": {"open": {"title": "O"}, "accepted": {"title": "A"}, "closed": {"title": "C"}},
            "transitions": [
                {"from": "open", "to": "accepted", "main": True, "needs": ["accepted-until"]},
                {"from": "accepted", "to": "open", "needs": ["why"]},
                {"from": ["open", "accepted"], "to": "closed", "needs": ["why"]},
            ],
        },
        "application": {
            "starts": "applied",
            "stages": {"applied": {"title": "A"}, "accepted": {"title": "Y"}, "rejected": {"title": "N"}},
            "transitions": [
                {"from": "applied", "to": "accepted", "main": True, "needs": ["selection"]},
                {"from": "applied", "to": "rejected", "needs": ["selection", "why"]},
            ],
        },
        "pairing": {
            "starts": "running",
            "stages": {"running": {"title": "R"}, "completed": {"title": "C"}},
            "transitions": [{"from": "running", "to": "completed", "main": True}],
        },
    },
    "cadences": {
        "monthly-reviews": {
            "clause": "§1/reviews",
            "title": "Monthly review",
            "of": "partnership",
            "while": ["active"],
            "every": "P1M",
            "settled-by": "review/monthly",
            "role": "manager",
        },
        "contact": {
            "clause": "§1/contact",
            "of": "partnership",
            "while": ["active", "suspended"],
            "every": "$contact",
            "settled-by": "communications/word",
            "role": "manager",
        },
        "check-ins": {
            "clause": "§1/reviews",
            "of": "pairing",
            "while": ["running"],
            "every": "P1M",
            "from": "starts",
            "until": "ends",
            "per": "participants.id",
            "settled-by": "check-ins",
            "role": "coordinator",
        },
        "meetings": {
            "clause": "§1/reviews",
            "of": "pairing",
            "while": ["running"],
            "every": "meets-every",
            "from": "starts",
            "until": "ends",
            "settled-by": "meetings",
        },
        "mid-review": {
            "clause": "§1/reviews",
            "of": "pairing",
            "while": ["running"],
            "once": "1/2",
            "from": "starts",
            "until": "ends",
            "settled-by": "review/mid",
        },
        "programme-review": {
            "clause": "§1/reviews",
            "of": "policy",
            "every": "P1Y",
            "settled-by": "review/annual",
            "role": "board",
        },
    },
}

Change = Callable[[dict[str, Any]], object]


@functools.cache
def _sound(data: str) -> Policy:
    """A policy from the canonical text of its data, if nothing is wrong with it."""
    policy = parsed(data)
    assert problems(policy) == []
    return policy


class World:
    """A register in memory: say what stands in it, then look at it on a day."""

    def __init__(self, change: Change = lambda _data: None, *, zone: str = "UTC", only: str | None = None) -> None:
        self.data = copy.deepcopy(_POLICY)
        if only is not None:
            self.data["cadences"] = {name: one for name, one in self.data["cadences"].items() if name == only}
        change(self.data)
        self.policy = _sound(canonical(self.data))
        self.settings = Settings.model_validate(
            {"format": 1, "name": "World", "time-zone": zone, "policies": {"allowed": ["SMALL"]}}
        )
        self.people: dict[str, Any] = {
            "p-ann": {"roles": [{"role": "board", "from": "2000-01-01"}]},
            "p-bob": {"roles": [{"role": role, "from": "2000-01-01"} for role in ("board", "manager", "coordinator")]},
        }
        self.records: dict[str, RecordFile] = {}

    def put(self, kind: str, id_: str, *moves: tuple[str, str], adopted: str | None = None, **fields: Any) -> None:
        """A record with the stages it reached, each with its day (or moment)."""
        data: dict[str, Any] = {"format": 1, "kind": kind, "id": id_, "policy": "SMALL", "stage": moves[-1][1]}
        data |= {key.replace("_", "-"): value for key, value in fields.items() if not key.endswith("_")}
        data |= {key.removesuffix("_"): value for key, value in fields.items() if key.endswith("_")}
        history = []
        for seq, (day, stage) in enumerate(moves, 1):
            entry = {"seq": seq, "id": f"{seq:016x}", "type": "move" if seq > 1 else "create", "to": stage}
            entry |= {"from": moves[seq - 2][1]} if seq > 1 else {}
            entry |= {"at": day if "T" in day else f"{day}T12:00:00Z", "by": "p-ann", "seal": ZERO}
            history.append(entry)
        if adopted is not None:
            history[0] |= {"type": "adopt", "since": adopted, "reason": "older"}
        data["history"] = history
        self.add(data)

    def add(self, data: dict[str, Any]) -> None:
        """A record as parsed YAML."""
        model = shape(self.policy, data["kind"])
        self.records[data["id"]] = RecordFile(data["id"], data, model.model_validate(data))

    def change(self, id_: str, **fields: Any) -> None:
        """Other fields of a record."""
        data = copy.deepcopy(self.records[id_].data)
        data |= {key.replace("_", "-"): value for key, value in fields.items()}
        self.add(data)

    def acme(self, *moves: tuple[str, str], **fields: Any) -> None:
        """A partnership, active from the first day of 2026 unless said otherwise."""
        fields = {"name": "Acme", "roles": {"manager": "p-bob"}, **fields}
        self.put("partnership", "acme", *(moves or (("2026-01-01", "active"),)), **fields)

    def pair(self, *moves: tuple[str, str], **fields: Any) -> None:
        """A pairing of two people for half a year."""
        people = [{"id": "p-mentor", "as": "mentor"}, {"id": "p-mentee", "as": "mentee"}]
        fields = {"title": "Python", "programme": "formal", "participants": people, **fields}
        fields = {"starts": "2026-01-15", "ends": "2026-07-15", **fields}
        self.put("pairing", "pair", *(moves or (("2026-01-15", "running"),)), **fields)

    def review(self, id_: str, begins: str, ends: str, *moves: tuple[str, str], **fields: Any) -> None:
        """A review of a partnership over some days."""
        fields = {"of": "acme", "title": id_, "rhythm": "monthly", "findings": "well", **fields}
        self.put("review", id_, *(moves or ((ends, "draft"), (ends, "done"))), from_=begins, until=ends, **fields)

    @property
    def register(self) -> Register:
        roster = Roster.model_validate({"format": 1, "people": self.people})
        source = PolicyFile("records/policies/SMALL.yaml", self.data, self.policy)
        return Register(self.settings, roster, {"SMALL": source}, dict(self.records))

    def outlook(self, day: str | date, within: str = "P30D") -> Outlook:
        on = date.fromisoformat(day) if isinstance(day, str) else day
        return outlook(self.register, on, Duration.parse(within))

    def all(self, day: str | date, within: str = "P30D") -> list[Obligation]:
        """Everything on that day: the same, whether all records are asked at once or each alone."""
        found = obligations(self.outlook(day, within))
        assert one_by_one(self.outlook(day, within))[1] == found
        return found

    def of(self, source: str, day: str | date, within: str = "P30D", what: str | None = None) -> list[Obligation]:
        """What comes from one source, or from one cadence, requirement or field of it."""
        found = [one for one in self.all(day, within) if one.source == source]
        return [one for one in found if what is None or one.what == what]

    def one(self, source: str, day: str | date, within: str = "P30D", what: str | None = None) -> Obligation:
        """The only one of a source."""
        found = self.of(source, day, within, what)
        assert len(found) == 1, found
        return found[0]


def days(first: str, last: str) -> list[date]:
    """Every day from one to another."""
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return [start + timedelta(days=count) for count in range((end - start).days + 1)]
