"""The policy language: what a wrong demand, standing requirement, name, head or condition is told."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from partnerkit.kinds.problems import problems as objections
from partnerkit.policies.consistency import problems
from partnerkit.policies.coverage import coverage
from partnerkit.policies.policy import Policy
from tests.policies.packs import Change, refused, small, told


def demand(**more: Any) -> Change:
    """A further requirement in the gate to active."""

    def change(data: dict[str, Any]) -> None:
        own = {key.rstrip("_").replace("_", "-"): value for key, value in more.items()}
        data["requirements"]["more"] = {"clause": "§1.1", **own}
        data["lifecycles"]["partnership"]["transitions"][0]["needs"].append("more")

    return change


def of_review(**more: Any) -> Change:
    """A further requirement in a gate of reviews, beside agreements."""

    def change(data: dict[str, Any]) -> None:
        for kind, first, last in (("agreement", "draft", "executed"), ("review", "draft", "done")):
            data["lifecycles"][kind] = {
                "starts": first,
                "stages": {first: {"title": "First"}, last: {"title": "Last"}},
                "transitions": [{"from": first, "to": last}],
            }
        own = {key.rstrip("_").replace("_", "-"): value for key, value in more.items()}
        data["requirements"]["more"] = {"clause": "§1.1", **own}
        data["lifecycles"]["review"]["transitions"][0]["needs"] = ["more"]

    return change


@pytest.mark.parametrize(
    "change",
    [
        demand(advisory=True, filled=["objectives"]),
        demand(empty=["website", "ends"]),
        demand(matches={"partner": "company", "starts": {"filled": True}}),
        demand(compare={"field": "starts", "before": "today"}),
        demand(compare={"field": "starts", "at-least": "P1D", "before": "ends"}),
        demand(compare={"field": "starts", "at-most": "P1Y", "before": "ends"}),
        demand(apart={"field": "interested"}),
        demand(apart={"field": "proposer", "from": "roles"}),
        of_review(named_by={"kind": "agreement", "by": "renews", "in": ["executed"], "at-most": 2}),
        of_review(
            named_by={
                "kind": "review",
                "by": "of",
                "in": ["done"],
                "count": "ratings",
                "where": {"name": "x"},
                "at-most": 0,
            }
        ),
        demand(each={"items": "objectives", "by": "benefits.id"}),
        demand(each={"items": "objectives", "by": "activities.ref", "where": {"kind": "talk"}, "at-least": 0}),
        demand(standing=["active"], within="P1M", filled=["objectives"]),
        of_review(each={"items": "criteria", "of": "agreement", "in": ["executed"], "by": "ratings.name"}),
        of_review(each={"items": "objectives", "of": "subject", "by": "ratings.name"}),
        demand(approval={"role": "board", "assurance": "signed-statement"}),
        of_review(approval={"role": "board", "not": ["subject.proposer", "subject.approvals.by"]}),
    ],
)
def test_demands_that_are_right(change):
    assert told(change) == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (demand(empty=["web-site"]), "a partnership under this policy has no field 'web-site'"),
        (demand(unmentioned=["ours"]), "there is no name 'ours' here"),
        (demand(matches={"partners": "x"}), "a partnership under this policy has no field 'partners'"),
        (demand(when={"partners": "x"}, reason=True), "a partnership under this policy has no field 'partners'"),
        (
            demand(compare={"field": "begins", "before": "today"}),
            "a partnership under this policy has no field 'begins'",
        ),
        (
            demand(compare={"field": "starts", "before": "todays"}),
            "a partnership under this policy has no field 'todays'",
        ),
        (
            demand(each={"items": "outcomes", "by": "benefits.id"}),
            "a partnership under this policy has no field 'outcomes'",
        ),
        (
            demand(each={"items": "objectives", "by": "benefits.of"}),
            "a partnership under this policy has no field 'benefits.of'",
        ),
        (
            demand(each={"items": "objectives", "by": "benefits.id", "where": {"sort": "x"}}),
            "a partnership under this policy has no field 'benefits.sort'",
        ),
        (
            of_review(each={"items": "criterions", "of": "agreement", "by": "ratings.name"}),
            "an agreement under this policy has no field 'criterions'",
        ),
        (
            of_review(each={"items": "criteria", "of": "agreement", "in": ["executd"], "by": "ratings.name"}),
            "there is no agreement stage 'executd' here; did you mean executed?",
        ),
        (
            of_review(each={"items": "criteria", "of": "agreements", "by": "ratings.name"}),
            "there is no lifecycle for the kind 'agreements' here; did you mean agreement?",
        ),
        (
            of_review(each={"items": "goals", "of": "subject", "by": "ratings.name"}),
            "an agreement or a partnership under this policy has no field 'goals'",
        ),
        (
            of_review(each={"items": "objectives", "of": "subject", "in": ["active"], "by": "ratings.name"}),
            "`in` names stages of a kind: say the kind instead of `subject`",
        ),
        (
            of_review(approval={"role": "board", "not": ["subject.proposed-by"]}),
            "an agreement or a partnership under this policy has no field 'proposed-by'",
        ),
        (
            demand(approval={"role": "board", "not": ["subject.proposer"]}),
            "nothing above it under this policy has no field 'proposer'",
        ),
        (
            demand(standing=["activ"], filled=["objectives"]),
            "there is no stage 'activ' here; did you mean active?",
        ),
    ],
)
def test_demands_that_name_what_is_not_there(change, message):
    assert told(change) == [message]


def test_linked_records_are_told_apart_by_fields_of_theirs():
    def linked(**more: Any) -> Change:
        of = of_review(reason=True)

        def change(data: dict[str, Any]) -> None:
            of(data)
            demand(linked={"kind": "agreement", "in": ["executed"], **more})(data)
            data["requirements"]["more"].pop("reason", None)
            data["lifecycles"]["review"]["transitions"][0]["needs"] = []

        return change

    assert told(linked(until="ends", where={"notice": {"filled": True}})) == []
    assert told(linked(until="end")) == ["an agreement under this policy has no field 'end'"]
    assert told(linked(where={"length": "P1Y"})) == ["an agreement under this policy has no field 'length'"]


def test_the_fields_of_an_alternative_are_held_too():
    def change(data: dict[str, Any]) -> None:
        demand(any_of=["one", "other"])(data)
        data["requirements"] |= {
            "one": {"clause": "§1.1", "filled": ["goals"]},
            "other": {"clause": "§1.1", "reason": True},
        }

    assert told(change) == ["a partnership under this policy has no field 'goals'"]


@pytest.mark.parametrize("more", [{"of": "partnership"}, {"within": "P1M"}])
def test_of_and_within_go_with_standing(more):
    assert "`of` and `within` go with `standing`" in refused(demand(filled=["name"], **more))


def test_what_only_stands_needs_no_gate():
    def change(data: dict[str, Any]) -> None:
        data["requirements"]["stands"] = {
            "clause": "§1.1",
            "of": "partnership",
            "standing": ["active"],
            "filled": ["website"],
        }

    assert told(change) == []

    def another(data: dict[str, Any]) -> None:
        change(data)
        data["requirements"]["stands"]["of"] = "partnerships"

    assert told(another) == ["there is no lifecycle for the kind 'partnerships' here; did you mean partnership?"]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"compare": {"field": "starts"}}, "say `before` (for days), or `minimum` or `maximum` (for numbers)"),
        ({"compare": {"field": "starts", "at-most": "P1Y", "minimum": 3}}, "are about two days: say `before`"),
        ({"empty": []}, "at least 1 item"),
        ({"matches": {}}, "at least 1 item"),
        ({"each": {"items": "objectives"}}, "each.by: Field required"),
        ({"empty": ["name"], "reason": True}, "here: reason and empty"),
        ({"advisory": "yes", "reason": True}, "advisory: Input should be a valid boolean"),
    ],
)
def test_demands_of_the_wrong_form(wrong, words):
    assert words in refused(demand(**wrong))


def test_a_name_that_must_be_spelt_right():
    def names(**more: Any) -> Change:
        return lambda data: data.update(names={"ours": {"clause": "§1.1", "name": "SmallTown", **more}})

    assert told(names(fields={"partnership": ["activities.title", "website"]})) == []
    assert told(names(fields={"partnership": ["motto"]})) == ["a partnership under this policy has no field 'motto'"]
    assert told(names(fields={"partnerships": ["name"]})) == [
        "there is no kind 'partnerships' here; did you mean partnership?"
    ]
    assert "names.ours.clause" in refused(lambda data: data.update(names={"ours": {"name": "SmallTown"}}))
    [message] = told(names(clause="§1.9"))
    assert message.startswith("name ours cites §1.9: there is no clause '§1.9' here")


def test_clauses_can_state_what_stands_at_the_head():
    def head(**more: Any) -> Change:
        return lambda data: data.update({"review-every": "P1Y", "approved": "2026-01-01", "stated-in": more})

    assert told(head(approved="§1.1")) == []
    assert "stated-in" in refused(head(pages="§1.1"))
    [message] = told(head(approved="§1.7"))
    assert message.startswith("head approved cites §1.7")
    data = small()
    head(**{"review-every": "§1.1/checks"})(data)
    data["requirements"].pop("checks")
    data["requirements"]["decision"].pop("rests-on")
    data["lifecycles"]["partnership"]["transitions"][0]["needs"].remove("checks")
    checks = next(leaf for leaf in coverage(Policy.model_validate(data)).leaves if leaf.clause == "§1.1/checks")
    assert checks.by == ("head review-every",)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"every": None}, "say either `every` (again and again) or `once`"),
        ({"once": "1/2"}, "say either `every` (again and again) or `once`"),
        ({"every": None, "once": "1/2"}, "say `from` and `until`"),
        ({"while": []}, "say `while`"),
        ({"of": "policy"}, "say `while`"),
        ({"every": None, "once": "3/2", "from": "starts", "until": "ends"}, "write a fraction of at most one"),
    ],
)
def test_a_cadence_of_the_wrong_form(change, words):
    cadence = {"clause": "§1.1", "of": "partnership", "while": ["active"], "every": "P1M", "settled-by": "activities"}
    made = {key: value for key, value in {**cadence, **change}.items() if value is not None}
    assert words in refused(lambda data: data.update(cadences={"talks": made}))


@pytest.mark.parametrize("key", ["from", "until", "per"])
def test_a_cadence_that_reads_a_field_which_is_not_there(key):
    cadence = {"clause": "§1.1", "of": "partnership", "while": ["active"], "every": "P1M", "settled-by": "activities"}
    cadence[key] = "begin"
    assert told(lambda data: data.update(cadences={"talks": cadence})) == [
        "a partnership under this policy has no field 'begin'"
    ]


def placed(change: Change) -> list[tuple[str, str]]:
    data = small()
    change(data)
    return [(".".join(map(str, one.path)), one.message) for one in problems(Policy.model_validate(data))]


def helping(change: Change) -> Change:
    """With a field of choices, and a role held for a city."""

    def changed(data: dict[str, Any]) -> None:
        choice = {"type": "choice", "clause": "§1.1", "title": "Help.", "choices": ["money", "room", "food"]}
        city = {"type": "text", "clause": "§1.1", "title": "Where."}
        data["fields"] = {"partnership": {"kind-of-help": choice, "event-city": city}}
        data["roles"]["board"]["scopes"] = ["city"]
        change(data)

    return changed


@pytest.mark.parametrize(
    ("change", "place", "words"),
    [
        (
            demand(when={"kind-of-help": "mony"}, reason=True),
            "requirements.more.when.kind-of-help",
            "there is no choice 'mony' here; did you mean money? (it is one of money, room, food)",
        ),
        (
            demand(matches={"kind-of-help": {"not": ["food", "rooms"]}}),
            "requirements.more.matches.kind-of-help",
            "there is no choice 'rooms' here; did you mean room?",
        ),
        (
            demand(listed={"field": "commitments", "where": {"by": "parnter"}}),
            "requirements.more.listed.where.by",
            "there is no choice 'parnter' here; did you mean partner?",
        ),
        (
            demand(approval={"role": "board", "scope": {"cty": "event-city"}}),
            "requirements.more.approval.scope.cty",
            "there is no scope of the role board 'cty' here; did you mean city?",
        ),
        (
            of_review(named={"field": "of", "kind": "review", "in": ["done"], "meets": ["mroe"]}),
            "requirements.more.named.meets.0",
            "there is no requirement 'mroe' here; did you mean more?",
        ),
        (
            of_review(named={"field": "of", "kind": "review", "in": ["done"], "meets": ["more"]}),
            "requirements.more.named.meets.0",
            "more asks for named, and what is met here asks for no further requirement or record",
        ),
        (
            demand(apart={"field": "rivals"}),
            "requirements.more.apart.field",
            "a partnership under this policy has no field 'rivals'",
        ),
        (
            demand(apart={"field": "proposer", "from": "rivals"}),
            "requirements.more.apart.from",
            "a partnership under this policy has no field 'rivals'",
        ),
        (
            demand(named_by={"kind": "partnership", "by": "rival", "in": ["active"], "at-most": 1}),
            "requirements.more.named-by.by",
            "a partnership under this policy has no field 'rival'",
        ),
        (
            demand(named_by={"kind": "partnership", "by": "name", "in": ["actve"], "at-most": 1}),
            "requirements.more.named-by.in",
            "did you mean active?",
        ),
        (
            demand(named_by={"kind": "partnership", "by": "name", "in": ["active"], "at-most": "website"}),
            "requirements.more.named-by.at-most",
            "website of a partnership is no number",
        ),
        (
            demand(compare={"field": "event-city", "minimum": 3}),
            "requirements.more.compare.field",
            "event-city of a partnership is no number",
        ),
        (
            demand(compare={"field": "event-city", "before": "ends"}),
            "requirements.more.compare.field",
            "event-city of a partnership is no day",
        ),
        (
            demand(linked={"kind": "partnership", "in": ["active"], "until": "website"}),
            "requirements.more.linked.until",
            "website of a partnership is no day",
        ),
        (demand(when={"name": True}, reason=True), "requirements.more.when.name", "it is text, and never True"),
        (
            demand(linked={"kind": "partnership", "in": ["active"], "where": {"partner": "compny"}}),
            "requirements.more.linked.where.partner",
            "there is no choice 'compny' here; did you mean company?",
        ),
        (
            lambda data: data["requirements"]["checks"].update(clause=["§1.1/checks", "§1.1/check"]),
            "requirements.checks.clause.1",
            "there is no clause '§1.1/check' here",
        ),
    ],
)
def test_what_never_holds_is_found_where_it_stands(change, place, words):
    [(where, message)] = placed(helping(change))
    assert where == place
    assert words in message


@pytest.mark.parametrize(
    "change",
    [
        demand(when={"kind-of-help": ["money", "room"]}, reason=True),
        demand(approval={"role": "board", "scope": {"city": "event-city"}}),
        demand(compare={"field": "starts", "before": "ends"}),
        demand(when={"stage": "active", "event-city": {"filled": True}}, reason=True),
    ],
)
def test_what_can_hold_is_left_alone(change):
    assert placed(helping(change)) == []


def test_an_unknown_key_names_its_place_and_the_keys_there():
    data = small()
    data["requirements"]["decision"]["approval"]["majority"] = "1/2"
    with pytest.raises(ValidationError) as caught:
        Policy.model_validate(data)
    [found] = objections(caught.value, Policy)
    assert found.message == (
        "requirements.decision.approval: there is no key 'majority' here "
        "(the keys here: role, at-least, fraction, more-than, not, not-bound-to, scope, in-record, assurance)"
    )


def test_what_the_record_above_must_meet_is_asked_of_such_a_record():
    """`subject-meets` on a demand of a kind that belongs to none, or for what nothing above is ever asked."""

    def above(data):
        data["requirements"]["decision"] = {"clause": "§1.1", "subject-meets": ["checks"]}

    assert told(above) == ["it belongs to no record at all, of which checks is never asked"]

    def below(name):
        def change(data):
            data["requirements"]["looked-at"] = {"clause": "§1.1", "subject-meets": [name]}
            data["lifecycles"]["review"] = {
                "starts": "draft",
                "stages": {"draft": {"title": "Draft"}, "done": {"title": "Done"}},
                "transitions": [{"from": "draft", "to": "done", "main": True, "needs": ["looked-at"]}],
            }

        return change

    assert told(below("checks")) == []
    assert "did you mean checks" in told(below("chekcs"))[0]
    assert told(below("looked-at")) == ["it belongs to partnership, of which looked-at is never asked"]
