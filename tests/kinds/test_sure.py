"""What is made without pydantic is what pydantic makes, of whatever data; where that cannot be said, nothing is made."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from random import Random
from typing import Annotated, Any, Literal

import pytest
from pydantic import ValidationError

from partnerkit.kinds.modelled import AfterValidator, Field, Model, model_validator
from partnerkit.kinds.parts import Day, Number, Part
from partnerkit.kinds.roster import Roster
from partnerkit.kinds.settings import Settings
from partnerkit.kinds.sure import sure, surely_takes
from partnerkit.kinds.sure_again import sure_again
from partnerkit.policies.policy import Policy
from partnerkit.store.git.repository import Git
from partnerkit.store.git.trees import WorkingTree
from partnerkit.store.load import Loaded, load
from tests.chance import examples
from tests.kinds.test_trusted import said
from tests.policies.packs import ROOT, pack_data, pack_names

#: What takes the place of a value: other types, other forms, what only some readers take.
OTHERS: list[Any] = [
    *(
        None,
        True,
        False,
        0,
        1,
        -1,
        10**20,
        1.5,
        "",
        "x",
        "a b",
        "A",
        "5",
        "4.50",
        "-1",
        "P6M",
        "P0D",
        "é",
        "a\n",
        "a\x00",
    ),
    *("2026-02-30", "2026-02-28", "2026-01-05T09:00:00Z", "2026-01-05T25:00:00Z", "x" * 3000, "p-rosa", "١٢", "\ud800"),
    *([], {}, [None], ["a"], [1], {"a": 1}, {1: "a"}, date(2026, 1, 5), Decimal("1.5"), ("a",), b"a"),
]


@pytest.fixture(scope="module")
def own() -> Loaded:
    """The records of this project."""
    return load(WorkingTree(Git.discover(ROOT)))


def agrees(model: Any, data: Any) -> bool:
    """Whether anything was made; it is what pydantic makes then."""
    found = sure(model, data)
    if found is not None:
        assert said(found) == said(model.model_validate(data)), data
    return found is not None


def spots(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every list or mapping in a value, with a key of it."""
    for key, part in value.items() if isinstance(value, dict) else enumerate(value):
        yield value, key
        if isinstance(part, dict | list):
            yield from spots(part)


def spoilt(chance: Random, data: Any) -> Any:
    """Data with one thing in them another, one less or one more."""
    new = copy.deepcopy(data)
    held, key = chance.choice(list(spots(new)))
    kind = chance.randrange(4)
    if kind == 0:
        del held[key]
    elif kind == 1 and isinstance(held, dict):
        held[chance.choice(["other", "until", "on", "reason", "name", 5])] = copy.deepcopy(chance.choice(OTHERS))
    elif kind == 1:
        held.insert(key, copy.deepcopy(held[key]))
    else:
        held[key] = copy.deepcopy(chance.choice(OTHERS))
    return new


def test_records_are_made_without_pydantic_and_are_the_same(own: Loaded) -> None:
    met: set[str] = set()
    for record in own.demand().records.values():
        assert agrees(own.records.models.get(record.model.policy, record.kind), record.data), record.path
        met.add(record.kind)
    assert met >= {"partnership", "agreement", "application", "pairing", "review", "risk", "case"}


def refused(model: Any, data: Any, key: str) -> bool:
    """Whether pydantic says anything against what stands under a key."""
    try:
        model.twin.model_validate(data)
    except ValidationError as error:
        return any(found["loc"][:1] == (key,) for found in error.errors())
    return False


def test_a_value_that_a_field_surely_takes_is_refused_beside_no_others(own: Loaded) -> None:
    chance, taken, unsure = Random(7), 0, 0  # noqa: S311 - the same cases each time
    records = list(own.demand().records.values())
    for _ in range(examples(600)):
        record = chance.choice(records)
        model: Any = own.records.models.get(record.model.policy, record.kind)
        data = spoilt(chance, record.data)
        key = chance.choice([*data])
        if surely_takes(model, key, data[key]):
            taken += 1
            less = {other: value for other, value in data.items() if other == key or chance.random() < 0.5}
            assert not refused(model, data, key), (key, data[key])
            assert not refused(model, less, key), (key, data[key])
        else:
            unsure += 1
    assert taken > 2 * unsure > 0


def shared(new: Any, old: Any) -> Any:
    """Data, of which what is written alike in other data is the very same object."""
    if repr(new) == repr(old):
        return old
    if isinstance(new, list) and isinstance(old, list):
        return [shared(*two) for two in zip(new, old, strict=False)] + new[len(old) :]
    if isinstance(new, dict) and isinstance(old, dict):
        return {key: shared(part, old[key]) if key in old else part for key, part in new.items()}
    return new


def test_with_parts_that_were_made_before_the_same_is_made(own: Loaded) -> None:
    chance = Random(20261124)  # noqa: S311 - nothing secret
    records = list(own.demand().records.values())
    made = 0
    for _ in range(examples(600)):
        record = chance.choice(records)
        model = own.records.models.get(record.model.policy, record.kind)
        was = spoilt(chance, record.data) if chance.random() < 0.3 else record.data
        value = sure(model, was)
        if value is None:
            continue
        data = shared(spoilt(chance, was), was)
        found, alone = sure_again(model, data, was, value), sure(model, copy.deepcopy(data))
        assert (found is None) == (alone is None), data
        made += found is not None
        if found is not None:
            assert said(found) == said(alone), data
            assert all(getattr(found, key) is getattr(value, key) for key in ("history",) if data[key] is was[key])
    assert made > examples(600) / 20


def test_of_what_was_spoilt_nothing_is_made_that_pydantic_refuses(own: Loaded) -> None:
    chance = Random(20261123)  # noqa: S311 - nothing secret
    records = list(own.demand().records.values())
    made = 0
    for _ in range(examples(600)):
        record = chance.choice(records)
        model = own.records.models.get(record.model.policy, record.kind)
        made += agrees(model, spoilt(chance, record.data))
    assert made > examples(600) // 20  # much of what is spoilt is right all the same, such as another name


@pytest.mark.parametrize("name", pack_names())
def test_rules_are_the_same(name: str, own: Loaded) -> None:
    chance = Random(name)  # noqa: S311 - nothing secret
    data = pack_data(name)
    assert agrees(Policy, data)
    for _ in range(examples(40)):
        agrees(Policy, spoilt(chance, data))
    for path, model in (("records/register.yaml", Settings), ("records/people.yaml", Roster)):
        assert agrees(model, own.documents[path].data)
        for _ in range(examples(40)):
            agrees(model, spoilt(chance, own.documents[path].data))


def _loud(value: str) -> str:
    if value == "loud":
        raise ValueError("too loud")
    return value.upper()


class _Inner(Part):
    said: str = Field(min_length=1, max_length=3, pattern=r"^[a-z]+$")


class _Odd(Part):
    choice: Literal[1, "one", "1"] | None = None
    day: Day | Literal["never"] | None = None
    number: int | None = Field(default=None, ge=0, le=5)
    amount: Number | None = Field(default=None, ge=0)
    either: str | Annotated[str, Field(max_length=2)] | None = None
    other: str | Annotated[str, AfterValidator(_loud)] | None = None
    sign: str = Field(default="§x", pattern=r"^§[a-z]+$")
    word: str = Field(default="x", pattern=r"^\w( \w)*$")
    thing: Any = None
    told: Annotated[str, AfterValidator(_loud)] = "x"
    inner: _Inner = Field(default_factory=lambda: _Inner(said="a"))
    many: dict[str, list[_Inner]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _no_five(self) -> _Odd:
        if self.number == 5:
            raise ValueError("five")
        return self


@pytest.mark.parametrize(
    ("data", "made"),
    [
        ({}, True),
        ({"choice": 1}, True),
        ({"choice": "1"}, True),
        ({"choice": True}, False),
        ({"choice": 2}, False),
        ({"day": "2026-01-05"}, True),
        ({"day": "never"}, True),
        ({"day": "2026-02-30"}, False),
        ({"number": 4}, True),
        ({"number": 5}, False),
        ({"number": 6}, False),
        ({"number": True}, False),
        ({"amount": "1.5"}, True),
        ({"amount": Decimal("1.5")}, True),
        ({"amount": Decimal("NaN")}, False),
        ({"amount": Decimal("Infinity")}, False),
        ({"either": "abc"}, True),
        ({"either": "ab"}, True),  # two take it, and make the same of it
        ({"other": "ab"}, False),  # two take it: only pydantic says which
        ({"other": "loud"}, True),
        ({"sign": "§a"}, True),
        ({"sign": "§é"}, False),
        ({"sign": "§a\n"}, False),
        ({"word": "§a"}, False),
        ({"word": "a b"}, True),
        ({"word": "aé"}, False),  # what a letter is, two libraries say differently
        ({"thing": "x"}, True),
        ({"thing": {1: [date(2026, 1, 5), None]}}, True),
        ({"thing": "\ud800"}, True),
        ({"told": "soft"}, True),
        ({"told": "loud"}, False),
        ({"inner": {"said": "abc"}}, True),
        ({"inner": {"said": "abc\n"}}, False),
        ({"inner": {"said": "abcd"}}, False),
        ({"inner": {}}, False),
        ({"inner": []}, False),
        ({"many": {"a": [{"said": "a"}, {"said": "b"}]}}, True),
        ({"many": {"a": ({"said": "a"},)}}, False),
        ({"unknown": 1}, False),
        ([], False),
        (None, False),
    ],
)
def test_what_is_made_and_what_is_left_to_pydantic(data: Any, made: bool) -> None:
    assert agrees(_Odd, data) is made


def test_what_is_refused_is_refused_by_pydantic_in_its_words() -> None:
    assert isinstance(_Odd.model_validate({"number": 3}), Model)
    with pytest.raises(ValidationError, match="five"):
        _Odd.model_validate({"number": 5})
