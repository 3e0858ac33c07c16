"""The outline of a written text, and the clause tree held against it."""

from __future__ import annotations

from typing import Any

import pytest

from partnerkit.policies.policy import Policy
from partnerkit.policies.source import compare, outline, slug
from tests.policies.packs import pack_data, small, written

NUMBERED = """\
---
layout: policy
# not a heading
---
# Garden Policy

**Document ID:** GARDEN-1
**Document Version:** 1.0  \n**Effective Date:** 2026-01-01

---

## 1. Growing

### 1.1 Beds
Some words about beds.

- **Raised Beds:** beds that are
  raised above the path
- **A/B Rows:** rows that alternate

### 1.2 Aims ##
- Grow *good* [beans](https://example.org/beans) together

```
## 9. Not a heading
- not a bullet
```

**Next Review:** 2027-01-01
"""

PLAIN = """\
Garden Rules
1. Purpose
The purpose is to:
-
Grow beans for
everybody.
-
Share the tools.
2. Work
1. is no heading, for numbers only grow
•
Watering Plan: Who waters when.
3. Contact
Write to us: garden@example.org
3.1 By post
Box 7.
"""

UNNUMBERED = """\
## Lending / Borrowing

We lend.

### Tools
 * You may lend the barrow
 * Say it right: "Wheelbarrow", one word

Gifts
-----
- none
+ any

### Tools
Overview
========
"""


def shown(text: str) -> list[tuple[str, str, int, list[str]]]:
    return [
        (heading.id, heading.title, heading.line, [bullet.name or bullet.text for bullet in heading.bullets])
        for heading in outline(text).headings
    ]


def test_numbered_markdown():
    found = outline(NUMBERED)
    assert found.title == "Garden Policy"
    assert shown(NUMBERED) == [
        ("§1", "Growing", 13, []),
        ("§1.1", "Beds", 15, ["Raised Beds", "A/B Rows"]),
        ("§1.2", "Aims", 22, ["Grow good beans together"]),
    ]
    assert found.headings[1].bullets[0].text == "Raised Beds: beds that are raised above the path"
    assert [bullet.bold for bullet in found.headings[1].bullets] == [True, True]
    assert {label: (said.text, said.line) for label, said in found.metadata.items()} == {
        "document id": ("GARDEN-1", 7),
        "document version": ("1.0", 8),
        "effective date": ("2026-01-01", 9),
        "next review": ("2027-01-01", 30),
    }


def test_plain_text_with_numbered_lines():
    assert outline(PLAIN).title == "Garden Rules"
    assert shown(PLAIN) == [
        ("§1", "Purpose", 2, ["Grow beans for everybody.", "Share the tools."]),
        ("§2", "Work", 9, ["Watering Plan"]),
        ("§3", "Contact", 13, []),
        ("§3.1", "By post", 15, []),
    ]


def test_headings_without_numbers_get_the_names_on_their_way():
    assert shown(UNNUMBERED) == [
        ("§lending-borrowing", "Lending / Borrowing", 1, []),
        ("§lending-borrowing.tools", "Tools", 5, ["You may lend the barrow", "Say it right"]),
        ("§gifts", "Gifts", 9, ["none", "any"]),
        ("§gifts.tools", "Tools", 14, []),
    ]


def test_several_top_headings_are_sections_and_no_title():
    found = outline("# Tools\n# Tools\n# Инструменты\n")
    assert found.title is None
    assert [heading.id for heading in found.headings] == ["§tools", "§tools-2", "§line-3"]


@pytest.mark.parametrize(
    "text", ["", "\ufeff", "---\n", "---\na: b\n", "- a bullet before any heading\n", "```\n# x\n"]
)
def test_texts_without_an_outline(text):
    assert outline(text).headings == ()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("AI/ML Companies", "ai-ml-companies"),
        ("Technology Non-Profits", "technology-non-profits"),
        ("  Über — alles!  ", "uber-alles"),
        ("§", ""),
    ],
)
def test_slugs(name, expected):
    assert slug(name) == expected


def garden() -> dict[str, Any]:
    data = small()
    data |= {"policy": "GARDEN-1", "version": "1.0", "effective": "2026-01-01", "next-review": "2027-01-01"}
    data["clauses"] = {
        "§1": {"title": "Growing"},
        "§1.1": {"title": "Beds", "points": ["raised-beds", "a-b-rows"]},
        "§1.2": {"title": "Aims", "points": ["grow-beans"]},
    }
    return data


def compared(data: dict[str, Any], text: str = NUMBERED) -> list[tuple[str, str | None, int | None]]:
    return [
        (found.code, found.clause and found.clause.removeprefix("GARDEN-1 "), found.line)
        for found in compare(Policy.model_validate(data), outline(text))
    ]


def test_a_policy_that_is_its_text():
    assert compared(garden()) == []


def test_a_missing_heading_and_a_missing_bullet():
    data = garden()
    data["clauses"]["§1.1"]["points"] = ["a-b-rows"]
    del data["clauses"]["§1.2"]
    assert compared(data) == [("clause-missing", "§1.1/raised-beds", 16 + 2), ("clause-missing", "§1.2", 22)]


def test_an_invented_heading_and_an_invented_bullet():
    data = garden()
    data["clauses"]["§1.1"]["points"].append("sunk-beds")
    data["clauses"]["§1.3"] = {"title": "Fences"}
    assert compared(data) == [("clause-invented", "§1.1/sunk-beds", 15), ("clause-invented", "§1.3", None)]


def test_a_bold_name_is_taken_at_its_word():
    data = garden()
    data["clauses"]["§1.1"]["points"] = ["raised", "a-b-rows"]
    assert compared(data) == [("clause-missing", "§1.1/raised-beds", 18), ("clause-invented", "§1.1/raised", 15)]


def test_words_of_a_bullet_without_a_name_stand_in_its_order():
    data = garden()
    data["clauses"]["§1.2"]["points"] = ["beans-grow"]
    assert compared(data) == [("clause-missing", "§1.2", 23), ("clause-invented", "§1.2/beans-grow", 22)]


def test_another_title_and_another_order():
    data = garden()
    data["clauses"]["§1.1"] = {"title": "Beds and rows", "points": ["a-b-rows", "raised-beds"]}
    data["clauses"]["§1"] = data["clauses"].pop("§1")
    assert compared(data) == [
        ("clause-renamed", "§1.1", 15),
        ("clause-moved", "§1.1", 15),
        ("clause-moved", "§1", 13),
    ]


def test_what_the_text_says_about_itself():
    data = garden() | {"policy": "GARDEN-2", "version": "1.1", "effective": "2026-01-02"}
    del data["next-review"]
    assert [(code, line) for code, _, line in compared(data)] == [
        ("metadata-differs", 7),
        ("metadata-differs", 8),
        ("metadata-differs", 9),
        ("metadata-differs", 30),
    ]


def test_a_day_in_words_is_left_to_the_eye():
    text = NUMBERED.replace("2027-01-01", "01.01.2027")
    [found] = compare(Policy.model_validate(garden()), outline(text))
    assert (found.code, found.severity, found.line) == ("metadata-differs", "warning", 30)


def test_the_same_bullet_text_serves_one_point_only():
    data = garden()
    data["clauses"]["§1.2"]["points"] = ["grow-beans", "beans-together"]
    text = NUMBERED.replace("\n```\n##", "- Grow beans together again\n\n```\n##")
    assert compared(data, text) == []
    assert compared(data) == [("clause-invented", "§1.2/beans-together", 22)]


OPS = "OPS-05-03-partnership-policy.md"


def against_ops(change: Any) -> list[tuple[str, str | None]]:
    data = pack_data("OPS-05-03")
    change(data)
    return [(found.code, found.clause) for found in compare(Policy.model_validate(data), outline(written(OPS)))]


def test_the_pack_against_the_real_text():
    assert against_ops(lambda _data: None) == []
    assert sum(len(heading.bullets) for heading in outline(written(OPS)).headings) == 192


def test_a_clause_taken_from_the_real_one_is_missed():
    assert against_ops(lambda data: data["clauses"]["§9.2.2"]["points"].remove("recovery-planning")) == [
        ("clause-missing", "OPS-05-03 §9.2.2/recovery-planning")
    ]
    assert against_ops(lambda data: data["clauses"].pop("§11.2.1")) == [("clause-missing", "OPS-05-03 §11.2.1")]


def test_a_clause_added_to_the_real_one_is_noticed():
    assert against_ops(lambda data: data["clauses"]["§9.2.2"]["points"].append("celebration")) == [
        ("clause-invented", "OPS-05-03 §9.2.2/celebration")
    ]
    assert against_ops(lambda data: data["clauses"].update({"§13": {"title": "More"}})) == [
        ("clause-invented", "OPS-05-03 §13")
    ]


def test_other_written_policies_have_outlines_too():
    plain = outline(written("MANDALA-partnership-and-collaboration-policy.md"))
    assert [heading.id for heading in plain.headings] == [f"§{number}" for number in range(1, 13)]
    assert [len(heading.bullets) for heading in plain.headings] == [0, 3, 0, 4, 3, 3, 3, 2, 2, 0, 0, 0]
    unnumbered = outline(written("OTS-partnership-guidelines.md"))
    ids = [heading.id for heading in unnumbered.headings]
    assert len(ids) == 11
    assert "§contributions.coaches" in ids
    assert "§naming-branding.unofficial-support" in ids
    assert [len(heading.bullets) for heading in unnumbered.headings if heading.bullets] == [6]
