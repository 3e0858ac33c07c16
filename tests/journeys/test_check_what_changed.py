"""`check` after changes: it judges anew only what they can touch, and says what it says when it judges everything."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from partnerkit.jobs import in_parts, known_before, known_place, reading_ahead
from partnerkit.jobs.heard_day import HeardDay
from partnerkit.jobs.in_parts import _Share
from partnerkit.store.standing_index import StandingIndex, Tree
from tests.chance import examples
from tests.journeys.changing import Changing, clock
from tests.made import copied
from tests.place import Place, Said

pytestmark = pytest.mark.usefixtures("at_home")


@pytest.fixture
def anew(monkeypatch: pytest.MonkeyPatch) -> list[set[str]]:
    """The records that were judged anew, each time that some were not."""
    found: list[set[str]] = []
    known = known_before._known_of

    def noted(place: known_place.Place, index: StandingIndex, tree: Tree) -> object:
        one = known(place, index, tree)
        found.extend([one.left] if one is not None else [])
        return one

    monkeypatch.setattr(known_before, "_known_of", noted)
    return found


@pytest.fixture
def register(own_example: Place) -> Place:
    """A copy of the example register, checked once."""
    time.sleep(0.05)  # what was written this very moment may be written again while it is read
    check(own_example)
    return own_example


def check(place: Place, *words: str) -> Said:
    return place.run("check", "--json", *words)


def index(place: Place) -> Path:
    return place.root / ".git" / "partnerkit" / "standing.sqlite"


PARTNER = "records/partnerships/tidewater-rowing-club.yaml"
AGREEMENT = "records/agreements/tidewater-rowing-club-2026.yaml"


def test_what_was_edited_when_it_was_first_judged_is_still_found_by_what_it_belongs_to(few, tmp_path):
    """A record of which nothing is kept is one that others may ask for all the same."""
    root = tmp_path / "register"
    copied(few, root)
    place = Place(root, day=None)
    for path, times in ((AGREEMENT, 1), (PARTNER, 1), (PARTNER, 2)):
        with (root / path).open("a", encoding="utf-8") as file:
            file.write(f"# {times}\n")
        assert check(place) == check(place, "--no-cache"), path
    place.git("checkout", "-q", "--", ".")
    assert check(place) == check(place, "--no-cache")


def test_what_another_record_says_of_a_moment_to_come_is_asked_again_when_it_has(register, monkeypatch):
    path = register.root / AGREEMENT
    moments = re.findall(r"at: (\S+Z)", path.read_text(encoding="utf-8"))
    soon = (datetime.now(UTC) + timedelta(minutes=5)).strftime("%Y-%m-%dT%H:%M:%SZ")
    path.write_text(path.read_text(encoding="utf-8").replace(max(moments), soon), encoding="utf-8")
    register.git("commit", "-q", "-a", "--no-verify", "-m", "a clock that is ahead")
    assert check(register) == check(register, "--no-cache")
    _minutes_pass(monkeypatch, 6)
    assert check(register) == check(register, "--no-cache")


@pytest.mark.parametrize("seed", range(examples(1)))
def test_whatever_changed_it_says_what_it_says_of_everything(register, anew, monkeypatch, seed):
    """What is kept was found part by part, by one process or two; at every third change nothing is kept, and they judge everything."""
    changing = Changing(register.root, seed)
    _days_pass(monkeypatch, changing)
    done: list[str] = []
    answers = _answers(monkeypatch)
    for step in range(10):
        done.append(changing.once())
        if step % 3 == 0:
            index(register).unlink(missing_ok=True)
        _among(monkeypatch, 1 + step % 2)
        found = check(register)
        _among(monkeypatch, 0)
        assert found == check(register, "--no-cache"), done
    assert any(len(ids) < 10 for ids in anew)
    assert any(answers)


def test_what_is_no_plain_file_is_found_as_by_a_look_at_each(register):
    path, folder = register.root / PARTNER, (register.root / PARTNER).parent
    new = folder / "new-one.yaml"
    steps: dict[str, Callable[[], object]] = {
        "executable": lambda: path.chmod(0o755),
        "and staged": lambda: register.git("add", "-A"),
        "and committed": lambda: register.git("commit", "-q", "--no-verify", "-m", "executable"),
        "plain": lambda: path.chmod(0o644),
        "modes that do not count": lambda: register.git("config", "core.fileMode", "false"),
        "executable, unseen": lambda: path.chmod(0o755),
        "back": lambda: register.git("reset", "-q", "--hard", "HEAD~1"),
        "a link": lambda: new.symlink_to(path.name),
        "a pipe": lambda: (new.unlink(), os.mkfifo(new)),
        "a pipe in the place of a record": lambda: (new.unlink(), path.unlink(), os.mkfifo(path)),
        "a folder there": lambda: (path.unlink(), path.mkdir()),
        "with a file": lambda: path.joinpath("a.yaml").write_text("kind: partnership\n"),
        "a file that git ignores": lambda: (register.root / ".git/info/exclude").write_text("*.yaml\n"),
        "executable, ignored": lambda: path.joinpath("a.yaml").chmod(0o755),
        "a repository": lambda: path.joinpath(".git").mkdir(),
        "nothing of it": lambda: shutil.rmtree(folder),
    }
    for name, step in steps.items():
        step()
        assert check(register) == check(register, "--no-cache"), name


def _among(monkeypatch: pytest.MonkeyPatch, processes: int) -> None:
    """So many processes judge, and each holds so few records at a time that all of them come to some; 0: all at once."""
    monkeypatch.setattr(in_parts, "_MANY", 0 if processes else 1_000)
    for one in (in_parts, reading_ahead):
        monkeypatch.setattr(one, "AT_ONCE", 2)
    monkeypatch.setattr(in_parts, "processes", lambda: processes)


def _answers(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Of each other process whether it told anything of records."""
    found: list[bool] = []
    heard = _Share.heard

    def noted(share: _Share[Any], told: Any) -> object:
        found.append(bool(told[0]))
        return heard(share, told)

    monkeypatch.setattr(_Share, "heard", noted)
    return found


def _breaks(register: Place) -> None:
    """Something is wrong with one record, another cannot be read, and two hold the same statement."""
    path = register.root / PARTNER
    text = path.read_text(encoding="utf-8")
    path.with_name("a-copy.yaml").write_text(re.sub(r"(?m)^id: .*$", "id: a-copy", text), encoding="utf-8")
    path.write_text(text.replace("name: ", "name: Another "), encoding="utf-8")
    agreement = register.root / AGREEMENT
    agreement.write_text(agreement.read_text(encoding="utf-8").replace("stage:", "stages:"), encoding="utf-8")


@pytest.mark.parametrize("words", [(), ("--base", "HEAD~1"), ("--base", "HEAD~1", "--head", "HEAD")])
def test_several_processes_find_what_one_finds(register, monkeypatch, words):
    _breaks(register)
    if "--head" in words:
        register.git("add", "-A")
        register.git("commit", "-q", "--no-verify", "-m", "an edit")
    _among(monkeypatch, 0)
    one = check(register, "--no-cache", *words)
    assert {"unknown-key", "statement-repeated"} <= {found["code"] for found in json.loads(one.out)["findings"]}
    _among(monkeypatch, 3)
    answers = _answers(monkeypatch)
    assert check(register, "--no-cache", *words) == one
    assert any(answers)
    _among(monkeypatch, 1)
    assert check(register, "--no-cache", *words) == one


def test_what_a_process_was_about_to_tell_as_it_ended_is_found_all_the_same(register, monkeypatch):
    _breaks(register)
    _among(monkeypatch, 0)
    one = check(register, "--no-cache")
    _among(monkeypatch, 2)
    monkeypatch.setattr(_Share, "told", lambda *_given: os.kill(os.getpid(), signal.SIGKILL))
    answers = _answers(monkeypatch)
    assert check(register) == one
    assert not answers


def _days_pass(monkeypatch: pytest.MonkeyPatch, changing: Changing) -> None:
    """The clock of the command goes on as the register's days do."""
    clock(monkeypatch, lambda: timedelta(days=changing.days))


def _minutes_pass(monkeypatch: pytest.MonkeyPatch, minutes: int) -> None:
    clock(monkeypatch, lambda: timedelta(minutes=minutes))


def test_an_edit_has_its_record_judged_and_what_rests_on_it(register, anew):
    path = next((register.root / "records" / "reviews").glob("*.yaml"))
    path.write_text(path.read_text(encoding="utf-8") + "# a word more\n", encoding="utf-8")
    check(register)
    (ids,) = anew
    assert path.stem in ids
    assert len(ids) < 6


def test_what_is_kept_elsewhere_or_torn_is_not_believed(register, anew):
    """Every row says that nothing is wrong, and others could have written it; then it is no database at all."""
    path = next((register.root / "records" / "partnerships").glob("*.yaml"))
    path.write_text(path.read_text(encoding="utf-8").replace("stage:", "stages:"), encoding="utf-8")
    register.git("commit", "-q", "-a", "--no-verify", "-m", "an edit")
    true = check(register, "--no-cache")
    assert true.code == 1
    with closing(sqlite3.connect(index(register))) as base, base:
        base.execute("UPDATE tree SET told = json_set(told, '$[0]', ?)", (register.git("rev-parse", "HEAD").strip(),))
        oid = register.git("rev-parse", "HEAD:records").strip()
        base.execute("UPDATE tree SET told = json_set(told, '$[1]', ?)", (oid,))
    index(register).chmod(0o666)
    assert check(register) == true
    assert not anew
    index(register).chmod(0o600)
    index(register).write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000)
    (register.root / ".git" / "partnerkit" / "verdicts.sqlite").unlink()
    assert check(register) == true
    assert not anew


def test_a_file_at_which_git_was_told_not_to_look_is_looked_at(register):
    path = next((register.root / "records" / "partnerships").glob("*.yaml"))
    register.git("update-index", "--assume-unchanged", str(path))
    path.write_text(path.read_text(encoding="utf-8").replace("stage:", "stages:"), encoding="utf-8")
    assert check(register) == check(register, "--no-cache")
    assert check(register).code == 1


def test_what_was_edited_while_it_was_judged_leaves_what_was_kept_as_it_was(register, monkeypatch):
    with (register.root / PARTNER).open("a", encoding="utf-8") as file:
        file.write("# a word more\n")
    register.git("commit", "-q", "-a", "--no-verify", "-m", "an edit")
    before, asked = told_of(register), known_place.Place.is_as_it_was
    agreement = register.root / AGREEMENT
    text = agreement.read_text(encoding="utf-8")

    def edited(place: known_place.Place) -> bool:
        agreement.write_text(text.replace("stage:", "stages:"), encoding="utf-8")
        return asked(place)

    monkeypatch.setattr(known_place.Place, "is_as_it_was", edited)
    assert check(register).code == 0
    assert told_of(register) == before
    monkeypatch.setattr(known_place.Place, "is_as_it_was", asked)
    assert check(register) == check(register, "--no-cache")
    assert check(register).code == 1
    agreement.write_text(text, encoding="utf-8")
    assert check(register) == check(register, "--no-cache")
    assert told_of(register) != before


def told_of(place: Place) -> list[tuple[str]]:
    """Of which tree something is kept."""
    with closing(sqlite3.connect(index(place))) as base:
        return base.execute("SELECT told FROM tree").fetchall()


_DAY = date(2026, 5, 10)


@pytest.mark.parametrize(
    ("asked", "until"),
    [
        (lambda day: day < date(2026, 6, 1), date(2026, 6, 1)),
        (lambda day: date(2026, 6, 1) >= day, date(2026, 6, 1)),
        (lambda day: day > date(2026, 4, 1), None),
        (lambda day: date(2026, 4, 1) == day, None),
        (lambda day: day == _DAY, date(2026, 5, 11)),
        (lambda day: max(day, date(2026, 7, 1)), date(2026, 7, 1)),
        (lambda day: (date(2026, 6, 1) - day).days, date(2026, 5, 11)),
        (lambda day: day + timedelta(days=3), date(2026, 5, 11)),
        (lambda day: f"{day}", date(2026, 5, 11)),
        (lambda day: day.year, date(2026, 5, 11)),
        (lambda day: {day: 1}, date(2026, 5, 11)),
    ],
)
def test_a_day_hears_until_when_what_it_is_asked_is_answered_so(asked, until):
    told: list[date] = []
    heard = asked(HeardDay.of(_DAY, told.append))
    assert min(told, default=None) == until
    assert heard == asked(_DAY)
