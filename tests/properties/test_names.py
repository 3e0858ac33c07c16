"""Names spelt right: whatever is done to one is found; what machines read, and other words, are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerkit.policies.fields import NameRule
from partnerkit.rules.spelling import misspelt

NAME = "OpenTechSchool"
RULE = NameRule.model_validate({"clause": "§1", "name": NAME})

#: What may come between two letters and leaves the same name to the eye, or nearly.
BETWEEN = st.sampled_from(
    [
        "",
        "",
        "",
        " ",
        "  ",
        "\n",
        "\n  ",
        "-",
        "-\n",
        "_",
        "\u00a0",
        "\u2011",
        "\u200b",
        "\u00ad",
        "\u2060",
        "\ufeff",
        "\u200d",
    ]
)
BESIDE = st.sampled_from(["", "We thank ", "(", "“", "OTS, that is ", "Coaches of ", "* ", "**"])
AFTER = st.sampled_from(["", ".", " and friends", ")", "”", "'s coaches", ", our partner", "!", "\n", "**", ": learn"])


@st.composite
def spelt(draw: st.DrawFn) -> str:
    """The letters of the name, in any case, with anything between them."""
    letters = [draw(st.sampled_from([letter, letter, letter.lower(), letter.upper()])) for letter in NAME]
    return "".join(letter + draw(BETWEEN) for letter in letters[:-1]) + letters[-1]


@given(spelt(), BESIDE, AFTER)
def test_every_other_spelling_is_found_once_and_the_right_one_never(one: str, before: str, after: str) -> None:
    """T19: one, two or three words, any case, broken lines, hyphens, characters that nobody sees."""
    assert misspelt(f"{before}{one}{after}", RULE) == ([] if one == NAME else [one])


@given(st.lists(st.sampled_from([NAME, "OPENTECHSCHOOL", "Open Tech School", "Opentechschool"]), max_size=6))
def test_each_place_is_found_in_order(names: list[str]) -> None:
    assert misspelt(" says ".join(names), RULE) == [one for one in names if one != NAME]


HOST = st.sampled_from(
    ["opentechschool.org", "www.opentechschool.org", "dortmund.opentechschool.example", "OPENTECHSCHOOL.ORG"]
)
PATH = st.sampled_from(["", "/", "/opentechschool", "/a/Opentechschool?x=open-tech-school#opentechschool", ":8080/x"])
ADDRESS = st.one_of(
    st.builds("{}{}".format, HOST, PATH),
    st.builds("https://{}{}".format, HOST, PATH),
    st.builds("team.{}@opentechschool.example".format, st.sampled_from(["opentechschool", "berlin", "ots"])),
    st.builds("mailto:info@{}".format, HOST),
    st.sampled_from(["@opentechschool", "git@host.example:opentechschool", "https://host.example/open-tech-school"]),
)


@given(st.lists(ADDRESS, min_size=1, max_size=4), BESIDE)
def test_addresses_are_left_alone(addresses: list[str], before: str) -> None:
    """T19: hosts, links, e-mail addresses and handles are spelt as machines want them."""
    assert misspelt(f"{before}See {' and '.join(addresses)} today.", RULE) == []


@given(st.text(alphabet=st.characters(exclude_characters="oO\u017f"), max_size=60))
def test_text_without_the_name_is_left_alone(text: str) -> None:
    assert misspelt(text, RULE) == []


@pytest.mark.parametrize(
    "text",
    ["OTS", "the OTS' team", "ots", "an open school of tech", "opentechschools", "OpenTech", "schools open to techs"],
)
def test_other_words_are_left_alone(text: str) -> None:
    """T19: among ourselves the guidelines themselves say OTS."""
    assert misspelt(text, RULE) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Open Tech School", ["Open Tech School"]),
        ("Opentechschool", ["Opentechschool"]),
        ("OpenTech School", ["OpenTech School"]),
        ("OPENTECHSCHOOL", ["OPENTECHSCHOOL"]),
        ("OpenTech\nSchool", ["OpenTech\nSchool"]),
        ("OpenTech\u200bSchool", ["OpenTech\u200bSchool"]),
        ("Open\u00adTechSchool", ["Open\u00adTechSchool"]),
        ("Learn with Opentechschool.Everybody may", ["Opentechschool"]),
        ("Open.Tech.School", ["Open.Tech.School"]),
        ("[Opentechschool](https://opentechschool.org)", ["Opentechschool"]),
        ("info@opentechschool.org, Opentechschool", ["Opentechschool"]),
        ("OpenTechSchool, opentechschool.org and Open Tech School", ["Open Tech School"]),
    ],
)
def test_wrong_spellings(text: str, found: list[str]) -> None:
    """T19, spelling by spelling."""
    assert misspelt(text, RULE) == found


def test_further_wrong_spellings_are_whole_words() -> None:
    rule = NameRule.model_validate({"clause": "§1", "name": NAME, "wrong": ["OTS", "the School"]})
    assert misspelt("OTS and the School, not TOTS or ots or OTSX", rule) == ["OTS", "the School"]


def test_letters_with_marks_are_the_same_letters_however_they_are_written() -> None:
    rule = NameRule.model_validate({"clause": "§1", "name": "Caf\u00e9Zukunft"})
    assert misspelt("Cafe\u0301Zukunft", rule) == []
    assert misspelt("Cafe\u0301 Zukunft", rule) == ["Caf\u00e9 Zukunft"]
