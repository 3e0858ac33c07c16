"""Codes of what somebody typed past the commands, or landed by another clock: found, and gone once the line is pasted."""

from __future__ import annotations

import subprocess

import pytest

from tests.conftest import At
from tests.place import Place, environment
from tests.scenarios.amending import CODE, edit
from tests.scenarios.cheat import commit, forge
from tests.scenarios.codes.running import Bad, mended, pasted
from tests.scenarios.codes.test_records import Do, entry, history, line, nothing, put_back, rule, steps
from tests.story import ACME, DEAL, RISK

POLICY = "policies/OPS-05-03.yaml"
NO_ENTRY = {"relies-on": {DEAL: "0123456789abcdef"}}
KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g"
APPLICATION = """\
format: 1
kind: application
id: pat
policy: OPS-05-03
stage: void
title: Pat
applicant: p-pat
as: mentor
applied: 2026-03-02
history:
  - seq: 1
    id: c1b5a3c1d8a8a658
    type: create
    to: void
    at: 2026-03-02T12:00:00Z
    by: p-rosa
    clock: set
"""
KEEPERS = "trust:\n  rules-changed-by: {register: [core-team]}\n"


def back(place: Place) -> None:
    """What landed last has not landed."""
    place.git("reset", "-q", "--soft", "HEAD^")


def forgotten(place: Place, by: str | None = None) -> None:
    names = place.write("names.txt", "every member\n")
    place.do("person", "forget", names, "--reason", "their own request", by=by)


def said_well(place: Place) -> None:
    """Something is altered, and an entry says that it is as it was."""
    latest = place.json("log", ACME)["entries"][-1]["id"]
    line(ACME, "name", "Other")(place)
    forge(place, ACME, "agreement", type_="correct", undoes=latest, reason="all is well")


def one_key(place: Place) -> None:
    for person in ("jonas", "rosa"):
        rule("people.yaml", f"emails:\n      - {person}@", f"keys:\n      - {KEY}\n    emails:\n      - {person}@")(
            place
        )


def other_policy(place: Place) -> None:
    place.do("policy", "add", "OTS-PG")
    rule("register.yaml", "    - OPS-05-03\n", "")(place)


def application(place: Place) -> None:
    """A record of a kind of which the policy knows nothing."""
    seal = next(text for text in place.text(ACME).splitlines() if text.startswith("    seal: "))
    path = place.root / "records/applications/pat.yaml"
    path.parent.mkdir()
    path.write_text(f"{APPLICATION}{seal}\n", encoding="utf-8")


def lax(place: Place) -> None:
    """A second policy that is allowed, in the same words."""
    policies = place.root / "records/policies"
    text = (policies / "OPS-05-03.yaml").read_text(encoding="utf-8")
    (policies / "LAX.yaml").write_text(text.replace("policy: OPS-05-03\n", "policy: LAX\n", 1), encoding="utf-8")
    rule("register.yaml", "- OPS-05-03", "- OPS-05-03\n    - LAX")(place)


def one_more(place: Place) -> None:
    rule("people.yaml", "emails:\n      - jonas@", "emails:\n      - j@lighthouse.example\n      - jonas@")(place)


def one_by_one(place: Place) -> None:
    """As the words say: the roster lands first, and the move is made again."""
    place.git("restore", "--staged", "--worktree", "--", f"records/partnerships/{ACME}.yaml")
    commit(place)
    place.do("advance", ACME)
    assert [one["code"] for one in place.findings("--base", "HEAD^") if one["severity"] == "error"] == []


def keepers(place: Place) -> None:
    rule("register.yaml", "trust:\n", KEEPERS)(place)
    place.do("setup", "codeowners")


def dated(day: str) -> Do:
    """Something lands by a clock that says another day."""

    def land(place: Place) -> None:
        place.day = None
        line(ACME, "name", "Other")(place)
        place.git("add", "--all")
        env = environment() | {"GIT_COMMITTER_DATE": f"{day}T00:00:00Z"}
        subprocess.run(["git", "commit", "-qm", "by another clock"], cwd=place.root, env=env, check=True)

    return land


LANDS = ("check", "--base", "HEAD^", "--head", "HEAD", "--landed")
CASES = [
    Bad("relies-differ", "active", steps(back, history(lambda every: every[-1].pop("relies-on")))),
    Bad("relies-on-nothing", "active", steps(back, history(lambda every: every[-1].update(NO_ENTRY)))),
    Bad("unknown-stage", "proposed", entry("adopt", "void", reason="x", since="2019-05-01")),
    Bad(
        "actor-lacks-role",
        "proposed",
        steps(
            rule(POLICY, "        to: assessment\n", "        to: assessment\n        by: core-team\n"),
            commit,
            entry("move", "assessment", by="p-lea"),
        ),
    ),
    Bad(
        "migrated-needlessly", "proposed", steps(rule(POLICY, "title: ", "title: Our "), entry("migrate", "assessment"))
    ),
    Bad("correction-unproven", "agreement", said_well),
    Bad("policy-of-another", "active", steps(lax, commit, line(RISK, "policy", "LAX"))),
    Bad("policy-not-allowed", "proposed", other_policy, instead=put_back),
    Bad("key-unclear", "proposed", one_key),
    Bad(
        "expunging-untrue", "proposed", steps(forgotten, back, lambda place: place.edit(ACME, "places: 1", "places: 0"))
    ),
    Bad(
        "expunged-by-another",
        "proposed",
        steps(
            rule("register.yaml", "trust:\n", "trust:\n  expunged-by: [core-team]\n"),
            commit,
            forgotten,
            back,
            lambda place: place.edit(ACME, "    by: p-rosa\n    reason: their", "    by: p-lea\n    reason: their"),
        ),
    ),
    Bad("rules-and-records-together", "assessment", steps(back, one_more), instead=one_by_one, again=("show", ACME)),
    Bad(
        "rules-changed-by-another",
        "proposed",
        steps(
            rule("register.yaml", "trust:\n", "trust:\n  rules-changed-by: {register: [partnership-committee]}\n"),
            commit,
            rule("register.yaml", "name: ", "name: Our "),
        ),
    ),
    Bad("file-missing", "proposed", lambda place: (place.root / "records/people.yaml").unlink()),
    Bad("no-lifecycle", "proposed", application),
    Bad("setup-stale", "proposed", nothing, ("setup", "editor", "--check")),
    Bad("rules-unowned", "proposed", nothing, ("setup", "codeowners", "--check"), instead=keepers),
    Bad("landed-backdated", "proposed", dated("2020-01-01"), LANDS),
    Bad("landed-in-future", "proposed", dated("2090-01-01"), LANDS),
]
CODES = {*(one.code for one in CASES), "amended-undecided"}


@pytest.mark.parametrize("bad", CASES, ids=str)
def test_found_and_gone_once_mended(at: At, bad: Bad) -> None:
    mended(at(bad.state), bad)


def test_a_policy_that_only_a_case_changes_is_taken_back(here: Place) -> None:
    edit(here, "title: ", "title: Our ")
    pasted(here, CODE)
