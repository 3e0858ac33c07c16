"""The roster: who is on it, who holds which role, from when until when."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from partnerkit.dataclass import dataclass, field, replace
from partnerkit.errors import WrongCallError
from partnerkit.findings import Finding
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.landing import Landed, Planned, land
from partnerkit.jobs.offering import put_offered
from partnerkit.jobs.private import known
from partnerkit.jobs.recognised import KnownBy, taken_in, taken_out
from partnerkit.kinds import modelled
from partnerkit.kinds.private import Kept
from partnerkit.kinds.problems import did_you_mean, problems
from partnerkit.kinds.roster import Person, Roster
from partnerkit.register import ROSTER_PATH, RecordFile, Register
from partnerkit.rules.about import concerns
from partnerkit.rules.commands import line
from partnerkit.rules.places import at
from partnerkit.rules.refused import Refused
from partnerkit.rules.said import unheld
from partnerkit.store.draft import Draft

#: What a change of the roster says of itself: the subject of its commit, and what should be known besides.
Changed = tuple[str, list[str]]


@dataclass(frozen=True, slots=True)
class OnRoster:
    """People of the roster.

    Attributes:
        people: each by id.
        shared: mailboxes that several people read.
        day: the day on which it is asked who holds what.
        about: of one person, the records that are about them.
        kept: of one person, who they are, for a terminal alone; None where this machine does not know.
    """

    people: dict[str, Person]
    shared: list[str]
    day: date
    about: list[RecordFile] = field(default_factory=list)
    kept: Kept | None = None


def show(desk: Desk, person: str | None) -> OnRoster:
    """Everybody on the roster, or one person, who need not be on it: applicants are not.

    Raises:
        WrongCallError: nothing here knows the person.
        CannotWorkError: the private place is here and cannot be read.
    """
    register = desk.working_tree().demand()
    roster, today = register.roster, desk.today(register)
    if person is None:
        return OnRoster({who: roster.people[who] for who in sorted(roster.people)}, roster.shared_mailboxes, today)
    about = [one for one in register.of_kind(None) if concerns(one, person)]
    kept = known(desk, register.settings).get(person)
    if not about and kept is None:
        _demand_known(register, person)
    return OnRoster({person: roster.people.get(person, Person())}, [], today, about, kept)


@dataclass(frozen=True, slots=True)
class Appointment:
    """A role for a person, from a day on, for a scope."""

    role: str
    from_: date | None = None
    scope: tuple[tuple[str, str], ...] = ()
    seen: str | None = None


def add_person(desk: Desk, person: str, known_by: KnownBy, roles: list[Appointment]) -> Landed:
    """Put somebody on the roster.

    Raises:
        WrongCallError: the id is taken, or an address or key belongs to somebody else or is a shared mailbox.
    """

    def change(register: Register, data: dict[str, Any]) -> Changed:
        if person in register.roster.people:
            raise WrongCallError(f"{person} is on the roster already", f"partnerkit person role {person} ROLE")
        known_by.demand_free(register, person)
        new: dict[str, Any] = {}
        taken_in(new, known_by)
        new["roles"] = [_role(desk, register, one) for one in roles]
        data.setdefault("people", {})[person] = new
        notes = [note for one in roles for note in _everywhere(register, person, one)]
        return f"people: {person} joins the roster", notes

    return _change(desk, change)


def set_person(desk: Desk, person: str, known_by: KnownBy, without: list[str]) -> Landed:
    """Change by what somebody is recognised: addresses and keys come or go.

    What landed signed with a key that goes stands; nothing that lands from then on counts as signed with it.

    Raises:
        WrongCallError: they are not on the roster, nothing is to change, an address or key belongs to somebody else,
            or they would be left without an address.
    """

    def change(register: Register, data: dict[str, Any]) -> Changed:
        _demand_known(register, person)
        known_by.demand_free(register, person)
        mine = data["people"][person]
        done = [f"loses {taken_out(person, mine, word)}" for word in without]
        done += [f"gets {what}" for what in taken_in(mine, known_by)]
        if not mine.get("emails"):
            message = f"{person} would be left without an address, and nobody could say what they commit"
            raise WrongCallError(message, line("person", "set", person, "--email", "<email>"))
        if not done:
            raise WrongCallError(f"{person} has all that already", line("person", "show", person))
        return f"people: {person} {' and '.join(done)}", []

    return _change(desk, change)


def give_role(desk: Desk, person: str, appointment: Appointment) -> Landed:
    """Give somebody a role; for a scope only, where they hold it everywhere, it is narrowed to that scope.

    Raises:
        WrongCallError: unknown person or role, or the role is held already.
    """

    def change(register: Register, data: dict[str, Any]) -> Changed:
        _demand_known(register, person)
        new = _role(desk, register, appointment)
        day = date.fromisoformat(new["from"])
        roles = data["people"][person].setdefault("roles", [])
        scope = "".join(f" for {key}={value}" for key, value in appointment.scope)
        narrowed = _narrow(roles, appointment, day)
        if not narrowed and register.roster.holds(person, appointment.role, day, dict(appointment.scope)):
            message = f"{person} holds the role {appointment.role}{scope} on {day} already"
            raise WrongCallError(message, line("person", "show", person))
        roles.append(new)
        more = ", no longer everywhere" if narrowed else ""
        subject = f"people: {person} holds {appointment.role}{scope} from {day}{more}"
        return subject, _everywhere(register, person, appointment)

    return _change(desk, change)


def _narrow(roles: list[dict[str, Any]], appointment: Appointment, day: date) -> bool:
    """End the same role held everywhere, where it is now given for a scope; whether there was one."""
    if not appointment.scope:
        return False
    for held in roles:
        if held["role"] == appointment.role and "scope" not in held and "until" not in held:
            if date.fromisoformat(held["from"]) >= day:
                roles.remove(held)
            else:
                held["until"] = (day - timedelta(days=1)).isoformat()
            return True
    return False


def end_role(desk: Desk, person: str, role: str, until: date | None) -> Landed:
    """End a role that somebody holds; what they decided while they held it stands.

    Raises:
        WrongCallError: unknown person, or the role is not held.
        Refused: they decided something in that role after that day.
    """

    def change(register: Register, data: dict[str, Any]) -> Changed:
        _demand_known(register, person)
        last = until or desk.today(register)
        for held in data["people"][person].get("roles") or []:
            if held["role"] == role and "until" not in held:
                if date.fromisoformat(held["from"]) > last:
                    raise WrongCallError(f"{person} holds {role} only from {held['from']}: it cannot end on {last}")
                held["until"] = last.isoformat()
                if last < desk.today(register):
                    _demand_nothing_decided_since(register, data, person, role)
                return f"people: {person} holds {role} until {last}", []
        mine = [held.role for held in register.roster.roles_of(person, last)]
        raise WrongCallError(
            f"{person} does not hold the role {role!r}{did_you_mean(role, mine)}", line("person", "show", person)
        )

    return _change(desk, change)


def _demand_nothing_decided_since(register: Register, data: dict[str, Any], person: str, role: str) -> None:
    """What somebody decided in a role is not made a decision of nobody by ending the role before it."""
    after = replace(register, roster=Roster.model_validate(data))
    lost = [(record, *one) for record in register.of_kind(None) for one in unheld(record, after)]
    mine = [one for one in lost if one[1].said.by == person and one[1].raw["role"] == role]
    if not mine:
        return
    latest = max(day for _record, _found, day in mine)
    mend = line("person", "end", person, role, "--until", latest.isoformat())
    findings = []
    for record, found, day in mine:
        said = found.said
        message = f"{record.id}: {person} decided on {said.requirement} as {role} on {day} ({said.id})"
        findings.append(at(record, (found.group, found.index), "role-not-held", message, mend=mend))
    raise Refused(f"{person} decided as {role} after that day; nothing changed", findings)


def _demand_known(register: Register, person: str) -> None:
    if person not in register.roster.people:
        near = did_you_mean(person, register.roster.people)
        raise WrongCallError(
            f"the roster knows nobody called {person!r}{near}", line("person", "add", person, "--email", "<email>")
        )


def _role(desk: Desk, register: Register, appointment: Appointment) -> dict[str, Any]:
    roles = sorted({name for source in register.policies.values() for name in source.policy.roles})
    if appointment.role not in roles:
        near = did_you_mean(appointment.role, roles)
        message = f"no policy of this register knows a role {appointment.role!r}{near}"
        raise WrongCallError(message, f"the roles: {', '.join(roles)}")
    _demand_scopes(register, appointment)
    new: dict[str, Any] = {"role": appointment.role, "from": (appointment.from_ or desk.today(register)).isoformat()}
    new |= {"scope": dict(appointment.scope)} if appointment.scope else {}
    return new | ({"seen": appointment.seen} if appointment.seen else {})


def _scopes(register: Register, role: str) -> list[str]:
    """The scopes for which policies say that a role is held, such as city."""
    known = [source.policy.roles[role] for source in register.policies.values() if role in source.policy.roles]
    return sorted({scope for one in known for scope in one.scopes})


def _demand_scopes(register: Register, appointment: Appointment) -> None:
    known = _scopes(register, appointment.role)
    for key, _value in appointment.scope:
        if key not in known:
            message = f"the role {appointment.role} is not held for a {key!r}{did_you_mean(key, known)}"
            raise WrongCallError(message, f"its scopes: {', '.join(known) or 'none, so leave --scope out'}")


def _everywhere(register: Register, person: str, appointment: Appointment) -> list[str]:
    """That somebody holds a role everywhere which policies give for a scope."""
    known = _scopes(register, appointment.role)
    if not known or appointment.scope:
        return []
    narrower = line("person", "role", person, appointment.role, "--scope", f"{known[0]}=<{known[0]}>")
    return [f"{person} holds {appointment.role} for every {known[0]}; for one alone: {narrower}"]


def _change(desk: Desk, change: Callable[[Register, dict[str, Any]], Changed]) -> Landed:
    def plan(draft: Draft) -> Planned:
        actor = desk.actor(draft.base)
        data = copy.deepcopy(draft.before.documents[ROSTER_PATH].data)
        subject, notes = change(draft.base, data)
        try:
            Roster.model_validate(data)
        except modelled.ValidationError as error:
            found = [Finding(one.code, one.message, file=ROSTER_PATH) for one in problems(error, Roster)]
            raise Refused("the roster would be wrong; nothing changed", found) from error
        draft.put_rules(ROSTER_PATH, data, ("format", "people", "shared-mailboxes"))
        put_offered(draft)
        return Planned(subject, subject, [f"by {actor}"], {"Partnerkit-Command": ["person"]}, notes)

    return land(desk, plan)
