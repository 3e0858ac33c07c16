"""`audit` of what was audited before: it says what an audit of all says, whatever happened since."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from partnerkit.jobs.listening import listening
from partnerkit.register import SETTINGS_PATH, Register
from partnerkit.store.git.repository import Git
from partnerkit.store.moment import Moment
from partnerkit.store.replay import Replay
from partnerkit.store.verdict_cache import VerdictCache
from tests.place import Place
from tests.scenarios.cheat import commit, rewrite
from tests.scenarios.test_ways_round_the_audit import write

_LATER = "2999-01-01T00:00:00+00:00"


def kept(place: Place) -> Path:
    return place.root / ".git" / "partnerkit" / "verdicts.sqlite"


def standing(place: Place) -> dict[str, str]:
    """What is kept of records that stand."""
    return VerdictCache(kept(place)).stood(keys_of(place, "standing"))


def keys_of(place: Place, table: str) -> list[str]:
    """By what something is kept."""
    with closing(sqlite3.connect(kept(place))) as base:
        return [key for (key,) in base.execute(f"SELECT oid FROM {table}")]  # noqa: S608 - a word of this test


def told(place: Place, *words: str) -> dict[str, object]:
    """What an audit says, on no day set by hand."""
    place.day = None
    return {key: value for key, value in place.json("audit", *words).items() if key != "looked_at"}


def codes(found: dict[str, object]) -> set[str]:
    findings = found["findings"]
    assert isinstance(findings, list)
    return {one["code"] for one in findings}


def as_at_once(place: Place) -> dict[str, object]:
    """What is said again, after what was said before: the same as of all."""
    found = told(place)
    assert found == told(place) == told(place, "--full")
    return found


@pytest.mark.long
def test_commit_by_commit_all_is_said_that_is_said_at_once(at):
    """Each commit is audited when it lands, on what was kept of those before it."""
    place = at("ended")
    chain = place.git("rev-list", "--first-parent", "--reverse", "HEAD").split()
    assert len(chain) > 20
    for oid in chain:
        place.git("reset", "-q", "--hard", oid)
        again = told(place)
        if oid in chain[::-4]:  # what was kept wrongly before shows in these, too
            assert again == told(place, "--full"), oid
    assert len(standing(place)) >= 2


def test_what_is_kept_names_all_that_it_rests_on(at):
    """An agreement rests on its partnership: without it, it is judged anew."""
    place = at("active")
    told(place)
    below = [row[2]["acme"] for row in map(json.loads, standing(place).values()) if "acme" in row[2]]
    assert {path for path, _blob in below} == {"records/partnerships/acme.yaml"}
    place.path("acme").unlink()
    commit(place)
    assert "link-broken" in codes(as_at_once(place))


def test_evidence_that_is_altered_is_found_though_its_record_is_not(at):
    place = at("decided")
    assert as_at_once(place)["proven"]
    (file, *_) = sorted(one for one in (place.root / "records" / "evidence").rglob("*") if one.is_file())
    file.write_text("something else", encoding="utf-8")
    commit(place)
    assert "evidence-changed" in codes(as_at_once(place))


def test_a_copied_statement_is_found_though_its_first_home_is_not_judged_again(at):
    place = at("decided")
    place.do("new", "partnership", "Borealis", "type=cloud-providers")
    assert as_at_once(place)["proven"]
    evidence = json.dumps(place.json("show", "acme")["record"]["evidence"][:1])
    rewrite(place, "borealis", lambda data: data.update({"evidence": json.loads(evidence)}))
    commit(place)
    assert "statement-repeated" in codes(as_at_once(place))


def test_rules_that_changed_judge_all_anew(at):
    place = at("decided")
    assert as_at_once(place)["proven"]
    path = place.root / "records" / "people.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("p-timo:", "p-tamo:"), encoding="utf-8")
    commit(place)
    assert "person-unknown" in codes(as_at_once(place))


def test_what_was_clean_later_is_judged_anew_on_an_earlier_day(at):
    """A clock that is set back sees what is still to come; what was kept under a later one says nothing of that."""
    place = at("decided")
    told(place)
    late = {key: json.dumps([_LATER, *json.loads(row)[1:]]) for key, row in standing(place).items()}
    VerdictCache(kept(place)).add_standing(late.items())
    before = standing(place)
    assert as_at_once(place)["proven"]
    assert all(_LATER in row for row in before.values())
    assert not any(_LATER in row for row in standing(place).values())  # judged anew, and kept so


@pytest.mark.parametrize(
    "said", ["", "[" * 20_000 + "]" * 20_000, "{}", "[]", "null", "[1,2,3,4,5,6,7]", '["then",{},{},[],[],[0],false]']
)
def test_what_somebody_else_wrote_of_what_stands_is_passed_over(at, said):
    place = at("decided")
    first = told(place)
    cache = VerdictCache(kept(place))
    cache.add_standing((key, said) for key in keys_of(place, "standing"))
    assert told(place) == first
    assert all(row != said for row in standing(place).values())
    cache.keep([(key, said) for key in keys_of(place, "verdicts")])
    assert told(place) == first


@pytest.mark.parametrize("table", ["verdicts", "meanings", "standing", "sound"])
@pytest.mark.parametrize("torn", ["substr(body, 1, length(body) / 2)", "NULL", "x'00ff'", "'null'"])
def test_what_is_kept_and_torn_is_passed_over(at, table, torn):
    place = at("decided")
    first = told(place)
    with closing(sqlite3.connect(kept(place))) as base, base:
        base.execute(f"UPDATE {table} SET body = {torn}")  # noqa: S608 - words of this test
    assert told(place) == first
    place.do("set", "acme", "website=https://acme.example", day="2026-04-20")
    with closing(sqlite3.connect(kept(place))) as base, base:
        base.execute(f"UPDATE {table} SET body = {torn}")  # noqa: S608 - words of this test
    as_at_once(place)


def test_where_what_is_kept_ends_with_rules_that_nobody_can_read_all_is_judged_anew(at):
    """Nothing is kept of a commit that says it is still to come, so what is kept ends before it."""
    place = at("decided")
    settings = place.root / SETTINGS_PATH
    before = settings.read_bytes()
    settings.write_bytes(before.replace(b"format: 1\n", b"format: 2\n", 1))
    commit(place)
    settings.write_bytes(before)
    place.git("add", "-A")
    ahead = datetime.now(UTC) + timedelta(days=2)
    place.git("commit", "-q", "-m", "back", "--no-verify")
    raw = place.git("cat-file", "commit", "HEAD")
    when = re.search(r"(?m)^committer .*> (\d+) ", raw)
    assert when is not None
    raw = raw.replace(when[1], str(int(ahead.timestamp())))
    landed = place.git("hash-object", "-wt", "commit", "--stdin", stdin=raw.encode()).strip()
    place.git("reset", "-q", "--hard", landed)
    assert {"newer-format", "landed-in-future"} <= codes(as_at_once(place))


def test_only_what_stands_is_kept(at):
    """What no record of the latest commit goes by any more is gone."""
    place = at("decided")
    told(place)
    before = standing(place)
    place.do("set", "acme", "website=https://acme.example", day="2026-04-20")
    told(place)
    after = standing(place)
    assert len(after) == len(before)
    assert set(after) != set(before)


def test_all_of_it_judges_and_keeps_nothing(at):
    place = at("decided")
    told(place, "--full")
    assert not kept(place).exists()


@pytest.mark.parametrize("gone", ["records/partnerships/acme.yaml", "records/evidence"])
def test_a_file_that_git_lost_is_missed_though_it_was_judged_before(at, gone):
    place = at("decided")
    told(place)
    rows = place.git("ls-tree", "-r", "HEAD", "--", gone).splitlines()
    oid = rows[0].split()[2]
    place.lose(oid)
    said = place.run("audit")
    assert (said.code, oid in said.err) == (3, True)


def test_a_merge_of_what_stood_here_once_leaves_out_no_move(at):
    """A move that was on this line and was taken out by hand is told as that, wherever the audit begins."""
    place = at("decided")
    place.do("advance", "acme", day="2026-04-20")
    stood = place.git("rev-parse", "HEAD").strip()
    rewrite(place, "acme", lambda data: data["history"].pop())
    commit(place)
    told(place)
    merged = place.git("commit-tree", "HEAD^{tree}", "-p", "HEAD", "-p", stood, "-m", "Merge what is here").strip()
    place.git("reset", "-q", "--hard", merged)
    found = codes(as_at_once(place))
    assert "entry-removed" in found
    assert "merge-dropped" not in found


def test_of_commits_of_one_second_the_first_is_named_wherever_the_audit_begins(at):
    place = at("decided")

    last = int(place.git("log", "-1", "--format=%ct"))

    def lands(clock: int) -> str:
        when = f"{clock} +0000"
        tree = place.git("rev-parse", "HEAD^{tree}").strip()
        text = f"tree {tree}\nparent {place.git('rev-parse', 'HEAD').strip()}\nauthor r <r@x> {when}\n"
        raw = f"{text}committer r <r@x> {when}\n\nsomething else\n".encode()
        landed: str = place.git("hash-object", "-wt", "commit", "--stdin", stdin=raw).strip()
        place.git("reset", "-q", "--hard", landed)
        return landed

    first, *_rest = [lands(last + 1) for _ in range(6)]
    told(place)
    lands(last - 100_000)
    findings = as_at_once(place)["findings"]
    assert isinstance(findings, list)
    assert [(one["code"], first[:12] in one["message"]) for one in findings] == [("landed-backdated", True)]


def test_a_record_that_cannot_be_read_is_said_again(at):
    place = at("decided")
    told(place)
    write(place, "records/partnerships/acme.yaml", place.text("acme") + "x: [\n")
    commit(place)
    first = as_at_once(place)
    assert "yaml-syntax" in codes(first)
    place.do("new", "partnership", "Borealis", "type=cloud-providers", day="2026-04-20")
    assert codes(as_at_once(place)) == codes(first)


def test_every_question_that_a_register_answers_is_heard(at):
    """What is new in a register must be heard too, or be among the rules, by which all is kept."""
    place = at("decided")
    replay = Replay.from_commit(Git.discover(place.root), place.git("rev-parse", "HEAD").strip())
    register = replay.now()
    assert isinstance(register, Moment)
    listens, heard = listening(register)
    by_rules = {"settings", "roster", "policies", "rules"}
    for one in fields(Register):
        if one.name in by_rules:
            continue
        assert getattr(listens, one.name) is not getattr(register, one.name) or one.name in {"ids_of", "mentioning"}, (
            one.name
        )
    assert not heard.more
    for ask in (
        lambda: listens.linked("acme", "agreement"),
        lambda: list(listens.of_kind(None)),
        lambda: list(listens.of_kind("agreement")),
        lambda: listens.naming("acme", "agreement", "partnership"),
        lambda: len(listens.records),
        lambda: listens.former("records/policies/OPS-05-03.yaml"),
        lambda: listens.reads("records/people.yaml"),
        lambda: list(listens.earlier("records/people.yaml")),
        lambda: listens.drafted("records/people.yaml"),
        lambda: listens.signed({}),
        lambda: list(listens.broken),
        lambda: len(listens.broken),
        lambda: None in listens.records,
    ):
        heard.begin()
        ask()
        assert heard.beyond or heard.files
    heard.begin()
    assert "acme" in listens.records
    assert "nobody" not in listens.broken
    assert listens.digests("records/people.yaml")
    assert (heard.files, heard.others, heard.beyond) == ({"records/people.yaml"}, {"acme", "nobody"}, False)
