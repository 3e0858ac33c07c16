"""What readers of a level may see of a register: records, fields, and the names of other records in them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from partnerkit.kinds.classified import Classification
from partnerkit.register import RecordFile, Register
from partnerkit.rules.masking import NOT_SHOWN
from partnerkit.rules.sight import Seen, Sight
from tests.policies.fulfil import World
from tests.rules.bench import held, policy, register, world

FIELDS: dict[str, dict[str, Any]] = {
    "budget": {"type": "text", "clause": "§1.1", "title": "What it costs.", "classification": "confidential"},
    "deal": {
        "type": "items",
        "clause": "§1.1",
        "title": "What was agreed.",
        "fields": {
            "what": {"type": "text", "clause": "§1.1", "title": "What."},
            "price": {"type": "text", "clause": "§1.1", "title": "For how much.", "classification": "restricted"},
        },
    },
    "motto": {"type": "text", "clause": "§1.1", "title": "In a line."},
}
DEAL = [{"what": "rooms", "price": "vault/7"}, {"what": "tea"}]


def here(**more: Any) -> World:
    found = world(policy(approval={"role": "board"}) | {"fields": {"partnership": FIELDS}})
    found.record |= {"budget": "vault/budget", "deal": DEAL, "motto": "Together", **more}
    return found


def seen(found: World, level: Classification, **others: dict[str, Any]) -> Seen | None:
    every = with_others(register(found), others)
    return Sight(every, level).seen(every.records["subject"])


def with_others(every: Register, others: dict[str, dict[str, Any]]) -> Register:
    """The register with other partnerships in it."""
    one = every.records["subject"]
    found = dict(every.records)
    for record_id, more in others.items():
        data = {**one.data, "id": record_id, **more}
        path = f"records/partnerships/{record_id}.yaml"
        found[record_id] = RecordFile(path, data, one.model.model_copy(update={"id": record_id}))
    return replace(every, records=found)


@pytest.mark.parametrize(
    ("label", "level", "shown"),
    [
        (None, "public", False),
        (None, "internal", True),
        ("public", "public", True),
        ("internal", "public", False),
        ("confidential", "internal", False),
        ("confidential", "confidential", True),
        ("restricted", "confidential", False),
        ("restricted", "restricted", True),
    ],
)
def test_a_record_is_seen_up_to_its_classification_and_one_without_is_internal(label, level, shown):
    found = here(**({"classification": label} if label else {}))
    every = register(found)
    sight = Sight(every, level)
    assert (sight.seen(every.records["subject"]) is not None) is shown
    assert sight.shows("subject") is shown
    assert [one.id for one in sight.records()] == (["subject"] if shown else [])


def test_a_field_above_the_level_is_taken_out_in_items_of_lists_too_and_said():
    found = seen(here(), "internal")
    assert found is not None
    assert "budget" not in found.data
    assert found.data["deal"] == [{"what": "rooms"}, {"what": "tea"}]
    assert found.data["motto"] == "Together"
    assert found.withheld == ("budget", "deal.price")
    assert here().record["deal"] == DEAL, "the record itself stays whole"


def test_whoever_may_see_all_sees_all():
    found = seen(here(), "restricted")
    assert found is not None
    assert (found.data["budget"], found.data["deal"], found.withheld) == ("vault/budget", DEAL, ())


def test_a_field_of_which_the_policy_says_nothing_is_as_public_as_its_record():
    found = seen(here(classification="public"), "public")
    assert found is not None
    assert found.data["motto"] == "Together"
    assert found.withheld == ("budget", "deal.price")


def test_a_record_that_is_not_seen_is_named_nowhere():
    mentioned = {
        "motto": "hidden",
        "website": "records/evidence/hidden/report.pdf",
        "objectives": [
            {"id": "one", "text": "as hidden as can be, and/or hidden/not"},
            {"id": "two", "text": "records/cases/hidden.yaml"},
        ],
        "roles": {"hidden": "p-ann", "manager": "p-bob"},
    }
    found = seen(here(**mentioned), "internal", hidden={"classification": "restricted"})
    assert found is not None
    assert found.data["motto"] == NOT_SHOWN
    assert found.data["website"] == f"records/evidence/{NOT_SHOWN}/report.pdf"
    assert [one["text"] for one in found.data["objectives"]] == [
        f"as {NOT_SHOWN} as can be, and/or {NOT_SHOWN}/not",
        f"records/cases/{NOT_SHOWN}.yaml",
    ]
    assert found.data["roles"] == {"manager": "p-bob"}


def test_a_record_that_is_seen_stays_named():
    found = seen(here(motto="other"), "internal", other={})
    assert found is not None
    assert found.data["motto"] == "other"


def test_what_belongs_to_a_record_is_seen_by_those_who_see_that():
    every = with_others(register(here()), {"parent": {"classification": "confidential"}})
    one = every.records["subject"]

    def child(record_id: str, of: str) -> RecordFile:
        data = {"id": record_id, "kind": "risk", "of": of}
        return RecordFile(f"records/risks/{record_id}.yaml", data, one.model.model_copy(update={"kind": "risk"}))

    of = {"below": "parent", "deeper": "below", "beside": "subject", "own": "OPS", "lost": "gone", "ring": "ring"}
    records = {**every.records, **{key: child(key, whose) for key, whose in of.items()}}
    every = replace(every, records=records, broken=frozenset({"gone"}))
    seen = {key for key in of if Sight(every, "internal").shows(key)}
    assert seen == {"beside", "own"}
    assert {key for key in of if Sight(every, "confidential").shows(key)} == {"below", "deeper", "beside", "own"}


def test_what_is_stricter_now_counts_for_former_days():
    every = register(here())
    later = with_others(every, {"subject": {"classification": "confidential"}})
    assert Sight(every, "internal", later=later).seen(every.records["subject"]) is None
    assert Sight(every, "confidential", later=later).shows("subject")
    found = Sight(later, "confidential", later=every).seen(later.records["subject"])
    assert found is not None
    assert found.data["classification"] == "confidential"


def test_a_broken_record_could_be_anything():
    every = replace(register(here(motto="gone")), broken=frozenset({"gone"}))
    sight = Sight(every, "internal")
    found = sight.seen(every.records["subject"])
    assert not sight.shows("gone")
    assert found is not None
    assert found.data["motto"] == NOT_SHOWN


def test_people_are_opaque_but_for_those_who_agreed():
    sight = Sight(register(here()), "internal", {"p-ann": "Ann Example"})
    assert (sight.person("p-ann"), sight.person("p-bob")) == ("Ann Example", "p-bob")


def test_what_it_is_called_and_belongs_to():
    found = seen(here(name="The Library"), "internal")
    assert found is not None
    assert (found.name, found.subject, found.path) == ("The Library", None, register(here()).records["subject"].path)


def masked(text: str, *hidden: str, **others: dict[str, Any]) -> str:
    unseen: dict[str, dict[str, Any]] = {one: {"classification": "restricted"} for one in hidden}
    every = with_others(register(here()), unseen | others)
    return Sight(every, "internal").masked(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("files/nightjar-deal.pdf", f"files/{NOT_SHOWN}-deal.pdf"),
        ("signed-nightjar-v2, and nightjar_v2", f"signed-{NOT_SHOWN}-v2, and {NOT_SHOWN}_v2"),
        ("the-night-jar-nightjar--deal", f"the-{NOT_SHOWN}--deal"),
        ("nightjar-harbour is seen, and so is my-nightjar-harbour", None),
        ("nightjars and a nightjar2-deal are other birds", None),
        ("on 2026-05-04, of ab-c and board-hat", None),
    ],
)
def test_an_id_that_is_part_of_a_longer_word_names_its_record(text, said):
    """The longest id counts; what is short, of digits alone, or a word of the policy or somebody's, names nothing."""
    hidden = ("nightjar", "night-jar", "05-04", "2026", "ab")
    assert masked(text, *hidden, **{"nightjar-harbour": {}}) == (text if said is None else said)


def test_words_of_policies_and_people_hold_no_ids():
    hidden = {one: {"classification": "restricted"} for one in ("duties", "ann")}
    every = with_others(register(here()), hidden)
    [(name, source)] = every.policies.items()
    said = replace(source, data={**source.data, "separation-of-duties": "warn"})
    every = replace(every, policies={name: said}, roster=held(p_ann=[{"role": "board"}]))
    found = Sight(every, "internal").masked("separation-of-duties by p-ann, list-of-duties by p-ann-marie, ann")
    assert found == f"separation-of-duties by p-ann, list-of-{NOT_SHOWN} by p-{NOT_SHOWN}-marie, {NOT_SHOWN}"


def test_a_word_of_very_many_parts_is_soon_looked_through():
    assert masked("nightjar-" * 4_000, "nightjar") == f"{NOT_SHOWN}-"


def test_what_a_policy_keeps_today_is_kept_of_former_days():
    loose = {**FIELDS, "budget": {**FIELDS["budget"], "classification": "public"}}
    then = world(policy(approval={"role": "board"}) | {"fields": {"partnership": loose}})
    then.record |= {"budget": "vault/budget", "deal": DEAL}
    was, later = register(then), register(here())
    before = Sight(was, "internal").seen(was.records["subject"])
    assert before is not None
    assert "budget" in before.data
    found = Sight(was, "internal", later=later).seen(was.records["subject"])
    assert found is not None
    assert ("budget" in found.data, found.withheld) == (False, ("deal.price", "budget"))


def test_what_is_kept_today_is_kept_of_former_days_by_its_other_name_or_broken_too():
    was = register(here())
    one = was.records["subject"]
    data = {**one.data, "id": "other", "classification": "confidential"}
    later = replace(was, records={"other": RecordFile("p", data, one.model.model_copy(update={"id": "other"}))})
    assert not Sight(was, "internal", later=later).shows("subject")
    assert not Sight(was, "internal", later=replace(was, records={}, broken=frozenset({"subject"}))).shows("subject")
    assert Sight(was, "internal", later=replace(was, records={})).shows("subject")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Nightjar and NIGHTJAR", f"{NOT_SHOWN} and {NOT_SHOWN}"),
        ("files/Nightjar-Deal.pdf, Signed-NIGHTJAR", f"files/{NOT_SHOWN}-Deal.pdf, Signed-{NOT_SHOWN}"),
        ("theNightjarDeal, nightjarDeal", f"the{NOT_SHOWN}Deal, {NOT_SHOWN}Deal"),
        ("HarborBird, HarborBird-", f"{NOT_SHOWN}, {NOT_SHOWN}-"),
        ("Nightjar-Harbour is seen; Nightjars and NIGHTJARS are birds", None),
    ],
)
def test_an_id_is_one_in_whatever_letters(text, said):
    assert masked(text, "nightjar", "harborbird", **{"nightjar-harbour": {}}) == (text if said is None else said)


def known_once(every: Register, **gone: RecordFile | None) -> Register:
    """The register, with records that it held once by ids that nothing has any more."""
    return replace(every, gone=lambda: {key.replace("_", "-"): one for key, one in gone.items()})


def another(every: Register, record_id: str, born: str, **more: Any) -> RecordFile:
    """Another partnership than all in a register."""
    one = every.records["subject"]
    first = one.model.history[0].model_copy(update={"id": born})
    update = {"id": record_id, "history": [first, *one.model.history[1:]]}
    return RecordFile(
        f"records/x/{record_id}.yaml", {**one.data, "id": record_id, **more}, one.model.model_copy(update=update)
    )


def test_a_record_that_is_called_otherwise_is_named_by_none_of_its_ids():
    """By what it is today; of one that is no more by what it was last, and of an unreadable one nobody can say."""
    every = register(here())
    was, now = another(every, "was-so", "x-1"), another(every, "is-so", "x-1", classification="confidential")
    free, open_ = another(every, "was-free", "x-2", classification="restricted"), another(every, "is-free", "x-2")
    gone = another(every, "gone-so", "x-3", classification="restricted")
    every = replace(every, records={**every.records, "is-so": now, "is-free": open_})
    every = known_once(every, was_so=was, was_free=free, gone_so=gone, left=another(every, "left", "x-4"), lost=None)
    text = "was-so, Was-So, a-was-so-b, was-free, gone-so, left, lost"
    hidden = f"{NOT_SHOWN}, {NOT_SHOWN}, a-{NOT_SHOWN}-b, was-free, {NOT_SHOWN}, left, {NOT_SHOWN}"
    assert Sight(every, "internal").masked(text) == hidden
    assert Sight(every, "restricted").masked(text) == text.replace("lost", NOT_SHOWN)


def test_what_belongs_to_a_record_by_the_id_that_it_had_is_seen_by_those_who_see_that():
    every = register(here())
    was, now = another(every, "was-so", "x-1"), another(every, "is-so", "x-1", classification="confidential")
    one = every.records["subject"].model
    data = {"id": "below", "kind": "risk", "of": "was-so"}
    child = RecordFile("records/risks/below.yaml", data, one.model_copy(update={"id": "below", "kind": "risk"}))
    every = known_once(replace(every, records={**every.records, "is-so": now, "below": child}), was_so=was)
    assert (Sight(every, "internal").shows("below"), Sight(every, "confidential").shows("below")) == (False, True)


def test_an_id_that_another_record_has_today_is_that_ones():
    every = register(here())
    every = known_once(every, subject=another(every, "subject", "x-1", classification="restricted"))
    assert Sight(every, "internal").masked("subject") == "subject"


def test_of_former_days_no_record_of_today_is_named_either_that_is_kept():
    every = register(here())
    kept = another(every, "kept-now", "x-1", classification="restricted")
    gone = another(every, "gone-now", "x-2", classification="restricted")
    later = known_once(replace(every, records={**every.records, "kept-now": kept}), gone_now=gone)
    text = f"{NOT_SHOWN} and {NOT_SHOWN}, never"
    assert Sight(every, "internal", later=later).masked("kept-now and gone-now, never") == text
    assert Sight(every, "internal").masked("kept-now and gone-now, never") == "kept-now and gone-now, never"


def test_the_id_of_a_record_that_is_seen_stays_whole_whatever_stands_in_it():
    """It is the name of a file, by which others find it: without parts of it, two could be the same."""
    ids = ("nightjar-one", "nightjar-two", "match-p-ann")
    hidden = {"nightjar": {"classification": "restricted"}}
    every = with_others(register(here()), {**hidden, **{one: {} for one in ids}})
    sight = Sight(every, "internal")
    found = {one.id: one.data["id"] for one in sight.records()}
    assert found == {one: one for one in ("subject", *ids)}
    assert sight.masked("nightjar-one, nightjar-three") == f"nightjar-one, {NOT_SHOWN}-three"


def test_fields_stay_whatever_records_are_called():
    """A hidden record that is called as a field takes that from nobody; a name that was given goes, in its parts too."""
    hidden: dict[str, dict[str, Any]] = {
        one: {"classification": "restricted"} for one in ("id", "history", "motto", "what", "nightjar")
    }
    found = seen(here(roles={"nightjar": "p-ann", "nightjar-lead": "p-bob", "manager": "p-kim"}), "internal", **hidden)
    assert found is not None
    assert {"id", "history", "motto", "deal"} <= found.data.keys()
    assert found.data["deal"] == [{"what": "rooms"}, {"what": "tea"}]
    assert found.data["roles"] == {"manager": "p-kim"}
