"""Documents of former days, with names, and of templates that say nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import At
from tests.journeys import private_place
from tests.place import Place
from tests.scenarios.cheat import commit, rewrite
from tests.story import ACME, DEAL


def templates(place: Place) -> Path:
    folder = place.root / "records" / "templates"
    folder.mkdir(exist_ok=True)
    return folder


def head(place: Place) -> str:
    return place.git("rev-parse", "HEAD").strip()


def test_a_document_of_a_former_moment_is_what_was_made_at_it(at: At) -> None:
    """The record, the template and the stage are those of then, and so are the bytes."""
    place = at("drafted")
    made = place.do("doc", "agreement", DEAL).out
    then = head(place)
    place.do("set", DEAL, "ends=2028-03-31")
    (templates(place) / "agreement.md").write_text("# Until {{ agreement.ends|day }}\n", encoding="utf-8")
    commit(place)
    assert "# Until 31 March 2028" in place.do("doc", "agreement", DEAL).out
    assert place.do("doc", "agreement", DEAL, "--as-of", then).out == made
    told = place.json("doc", "agreement", DEAL, "--as-of", then)
    assert (told["as_of"], told["template"], told["text"]) == (then, None, made)


def test_what_made_no_sense_then_is_refused_as_it_was(at: At) -> None:
    place = at("executed")
    began = place.git("log", "--format=%H", "--diff-filter=A", "--", f"records/partnerships/{ACME}.yaml").strip()
    assert f"{DEAL} was not there in {began}" in place.wrong("doc", "agreement", DEAL, "--as-of", began).err
    assert "there was no register" in place.wrong("doc", "agreement", DEAL, "--as-of", "1999-01-01").err
    said = place.wrong("doc", "termination", ACME, "--as-of", "HEAD").err
    assert "says nothing of its end" in said
    assert f"partnerkit doc announcement {ACME} --as-of HEAD" in said
    for words in (("--check",), ("--record", "--out", "a.md")):
        said = place.wrong("doc", "agreement", DEAL, "--as-of", "HEAD", *words).err
        assert "--record and --check are of the record as it is" in said


def test_what_was_classified_since_is_not_shown_of_a_former_day(at: At) -> None:
    place = at("drafted")
    then = head(place)
    rewrite(place, DEAL, lambda data: data.update(classification="restricted"))
    commit(place)
    said = place.wrong("doc", "agreement", DEAL, "--as-of", then).err
    assert f"{DEAL} is restricted" in said


def test_what_belongs_to_a_hidden_record_says_to_which_and_who_may_read_it(at: At) -> None:
    """The refusal names the level that works, today and of a former day."""
    place = at("drafted")
    then = head(place)
    rewrite(place, ACME, lambda data: data.update(classification="confidential"))
    commit(place)
    for more in ((), ("--as-of", then)):
        said = place.wrong("doc", "agreement", DEAL, *more).err
        assert (
            f"{DEAL} belongs to {ACME}, which is confidential: readers of what is internal may not know of it" in said
        )
        mend = " ".join(["partnerkit doc agreement", DEAL, *more, "--classification confidential"])
        assert said.rstrip().endswith(mend)
        assert "# Agreement 2026" in place.do(*mend.split()[1:]).out


@pytest.mark.parametrize("text", ["", "\n \n", "{% if agreement.title == 'x' %}Text{% endif %}", "---\n", "# \n"])
def test_no_letter_is_made_in_which_nothing_stands(at: At, text: str) -> None:
    place = at("drafted")
    (templates(place) / "agreement.md").write_text(text, encoding="utf-8")
    said = place.run("doc", "agreement", DEAL, "--out", "../a.md")
    assert said.code == 3
    message = f"records/templates/agreement.md makes a document of {DEAL} in which nothing stands"
    assert message in said.err
    assert "partnerkit doc agreement --template shows one that works" in said.err
    assert not (place.root.parent / "a.md").exists()


def test_check_finds_a_template_that_never_says_anything(at: At) -> None:
    place = at("drafted")
    (templates(place) / "agreement.md").write_text("\n", encoding="utf-8")
    (templates(place) / "decision.md").write_text("{{ decision.reason }}", encoding="utf-8")
    found = [one for one in place.findings() if one["code"] == "template-broken"]
    assert [one["file"] for one in found] == ["records/templates/agreement.md"]
    assert "nothing stands in what it makes" in found[0]["message"]


def test_who_has_no_name_is_named_with_what_gives_them_one(at: At) -> None:
    place = at("drafted")
    place.do("setup", "private")
    place.do("person", "name", "p-jonas", private_place.NAME)
    words = ("doc", "decision", ACME, "--names", "--out", "../letter.md")
    said = place.do(*words)
    letter = (place.root.parent / "letter.md").read_text(encoding="utf-8")
    assert private_place.NAME in letter
    assert "p-timo" in letter
    assert "because the private place has no name of: p-timo\n" in said.err
    assert "Next: partnerkit person name p-timo <name>\n" in said.err
    assert place.json(*words)["unnamed"] == ["p-timo"]
    assert "no name of" not in place.do("doc", "decision", ACME).err
    place.do("person", "name", "p-timo", "Somebody Else")
    assert "no name of" not in place.do(*words).err


def test_who_stands_there_by_an_id_is_said_with_the_lines_that_give_names(at: At) -> None:
    """Each line, run as it is offered, leads to the next; none says a name, or what a name is not known of."""
    place = at("drafted")
    words = ("doc", "decision", ACME)
    why = "because none of them is known here to have agreed to be named before readers of what is internal"
    told = place.json(*words)
    assert (told["unnamed"], told["unnamed_why"]) == (["p-jonas", "p-timo"], why)
    naming = "partnerkit person name {} <name> --consent internal --seen <seen>"
    assert told["unnamed_next"] == ["partnerkit setup private", naming.format("p-jonas"), naming.format("p-timo")]
    said = place.do(*words)
    assert said.err.endswith(
        f"  ! called by their ids, {why}: p-jonas, p-timo\n"
        f"Next: partnerkit setup private\n then {naming.format('p-jonas')}\n      likewise for p-timo\n"
    )
    assert "called by" not in said.out
    place.do("setup", "private")
    for who, name in (("p-jonas", private_place.NAME), ("p-timo", "Somebody Else")):
        place.do("person", "name", who, name)
    first, likewise, second = place.json(*words, "--format", "html")["unnamed_next"]
    assert likewise == first.replace("p-jonas", "p-timo")
    assert first == "partnerkit person name p-jonas --consent internal --seen <seen>"
    assert second == f"partnerkit doc decision {ACME} --names --out ../{ACME}-decision.html"
    assert private_place.NAME not in place.do(*words).err + place.do(*words, "--json").out
    place.do(*second.split()[1:])
    assert private_place.NAME in (place.root.parent / f"{ACME}-decision.html").read_text(encoding="utf-8")
    for naming in (first, likewise):
        place.do(*naming.replace("<seen>", "forms/1").split()[1:])
    told = place.json(*words)
    assert (told["unnamed"], told["unnamed_why"], told["unnamed_next"]) == ([], None, [])
    assert private_place.NAME in told["text"]
    assert place.json(*words, "--classification", "confidential")["unnamed"] == []


def test_what_is_recorded_says_that_it_holds_ids_and_how_a_copy_has_names(at: At) -> None:
    place = at("drafted")
    place.do("setup", "private")
    for who, name in (("p-jonas", private_place.NAME), ("p-timo", "Somebody Else")):
        place.do("person", "name", who, name, "--consent", "public", "--seen", "forms/1")
    words = ("--record", "--requirement", "member-communication")
    said = place.do("doc", "decision", ACME, *words, "--out", "kept.md").err
    assert "  ! called by their ids, as in whatever is recorded: p-jonas, p-timo\n" in said
    file = f"{ACME}-decision.md"
    copy = f"partnerkit doc decision {ACME} --requirement member-communication --record --names --out ../{file}"
    assert said.endswith(f"Next: {copy}\n")
    told = place.json(*copy.split()[1:])
    assert (told["unnamed"], told["commit"]) == ([], None)
    assert f"by {private_place.NAME} as Core Team" in (place.root.parent / file).read_text(encoding="utf-8")


def test_a_folder_without_fonts_is_refused_with_what_was_looked_for(at: At, tmp_path: Path) -> None:
    """Before anything is made, in folders below it and through links that lead round; a name alone is no font."""
    place, folder = at("drafted"), tmp_path / "fonts"
    inner = folder / "inner"
    inner.mkdir(parents=True)
    (inner / "round").symlink_to(folder, target_is_directory=True)
    (folder / "font.woff2").write_bytes(b"wOF2")
    words = ("doc", "agreement", DEAL, "--format", "pdf", "--out", str(tmp_path / "a.pdf"), "--fonts", str(folder))
    said = place.wrong(*words).err
    assert f"no font lies in {folder} or below it: no file that ends in .ttf, .otf, .ttc or .otc\n" in said
    assert "→ put the files of fonts there, or name the folder in which they lie" in said
    (inner / "ONE.TTF").write_bytes(b"")
    assert "ONE.TTF ends in .ttf, .otf, .ttc or .otc, and cannot be read as one" in place.wrong(*words).err
    (inner / "ONE.TTF").write_bytes(b"\0\1\0\0 and so on")
    place.do("doc", "agreement", DEAL, "--fonts", str(folder))


def test_addresses_and_names_in_a_record_are_text_wherever_its_markdown_is_read(at: At) -> None:
    place = at("drafted")
    text = "Ask @rosa at rosa@x.example, www.x.example or https://x.example/a_b, see #5"
    rewrite(place, DEAL, lambda data: data["objectives"][0].update(text=text))
    said = place.do("doc", "agreement", DEAL).out
    assert "- Ask @&#8203;rosa at `rosa@x.example`, `www.x.example` or `https://x.example/a_b`, see #&#8203;5\n" in said
    assert f"<li>{text}</li>" in place.do("doc", "agreement", DEAL, "--format", "html").out
