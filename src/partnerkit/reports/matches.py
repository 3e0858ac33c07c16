"""Proposals of the matching, for people and for other programs: who with whom, why, and who is left."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from partnerkit.matching.best import Reached
from partnerkit.matching.explaining import Alternative, Criterion
from partnerkit.matching.points import common, common_hours
from partnerkit.matching.proposal import Left, Pair, Proposal
from partnerkit.matching.ruling_out import REASONS
from partnerkit.matching.run import Run
from partnerkit.matching.telling import Explained, Overview, Proposed, Verified
from partnerkit.reports.page import Page, Span
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
    page.add(_in_all(said))
    if found.file is None:
        page.add(Span("a dry run: nothing was written", "dim"))
        return page
    page.add(f"Written to {found.file}; nobody is paired before a person accepts it.")
    if not said.pairs:
        return page
    page.add(
        "Next: ", Span(line("match", "explain"), "green"), " or ", Span(line("match", "accept", found.file), "green")
    )
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
    return f"The lowest has {reached.lowest} points of 1000, the mean is {mean}{kept}{_blocking(said)}."


def _blocking(said: Proposal) -> str:
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
    return "; ".join([*told, *([f"{shared:g} h a week in common"] if shared is not None else [])])


def proposed_json(found: Proposed) -> dict[str, Any]:
    """What a run proposes, with its proof."""
    return {"schema": "partnerkit.match-proposal/1", "file": found.file, "proposal": found.data}


def verified_page(found: Verified) -> Page:
    """Whether a proposal is shown to be the best."""
    said, page = found.said, Page()
    named = f"{found.file}: {said.proposal} {said.cycle}, {len(said.pairs)} pairs"
    if found.wrong is not None:
        page.add(Span("✗ ", "red"), f"{named}: {found.wrong}")
        page.add("Next: ", Span(line("match", "propose", said.proposal, "--cycle", said.cycle), "green"))
        return page
    page.add(Span("✓ ", "green"), f"{named}, read from {said.commit[:10]}: {_shown_how(said)}")
    for one in _shown(said):
        page.add(f"  {one}")
    return page


def _shown_how(said: Proposal) -> str:
    """By what it is shown that an answer is what it says."""
    if said.method == "stable":
        return "looked for again: this is the stable answer that is best for mentees"
    if said.certificate is None:
        return "looked for again: this is the best"
    return f"shown to be the best by its own prices{', for the groups that it makes' if said.closed else ''}"


def _shown(said: Proposal) -> list[str]:
    """What is shown of an answer."""
    reached = said.reached
    if said.method == "stable":
        return ["no two who both say that they would like each other would rather be together than as they are"]
    return [
        f"no more than {reached.placed} people can be placed, nor those who waited longer ({reached.waited} cycles)",
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
        "proven": found.wrong is None,
        "wrong": found.wrong,
    }


def explained_page(found: Explained) -> Page:
    """Why a mentee has the mentor proposed, or nobody."""
    page, said = Page(), found.said
    if found.mentor is None:
        why_nobody = found.nobody
        page.add(Span(found.mentee, "bold"), f" has nobody in {said.proposal} {said.cycle}")
        if why_nobody is not None:
            page.add(f"  {why_nobody.why}")
            if why_nobody.would_help:
                page.add(f"  {why_nobody.would_help} would help")
    else:
        pair = next(one for one in said.pairs if one.mentee == found.mentee)
        held, room = found.held
        page.add(Span(found.mentee, "bold"), " with ", Span(found.mentor, "bold"), f": {pair.points} points of 1000")
        rows: list[list[Span | str]] = [
            [one.name, f"{one.points}", f"{one.weight}", Span(_both(one), "dim")] for one in found.criteria
        ]
        page.table(rows, ("criterion", "points", "weight", ""), indent="  ")
        page.add(f"  {found.mentor} would have {held} of the {room} mentees that there is room for")
    for one in found.others:
        page.add(*_alternative(found, one))
    return page


def _both(one: Criterion) -> str:
    """What both have in common by a criterion, or that it cannot be told."""
    return ", ".join(one.common) if one.said else "not said by both, so it counts half"


def _alternative(found: Explained, one: Alternative) -> list[Span | str]:
    """What another mentor would cost, in a line."""
    named: list[Span | str] = ["Not ", Span(one.mentor, "bold"), ": "]
    if one.reached is None:
        return [*named, "; ".join(REASONS[code] for code in one.ruled_out) or "there is no room"]
    mine, theirs = found.best.reached, one.reached
    return [*named, f"{one.points} points together; {_dearer(mine, theirs)}{_moved(one.moved)}"]


def _dearer(mine: Reached, theirs: Reached) -> str:
    """The first aim that is reached less far, and by how much."""
    if theirs.placed != mine.placed:
        return f"{mine.placed - theirs.placed} fewer would be placed"
    if theirs.waited != mine.waited:
        return f"those placed would have waited {mine.waited - theirs.waited} cycles less"
    if theirs.lowest != mine.lowest:
        return f"the lowest points would be {theirs.lowest} instead of {mine.lowest}"
    if theirs.total != mine.total:
        return f"all together would have {mine.total - theirs.total} points less"
    if theirs.kept != mine.kept:
        return f"{mine.kept - theirs.kept} more pairs would change"
    return "it is as good for all, and the digest decided"


def _moved(count: int) -> str:
    others = "1 other" if count == 1 else f"{count} others"
    return f", and {others} would have somebody else" if count else ", and nobody else would move"


def explained_json(found: Explained) -> dict[str, Any]:
    """The same for other programs."""
    return {
        "schema": "partnerkit.match-explained/1",
        "file": found.file,
        "mentee": found.mentee,
        "mentor": found.mentor,
        "criteria": [asdict(one) for one in found.criteria],
        "nobody": asdict(found.nobody) if found.nobody is not None else None,
        "reached": asdict(found.best.reached),
        "others": [asdict(one) for one in found.others],
    }


def overview_page(found: Overview) -> Page:
    """What hangs on what in a proposal."""
    page, said = Page(), found.said
    page.add(Span(f"{said.proposal} {said.cycle}", "bold"), f", {len(said.pairs)} pairs")
    page.add("If one criterion counted a fifth less or more, so many would have somebody else:")
    rows: list[list[Span | str]] = [[one.criterion, str(one.less), str(one.more)] for one in found.swayed]
    page.table(rows, ("criterion", "less", "more"), indent="  ")
    if found.kept is not None:
        page.add(f"Keeping {', '.join(found.kept.pairings)}: {_dearer(found.kept.free, found.kept.kept)}")
    if said.blocking:
        page.add(f"It is best for all, and not for each two{_blocking(said)} than whom they have.")
    page.add("Next: ", Span(line("match", "explain", "<id>"), "green"))
    return page


def overview_json(found: Overview) -> dict[str, Any]:
    """The same for other programs."""
    return {
        "schema": "partnerkit.match-overview/1",
        "file": found.file,
        "sensitivity": [asdict(one) for one in found.swayed],
        "keeping": asdict(found.kept) if found.kept is not None else None,
        "blocking": found.said.blocking,
    }
