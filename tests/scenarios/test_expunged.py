"""Names that somebody typed into records are taken out for good; `audit` says "expunged", and finds every cheat as before."""

from __future__ import annotations

import hashlib
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from partnerkit.kinds.statements import statement_digest
from partnerkit.steps import NO_ENTRY, content_digest
from tests.conftest import At
from tests.made import Made, Played, copied
from tests.place import Place, Said, environment
from tests.scenarios.cheat import commit, register, rewrite
from tests.scenarios.landing import METHODS, audited, landed
from tests.signing import OPENSSH, Key, sign_with
from tests.story import ACME, RISK

NAME = "Ada Löwenherz"


def forget(place: Place, *spellings: str, more: tuple[str, ...] = ()) -> Said:
    """Forget a text, given in a file."""
    path = place.write("spellings.txt", "\n".join(spellings or (NAME,)) + "\n")
    return place.do("person", "forget", path, "--reason", "their own request", *more)


def codes(found: list[dict[str, Any]]) -> set[str]:
    return {one["code"] for one in found if one["severity"] == "error"}


def clean(place: Place, *words: str) -> dict[str, Any]:
    """Nothing is wrong, neither as it stands nor from the beginning."""
    assert codes(place.findings()) == set()
    found = audited(place, *words)
    assert found["proven"], [(one["code"], one["message"]) for one in found["findings"]]
    return found


@pytest.fixture(scope="module")
def _named(made: Made, played: Played) -> Path:
    """A partnership in which somebody typed a name into everything that later steps seal."""
    return made.on("named", played.reach("detailed-review")[0], _typed_everywhere)


def _typed_everywhere(place: Place) -> None:
    place.day = "2026-03-04"
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


@pytest.fixture
def named(_named: Path, tmp_path: Path) -> Place:
    copied(_named, tmp_path / "register")
    return Place(tmp_path / "register", day="2026-03-21")


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
    assert f"expunged from {ACME}: {told['id']} by p-rosa" in named.run("check").out
    assert "1 text in 2 records" in named.run("audit").out
    assert told["id"] in named.run("audit", "--format", "markdown").out
    page = named.root.parent / "audit.html"
    named.do("export", "audit", "--out", str(page))
    assert told["id"] in page.read_text("utf-8")


def filtered(place: Place) -> list[str]:
    """History rewritten as `git filter-repo --replace-text F --replace-message F` would, with what forget wrote.

    What an audit must be told then.
    """
    files = sorted((place.root / ".git" / "partnerkit").glob("forget-*.txt"))
    changes = []
    for row in b"".join(one.read_bytes() for one in files).splitlines():
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
    known = {one["id"] for one in place.json("check")["expunged"]}
    return [word for one in sorted(known) for word in ("--rewritten", one)]


def versions(place: Place, text: str) -> int:
    """How many objects of all of history hold a text."""
    listed = place.git("rev-list", "--objects", "--all").split("\n")
    objects = [row.split(" ")[0] for row in listed if row]
    return sum(text in place.git("cat-file", "-p", one) for one in objects)


def test_history_is_rewritten_and_audit_says_expunged(named):
    forget(named)
    assert versions(named, NAME) > 1
    words = filtered(named)
    assert versions(named, NAME) == 0
    assert "marker-unexplained" in codes(audited(named)["findings"])
    assert f"partnerkit audit {' '.join(words)}, if history was rewritten" in named.run("audit").out
    assert "no record lists the expunging x-000000000000" in named.wrong("audit", "--rewritten", "x-000000000000").err
    found = clean(named, *words)
    assert found["rewritten"]
    named.do("export", "audit", *words, "--out", str(named.root.parent / "rewritten.html"))
    assert {record for one in found["rewritten"] for record in one["records"]} == {ACME, RISK}
    said = named.run("audit", *words).all
    assert "expunged" in said
    assert "history was rewritten" in said


def test_a_cheat_before_the_rewriting_is_found_after_it(named):
    named.edit(ACME, "Fifty lab seats", "Sixty lab seats")
    named.git("commit", "-qam", "nothing to see here", "--no-verify")
    named.git("revert", "--no-edit", "HEAD")
    forget(named)
    before = [(one["code"], one["record"]) for one in audited(named)["findings"]]
    words = filtered(named)
    assert ("locked-field-changed", ACME) in before
    assert [(one["code"], one["record"]) for one in audited(named, *words)["findings"]] == before


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


def fake(place: Place, change: Any, **more: Any) -> None:
    """Somebody who knows the format writes an expunging by hand, and changes something else under its cover."""
    forget(place)

    def by_hand(data: dict[str, Any]) -> None:
        (mine,) = data["expunged"]
        mine |= more
        change(data, mine)

    base = place.git("rev-parse", "HEAD~1").strip()
    rewrite(place, ACME, by_hand)
    place.git("reset", "-q", "--soft", base)
    place.git("commit", "-qam", "nothing to see here", "--no-verify")


def _set(*keys: Any) -> Any:
    def change(data: Any, _mine: Any) -> None:
        for key in keys[:-2]:
            data = data[key]
        data[keys[-2]] = keys[-1]

    return change


FORGED = {
    "another word beside the marker": (
        lambda data, mine: data["objectives"][0].update(text=f"Labs paid by expunged:{mine['id']}"),
        "locked-field-changed",
    ),
    "a field that held no text": (_set("commitments", 0, "text", "None at all"), "locked-field-changed"),
    "a decision turned round": (_set("approvals", 0, "decision", "reject"), "statement-edited"),
    "an entry of the history": (_set("history", 1, "by", "p-jonas"), "entry-edited"),
    "the stage": (_set("stage", "active"), "stage-edited"),
    "nobody's": (lambda _data, mine: mine.update(by="p-nobody"), "actor-unknown"),
    "ahead of its day": (lambda _data, mine: mine.update(at="2099-01-01T12:00:00Z"), "entry-in-future"),
    "before the record": (lambda _data, mine: mine.update(at="2020-01-01T12:00:00Z"), "entry-backdated"),
    "more places than there are": (lambda _data, mine: mine.update(places=0), "expunging-untrue"),
    "no digest": (lambda _data, mine: mine.pop("digest"), "missing-key"),
    "no reason": (lambda _data, mine: mine.pop("reason"), "missing-key"),
    "nothing restated": (lambda _data, mine: mine.pop("again"), "content-differs"),
    "another digest restated": (
        lambda _data, mine: mine["again"].update(dict.fromkeys(list(mine["again"])[-1:], "c1:" + "0" * 64)),
        "expunging-untrue",
    ),
    "a digest that nothing had": (
        lambda _data, mine: mine["again"].update({"c1:" + "1" * 64: "c1:" + "2" * 64}),
        "expunging-untrue",
    ),
    "listed twice": (lambda data, mine: data["expunged"].append(dict(mine)), "expunging-untrue"),
    "marker without expunging": (_set("commitments", 0, "text", "expunged:x-0123456789ab"), "marker-unexplained"),
}


@pytest.mark.parametrize("what", FORGED)
def test_forged_expungings_are_found(named, what):
    change, code = FORGED[what]
    fake(named, change)
    found = audited(named)
    assert code in codes(found["findings"]), found["findings"]
    standing = codes(named.findings("--base", "HEAD~1", "--head", "HEAD"))
    assert code in standing, standing


def test_a_digest_is_not_restated_of_what_was_changed_before(named):
    """An approval that a change has made void does not come back by an expunging that says its digest anew."""
    place = named
    place.do("advance", ACME, "decision", "--reason", "looked at again", day="2026-03-21")
    place.do("approve", ACME, "core-team-review", "--for", "p-jonas", "--seen", "minutes/2.md", day="2026-03-21")
    place.do("set", ACME, "commitments=[{by: partner, text: Nothing}]", day="2026-03-21")
    forget(place)

    def by_hand(data: dict[str, Any]) -> None:

        last = data["approvals"][-1]["binds"]["content"]
        now = content_digest(data, ["objectives", "commitments"])
        data["expunged"][-1]["again"][last] = now

    rewrite(place, ACME, by_hand)
    place.git("reset", "-q", "--soft", "HEAD~1")
    place.git("commit", "-qam", "nothing to see here", "--no-verify")
    assert "expunging-untrue" in codes(audited(place)["findings"])


@pytest.mark.parametrize("method", METHODS)
def test_it_lands_in_every_way(named, method):
    def change(place: Place) -> None:
        place.day = "2026-03-22"
        forget(place)
        place.do("new", "agreement", "Agreement 2026", f"partnership={ACME}", "starts=2026-04-01")

    landed(named, method, change)
    assert NAME not in named.text(ACME)
    clean(named)


@pytest.mark.parametrize("method", METHODS)
def test_of_a_record_it_lands_alone(named, method):
    """What else a step changes of the record could hide behind it, so the two are two steps."""

    def change(place: Place) -> None:
        place.day = "2026-03-22"
        place.do("add", ACME, "communications", "kind=core-team-updates", f"summary=A word of {NAME}")
        forget(place)

    landed(named, method, change)
    found = [one for one in audited(named)["findings"] if one["code"] == "expunging-untrue"]
    if method in {"fast-forward", "rebase"}:
        assert found == []
    else:
        assert "the same step changes communications otherwise: it lands alone" in found[0]["message"]


def test_two_at_once_are_two_steps(named):
    """What one of them said would be hidden by the other."""
    base = named.git("rev-parse", "HEAD").strip()
    forget(named)
    forget(named, "Fifty")
    named.git("reset", "-q", "--soft", base)
    named.git("commit", "-qm", "squashed", "--no-verify")
    found = [one for one in audited(named)["findings"] if one["code"] == "expunging-untrue"]
    assert "2 expungings land at once" in found[0]["message"]


def by_hand(number: int, again: dict[str, str], places: int = 0) -> dict[str, Any]:
    """An expunging written by somebody who knows the format."""
    who = {"by": "p-rosa", "at": "2026-03-21T12:30:00Z", "reason": "their own request", "clock": "set"}
    said = {"digest": f"c1:{'3' * 64}", "places": places, "again": again, "previous": NO_ENTRY}
    return {"id": f"x-{number:012x}", **who, **said}


def covered(place: Place) -> list[str]:
    source = register(place).policies["OPS-05-03"]
    return list(source.policy.requirements["final-decision"].covers)


def test_a_decision_is_not_carried_over_to_other_content(at: At):
    """Content changes beside an expunging that took out nothing, and says that what was decided on is this."""
    place = at("decided")
    bound = register(place).records[ACME].data["approvals"][1]["binds"]["content"]

    def change(data: dict[str, Any]) -> None:
        data["commitments"][0]["text"] = "Two lab seats, and the community pays 900000 EUR"
        data["expunged"] = [by_hand(1, {bound: content_digest(data, covered(place))})]

    rewrite(place, ACME, change)
    assert "expunging-untrue" in codes(place.findings())
    base = commit(place)
    assert "expunging-untrue" in codes(place.findings("--base", base, "--head", "HEAD"))
    assert "expunging-untrue" in codes(audited(place)["findings"])


def test_a_marker_that_is_explained_later_excuses_nothing(at: At):
    """As if history had been rewritten: that it was, only whoever audits can say."""
    place = at("decided")
    bound = register(place).records[ACME].data["approvals"][1]["binds"]["content"]

    def change(data: dict[str, Any]) -> None:
        data["commitments"][0]["text"] = "We pay 900000 EUR expunged:x-000000000001"

    def explain(data: dict[str, Any]) -> None:
        data["expunged"] = [by_hand(1, {bound: content_digest(data, covered(place))}, places=1)]

    rewrite(place, ACME, change)
    commit(place)
    rewrite(place, ACME, explain)
    commit(place)
    assert "marker-unexplained" in codes(audited(place)["findings"])


def test_it_does_not_land_with_the_step_that_sealed_it(at: At):
    """One commit that brings the name's seal and its expunging: nobody could say what was sealed."""
    place = at("proposed", day="2026-03-02")

    def change(here: Place) -> None:
        here.do("set", ACME, f"name=Acme of {NAME}")
        here.do("add", ACME, "partnership-proposal", here.write("p.md", "# Labs\n"), "--copy", f"summary=By {NAME}")
        here.do("advance", ACME)
        forget(here)

    landed(place, "squash", change)
    assert place.text(ACME).count("expunged:x-") == 2
    assert "expunging-untrue" in codes(audited(place)["findings"])


def test_two_expungings_after_one_another(named):
    other = "Grace Hopperova"
    named.do("add", ACME, "communications", "kind=core-team-updates", f"summary={other} wrote to {NAME}")
    forget(named)
    path = named.write("other.txt", other)
    named.do("person", "forget", path, "--reason", "another request")
    found = clean(named)
    assert len({one["id"] for one in found["expunged"]}) == 2
    words = filtered(named)
    assert versions(named, NAME) == versions(named, other) == 0
    clean(named, *words)


def test_a_name_in_the_reason_of_an_expunging(named):
    path = named.write("other.txt", "Labs")
    named.do("person", "forget", path, "--reason", f"asked for by {NAME}")
    assert "Labs" not in (named.root / "records/evidence/acme/proposal.md").read_text("utf-8")
    clean(named)
    forget(named)
    assert NAME not in named.text(ACME)
    clean(named)
    words = filtered(named)
    clean(named, *words)


def test_undo_is_refused_in_words(named):
    forget(named)
    said = named.wrong("undo")
    assert "what is expunged stays expunged" in said.err
    assert NAME not in said.all


def test_the_record_goes_on(named):
    """After it the record is moved like any other, and what is added is sealed as ever."""
    forget(named)
    named.do("advance", ACME, "decision", "--reason", "looked at again", day="2026-03-21")
    named.do("set", ACME, "objectives=[{id: o1, text: Labs, supports: [mutually-beneficial]}]", day="2026-03-21")
    assert clean(named)["expunged"]
    words = filtered(named)
    clean(named, *words)


def test_text_that_only_earlier_versions_hold(named):
    """Somebody took the name out by hand, long ago: the markers of a rewritten history are explained all the same."""
    named.do("advance", ACME, "decision", "--reason", "looked at again", day="2026-03-21")
    named.do("set", ACME, "objectives=[{id: o1, text: Labs, supports: [mutually-beneficial]}]", day="2026-03-21")
    path = named.write("led.txt", f"Labs led by {NAME}")
    said = named.wrong("person", "forget", path, "--reason", "their own request")
    assert "--former" in said.err
    named.do("person", "forget", path, "--reason", "their own request", "--former")
    words = filtered(named)
    assert versions(named, f"led by {NAME}") == 0
    found = clean(named, *words)
    assert [one["places"] for one in found["expunged"] if one["record"] == ACME] == [0]


def test_a_record_that_was_taken_back(named):
    named.do("new", "partnership", f"Works of {NAME}", "id=works", "type=cloud-providers", "proposer=p-rosa")
    named.do("undo", "--reason", "a slip")
    forget(named)
    assert NAME not in named.text("works")
    clean(named)


def test_evidence_is_not_exchanged_under_its_cover(named):
    path = named.write("other.txt", "Labs")
    named.do("person", "forget", path, "--reason", "their own request")
    file = named.root / "records/evidence/acme/proposal.md"
    file.write_text(file.read_text("utf-8") + "And more.\n", encoding="utf-8")
    assert "evidence-changed" in codes(named.findings())
    was = "sha256:" + hashlib.sha256(b"# Proposal\n\nLabs.\n").hexdigest()
    now = "sha256:" + hashlib.sha256(file.read_bytes()).hexdigest()

    def by_hand(data: dict[str, Any]) -> None:
        data["expunged"][0]["again"][was] = now

    rewrite(named, ACME, by_hand)
    named.git("reset", "-q", "--soft", "HEAD~1")
    named.git("commit", "-qam", "nothing to see here", "--no-verify")
    assert "expunging-untrue" in codes(audited(named)["findings"])


@OPENSSH
def test_a_signed_decision(signed):
    """Its signature held until the text was expunged; a false one never did, and no expunging makes it good."""
    named = signed
    false = Place(named.root.parent / "false", day=named.day)
    copied(named.root, false.root)
    forget(named)
    clean(named)
    named.edit(ACME, " asked", " asked twice")
    assert {"statement-edited", "signature-bad"} <= codes(named.findings())
    named.git("checkout", "-q", "--", ".")
    words = filtered(named)
    clean(named, *words)

    false.edit(ACME, f"{NAME} asked", f"{NAME} begged")
    false.git("commit", "-qam", "nothing to see here", "--no-verify")
    forget(false)
    assert "signature-bad" in codes(false.findings())


@pytest.fixture
def signed(named: Place, tmp_path: Path) -> Place:
    """A decision that somebody signed, with the name in its reason."""
    key = Key.made(tmp_path, "p-timo")
    named.do("person", "set", "p-timo", "--key", f"{key.path}.pub")
    sign_with(named, key)
    named.do("advance", ACME, "decision", "--reason", "looked at again", day="2026-03-21")
    named.do("approve", ACME, "final-decision", "--sign", "--reason", f"{NAME} asked", by="p-timo", day="2026-03-21")
    return named


def excused(place: Place) -> None:
    """An expunging that says by hand that the digest of the decision was another, as if it had been genuine."""

    def change(data: dict[str, Any]) -> None:
        now = statement_digest(data["approvals"][-1])
        data["expunged"][-1].setdefault("again", {})["c1:" + "1" * 64] = now

    rewrite(place, ACME, change)
    place.git("reset", "-q", "--soft", "HEAD~1")
    place.git("commit", "-qam", "nothing to see here", "--no-verify")


def signatures(place: Place) -> list[tuple[str, str]]:
    """What `check` says of signatures, long after."""
    place.do("set", ACME, "exit-strategy=Own machines", "--no-verify", day="2026-03-22")
    return [(one["code"], one["severity"]) for one in place.findings() if one["code"].startswith("signature")]


@OPENSSH
def test_check_does_not_take_the_word_of_an_expunging_for_a_signature(signed):
    """It looks up what was signed in the commits that landed before: there the signature was genuine, or was not."""
    signed.edit(ACME, f"{NAME} asked", f"{NAME} begged")
    signed.git("commit", "-qam", "nothing to see here", "--no-verify")
    forget(signed)
    excused(signed)
    assert "expunging-untrue" in codes(audited(signed)["findings"])
    signed.day = "2026-03-22"
    assert ("signature-bad", "error") in [(one["code"], one["severity"]) for one in signed.findings()]
    assert "before text was taken out of it too" in signed.run("check").all


@OPENSSH
def test_another_change_in_the_step_that_expunged_is_none_of_it(signed):
    forget(signed)

    def change(data: dict[str, Any]) -> None:
        said = data["approvals"][-1]
        data["expunged"][-1]["again"].pop(statement_digest(said), None)
        said["decision"] = "reject"
        data["expunged"][-1]["again"]["c1:" + "1" * 64] = statement_digest(said)

    rewrite(signed, ACME, change)
    signed.git("reset", "-q", "--soft", "HEAD~1")
    signed.git("commit", "-qam", "nothing to see here", "--no-verify")
    assert ("signature-bad", "error") in [(one["code"], one["severity"]) for one in signed.findings()]


@OPENSSH
def test_a_genuine_one_is_told_of_only_where_nobody_can_look_it_up(signed):
    forget(signed)
    assert signatures(signed) == []
    named_again = signed.write("asked.txt", "asked")
    signed.do("person", "forget", named_again, "--reason", "another request")
    assert [one for one in signed.findings() if one["code"].startswith("signature")] == []
    filtered(signed)
    assert [(one["code"], one["severity"]) for one in signed.findings() if one["code"].startswith("signature")] == [
        ("signature-expunged", "warning")
    ]
    said = signed.run("check").all
    assert "can be verified no more" in said
    assert "partnerkit audit acme --rewritten" in said


@pytest.mark.parametrize("text", ["nonsense", "[nonsense]", "[{id: x-0123456789ab}]", "[{again: nonsense}]", "{}"])
def test_hostile_lists_end_in_findings(named, text):
    forget(named)
    named.path(RISK).write_text(f"{named.text(RISK)}expunged: {text}\n", encoding="utf-8")
    before = named.text(ACME)
    start, end = before.index("expunged:\n"), before.index("history:\n")
    named.path(ACME).write_text(f"{before[:start]}expunged: {text}\n{before[end:]}", encoding="utf-8")
    assert named.run("check").code == 1
    named.git("commit", "-qam", "nothing to see here", "--no-verify")
    for words in (("check",), ("audit",), ("log", ACME), ("show", ACME)):
        said = named.run(*words)
        assert said.code == 1, said.all
        assert "Traceback" not in said.all


def test_what_is_wrong_already_keeps_nobody_from_forgetting(named):
    named.edit(ACME, "Fifty lab seats", "Sixty lab seats")
    named.git("commit", "-qam", "nothing to see here", "--no-verify")
    wrong = codes(named.findings())
    assert "content-differs" in wrong
    forget(named)
    assert NAME not in named.text(ACME)
    assert codes(named.findings()) == wrong
