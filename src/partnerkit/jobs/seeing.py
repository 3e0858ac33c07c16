"""What readers of a level may see of a register, with the names of those who agreed to be named before them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import get_args

from partnerkit.errors import WrongCallError
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.private import known
from partnerkit.kinds.classified import USUAL, Classification
from partnerkit.kinds.private import agreed
from partnerkit.kinds.problems import did_you_mean
from partnerkit.obligations.obligation import Obligation
from partnerkit.obligations.outlook import OF_POLICY
from partnerkit.obligations.resting import tells_of
from partnerkit.register import Register
from partnerkit.rules.sight import Sight

LEVELS: tuple[Classification, ...] = get_args(Classification)


def level_of(text: str | None) -> Classification:
    """A classification as typed; what most of a register is where none was.

    Raises:
        WrongCallError: it is none.
    """
    found = next((one for one in LEVELS if one == (USUAL if text is None else text)), None)
    if found is None:
        message = f"{text!r} is no classification{did_you_mean(str(text), LEVELS)}"
        raise WrongCallError(message, f"one of {', '.join(LEVELS)}")
    return found


def sight(
    desk: Desk, register: Register, level: Classification, *, named: bool = True, later: Register | None = None
) -> Sight:
    """What readers of a level may see.

    Args:
        desk: where; the private place is looked for there, for whoever agreed to be named.
        register: the register.
        level: the strictest classification that they may see.
        named: whether anybody is called by name at all.
        later: the register as it is now, where this is one of former days.

    Raises:
        CannotWorkError: the private place is there and cannot be read.
    """
    names: Mapping[str, str] = agreed(known(desk, register.settings), level) if named else {}
    return Sight(register, level, names, later)


def owed(seen: Sight, found: Iterable[Obligation]) -> Iterator[Obligation]:
    """The obligations of which they may know: those of policies, and of records and fields that they may see."""
    withheld: dict[str, tuple[str, ...]] = {}
    for one in found:
        draft = one.draft is None or seen.shows(one.draft)
        if draft and one.kind == OF_POLICY:
            yield one
        elif draft and seen.shows(one.record):
            if one.record not in withheld:
                withheld[one.record] = _withheld(seen, one.record)
            source = seen.register.policies.get(one.policy)
            if source is None or not tells_of(one, source.policy, withheld[one.record]):
                yield one


def ids_told(seen: Sight, found: Iterable[Obligation]) -> Mapping[str, str]:
    """The ids of obligations as readers may know them, by their ids.

    Where it may not be said who owes one, a number stands there, by which it is told from those of others.
    """
    told: dict[str, str] = {}
    alike = Counter[str]()
    for one in found:
        owner, *parts = one.id.split("/")
        untold = one.person is not None and one.person in parts and not seen.told([one.person])
        sort = "/".join([owner, *("{}" if untold and part == one.person else part for part in parts)])
        alike[sort] += untold
        told[one.id] = sort.replace("{}", str(alike[sort])) if untold else one.id
    return told


def names_unseen(seen: Sight, text: str) -> bool:
    """Whether a text names a record of which they may not know."""
    return seen.masked(text) != text


def _withheld(seen: Sight, record_id: str) -> tuple[str, ...]:
    """The fields of a record that they may not see."""
    found = seen.seen(seen.register.records[record_id])
    return found.withheld if found is not None else ()
