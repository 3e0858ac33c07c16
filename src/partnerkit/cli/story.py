"""The story that the demo and the example records tell: one partnership from an e-mail to active, and others beside it.

Every organisation and person in it is fictional.
"""

from __future__ import annotations

from partnerkit.cli.player import Player

NORTHWIND = "northwind-cloud-cooperative"

_PROPOSAL = """\
# Proposal: Northwind Cloud Cooperative

Northwind offers the community free build minutes and a yearly summer school.
"""

_AGREEMENT = """\
# Cooperation agreement 2026

Between the Lighthouse Community and the Northwind Cloud Cooperative.

1. Legal terms. 2. Intellectual property. 3. Confidentiality. 4. Termination.
"""

_OBJECTIVES = """\
- id: o1
  text: Every member can build and test their project without paying.
  supports: [mutually-beneficial]
- id: o2
  text: Forty members take part in the summer school.
  supports: [growth-and-development]
"""

_SCORES = {
    "mission-alignment": (5, "a cooperative owned by its users"),
    "value-proposition": (4, "build minutes are what members ask for most"),
    "quality-standards": (4, "two independent security reports, both good"),
    "ethical-standards": (5, "publishes its own code of conduct"),
    "strategic-fit": (4, "supports the summer school"),
    "market-position": (3, "regional, and well known there"),
    "innovation": (3, "solid rather than new"),
    "growth-potential": (4, "wants to grow with us"),
    "resource-availability": (4, "a named team of three"),
    "communication": (5, "answers within a day"),
    "flexibility": (4, "accepted every change we asked for"),
    "long-term-commitment": (4, "offers three years"),
}


def found(player: Player) -> None:
    """The register and its people."""
    player.on("2026-01-05").run(
        *("init", "--name", "Lighthouse Community", "--policy", "OPS-05-03", "--time-zone", "Europe/Berlin"),
        *("--person", "p-rosa", "--role", "partnership-manager", "--role", "core-team"),
        *("--shared", "community@lighthouse.example"),
    )
    for person, role in (("p-jonas", "core-team"), ("p-lea", "legal-reviewer"), ("p-timo", "partnership-committee")):
        address = f"{person.removeprefix('p-')}@lighthouse.example"
        player.run("person", "add", person, "--email", address, "--role", role, "--seen", "minutes/2026-01-05.md")
    player.run(
        *("policy", "set", "OPS-05-03", "final-decider=core-team", "legal-reviewer=legal-reviewer"),
        *("notice=P60D", "community-input-open=P14D", "due-diligence-valid=P6M", "--seen", "minutes/2026-01-05.md"),
    )


def propose(player: Player) -> None:
    """The e-mail."""
    player.on("2026-01-12").run(
        "new", "partnership", "Northwind Cloud Cooperative", "type=cloud-providers", "partner=organisation"
    )


def first_gate(player: Player) -> None:
    """What the first gate asks for."""
    objectives = player.file("objectives.yaml", _OBJECTIVES)
    player.run("set", NORTHWIND, f"objectives=@{objectives}")
    player.run("add", NORTHWIND, "partnership-proposal", player.file("proposal.md", _PROPOSAL), "--copy")


def assess(player: Player, name: str = NORTHWIND, *, telling: bool = True) -> None:
    """Initial assessment: due diligence, references, scores, evaluation."""
    player.after(7).run("add", name, "due-diligence", "https://files.example/due-diligence", "outcome=pass")
    if telling:
        player.refused("advance", name)
    player.run("add", name, "reference-checks", "https://files.example/references", "summary=Two references, both good")
    scores = "".join(f"{key}:\n  score: {score}\n  why: {why}\n" for key, (score, why) in _SCORES.items())
    player.run("add", name, "criteria-scored", player.file("scores.yaml", scores))
    player.run("add", name, "initial-evaluation", "summary=Fits well; go on", "outcome=pass")
    player.run("advance", name)


def review(player: Player, name: str = NORTHWIND, *, telling: bool = True) -> None:
    """Detailed review: strategy, money, law, risks."""
    player.after(14).run("add", name, "strategic-review", "https://files.example/strategy", "outcome=pass")
    player.run("add", name, "financial-review", "https://files.example/finance", "outcome=conditions")
    player.after(1, "p-lea").run("add", name, "legal-review", "https://files.example/partner-law", "outcome=pass")
    player.after(1).run("new", "risk", "Build minutes withdrawn", f"of={name}", "type=operational")
    if telling:
        player.refused("advance", name)
    risk = f"{name}-build-minutes-withdrawn"
    player.run("set", risk, "analysis=The free offer may end when its sponsor changes", "owner=p-rosa")
    player.run("add", risk, "assessments", "likelihood=2", "impact=4", "why=it happened to another community once")
    player.run("advance", risk)
    player.run("advance", name)


def decide(player: Player, name: str = NORTHWIND, *, telling: bool = True) -> None:
    """The core team's review, the community's say, the final decision."""
    player.after(5).run("set", name, "commitments=[{by: partner, text: 50000 build minutes a month}]")
    if telling:
        player.refused("approve", name, "core-team-review")
    player.run("approve", name, "core-team-review", "--for", "p-jonas", "--seen", "minutes/2026-02-09.md")
    player.run("add", name, "community-input", "https://forum.example/t/northwind", "kind=opened")
    if telling:
        player.after(0).refused("advance", name)
    player.after(14).run(
        "add", name, "community-input", "kind=closed", "summary=31 in favour, 2 against, 4 questions answered"
    )
    player.after(2, "p-jonas").run("approve", name, "final-decision")
    player.after(0).run("advance", name)


def agree(player: Player, *, telling: bool = True) -> None:
    """The agreement: drafted, reviewed, signed by all on one document, filed, put to work."""
    agreement = f"{NORTHWIND}-2026"
    document = player.file("agreement.md", _AGREEMENT)
    player.on("2026-03-02").run("new", "agreement", "Cooperation agreement 2026", f"partnership={NORTHWIND}")
    terms = ("legal-terms", "intellectual-property", "confidentiality", "termination-clauses")
    player.run(
        *("set", agreement, "starts=2026-04-01", "ends=2027-03-31", "notice=P90D"),
        "parties=[{id: us, name: Lighthouse Community}, {id: partner, name: Northwind Cloud Cooperative}]",
        "objectives=[{id: o1, text: Free builds for every member}]",
        "responsibilities=[{party: partner, text: Runs the build service}, {party: us, text: Runs the summer school}]",
        "commitments=[{by: partner, text: 50000 build minutes a month}]",
        "milestones=[{id: m1, text: First builds run, due: 2026-04-15}]",
        *(f"terms.{term}={{status: included, where: section {number}}}" for number, term in enumerate(terms, 1)),
    )
    player.run("add", agreement, "agreement-document", document, "--copy")
    player.run("advance", agreement)
    if telling:
        player.on("2026-03-05").refused("approve", agreement, "agreement-legal-review")
    player.on("2026-03-09", "p-lea").run("approve", agreement, "agreement-legal-review")
    player.on("2026-03-09").run("advance", agreement)
    player.on("2026-03-16").run("add", agreement, "signature-process", "party=us", "capacity=board", "method=ink")
    if telling:
        player.refused("advance", agreement)
    player.on("2026-03-20").run(
        "add", agreement, "signature-process", "party=partner", "capacity=director", "method=ink"
    )
    signed = player.file("agreement-signed.md", _AGREEMENT + "\nSigned by both.\n")
    player.run("add", agreement, "agreement-documentation", signed)
    player.run("advance", agreement)
    player.on("2026-04-01").run(
        "add", agreement, "agreement-implementation", "summary=Accounts opened, first builds run", "outcome=done"
    )
    player.run("advance", agreement)


def activate(player: Player, *, telling: bool = True) -> None:
    """The partnership becomes active."""
    if telling:
        player.on("2026-04-01").refused("advance", NORTHWIND)
    player.run(
        *("set", NORTHWIND, "roles.partnership-manager=p-rosa", "starts=2026-04-01"),
        "exit-strategy=Members move to the second provider within 30 days",
    )
    player.run("advance", NORTHWIND)
