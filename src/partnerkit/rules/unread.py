"""Rules that could not be read for a while: what they had said before went on judging."""

from __future__ import annotations

from collections.abc import Sequence

from partnerkit.findings import Finding
from partnerkit.register import POLICIES_FOLDER, ROSTER_PATH, SETTINGS_PATH
from partnerkit.rules.strays import is_stray
from partnerkit.rules.verdict import Verdict


def while_unread(verdicts: Sequence[Verdict]) -> frozenset[int]:
    """The places of the verdicts that landed while rules could not be read, where that may matter.

    It does where anything was entered meanwhile, and where other rules counted afterwards than before: whoever made
    them readable did not write them all. Then what was found of the rules stays an error.
    """
    found: set[int] = set()
    since: list[int] = []
    for place, one in enumerate(verdicts):
        unread = bool(one.rules) and any(is_stray(each) and _is_of_rules(each) for each in one.findings)
        if unread:
            since.append(place)
        if since and (one.entered or one.governs):
            found.update(since)
        if one.rules and not unread:
            since = []
    return frozenset(found)


def _is_of_rules(found: Finding) -> bool:
    path = found.file
    return path is not None and (path in {SETTINGS_PATH, ROSTER_PATH} or path.startswith(POLICIES_FOLDER))
