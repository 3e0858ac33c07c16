"""A record that is looked up by its file's name lies where a look at all files finds it."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerkit.findings import Finding
from partnerkit.register import SETTINGS_PATH
from partnerkit.store.git.entries import FILE, LINK, PROGRAM, REPOSITORY, UNKNOWN, Entry, Listing
from partnerkit.store.git.lying import lying
from partnerkit.store.layout import Laid, Places, among_rules, laid_out
from partnerkit.store.record_paths import folder_kind

FOLDERS = ("", "policies/", "evidence/a/", "partnerships/", "partnerships/2026/", "agreements/", "agreement/", "cases/")
NAMES = ("a.yaml", "b.yaml", "c-1.yaml", "A.yaml", "a.yml", "a.yaml.yaml", ".gitkeep", "register.yaml")
IDS = ("a", "b", "c-1", "A", "a.yaml", "register", "", "2026/a", "../a")
KINDS = ("partnership", "agreement", "case", "review")

PATHS = st.builds("records/{}{}".format, st.sampled_from(FOLDERS), st.sampled_from(NAMES))
MODES = st.sampled_from((FILE, FILE, FILE, PROGRAM, LINK, UNKNOWN)).map(Entry)
FILES = st.dictionaries(PATHS, MODES, max_size=24)


def of_kind(files: dict[str, Entry], kind: str) -> list[str]:
    return [one for one, path in laid_out(files)[0].items() if folder_kind(path) == kind]


@given(FILES)
def test_one_is_looked_up_as_all_are_laid_out(files: dict[str, Entry]) -> None:
    every = laid_out(files)[0]
    places = Places(Laid(Listing.of(files)))
    assert {one: places.get(one) for one in IDS} == {one: every.get(one) for one in IDS}
    assert {one: one in places for one in IDS} == {one: one in every for one in IDS}
    assert dict(places) == every
    assert list(places) == list(every)
    assert {one: places.get(one) for one in IDS} == {one: every.get(one) for one in IDS}


@given(FILES)
def test_those_of_a_kind_are_looked_up_in_the_same_order(files: dict[str, Entry]) -> None:
    for kind in KINDS:
        few, all_ = Places(Laid(Listing.of(files))), Places(Laid(Listing.of(files)))
        assert dict(all_) is not None
        assert few.of_kind(kind) == all_.of_kind(kind) == of_kind(files, kind)


@given(FILES, st.sampled_from(("a", "b")), PATHS)
def test_what_is_said_counts_before_all_are_laid_out_and_after(files: dict[str, Entry], one: str, path: str) -> None:
    first = Places(Laid(Listing.of(files)))
    other = first.copy()
    other[one] = path
    assert other[one] == path
    assert dict(other) == {**laid_out(files)[0], one: path}
    assert dict(first) == laid_out(files)[0]


@given(FILES)
def test_what_is_wrong_with_rules_is_seen_without_a_look_at_records(files: dict[str, Entry]) -> None:
    def mine(found: list[Finding]) -> list[Finding]:
        return [one for one in found if among_rules(one.file or "")]

    laid = Laid(Listing.of(files))
    assert mine(laid_out(laid.rules)[1]) == mine(laid_out(files)[1])
    assert (SETTINGS_PATH in laid.rules) == (SETTINGS_PATH in files)
    assert list(laid.files.items()) == sorted(files.items())


@given(FILES, FILES)
def test_a_record_that_lies_elsewhere_is_among_those_that_may(here: dict[str, Entry], there: dict[str, Entry]) -> None:
    now, was = laid_out(here)[0], laid_out(there)[0]
    unlike = Laid(Listing.of(here)).unlike(Laid(Listing.of(there)))
    assert {one for one in now.keys() & was.keys() if now[one] != was[one]} <= unlike


@given(FILES, FILES, st.booleans())
def test_beside_another_tree_it_is_laid_out_as_by_itself(
    here: dict[str, Entry], there: dict[str, Entry], unsaid: bool
) -> None:
    differing = {one for one in {*here, *there} if here.get(one) != there.get(one)}
    alone, beside = (
        Listing.of(here),
        Listing.of(here).beside(lambda: Listing.of(there), lambda: None if unsaid else differing),
    )
    assert beside.files() == alone.files()
    assert list(beside.odd().items()) == [(path, one) for path, one in sorted(here.items()) if one.mode != FILE]
    assert (Laid(beside).whole, Laid(beside).astray) == laid_out(here)
    assert list(Laid(beside).whole) == list(laid_out(here)[0])
    assert Laid(beside).paths == sorted(here)


def test_the_files_of_a_folder_are_listed_with_what_each_is(tmp_path: Path) -> None:
    (tmp_path / "records" / "cases" / "2026").mkdir(parents=True)
    (tmp_path / "records" / "risks").mkdir()
    (tmp_path / "records" / "risks" / ".git").write_text("")
    (tmp_path / "records" / "risks" / "r.yaml").write_text("")
    (tmp_path / "records" / "cases" / "c.yaml").symlink_to("2026")
    (tmp_path / "records" / "cases" / "2026" / "a.yaml").write_text("")
    (tmp_path / "records" / "cases" / "2026" / "b.yaml").write_text("")
    (tmp_path / "records" / "cases" / "2026" / "b.yaml").chmod(0o755)
    found = lying(tmp_path, "records")
    assert set(found.folders["records/cases/2026/"]) == {"a.yaml", "b.yaml"}
    (tmp_path / "records" / "cases" / "2026" / "a.yaml").unlink()
    expected = {"2026/a.yaml": Entry(FILE), "2026/b.yaml": Entry(PROGRAM), "c.yaml": Entry(LINK)}
    files = {f"records/cases/{name}": one for name, one in expected.items()}
    assert found.files() == {**files, "records/risks": Entry(REPOSITORY)}
    assert "records/cases/2026/b.yaml" in found
    assert "records/cases/2026" not in found
    assert lying(tmp_path, "records/cases/c.yaml").files() == {"records/cases/c.yaml": Entry(LINK)}
    assert lying(tmp_path, "records/nothing").files() == {}


@pytest.mark.parametrize("counted", [True, False])
def test_one_file_is_found_without_listing_those_beside_it(
    counted: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "records" / "cases" / "2026").mkdir(parents=True)
    (tmp_path / "records" / "risks").mkdir()
    for path in ("risks/one.yaml", "risks/Case.yaml", "risks/cASE.YAML", "cases/2026/one.yaml", "cases/4.yaml"):
        (tmp_path / "records" / path).write_text("")
    (tmp_path / "records" / "risks" / "link.yaml").symlink_to("nowhere")
    listed, really, links = [], os.scandir, os.lstat

    def listing(path: str) -> Any:
        listed.append(path.removeprefix(f"{tmp_path}/records/"))
        return really(path)

    def uncounted(path: str) -> Any:
        return os.stat_result([1 if index == stat.ST_NLINK else one for index, one in enumerate(links(path))])

    monkeypatch.setattr("os.scandir", listing)
    if not counted:
        monkeypatch.setattr("os.lstat", uncounted)
    found = lying(tmp_path, "records")
    above = {"", "cases/"}
    assert list(found.named("one.yaml")) == ["records/cases/2026/one.yaml", "records/risks/one.yaml"]
    assert list(found.named("link.yaml").values()) == [Entry(LINK)]
    assert not any(map(found.named, ("two.yaml", ".git", "../risks/one.yaml", "a\0b", "records", "risks")))
    assert set(listed) == (above if counted else {*above, "risks/", "cases/2026/"})
    assert list(found.named("Case.yaml")) == ["records/risks/Case.yaml"]  # the other might be the same, too
    assert set(listed) == {*above, "risks/"} | (set() if counted else {"cases/2026/"})
    assert not any(map(found.named, ("", ".", "..", "n" * 300, "\u00e9.yaml")))
    assert set(found.files()) == set(lying(tmp_path, "records").files())
