"""A correction: what was altered past the rules is again what the seals of passed gates vouch for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from partnerkit.rules.correcting import corrected, proves
from partnerkit.rules.proven import STAGE
from tests.policies.fulfil import World
from tests.rules.bench import case, moved, register, under
from tests.rules.passed import ACTIVE, BACK, IDENTITY, active, demands, spoilt
from tests.rules.placed import placed, whole


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


def test_where_the_history_leads_at_the_end_of_the_step_is_proven():
    here = correcting(active())
    made = case(here)
    moved(here, "ended", id="d" * 16)
    assert STAGE in proves(replace(made, record=register(here).records["subject"]))


def test_a_seal_that_holds_proves_what_it_is_over_whatever_else_the_policy_asks_now():
    here = correcting(active())
    data = demands()
    data["requirements"]["more"]["approval"]["at-least"] = 2
    made = replace(case(here), source=under(here, data))
    assert f"{ACTIVE}/website" in proves(made)


def test_a_gate_is_opened_again_by_a_return_to_its_stage_whatever_that_was_called():
    here = active()
    here.data["migrates"] = {"partnership": {"start": "proposed"}}
    here.policy = type(here.policy).model_validate(here.data)
    here.record["history"][0]["to"] = here.record["history"][1]["from"] = "start"
    made = case(correcting(here))
    assert any(one.startswith(ACTIVE) for one in proves(made))
    moved(here, "proposed", id="d" * 16, reason="Once more.")
    assert not any(one.startswith(ACTIVE) for one in proves(replace(made, record=register(here).records["subject"])))
