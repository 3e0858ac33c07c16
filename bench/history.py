"""A long history of many records, legal from beginning to end, written by one `git fast-import`."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bench.register import Made, environment
from partnerkit.jobs.desk import Desk, seeded
from partnerkit.jobs.statements import Voice, entry, statement, with_entry, with_statement
from partnerkit.register import Register
from partnerkit.store.git.repository import Git
from partnerkit.store.git.trees import WorkingTree
from partnerkit.store.load import load
from partnerkit.store.yaml import emit

#: A record takes so many commits from its proposal to its assessment.
COMMITS_EACH = 5

#: So many records are under way at a time: each commit touches another one than the commit before.
UNDER_WAY = 50

_BEGAN = datetime(2026, 1, 6, 9, tzinfo=UTC)
_MINUTE = timedelta(minutes=1)


#: So many records of a register have the whole of their history in commits; the rest landed in parcels of so many.
WALKED, PARCEL = 200, 250


def make(root: Path, commits: int) -> Made:
    """A register with a history of so many commits, over a fifth as many partnerships."""
    made, register = _begun(root, commits // COMMITS_EACH)
    _import(root, ([version] for version in _versions(register, made.records)))
    return _ended(made)


def register_of(root: Path, records: int) -> Made:
    """A register of so many partnerships in assessment: the first ones walked there, the rest landed there at once.

    It is made in seconds, for only the last version of most records is written.
    """
    made, register = _begun(root, records)
    _import(root, _landings(register, records))
    return _ended(made)


def _begun(root: Path, records: int) -> tuple[Made, Register]:
    root.mkdir(parents=True)
    subprocess.run(["git", "init", "-q", "-b", "main", str(root)], env=environment(), check=True)
    made = Made(root, records, {f"GIT_{who}_DATE": _BEGAN.isoformat() for who in ("AUTHOR", "COMMITTER")})
    roles = ("--role", "core-team", "--role", "partnership-manager")
    made.run("init", "--name", "Bench", "--policy", "OPS-05-03", "--person", "p-rosa", *roles)
    return made, load(WorkingTree(Git.discover(root))).demand()


def _ended(made: Made) -> Made:
    for words in (("reset", "-q", "--hard"), ("repack", "-q", "-a", "-d")):
        subprocess.run(["git", *words], cwd=made.root, env=environment(), check=True)
    return made


class _Clock:
    """Goes on by a minute with every commit."""

    now = _BEGAN

    def __call__(self) -> datetime:
        return self.now


#: Path, text and moment of one version of a record.
_Version = tuple[str, str, datetime]


def _landings(register: Register, records: int) -> Iterator[list[_Version]]:
    """What lands with each commit."""
    clock = _Clock()
    walked = min(records, WALKED)
    yield from ([version] for version in _versions(register, walked, clock))
    for start in range(walked, records, PARCEL):
        parcel = []
        for number in range(start, min(start + PARCEL, records)):
            *_, (path, data) = _walk(register, f"partner-{number}")(clock)
            parcel.append((path, emit.block(data), clock.now))
            clock.now += _MINUTE
        yield parcel


def _versions(register: Register, records: int, clock: _Clock | None = None) -> Iterator[_Version]:
    """Every version of every record, in the order in which they land."""
    clock = clock or _Clock()
    for start in range(0, records, UNDER_WAY):
        several = [_walk(register, f"partner-{number}") for number in range(start, min(start + UNDER_WAY, records))]
        for versions in zip(*(one(clock) for one in several), strict=True):
            for path, data in versions:
                yield path, emit.block(data), clock.now
                clock.now += _MINUTE


def _walk(register: Register, record_id: str) -> Any:
    """The versions of one partnership, each made when it is asked for."""

    def versions(clock: Any) -> Iterator[tuple[str, dict[str, Any]]]:
        path = f"records/partnerships/{record_id}.yaml"
        desk = Desk(Git.discover(Path.cwd()), clock, seeded(record_id))
        source = register.policies["OPS-05-03"]
        moves: dict[str, Any] = {"source": source, "kind": "partnership", "by": "p-rosa"}
        data: dict[str, Any] = {"format": 1, "kind": "partnership", "id": record_id, "policy": "OPS-05-03"}
        data |= {
            "stage": "proposed",
            "name": record_id.title(),
            "type": "corporate/technology/cloud-providers",
            "proposer": "p-rosa",
        }
        data = with_entry(data, entry(desk, register, data, type_="create", to="proposed", **moves))
        yield path, data
        objectives = [{"id": "o1", "text": "Free builds for every member", "supports": ["mutually-beneficial"]}]
        data = {**data, "objectives": objectives, "history": data["history"]}
        yield path, _in_order(data)
        voice = Voice("p-rosa")
        desk.look_at_clock()
        said = {"kind": "document", "ref": "https://files.example/proposal.pdf"}
        proposal = statement(desk, "evidence", "partnership-proposal", voice, said)
        data = with_statement(data, "evidence", proposal)
        yield path, _in_order(data)
        desk.look_at_clock()
        move = entry(desk, register, data, type_="move", to="assessment", uses=[proposal["id"]], **moves)
        data = with_entry(data, move)
        yield path, _in_order(data)
        desk.look_at_clock()
        said = {"kind": "link", "ref": "https://files.example/report.pdf", "outcome": "pass"}
        data = with_statement(data, "evidence", statement(desk, "evidence", "due-diligence", voice, said))
        yield path, _in_order(data)

    return versions


def _in_order(data: dict[str, Any]) -> dict[str, Any]:
    """History stands last in the file."""
    return {**{key: value for key, value in data.items() if key != "history"}, "history": data["history"]}


def _import(root: Path, landings: Iterable[list[_Version]]) -> None:
    process = subprocess.Popen(
        ["git", "fast-import", "--quiet", "--force"], cwd=root, env=environment(), stdin=subprocess.PIPE
    )
    if process.stdin is None:
        raise AssertionError("it was asked for a pipe")
    write = process.stdin.write
    parent = "from refs/heads/main^0\n"
    for landing in landings:
        who = f"Rosa <rosa@lighthouse.example> {landing[-1][2].timestamp():.0f} +0000"
        write(f"commit refs/heads/main\nauthor {who}\ncommitter {who}\ndata 4\nstep\n{parent}".encode())
        for path, text, _ in landing:
            raw = text.encode()
            write(f"M 100644 inline {path}\ndata {len(raw)}\n".encode() + raw + b"\n")
        parent = ""
    process.stdin.close()
    if process.wait() != 0:
        raise SystemExit("git fast-import failed")
