"""A slip in the roster takes nothing from what people decided: the roster is mended, and no true decision withdrawn."""

from __future__ import annotations

import pytest

from tests.conftest import At
from tests.place import Place
from tests.scenarios.cheat import commit
from tests.scenarios.codes.running import Found, findings, only, paste
from tests.story import ACME

ROSTER = "records/people.yaml"
SLIPS = [
    ("role-not-held", "role: core-team", "role: core-teem"),
    ("person-unknown", "  p-jonas:", "  p-jonaz:"),
]


def slip(place: Place, old: str, new: str) -> None:
    path = place.root / ROSTER
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def decided(place: Place) -> str:
    return place.text(ACME)


def mends(found: list[Found], code: str) -> list[str]:
    return [one["mend"] for one in found if one["code"] == code]


@pytest.mark.parametrize(("code", "old", "new"), SLIPS)
def test_a_slip_that_has_not_landed_is_taken_back(at: At, code: str, old: str, new: str) -> None:
    place = at("active")
    was = decided(place)
    slip(place, old, new)
    found = only(place.findings(), code)

    assert found["mend"].startswith(f"git restore --staged --worktree -- {ROSTER} takes back")
    assert "withdraw=" not in found["mend"]
    paste(place, found["mend"], {}, None)

    assert code not in {one["code"] for one in place.findings()}
    assert (decided(place), place.git("status", "--porcelain")) == (was, "")


@pytest.mark.parametrize(("code", "old", "new"), SLIPS)
def test_a_slip_on_a_branch_is_taken_back_to_where_it_began(at: At, code: str, old: str, new: str) -> None:
    place = at("active")
    base = place.git("rev-parse", "HEAD").strip()
    slip(place, old, new)
    commit(place)

    mend = only(findings(place, ("check", "--base", base, "--head", "HEAD"), None), code)["mend"]

    assert mend.startswith(f"git restore --source={base[:12]} --staged --worktree -- {ROSTER} ")
    assert "withdraw=" not in mend


@pytest.mark.parametrize(
    ("asked", "code", "old", "new"), [("check", *SLIPS[0]), ("check", *SLIPS[1]), ("audit", *SLIPS[0])]
)
def test_of_a_slip_that_landed_the_commit_comes_first(at: At, code: str, old: str, new: str, asked: str) -> None:
    place = at("active")
    slip(place, old, new)
    commit(place)
    head = place.git("rev-parse", "HEAD").strip()

    offered = mends(findings(place, (asked,), None), code)

    assert not any(mend.startswith("partnerkit add ") or "; partnerkit add " in mend for mend in offered)
    assert any(head[:12] in mend for mend in offered)
    assert any("; if the decision was never theirs: partnerkit add acme " in mend for mend in offered)


def test_of_a_slip_that_was_put_back_nothing_is_withdrawn(at: At) -> None:
    code, old, new = SLIPS[0]
    place = at("active")
    slip(place, old, new)
    commit(place)
    place.git("revert", "--no-edit", "HEAD")

    offered = mends(findings(place, ("audit",), None), code)

    assert not any("withdraw=" in mend for mend in offered)
    assert any(
        mend.endswith("stays told for ever, and what had landed before it was judged without it") for mend in offered
    )
    assert place.run("check").code == 0
