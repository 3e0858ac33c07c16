"""What a check or an audit found, ready for every format: in the order to be read in, each known by its fingerprint."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from partnerkit.dataclass import dataclass, replace
from partnerkit.findings import Finding
from partnerkit.register import SETTINGS_PATH
from partnerkit.reports.encode import clipped
from partnerkit.reports.findings import counts, sentence
from partnerkit.tuples import NamedTuple

_WORST = {"error": 0, "warning": 1, "info": 2}


class Found(NamedTuple):
    """A finding, and by what it is known again the next time."""

    finding: Finding
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a check or an audit found.

    Attributes:
        command: `check` or `audit`.
        title: what was looked at.
        counted: what came out, in a line.
        found: what was found, the worst first, and of the same sort first what the change touches.
    """

    command: str
    title: str
    counted: str
    found: list[Found]


def of_check(
    findings: Sequence[Finding], looked_at: str, changed: Collection[str], rules: str | None = None
) -> Outcome:
    """The outcome of a check.

    Args:
        findings: what was found, in the order of files and lines.
        looked_at: in what, such as `12 records`.
        changed: the files that the change touches: what was found of them comes before what stood already.
        rules: the commit whose rules judged what changed, where there is one.
    """
    by = f" by the rules of {rules[:12]}" if rules is not None else ""
    found = sorted(known_again(findings), key=lambda one: one.finding.file not in changed)
    return Outcome("check", f"Check of {looked_at}{by}", counts(findings, looked_at), worst_first(found))


def in_short(finding: Finding, most: int = 2000) -> Finding:
    """A finding with a whole sentence as its message, and no text longer than so many characters."""
    mend = clipped(finding.mend, most) if finding.mend else None
    return replace(finding, message=clipped(sentence(finding), most), mend=mend)


def home(finding: Finding) -> str:
    """The file of the repository at which a forge shows a finding: the settings, where it is about none."""
    file = finding.file
    if file is None or file.startswith(("/", "~")) or file.endswith("/") or ".." in file.split("/"):
        return SETTINGS_PATH
    return file


def line_at_home(finding: Finding) -> int | None:
    """The line in that file; None where none can be named."""
    return finding.line if home(finding) == finding.file else None


def worst_first(found: Iterable[Found]) -> list[Found]:
    """Errors before warnings before the rest, else as given."""
    return sorted(found, key=lambda one: _WORST[one.finding.severity])


def known_again(findings: Iterable[Finding]) -> list[Found]:
    """The findings with their prints, which hang on no line and on no words: what else a finding says tells it apart.

    Of several that say the same, which only lines or words part, each has its number, in the order given.
    """
    seen: Counter[str] = Counter()
    found = []
    for one in findings:
        what = _what(one)
        seen[what] += 1
        print_ = hashlib.sha256(f"{what}{seen[what]}".encode()).hexdigest()[:32]
        found.append(Found(one, print_))
    return found


def _what(one: Finding) -> str:
    """What a finding is about, in a text from which each part can be told."""
    return json.dumps(
        [one.code, one.record, one.file, one.part, one.entry, one.statement, one.sealed, one.clause, one.commit]
    )
