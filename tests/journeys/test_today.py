"""`today` through the real command: what it says, whose it is, that its lines can be pasted, that it stays readable."""

from __future__ import annotations

import re
import shlex
from typing import Any

import pytest

from tests.conftest import At
from tests.journeys.inert import clean
from tests.journeys.telling import pasteable
from tests.place import Place

#: A day on which the partnership of the story has been active for a while.
ACTIVE = "2026-05-20"
ADOPTED = ("--adopt", "active", "--since", "2026-01-01", "--reason", "older than the register")


def partners(place: Place, *names: str) -> None:
    """Partnerships that are active, as they were before the register."""
    for name in names:
        place.do(
            *("new", "partnership", name, "type=cloud-providers", "roles.partnership-manager=p-rosa"),
            *ADOPTED,
            day="2026-03-02",
        )


def things(place: Place, *words: str, day: str = "2026-04-20", **wanted: str) -> list[dict[str, Any]]:
    """The obligations that have all of these values."""
    found: list[dict[str, Any]] = place.json("today", *words, day=day)["obligations"]
    return [one for one in found if all(one[key] == value for key, value in wanted.items())]


def test_a_maintainer_opens_the_day(at: At) -> None:
    """The lines that `today` offers lead from a late review to a finished one, and it is gone."""
    place = at("active")
    [late] = things(place, what="monthly-reviews", state="late", day=ACTIVE)
    assert (late["record"], late["due"], late["late"], late["people"]) == ("acme", "2026-05-01", 19, ["p-rosa"])
    assert late["clause"] == "OPS-05-03 §8.2.1/monthly-reviews, OPS-05-03 §4.1.2/regular-reviews"
    table = {"findings": "All well", "conclusion": "continue", "seen": "minutes/1.md"}
    drafted: list[str] = []
    while found := things(place, what="monthly-reviews", state="late", day=ACTIVE):
        [late] = found
        drafted.append(late["draft"])
        assert pasteable(late["command"])
        words = [re.sub(r"<([a-z.-]+)>", lambda one: table[one[1]], word) for word in shlex.split(late["command"])]
        place.do(*words[1:], day=ACTIVE)
    assert drafted == [None, *["acme-monthly-review-to-2026-04-30"] * 3]
    assert [one["due"] for one in things(place, what="monthly-reviews", day=ACTIVE)] == ["2026-06-01"]


def test_what_a_person_reads(at: At) -> None:
    said = at("active").do("today", day=ACTIVE)
    assert said.err == ""
    assert "2026-05-20 · Lighthouse Community" in said.out
    heads = [line for line in said.out.splitlines() if line and not line.startswith(" ")]
    assert [line.split()[0] for line in heads[1:5]] == ["Late", "Due", "Coming", "Waiting"]
    assert "  acme-2026  Milestone: First builds run  35 days late, since 2026-04-15" in said.out
    assert "      partnerkit set acme-2026 milestones.m1.done=<day>" in said.out
    assert "Next: partnerkit policy reaffirm OPS-05-03 --seen <seen> --next <day>" in said.out.splitlines()[-1]
    late = [line for line in said.out.splitlines() if " days late" in line]
    days = [int(found[1]) for line in late if (found := re.search(r"(\d+) days late", line))]
    assert days == sorted(days, reverse=True)


def test_looking_changes_nothing_and_is_no_failure(at: At) -> None:
    place = at("active")
    before = place.snapshot()
    for words in ((), ("--all",), ("--format", "markdown"), ("--format", "html"), ("--json",), ("--me",)):
        assert place.do("today", *words, day="2029-01-01").err == ""  # a day to come can be looked at
    assert place.snapshot() == before


@pytest.mark.parametrize("day", ["2026-03-02", "2026-07-31", "2027-02-28", "2027-06-01"])
def test_every_line_can_be_pasted(at: At, day: str) -> None:
    place = at("active")
    place.do("new", "risk", "Outage", "of=acme", "type=operational", "owner=p-rosa", "review-every=P1M")
    place.do("new", "review", "Odd", "of=acme", "rhythm=occasional", "from=2026-03-01", "until=2026-03-02")
    found = things(place, "--within", "P2Y", day=day)
    assert len({one["id"] for one in found}) == len(found)
    for one in found:
        assert one["command"] is not None
        assert pasteable(one["command"]), one["command"]


def test_mine_a_roles_and_a_persons(at: At) -> None:
    place = at("active")
    everything = things(place, day=ACTIVE)
    mine = things(place, "--me", day=ACTIVE)
    assert mine == things(place, "--person", "p-rosa", day=ACTIVE)
    assert {one["id"] for one in mine} < {one["id"] for one in everything}
    assert all("p-rosa" in one["people"] for one in mine)
    assert "monthly-reviews" in {one["what"] for one in mine}
    assert {one["role"] for one in things(place, "--role", "core-team", day=ACTIVE)} == {"core-team"}
    assert things(place, "--me", day=ACTIVE) != things(place, "--person", "p-lea", day=ACTIVE)
    assert "for p-rosa" in place.do("today", "--me", day=ACTIVE).out
    assert things(place, "--person", "p-lea", day=ACTIVE) == []
    assert "nothing" in place.do("today", "--person", "p-lea", day=ACTIVE).out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--role", "core-taem"), "did you mean core-team?"),
        (("--person", "p-rsoa"), "did you mean p-rosa"),
        (("--me", "--role", "core-team"), "give one of them"),
        (("--person", "p-rosa", "--role", "core-team"), "give one of them"),
        (("--within", "30"), "ISO 8601 duration"),
        (("--within", "P"), "ISO 8601 duration"),
        (("--format", "pdf"), "one of text, markdown, html, json"),
        (("--format", "htm"), "there is no format 'htm'; did you mean html?"),
    ],
)
def test_called_wrongly(at: At, words: tuple[str, ...], told: str) -> None:
    said = at("active").wrong("today", *words)
    assert told in said.err
    assert said.out == ""


def test_somebody_unknown_cannot_ask_for_what_is_theirs(at: At) -> None:
    said = at("active").run("today", "--me", by="stranger@nowhere.example")
    assert said.code == 3
    assert "the roster" in said.err


def test_how_far_ahead(at: At) -> None:
    place = at("active")
    assert [one["due"] for one in things(place, "--within", "P0D", state="upcoming", day=ACTIVE)] == []
    assert "2026-06-01" not in {one["due"] for one in things(place, "--within", "P11D", day=ACTIVE)}
    assert "2026-06-01" in {one["due"] for one in things(place, "--within", "P12D", day=ACTIVE)}
    assert place.json("today", "--within", "P100Y", day=ACTIVE)["until"][:4] == "2126"
    assert "more than 100 years" in place.wrong("today", "--within", "P9999Y", day=ACTIVE).err
    notice = things(place, "--within", "P1Y", source="notice", day=ACTIVE)
    assert [(one["due"], one["title"]) for one in notice] == [
        ("2026-12-31", "Last day to give notice of the end on 2027-03-31")
    ]


def test_a_rhythm_counts_from_the_day_on_which_it_was_decided(place: Place) -> None:
    partners(place, "Acme")
    assert things(place, what="partner-contact") == []
    gap = things(place, source="gap")[0]
    assert gap["command"] == "partnerkit policy gaps OPS-05-03"
    place.do("policy", "set", "OPS-05-03", "partner-contact=P2W", "--seen", "minutes/4.md", day="2026-04-10")
    assert [one["due"] for one in things(place, "--within", "P5D", what="partner-contact")] == ["2026-04-23"]
    [late] = things(place, what="partner-contact", day="2026-04-30", state="late")
    assert (late["due"], late["missed"]) == ("2026-04-23", 0)
    words = [word.replace("<communications.summary>", "All well") for word in shlex.split(late["command"])]
    place.do(*words[1:], day="2026-04-30")
    assert things(place, what="partner-contact", day="2026-04-30", state="late") == []


def test_a_policy_reviewed_is_no_longer_due(place: Place) -> None:
    """T1: overdue on the day it took effect; reaffirmed, it is quiet until the next review is near."""
    [one] = things(place, source="policy-review")
    assert (one["state"], one["severity"], one["due"], one["late"]) == ("late", "warning", "2024-07-01", 658)
    line = one["command"].replace("<seen>", "minutes/5.md").replace("<day>", "2027-04-20")
    place.do(*shlex.split(line)[1:], day="2026-04-20")
    assert things(place, source="policy-review") == []
    assert [one["state"] for one in things(place, source="policy-review", day="2027-04-01")] == ["upcoming"]


def test_many_fold_to_one_line_whose_command_does_them_all(place: Place) -> None:
    """T12: what many partnerships owe is one line, and one command drafts it for all of them."""
    partners(place, *(f"Partner {number}" for number in range(1, 7)))
    said = place.do("today", day="2026-04-20").out
    [line] = [one for one in said.splitlines() if "Monthly review" in one and "late" in one]
    assert line == "  6 partnerships  Monthly review  up to 19 days late, since 2026-04-01"
    sweep = next(one.strip() for one in said.splitlines() if "new review 'Monthly review" in one)
    assert sweep == (
        "partnerkit new review 'Monthly review to 2026-03-31' rhythm=monthly from=2026-03-01 until=2026-03-31 "
        "--where kind=partnership --where stage=active"
    )
    assert pasteable(sweep)
    assert "partnerkit today --all lists every one" in said
    commits = place.git("rev-list", "--count", "HEAD")
    place.do(*shlex.split(sweep)[1:], day="2026-04-20")
    assert int(place.git("rev-list", "--count", "HEAD")) == int(commits) + 1
    drafts = things(place, what="monthly-reviews", state="late")
    assert [one["draft"] for one in drafts] == [
        f"partner-{number}-monthly-review-to-2026-03-31" for number in range(1, 7)
    ]
    assert "and 5 more like it" in place.do("today", day="2026-04-20").out


def test_no_line_does_more_than_what_is_owed(place: Place) -> None:
    """One of them has its review: no condition tells the other ones apart, so none is offered."""
    partners(place, *(f"Partner {number}" for number in range(1, 7)))
    review = ("rhythm=monthly", "from=2026-03-01", "until=2026-03-31", "findings=well", "conclusion=continue")
    place.do("new", "review", "March", "of=partner-1", *review, "id=march", day="2026-04-01")
    place.do("approve", "march", "review-sign-off", day="2026-04-01")
    place.do("advance", "march", day="2026-04-01")
    said = place.do("today", day="2026-04-20").out
    assert "  5 partnerships  Monthly review  up to 19 days late" in said
    assert "rhythm=monthly from=2026-03-01 until=2026-03-31   and 4 more like it" in said
    assert "review 'Monthly review to 2026-03-31' rhythm" not in said


def test_all_lists_every_one(place: Place) -> None:
    partners(place, *(f"Partner {number}" for number in range(1, 7)))
    said = place.do("today", "--all", day="2026-04-20").out
    assert sum("Monthly review  19 days late" in line for line in said.splitlines()) == 6
    assert "more like it" not in said


def test_what_cannot_be_read_is_said(at: At) -> None:
    place = at("active")
    place.do("new", "partnership", "Other", "type=cloud-providers")
    place.edit("other", "kind: partnership", "kind: partnershop")
    said = place.do("today", day=ACTIVE)
    assert "! 1 cannot be read, so what they owe is not known: other   partnerkit check" in said.out
    assert place.json("today")["broken"] == ["other"]
    assert "other" in place.do("today", "--format", "html").out


HOSTILE = "<script>alert(1)</script> [x](https://evil.example) ![i](y) @everyone #12 `rm` \x1b[31m | a\u202eb *b*"


def test_markdown_and_html_say_what_stands_there_and_do_nothing(place: Place) -> None:
    """Text of records is hostile until it has passed the encoder of the place it is sent to."""
    partners(place, "Acme")
    text = HOSTILE.replace("\x1b[31m ", "").replace("\u202e", "")
    place.do(
        *("add", "acme", "actions", f"text={text}", "owner=p-rosa", "due=2026-04-01"),
        day="2026-03-02",
    )
    markdown = place.do("today", "--format", "markdown", day="2026-04-20").out
    line = next(one for one in markdown.splitlines() if "alert" in one)
    assert "<script>" not in line
    assert "\\<script\\>" in line
    assert "[x](http" not in line
    assert "@everyone" not in line
    assert "#12" not in line
    clean(markdown)
    html = place.do("today", "--format", "html", day="2026-04-20").out
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; [x](https://evil.example)" in html
    clean(html)
    clean(place.do("today", day="2026-04-20").out)


def test_html_needs_nothing_else(at: At) -> None:
    """One document for a mail: no script, nothing fetched, styles at the elements."""
    html = at("active").do("today", "--format", "html", day=ACTIVE).out
    assert html.startswith("<!doctype html>\n")
    assert html.endswith("</body></html>\n")
    assert not re.search(r"<(script|link|img|style|iframe)|src=|href=|url\(", html)
    assert "19 days late, since 2026-05-01" in html
    assert "partnerkit set acme-2026 milestones.m1.done=&lt;day&gt;" in html


def test_markdown_is_a_list_for_each_state(at: At) -> None:
    markdown = at("active").do("today", "--format", "markdown", day=ACTIVE).out
    assert re.findall(r"^## (.*)", markdown, re.MULTILINE) == ["Late", "Due now", "Coming up to 2026-06-19", "Waiting"]
    assert "  `partnerkit set acme-2026 milestones.m1.done=<day>`" in markdown
