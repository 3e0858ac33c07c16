"""Names spelt right or left out, values that are known, words that are unwelcome: whole findings, each at its place."""

from __future__ import annotations

from typing import Any

import pytest

from partnerkit.findings import Finding
from partnerkit.policies.fields import NameRule
from partnerkit.rules.names import names_are_spelt_right
from partnerkit.rules.question import Answer
from partnerkit.rules.spelling import faced, mentions, misspelt, shown
from partnerkit.rules.wording import values_are_known, words_are_welcome
from tests.policies.fulfil import World
from tests.rules.bench import asked, policy, world
from tests.rules.whole import EVERYBODY, TOLD, lacking, seen, told, where

RULE = NameRule.model_validate({"clause": "§1.1", "name": "Open Lantern", "wrong": ["OL"], "known-as": ["Lamp"]})


@pytest.mark.parametrize(
    ("text", "wrong", "mentioned"),
    [
        ("the Open Lantern is here", [], ["Open Lantern"]),
        ("the open lantern and OpenLantern", ["open lantern", "OpenLantern"], ["open lantern", "OpenLantern"]),
        ("Open-Lantern, Open_Lantern, Open.Lantern", ["Open-Lantern", "Open_Lantern", "Open.Lantern"], ["Open-Lantern", "Open_Lantern", "Open.Lantern"]),
        ("Open\u00adLantern O p e n L a n t e r n", ["Open\u00adLantern", "O p e n L a n t e r n"], ["Open\u00adLantern", "O p e n L a n t e r n"]),
        ("Open\nLantern", ["Open\nLantern"], ["Open\nLantern"]),
        ("OL and Lamp", ["OL"], ["OL", "Lamp"]),
        ("OLX, xOL, ol", [], []),
        ("Lamps, xLamp, OpenLanterns, xOpen Lantern", [], []),
        ("see https://openlantern.example/OL or www.openlantern.example", [], []),
        ("mail ol@openlantern.example, @openlantern or mailto:OL", [], []),
        ("at openlantern.example/OL?OL#OL and OPENLANTERN.ORG", [], []),
        ("an end. OL begins", ["OL"], ["OL"]),
        ("openlantern.Org is no host", ["openlantern"], ["openlantern"]),
        ("Open Lantern OL Open Lantern", ["OL"], ["Open Lantern", "Open Lantern", "OL"]),
        ("OLmailto:lantern and OL@lantern.example", ["OL"], ["OL"]),
        ("", [], []),
    ],
)  # laid out by hand, to be read at a glance  # fmt: skip
def test_which_spellings_are_wrong_and_which_mention_the_name(text, wrong, mentioned):
    assert misspelt(text, RULE) == wrong
    assert mentions(text, RULE) == mentioned


def test_letters_are_read_however_they_are_composed():
    rule = NameRule.model_validate({"clause": "§1.1", "name": "Café", "wrong": ["Caf\u00e9e"]})
    assert misspelt("Cafe\u0301", rule) == []
    assert misspelt("cafe\u0301 and Cafe\u0301e", rule) == ["café", "Cafée"]


def test_an_address_joins_nothing_that_stands_around_it():
    rule = NameRule.model_validate({"clause": "§1.1", "name": "Open Lantern", "wrong": ["O L"]})
    assert misspelt("Omailto:lantern L", rule) == []
    assert misspelt("O L", rule) == ["O L"]


def test_a_name_may_hold_what_patterns_mean_something_by():
    rule = NameRule.model_validate({"clause": "§1.1", "name": "C+ (new)", "wrong": ["C.", "A|B"]})
    assert misspelt("C+ (new) c+(new) CC A B", rule) == ["c+(new)"]
    assert misspelt("C. A|B", rule) == ["C.", "A|B"]


@pytest.mark.parametrize(
    ("text", "seen_as"),
    [
        ("Open\u00adLantern", "Open<U+00AD>Lantern"),
        ("Open\u200b\ufeffLantern", "Open<U+200B><U+FEFF>Lantern"),
        ("Open\r\n\nLantern", "Open<line break>Lantern"),
        ("Open Lantern", "Open Lantern"),
    ],
)
def test_what_nobody_sees_is_shown(text, seen_as):
    assert shown(text) == seen_as


def facing(rule: dict[str, Any] | None = None, **more: Any) -> World:
    """A policy with a name, and fields that partners read."""
    text = {"type": "text", "clause": "§1.1", "title": "What it says.", "partner-facing": True}
    inner = {"type": "text", "clause": "§1.1", "title": "What it says."}
    items = {"quote": {**inner, "partner-facing": True}, "notes": inner}
    data = policy(**(more or {"reason": True}))
    data["fields"] = {
        "partnership": {
            "pitch": text,
            "notes": inner,
            "voices": {"type": "items", "clause": "§1.1", "title": "Voices.", "fields": items},
        }
    }
    own = {"clause": "§1.1", "name": "Open Lantern", "wrong": ["OL"], "known-as": ["Lamp"]}
    data["names"] = {"lantern": {**own, **(rule or {})}}
    return world(data)


def test_which_fields_partners_read():
    here = facing({"fields": {"partnership": ["name", "pitch"], "agreement": ["title"]}})
    rule = here.policy.names["lantern"]
    assert faced(here.policy, "partnership", rule) == ["pitch", "voices.quote", "name"]
    assert faced(here.policy, "agreement", rule) == ["title"]
    assert faced(here.policy, "risk", rule) == []


def test_a_name_that_is_misspelt_is_told_at_its_place():
    here = facing({"clause": ["§1.1", "§1.2"]})
    here.record |= {"pitch": "With Open Lantern", "notes": "OL", "voices": [{"notes": "OL", "quote": "Fine."}]}
    assert list(names_are_spelt_right(seen(here))) == []
    here.record |= {"pitch": "open lantern, OL", "voices": [{"quote": "Fine."}, {"quote": "Open\u200bLantern"}]}
    assert list(names_are_spelt_right(seen(here))) == [
        misspelling("open lantern", "pitch"),
        misspelling("OL", "pitch"),
        misspelling("Open<U+200B>Lantern", "voices", 1, "quote"),
    ]


def misspelling(wrong: str, *keys: str | int) -> Finding:
    path = ".".join(key for key in keys if isinstance(key, str))
    message = f"{path} says “{wrong}”: the name is written “Open Lantern” (lantern)"
    clause, mend = "SMALL §1.1, SMALL §1.2", f"partnerkit set subject {path}=<{path}>"
    return told("name-misspelt", message, *keys, mend=mend, clause=clause, severity="warning")


def test_one_clause_of_a_name_is_cited_alone():
    here = facing()
    here.record["pitch"] = "OL"
    [found] = names_are_spelt_right(seen(here))
    assert found.clause == "SMALL §1.1"


def test_a_name_to_be_left_out_is_told_whole():
    for more, ask in (({}, ""), (TOLD, "Do it. ")):
        here = facing(unmentioned=["lantern"], **more)
        here.record |= {"pitch": "Fine.", "notes": "Open Lantern", "voices": [{"quote": "Fine."}]}
        assert asked(here) == Answer(met=True)
        here.record |= {"pitch": "Lamp, OL, OL", "voices": [{"quote": "open lantern"}, {"quote": "Fine."}]}
        words = f"{ask}To be left out: pitch says “OL”, “Lamp”; voices says “open lantern”"
        line = "partnerkit set subject pitch=<pitch> voices=<voices>"
        assert asked(here) == (lacking(words, line) if more else Answer(False, words, people=EVERYBODY, command=line))


def test_several_names_to_be_left_out_are_told_once_for_each_field():
    here = facing({"fields": {"partnership": ["name"]}}, unmentioned=["lantern", "harbour"])
    here.data["names"]["harbour"] = {"clause": "§1.1", "name": "Harbour"}
    here.policy = type(here.policy).model_validate(here.data)
    here.record |= {"pitch": "Harbour and Lamp and Harbour", "name": "O\u200bL"}
    given = asked(here)
    assert given.missing == "To be left out: pitch says “Lamp”, “Harbour”"
    here.record["name"] = "Open\u200bLantern"
    assert asked(here).missing == ("To be left out: pitch says “Lamp”, “Harbour”; name says “Open<U+200B>Lantern”")


def knowing() -> World:
    """A policy that knows which licences are right."""
    text = {"type": "text", "clause": "§1.1", "title": "Which licence."}
    known = {**text, "clause": ["§1.1", "§1.2"], "known": ["MIT", "Apache-2.0"], "otherwise": "Ask the board."}
    data = policy(reason=True)
    inner = {"licence": known, "notes": text}
    data["fields"] = {
        "partnership": {
            "licence": known,
            "notes": text,
            "works": {"type": "items", "clause": "§1.1", "title": "Works.", "fields": inner},
        }
    }
    return world(data)


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("mit", "; did you mean MIT?"),
        ("apache-2", "; did you mean Apache-2.0?"),
        ("APACHE-2", "; did you mean Apache-2.0?"),
        ("Zlib", ""),
    ],
)
def test_a_value_that_is_not_known_is_told_at_its_place(text, near):
    here = knowing()
    here.record |= {"licence": "MIT", "notes": text, "works": [{"licence": "Apache-2.0", "notes": text}]}
    assert list(values_are_known(seen(here))) == []
    here.record |= {"licence": text, "works": [{"licence": "MIT"}, {"licence": text}]}
    more: dict[str, Any] = {"clause": "SMALL §1.1, SMALL §1.2", "severity": "warning"}
    words = f"is “{text}”{near}. Ask the board."
    line = "partnerkit set subject {0}=<{0}>"
    assert list(values_are_known(seen(here))) == [
        told("value-unknown", f"licence {words}", "licence", mend=line.format("licence"), **more),
        told("value-unknown", f"works {words}", "works", 1, "licence", mend=line.format("works"), **more),
    ]


def unwelcome(*words: str) -> World:
    data = policy(reason=True)
    rule = {"clause": ["§1.1", "§1.2"], "words": list(words) or ["very poor", "rich"], "why": "Judge the work."}
    data["wording"] = {"people": rule}
    return world(data)


def said(word: str, path: str, *keys: str | int, mend: str) -> Finding:
    more: dict[str, Any] = {"clause": "SMALL §1.1, SMALL §1.2", "severity": "warning"}
    return told("word-unwelcome", f"{path} says “{word}”. Judge the work.", *keys, mend=f"partnerkit {mend}", **more)


def test_a_word_that_is_unwelcome_is_told_at_its_place():
    here = unwelcome()
    here.record |= {"name": "The RICH and the very  poor", "objectives": [{"id": "o1", "text": "very-\npoor"}]}
    here.record["interested"] = ["rich"]
    here.record["activities"] = [
        {"on": "2026-05-01", "kind": "talk", "title": "enrich riches"},
        {"on": "2026-05-01", "kind": "talk", "title": "rich"},
    ]
    assert list(words_are_welcome(seen(here))) == [
        said("RICH", "name", "name", mend="set subject name=<name>"),
        said("very  poor", "name", "name", mend="set subject name=<name>"),
        said("very-\npoor", "objectives.o1.text", "objectives", 0, "text", mend="set subject objectives.o1.text=<objectives.text>"),
        said("rich", "interested", "interested", 0, mend="set subject interested=<interested>"),
        said("rich", "activities", "activities", 1, "title", mend="set subject activities=<activities>"),
    ]  # laid out by hand, to be read at a glance  # fmt: skip


def test_a_word_that_is_unwelcome_in_a_statement_is_withdrawn_with_it():
    here = unwelcome()
    here.say("evidence", "e", "more", kind="report", ref="rich", summary="They are rich.")
    here.say("waivers", "w", "more", role="board", reason="So rich.", until="2026-12-31")
    here.record["history"][0]["reason"] = "They are rich."
    line = "add subject more withdraw={} --reason <reason>"
    assert list(words_are_welcome(seen(here))) == [
        said("rich", "evidence.e-000000000001.summary", "evidence", 0, "summary", mend=line.format("e-000000000001")),
        said("rich", "waivers.w-000000000002.reason", "waivers", 0, "reason", mend=line.format("w-000000000002")),
    ]
    for group in ("evidence", "waivers"):
        taken = {"at": "2026-05-20T12:00:00Z", "by": "p-bob", "reason": "They are not rich."}
        here.record[group][0]["withdrawn"] = taken
    assert list(words_are_welcome(seen(here))) == []


def test_what_only_points_elsewhere_says_nothing():
    here = unwelcome()
    here.record["objectives"] = [{"id": "o1", "text": "vault/rich.pdf sha256:" + "1" * 64}]
    assert list(words_are_welcome(seen(here))) == []
    here.record["objectives"].append({"id": "o2", "text": "Get rich."})
    assert where(list(words_are_welcome(seen(here)))) == [("objectives", 1, "text")]


def test_a_policy_without_fields_knows_no_values():
    assert list(values_are_known(seen(unwelcome()))) == []


def test_a_word_may_hold_what_patterns_mean_something_by():
    here = unwelcome("a.b", "c")
    here.record["name"] = "axb A.B"
    assert [one.message for one in words_are_welcome(seen(here))] == ["name says “A.B”. Judge the work."]
