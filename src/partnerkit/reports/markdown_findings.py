"""Findings in Markdown, for a comment, minutes or the summary of a step: as many as there is room for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from partnerkit.findings import Finding
from partnerkit.reports.encode import clipped, markdown, markdown_block
from partnerkit.reports.findings import place
from partnerkit.reports.mends import in_markdown, only_lines
from partnerkit.reports.outcome import Outcome, in_short

#: How many bytes go into a comment of a forge, whatever its letters: forges take 65,536 characters.
COMMENT = 60_000

#: The longest text that is shown whole: the next finding has its place too.
_LONGEST = 1000

_GROUPS = {"error": "Errors", "warning": "Warnings", "info": "Notes"}


def as_markdown(outcome: Outcome, notes: Sequence[str] = (), room: int | None = None) -> str:
    """What a check found, in so many bytes at most: where it is not said, in as many as a comment holds."""
    room = COMMENT if room is None else room
    head = [f"# {markdown(outcome.title)}", "", f"**{markdown(outcome.counted)}**"]
    tail = [line for note in notes for line in ("", markdown(clipped(note, _LONGEST)))]
    found = findings(outcome, room - bytes_of([*head, *tail]))
    return "\n".join([*head, *found, *tail]) + "\n"


def findings(outcome: Outcome, room: int) -> list[str]:
    """The lines of a section with every finding, the worst first, in so many bytes; else how many more there are."""
    if not outcome.found:
        return []
    head, tail = ["", "## Findings"], ["", "What a finding means: `partnerkit why CODE`"]
    more = f"partnerkit {outcome.command} --json has all"
    left = room - bytes_of([*head, *tail])
    return [*head, *fitting(_blocks(outcome), len(outcome.found), left, more), *tail]


def _blocks(outcome: Outcome) -> Iterator[list[str]]:
    for severity, found in groupby(outcome.found, key=lambda one: one.finding.severity):
        head = ["", f"### {_GROUPS[severity]}", ""]
        for one in found:
            yield [*head, *_block(in_short(one.finding, _LONGEST))]
            head = []


def fitting(blocks: Iterable[list[str]], count: int, room: int, more: str) -> list[str]:
    """The lines of as many blocks as there is room for; where there are more, a last line says how many and where."""
    lines: list[str] = []
    for index, block in enumerate(blocks):
        left = count - index
        room -= bytes_of(block)
        if room < (bytes_of(_more(left - 1, more)) if left > 1 else 0):
            return [*lines, *_more(left, more)]
        lines += block
    return lines


def _more(count: int, where: str) -> list[str]:
    return ["", f"… and {count} more: {where}"]


def _block(finding: Finding) -> list[str]:
    """What is wrong, what sort it is and where, the clause, and the mend: to be copied where it is no sentence."""
    about = ", ".join(part for part in (finding.code, place(finding)) if part)
    text = [markdown(finding.message), markdown(about)]
    text += [markdown(finding.clause)] if finding.clause else []
    pasted = markdown_block(finding.mend, "  ") if finding.mend and only_lines(finding.mend) else []
    text += [in_markdown(finding.mend)] if finding.mend and not pasted else []
    return [f"- {text[0]}  ", *(f"  {line}  " for line in text[1:-1]), f"  {text[-1]}", *pasted]


def bytes_of(lines: Iterable[str]) -> int:
    """How many bytes the lines need."""
    return sum(len(line.encode()) + 1 for line in lines)
