"""Scorecards: a form that is filled whole, as one statement and one commit."""

from __future__ import annotations

import re
from typing import Any

from partnerkit.errors import WrongCallError
from partnerkit.jobs.adding import Work
from partnerkit.jobs.statements import statement, with_statement
from partnerkit.jobs.values import from_file
from partnerkit.kinds.problems import did_you_mean
from partnerkit.policies.fields import WHOLE_SCALE, Scorecard
from partnerkit.policies.policy import Policy
from partnerkit.rules.commands import line

_MARK = re.compile(r"\s*(?:(\d{1,3})|(n/a))\s*(?:[:, ]\s*(.+))?\Z", re.DOTALL | re.IGNORECASE)
_EXAMPLE = "'70: why'"


def scores(work: Work) -> tuple[dict[str, Any], Any]:
    """The record's data with a filled scorecard, and that statement.

    Raises:
        WrongCallError: a criterion is missing or unknown, or a mark is none.
    """
    demand = work.requirement.scores
    card = work.policy.scorecards[demand.card] if demand else None
    criteria = list(card.criteria) if card else []
    if work.added.thing is not None:
        given = from_file(work.added.thing)
        if not isinstance(given, dict):
            raise WrongCallError(
                f"{work.added.thing} holds no marks", line("add", work.record.id, work.added.what, "--form")
            )
        marks = {key: _mark(key, value) for key, value in given.items()}
    else:
        marks = {key: _mark(key, value) for key, value in work.added.values.items()}
    if not marks:
        form = line("add", work.record.id, work.added.what, "--form")
        raise WrongCallError(f"{work.added.what} needs marks", f"{form} > scores.yaml, fill it in, and add it")
    for key in marks:
        if key not in criteria:
            raise WrongCallError(f"the scorecard has no criterion {key!r}{did_you_mean(key, criteria)}")
    absent = [key for key in criteria if key not in marks]
    if absent:
        raise WrongCallError(
            f"the scorecard is filled whole: {', '.join(absent)} missing", "n/a with a reason serves too"
        )
    if card and card.scale:
        _within(marks, card.scale)
    for key, criterion in card.criteria.items() if card else ():
        if objection := criterion.objection(marks[key].get("why")):
            raise WrongCallError(f"{key}: {objection}", f"{key}={'70' if criterion.points_only else _EXAMPLE}")
    said = statement(work.desk, "scores", work.added.what, work.voice, {"marks": marks})
    return with_statement(work.record.data, "scores", said), said


def _within(marks: dict[str, Any], scale: tuple[int, int]) -> None:
    for key, mark in marks.items():
        if "score" in mark and not scale[0] <= int(mark["score"]) <= scale[1]:
            raise WrongCallError(f"{key}: {mark['score']} is not on the scale from {scale[0]} to {scale[1]}")


def _mark(key: str, value: Any) -> dict[str, Any]:
    if isinstance(value, dict):
        return value
    match = _MARK.match(str(value))
    if match is None:
        raise WrongCallError(f"{key}: {value!r} is no mark", f"{key}='4: why' or {key}='n/a: why not'")
    score, not_applicable, why = match.groups()
    mark: dict[str, Any] = {"not-applicable": True} if not_applicable else {"score": int(score)}
    return mark | ({"why": why} if why else {})


def scorecard_of(policy: Policy, name: str) -> Scorecard:
    """The scorecard that a requirement wants filled.

    Raises:
        WrongCallError: the requirement is answered by no scorecard.
    """
    requirement = policy.requirements.get(name)
    if requirement is None or requirement.scores is None:
        raise WrongCallError(f"{name} is answered by no form")
    return policy.scorecards[requirement.scores.card]


def scores_form(policy: Policy, name: str) -> str:
    """A form to be filled in for a scorecard, as YAML.

    Raises:
        WrongCallError: the requirement is answered by no scorecard.
    """
    card = scorecard_of(policy, name)
    least, most = card.scale or WHOLE_SCALE
    head = [
        f"# {card.title}: a score of {least} to {most} and the reason, for each criterion;",
        "# or not-applicable: true and the reason.",
    ]
    if any(criterion.points_only for criterion in card.criteria.values()):
        head.append("# Where no reason is asked for, none is given: the criterion judges a person.")
    lines = [
        part
        for key, criterion in card.criteria.items()
        for part in (
            f"{key}:  # {criterion.title} ({policy.policy} {criterion.clause})",
            "  score:",
            *([] if criterion.points_only else ['  why: ""']),
        )
    ]
    return "\n".join([*head, *lines]) + "\n"
