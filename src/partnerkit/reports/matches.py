"""Proposals of the matching, for people and for other programs: who with whom, why, and who is left."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from partnerkit.matching.people import Person
from partnerkit.matching.points import common, common_hours
from partnerkit.matching.proposal import Left, Pair, Proposal
from partnerkit.matching.proving import in_own_words
from partnerkit.matching.run import Run
from partnerkit.matching.telling import Proposed, Verified
from partnerkit.reports import circles
from partnerkit.reports.page import WELL, Page, Span
from partnerkit.rules.commands import line

#: Why somebody is not matched now though nothing is missing: they are counted, and not listed.
_SETTLED = frozenset({"paired", "full"})

#: How many words in common are told of a pair.
_WORDS = 4


def proposed_page(found: Proposed) -> Page:
    """What a run proposes, short: proofs and prices stay in the file."""
    run, said = found.run, Proposal.model_validate(found.data)
    page = Page()
    everybody = len(run.mentees)
    peers = run.shape == "peers"
    page.add(
        Span(f"{said.reached.placed} of {everybody}", "bold"),
        f" who wait have {'each other' if peers else 'a mentor'}: {said.proposal} {said.cycle}, {said.policy}",
    )
    head = ("one", "other", "points", "why") if peers else ("mentee", "mentor", "points", "why")
    page.table([_pair_row(run, pair) for pair in said.pairs], head, indent="  ")
    told = [one for one in said.left if one.code not in _SETTLED]
    if told:
        page.add(Span("Nobody for", "yellow"))
        page.table([_left_row(one) for one in told], indent="  ")
    if len(told) < len(said.left):
        page.add(
            Span(f"{len(said.left) - len(told)} more have a place already, or no room left: --json lists them", "dim")
        )
    circles.add_meetings(page, said)
    page.add(_in_all(said))
    if said.searched is not None:
        page.add(circles.how_proven(said.searched, said))
    if found.file is None:
        page.add(Span("a dry run: nothing was written", "dim"))
        return page
    page.add(f"Written to {found.file}; nobody is paired before a person accepts it.")
    if not said.pairs:
        return page
    explain, accept = (line("match", what, "--file", found.file) for what in ("explain", "accept"))
    page.add("Next: ", Span(explain, "green"), " or ", Span(accept, "green"))
    return page


def _pair_row(run: Run, pair: Pair) -> list[Span | str]:
    return [pair.mentee, pair.mentor, str(pair.points), Span(why(run, pair), "dim")]


def _left_row(one: Left) -> list[Span | str]:
    helps = f"; {one.would_help} would help" if one.would_help else ""
    return [one.application, Span(f"{one.why}{helps}", "dim")]


def _in_all(said: Proposal) -> str:
    if not said.pairs:
        return "Nobody can be paired."
    count, reached = len(said.pairs), said.reached
    kept = f", {reached.kept} as before" if said.before else ""
    mean = reached.total // count
    return f"The lowest has {reached.lowest} points of 1000, the mean is {mean}{kept}{would_rather(said)}."


def would_rather(said: Proposal) -> str:
    """How many pairs would rather have each other, if any would."""
    if not said.blocking:
        return ""
    return f"; {said.blocking} {'pair' if said.blocking == 1 else 'pairs'} would rather have each other"


def why(run: Run, pair: Pair) -> str:
    """Why two are proposed for each other, in a line: what both list, and the hours that both are free."""
    by_id = run.people.by_id
    mentor, mentee = by_id[pair.mentor], by_id[pair.mentee]
    words: list[str] = []
    for one in run.spec.criteria.values():
        if one.measure in {"covered", "shared"} and one.weight:
            words += [word for word in common(mentee, mentor, one) if word not in words]
    shared = common_hours([mentor, mentee])
    told = [", ".join(words[:_WORDS]) + (" …" if len(words) > _WORDS else "")] if words else []
    told += [f"{shared:g} h a week in common"] if shared is not None else []
    return "; ".join([*told, *_waited(mentee)])


def _waited(mentee: Person) -> Iterator[str]:
    """For how long somebody has waited, and what of that is owed to pairings that did not last."""
    if mentee.waited:
        cycles = f"waited {mentee.waited} {'cycle' if mentee.waited == 1 else 'cycles'}"
        lapsed = f" ({', '.join(mentee.lapsed)} did not last)" if mentee.lapsed else ""
        yield f"{cycles}{lapsed}"


def proposed_json(found: Proposed) -> dict[str, Any]:
    """What a run proposes, with its proof."""
    return {"schema": "partnerkit.match-proposal/1", "file": found.file, "proposal": found.data}


def verified_page(found: Verified) -> Page:
    """Whether a proposal is shown to be the best."""
    said, page = found.said, Page()
    named = f"{found.file}: {said.proposal} {said.cycle}, {pairs_told(said)}"
    if found.wrong is not None:
        page.add(Span("✗ ", "red"), f"{named}: {found.wrong}")
        page.add("Next: ", Span(line("match", "propose", said.proposal, "--cycle", said.cycle), "green"))
        return page
    page.add(Span("✓ ", WELL), f"{named}, read from {said.commit[:10]}: {_shown_how(said)}")
    for one in _shown(said):
        page.add(f"  {one}")
    if not in_own_words(said):
        page.add(f"  made with partnerkit {said.made_with}: its sentences about who has nobody are not compared")
    return page


def pairs_told(said: Proposal) -> str:
    """How many pairs a proposal has."""
    return f"{len(said.pairs)} {'pair' if len(said.pairs) == 1 else 'pairs'}"


def _shown_how(said: Proposal) -> str:
    """By what it is shown that an answer is what it says."""
    if said.method == "stable":
        return "shown by what both sides say: this is the stable answer that is best for mentees"
    if said.searched is not None and not circles.proven_best(said.searched):
        return "what it says of itself is shown by its own prices; that it is the best is not"
    return "shown to be the best by its own prices"


def _shown(said: Proposal) -> list[str]:
    """What is shown of an answer."""
    reached = said.reached
    if said.method == "stable":
        return [
            "no two who both say that they would like each other would rather be together than as they are",
            "no mentee has anybody they like better in any other answer of which that is so",
        ]
    if said.searched is not None:
        return list(circles.shown(said.searched, said))
    return [
        f"no more can be placed ({reached.placed}), nor as many who waited longer (cycles waited: {reached.waited})",
        f"no placing of as many has lowest points above {reached.lowest}",
        f"none of those has a sum above {reached.total}",
        "of those that are as good, this is the one that everybody finds",
    ]


def verified_json(found: Verified) -> dict[str, Any]:
    """The same for other programs."""
    said = found.said
    return {
        "schema": "partnerkit.match-verified/1",
        "file": found.file,
        "programme": said.proposal,
        "cycle": said.cycle,
        "pairs": len(said.pairs),
        "proven": found.wrong is None and (said.searched is None or circles.proven_best(said.searched)),
        "wrong": found.wrong,
    }
