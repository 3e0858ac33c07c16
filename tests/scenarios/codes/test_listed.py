"""Which codes are found, mended and gone in a run, and which take a person."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from partnerkit.rules.codes import EXPLAINED
from tests.scenarios.codes import test_edits, test_files, test_policies, test_records, test_rules, test_typed
from tests.scenarios.test_mends import BEYOND
from tests.scenarios.test_tampered_history import CHEATS

TESTS = Path(__file__).resolve().parents[2]

#: What `test_mends` brings back by pasting alone (a sample each time, all of them before a release).
BROUGHT_BACK = {code for cheat in CHEATS if cheat.name not in BEYOND for code, _file, _text in cheat.finds}

RUN = BROUGHT_BACK.union(
    *(one.CODES for one in (test_edits, test_files, test_policies, test_records, test_rules, test_typed))
)

#: How a test does what a mend says.
PASTES = re.compile(r"\bpaste[d]?\(|offered|--leave-out|--squash|--stage")

#: The mend is pasted, or done as its words say, where the case is made anyway: by the test of that name.
ELSEWHERE = {
    "adopted-by-another": "scenarios/test_adopting_keepers.py::test_typed_in_it_goes_as_the_line_says",
    "adopted-too-late": "scenarios/test_adopting_keepers.py::test_typed_in_it_goes_as_the_line_says",
    "amendment-text-differs": "scenarios/test_amendment_texts.py::test_such_a_text_does_not_land",
    "amendment-text-missing": "scenarios/test_amendment_texts.py::test_a_text_that_is_gone_is_found_until_it_has_landed",
    "assurance-too-low": "journeys/test_assurance.py::test_an_unsigned_decision_is_refused_with_the_line_that_signs",
    "broken-one-by-one": (
        "scenarios/test_landing_methods.py::test_a_branch_that_is_legal_only_as_one_change_is_told_before_it_lands"
    ),
    "days-out-of-order": "journeys/test_days_ahead.py::test_nobody_applied_joined_or_was_introduced_on_a_day_to_come",
    "feedback-of-few": "journeys/test_feedback_taken.py::test_feedback_by_hand_is_held_to_the_same",
    "inline-content": "journeys/test_confidential.py::test_written_by_hand_it_is_found_and_no_gate_is_passed_on_it",
    "line-of-another": "journeys/test_mem_logs.py::test_a_line_typed_wrongly_is_taken_back",
    "line-of-nobody": "journeys/test_mem_logs.py::test_a_line_typed_wrongly_is_taken_back",
    "line-too-early": "journeys/test_mem_logs.py::test_a_line_typed_wrongly_is_taken_back",
    "match-full": "journeys/test_match_verify.py::test_who_is_full_takes_on_more_by_the_line",
    "match-impossible": (
        "journeys/test_matching.py::test_a_wish_that_came_later_is_told_where_it_stands_and_what_is_offered_works"
    ),
    "match-unproven": "journeys/test_match_verify.py::test_a_proposal_is_made_anew_by_the_line",
    "migrated-elsewhere": "journeys/test_policy_life.py::test_a_migration_by_hand_skips_no_decision_either",
    "migrated-past-decision": "journeys/test_policy_life.py::test_a_migration_takes_no_record_past_a_decision",
    "name-misspelt": "journeys/test_wording.py::test_a_name_is_spelt_as_the_line_says",
    "policy-contested": "journeys/test_policy_life.py::test_what_both_changed_is_contested_until_somebody_says_whose_counts",
    "relied-on": "scenarios/test_voids.py::test_what_another_record_relies_on_is_not_voided_under_it",
    "role-not-named-before": "scenarios/test_rule_cheats.py::test_named_in_a_record_and_approving_in_the_same_step",
    "row-unclear": (
        "journeys/test_mem_intake_refused.py::test_what_cannot_be_is_told_with_row_column_value_and_reason"
    ),
    "signature-bad": "journeys/test_signing.py::test_an_altered_decision_is_found_by_everybody",
    "stage-gone": (
        "journeys/test_policy_life.py::test_a_migration_moves_records_whose_stage_is_gone_with_the_policy_in_one_commit"
    ),
    "value-unknown": "journeys/test_wording.py::test_our_own_materials_are_under_the_one_licence_that_the_guidelines_name",
    "waived-too-long": "journeys/test_own_policy.py::test_a_waiver_by_hand_is_judged_like_one_by_command",
    "word-unwelcome": (
        "journeys/test_wording.py::test_words_about_a_group_are_nothing_to_tell_and_a_note_withdrawn_is_done_with"
    ),
}

#: No line could mend it: each with the reason. The mend of the catalogue says that it takes a person.
BY_PEOPLE = {
    "adopted-below": "it is as it should be and stays visible for ever: somebody looks whether it is well so",
    "advice": "the policy advises and refuses nothing",
    "bond-removed": "whether somebody is bound no more is nothing that a file could say",
    "contested": "two people said two things, and one of them counts",
    "history-rewritten": "what was there lies in no repository, or in somebody else's",
    "main-line-moved": "what was meant to land is to be merged anew",
    "merge-dropped": "whether a move was left out on purpose only those know who merged",
    "never-landed": "no case of it is known: the audit asks it of itself",
    "newer-format": "another version of partnerkit is to be installed",
    "not-expungible": "which spelling goes and which stays is a choice",
    "overtaken": "somebody else moved the record first",
    "requirement-not-ahead": "nothing is wrong: it is told what is asked now",
    "signature-expunged": "what was signed is gone for good",
    "signature-unverified": "OpenSSH is to be installed",
}


def test_every_code_is_run_or_takes_a_person() -> None:
    assert set(EXPLAINED) - RUN - set(ELSEWHERE) - set(BY_PEOPLE) == set()


def test_no_code_is_listed_twice() -> None:
    assert RUN & {*ELSEWHERE, *BY_PEOPLE} | set(ELSEWHERE) & set(BY_PEOPLE) == set()


@pytest.mark.parametrize(("code", "test"), ELSEWHERE.items())
def test_what_is_pasted_elsewhere_is_pasted_there(code: str, test: str) -> None:
    module, _, name = test.partition("::")
    text = (TESTS / module).read_text(encoding="utf-8")
    found = [one for one in ast.parse(text).body if isinstance(one, ast.FunctionDef) and one.name == name]
    assert found, name
    assert code in text
    assert PASTES.search(ast.get_source_segment(text, found[0]) or ""), name


@pytest.mark.parametrize("code", BY_PEOPLE)
def test_what_takes_a_person_says_so(code: str) -> None:
    assert "a person " in EXPLAINED[code].mend
