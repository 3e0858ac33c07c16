"""The digests that an expunging gives anew were true before, and are those of the same things without the text."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

import pytest

from partnerkit.kinds.canonical import file_digest
from partnerkit.kinds.expunging import marker
from partnerkit.register import Register
from partnerkit.rules.expunged import expungings_are_true
from partnerkit.steps import Step, content_digest
from tests.policies.fulfil import World
from tests.rules.bench import register
from tests.rules.expunging import X, Y, at_first, empty, step, taken_out
from tests.rules.passed import active
from tests.rules.placed import governed_elsewhere, placed, whole

NAME = "acme.example"
OTHER = "c1:" + "7" * 64


def found(judged: Step) -> list[dict[str, Any]]:
    return [one for one in whole(expungings_are_true(judged, None)) if one["place"].endswith("again")]


def untrue(was: str, now: str, id_: str = X, index: int = 0) -> dict[str, Any]:
    message = (
        f"{id_} says that the digest {was[:15]}… is {now[:15]}… now, and nothing in the record had the one before the "
        "step and has the other after it"
    )
    mend = "git restore --staged --worktree -- subject; partnerkit person forget <file> --reason <reason> takes text out, and says what it did"
    where = {"file": "subject", "place": f"expunged.{index}.again", "record": "subject"}
    return {"code": "expunging-untrue", "message": message, "severity": "error", "mend": mend, **where}


def restating(**again: str) -> tuple[World, World]:
    """A record before and after a name was taken out, which says more of digests than is true."""
    here = active()
    there = taken_out(here, NAME)
    there.record["expunged"][0]["again"] |= again
    return here, there


def test_what_a_digest_was_and_is_now():
    here, there = restating()
    assert found(step(here, there)) == []
    content = content_digest(here.record, ["website"])
    now = there.record["expunged"][0]["again"][content]
    assert now == content_digest(there.record, ["website"])
    assert found(step(*restating(**{content: OTHER}))) == [untrue(content, OTHER)]
    assert found(step(*restating(**{OTHER: now}))) == [untrue(OTHER, now)]
    assert found(step(*restating(**{content: content}))) == [untrue(content, content)]
    entry = here.record["history"][1]["seal"]["previous"]
    assert found(step(*restating(**{entry: now}))) == [untrue(entry, now)]
    assert found(step(*restating(**{entry: entry}))) == []


def test_a_digest_that_held_no_more_is_not_given_anew():
    here = active()
    sealed = content_digest(here.record, ["website"])
    here.record["website"] = "https://acme.example/other"
    there = taken_out(here, NAME)
    assert there.record["expunged"][0]["again"] == {}
    there.record["expunged"][0]["again"] = {sealed: content_digest(there.record, ["website"])}
    assert len(found(step(here, there))) == 1


def test_what_was_not_there_before_had_no_digest():
    here, there = restating()
    again = there.record["expunged"][0]["again"]
    expected = [untrue(was, now) for was, now in again.items()]
    assert found(Step(empty(here), placed(register(there)))) == expected
    assert found(at_first(there)) == expected
    assert len(expected) == 2


def test_what_nobody_can_make_anew_hides_nothing():
    here = active()
    here.record["history"][1]["uses"].append("e-00000000dead")
    there = taken_out(here, NAME)
    assert len(there.record["expunged"][0]["again"]) == 2
    assert found(step(here, there)) == []


def test_under_a_policy_that_is_not_there_nothing_is_known_to_have_held():
    here, there = restating()
    elsewhere = governed_elsewhere(register(here), "subject")
    assert len(found(Step(elsewhere, placed(register(there))))) == 2


def test_what_several_expungings_made_of_a_digest_one_after_the_other():
    here = active()
    first = taken_out(here, "acme")
    second = taken_out(first, "example", Y)
    assert found(step(here, second)) == []
    assert found(step(first, second)) == []
    content = content_digest(here.record, ["website"])
    second.record["expunged"][1]["again"][second.record["expunged"][0]["again"][content]] = OTHER
    assert found(step(here, second)) == [untrue(content, OTHER, Y)]
    was = second.record["expunged"][0]["again"][content]
    assert found(step(first, second)) == [untrue(was, OTHER, Y, 1)]


REF = "records/evidence/report.md"


def file(before: bytes | None, after: bytes | None, **said: Any) -> Step:
    """A step that takes a name out of a file of evidence; what the evidence says may be otherwise."""
    here = active()
    was, now = (file_digest(one or b"") for one in (before, after))
    given = here.record["evidence"][0] | {"ref": REF, "digest": was, **said}
    here.record["evidence"][0] = {key: value for key, value in given.items() if value is not None}
    there = copy.deepcopy(here)
    one = taken_out(here, "nowhere").record["expunged"][0]
    there.record["expunged"] = [{**one, "again": {was: now}}]
    made = step(here, there)
    assert made.before is not None
    return replace(made, before=_with_file(made.before, REF, before), after=_with_file(made.after, REF, after))


def _with_file(register: Register, ref: str, raw: bytes | None) -> Register:
    known = {} if raw is None else {ref: raw}
    digests = {path: file_digest(one) for path, one in known.items()}
    return replace(register, reads=known.get, digests=digests.get)


TAKEN_OUT = f"Written by {marker(X)}.".encode()


@pytest.mark.parametrize(
    ("before", "after", "said", "true"),
    [
        (b"Written by Ann.", TAKEN_OUT, {}, True),
        (b"Written for Ann.", TAKEN_OUT, {}, False),
        (b"Written by Ann.", f"Written by {marker(Y)}.".encode(), {}, False),
        (b"Written by Ann.", b"Written by Ann!", {}, False),
        (b"\xff Ann.", TAKEN_OUT, {}, False),
        (b"Written by Ann.", b"Written by \xff.", {}, False),
        (TAKEN_OUT, TAKEN_OUT, {}, True),  # history was rewritten: the text had been taken out there already
        (b"So.", b"So.", {}, False),
        (None, TAKEN_OUT, {}, True),  # nobody can say what stood there
        (b"Written by Ann.", None, {}, False),
        (b"Written by Ann.", TAKEN_OUT, {"claimed": True}, False),
        (b"Written by Ann.", TAKEN_OUT, {"ref": None}, False),
        (b"Written by Ann.", TAKEN_OUT, {"digest": None}, False),
        (b"Written by Ann.", TAKEN_OUT, {"digest": file_digest(b"other")}, False),
    ],
)
def test_a_file_of_evidence_is_what_it_was_but_for_the_text(before, after, said, true):
    assert (found(file(before, after, **said)) == []) == true


def test_another_piece_of_evidence_hides_none():
    judged = file(b"Written by Ann.", TAKEN_OUT)
    first = judged.after.records["subject"]
    claimed = first.model.evidence[0].model_copy(update={"claimed": True})
    other = first.model.evidence[0].model_copy(update={"digest": file_digest(b"other")})
    changed = first.model.model_copy(update={"evidence": [claimed, other, first.model.evidence[0]]})
    after = replace(judged.after, records={"subject": replace(first, model=changed)})
    assert found(replace(judged, after=after, known={})) == []


def test_at_first_nobody_can_say_what_a_file_was():
    judged = file(b"Written by Ann.", TAKEN_OUT)
    assert found(replace(judged, before=None, known={})) == []


def test_a_digest_that_is_untrue_is_told_beside_that_of_a_file():
    judged = file(b"Written by Ann.", TAKEN_OUT)
    [one] = judged.after.records["subject"].data["expunged"]
    one["again"][OTHER] = OTHER
    assert found(judged) == [untrue(OTHER, OTHER)]
