"""The scorecard of a match: what the matching worked out, beside what people alone judge."""

from __future__ import annotations

from typing import Any

from partnerkit.errors import WrongCallError
from partnerkit.jobs.match_deciding import Circle
from partnerkit.kinds.problems import did_you_mean
from partnerkit.matching.run import Run
from partnerkit.policies.fields import Criterion, Scorecard
from partnerkit.policies.policy import Policy

#: Why a criterion has its points that the matching worked out.
_WORKED_OUT = "Worked out by the matching."


def marks_of(run: Run, policy: Policy, one: Circle, notes: list[str]) -> dict[str, Any] | None:
    """The marks of a whole scorecard; None, and a note, where people have yet to judge.

    Args:
        run: the run, by which the points are worked out: of a group the lowest of all.
        policy: the policy with the scorecard.
        one: the pair or group, with the points of what people judge.
        notes: takes what is missing.

    Raises:
        WrongCallError: points for a criterion that people do not judge, or no points.
    """
    scores = policy.requirements[run.spec.judged_by].scores
    if scores is None:
        return None
    card = policy.scorecards[scores.card]
    rows = [run.scorer.by_criterion(run.mentee_at(mentee), run.mentor_at(one.mentor)) for mentee in one.mentees]
    points = dict(zip(run.scorer.criteria, (min(column) for column in zip(*rows, strict=True)), strict=True))
    _demand_known(card, points, one)
    absent = [key for key in card.criteria if key not in points and key not in one.said.marks]
    if absent:
        notes.append(f"{one.named}: people have yet to judge {', '.join(absent)}")
        return None
    return {
        key: {"score": points[key], "why": _WORKED_OUT} if key in points else _judged(key, criterion, one)
        for key, criterion in card.criteria.items()
    }


def _demand_known(card: Scorecard, points: dict[str, int], one: Circle) -> None:
    """Points are given for what people judge, and for nothing else."""
    people = [key for key in card.criteria if key not in points]
    unknown = next((key for key in one.said.marks if key not in people), None)
    if unknown is not None:
        near = did_you_mean(unknown, people)
        raise WrongCallError(f"people do not judge {unknown!r} here{near}", f"they judge {', '.join(people)}")


def _judged(key: str, criterion: Criterion, one: Circle) -> dict[str, Any]:
    """What a person says of a criterion: points, and why where the scorecard wants words."""
    score, _, why = one.said.marks[key].partition(":")
    if not score.strip().isdigit():
        raise WrongCallError(f"{key} is judged in points, and {score.strip()!r} are none", f"{key}=70")
    reason = why.strip() or None
    if (wrong := criterion.objection(reason)) is not None:
        raise WrongCallError(
            f"{key}: {wrong}", f"{key}={'70' if criterion.points_only else chr(39) + '70: why' + chr(39)}"
        )
    return {"score": int(score)} | ({"why": reason} if reason is not None else {})
