"""Whom a record names: known to the roster, and kept, so that nobody becomes free to decide."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from partnerkit.register import RecordFile
from partnerkit.rules.people import interests_stay, known_where_named, named_people_stay, proposer_stays
from partnerkit.rules.restored import field_was
from partnerkit.steps import Step
from tests.policies.fulfil import World
from tests.rules.bench import held, moved, policy, register, world
from tests.rules.placed import placed, whole
from tests.rules.test_whole_named import both

KNOWN = held(p_ann=[], p_bob=[])


def naming(**fields: Any) -> World:
    here = world(policy(reason=True))
    here.record.pop("proposer", None)
    here.record |= fields
    return here


def record(here: World) -> RecordFile:
    return placed(register(here)).records["subject"]


def unknown(path: str, person: str, place: str, near: str = "; somebody outside?") -> dict[str, Any]:
    return {
        "code": "person-unknown",
        "message": f"{path} names {person}, and the roster knows nobody of that id{near}",
        "severity": "warning",
        "file": "subject",
        "place": place,
        "record": "subject",
        "mend": "partnerkit person show",
    }


def known(new: World, old: World | None = None) -> list[dict[str, Any]]:
    after = register(new, roster=KNOWN)
    return whole(known_where_named(Step(after, after), None if old is None else record(old), record(new)))


NAMED: list[tuple[dict[str, Any], dict[str, Any] | None]] = [
    ({"proposer": "p-ann"}, None),
    ({"proposer": "x-out"}, unknown("proposer", "x-out", "proposer")),
    ({"proposer": "p-anne"}, unknown("proposer", "p-anne", "proposer", "; did you mean p-ann?")),
    ({"interested": ["p-ann", "x-out"]}, unknown("interested", "x-out", "interested.1")),
    ({"roles": {"board": "p-bob", "manager": "x-out"}}, unknown("roles", "x-out", "roles.manager")),
]


@pytest.mark.parametrize(("fields", "found"), NAMED)
def test_who_is_named_is_on_the_roster_or_somebody_outside(fields, found):
    assert known(naming(**fields)) == known(naming(**fields), naming()) == ([found] if found else [])
    assert known(naming(**fields), naming(**fields)) == []


def test_everybody_whom_a_step_names_is_looked_up():
    one = naming(proposer="x-out", interested=["y-out"])
    assert [found["message"].split()[2] for found in known(one)] == ["x-out,", "y-out,"]
    assert [found["place"] for found in known(one, naming(proposer="y-out"))] == ["proposer", "interested.0"]
    assert [found["place"] for found in known(one, naming(interested=["y-out"]))] == ["proposer"]


def stay(here: World, after: dict[str, Any], **before: Any) -> list[dict[str, Any]]:
    was, now = (
        placed(register(here, roster=held(**people))) for people in ({"p_bob": [], "p_gone": [], **before}, after)
    )
    return whole(named_people_stay(was, now))


def off(path: str, place: str, near: str = "", who: str = "p-gone") -> dict[str, Any]:
    return {
        "code": "person-unknown",
        "message": f"{path} names {who}, who is no longer on the roster: an id stays for ever{near}",
        "severity": "error",
        "file": "subject",
        "place": place,
        "record": "subject",
        "mend": f"git restore --staged --worktree -- records/people.yaml; whoever leaves: partnerkit person end {who} <role>",
    }


def test_whom_a_record_names_stays_on_the_roster():
    everywhere = naming(proposer="p-gone", interested=["p-bob", "p-gone"], roles={"manager": "p-gone"})
    assert stay(everywhere, {"p_bob": []}) == [
        off("proposer", "proposer"),
        off("interested", "interested.1"),
        off("roles", "roles.manager"),
    ]
    assert stay(everywhere, {"p_bob": [], "p_gone": []}) == []
    assert stay(naming(proposer="p-bob", interested=["x-out"]), {"p_bob": []}) == []


def test_who_was_renamed_is_said():
    [one] = stay(naming(proposer="p-gone"), {"p_bob": [], "p_gones": []})
    assert one["message"].endswith("an id stays for ever; did you mean p-gones?")
    [one] = stay(naming(proposer="p-gone"), {"p_gones": [], "p_gong": []}, p_gong=[])
    assert one["message"].endswith("an id stays for ever; did you mean p-gones?")
    two = stay(naming(interested=["p-bob", "p-gone", "p-bob"]), {})
    assert [(one["place"], one["message"].split()[2]) for one in two] == [
        ("interested.0", "p-bob,"),
        ("interested.1", "p-gone,"),
    ]


def proposed(old: World, new: World) -> list[dict[str, Any]]:
    step = Step(placed(register(old)), placed(register(new)))
    return whole(proposer_stays(step, record(old), record(new)))


def changed(message: str, severity: str, mend: str) -> dict[str, Any]:
    place = {"file": "subject", "place": "proposer", "record": "subject"}
    return {"code": "proposer-changed", "message": message, "severity": severity, "mend": mend, **place}


@pytest.mark.parametrize(("now", "words"), [({"proposer": "p-bob"}, "p-bob"), ({}, "nobody")])
def test_a_proposer_who_is_another_may_decide(now, words):
    message = (
        f"the proposer was changed from p-ann to {words}: p-ann may decide on it from the next step on, unless listed "
        "among those with an interest"
    )
    mend = "partnerkit set subject 'interested=[p-ann]'"
    assert proposed(naming(proposer="p-ann"), naming(**now)) == [changed(message, "warning", mend)]
    [one] = proposed(naming(proposer="p-ann"), naming(interested=["p-zoe", "p-yan"], **now))
    assert one["mend"] == "partnerkit set subject 'interested=[p-zoe, p-yan, p-ann]'"
    assert proposed(naming(proposer="p-ann"), naming(interested=["p-zoe", "p-ann"], **now)) == []


def test_a_proposer_stays_once_it_left_its_first_stage():
    old = naming(proposer="p-ann")
    moved(old, "active")
    new = copy.deepcopy(old)
    new.record |= {"proposer": "p-bob", "interested": ["p-ann"]}
    message = "the proposer was changed from p-ann to p-bob, after subject had left its first stage"
    was, became = field_was("proposer", "p-ann"), field_was("proposer", "p-bob")
    told = changed(message, "error", "git restore --staged --worktree -- subject") | {"was": was, "became": became}
    assert proposed(old, new) == [told]
    assert proposed(old, old) == []


def test_the_gate_that_vouches_for_a_proposer_proves_who_it_was():
    old = world(policy(reason=True, covers=["proposer"]))
    old.record["proposer"] = "p-ann"
    moved(old, "active")
    new = copy.deepcopy(old)
    new.record["proposer"] = "p-bob"
    [one] = proposed(old, new)
    assert one["sealed"] == f"{old.record['history'][-1]['id']}/proposer"


def test_a_record_may_come_to_have_a_proposer():
    assert proposed(naming(), naming(proposer="p-bob")) == []
    assert proposed(naming(proposer="p-bob"), naming(proposer="p-bob")) == []


def freed(old: World, new: World, *by: str) -> list[dict[str, Any]]:
    """What is said of a step, landed by one of these; by nobody knows whom where there are none."""
    step = Step(placed(register(old)), placed(register(new)), by=frozenset(by) if by else None)
    return whole(interests_stay(step, record(old), record(new)))


def test_an_interest_that_is_taken_out_is_seen():
    old = naming(interested=["p-zoe", "p-bob", "p-ann"])
    expected = {
        "code": "interest-removed",
        "message": "p-ann, p-zoe is no longer interested in subject, and may decide from the next step on",
        "severity": "warning",
        "file": "subject",
        "place": "interested",
        "record": "subject",
        "mend": "ask why before it lands",
    }
    assert freed(old, naming(interested=["p-bob", "p-new"])) == [expected]
    assert freed(old, old) == []
    assert freed(naming(), old) == []


def test_nobody_takes_their_own_interest_out():
    old, new = naming(interested=["p-ann", "p-bob"]), naming(interested=["p-bob"])
    [found] = freed(old, new, "p-ann")
    assert (found["code"], found["severity"], found["place"]) == ("freed-by-themselves", "error", "interested")
    assert (
        found["message"]
        == "p-ann takes p-ann out of interested of subject, and would be freed by their own word: somebody else has to"
    )
    assert found["mend"] == "partnerkit set subject 'interested=[p-bob]'"
    for others in (("p-bob",), ("p-ann", "p-bob"), ()):
        assert [one["code"] for one in freed(old, new, *others)] == ["interest-removed"]
    for world_ in (old, new):
        world_.data["separation-of-duties"] = "warn"
        world_.policy = type(world_.policy).model_validate(world_.data)
    assert [one["code"] for one in freed(old, new, "p-ann")] == ["interest-removed"]


def applied(**fields: Any) -> World:
    here = both("application", reason=True)
    here.record |= {"applicant": "p-ann", "also": [], "conflicts": [], **fields}
    return here


def test_what_binds_somebody_and_is_taken_out_is_seen():
    old, new = applied(also=["p-two"], conflicts=["p-bob", "p-zoe"]), applied(conflicts=["p-zoe"])
    found = freed(old, new, "p-eve")
    assert [(one["code"], one["severity"], one["place"]) for one in found] == [
        ("bond-removed", "warning", "also"),
        ("bond-removed", "warning", "conflicts"),
    ]
    assert found[1]["message"] == (
        "p-bob is no longer in conflicts of subject: nothing keeps them and p-ann apart from the next step on"
    )
    assert found[1]["mend"] == "ask why before it lands"
    assert freed(old, old) == []


@pytest.mark.parametrize("person", ["p-ann", "p-bob", "p-too"])
def test_nobody_takes_out_what_binds_themselves_under_any_id(person):
    old, new = applied(also=["p-too"], conflicts=["p-bob"]), applied(also=["p-too"])
    [found] = freed(old, new, person)
    assert (found["code"], found["severity"]) == ("freed-by-themselves", "error")
