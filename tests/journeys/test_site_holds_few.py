"""`export site` holds few records at a time where there are many: it is, byte for byte, the site of one that holds all."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from partnerkit.jobs.desk import Desk, seeded
from partnerkit.jobs.standing_then import standing_in
from partnerkit.kinds.catalogue import KINDS
from partnerkit.register import RecordFile
from partnerkit.store import passing
from partnerkit.store.git.repository import Git
from partnerkit.store.passing import Passing
from tests.journeys.test_site import built
from tests.made import copied
from tests.place import Place
from tests.story import ACME, DEAL


@pytest.fixture
def hold_one(monkeypatch):
    """From when it is called on, one record is held at a time; which were read."""
    read: list[str] = []
    brings = Passing.bring

    def noted(self: Passing, ids):
        wanted = [one for one in ids if one not in self._held]
        read.extend(wanted)
        brings(self, wanted)

    def begin() -> list[str]:
        monkeypatch.setattr(passing, "FEW", 0)
        monkeypatch.setattr(passing, "HELD", 1)
        monkeypatch.setattr(passing, "_AT_ONCE", 2)
        monkeypatch.setattr(Passing, "bring", noted)
        return read

    return begin


@pytest.fixture
def all_four(few, tmp_path) -> Place:
    root = tmp_path / "few"
    copied(few, root)
    return Place(root)


@pytest.mark.parametrize("level", ["public", "restricted"])
def test_of_all_four_policies(all_four, tmp_path, hold_one, level):
    whole = built(all_four, tmp_path / "whole", "--classification", level)
    read = hold_one()
    assert built(all_four, tmp_path / "one", "--classification", level) == whole
    assert len(read) > 2 * len({*read}) > 1, "they were read again and again"


def test_of_former_commits_beside_an_edit_that_is_not_committed(at, tmp_path, hold_one):
    """What is classified more strictly today is shown of no day: the file that is there is what counts."""
    place = at("ended")
    revs = ("HEAD~3", "HEAD~1")
    before = [built(place, tmp_path / rev, "--as-of", rev) for rev in revs]
    assert any(f"records/{DEAL}.html" in one for one in before)
    file = place.root / f"records/agreements/{DEAL}.yaml"
    file.write_text(f"{file.read_text(encoding='utf-8')}classification: restricted\n", encoding="utf-8")
    whole = [built(place, tmp_path / rev, "--as-of", rev) for rev in revs]
    assert not any(f"records/{DEAL}.html" in one for one in whole)
    hold_one()
    assert [built(place, tmp_path / f"{rev}-one", "--as-of", rev) for rev in revs] == whole


def test_a_document_of_a_former_day(at, tmp_path, hold_one):
    place = at("ended")
    whole = place.do("doc", "agreement", DEAL, "--as-of", "HEAD~1")
    hold_one()
    assert place.do("doc", "agreement", DEAL, "--as-of", "HEAD~1") == whole


def desk_in(place: Place) -> Desk:
    return Desk(Git.discover(place.root), lambda: datetime.now(tz=UTC), seeded("site"))


def looked_up(register) -> dict[object, list[RecordFile]]:
    """Everything by which records are looked up."""
    ids = sorted(register.records)
    found: dict[object, list[RecordFile]] = {kind: [*register.of_kind(kind)] for kind in (*KINDS, None)}
    found |= {(one, kind): [*register.linked(one, kind)] for one in ids for kind in KINDS}
    found |= {("naming", one, kind): [*register.naming(one, kind, "partnership")] for one in ids for kind in KINDS}
    found["births"] = [register.births[one] for one in sorted(register.births)]
    return found


def test_they_are_looked_up_as_in_a_register_that_holds_all(all_four, hold_one):
    desk = desk_in(all_four)
    whole = desk.tree_of("HEAD")[1].demand().whole()
    hold_one()
    then, later = standing_in(desk, "HEAD")
    assert later is not None
    assert looked_up(then) == looked_up(whole) == looked_up(later)
    moment = sorted(one.model.history[-1].at for one in whole.records.values())[len(whole.records) // 2]
    assert looked_up(then.by(moment)) == looked_up(whole.by(moment))
    assert 0 < len(then.by(moment).records) <= len(whole.records)


def test_one_that_cannot_be_read_is_broken_in_both(at, hold_one):
    place = at("decided")
    (place.root / f"records/partnerships/{ACME}.yaml").write_bytes(b"a: 1\na: 2\n")
    hold_one()
    then, later = standing_in(desk_in(place), "HEAD")
    assert ACME in then.records
    assert later is not None
    assert ACME not in later.records
    assert {*later.broken} == {ACME}
