"""People who are to be apart: the whole answer, with what binds whom, the records that say it, and the line to mend it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from partnerkit.rules.gate import answer
from partnerkit.rules.question import Answer
from tests.policies.fulfil import World
from tests.rules.bench import asked, question, register
from tests.rules.test_whole_named import both
from tests.rules.whole import TOLD, lacking

APART = "Do it. To be kept apart: "
PEOPLE = "partnerkit set subject participants=<participants>"


def paired(*people: str, **demand: Any) -> World:
    """A pairing of these people; the demand is that they be apart, or else as it is given."""
    here = both("pairing", apart={"field": "participants.id", **demand}, **TOLD)
    here.record["participants"] = [{"id": one, "as": "peer"} for one in people]
    return here


def applied(here: World, name: str, **said: Any) -> None:
    """An application in which somebody says what binds them."""
    here.linked.append(here.made("application", name, "applied") | {"also": [], "conflicts": [], **said})


def test_people_whom_nothing_binds_are_apart():
    here = paired("p-ada", "p-max")
    assert asked(here) == Answer(met=True)
    applied(here, "m-ada", applicant="p-ada", also=["p-ads"], conflicts=["p-eve"])
    assert asked(here) == Answer(met=True)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ([{"applicant": "p-ada", "conflicts": ["p-max"]}], "have a conflict of interest, declared in a-0"),
        ([{"applicant": "p-max", "conflicts": ["p-ada"]}], "have a conflict of interest, declared in a-0"),
        (
            [{"applicant": "p-ada", "conflicts": ["p-max"]}, {"applicant": "p-max", "conflicts": ["p-ada"]}],
            "have a conflict of interest, declared in a-0, a-1",
        ),
        (
            [{"applicant": "p-two", "also": ["p-max"]}, {"applicant": "p-ada", "conflicts": ["p-two"]}],
            "have a conflict of interest, declared in a-1",
        ),
        ([{"applicant": "p-ada", "also": ["p-max"], "conflicts": ["p-max"]}], "are one person, as a-0 says"),
        (
            [{"applicant": "p-ada", "also": ["p-two"]}, {"applicant": "p-max", "also": ["p-two"]}],
            "are one person, as a-0, a-1 says",
        ),
    ],
)
def test_what_binds_two_is_told_with_the_records_that_say_it(said, why):
    here = paired("p-ada", "p-eve", "p-max")
    for number, one in enumerate(said):
        applied(here, f"a-{number}", **one)
    assert asked(here) == lacking(f"{APART}p-ada and p-max {why}", PEOPLE)


def test_every_two_who_are_bound_are_told():
    here = paired("p-ada", "p-max", "p-eve")
    applied(here, "m-ada", applicant="p-ada", conflicts=["p-max", "p-eve"])
    told = "have a conflict of interest, declared in m-ada"
    assert asked(here).missing == f"{APART}p-ada and p-max {told}; p-ada and p-eve {told}"


def test_somebody_is_apart_from_others():
    here = paired("p-ada", "p-max", field="coordinator", **{"from": "participants.id"})
    here.record.pop("coordinator", None)
    assert asked(here) == Answer(met=True)
    here.record["coordinator"] = "p-rosa"
    applied(here, "m-ada", applicant="p-ada", conflicts=["p-max"])
    assert asked(here) == Answer(met=True), "what binds two of the others is another matter"
    applied(here, "m-rosa", applicant="p-rosa", conflicts=["p-max"])
    line = "partnerkit set subject coordinator=<coordinator>"
    why = "p-rosa and p-max have a conflict of interest, declared in m-rosa"
    assert asked(here) == lacking(f"{APART}{why}", line)
    here.record["coordinator"] = "p-ada"
    words = f"{APART}p-ada is named by coordinator and by participants.id; "
    assert (asked(here).missing or "").startswith(f"{words}p-ada and p-max have a conflict")


def test_what_the_very_step_takes_out_binds_still():
    here = paired("p-ada", "p-max")
    applied(here, "m-ada", applicant="p-ada", conflicts=["p-max"])
    before = register(here)
    here.linked[-1] = {**here.linked[-1], "conflicts": []}
    assert asked(here).met
    assert not answer(replace(question(here), rules=before)).met
