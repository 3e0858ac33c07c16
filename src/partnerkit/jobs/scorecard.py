"""Scorecards: a form that is filled whole, as one statement and one commit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from partnerkit.errors import WrongCallError, told_of
from partnerkit.jobs.adding import Work
from partnerkit.jobs.statements import statement, with_statement
from partnerkit.jobs.values import GivenFile, from_file
from partnerkit.kinds import modelled
from partnerkit.kinds.problems import did_you_mean, problems
from partnerkit.kinds.statements import Mark
from partnerkit.policies.fields import Scorecard
from partnerkit.policies.policy import Policy
from partnerkit.rules.commands import line

_MARK = re.compile(r"\s*(?:(\d{1,3})|(n/a))\s*(?:[:, ]\s*(.+))?\Z", re.DOTALL | re.IGNORECASE)
_MARKS = dict[str, Mark]
#: Points for an example, where the scale has so many.
_GOOD = 70


def scores(work: Work) -> tuple[dict[str, Any], Any]:
    """The record's data with a filled scorecard, and that statement.

    Raises:
        WrongCallError: a criterion is missing or unknown, or a mark is none.
    """
    card = scorecard_of(work.policy, work.added.what)
    form = line("add", work.record.id, work.added.what, "--form")
    file = from_file(work.added.thing) if work.added.thing is not None else None
    given: Any = file.value if file else work.added.values
    if not isinstance(given, Mapping):
        raise WrongCallError(f"{work.added.thing} holds no marks", form)
    if not given:
        raise WrongCallError(f"{work.added.what} needs marks", f"{form} > scores.yaml, fill it in, and add it")
    marks = {str(key): _judged(card, str(key), value, file) for key, value in given.items()}
    absent = [key for key in card.criteria if key not in marks]
    if absent:
        raise WrongCallError(
            f"the scorecard is filled whole: {', '.join(absent)} missing", "n/a with a reason serves too"
        )
    said = statement(work.desk, "scores", work.added.what, work.voice, {"marks": marks})
    return with_statement(work.record.data, "scores", said), said


def _judged(card: Scorecard, key: str, value: Any, file: GivenFile | None) -> dict[str, Any]:
    """A criterion's mark, if it is one that the scorecard takes; what is wrong is told of the line of the file."""
    with told_of(file.place(key) if file else None):
        criterion = card.criteria.get(key)
        if criterion is None:
            raise WrongCallError(f"the scorecard has no criterion {key!r}{did_you_mean(key, card.criteria)}")
        mark = _mark(card, key, value)
    from partnerkit.kinds.twins import adapter  # noqa: PLC0415 - pydantic judges marks, and most of what is added is none

    try:
        adapter(_MARKS).validate_python({key: mark})
    except modelled.ValidationError as error:
        found = problems(error, _MARKS)[0]
        mend = "give each criterion a score and why, or `not-applicable: true` and why"
        with told_of(file.place(*(found.keys if isinstance(value, dict) else (key,))) if file else None):
            raise WrongCallError(found.message, mend) from error
    with told_of(file.place(key) if file else None):
        score = int(mark["score"]) if "score" in mark else None
        if objection := card.objection(key, score, mark.get("why")):
            good = max(card.least, min(_GOOD, card.most))
            raise WrongCallError(
                f"{key}: {objection}", f"{key}={good}" if criterion.points_only else f"{key}='{good}: why'"
            )
    return mark


def _mark(card: Scorecard, key: str, value: Any) -> dict[str, Any]:
    if isinstance(value, dict):
        return value
    match = _MARK.match(str(value))
    if match is None:
        why = "" if card.criteria[key].points_only else ": why"
        message = f"{key}: {value!r} is no mark from {card.least} to {card.most}"
        raise WrongCallError(message, f"{key}='{card.most}{why}' or {key}='n/a{why and ': why not'}'")
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
    head = [
        f"# {card.title}: a score of {card.least} to {card.most} and the reason, for each criterion;",
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
