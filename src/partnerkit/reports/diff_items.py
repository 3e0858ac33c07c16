"""Of what the reviewer's page is made: items in groups, groups in blocks; plain text, which nothing has encoded yet."""

from __future__ import annotations

from partnerkit.dataclass import dataclass, field

#: How a thing that is told is marked: it is there, it is missing or wrong, it is worth a look, it is only told,
#: a reviewer looks at it.
MET, MISSING, WARNS, TOLD, LOOK = "\u2713", "\u2717", "!", "\u00b7", "\u2610"

#: How many items of a group are told.
ITEMS = 12


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is told.

    Attributes:
        mark: how it is marked.
        head: what it is about, in bold; empty where the words say it.
        text: what is told.
        command: the line to paste.
        more: what else is told of it, a line each.
        place: where in which file it is, as far as known.
    """

    mark: str
    head: str
    text: str
    command: str | None = None
    more: tuple[str, ...] = ()
    place: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Items under a heading; `told` where the heading says something though there are none."""

    title: str
    items: list[Item]
    told: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """What is told of one thing.

    Attributes:
        title: which one, and the one thing to be known of it.
        lead: what it is, in a line; empty where the title says it.
        groups: what is told.
        fields: fields that change: name, what it said, what it says, what binds it.
        folded: what only somebody wants to read who reads it all.
        fold: what is folded, in words.
        whole: fields that a line cannot show, in all their words.
    """

    title: str
    lead: str
    groups: list[Group] = field(default_factory=list)
    fields: list[tuple[str, str, str, str]] = field(default_factory=list)
    folded: list[str] = field(default_factory=list)
    fold: str = "Fields and clauses"
    whole: list[str] = field(default_factory=list)


def many(count: int, what: str) -> str:
    """A number of things in words."""
    return f"{count} {what}{'' if count == 1 else 's'}"
