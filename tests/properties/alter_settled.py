"""Entries that settle what went wrong: voided though it was legal, voided as it landed, put back truly or falsely."""

from __future__ import annotations

from tests.properties.alter_records import field, move
from tests.properties.forging import CLOSED, Draft, NothingToChangeError, copied, other
from tests.second_judge.past import GROUPS, counted
from tests.second_judge.reading import last_entry


def void(draft: Draft) -> None:
    """The latest entry that counts, or another, is said never to have counted; mostly by somebody else."""
    record = draft.record(draft.some())
    left = counted(record["history"])
    target = left[-1] if left and draft.random.random() < 0.85 else draft.pick(record["history"])
    others = [one for one in sorted(draft.after.world.people) if one != target["by"]]
    by = draft.pick(others) if draft.random.random() < 0.7 else target["by"]
    reason = {"reason": "never so"} if draft.random.random() < 0.9 else {}
    draft.enter(record["id"], "void", target.get("from") or "void", undoes=target["id"], by=by, **reason)


def moved_and_voided(draft: Draft) -> None:
    """A move that no gate let through, and its void in the same step."""
    draft.only = draft.some()
    move(draft)
    void(draft)


def correct(draft: Draft) -> None:
    """Something is said to have been put back, whether or not anything was altered."""
    record = draft.record(draft.some())
    entry = draft.pick(record["history"])
    to = record["stage"] if draft.random.random() < 0.8 else entry["to"]
    draft.enter(record["id"], "correct", to, undoes=entry["id"], reason="as it was")
    if draft.random.random() < 0.3:
        field(draft)


def put_back(draft: Draft) -> None:
    """What had been altered before the step is put back in it, in truth or nearly."""
    old, new = draft.before.world.records, draft.after.world.records
    name = str(draft.pick([one for one in sorted(new) if old.get(one) is new[one] and len(new[one]["history"]) > 1]))
    path = draft.after.world.paths[name]
    if path in draft.new or path in draft.rules:
        raise NothingToChangeError
    bad = draft.rules[path] = copied(new[name])
    groups = [group for group in GROUPS if bad.get(group)]
    what = draft.random.random()
    if what < 0.15:
        bad["stage"] = draft.pick([entry["to"] for entry in bad["history"]])
    elif what < 0.5 and groups:
        group = bad[draft.pick(groups)]
        said = draft.pick(group)
        if draft.random.random() < 0.3:
            group.remove(said)
        else:
            key = draft.pick(sorted(set(said) - {"id", "requirement", "binds", "by"}))
            said[key] = other(draft, said[key])
    else:
        key = draft.pick([one for one in bad if one not in CLOSED])
        bad[key] = other(draft, bad[key])
    if draft.random.random() < 0.25:
        draft.new[path] = copied(bad)  # nothing is put back
    entry = last_entry(new[name])
    draft.enter(name, "correct", new[name]["stage"], undoes=entry["id"], reason="as it was")
