"""Whatever is changed in a policy is said in words, and whatever less is demanded is called so: every key, in turn."""

from __future__ import annotations

import os

import pytest

from partnerkit.policies.bearing import Bearing, spots
from partnerkit.policies.changes import changes
from partnerkit.policies.definition import WORDS
from partnerkit.policies.policy import Policy
from partnerkit.policies.requirement import Requirement
from partnerkit.policies.things import thing
from partnerkit.policies.weakening import weakened
from tests.policies.altering import altered, with_values
from tests.policies.packs import pack_data, pack_names, small

#: How many keys of a sort are altered in each of the packs; 0: each.
KEYS = int(os.environ.get("PARTNERKIT_KEYS", "3"))


@pytest.mark.parametrize("name", pack_names())
@pytest.mark.long
def test_no_key_is_changed_without_a_word(name):
    data = with_values(pack_data(name))
    policy = Policy.model_validate(data)
    tried, wrong = 0, []
    for one in altered(data, KEYS):
        tried += 1
        if one.policy == policy:
            continue
        said = changes(*(_part(each, one.path) for each in (data, one.data)))
        less, more = weakened(policy, one.policy), weakened(one.policy, policy)
        if not any(str(one.path[-1]) in each.words or _named(one.path) in each.words for each in said):
            wrong.append(f"{one.name}: no word of it among {[each.words for each in said]}")
        if one.path[0] in _TOLD_APART or one.path[2:-1] == ("stages",) or one.path[-1] == "unit":
            continue
        if one.bearing is Bearing.WORDS:
            wrong += [f"{one.name}: called a weakening: {words}" for words in [*less, *more]]
        elif not less and not more:
            wrong.append(f"{one.name}: neither less nor more")
        elif one.how == "gone" and not less and _demanded(one):
            wrong.append(f"{one.name}: no weakening")
    assert wrong == []
    assert tried > 200


#: When the policy itself is reviewed, of which tests below speak; and what the register tells of, whose word counts
#: where a policy has none. A stage alone is nothing: the ways to it and from it are told; nor is the unit of a variable:
#: what it makes of a value is told where that is used.
_TOLD_APART = {"reviewed", "approved", "next-review", "review-every", "separation-of-duties"}


def _part(data, path):
    """What stands in the part of a policy in which a key is, and so what can differ."""
    table, *names = path
    held = data.get(table)
    if names and isinstance(held, dict):
        held = {name: item for name, item in held.items() if name == names[0]}
    return {"lifecycles": {}, **({} if held is None else {table: held})}


def _named(path):
    """What the thing is called in which a key stands."""
    return thing(tuple(map(str, path))).name if path[0] != "lifecycles" else str(path[1])


def _demanded(one):
    """Whether something is demanded by what is gone: of a number or a yes, what is meant without it may be more."""
    return one.bearing is not Bearing.ALLOWS and isinstance(one.was, dict | list)


def test_the_words_about_a_requirement_are_those_that_its_digest_leaves_out():
    """What a digest vouches for is fixed in records; what is told of it must not part from that."""
    assert {key for key, spot in spots(Requirement).items() if spot.bearing is Bearing.WORDS} == WORDS


# --- what leads past a gate without touching it


def _changed(change):
    data = small()
    change(data)
    return weakened(Policy.model_validate(small()), Policy.model_validate(data))


def _ways(data):
    return data["lifecycles"]["partnership"]


def test_a_way_around_through_a_new_stage_is_told():
    def change(data):
        _ways(data)["stages"]["fast"] = {"title": "Fast"}
        _ways(data)["transitions"] += [{"from": "proposed", "to": "fast"}, {"from": "fast", "to": "active"}]

    assert _changed(change) == [
        "a new way leads from proposed to fast (partnership)",
        "a new way leads from fast to active (partnership)",
    ]


def _renamed(data, old, new, *, without=()):
    ways = _ways(data)
    ways["stages"] = {(new if key == old else key): one for key, one in ways["stages"].items()}
    for one in ways["transitions"]:
        from_ = [one["from"]] if isinstance(one["from"], str) else one["from"]
        one["from"] = [new if each == old else each for each in from_]
        one["to"] = new if one["to"] == old else one["to"]
        one["needs"] = [name for name in one.get("needs", []) if name not in without]
    data["migrates"] = {"partnership": {old: new}}


def test_a_stage_that_is_called_otherwise_hides_nothing_and_is_no_new_way():
    assert _changed(lambda data: _renamed(data, "active", "running")) == []
    assert _changed(lambda data: _renamed(data, "active", "running", without=("decision",))) == [
        "§1.1 no longer required for running"
    ]


def test_what_lay_between_two_stages_that_became_one_is_told():
    def change(data):
        _ways(data)["transitions"] = [{"from": "proposed", "to": "ended", "needs": ["checks", "decision"]}]
        del _ways(data)["stages"]["active"]
        data["migrates"] = {"partnership": {"active": "ended"}}

    assert "§1.1/proposal no longer required for ended" in _changed(change)


@pytest.mark.parametrize(
    ("way", "told"),
    [
        ({"by": "board"}, "gate partnership proposed → active demands less: by from board to nothing"),
        ({"when": {"type": "a"}}, "gate partnership proposed → active demands less: when.type from a to nothing"),
    ],
)
def test_a_condition_taken_off_a_way_is_told(way, told):
    data = small()
    _ways(data)["transitions"][0] |= way
    assert weakened(Policy.model_validate(data), Policy.model_validate(small())) == [told]
    assert weakened(Policy.model_validate(small()), Policy.model_validate(data)) == []


def test_another_condition_of_a_way_is_told_of_whichever_value():
    def under(when):
        data = small()
        _ways(data)["transitions"][0]["when"] = when
        return Policy.model_validate(data)

    assert weakened(under({"type": "a"}), under({"type": ["a", "b"]})) == [
        "gate partnership proposed → active demands something else: when.type from a to a, b"
    ]


# --- the policy's own dates


def test_a_review_put_off_is_told_and_one_that_was_made_is_not():
    def due(**words):
        return Policy.model_validate({**small(), **{key.replace("_", "-"): value for key, value in words.items()}})

    was = due(reviewed="2026-01-01", next_review="2027-01-01")
    assert weakened(was, due(reviewed="2026-12-01", next_review="2028-01-01")) == []
    later = weakened(was, due(reviewed="2026-01-01", next_review="2099-01-01"))
    assert later == ["its own review was due on 2027-01-01, and is due on 2099-01-01"]
    never = weakened(was, due(reviewed="2026-01-01"))
    assert never == ["its own review was due on 2027-01-01, and is due on no day any more"]


# --- how it is said


def test_of_two_long_texts_that_begin_alike_the_difference_is_shown():
    def asked(end):
        data = small()
        data["requirements"]["proposal"]["ask"] = f"{'As before, ' * 30}{end}"
        return data

    (one,) = changes(asked("and the board looks."), asked("and nobody looks."))
    assert "the board looks" in one.words
    assert "nobody looks" in one.words


def test_what_a_policy_says_makes_no_line_of_its_own():
    def called(name):
        return Policy.model_validate({**small(), "names": {"us": {"clause": "§1", "name": name}}})

    assert weakened(called("Ours"), called("Ours\n\nPartnerkit-Command: undo")) == [
        "§1 (name us) demands something else: name from Ours to Ours Partnerkit-Command: undo"
    ]
