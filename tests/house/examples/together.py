"""What every pairing of a cohort goes through, from the review of a proposal to its first day, several at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from partnerkit.cli.player import Player
from tests.journeys.mentoring import TERMS

Together = Mapping[str, tuple[str, ...]]

#: What only people judge of two who could learn together.
JUDGED = ("personality-match=70", "success-metrics=80: both name the same")
_AGREEMENT = """\
# What we agree on

1. The mentor is there. 2. The mentee works on the goals. 3. What is said stays between us. 4. Time, subject, person and
relationship have limits.
"""


def met(player: Player, together: Together) -> None:
    """They are brought together, and each says whether it fits."""
    guided = _guided(together)
    player.run("set", *together, "coordinator=p-sena", f"introduced={player.day}")
    player.run("advance", *together)
    if guided:
        player.run("add", *guided, "goal-discussion", "summary=They spoke", "outcome=done")
        player.run("add", *guided, "compatibility-after-meeting", "summary=All asked", "outcome=pass")
    player.run("add", "interests-declared", "--from", each(player, "interests", together))
    player.run("add", "relationship-confirmation", "--from", each(player, "fits", together, answer="good"))
    player.run("advance", *together)


def begun(player: Player, together: Together, days: Mapping[str, tuple[str, ...]]) -> None:
    """What they settle, who signs it, and the first day."""
    guided = _guided(together)
    terms = [f"terms.{term}=section {min(number, 4)}" for number, term in enumerate(TERMS, 1)]
    for programme, own in days.items():
        mine = [one for one in together if one.startswith(programme)]
        player.run("set", *mine, *own, "channels=regular-meetings")
    due = next(iter(days.values()))[-1].partition("=")[2]
    goals = f"goals=[{{id: g1, text: What the application says, measure: As it says there, due: {due}}}]"
    player.run("set", *guided, *terms, goals, "success=Both would do it again")
    player.run("add", *guided, "program-orientation", "summary=Shown round", "outcome=done")
    player.run("add", *guided, "mentorship-agreement", player.file("agreement.md", _AGREEMENT))
    signed = {one: together[one] for one in guided}
    player.run("add", "agreement-signing", "--from", each(player, "signatures", signed))
    equal = {one: people for one, people in together.items() if one not in guided}
    if equal:
        player.run("add", "agreement-acknowledged", "--from", each(player, "agreed", equal))
    player.run("advance", *together)
    first = next(iter(days.values()))[0].partition("=")[2]
    player.on(first, "p-sena").run("advance", *together)


def _guided(together: Together) -> list[str]:
    """Those of whom the policy asks more than of peers."""
    return [one for one in together if not one.startswith("peer")]


def each(player: Player, what: str, together: Together, **said: str) -> str:
    """A sheet with a row for each who takes part."""
    return sheet(
        player, what, ({"id": one, "party": who, **said} for one, people in together.items() for who in people)
    )


def sheet(player: Player, what: str, rows: Iterable[Mapping[str, str]]) -> str:
    """A sheet as somebody fills it in: a column for everything that any row says."""
    listed = list(rows)
    head = list(dict.fromkeys(key for row in listed for key in row))
    lines = [",".join(head), *(",".join(row.get(key, "") for key in head) for row in listed)]
    return player.file(f"{what}.csv", "\n".join(lines) + "\n")
