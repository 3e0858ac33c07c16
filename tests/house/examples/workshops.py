"""Under OTS-PG: coding evenings of others that the Lighthouse Community helps with coaches, materials and hands.

One is over and its materials are due, one is helped by members on their own, one only wanted promotion.
"""

from __future__ import annotations

from partnerkit.cli.player import Player, address

POLICY = "OTS-PG"
ROBOTS, REPAIR, FAIR = "robot-evening", "repair-cafe-night", "winter-code-fair"

_EVERY_PARTNER = ("promotion-stays-ours", "materials-will-be-open")
_OFFICIAL = ("we-may-say-so",)
_CO_PARTNERS = ("values-known", "recordings-shared", "name-spelt-right")


def tell(player: Player) -> None:
    """The guidelines are taken in, and events come."""
    _begin(player)
    _robots(player)
    _repair(player)
    _fair(player)


def _begin(player: Player) -> None:
    seen = ("--seen", "minutes/2026-02-16.md")
    player.on("2026-02-16").run("policy", "add", POLICY)
    player.run("person", "add", "p-mira", "--email", address("p-mira"), "--role", "doer", *seen)
    for person, city in (("p-dora", "Seahaven"), ("p-kofi", "Millbridge")):
        held = ("--role", "local-team", "--scope", f"city={city}")
        player.run("person", "add", person, "--email", address(person), *held, *seen)
    player.run("policy", "set", POLICY, "team-votes=1", "materials-published-within=P3M", *seen)


def _robots(player: Player) -> None:
    """Official and with two partners: decided by the city's team, said to both, held; one of two materials is out."""
    player.on("2026-07-06", "p-mira").run(
        *("new", "partnership", "Robot evening", f"policy={POLICY}", "support=official", "co-partnered=true"),
        *("event=Robots for beginners", "event-city=Seahaven", "event-day=2026-09-18"),
        "partners=[{id: robotics, name: Harbour Robotics, sponsor: true}, {id: library, name: Old Town Library}]",
        "values-fit=Open to everybody who has never programmed; nothing to pay, nothing to bring",
        "contributions=[{id: c1, kind: coaches, text: Five coaches for adults and children},"
        " {id: c2, kind: materials, text: The exercises of the spring course, licence: CC-BY-SA-3.0}]",
        "attendee-fee=0",
        "roles.doer=p-mira",
    )
    player.on("2026-07-13", "p-dora").run("approve", ROBOTS, "team-decision")
    player.on("2026-07-13", "p-mira").run("advance", ROBOTS)
    player.on("2026-08-03", "p-mira")
    _told(player, ROBOTS, ("robotics", "library"), (*_EVERY_PARTNER, *_OFFICIAL, *_CO_PARTNERS))
    player.run(
        *("set", ROBOTS, "supporter-statement=The Lighthouse Community supports this evening with five coaches"),
        *("promotion=promoted", "recording-consent=Faces only of those who wear a green badge; the sponsor asks first"),
    )
    player.run("advance", ROBOTS)
    player.on("2026-09-19", "p-mira").run(
        "set", ROBOTS, "materials=[{id: slides, title: Slides}, {id: tasks, title: Ten tasks for one robot}]"
    )
    player.run("advance", ROBOTS)
    player.run(
        *("add", ROBOTS, "noted", "where=https://library.example/robots", "text=With coaches of Lighthouse Community")
    )
    player.on("2026-09-26", "p-mira").run(
        *("add", ROBOTS, "published", "of=slides", "where=https://open.example/robots/slides", "licence=CC-BY-SA-4.0")
    )


def _repair(player: Player) -> None:
    """Members help a friend: nobody decides on it, and nothing looks official."""
    player.on("2026-09-07", "p-mira").run(
        *("new", "partnership", "Repair café night", f"id={REPAIR}", f"policy={POLICY}", "support=unofficial"),
        *("co-partnered=false", "event=Solder your first badge", "event-city=Millbridge", "event-day=2027-01-22"),
        "partners=[{id: cafe, name: Millbridge Repair Café}]",
        "contributions=[{id: c1, kind: organisation, text: Three members help to set up}]",
        "values-fit=People mend things and show each other how",
        "roles.doer=p-mira",
    )
    player.run("advance", REPAIR)
    player.on("2026-09-14", "p-mira")
    _told(player, REPAIR, ("cafe",), _EVERY_PARTNER)
    player.run("set", REPAIR, "unofficial-said=Said to the organisers when the date was set, and again by mail")
    player.run("advance", REPAIR)


def _fair(player: Player) -> None:
    """Only promotion was wanted: that is for others to decide."""
    player.on("2026-09-28", "p-kofi").run(
        *("new", "partnership", "Winter code fair", f"policy={POLICY}", "support=promotion-only", "co-partnered=false"),
        *("event=Winter code fair", "event-city=Millbridge", "event-day=2026-12-05"),
        "partners=[{id: fair, name: Millbridge Trade Hall}]",
    )
    player.run("advance", FAIR, "promotion", "--reason", "The newsletter group looks at it")


def _told(player: Player, event: str, partners: tuple[str, ...], what: tuple[str, ...]) -> None:
    """Every partner has been told, and says so."""
    sheet = player.file("parties.csv", "id,party\n" + "".join(f"{event},{partner}\n" for partner in partners))
    for one in what:
        player.run("add", one, "--from", sheet)
