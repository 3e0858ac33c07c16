"""Who may change the rules, and in what a change of them demands less: in so many words."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from partnerkit.findings import Finding
from partnerkit.kinds.roster import Roster
from partnerkit.kinds.settings import Settings
from partnerkit.register import Register
from partnerkit.rules.governing import keepers_are_there, rule_changes, rules_changed_by_those_who_may, weakened
from partnerkit.steps import Step
from tests.policies.fulfil import MOMENT
from tests.rules.bench import held, policy, register, under, world

SETTINGS, ROSTER, POLICY = "records/register.yaml", "records/people.yaml", "records/policies/SMALL.yaml"
KEYS = [f"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI{letter * 43}" for letter in "ABC"]
ALL = {"policies": ["board"], "people": ["board"], "register": ["board"]}


def settings(
    changed_by: dict[str, list[str]] | None = None, zone: str = "UTC", separation: str = "require"
) -> Settings:
    trust = {"rules-changed-by": changed_by or {}, "separation-of-duties": separation}
    given = {"format": 1, "name": "Test", "time-zone": zone, "policies": {"allowed": ["SMALL"]}, "trust": trust}
    return Settings.model_validate(given)


def before(**changed: Any) -> Register:
    """A register with its rules, which nobody but the board may change."""
    here = world(policy(reason=True))
    found = register(here, rules={SETTINGS: "s", ROSTER: "p", POLICY: "q"}, settings=settings(ALL))
    source = replace(found.policies["SMALL"], path=POLICY)
    return replace(
        found, **{"policies": {"SMALL": source}, "roster": held(p_ann=[{"role": "board"}], p_eve=[]), **changed}
    )


def changed(*paths: str) -> dict[str, str]:
    """The rules of `before`, of which some files have come to say something else."""
    return {path: "new" if path in paths else was for path, was in before().rules.items()}


def landed(was: Register, by: set[str] | None, *paths: str, at: datetime | None = MOMENT) -> list[Finding]:
    who = None if by is None else frozenset(by)
    return list(rules_changed_by_those_who_may(Step(was, replace(was, rules=changed(*paths)), at, who), None))


def test_the_rule_files_that_a_step_changes():
    was = before()
    assert rule_changes(Step(None, was)) == []
    assert rule_changes(Step(was, was)) == []
    less = {path: one for path, one in changed(POLICY).items() if path != ROSTER} | {"records/policies/NEW.yaml": "n"}
    assert rule_changes(Step(was, replace(was, rules=less))) == [ROSTER, "records/policies/NEW.yaml", POLICY]


@pytest.mark.parametrize("path", [SETTINGS, ROSTER, POLICY])
def test_whoever_changes_the_rules_holds_the_role_for_it(path):
    sort = {SETTINGS: "register", ROSTER: "people", POLICY: "policies"}[path]
    was = before(settings=settings({sort: ["board"]}))
    message = (
        f"{path} is changed by p-eve, and records/register.yaml (trust.rules-changed-by) leaves that to board: p-ann"
    )
    expected = Finding("rules-changed-by-another", message, file=path, line=1, mend="one of them lands the change")
    assert landed(was, {"p-eve"}, SETTINGS, ROSTER, POLICY) == [expected]
    assert landed(was, {"p-ann"}, SETTINGS, ROSTER, POLICY) == []
    assert landed(was, {"p-eve", "p-ann"}, path) == []
    assert landed(was, {"p-eve"}) == []


def test_who_changed_the_rules_and_who_might_have_in_words():
    chairs = settings({"policies": ["board", "chair"]})
    was = before(settings=chairs, roster=held(p_zoe=[{"role": "chair"}], p_ann=[{"role": "board"}, {"role": "chair"}]))
    [one] = landed(was, {"p-fay", "p-eve"}, POLICY)
    assert one.message == (
        f"{POLICY} is changed by p-eve or p-fay, and {SETTINGS} (trust.rules-changed-by) leaves that to "
        "board or chair: p-ann, p-zoe"
    )
    assert landed(was, {"p-zoe"}, POLICY) == []
    [one] = landed(replace(was, roster=held()), set(), POLICY)
    assert one.message == (
        f"{POLICY} is changed by somebody whom the roster does not know, and {SETTINGS} (trust.rules-changed-by) "
        "leaves that to board or chair: nobody"
    )


@pytest.mark.parametrize(("ended", "may"), [("2026-06-01", True), ("2026-05-31", False)])
def test_a_role_counts_on_the_day_on_which_the_change_lands(ended, may):
    was = before(roster=held(p_ann=[{"role": "board", "until": ended}]))
    assert (landed(was, {"p-ann"}, POLICY) == []) == may


def test_nobody_can_say_who_changes_the_rules_of_a_step_that_has_no_before_no_day_or_no_maker():
    was = before()
    assert landed(was, None, POLICY) == []
    assert landed(was, {"p-eve"}, POLICY, at=None) == []
    assert list(rules_changed_by_those_who_may(Step(None, was, MOMENT, frozenset({"p-eve"})), None)) == []
    assert len(landed(was, {"p-eve"}, POLICY)) == 1


def test_what_nobody_is_named_for_anybody_may_change():
    assert landed(before(settings=settings({"people": ["board"]})), {"p-eve"}, SETTINGS, POLICY) == []


@pytest.mark.parametrize(
    ("sort", "mend"),
    [
        ("policies", "partnerkit person role <person> chair"),
        ("people", "name a role that is held"),
        ("register", "partnerkit person role <person> chair"),
    ],
)
def test_somebody_is_there_who_may_change_the_rules(sort, mend):
    was = before(settings=settings({sort: ["chair", "elder"]}))
    message = (
        f"trust.rules-changed-by leaves {sort} to chair or elder, which nobody holds: nobody may change them, and audit "
        "would find whoever does"
    )
    [one] = keepers_are_there(was, MOMENT)
    assert one == Finding("keepers-missing", message, "warning", SETTINGS, 1, 1, mend=mend)
    for roles in ({"role": "elder"}, {"role": "chair"}, {"role": "chair", "until": "2026-06-01"}):
        assert list(keepers_are_there(replace(was, roster=held(p_ann=[roles])), MOMENT)) == []
    gone = held(p_ann=[{"role": "chair", "until": "2026-05-31"}])
    assert list(keepers_are_there(replace(was, roster=gone), MOMENT)) == [one]


def test_what_nobody_is_named_for_needs_nobody():
    assert list(keepers_are_there(before(settings=settings(), roster=held()), MOMENT)) == []


def test_nothing_is_weakened_by_what_stays():
    assert weakened(before(), before()) == []


def test_a_policy_that_is_gone_demands_nothing():
    was = before()
    second = replace(was, policies={"ANOTHER": was.policies["SMALL"], **was.policies})
    assert weakened(second, replace(was, policies={})) == ["ANOTHER: the policy is gone", "SMALL: the policy is gone"]
    assert weakened(second, was) == ["ANOTHER: the policy is gone"]
    assert weakened(was, second) == []


@pytest.mark.parametrize("was", ["off", "warn", "require"])
@pytest.mark.parametrize("now", ["off", "warn", "require"])
def test_deciders_who_need_be_nobody_else_any_more(was, now):
    old, new = (before(settings=settings(ALL, separation=one)) for one in (was, now))
    looser = ["off", "warn", "require"].index(now) < ["off", "warn", "require"].index(was)
    words = f"separation of duties under SMALL was loosened from {was} to {now}"
    assert weakened(old, new) == [words] * looser


def test_what_a_policy_demands_less_is_told_with_its_name_where_its_file_changed():
    was = before()
    data = policy(reason=True)
    data["lifecycles"]["partnership"]["transitions"][0]["needs"] = []
    source = replace(under(world(policy(reason=True)), data), path=POLICY)
    now = replace(was, policies={"SMALL": source})
    assert weakened(was, now) == []
    assert weakened(was, replace(now, rules=changed(POLICY))) == ["SMALL §1.1 no longer required for active"]


@pytest.mark.parametrize("sort", ["policies", "people", "register"])
def test_others_may_change_the_rules(sort):
    old = before(settings=settings({sort: ["board", "chair"]}))
    anybody, other = before(settings=settings()), before(settings=settings({sort: ["elder", "chair"]}))
    assert weakened(old, anybody) == [f"{sort} may be changed by anybody on the roster instead of board or chair"]
    assert weakened(old, other) == [f"{sort} may be changed by elder or chair instead of board or chair"]
    assert weakened(old, old) == weakened(anybody, old) == []


def test_days_begin_elsewhere():
    words = "days begin in Europe/Berlin instead of UTC"
    assert weakened(before(), before(settings=settings(ALL, zone="Europe/Berlin"))) == [words]


def roster(**people: Any) -> Roster:
    given = {one.replace("_", "-"): {"emails": [], "roles": [], **said} for one, said in people.items()}
    return Roster.model_validate({"format": 1, "people": given})


def told(old: Roster, new: Roster) -> list[str]:
    return weakened(before(roster=old), before(roster=new))


def test_who_comes_and_goes():
    ann, nora = {"emails": ["ann@test.example", "a@test.example"]}, {"roles": [{"role": "board", "from": "2026-01-01"}]}
    assert told(roster(p_eve={}, p_bob={}), roster(p_nora=nora, p_ann=ann)) == [
        "p-bob is off the roster",
        "p-eve is off the roster",
        "p-ann joins the roster, recognised by ann@test.example, a@test.example",
        "p-nora joins the roster, recognised by no address",
        "p-nora holds board from 2026-01-01",
    ]


@pytest.mark.parametrize(
    ("role", "words"),
    [
        ({"role": "board", "from": "2026-01-01"}, None),
        ({"role": "board", "from": "2026-01-01", "seen": "minutes"}, None),
        ({"role": "chair", "from": "2026-01-01"}, "p-ann holds chair from 2026-01-01"),
        ({"role": "board", "from": "2025-01-01"}, "p-ann holds board from 2025-01-01"),
        (
            {"role": "board", "from": "2026-01-01", "until": "2026-12-31"},
            "p-ann holds board from 2026-01-01 until 2026-12-31",
        ),
        ({"role": "board", "from": "2026-01-01", "scope": {"city": "ulm"}}, "p-ann holds board from 2026-01-01"),
    ],
)
def test_who_holds_what(role, words):
    had = roster(p_ann={"roles": [{"role": "board", "from": "2026-01-01"}]})
    assert told(had, roster(p_ann={"roles": [role]})) == ([words] if words else [])


def test_a_scope_is_one_in_whatever_order_it_is_written():
    one, other = (dict.fromkeys(keys, "x") for keys in (("city", "area"), ("area", "city")))
    had, has = ({"roles": [{"role": "board", "from": "2026-01-01", "scope": scope}]} for scope in (one, other))
    assert told(roster(p_ann=had), roster(p_ann=has)) == []


@pytest.mark.parametrize(
    ("what", "key", "values"),
    [
        ("address", "emails", ["a@test.example", "b@test.example", "c@test.example"]),
        ("key", "keys", KEYS),
    ],
)
def test_by_what_somebody_is_recognised(what, key, values):
    had = roster(p_ann={key: values[:1]}, p_bob={})
    assert told(had, roster(p_ann={key: values[:2]}, p_bob={})) == [f"p-ann is recognised by 1 more {what}"]
    several = roster(p_ann={key: values[1:]}, p_bob={key: values[:1]})
    assert told(had, several) == [
        f"p-ann is recognised by 2 more {what}s",
        f"p-bob is recognised by 1 more {what}",
    ]
    assert told(had, roster(p_ann={}, p_bob={})) == []
