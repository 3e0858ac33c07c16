"""Records deleted, renamed, doubled, re-labelled or pointed elsewhere are found, in the working tree and once committed."""

from __future__ import annotations

import shutil

import pytest

from tests.scenarios.cheat import ACME, PACT, REVIEW, RISK, Cheat, caught, expect, rewrite

ELSEWHERE = "records/partnerships/2026/acme.yaml"
TWIN = "records/partnerships/old/acme.yaml"
OTHER = "records/partnerships/bcme.yaml"
CASE = "records/cases/acme.yaml"


def moved(to):
    def cheat(place):
        (place.root / to).parent.mkdir(parents=True, exist_ok=True)
        (place.root / ACME).rename(place.root / to)

    return cheat


def doubled(place):
    (place.root / TWIN).parent.mkdir()
    shutil.copy(place.root / ACME, place.root / TWIN)


def renamed(place):
    moved(OTHER)(place)
    rewrite(place, "bcme", lambda data: data.update(id="bcme"))


def set_(record_id, **values):
    return lambda place: rewrite(
        place,
        record_id,
        lambda data: data.update({key.rstrip("_").replace("_", "-"): value for key, value in values.items()}),
    )


def other_kind(place):
    """The partnership becomes a case, folder and all."""
    moved(CASE)(place)
    rewrite(place, "acme", lambda data: data.update(kind="case", of="acme-2026", title="A case", opened="2026-03-02"))


CHEATS = [
    Cheat(
        "record deleted",
        "decided",
        lambda place: (place.root / ACME).unlink(),
        (("record-deleted", ACME, None), ("link-broken", RISK, "of: acme")),
        "link-broken",
    ),
    Cheat(
        "record nobody refers to deleted",
        "review",
        lambda place: (place.root / REVIEW).unlink(),
        (("record-deleted", REVIEW, None),),
    ),
    Cheat("record moved into another folder", "decided", moved(ELSEWHERE), (("record-moved", ELSEWHERE, "format: 1"),)),
    Cheat(
        "record renamed, its id too",
        "decided",
        renamed,
        (("record-deleted", ACME, None), ("link-broken", RISK, "of: acme")),
        "link-broken",
    ),
    Cheat(
        "record renamed, its id left",
        "decided",
        moved(OTHER),
        (("id-differs", OTHER, "id: acme"), ("record-deleted", ACME, None)),
        "id-differs",
    ),
    Cheat("id changed", "decided", set_("acme", id="bcme"), (("id-differs", ACME, "id: bcme"),), "id-differs"),
    Cheat(
        "kind changed", "decided", set_("acme", kind="case"), (("kind-differs", ACME, "kind: case"),), "kind-differs"
    ),
    Cheat(
        "two records with one id in different folders",
        "decided",
        doubled,
        (("id-repeated", TWIN, "format: 1"),),
        "id-repeated",
    ),
    Cheat(
        "locked field changed after the gate",
        "agreement",
        set_("acme", name="Acme Holding"),
        (("locked-field-changed", ACME, "name: Acme Holding"),),
        "content-differs",
    ),
    Cheat(
        "locked part of a list changed",
        "active",
        lambda place: place.edit("acme-2026", "text: First builds run", "text: No builds run"),
        (("locked-field-changed", PACT, "- id: m1"),),
        "content-differs",
    ),
    Cheat(
        "locked field of an agreement added",
        "active",
        set_("acme-2026", renews="acme"),
        (("locked-field-changed", PACT, None),),
        "content-differs",
    ),
    Cheat(
        "subject that does not exist",
        "review",
        set_("acme-march", of="nobody"),
        (("link-broken", REVIEW, "of: nobody"),),
        "link-broken",
    ),
    Cheat(
        "subject of another kind",
        "review",
        set_("acme-march", of="acme-they-fold"),
        (("link-of-wrong-kind", REVIEW, "of: acme-they-fold"),),
        "link-of-wrong-kind",
    ),
    Cheat(
        "agreement handed to another partnership",
        "active",
        set_("acme-2026", partnership="nobody"),
        (("locked-field-changed", PACT, "partnership: nobody"), ("link-broken", PACT, "partnership: nobody")),
        "link-broken",
    ),
    Cheat(
        "policy that the register lacks",
        "decided",
        set_("acme", policy="NONE"),
        (("policy-unknown", ACME, "policy: NONE"),),
        "policy-unknown",
    ),
    Cheat(
        "unknown key", "decided", set_("acme", ojectives="x"), (("unknown-key", ACME, "ojectives: x"),), "unknown-key"
    ),
]


@pytest.mark.parametrize("cheat", CHEATS, ids=str)
def test_caught(at, cheat):
    caught(at(cheat.state), cheat)


def test_kind_changed_with_its_folder(at):
    """A record that turns up as another kind is gone as what it was."""
    place = at("active")
    other_kind(place)
    codes = {one["code"] for one in place.findings() if one["severity"] == "error"}
    assert codes & {"identity-changed", "record-moved", "wrong-value", "unknown-key"}


@pytest.mark.parametrize(
    "path", ["records/partnerships/Acme.yaml", "records/partnerships/notes.txt", "records/risks/a b.yaml"]
)
def test_a_file_that_is_no_record_is_named(at, path):
    place = at("new")
    (place.root / path).parent.mkdir(exist_ok=True)
    (place.root / path).write_text("format: 1\n", encoding="utf-8")
    expect(place, place.findings(), (("file-name", path, "format: 1"),))


def test_an_untouched_record_is_not_blamed_for_a_broken_one(at):
    place = at("active")
    place.edit("acme-2026", "title:", "titel:")
    files = {one["file"] for one in place.findings() if one["severity"] == "error"}
    assert files == {PACT}
