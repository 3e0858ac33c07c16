"""`why WORD`: what a requirement, a role, a stage or a policy means, told from the policies in force."""

from __future__ import annotations

import pytest

from tests.place import Place


def told(place: Place, word: str) -> dict[str, dict[str, str]]:
    """By what it is, each fact of it."""
    found = place.json("why", word)
    assert found["schema"] == "partnerkit.why/1"
    return {one["sort"]: {fact["what"]: fact["says"] for fact in one["facts"]} for one in found["terms"]}


def test_a_requirement_is_told_with_its_clauses_and_where_it_is_asked(place):
    page = place.do("why", "due-diligence").out
    assert page.startswith("due-diligence · requirement · OPS-05-03\n  §3.2.1/due-diligence, §9.2.1/due-diligence\n")
    assert "asked of a partnership" in page
    assert "assessment → detailed-review" in page
    assert page.endswith("Next: partnerkit policy show OPS-05-03\n")
    final = told(place, "final-decision")["requirement"]
    assert "role: core-team ($final-decider)" in final["demands (approval)"]
    assert told(place, "no-risks-identified")["requirement"]["is one way to meet"] == "risk-assessment"


def test_what_nobody_has_decided_is_said_to_be_so(place):
    place.do("policy", "set", "OPS-05-03", "final-decider=", "--seen", "minutes/2026-02-01.md")
    demand = told(place, "final-decision")["requirement"]["demands (approval)"]
    assert "role: $final-decider, which nobody has decided" in demand


def test_a_role_is_told_with_who_holds_it_and_what_it_is_for(place):
    facts = told(place, "core-team")["role"]
    assert facts["held on 2026-03-02 by"] == "p-jonas, p-rosa, p-timo"
    # By its own name, and by the variable that names it.
    assert {"core-team-review", "final-decision"} <= set(facts["decides"].split(", "))
    assert told(place, "business-liaison")["role"]["held on 2026-03-02 by"] == "nobody"
    assert "partnerkit today --role core-team" in place.do("why", "core-team").out


def test_a_stage_is_told_for_every_kind_that_has_it(place):
    found = told(place, "active")
    assert list(found) == ["stage of a partnership", "stage of an agreement"]
    facts = found["stage of a partnership"]
    assert facts["means"] == "The partnership runs"
    assert "agreement (3 requirements)" in facts["reached from"]
    assert "suspended (1 requirement)" in facts["leads to"]
    assert told(place, "proposed")["stage of a partnership"]["is where"] == "a new partnership begins"
    assert "is over" in told(place, "ended")["stage of a partnership"]


def test_a_policy_is_told_with_what_it_governs(place):
    facts = told(place, "OPS-05-03")["policy"]
    assert (facts["title"], facts["version"]) == ("Partnership Policy", "1.0")
    assert "partnership" in facts["by default"].split(", ")


def test_a_variable_a_rhythm_and_a_figure_are_told_as_they_are_written(place):
    """By the names that `policy gaps`, `today` and `policy figures` print."""
    variable = told(place, "final-decider")["variable"]
    assert (variable["unit"], variable["value"]) == ("role", "core-team")
    assert told(place, "core-team-votes")["variable"]["value"] == "nothing yet"
    rhythm = told(place, "monthly-reviews")["rhythm"]
    assert (rhythm["every"], rhythm["of"], rhythm["while"]) == ("P1M", "partnership", "active")
    assert "which nobody has decided" in told(place, "agreement-reviews")["rhythm"]["every"]
    page = place.do("why", "event-attendance").out
    assert page.startswith("event-attendance · figure · OPS-05-03\n")
    assert page.endswith("Next: partnerkit policy figures OPS-05-03 --figure event-attendance\n")


@pytest.mark.parametrize(
    ("word", "near"), [("due-diligense", "did you mean due-diligence"), ("stage-editted", "did you mean stage-edited")]
)
def test_a_word_that_nothing_knows_is_answered_with_what_is_near(place, word, near):
    err = place.wrong("why", word).err
    assert f"there is no record {word!r}" in err
    assert f"nor does a finding's code or a word of a policy read {word!r}; {near}" in err


def test_what_a_policy_says_is_not_obeyed(place):
    path = place.root / "records" / "policies" / "OPS-05-03.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("The partnership runs", '"runs \\u2028::error::forged"', 1), encoding="utf-8")
    said = place.run("why", "active")
    assert not any(line.startswith("::error") for line in said.all.splitlines())


def test_a_clause_is_looked_for_in_every_policy(place):
    """The only one that has it answers, named or not; where several have it, it is to be said which."""
    place.do("policy", "add", "MEM-02-03")
    assert place.do("why", "§3.2.3/final-decision").out.startswith("OPS-05-03 §3.2.3/final-decision")
    assert place.do("why", "§4.2.2/goal-assessment").out.startswith("MEM-02-03 §4.2.2/goal-assessment")
    both = place.wrong("why", "§3.2.1").err
    assert "several policies have a clause §3.2.1: MEM-02-03, OPS-05-03" in both
    assert "→ partnerkit why 'MEM-02-03 §3.2.1'" in both
    assert place.do("why", "OPS-05-03 §3.2.1").out.startswith("OPS-05-03 §3.2.1")
    assert "has no clause §3.2.3/final-desicion; did you mean §3.2.3/final-decision" in (
        place.wrong("why", "§3.2.3/final-desicion").err
    )
    assert place.do("why", "OTS-PG §contributions").out.startswith("OTS-PG §contributions")  # shipped, not in force


def test_a_clause_is_told_where_there_is_no_register(tmp_path):
    assert Place(tmp_path).do("why", "§4.2.2/goal-assessment").out.startswith("MEM-02-03 §4.2.2/goal-assessment")
