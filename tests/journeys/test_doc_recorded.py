"""A document is recorded by the digest of its bytes, and held against its record later."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from partnerkit.reports import documents
from tests.conftest import At
from tests.documents.test_letterhead import packed
from tests.journeys import private_place
from tests.made import copied
from tests.place import Place
from tests.scenarios.cheat import commit, rewrite
from tests.story import ACME, DEAL


def out(place: Place, name: str = "agreement.md") -> Path:
    return place.root.parent / name


def digest(path: Path) -> str:
    return f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"


@pytest.fixture
def drafted(at: At) -> Place:
    """An agreement of which the document is still to be made."""
    place = at("drafted")
    [old] = place.json("show", DEAL)["record"]["evidence"]
    place.do("add", DEAL, "agreement-document", f"withdraw={old['id']}", "--reason", "made anew")
    return place


def test_what_is_recorded_is_what_parties_sign(drafted: Place) -> None:
    file = out(drafted)
    assert not drafted.run("gates", DEAL).out.count("10 of 10 met")
    drafted.do("doc", "agreement", DEAL, "--record", "--out", str(file))
    said = drafted.json("show", DEAL)["record"]["evidence"][-1]
    assert (said["requirement"], said["kind"], said["ref"]) == ("agreement-document", "document", "agreement.md")
    assert said["digest"] == digest(file)
    template = hashlib.sha256(drafted.do("doc", "agreement", "--template").out.encode()).hexdigest()
    text = drafted.json("doc", "agreement", DEAL)["text_digest"]
    assert said["summary"] == f"doc/agreement/md/internal {text} template sha256:{template}"
    assert "DRAFT" not in file.read_text(encoding="utf-8")
    assert "10 of 10 met" in drafted.do("gates", DEAL).out
    assert drafted.git("log", "-1", "--format=%s").strip() == f"agreement/{DEAL}: add agreement-document"
    drafted.do("advance", DEAL)
    drafted.do("approve", DEAL, "agreement-legal-review", by="p-lea")
    drafted.do("advance", DEAL)
    drafted.do("add", DEAL, "signature-process", "party=us", "method=ink")
    signed = drafted.json("show", DEAL)["record"]["signatures"][0]
    assert signed["document"] == digest(file)
    said_ = drafted.do("doc", "agreement", DEAL).out
    assert f"| Lighthouse Community | | 21 March 2026 | signed (ink), `{signed['id']}` of the record |\n" in said_
    assert "| Acme | | | |\n" in said_
    assert "To be signed as" in said_
    assert drafted.do("doc", "agreement", DEAL, str(file), "--check").out.count("✓") == 1
    assert [one for one in drafted.findings() if one["severity"] == "error"] == []
    drafted.do("add", DEAL, "signature-process", "party=partner", "method=ink")
    drafted.do("add", DEAL, "agreement-documentation", str(file))
    drafted.do("advance", DEAL)
    assert drafted.json("doc", "agreement", DEAL)["draft"] is False
    assert drafted.do("doc", "agreement", DEAL).out.encode() == file.read_bytes()
    said_ = drafted.wrong("doc", "agreement", DEAL, "--record", "--out", str(out(drafted, "a.html"))).err
    assert f"{said['id']} of {DEAL} is what was signed, and one document at a time stands there" in said_
    assert f"partnerkit doc agreement {DEAL} --check" in said_
    assert "withdraw" not in said_


@pytest.fixture
def signed(at: At) -> Place:
    """An agreement of which the parties signed a file that the register holds, and that was not made here."""
    return at("executed")


def test_where_another_paper_was_signed_no_clean_final_is_made(signed: Place) -> None:
    paper = signed.json("show", DEAL)["record"]["evidence"][0]["id"]
    lines = [one["id"] for one in signed.json("show", DEAL)["record"]["signatures"]]
    mark = f"what was signed is {paper} of the record, and this is not its text"
    said = signed.do("doc", "agreement", DEAL)
    assert said.out.startswith(f"**DRAFT: what was signed is `{paper}` of the record, and this is not its text**\n")
    assert mark in said.err
    for party, line in zip(("Lighthouse Community", "Acme"), lines, strict=True):
        assert f"| {party} | | 23 March 2026 | signed (ink), `{line}` of the record |\n" in said.out
    assert "\nSigned as OPS-05-03 §5.2.1/signature-process asks" in said.out
    assert signed.do("doc", "agreement", DEAL, "--format", "html").out.count(mark) == 2
    assert signed.json("doc", "agreement", DEAL)["draft"] is True


def test_nothing_is_recorded_in_the_place_of_what_was_signed(signed: Place, tmp_path: Path) -> None:
    paper = signed.json("show", DEAL)["record"]["evidence"][0]["id"]
    words = ("doc", "agreement", DEAL, "--record", "--out", str(tmp_path / "a.md"))
    for more in ((), ("--requirement", "agreement-documentation")):
        said = signed.wrong(*words, *more).err
        assert f"what was signed of {DEAL} is {paper}, which is not this agreement; nothing changed" in said
        assert f"partnerkit doc agreement {DEAL} --check" in said
        assert "withdraw" not in said


def test_check_knows_the_paper_that_was_signed(signed: Place, tmp_path: Path) -> None:
    paper = signed.json("show", DEAL)["record"]["evidence"][0]
    kept, check = signed.root / paper["ref"], ("doc", "agreement", DEAL, "--check")
    said = signed.do(*check).out
    assert f"what was signed of {DEAL} is {paper['id']} ({paper['ref']}); doc did not make it" in said
    assert "it lies in the register as it was recorded" in said
    assert "--record" not in said
    scan = tmp_path / "scan.jpg"
    scan.write_bytes(kept.read_bytes())
    assert "the file is the one that was recorded" in signed.do("doc", "agreement", DEAL, str(scan), "--check").out
    scan.write_bytes(b"another")
    other = signed.run("doc", "agreement", DEAL, str(scan), "--check")
    assert (other.code, "the file is not the one that was recorded" in other.out) == (1, True)
    told = signed.run("doc", "agreement", DEAL, str(scan), "--check", "--json").json
    assert (told["recorded"], told["file"], told["file_is"], told["lies"]) == (
        *(paper["digest"], digest(scan), "other", "here"),
    )
    before = kept.read_bytes()
    kept.write_bytes(b"exchanged")
    assert "what lies in the register under that name is not what was recorded" in signed.run(*check).out
    kept.unlink()
    gone = signed.run(*check)
    kept.write_bytes(before)
    assert (gone.code, "under that name nothing lies in the register any more" in gone.out) == (1, True)


def test_twice_is_once(drafted: Place) -> None:
    words = ("doc", "agreement", DEAL, "--record", "--out", str(out(drafted)))
    assert f"no agreement of {DEAL} is recorded" in drafted.wrong("doc", "agreement", DEAL, "--check").err
    drafted.do(*words)
    head = drafted.git("rev-parse", "HEAD")
    assert "it is recorded already" in drafted.do(*words).out
    assert drafted.git("rev-parse", "HEAD") == head


def test_another_text_needs_the_first_withdrawn(drafted: Place) -> None:
    words = ("doc", "agreement", DEAL, "--record", "--out", str(out(drafted)))
    drafted.do(*words)
    drafted.do("set", DEAL, "ends=2028-03-31")
    said = drafted.wrong(*words).err
    assert "has a document already" in said
    assert f"partnerkit add {DEAL} agreement-document withdraw=e-" in said


def test_a_dry_run_writes_nothing(drafted: Place) -> None:
    head = drafted.git("rev-parse", "HEAD")
    drafted.do("doc", "agreement", DEAL, "--record", "--out", str(out(drafted)), "--dry-run")
    assert drafted.git("rev-parse", "HEAD") == head
    assert not out(drafted).exists()


def test_check_says_whether_they_have_parted_and_in_what(drafted: Place) -> None:
    file = out(drafted)
    drafted.do("doc", "agreement", DEAL, "--record", "--out", str(file))
    check = ("doc", "agreement", DEAL, "--check")
    assert "and the record say the same" in drafted.do(*check).out
    assert "the file is the one that was recorded" in drafted.do("doc", "agreement", DEAL, str(file), "--check").out
    drafted.do("set", DEAL, "ends=2028-03-31", "notice=P30D")
    said = drafted.run(*check)
    assert said.code == 1
    assert "have parted" in said.out
    assert "fields that changed since: ends, notice" in said.out
    told = drafted.run(*check, "--json").json
    assert (told["same"], told["changed"], told["recorded"]) == (False, ["ends", "notice"], digest(file))
    assert told["parted"] == ["text", "record"]
    assert told["today"] != told["recorded"]
    file.write_text("Something else", encoding="utf-8")
    said = drafted.run("doc", "agreement", DEAL, str(file), "--check")
    assert said.code == 1
    assert "the file is neither the one that was recorded nor what would be made today" in said.out


def test_check_says_that_the_template_changed(drafted: Place) -> None:
    drafted.do("doc", "agreement", DEAL, "--record", "--out", str(out(drafted)))
    template = drafted.root / "records" / "templates" / "agreement.md"
    template.parent.mkdir()
    shipped = drafted.do("doc", "agreement", "--template").out
    template.write_text(f"{{# ours #}}{shipped}", encoding="utf-8")
    check = ("doc", "agreement", DEAL, "--check")
    assert "its template changed since, and makes the same text" in drafted.do(*check).out
    assert drafted.json(*check)["parted"] == ["template"]
    template.write_text(f"{shipped}\nOne thing more.\n", encoding="utf-8")
    said = drafted.run(*check)
    assert said.code == 1
    assert "fields that changed since: none\n" in said.out
    assert "its template changed since\n" in said.out
    assert drafted.run(*check, "--json").json["parted"] == ["text", "template"]


def test_check_says_that_the_letterhead_changed(drafted: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only its bytes are looked at here: tests of clients write upon one."""
    monkeypatch.setitem(documents.FORMATS, "docx", lambda composed, **_: (composed.letterhead or b"") + b"made")
    letterhead = drafted.root / "records" / "templates" / "letterhead.docx"
    letterhead.parent.mkdir()
    letterhead.write_bytes(packed())
    commit(drafted)
    file = out(drafted, "agreement.docx")
    drafted.do("doc", "agreement", DEAL, "--record", "--out", str(file))
    check = ("doc", "agreement", DEAL, str(file), "--check")
    assert drafted.json(*check)["parted"] == []
    assert drafted.json("show", DEAL)["record"]["evidence"][-1]["summary"].endswith(f" letterhead {digest(letterhead)}")
    letterhead.write_bytes(packed(document="<w:document>new</w:document>"))
    said = drafted.run(*check)
    assert said.code == 1
    assert "say the same" in said.out
    assert "and its letterhead has changed" in said.out
    assert "git log -- records/templates/letterhead.docx" in said.out
    assert "the file is the one that was recorded" in said.out
    told = drafted.run(*check, "--json").json
    assert (told["same"], told["parted"]) == (False, ["letterhead"])


def test_what_was_recorded_before_templates_were_noted_is_held_against_its_text(drafted: Place) -> None:
    drafted.do("doc", "agreement", DEAL, "--record", "--out", str(out(drafted)))
    kept = drafted.json("show", DEAL)["record"]["evidence"][-1]["summary"].partition(" template ")[0]
    rewrite(drafted, DEAL, lambda data: data["evidence"][-1].update(summary=kept))
    assert drafted.json("doc", "agreement", DEAL, "--check")["parted"] == []
    rewrite(drafted, DEAL, lambda data: data.update(notice="P30D"))
    assert drafted.run("doc", "agreement", DEAL, "--check", "--json").json["parted"] == ["text", "record"]


def test_a_file_is_held_against_today_where_nothing_is_recorded(drafted: Place) -> None:
    file = out(drafted, "draft.html")
    drafted.do("doc", "agreement", DEAL, "--out", str(file))
    said = drafted.do("doc", "agreement", DEAL, str(file), "--check").out
    assert "the file is what would be made today" in said
    drafted.do("set", DEAL, "ends=2028-03-31")
    assert drafted.run("doc", "agreement", DEAL, str(file), "--check").code == 1


def test_where_nothing_asks_for_one_by_name_it_is_said_what_takes_one(drafted: Place) -> None:
    file = str(out(drafted))
    said = drafted.wrong("doc", "decision", ACME, "--record", "--out", file).err
    assert "OPS-05-03 asks for no decision of acme by name; these take a document: partnership-proposal" in said
    said = drafted.wrong("doc", "decision", ACME, "--record", "--out", file, "--requirement", "due-dilligence").err
    assert "did you mean due-diligence?" in said
    said = drafted.wrong("doc", "decision", ACME, "--record", "--out", file, "--requirement", "due-diligence").err
    assert "due-diligence asks what came of it (pass, conditions), which a document does not say" in said
    drafted.do("doc", "decision", ACME, "--record", "--out", file, "--requirement", "member-communication")
    said_ = drafted.json("show", ACME)["record"]["evidence"][-1]
    assert (said_["requirement"], said_["outcome"]) == ("member-communication", "done")


def test_names_stay_outside_the_register_and_out_of_the_digest(drafted: Place) -> None:
    drafted.do("setup", "private")
    drafted.do("person", "name", "p-jonas", private_place.NAME)
    inside = drafted.root / "letter.md"
    said = drafted.wrong("doc", "decision", ACME, "--names", "--out", str(inside)).err
    assert "lies among the files of the register" in said
    named, plain = out(drafted, "named.md"), out(drafted, "plain.md")
    words = ("--requirement", "member-communication", "--record", "--out")
    drafted.do("doc", "decision", ACME, "--names", *words, str(named))
    assert f"by {private_place.NAME} as Core Team" in named.read_text(encoding="utf-8")
    assert named.stat().st_mode & 0o777 == 0o600
    drafted.do("doc", "decision", ACME, "--out", str(plain))
    assert "by p-jonas as Core Team" in plain.read_text(encoding="utf-8")
    said_ = drafted.json("show", ACME)["record"]["evidence"][-1]
    assert said_["digest"] == digest(plain) != digest(named)
    private_place.without_names(drafted.git("log", "-p", "-1"))


def test_who_agreed_is_called_by_name(drafted: Place) -> None:
    drafted.do("setup", "private")
    agreed = ("--consent", "internal", "--seen", "forms/1", "--on", "2026-03-01")
    drafted.do("person", "name", "p-jonas", private_place.NAME, *agreed)
    said = drafted.do("doc", "decision", ACME).out
    assert f"by {private_place.NAME} as Core Team" in said
    file = out(drafted, "recorded.md")
    drafted.do("doc", "decision", ACME, "--record", "--out", str(file), "--requirement", "member-communication")
    private_place.without_names(file.read_text(encoding="utf-8"))


def test_of_peers_nobody_asks_for_a_document(example: Path, tmp_path: Path) -> None:
    """What they agree on is acknowledged, so there is nothing of which it would be evidence."""
    root = tmp_path / "register"
    copied(example, root)
    place = Place(root, person="sena@lighthouse.example", day="2026-11-20")
    words = ("doc", "mentorship-agreement", "peer-2026-spring-mentee-p-0023", "--record", "--out", str(out(place)))
    said = place.wrong(*words).err
    assert "MEM-02-03 asks for no document of peer-2026-spring-mentee-p-0023, so there is nothing" in said
    assert not out(place).exists()
