"""Whole histories that chance made, judged by the audit: clean as they are, and found out once anything is tampered with.

Each history is a part of what the real commands made, and up to a hundred more steps that the second judge calls legal.
Then one commit is written otherwise, and what landed after it goes on from there: what must be found, at which commit, is
known from what was done, not asked of the judge.

PARTNERKIT_TAMPERINGS says how much is tampered with (150; 10,000 before a release), PARTNERKIT_HISTORIES how many
histories there are (4), PARTNERKIT_SEED which (any word; the same word gives the same ones).
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from tests.properties.conftest import Supplied
from tests.properties.forging import written
from tests.properties.supply import Commit, Held
from tests.properties.trail.campaign import DOINGS, Campaign, Tried, branch
from tests.properties.trail.importing import Chain
from tests.properties.trail.importing import written as imported
from tests.properties.trail.judging import Fetched, Passage, audited
from tests.second_judge.reading import parsed

SEED = os.environ.get("PARTNERKIT_SEED", "a")
HISTORIES = int(os.environ.get("PARTNERKIT_HISTORIES", "4"))
TAMPERINGS = int(os.environ.get("PARTNERKIT_TAMPERINGS", "150"))

#: Of so many things that were tampered with, the whole audit is asked about one too, up to the end of the history.
WHOLLY = 250

Record = Callable[[str, Any], None]


@pytest.mark.long
def test_what_is_legal_is_clean_and_whatever_is_tampered_with_is_found_in_its_commit(
    supplied: Supplied, tmp_path: Path, record_property: Record
) -> None:
    """In one test: the histories are made but once for both."""
    root = supplied.copy(tmp_path / "register")
    campaign = Campaign(root, supplied.commits)
    campaign.grow(HISTORIES, SEED)
    entries = 0
    for history in campaign.histories:
        whole = audited(root, branch(history.number))
        entries += len(whole.entered)
        wrong = [(one.commit, one.code, one.record) for one in whole.findings if one.severity == "error"]
        assert wrong == [], f"PARTNERKIT_SEED={SEED}: {branch(history.number)}"

    campaign.tamper(TAMPERINGS, SEED)
    missed = campaign.missed()
    assert missed == [], f"PARTNERKIT_SEED={SEED} PARTNERKIT_TAMPERINGS={TAMPERINGS}"
    for tried in campaign.tried[::WHOLLY]:
        assert not _missed_wholly(campaign, tried)
    if TAMPERINGS >= 500:
        assert {one.__name__ for one in DOINGS} - set(campaign.names) <= {"tombstone_changed"}
    record_property("figures", {"trails": {"histories": HISTORIES, "entries": entries, "tamperings found": TAMPERINGS}})


def _missed_wholly(campaign: Campaign, tried: Tried) -> str | None:
    """What the whole audit does not find, where that is."""
    found = audited(campaign.root, campaign.whole(tried)).findings
    where = tried.commits[-1].oid
    return tried.missed({(one.code, one.record or "") for one in found if one.commit == where})


@pytest.mark.long  # where what the others work on is made
def test_what_says_the_same_is_not_found_and_what_is_said_to_be_found_must_be(
    supplied: Supplied, tmp_path: Path
) -> None:
    """Files laid out otherwise break no rule; and a tampering that changed nothing would be told as missed."""
    root = supplied.copy(tmp_path / "register")
    campaign = Campaign(root, supplied.commits)
    random = Random(SEED)  # noqa: S311 - chance that can be made again
    places = sorted(random.sample(range(1, len(supplied.commits)), 10))
    chains = [Chain(supplied.commits[place - 1], [_laid_out(supplied.commits[place], random)]) for place in places]
    laid_out = dict(zip(places, imported(root, chains), strict=True))
    fetched = Fetched(root, [*supplied.commits, *(one[0] for one in laid_out.values())])
    passage = Passage(fetched)
    for place, commit in enumerate(supplied.commits):
        if place in laid_out:
            assert passage.aside().judged(laid_out[place][0]) == set(), f"PARTNERKIT_SEED={SEED}: commit {place}"
        passage.on(commit)

    campaign.grow(1, SEED)
    campaign.tamper(1, SEED)
    assert "not found" in (campaign.tried[0].missed(set()) or "")


def _laid_out(commit: Commit, random: Random) -> Commit:
    """A commit that says the same in files whose keys stand in another order."""
    files = dict(commit.tree.held)
    for path in sorted(path for path in files if path.endswith(".yaml") and random.random() < 0.2):
        was = parsed(files[path])
        files[path] = written({key: was[key] for key in random.sample(list(was), len(was))})
    return replace(commit, tree=Held(files), oid="")
