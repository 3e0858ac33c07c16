"""Whose pairs somebody cannot decide on, being one of them or without the role: what they can accept, and who does."""

from __future__ import annotations

from collections.abc import Sequence

from partnerkit.dataclass import replace
from partnerkit.findings import Finding
from partnerkit.jobs.match_deciding import Circle
from partnerkit.rules.commands import line
from partnerkit.rules.refused import Refused

#: How a line begins that decides on a record that is there: these are not, for nothing was made.
_OF_A_RECORD = f"{line('approve')} "


def refused_apart(
    circles: Sequence[Circle], barred: Sequence[tuple[Circle, Finding]], file: str, *, others_wait: bool
) -> Refused:
    """The refusal of those whom somebody may not decide on, with the line for the rest, and that for somebody else.

    Args:
        circles: everybody who was to be accepted.
        barred: whom they may not decide on, with why.
        file: the proposal.
        others_wait: whether everybody else was to wait.
    """
    apart = [one for one, _ in barred]
    rest = [one for one in circles if one not in apart and not one.said.reject]
    found: list[Finding] = []
    for one, why in barred:
        theirs = _accepting([one], file, others_wait=False)
        mend = _accepting(rest, file, others_wait=others_wait) if rest else theirs
        if not rest and why.mend is not None and not why.mend.startswith(_OF_A_RECORD):
            mend = why.mend
        message = f"{one.named}: {why.message}; somebody else accepts them: {theirs}"
        found.append(replace(why, message=message, file=file, line=None, column=None, record=None, mend=mend))
    return Refused("refused; nothing changed", found)


def _accepting(circles: Sequence[Circle], file: str, *, others_wait: bool) -> str:
    """The line that accepts some, with what was said of them; of a sheet what becomes of its rows."""
    names = [name for one in circles for name in one.mentees]
    if any(one.place is not None for one in circles):
        return f"the same with only the rows of {', '.join(names)} in the sheet"
    said = circles[0].said
    words = [f"{key}={mark}" for key, mark in said.marks.items()]
    for option, text in (("--interests", said.interests), ("--reason", said.reason)):
        words += [option, text] if text is not None else []
    return line("match", "accept", *names, *words, "--file", file, *(["--others-wait"] if others_wait else []))
