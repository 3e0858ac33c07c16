"""`export dossier`: what an auditor takes home of one record, and how it is checked without partnerkit."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest

from partnerkit.kinds.canonical import digest
from partnerkit.kinds.statements import STATEMENT_LISTS
from partnerkit.rules.masking import NOT_SHOWN
from partnerkit.store.yaml.reader import read
from tests.conftest import At
from tests.made import copied
from tests.place import Place, environment
from tests.scenarios.cheat import commit, rewrite
from tests.story import ACME, DEAL, REVIEW, RISK

HOSTILE = "<script>alert(1)</script> | [Acme](https://evil.example) ![x](https://evil.example/x.png) @everyone `a`"


def data(place: Place, *words: str) -> Any:
    return place.json("export", "dossier", ACME, *words)


def told(place: Place, form: str, *words: str) -> str:
    return place.run("export", "dossier", ACME, "--format", form, *words).out


def texts(value: Any) -> Iterator[str]:
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for part in parts:
        yield from texts(part)
    if isinstance(value, str):
        yield value


@pytest.fixture(scope="module")
def ended(played: Any, tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A partnership from an e-mail to its end, with its agreement, a risk, a review and a case: only read."""
    made, day = played.reach("ended")
    root = tmp_path_factory.mktemp("dossier") / "ended"
    copied(made, root)
    return Place(root, day=day)


@pytest.fixture(scope="module")
def found(ended: Place) -> Any:
    return data(ended)


def test_all_that_belongs_to_it_is_in_it(ended, found):
    assert {DEAL, RISK, REVIEW} < {one["id"] for one in found["records"]}
    assert found["records"][0]["id"] == ACME
    assert found["as_of"]["commit"] == ended.git("rev-parse", "HEAD").strip()
    assert (found["classification"], found["partial"]) == ("internal", False)
    for one in found["records"]:
        raw = ended.path(one["id"]).read_bytes()
        document, _problems = read(raw, one["file"])
        assert document is not None
        assert one["data"] == document.data
        assert one["canonical"] == digest(one["data"])
        assert len(one["statements"]) == sum(len(one["data"].get(group, [])) for group in STATEMENT_LISTS)
        assert [move["seal"] for move in one["moves"]] == [entry["seal"] for entry in one["data"]["history"]]


def test_every_move_says_what_met_its_gate_and_where_it_landed(ended, found):
    audited = {one["id"]: one for one in ended.json("audit")["entries"]}
    for one in found["records"]:
        for move in one["moves"]:
            assert move["commit"] == audited[move["id"]]["commit"]
            assert move["broke"] == []
            assert move["assurance"] == audited[move["id"]]["assurance"]
    (asked,) = (move["gate"] for move in found["records"][0]["moves"] if move["to"] == "decision")
    legal = next(one for one in asked if one["requirement"] == "legal-review")
    assert legal["clauses"] == ["§3.2.2/legal-review"]
    (shown,) = (one for one in found["records"][0]["statements"] if one["requirement"] == "legal-review")
    assert legal["statements"] == [shown["id"]]
    assert any(RISK in one["records"] for one in asked)


def test_the_verdict_is_that_of_the_audit(ended, found):
    ids = [one["id"] for one in (*found["records"], *found["listed"])]
    audit = ended.json("audit", *ids)
    assert found["verdict"]["proven"] is audit["proven"] is True
    assert found["verdict"]["trust_root"] == audit["trust_root"]
    assert "rosa@" not in json.dumps(found), "how people are reached is for no document"


def test_documents_for_people_say_the_same(ended, found):
    """Every id, digest, commit and clause of the data stands in both, and they load nothing."""
    for form in ("md", "html"):
        page = told(ended, form)
        for one in found["records"]:
            parts = {one["digest"], one["canonical"], *(said["id"] for said in one["statements"])}
            parts |= {text for move in one["moves"] for text in (move["id"], move["commit"], *move["seal"].values())}
            parts |= {clause for move in one["moves"] for met in move["gate"] for clause in met["clauses"]}
            assert [part for part in parts if part not in page] == []
        assert page == told(ended, form), "the same each time"
    assert "<script" not in page
    assert re.findall(r"""(?:src|href|action)\s*=|@import|url\(""", page) == []


def test_it_is_checked_with_git_alone(ended, found, bash):
    """Each command is run in a clone, and the first word that it prints is the one that the dossier gives."""
    clone = ended.root.parent / "clone"
    ended.git("clone", "-q", "--no-local", str(ended.root), str(clone))
    script = "\n".join(f"({one['command']}) | cut -d' ' -f1" for one in found["checks"])
    ran = subprocess.run(
        [bash, "-e"], input=script, cwd=clone, env=environment(), capture_output=True, text=True, check=True
    )
    assert ran.stdout.split("\n")[:-1] == [one["prints"] for one in found["checks"]]
    shown = {one["prints"] for one in found["checks"]}
    for one in found["records"]:
        assert one["digest"].removeprefix("sha256:") in shown
        assert {move["file_digest"].removeprefix("sha256:") for move in one["moves"]} <= shown
        assert {move["landed"] for move in one["moves"]} <= shown


def test_evidence_goes_with_it(ended, tmp_path, bash):
    folder = tmp_path / "evidence"
    said = ended.do("export", "dossier", ACME, "--out", str(tmp_path / "acme.md"), "--evidence", str(folder))
    assert "3 files of evidence" in said.out
    subprocess.run([bash, "-c", "sha256sum --quiet -c SHA256SUMS"], cwd=folder, check=True)
    assert (folder / "records/evidence/acme/proposal.md").read_bytes()
    ended.do("export", "dossier", ACME, "--out", str(tmp_path / "acme.md"), "--evidence", str(folder))
    (folder / "records/evidence/acme/proposal.md").write_text("another", encoding="utf-8")
    assert "says something else" in ended.wrong("export", "dossier", ACME, "--evidence", str(folder)).err


def test_as_of_is_what_a_clone_that_ends_there_says(ended, tmp_path):
    """In every form; only that it was asked for is said beside it."""
    other = Place(tmp_path / "clone", day=ended.day)
    copied(ended.root, other.root)
    chain = ended.git(
        "rev-list", "--first-parent", "--reverse", "HEAD", "--", f"records/partnerships/{ACME}.yaml"
    ).split()
    for index, oid in enumerate(chain[1::9]):
        other.git("reset", "-q", "--hard", oid)
        then, there = data(ended, "--as-of", oid), data(other)
        assert then["as_of"].pop("asked") == oid
        assert there["as_of"].pop("asked") is None
        assert then == there
        form = ("md", "html")[index % 2]
        assert told(ended, form, "--as-of", oid) == told(other, form, "--as-of", oid)


def test_it_is_made_where_there_is_no_working_tree(ended, found, tmp_path):
    bare = Place(tmp_path / "bare.git", day=ended.day)
    ended.git("clone", "-q", "--bare", "--no-local", str(ended.root), str(bare.root))
    assert data(bare) == found


def test_what_no_longer_fits_is_said(at: At) -> None:
    """Evidence whose bytes changed, and a decision whose evidence was edited: exit 1, and it is written all the same."""
    place = at("decided")
    (file,) = (place.root / "records" / "evidence" / ACME).glob("strategy*")
    file.write_text("something else", encoding="utf-8")
    commit(place)
    said = place.run("export", "dossier", ACME, "--json")
    assert said.code == 1
    one = said.json["records"][0]
    (shown,) = (each for each in one["statements"] if each["requirement"] == "strategic-review")
    assert (shown["matches"], shown["stands"]) == (
        False,
        "its bytes are in this register and are not those that were recorded",
    )
    assert one["proven"] is said.json["verdict"]["proven"] is False
    assert {"evidence-changed"} <= {each["code"] for each in said.json["verdict"]["findings"]}
    assert str(file.relative_to(place.root)) not in [each["what"] for each in said.json["checks"]]

    rewrite(place, ACME, lambda data: data["objectives"][0].update(text="Something else"))
    commit(place)
    decided = [each for each in data(place)["records"][0]["statements"] if each["list"] == "approvals"]
    assert any("the fields that it covers were changed since" in each["parted"] for each in decided)


def test_hostile_text_is_inert(at: At) -> None:
    place = at("proposed")
    place.do("set", ACME, f"name={HOSTILE}")
    page = told(place, "html")
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)" in page
    page = told(place, "md")
    assert "<script>" not in page
    assert "](https" not in page
    assert "@everyone" not in page
    row = next(line for line in page.split("\n") if line.startswith("| name |"))
    assert len(re.findall(r"(?<!\\)\|", row)) == 4


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("acne",), "did you mean acme?"),
        ((ACME, "--as-of", "2001-01-01"), "there was no register at the end of 2001-01-01"),
        ((ACME, "--classification", "secret"), "'secret' is no classification"),
        ((ACME, "--classification", "public"), "acme is classified internal, and what is made for readers of public"),
        ((ACME, "--format", "pdf"), "there is no format 'pdf'"),
        ((ACME, "--out", "../dossier.docx"), "there is no format 'docx'"),
    ],
)
def test_what_cannot_be_made_is_said(ended, words, says):
    assert says in ended.wrong("export", "dossier", *words).err


def test_what_was_not_there_yet_is_said_as_elsewhere(ended):
    early = ended.git("rev-list", "--first-parent", "--reverse", "HEAD").split()[8]
    said = ended.wrong("export", "dossier", DEAL, "--as-of", early).err
    assert f"{DEAL} was not there in {early}: it was created on" in said


def test_a_record_that_cannot_be_read_is_said(at: At) -> None:
    place = at("proposed")
    place.edit(ACME, "stage: proposed", "stage: [proposed")
    commit(place)
    said = place.run("export", "dossier", ACME)
    assert (said.code, said.out) == (1, "")
    assert "acme cannot be read" in said.err


def test_a_record_that_was_taken_back_is_told(at: At) -> None:
    place = at("proposed")
    place.do("new", "partnership", "Beta", "type=cloud-providers", "proposer=p-rosa")
    (made,) = place.json("log", "beta")["entries"]
    place.do("undo", made["id"], "--reason", "Typed by mistake")
    assert "taken back: it never counted" in place.do("export", "dossier", "beta").out


def test_text_that_was_taken_out_is_told_and_not_shown_again(at: At) -> None:
    """Nor in what it would have been before: there stands the marker, too."""
    place = at("proposed")
    place.do("set", ACME, "exit-strategy=Ask Ottokar first")
    before = place.git("rev-parse", "HEAD").strip()
    place.do("person", "forget", place.write("name.txt", "Ottokar\n"), "--reason", "Their own request")
    page = told(place, "md")
    assert "Text that was taken out for good" in page
    assert "Their own request" in page
    assert "Ottokar" not in page + told(place, "html", "--as-of", before) + json.dumps(data(place, "--as-of", before))


def test_nor_where_it_was_said_in_other_words(at: At, tmp_path) -> None:
    """A name stood elsewhere in the same field before, and in a field that is empty now; nowhere in any sink."""
    place = at("proposed")
    place.do("set", ACME, "exit-strategy=Ask Ottokar first", "co-branding=Ottokar is theirs")
    before = place.git("rev-parse", "HEAD").strip()
    place.do("set", ACME, "exit-strategy=Leave it to Ottokar, who knows", "co-branding=")
    place.do("person", "forget", place.write("name.txt", "Ottokar\n"), "--reason", "Their own request")
    place.do("export", "site", "--as-of", before, "--out", str(tmp_path / "site"))
    site = b"".join(path.read_bytes() for path in (tmp_path / "site").rglob("*.*"))
    said = told(place, "md", "--as-of", before) + place.do("show", ACME, "--as-of", before).out + site.decode()
    assert "Ottokar" not in said
    assert said.count("text was expunged from this record since") >= 4


def test_nothing_above_the_level_is_in_it(at: At) -> None:
    """A record that belongs to it and is confidential is named nowhere, not in the verdict either."""
    place = at("decided")
    place.do("new", "risk", "They talk", f"of={ACME}", "type=reputation", "classification=confidential", "id=hush-hush")
    place.do("set", ACME, "website=https://acme.example/hush-hush")
    seen = data(place)
    assert "hush-hush" not in " ".join(texts(seen))
    assert NOT_SHOWN in " ".join(texts(seen))
    assert seen["partial"] is True
    assert "hush-hush" not in told(place, "md") + told(place, "html")
    assert "Not all is shown" in told(place, "md")
    assert "hush-hush" in [one["id"] for one in data(place, "--classification", "confidential")["records"]]
    said = place.wrong("export", "dossier", "hush-hush").err
    assert "hush-hush is classified confidential" in said
    assert "partnerkit export dossier hush-hush --classification confidential" in said


def test_people_are_named_who_agreed(at: At) -> None:
    place = at("proposed")
    place.do("setup", "private")
    place.do("person", "name", "p-rosa", "Rosa Beispiel")
    assert "Beispiel" not in told(place, "md") + json.dumps(data(place))
    place.do("person", "name", "p-rosa", "--consent", "internal", "--seen", "forms/1")
    (one,) = (each for each in data(place)["people"] if each["id"] == "p-rosa")
    assert one["name"] == "Rosa Beispiel"
    assert "Rosa Beispiel" in told(place, "html")
