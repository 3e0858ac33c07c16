"""Groups of a proposal, for people: when each can meet, and what is proven of the choice between them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from partnerkit.matching.circle_proof import Searched
from partnerkit.matching.groups import AIMS
from partnerkit.matching.proposal import Proposal
from partnerkit.reports.page import Page, Span

#: How many times of a week are told of a group.
_TIMES = 4

#: What is shown, by the aim that it proves.
_SHOWN = {
    "placed": "no more can be placed ({placed})",
    "waited": "nor as many who waited longer (cycles waited: {waited})",
    "lowest": "no placing of as many has lowest points above {lowest}",
    "total": "none of those has a sum above {total}",
    "ties": "of those that are as good, this is the one that everybody finds",
}


def add_meetings(page: Page, said: Proposal) -> None:
    """When each group can meet, where there are groups."""
    if not said.circles:
        return
    sizes = Counter(pair.mentor for pair in said.pairs)
    rows: list[list[Span | str]] = []
    for one in said.circles:
        more = f" and {len(one.hours) - _TIMES} more" if len(one.hours) > _TIMES else ""
        told = f"{', '.join(one.hours[:_TIMES])}{more}" if one.hours else "nobody says when they are free"
        rows.append([one.mentor, f"{sizes[one.mentor]}", Span(told, "dim")])
    page.table(rows, ("group of", "size", "all are free (UTC)"), indent="  ")


def proven_best(said: Searched) -> bool:
    """Whether nothing is better by any aim."""
    return list(said.proven) == list(AIMS)


def how_proven(said: Searched, reached: Proposal) -> str:
    """In a line whether the choice of groups is proven to be the best, and else how far from it it can be at most."""
    looked = f"{said.cases:,} {'case' if said.cases == 1 else 'cases'}"
    if proven_best(said):
        return f"Proven best: no other choice of groups is better ({looked})."
    more = said.placed_at_most - reached.reached.placed
    points = said.total_at_most - reached.reached.total
    return f"Not proven best after {looked}: {_left(more, points, said)}."


def _left(more: int, points: int, said: Searched) -> str:
    """What another choice could gain at most."""
    if more:
        return f"at most {more} more could be placed, or as many with {points:,} points more in sum"
    if "lowest" not in said.proven:
        what = "higher lowest points" if "waited" in said.proven else "waited longer, or have higher lowest points"
        return f"no more can be placed; as many could have {what}, or at most {points:,} points more in sum"
    if "total" not in said.proven:
        return f"no more can be placed; as many could have at most {points:,} points more in sum"
    return "nothing has more points; one that is as good may keep more pairs, or come first by its digest"


def shown(said: Searched, proposal: Proposal) -> Iterator[str]:
    """What is shown of the choice of groups."""
    yield from (_SHOWN[one].format(**proposal.reached.model_dump()) for one in said.proven)
    if not proven_best(said):
        yield how_proven(said, proposal)
