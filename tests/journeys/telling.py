"""What the journeys share: one partnership and its agreement under OPS-05-03, stage by stage, through the real command."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import Any

from tests.place import Place, Said

ACME = "acme"
DEAL = "acme-2026"
OBJECTIVES = "objectives=[{id: o1, text: Free builds for every member, supports: [mutually-beneficial]}]"
CRITERIA = [
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
]
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


def form(place: Place) -> str:
    """A filled scorecard as a file."""
    return place.write("scores.yaml", "".join(f"{key}: {{score: 70, why: as we saw}}\n" for key in CRITERIA))


def proposed(place: Place, name: str = ACME, **how: Any) -> None:
    place.do(
        *("new", "partnership", name.title(), f"id={name}", "type=cloud-providers"),
        *(OBJECTIVES, "commitments=[{by: partner, text: builds}]"),
        **how,
    )


def proposal(place: Place, name: str = ACME, **how: Any) -> None:
    place.do("add", name, "partnership-proposal", "https://files.example/proposal", **how)


def assessed(place: Place, name: str = ACME, **how: Any) -> None:
    place.do("add", name, "due-diligence", "https://files.example/dd", "outcome=pass", **how)
    place.do("add", name, "reference-checks", "https://files.example/refs", **how)
    place.do("add", name, "criteria-scored", form(place), **how)
    place.do("add", name, "initial-evaluation", "summary=Fits", "outcome=pass", **how)


def reviewed(place: Place, name: str = ACME, **how: Any) -> None:
    for what in ("strategic-review", "financial-review", "legal-review"):
        place.do("add", name, what, f"https://files.example/{what}", "outcome=pass", **how)
    place.do("add", name, "no-risks-identified", "summary=Looked and found none", "outcome=done", **how)


def decided(place: Place, name: str = ACME, **how: Any) -> None:
    place.do("approve", name, "core-team-review", "--for", "p-jonas", "--seen", "minutes/1.md", **how)
    place.do("add", name, "community-input", "https://forum.example/t", "kind=opened", **how)
    place.do("add", name, "community-input", "kind=closed", "summary=31 in favour", **how)
    place.do("approve", name, "final-decision", **({**how, "by": "p-timo"}))


def drafted(place: Place, name: str = ACME, deal: str = DEAL, **how: Any) -> str:
    document = place.write("agreement.md", "# Agreement\n")
    place.do("new", "agreement", "Cooperation agreement 2026", f"partnership={name}", f"id={deal}", *DRAFT, **how)
    place.do("add", deal, "agreement-document", document, **how)
    return document


def executed(place: Place, deal: str = DEAL, **how: Any) -> None:
    """From a draft with its document to executed."""
    place.do("advance", deal, **how)
    place.do("approve", deal, "agreement-legal-review", **({**how, "by": "p-lea"}))
    place.do("advance", deal, **how)
    for party in ("us", "partner"):
        place.do("add", deal, "signature-process", f"party={party}", "capacity=director", **how)
    place.do("add", deal, "agreement-documentation", place.write("signed.md", "# Agreement, signed\n"), **how)
    place.do("advance", deal, **how)


def in_force(place: Place, deal: str = DEAL, **how: Any) -> None:
    place.do("add", deal, "agreement-implementation", "summary=Accounts opened", "outcome=done", **how)
    place.do("advance", deal, **how)


def activated(place: Place, name: str = ACME, **how: Any) -> None:
    place.do("set", name, "roles.partnership-manager=p-rosa", "exit-strategy=Members move elsewhere", **how)
    place.do("advance", name, **how)


#: What leads a partnership to each stage up to the agreement.
WAYS = {"assessment": proposal, "detailed-review": assessed, "decision": reviewed, "agreement": decided}


def teaches(
    said: Said,
    *,
    record: str,
    clause: str | None,
    missing: str,
    command: str | None,
    who: str | None = None,
    policy: str = "OPS-05-03",
) -> None:
    """A refusal names the record, the clause, what is missing, who can supply it, and the line to paste."""
    assert record in said.err
    assert missing in said.err, said.err
    assert clause is None or f"{policy} {clause}" in said.err, said.err
    assert who is None or who in said.err, said.err
    assert command is None or command in [line.strip().removeprefix("→ ") for line in said.err.splitlines()], said.err
    assert "nothing changed" in said.err
    assert "Traceback" not in said.err
    offered = [line.strip()[2:] for line in said.err.splitlines() if line.strip().startswith("→ ")]
    assert offered or command is None, said.err
    for line in offered:
        assert pasteable(line), line


def pasteable(line: str) -> bool:
    """Whether a line parses as a command line of partnerkit."""
    from partnerkit.cli.app import command  # noqa: PLC0415 - the whole command line, only where a line is parsed

    words = shlex.split(line)
    if words[:1] != ["partnerkit"]:
        return False
    root = command()
    context = root.make_context("partnerkit", words[1:], resilient_parsing=False)
    name, found, rest = root.resolve_command(context, [*context._protected_args, *context.args])
    if found is None:
        return False
    found.make_context(name, list(rest), parent=context)
    return True


@dataclass
class Teller:
    """Runs the journey: counts what was done and what was refused, and holds every refusal to what it must teach."""

    place: Place
    done: int = 0
    refused: int = 0
    asides: int = 0
    day: str = "2026-03-02"
    record: str = ACME
    policy: str = "OPS-05-03"

    def do(self, *words: str, by: str | None = None) -> Said:
        self.done += 1
        return self.place.do(*words, day=self.day, by=by)

    def aside(self, *words: str) -> Said:
        """Done, but leading nowhere: what a refusal then says of it."""
        self.asides += 1
        return self.place.do(*words, day=self.day)

    def refuse(self, *words: str, by: str | None = None, **taught: Any) -> Said:
        self.refused += 1
        said = self.place.refuse(*words, day=self.day, by=by)
        teaches(said, **{"record": self.record, "policy": self.policy, "who": None, **taught})
        return said

    def warned(self) -> list[str]:
        """The codes of all that `check` finds on the day; it finds no error."""
        found = self.place.json("check", day=self.day)["findings"]
        assert [one for one in found if one["severity"] == "error"] == []
        return [str(one["code"]) for one in found]
