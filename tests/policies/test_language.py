"""The policy language: what a wrong policy is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from partnerkit.policies.consistency import problems
from partnerkit.policies.policy import Policy
from partnerkit.policies.shapes import model_for
from tests.policies.packs import refused, small, told


def partnership(data: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = data["lifecycles"]["partnership"]
    return found


def test_the_small_policy_is_right():
    assert told(lambda _data: None) == []


def test_two_demands():
    words = refused(lambda data: data["requirements"]["proposal"].update(filled=["name"]))
    assert "requirements.proposal" in words
    assert "a requirement makes exactly one demand of: evidence, approval" in words
    assert "here: evidence and filled" in words


def test_no_demand():
    assert "here: none" in refused(lambda data: data["requirements"]["proposal"].pop("evidence"))


def test_an_unknown_key():
    words = refused(lambda data: data["requirements"]["proposal"].update(evidences={}))
    assert "requirements.proposal.evidences: Extra inputs are not permitted" in words


def test_an_unknown_variable():
    [message] = told(lambda data: data["requirements"]["checks"]["evidence"].update({"at-least": "$check"}))
    assert message == "there is no variable 'check' here; did you mean checks?"


def test_a_variable_of_the_wrong_form():
    words = refused(lambda data: data["requirements"]["checks"]["evidence"].update({"at-least": "$Many Checks"}))
    assert "'$Many Checks' is no reference to a variable: write $name" in words


@pytest.mark.parametrize(("value", "words"), [("many", "no count"), (-1, "no count"), ("1.5", "no count")])
def test_a_variable_set_to_something_else(value, words):
    assert words in refused(lambda data: data["variables"]["checks"].update(value=value))


def test_a_variable_set_to_an_unknown_role():
    [message] = told(lambda data: data["variables"]["decider"].update(value="boards"))
    assert message == "there is no role 'boards' here; did you mean board?"


def test_a_duplicate_transition():
    [message] = told(lambda data: partnership(data)["transitions"].append({"from": "proposed", "to": "ended"}))
    assert message == "a second transition from proposed to ended"


def test_two_main_transitions():
    [message] = told(lambda data: partnership(data)["transitions"][1].update(main=True))
    assert message == "two main transitions leave proposed: one is meant"


def test_an_unknown_requirement():
    messages = told(lambda data: partnership(data)["transitions"][0].update(needs=["proposals", "checks", "decision"]))
    assert messages[0] == "there is no requirement 'proposals' here; did you mean proposal?"
    assert messages[1] == "no transition needs it: it would never be demanded"


def test_an_unknown_requirement_to_rest_on():
    [message] = told(lambda data: data["requirements"]["decision"].update({"rests-on": ["check"]}))
    assert message == "there is no requirement 'check' here; did you mean checks?"


def test_an_unreachable_stage():
    data = small()
    partnership(data)["stages"]["suspended"] = {"title": "Suspended"}
    [problem] = problems(Policy.model_validate(data))
    assert problem.message == "no transition leads to it"
    assert problem.path == ("lifecycles", "partnership", "stages", "suspended")


def test_a_stage_that_only_a_ring_leads_to_is_unreachable():
    def ring(data: dict[str, Any]) -> None:
        partnership(data)["stages"] |= {"a": {"title": "A"}, "b": {"title": "B"}}
        partnership(data)["transitions"] += [{"from": "a", "to": "b"}, {"from": "b", "to": "a"}]

    assert told(ring) == ["no transition leads to it"] * 2


def test_an_unknown_stage():
    messages = told(lambda data: partnership(data)["transitions"][1].update(to="endet"))
    assert "there is no stage 'endet' here; did you mean ended?" in messages


def test_an_unknown_start():
    messages = told(lambda data: partnership(data).update(starts="propose"))
    assert messages[0] == "there is no stage 'propose' here; did you mean proposed?"


def test_an_unknown_kind():
    messages = told(lambda data: data["lifecycles"].update(partnerships=data["lifecycles"].pop("partnership")))
    assert messages[0] == "there is no kind 'partnerships' here; did you mean partnership?"


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data["requirements"]["proposal"].update(who=["bord"]),
        lambda data: data["requirements"]["decision"]["approval"].update(role="bord"),
        lambda data: data["requirements"]["proposal"].update(waivable={"by": "bord"}),
        lambda data: partnership(data)["transitions"][0].update(by="bord"),
    ],
)
def test_an_unknown_role(change):
    assert told(change) == ["there is no role 'bord' here; did you mean board?"]


def test_an_unknown_clause():
    [message] = told(lambda data: data["requirements"]["checks"].update(clause="§1.1/check"))
    assert (
        message
        == "requirement checks cites §1.1/check: there is no clause '§1.1/check' here; did you mean §1.1/checks?"
    )


def test_a_clause_whose_heading_is_not_there():
    [message] = told(lambda data: data["clauses"].update({"§2.1": {"title": "Alone"}}))
    assert message == "its heading §2 is not among the clauses"


def test_narrative_of_a_point_that_is_not_there():
    words = refused(lambda data: data["clauses"]["§1.1"].update(narrative={"manners": "conduct"}))
    assert "narrative names points that the clause does not have: manners" in words


@pytest.mark.parametrize("path", ["nam", "objectives.texts", "roles.board.name", "stage.name"])
def test_an_unknown_field(path):
    [message] = told(lambda data: data["requirements"]["proposal"].update(covers=[path]))
    assert message == f"a partnership under this policy has no field {path!r}"


@pytest.mark.parametrize("path", ["name", "objectives.text", "roles.anything", "termination.effective"])
def test_a_known_field(path):
    assert told(lambda data: data["requirements"]["proposal"].update(covers=[path])) == []


def test_a_key_that_the_policy_does_not_know():
    def change(data: dict[str, Any]) -> None:
        spec = {"type": "keys", "clause": "§1.1", "title": "Roles", "choices": ["manager"]}
        data["fields"] = {"partnership": {"roles": spec}}
        data["requirements"]["proposal"]["covers"] = ["roles.manager", "roles.boss"]

    assert told(change) == ["a partnership under this policy has no field 'roles.boss'"]


def test_the_terms_of_an_agreement_are_fields_by_their_names():
    def change(data: dict[str, Any]) -> None:
        data["lifecycles"]["agreement"] = {
            "starts": "draft",
            "stages": {"draft": {"title": "Draft"}, "active": {"title": "Active"}},
            "transitions": [{"from": "draft", "to": "active", "needs": ["terms"]}],
        }
        filled = ["terms.confidentiality", "terms.confidentiality.where", "terms.confidentiality.when"]
        data["requirements"]["terms"] = {"clause": "§1.1", "filled": filled}

    assert told(change) == ["an agreement under this policy has no field 'terms.confidentiality.when'"]


@pytest.mark.parametrize(
    ("kind", "path", "type_"),
    [
        ("review", "feedback", "text"),
        ("review", "findings", "number"),
        ("partnership", "objectives", "list"),
        ("partnership", "termination.effective", "yes-no"),
        ("partnership", "starts", "text"),
        ("agreement", "notice", "day"),
        ("application", "capacity", "day"),
    ],
)
def test_a_field_that_the_kind_has_stays_of_its_sort(kind, path, type_):
    """Declared as something else, it would be ignored, and what the policy means could never be written down."""
    spec = {"type": type_, "clause": "§1.1", "title": "Ours"}
    [message] = told(lambda data: data.update(fields={kind: {path: spec}}))
    assert message.endswith(f" has a field {path} of another sort, and it is no {type_}: give yours a name of its own")


@pytest.mark.parametrize(
    ("kind", "path", "type_"),
    [
        ("review", "findings", "text"),
        ("partnership", "starts", "day"),
        ("agreement", "notice", "duration"),
        ("application", "experience-years", "number"),
        ("pairing", "check-ins.needs-help", "yes-no"),
        ("review", "our-own", "list"),
    ],
)
def test_a_field_that_the_kind_has_may_be_said_again(kind, path, type_):
    assert (
        told(lambda data: data.update(fields={kind: {path: {"type": type_, "clause": "§1.1", "title": "Ours"}}})) == []
    )


def test_a_requirement_that_nothing_needs():
    [message] = told(lambda data: data["requirements"].update(spare={"clause": "§1.1", "reason": True}))
    assert message == "no transition needs it: it would never be demanded"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"of": "partnerships"}, "there is no lifecycle for the kind 'partnerships' here; did you mean partnership?"),
        ({"while": ["actve"]}, "there is no partnership stage 'actve' here; did you mean active?"),
        ({"role": "bord"}, "there is no role 'bord' here; did you mean board?"),
        ({"every": "$months"}, "there is no variable 'months' here"),
        ({"settled-by": "chats"}, "'chats' settles nothing: chats is neither a kind nor a log of a partnership"),
    ],
)
def test_a_cadence_that_names_what_is_not_there(change, message):
    cadence = {
        "clause": "§1.1",
        "of": "partnership",
        "while": ["active"],
        "every": "P1M",
        "settled-by": "communications",
    }
    assert told(lambda data: data.update(cadences={"talks": cadence})) == []
    assert told(lambda data: data.update(cadences={"talks": cadence | change})) == [message]


def test_a_duration_of_the_wrong_form():
    words = refused(lambda data: data["requirements"]["proposal"]["evidence"].update({"fresh-for": "6 months"}))
    assert "write an ISO 8601 duration such as P60D" in words


@pytest.mark.parametrize("name", ["concerns", "person", "folder", "copy", "json", "once", "subject"])
def test_a_field_may_be_called_as_something_that_models_have(name: str):
    """What a model is in Python is no business of whoever writes a policy; a warning would be an error here."""
    data = small()
    spec = {"type": "text", "clause": "§1", "title": "Something of their own"}
    data.setdefault("fields", {}).setdefault("partnership", {})[name] = spec
    model = model_for(Policy.model_validate(data), "partnership")
    assert [info.alias for info in model.model_fields.values()].count(name) == 1
    assert model.folder == "partnerships"


def _ending(path: str, **more: Any) -> Callable[[dict[str, Any]], None]:
    spec = {"type": "choice", "clause": "§1.1", "title": "What ends it", "choices": ["us", "both"], **more}
    return lambda data: data.update(fields={"partnership": {path: spec}})


def test_which_ends_are_mutual():
    assert told(_ending("termination.trigger", mutual=["both"])) == []


def test_which_ends_come_by_themselves():
    assert told(_ending("termination.trigger", lapses=["us"])) == []
    assert refused(_ending("termination.trigger", lapses=["all"])).count("`lapses` names some of the `choices`") == 1
    [message] = told(_ending("ways", lapses=["us"]))
    assert message == "`lapses` goes with termination.trigger: it says which ends are"


def test_no_end_is_both():
    assert "what is `mutual` does not end by itself (`lapses`); both is named in both" in refused(
        _ending("termination.trigger", mutual=["both"], lapses=["both"])
    )


def test_a_mutual_end_is_one_of_the_choices():
    assert "`mutual` names some of the `choices` of a choice; all is none" in refused(
        _ending("termination.trigger", mutual=["all"])
    )
    assert "`mutual` names some of the `choices` of a choice" in refused(
        _ending("termination.trigger", type="choices", mutual=["both"])
    )


def test_what_ends_nothing_ends_by_nobodys_agreement():
    [message] = told(_ending("ways", mutual=["both"]))
    assert message == "`mutual` goes with termination.trigger: it says which ends are"
