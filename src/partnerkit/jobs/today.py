"""What is late, due, coming or waiting for whom, on a day."""

from __future__ import annotations

from datetime import date
from typing import Any

from partnerkit.dataclass import dataclass, replace
from partnerkit.errors import WrongCallError
from partnerkit.jobs.desk import Desk
from partnerkit.kinds.duration import Duration
from partnerkit.kinds.problems import did_you_mean
from partnerkit.obligations.gathered import obligations, outlook
from partnerkit.obligations.obligation import Obligation
from partnerkit.obligations.outlook import Outlook
from partnerkit.register import Register
from partnerkit.store.load import Loaded
from partnerkit.store.record_paths import are_few


@dataclass(frozen=True, slots=True)
class Today:
    """What there is to do.

    Attributes:
        outlook: the register on the day, and how far ahead was looked.
        obligations: what was found, in the order in which somebody should see to it.
        person: only theirs; None for everybody's.
        role: only what this role sees to; None for every role.
        broken: ids of records that could not be read: what they owe is not known.
    """

    outlook: Outlook
    obligations: list[Obligation]
    person: str | None
    role: str | None
    broken: list[str]

    @property
    def day(self) -> date:
        """The day."""
        return self.outlook.day

    def wants(self, one: Obligation) -> bool:
        """Whether it is theirs who were asked for."""
        mine = self.person is None or one.concerns(self.person)
        return mine and (self.role is None or one.role == self.role)


def today(
    desk: Desk,
    within: str,
    *,
    me: bool = False,
    person: str | None = None,
    role: str | None = None,
    kept: bool = False,
) -> Today:
    """What falls due in the working tree, for everybody or for one person or role.

    Args:
        desk: where and when.
        within: how far ahead to look, as a duration.
        me: only what concerns the person who acts.
        person: only what concerns this person.
        role: only what this role sees to.
        kept: whether what records owed before may be told again, and what they owe now be kept for that; then the
            outlook tells nothing else of records than what they are.

    Raises:
        WrongCallError: no duration, an unknown person or role, or more than one of me, person and role.
        CannotWorkError: there is no register, or (for `me`) the roster does not know who acts.
    """
    if sum((me, person is not None, role is not None)) > 1:
        raise WrongCallError("--me, --person and --role each say whose: give one of them")
    try:
        ahead = Duration.parse(within)
    except ValueError as error:
        raise WrongCallError(f"--within {within!r}: {error}", "--within P30D, or P6M, or P1Y") from error
    loaded = desk.working_tree(known=kept)
    register = loaded.demand()
    whose = desk.actor(register) if me else person
    if person is not None:
        _demand_person(register, person)
    if role is not None:
        _demand_role(register, role)
    seen, every = (_known(desk, loaded, ahead) if kept else None) or _anew(desk, register, ahead)
    found = Today(seen, [], whose, role, sorted(register.broken))
    return replace(found, obligations=[one for one in every if found.wants(one)])


def _known(desk: Desk, loaded: Loaded, within: Duration) -> tuple[Outlook, list[Obligation]] | None:
    """What falls due, as far as that was known before; None where all of it has to be worked out."""
    if are_few(loaded.records.paths):
        return None
    from partnerkit.jobs.owed_before import owed_before  # noqa: PLC0415 - of few records nothing is kept

    return owed_before(desk, loaded, within)


def _anew(desk: Desk, register: Register, within: Duration) -> tuple[Outlook, list[Obligation]]:
    seen = outlook(register, desk.today(register), within)
    return seen, obligations(seen)


def _demand_role(register: Register, role: str) -> None:
    known = sorted({name for source in register.policies.values() for name in source.policy.roles})
    if role not in known:
        message = f"no policy of the register knows a role {role!r}{did_you_mean(role, known)}"
        raise WrongCallError(message, f"the roles: {', '.join(known)}")


def _demand_person(register: Register, person: str) -> None:
    """Whether anybody knows the person: the roster, or a record. A misspelt id would owe nothing, and say nothing."""
    if person in register.roster.people or any(_names(one.data, person) for one in register.of_kind(None)):
        return
    near = did_you_mean(person, register.roster.people)
    raise WrongCallError(
        f"neither the roster nor a record names a person {person!r}{near}",
        "partnerkit person show tells who is on the roster",
    )


def _names(data: Any, person: str) -> bool:
    if isinstance(data, dict):
        return any(_names(one, person) for one in data.values())
    if isinstance(data, list):
        return any(_names(one, person) for one in data)
    return bool(data == person)
