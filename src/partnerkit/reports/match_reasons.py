"""Why somebody has whom they have in a proposal, what that hangs on, and what others would cost."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from partnerkit.matching.best import Reached
from partnerkit.matching.explaining import AGAINST, Alternative, Criterion
from partnerkit.matching.telling import Explained, Hosting, Overview
from partnerkit.matching.unplaced import Unplaced
from partnerkit.reports.matches import pairs_told, would_rather
from partnerkit.reports.page import Page, Span
from partnerkit.rules.commands import line


def explained_page(found: Explained | Hosting) -> Page:
    """Why somebody has whom they have, or nobody."""
    page = _hosting_page(found) if isinstance(found, Hosting) else _mentee_page(found)
    return page.add(Span(f"by {found.file}", "dim"))


def explained_json(found: Explained | Hosting) -> dict[str, Any]:
    """The same for other programs."""
    return _hosting_json(found) if isinstance(found, Hosting) else _mentee_json(found)


def _mentee_page(found: Explained) -> Page:
    page, said = Page(), found.said
    if found.mentor is None:
        _nobody(page, found.mentee, found, found.nobody)
    else:
        pair = next(one for one in said.pairs if one.mentee == found.mentee)
        held, room = found.held
        page.add(Span(found.mentee, "bold"), " with ", Span(found.mentor, "bold"), f": {pair.points} points of 1000")
        _criteria(page, found.criteria)
        page.add(f"  {found.mentor} would have {_of_room(held, room)}")
    for one in found.others:
        page.add("Not ", Span(one.mentor, "bold"), f": {_alternative(found, one)}")
    return page


def _hosting_page(found: Hosting) -> Page:
    page, peers = Page(), found.run.shape == "peers"
    if found.nobody is not None:
        _nobody(page, found.id, found, found.nobody)
    for one in found.held:
        page.add(Span(found.id, "bold"), " with ", Span(one.id, "bold"), f": {one.points} points of 1000")
        _criteria(page, one.criteria)
    if found.room and not peers:
        page.add(f"  {found.id} would have {_of_room(len(found.held), found.room)}")
    for other in found.others:
        name = other.mentor if peers else other.mentee
        page.add("Not ", Span(name, "bold"), f"{_elsewhere(found, name)}: {_alternative(found, other)}")
    if found.more:
        next_ = line("match", "explain", found.id, "--why-not", "<id>")
        page.add(Span(f"{found.more} more could be with them; the price of each: {next_}", "dim"))
    return page


def _of_room(held: int, room: int) -> str:
    """How many somebody would have of those for whom there is room."""
    return f"{held} of the {room} {'mentee' if room == 1 else 'mentees'} that there is room for"


def _elsewhere(found: Hosting, name: str) -> str:
    """Whom somebody else has instead, in a few words."""
    pairs = found.said.pairs
    peers = found.run.shape == "peers"
    theirs = next((one.mentor for one in pairs if one.mentee == name), None)
    theirs = theirs or next((one.mentee for one in pairs if one.mentor == name and peers), None)
    return f" (who has {theirs})" if theirs is not None else " (who has nobody)"


def _nobody(page: Page, name: str, found: Explained | Hosting, why: Unplaced | None) -> None:
    """That somebody has nobody, why, and what would help."""
    page.add(Span(name, "bold"), f" has nobody in {found.said.proposal} {found.said.cycle}")
    if why is not None:
        page.add(f"  {why.why}")
        if why.would_help:
            page.add(f"  {why.would_help} would help")


def _criteria(page: Page, every: list[Criterion]) -> None:
    """What each criterion says of two."""
    rows: list[list[Span | str]] = [
        [one.name, f"{one.points}", f"{one.weight}", Span(_both(one), "dim")] for one in every
    ]
    page.table(rows, ("criterion", "points", "weight", ""), indent="  ")


def _both(one: Criterion) -> str:
    """What both have in common by a criterion, or that it cannot be told."""
    return ", ".join(one.common) if one.said else "not said by both, so it counts half"


def _alternative(found: Explained | Hosting, one: Alternative) -> str:
    """Why two are not together, or what that would cost."""
    if one.wish is not None:
        return f"{one.points} points together; {one.wish}"
    if one.reached is None:
        return "; ".join(AGAINST[code] for code in one.ruled_out) or "there is no room"
    return f"{one.points} points together; {_dearer(found.best.reached, one.reached)}{_moved(one.moved)}"


def _dearer(mine: Reached, theirs: Reached) -> str:
    """The first aim that is reached less far, and by how much."""
    if theirs > mine:
        return "all together would be better off: the search for the best ended at its limit"
    if theirs.placed != mine.placed:
        return f"{mine.placed - theirs.placed} fewer would be placed"
    if theirs.waited != mine.waited:
        less = mine.waited - theirs.waited
        return f"those placed would have waited {less} {'cycle' if less == 1 else 'cycles'} less"
    if theirs.lowest != mine.lowest:
        return f"the lowest points would be {theirs.lowest} instead of {mine.lowest}"
    if theirs.total != mine.total:
        return f"all together would have {mine.total - theirs.total} points less"
    if theirs.kept != mine.kept:
        return f"{mine.kept - theirs.kept} more pairs would change"
    return "it is as good for all, and the digest decided"


def _moved(count: int) -> str:
    others = "1 other" if count == 1 else f"{count} others"
    return f", and {others} would have somebody else, or nobody" if count else ", and nobody else would move"


def _mentee_json(found: Explained) -> dict[str, Any]:
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


def _hosting_json(found: Hosting) -> dict[str, Any]:
    return {
        "schema": "partnerkit.match-hosting/1",
        "file": found.file,
        "application": found.id,
        "held": [asdict(one) for one in found.held],
        "room": found.room,
        "nobody": asdict(found.nobody) if found.nobody is not None else None,
        "reached": asdict(found.best.reached),
        "others": [asdict(one) for one in found.others],
        "more": found.more,
    }


def overview_page(found: Overview) -> Page:
    """What hangs on what in a proposal."""
    page, said = Page(), found.said
    page.add(Span(f"{said.proposal} {said.cycle}", "bold"), f", {pairs_told(said)}", Span(f", by {found.file}", "dim"))
    if found.swayed:
        page.add("If one criterion counted a fifth less or more, so many would have somebody else:")
        rows: list[list[Span | str]] = [[one.criterion, str(one.less), str(one.more)] for one in found.swayed]
        page.table(rows, ("criterion", "less", "more"), indent="  ")
    elif found.best.grouped is not None:
        cases = f"{found.best.grouped.looked:,} cases"
        page.add(
            f"What hangs on the weights is not worked out: each would be a search for groups like this of {cases}."
        )
    if found.kept is not None:
        page.add(f"Keeping {', '.join(found.kept.pairings)}: {_dearer(found.kept.free, found.kept.kept)}")
    if said.blocking:
        page.add(f"It is best for all, and not for each two{would_rather(said)} than whom they have.")
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
