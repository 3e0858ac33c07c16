"""Blocks and lists typed on the command line: what is wrong in them is named where it is, with the keys known there."""

from __future__ import annotations

import pytest


@pytest.fixture
def agreement(place):
    place.do("new", "partnership", "Acme")
    place.do("new", "agreement", "Cooperation 2026", "partnership=acme")
    return place


def test_an_unknown_key_is_answered_with_the_keys_of_that_very_place(agreement):
    said = agreement.refuse("set", "acme-2026", "terms.confidentiality={status: not-applicable, why: none}")
    assert "terms.confidentiality: there is no key 'why' here (the keys here: status, where, reason)" in said.all
    said = agreement.refuse("set", "acme", "commitments=[{id: c1, text: builds, by: us}]")
    assert "commitments, item 1: there is no key 'id' here (the keys here: by, text)" in said.all
    said = agreement.refuse("set", "acme-2026", "parties=[{id: us, nam: Lighthouse}]")
    assert "parties, item 1: there is no key 'nam' here; did you mean name? (the keys here: id, name)" in said.all


def test_a_missing_key_names_its_item(agreement):
    said = agreement.refuse("set", "acme", "objectives=[{id: o1, text: Builds}, {text: More}]")
    assert "objectives, item 2: the key 'id' is missing" in said.all


def test_new_asks_for_its_own_keys_only_and_gives_the_whole_line(place):
    place.do("new", "partnership", "Acme")
    said = place.wrong("new", "risk", "The sponsor's leaving", "of=acme", "owner=p-rosa")
    assert "partnerkit new risk 'The sponsor'\"'\"'s leaving' of=acme owner=p-rosa type=<type>" in said.err
    said = place.refuse("new", "partnership", "Beta", "objectives=[{txt: x}]")
    assert "objectives, item 1: there is no key 'txt' here; did you mean text?" in said.all
    assert "also needs" not in said.all
