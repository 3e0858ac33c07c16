"""Under MEM-02-03: a cohort of twenty-seven, from the answers of a form through one cycle of all four programmes.

Twelve would teach and fifteen would learn. One is declined and appeals; one pair does not fit and is matched anew; somebody
finds nobody and waits; a group and two reverse pairs go on for a second cycle. Nobody in it exists.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from partnerkit.cli.player import Player
from tests.house.examples.answers import FORM, MAP, ROWS
from tests.house.examples.together import JUDGED, begun, met, sheet
from tests.journeys.mentoring import MODULES, QUALITIES, READINESS

SPRING, SUMMER = "2026-spring", "2026-summer"
APPEALS = "mentee-p-0027"
PEERS = f"peer-{SPRING}-mentee-p-0023"
#: Who takes part in which pairing of the spring.
TOGETHER = {
    f"formal-{SPRING}-mentee-p-0013": ("p-0011", "p-0013"),
    f"formal-{SPRING}-mentee-p-0014": ("p-0009", "p-0014"),
    f"formal-{SPRING}-mentee-p-0015": ("p-0003", "p-0015"),
    f"formal-{SPRING}-mentee-p-0016": ("p-0006", "p-0016"),
    f"formal-{SPRING}-mentee-p-0017": ("p-0010", "p-0017"),
    f"formal-{SPRING}-mentee-p-0026": ("p-0009", "p-0026"),
    f"formal-{SPRING}-mentee-p-0027": ("p-0011", "p-0027"),
    f"group-{SPRING}-mentor-p-0005": ("p-0005", "p-0018", "p-0019", "p-0020"),
    f"reverse-{SPRING}-mentee-p-0021": ("p-0007", "p-0021"),
    f"reverse-{SPRING}-mentee-p-0022": ("p-0008", "p-0022"),
    PEERS: ("p-0023", "p-0024"),
}
UNPLACED = "mentee-p-0025"
PROGRAMMES = ("formal", "group", "reverse", "peer")
COHORT = ("--where", "applied>=2026-02-02", "--where", "applied<=2026-02-14")
#: The first day and the last of each programme; peers have a day on which they look whether to go on.
DAYS = {
    "formal": ("starts=2026-03-16", "ends=2026-09-16"),
    "group": ("starts=2026-03-16", "ends=2026-06-16"),
    "reverse": ("starts=2026-03-16", "ends=2026-06-16"),
    "peer": ("starts=2026-03-16", "review-on=2026-09-16"),
}


def tell(player: Player) -> None:
    """They apply, are decided on, matched, and begin."""
    _apply(player)
    _looked_through(player)
    _mentors(player)
    _decided(player)
    _appeal(player)
    _matched(player)
    _paired(player)
    met(player.on("2026-03-11", "p-sena"), TOGETHER)
    begun(player, TOGETHER, DAYS)


def _apply(player: Player) -> None:
    """One commit takes in all of them, under ids that say nothing."""
    player.on("2026-02-16", "p-sena").run(
        "import", player.file("form.csv", FORM), "--map", player.file("map.yaml", MAP)
    )


def _looked_through(player: Player) -> None:
    """What is asked of all, and of those who would learn."""
    player.run("advance", "--where", "stage=submitted")
    player.after(3, "p-sena")
    for what in ("application-review", "community-standing"):
        player.run("add", what, "--where", "stage=review", "summary=Looked into", "outcome=pass")
    player.run("add", "goal-assessment", "--where", "as=mentee", "summary=Can be reached", "outcome=pass")
    player.run("add", "mentee-readiness", "--from", _marks(player, "mentee", range(13, ROWS + 1), READINESS))


def _mentors(player: Player) -> None:
    """Two years are few; those who teach the older in the trade are excused by the core team."""
    for name in ("mentor-p-0007", "mentor-p-0008"):
        excused = (
            "mentor-experience-excusable",
            "--reason",
            "The young teach here",
            "--until",
            "2026-12-31",
            "--seen",
            "minutes/2026-02-19.md",
        )
        player.run("waive", name, *excused, "--for", "p-rosa")
    mentors = ("--where", "as=mentor", *COHORT)
    player.run("advance", *mentors)
    player.after(4, "p-sena").run("add", "interview", *mentors, "summary=Took place", "outcome=pass")
    player.run("add", "mentor-qualities", "--from", _marks(player, "mentor", range(1, 13), QUALITIES))
    player.run("advance", *mentors)
    player.after(3, "p-sena").run("set", *mentors, "references.*.status=verified")
    player.run("advance", *mentors)
    done = (
        {"id": f"mentor-p-{number:04}", "on": "2026-02-28", "module": one} for number in range(1, 13) for one in MODULES
    )
    player.on("2026-03-02", "p-timo").run("add", "training", "--from", sheet(player, "course", done))


def _decided(player: Player) -> None:
    """The program manager accepts all but one, and everybody is told."""
    others = (*COHORT, "--where", f"id!={APPEALS}")
    player.on("2026-03-03", "p-amir").run("approve", "acceptance", *others)
    player.run("advance", *others)
    player.run("approve", APPEALS, "decline")
    player.run("advance", APPEALS, "declined", "--reason", "§4.1.2/realistic-expectations")
    player.after(1, "p-sena").run("set", *COHORT, f"notified={player.day}")


def _appeal(player: Player) -> None:
    """Somebody of the core team looks at it anew, who had no part in the decision."""
    case = "appeal-of-spring"
    player.after(1, "p-sena").run(
        "new", "case", "Appeal", f"id={case}", f"of={APPEALS}", "type=appeal", f"opened={player.day}"
    )
    player.run("add", case, "case-file", "summary=With the core team")
    player.run("advance", case)
    player.after(3, "p-rosa").run("approve", case, "appeal-upheld")
    player.run("advance", case, "upheld")
    player.run("advance", APPEALS, "review", "--reason", "The appeal was upheld")
    player.on(player.day, "p-amir").run("approve", APPEALS, "acceptance")
    player.run("advance", APPEALS)
    player.on(player.day, "p-sena").run("set", APPEALS, f"notified={player.day}")


def _matched(player: Player) -> None:
    """A conflict that somebody declares is never proposed; a person reads each proposal, and accepts it."""
    player.on("2026-03-09", "p-sena").run("set", "mentee-p-0013", "conflicts=[p-0001]")
    for programme in PROGRAMMES:
        player.run("match", "propose", programme, "--cycle", SPRING)


def _paired(player: Player) -> None:
    """Each proposal is looked at with what only people judge, and becomes pairings in one commit."""
    for programme in PROGRAMMES:
        own = () if programme == "peer" else JUDGED
        file = f"records/evidence/matches/{programme}-{SPRING}.json"
        player.run(
            "match", "accept", "--file", file, *own, "--interests", "Nobody who decides has one", "--others-wait"
        )
    player.run("set", "--where", "programme=group", "group-kind=topic-based-groups")
    player.run("advance", "--where", "kind=pairing")
    player.run("advance", UNPLACED, "waitlisted", "--reason", "Nobody in the pool teaches robotics")
    player.run("set", UNPLACED, f"notified={player.day}")


def _marks(player: Player, part: str, numbers: Iterable[int], card: Sequence[str]) -> str:
    """Points alone: words about people stay out of the register."""
    rows = (
        {"id": f"{part}-p-{number:04}"} | {one: str(60 + (number * 7 + at * 11) % 36) for at, one in enumerate(card)}
        for number in numbers
    )
    return sheet(player, f"{part}s", rows)
