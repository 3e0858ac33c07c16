"""One partnership under OPS-05-03 from an e-mail to its end, as commands: where journeys and scenarios start from."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from tests.place import Place

ACME = "acme"
DEAL = "acme-2026"
RISK = "acme-they-fold"
REVIEW = "acme-march"

CRITERIA = (
    "mission-alignment",
    "value-proposition",
    "quality-standards",
    "ethical-standards",
    "strategic-fit",
    "market-position",
    "innovation",
    "growth-potential",
    "resource-availability",
    "communication",
    "flexibility",
    "long-term-commitment",
)
OBJECTIVES = "objectives=[{id: o1, text: Free builds for every member, supports: [mutually-beneficial]}]"
DRAFT = (
    "starts=2026-04-01",
    "ends=2027-03-31",
    "notice=P90D",
    "parties=[{id: us, name: Lighthouse Community}, {id: partner, name: Acme}]",
    "objectives=[{id: o1, text: Free builds for every member}]",
    "responsibilities=[{party: partner, text: Runs the build service}]",
    "commitments=[{by: partner, text: 50000 build minutes a month}]",
    "milestones=[{id: m1, text: First builds run, due: 2026-04-15}]",
    "terms.legal-terms={status: included, where: section 1}",
    "terms.intellectual-property={status: included, where: section 2}",
    "terms.confidentiality={status: not-applicable, reason: nothing is secret}",
    "terms.termination-clauses={status: included, where: section 4}",
)


@dataclass(frozen=True)
class Command:
    """One command of the journey: its words, the day, who runs it; `reached` names the state that it leads to."""

    words: tuple[str, ...]
    day: str = "2026-03-02"
    by: str = "p-rosa"
    reached: str | None = None
    files: dict[str, str] = field(default_factory=dict)

    def run(self, place: Place) -> Any:
        place.day = self.day
        paths = {name: place.write(name, text) for name, text in self.files.items()}
        return place.do(*(_with_paths(word, paths) for word in self.words), by=self.by)


def _with_paths(word: str, paths: dict[str, str]) -> str:
    for name, path in paths.items():
        word = word.replace(f"<{name}>", path)
    return word


def _c(*words: str, day: str = "2026-03-02", by: str = "p-rosa", reached: str | None = None, **files: str) -> Command:
    return Command(words, day, by, reached, {name.replace("_", "."): text for name, text in files.items()})


SCORES = "".join(f"{name}:\n  score: 70\n  why: it fits\n" for name in CRITERIA)

COMMANDS = (
    _c("new", "partnership", "Acme", "id=acme", "type=cloud-providers", "proposer=p-rosa", reached="new"),
    _c("set", ACME, OBJECTIVES, reached="proposed"),
    _c("add", ACME, "partnership-proposal", "<proposal.md>", "--copy", proposal_md="# Proposal\n\nLabs.\n"),
    _c("advance", ACME, reached="assessment"),
    _c("add", ACME, "due-diligence", "https://files.example/dd", "outcome=pass", day="2026-03-03"),
    _c("add", ACME, "reference-checks", "summary=Two references, both good", day="2026-03-03"),
    _c("add", ACME, "criteria-scored", "<scores.yaml>", day="2026-03-03", scores_yaml=SCORES),
    _c("add", ACME, "initial-evaluation", "summary=Fits well", "outcome=pass", day="2026-03-03"),
    _c("advance", ACME, day="2026-03-03", reached="detailed-review"),
    _c(
        "add",
        ACME,
        "strategic-review",
        "<strategy.md>",
        "--copy",
        "outcome=pass",
        day="2026-03-04",
        strategy_md="Yes.\n",
    ),
    _c("add", ACME, "financial-review", "https://files.example/money", "outcome=conditions", day="2026-03-04"),
    _c("add", ACME, "legal-review", "https://files.example/law", "outcome=pass", day="2026-03-04", by="p-lea"),
    _c("new", "risk", "They fold", f"of={ACME}", "type=financial", day="2026-03-04"),
    _c("set", RISK, "analysis=Their sponsor may leave", "owner=p-rosa", day="2026-03-04"),
    _c("add", RISK, "assessments", "likelihood=2", "impact=4", "why=seen before", day="2026-03-04"),
    _c("advance", RISK, day="2026-03-04"),
    _c("advance", ACME, day="2026-03-04", reached="decision"),
    _c("set", ACME, "commitments=[{by: partner, text: Fifty lab seats}]", day="2026-03-05"),
    _c("approve", ACME, "core-team-review", day="2026-03-06", by="p-jonas"),
    _c("add", ACME, "community-input", "https://forum.example/t/1", "kind=opened", day="2026-03-06"),
    _c("add", ACME, "community-input", "kind=closed", "summary=31 in favour", day="2026-03-20"),
    _c(
        "approve",
        ACME,
        "final-decision",
        "--for",
        "p-timo",
        "--seen",
        "minutes/1.md",
        day="2026-03-20",
        reached="decided",
    ),
    _c("advance", ACME, day="2026-03-20", by="p-jonas", reached="agreement"),
    _c("new", "agreement", "Agreement 2026", f"partnership={ACME}", *DRAFT, day="2026-03-21"),
    _c(
        "add",
        DEAL,
        "agreement-document",
        "<pact.md>",
        "--copy",
        day="2026-03-21",
        reached="drafted",
        pact_md="The pact.\n",
    ),
    _c("advance", DEAL, day="2026-03-21"),
    _c("approve", DEAL, "agreement-legal-review", day="2026-03-22", by="p-lea"),
    _c("advance", DEAL, day="2026-03-22"),
    _c("add", DEAL, "signature-process", "party=us", "method=ink", day="2026-03-23"),
    _c("add", DEAL, "signature-process", "party=partner", "method=ink", day="2026-03-23"),
    _c("add", DEAL, "agreement-documentation", "<signed.md>", day="2026-03-23", signed_md="Signed.\n"),
    _c("advance", DEAL, day="2026-03-23", reached="executed"),
    _c("add", DEAL, "agreement-implementation", "summary=Accounts opened", "outcome=done", day="2026-04-01"),
    _c("advance", DEAL, day="2026-04-01", reached="in-force"),
    _c("set", ACME, "roles.partnership-manager=p-rosa", "exit-strategy=Own machines", day="2026-04-01"),
    _c("advance", ACME, day="2026-04-01", reached="active"),
    _c("add", ACME, "communications", "kind=core-team-updates", "summary=All is well", day="2026-04-10"),
    _c(
        "new",
        "review",
        "March",
        f"of={ACME}",
        "rhythm=monthly",
        "from=2026-03-01",
        "until=2026-03-31",
        day="2026-04-10",
    ),
    _c("set", REVIEW, "findings=All went well", "conclusion=continue", day="2026-04-10", reached="review"),
    _c("approve", REVIEW, "review-sign-off", day="2026-04-10"),
    _c("advance", REVIEW, day="2026-04-10"),
    _c("new", "case", "Name misused", f"of={ACME}", "type=brand-misuse", "opened=2026-04-11", day="2026-04-11"),
    _c("advance", ACME, "suspended", "--reason", "their office burnt", day="2026-04-12"),
    _c("advance", ACME, "active", "--reason", "they work again", day="2026-04-20"),
    _c("undo", "--reason", "too early", day="2026-04-20"),
    _c("advance", ACME, "active", "--reason", "they really work again", day="2026-04-21"),
    _c(
        *("set", ACME, "termination.trigger=mutual-agreement", "termination.notice-given=2026-04-01"),
        "termination.effective=2026-06-30",
        day="2026-05-01",
    ),
    _c("advance", ACME, "ending", "--reason", "both want to stop", day="2026-05-02", reached="ending"),
    _c("advance", DEAL, "terminated", "--reason", "both want to stop", day="2026-06-30"),
    *(
        _c("add", ACME, name, "summary=done well", day="2026-06-30")
        for name in (
            "transition-planning",
            "asset-recovery",
            "exit-documentation",
            "knowledge-transfer",
            "lessons-learned",
        )
    ),
    *(
        _c("add", ACME, name, "summary=told", "outcome=done", day="2026-06-30")
        for name in ("member-communication", "public-communication", "transition-support", "community-impact")
    ),
    _c("advance", ACME, day="2026-06-30", reached="ended"),
)


def form(place: Place) -> str:
    """A filled scorecard as a file."""
    return place.write("scores.yaml", SCORES)


def tell(place: Place, state: str, *, deal: str = DEAL, day: str | None = None) -> None:
    """Run what leads to a state from the one before it, and be at its day; or for another agreement, on another day."""
    ends = [number for number, command in enumerate(COMMANDS, 1) if command.reached]
    end = next(end for end in ends if COMMANDS[end - 1].reached == state)
    begin = max((other for other in ends if other < end), default=0)
    for command in COMMANDS[begin:end]:
        words = tuple(deal if word == DEAL else word for word in command.words)
        replace(command, words=words, day=day or command.day).run(place)
