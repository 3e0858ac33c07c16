"""`export site`: what landed, as its readers may see it, in a folder of pages."""

from __future__ import annotations

import json
import os
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from partnerkit.store.disk import files
from partnerkit.store.disk.lock import Lock
from partnerkit.store.yaml.reader import read
from tests.conftest import At
from tests.made import copied
from tests.place import Place
from tests.scenarios.cheat import commit, rewrite
from tests.story import ACME, DEAL, REVIEW, RISK

SCRIPT = "<script>alert(1)</script>"


def built(place: Place, out: Path, *words: str, day: str | None = None) -> dict[str, bytes]:
    place.do("export", "site", "--out", str(out), *words, day=day)
    return pages(out)


def pages(out: Path) -> dict[str, bytes]:
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}


class Words(HTMLParser):
    """What a page says, and where its links and parts lead."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.said: list[str] = []
        self.leads: list[str] = []
        self.ids: set[str] = set()
        self.tags: set[str] = set()
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            assert not name.startswith("on"), f"{tag} would run {value}"
            if name in {"href", "src"} and value:
                self.leads.append(value)
            if name == "id" and value:
                self.ids.add(value)

    def handle_data(self, data: str) -> None:
        self.said.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.said).split())


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "site"


@pytest.fixture
def ended(at: At) -> Place:
    return at("ended")


def test_a_page_for_everything_and_every_way_leads_somewhere(ended, out):
    found = built(ended, out)
    html = {name: Words(data) for name, data in found.items() if name.endswith(".html")}
    assert {f"records/{one}.html" for one in (ACME, DEAL, RISK, REVIEW)} <= html.keys()
    assert "policies/OPS-05-03.html" in html
    for name, page in html.items():
        for href in page.leads:
            if re.match(r"https?://", href):
                continue
            path, _, part = href.partition("#")
            target = os.path.normpath(f"{os.path.dirname(name)}/{path}") if path else name
            assert target.lstrip("./") in found, f"{name} leads to {href}"
            if part and target.lstrip("./") in html and "=" not in part:
                assert part in html[target.lstrip("./")].ids, f"{name} leads to {href}"
    assert "✓" in html["index.html"].text


def test_the_page_of_a_record_tells_how_it_got_there(ended, out):
    text = Words(built(ended, out)[f"records/{ACME}.html"]).text
    history = ended.json("log", ACME)["entries"]
    landed = {one["id"]: one["commit"] for one in ended.json("audit", ACME)["entries"]}
    for entry in history:
        assert entry["seal"]["gate"] in text
        assert landed[entry["id"]] in text
    for words in (
        "Decision → Agreement",
        "by p-jonas",
        "Core team review",
        "§3.2.3/core-team-review",
        "their office burnt",
    ):
        assert words in text
    assert "the address of the commit's author is theirs" in text
    assert "the day was set by hand" in text


def test_what_people_ask_of_a_page_stands_first(ended, out):
    found = built(ended, out)
    page = found[f"records/{ACME}.html"].decode()
    document = read(ended.path(ACME).read_bytes(), ACME)[0]
    assert document is not None
    relied = [pair for one in document.data["history"] for pair in one.get("relies-on", {}).items()]
    assert "<dt>relied on</dt>" in page
    for record, entry in relied:
        assert f'href="../records/{record}.html#e-{entry}"' in page
    assert "<summary>How surely: the address of the commit&#39;s author is theirs</summary>" in page
    assert "<dt>note</dt>" not in page
    assert "<dt>ref</dt>" not in page
    assert "not judged" not in Words(found["index.html"]).text


def test_a_public_site_tells_nothing_of_what_nobody_holds_or_decided(ended, tmp_path):
    inside = built(ended, tmp_path / "internal")
    outside = built(ended, tmp_path / "public", "--classification", "public")
    for said in ("What nobody has decided yet", "policies/OPS-05-03.html"):
        assert any(said.encode() in data for data in inside.values())
    assert not any(b"What nobody has decided yet" in data or b"Left open" in data for data in outside.values())
    assert "Nothing is late, due" in Words(outside["due.html"]).text


def test_what_it_is_like_on_a_day_is_what_it_was_like_on_it(few, tmp_path):
    """The site of a clone that ends there, made on that day, is the site of that day made now: the same bytes."""
    now = Place(few, day="2026-11-20")
    landed = [line.split(" ") for line in now.git("log", "--first-parent", "--reverse", "--format=%H %cs").splitlines()]
    last = {day: oid for oid, day in landed}
    days = list(last)
    for day in (days[len(days) // 3], days[2 * len(days) // 3], days[-1]):
        clone = tmp_path / day
        copied(few, clone)
        then = Place(clone, day=day)
        then.git("reset", "-q", "--hard", last[day])
        wanted = built(then, tmp_path / f"{day}-then", "--classification", "restricted")
        assert built(now, tmp_path / f"{day}-now", "--as-of", day, "--classification", "restricted") == wanted
        assert len(wanted) > 8


def test_built_again_it_is_not_touched_and_a_change_touches_what_it_is_about(ended, out):
    before = built(ended, out)
    times = {path: path.stat().st_mtime_ns for path in out.rglob("*") if path.is_file()}
    assert ended.json("export", "site", "--out", str(out))["written"] == []
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*") if path.is_file()} == times
    ended.do("set", RISK, "analysis=Their sponsor has left")
    written = ended.json("export", "site", "--out", str(out))["written"]
    assert set(written) == {f"records/{RISK}.html", "search-data.js", "index.html"}
    assert pages(out).keys() == before.keys()


def test_it_is_the_same_bytes_wherever_it_is_built(ended, tmp_path):
    ended.do("audit")
    assert built(ended, tmp_path / "one") == built(ended, tmp_path / "two")


def test_what_is_no_page_any_more_goes_and_nothing_else_does(at, out):
    place = at("decision")
    built(place, out)
    assert (out / "records" / f"{RISK}.html").exists()
    (out / "notes.txt").write_text("mine", encoding="utf-8")
    rewrite(place, RISK, lambda data: data.update(classification="confidential"))
    commit(place)
    assert f"records/{RISK}.html" in place.json("export", "site", "--out", str(out))["removed"]
    assert not (out / "records" / f"{RISK}.html").exists()
    assert (out / "notes.txt").read_text(encoding="utf-8") == "mine"


def test_an_interrupted_build_leaves_nothing_that_the_next_does_not_take_away(ended, out, monkeypatch):
    """The first build dies at a page: the next one is for others, and nothing of the first is left in it."""
    wanted = built(ended, out.parent / "wanted", "--classification", "public")
    real = files.point

    def dies(operation: str, path: Path) -> None:
        if operation == "rename" and path.name == f"{RISK}.html":
            raise KeyboardInterrupt
        real(operation, path)

    with monkeypatch.context() as broken:
        broken.setattr(files, "point", dies)
        ended.run("export", "site", "--out", str(out))
    assert (out / "records" / f"{ACME}.html").exists()
    (out / "records" / f".{RISK}.html.tmp").write_text("half", encoding="utf-8")
    assert built(ended, out, "--classification", "public") == wanted


def test_what_somebody_changed_since_is_left_and_told(ended, out):
    built(ended, out)
    mine = out / "records" / f"{RISK}.html"
    mine.write_text("mine", encoding="utf-8")
    for _time in range(2):
        assert ended.json("export", "site", "--classification", "public", "--out", str(out))["left"] == [
            f"records/{RISK}.html"
        ]
    assert mine.read_text(encoding="utf-8") == "mine"


def test_what_no_build_wrote_is_never_written_over(at, out):
    """A file under the name of a page to come, one that somebody changed, a folder: named, and nothing is touched."""
    place = at("decision")
    built(place, out, "--classification", "public")
    (out / "records").mkdir()
    (out / "records" / f"{RISK}.html").write_text("mine", encoding="utf-8")
    with (out / "index.html").open("a", encoding="utf-8") as page:
        page.write("mine too")
    (out / "figures.html").unlink()
    (out / "figures.html").mkdir()
    before = pages(out)
    said = place.wrong("export", "site", "--out", str(out)).all
    assert (
        f"holds what no build wrote, or somebody changed since: index.html, figures.html, records/{RISK}.html" in said
    )
    assert pages(out) == before
    for name in (f"records/{RISK}.html", "index.html"):
        (out / name).unlink()
    (out / "figures.html").rmdir()
    assert set(place.json("export", "site", "--out", str(out))["written"]) >= {f"records/{RISK}.html", "figures.html"}


@pytest.mark.parametrize("name", ["records", "index.html", "site-files.json", ".site-files.lock"])
def test_no_link_in_it_is_followed(ended, out, tmp_path, name):
    built(ended, out)
    elsewhere = tmp_path / "elsewhere"
    if (out / name).exists():
        (out / name).rename(elsewhere)
    else:
        elsewhere.write_text("theirs", encoding="utf-8")
    (out / name).symlink_to(elsewhere)
    before = pages(elsewhere) if elsewhere.is_dir() else elsewhere.read_bytes()
    assert "is a symbolic link" in ended.wrong("export", "site", "--classification", "public", "--out", str(out)).all
    assert (pages(elsewhere) if elsewhere.is_dir() else elsewhere.read_bytes()) == before


def test_one_build_at_a_time(ended, out):
    with Lock.take(out / ".site-files.lock"):
        said = ended.run("export", "site", "--out", str(out))
    assert (said.code, "nothing changed" in said.all) == (3, True)
    assert not (out / "index.html").exists()


def test_what_stands_in_the_way_is_said(ended, out, tmp_path):
    out.symlink_to(tmp_path / "nowhere")
    assert "leads nowhere" in ended.wrong("export", "site", "--out", str(out)).all
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    assert "file is a file" in ended.wrong("export", "site", "--out", str(tmp_path / "file" / "site")).all
    assert "is no classification" in ended.wrong("export", "site", "--classification", "", "--out", str(out)).all


def test_a_list_that_somebody_wrote_into_removes_nothing_elsewhere(ended, out, tmp_path):
    built(ended, out)
    mine = tmp_path / "mine.txt"
    mine.write_text("mine", encoding="utf-8")
    path = out / "site-files.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    data["files"] |= {"../mine.txt": "0", str(mine): "0"}
    path.write_text(json.dumps(data), encoding="utf-8")
    built(ended, out)
    assert mine.exists()
    path.write_text("{}", encoding="utf-8")
    said = ended.run("export", "site", "--out", str(out))
    assert (said.code, "does not list the files of a site" in said.all) == (3, True)


@pytest.mark.parametrize("where", ["records", "records/site", ".", ".git/site", "schemas", ".github/site"])
def test_it_is_never_built_into_the_register_itself(ended, where):
    before = ended.snapshot()
    assert "belongs to the register" in ended.wrong("export", "site", "--out", str(ended.root / where)).all
    assert ended.snapshot() == before


def test_it_is_never_built_into_the_private_place(ended):
    ended.do("setup", "private")
    assert "private place" in ended.wrong("export", "site", "--out", str(ended.root / "private" / "site")).all


def test_it_is_not_built_over_what_is_somebodys(ended, out):
    out.mkdir()
    (out / "thesis.txt").write_text("mine", encoding="utf-8")
    assert "holds other files" in ended.wrong("export", "site", "--out", str(out)).all
    assert pages(out) == {"thesis.txt": b"mine"}
    assert "is a file" in ended.wrong("export", "site", "--out", str(out / "thesis.txt")).all


def test_what_has_not_landed_is_not_in_it(ended, out):
    ended.edit(ACME, "name: ", "name: Unsaid ")
    assert not any(b"Unsaid" in data for data in built(ended, out).values())


def test_what_was_classified_since_is_in_no_site_of_former_days(at, out):
    place = at("decision")
    rewrite(place, RISK, lambda data: data.update(classification="confidential"))
    commit(place)
    found = built(place, out, "--as-of", place.git("rev-parse", "HEAD~1").strip())
    assert f"records/{ACME}.html" in found
    assert not any(RISK.encode() in data for data in found.values())


def test_what_was_classified_since_under_another_name_is_in_none_either(at, out):
    place = at("decision")
    text = place.path(RISK).read_text(encoding="utf-8").replace(f"id: {RISK}", "id: nightjar")
    place.git("rm", "-q", str(place.path(RISK)))
    named = place.root / "records" / "risks" / "nightjar.yaml"
    named.parent.mkdir(exist_ok=True)
    named.write_text(text, encoding="utf-8")
    rewrite(place, "nightjar", lambda data: data.update(classification="confidential"))
    commit(place)
    found = built(place, out, "--as-of", place.git("rev-parse", "HEAD~1").strip())
    assert f"records/{ACME}.html" in found
    assert not any(RISK.encode() in data for data in found.values())


def test_readers_see_no_more_than_their_level(at, tmp_path):
    place = at("decision")
    rewrite(place, RISK, lambda data: data.update(classification="confidential"))
    commit(place)
    internal = built(place, tmp_path / "internal")
    assert not any(RISK.encode() in data for data in internal.values())
    assert f"records/{ACME}.html" in internal
    everything = built(place, tmp_path / "all", "--classification", "confidential")
    assert f"records/{RISK}.html" in everything
    public = built(place, tmp_path / "public", "--classification", "public")
    assert not any(ACME.encode() in data for data in public.values())
    assert "nothing that these readers may see" in Words(public["index.html"]).text
    assert "p-rosa" not in "".join(Words(data).text for name, data in public.items() if name.startswith("records"))


def test_a_public_record_is_seen_by_everybody_without_commands(at, out):
    place = at("decision")
    rewrite(place, ACME, lambda data: data.update(classification="public"))
    commit(place)
    found = built(place, out, "--classification", "public")
    text = Words(found[f"records/{ACME}.html"]).text
    assert "partnerkit " not in text
    assert not any(RISK.encode() in data for data in found.values()), "what belongs to it is not public with it"


def test_people_are_named_where_they_agreed_to_it(at, tmp_path):
    place = at("decision")
    place.do("setup", "private")
    place.do("person", "name", "p-rosa", "Rosa Canary")
    assert not any(b"Canary" in data for data in built(place, tmp_path / "before").values())
    place.do("person", "name", "p-rosa", "--consent", "internal", "--seen", "forms/1")
    named = built(place, tmp_path / "after")
    assert "by Rosa Canary (p-rosa)" in Words(named[f"records/{ACME}.html"]).text
    public = built(place, tmp_path / "public", "--classification", "public")
    assert not any(b"Canary" in data for data in public.values())


def test_what_was_not_by_the_rules_is_on_the_first_page(at, out):
    place = at("decision")
    rewrite(place, ACME, lambda data: data["history"][-1].update(by="p-lea"))
    commit(place)
    said = place.json("export", "site", "--out", str(out))
    assert said["proven"] is False
    assert "✗" in Words((out / "index.html").read_bytes()).text


def test_text_of_a_record_is_text_on_every_page(at, out):
    place = at("decision")
    hostile = f"{SCRIPT}\"'><img src=x onerror=alert(1)> javascript:alert(1)"
    rewrite(place, ACME, lambda data: data.update(name=hostile[:190], website="javascript:alert(1)"))
    rewrite(place, RISK, lambda data: data.update(title="</script><b>", analysis=hostile))
    commit(place)
    found = built(place, out)
    for name, data in found.items():
        if name.endswith(".html"):
            page = Words(data)
            assert "img" not in page.tags, name
            assert not [one for one in page.leads if one.startswith("javascript")], name
            assert data.count(b"<script") == (2 if name == "search.html" else 0), name
    assert found["search-data.js"].isascii()
    assert "alert(1)" in Words(found[f"records/{ACME}.html"]).text


def test_a_day_before_the_register_is_refused_with_the_reason(ended, out):
    assert (
        "there was no register at the end of 1999-01-01"
        in ended.wrong("export", "site", "--as-of", "1999-01-01", "--out", str(out)).all
    )
    assert not out.exists()
    for words in (("site", "--out", str(out)), ("dossier", ACME), ("sqlite", "--out", str(out))):
        said = ended.wrong("export", *words, "--as-of", "2199-01-01").all
        assert "2199-01-01 has not come: today is " in said
    assert "has not come" in ended.wrong("audit", "--as-of", "2199-01-01").all
    ended.do("show", ACME, "--as-of", "2199-01-01")
    assert "is no classification" in ended.wrong("export", "site", "--classification", "secret", "--out", str(out)).all
