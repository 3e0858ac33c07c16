"""What the seals of passed gates prove of a record, and what a correction does by them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from partnerkit.kinds.statements import statement_digest
from partnerkit.policies.policy import Policy
from partnerkit.register import PolicyFile
from partnerkit.rules.correcting import corrected, proves
from partnerkit.rules.proven import STAGE, Vouched, paths_sealed, proof, vouched
from partnerkit.steps import content_digest, passed_gates
from tests.policies.fulfil import MOMENT, World
from tests.rules.bench import case, look, moved, policy, register, under, world
from tests.rules.placed import placed, whole
from tests.rules.sealing import seal

ACTIVE = "a" * 16
REPORT, WORD = "e-000000000001", "a-000000000002"
IDENTITY = ["kind", "id", "policy"]
BACK = {"at": "2026-05-20T12:00:00Z", "by": "p-bob", "reason": "A slip."}


def demands() -> dict[str, Any]:
    """A gate that asks for a report and for a decision that rests on it and covers the website."""
    report = {"checked": {"evidence": {"kinds": ["report"]}}}
    data = policy(approval={"role": "board"}, covers=["website"], rests_on=["checked"], others=report)
    data["lifecycles"]["partnership"]["transitions"][0]["needs"] = ["checked", "more"]
    return data


def active() -> World:
    """A partnership that became active through that gate."""
    here = world(demands())
    here.record["website"] = "https://acme.example"
    moved(here, "active", id=ACTIVE, uses=[REPORT, WORD])
    here.record["approvals"][0]["binds"]["content"] = content_digest(here.record, ["website"])
    here.record["approvals"][0]["binds"]["evidence"] = {REPORT: statement_digest(here.record["evidence"][0])}
    return seal(here)


def told(here: World, moment: datetime = MOMENT) -> list[Vouched]:
    seen = look(here)
    gates = passed_gates(here.record["history"], seen.policy, seen.record.kind)
    return list(vouched(seen.record, seen.source, seen.register, gates, moment))


def spoilt(**fields: Any) -> World:
    """The partnership with other fields than were sealed."""
    here = active()
    here.record |= fields
    return here


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


def correcting(here: World, **entry: Any) -> World:
    """A correction of what was altered after the record became active."""
    said = {"type_": "correct", "id": "c" * 16, "undoes": ACTIVE, "reason": "A slip.", "by": "p-bob", **entry}
    moved(here, said.pop("to", "active"), **{key: one for key, one in said.items() if one is not None})
    return here


def found(here: World) -> list[dict[str, Any]]:
    made = case(here)
    return whole(corrected(replace(made, record=placed(made.after).records["subject"])))


WAYS = "take the entry out; partnerkit gates subject shows the ways on"


def wrong(code: str, message: str, mend: str = WAYS) -> dict[str, Any]:
    place = {"file": "subject", "place": "history.2", "record": "subject"}
    return {"code": code, "message": message, "severity": "error", "mend": mend, **place}


@pytest.mark.parametrize(
    ("entry", "code", "words"),
    [
        (
            {"to": "ended"},
            "corrected-elsewhere",
            "a correction leaves the record where it stands, in active, and this one leads to ended",
        ),
        ({"reason": None}, "undone-without-reason", "a correction says why"),
        (
            {"undoes": "b" * 16},
            "undoes-another",
            f"it names {'b' * 16} as the latest entry before what it corrects, and there is none",
        ),
        (
            {"undoes": "c" * 16},
            "undoes-another",
            f"it names {'c' * 16} as the latest entry before what it corrects, and there is none",
        ),
    ],
)
def test_a_correction_moves_nothing_and_says_why_and_since_when(entry, code, words):
    assert found(correcting(active(), **entry)) == [wrong(code, words)]
    assert found(correcting(active())) == found(correcting(active(), undoes="0" * 16)) == []


def test_what_was_altered_is_again_as_it_was():
    message = (
        "it says that what was altered is as it was, but what entry 2 (active) vouches for is not: "
        "one of kind, id, policy, website"
    )
    mend = "partnerkit undo subject --correct --reason <reason> puts it back"
    altered = correcting(spoilt(website="https://other.example"))
    assert found(altered) == [wrong("correction-unproven", message, mend)]
    assert proves(case(altered)) == {STAGE, "0" * 16, *(f"{'0' * 16}/{path}" for path in IDENTITY)}


def test_evidence_that_will_ever_be_withdrawn_proves_no_correction():
    here = correcting(active())
    here.record["evidence"][0]["withdrawn"] = {**BACK, "at": "2099-01-01T12:00:00Z"}
    assert [one["code"] for one in found(here)] == ["correction-unproven"]


def test_what_a_correction_proves():
    here = correcting(active())
    by_fields = {f"{'0' * 16}/{path}" for path in IDENTITY} | {f"{ACTIVE}/{path}" for path in (*IDENTITY, "website")}
    assert proves(case(here)) == {STAGE, "0" * 16, ACTIVE, *by_fields}
    here.record["stage"] = "ended"
    assert proves(case(here)) == {"0" * 16, ACTIVE, *by_fields}


def test_a_gate_that_was_taken_back_since_vouches_for_nothing():
    here = correcting(spoilt(website="https://other.example"))
    made = case(here)
    assert len(corrected(made)) == 1
    moved(here, "proposed", type_="undo", undoes=ACTIVE, reason="A slip.", id="d" * 16)
    now = register(here).records["subject"]
    assert corrected(replace(made, record=now)) == []
    assert ACTIVE not in proves(replace(made, record=now))
