"""What the register leaves to those who hold a role: who may on a day, and how that is said to somebody who may not."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from partnerkit.dataclass import dataclass
from partnerkit.register import SETTINGS_PATH, Register


@dataclass(frozen=True, slots=True)
class Keepers:
    """Those to whom a setting of the register leaves something.

    Attributes:
        register: the register as it stood before.
        setting: the path of the setting in register.yaml, such as `trust.adopted-by`.
        roles: what it says: holders of one of these may; none: anybody may.
        day: the day on which the roles are held.
    """

    register: Register
    setting: str
    roles: list[str]
    day: date

    def allow(self, people: Iterable[str]) -> bool:
        """Whether one of some people may."""
        return not self.roles or any(
            self.register.roster.holds(one, role, self.day) for one in people for role in self.roles
        )

    def are_told(self) -> str:
        """Who may, in words that follow what somebody else did."""
        holders = ", ".join(holders_of(self.register, self.roles, self.day)) or "nobody"
        return f"{SETTINGS_PATH} ({self.setting}) leaves that to {' or '.join(self.roles)}: {holders}"


def holders_of(register: Register, roles: list[str], day: date) -> list[str]:
    """The people who hold one of some roles on a day, in order."""
    return sorted({one for role in roles for one in register.roster.holders(role, day)})


def those_with(roles: list[str]) -> str:
    """Who may what is left to those with one of some roles, in words."""
    return " or ".join(roles) or "anybody on the roster"


def by(people: Iterable[str]) -> str:
    """Those by whom a commit lands, in words."""
    return " or ".join(sorted(people)) or "somebody whom the roster does not know"
