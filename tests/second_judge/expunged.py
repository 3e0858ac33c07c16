"""Text that was taken out for good: what a step may have been before it, and what it may say of digests."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from tests.second_judge.past import everything_said
from tests.second_judge.reading import Data, NotCoveredError, World, alike, digest, instant, said_digest
from tests.second_judge.words import at_path, content, covered, definition, gate_seal, requirements, way_between

_MARK = re.compile("expunged:(x-[0-9a-f]{12})")
_WHAT_IT_IS = ["kind", "id", "policy"]

#: A digest as it was sealed, and how it is made anew of a version of the record; None where nobody can say.
Thing = tuple[str, Callable[[Data], str | None]]


def taken(record: Data) -> list[Data]:
    """What the record lists as taken out."""
    return list(record.get("expunged") or [])


def chain(record: Data, sealed: str) -> list[str]:
    """A digest, and what it became each time text was taken out of what it is of."""
    steps = [sealed]
    for one in taken(record):
        steps += [one["again"][steps[-1]]] if steps[-1] in (one.get("again") or {}) else []
    return steps


def words_of(value: Any) -> Iterator[str]:
    """Every text in a value."""
    if isinstance(value, str):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from words_of(part)


def without(old: Data, new: Data) -> Data:
    """A record as it was, with the markers that the step brought where they took the place of words."""
    names = {one["id"] for one in taken(new)} - {one["id"] for one in taken(old)}
    found: Data = _without(old, new, names) if names else old
    return found


def _without(old: Any, new: Any, names: set[str]) -> Any:
    if isinstance(old, str) and isinstance(new, str):
        return new if old != new and _took_the_place(old, new, names) else old
    if isinstance(old, dict) and isinstance(new, dict):
        return {key: _without(part, new.get(key), names) for key, part in old.items()}
    if isinstance(old, list) and isinstance(new, list):
        by_id = {one["id"]: one for one in new if isinstance(one, dict) and isinstance(one.get("id"), str)}
        found = []
        for place, part in enumerate(old):
            here = new[place] if place < len(new) else None
            found.append(_without(part, by_id.get(part.get("id"), here) if isinstance(part, dict) else here, names))
        return found
    return old


def _took_the_place(old: str, new: str, names: set[str]) -> bool:
    """Whether the old text fits the new one when each marker stands for one letter or more."""
    parts = _MARK.split(unicodedata.normalize("NFC", new))
    form = "".join(
        (r"(?s:.+?)" if part in names else re.escape(f"expunged:{part}")) if place % 2 else re.escape(part)
        for place, part in enumerate(parts)
    )
    marked = any(part in names for part in parts[1::2])
    return marked and re.fullmatch(form, unicodedata.normalize("NFC", old)) is not None


def only_taken_out(old: Data, new: Data) -> bool:
    """Whether nothing else makes the record another."""
    return alike(*({key: part for key, part in one.items() if key != "expunged"} for one in (old, new)))


def wrong_with_expunging(
    old: Data | None, stood: Data | None, new: Data, start: World | None, end: World, landed: datetime | None
) -> Iterator[str]:
    """The codes of all that is wrong with what a step says that it took out.

    Args:
        old: the record before the step, with its markers put in.
        stood: the same as it was.
        new: the record after it.
        start: the tree before.
        end: the tree after.
        landed: when it landed.
    """
    before, after = taken(old) if old else [], taken(new)
    if any(place >= len(after) or not alike(one, after[place]) for place, one in enumerate(before)):
        yield "expunging-edited"
        return
    rules = start or end
    for place in range(len(before), len(after)):
        one = after[place]
        if not rules.holds(one["by"], None, rules.day(one["at"])):
            yield "actor-unknown"
        keepers = (rules.settings.get("trust") or {}).get("expunged-by") or []
        if keepers and one["by"] in rules.people and not _may(rules, one, keepers):
            yield "expunged-by-another"
        if one["at"] < max([new["history"][0]["at"], *(other["at"] for other in after[:place])]):
            yield "entry-backdated"
        ahead = timedelta(days=1) if one.get("clock") else timedelta(minutes=10)
        if landed and instant(one["at"]) > landed + ahead:
            yield "entry-in-future"
        there = sum(one["id"] in _MARK.findall(text) for text in words_of(new))
        if there > one["places"] or (one["places"] > 0) != (there > 0):
            yield "expunging-untrue"
    made = after[len(before) :]
    if made and (_with_more(old, new, start, made) or _restated_wrongly(old, stood, new, rules, made)):
        yield "expunging-untrue"
    if any(_turns_on(new, rules, one["id"]) for one in after[len(before) :]):
        yield "not-expungible"


def _may(rules: World, one: Data, keepers: list[str]) -> bool:
    """Whether whoever took text out held one of the roles that may."""
    return any(rules.holds(one["by"], role, rules.day(one["at"])) for role in keepers)


def _with_more(old: Data | None, new: Data, start: World | None, made: list[Data]) -> bool:
    """Whether more happens to the record in the step than that text is taken out once."""
    return start is not None and (old is None or len(made) > 1 or not only_taken_out(old, new))


def _turns_on(new: Data, rules: World, name: str) -> bool:
    """Whether it stood where a policy looks to know what it asks, which way is open, or who decides."""
    policy = rules.policies.get(new["policy"])
    if policy is None:
        return False
    paths: set[str] = set()
    for need in requirements(policy).values():
        paths |= {*(need.get("when") or {}), *(need.get("matches") or {})}
        for sort in ("approval", "waivable"):
            paths |= set(((need.get(sort) or {}).get("scope") or {}).values())
    life = (policy.get("lifecycles") or {}).get(new["kind"]) or {}
    for way in life.get("transitions") or []:
        paths |= set(way.get("when") or {})
    return any(name in _MARK.findall(text) for path in paths for text in words_of(at_path(new, path)))


def _restated_wrongly(old: Data | None, stood: Data | None, new: Data, rules: World, made: list[Data]) -> bool:
    was = things(stood, rules)
    may: dict[str, set[str | None]] = {}
    for sealed, of in was if stood is not None and old is not None else []:
        then = of(stood)  # type: ignore[arg-type]  # it is there: see above
        if then is not None and then in chain(stood, sealed):  # type: ignore[arg-type]  # likewise
            may.setdefault(then, set()).add(of(old))  # type: ignore[arg-type]  # likewise
    said: dict[str, str] = {}
    for one in made:
        again, passed = one.get("again") or {}, set(said.values())
        said = {key: again.get(value, value) for key, value in said.items()}
        said |= {key: value for key, value in again.items() if key not in passed}
    if any(key.startswith("sha256:") for key in said):
        raise NotCoveredError("a file of evidence from which text was taken out")
    return any(value not in may.get(key, ()) for key, value in said.items())


def things(record: Data | None, rules: World) -> list[Thing]:
    """Every digest that a record carries of something in it."""
    policy = rules.policies.get(record["policy"]) if record is not None else None
    if record is None or policy is None:
        return []
    found: list[Thing] = []
    for place, entry in enumerate(record["history"]):
        if place:
            found.append((entry["seal"]["previous"], lambda one, at=place - 1: _at(one["history"], at)))  # type: ignore[misc]  # a default is typed where it stands
        found += [_covers(record, policy, entry), (entry["seal"]["statements"], _used(entry.get("uses") or []))]
    for place, other in enumerate(taken(record)[1:]):
        found.append((other["previous"], lambda one, at=place: _at(taken(one), at)))  # type: ignore[misc]  # likewise
    for said in record.get("approvals") or []:
        if "signature" in said:
            raise NotCoveredError("a signed decision")
        name = said["requirement"]
        if name in requirements(policy) and said["binds"]["definition"] == definition(policy, name):
            paths = requirements(policy)[name].get("covers") or []
            found.append((said["binds"]["content"], lambda one, paths=paths: content(one, paths)))  # type: ignore[misc]  # likewise
        for key, sealed in (said["binds"].get("evidence") or {}).items():
            found.append((sealed, lambda one, key=key: _words(one).get(key)))  # type: ignore[misc]  # likewise
    return found


def _covers(record: Data, policy: Data, entry: Data) -> Thing:
    left = entry.get("from")
    way = way_between(policy, record["kind"], left, entry["to"]) if left is not None else None
    paths = [*_WHAT_IT_IS, *covered(policy, way)]
    sealed: str = entry["seal"]["covers"]
    known = content(record, paths) in chain(record, sealed)
    if known or entry["seal"]["gate"] == gate_seal(policy, left, entry["to"], way):
        return sealed, lambda one: content(one, paths)
    return sealed, lambda _one: None


def _used(uses: list[str]) -> Callable[[Data], str | None]:
    def of(record: Data) -> str | None:
        words = _words(record)
        return digest(sorted([use, words[use]] for use in uses)) if set(uses) <= set(words) else None

    return of


def _words(record: Data) -> dict[str, str]:
    return {one.id: said_digest(one.raw) for one in everything_said(record)}


def _at(items: list[Data], place: int) -> str | None:
    return digest(items[place]) if place < len(items) else None
