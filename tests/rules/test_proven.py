"""What the seals of passed gates prove of a record as it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from partnerkit.kinds.expunging import marker
from partnerkit.policies.policy import Policy
from partnerkit.register import PolicyFile
from partnerkit.rules.proven import Vouched, as_sealed, paths_sealed, proof, said_as_sealed, vouched
from partnerkit.steps import passed_gates
from tests.policies.fulfil import MOMENT, World
from tests.rules.bench import look, moved, policy, register, under, world
from tests.rules.passed import ACTIVE, BACK, IDENTITY, REPORT, WORD, active, demands, spoilt
from tests.rules.sealing import seal

X = "x-000000000001"


def told(here: World, moment: datetime = MOMENT) -> list[Vouched]:
    seen = look(here)
    gates = passed_gates(here.record["history"], seen.policy, seen.record.kind)
    return list(vouched(seen.record, seen.source, seen.register, gates, moment))


def test_what_stands_as_it_was_is_proven():
    first, last = told(active())
    assert (first.entry.seq, first.paths, first.content, first.said, first.rests) == (1, IDENTITY, True, True, True)
    assert (last.entry.seq, last.paths, last.content, last.said, last.rests) == (
        2,
        [*IDENTITY, "website"],
        True,
        True,
        True,
    )
    assert (first.differs, last.differs) == (None, None)
    assert first.proofs == {"0" * 16, *(f"{'0' * 16}/{path}" for path in IDENTITY)}
    assert last.proofs == {ACTIVE, *(f"{ACTIVE}/{path}" for path in (*IDENTITY, "website"))}
    assert proof("e", "website") == "e/website"


def test_a_field_that_was_altered_is_not_proven():
    first, last = told(spoilt(website="https://other.example"))
    assert first.differs is None
    assert (last.content, last.said, last.rests) == (False, True, True)
    # today's paths do not fit the seal; the gate is still that of the policy, so these are they
    assert last.paths == [*IDENTITY, "website"]
    assert last.differs == "one of kind, id, policy, website"
    assert last.proofs == frozenset()


def test_a_statement_that_was_altered_or_is_gone_is_not_proven():
    here = active()
    here.record["evidence"][0]["summary"] = "All is well."
    last = told(here)[-1]
    assert (last.content, last.said, last.rests) == (True, False, False)
    assert last.differs == f"one of the statements {REPORT}, {WORD}"
    assert last.proofs == frozenset()
    here = active()
    here.record["approvals"].clear()
    last = told(here)[-1]
    assert (last.content, last.said, last.rests) == (True, False, True)


def test_evidence_that_was_withdrawn_proves_nothing_from_then_on():
    here = active()
    here.record["evidence"][0]["withdrawn"] = BACK
    last = told(here)[-1]
    assert (last.content, last.said, last.rests) == (True, True, False)
    assert last.differs == "the evidence on which its decisions and signatures rest"
    assert last.proofs == frozenset()
    assert told(here, datetime(2026, 5, 19, tzinfo=UTC))[-1].differs is None


def test_a_signature_that_was_withdrawn_proves_nothing():
    document = {"paper": {"evidence": {"kinds": ["document"], "with-digest": True}}}
    here = world(policy(kind="agreement", signed={"document": "paper", "by-each": "parties"}, others=document))
    signatures = here.record["signatures"]
    moved(here, "executed", uses=[one["id"] for one in signatures])
    assert told(seal(here))[-1].differs is None
    signatures[0]["withdrawn"] = BACK
    assert told(here)[-1].differs == "the evidence on which its decisions and signatures rest"


@pytest.mark.parametrize("type_", ["adopt", "undo", "void", "correct", "migrate", "tombstone"])
def test_only_what_passed_a_gate_vouches_for_something(type_):
    here = active()
    seen = look(here)
    gates = passed_gates(here.record["history"], seen.policy, seen.record.kind)
    entries = [one.model_copy(update={"type": type_}) for one in seen.record.model.history[:1]]
    model = seen.record.model.model_copy(update={"history": [*entries, seen.record.model.history[1]]})
    other = replace(seen.record, model=model)
    assert [one.entry.seq for one in vouched(other, seen.source, seen.register, gates, MOMENT)] == [2]


def sealed_paths(here: World, today: list[str], *former: PolicyFile, now: PolicyFile | None = None) -> list[str] | None:
    found = register(here)
    asked: list[str] = []
    found = replace(found, former=lambda path: asked.append(path) or former)
    record, source = found.records["subject"], now or found.policies["SMALL"]
    paths = paths_sealed(record, source, found, record.model.history[1], today)
    assert set(asked) <= {source.path}
    return paths


def covering(*paths: str) -> dict[str, Any]:
    data = demands()
    data["requirements"]["more"]["covers"] = list(paths)
    return data


def test_the_fields_for_which_a_seal_vouches_are_those_over_which_it_holds():
    assert sealed_paths(active(), [*IDENTITY, "website"]) == [*IDENTITY, "website"]


def test_else_those_of_the_policy_whose_gate_was_sealed():
    altered = spoilt(website="https://other.example")
    was = PolicyFile("policy", altered.data, altered.policy)
    assert sealed_paths(altered, [*IDENTITY, "name"]) == [*IDENTITY, "website"]
    now, between = under(altered, covering("website", "name")), under(altered, covering("name"))
    assert sealed_paths(altered, [*IDENTITY], now=now) is None
    assert sealed_paths(altered, [*IDENTITY], between, was, now=now) == [*IDENTITY, "website"]
    assert sealed_paths(altered, [*IDENTITY], between, now=now) is None


def test_the_first_entry_passed_the_gate_of_no_way():
    here = active()
    here.record["kind"] = "agreement"
    seen = look(active())
    record = replace(seen.record, data=here.record)
    assert paths_sealed(record, seen.source, seen.register, record.model.history[0], []) == IDENTITY


def test_nobody_can_say_what_was_sealed_over_a_field_that_no_record_can_hold_any_more():
    own = {"type": "text", "clause": "§1.1", "title": "Colour."}
    data = covering("colour")
    data["fields"] = {"partnership": {"colour": own}}
    here = world(data)
    here.record["colour"] = "red"
    moved(here, "active", uses=[REPORT, WORD])
    seal(here)
    here.record["colour"] = "blue"
    was = PolicyFile("policy", here.data, Policy.model_validate(here.data))
    assert sealed_paths(here, IDENTITY, now=was) == [*IDENTITY, "colour"]
    assert sealed_paths(here, IDENTITY, was, now=under(here, demands())) is None


def test_a_policy_that_knows_the_kind_no_more_says_nothing():
    altered = spoilt(website="https://other.example")
    was = PolicyFile("policy", altered.data, altered.policy)
    none = replace(was, policy=altered.policy.model_copy(update={"lifecycles": {}}))
    assert sealed_paths(altered, IDENTITY, was, now=none) == [*IDENTITY, "website"]
    assert sealed_paths(altered, IDENTITY, now=none) is None


def test_where_history_was_rewritten_markers_stand_for_what_was_sealed():
    """Which digest has become which is not said: what was sealed was no longer there when the text was taken out."""
    here = spoilt(website=marker(X))
    here.record["evidence"][0]["summary"] = marker(X)
    record = look(here).record
    entry = record.model.history[1]
    assert not as_sealed(record, entry, [*IDENTITY, "website"])
    assert not said_as_sealed(record, entry)
    rewritten = replace(record, later=({"id": X},))
    assert as_sealed(rewritten, entry, [*IDENTITY, "website"])
    assert not as_sealed(rewritten, entry, IDENTITY)
    assert said_as_sealed(rewritten, entry)
