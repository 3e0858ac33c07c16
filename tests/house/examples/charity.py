"""Under MANDALA-PCP: the neighbourhood fund, which works with others for people who need somebody beside them.

One partnership runs by an agreement that can be measured, and has been reviewed; with one there are talks; one is an
idea. Those whom the fund supports appear as a group alone.
"""

from __future__ import annotations

from partnerkit.cli.player import Player, address

POLICY = "MANDALA-PCP"
CLUB, COUNCIL, PRINTERS = "tidewater-rowing-club", "saltmarsh-district-council", "bellweather-print-works"
DEAL = f"{CLUB}-2026"

_AGREEMENT = """\
# Agreement on rowing mornings 2026

Between the Lighthouse Community, for its neighbourhood fund, and the Tidewater Rowing Club.

1. Respect and equality. 2. Who does what. 3. What is confidential. 4. Personal data. 5. How we settle a quarrel.
"""
_OBJECTIVES = "objectives=[{id: mornings, text: A rowing morning in most weeks from May to September}]"
_OUTCOMES = (
    "outcomes=[{id: company, text: Carers have company outside their homes},"
    " {id: confidence, text: Carers row without help}]"
)
_WORDS = """\
id,on,kind,audience,summary
tidewater-rowing-club,2026-05-20,partner-contact,partner,The first three mornings were full
tidewater-rowing-club,2026-08-12,partner-contact,partner,Two boats are being mended; mornings go on with three
tidewater-rowing-club,2026-09-23,feedback,partner,The club would like to know a week ahead how many come
"""
_RATINGS = """\
id,name,of,score,why
tidewater-rowing-club-first-season,objective,mornings,5,18 mornings in 22 weeks
tidewater-rowing-club-first-season,outcome,company,4,27 of 31 who were asked would come again
tidewater-rowing-club-first-season,outcome,confidence,2,A quarter steer a boat; half was hoped for
"""
_CRITERIA = """\
- {id: c1, objective: mornings, measure: Rowing mornings held, target: 16 of 22 weeks}
- {id: c2, outcome: company, measure: "Would come again, of all who were asked", target: 80 %}
- {id: c3, outcome: confidence, measure: Carers who steer a boat, target: half of those who come}
"""


def tell(player: Player) -> None:
    """The fund takes its policy in, and its partners come."""
    _begin(player)
    _club_is_found(player)
    _club_agrees(player)
    _club_rows(player)
    _club_is_reviewed(player)
    _council(player)
    _printers(player)


def _begin(player: Player) -> None:
    seen = ("--seen", "minutes/2026-01-26.md")
    player.on("2026-01-26").run("policy", "add", POLICY)
    player.run("person", "add", "p-sami", "--email", address("p-sami"), "--role", "employee", *seen)
    for person in ("p-noor", "p-otto"):
        player.run("person", "add", person, "--email", address(person), "--role", "board-of-trustees", *seen)
    player.run(
        *("policy", "set", POLICY, "partnership-approver=board-of-trustees", "due-diligence-valid=P6M"),
        *("reviews=P6M", "partner-contact=P3M", "concern-answer=P14D", *seen),
    )
    player.run("policy", "reaffirm", POLICY, *seen)


def _club_is_found(player: Player) -> None:
    """Who fits, who they are, what all three sides want; then the trustees decide."""
    player.on("2026-02-02", "p-sami").run(
        *("new", "partnership", "Tidewater Rowing Club", f"policy={POLICY}", "type=community-group"),
        *("partner=organisation", "lead=They rowed with us at the harbour fair"),
        "alignment=Time outdoors and company for people who care for somebody at home",
    )
    player.run("add", CLUB, "due-diligence", "https://files.example/tidewater/looked-into", "outcome=pass")
    player.run("advance", CLUB)
    player.on("2026-02-23", "p-sami").run(
        *("add", CLUB, "communications", "kind=exploratory", "audience=partner"),
        "summary=What a morning takes, and who could come",
    )
    player.run("add", CLUB, "initial-engagement", "https://files.example/tidewater/talks")
    player.run(
        *("set", CLUB, "explored.common-goals=More people on the water who would not get there alone"),
        "explored.opportunities=Boats lie idle on weekday mornings",
        "explored.expectations=We bring people and look after them; the club brings boats and coaches",
        "mutual-benefit.us=A place that is not a meeting room",
        "mutual-benefit.partner=Its boats are used, and some may join",
        "mutual-benefit.service-users=Carers have a morning of their own, in company",
        "classification=internal",
        "roles.employee=p-sami",
    )
    player.on("2026-03-09", "p-sami").run(
        "approve", CLUB, "partnership-approval", "--for", "p-noor", "--seen", "minutes/2026-03-09.md"
    )
    player.run("advance", CLUB)


def _club_agrees(player: Player) -> None:
    """The agreement, with a criterion for everything that is to come of it."""
    player.on("2026-03-23", "p-sami").run(
        *("new", "agreement", "Rowing mornings 2026", f"partnership={CLUB}", "starts=2026-04-01", "ends=2027-03-31"),
        "parties=[{id: us, name: Lighthouse Community}, {id: club, name: Tidewater Rowing Club}]",
    )
    player.run(
        *("set", DEAL, _OBJECTIVES, _OUTCOMES, f"criteria=@{player.file('criteria.yaml', _CRITERIA)}"),
        "responsibilities=[{party: us, text: Asks who wants to come and comes along},"
        " {party: club, text: Boats and two coaches}]",
        "expectations=[{party: us, text: Patience with beginners}, {party: club, text: Word when fewer than four come}]",
        "governance.structure=Two of each side, every quarter",
        "governance.management=The club's weekday coach runs the mornings",
        "conflict-mechanism=The two who run it talk; then a trustee and the chair of the club",
        "terms.respect-and-equality={status: included, where: section 1}",
        "terms.confidentiality={status: included, where: section 3}",
        "terms.data-protection={status: included, where: section 4}",
        "classification=internal",
    )
    player.run("add", DEAL, "agreement-document", player.file("agreement.md", _AGREEMENT))
    player.run("advance", DEAL)
    player.on("2026-03-30", "p-sami").run("add", DEAL, "agreement-signed", "party=us", "capacity=trustee", "method=ink")
    player.run("add", DEAL, "agreement-signed", "party=club", "capacity=chair", "method=ink", "--on", "2026-03-28")
    player.run("add", DEAL, "agreement-filed", player.file("signed.md", _AGREEMENT + "\nSigned by both.\n"))
    player.run("advance", DEAL)
    player.on("2026-04-01", "p-sami").run("advance", CLUB)


def _club_rows(player: Player) -> None:
    """Word with the partner, and a concern that was answered."""
    player.on("2026-09-24", "p-sami").run("add", "communications", "--from", player.file("words.csv", _WORDS))
    concern = f"{CLUB}-life-jackets-were-short"
    player.on("2026-06-10", "p-sami").run(
        *("new", "case", "Life jackets were short", f"of={CLUB}", "type=concern", "opened=2026-06-09"),
        "response=The club keeps twelve aside on our mornings",
    )
    player.run("advance", concern)
    player.on("2026-06-24", "p-sami").run("set", concern, "lessons=What a morning needs is counted the day before")
    player.run("advance", concern)


def _club_is_reviewed(player: Player) -> None:
    """Every objective and outcome of the agreement is judged, against its criterion; something is to change."""
    review = f"{CLUB}-first-season"
    player.on("2026-10-01", "p-sami").run(
        *("new", "review", "First season", f"of={CLUB}", "rhythm=regular", "from=2026-04-01", "until=2026-09-30"),
        "findings=The mornings are liked; too few learn to steer",
        "conclusion=adjust",
        "partner-feedback=They would like to know a week ahead how many come",
    )
    player.run("add", "ratings", "--from", player.file("ratings.csv", _RATINGS))
    player.run(
        *("add", review, "actions", "kind=adjustment", "text=A steering lesson on every fourth morning"),
        *("owner=p-sami", "due=2027-03-15"),
    )
    player.run("advance", review)


def _council(player: Player) -> None:
    """Talks are on; the trustees have yet to decide."""
    player.on("2026-08-24", "p-sami").run(
        *("new", "partnership", "Saltmarsh District Council", f"policy={POLICY}", "type=governmental-agency"),
        *("partner=organisation", "lead=Its carers' desk asked about the rowing mornings"),
        "roles.employee=p-sami",
        "alignment=Carers hear of us where they already go for advice",
    )
    player.run("add", COUNCIL, "due-diligence", "https://files.example/saltmarsh/looked-into", "outcome=conditions")
    player.run("advance", COUNCIL)
    player.on("2026-09-16", "p-sami").run(
        *("set", COUNCIL, "explored.common-goals=Carers know what there is for them"),
        "explored.opportunities=A page about us in what the desk hands out",
        "explored.expectations=They send nobody; they tell people, who come by themselves",
        "mutual-benefit.us=We are found by those who need us",
        "mutual-benefit.partner=The desk has more to offer than forms",
        "mutual-benefit.service-users=Carers hear of the mornings from somebody whom they know",
    )
    player.run("add", COUNCIL, "initial-engagement", "https://files.example/saltmarsh/talks")


def _printers(player: Player) -> None:
    """An idea, and a first letter."""
    player.on("2026-09-21", "p-sami").run(
        *("new", "partnership", "Bellweather Print Works", f"policy={POLICY}", "type=business", "partner=company"),
        "lead=They print the programme of the rowing club",
        "roles.employee=p-sami",
    )
    player.run(
        *("add", PRINTERS, "communications", "kind=exploratory", "audience=partner", "awaits-answer=true"),
        "summary=We asked whether they would print for us at cost",
    )
