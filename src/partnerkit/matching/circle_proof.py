"""What a proposal of circles says beside its pairs: when each meets, how it was searched, and what that proves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from partnerkit.kinds.modelled import Field
from partnerkit.kinds.parts import Id, Part
from partnerkit.kinds.week import ANY_TIME, Window, hours_told
from partnerkit.matching.best import reached
from partnerkit.matching.circles import Circles
from partnerkit.matching.covering import Step, bound_of
from partnerkit.matching.groups import Bounds, Grouped, highest, placing, scoring
from partnerkit.matching.market import Matching

Price = Annotated[int, Field(ge=1)]
Prices = dict[Id, Price]


class Meeting(Part):
    """When a circle can meet."""

    mentor: Id = Field(description="The mentor's application.")
    hours: list[Window] = Field(
        description="The hours of the week in UTC at which all who say when are free; none where nobody says."
    )


class CaseSaid(Part):
    """One case of those that make up all answers: divided by a circle, or settled by prices."""

    mentor: Id | None = Field(None, description="By whose circle it is divided into the two that follow.")
    hour: Annotated[str, Field(max_length=20)] | None = Field(
        None, description="By whether it meets at this hour if it is made; absent: by whether it is made."
    )
    prices: Prices | None = Field(
        None, description="Of a case that is not divided: what a mentee costs; absent: as in the one before."
    )


class Searched(Part):
    """How circles were searched, and what is proven by that."""

    cases: int = Field(ge=1, description="How many cases were looked at.")
    proven: list[Literal["placed", "waited", "lowest", "total", "ties"]] = Field(
        description="The aims by which it is shown to be the best, as far as those before them are shown too."
    )
    placed_at_most: int = Field(ge=0, description="So many people could be placed at most.")
    total_at_most: int = Field(
        ge=0, description="So high the sum of points could be at most, if as many are placed with points as high."
    )
    placing: list[CaseSaid] = Field(min_length=1, description="That no more can be placed, nor who waited longer.")
    higher: list[CaseSaid] | None = Field(None, description="That with more points in each pair fewer are placed.")
    scoring: list[CaseSaid] = Field(min_length=1, description="That no sum is higher, and no other answer as good.")


def meetings(circles: Circles, matching: Matching) -> list[dict[str, Any]]:
    """When each circle can meet, by the mentors in their order."""
    found = [
        (circles.pool.mentors[mentor], circles.common(mentor, mentees))
        for mentor, mentees in enumerate(circles.members(matching))
        if mentees
    ]
    return [{"mentor": name, "hours": [] if hours == ANY_TIME else hours_told(hours)} for name, hours in sorted(found)]


def searched(found: Grouped) -> dict[str, Any]:
    """How circles were searched, as it is written."""
    circles, bounds = found.circles, found.bounds
    data = {
        "cases": found.looked,
        "proven": found.proven,
        "placed-at-most": bounds.placed_at_most(circles),
        "total-at-most": bounds.total_at_most(circles, found.matching),
        "placing": _said(circles, found.placing),
        "higher": None if found.higher is None else _said(circles, found.higher),
        "scoring": _said(circles, found.scoring),
    }
    return {key: value for key, value in data.items() if value is not None}


def _said(circles: Circles, steps: Sequence[Step]) -> list[dict[str, Any]]:
    mentors, mentees = circles.pool.mentors, circles.pool.mentees
    found: list[dict[str, Any]] = []
    for one in steps:
        said: dict[str, Any] = {}
        if one.mentor is not None:
            said["mentor"] = mentors[one.mentor]
            if one.hour is not None:
                said["hour"] = circles.names[one.mentor][one.hour]
        elif one.prices is not None:
            said["prices"] = {mentees[at]: price for at, price in enumerate(one.prices) if price}
        found.append(said)
    return found


def unshown(circles: Circles, matching: Matching, said: Searched) -> str | None:
    """What is not shown of circles that it says is; None where all of it is. No other circles are looked for."""
    found = reached(circles.pool, matching)
    try:
        above = highest(circles, found.lowest, found.placed)
        if above is not None and said.higher is None:
            return "it has no proof that the lowest points cannot be higher"
        bounds = Bounds(
            bound_of(placing(circles), _steps(circles, said.placing)),
            None
            if above is None or said.higher is None
            else bound_of(placing(circles, above), _steps(circles, said.higher)),
            bound_of(scoring(circles, found.lowest), _steps(circles, said.scoring)),
        )
    except ValueError as error:
        return str(error)
    claims = (
        ("placed at most", said.placed_at_most, bounds.placed_at_most(circles)),
        ("a sum of points at most", said.total_at_most, bounds.total_at_most(circles, matching)),
        ("proven", ", ".join(said.proven), ", ".join(bounds.proven(circles, matching))),
    )
    for what, claimed, shown in claims:
        if claimed != shown:
            return f"{what}: it says {claimed or 'nothing'}, and what is shown is {shown or 'nothing'}"
    return None


def _steps(circles: Circles, said: Sequence[CaseSaid]) -> list[Step]:
    """The cases of a proof by places in the lists.

    Raises:
        ValueError: a name is not known, or a case says both how it is divided and that it is not.
    """
    mentors = {name: place for place, name in enumerate(circles.pool.mentors)}
    mentees = {name: place for place, name in enumerate(circles.pool.mentees)}
    found: list[Step] = []
    for one in said:
        if (one.hour is not None and one.mentor is None) or (one.mentor is not None and one.prices is not None):
            raise ValueError("a case of the proof is divided, and is not")
        if one.mentor is not None:
            if one.mentor not in mentors:
                raise ValueError(f"the proof names {one.mentor}, who is not among the mentors")
            mentor = mentors[one.mentor]
            hours = {name: place for place, name in enumerate(circles.names[mentor])}
            if one.hour is not None and one.hour not in hours:
                raise ValueError(f"the proof names the hour {one.hour} of {one.mentor}, at which nothing hangs")
            found.append(Step(mentor, None if one.hour is None else hours[one.hour]))
            continue
        unknown = next((name for name in one.prices or {} if name not in mentees), None)
        if unknown is not None:
            raise ValueError(f"the proof has a price for {unknown}, who is not among the mentees")
        prices = None if one.prices is None else [one.prices.get(name, 0) for name in circles.pool.mentees]
        found.append(Step(prices=prices))
    return found
