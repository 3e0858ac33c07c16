"""What a survey may tell: each question added up over all who answered it and over groups of them, never over a few."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from partnerkit.dataclass import dataclass, field
from partnerkit.errors import WrongCallError
from partnerkit.jobs.answers import Answer, By
from partnerkit.kinds.sums import Leak, Sums, Told, leak
from partnerkit.register import RecordFile, Register

_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Withheld:
    """What is not told of a question: of a group, or of all (None); and why."""

    question: str
    group: str | None
    why: str


@dataclass(slots=True)
class AddedUp:
    """What is told.

    Attributes:
        sums: by question: of all who answered it (None), and of groups.
        withheld: what is not told.
        leaks: questions of which nothing new may be told, since what was told before, taken off, would leave a few.
    """

    sums: dict[str, dict[str | None, Told]] = field(default_factory=dict)
    withheld: list[Withheld] = field(default_factory=list)
    leaks: list[tuple[str, Leak]] = field(default_factory=list)

    def groups(self) -> list[str | None]:
        """All, where any question tells of them, and every group of which one does."""
        found = {group for told in self.sums.values() for group in told}
        return sorted(found, key=lambda group: group or "")


def added_up(
    questions: Sequence[str], answers: Sequence[Answer], fewest: int, earlier: Sequence[dict[str, Sums]]
) -> AddedUp:
    """What can be told of each question: of all who answered it, then of each group, the largest first.

    Args:
        questions: what was asked.
        answers: what each person answered.
        fewest: over how many people anything may be told, at least.
        earlier: what was told before of the same people, by question, each time that something was.
    """
    found = AddedUp()
    for question in questions:
        every = _sums(question, answers)
        known = [one[question] for one in earlier if question in one]
        if None not in every or every[None].answers < fewest:
            found.withheld.append(Withheld(question, None, f"fewer than {fewest} answered"))
            continue
        beside = known if leak(known, fewest) is None else []  # else a few are told of already, and not by this
        told: dict[str | None, Told] = {None: every[None]}
        if (one := leak([*beside, told], fewest)) is not None:
            found.leaks.append((question, one))
        for group in _groups(every):
            more = {**told, group: every[group]}
            if every[group].answers < fewest:
                why = f"fewer than {fewest} answered"
            elif any(group not in before for before in known):
                why = "it was not told before, and beside what was, it could tell of a few"
            elif leak([*beside, more], fewest) is not None:
                why = f"it would tell of fewer than {fewest} others"
            else:
                told = more
                continue
            found.withheld.append(Withheld(question, group, why))
        found.sums[question] = told
    return found


def _sums(question: str, answers: Iterable[Answer]) -> dict[str | None, Told]:
    """What was answered to a question: by all, and by each group."""
    scores: dict[str | None, list[int]] = {}
    for one in answers:
        if question in one.scores:
            for group in dict.fromkeys((None, one.group)):
                scores.setdefault(group, []).append(one.scores[question])
    return {group: Told(len(found), _mean(found)) for group, found in scores.items()}


def _mean(scores: list[int]) -> Decimal:
    """To the tenth: no finer, so that single answers are not worked out from it."""
    return (Decimal(sum(scores)) / len(scores)).quantize(_TENTH, ROUND_HALF_UP)


def _groups(every: dict[str | None, Told]) -> list[str]:
    """The groups, the largest first; one to which everybody belongs is no group."""
    found = [group for group, told in every.items() if group is not None and told.answers < every[None].answers]
    return sorted(found, key=lambda group: (-every[group].answers, group))


def told_before(
    register: Register, review: RecordFile, head: dict[str, str], questions: Sequence[str], by: By
) -> list[dict[str, Sums]]:
    """What was told before of the same people: in each version of each review of the same thing, asked in the same way.

    Raises:
        WrongCallError: by other groups, in another review, or of a time that only overlaps: the two would count people
            twice, or tell of those who are in both.
    """
    found: list[dict[str, Sums]] = []
    other = "programme" if by == "role" else "role"
    for one in register.linked(str(review.subject), review.kind):
        for entry in _overlapping(one.data, head):
            time = f"{entry['from']} to {entry['until']}"
            again = any(result.get("name") in questions for result in entry.get("results") or [])
            if again and (one.id != review.id or (entry["from"], entry["until"]) != (head["from"], head["until"])):
                message = f"{one.id} holds what was answered from {time} already: they would be counted twice"
                raise WrongCallError(message, f"add to that: --to {one.id}, and the same time (--period)")
        for data in (one.data, *register.earlier(one.path)):
            entries = _overlapping(data, head)
            if any(other in entry for entry in entries):
                message = (
                    f"{one.id} told of these people by {other}: told by {by} too, it would tell of the few who are both"
                )
                raise WrongCallError(message, f"--by {other}")
            if entries:
                found.append(_as_sums(entries, by))
    return found


def _overlapping(data: dict[str, Any], head: dict[str, str]) -> list[dict[str, Any]]:
    """The feedback of a review for which people were asked in the same way, in a time that overlaps."""
    every = [entry for entry in data.get("feedback") or [] if isinstance(entry, dict)]
    same = [entry for entry in every if entry.get("method") == head["method"]]
    return [one for one in same if str(one.get("from")) <= head["until"] and head["from"] <= str(one.get("until"))]


def _as_sums(entries: Iterable[dict[str, Any]], by: By) -> dict[str, Sums]:
    found: dict[str, dict[str | None, Told]] = {}
    for entry in entries:
        for result in entry.get("results") or []:
            told = Told(int(result.get("answers", entry["answers"])), Decimal(str(result["average"])))
            found.setdefault(str(result["name"]), {})[entry.get(by)] = told
    return dict(found)
