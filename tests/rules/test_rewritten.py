"""Where history was rewritten to take text out of earlier versions too, what was said of digests can still be true."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from partnerkit.kinds.expunging import marker
from partnerkit.kinds.ssh import Signed
from partnerkit.kinds.statements import statement_digest
from partnerkit.rules.bonds import restatements
from partnerkit.rules.expunged import expungings_are_true
from partnerkit.steps import Step, content_digest
from tests.policies.fulfil import World
from tests.rules.bench import register
from tests.rules.expunging import X, Y, look, taken_out, without
from tests.rules.passed import active
from tests.rules.placed import placed, whole

OTHER = "c1:" + "7" * 64


def rewritten(here: World, there: World, text: str, *later: dict[str, Any], id_: str = X, known: bool = True) -> Step:
    """The step from one version to another, after a text was taken out of both; what later versions list is known."""
    versions = []
    for one in (here, there):
        found = placed(register(one))
        record = found.records["subject"]
        data = without(record.data, text, marker(id_))
        model = type(record.model).model_validate(data)
        missing = tuple(said for said in later if known and said not in data.get("expunged", []))
        versions.append(replace(found, records={"subject": replace(record, data=data, model=model, later=missing)}))
    return Step(versions[0], versions[1])


def found(judged: Step) -> list[dict[str, Any]]:
    return whole(expungings_are_true(judged, None))


def test_what_was_taken_out_of_earlier_versions_too_was_there():
    here = active()
    there = taken_out(here, "acme")
    [said] = there.record["expunged"]
    assert found(rewritten(here, there, "acme", said)) == []
    assert len(found(rewritten(here, there, "acme", said, known=False))) == len(said["again"]) == 2
    content = content_digest(here.record, ["website"])
    said["again"][content] = OTHER
    [one] = found(rewritten(here, there, "acme", said))
    assert one["message"].startswith(f"{X} says that the digest {content[:15]}… is {OTHER[:15]}… now, ")


def test_what_a_later_expunging_took_out_of_earlier_versions_is_restated_by_it():
    here = active()
    there = taken_out(here, "acme")
    last = taken_out(there, "example", Y)
    later = last.record["expunged"][1]
    assert found(rewritten(here, there, "example", later, id_=Y)) == []
    silent = {**later, "again": {}}
    assert len(found(rewritten(here, there, "example", silent, id_=Y))) == 2


def test_what_was_expunged_before_and_the_rewriting_are_gone_through_in_order():
    here = taken_out(active(), "All is well.", Y)
    there = taken_out(here, "acme")
    said = there.record["expunged"][1]
    assert found(rewritten(here, there, "acme", said)) == []


@pytest.mark.parametrize("signed", [True, False])
def test_a_signed_statement_out_of_which_a_rewriting_took_text_was_something_else(signed):
    here = active()
    approval = here.record["approvals"][0]
    approval["reason"] = "As acme asked."
    if signed:
        approval["signature"] = "a seal"
    there = taken_out(here, "acme")
    was, now = (statement_digest(one.record["approvals"][0]) for one in (here, there))
    genuine = replace(look(here), register=register(here, signed=lambda _said: Signed(key="k")))
    assert (was in restatements(genuine, there.record)) == signed
    there.record["expunged"][0]["again"] |= {was: now}
    [said] = there.record["expunged"]
    told = [one["message"] for one in found(rewritten(here, there, "acme", said))]
    assert any(was[:15] in one for one in told) == (not signed)
    unknown = [one["message"] for one in found(rewritten(here, there, "acme", said, known=False))]
    assert any(was[:15] in one for one in unknown)
