"""Codes of a policy held against its clauses and its written text: each mended as the words of the finding say."""

from __future__ import annotations

from tests.place import Place
from tests.scenarios.codes.running import none_left, only

TEXT = """\
# Garden Policy

**Document ID:** GARDEN-1
**Document Version:** 1.0

## 1. Growing

### 1.1 Beds
- **Raised Beds:** beds that are raised above the path
- **Rows:** rows that alternate
"""
BEDS = "{title: Beds, points: [raised-beds, rows], narrative: {raised-beds: Seen by eye., rows: Seen by eye.}}"
NEEDS = "  named: {clause: §1, filled: [name]}\n"
POLICY = f"""\
format: 1
policy: GARDEN-1
title: Garden Policy
version: "1.0"
pack-version: "1"
clauses:
  §1: {{title: Growing}}
  §1.1: {BEDS}
requirements:
{NEEDS}lifecycles:
  partnership:
    starts: sown
    stages: {{sown: {{title: Sown}}, grown: {{title: Grown}}}}
    transitions:
      - {{from: sown, to: grown, main: true, needs: [named]}}
"""

#: What of the policy is written otherwise, so that the code is found.
OTHERWISE = {
    "clause-missing": (BEDS, "{title: Beds, points: [raised-beds], narrative: {raised-beds: Seen by eye.}}"),
    "clause-invented": (
        BEDS,
        BEDS.replace("rows]", "rows, ponds]").replace("rows: Seen", "ponds: Seen by eye., rows: Seen"),
    ),
    "clause-renamed": (BEDS, BEDS.replace("Beds,", "Patches,")),
    "clause-moved": (BEDS, BEDS.replace("[raised-beds, rows]", "[rows, raised-beds]")),
    "metadata-differs": ('version: "1.0"', 'version: "1.1"'),
    "clause-unaccounted": (BEDS, BEDS.replace(", rows: Seen by eye.", "")),
    "narrative-and-implemented": (NEEDS, NEEDS.replace("§1,", "[§1, §1.1/rows],")),
}
CODES = set(OTHERWISE)


def test_each_is_found_and_gone_once_the_policy_says_what_it_should(place: Place) -> None:
    place.do("policy", "add", place.write("garden.yaml", POLICY))
    source = place.write("garden.md", TEXT)
    path = place.root / "records" / "policies" / "GARDEN-1.yaml"
    good = path.read_text(encoding="utf-8")

    def found() -> list[dict[str, object]]:
        listed: list[dict[str, object]] = place.json("policy", "coverage", "GARDEN-1", "--source", source)["findings"]
        return listed

    assert found() == []
    for code, (old, new) in OTHERWISE.items():
        bad = good.replace(old, new, 1)
        assert bad != good, code
        path.write_text(bad, encoding="utf-8")
        only(found(), code)
        path.write_text(good, encoding="utf-8")
    for code in OTHERWISE:
        none_left(found(), code)
