"""Coverage: what implements a clause, and what is caught when nothing does."""

from __future__ import annotations

from typing import Any

from partnerkit.policies.consistency import problems
from partnerkit.policies.coverage import coverage, findings
from partnerkit.policies.policy import Policy
from tests.policies.packs import pack_data, small


def policy(data: dict[str, Any]) -> Policy:
    return Policy.model_validate(data)


def test_each_leaf_is_implemented_or_narrative():
    found = coverage(policy(small()))
    assert (found.policy, found.sections, found.headings, found.points) == ("SMALL", 1, 3, 2)
    assert [(leaf.clause, leaf.by, leaf.narrative) for leaf in found.leaves] == [
        ("§1.1/proposal", ("requirement proposal",), None),
        ("§1.1/checks", ("requirement checks",), None),
        ("§1.2", (), "conduct between people"),
    ]
    assert (len(found.implemented), len(found.narrative), found.complete) == (2, 1, True)


def test_a_variable_alone_implements_nothing():
    data = small()
    data["requirements"]["checks"]["clause"] = "§1.1/proposal"
    assert [leaf.clause for leaf in coverage(policy(data)).unaccounted] == ["§1.1/checks"]


def test_a_citation_taken_away_is_found():
    data = pack_data("OPS-05-03")
    data["requirements"]["financial-review"]["clause"] = "§3.2.2/strategic-review"
    [found] = findings(policy(data))
    assert (found.code, found.clause) == ("clause-unaccounted", "OPS-05-03 §3.2.2/financial-review")
    assert "nothing implements §3.2.2/financial-review" in found.message
    assert "narrative" in (found.mend or "")
    assert not coverage(policy(data)).complete


def test_a_clause_that_is_cited_and_not_there_is_found():
    data = pack_data("OPS-05-03")
    data["requirements"]["financial-review"]["clause"] = ["§3.2.2/financial-review", "§3.2.2/financial-reviews"]
    [problem] = problems(policy(data))
    assert "requirement financial-review cites §3.2.2/financial-reviews" in problem.message
    assert "did you mean §3.2.2/financial-review" in problem.message


def test_an_invented_clause_is_found():
    data = pack_data("OPS-05-03")
    data["clauses"]["§3.2.2"]["points"].append("astrological-review")
    assert [found.clause for found in findings(policy(data))] == ["OPS-05-03 §3.2.2/astrological-review"]


def test_narrative_and_implemented_contradict_each_other():
    data = small()
    data["requirements"]["proposal"]["clause"] = ["§1.1/proposal", "§1.2"]
    [found] = findings(policy(data))
    assert (found.code, found.clause) == ("narrative-and-implemented", "SMALL §1.2")
    assert "requirement proposal implements it" in found.message
    assert [leaf.clause for leaf in coverage(policy(data)).contradictory] == ["§1.2"]
    assert not coverage(policy(data)).complete


def test_a_heading_without_a_number_shows_what_stands_above_it():
    data = small()
    data["clauses"]["§naming"] = {"title": "Naming"}
    data["clauses"]["§naming.unofficial-support"] = {"title": "Unofficial support", "narrative": "a courtesy"}
    found = coverage(policy(data))
    assert (found.sections, found.headings) == (2, 5)
    assert [leaf.clause for leaf in found.narrative] == ["§1.2", "§naming.unofficial-support"]
    assert problems(policy(data)) == []
