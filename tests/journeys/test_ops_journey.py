"""Under OPS-05-03, one partnership from an e-mail to active and on to its end, with the refusals on the way."""

from __future__ import annotations

import pytest

from tests.journeys.telling import Teller
from tests.place import Place
from tests.story import ACME, DEAL, DRAFT, OBJECTIVES, form


@pytest.fixture
def teller(place: Place) -> Teller:
    """A register that asks the community for two weeks, and wants due diligence no older than a month."""
    place.do(
        "policy", "set", "OPS-05-03", "community-input-open=P14D", "due-diligence-valid=P1M", "--seen", "minutes/1.md"
    )
    return Teller(place)


def propose(t: Teller) -> None:
    t.do("new", "partnership", "Acme", "type=cloud-providers", "partner=organisation", OBJECTIVES)
    t.refuse(
        *("advance", ACME),
        clause="§3.2.1/partnership-proposal",
        missing="Missing: document, report or link",
        command="partnerkit add acme partnership-proposal <file-or-link>",
    )
    t.refuse(
        *("approve", ACME, "final-decision"),
        by="p-timo",
        clause="§3.2.3/final-decision",
        missing="no way on from proposed asks for final-decision",
        command="partnerkit gates acme",
    )
    t.refuse(
        *("advance", ACME, "active"),
        clause="§3.2.1/partnership-proposal",
        missing="no way from proposed to active; from here it goes to assessment, declined, withdrawn",
        command="partnerkit gates acme",
    )
    t.do("add", ACME, "partnership-proposal", t.place.write("proposal.md", "# Proposal\n"), "--copy")
    t.do("advance", ACME)


def assess(t: Teller) -> None:
    t.aside("add", ACME, "due-diligence", "https://files.example/dd", "outcome=fail")
    t.do("add", ACME, "reference-checks", "https://files.example/refs")
    t.do("add", ACME, "criteria-scored", form(t.place))
    t.do("add", ACME, "initial-evaluation", "summary=Fits", "outcome=pass")
    t.refuse(
        *("advance", ACME),
        clause="§3.2.1/due-diligence",
        missing="has the outcome fail, wanted is pass or conditions",
        command="partnerkit add acme due-diligence <file-or-link> outcome=<outcome>",
    )
    t.do("add", ACME, "due-diligence", "https://files.example/dd2", "outcome=pass")
    t.day = "2026-04-03"
    t.refuse(*("advance", ACME), clause="§3.2.1/due-diligence", missing="of 2026-03-02 is older than P1M", command=None)
    t.day = "2026-04-02"
    t.do("advance", ACME)


def review(t: Teller) -> None:
    t.refuse(
        *("advance", ACME),
        clause="§3.2.2/risk-assessment",
        missing="One of these: risks-recorded",
        command="partnerkit add acme strategic-review <file-or-link> outcome=<outcome>",
    )
    for what in ("strategic-review", "financial-review", "legal-review"):
        t.do("add", ACME, what, f"https://files.example/{what}", "outcome=pass")
    t.do("add", ACME, "no-risks-identified", "summary=Looked and found none", "outcome=done")
    t.do("advance", ACME)


def decide(t: Teller) -> None:
    t.refuse(
        *("approve", ACME, "core-team-review"),
        clause="§3.2.3/core-team-review",
        missing="p-rosa is the proposer",
        who="p-jonas, p-timo",
        command="partnerkit approve acme core-team-review --for p-jonas --seen <seen>",
    )
    t.refuse(
        *("approve", ACME, "final-decision"),
        by="p-lea",
        clause="§3.2.3/final-decision",
        missing="p-lea does not hold the role core-team",
        who="p-jonas, p-timo",
        command="partnerkit approve acme final-decision --for p-jonas --seen <seen>",
    )
    t.do("approve", ACME, "core-team-review", "--for", "p-jonas", "--seen", "minutes/2.md")
    t.do("add", ACME, "community-input", "https://forum.example/t", "kind=opened")
    t.aside("approve", ACME, "final-decision", "--for", "p-timo", "--seen", "minutes/3.md")
    t.refuse(
        *("advance", ACME),
        clause="§3.2.3/community-input",
        missing="open since 2026-04-02; it must stay open until 2026-04-16",
        who="core-team",
        command=None,
    )
    t.day = "2026-04-10"
    t.aside("add", ACME, "community-input", "kind=closed", "summary=Too early")
    t.day = "2026-04-16"
    t.refuse(
        *("advance", ACME),
        clause="§3.2.3/community-input",
        missing="it was closed on 2026-04-10, before it had been open until 2026-04-16",
        who="core-team (p-jonas, p-rosa, p-timo)",
        command="partnerkit add acme community-input kind=closed summary=<summary>",
    )
    t.do("add", ACME, "community-input", "kind=closed", "summary=31 in favour, 2 against")
    t.refuse(
        *("advance", ACME),
        clause="§3.2.3/final-decision",
        missing="came before core-team-review and community-input, and does not count",
        who="core-team (p-jonas, p-timo)",
        command="partnerkit approve acme final-decision --for p-jonas --seen <seen>",
    )
    t.do("approve", ACME, "final-decision", by="p-timo")
    t.do("advance", ACME)


def agree(t: Teller) -> None:
    t.refuse(
        *("advance", ACME),
        clause="§3.2.3/partnership-agreement",
        missing="Missing: agreement in active (there is none)",
        who="partnership-manager or core-team (p-jonas, p-rosa, p-timo)",
        command="partnerkit new agreement <title> partnership=acme",
    )
    t.refuse(
        *("set", ACME, "objectives=[{id: o1, text: Something else}]"),
        clause="§3.2.3/core-team-review",
        missing="objectives is locked",
        command="partnerkit gates acme",
    )
    t.do("new", "agreement", "Cooperation agreement 2026", "partnership=acme", *DRAFT)
    t.refuse(
        *("add", DEAL, "signature-process", "party=us"),
        record=DEAL,
        clause="§5.2.1/signature-process",
        missing="there is no document to sign",
        command="partnerkit add acme-2026 agreement-document <document>",
    )
    t.do("add", DEAL, "agreement-document", t.place.write("agreement.md", "# Agreement\n"), "--copy")
    t.do("advance", DEAL)
    t.refuse(
        *("approve", DEAL, "agreement-legal-review"),
        record=DEAL,
        clause="§5.2.1/legal-review",
        missing="p-rosa does not hold the role legal-reviewer",
        who="p-lea",
        command="partnerkit approve acme-2026 agreement-legal-review --for p-lea --seen <seen>",
    )
    t.do("approve", DEAL, "agreement-legal-review", by="p-lea")
    t.do("advance", DEAL)


def sign(t: Teller) -> None:
    t.refuse(
        *("add", DEAL, "signature-process", "party=us", "--on", "2026-05-01"),
        record=DEAL,
        clause="§5.2.1/signature-process",
        missing="dated 2026-05-01",
        command="partnerkit add acme-2026 signature-process party=us --on <day>",
    )
    t.do("add", DEAL, "signature-process", "party=us", "capacity=board", "method=ink")
    t.aside("add", DEAL, "signature-process", t.place.write("other.md", "# Another\n"), "party=partner")
    t.do("add", DEAL, "agreement-documentation", t.place.write("signed.md", "# Agreement, signed\n"))
    t.refuse(
        *("advance", DEAL),
        record=DEAL,
        clause="§5.2.1/signature-process",
        missing="Missing: the signature of partner (partner signed another document",
        command="partnerkit add acme-2026 signature-process party=partner --on <day>",
    )
    t.do("add", DEAL, "signature-process", "party=partner", "capacity=director", "--on", "2026-04-16")
    t.do("advance", DEAL)
    t.refuse(
        *("advance", ACME),
        clause="§3.2.3/partnership-agreement",
        missing="acme-2026 is in executed",
        command="partnerkit gates acme-2026",
    )
    t.do("add", DEAL, "agreement-implementation", "summary=Accounts opened", "outcome=done")
    t.do("advance", DEAL)
    t.refuse(
        *("advance", ACME),
        clause="§4.1.1/partnership-manager",
        missing="Missing: roles.partnership-manager",
        who="core-team (p-jonas, p-rosa, p-timo)",
        command="partnerkit set acme roles.partnership-manager=<roles.partnership-manager>",
    )
    t.do("set", ACME, "roles.partnership-manager=p-rosa", "exit-strategy=Members move to the second provider")
    t.do("advance", ACME)


def give_notice(t: Teller) -> None:
    t.day = "2026-07-01"
    ending = ("termination.trigger=other", "termination.notice-given=2026-07-01", "termination.effective=2026-09-01")
    t.do("set", ACME, *ending)
    because = ("advance", ACME, "ending", "--reason", "They stop the service")
    t.refuse(
        *because,
        clause="§10.1.1",
        missing="Missing: termination.reason",
        command="partnerkit set acme termination.reason=<termination.reason>",
    )
    t.do("set", ACME, "termination.trigger=mutual-agreement")
    t.refuse(
        *because,
        clause="§10.1.2/notice-requirements",
        missing="notice of P90D given on 2026-07-01 ends it on 2026-09-29 at the earliest, not on 2026-09-01",
        command="partnerkit set acme termination.effective=<termination.effective>",
    )
    t.do("set", ACME, "termination.effective=2026-09-29")
    t.do("policy", "set", "OPS-05-03", "notice=P4M", "--seen", "minutes/9.md")
    t.refuse(
        *because,
        clause="§10.1.2/notice-requirements",
        missing="notice of P4M given on 2026-07-01 ends it on 2026-11-01 at the earliest",
        command="partnerkit set acme termination.effective=<termination.effective>",
    )
    t.do("set", ACME, "termination.effective=2026-11-01")
    t.refuse(
        *("advance", ACME, "ending"),
        clause="§10.1.1",
        missing="Missing: the reason for the move",
        command="partnerkit advance acme ending --reason <reason>",
    )
    t.do(*because)


EXIT = ("transition-planning", "asset-recovery", "exit-documentation", "knowledge-transfer", "lessons-learned")
TOLD = {
    "member-communication": ("https://news.example/1", "outcome=done"),
    "public-communication": ("outcome=not-needed", "summary=Nobody outside knew of it"),
    "transition-support": ("summary=Two talks about moving", "outcome=done"),
    "community-impact": ("summary=Builds are slower", "outcome=done"),
}


def end(t: Teller) -> None:
    t.day = "2026-11-01"
    t.refuse(
        *("set", ACME, "termination.effective=2027-06-01"),
        clause="§10.1.1",
        missing="termination is locked",
        command="partnerkit gates acme",
    )
    for number, item in enumerate(EXIT):
        t.do("add", ACME, item, f"https://files.example/{number}")
    said = t.refuse(
        *("advance", ACME),
        clause="§10.1.2/documentation",
        missing="acme-2026 is in active",
        who="partnership-manager or core-team",
        command="partnerkit gates acme-2026",
    )
    assert all(item in said.err for item in TOLD)
    assert not any(f"needs {item}." in said.err for item in EXIT)
    t.do("advance", DEAL, "terminated", "--reason", "The partnership ends")
    for item, words in TOLD.items():
        t.do("add", ACME, item, *words)
    t.do("advance", ACME)
    t.refuse(
        *("waive", ACME, "lessons-learned", "--reason", "no time", "--until", "2027-12-31"),
        clause="§10.2.1/lessons-learned",
        missing="OPS-05-03 lets nobody waive lessons-learned",
        command="partnerkit gates acme",
    )


def test_from_an_email_to_active_and_to_the_end(teller: Teller, capsys: pytest.CaptureFixture[str]) -> None:
    """Every step is refused until the policy is satisfied, then lands as one commit; check finds nothing in the end."""
    before = int(teller.place.git("rev-list", "--count", "HEAD"))
    for chapter in (propose, assess, review, decide, agree, sign):
        chapter(teller)
    assert teller.place.json("show", ACME)["stage"] == "active"
    with capsys.disabled():
        print(f"\n{teller.done} commands from the e-mail to active, {teller.refused} refusals")
    assert 25 <= teller.done <= 32
    assert teller.refused >= 15
    assert int(teller.place.git("rev-list", "--count", "HEAD")) == before + teller.done + teller.asides
    for chapter in (give_notice, end):
        chapter(teller)
    found = teller.place.json("log", ACME)
    assert [entry["to"] for entry in found["entries"]] == [
        *("proposed", "assessment", "detailed-review", "decision", "agreement", "active", "ending", "ended")
    ]
    assert teller.place.json("show", DEAL)["stage"] == "terminated"
    assert [one for one in teller.place.findings() if one["severity"] == "error"] == []
    assert teller.place.wrong("advance", ACME).err.startswith("✗ acme stands in ended, which is an end")
