"""A change of many records at a terminal: what matters most in full, the rest in lines, and how one of them is told."""

from __future__ import annotations

from dataclasses import replace

from partnerkit.reports.diff_text import as_page
from partnerkit.reviewing.review import End, Review
from partnerkit.reviewing.told import Eye
from tests.properties.test_reviewers_page import review


def many(count: int) -> Review:
    one = replace(review("w"), findings=[], rules=[], votes=[])
    records = [replace(one.records[0], id=f"r-{number:03}", void=()) for number in range(count)]
    eyes = [Eye("text", record.id, "name looks like markup", f"<{record.id}>") for record in records]
    late = Eye("day-by-hand", "r-000", "the day was set by hand")
    base, head = End("main", "0" * 40), End("HEAD", "1" * 40)
    return replace(one, base=base, head=head, records=records, eyes=[late, *eyes])


def test_of_many_records_the_first_are_told_in_full_and_the_others_in_lines() -> None:
    lines = as_page(many(300)).plain().splitlines()

    assert sum(line.startswith("r-") for line in lines) == 5
    assert "295 more records, in a line each" in lines
    assert sum(line.startswith("  r-") for line in lines) == 20
    assert "  and 275 more" in lines
    assert "  One of them in full:  partnerkit diff main HEAD --only r-005" in lines
    assert len(lines) < 260


def test_of_few_each_is_told_in_full() -> None:
    lines = as_page(many(12)).plain().splitlines()

    assert sum(line.startswith("r-") for line in lines) == 12
    assert not any("--only" in line for line in lines)


def test_what_is_looked_at_alike_is_told_once_and_what_nobody_should_miss_comes_first() -> None:
    lines = as_page(many(40)).plain().splitlines()
    looks = [line.strip() for line in lines if line.startswith("  \u2610")]

    assert looks == [
        "\u2610 r-000, r-001, r-002 and 37 more: name looks like markup: <r-000>; <r-001>; <r-002> and 37 more",
        "\u2610 r-000: the day was set by hand",
    ]
