"""Finding: a problem as a value, with the place, the clause, the reason and the mend."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from partnerkit.dataclass import dataclass, field, field_names, replace

Severity = Literal["error", "warning", "info"]

_RANK: dict[Severity, int] = {"error": 0, "warning": 1, "info": 2}


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem.

    Attributes:
        code: stable, kebab-case name of the kind of problem.
        message: what is wrong, in words that name the thing.
        severity: `error` (the policy says no), `warning` or `info`.
        file: path inside the repository, with forward slashes.
        line: first line is 1; None where no line can be named.
        column: first column is 1.
        record: id of the record concerned.
        clause: clause of the written policy, such as `OPS-05-03 §3.2.2/legal-review`.
        mend: what to do about it: where possible a line to paste.
        commit: the commit in which it landed, where history was looked at.
        entry: the id of the entry that it is about, where it is about one.
        sealed: what would prove it to be as it should: the id of an entry whose seal does, with `/` and the path where
            that is of a field; `stage`: the history itself does.
        was: what was altered, and what it had been: a thing of the record, `=` and a digest (see `rules.restored`). A
            correction shows that it is so again.
        became: what it is now, told likewise; None where nobody can tell, or it is gone.
        statement: the id of the statement that it is about, where that is settled by withdrawing it.
        settled: the id of what settled it: the entry that voided or corrected what it is about, or that statement.
        part: the part of the file that it is about, as `part_of` names it, wherever in the file that stands.
    """

    code: str
    message: str
    severity: Severity = "error"
    file: str | None = None
    line: int | None = None
    column: int | None = None
    record: str | None = None
    clause: str | None = None
    mend: str | None = None
    commit: str | None = None
    entry: str | None = None
    sealed: str | None = None
    was: str | None = None
    became: str | None = None
    statement: str | None = None
    settled: str | None = None
    part: str | None = field(default=None, compare=False)

    def at(self, file: str | None, line: int | None = None, column: int | None = None) -> Finding:
        """The same finding at another place."""
        return replace(self, file=file, line=line, column=column)


_PARTS = field_names(Finding)


def as_row(found: Finding) -> list[Any]:
    """A finding as a list that can be written as JSON; `from_row` gives back the same."""
    return [getattr(found, part) for part in _PARTS]


def from_row(row: Iterable[Any]) -> Finding:
    """A finding, from the list that it was."""
    return Finding(**dict(zip(_PARTS, row, strict=True)))


def part_of(data: Any, keys: Iterable[str | int]) -> str:
    """The keys that lead to a part of a file, joined by dots; an item is named by its id, where it has one."""
    names: list[str] = []
    for key in keys:
        try:
            data = data[key]
        except (KeyError, IndexError, TypeError):  # what is said to be missing is not there
            data = None
        id_ = data.get("id") if isinstance(key, int) and isinstance(data, dict) else None
        names.append(id_ if isinstance(id_, str) else str(key))
    return ".".join(names)


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether any of the findings is an error."""
    return any(finding.severity == "error" for finding in findings)


#: What else tells two findings apart.
_REST = ("record", "clause", "commit", "entry", "sealed", "was", "became", "statement", "settled")


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """The findings without repeats, in an order that does not depend on how they were found."""
    return sorted(
        set(findings),
        key=lambda f: (
            f.file or "",
            f.line or 0,
            f.column or 0,
            _RANK[f.severity],
            f.code,
            f.message,
            f.mend or "",
            *(getattr(f, name) or "" for name in _REST),
        ),
    )


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """The findings in order, errors before warnings before what is only to be known."""
    return sorted(in_order(findings), key=lambda one: _RANK[one.severity])
