"""Pull requests against the example register: what somebody did, and the page that a reviewer reads of each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.scenarios.pulls.of_rules import (
    breaks_a_policy,
    brings_a_register,
    changes_the_roster,
    changes_trust,
    rewrites_the_roster,
    starts_empty,
    trusts,
    weakens,
)
from tests.scenarios.pulls.puller import ROBOTS, SCHOOL, Puller, base, copied
from tests.story import DRAFT, SCORES

HERE = Path(__file__).parent


def nothing(player: Puller) -> None:
    """Nothing is there yet but the register."""
    del player


@dataclass(frozen=True)
class Pull:
    """One of them.

    Attributes:
        name: what it is called, and the folder of its page.
        makes: makes it, on a branch.
        before: what lands on the main branch first.
        meanwhile: what lands there while the branch is made, after which it is merged into the branch.
    """

    name: str
    makes: Callable[[Puller], None]
    before: Callable[[Puller], None] = nothing
    meanwhile: Callable[[Puller], None] | None = None

    @property
    def expected(self) -> Path:
        """The page, as it was read and found good."""
        return HERE / self.name / "page.md"

    def page(self, player: Puller, *words: str) -> str:
        """Make it, and say what the reviewer's page says."""
        self.make(player)
        return player.on("2026-10-21").run("diff", "main", "HEAD", *words).said

    def make(self, player: Puller) -> None:
        """Make it, on the branch that is then checked out."""
        with player:
            self.before(player)
            player.git("checkout", "-q", "-b", "change")
            self.makes(player)
            if self.meanwhile is not None:
                player.git("checkout", "-q", "main")
                self.meanwhile(player)
                player.git("checkout", "-q", "change")
                player.git("merge", "-q", "--no-edit", "main")


def advances(player: Puller) -> None:
    """All that the first assessment asks for, and the next stage."""
    player.run("add", SCHOOL, "reference-checks", "https://files.example/references", "summary=Two, both good")
    player.run("add", SCHOOL, "criteria-scored", player.file("scores.yaml", SCORES))
    report = player.file("evaluation.md", "# Evaluation\n\nIt fits.\n")
    player.run("add", SCHOOL, "initial-evaluation", report, "--copy", "outcome=pass")
    player.run("advance", SCHOOL)


def signed_by_the_wrong_one(player: Puller) -> None:
    """The approval of one is typed over into that of the proposer, and the partnership goes on."""
    player.run("approve", ROBOTS, "core-team-review", "--for", "p-kim", "--seen", "minutes/2026-10-05.md")
    player.edit(ROBOTS, "by: p-kim", "by: p-rosa")
    player.commit("The core team has approved")


def edits_what_was_approved(player: Puller) -> None:
    """After one approval the commitments become others."""
    player.run("set", ROBOTS, "commitments=[{by: partner, text: Three robot kits}]")


def decides(player: Puller) -> None:
    """The last approvals and what the community says, and the partnership goes on."""
    player.run("approve", ROBOTS, "core-team-review", "--for", "p-kim", "--seen", "minutes/2026-10-05.md")
    player.run("add", ROBOTS, "community-input", "https://forum.example/t/robots", "kind=opened")
    player.on("2026-10-20").run("add", ROBOTS, "community-input", "kind=closed", "summary=19 in favour, 1 against")
    player.on("2026-10-20", "p-kim").run("approve", ROBOTS, "final-decision")
    player.run("advance", ROBOTS)


def edits_meanwhile(player: Puller) -> None:
    """Meanwhile the commitments become others, on the main branch: git merges both without a word."""
    player.on("2026-10-06").run("set", ROBOTS, "commitments=[{by: partner, text: Three robot kits}]")


def works_on(player: Puller) -> None:
    """A risk of a partnership is found, judged and understood."""
    risk = f"{SCHOOL}-nobody-comes"
    player.on("2026-10-07").run("new", "risk", "Nobody comes", f"of={SCHOOL}", "type=operational")
    player.run("set", risk, "analysis=Its evenings are those of the choir", "owner=p-rosa")
    player.run("add", risk, "assessments", "likelihood=4", "impact=2", "why=the choir says so")
    player.run("advance", risk)


def declines(player: Puller) -> None:
    """The day before, on the main branch, that partnership is declined: other files, so git merges both."""
    player.on("2026-10-06").run("advance", SCHOOL, "declined", "--reason", "They found another partner")


def many(player: Puller) -> None:
    """Five hundred partnerships at once, from a sheet."""
    rows = "".join(f"Chapter {number:03},universities\n" for number in range(1, 501))
    player.run("new", "partnership", "--from", player.file("chapters.csv", f"name,type\n{rows}"))


def hostile(player: Puller) -> None:
    """Names, reasons and summaries that would be a part of the page, call somebody, or look like another word."""
    name = "<!-- partnerkit:diff --> @everyone **approved** </details>"
    player.run("new", "partnership", name, "id=friendly", "type=universities")
    summary = "</details>\n\n## Approvals\n\n- \u2713 `final-decision` [see](https://evil.example) $\\color{red}{x}$ #1"
    player.run("add", "friendly", "partnership-proposal", "https://evil.example/?<script>", f"summary={summary}")
    player.run("set", "friendly", "objectives=[{id: o1, text: '| a | b |', supports: [mutually-beneficial]}]")
    player.run("set", "friendly", "commitments=[{by: partner, text: P\u0430yment of all fees}]")


def begins(player: Puller) -> None:
    """A new partnership, with what its first gate asks for."""
    player.run("new", "partnership", "Pinewood Makers", "id=pinewood", "type=universities", "proposer=p-rosa")
    aims = "objectives=[{id: o1, text: A workshop for every member, supports: [mutually-beneficial]}]"
    player.run("set", "pinewood", aims)
    player.run("add", "pinewood", "partnership-proposal", "https://files.example/pinewood/proposal")
    player.run("new", "risk", "The workshop closes", "of=pinewood", "type=operational")
    player.run("add", "pinewood-the-workshop-closes", "assessments", "likelihood=3", "impact=2", "why=its lease ends")


def types_for_others(player: Puller) -> None:
    """One records what two others decided; the one who was asked asks for changes."""
    player.run("approve", ROBOTS, "core-team-review", "--for", "p-kim", "--seen", "minutes/2026-10-05.md")
    no = ("--decision", "request-changes", "--reason", "Say who looks after the kits")
    player.run("approve", ROBOTS, "final-decision", "--for", "p-jonas", "--seen", "a mail of 5 October", *no)


def waives(player: Puller) -> None:
    """A pairing that meets less often than the policy says, since somebody who may says so."""
    reason = ("--reason", "Both work in shifts; every six weeks is what they can do", "--until", "2026-12-31")
    player.on("2026-10-05", "p-jonas").run("waive", "testing-summer-2026", "given-rhythm", *reason)
    player.on("2026-10-05", "p-sena").run("add", "testing-summer-2026", "meetings", "minutes=50", "mode=virtual")


def withdraws_evidence(player: Puller) -> None:
    """The due diligence was about another organisation."""
    line = ("withdraw=e-df06a82d6304", "--reason", "It is about another school of that name")
    player.run("add", SCHOOL, "due-diligence", *line)


def suspends(player: Puller) -> None:
    """A partnership rests."""
    player.run("advance", "northwind-cloud-cooperative", "suspended", "--reason", "Their data centre burnt")


def undoes(player: Puller) -> None:
    """It was another data centre."""
    entry = player.entry("northwind-cloud-cooperative")
    player.on("2026-10-07").run("undo", entry, "--reason", "It was not theirs that burnt")


def adopts(player: Puller) -> None:
    """A partnership that is older than the register."""
    since = ("--adopt", "active", "--since", "2019-04-01", "--reason", "Older than the register")
    player.run("new", "partnership", "Old Mill Choir", "id=old-mill", "type=universities", *since)


def proposes_pairs(player: Puller) -> None:
    """The matching proposes whom to pair next."""
    player.on("2026-10-05", "p-sena").run("match", "propose", "reverse", "--cycle", "2026-autumn")


def accepts_pairs(player: Puller) -> None:
    """A person has read the proposal, and accepts it."""
    file = "records/evidence/matches/reverse-2026-autumn.json"
    judged = ("personality-match=70", "success-metrics=80: both name the same")
    player.on("2026-10-05", "p-sena")
    player.run("match", "accept", "--file", file, *judged, "--interests", "Nobody who decides has one", "--others-wait")


def acts_as_another(player: Puller) -> None:
    """What p-timo alone may do stands there in the name of p-timo, in a commit of somebody else."""
    accepts_a_risk(player)
    player.on("2026-10-05").git("reset", "-q", "--soft", "main")
    player.commit("The risk is accepted")


def drafts(player: Puller) -> None:
    """An agreement that is ready to be signed."""
    deal = "northwind-2027"
    of = ("partnership=northwind-cloud-cooperative", f"id={deal}")
    player.run("new", "agreement", "Agreement 2027", *of, *DRAFT)
    player.run("add", deal, "agreement-document", player.file("pact.md", "The pact.\n"), "--copy")
    player.run("advance", deal)
    player.on("2026-10-05", "p-lea").run("approve", deal, "agreement-legal-review")
    player.on("2026-10-05").run("advance", deal)


def signs(player: Puller) -> None:
    """Both sign."""
    for party in ("us", "partner"):
        player.run("add", "northwind-2027", "signature-process", f"party={party}", "method=ink")
    player.run("add", "northwind-2027", "agreement-documentation", player.file("signed.md", "Signed.\n"))
    player.run("advance", "northwind-2027")


def forgets(player: Puller) -> None:
    """A name was typed where none belongs, and is taken out for good."""
    player.run(
        "person", "forget", player.file("name.txt", "it happened to another community once\n"), "--reason", "On request"
    )


def edits_the_stage(player: Puller) -> None:
    """Whoever edits the stage passes no gate."""
    player.edit(ROBOTS, "\nstage: decision\n", "\nstage: active\n")
    player.commit("They are active now")


def accepts_a_risk(player: Puller) -> None:
    """Whoever may accepts a risk for a time."""
    risk = f"{ROBOTS}-build-minutes-withdrawn"
    player.run("set", risk, "accepted-until=2027-03-31")
    player.on("2026-10-05", "p-timo").run("approve", risk, "risk-acceptance")
    player.run("advance", risk, "accepted", "--reason", "Cheaper than any measure")


PULLS = (
    Pull("good-advance", advances),
    Pull("approved-by-the-wrong-one", signed_by_the_wrong_one),
    Pull("void-approvals", edits_what_was_approved),
    Pull("policy-weakened", weakens),
    Pull("roster-changed", changes_the_roster),
    Pull("roster-rewritten", rewrites_the_roster),
    Pull("trust-changed", changes_trust, before=trusts),
    Pull("clean-merge-illegal", decides, meanwhile=edits_meanwhile),
    Pull("two-branches-advance", works_on, meanwhile=declines),
    Pull("many-records", many),
    Pull("hostile-text", hostile),
    Pull("new-record", begins),
    Pull("decided-on-behalf", types_for_others),
    Pull("waiver", waives),
    Pull("evidence-withdrawn", withdraws_evidence),
    Pull("undone", undoes, before=suspends),
    Pull("adopted", adopts),
    Pull("pairs-accepted", accepts_pairs, before=proposes_pairs),
    Pull("agreement-signed", signs, before=drafts),
    Pull("text-expunged", forgets),
    Pull("stage-edited", edits_the_stage),
    Pull("risk-accepted", accepts_a_risk),
    Pull("nothing-changed", nothing),
    Pull("register-brought-in", brings_a_register, before=starts_empty),
    Pull("policy-broken", breaks_a_policy),
    Pull("made-for-another", acts_as_another),
)


def named(name: str) -> Pull:
    return next(one for one in PULLS if one.name == name)


def without_commits(page: str) -> str:
    """A page without the ids of commits: they hang on every byte of the policies."""
    return re.sub(r"(?<=[( `=])[0-9a-f]{12}(?=`?\)| --)", "0123456789ab", page)


def pages(where: Path) -> Iterator[tuple[Pull, str]]:
    """Every page as it is made now, in a folder."""
    base(where / "base")
    for one in PULLS:
        page = one.page(copied(where / "base", where / one.name, one.name), "--format", "markdown")
        yield one, without_commits(page)
