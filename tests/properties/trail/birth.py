"""Tampering with what a commit brings: an entry or a statement is not what it ought to be from the first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from tests.properties.forging import Draft, copied
from tests.properties.supply import Files
from tests.properties.trail.past import earlier, other_digest
from tests.properties.trail.story import Born, Edit, Story, Tampering, of_file
from tests.second_judge.past import everything_said
from tests.second_judge.reading import PEOPLE, Data, digest, said_digest
from tests.second_judge.words import lifecycle, requirements, sources


def _born(story: Story, *types: str) -> tuple[Born, Data, Data]:
    """An entry that came alone, with its record, where no rules changed."""
    every = [one for one in story.entries if not story.changes_rules(one.place)]
    born = story.pick([one for one in every if not types or story.new_entry(one)["type"] in types])
    record, _index = story.entry(born)
    return born, record, story.new_entry(born)


def _of_entry(
    story: Story, born: Born, *codes: str, change: Callable[[Data], object], found: int | None = None
) -> Tampering:
    """The entry is born otherwise; the stage follows it."""

    def changing(record: Data) -> None:
        for entry in record["history"]:
            if entry["id"] == born.id:
                change(entry)
        record["stage"] = record["history"][-1]["to"]

    path = story.world(born.place).paths[born.record]
    return Tampering(born.place, born.record, codes, of_file(path, changing), found)


def leads_elsewhere(story: Story) -> Tampering:
    """It leads where no way leads, the record does not begin, or an undo does not go back to."""
    born, record, entry = _born(story, "create", "move", "undo")
    life = lifecycle(story.policy(born.place, record), record["kind"]) or {"stages": {}, "transitions": []}
    ways = {way["to"] for way in life["transitions"] if entry.get("from") in sources(way)}
    to = story.pick(
        sorted(set(life["stages"]) - {entry["to"], entry.get("from")} - (ways if entry["type"] == "move" else set()))
    )
    code = {"create": "wrong-start", "move": "no-such-transition", "undo": "undone-elsewhere"}[entry["type"]]
    return _of_entry(story, born, code, change=lambda one: one.update(to=to))


def backdated(story: Story) -> Tampering:
    """It is dated before the entry that precedes it."""
    born, record, entry = _born(story)
    index = record["history"].index(entry)
    at = earlier(story.pick([record["history"][index - 1]["at"]] if index else []))
    return _of_entry(story, born, "entry-backdated", change=lambda one: one.update(at=at))


def ahead(story: Story) -> Tampering:
    """It is dated after the day on which it landed."""
    born, _record, _new = _born(story)
    at = f"{story.commits[born.place].at + timedelta(days=story.pick([2, 30])):%Y-%m-%dT%H:%M:%SZ}"
    return _of_entry(story, born, "entry-in-future", change=lambda one: one.update(at=at))


def by_nobody(story: Story) -> Tampering:
    """It was made by somebody whom nobody knows."""
    born, _record, _new = _born(story)
    return _of_entry(story, born, "actor-unknown", change=lambda one: one.update(by="p-nobody"))


def rests_otherwise(story: Story) -> Tampering:
    """It names other statements or records than those on which it rests; sealed so, or not."""
    born, record, entry = _born(story, "move")
    uses, relied = list(entry.get("uses") or []), dict(entry.get("relies-on") or {})
    raws = {one.id: one.raw for one in everything_said(record)}
    unused = [
        one.id for one in everything_said(record) if one.id not in uses and one.at <= entry["at"] and not one.taken_back
    ]
    several: list[tuple[str, Data]] = [("uses-differ", {"uses": [one for one in uses if one != use]}) for use in uses]
    several += [("uses-differ", {"uses": sorted([*uses, one])}) for one in unused]
    several += [("relies-differ", {"relies-on": {key: relied[key] for key in relied if key != one}}) for one in relied]
    several += [("relies-on-nothing", {"relies-on": {**relied, one: "0" * 16}}) for one in relied]
    code, new = story.pick(several)
    if story.random.random() < 0.5 and "uses" in new:
        sealed = digest(sorted([one, said_digest(raws[one])] for one in new["uses"]))
        new["seal"] = {**entry["seal"], "statements": sealed}
    return _of_entry(story, born, code, change=lambda one: one.update(copied(new)))


def sealed_wrongly(story: Story) -> Tampering:
    """A digest of its seal is not that of what it seals."""
    born, _record, entry = _born(story)
    codes = {"covers": "content-differs", "statements": "statement-edited", "previous": "chain-broken"}
    codes |= {"gate": "gate-differs"} if entry["type"] == "move" else {}
    key = story.pick(sorted(codes))
    seal = {**entry["seal"], key: other_digest(entry["seal"][key])}
    return _of_entry(story, born, codes[key], change=lambda one: one.update(seal=seal))


def rewritten_unseen(story: Story) -> Tampering:
    """Who made it, or why, is another word from the first: the next entry was sealed on what it said."""
    born, _record, entry = _born(story)
    people = [one for one in sorted(story.before(born.place).people) if one != entry["by"]]
    words = [{"reason": f"{entry['reason']} indeed"}] * 3 if "reason" in entry else []
    new = story.pick([*words, *({"by": one} for one in people)])
    return _of_entry(story, born, "chain-broken", change=lambda one: one.update(new), found=story.following(born))


def never_born(story: Story) -> Tampering:
    """The entry does not land, and the next one stands on it."""
    born, _record, _new = _born(story, "move", "undo")

    def change(one: Data) -> None:
        one["history"] = [other for other in one["history"] if other["id"] != born.id]
        one["stage"] = one["history"][-1]["to"]

    path = story.world(born.place).paths[born.record]
    return Tampering(
        born.place, born.record, ("entry-out-of-order", "chain-broken"), of_file(path, change), story.following(born)
    )


def stage_by_hand(story: Story) -> Tampering:
    """The stage says something else than the entry that comes with it."""
    born, record, entry = _born(story)
    stages = sorted((lifecycle(story.policy(born.place, record), record["kind"]) or {"stages": {}})["stages"])
    stage = story.pick([one for one in stages if one != entry["to"]])
    path = story.world(born.place).paths[born.record]
    return Tampering(born.place, born.record, ("stage-edited",), of_file(path, lambda one: one.update(stage=stage)))


def forged(story: Story) -> Tampering:
    """A move through a gate that lacks something, sealed faultlessly by somebody who knows the format."""
    place = story.somewhere()
    new = story.world(place)
    names = [name for name in story.before(place).records if story.before(place).records[name] is new.records[name]]
    record = new.records[story.pick(sorted(names))]
    policy = story.policy(place, record)
    said = {one.about for one in everything_said(record)}
    ways = (lifecycle(policy, record["kind"]) or {"transitions": []})["transitions"]
    lacking = [
        way["to"]
        for way in ways
        if record["stage"] in sources(way) and not way.get("when")
        for name in way.get("needs") or []
        if name not in said and must_be_said(requirements(policy)[name])
    ]
    draft = Draft(story.commits[place - 1], story.commits[place], story.commits[place].at, story.random)
    draft.enter(record["id"], "move", story.pick(lacking), reason="because")
    after = draft.trees()[1].held
    path = new.paths[record["id"]]
    return Tampering(
        place, record["id"], ("requirement-unmet",), _instead(path, story.commits[place].tree.held[path], after[path])
    )


def _instead(path: str, was: bytes, now: bytes) -> Edit:
    def edit(files: Files) -> Files:
        return {**files, path: now} if files.get(path) == was else files

    return edit


def must_be_said(need: Data) -> bool:
    """Whether something must be said, whatever the record is like."""
    return bool(need.get("evidence") or need.get("approval")) and not need.get("when") and not need.get("advisory")


def rules_with_it(story: Story) -> Tampering:
    """The commit that moves a record loosens the policy too, or dates a role back."""
    born, record, _new = _born(story, "create", "move", "undo", "adopt")
    world = story.world(born.place)
    if story.random.random() < 0.5:
        who = story.pick(sorted(who for who, one in world.people.items() if one.get("roles")))
        rules = of_file(PEOPLE, lambda one: one["people"][who]["roles"][0].update({"from": "2020-01-01"}))
    else:
        needs = requirements(world.policies[record["policy"]])
        name = story.pick(sorted(name for name, need in needs.items() if not need.get("advisory")))
        path = world.policy_paths[record["policy"]]
        rules = of_file(path, lambda one: one["requirements"][name].update(advisory=True))
    return Tampering(born.place, born.record, ("rules-and-records-together",), rules)


def landed_backdated(story: Story) -> Tampering:
    """The commit says that it landed before the one on which it stands."""
    place = story.somewhere()
    latest = max(one.at for one in story.commits[:place])
    landed = latest - timedelta(hours=story.pick([2, 48]))
    return Tampering(place, "", ("landed-backdated",), lambda files: files, landed=landed)


#: What stands here twice is done twice as often.
BIRTH = [
    leads_elsewhere, leads_elsewhere, backdated, ahead, by_nobody, rests_otherwise, rests_otherwise, sealed_wrongly,
    sealed_wrongly, rewritten_unseen, never_born, stage_by_hand, forged, forged, rules_with_it, rules_with_it, landed_backdated,
]  # fmt: skip  # short words, several to a line
