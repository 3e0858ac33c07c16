"""Which codes are found, mended and gone in a run, and which are not: a list that can only shrink."""

from __future__ import annotations

from pathlib import Path

import pytest

from partnerkit.rules.codes import EXPLAINED
from tests.scenarios.codes import test_files, test_policies, test_records, test_rules
from tests.scenarios.test_mends import BEYOND
from tests.scenarios.test_tampered_history import CHEATS

TESTS = Path(__file__).resolve().parents[2]

#: What `test_mends` brings back by pasting alone (a sample each time, all of them before a release).
BROUGHT_BACK = {code for cheat in CHEATS if cheat.name not in BEYOND for code, _file, _text in cheat.finds}

RUN = test_files.CODES | test_policies.CODES | test_records.CODES | test_rules.CODES | BROUGHT_BACK

#: Found, and told with a mend, by the test module named; its mend is read there and not pasted.
READ_ONLY = {
    "actor-lacks-role": "rules/test_entries.py",
    "adopted-below": "journeys/test_agreements_that_do_not_count.py",
    "adopted-by-another": "scenarios/test_adopting_keepers.py",
    "adopted-too-late": "scenarios/test_adopting_keepers.py",
    "advice": "journeys/test_ots_journey.py",
    "amended-undecided": "scenarios/test_laundering.py",
    "amendment-text-differs": "scenarios/test_amendment_texts.py",
    "amendment-text-missing": "scenarios/test_amendment_texts.py",
    "assurance-too-low": "journeys/test_assurance.py",
    "bond-removed": "rules/test_people.py",
    "broken-one-by-one": "scenarios/test_landing_methods.py",
    "contested": "journeys/test_sync_meeting.py",
    "correction-unproven": "scenarios/test_corrections.py",
    "days-out-of-order": "journeys/test_days_ahead.py",
    "expunged-by-another": "scenarios/test_expunging_keepers.py",
    "expunging-untrue": "rules/test_expunged.py",
    "feedback-of-few": "journeys/test_feedback_taken.py",
    "history-rewritten": "journeys/test_audit.py",
    "inline-content": "journeys/test_confidential.py",
    "key-unclear": "scenarios/test_signed_commits.py",
    "landed-backdated": "journeys/test_audit.py",
    "landed-in-future": "scenarios/test_ways_round_the_audit.py",
    "line-of-another": "journeys/test_mem_logs.py",
    "line-of-nobody": "rules/test_whole_logged.py",
    "line-too-early": "rules/test_whole_logged.py",
    "main-line-moved": "journeys/test_audit.py",
    "match-impossible": "journeys/test_matching.py",
    "match-unproven": "journeys/test_match_verify.py",
    "merge-dropped": "scenarios/test_landing_methods.py",
    "migrated-elsewhere": "rules/test_migrating.py",
    "migrated-needlessly": "rules/test_migrating.py",
    "migrated-past-decision": "journeys/test_policy_life.py",
    "name-misspelt": "journeys/test_ots_journey.py",
    "never-landed": "scenarios/test_made_readable.py",
    "newer-format": "scenarios/test_ways_round_the_audit.py",
    "no-lifecycle": "rules/test_entries.py",
    "not-expungible": "journeys/test_forgetting.py",
    "overtaken": "scenarios/test_amendments_overtaken.py",
    "policy-not-allowed": "rules/test_links.py",
    "policy-of-another": "rules/test_links.py",
    "relied-on": "scenarios/test_voids.py",
    "relies-differ": "rules/test_entries.py",
    "relies-on-nothing": "rules/test_entries.py",
    "rested-on-changed": "journeys/test_taken_back_decisions.py",
    "role-not-named-before": "scenarios/test_rule_cheats.py",
    "row-unclear": "journeys/test_mem_intake_refused.py",
    "rules-and-records-together": "journeys/test_policy_life.py",
    "rules-changed-by-another": "scenarios/test_governed_rules.py",
    "rules-unowned": "journeys/test_setup_codeowners.py",
    "signature-bad": "journeys/test_signing.py",
    "signature-expunged": "scenarios/test_expunged.py",
    "signature-unverified": "journeys/test_signing.py",
    "stage-gone": "rules/test_taken_back.py",
    "unknown-stage": "rules/test_entries.py",
    "value-unknown": "journeys/test_wording.py",
    "waived-too-long": "journeys/test_own_policy.py",
    "word-unwelcome": "journeys/test_wording.py",
    "setup-changed-by-hand": "journeys/test_setup_editor.py",
    "setup-stale": "journeys/test_setup_ci.py",
}

#: No test names the code: its words are tried elsewhere, or nothing tries it yet.
UNNAMED = {
    "file-missing": "the command stops (exit 3) before anything is listed, and says which line brings the file back",
    "match-full": "the room of a mentor is tried in journeys/test_mem_capacity.py by its words",
    "policy-contested": "upgrades that meet changes are tried in journeys/test_policy_life.py by their words",
    "requirement-not-ahead": "nothing to put right: the mend shows what is asked now",
}


def test_every_code_is_run_or_is_listed_with_a_reason() -> None:
    assert set(EXPLAINED) - RUN - set(READ_ONLY) - set(UNNAMED) == set()


def test_what_is_listed_as_not_run_is_not_run() -> None:
    """When this fails, take it off the list: it only shrinks."""
    assert RUN & (set(READ_ONLY) | set(UNNAMED)) == set()


@pytest.mark.parametrize(("code", "module"), READ_ONLY.items())
def test_what_is_only_read_is_found_where_it_says(code: str, module: str) -> None:
    assert code in (TESTS / module).read_text(encoding="utf-8")
