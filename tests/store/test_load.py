"""From a tree to a register: what is odd is named, what is broken stops nothing else, and only what is asked for is read."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from partnerkit.errors import CannotWorkError
from partnerkit.store.git.repository import Git
from partnerkit.store.git.trees import CommitTree, WorkingTree
from partnerkit.store.load import load
from partnerkit.store.records import Records
from tests.place import Place

ACME = "records/partnerships/acme.yaml"


@pytest.fixture
def three(place: Place) -> Place:
    """A register with three partnerships."""
    sheet = place.write("three.csv", "name,type\nAcme,cloud-providers\nBirch,cloud-providers\nCedar,cloud-providers\n")
    place.do("new", "partnership", "--from", sheet)
    return place


def tree(place: Place) -> WorkingTree:
    return WorkingTree(Git.discover(place.root))


def landed(place: Place) -> CommitTree:
    git = Git.discover(place.root)
    return CommitTree(git, str(git.head()))


def found(place: Place) -> list[tuple[str, str | None]]:
    """Code and file of all that is wrong in the working tree."""
    return [(one.code, one.file) for one in load(tree(place)).all_findings()]


def put(place: Place, path: str, text: str) -> Path:
    full = place.root / path
    full.parent.mkdir(parents=True, exist_ok=True)
    full.write_text(text, encoding="utf-8")
    return full


def counted(place: Place) -> tuple[WorkingTree, list[str]]:
    """A tree that remembers which files are read from it."""
    read: list[str] = []

    class Counting(WorkingTree):
        def read_many(self, paths: Iterable[str]) -> dict[str, bytes]:
            wanted = list(paths)
            read.extend(wanted)
            return super().read_many(wanted)

    return Counting(Git.discover(place.root)), read


def test_a_sound_register_has_no_findings(three: Place) -> None:
    assert found(three) == []


@pytest.mark.parametrize(
    ("path", "near"),
    [
        ("records/partnership/delta.yaml", "did you mean partnerships"),
        ("records/risk/delta.yml", "did you mean risks"),
        ("records/delta.yaml", ""),
        ("records/policies/OPS.yml", ""),
    ],
)
def test_a_record_in_a_folder_of_no_kind_is_named(three: Place, path: str, near: str) -> None:
    """Else a record could live where nothing ever judges it."""
    put(three, path, "format: 1\n")
    loaded = load(tree(three))
    (one,) = loaded.all_findings()
    assert (one.code, one.file, one.severity) == ("unknown-folder", path, "error")
    assert near in one.message
    assert "delta" not in loaded.demand().records
    assert three.run("check").code == 1


@pytest.mark.parametrize("path", ["records/README.md", "records/evidence/acme/report.yaml", "notes/any.yaml"])
def test_what_is_no_record_is_left_alone(three: Place, path: str) -> None:
    put(three, path, "as it likes")
    assert found(three) == []


@pytest.mark.parametrize("name", ["Acme Two.yaml", "acme_2.yaml", "acme.yml", "notes.txt", "-acme.yaml", "ácme.yaml"])
def test_a_file_that_is_named_like_no_record_is_named(three: Place, name: str) -> None:
    put(three, f"records/partnerships/{name}", "format: 1\n")
    assert found(three) == [("file-name", f"records/partnerships/{name}")]


def test_a_link_is_named_and_never_followed(three: Place, tmp_path: Path) -> None:
    outside = tmp_path / "outside.yaml"
    outside.write_text(three.text("acme").replace("acme", "delta"), encoding="utf-8")
    (three.root / "records/partnerships/delta.yaml").symlink_to(outside)
    assert found(three) == [("not-a-plain-file", "records/partnerships/delta.yaml")]
    assert "delta" not in load(tree(three)).demand().records


def test_a_linked_folder_is_named_and_never_followed(three: Place, tmp_path: Path) -> None:
    (tmp_path / "away").mkdir()
    (tmp_path / "away/delta.yaml").write_text("format: 1\n", encoding="utf-8")
    (three.root / "records/risks").symlink_to(tmp_path / "away")
    assert found(three) == [("not-a-plain-file", "records/risks")]


def test_the_executable_bit_is_named(three: Place) -> None:
    three.path("acme").chmod(0o755)
    (one,) = load(tree(three)).all_findings()
    assert (one.code, one.file, one.mend) == ("not-a-plain-file", ACME, f"chmod -x {ACME}")


def test_a_pipe_is_named_and_never_waited_for(three: Place) -> None:
    os.mkfifo(three.root / "records/partnerships/delta.yaml")
    assert found(three) == [("not-a-plain-file", "records/partnerships/delta.yaml")]


def test_an_id_that_is_used_twice_is_named_at_the_later_file(three: Place) -> None:
    path = "records/partnerships/old/acme.yaml"
    put(three, path, three.text("acme"))
    (one,) = load(tree(three)).all_findings()
    assert (one.code, one.file, one.record) == ("id-repeated", path, "acme")
    assert ACME in one.message


def test_a_record_in_a_sub_folder_is_a_record(three: Place) -> None:
    put(three, "records/partnerships/2026/delta.yaml", three.text("acme").replace("id: acme", "id: delta"))
    assert found(three) == []
    assert load(tree(three)).demand().records["delta"].path == "records/partnerships/2026/delta.yaml"


BROKEN = {
    "yaml": ("format: 1", "format: [1", "yaml-syntax"),
    "an unknown key": ("stage: proposed", "stage: proposed\nstge: x", "unknown-key"),
    "another kind": ("kind: partnership", "kind: risk", "kind-differs"),
    "no kind at all": ("kind: partnership", "kind: partnrship", "unknown-kind"),
    "another id": ("id: acme", "id: acme-2", "id-differs"),
    "an unknown policy": ("policy: OPS-05-03", "policy: OPS-05-04", "policy-unknown"),
    "a stage of no policy": ("stage: proposed", "stage: propsed", "wrong-value"),
}


@pytest.mark.parametrize("how", BROKEN)
def test_a_broken_record_stops_no_other(three: Place, how: str) -> None:
    """It is named at its line; the others can be read, shown, and moved on."""
    old, new, code = BROKEN[how]
    three.edit("acme", old, new)
    loaded = load(tree(three))
    findings = loaded.all_findings()
    assert (code, ACME) in [(one.code, one.file) for one in findings]
    assert all(one.file == ACME and one.line for one in findings)
    assert sorted(loaded.demand().records) == ["birch", "cedar"]
    assert loaded.demand().broken == {"acme"}
    three.do("show", "birch")
    three.do("advance", "birch", "withdrawn", "--reason", "another way")
    said = three.run("show", "acme")
    assert said.code in {1, 3}
    assert ACME in said.all


def test_a_record_of_a_newer_format_stops_whoever_meets_it(three: Place) -> None:
    """Exit 3: it would be misread. Who does not meet it goes on."""
    three.edit("acme", "format: 1", "format: 2")
    for words in (("show", "acme"), ("gates", "acme"), ("check",)):
        said = three.run(*words)
        assert (said.code, ACME in said.all, "install a newer partnerkit" in said.all) == (3, True, True)
    assert three.run("show", "birch").code == 0


@pytest.mark.parametrize("path", ["records/register.yaml", "records/people.yaml", "records/policies/OPS-05-03.yaml"])
def test_rules_of_a_newer_format_stop_everything(three: Place, path: str) -> None:
    """Exit 3, for reading and checking alike: who does not know the rules cannot judge by them."""
    full = three.root / path
    full.write_text(full.read_text().replace("format: 1", "format: 2", 1))
    with pytest.raises(CannotWorkError, match=f"{path} has format 2"):
        load(tree(three))
    for words in (("show", "acme"), ("check",), ("list",)):
        said = three.run(*words)
        assert (said.code, "install a newer partnerkit" in said.all) == (3, True)


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [("records/register.yaml", "name:", "nam:"), ("records/people.yaml", "format: 1", "format: 1\nformat: 1")],
)
def test_unreadable_rules_are_the_reason_given(three: Place, path: str, old: str, new: str) -> None:
    """Not whatever else happens to be odd in the folder."""
    put(three, "records/partnerships/Odd Name.yaml", "x")
    full = three.root / path
    full.write_text(full.read_text().replace(old, new, 1))
    loaded = load(tree(three))
    assert loaded.register is None
    with pytest.raises(CannotWorkError, match=rf"^{path}:\d+: "):
        loaded.demand()


def test_a_missing_roster_is_named(three: Place) -> None:
    (three.root / "records/people.yaml").unlink()
    with pytest.raises(CannotWorkError, match=r"records/people\.yaml"):
        load(tree(three)).demand()


def test_no_register_is_said_with_the_way_to_one(tmp_path: Path, place: Place) -> None:
    (place.root / "records/register.yaml").unlink()
    with pytest.raises(CannotWorkError, match="no register here") as refused:
        load(tree(place))
    assert refused.value.mend == "git restore -- records/register.yaml"


def test_records_are_read_when_they_are_asked_for(three: Place) -> None:
    counting, read = counted(three)
    register = load(counting).demand()
    assert [path for path in read if path.startswith("records/partnerships/")] == []
    assert "birch" in register.records
    assert register.records["birch"].id == "birch"
    assert [path for path in read if path.startswith("records/partnerships/")] == ["records/partnerships/birch.yaml"]
    assert len(register.records) == 3
    assert len(read) == len(set(read)), "no file is read twice"


@pytest.mark.parametrize(
    "words",
    [("gates", "birch"), ("log", "birch"), ("advance", "birch", "withdrawn", "--reason", "another way")],
    ids=" ".join,
)
def test_a_command_for_one_record_reads_that_one(
    three: Place, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a register of any size the work for one record is the work for one record."""
    read: set[str] = set()
    real = Records.load

    def spying(self: Any, ids: Iterable[str]) -> None:
        wanted = list(ids)
        read.update(one for one in wanted if one in self.paths)
        real(self, wanted)

    monkeypatch.setattr(Records, "load", spying)
    three.do(*words)
    assert read == {"birch"}


def test_disk_and_commit_make_the_same_register(three: Place) -> None:
    three.do("new", "risk", "Outage", "of=acme", "type=operational")
    disk, commit = load(tree(three)), load(landed(three))
    assert disk.all_findings() == commit.all_findings() == []
    one, other = disk.demand(), commit.demand()
    assert one.settings == other.settings
    assert one.roster == other.roster
    assert one.rules == other.rules
    assert {name: file.data for name, file in one.policies.items()} == {n: f.data for n, f in other.policies.items()}
    assert list(one.records) == list(other.records)
    for record_id in one.records:
        assert one.records[record_id].data == other.records[record_id].data
        assert one.records[record_id].place(("stage",)) == other.records[record_id].place(("stage",))
        assert one.digests(one.records[record_id].path) == other.digests(other.records[record_id].path)


def test_a_commit_is_read_as_it_was_though_the_disk_changed(three: Place) -> None:
    three.edit("acme", "stage: proposed", "stage: active")
    assert load(landed(three)).demand().records["acme"].stage == "proposed"
    assert load(tree(three)).demand().records["acme"].stage == "active"
