"""Under OPS-05-03: what the Lighthouse Community agrees on with companies, libraries and schools.

One partnership runs, one waits for a decision, one is assessed, one is declined, one is older than the register, one ended.
"""

from __future__ import annotations

from partnerkit.cli import story
from partnerkit.cli.player import Player


def tell(player: Player) -> None:
    """The register begins, and its partners come."""
    story.found(player)
    story.propose(player)
    story.first_gate(player)
    player.run("advance", story.NORTHWIND)
    for chapter in (story.assess, story.review, story.decide):
        chapter(player, telling=False)
    story.agree(player, telling=False)
    story.activate(player, telling=False)
    _run_northwind(player)
    _harbour_robotics(player)
    _meadow_school(player)
    _lantern_podcast(player)
    _oldtown_library(player)
    _brightwater_labs(player)
    player.on("2026-04-15").run("set", f"{story.NORTHWIND}-2026", "milestones.m1.done=2026-04-14")
    player.on("2026-07-01").run(
        *("policy", "reaffirm", "OPS-05-03", "--seen", "minutes/2026-07-01.md", "--next", "2027-07-01")
    )


def _run_northwind(player: Player) -> None:
    """What an active partnership looks like after a while: benefits, activities, a review with actions."""
    name = story.NORTHWIND
    player.on("2026-04-15").run(
        *("add", name, "benefits", "kind=technology-access", "to=community", "status=delivered"),
        *("text=50000 build minutes a month", "valid-until=2027-03-31"),
    )
    player.run(
        "add",
        name,
        "communications",
        "kind=community-announcements",
        "audience=members",
        "summary=Free builds for members",
    )
    player.on("2026-07-20").run(
        *(
            "add",
            name,
            "activities",
            "kind=joint-events",
            "title=Summer school",
            "attendance=44",
            "outcome=Nine projects shown",
        ),
    )
    player.on("2026-08-03").run(
        *(
            "new",
            "review",
            "Review of July 2026",
            f"of={name}",
            "rhythm=monthly",
            "from=2026-07-01",
            "until=2026-07-31",
        ),
    )
    review = f"{name}-review-of-july-2026"
    player.run(
        *(
            "add",
            review,
            "figures",
            "name=event-attendance",
            "value=44",
            "unit=people",
            "from=2026-07-01",
            "until=2026-07-31",
        ),
        "source=the list at the door",
    )
    player.run("add", review, "ratings", "name=partnership-quality", "score=4", "why=everything promised was there")
    player.run("add", review, "actions", "text=Ask members which builds fail", "owner=p-rosa", "due=2026-09-01")
    player.run(
        "set", review, "findings=The summer school was full; builds wait too long on Mondays", "conclusion=continue"
    )
    player.run("approve", review, "review-sign-off")
    player.run("advance", review)


def _harbour_robotics(player: Player) -> None:
    """Waiting for a decision."""
    name = "harbour-robotics"
    player.on("2026-08-10").run("new", "partnership", "Harbour Robotics", "type=ai-ml-companies", "partner=company")
    _proposed(player, name)
    story.assess(player.on("2026-08-17"), name, telling=False)
    story.review(player, name, telling=False)
    player.on("2026-09-07").run("set", name, "commitments=[{by: partner, text: Ten robot kits}]")


def _meadow_school(player: Player) -> None:
    """Under assessment."""
    player.on("2026-09-14").run(
        "new", "partnership", "Meadow Evening School", "type=workshop-providers", "partner=organisation"
    )
    _proposed(player, "meadow-evening-school")
    player.run("add", "meadow-evening-school", "due-diligence", "https://files.example/meadow", "outcome=conditions")


def _lantern_podcast(player: Player) -> None:
    """Declined."""
    player.on("2026-06-01").run(
        "new", "partnership", "Lantern Podcast", "type=marketing-agencies", "partner=individual"
    )
    player.run(
        "advance", "lantern-podcast", "declined", "--reason", "It asked for members' addresses, which we do not give"
    )


def _oldtown_library(player: Player) -> None:
    """Older than the register: adopted, and never passed off as judged; with a case that is being dealt with."""
    player.on("2026-05-04").run(
        *("new", "partnership", "Old Town Library", "type=community-organizations", "roles.partnership-manager=p-rosa"),
        *("--adopt", "active", "--since", "2023-09-01", "--reason", "agreed by letter before the register began"),
    )
    player.run(
        *("new", "agreement", "Room agreement 2023", "partnership=old-town-library", "ends=2027-08-31"),
        *("--adopt", "active", "--since", "2023-09-01", "--reason", "signed on paper before the register began"),
    )
    player.on("2026-09-21").run(
        *(
            "new",
            "case",
            "The reading room was double-booked",
            "of=old-town-library",
            "type=crisis",
            "opened=2026-09-19",
        ),
    )
    player.run(
        "set", "old-town-library-the-reading-room-was-double-booked", "response=The workshop moved to the school"
    )
    player.run("advance", "old-town-library-the-reading-room-was-double-booked")


def _brightwater_labs(player: Player) -> None:
    """Ended, with everything that the policy asks for at an end."""
    name = "brightwater-labs"
    player.on("2026-02-16").run(
        *("new", "partnership", "Brightwater Labs", "type=research-institutions", "roles.partnership-manager=p-rosa"),
        *("--adopt", "active", "--since", "2022-01-01", "--reason", "older than the register"),
    )
    player.on("2026-03-02").run(
        *("set", name, "termination={trigger: mutual-agreement, notice-given: 2026-03-01, effective: 2026-06-30}"),
    )
    player.run("advance", name, "ending", "--reason", "The laboratory moves abroad")
    player.on("2026-07-01").run(
        "add", name, "transition-planning", "summary=Two projects were handed to members", "outcome=done"
    )
    player.run("add", name, "asset-recovery", "summary=Both microscopes are back, accounts closed", "outcome=done")
    for requirement in ("exit-documentation", "knowledge-transfer", "lessons-learned"):
        player.run("add", name, requirement, f"https://files.example/brightwater/{requirement}")
    player.run("add", name, "member-communication", "https://forum.example/t/brightwater", "outcome=done")
    player.run("add", name, "public-communication", "summary=Nobody outside asked", "outcome=not-needed")
    player.run("add", name, "transition-support", "summary=Members use the university's laboratory", "outcome=done")
    player.run("add", name, "community-impact", "summary=Two projects a year fewer", "outcome=done")
    player.run("advance", name)


def _proposed(player: Player, name: str) -> None:
    objectives = "objectives=[{id: o1, text: Members learn with the partner, supports: [mutually-beneficial]}]"
    player.run("set", name, objectives)
    player.run("add", name, "partnership-proposal", f"https://files.example/{name}/proposal")
    player.run("advance", name)
