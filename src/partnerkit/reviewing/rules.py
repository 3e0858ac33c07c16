"""What a change means for the files that say what is legal: policies, the roster, register.yaml; no address is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from partnerkit.kinds.canonical import same
from partnerkit.kinds.record import FORMAT
from partnerkit.kinds.roster import Person, RoleHeld, Roster
from partnerkit.kinds.ssh import fingerprint, public_key
from partnerkit.policies.changes import changes
from partnerkit.policies.things import became, in_full, shown
from partnerkit.policies.weakening import weakened
from partnerkit.register import ROSTER_PATH, SETTINGS_PATH, PolicyFile, Register
from partnerkit.reviewing.told import OfRules
from partnerkit.rules.amended import decided
from partnerkit.rules.effects import Effect, effects
from partnerkit.rules.governing import loosened, rule_changes, settings_weakened
from partnerkit.rules.keeping import holders_of
from partnerkit.steps import Step
from partnerkit.tuples import NamedTuple

#: How many records that a change of a policy concerns are told one by one.
_CONCERNED = 8


#: What to ask where a role is gone that somebody held.
_NEVER_HELD = "was it never held? A role that is over is given an end, by partnerkit person end"


class Told(NamedTuple):
    """A change of the roster in words, and what of it a reviewer must see; empty where there is nothing."""

    words: str
    look: str = ""


def of_rules(step: Step, now: datetime, made: date) -> Iterator[OfRules]:
    """What becomes of each file of rules that a step changes.

    Args:
        step: the step.
        now: the moment at which it is looked at.
        made: the day on which the roster was changed.
    """
    before, after = step.before, step.after
    if before is None:
        yield from _beginning(after, made)
        return
    for path in rule_changes(step):
        if path == SETTINGS_PATH:
            yield _settings(before, after, now)
        elif path == ROSTER_PATH:
            told = list(people_in_words(before.roster, after.roster, made))
            words, keepers = tuple(one.words for one in told), tuple(_keepers(before, "people", now))
            looks = {one.words: one.look for one in told if one.look}
            yield OfRules(path, "people", "people", words, means=keepers, looks=looks)
        else:
            yield _policy(before, after, path, now)


def _beginning(after: Register, made: date) -> Iterator[OfRules]:
    """The files with which a register begins."""
    told = list(people_in_words(Roster.model_validate({"format": FORMAT}), after.roster, made))
    looks = {one.words: one.look for one in told if one.look}
    settings = after.settings.model_dump(mode="json", by_alias=True, exclude_unset=True, exclude={"format"})
    yield OfRules(SETTINGS_PATH, "settings", "settings", tuple(_given(settings, "")), new=True)
    yield OfRules(ROSTER_PATH, "people", "people", tuple(one.words for one in told), looks=looks, new=True)
    yield from (_begun_policy(one) for _name, one in sorted(after.policies.items()))


def _given(value: Any, path: str) -> Iterator[str]:
    """What stands under each key, down to what holds no more keys."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _given(item, f"{path}.{key}" if path else key)
    else:
        yield f"{path}: {shown(value)}"


def _begun_policy(new: PolicyFile) -> OfRules:
    """A policy that was not there."""
    policy = new.policy
    parts = (_many(len(policy.requirements), "requirement"), f"lifecycles of {', '.join(policy.lifecycles)}")
    return OfRules(new.path, "policy", policy.policy, (", ".join(parts),), new=True)


def _settings(before: Register, after: Register, now: datetime) -> OfRules:
    old, new = (one.settings.model_dump(mode="json", by_alias=True) for one in (before, after))
    found = sorted(_leaves(old, new, ""), key=lambda one: (not one.startswith("trust."), one))
    separated = [
        words for name in sorted(before.policies) if name in after.policies for words in _looser(before, after, name)
    ]
    weaker = (*settings_weakened(before, after), *separated)
    keepers = tuple(_keepers(before, "register", now))
    return OfRules(SETTINGS_PATH, "settings", "settings", tuple(found), weaker, keepers)


def _keepers(before: Register, sort: str, now: datetime) -> Iterator[str]:
    """Who alone may land the change, where the register says so."""
    roles = before.settings.trust.who_changes(sort)
    if roles:
        who = ", ".join(holders_of(before, roles, before.day(now))) or "nobody"
        yield f"whoever lands it must hold {' or '.join(roles)}: {who}"


def _looser(before: Register, after: Register, name: str) -> Iterator[str]:
    """That separation of duties is loosened where the policy leaves it to the register."""
    if before.policies[name].policy.separation_of_duties is None:
        yield from loosened(before, after, name)


def _leaves(was: Any, now: Any, path: str) -> Iterator[str]:
    if isinstance(was, dict) and isinstance(now, dict):
        for key in dict.fromkeys([*was, *now]):
            yield from _leaves(was.get(key), now.get(key), f"{path}.{key}" if path else key)
    elif not same(was, now):
        yield f"{path}: {became(was, now)}"


def people_in_words(was: Roster, now: Roster, made: date) -> Iterator[Told]:
    """Who came, went, holds other roles or is recognised otherwise; an address is told of as one, and never said."""
    for who in sorted({*was.people, *now.people}):
        old, new = was.people.get(who), now.people.get(who)
        if new is None:
            yield _off(who, was.people[who])
            continue
        if old is None:
            keys = f" and {_many(len(new.keys), 'key')}" if new.keys else ""
            yield Told(f"{who} joins the roster, recognised by {_many(len(new.emails), 'address')}{keys}")
        yield from _roles(who, old or Person(), new, made)
        yield from _known_by(who, old, new) if old is not None else ()
    more, less = _apart(was.shared_mailboxes, now.shared_mailboxes)
    if more:
        yield Told(f"{_many(len(more), 'more shared mailbox')}: whoever is recognised by it alone never approves")
    if less:
        yield Told(f"{_many(len(less), 'shared mailbox')} less: whoever is recognised by it may approve again")


def _off(who: str, old: Person) -> Told:
    if not old.roles:
        return Told(f"{who} is off the roster")
    roles = ", ".join(f"{_held(one)} from {one.from_}" for one in old.roles)
    words = f"{who} is off the roster, with {roles}, as if it had never been"
    return Told(words, f"{words}: {_NEVER_HELD}")


def _roles(who: str, old: Person, new: Person, made: date) -> Iterator[Told]:
    known = {_begun(one): one for one in old.roles}
    left = dict(known)
    for one in new.roles:
        earlier = known.get(_begun(one))
        left.pop(_begun(one), None)
        if earlier is None:
            until = f" until {one.until}" if one.until else ""
            seen = f", seen in {one.seen}" if one.seen else ", and nothing says where that was decided"
            words = f"{who} gains {_held(one)} from {one.from_}"
            early = f"{words}, earlier than this was written ({made}): was it decided by then?"
            yield Told(f"{words}{until}{seen}", early if one.from_ < made else "")
        elif earlier.until != one.until:
            words = f"{who}: {_held(one)} {_ending(one)}; so far it {_ending(earlier)}"
            over = any(each.until is not None and each.until < made for each in (one, earlier))
            past = f"{words}; days that were over when this was written ({made}): was it decided by then?"
            yield Told(words, past if over else "")
    for one in left.values():
        words = f"{who}: {_held(one)} from {one.from_} is taken out as if it had never been"
        yield Told(words, f"{words}: {_NEVER_HELD}")


def _ending(held: RoleHeld) -> str:
    return f"ends on {held.until}" if held.until else "has no end"


def _begun(held: RoleHeld) -> tuple[object, ...]:
    return held.role, held.from_, tuple(sorted(held.scope.items()))


def _held(held: RoleHeld) -> str:
    scope = f" for {', '.join(held.scope.values())}" if held.scope else ""
    return f"{held.role}{scope}"


def _known_by(who: str, old: Person, new: Person) -> Iterator[Told]:
    """By what else somebody is recognised, or no more."""
    more, less = _apart(old.emails, new.emails)
    if more:
        others = "another address" if len(more) == 1 else f"{len(more)} other addresses"
        words = f"now recognised by {others}" if less else f"recognised by {_many(len(more), 'more address')}"
        yield Told(f"{who} is {words}", f"{who} is {words}: is that theirs? What it commits counts as their word")
    if less:
        yield Told(f"{who} is no longer recognised by {_many(len(less), 'address')}")
    keys, lost = _apart(old.keys, new.keys)
    for key in keys:
        words = f"{who} signs with one more key, {fingerprint(public_key(key))}"
        yield Told(words, f"{words}: is that theirs? What it signs counts as their word")
    yield from (Told(f"{who} no longer signs with the key {fingerprint(public_key(key))}") for key in lost)


def _apart(was: list[str], now: list[str]) -> tuple[list[str], list[str]]:
    return [one for one in now if one not in was], [one for one in was if one not in now]


def _many(count: int, what: str) -> str:
    plural = f"{what}es" if what.endswith(("s", "x")) else f"{what}s"
    return f"{count} {what if count == 1 else plural}"


def _policy(before: Register, after: Register, path: str, now: datetime) -> OfRules:
    old, new = _of_path(before, path), _of_path(after, path)
    if old is not None and new is not None:
        return _changed(before, after, old, new, now)
    if new is not None:
        return _begun_policy(new)
    name = path.rpartition("/")[2].removesuffix(".yaml")
    return OfRules(path, "policy", name, (), (f"the policy {name} is gone",))


def _of_path(register: Register, path: str) -> PolicyFile | None:
    return next((one for one in register.policies.values() if one.path == path), None)


def _changed(before: Register, after: Register, old: PolicyFile, new: PolicyFile, now: datetime) -> OfRules:
    name = old.policy.policy
    found = sorted(changes(old.data, new.data), key=lambda one: not one.demands)
    demanding, asked = [one.words for one in found if one.demands], dict(_asked(old, new))
    silent = sum(not one.demands and not (one.what == "requirement" and _asks(one.name) in asked) for one in found)
    by_case = [one for one in decided(before, after) if one.startswith(f"{name} as ")]
    words = (*by_case, *demanding, *asked, *((f"{silent} more in words only",) if silent else ()))
    apart = old.policy.separation_of_duties != new.policy.separation_of_duties
    weaker = (*(loosened(before, after, name) if apart else ()), *weakened(old.policy, new.policy))
    every = tuple(one.words for one in found) if len(found) > len(demanding) else ()
    means = (*_keepers(before, "policies", now), *_means(after, now, old, new))
    return OfRules(new.path, "policy", name, words, weaker, means, every, asked)


def _asked(old: PolicyFile, new: PolicyFile) -> Iterator[tuple[str, str]]:
    """The requirements that ask for the same kind of thing in other words, each with what a reviewer compares."""
    for name, one in new.policy.requirements.items():
        was = old.policy.requirements.get(name)
        if was is not None and was.ask != one.ask:
            words = f"{name} asked for «{in_full(was.ask)}», and asks for «{in_full(one.ask)}»"
            yield _asks(name), f"{words}: is as much asked for as before?"


def _asks(requirement: str) -> str:
    return f"requirement {requirement} asks in other words"


def _means(after: Register, now: datetime, old: PolicyFile, new: PolicyFile) -> Iterator[str]:
    """What the new version means for the records in flight, in words."""
    found = effects(after, now, old, new)
    if not found:
        return
    refused = len({one.record.id for one in found if one.refused})
    concerned = len({one.record.id for one in found})
    yield f"{_many(concerned, 'record')} concerned; {refused or 'none'} could be refused where it is not today"
    yield from (_effect(one) for one in found[:_CONCERNED])
    if len(found) > _CONCERNED:
        yield f"and {len(found) - _CONCERNED} more: partnerkit policy diff lists them"


def _effect(one: Effect) -> str:
    way = f"{one.record.stage} → {one.to}" if one.to else one.record.stage
    parts = [one.problem or one.news or ""]
    parts += [f"would be missing {', '.join(one.harder)}"] if one.harder else []
    parts += [f"no longer missing {', '.join(one.easier)}"] if one.easier else []
    parts += [f"approvals become void: {', '.join(one.void)}"] if one.void else []
    return f"{one.record.id} ({way}): {'; '.join(part for part in parts if part)}"
