"""What looks genuine in a pull request and is not: the reviewer's page says so."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.scenarios.pulls.puller import ROBOTS, Puller, copied


@pytest.fixture
def change(pulled: Path, tmp_path: Path) -> Puller:
    """A branch on which nothing has been done yet."""
    player = copied(pulled, tmp_path / "register", "hidden")
    with player:
        player.git("checkout", "-q", "-b", "change")
    return player


def _told(player: Puller) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(player.run("diff", "main", "HEAD", "--json").said)
    return found


def test_an_approval_that_is_void_before_it_lands_is_not_shown_as_given(change: Puller) -> None:
    with change:
        change.on("2026-10-05", "p-kim").run("approve", ROBOTS, "core-team-review")
        change.run("set", ROBOTS, "commitments=[{by: partner, text: Three robot kits}]")
        (record,) = _told(change)["records"]
        said = change.run("diff", "main", "HEAD").said

    assert record["said"] == []
    void = {one["by"]: one for one in record["void"]}
    assert void.keys() == {"p-jonas", "p-kim"}
    assert void["p-jonas"]["fields"] == ["commitments"]
    assert "one of" in void["p-kim"]["words"]
    assert "changed since p-kim approved" in void["p-kim"]["words"]
    assert f"\u2717 {void['p-kim']['words']}" in said
    assert said.startswith("! Nothing in it breaks a rule; ")
    assert "2 approvals made void" in said
