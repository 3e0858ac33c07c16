"""A record lands that nobody can read by the rules there are, and rules land later by which it can be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import At
from tests.place import Place
from tests.scenarios.cheat import commit, forge
from tests.scenarios.landing import audited
from tests.scenarios.mending import mended
from tests.scenarios.test_strays import RULES, writes

BOLT = "records/partnerships/bolt.yaml"
NEXT = "records/policies/OPS-05-04.yaml"


def next_policy(place: Place) -> None:
    """Another policy, and the register allows it."""
    text, settings = (place.root.joinpath(one).read_text(encoding="utf-8") for one in RULES[:2])
    writes(NEXT, text.replace("OPS-05-03", "OPS-05-04").encode())(place)
    writes(RULES[1], settings.replace("    - OPS-05-03\n", "    - OPS-05-03\n    - OPS-05-04\n", 1).encode())(place)


def landed_before_its_rules(place: Place, stage: str | None) -> str:
    """The record lands and its policy after it; what was there before."""
    base = place.git("rev-parse", "HEAD").strip()
    next_policy(place)
    commit(place)
    place.do("new", "partnership", "Bolt", "policy=OPS-05-04", "id=bolt")
    if stage is not None:
        forge(place, "bolt", stage)
    raw = (place.root / BOLT).read_bytes()
    place.git("reset", "-q", "--hard", base)
    writes(BOLT, raw)(place)
    commit(place)
    next_policy(place)
    commit(place)
    return base


@pytest.mark.parametrize("begins", ["anew", "since", "checkpoint", "cache"])
def test_it_is_judged_when_it_comes_to_count(at: At, tmp_path: Path, begins: str) -> None:
    """No gate was passed: a checkpoint from before would go on over it otherwise."""
    place = at("assessment")
    checkpoint = tmp_path / "proven.json"
    place.do("audit", "--checkpoint", str(checkpoint))
    base = landed_before_its_rules(place, "agreement")
    words = {"since": ["--since", base], "checkpoint": ["--checkpoint", str(checkpoint)], "anew": ["--full"]}
    found = audited(place, *words.get(begins, []))
    assert not found["proven"]
    told = {one["code"] for one in found["findings"] if one["record"] == "bolt" and one["severity"] == "error"}
    assert "rules-and-records-together" in told
    assert "never-landed" not in told


def test_every_step_has_a_verdict_and_a_way_out(at: At) -> None:
    place = at("assessment")
    landed_before_its_rules(place, None)
    assert mended(place), audited(place)["findings"]
