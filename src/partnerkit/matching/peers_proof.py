"""The proof of pairs of peers as a proposal holds it: prices by application, and sets of applications with a price."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from partnerkit.kinds.modelled import Field
from partnerkit.kinds.parts import Id, Part
from partnerkit.matching.covers import Cover
from partnerkit.matching.peers import Covers

Price = Annotated[int, Field(ge=1)]


class OddSet(Part):
    """An odd number of people, of whom one at least is with nobody of them."""

    people: list[Id] = Field(min_length=3, description="Their applications.")
    price: Price = Field(description="Its price, twice.")


class CoverOfPeers(Part):
    """Prices that cover every pair: of the two and of the sets that hold both, no less than what it is worth."""

    people: dict[Id, Price] = Field(default_factory=dict, description="Prices of people, twice, where they are not 0.")
    sets: list[OddSet] = Field(default_factory=list, description="Sets of people with a price.")


class PeersCertificate(Part):
    """Prices of people and of odd sets of them that prove each aim reached."""

    placing: CoverOfPeers = Field(description="Nobody could place more, or who waited longer.")
    higher: CoverOfPeers | None = Field(None, description="With more points at least in every pair, fewer are placed.")
    best: CoverOfPeers = Field(description="No sum of points is higher, and no other answer is as good.")


def told(proof: Covers, ids: Sequence[str]) -> dict[str, Any]:
    """A proof as it is written, by the ids of the people in their order."""
    every = {"placing": proof.placing, "higher": proof.higher, "best": proof.best}
    return {name: _told(cover, ids) for name, cover in every.items() if cover is not None}


def _told(cover: Cover, ids: Sequence[str]) -> dict[str, Any]:
    people = {ids[one]: price for one, price in enumerate(cover.prices) if price}
    sets = [{"people": [ids[one] for one in those], "price": price} for those, price in cover.sets]
    return {"people": people} | ({"sets": sets} if sets else {})


def read(said: PeersCertificate, places: Mapping[str, int]) -> Covers | str:
    """A proof by the places of people in the list; or what is wrong with it."""
    every = [one for one in (said.placing, said.higher, said.best) if one is not None]
    names = (name for one in every for those in (one.people, *(each.people for each in one.sets)) for name in those)
    unknown = next((name for name in names if name not in places), None)
    if unknown is not None:
        return f"the certificate has a price for {unknown}, who is not among the people"
    higher = None if said.higher is None else _cover(said.higher, places)
    return Covers(_cover(said.placing, places), higher, _cover(said.best, places))


def _cover(said: CoverOfPeers, places: Mapping[str, int]) -> Cover:
    prices = [said.people.get(one, 0) for one in places]
    return Cover(prices, [(tuple(places[name] for name in one.people), one.price) for one in said.sets])
