"""Codes of records, stages, statements and rules: each found in a register of the story, and gone once mended."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import At
from tests.place import Place
from tests.scenarios.cheat import commit, forge, rewrite
from tests.scenarios.codes.running import Bad, mended
from tests.story import ACME, DEAL, RISK

Do = Callable[[Place], object]


def nothing(_place: Place) -> None:
    """The case is there as it is."""


def put_back(place: Place) -> None:
    """As the words say: what stood there."""
    place.git("checkout", "-q", "HEAD", "--", "records")


def no_attributes(place: Place) -> None:
    """As the words say: the attributes go."""
    place.git("checkout", "-q", "HEAD", "--", ".gitattributes")


def passed_over(place: Place) -> None:
    """Only the policies are checked out."""
    place.git("update-index", "-q", "--refresh")  # files that git does not know as they lie stay where they are
    place.git("sparse-checkout", "set", "records/policies")


def taken_for_unchanged(place: Place) -> None:
    """A record is gone, and git was told to take it for unchanged."""
    path = place.path(ACME)
    place.git("update-index", "--assume-unchanged", str(path))
    path.unlink()


def line(record_id: str, key: str, value: str) -> Do:
    """A line of a record written otherwise, by hand."""

    def edit(place: Place) -> None:
        text = place.text(record_id)
        new = re.sub(f"(?m)^{key}: .*$", f"{key}: {value}", text)
        assert new != text
        place.path(record_id).write_text(new, encoding="utf-8")

    return edit


def rule(path: str, old: str, new: str) -> Do:
    """A file of rules edited by hand."""

    def edit(place: Place) -> None:
        file = place.root / "records" / path
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")

    return edit


def entry(type_: str, to: str, **more: Any) -> Do:
    """An entry of acme typed by hand, its seal faultless."""
    return lambda place: forge(place, ACME, to, type_=type_, **more)


def history(change: Callable[[list[dict[str, Any]]], object]) -> Do:
    """The history of acme edited by hand."""

    def edit(data: dict[str, Any]) -> None:
        change(data["history"])

    return lambda place: rewrite(place, ACME, edit)


def added(group: str, **said: Any) -> Do:
    """A statement of acme typed by hand."""
    return lambda place: rewrite(place, ACME, lambda data: data.setdefault(group, []).append(said))


def do(*words: str, by: str | None = None) -> Do:
    return lambda place: place.do(*words, by=by)


def steps(*each: Do) -> Do:
    def every(place: Place) -> None:
        for one in each:
            one(place)

    return every


def gone(record_id: str, key: str) -> Do:
    return lambda place: rewrite(place, record_id, lambda data: data.pop(key))


def tombstone(place: Place) -> None:
    place.do("new", "partnership", "Beta")
    place.do("undo", "--reason", "a slip")
    place.edit("beta", "name: Beta", "name: Gamma")


def withdrawn_before(place: Place) -> None:
    away = {"at": "2026-01-01T12:00:00Z", "by": "p-rosa", "reason": "wrong"}
    rewrite(place, ACME, lambda data: data["evidence"][-1].update(withdrawn=away))


def undone(**more: str) -> Do:
    """An undo of the latest entry, typed by hand."""

    def type_in(place: Place) -> None:
        latest = place.json("log", ACME)["entries"][-1]["id"]
        forge(place, ACME, more.get("to", "proposed"), type_="undo", undoes=latest, reason=more.get("reason"))

    return type_in


def below_what_is_taken_back(place: Place) -> None:
    place.do("new", "partnership", "Beta")
    first = place.json("log", "beta")["entries"][0]["id"]
    place.do("new", "risk", "They fold", "of=beta", "type=financial")
    place.do("undo", first, "--reason", "made twice")


def by_windows(place: Place) -> None:
    place.path(ACME).write_bytes(place.text(ACME).replace("\n", "\r\n").encode())


def no_interest_any_more(place: Place) -> None:
    place.do("set", ACME, "interested=[p-timo]")
    gone(ACME, "interested")(place)


def renewing_twice(place: Place) -> None:
    place.do("new", "agreement", f"renews={DEAL}", "id=next", "starts=2027-04-01")
    rewrite(place, "next", lambda data: data.update(amends=DEAL))


def schemas_behind(place: Place) -> None:
    place.do("setup", "schemas")
    next((place.root / "schemas").rglob("*.json")).unlink()


def not_ignored(place: Place) -> None:
    place.do("setup", "private")
    (place.root / ".gitignore").write_text("", encoding="utf-8")


def not_here(place: Place) -> None:
    place.do("setup", "private")
    shutil.rmtree(place.root / "private")


def file(path: str, text: str) -> Do:
    """A file written by hand."""
    return lambda place: (place.root / path).write_text(text, encoding="utf-8")


def role_before(place: Place) -> None:
    place.do("person", "role", "p-jonas", "core-team", "--from", "2025-01-01", "--seen", "minutes/1.md")


OF_NOTHING = {
    "id": "e-0123456789ab",
    "requirement": "nothing-of-the-kind",
    "kind": "note",
    "summary": "for nothing",
    "at": "2026-03-02T12:00:00Z",
    "by": "p-rosa",
}
APPROVE = ("approve", ACME, "core-team-review")
FINAL = ("approve", ACME, "final-decision")
ADOPT = ("new", "partnership", "Old", "type=universities", "--adopt", "active", "--reason", "older", "--since")
TELL = ("add", ACME, "communications", "kind=core-team-updates", "summary=All is well")
UNSET = ("policy", "set", "OPS-05-03", "final-decider=", "--seen", "minutes/4.md")
INTERESTED, NO_INTEREST = do("set", ACME, "interested=[p-timo]"), ("set", ACME, "interested=")
CHECK = ("check",)
PROPOSAL = {"<file-or-link>": "https://files.example/p"}
POINTER = f"version https://git-lfs.github.com/spec/v1\noid sha256:{'0' * 64}\nsize 5\n"

#: What a command refuses: the mend is pasted; what is asked `again` goes through.
REFUSED = [
    Bad("requirement-unmet", "proposed", nothing, ("advance", ACME), fill=PROPOSAL, again=("advance", ACME)),
    Bad("role-not-held", "decision", nothing, APPROVE, asks="p-lea", again=CHECK),
    Bad("not-separate", "decision", nothing, APPROVE, again=CHECK),
    Bad("role-unset", "decision", do(*UNSET), FINAL, asks="p-jonas", fill={"<role>": "core-team"}),
    Bad(
        "statement-too-early",
        "decision",
        role_before,
        (*APPROVE, "--on", "2026-01-01"),
        asks="p-jonas",
        again=APPROVE,
        instead=nothing,
    ),
    Bad(
        "adopted-in-future", "proposed", nothing, (*ADOPT, "2030-01-01"), again=(*ADOPT, "2019-05-01"), instead=nothing
    ),
    Bad("day-to-come", "active", nothing, (*TELL, "on=2026-12-01"), again=(*TELL, "on=2026-04-01"), instead=nothing),
    Bad(
        "freed-by-themselves",
        "proposed",
        INTERESTED,
        NO_INTEREST,
        asks="p-timo",
        by="p-rosa",
        again=NO_INTEREST,
        instead=nothing,
    ),
    Bad("not-tidy", "proposed", by_windows, ("fmt", "--check")),
    Bad("schema-stale", "proposed", schemas_behind, ("setup", "schemas", "--check")),
    Bad("hook-absent", "proposed", nothing, ("setup", "hooks", "--check")),
    Bad("private-absent", "proposed", not_here, ("setup", "private", "--check")),
]

#: What `check` finds in the working tree, or in what was committed; the mend is pasted.
PASTED = [
    Bad(
        "standing-breach", "active", steps(gone(ACME, "roles"), commit), fill={"<roles.partnership-manager>": "p-rosa"}
    ),
    Bad("approval-void", "decided", do("set", ACME, "commitments=[{by: partner, text: Fewer seats}]"), by="p-jonas"),
    Bad("decision-withdrawn", "agreement", do(*APPROVE, "--decision", "withdraw", "--reason", "x", by="p-jonas")),
    Bad("proposer-changed", "assessment", line(ACME, "proposer", "p-timo")),
    Bad("identity-changed", "active", line(RISK, "of", DEAL)),
    Bad("withdrawal-misdated", "detailed-review", withdrawn_before),
    Bad("tombstone-changed", "proposed", tombstone),
    Bad("content-differs", "agreement", steps(line(ACME, "name", "Other"), commit)),
    Bad(
        "personal-data",
        "proposed",
        do("set", ACME, "objectives.o1.text=Ask ada@home.example"),
        fill={"<objectives.text>": "Asked"},
    ),
    Bad("policy-review-overdue", "proposed", nothing, fill={"<day>": "2027-01-01"}),
    Bad("continuation-mismatch", "active", renewing_twice),
    Bad("subject-taken-back", "proposed", below_what_is_taken_back),
    Bad("private-not-ignored", "proposed", not_ignored),
]

#: What somebody typed into a record or a file of rules: the line takes back what has not landed.
TYPED = [
    Bad("requirement-unknown", "proposed", added("evidence", **OF_NOTHING)),
    Bad("interest-removed", "proposed", no_interest_any_more, instead=put_back),
    Bad("address-unclear", "proposed", rule("people.yaml", "jonas@lighthouse.example", "rosa@lighthouse.example")),
    Bad(
        "policy-inconsistent",
        "proposed",
        rule("policies/OPS-05-03.yaml", "needs: [partner-category,", "needs: [partner-categroy,"),
    ),
    Bad("lfs-pointer", "assessment", file("records/evidence/acme/proposal.md", POINTER), instead=put_back),
    Bad("uses-differ", "decided", entry("move", "agreement", uses=[])),
    Bad("uses-nothing", "decided", entry("move", "agreement", uses=["e-000000000000"])),
    Bad("entry-out-of-order", "assessment", history(lambda every: every[-1].update(seq=7))),
    Bad("entry-repeated", "assessment", history(lambda every: every.append(dict(every[-1])))),
    Bad("entry-from-elsewhere", "assessment", history(lambda every: every[-1].update({"from": "decision"}))),
    Bad("never-created", "assessment", history(lambda every: every.pop(0))),
    Bad("created-twice", "assessment", entry("create", "proposed")),
    Bad("undone-without-reason", "assessment", undone()),
    Bad("undone-elsewhere", "assessment", undone(to="decision", reason="x")),
    Bad("undoes-another", "assessment", entry("undo", "proposed", reason="x", undoes="0123456789abcdef")),
    Bad("tombstone-incomplete", "proposed", entry("tombstone", "void")),
    Bad("corrected-elsewhere", "assessment", entry("correct", "proposed", reason="x")),
    Bad("migrated-alone", "assessment", entry("migrate", "proposed", reason="x")),
    Bad("adopted-late", "assessment", entry("adopt", "active", reason="x", since="2019-05-01")),
    Bad("adopted-without-reason", "assessment", entry("adopt", "active")),
]
FOUND = [
    *PASTED,
    Bad(
        "attributes-change-bytes",
        "assessment",
        file(".gitattributes", "records/** text eol=crlf\n"),
        instead=no_attributes,
    ),
    Bad("not-checked-out", "assessment", passed_over),
    Bad("not-checked-out", "assessment", taken_for_unchanged),
    *TYPED,
]
CODES = {one.code for one in (*REFUSED, *FOUND)}


@pytest.mark.parametrize("bad", [*REFUSED, *FOUND], ids=str)
def test_found_and_gone_once_mended(at: At, bad: Bad) -> None:
    mended(at(bad.state), bad)
