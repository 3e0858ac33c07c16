"""An entry made again where its record now stands: judged by the gate of today's register, sealed anew."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from partnerkit.dataclass import dataclass
from partnerkit.findings import Finding
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.statements import entry, with_entry
from partnerkit.kinds.canonical import same
from partnerkit.register import PolicyFile, RecordFile
from partnerkit.rules.commands import line
from partnerkit.rules.gate import Situation, gate
from partnerkit.rules.places import at
from partnerkit.rules.refused import Refused
from partnerkit.rules.verdict import Entered
from partnerkit.store.draft import Draft
from partnerkit.store.yaml.emit import Flow

#: What of an entry follows from where it stands, and does not make another of it.
_PLACED = frozenset({"id", "seq", "seal"})
_FIELDS = ("reason", "since", "seen", "undoes")


@dataclass(frozen=True, slots=True)
class Remade:
    """A record's data with entries made again, and the new id of each that is another now."""

    data: dict[str, Any]
    renamed: dict[str, str]


def as_made(data: dict[str, Any], entries: list[dict[str, Any]]) -> dict[str, Any]:
    """A record's data with entries as they were made: nobody has moved it since."""
    for one in entries:
        data = with_entry(data, {**one, "seal": Flow(one["seal"])})
    return data


def remade(
    desk: Desk, draft: Draft, found: RecordFile, entries: list[dict[str, Any]], names: Mapping[str, str], *, now: bool
) -> Remade:
    """A record's data with entries made again, one after the other.

    Args:
        desk: where and when.
        draft: what is about to land; the record stands in it without them.
        found: the record.
        entries: the entries, as they were made.
        names: the new ids of entries that were made again before.
        now: whether they are made at this moment; else each at its own, as far as time still runs forward.
    """
    renamed: dict[str, str] = {}
    here = found
    for made in entries:
        raw = {**made, "undoes": names[made["undoes"]]} if made.get("undoes") in names else made
        new = _again(desk, draft, here, raw, now=now or raw["at"] < here.data["history"][-1]["at"])
        if new["id"] != raw["id"]:
            renamed[raw["id"]] = new["id"]
        here = draft.put(with_entry(here.data, new), here.path)
    return Remade(here.data, renamed)


def _again(desk: Desk, draft: Draft, here: RecordFile, raw: dict[str, Any], *, now: bool) -> dict[str, Any]:
    source = draft.base.policies[here.model.policy]
    moment = desk.now if now else datetime.fromisoformat(raw["at"])
    uses, relies_on = _satisfied(draft, here, source, raw, moment)
    new = entry(
        desk,
        draft.after,
        here.data,
        source=source,
        kind=here.kind,
        type_=raw["type"],
        to=raw["to"],
        by=raw["by"],
        uses=uses,
        relies_on=relies_on,
        fields={key: raw.get(key) for key in _FIELDS},
    )
    told = desk if now else None
    kept = {key: value for key, value in new.items() if key not in {"clock", "hooks", "seal"}}
    kept |= {} if told else {"at": raw["at"]}
    kept |= {"clock": "set"} if (told.clock_set if told else "clock" in raw) else {}
    kept |= {"hooks": raw["hooks"]} if "hooks" in raw else {}
    kept["seal"] = new["seal"]
    changed = {key: value for key, value in kept.items() if key not in _PLACED}
    if same(changed, {key: value for key, value in raw.items() if key not in _PLACED}):
        kept["id"] = raw["id"]
    return kept


def _satisfied(
    draft: Draft, here: RecordFile, source: PolicyFile, raw: dict[str, Any], moment: datetime
) -> tuple[list[str], list[str]]:
    """What satisfies the gate now; of what passes no gate, what was named."""
    lifecycle = source.policy.lifecycles.get(here.kind)
    way = lifecycle.find(here.stage, raw["to"]) if lifecycle and raw["type"] == "move" else None
    if way is None:
        return list(raw.get("uses") or []), [one for one in raw.get("relies-on") or {} if one in draft.after.records]
    stood = draft.base.records.get(here.id)
    since = here.came.at
    situation = Situation(here, stood, draft.base, draft.after, source, moment, since, raw.get("reason"))
    answers = [one.answer for one in gate(situation, way)]
    return sorted({use for one in answers for use in one.uses}), sorted({x for one in answers for x in one.relies_on})


def demand_its_place(found: RecordFile, entries: list[dict[str, Any]], movers: Mapping[str, Entered]) -> None:
    """Whether a record still stands where entries leave it.

    Args:
        found: the record as it stands there.
        entries: the entries to be made again.
        movers: the entries that others brought, by id, each with the commit in which it landed.

    Raises:
        Refused: it does not; says who moved it, where to and when.
    """
    left = entries[0].get("from")
    if left == found.stage:
        return
    last = found.data["history"][-1]
    wanted = f"your move to {entries[-1]['to']} is not made again"
    if last["id"] in movers:
        commit = movers[last["id"]].commit
        message = f"{last['by']} moved {found.id} to {last['to']} on {last['at'][:10]} ({commit[:10]}): {wanted}"
    else:
        message = f"{found.id} stands in {found.stage}, because your move to {left} was not made again: {wanted}"
    mend = line("gates", found.id)
    raise Refused(f"{found.id}: nothing is made again", [_here(found, "overtaken", message, mend)])


def _here(found: RecordFile, code: str, message: str, mend: str) -> Finding:
    return at(found, ("stage",), code, message, mend=mend)
