"""What a cell means, by the field that it fills: an own model here, with a field of every sort."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerkit.jobs.sheet_cells import Question, number, several, word
from partnerkit.jobs.sheet_map import SheetMap
from partnerkit.jobs.sheet_targets import Targets, fields_of
from partnerkit.jobs.sheet_values import Place, value_meant
from partnerkit.kinds.modelled import AfterValidator, Field
from partnerkit.kinds.parts import Day, Number, Part, PersonId, Slug, Text
from tests.policies.packs import pack


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError(f"{value!r} is no IANA time zone") from error
    return value


class Everything(Part):
    """A field of every sort."""

    zone: Annotated[str, AfterValidator(_zone)] | None = Field(None, description="Where.")
    level: Slug | None = Field(None, description="How far.")
    size: Literal["small", "extra-large"] | None = Field(None, description="Which size.")
    skills: list[Slug] = Field(default_factory=list, description="What.")
    hopes: list[Text] = Field(default_factory=list, description="What for.")
    hours: Annotated[Number, Field(gt=0, le=168)] | None = Field(None, description="How long.")
    count: int | None = Field(None, ge=1, description="How many.")
    agreed: bool | None = Field(None, description="Whether.")
    since: Day | None = Field(None, description="Since when.")
    person: PersonId | None = Field(None, description="Who.")


POLICY = pack("MEM-02-03")
KNOWN = Targets("application", POLICY, Everything, fields_of(Everything), {}, {})
MAP = SheetMap(kind="application", policy="MEM-02-03", columns={}, values={"skills": {"C++": "cplusplus"}})


def meant(key: str, text: str) -> Any:
    return value_meant(Place(KNOWN, Everything, key, key), MAP, text)


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("zone", "Europe/Berlin", "Europe/Berlin"),
        ("level", "Very Good", "very-good"),
        ("level", "Größer", "grosser"),
        ("size", "Extra large", "extra-large"),
        ("skills", "Python, SQL,python, ", ["python", "sql"]),
        ("skills", "- Python\n- c++", ["python", "cplusplus"]),
        ("hopes", "To learn, and to teach; To speak", ["To learn, and to teach", "To speak"]),
        ("hours", "7,5", "7.5"),
        ("hours", "4 hours", "4"),
        ("count", "3", 3),
        ("agreed", "Yes", True),
        ("agreed", "no", False),
        ("since", "2026/02/01", "2026-02-01"),
        ("person", "p-0007", "p-0007"),
    ],
)
def test_a_cell_is_what_its_field_takes(key: str, text: str, value: Any) -> None:
    assert meant(key, text) == value


@pytest.mark.parametrize(
    ("key", "text", "words"),
    [
        ("zone", "Berlin", "'Berlin' is no IANA time zone"),
        ("zone", "Europe/Atlantis", "is no IANA time zone"),
        ("level", "C#", "letters would be lost"),
        ("size", "Smal", "did you mean small"),
        ("skills", "Python, C#", "letters would be lost"),
        ("hours", "0", "hours is 0: more than 0 (How long)"),
        ("hours", "200", "at most 168"),
        ("hours", "1,500", "write a number"),
        ("hours", "3-5", "write a number"),
        ("count", "0", "at least 1"),
        ("count", "2.5", "whole number"),
        ("agreed", "perhaps", "true or false"),
        ("since", "02/03/2026", "can be two days"),
        ("person", "Ada Nobody", "no opaque id"),
    ],
)
def test_what_it_does_not_take_is_asked(key: str, text: str, words: str) -> None:
    with pytest.raises(Question) as asked:
        meant(key, text)
    assert words in str(asked.value)


@given(st.text(max_size=12))
def test_a_word_loses_no_letter(text: str) -> None:
    """Of two that differ in more than case, accents and what stands between words, no one word is made."""
    found = word(text)
    if found is not None:
        assert word(found) == found
        assert sum(one.isalnum() for one in found) >= sum(one.isalnum() and one.isascii() for one in text)


@given(st.integers(0, 10**6), st.sampled_from(["", " h", " hours", " years"]))
def test_a_number_is_itself_with_its_unit(count: int, unit: str) -> None:
    assert number(f"{count}{unit}") == str(count)


@given(st.lists(st.sampled_from(["python", "sql", "public speaking"]), min_size=1, max_size=4))
def test_parts_of_a_cell_come_once_and_in_order(words: list[str]) -> None:
    wanted = list(dict.fromkeys(words))
    for mark in (", ", ";", "\n", "\n- "):
        assert several(mark.join(words)) == wanted
