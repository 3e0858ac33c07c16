"""Rules for text that was expunged: every marker is explained, and an expunging changed nothing but what it says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

from partnerkit.dataclass import replace
from partnerkit.findings import Finding
from partnerkit.kinds.canonical import digest, same
from partnerkit.kinds.expunging import (
    EXPUNGED,
    Expunging,
    Listed,
    explained,
    listed,
    marked,
    restated,
    stands_for,
    texts,
)
from partnerkit.kinds.statements import statement_digest
from partnerkit.policies.policy import Policy
from partnerkit.register import Keys, RecordFile, Register
from partnerkit.rules.case import to_come
from partnerkit.rules.commands import WHY, as_committed, line
from partnerkit.rules.compared import pairs
from partnerkit.rules.fitting import fits
from partnerkit.rules.keeping import Keepers, by
from partnerkit.rules.look import Look, restore
from partnerkit.rules.places import at
from partnerkit.rules.texts import field_of
from partnerkit.steps import NO_ENTRY, Step

if TYPE_CHECKING:
    from partnerkit.rules.bonds import Bond


def expunging_digest(before: Listed) -> str:
    """What an expunging carries of the one before it."""
    return digest(before[-1]) if before else NO_ENTRY


def markers_are_explained(look: Look) -> Iterator[Finding]:
    """Every marker that stands in a record names an expunging that the register knows."""
    unknown = _marks(look.record) - explained(_known(look.record))
    if unknown:
        unknown -= {one for other in look.register.of_kind(None) for one in explained(_known(other))}
    for keys, text in texts(look.record.data) if unknown else ():
        for one in sorted(marked(text) & unknown):
            message = f"a marker of the expunging {one} stands here, and no record says who took text out and why"
            yield at(look.record, keys, "marker-unexplained", message, mend=restore(look))


def _marks(record: RecordFile) -> frozenset[str]:
    """The ids of the expungings whose markers stand in a record; parts that are known to hold none are passed over."""
    known: frozenset[str] = record.found.get("unmarked", frozenset())
    found = marked([part for key, part in record.data.items() if key not in known])
    record.found["unmarked"] = known if found else frozenset(record.data)
    return found


def _known(record: RecordFile) -> Listed:
    return (*listed(record.data), *record.later)


def expungings_are_a_chain(look: Look) -> Iterator[Finding]:
    """What was expunged is listed in order, each carrying the digest of the one before, by people of the roster."""
    known = listed(look.record.data)
    for index, one in enumerate(look.record.model.expunged):
        keys: Keys = (EXPUNGED, index)
        before = known[:index]
        if not fits(look.record, one.previous, expunging_digest(before), before[-1:]):
            message = f"the expunging before {one.id} was changed, removed or moved after {one.id} was recorded"
            yield at(look.record, keys, "expunging-edited", message, mend=restore(look))
        if one.id in {other["id"] for other in before}:
            yield at(look.record, keys, "expunging-untrue", f"{one.id} is listed twice", mend=restore(look))
        if one.by not in look.register.roster.people:
            mend = line("person", "add", one.by, "--email", "<email>")
            yield at(look.record, (*keys, "by"), "person-unknown", f"{one.by} is not on the roster", mend=mend)
        if to_come(one.at, one.clock, look.latest):
            message = f"{one.id} is dated {one.at:%Y-%m-%d %H:%M}, which is still to come"
            yield at(look.record, keys, "entry-in-future", message, mend=restore(look))


def expungings_are_true(step: Step, only: set[str] | None) -> Iterator[Finding]:
    """What a step says that it expunged is what it expunged, and what was expunged before stays told."""
    for old, new in pairs(step, only):
        if new is not None and (new.model.expunged or (old is not None and old.model.expunged)):
            stood = step.before.records.get(new.id) if step.before is not None else None
            yield from _judged(step, old, new, stood)


def _judged(step: Step, old: RecordFile | None, new: RecordFile, stood: RecordFile | None) -> Iterator[Finding]:
    """Judge one record: before the step with the text taken out that it expunged, after it, and before as it was."""
    before, after = listed(old.data) if old is not None else (), listed(new.data)
    for index, one in enumerate(before):
        if index >= len(after) or not same(one, after[index]):
            message = f"the expunging {one.get('id')} was edited or taken out: who took out what and why stays told"
            mend = as_committed(new.path)
            yield at(new, (EXPUNGED,), "expunging-edited", message, mend=mend)
            return
    for index in range(len(before), len(after)):
        yield from _judge_one(step, new, index, new.model.expunged[index])
    if len(after) > len(before):
        yield from _alone(step, old, new, len(after) - len(before))
        yield from _restated_truly(step, new, len(before), stood, old)
        yield from _where_nothing_turns_on_it(step, new, explained(after[len(before) :]))


def _alone(step: Step, old: RecordFile | None, new: RecordFile, added: int) -> Iterator[Finding]:
    """A step that takes text out of a record does that once and nothing else to it: else more could hide behind it."""
    if step.before is None:
        return
    one = new.model.expunged[-1].id
    if old is None or added > 1:
        what = "the record was not there before" if old is None else f"{added} expungings land at once"
        message = f"{one} takes text out of {new.id}, and {what}: each lands in a step of its own"
        yield at(new, (EXPUNGED,), "expunging-untrue", message, mend=_by_command(new))
        return
    keys = sorted({*old.data, *new.data} - {EXPUNGED})
    more = [key for key in keys if not same(old.data.get(key), new.data.get(key))]
    if more:
        message = (
            f"{one} takes text out of {new.id}, and the same step changes {', '.join(more)} otherwise: it lands alone"
        )
        yield at(new, (more[0],), "expunging-untrue", message, mend=_by_command(new))


def _where_nothing_turns_on_it(step: Step, new: RecordFile, ids: AbstractSet[str]) -> Iterator[Finding]:
    """No text is taken out on which it turns what the policy asks of the record: a demand could be got rid of so."""
    policy = step.rules.policy_of(new)
    turning = _turned_on(policy, new.kind) if policy is not None else set()
    for keys, text in texts(new.data) if turning else ():
        if field_of(keys) in turning and marked(text) & ids:
            message = f"{field_of(keys)} decides what the policy asks of {new.id}, so no text is taken out of it"
            yield at(new, keys, "not-expungible", message, mend=_by_command(new))


def _turned_on(policy: Policy, kind: str) -> set[str]:
    """The fields by which a policy decides whether it asks for something, which way is open, and who may decide."""
    found: set[str] = set()
    for one in policy.requirements.values():
        found |= {*(one.when or {}), *(one.matches or {})}
        found |= set(one.approval.scope.values()) if one.approval is not None else set()
        found |= set(one.waivable.scope.values()) if one.waivable is not None else set()
    lifecycle = policy.lifecycles.get(kind)
    return found | {path for way in (lifecycle.transitions if lifecycle else []) for path in way.when or {}}


def _by_command(record: RecordFile) -> str:
    forget = line("person", "forget", "<file>", *WHY)
    return f"{as_committed(record.path)}; {forget} takes text out, and says what it did"


def _judge_one(step: Step, new: RecordFile, index: int, one: Expunging) -> Iterator[Finding]:
    keys, day = (EXPUNGED, index), step.rules.day(one.at)
    if not step.rules.roster.roles_of(one.by, day):
        message = f"{one.by} held no role on {day}: only people of the roster take text out of a record"
        mend = line("person", "role", one.by, "<role>")
        yield at(new, keys, "actor-unknown", message, mend=mend)
    yield from _by_those_who_may(step, new, keys, one)
    earlier = [other.at for other in new.model.expunged[:index]]
    if one.at < max([new.model.history[0].at, *earlier]):
        yield at(new, keys, "entry-backdated", f"{one.id} is dated before what precedes it", mend=_by_command(new))
    if step.landed_at and to_come(one.at, one.clock, step.landed_at):
        yield at(new, keys, "entry-in-future", f"{one.id} is dated after it landed", mend=_by_command(new))
    there = sum(one.id in marked(text) for _keys, text in texts(new.data))
    if (there == 0) != (one.places == 0) or there > one.places:
        message = f"{one.id} says that it took text out in {one.places} places, and its marker stands in {there}"
        yield at(new, (*keys, "places"), "expunging-untrue", message, mend=_by_command(new))


def _by_those_who_may(step: Step, new: RecordFile, keys: Keys, one: Expunging) -> Iterator[Finding]:
    """Whoever took text out, and whoever lands that, held a role that the register, as it stood before, asks for.

    The name in a record is quickly written; whose commit lands it, where that is known, is not so easily forged.
    """
    rules, roles = step.rules, step.rules.settings.trust.expunged_by
    if one.by not in rules.roster.people:
        return
    keepers = Keepers(rules, "trust.expunged-by", roles, rules.day(one.at))
    who = None if keepers.allow([one.by]) else f"is by {one.by}"
    if who is None and step.by is not None and step.landed_at is not None:
        keepers = replace(keepers, day=rules.day(step.landed_at))
        who = (
            None if keepers.allow(step.by) else f"says that it is by {one.by} and lands with a commit of {by(step.by)}"
        )
    if who is not None:
        message = f"{one.id} took text out of {new.id} and {who}, and {keepers.are_told()}"
        mend = f"one of them runs: {line('person', 'forget', '<file>', *WHY)}"
        yield at(new, (*keys, "by"), "expunged-by-another", message, mend=mend)


def expunges(before: Register, after: Register, ids: Iterable[str]) -> bool:
    """Whether a step takes text out of one of these records."""
    pairs_ = ((before.records.get(one), after.records.get(one)) for one in ids)
    return any(new and len(new.model.expunged) > len(old.model.expunged if old else []) for old, new in pairs_)


def _restated_truly(
    step: Step, new: RecordFile, first: int, stood: RecordFile | None, old: RecordFile | None
) -> Iterator[Finding]:
    """The digests that new expungings give anew were true before, and are those of the same things without the text."""
    before = _bonds(step, stood)
    right = _right(before, stood, old, new) if stood is not None and old is not None else {}
    signed = _signed_before(stood) if stood is not None else set()
    expungings = listed(new.data)[first:]
    for was, now in _composed([one.get("again") or {} for one in expungings]).items():
        if was.startswith("sha256:") and _file_restated(step, new, was, now, explained(expungings)):
            continue
        if not {*right.get(was, ()), *signed} & set(restated(new.later, now)):
            message = (
                f"{expungings[-1]['id']} says that the digest {was[:15]}… is {now[:15]}… now, and nothing in the "
                "record had the one before the step and has the other after it"
            )
            yield at(new, (EXPUNGED, first, "again"), "expunging-untrue", message, mend=_by_command(new))


def _file_restated(step: Step, new: RecordFile, was: str, now: str, ids: AbstractSet[str]) -> bool:
    """Whether a file of evidence had a digest and has another one since nothing but text was taken out of it."""
    for said in new.model.evidence:
        if said.digest is None or said.ref is None or said.claimed:
            continue
        if was not in restated(listed(new.data), said.digest) or step.after.digests(said.ref) != now:
            continue
        before = step.before.reads(said.ref) if step.before is not None else None
        if before is None or _text_taken_out(before, step.after.reads(said.ref) or b"", ids):
            return True
    return False


def _text_taken_out(before: bytes, after: bytes, ids: AbstractSet[str]) -> bool:
    """Whether a file of text is what it was but for markers of some expungings."""
    try:
        then, there = before.decode(), after.decode()
    except UnicodeDecodeError:
        return False
    return stands_for(there, then, ids)


def _right(before: list[Bond], stood: RecordFile, old: RecordFile, new: RecordFile) -> dict[str, set[str | None]]:
    """For each digest that held before a step: what it is without the text."""
    found: dict[str, set[str | None]] = {}
    for one in before:
        was = one.of(stood.data)
        if was is None:
            continue
        if one.holds(stood.data):
            found.setdefault(was, set()).add(one.of(old.data))
        elif stood.marked_later(stood.data):  # history was rewritten: the text had been taken out here already
            found.setdefault(restated(listed(stood.data), one.sealed)[-1], set()).add(one.of(new.data))
    return found


def _signed_before(stood: RecordFile) -> set[str]:
    """The digests of signed statements from which a rewriting of history took text already: what they were is gone."""
    said = (raw for raw in stood.data.get("approvals") or [] if "signature" in raw)
    return {statement_digest(raw) for raw in said if stood.marked_later(raw)}


def _bonds(step: Step, record: RecordFile | None) -> list[Bond]:
    source = step.rules.policies.get(record.model.policy) if record is not None else None
    if record is None or source is None:
        return []
    from partnerkit.rules.bonds import bonds  # noqa: PLC0415 - only where text is taken out

    now = record.model.history[-1].at
    return list(bonds(Look(record, step.rules, source, now, now)))


def _composed(maps: list[dict[str, str]]) -> dict[str, str]:
    """What several expungings, one after the other, made of each digest in the end."""
    total: dict[str, str] = {}
    for one in maps:
        passed = set(total.values())
        total = {was: one.get(now, now) for was, now in total.items()}
        total |= {was: now for was, now in one.items() if was not in passed}
    return total
