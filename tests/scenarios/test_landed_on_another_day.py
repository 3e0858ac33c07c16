"""A day set by hand is no day of landing: what the audit would find of a commit, no command lands."""

from __future__ import annotations

from tests.scenarios.landing import audited
from tests.scenarios.test_governed_rules import errors, governed
from tests.story import tell


def test_whoever_held_the_role_on_the_day_that_was_set_and_holds_it_no_more_changes_no_rules(at):
    place = governed(at("decided"))
    place.do("person", "end", "p-timo", "partnership-committee", "--until", "2026-07-31", by="p-timo")
    change = ("policy", "set", "OPS-05-03", "notice=P60D", "--seen", "minutes/7.md")
    said = place.refuse(*change, by="p-timo", day="2026-07-15")
    assert "rules-changed-by-another" in said.err
    assert audited(place)["proven"]


def test_a_review_is_not_pushed_behind_an_end_that_has_come_meanwhile(at):
    place = at("ending", day="2026-05-10")
    place.do("new", "review", "April", "of=acme", "rhythm=monthly", "from=2026-04-01", "until=2026-04-30")
    tell(place, "ended")
    said = place.refuse("set", "acme-april", "until=2026-07-31", day="2026-05-15")
    assert "subject-over" in said.err
    assert audited(place)["proven"]


def test_what_was_true_on_both_days_lands(at):
    place = governed(at("decided"))
    place.do("policy", "set", "OPS-05-03", "notice=P60D", "--seen", "minutes/7.md", by="p-timo", day="2026-07-15")
    assert errors(audited(place)["findings"]) == []
