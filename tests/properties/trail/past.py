"""Tampering with what had landed: each function writes one commit so that it changes what stood there before it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from tests.properties.trail.story import Story, Tampering, of_file
from tests.second_judge.past import GROUPS, Said, binding, everything_said
from tests.second_judge.reading import BELONGS, Data, digest, instant
from tests.second_judge.words import lifecycle, requirements


def earlier(text: str, hours: int = 24) -> str:
    """A moment before another, as records write it."""
    return f"{instant(text) - timedelta(hours=hours):%Y-%m-%dT%H:%M:%SZ}"


def other_digest(text: str) -> str:
    """Another digest of the same form."""
    head, _, tail = text.rpartition(":")
    return f"{head}:{'0' if tail[0] != '0' else '1'}{tail[1:]}"


def _in_record(story: Story, place: int, name: str, code: str, change: Callable[[Data], object]) -> Tampering:
    return Tampering(place, name, (code,), of_file(story.before(place).paths[name], change))


def _an_entry(story: Story, place: int, least: int = 1) -> tuple[Data, int]:
    record = story.record_before(place, lambda one: len(one["history"]) >= least)
    return record, story.random.randrange(len(record["history"]))


def _of_entry(mark: str, change: Callable[[Data], object]) -> Callable[[Data], None]:
    """Changes the entry that has an id."""

    def changing(record: Data) -> None:
        for entry in record["history"]:
            if entry["id"] == mark:
                change(entry)

    return changing


def _with_more(words: str | None) -> str:
    return f"{words} indeed" if words else "indeed"


def entry_edited(story: Story) -> Tampering:
    """Something of an entry that had landed: where it leads, when, by whom, on what it rests, its seal."""
    place = story.somewhere()
    record, index = _an_entry(story, place)
    entry = record["history"][index]
    key = story.pick(["to", "at", "by", "uses", "seal", "from", "reason", "type"])
    seal = story.pick(sorted(entry["seal"]))
    stages = sorted((lifecycle(story.policy(place, record), record["kind"]) or {"stages": {}})["stages"])
    uses = list(entry.get("uses") or [])
    value: dict[str, Callable[[], Any]] = {
        "to": lambda: story.pick([one for one in stages if one != entry["to"]]),
        "at": lambda: earlier(entry["at"], story.pick([1, 24, 999])),
        "by": lambda: story.pick([one for one in sorted(story.before(place).people) if one != entry["by"]]),
        "uses": lambda: uses[1:] if uses else ["e-000000000000"],
        "seal": lambda: {**entry["seal"], seal: other_digest(entry["seal"][seal])},
        "from": lambda: story.pick([one for one in stages if one != entry.get("from")]),
        "reason": lambda: _with_more(entry.get("reason")),
        "type": lambda: story.pick([one for one in ("create", "adopt", "move", "undo") if one != entry["type"]]),
    }
    new = value[key]()
    return _in_record(
        story, place, record["id"], "entry-edited", _of_entry(entry["id"], lambda one: one.update({key: new}))
    )


def entry_removed(story: Story) -> Tampering:
    """An entry that had landed is gone; the stage is made to fit, or not."""
    place = story.somewhere()
    record, index = _an_entry(story, place, 2)
    mark, fits = record["history"][index]["id"], story.random.random() < 0.5
    # Without its migration it would stand in a stage that is gone, and could not be read at all.
    fits = fits and record["history"][index]["type"] != "migrate"

    def change(one: Data) -> None:
        one["history"] = [entry for entry in one["history"] if entry["id"] != mark]
        if fits:
            one["stage"] = one["history"][-1]["to"]

    return _in_record(story, place, record["id"], "entry-removed", change)


def entries_reordered(story: Story) -> Tampering:
    """Two entries that had landed changed places."""
    place = story.somewhere()
    record, _index = _an_entry(story, place, 2)
    left = story.random.randrange(len(record["history"]) - 1)

    def change(one: Data) -> None:
        one["history"][left : left + 2] = one["history"][left : left + 2][::-1]

    return _in_record(story, place, record["id"], "entry-reordered", change)


def sealed_anew(story: Story) -> Tampering:
    """An entry that had landed is exchanged, and whoever did it made every seal after it fit."""
    place = story.somewhere()
    record, index = _an_entry(story, place, 2)
    mark = record["history"][index]["id"]
    by = story.pick([one for one in sorted(story.before(place).people) if one != record["history"][index]["by"]])

    def change(one: Data) -> None:
        _of_entry(mark, lambda entry: entry.update(by=by))(one)
        chained(one)

    return _in_record(story, place, record["id"], "entry-edited", change)


def chained(record: Data) -> None:
    """Every entry carries the digest of the one before it."""
    previous: Any = []
    for entry in record["history"]:
        entry["seal"]["previous"] = digest(previous)
        previous = entry


def statement_edited(story: Story) -> Tampering:
    """Something of a statement that had landed: who, when, what, for what."""
    place = story.somewhere()
    record = story.record_before(place, lambda one: bool(everything_said(one)))
    said = story.pick(everything_said(record))
    new = reworded(story, said, story.policy(place, record))
    return _in_record(
        story, place, record["id"], "statement-edited", of_statement(said.id, lambda one: one.update(new))
    )


def reworded(story: Story, said: Said, policy: Data) -> Data:
    """Another word in a statement, which can be read as well."""
    raw = said.raw
    several: list[Data] = [
        {"at": earlier(said.at, story.pick([1, 24]))},
        {"requirement": story.pick(sorted(requirements(policy)))},
    ]
    several += [{key: f"{raw[key]} indeed"} for key in ("summary", "reason") if key in raw]
    several += [{"on": earlier(said.at, 48)[:10]}, {"on": earlier(said.at, 72)[:10]}]
    several += [{"by": one} for one in sorted(story.world(-1).people)] if "recorded-by" not in raw else []
    several += [{"kind": "report"}, {"outcome": "fail"}] if said.group == "evidence" else []
    several += [{"decision": "reject"}, {"role": "core-team"}] if said.group == "approvals" else []
    several += [{"party": "nobody-at-all"}] if "party" in raw else []
    several += [{"digest": other_digest(raw["digest"])}] if "digest" in raw else []
    several += [{"ref": "https://files.example/another"}] if "ref" in raw else []
    found: Data = story.pick([one for one in several if any(raw.get(key) != value for key, value in one.items())])
    return found


def of_statement(mark: str, change: Callable[[Data], object]) -> Callable[[Data], None]:
    """Changes the statement that has an id."""

    def changing(record: Data) -> None:
        for said in everything_said(record):
            if said.id == mark:
                change(said.raw)

    return changing


def without(mark: str) -> Callable[[Data], None]:
    """Takes the statement out that has an id."""

    def changing(record: Data) -> None:
        for group in GROUPS:
            if group in record:
                record[group] = [one for one in record[group] if one["id"] != mark]
                if not record[group]:
                    del record[group]

    return changing


def statement_removed(story: Story) -> Tampering:
    """A statement that had landed is gone."""
    place = story.somewhere()
    record = story.record_before(place, lambda one: bool(everything_said(one)))
    said = story.pick(everything_said(record))
    return _in_record(story, place, record["id"], "statement-removed", without(said.id))


def withdrawal_undone(story: Story) -> Tampering:
    """A statement that was withdrawn counts again."""
    place = story.somewhere()
    record = story.record_before(place, lambda one: any(said.taken_back for said in everything_said(one)))
    said = story.pick([one for one in everything_said(record) if one.taken_back])
    return _in_record(
        story, place, record["id"], "statement-edited", of_statement(said.id, lambda one: one.pop("withdrawn", None))
    )


def withdrawn_before(story: Story) -> Tampering:
    """A statement is withdrawn as of a day before the entry that rests on it."""
    place = story.somewhere()
    record = story.record_before(place)
    last = record["history"][-1]["at"]
    said = story.pick([one for one in everything_said(record) if one.taken_back is None and one.at < last])
    back = {"at": said.at, "by": said.raw["by"], "reason": "it never was"}
    return _in_record(
        story, place, record["id"], "withdrawal-misdated", of_statement(said.id, lambda one: one.update(withdrawn=back))
    )


def stage_edited(story: Story) -> Tampering:
    """The stage is written by hand."""
    place = story.somewhere()
    record = story.record_before(place)
    now = story.world(place).records[record["id"]]
    life = lifecycle(story.world(place).policies[record["policy"]], record["kind"])
    stage = story.pick([one for one in sorted((life or {"stages": {}})["stages"]) if one != now["history"][-1]["to"]])
    return _in_record(story, place, record["id"], "stage-edited", lambda one: one.update(stage=stage))


def locked_field_changed(story: Story) -> Tampering:
    """A text for which a gate vouches says something else; whoever did it made the seals fit, or not."""
    place = story.somewhere()
    record = story.record_before(place)
    now = story.world(place).records[record["id"]]
    policy = story.policy(place, record)
    still = {gate.index for gate in binding(now["history"], policy, record["kind"])}
    gates = [gate for gate in binding(record["history"], policy, record["kind"]) if gate.index in still]
    key = story.pick(sorted({path for gate in gates for path in gate.locks if _text_below(record.get(path))}))
    text = _text_below(record[key])
    return _in_record(
        story, place, record["id"], "locked-field-changed", lambda one: one.update({key: _replaced(one.get(key), text)})
    )


def _text_below(value: Any) -> str | None:
    """A text in words, not a choice or an id."""
    if isinstance(value, str):
        return value if " " in value and not value.startswith("http") else None
    parts = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    return next((found for one in parts if (found := _text_below(one)) is not None), None)


def _replaced(value: Any, text: str | None) -> Any:
    if isinstance(value, dict):
        return {key: _replaced(one, text) for key, one in value.items()}
    if isinstance(value, list):
        return [_replaced(one, text) for one in value]
    return f"{value} or not" if value is not None and value == text else value


def belongs_elsewhere(story: Story) -> Tampering:
    """What belongs to a record belongs to another one."""
    place = story.somewhere()
    record = story.record_before(place, lambda one: one["kind"] in BELONGS and bool(one.get(BELONGS[one["kind"]])))
    key = BELONGS[record["kind"]]
    others = [
        one for name, one in story.before(place).records.items() if one["kind"] not in BELONGS and name != record[key]
    ]
    other = story.pick(sorted(one["id"] for one in others if one["policy"] == record["policy"]))
    return _in_record(story, place, record["id"], "identity-changed", lambda one: one.update({key: other}))


def tombstone_changed(story: Story) -> Tampering:
    """What was taken back says something else."""
    place = story.somewhere()
    record = story.record_before(
        place, lambda one: one["stage"] == "void" and any(key in one for key in ("name", "title"))
    )
    key = "name" if "name" in record else "title"
    return _in_record(story, place, record["id"], "tombstone-changed", lambda one: one.update({key: "Risen again"}))


#: What stands here twice is done twice as often.
PAST = [
    entry_edited, entry_edited, entry_edited, entry_removed, entries_reordered, sealed_anew, statement_edited, statement_edited,
    statement_removed, withdrawal_undone, withdrawn_before, stage_edited, locked_field_changed, locked_field_changed,
    belongs_elsewhere, tombstone_changed,
]  # fmt: skip  # short words, several to a line
