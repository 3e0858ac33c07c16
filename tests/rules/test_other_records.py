"""Why other records do not meet a demand: those that are listed from, named, or belong above."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.policies.fulfil import World
from tests.rules.bench import asked, missing, policy, register, world


def rated(of: str, **demand) -> World:
    """A review that rates every objective of a partnership."""
    return world(policy(kind="review", each={"items": "objectives", "of": of, "by": "ratings.name", **demand}))


def test_every_objective_of_the_record_above_is_spoken_to():
    here = rated("partnership", **{"in": ["active"]})
    assert here.owner is not None
    assert asked(here).relies_on == ["owner"]
    here.owner["objectives"].append({"id": "o9", "text": "One more."})
    assert missing(here) == "Missing in ratings: o9"


def test_a_record_above_that_stands_elsewhere_has_nothing_to_speak_to():
    here = rated("partnership", **{"in": ["active"]})
    assert here.owner is not None
    here.owner["stage"] = here.owner["history"][-1]["to"] = "proposed"
    given = asked(here)
    assert given.missing == "Missing: objectives of partnership in active (there are none)"
    assert given.command == "partnerkit list partnership"


def test_no_record_above_has_nothing_to_speak_to():
    here = rated("subject")
    here.record["of"] = "nobody-there"
    given = asked(here)
    assert given.missing == "Missing: objectives of nobody-there (there are none)"
    assert given.command == "partnerkit show subject"


def naming() -> World:
    """An agreement that renews another."""
    here = world(policy(kind="agreement", named={"field": "renews", "kind": "agreement", "in": ["executed"]}))
    assert asked(here).met
    return here


@pytest.mark.parametrize(
    ("renews", "why"),
    [
        ("subject", "subject names itself"),
        ("nobody-there", "there is no agreement nobody-there"),
        ("owner", "there is no agreement owner"),
        (None, "subject names none"),
    ],
)
def test_why_a_record_that_is_named_does_not_serve(renews, why):
    here = naming()
    here.put("renews", renews)
    assert missing(here) == f"Missing: agreement in executed ({why})"


def test_a_record_that_is_named_stands_where_it_must():
    here = naming()
    [other] = here.linked
    other["stage"] = other["history"][-1]["to"] = "draft"
    given = asked(here)
    assert given.missing == f"Missing: agreement in executed ({other['id']} is in draft)"
    assert given.command == f"partnerkit gates {other['id']}"


def checked() -> World:
    """An agreement of a partnership that has been checked."""
    others = {"checked": {"evidence": {"kinds": ["report"]}}}
    here = world(policy(kind="agreement", subject_meets=["checked"], ask="Check them first.", others=others))
    assert asked(here).relies_on == ["owner"]
    return here


def test_what_the_record_above_lacks_is_said_with_its_command():
    here = checked()
    assert here.owner is not None
    here.owner["evidence"] = []
    assert missing(here) == (
        "Check them first. owner lacks checked (Missing: report; partnerkit add owner checked <file-or-link>)"
    )


def test_a_record_above_under_another_policy_or_none_meets_nothing():
    here = checked()
    assert here.owner is not None
    found = dict(register(here).records)
    elsewhere = found["owner"].model.model_copy(update={"policy": "ANOTHER"})
    found["owner"] = replace(found["owner"], model=elsewhere)
    assert missing(here, records=found) == "Check them first. Missing: the record it belongs to"
    here.record["partnership"] = "nobody-there"
    assert missing(here) == "Check them first. Missing: the record it belongs to"
