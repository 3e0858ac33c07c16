"""Under MEM-02-03, after they have met: each says whether it fits, good, still-deciding or not-good (§5.2.2)."""

from __future__ import annotations

import csv
import io
from typing import Any

from tests.journeys.mentoring import participants, stage
from tests.journeys.telling import Teller

FIT = "relationship-confirmation"
CLAUSE = "§5.2.2/relationship-confirmation"


def introduced(t: Teller, name: str, *people: str, programme: str = "formal") -> None:
    """A pairing taken in as it stands: they have met, and said all but whether it fits."""
    t.day = "2026-03-10"
    given = ("--adopt", "introduced", "--since", "2026-03-03", "--reason", "They had met before there was a register")
    more = (f"programme={programme}", "coordinator=p-rosa", "introduced=2026-03-03")
    t.do("new", "pairing", "Together", f"id={name}", participants(*people), *more, *given)
    t.do("add", name, "goal-discussion", "summary=They spoke", "outcome=done")
    t.do("add", name, "compatibility-after-meeting", "summary=All asked", "outcome=conditions")
    for one in people:
        t.do("add", name, "interests-declared", f"party={one.partition('/')[0]}")


def answered(t: Teller, **answers: str) -> None:
    """The sheet of those who have yet to answer, filled in and read back."""
    rows = list(csv.DictReader(io.StringIO(t.do("export", "sheet", FIT).out)))
    assert list(rows[0]) == ["id", "(name)", "(stage)", "party", "answer", "text"]
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows({**row, "answer": answers.get(row["party"].replace("-", "_"), "")} for row in rows)
    t.do("add", FIT, "--from", t.place.write("fit.csv", out.getvalue()))


def told(t: Teller) -> list[dict[str, Any]]:
    return [one for one in t.place.json("today", day=t.day)["obligations"] if one["what"] == FIT]


def test_who_is_not_sure_is_waited_for_and_a_mentee_who_says_no_is_matched_anew(programme: Teller) -> None:
    t, programme.record = programme, "pair"
    introduced(t, "pair", "p-ada/mentor", "p-max/mentee")
    assert told(t) == []
    answered(t, p_ada="good", p_max="still-deciding")
    words = "p-max answered still-deciding: so it waits"
    again = f"partnerkit add pair {FIT} party=p-max answer=<answer>"
    t.refuse("advance", "pair", clause=CLAUSE, missing=f"Missing: {words}", command=again)
    assert words in t.place.do("gates", "pair", day=t.day).out
    [line] = told(t)
    assert (line["state"], line["person"], line["people"], line["command"]) == ("waiting", "p-max", ["p-rosa"], again)
    assert f"Whether it fits: {words}" in t.place.do("today", day=t.day).out
    answered(t, p_max="not-good")
    elsewhere = "partnerkit advance pair rematch --reason <reason>"
    t.refuse(
        "advance", "pair", clause=CLAUSE, missing="p-max answered not-good: it leads to rematch", command=elsewhere
    )
    [line] = told(t)
    assert (line["state"], line["command"], line["clause"]) == ("due", elsewhere, f"MEM-02-03 {CLAUSE}")
    t.do("advance", "pair", "rematch", "--reason", "It does not fit")
    assert (stage(t, "pair"), told(t)) == ("rematch", [])


def test_a_mentor_who_says_no_is_the_coordinators_to_see_to_and_may_answer_again(programme: Teller) -> None:
    """In a group so is a mentee: the others may go on."""
    t, programme.record = programme, "pair"
    introduced(t, "pair", "p-ada/mentor", "p-max/mentee")
    t.do("add", "pair", FIT, "party=p-ada", "answer=not-good")
    told_to = "p-ada answered not-good: whoever looks after it is to see to it"
    asked = f"partnerkit add pair {FIT} party=p-max answer=<answer>"
    missing = f"Missing: the answer of p-max (good, still-deciding or not-good); {told_to}"
    t.refuse("advance", "pair", clause=CLAUSE, missing=missing, command=asked)
    [line] = told(t)
    assert (line["state"], line["role"], line["people"]) == ("due", "mentorship-coordinator", ["p-rosa"])
    assert told_to in line["title"]
    answered(t, p_ada="good", p_max="good")
    assert told(t) == []
    t.do("advance", "pair")
    assert stage(t, "pair") == "confirmed"
    introduced(t, "circle", "p-oda/mentor", "p-one/mentee", "p-two/mentee", programme="group")
    answered(t, p_oda="good", p_one="good", p_two="not-good")
    assert "p-two answered not-good: whoever looks after it" in told(t)[0]["title"]


def test_what_is_none_of_the_answers_is_not_written_down(programme: Teller) -> None:
    t = programme
    introduced(t, "pair", "p-ada/mentor", "p-max/mentee")
    said = t.place.wrong("add", "pair", FIT, "party=p-max", "answer=godo", day=t.day)
    assert "'godo' is none of the answers" in said.err
    assert "did you mean good" in said.err
    said = t.place.wrong("add", "pair", FIT, "party=p-max", day=t.day)
    assert "say what they answered: good, still-deciding or not-good" in said.err
    said = t.place.wrong("add", "pair", "interests-declared", "party=p-max", "answer=good", day=t.day)
    assert "interests-declared takes no 'answer'" in said.err
