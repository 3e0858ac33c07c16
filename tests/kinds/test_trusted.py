"""Values of what is known to be right are those that the models make, and models say the same with pydantic and without."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Iterator
from typing import Annotated, Any, Literal, get_args

import pytest
from pydantic import BaseModel as PydanticModel
from pydantic import ValidationError

from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.modelled import TAKEN, AfterValidator, Field, Model, PlainValidator
from partnerkit.kinds.parts import Day, Part
from partnerkit.kinds.roster import Roster
from partnerkit.kinds.said import Said
from partnerkit.kinds.settings import Settings, Trust
from partnerkit.kinds.trusted import _plan, trusted, typed
from partnerkit.policies.policy import Policy
from partnerkit.policies.shapes import model_for, said_of
from partnerkit.store.git.repository import Git
from partnerkit.store.git.trees import WorkingTree
from partnerkit.store.load import Loaded, load
from tests.policies.packs import ROOT, pack_data, pack_names


def said(value: Any) -> Any:
    """All that a value says: its type, its fields in their order, which of them were given, and so on below."""
    if isinstance(value, Model):
        fields = [(name, said(one)) for name, one in value.whole().__dict__.items() if name in type(value).model_fields]
        return type(value), fields, value.model_fields_set
    if isinstance(value, dict):
        return [(key, said(one)) for key, one in value.items()]
    return [said(one) for one in value] if isinstance(value, list) else (type(value), value)


@pytest.fixture(scope="module")
def own() -> Loaded:
    """The records of this project."""
    return load(WorkingTree(Git.discover(ROOT)))


@pytest.mark.parametrize("name", pack_names())
def test_a_pack_typed_without_being_judged_is_the_same(name: str) -> None:
    data = pack_data(name)
    assert said(trusted(Policy, data)) == said(Policy.model_validate(data))


@pytest.mark.parametrize(
    "asked",
    [
        lambda one: one,
        lambda one: one.model_copy(),
        lambda one: one.model_copy(deep=True),
        lambda one: pickle.loads(pickle.dumps(one)),  # noqa: S301 - our own
    ],
)
def test_a_policy_made_as_it_is_asked_for_is_the_same_whatever_is_asked_first(asked: Any) -> None:
    name = pack_names()[0]
    whole = Policy.model_validate(pack_data(name))

    late = trusted(Policy, pack_data(name))
    assert late.title == whole.title
    assert said(asked(late)) == said(whole)
    assert asked(trusted(Policy, pack_data(name))) == whole
    assert whole == trusted(Policy, pack_data(name))
    assert repr(trusted(Policy, pack_data(name))) == repr(whole)
    assert trusted(Policy, pack_data(name)).model_dump_json() == whole.model_dump_json()
    with pytest.raises(AttributeError, match="'Policy' object has no attribute 'colour'"):
        late.colour  # type: ignore[attr-defined]  # noqa: B018 - it is asked for


def test_a_copy_with_other_requirements_works_out_anew_what_lasts() -> None:
    policy = trusted(Policy, pack_data(pack_names()[0]))
    assert policy.lasting
    assert not policy.model_copy(update={"requirements": {}}).lasting


def test_settings_and_roster_typed_without_being_judged_are_the_same(own: Loaded) -> None:
    for path, model in (("records/register.yaml", Settings), ("records/people.yaml", Roster)):
        data = own.documents[path].data
        assert said(trusted(model, data)) == said(model.model_validate(data))
    assert said(trusted(Settings, {"format": 1}).trust) == said(Trust())


def test_records_typed_without_being_judged_are_the_same(own: Loaded) -> None:
    met: set[str] = set()
    for record in own.demand().records.values():
        model = own.records.models.get(record.model.policy, record.kind)
        assert said(trusted(model, record.data)) == said(model.model_validate(record.data)), record.path
        met.add(record.kind)
    assert met >= {"partnership", "agreement", "application", "pairing", "review", "risk", "case"}


@pytest.mark.parametrize("name", pack_names())
def test_every_kind_under_every_policy_can_be_typed_so(name: str) -> None:
    """What cannot be told from the data is refused when the key is looked at, whatever it says."""
    policy = trusted(Policy, pack_data(name))
    for kind in KINDS:
        assert set(_below(model_for(policy, kind)))


@pytest.mark.parametrize("name", pack_names())
def test_what_a_policy_says_of_a_kind_is_all_of_which_its_model_is_made(name: str) -> None:
    data = pack_data(name)
    whole = trusted(Policy, data)
    for kind in KINDS:
        assert model_for(trusted(Policy, said_of(data, kind)), kind) is model_for(whole, kind)


def _below(model: Any) -> Iterator[Any]:
    yield model
    for info in model.model_fields.values():
        _, make = _plan(model).keys[info.alias]
        for inner in getattr(make, "args", ()):
            yield from _below(inner)


class _Torn(Part):
    at: Day | str


class _Keyed(Part):
    by: dict[Day, str]


class _Shared(Part):
    of: list[str] = []  # noqa: RUF012 - the mistake that is looked for


@pytest.mark.parametrize(
    ("model", "data", "why"),
    [(_Torn, {"at": "x"}, "nobody could tell"), (_Keyed, {"by": {}}, "are words"), (_Shared, {}, "made anew")],
)
def test_what_could_be_read_in_two_ways_is_refused(model: type[Part], data: dict[str, Any], why: str) -> None:
    with pytest.raises(TypeError, match=why):
        trusted(model, data)


def test_defaults_and_keys_stand_behind_the_field_and_in_no_annotation() -> None:
    """So that they are known before the annotation is read."""
    marks = [mark for model in _models(Part) for hint in model.own_hints.values() for mark in get_args(hint)[1:]]
    said = [one for one in marks if isinstance(one, Said) and one.word == "Field"]
    assert said
    assert not any({"default", "default_factory", "alias"} & one.named.keys() for one in said)


def _models(above: Any) -> Iterator[Any]:
    for one in above.__subclasses__():
        yield one
        yield from _models(one)


def _there(value: str) -> str:
    if value == "gone":
        raise ValueError("it is gone")
    return value


class _Placed(Part):
    place: str = Field(min_length=1)

    def shout(self) -> str:
        return self.place.upper()


class _Zoned(Part):
    zone: Annotated[str, AfterValidator(_there)]
    sort: Annotated[str | int, PlainValidator(str)] = "1"
    inner: _Placed | Literal["none"] | None = None


def test_what_was_right_and_is_not_any_more_is_judged_again() -> None:
    """A time zone can be taken off a machine: the model says so, as if nothing had been known."""
    assert typed(_Zoned, {"zone": "here", "sort": 2}, judged=True).sort == "2"
    with pytest.raises(ValidationError, match="it is gone"):
        typed(_Zoned, {"zone": "gone"}, judged=True)


def test_values_do_not_change_and_are_told_apart() -> None:
    one = _Zoned.model_validate({"zone": "here", "inner": {"place": "a"}})
    assert isinstance(one.inner, _Placed)
    assert one.inner.shout() == "A"
    assert one == trusted(_Zoned, {"zone": "here", "inner": {"place": "a"}})
    assert hash(one) == hash(copy.deepcopy(one))
    assert copy.copy(one) == one != one.model_copy(update={"zone": "there"})
    assert repr(one) == "_Zoned(zone='here', sort='1', inner=_Placed(place='a'))"
    with pytest.raises(AttributeError, match="zone cannot be set"):
        one.zone = "there"  # type: ignore[misc]  # it is what must be refused
    assert one.model_dump(exclude_unset=True) == {"zone": "here", "inner": {"place": "a"}}
    assert _Zoned.model_validate_json(one.model_dump_json()) == one == _Zoned(zone="here", inner=_Placed(place="a"))


def test_what_models_of_pydantic_are_called_is_known() -> None:
    """A field of a policy may be called `copy`: its twin could have none of that name."""
    assert {name for name in dir(PydanticModel) if not name.startswith("_")} <= TAKEN
