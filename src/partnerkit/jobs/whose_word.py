"""Whose word it is that a change brings: what statements, withdrawals and entries say, beside who commits them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from partnerkit.dataclass import dataclass
from partnerkit.errors import CannotWorkError
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.witnesses import sealed, witnessed_by
from partnerkit.kinds.canonical import same
from partnerkit.kinds.statements import STATEMENT_LISTS, core
from partnerkit.register import RecordFile, Register
from partnerkit.reviewing.told import Eye
from partnerkit.rules.assurance import Witness, level_of, said_in
from partnerkit.rules.compared import new_entries
from partnerkit.steps import Commit, Live, statements
from partnerkit.store.git.blobs import read_blobs
from partnerkit.store.git.repository import Git
from partnerkit.store.git.walk import landed_since, walk
from partnerkit.store.record_paths import RECORDS
from partnerkit.store.yaml.reader import read

Pair = tuple[RecordFile | None, RecordFile]


@dataclass(frozen=True, slots=True)
class _Word:
    """What a change brings and says that somebody did it.

    Attributes:
        id: by what it is known again in an earlier version of its file.
        words: which one it is.
        did: what it says that they did: a key of `_SAYS`.
        by: who.
        raw: as it is written.
        said: the statement, where it says whose word that is.
    """

    id: str
    words: str
    did: str
    by: str
    raw: Mapping[str, Any]
    said: Live | None = None

    def is_theirs(self, witness: Witness, rules: Register) -> bool:
        """Whether who commits it is the one of whom it says so."""
        level = level_of(self.said, witness, rules) if self.said is not None else witness.level(self.by)
        return level != "claimed"


#: What one thing, and several, say that somebody did.
_SAYS = {
    "said": ("says that it is the word of", "say that they are the word of"),
    "recorded": ("says that it was recorded by", "say that they were recorded by"),
    "withdrew": ("says that it was withdrawn by", "say that they were withdrawn by"),
    "made": ("says that it was made by", "say that they were made by"),
}


def would_commit(desk: Desk, rules: Register) -> Witness:
    """What a commit would show, were it made now: whom git gives, through the roster."""
    try:
        email = desk.git.identity().email
    except CannotWorkError:
        return Witness(None, None, desk.now)
    known = rules.roster.people_of(email)
    return Witness(known[0] if len(known) == 1 and not rules.roster.is_shared(email) else None, None, desk.now)


def words_of_others(
    git: Git, ends: tuple[str | None, str | None], brought: Sequence[Pair], rules: Register, waiting: Witness | None
) -> dict[str, list[Eye]]:
    """What is new in records and says that it is of somebody who does not commit it, by record.

    Args:
        git: the repository.
        ends: the commits between which they came; from the beginning where the first is None.
        brought: the records before and after.
        rules: the register whose roster says whose an address or a key is: that before the branch.
        waiting: who would commit what is not committed; None where all is.
    """
    words = {new.path: list(_words(old, new)) for old, new in brought}
    commits = _commits(git, ends, words, all_landed=waiting is None)
    witnesses = {oid: witnessed_by(one, rules, sealed(one, rules)) for oid, one in _by_oid(commits.values())}
    found: dict[str, list[Eye]] = {}
    for _old, new in brought:
        told: dict[tuple[str, str, str], list[str]] = defaultdict(list)
        for one in words[new.path]:
            commit = commits.get((new.path, one.id))
            witness = witnesses[commit.oid] if commit is not None else waiting
            if witness is not None and not one.is_theirs(witness, rules):
                told[one.did, one.by, _whose(commit, witness)].append(one.words)
        found[new.id] = [Eye("word-of-another", new.id, _told(names, *key)) for key, names in told.items()]
    return found


def _words(old: RecordFile | None, new: RecordFile) -> Iterator[_Word]:
    for one in said_in(old, new):
        said = one.said
        words, raw = f"{said.id} for {said.requirement}", core(one.raw)
        if said.recorded_by is not None and said.recorded_by != said.by:
            yield _Word(said.id, words, "recorded", said.recorded_by, raw)
        else:
            yield _Word(said.id, words, "said", said.by, raw, one)
    stood = {one.said.id for one in statements(old) if one.said.withdrawn is not None} if old is not None else set()
    for one in statements(new):
        if one.said.withdrawn is not None and one.said.id not in stood:
            words = f"{one.said.id} for {one.said.requirement}"
            yield _Word(_taken_back(one.said.id), words, "withdrew", one.said.withdrawn.by, one.raw["withdrawn"])
    start = new_entries(old)
    for entry, raw in zip(new.model.history[start:], new.data["history"][start:], strict=True):
        way = f"{entry.from_} → {entry.to}" if entry.from_ else entry.to
        yield _Word(entry.id, f"entry {entry.seq} ({way})", "made", entry.by, raw)


def _taken_back(statement: str) -> str:
    return f"{statement}/withdrawn"


def _told(names: list[str], did: str, by: str, whose: str) -> str:
    many = len(names) > 1
    return f"{', '.join(names)} {_SAYS[did][many]} {by}; {whose.format(it='them' if many else 'it')}"


def _whose(commit: Commit | None, witness: Witness) -> str:
    """Who commits it, in words; `{it}` stands for what."""
    if commit is None:
        return f"who works here, and would commit {{it}}, is {witness.author or 'nobody whom the roster knows'}"
    if len(commit.parents) > 1:
        return "the commit that brings {it} is a merge"
    who = witness.signer or witness.author or "nobody whom the roster knew by that address"
    return f"the commit that brings {{it}} is by {who}"


def _by_oid(commits: Iterable[Commit]) -> Iterable[tuple[str, Commit]]:
    return {one.oid: one for one in commits}.items()


def _commits(
    git: Git, ends: tuple[str | None, str | None], words: Mapping[str, list[_Word]], *, all_landed: bool
) -> dict[tuple[str, str], Commit]:
    """The commit since which each of these stands as it stands in the end, by path and id; none where none has it."""
    base, head = ends
    if head is None:
        return {}
    versions = [
        (step.commit, one.path, one.oid)
        for step in walk(git, landed_since(git, head, base, (RECORDS,)), RECORDS)
        for one in step.changes
        if words.get(one.path) and one.oid is not None
    ]
    last = {path: oid for _commit, path, oid in versions} if all_landed else {}
    blobs = read_blobs(git, [oid for _commit, path, oid in versions if oid != last.get(path)])
    found: dict[tuple[str, str], Commit] = {}
    for commit, path, oid in versions:
        there = None if oid == last.get(path) else _there(blobs[oid], path)  # as it ends, all of it stands
        for one in words[path]:
            if there is not None and (one.id not in there or not same(there[one.id], one.raw)):
                found.pop((path, one.id), None)
            else:
                found.setdefault((path, one.id), commit)
    return found


def _there(raw: bytes, path: str) -> dict[str, dict[str, Any]]:
    """The statements, entries and withdrawals that a file holds, by id; none where nobody can read it."""
    document, _findings = read(raw, path)
    lists = [document.data.get(group) for group in (*STATEMENT_LISTS, "history")] if document is not None else []
    items = [one for each in lists if isinstance(each, list) for one in each if isinstance(one, dict)]
    known = {one["id"]: one for one in items if isinstance(one.get("id"), str)}
    gone = {_taken_back(name): one["withdrawn"] for name, one in known.items() if "withdrawn" in one}
    return {**{name: core(one) for name, one in known.items()}, **gone}
