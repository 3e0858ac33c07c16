"""The clause tree of a policy held against the written text: nothing missing, nothing invented, in its order."""

from __future__ import annotations

import re
from collections.abc import Iterator

from partnerkit.findings import Finding
from partnerkit.policies.outline import Bullet, Heading, Outline, Said, Sentence, outline, slug
from partnerkit.policies.policy import Policy

__all__ = ["Bullet", "Heading", "Outline", "Said", "Sentence", "compare", "outline", "slug"]

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")


def compare(policy: Policy, text: Outline) -> list[Finding]:
    """Everything in which the policy's clauses differ from the text; its lines are those of the text."""
    return [*_metadata(policy, text), *_headings(policy, text), *_order(policy, text)]


def _finding(policy: Policy, code: str, clause: str, message: str, *, line: int | None, mend: str) -> Finding:
    return Finding(code, message, line=line, clause=policy.full(clause), mend=mend)


def _metadata(policy: Policy, text: Outline) -> Iterator[Finding]:
    """What the text says about itself, where it says it."""
    for labels, key, held in (
        (("document id", "policy id"), "policy", policy.policy),
        (("document version", "version", "policy version"), "version", policy.version),
        (("effective date", "effective"), "effective", policy.effective),
        (("review date", "last review", "last reviewed"), "reviewed", policy.reviewed),
        (("next review", "next review date"), "next-review", policy.next_review),
    ):
        said = next((text.metadata[label] for label in labels if label in text.metadata), None)
        if said is None or said.text == str(held):
            continue
        if key in {"effective", "reviewed", "next-review"} and not _ISO_DAY.match(said.text):
            message = f"the text writes the day {said.text!r}, which cannot be compared with {key} ({held})"
            yield Finding("metadata-differs", message, "warning", line=said.line, mend=f"compare {key} by eye")
            continue
        message = f"the text says {said.text!r}, the policy's {key} is {'unset' if held is None else repr(str(held))}"
        yield Finding("metadata-differs", message, line=said.line, mend=f'{key}: "{said.text}"')


def _headings(policy: Policy, text: Outline) -> Iterator[Finding]:
    for heading in text.headings:
        clause = policy.clauses.get(heading.id)
        if clause is None:
            points = f" with its {len(heading.bullets)} bullets" if heading.bullets else ""
            message = f"the text has the heading {heading.title!r}{points}, the policy has no clause {heading.id}"
            mend = f"add {heading.id} with its title and points to `clauses`, and implement it"
            yield _finding(policy, "clause-missing", heading.id, message, line=heading.line, mend=mend)
            continue
        if " ".join(clause.title.split()) != heading.title:
            message = f"{heading.id} is called {clause.title!r} in the policy and {heading.title!r} in the text"
            mend = f"title: {heading.title}"
            yield _finding(policy, "clause-renamed", heading.id, message, line=heading.line, mend=mend)
        yield from _points(policy, heading, clause.points)
    there = {heading.id for heading in text.headings}
    for clause_id, clause in policy.clauses.items():
        if clause_id not in there:
            message = f"the policy has the clause {clause_id} ({clause.title}), the text has no such heading"
            mend = f"take {clause_id} and what cites it out of the policy"
            yield _finding(policy, "clause-invented", clause_id, message, line=None, mend=mend)


def _points(policy: Policy, heading: Heading, points: list[str]) -> Iterator[Finding]:
    matched = _matched(points, heading.bullets)
    for bullet, point in zip(heading.bullets, matched, strict=True):
        if point is None:
            name = slug(bullet.name) if bullet.name else None
            what = f"{heading.id}/{name}" if name else f"a bullet of {heading.id} ({_start(bullet.text)})"
            message = f"the text has {what}, the policy has no such point"
            mend = f"add {name or 'a slug of words from the bullet'} to the points of {heading.id}, and implement it"
            clause = f"{heading.id}/{name}" if name else heading.id
            yield _finding(policy, "clause-missing", clause, message, line=bullet.line, mend=mend)
    spoken = [point for point in points if point not in matched and _spoken(point, heading)]
    yield from _running(policy, heading, spoken)
    for point in points:
        if point not in matched and point not in spoken:
            message = f"the policy has the point {heading.id}/{point}, the text has no such bullet or sentence"
            mend = f"take {point} out of the points of {heading.id}, and what cites it"
            yield _finding(policy, "clause-invented", f"{heading.id}/{point}", message, line=heading.line, mend=mend)
    kept = [point for point in matched if point is not None]
    if kept != [point for point in points if point in kept]:
        message = f"the points of {heading.id} stand in another order than in the text"
        mend = f"points: [{', '.join(kept)}]"
        yield _finding(policy, "clause-moved", heading.id, message, line=heading.line, mend=mend)


def _start(text: str) -> str:
    words = text.split()
    return " ".join(words[:5]) + ("…" if len(words) > 5 else "")  # noqa: PLR2004 (five words tell a bullet)


def _matched(points: list[str], bullets: tuple[Bullet, ...]) -> list[str | None]:
    """For each bullet the point that stands for it: by its name, or where it has none by words of its text in order."""
    matched: list[str | None] = [None] * len(bullets)
    left = list(points)
    for index, bullet in enumerate(bullets):
        if bullet.name is not None and (name := slug(bullet.name)) in left:
            matched[index] = name
            left.remove(name)
    for index, bullet in enumerate(bullets):
        if matched[index] is None and not bullet.bold:
            same_place = points[index : index + 1]
            fitting = [point for point in [*same_place, *left] if point in left and _within(point, bullet.text)]
            if fitting:
                matched[index] = fitting[0]
                left.remove(fitting[0])
    return matched


def _within(point: str, text: str) -> bool:
    """Whether all words of a point occur in the text, in order."""
    words = iter(slug(text).split("-"))
    return all(word in words for word in point.split("-"))


def _spoken(point: str, heading: Heading) -> list[int]:
    """The sentences of the running text in which a point can be found, by number."""
    return [number for number, sentence in enumerate(heading.sentences) if _within(point, sentence.text)]


def _running(policy: Policy, heading: Heading, points: list[str]) -> Iterator[Finding]:
    """Running text of which the policy has points is held sentence by sentence: each has one at least, in their order.

    Where the policy has none, the heading stands for all of its text.
    """
    if not points:
        return
    placed = _placed([_spoken(point, heading) for point in points])
    if placed is None:
        message = f"the points of {heading.id} stand in another order than in the text"
        mend = "put them into the order of the text"
        yield _finding(policy, "clause-moved", heading.id, message, line=heading.line, mend=mend)
        return
    for number, sentence in enumerate(heading.sentences):
        if number not in placed:
            message = f"the text says more in {heading.id} ({_start(sentence.text)}), the policy has no point for it"
            mend = f"add a slug of words from the sentence to the points of {heading.id}, and implement it"
            yield _finding(policy, "clause-missing", heading.id, message, line=sentence.line, mend=mend)


def _placed(places: list[list[int]]) -> set[int] | None:
    """Of the ways to give each point one of its places in rising order, the places of one that leaves fewest empty."""
    ways: dict[int, frozenset[int]] = {-1: frozenset()}
    for known in places:
        onward: dict[int, frozenset[int]] = {}
        for place in known:
            before = [taken for last, taken in ways.items() if last <= place]
            if before:
                onward[place] = max(before, key=lambda taken: len(taken | {place})) | {place}
        ways = onward
    best = max(ways.values(), key=len, default=None)
    return None if best is None else set(best)


def _order(policy: Policy, text: Outline) -> Iterator[Finding]:
    there = {heading.id for heading in text.headings}
    ours = [clause_id for clause_id in policy.clauses if clause_id in there]
    theirs = [heading for heading in text.headings if heading.id in policy.clauses]
    for clause_id, heading in zip(ours, theirs, strict=True):
        if clause_id != heading.id:
            message = f"the text goes on with {heading.id} where the policy has {clause_id}"
            mend = f"put {heading.id} before {clause_id} in `clauses`"
            yield _finding(policy, "clause-moved", heading.id, message, line=heading.line, mend=mend)
            return
