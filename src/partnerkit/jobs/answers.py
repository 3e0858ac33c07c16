"""The answers of a survey, from its CSV: who answered in what part, and numbers from 1 to 5. Nothing else is read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Literal, get_args

from partnerkit.dataclass import dataclass
from partnerkit.errors import WrongCallError
from partnerkit.findings import Finding
from partnerkit.kinds.logs import TakesPartAs
from partnerkit.kinds.modelled import Field
from partnerkit.kinds.parts import Part, Slug
from partnerkit.kinds.problems import did_you_mean
from partnerkit.policies.policy import Policy
from partnerkit.store.disk.sheets import Sheet

#: By which column those who answered are put into groups.
By = Literal["role", "programme"]

_SCORE = re.compile(r"[1-5]\Z")
_ADDRESS = re.compile(r"\S+@\S+\.\S+\Z")
_QUESTIONS = "feedback.results.name"


class AnswersMap(Part):
    """What the columns of a survey mean, where their names do not say it."""

    kind: Literal["feedback"] = Field(description="What the sheet holds.")
    columns: dict[str, Slug | None] = Field(
        default_factory=dict, description="Column to role, programme or question; null leaves a column out."
    )
    values: dict[Slug, dict[str, str | int]] = Field(
        default_factory=dict, description="For role, programme or a question: what the sheet says, and what that means."
    )


@dataclass(frozen=True, slots=True)
class Answer:
    """What one person answered: in which group, and the score of each question."""

    group: str | None
    scores: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Survey:
    """A sheet of answers as it was read.

    Attributes:
        questions: what was asked, in the order of the columns.
        answers: one for each row that says anything.
        wrong: rows of which it cannot be said what they mean.
        empty: how many rows answer nothing.
        unread: the columns that were not read.
        numbers: those of them that hold nothing but numbers from 1 to 5.
    """

    questions: list[str]
    answers: list[Answer]
    wrong: list[Finding]
    empty: int
    unread: list[str]
    numbers: list[str]


def questions_of(policy: Policy) -> list[str]:
    """What participants can be asked about under a policy."""
    spec = policy.fields.get("review", {}).get(_QUESTIONS)
    return list(spec.choices or ()) if spec is not None else []


def survey(path: str, table: Sheet, policy: Policy, by: AnswersMap, group_by: By) -> Survey:
    """The answers of a sheet.

    Raises:
        WrongCallError: no column is a question, the map names a column that is not there, or what is no question.
    """
    meant = _columns(table, policy, by)
    questions = [name for name in meant.values() if name not in get_args(By)]
    if not questions:
        known = questions_of(policy)
        mend = f"name columns after the questions of {policy.policy} ({', '.join(known)}), or say which they are: --map"
        raise WrongCallError(f"{path} has no column that is a question", mend)
    unread = [name for name in table.columns if meant.get(name) not in {*questions, group_by}]
    asked = [column for column, name in meant.items() if name in questions]
    answered = [(line, cells) for line, cells in table.rows if any(column in cells for column in asked)]
    wrong = _twice(path, answered, unread)
    answers: list[Answer] = []
    for line, cells in answered:
        said = {name: cells[column] for column, name in meant.items() if column in cells}
        said = {name: str(by.values.get(name, {}).get(text, text)) for name, text in said.items()}
        scores = {name: int(text) for name, text in said.items() if name in questions and _SCORE.match(text)}
        why = _unclear(said, questions, policy, group_by if group_by in meant.values() else None)
        if why or line in wrong:
            wrong.setdefault(line, _finding(path, line, why))
        else:
            answers.append(Answer(said.get(group_by), scores))
    numbers = [name for name in unread if name not in by.columns and _all_scores(table, name)]
    empty = len(table.rows) - len(answered)
    return Survey(questions, answers, [wrong[line] for line in sorted(wrong)], empty, unread, numbers)


def _columns(table: Sheet, policy: Policy, by: AnswersMap) -> dict[str, str]:
    """What each column that is read means: as the map says, or else as it is called."""
    known = [*get_args(By), *questions_of(policy)]
    for column, name in by.columns.items():
        if column not in table.columns:
            raise WrongCallError(f"the sheet has no column {column!r}", f"it has {', '.join(table.columns)}")
        if name is not None and name not in known:
            near = did_you_mean(name, known)
            raise WrongCallError(f"{policy.policy} asks nothing called {name!r}{near}", f"one of {', '.join(known)}")
    found: dict[str, str] = {}
    for column in table.columns:
        plain = re.sub(r"[^a-z0-9]+", "-", column.casefold()).strip("-")
        name = by.columns.get(column, plain if plain in known else None)
        if name is None:
            continue
        if name in found.values():
            other = next(one for one, meaning in found.items() if meaning == name)
            raise WrongCallError(f"the columns {other!r} and {column!r} both are {name}", "leave one out in the map")
        found[column] = name
    return found


def _unclear(said: Mapping[str, str], questions: Iterable[str], policy: Policy, group_by: By | None) -> str:
    """Why it cannot be said what a row means; what it says is not repeated, since it may be words about somebody."""
    wrong = [name for name in questions if name in said and not _SCORE.match(said[name])]
    whys = [f"{', '.join(wrong)}: no whole number from 1 to 5"] if wrong else []
    if group_by is not None:
        known = _groups(policy, group_by)
        if group_by not in said:
            whys.append(f"{group_by} is empty")
        elif known and said[group_by] not in known:
            whys.append(f"{group_by} is none of {', '.join(known)}")
    return "; ".join(whys)


def _groups(policy: Policy, by: By) -> list[str]:
    """The groups that there can be; none where the policy does not list them."""
    if by == "role":
        return list(get_args(TakesPartAs))
    spec = policy.fields.get("pairing", {}).get("programme")
    return list(spec.choices or ()) if spec is not None else []


def _twice(path: str, rows: Iterable[tuple[int, Mapping[str, str]]], unread: Iterable[str]) -> dict[int, Finding]:
    """Rows of one person: an e-mail address that stands in the sheet already. It is compared, and kept nowhere."""
    found: dict[int, Finding] = {}
    for column in unread:
        seen: dict[str, int] = {}
        for line, cells in rows:
            address = cells.get(column, "").casefold()
            if _ADDRESS.match(address):
                first = seen.setdefault(address, line)
                if first != line:
                    why = f"the same e-mail address as in line {first}: one person answers once"
                    found.setdefault(line, _finding(path, line, why))
    return found


def _all_scores(table: Sheet, column: str) -> bool:
    cells = [cells[column] for _line, cells in table.rows if column in cells]
    return bool(cells) and all(_SCORE.match(cell) for cell in cells)


def _finding(path: str, line: int, why: str) -> Finding:
    mend = "mend it in the sheet or in the map (--map), or leave such rows out: --leave-out"
    return Finding("row-unclear", f"a row: {why}", "error", path, line, mend=mend)
