"""Whatever stands in the fields that a policy names, a command ends in a sentence, and nothing else is lost for it."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.chance import examples
from tests.journeys.telling import under_own_policy
from tests.made import copied
from tests.place import Place

FAIR, OTHER, PAPER = "spring-fair", "autumn-fair", "kite-paper"
POLICY = "records/policies/KITE-1.yaml"

#: Fields by which the policy below counts, compares and decides, each with what it is declared as.
COUNTED = {
    "rhythm": "duration",
    "festival": "day",
    "closing": "day",
    "fee": "number",
    "room": "count",
    "share": "percentage",
    "loud": "yes-no",
    "note": "text",
    "words": "list",
    "link": "link",
    "helper": "person",
}

REQUIREMENTS = """
  fair-fee: {clause: §1/fee, compare: {field: fee, minimum: 1, maximum: 900}}
  fair-share: {clause: §1/fee, compare: {field: share, maximum: 50}}
  soon: {clause: §1/day, compare: {field: festival, at-least: P1M, at-most: P10Y, before: closing}}
  room-left: {clause: §1/fee, named-by: {kind: agreement, by: partnership, in: [draft, signed], at-most: room}}
  said: {clause: §1/day, notice: {given: festival, effective: closing, at-least: P2M, agreed-in: {kind: agreement, in: [draft], field: notice}}}
  noted: {clause: §1/quiet, matches: {note: {filled: true}, loud: true}}
  helped: {clause: §1/sort, approval: {role: flyer, not: [helper, words]}}
"""

CADENCES = """
cadences:
  flown: {clause: §1/day, of: partnership, while: [proposed], every: rhythm, from: festival, until: closing, settled-by: activities}
  half: {clause: §1/day, of: partnership, while: [proposed], once: 1/2, from: festival, until: closing, settled-by: activities}
  each: {clause: §1/day, of: partnership, while: [proposed], every: P1M, per: words, when: {loud: {not: false}}, settled-by: activities}
  told: {clause: §1/day, of: agreement, while: [draft], every: P1M, from: starts, until: ends, settled-by: review/told}
"""  # fmt: skip  # a rhythm a line

#: What somebody might write where something else is meant.
ODD = [
    "weekly", "P1W2", "P", "P0D", "P100Y", "P9999Y", "P9999M", "P1M ", "p1m", "PT1H", "P\u0661M", "-P1M",
    "0001-01-01", "9999-12-31", "1900-01-01", "2200-12-31", "20260301", "2026-W10-1", "2026-02-30", "2026-03-01T00:00:00Z",
    "NaN", "sNaN", "Infinity", "-Infinity", "1e400", "1e999999999", "-0", "0x10", "1_000", "\u0661", "12.50", "1,5", "", " ",
    "=1+1", "[x]", "{{x}}", "%s", "p-rosa", "acme", "spring-fair", "true", "null", "https://a.example/" + "x" * 90,
]  # fmt: skip  # short words, several to a line

TEXTS = st.sampled_from(ODD) | st.text(max_size=12)
NUMBERS = st.sampled_from([0, -1, 1, 2**31, 2**63, 10**17, 10**40]) | st.booleans() | st.floats()
LEAVES = TEXTS | NUMBERS | st.none()
DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31)).map(str)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
    max_leaves=4,
)

COMMANDS: tuple[tuple[str, ...], ...] = (
    ("today",),
    ("today", "--within", "P10Y"),
    ("gates", FAIR),
    ("gates", FAIR, "sized"),
    ("gates", PAPER),
    ("check",),
    ("show", FAIR),
    ("list", "--where", "fee>NaN", "--sort", "rhythm"),
)


@pytest.fixture(scope="module")
def kites(_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Place:
    """Two festivals and a paper under a policy that asks for something of every sort of field."""
    root = tmp_path_factory.mktemp("kites") / "register"
    place = under_own_policy(_made, root, "own_demands.yaml", "KITE-1", "flyer")
    path = place.root / POLICY
    text = path.read_text(encoding="utf-8")
    fields = "".join(
        f"    {name}: {{type: {sort}, clause: §1/day, title: A field.}}\n"
        for name, sort in COUNTED.items()
        if f"    {name}: {{" not in text
    )
    text = text.replace("  partnership:\n    fee:", f"  partnership:\n{fields}    fee:", 1)
    text = text.replace("\nlifecycles:\n", f"{REQUIREMENTS}\nlifecycles:\n", 1)
    text = text.replace("      over: {title: Over}\n", "      over: {title: Over}\n      sized: {title: Sized}\n", 1)
    needs = "[fair-fee, fair-share, soon, room-left, said, noted, helped]"
    ways = f"      - {{from: proposed, to: sized, needs: {needs}}}\n"
    text = text.replace("      - {from: proposed, to: free,", f"{ways}      - {{from: proposed, to: free,", 1)
    path.write_text(text + CADENCES, encoding="utf-8")
    place.git("commit", "-qam", "what is counted by", "--no-verify")
    place.do("new", "partnership", "Spring Fair", "policy=KITE-1")
    place.do("new", "partnership", "Autumn Fair", "policy=KITE-1")
    place.do("set", OTHER, "rhythm=P1D", "festival=2026-01-05", "closing=2026-12-31")
    place.do("new", "agreement", "Paper", f"partnership={FAIR}", f"id={PAPER}", "ends=2026-12-31")
    assert f"{OTHER}" in place.run("today").out
    return place


def put(place: Place, values: dict[str, Any]) -> None:
    """Somebody writes these values into the file, which the reader of YAML may well refuse."""
    rows = "".join(f"{name}: {json.dumps(value)}\n" for name, value in values.items())
    path = place.path(FAIR)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("history:\n", f"{rows}history:\n", 1), encoding="utf-8")


def holds_out(place: Place) -> None:
    """Every command ends in a sentence, and what falls due of the other record is still told."""
    for words in COMMANDS:
        said = place.run(*words)
        assert said.code in {0, 1, 2, 3}, said.all
        assert "Traceback" not in said.all
        assert "failed in a way it should not" not in said.all, (words, said.err)
        if words[0] == "today":
            assert said.code == 0, (words, said.err)
            assert OTHER in said.out, said.all


@settings(max_examples=examples(20), deadline=None, suppress_health_check=list(HealthCheck))
@given(values=st.dictionaries(st.sampled_from(sorted(COUNTED)), VALUES, min_size=1, max_size=4))
@example(values={"rhythm": "weekly"})
@example(values={"festival": "0001-01-01", "closing": "9999-12-31"})
@example(values={"fee": "NaN", "note": "NaN"})
@pytest.mark.long
def test_values_that_nobody_expected(
    kites: Place, tmp_path_factory: pytest.TempPathFactory, values: dict[str, Any]
) -> None:
    root = tmp_path_factory.mktemp("odd") / "register"
    copied(kites.root, root)
    place = Place(root)
    put(place, values)
    holds_out(place)
    shutil.rmtree(root)


@settings(max_examples=examples(20), deadline=None, suppress_health_check=list(HealthCheck))
@given(values=st.fixed_dictionaries({
    "rhythm": st.sampled_from(["P1D", "P100Y", "P1M", "P0D", "P36525D"]),
    "festival": st.sampled_from(["1900-01-01", "2026-03-01", "2200-12-31"]) | DAYS,
    "closing": st.sampled_from(["1900-01-01", "2026-03-02", "2200-12-31"]) | DAYS,
    "fee": st.sampled_from(["0.000000001", "-0", "999999999999999999", 0]),
    "room": st.sampled_from([0, 1, 10**17]),
    "share": st.integers(0, 100),
    "loud": st.booleans(),
    "words": st.lists(st.sampled_from(["p-rosa", "NaN", "x"]), max_size=3),
}))  # fmt: skip  # a field a line
@pytest.mark.long
def test_values_at_the_edge(kites: Place, tmp_path_factory: pytest.TempPathFactory, values: dict[str, Any]) -> None:
    """Everything is of its sort, and as far away as the sort allows."""
    root = tmp_path_factory.mktemp("edge") / "register"
    copied(kites.root, root)
    place = Place(root)
    put(place, values)
    holds_out(place)
    assert "fair-fee" in place.run("gates", FAIR, "sized").out  # it could be read
    shutil.rmtree(root)
