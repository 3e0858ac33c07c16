"""A mentorship programme in memory: pairings and reviews under the shipped pack, and what their figures are."""

from __future__ import annotations

import functools
from datetime import date
from decimal import Decimal
from typing import Any

from partnerkit.jobs.figures import over_period
from partnerkit.jobs.periods import period
from partnerkit.kinds.roster import Roster
from partnerkit.kinds.settings import Settings
from partnerkit.metrics.figures import Figure
from partnerkit.policies.policy import Policy
from partnerkit.register import PolicyFile, RecordFile, Register
from tests.policies.packs import pack_data
from tests.policies.samples import shape

ZERO = dict.fromkeys(("gate", "covers", "statements", "previous"), "c1:" + "0" * 64)
POLICY = "MEM-02-03"


@functools.cache
def shipped() -> Policy:
    return Policy.model_validate(pack_data(POLICY))


class Programme:
    """Records in memory, in the order in which they were put."""

    def __init__(self, policy: Policy | None = None) -> None:
        self.policy = policy or shipped()
        self.records: dict[str, RecordFile] = {}

    def put(self, kind: str, id_: str, moves: list[tuple[str, str]], **fields: Any) -> None:
        """A record with the stages that it reached, each with its day."""
        history: list[dict[str, Any]] = []
        for seq, (day, stage) in enumerate(moves, 1):
            entry = {"seq": seq, "id": f"{seq:016x}", "type": "move" if seq > 1 else "create", "to": stage}
            entry |= {"from": moves[seq - 2][1]} if seq > 1 else {}
            history.append({**entry, "at": f"{day}T12:00:00Z", "by": "p-rosa", "seal": ZERO})
        self.add(kind, id_, history, **fields)

    def add(self, kind: str, id_: str, history: list[dict[str, Any]], **fields: Any) -> None:
        """A record with its history as it is written."""
        data = {"format": 1, "kind": kind, "id": id_, "policy": self.policy.policy, "stage": history[-1]["to"]}
        data |= {key.rstrip("_").replace("_", "-"): value for key, value in fields.items()} | {"history": history}
        model = shape(self.policy, kind).model_validate(data)
        self.records[id_] = RecordFile(f"records/{kind}s/{id_}.yaml", data, model)

    def pairing(self, id_: str, *moves: tuple[str, str], people: str = "", **fields: Any) -> None:
        """A pairing that began as proposed long ago: `people` such as `p-ada/mentor p-max/mentee`."""
        listed = [one.split("/") for one in (people or f"p-{id_}-a/mentor p-{id_}-b/mentee").split()]
        participants = [{"id": person, "as": part} for person, part in listed]
        usual = {"title": id_, "programme": "formal", "participants": participants}
        self.put("pairing", id_, [("2019-01-01", "proposed"), *moves], **{**usual, **fields})

    def review(self, id_: str, *moves: tuple[str, str], **fields: Any) -> None:
        """A review of the programme as a whole, or of a pairing."""
        usual = {"of": POLICY, "title": id_, "rhythm": "annual", "from": "2019-01-01", "until": "2019-12-31"}
        self.put("review", id_, list(moves), **{**usual, **fields})

    @property
    def register(self) -> Register:
        settings = Settings.model_validate(
            {"format": 1, "name": "World", "time-zone": "UTC", "policies": {"allowed": [POLICY]}}
        )
        source = PolicyFile(f"records/policies/{POLICY}.yaml", {}, self.policy)
        roster = Roster.model_validate({"format": 1, "people": {}})
        return Register(settings, roster, {self.policy.policy: source}, dict(self.records))

    def figures(self, over: str, today: str = "2040-01-01") -> dict[str, Figure]:
        found = over_period(self.register, self.policy, period(over), date.fromisoformat(today))
        return {one.name: one for one in found}

    def told(self, name: str, over: str) -> Decimal | str | None:
        """A figure, or why there is none."""
        figure = self.figures(over)[name]
        return figure.value if figure.state == "told" else figure.state
