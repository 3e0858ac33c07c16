"""What a step may not change, whatever its entries: histories, statements, locked fields, people, what is over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from tests.second_judge.fallen import rested_on_changes, used
from tests.second_judge.past import GROUPS, among, binding, everything_said, never_counted
from tests.second_judge.reading import BELONGS, CONTINUES, Data, World, above, alike, last_entry
from tests.second_judge.settled import Wrong
from tests.second_judge.words import (
    at_path,
    is_over,
    lifecycle,
    meets,
    now_called,
    people_in,
    requirements,
)


def wrong_with_history(old: Data, new: Data) -> Iterator[Wrong]:
    """History only grows."""
    before, after = old["history"], new["history"]
    for place, entry in enumerate(before):
        if place < len(after) and alike(entry, after[place]):
            continue
        if entry["id"] not in [one["id"] for one in after]:
            yield Wrong("entry-removed")
        elif place < len(after) and after[place]["id"] == entry["id"]:
            yield Wrong("entry-edited")
        else:
            yield Wrong("entry-reordered")
        return


def wrong_with_statements(old: Data, new: Data, policy: Data | None) -> Iterator[Wrong]:
    """Statements stay as they are; they are withdrawn once, and not before what stood there already."""
    seals = _sealing(old, policy) if policy is not None else {}
    for group in GROUPS:
        now = {one["id"]: one for one in new.get(group) or []}
        for one in old.get(group) or []:
            other = now.get(one["id"])
            if other is None:
                later = any(key in one for key in ("withdrawn", "signature"))
                yield Wrong("statement-removed", sealed=None if later else seals.get(one["id"]))
                continue
            parts = set(one) | set(other)
            held = one.get("withdrawn") is None
            free = {"signature", *(["withdrawn"] if held else [])}
            wrong = {key for key in parts if key not in free and not alike_here(one, other, key)}
            later = any(not alike(one[key], other.get(key)) for key in ("withdrawn", "signature") if key in one)
            if wrong or later:
                yield Wrong("statement-edited", sealed=None if later else seals.get(one["id"]))
    known = {one.id for one in everything_said(old) if one.taken_back is not None}
    for said in everything_said(new):
        if said.taken_back is not None and said.id not in known and said.taken_back < last_entry(old)["at"]:
            yield Wrong("withdrawal-misdated")


def _sealing(record: Data, policy: Data) -> dict[str, str]:
    """Which entry says of a statement what it was: the first gate that rests on it, itself or by an approval."""
    found: dict[str, str] = {}
    for gate in binding(record["history"], policy, record["kind"]):
        entry = record["history"][gate.index]
        uses = entry.get("uses") or []
        bound = [key for one in used(record, gate, "approvals") for key in one.raw["binds"].get("evidence") or {}]
        for name in [*uses, *bound]:
            found.setdefault(name, entry["id"])
    return found


def alike_here(one: Data, other: Data, key: str) -> bool:
    """Whether two blocks say the same under a key; absent is not empty."""
    return (key in one) == (key in other) and alike(one.get(key), other.get(key))


def wrong_with_fields(old: Data, new: Data, policy: Data | None) -> Iterator[Wrong]:
    """Identity, belonging, proposer; the fields that gates lock; what decisions rest on."""
    kind = new["kind"]
    for key in ("kind", "id", "policy"):
        if old.get(key) != new.get(key):
            yield Wrong("identity-changed", sealed=old["history"][0]["id"])
    for key in (*([BELONGS[kind]] if kind in BELONGS else []), *CONTINUES.get(kind, ())):
        if old.get(key) != new.get(key):
            yield Wrong("identity-changed")
    if old.get("proposer") not in (None, new.get("proposer")) and len(old["history"]) > 1:
        yield Wrong("proposer-changed", sealed=_who_vouches(old, new, policy, "proposer") if policy else None)
    if policy is not None:
        yield from _wrong_behind_gates(old, new, policy)


def _who_vouches(old: Data, new: Data, policy: Data, path: str) -> str | None:
    """The entry of the first gate that vouches for a field before the step and after it."""
    still = {gate.index for gate in binding(new["history"], policy, old["kind"])}
    gates = [one for one in binding(old["history"], policy, old["kind"]) if one.index in still and path in one.locks]
    return str(old["history"][gates[0].index]["id"]) if gates else None


def _wrong_behind_gates(old: Data, new: Data, policy: Data) -> Iterator[Wrong]:
    still = {gate.index for gate in binding(new["history"], policy, old["kind"])}
    seen: set[str] = set()
    for gate in binding(old["history"], policy, old["kind"]):
        for path in gate.locks if gate.index in still else ():
            if path not in seen and not alike(at_path(old, path), at_path(new, path)):
                yield Wrong("locked-field-changed", sealed=old["history"][gate.index]["id"])
            seen.add(path)
    for gate in rested_on_changes(old, new, policy):
        yield Wrong("rested-on-changed", sealed=old["history"][gate.index]["id"])


def people_gone(before: World, after: World) -> Iterator[tuple[str, str]]:
    """Records that name somebody whom the roster forgets."""
    gone = set(before.people) - set(after.people)
    for name, record in after.records.items():
        if any(gone & people_in(record, path) for path in ("proposer", "interested", "roles")):
            yield "person-unknown", name


def begun_too_late(old: Data | None, new: Data, before: World | None, after: World, landed: datetime | None) -> bool:
    """Whether something is begun of a record that is over by then."""
    kind, subject = new["kind"], after.records.get(above(new) or "")
    keys = [BELONGS[kind], *(["until"] if kind == "review" else [])] if kind in BELONGS else []
    changed = old is None or any(old.get(key) != new.get(key) for key in keys)
    if not changed or subject is None or new["history"][0]["type"] != "create":
        return False
    if old is not None and landed is None:
        return False
    moment = new["history"][0]["at"] if old is None else landed.strftime("%Y-%m-%dT%H:%M:%SZ")  # type: ignore[union-attr]  # when it landed is known: see above
    was = before.records.get(subject["id"]) if before else None
    return was_over(new, subject, after, moment, {entry["id"] for entry in was["history"]} if was else set())


def was_over(new: Data, subject: Data, after: World, moment: str, known: set[str]) -> bool:
    """Whether what a record belongs to was over at a moment, so that the record could not begin."""
    kind, policy = new["kind"], after.policies.get(subject["policy"])
    if policy is None:
        return False
    gone = never_counted(subject["history"])
    past = [entry for entry in subject["history"] if entry["at"] <= moment and not among(entry, gone)]
    surely = [entry for entry in past if entry["at"] < moment or entry["id"] in known]
    end = _end(policy, subject["kind"], surely)
    if end is None or _end(policy, subject["kind"], past) is None:
        return False
    if end["to"] == "void":
        return True
    since = end.get("since") or after.day(end["at"]).isoformat()
    if kind == "case" or (kind == "review" and isinstance(new.get("until"), str) and new["until"] <= since):
        return False
    wanted = [one for one in requirements(policy).values() if subject["stage"] in (one.get("standing") or [])]
    wanted = [one["linked"] for one in wanted if one.get("linked")]
    return not any(one["kind"] == kind and meets(one.get("where"), new) for one in wanted)


def _end(policy: Data, kind: str, history: list[Data]) -> Data | None:
    """The entry with which a record came to its end."""
    if history and history[-1]["to"] == "void":
        return history[-1]
    life = lifecycle(policy, kind)
    found = None
    for entry in reversed(history):
        stage = now_called(policy, kind, entry["to"])
        if life is None or stage not in life["stages"] or not is_over(life, stage):
            break
        found = entry
    return found
