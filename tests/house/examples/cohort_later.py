"""The cohort of the spring, from its first month to its end: what was logged, what parted, what went on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from partnerkit.cli.player import Player
from tests.house.examples.cohort import PEERS, SPRING, TOGETHER, UNPLACED
from tests.house.examples.together import JUDGED, begun, met, sheet
from tests.journeys.mentoring import FIT

#: It did not fit; who would learn is matched anew.
PARTED = f"formal-{SPRING}-mentee-p-0026"
ANEW = "2026-april"
#: From the first day, how many days lie between two meetings; how long each takes.
_MEETINGS = {"formal": (28, 60), "group": (14, 60), "reverse": (28, 45), "peer": (14, 30)}
#: Who learns with whom instead; and the group once more.
SECOND = {f"formal-{ANEW}-mentee-p-0026": ("p-0001", "p-0026")}
GROUP = f"group-{SPRING}-mentor-p-0005"
NEXT = "group-2026-summer-mentor-p-0005"
THIRD = {NEXT: TOGETHER[GROUP]}


def first_months(player: Player) -> None:
    """Until the short cycles are halfway."""
    for chapter in (_first_month, _anew, _halfway):
        chapter(player)


def _first_month(player: Player) -> None:
    """They meet; one pair parts, and nobody has to say why."""
    _logged(player.on("2026-04-15", "p-sena"), date(2026, 3, 16), date(2026, 4, 15), list(TOGETHER))
    player.run("set", PARTED, "termination.trigger=mentee", "termination.effective=2026-04-15")
    player.run("advance", PARTED, "rematch", "--reason", "It did not fit")


def _anew(player: Player) -> None:
    """Who was let down goes before others, and gets somebody else; whoever waits is told how it stands."""
    player.on("2026-04-20", "p-sena").run("match", "propose", "formal", "--cycle", ANEW)
    player.run("match", "accept", *JUDGED, "--interests", "Nobody who decides has one", "--others-wait")
    player.run("advance", *SECOND)
    met(player.on("2026-04-24", "p-sena"), SECOND)
    begun(player, SECOND, {"formal": ("starts=2026-05-01", "ends=2026-11-01")})
    player.run("add", UNPLACED, "communications", "kind=waiting", WAITS)


def _halfway(player: Player) -> None:
    """Half of the short cycles is over."""
    _reviews(player.on("2026-05-01", "p-sena"), "Halfway", "mid", _short())


def short_cycles(player: Player) -> None:
    """After three months groups and reverse pairs are through; the formal ones are halfway."""
    all_ = [*_short(), *_formal(), PEERS]
    _logged(player.on("2026-06-16", "p-sena"), date(2026, 4, 16), date(2026, 6, 16), all_)
    _reviews(player, "The end", "end", [*_short(), PARTED])
    _reviews(player, "Halfway", "mid", _formal())
    _completed(player, _short())


def second_cycle(player: Player) -> None:
    """The group goes on with the same people, through the same gates."""
    player.on("2026-06-18", "p-amir").run("new", "pairing", f"renews={GROUP}", f"id={NEXT}")
    player.run("add", NEXT, "match-proposed", "kind=note", "summary=They go on together")
    marks = (f"{one}=70" if one == "personality-match" else f"{one}=70: as in the spring" for one in FIT)
    player.run("add", NEXT, "match-assessed", *marks)
    player.run("add", NEXT, "conflict-check", "summary=Nobody has one", "outcome=done")
    player.on(player.day, "p-sena").run("approve", NEXT, "manual-review")
    player.run("advance", NEXT)
    met(player, THIRD)
    begun(player, THIRD, {"group": ("starts=2026-07-06", "ends=2026-10-06")})


def summer(player: Player) -> None:
    """Whoever was matched later is halfway later; whoever waits hears how it stands."""
    player.on("2026-07-06", "p-sena").run("add", UNPLACED, "communications", "kind=waiting", f"on={player.day}", WAITS)
    _reviews(player.on("2026-08-21", "p-sena"), "Halfway", "mid", [*SECOND, *THIRD])


def long_ones(player: Player) -> None:
    """The formal ones run to their end; the peers look whether to go on, and do."""
    player.on("2026-09-04", "p-sena").run("add", UNPLACED, "communications", "kind=waiting", f"on={player.day}", WAITS)
    first, last = date(2026, 7, 6), date(2026, 9, 16)
    _logged(player.on("2026-09-16", "p-sena"), first, last, [*_formal(), PEERS, *SECOND, *THIRD])
    _reviews(player, "The end", "end", _formal())
    _reviews(player, "Whether to go on", "agreed", [PEERS])
    player.run("set", PEERS, "review-on=2027-03-16")
    _completed(player, _formal())


def _short() -> list[str]:
    return [one for one in TOGETHER if one.startswith(("group", "reverse"))]


def _formal() -> list[str]:
    return [one for one in TOGETHER if one.startswith("formal") and one != PARTED]


def _reviews(player: Player, title: str, rhythm: str, which: Sequence[str]) -> None:
    """A review of each of these pairings: how it is between them, and at the end how far each goal was reached."""
    days = {one: "2026-04-15" if one == PARTED else player.day for one in which}
    began = {one: "2026-05-01" if one in SECOND else "2026-07-06" if one in THIRD else "2026-03-16" for one in which}
    end = title.lower().replace(" ", "-")
    rows = ({"name": title, "of": one, "rhythm": rhythm, "from": began[one], "until": days[one]} for one in which)
    player.run("new", "review", "--from", sheet(player, "reviews", rows))
    names = [f"{one}-{end}" for one in which]
    conclusion = "end" if rhythm == "end" else "continue"
    player.run("set", *names, "findings=Both say how it goes, and what they would change", f"conclusion={conclusion}")
    player.run("add", "ratings", "--from", sheet(player, "ratings", _rated(names, rhythm)))
    player.run("approve", *names, "review-sign-off")
    player.run("advance", *names)


def _rated(reviews: Sequence[str], rhythm: str) -> Iterator[dict[str, str]]:
    for number, one in enumerate(reviews):
        row = {"id": one, "name": "relationship-quality", "score": str(3 + number % 3), "why": "As both say"}
        yield row
        if rhythm == "end":
            yield row | {
                "name": "goal-achievement",
                "of": "g1",
                "score": str(2 + number % 4),
                "why": "As they measured it",
            }
            yield row | {"name": "skill-development", "score": str(3 + number % 2), "why": "As both say"}


def _completed(player: Player, which: Sequence[str]) -> None:
    """What became of each goal, and the end."""
    rows = ({"id": one, "goals.g1.status": ("reached", "partly", "reached")[at % 3]} for at, one in enumerate(which))
    player.run("set", "--from", sheet(player, "goals", rows))
    player.run("advance", *which)


WAITS = "summary=Nobody for robotics yet"
_ALL = {**TOGETHER, **SECOND, **THIRD}


def _logged(player: Player, first: date, last: date, pairings: Sequence[str]) -> None:
    """That they met and were asked, from the coordinator's sheets; what they said stays with them."""
    player.run("add", "meetings", "--from", sheet(player, "meetings", _met(first, last, pairings)))
    player.run("add", "check-ins", "--from", sheet(player, "check-ins", _asked(first, last, pairings)))


def _met(first: date, last: date, pairings: Sequence[str]) -> Iterator[dict[str, str]]:
    for number, one in enumerate(pairings):
        every, minutes = _MEETINGS[one.partition("-")[0]]
        day = first + timedelta(1 + number % 4)
        while day < last:
            mode = "in-person" if number % 3 == 0 else "virtual"
            yield {"id": one, "on": day.isoformat(), "minutes": str(minutes + number % 3 * 5), "mode": mode}
            day += timedelta(every)


def _asked(first: date, last: date, pairings: Sequence[str]) -> Iterator[dict[str, str]]:
    day = first + timedelta(28)
    while day <= last:
        for one in pairings:
            for person in _ALL[one]:
                yield {"id": one, "on": day.isoformat(), "person": person}
        day += timedelta(30)
