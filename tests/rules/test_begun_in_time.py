"""A record begins below one that is not over: what is found otherwise, and the line that is offered instead."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from partnerkit.kinds.canonical import canonical
from partnerkit.rules.over import begun_in_time
from partnerkit.steps import Step
from tests.obligations.world import World
from tests.policies.samples import parsed
from tests.rules.placed import placed, whole

ENDED = ("2026-01-01", "active"), ("2026-03-01", "ended")
DECLINED = ("2026-01-01", "proposed"), ("2026-03-01", "declined")
GONE = ("2026-01-01", "active"), ("2026-03-01", "void")
LANDED = datetime(2026, 6, 1, 12, tzinfo=UTC)


def cited(data: dict[str, Any]) -> None:
    data["lifecycles"]["partnership"]["stages"]["ended"]["clause"] = "§1/notice"


def found(here: World, id_: str, old: World | None = None, at: datetime | None = LANDED) -> list[dict[str, Any]]:
    before = placed(old.register) if old else None
    after = placed(here.register)
    was = before.records.get(id_) if before else None
    return whole(begun_in_time(Step(before, after, at), was, after.records[id_]))


def agreed(*moves: tuple[str, str], made: str = "2026-05-01", **fields: Any) -> World:
    """An agreement with a partnership that took these steps."""
    here = World(cited)
    here.acme(*moves)
    here.put("agreement", "deal", (made, "draft"), **{"title": "Deal", "partnership": "acme", **fields})
    return here


def reviewed(*moves: tuple[str, str], ends: str = "2026-05-31", made: str = "2026-05-01") -> World:
    """A review of a partnership that took these steps."""
    here = World(cited)
    here.acme(*moves)
    here.review("look-back", "2026-02-01", ends, (made, "draft"))
    return here


LATE: dict[str, Any] = {
    "code": "subject-over",
    "message": "acme is over: ended (Ended) since 2026-03-01; the agreement cannot begin any more",
    "severity": "error",
    "file": "deal",
    "place": "partnership",
    "record": "deal",
    "clause": "SMALL §1/notice",
    "mend": "partnerkit new partnership <title>",
}


def test_an_agreement_begins_before_its_partnership_is_over():
    assert found(agreed(*ENDED), "deal") == [LATE]
    assert found(agreed(ENDED[0]), "deal") == []
    assert found(agreed(*ENDED, made="2026-02-01"), "deal") == []
    assert found(agreed(*ENDED), "deal", at=None) == [LATE]


def test_what_is_over_may_be_taken_up_again_instead():
    [one] = found(agreed(*DECLINED), "deal")
    assert one["message"] == "acme is over: declined (Declined) since 2026-03-01; the agreement cannot begin any more"
    assert one["mend"] == "partnerkit advance acme proposed --reason <reason>"
    assert "clause" not in one


def test_a_way_back_that_is_none_for_the_record_is_not_offered():
    here = agreed(*DECLINED)
    [way] = [one for one in here.data["lifecycles"]["partnership"]["transitions"] if one["from"] == "declined"]
    way["when"] = {"partner": "company"}
    here.policy = parsed(canonical(here.data))
    assert found(here, "deal")[0]["mend"] == "partnerkit new partnership <title>"
    here.change("acme", partner="company")
    assert found(here, "deal")[0]["mend"] == "partnerkit advance acme proposed --reason <reason>"


def test_what_was_taken_back_is_made_anew():
    [one] = found(agreed(*GONE), "deal")
    assert one["message"] == "acme was taken back on 2026-03-01; the agreement cannot begin any more"
    assert one["mend"] == "partnerkit new partnership <title>"
    [one] = found(reviewed(*GONE, ends="2026-02-28"), "look-back")
    assert one["message"] == "acme was taken back on 2026-03-01; the review speaks of a time up to 2026-02-28"
    assert one["mend"] == "partnerkit new partnership <title>"


def test_a_review_speaks_of_a_time_before_the_end():
    assert found(reviewed(*ENDED, ends="2026-03-01"), "look-back") == []
    assert found(reviewed(*ENDED), "look-back") == [
        LATE
        | {
            "message": "acme is over: ended (Ended) since 2026-03-01; the review speaks of a time up to 2026-05-31",
            "file": "look-back",
            "place": "until",
            "record": "look-back",
            "mend": "partnerkit new review look-back of=acme rhythm=monthly from=<review.from> until=2026-03-01",
        }
    ]


def test_what_is_below_something_that_is_itself_below_names_what_that_belongs_to():
    here = agreed(ENDED[0])
    here.put("agreement", "deal", ("2026-01-01", "draft"), ("2026-03-01", "ended"), title="Deal", partnership="acme")
    here.review("look-back", "2026-02-01", "2026-05-31", ("2026-05-01", "draft"), of="deal")
    [one] = found(here, "look-back")
    assert one["message"].startswith("deal is over: ended (E) since 2026-03-01; ")
    assert one["mend"].startswith("partnerkit new review look-back of=deal ")
    here.put("agreement", "deal", ("2026-01-01", "draft"), ("2026-03-01", "void"), title="Deal", partnership="acme")
    [one] = found(here, "look-back")
    assert one["mend"] == "partnerkit new agreement <title> partnership=acme"


def test_an_adopted_record_and_one_below_nothing_are_not_asked():
    here = agreed(*ENDED)
    here.put("agreement", "deal", ("2026-05-01", "draft"), adopted="2026-04-01", title="Deal", partnership="acme")
    assert found(here, "deal") == []
    assert found(agreed(*ENDED, partnership="nobody-there"), "deal") == []
    assert found(here, "acme") == []


def changed(here: World, id_: str, **fields: Any) -> World:
    here.change(id_, **fields)
    return here


def test_what_it_belongs_to_may_change_only_to_what_is_not_over():
    def both(of: str) -> World:
        here = agreed(*ENDED, made="2026-02-01", partnership=of)
        here.put("partnership", "other", ("2026-01-01", "active"), name="Other")
        return here

    assert found(both("acme"), "deal", both("other")) == [LATE]
    assert found(both("acme"), "deal", both("acme")) == []
    assert found(both("other"), "deal", both("acme")) == []
    assert found(changed(both("acme"), "deal", title="Deals"), "deal", both("acme")) == []
    assert found(both("acme"), "deal", both("other"), at=None) == []
    assert found(both("acme"), "deal", both("other"), at=datetime(2026, 2, 1, tzinfo=UTC)) == []


def test_a_review_may_come_to_speak_only_of_a_time_before_the_end():
    def until(day: str) -> World:
        return reviewed(*ENDED, ends=day, made="2026-02-01")

    assert found(until("2026-05-31"), "look-back", until("2026-03-01"))[0]["place"] == "until"
    assert found(until("2026-03-01"), "look-back", until("2026-02-28")) == []
    assert found(until("2026-05-31"), "look-back", until("2026-05-31")) == []


def test_an_end_of_that_very_moment_counts_where_it_stood_there_before():
    made = agreed(*ENDED, made="2026-03-01")
    before = World(cited)
    before.acme(ENDED[0])
    assert found(made, "deal", before) == []
    before.acme(*ENDED)
    assert found(made, "deal", before) == [LATE]
