"""How a record got where it is, as a page tells it: every move with its gate, every statement, in order of time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from partnerkit.dataclass import dataclass, field
from partnerkit.kinds.statements import STATEMENT_LISTS
from partnerkit.obligations.outlook import in_words
from partnerkit.policies.lifecycle import Transition
from partnerkit.policies.policy import Policy
from partnerkit.policies.values import clause_list
from partnerkit.publishing.site import Site
from partnerkit.reports.site.values import Shown, Value
from partnerkit.rules.assurance import LEVELS
from partnerkit.rules.sight import Seen

_DID = {
    "create": "Created",
    "adopt": "Adopted: it stood there before the register knew it, and was never judged",
    "undo": "Undone",
    "void": "Voided: an entry before never counted",
    "correct": "Corrected",
    "migrate": "Moved to another stage by a new version of the policy, not judged",
    "tombstone": "Taken back",
}

_SAID = {
    "evidence": "Evidence",
    "scores": "Scores",
    "acknowledgements": "Acknowledgement",
    "signatures": "Signature",
    "approvals": "Decision",
    "waivers": "Waiver",
}

#: What of a statement is told, in this order.
_TOLD = (
    "on",
    "role",
    "party",
    "kind",
    "outcome",
    "decision",
    "answer",
    "recorded-by",
    "seen",
    "ref",
    "digest",
    "document",
    "summary",
    "reason",
    "text",
    "marks",
    "valid-until",
    "until",
    "capacity",
    "method",
)


#: What a key is called where its own name says little.
_CALLED = {"ref": "where"}


@dataclass(frozen=True, slots=True)
class Asked:
    """One requirement of a gate that was passed: its name, its clauses, what met it (ids, names)."""

    title: str
    clauses: str
    by: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Event:
    """One point of the timeline.

    Attributes:
        day: the day, where the register is.
        at: the moment, as the record says it.
        key: its anchor on the page.
        move: whether it is an entry of the history, and no statement.
        title: what happened.
        way: of a move, the stages left and reached, in words.
        facts: what else is to be known, each with its name.
        notes: what weakens it.
        asked: of a move, what its gate demanded.
        level: how surely it was made by whom it names, and what that means.
        commit: the commit that brought it.
        landed: the day on which that landed, where it is another.
        broke: the rules that it broke.
        gone: why it does not count any more, where it does not.
        digests: the digests that seal it.
    """

    day: str
    at: str
    key: str
    move: bool
    title: str
    by: str
    way: str = ""
    facts: list[tuple[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    level: tuple[str, str] | None = None
    commit: str = ""
    landed: str = ""
    broke: str = ""
    gone: str = ""
    digests: list[tuple[str, str]] = field(default_factory=list)


def timeline(site: Site, one: Seen, shown: Shown) -> list[Event]:
    """Every entry and every statement of a record in the order of time; what a move rests on stands before it."""
    said = [
        event
        for group in STATEMENT_LISTS
        for raw in one.data.get(group, ())
        for event in _said(site, group, raw, shown)
    ]
    moves = [_move(site, one, raw, shown) for raw in one.data["history"]]
    return sorted([*said, *moves], key=lambda event: (event.at, event.move))


def _move(site: Site, one: Seen, raw: dict[str, Any], shown: Shown) -> Event:
    to, left = str(raw["to"]), raw.get("from")
    way = f"{in_words(left)} → {in_words(to)}" if left else in_words(to)
    known = site.beside.entered(one.id, str(raw["id"]))
    day = _day(site, raw["at"])
    landed = str(site.local(known.landed_at)) if known is not None else ""
    return Event(
        day,
        str(raw["at"]),
        str(raw["id"]),
        move=True,
        title=_DID.get(str(raw["type"]), "Moved on"),
        by=shown.person(str(raw["by"])),
        way=way,
        facts=[*_facts(raw, shown, ("reason", "since", "seen", "undoes")), *_relied(site, raw, shown)],
        notes=list(_notes(raw)),
        asked=list(_asked(site, one, raw)),
        level=(known.level, LEVELS[known.level]) if known is not None else None,
        commit=known.commit if known is not None else "",
        landed=landed if landed != day else "",
        broke=", ".join(known.broke) if known is not None else "",
        gone="voided: it never counted" if known is not None and known.voided is not None else "",
        digests=[(name, str(digest)) for name, digest in (raw.get("seal") or {}).items()],
    )


def _asked(site: Site, one: Seen, raw: dict[str, Any]) -> Iterator[Asked]:
    """What the gate demanded, as its policy reads on the day of the site, and which statements are named for it."""
    source = site.policies.get(one.policy)
    if source is None or raw["type"] != "move":
        return
    way = _way(source.policy, one.kind, str(raw.get("from")), str(raw["to"]))
    used = set(map(str, raw.get("uses", ())))
    by: dict[str, list[tuple[str, str]]] = {}
    for group in STATEMENT_LISTS:
        for said in one.data.get(group, ()):
            if said.get("id") in used:
                by.setdefault(str(said.get("requirement")), []).append((str(said["id"]), _SAID[group]))
    needed = list(way.needs) if way is not None else []
    for name in [*needed, *(other for other in by if other not in needed)]:
        requirement = source.policy.requirements.get(name)
        title = (requirement.title if requirement else None) or in_words(name)
        clauses = ", ".join(clause_list(requirement.clause)) if requirement else ""
        yield Asked(title, clauses, by.get(name, []))


def _way(policy: Policy, kind: str, left: str, to: str) -> Transition | None:
    lifecycle = policy.lifecycles.get(kind)
    return lifecycle.find(left, to) if lifecycle is not None else None


def _said(site: Site, group: str, raw: dict[str, Any], shown: Shown) -> Iterator[Event]:
    """A statement, and its withdrawal where there was one."""
    name, by = in_words(str(raw["requirement"])), shown.person(str(raw["by"]))
    level, commit = site.beside.said(str(raw["id"])) or (None, "")
    gone = raw.get("withdrawn")
    yield Event(
        _day(site, raw["at"]),
        str(raw["at"]),
        str(raw["id"]),
        move=False,
        title=f"{_SAID[group]}: {name}",
        by=by,
        facts=list(_facts(raw, shown, _TOLD)),
        notes=list(_notes(raw)),
        level=(level, LEVELS[level]) if level is not None else None,
        commit=commit,
        gone="withdrawn since" if gone else "",
    )
    if isinstance(gone, dict):
        reason = list(_facts(gone, shown, ("reason",)))
        key, day = f"{raw['id']}-withdrawn", _day(site, gone["at"])
        yield Event(
            day,
            str(gone["at"]),
            key,
            move=False,
            title=f"Withdrawn: {name}",
            by=shown.person(str(gone["by"])),
            facts=reason,
        )


def _facts(raw: dict[str, Any], shown: Shown, keys: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    for key in keys:
        if key in raw:
            yield _CALLED.get(key, key.replace("-", " ")), shown.value(raw[key])


def _relied(site: Site, raw: dict[str, Any], shown: Shown) -> Iterator[tuple[str, Any]]:
    """The records on which a move relied, each with the way to what it relied on in it."""
    found = [_entry(site, record_id, str(entry), shown) for record_id, entry in (raw.get("relies-on") or {}).items()]
    if found:
        yield "relied on", Value("list", parts=found)


def _entry(site: Site, record_id: str, entry: str, shown: Shown) -> Value:
    name, href = site.beside.name(record_id), shown.record(record_id)
    return Value("text", name if name is not None else record_id, f"{href}#e-{entry}" if href else None)


def _notes(raw: dict[str, Any]) -> Iterator[str]:
    """What weakens it, in words."""
    for key, words in (("clock", "the day was set by hand"), ("hooks", "commit hooks were skipped")):
        if key in raw:
            yield words


def _day(site: Site, at: Any) -> str:
    return str(site.local(datetime.fromisoformat(str(at))))
