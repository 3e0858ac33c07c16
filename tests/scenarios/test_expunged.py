"""Names that somebody typed into records are taken out for good; `audit` says "expunged", and finds every cheat as before."""

from __future__ import annotations

import re
import subprocess
from typing import Any

import pytest

from tests.conftest import At
from tests.place import Place, Said, environment
from tests.scenarios.landing import audited
from tests.story import ACME, RISK

NAME = "Ada Löwenherz"
ACME_FILE = "records/partnerships/acme.yaml"


def forget(place: Place, *spellings: str, more: tuple[str, ...] = ()) -> Said:
    """Forget a text, given in a file."""
    path = place.write("spellings.txt", "\n".join(spellings or (NAME,)) + "\n")
    return place.do("person", "forget", path, "--reason", "their own request", *more)


def codes(found: list[dict[str, Any]]) -> set[str]:
    return {one["code"] for one in found if one["severity"] == "error"}


def clean(place: Place) -> dict[str, Any]:
    """Nothing is wrong, neither as it stands nor from the beginning."""
    assert codes(place.findings()) == set()
    found = audited(place)
    assert found["proven"], found["findings"]
    return found


@pytest.fixture
def named(at: At) -> Place:
    """A partnership in which somebody typed a name into everything that later steps seal."""
    place = at("detailed-review", day="2026-03-04")
    place.do("set", ACME, f"objectives=[{{id: o1, text: Labs led by {NAME}, supports: [mutually-beneficial]}}]")
    words = ("--copy", "outcome=pass")
    place.do("add", ACME, "strategic-review", place.write("s.md", "Yes.\n"), *words, f"summary=Seen by {NAME}")
    place.do("add", ACME, "financial-review", "https://files.example/money", "outcome=conditions")
    place.do("add", ACME, "legal-review", "https://files.example/law", "outcome=pass", by="p-lea")
    place.do("new", "risk", "They fold", f"of={ACME}", "type=financial")
    place.do("set", RISK, "analysis=Their sponsor may leave", "owner=p-rosa")
    place.do("add", RISK, "assessments", "likelihood=2", "impact=4", f"why={NAME} said so")
    place.do("advance", RISK)
    place.do("advance", ACME)
    place.do("set", ACME, "commitments=[{by: partner, text: Fifty lab seats}]", day="2026-03-05")
    seen = ("--for", "p-jonas", "--seen", f"a mail of {NAME}", "--reason", f"{NAME} is right")
    place.do("approve", ACME, "core-team-review", *seen, day="2026-03-06")
    place.do("add", ACME, "community-input", "https://forum.example/t/1", "kind=opened", day="2026-03-06")
    place.do("add", ACME, "community-input", "kind=closed", f"summary=31 in favour, {NAME} too", day="2026-03-20")
    place.do("approve", ACME, "final-decision", "--for", "p-timo", "--seen", "minutes/1.md", day="2026-03-20")
    place.do("advance", ACME, by="p-jonas", day="2026-03-20")
    place.day = "2026-03-21"
    return place


def test_a_name_in_everything_that_was_sealed(named):
    before = named.text(ACME)
    assert before.count(NAME) >= 5
    said = forget(named)
    after = named.text(ACME)
    assert NAME not in after
    assert NAME not in said.all
    marker = re.findall(r"expunged:(x-[0-9a-f]{12})", after)
    assert len(set(marker)) == 1
    assert NAME not in named.git("log", "-1", "--format=%B")
    found = clean(named)
    assert [one["record"] for one in found["expunged"]] == [ACME, RISK]
    told = found["expunged"][0]
    assert told["id"] == marker[0]
    assert told["by"] == "p-rosa"
    assert told["reason"] == "their own request"
    assert told["places"] == len(marker)


def filtered(place: Place) -> None:
    """History rewritten as `git filter-repo --replace-text F --replace-message F` would, with what forget wrote."""
    (file,) = (place.root / ".git" / "partnerkit").glob("forget-*.txt")
    changes = []
    for row in file.read_bytes().splitlines():
        what, _, by = row.rpartition(b"==>")
        changes.append((re.compile(what.removeprefix(b"regex:")), by))
    env = environment(place.person)
    words = ["git", "fast-export", "--all", "--signed-tags=strip"]
    out = subprocess.run(words, cwd=place.root, env=env, capture_output=True, check=True).stdout
    made, at = b"", 0
    for found in re.finditer(rb"^data (\d+)\n", out, re.MULTILINE):
        if found.start() < at:
            continue
        made += out[at : found.start()]
        at = found.end() + int(found[1])
        data = out[found.end() : at]
        for pattern, by in changes:
            data = pattern.sub(by, data)
        made += b"data %d\n%s" % (len(data), data)
    words = ["git", "fast-import", "--force", "--quiet"]
    subprocess.run(words, cwd=place.root, env=env, input=made + out[at:], capture_output=True, check=True)
    place.git("reset", "-q", "--hard")


def versions(place: Place, text: str) -> int:
    """How many objects of all of history hold a text."""
    listed = place.git("rev-list", "--objects", "--all").split("\n")
    objects = [row.split(" ")[0] for row in listed if row]
    return sum(text in place.git("cat-file", "-p", one) for one in objects)


def test_history_is_rewritten_and_audit_says_expunged(named):
    forget(named)
    assert versions(named, NAME) > 1
    filtered(named)
    assert versions(named, NAME) == 0
    found = clean(named)
    assert found["rewritten"]
    assert {record for one in found["rewritten"] for record in one["records"]} == {ACME, RISK}
    said = named.run("audit").all
    assert "expunged" in said
    assert "history was rewritten" in said


def test_a_cheat_before_the_rewriting_is_found_after_it(named):
    named.edit(ACME, "Fifty lab seats", "Sixty lab seats")
    named.git("commit", "-qam", "nothing to see here", "--no-verify")
    named.git("revert", "--no-edit", "HEAD")
    forget(named)
    before = [(one["code"], one["record"]) for one in audited(named)["findings"]]
    filtered(named)
    assert ("locked-field-changed", ACME) in before
    assert [(one["code"], one["record"]) for one in audited(named)["findings"]] == before


def test_after_the_rewriting_every_cheat_is_found_as_before(named):
    forget(named)
    filtered(named)
    for old, new, code in (
        ("Labs led by expunged", "Labs paid by expunged", "locked-field-changed"),
        ("Seen by expunged", "Written by expunged", "statement-edited"),
        ("is right", "is not wrong", "statement-edited"),
        ("    places: 5", "    places: 4", "expunging-edited"),
    ):
        named.edit(ACME, old, new)
        assert code in codes(named.findings()), old
        named.git("checkout", "-q", "--", ".")
    assert codes(named.findings()) == set()


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("Labs led by expunged", "Labs paid by expunged", "content-differs"),
        ("Seen by expunged", "Written by expunged", "statement-edited"),
        ("is right", "is not wrong", "statement-edited"),
    ],
)
def test_what_holds_a_marker_is_sealed_again(named, old, new, code):
    """Found from what stands alone, however long ago it landed."""
    forget(named)
    named.edit(ACME, old, new)
    named.git("commit", "-qam", "nothing to see here", "--no-verify")
    assert code in codes(named.findings())
    assert not audited(named)["proven"]
