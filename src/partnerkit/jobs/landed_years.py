"""The years in which something landed in a register."""

from __future__ import annotations

from partnerkit.errors import WrongCallError
from partnerkit.jobs.desk import Desk
from partnerkit.store.git.trees import CommitTree
from partnerkit.store.git.walk import landed_since, read_commits


def demand_year(desk: Desk, year: int) -> None:
    """Whether something landed in a year, by the calendar where the register is.

    Args:
        desk: where.
        year: the year; nothing is asked where nothing has landed at all, which says so itself.

    Raises:
        CannotWorkError: there is no register in the latest commit.
        WrongCallError: nothing did; says in which years something did.
    """
    head = desk.git.head()
    if head is None:
        return
    register = desk.read(CommitTree(desk.git, head)).demand()
    commits = read_commits(desk.git, landed_since(desk.git, head, None))
    years = sorted({register.day(one.at).year for one in commits})
    if year in years:
        return
    did = f"in {years[0]}" if years[0] == years[-1] else f"from {years[0]} to {years[-1]}"
    gap = ", though not in every year" if len(years) <= years[-1] - years[0] else ""
    message = f"nothing landed in {year} where the register is; something did {did}{gap}"
    raise WrongCallError(message, f"partnerkit export audit --year {years[-1]}")
