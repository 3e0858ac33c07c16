"""What can be done to a record past the commands: its fields, its entries, its file. Each function changes one thing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tests.properties.forging import CLOSED, Draft, NothingToChangeError, copied, other
from tests.second_judge.past import everything_said
from tests.second_judge.reading import SETTINGS, digest, last_entry, said_digest
from tests.second_judge.words import lifecycle


def field(draft: Draft) -> None:
    """A field is changed."""
    record = draft.record(draft.some())
    key = draft.pick([one for one in record if one not in CLOSED])
    record[key] = other(draft, record[key])
    if draft.random.random() < 0.6:
        draft.seal(record["id"])


def field_gone(draft: Draft) -> None:
    """A field is taken out."""
    record = draft.record(draft.some())
    del record[draft.pick([one for one in record if one not in CLOSED])]
    draft.seal(record["id"])


def words(draft: Draft) -> None:
    """Something is written that no gate vouches for."""
    record = draft.record(draft.some())
    key = draft.pick([one for one in ("title", "name", "findings", "notes", "secondary-types") if one in record])
    record[key] = f"{record[key]}!" if isinstance(record[key], str) else other(draft, record[key])


def identity(draft: Draft) -> None:
    """What a record is, or belongs to, or who proposed it, is changed."""
    record = draft.record(draft.some())
    key = draft.pick(["policy", "of", "partnership", "proposer", "interested", "renews"])
    if key == "policy":
        record[key] = draft.pick(sorted(draft.after.world.policies))
    elif key in ("proposer", "interested"):
        record[key] = draft.person() if key == "proposer" else [draft.person()]
    else:
        record[key] = draft.pick(sorted(draft.after.world.records))
    if draft.random.random() < 0.5:
        draft.seal(record["id"])


def stage(draft: Draft) -> None:
    """The stage is written by hand."""
    record = draft.record(draft.some())
    record["stage"] = draft.pick(sorted(lifecycle(draft.policy(record), record["kind"])["stages"]))  # type: ignore[index]  # a record of a legal supply has a lifecycle


def move(draft: Draft) -> None:
    """A move is made, faultlessly sealed, whatever its gate says."""
    record = draft.record(draft.some())
    open_ = [way["to"] for way in draft.ways(record)]
    stages = sorted(lifecycle(draft.policy(record), record["kind"])["stages"])  # type: ignore[index]  # a record of a legal supply has a lifecycle
    to = draft.pick(open_ if open_ and draft.random.random() < 0.85 else stages)
    reason = {"reason": "because"} if draft.random.random() < 0.8 else {}
    draft.enter(record["id"], "move", to, **reason)


def undo(draft: Draft) -> None:
    """The latest entry, or another, is taken back."""
    record = draft.record(draft.some())
    undone = {one.get("undoes") for one in record["history"]}
    standing = [one for one in record["history"] if one["id"] not in undone and one["type"] != "undo"]
    target = standing[-1] if standing and draft.random.random() < 0.85 else draft.pick(record["history"])
    reason = {"reason": "a mistake"} if draft.random.random() < 0.9 else {}
    draft.enter(record["id"], "undo", target.get("from") or "void", undoes=target["id"], **reason)


def tombstone(draft: Draft) -> None:
    """A record is taken back for ever."""
    draft.enter(draft.some(), "tombstone", "void", reason="never was")


def adopt(draft: Draft) -> None:
    """What was made is said to have been there."""
    name = draft.pick([one for one in draft.changed() if draft.known(one) == 0])
    entry = draft.record(name)["history"][0]
    entry |= {"type": "adopt", "since": other(draft, entry["at"][:10]), "reason": "it was there"}
    draft.seal(name)


def entry_word(draft: Draft) -> None:
    """Something of an entry is changed."""
    record = draft.record(draft.some())
    new = record["history"][draft.known(record["id"]) :]
    entry = draft.pick(new if new and draft.random.random() < 0.7 else record["history"])
    key = draft.pick(sorted(entry))
    if draft.random.random() < 0.25:
        entry.pop(key)
    else:
        entry[key] = draft.person() if key == "by" else other(draft, entry[key])
    if draft.random.random() < 0.6:
        draft.seal(record["id"])


def entry_time(draft: Draft) -> None:
    """A new entry is dated otherwise, and sealed so."""
    name = draft.pick([one for one in draft.changed() if draft.known(one) < len(draft.record(one)["history"])])
    entry = draft.pick(draft.record(name)["history"][draft.known(name) :])
    entry["at"] = other(draft, entry["at"])
    draft.seal(name)


def entry_gone(draft: Draft) -> None:
    """An entry is taken out, from the end or from the middle."""
    history = draft.record(draft.some())["history"]
    if len(history) < 2:
        raise NothingToChangeError
    del history[draft.random.randrange(len(history)) if draft.random.random() < 0.5 else -1]


def entries_swapped(draft: Draft) -> None:
    """Two entries change places."""
    history = draft.record(draft.some())["history"]
    if len(history) < 2:
        raise NothingToChangeError
    place = draft.random.randrange(len(history) - 1)
    history[place : place + 2] = history[place : place + 2][::-1]


def entry_again(draft: Draft) -> None:
    """An entry is written down twice."""
    record = draft.record(draft.some())
    record["history"].append({**draft.pick(record["history"])})
    if draft.random.random() < 0.5:
        draft.seal(record["id"])


def deleted(draft: Draft) -> None:
    """A record is deleted, or moved elsewhere."""
    name = draft.some()
    path = draft.after.world.paths[name]
    data = draft.record(name)
    del draft.new[path]
    draft.gone.add(path)
    if draft.random.random() < 0.4:
        draft.new[path.replace(f"{name}.yaml", f"old/{name}.yaml")] = data


def half(draft: Draft) -> None:
    """Of several files that a step changes, one does not land."""
    names = draft.changed()
    if len(names) < 2:
        raise NothingToChangeError
    name = draft.pick(names)
    path, old = draft.after.world.paths[name], draft.before.world.records.get(name)
    draft.new.pop(path, None)
    if old is None:
        draft.gone.add(path)
    else:
        draft.new[path] = copied(old)


def landing(draft: Draft) -> None:
    """The step lands earlier or later."""
    if draft.landed is None:
        raise NothingToChangeError
    draft.landed += timedelta(days=draft.random.choice([-400, -30, -2, -1, 1, 400]), minutes=draft.random.randrange(60))


def spoken_of(draft: Draft) -> None:
    """A line is added to a log, of a day that has come or not."""
    record = draft.record(draft.some())
    if record["kind"] not in ("partnership", "application"):
        raise NothingToChangeError
    day = draft.random.choice([0, 0, 0, -3, 1]) + draft.after.at.toordinal()
    record.setdefault("communications", []).append(
        {"on": date.fromordinal(day).isoformat(), "kind": "updates", "summary": "All is well"}
    )


def seal_word(draft: Draft) -> None:
    """A new entry names other statements or records than those on which it rests, or carries another digest."""
    name = draft.pick([one for one in draft.changed() if draft.known(one) < len(draft.record(one)["history"])])
    record = draft.record(name)
    entry = draft.pick(record["history"][draft.known(name) :])
    said = {one.id: one.raw for one in everything_said(record)}
    uses = list(entry.get("uses") or [])
    what = draft.random.randrange(5)
    if what == 0:
        key = draft.pick(sorted(entry["seal"]))
        entry["seal"][key] = draft.pick([other(draft, entry["seal"][key]), digest([])])
        return
    if what == 1 and uses:
        uses.remove(draft.pick(uses))
    elif what == 2 and said:
        uses.append(draft.pick(sorted(said)))
    elif what == 3 and entry.get("relies-on"):
        one = draft.pick(sorted(entry["relies-on"]))
        entry["relies-on"][one] = draft.pick([draft.id(), draft.after.world.records[one]["history"][0]["id"]])
    else:
        one = draft.pick(sorted(draft.after.world.records))
        entry.setdefault("relies-on", {})[one] = last_entry(draft.after.world.records[one])["id"]
    entry["uses"] = sorted(uses)
    entry["seal"]["statements"] = digest(sorted([one, said_digest(said[one])] for one in uses if one in said))


def classify(draft: Draft) -> None:
    """A record is more confidential than the register, whose limit may be another; its words may be kept elsewhere."""
    record = draft.record(draft.some())
    record["classification"] = draft.pick(["confidential", "restricted"])
    if draft.random.random() < 0.3:
        draft.rule(SETTINGS)["classification"] = draft.pick(["confidential", "restricted"])
    if draft.random.random() < 0.5:
        for key in [key for key in record if key not in CLOSED]:
            record[key] = _kept_elsewhere(record[key])
    if draft.random.random() < 0.8:
        draft.seal(record["id"])


def _kept_elsewhere(value: Any) -> Any:
    if isinstance(value, list):
        return [_kept_elsewhere(one) for one in value]
    if isinstance(value, dict):
        return {key: _kept_elsewhere(one) for key, one in value.items()}
    return f"vault/paper.pdf sha256:{'0' * 64}" if isinstance(value, str) and " " in value else value
