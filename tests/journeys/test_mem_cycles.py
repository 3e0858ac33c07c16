"""Under MEM-02-03, cycles repeat: a group, a reverse pairing and peers go on for another one, all three together."""

from __future__ import annotations

import csv
import io
from typing import Any

from tests.journeys.mentoring import FIT, TERMS, participants, points
from tests.journeys.telling import Teller

ADOPTED = ("--since", "2026-03-01", "--reason", "They were there before the register")
PEOPLE = {
    "circle": ("group", ("p-oda/mentor/m-oda", "p-one/mentee/t-one", "p-two/mentee/t-two")),
    "young": ("reverse", ("p-ida/mentor/m-ida", "p-old/mentee/t-old")),
    "rust": ("peer", ("p-ina/peer", "p-kai/peer")),
}
OWN = {
    "circle": ("group-kind=mentor-circles",),
    "young": ("focus=technology-transfer",),
    "rust": ("meeting-minutes=30",),
}
NEXT = ("circle-cycle-2", "rust-cycle-2", "young-cycle-2")


def taken_in(t: Teller) -> None:
    """Three that were completed before there was a register, and the applications of those who need one."""
    for programme, people in PEOPLE.values():
        for person, part, name in (one.split("/") for one in people if one.count("/") == 2):
            given = (f"id={name}", f"applicant={person}", f"as={part}", f"programmes={programme}", "applied=2026-01-05")
            t.do("new", "application", "x", *given, "--adopt", "accepted", *ADOPTED)
    for name, (programme, people) in PEOPLE.items():
        ends = "2026-04-30" if programme == "peer" else "2026-05-31"
        days = ("starts=2026-02-28", f"ends={ends}", "channels=regular-meetings", "coordinator=p-rosa")
        terms = () if programme == "peer" else tuple(f"terms.{term}=section 2" for term in TERMS)
        fields = (f"programme={programme}", *days, *terms, *OWN[name])
        t.do(
            "new",
            "pairing",
            name.title(),
            f"id={name}",
            participants(*people),
            *fields,
            "--adopt",
            "completed",
            *ADOPTED,
        )


def everybody_says(t: Teller, what: str, **more: str) -> None:
    rows = list(csv.DictReader(io.StringIO(t.do("export", "sheet", what).out)))
    assert rows, what
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows({**row, **more} for row in rows)
    t.do("add", what, "--from", t.place.write(f"{what}.csv", out.getvalue()))


def led_to_active(t: Teller) -> None:
    """Every gate again, for all three at once: what is asked of some is left out where it is not."""
    open_, formal = ("--where", "cycle=2"), ("--where", "cycle=2", "--where", "programme!=peer")
    t.do("add", "match-proposed", *formal, "kind=note", "summary=They went on together")
    t.do("add", "match-assessed", *formal, *points(FIT, words=True))
    t.do("add", "conflict-check", *open_, "summary=Nobody has one", "outcome=done")
    t.do("approve", "manual-review", *open_)
    t.do("advance", *open_)
    t.do("set", *open_, f"introduced={t.day}")
    t.do("advance", *open_)
    for what in ("goal-discussion", "program-orientation"):
        t.do("add", what, *formal, "summary=They spoke", "outcome=done")
    t.do("add", "compatibility-after-meeting", *formal, "summary=All asked", "outcome=pass")
    everybody_says(t, "interests-declared", text="Yes")
    everybody_says(t, "relationship-confirmation", answer="good")
    t.do("advance", *open_)
    goals = "goals=[{id: g1, text: Learn, measure: A talk is given, due: 2026-08-01}]"
    t.do("set", *open_, "success=We use it", goals)
    t.do("add", "mentorship-agreement", t.place.write("agreement.md", "# We agree\n"), *formal)
    everybody_says(t, "agreement-signing", method="ink")
    everybody_says(t, "agreement-acknowledged", text="Yes")
    t.do("advance", *open_)
    t.do("advance", *open_)


def completed(t: Teller) -> None:
    t.day = "2026-09-01"
    active = ("--where", "kind=pairing", "--where", "stage=active")
    t.do("new", "review", "At the end", *active, "rhythm=end", "from=2026-06-01", "until=2026-08-31", by="p-jonas")
    reviews = ("--where", "kind=review")
    t.do("set", *reviews, "findings=They learnt what they wanted", "conclusion=end")
    t.do("add", "ratings", *reviews, "name=relationship-quality", "score=4", "why=Both say so")
    t.do("add", "ratings", *reviews, "name=goal-achievement", "of=g1", "score=4", "why=The talk was given")
    t.do("approve", "review-sign-off", *reviews)
    t.do("advance", *reviews)
    t.do("set", *active, "goals.*.status=reached")
    t.do("advance", *active)


def standing(t: Teller) -> dict[str, str]:
    return {one["id"]: one["stage"] for one in t.place.json("list", "pairing", day=t.day)["records"]}


def shown(t: Teller, name: str) -> dict[str, Any]:
    found: dict[str, Any] = t.place.json("show", name, day=t.day)["record"]
    return found


def test_a_group_a_reverse_pairing_and_peers_go_on_for_another_cycle(programme: Teller) -> None:
    t = programme
    t.day = "2026-06-01"
    taken_in(t)
    t.do("new", "pairing", "--where", "stage=completed", by="p-jonas")
    for name, (kind, _people) in PEOPLE.items():
        old, new = shown(t, name), shown(t, f"{name}-cycle-2")
        assert (new["renews"], new["cycle"], new["title"]) == (name, 2, f"{name.title()}, cycle 2")
        for key in ("programme", "participants", "coordinator", "channels"):
            assert new[key] == old[key], key
        assert kind == new["programme"]
        assert not {"goals", "evidence", "signatures", "meetings"} & set(new)
    days = {name: (shown(t, name)["starts"], shown(t, name)["ends"]) for name in NEXT}
    assert days["circle-cycle-2"] == days["young-cycle-2"] == ("2026-06-01", "2026-09-01")
    assert days["rust-cycle-2"] == ("2026-05-01", "2026-07-01")  # as long as they had before: nobody else says
    assert shown(t, "circle-cycle-2")["group-kind"] == "mentor-circles"
    said = t.do("new", "pairing", "--where", "stage=completed", by="p-jonas").all
    assert "circle goes on already, as circle-cycle-2" in said
    led_to_active(t)
    assert {standing(t)[name] for name in NEXT} == {"active"}
    completed(t)
    assert set(standing(t).values()) == {"completed"}
    t.do("new", "pairing", "--where", "stage=completed", by="p-jonas")
    third = shown(t, "circle-cycle-3")
    assert (third["title"], third["cycle"], third["renews"]) == ("Circle, cycle 3", 3, "circle-cycle-2")
    assert (third["starts"], third["ends"]) == ("2026-09-02", "2026-12-02")
    assert t.place.run("check", day=t.day).code == 0
    assert t.place.run("audit", day=t.day).code == 0


def test_only_what_was_completed_goes_on_and_what_it_goes_on_from_stays(programme: Teller) -> None:
    t, programme.record = programme, "circle-cycle-2"
    people = participants("p-ina/peer", "p-kai/peer")
    t.do("new", "pairing", "Circle", "id=circle", people, "programme=peer", "--adopt", "active", *ADOPTED)
    t.do("new", "pairing", "renews=circle", "starts=2026-07-15", "ends=2026-10-15")
    assert "has a renewal already" in t.place.wrong("new", "pairing", "renews=circle", day=t.day).err
    missing, clause = "pairing in completed (circle is in active)", "§2.2.1/peer-mentoring"
    t.refuse("advance", "circle-cycle-2", clause=clause, missing=missing, command="partnerkit gates circle")
    said = t.place.refuse("set", "circle-cycle-2", "renews=", day=t.day)
    assert "goes on from what it was made from" in said.err
