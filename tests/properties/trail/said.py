"""Tampering with what somebody says: a statement is not what it ought to be from the first."""

from __future__ import annotations

from collections.abc import Callable

from tests.properties.forging import NothingToChangeError
from tests.properties.trail.birth import must_be_said
from tests.properties.trail.past import chained, earlier, of_statement, reworded, without
from tests.properties.trail.story import Born, Story, Tampering, both, of_file
from tests.second_judge.past import Said, everything_said
from tests.second_judge.reading import PEOPLE, Data, digest, said_digest
from tests.second_judge.words import requirements, setting, way_between


def _said(story: Story) -> tuple[Born, Said, Born]:
    """A statement as it was brought, and the first entry that rests on it."""
    used = [one for one in story.words if not story.changes_rules(one.place)]
    born = story.pick(used)
    return born, story.said(born), story.resting(born)


def _of_statement(story: Story, born: Born, resting: Born, *codes: str, change: Callable[[Data], None]) -> Tampering:
    path = story.world(born.place).paths[born.record]
    return Tampering(born.place, born.record, codes, of_file(path, change), resting.place)


def said_otherwise(story: Story) -> Tampering:
    """A statement says something else from the first than what the entry that rests on it was sealed with."""
    born, said, resting = _said(story)
    record = story.world(born.place).records[born.record]
    new = reworded(story, said, story.policy(born.place, record))
    return _of_statement(
        story, born, resting, "statement-edited", change=of_statement(born.id, lambda one: one.update(new))
    )


def never_said(story: Story) -> Tampering:
    """A statement does not land, and an entry rests on it."""
    born, _word, resting = _said(story)
    return _of_statement(story, born, resting, "uses-nothing", change=without(born.id))


def said_too_late(story: Story) -> Tampering:
    """A statement is dated after the entry that rests on it, and everything is sealed so."""
    born, _word, resting = _said(story)
    at = earlier(story.new_entry(resting)["at"], -1)

    def change(record: Data) -> None:
        of_statement(born.id, lambda one: one.update(at=at))(record)
        _sealed_on(record, resting.id)

    return _of_statement(story, born, resting, "uses-nothing", change=change)


def _sealed_on(record: Data, mark: str) -> None:
    """Seal an entry on the statements as they are now, and whatever follows it."""
    said = {one.id: one.raw for one in everything_said(record)}
    for entry in record["history"]:
        if entry["id"] == mark:
            uses = [one for one in entry.get("uses") or [] if one in said]
            entry["uses"] = uses
            entry["seal"]["statements"] = digest(sorted([one, said_digest(said[one])] for one in uses))
    chained(record)


def _alone(story: Story) -> tuple[Born, Said, Born, Data]:
    """A statement without which a gate would not have been passed, by construction: nobody said anything else of it."""
    born, said, resting = _said(story)
    record, index = story.entry(resting)
    entry = record["history"][index]
    policy = story.policy(resting.place, record)
    way = way_between(policy, record["kind"], entry.get("from"), entry["to"])
    need = requirements(policy).get(said.about) or {}
    if entry["type"] != "move" or said.about not in ((way or {}).get("needs") or []) or not must_be_said(need):
        raise NothingToChangeError
    if [one.id for one in everything_said(record) if one.about == said.about] != [born.id]:
        raise NothingToChangeError
    return born, said, resting, need


def never_said_and_sealed(story: Story) -> Tampering:
    """What alone met a requirement never lands, and everything is sealed as if it were not needed."""
    born, _word, resting, _need = _alone(story)

    def change(record: Data) -> None:
        without(born.id)(record)
        _sealed_on(record, resting.id)

    return _of_statement(story, born, resting, "requirement-unmet", change=change)


def turned(story: Story) -> Tampering:
    """What alone met a requirement says the opposite, and everything is sealed so."""
    born, said, resting, need = _alone(story)
    outcomes = (need.get("evidence") or {}).get("outcomes")
    if said.group == "evidence" and outcomes and "fail" not in outcomes:
        new = {"outcome": "fail"}
    elif said.group == "approvals":
        new = {"decision": "reject"}
    else:
        raise NothingToChangeError
    return _of_statement(story, born, resting, "requirement-unmet", change=_resealed(born, resting, new))


def _resealed(born: Born, resting: Born, new: Data) -> Callable[[Data], None]:
    def change(record: Data) -> None:
        of_statement(born.id, lambda one: one.update(new))(record)
        if any(one["id"] == resting.id for one in record["history"]):
            _sealed_on(record, resting.id)

    return change


def _without_role(story: Story, place: int, role: str | None) -> str:
    """Somebody who never held a role."""
    people = story.world(place).people
    held = {who for who, one in people.items() if role in [part["role"] for part in one.get("roles") or []]}
    return str(story.pick(sorted(set(people) - held)))


def decided_without_role(story: Story) -> Tampering:
    """What alone decided was said by somebody who never held the role, and everything is sealed so."""
    born, said, resting, need = _alone(story)
    if said.group != "approvals" or "recorded-by" in said.raw:
        raise NothingToChangeError
    record, _index = story.entry(resting)
    role = setting(story.policy(resting.place, record), need["approval"]["role"])
    who = _without_role(story, resting.place, role)
    return _of_statement(story, born, resting, "requirement-unmet", change=_resealed(born, resting, {"by": who}))


def role_taken_with_it(story: Story) -> Tampering:
    """Somebody decides, and the same commit says that they held the role long ago."""
    words = [one for one in story.words if not story.changes_rules(one.place) and story.said(one).group == "approvals"]
    born = story.pick(words)
    said, record = story.said(born), story.world(born.place).records[born.record]
    policy = story.policy(born.place, record)
    need = (requirements(policy).get(said.about) or {}).get("approval")
    role = setting(policy, need["role"]) if need else None
    if role is None or "recorded-by" in said.raw:
        raise NothingToChangeError
    who = _without_role(story, born.place, str(role))
    long_ago = {"role": role, "from": "2020-01-01"}
    change = of_statement(born.id, lambda one: one.update(by=who))
    people = of_file(PEOPLE, lambda one: one["people"][who].setdefault("roles", []).append(long_ago))
    path = story.world(born.place).paths[born.record]
    codes = ("role-not-held|not-separate|role-not-named-before",)
    return Tampering(born.place, born.record, codes, both(of_file(path, change), people))


#: What stands here twice is done twice as often.
SAID = [
    said_otherwise, said_otherwise, never_said, said_too_late, never_said_and_sealed, turned, decided_without_role,
    decided_without_role, role_taken_with_it,
]  # fmt: skip  # short words, several to a line
