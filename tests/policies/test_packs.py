"""What every pack must be: whole, its written text and no more, in words of its own, in agreement with itself."""

from __future__ import annotations

import re
from functools import cache

import pytest

from partnerkit.kinds.catalogue import KINDS
from partnerkit.policies import clauses as clause_tree
from partnerkit.policies.citing import citations
from partnerkit.policies.clauses import Clause
from partnerkit.policies.consistency import problems
from partnerkit.policies.coverage import coverage, findings
from partnerkit.policies.policy import Policy
from partnerkit.policies.shapes import model_for
from partnerkit.policies.source import Outline, compare, outline
from partnerkit.reports.policies import graph, policy_page
from partnerkit.store.yaml.reader import read
from tests.place import Place
from tests.policies.packs import PACKS, TEXTS, WRITTEN, pack, pack_data, pack_names, written

#: So many words in a row, the same as in the written policy, are its sentence and no longer ours.
RUN = 8

#: Sections, headings, points, leaves, counted by hand in the written texts.
SIZES = {
    "MANDALA-PCP": (12, 12, 22, 26),
    "MEM-02-03": (11, 80, 192, 194),
    "OPS-05-03": (12, 83, 192, 194),
    "OTS-PG": (6, 11, 27, 30),
}

#: Two rules in one sentence of a text: taking out either leaves the sentence with a point, so the text alone cannot
#: tell. What cites the point that is gone does.
IN_ONE_SENTENCE = {
    "OTS-PG": {
        "§naming-branding/ask-if-without-our-contribution",
        "§naming-branding/contribution-clearly-made-note",
        "§naming-branding.unofficial-support/make-clear-not-official",
        "§naming-branding.unofficial-support/official-means-of-communication",
    }
}

every_pack = pytest.mark.parametrize("name", pack_names())


@cache
def policy(name: str) -> Policy:
    return pack(name)


def text(name: str) -> Outline:
    return outline(written(TEXTS[name]))


@every_pack
def test_it_agrees_with_itself(name):
    assert problems(policy(name)) == []


@every_pack
def test_the_reader_of_registers_reads_it_alike(name):
    document, found = read((PACKS / f"{name}.yaml").read_bytes(), f"records/policies/{name}.yaml")
    assert found == []
    assert document is not None
    assert document.data == pack_data(name)


@every_pack
def test_its_file_is_called_as_it_is(name):
    assert (policy(name).policy, policy(name).derived_from) == (name, None)


@every_pack
def test_every_clause_is_accounted_for(name):
    found = coverage(policy(name))
    assert findings(policy(name)) == []
    assert found.complete
    assert (found.sections, found.headings, found.points, len(found.leaves)) == SIZES.get(
        name, (found.sections, found.headings, found.points, len(found.leaves))
    )


@every_pack
def test_what_nothing_implements_says_why_in_a_sentence(name):
    reasons = {leaf.clause: leaf.narrative or "" for leaf in coverage(policy(name)).narrative}
    assert [clause for clause, why in reasons.items() if len(why.split()) < 5 or not why.endswith(".")] == []


@every_pack
def test_it_is_the_written_policy(name):
    assert compare(policy(name), text(name)) == []


@every_pack
def test_the_command_says_so(name, place: Place):
    """`policy coverage --source`: nothing missing, nothing invented, exit 0; and exit 1 against another text."""
    written(TEXTS[name])
    given = ("policy", "coverage", name, "--pack", "--source")
    said = place.do(*given, str(WRITTEN / TEXTS[name]))
    assert "unaccounted 0 of" in said.out
    assert "0 differences" in said.out
    other = next(one for one in TEXTS if one != name)
    assert place.run(*given, str(WRITTEN / TEXTS[other])).code == 1


@every_pack
def test_a_clause_taken_away_is_found(name):
    """Each heading and each point, one by one: held against the text, or by what still cites it."""
    whole, its_text = policy(name), text(name)
    unseen: set[str] = set()
    for clause_id, clause in whole.clauses.items():
        less = {key: one for key, one in whole.clauses.items() if key != clause_id}
        assert compare(whole.model_copy(update={"clauses": less}), its_text), clause_id
        for point in clause.points:
            less = {**whole.clauses, clause_id: without(clause, point)}
            changed = whole.model_copy(update={"clauses": less})
            if not compare(changed, its_text):
                assert problems(changed), f"{clause_id}/{point}"
                unseen.add(f"{clause_id}/{point}")
    assert unseen == IN_ONE_SENTENCE.get(name, set())


@every_pack
def test_a_clause_invented_is_found(name):
    """Below each heading, and as a heading of its own: held against the text, and because nothing implements it."""
    whole, its_text = policy(name), text(name)
    for clause_id, clause in whole.clauses.items():
        more = clause.model_copy(update={"points": [*clause.points, "astrological-review"]})
        changed = whole.model_copy(update={"clauses": {**whole.clauses, clause_id: more}})
        assert f"{name} {clause_id}/astrological-review" in {one.clause for one in compare(changed, its_text)}
        narrative = isinstance(clause.narrative, str)
        assert narrative or f"{name} {clause_id}/astrological-review" in {one.clause for one in findings(changed)}
    more_clauses = {**whole.clauses, "§99": Clause(title="Stars")}
    assert [one.code for one in compare(whole.model_copy(update={"clauses": more_clauses}), its_text)] == [
        "clause-invented"
    ]


def without(clause: Clause, point: str) -> Clause:
    return clause.model_copy(update={"points": [one for one in clause.points if one != point]})


def words(of: str) -> list[str]:
    return re.findall(r"[^\W_]+", of.casefold())


def runs(of: str) -> set[tuple[str, ...]]:
    found = words(of)
    return {tuple(found[start : start + RUN]) for start in range(len(found) - RUN + 1)}


@every_pack
def test_it_copies_no_sentence(name):
    """A policy's text belongs to its owners: no run of eight words of any written policy stands in a pack."""
    ours = runs((PACKS / f"{name}.yaml").read_text(encoding="utf-8"))
    for file in TEXTS.values():
        assert [" ".join(run) for run in ours & runs(written(file))] == []


def test_a_copied_sentence_would_be_found():
    sentence = "Nobody may lend the barrow without asking the gardener first."
    assert runs(f'    ask: "{sentence}"') & runs(f"* {sentence} It is heavy.")


@every_pack
def test_it_gives_no_number_role_or_address_that_the_written_policy_leaves_open(name):
    assert {spec.value for spec in policy(name).variables.values()} <= {None}
    assert all(spec.default_note and spec.question.endswith("?") for spec in policy(name).variables.values())
    assert {one.address for one in policy(name).contacts.values()} <= {None}


@every_pack
def test_every_variable_is_used(name):
    raw = (PACKS / f"{name}.yaml").read_text(encoding="utf-8")
    assert [one for one in policy(name).variables if f"${one}" not in raw] == []


@every_pack
def test_every_requirement_says_what_to_bring(name):
    parts = {other for one in policy(name).requirements.values() for other in one.any_of or []}
    assert [key for key, one in policy(name).requirements.items() if not one.ask and key not in parts] == []


@every_pack
def test_every_lifecycle_leads_somewhere_and_can_be_drawn(name):
    for kind, lifecycle in policy(name).lifecycles.items():
        assert len(lifecycle.main_path) > 1, kind
        assert all(stage in graph(policy(name), kind).replace("_", "-") for stage in lifecycle.stages)


@every_pack
def test_its_kinds_can_be_shaped_and_shown(name):
    for kind in policy(name).lifecycles:
        assert model_for(policy(name), kind).model_json_schema()["properties"]["kind"]["const"] == kind
        assert kind in KINDS
    shown = policy_page(policy(name)).plain()
    assert all(requirement in shown for requirement in gated(policy(name)))


def gated(whole: Policy) -> set[str]:
    return {name for cycle in whole.lifecycles.values() for way in cycle.transitions for name in way.needs}


@every_pack
def test_what_is_cited_are_leaves_or_headings_that_have_some(name):
    """Nothing cites a clause that is not there; what only heads others is known too."""
    known = clause_tree.known(policy(name).clauses)
    assert {one.clause for one in citations(policy(name))} <= known
