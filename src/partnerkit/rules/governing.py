"""Rules for a change of the rules: who may make it, and what it weakens, in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from partnerkit.findings import Finding
from partnerkit.kinds.classified import above
from partnerkit.kinds.roster import RoleHeld
from partnerkit.register import ROSTER_PATH, SETTINGS_PATH, Register
from partnerkit.rules.commands import line
from partnerkit.rules.keeping import Keepers, by, holders_of, those_with
from partnerkit.steps import Step

_RANK = {"off": 0, "warn": 1, "require": 2}


def rule_changes(step: Step) -> list[str]:
    """The rule files that a step changes."""
    if step.before is None or step.before.rules is step.after.rules:
        return []
    before, after = step.before.rules, step.after.rules
    return sorted(path for path in {*before, *after} if before.get(path) != after.get(path))


def rules_changed_by_those_who_may(step: Step, only: set[str] | None) -> Iterator[Finding]:
    """Whoever lands a change of the rules holds a role that the register, as it stood before, demands for it."""
    del only
    if step.before is None or step.by is None or step.landed_at is None:
        return
    before, day = step.before, step.before.day(step.landed_at)
    for path in rule_changes(step):
        roles = before.settings.trust.who_changes(_sort_of(path))
        keepers = Keepers(before, "trust.rules-changed-by", roles, day)
        if not keepers.allow(step.by):
            message = f"{path} is changed by {by(step.by)}, and {keepers.are_told()}"
            yield Finding("rules-changed-by-another", message, file=path, line=1, mend="one of them lands the change")


def keepers_are_there(register: Register, now: datetime) -> Iterator[Finding]:
    """Somebody holds a role that whoever changes the rules needs, else nobody ever could: not to mend that either."""
    day = register.day(now)
    for sort in ("policies", "people", "register"):
        roles = register.settings.trust.who_changes(sort)
        if roles and not holders_of(register, roles, day):
            message = (
                f"trust.rules-changed-by leaves {sort} to {' or '.join(roles)}, which nobody holds: nobody may change "
                "them, and audit would find whoever does"
            )
            mend = line("person", "role", "<person>", roles[0]) if sort != "people" else "name a role that is held"
            yield Finding("keepers-missing", message, "warning", SETTINGS_PATH, 1, 1, mend=mend)
    trust = register.settings.trust
    for key, what, roles in (
        ("expunged-by", "taking text out", trust.expunged_by),
        ("adopted-by", "taking in records as they stand", trust.adopted_by),
    ):
        if roles and not holders_of(register, roles, day):
            message = (
                f"trust.{key} leaves {what} to {' or '.join(roles)}, which nobody holds: nobody may, and audit would "
                "find whoever does"
            )
            mend = line("person", "role", "<person>", roles[0])
            yield Finding("keepers-missing", message, "warning", SETTINGS_PATH, 1, 1, mend=mend)


def _sort_of(path: str) -> str:
    return {ROSTER_PATH: "people", SETTINGS_PATH: "register"}.get(path, "policies")


def weakened(before: Register, after: Register) -> list[str]:
    """Everything in which the rules demand less than they did, or give somebody more to decide, in words."""
    return [*_policies(before, after), *settings_weakened(before, after), *_roster(before, after)]


def _policies(before: Register, after: Register) -> Iterator[str]:
    for name, old in sorted(before.policies.items()):
        new = after.policies.get(name)
        if new is None:
            yield f"{name}: the policy is gone"
            continue
        yield from loosened(before, after, name)
        if before.rules.get(old.path) != after.rules.get(new.path):
            from partnerkit.policies.weakening import weakened as weakened_policy  # noqa: PLC0415 - only where it changed

            yield from (f"{name} {words}" for words in weakened_policy(old.policy, new.policy))


def loosened(before: Register, after: Register, name: str) -> Iterator[str]:
    """That deciders under a policy need no longer be others than proposers and parties, or that it only warns."""
    was, now = before.separation(name), after.separation(name)
    if _RANK[now] < _RANK[was]:
        yield f"separation of duties under {name} was loosened from {was} to {now}"


def settings_weakened(before: Register, after: Register) -> Iterator[str]:
    """Everything in which register.yaml lets more people do something, or demands less of them."""
    old, new = before.settings.trust, after.settings.trust
    for sort in ("policies", "people", "register"):
        was, now = old.who_changes(sort), new.who_changes(sort)
        if was and was != now:
            yield f"{sort} may be changed by {those_with(now)} instead of {those_with(was)}"
    if old.expunged_by and old.expunged_by != new.expunged_by:
        who, instead = those_with(new.expunged_by), those_with(old.expunged_by)
        yield f"text may be expunged by {who} instead of {instead}"
    if old.adopted_by and old.adopted_by != new.adopted_by:
        who, instead = those_with(new.adopted_by), those_with(old.adopted_by)
        yield f"records may be taken in as they stand by {who} instead of {instead}"
    if old.adopted_until is not None and (new.adopted_until is None or new.adopted_until > old.adopted_until):
        yield f"records may be taken in as they stand until {new.adopted_until or 'any day'}, not {old.adopted_until}"
    if before.settings.time_zone != after.settings.time_zone:
        yield f"days begin in {after.settings.time_zone} instead of {before.settings.time_zone}"
    now_held, held = after.settings.classification, before.settings.classification
    if above(now_held, held):
        yield f"the register may hold what is {now_held}, and not only what is {held}"


def _roster(before: Register, after: Register) -> Iterator[str]:
    yield from (f"{who} is off the roster" for who in sorted(set(before.roster.people) - set(after.roster.people)))
    for who in sorted(set(after.roster.people) - set(before.roster.people)):
        yield f"{who} joins the roster, recognised by {', '.join(after.roster.people[who].emails) or 'no address'}"
    for who, person in sorted(after.roster.people.items()):
        old = before.roster.people.get(who)
        held = [_role(one) for one in (old.roles if old else [])]
        for one in person.roles:
            if _role(one) not in held:
                ended = f" until {one.until}" if one.until else ""
                yield f"{who} holds {one.role} from {one.from_}{ended}"
        for what, now, then in (
            ("address", person.emails, old.emails if old else []),
            ("key", person.keys, old.keys if old else []),
        ):
            if old is not None and (more := [value for value in now if value not in then]):
                yield f"{who} is recognised by {len(more)} more {what}{'' if len(more) == 1 else 's'}"
    for mailbox in before.roster.shared_mailboxes:
        if not after.roster.is_shared(mailbox):
            yield f"{mailbox} is no shared mailbox any more"


def _role(held: RoleHeld) -> tuple[object, ...]:
    return (held.role, held.from_, held.until, tuple(sorted(held.scope.items())))
