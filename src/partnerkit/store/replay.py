"""History replayed: the register before and after every commit that landed, each file read once."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from partnerkit.dataclass import dataclass, field
from partnerkit.errors import CannotWorkError
from partnerkit.findings import Finding
from partnerkit.kinds.expunging import Listed
from partnerkit.register import SETTINGS_PATH, PolicyFile, RecordFile, Register
from partnerkit.rules.commands import log_of
from partnerkit.steps import Commit, Step
from partnerkit.store import merges
from partnerkit.store.batches import in_batches, wanted
from partnerkit.store.checked import Models
from partnerkit.store.git.blobs import read_blobs
from partnerkit.store.git.entries import READABLE, Entry
from partnerkit.store.git.repository import Git
from partnerkit.store.git.trees import CommitTree, digest_of
from partnerkit.store.git.walk import Changed, Walked, versions_of
from partnerkit.store.landed_step import Landed
from partnerkit.store.layout import among_rules, counts, layout, one_id, strays
from partnerkit.store.ledger import Ledger
from partnerkit.store.load import former_of
from partnerkit.store.moment import Moment, Then
from partnerkit.store.record_paths import RECORDS, folder_kind, id_of
from partnerkit.store.rule_files import RuleFiles, read_rules
from partnerkit.store.signatures import look_ahead, of_statement
from partnerkit.store.sound import Judged


@dataclass
class Replay:
    """A register as it goes through its history.

    Attributes:
        git: the repository.
        ledger: the records as they are now.
        files: every file of the records folder as it is now.
        rules: the rules in force now: the last ones that could be read; None before there was a register.
        alone: whether it is asked which files went away before it began; else somebody else goes through that.
        went: the ids of files that went away since.
        taken_for_new: the ids that are taken for new ones: as far as was asked, none had a file before it began.
    """

    git: Git
    ledger: Ledger
    files: dict[str, Entry] = field(default_factory=dict)
    rules: RuleFiles | None = None
    alone: bool = True
    went: set[str] = field(default_factory=set)
    taken_for_new: set[str] = field(default_factory=set)
    _digests: dict[str, str | None] = field(default_factory=dict)
    _had: dict[str, set[str]] = field(default_factory=dict)
    _said: dict[str, list[PolicyFile]] = field(default_factory=dict)
    _said_before: Callable[[str], list[PolicyFile]] = lambda _path: []
    _began: str | None = None
    _at: str | None = None
    _once: set[str] | None = None

    @classmethod
    def from_commit(
        cls, git: Git, oid: str | None, later: Mapping[str, Listed] | None = None, judged: Judged | None = None
    ) -> Replay:
        """Begin with the tree of a commit; with nothing where None.

        Args:
            git: the repository.
            oid: the commit.
            later: the expungings that records list in the end, by the record's id (see `expunged.expunged_in`).
            judged: knows of rule files of that tree that need not be judged again; without it all are.
        """
        ledger = Ledger(lambda oids: read_blobs(git, oids), later)
        if oid is None:
            return cls(git, ledger)
        found = cls(git, ledger, CommitTree(git, oid).files(RECORDS), _began=oid, _at=oid)
        found._said_before = former_of(CommitTree(git, oid))
        if SETTINGS_PATH in found.files:
            rules = found._read_rules(judged)
            found.rules = rules if rules.whole else None
        found.ledger.models = Models(found.rules.policies if found.rules else {})
        for path, entry in found.files.items():
            found.ledger.place(path, entry)
        return found

    @classmethod
    def from_middle(
        cls, git: Git, oid: str, later: Mapping[str, Listed] | None = None, judged: Judged | None = None
    ) -> Replay | None:
        """Begin as `from_commit` does; None where rules stand there that cannot be read: then only the past can say."""
        with contextlib.suppress(CannotWorkError):
            found = cls.from_commit(git, oid, later, judged)
            return None if found.lacks_rules else found
        return None

    def blobs(self) -> list[str]:
        """The blobs of all files of the tree as it is now."""
        return [one.oid for one in self.files.values() if one.oid is not None]

    def unreadable(self, but: Collection[tuple[str, str]] = ()) -> bool:
        """Whether a record of the tree from which it begins cannot be read; `but` those known to be (path and blob)."""
        return bool(self.ledger.unreadable(but))

    @property
    def lacks_rules(self) -> bool:
        """Whether nothing can be judged from here on, though there is or was a register: its rules cannot be read."""
        if self.rules is not None or self._began is None:
            return False
        return bool(versions_of(self.git, self._began, SETTINGS_PATH))

    def through(self, oids: Sequence[str]) -> Iterator[Landed]:
        """Go through commits of the first-parent chain, oldest first; each result counts until the next one is asked.

        Raises:
            CannotWorkError: git lacks an object.
        """
        batches = in_batches(self.git, oids)
        for batch in self._each_before_the_next(batches):
            look_ahead(commits=(one.commit for one in batch if any(counts(file.path) for file in one.changes)))
            for walked in batch:
                yield self.land(walked)

    def _each_before_the_next(self, batches: Iterator[list[Walked]]) -> Iterator[list[Walked]]:
        """Each batch, when what the next one brings is under way."""
        batch = next(batches, None)
        self.ledger.expect(wanted(batch or []))
        while batch is not None:
            following = next(batches, None)
            self.ledger.expect(wanted(following or []))
            yield batch
            batch = following

    def now(self) -> Moment | None:
        """The register as it is now."""
        return self._moment(self.rules, self.ledger, self.digest, self._reads) if self.rules else None

    def digest(self, path: str) -> str | None:
        """Return `sha256:<hex>` of a file as it is now; None where there is none."""
        if not path.startswith(RECORDS) and self._at is not None:
            return CommitTree(self.git, self._at).digest(path)
        return self._digest(self.files.get(path))

    def _reads(self, path: str, commit: str | None = None) -> bytes | None:
        """The bytes of a file as it is now; outside of the records folder, as it is in a commit."""
        there = commit or self._at
        if not path.startswith(RECORDS) and there is not None:
            return CommitTree(self.git, there).read(path)
        return self._bytes(self.files.get(path))

    def _bytes(self, entry: Entry | None) -> bytes | None:
        if entry is None or entry.oid is None or entry.mode not in READABLE:
            return None
        return read_blobs(self.git, [entry.oid])[entry.oid]

    def land(self, walked: Walked) -> Landed:
        """The next commit lands: the step that it is, and what could not be read of it."""
        ids = {id_of(one.path) for one in walked.changes if folder_kind(one.path) and one.path.endswith(".yaml")}
        stood = {one.path: self.files.get(one.path) for one in walked.changes}
        touched = any(among_rules(path) for path in stood)
        before_rules, lay = self.rules, self.ledger.unreadable() if touched else set[str]()
        olds = {one: self._latest(one) for one in ids | lay}
        self._at = walked.commit.oid
        for one in walked.changes:
            self._put(one)
        findings = layout({path: self.files[path] for path in stood if path in self.files})
        for one in walked.changes:
            self.ledger.place(one.path, self.files.get(one.path))
        findings += [one_id(record, paths, stood) for record, paths in self.ledger.twice(ids)]
        if touched:
            findings += [*self._change_rules(), *self.ledger.read_all()]
        findings += self.ledger.read(ids)
        ids |= {one for one in lay if one in self.ledger}  # other rules made it readable: it counts from now on
        beside = list(merges.begun_beside(self.git, walked)) if before_rules is None and self.rules is not None else []
        beside += merges.rules_dropped(self.git, walked, self._had)
        step = self._step(walked, before_rules, {one: olds[one] for one in ids}, stood)
        evidence = self._resting_on({path for path, entry in stood.items() if entry is not None})
        aside = list(merges.records_aside(self.git, walked, self._had, self.ledger))
        unread = touched and self.rules is before_rules
        stray = strays(findings, lambda one: olds[one] if one in olds else self._latest(one), unread=unread)
        return Landed(walked, step, ids, evidence, findings, stray, aside, beside)

    def _resting_on(self, paths: set[str]) -> set[str]:
        """The records of which some evidence is one of these files."""
        if all(folder_kind(path) or among_rules(path) for path in paths):
            return set()
        return self.ledger.resting_on(paths)

    def _latest(self, record_id: str) -> RecordFile | None:
        """A record before a step; where it is gone or cannot be read, its last version that could be."""
        found = self.ledger.latest(record_id)
        if found is None and self._began is not None and self._was_there(record_id, self._began):
            blobs = versions_of(self.git, self._began, f"{RECORDS}**/{record_id}.yaml")
            return self.ledger.first_readable(record_id, blobs)
        return found

    def _was_there(self, record_id: str, began: str) -> bool:
        """Whether an id had a file on the main line before the replay began: most of those that come later had none."""
        if self._once is None:
            from partnerkit.store.gone import Gone  # noqa: PLC0415 - only a record that is new is asked for

            went = Gone(self.git).before(began) if self.alone else set[str]()
            self._once = went.union(map(id_of, CommitTree(self.git, began).files(RECORDS)))
        if record_id not in self._once:
            self.taken_for_new.add(record_id)
        return record_id in self._once

    def _put(self, changed: Changed) -> None:
        if changed.oid is not None:
            self._had.setdefault(changed.path, set()).add(changed.oid)
        if changed.mode is None:
            self.went.add(id_of(changed.path))
            self.files.pop(changed.path, None)
        else:
            self.files[changed.path] = Entry(changed.mode, changed.oid)

    def _step(
        self,
        walked: Walked,
        rules: RuleFiles | None,
        olds: Mapping[str, RecordFile | None],
        stood: Mapping[str, Entry | None],
    ) -> Step | None:
        after = self.now()
        if after is None:
            return None
        before = None
        if rules is not None:
            then = Then(self.ledger, olds)
            before = self._moment(
                rules,
                then,
                lambda path: self._digest(stood[path]) if path in stood else self.digest(path),
                lambda path: self._bytes(stood[path]) if path in stood else self._reads(path, walked.commit.parents[0]),
            )
        by = landed_by(walked.commit, before) if before is not None else None
        return Step(before, after, walked.commit.at, by)

    def _moment(
        self,
        rules: RuleFiles,
        records: Ledger | Then,
        digests: Callable[[str], str | None],
        reads: Callable[[str], bytes | None],
    ) -> Moment:
        if rules.settings is None or rules.roster is None:
            raise AssertionError("rules in force were read whole")
        known = (rules.settings, rules.roster, rules.policies)
        broken = self.ledger.broken if records is self.ledger else frozenset[str]()
        return Moment(*known, records, digests, rules.digests, None, broken, self._former, of_statement, reads)

    def _former(self, path: str) -> list[PolicyFile]:
        """What a policy said in the commits that landed so far, latest first."""
        return [*reversed(self._said.get(path, [])), *self._said_before(path)]

    def _change_rules(self) -> list[Finding]:
        """Take the rules as they are now; those that could not be read leave the last ones in force."""
        try:
            found = self._read_rules()
        except CannotWorkError as newer:
            return [Finding("newer-format", f"{newer}; it was not understood, and what stood before it still judges")]
        message = "it is gone, and without it nobody can say what is legal"
        absent = [Finding("file-missing", message, file=path) for path in found.absent]
        if found.whole and not absent:
            self.rules = found
            for source in found.policies.values():
                self._said.setdefault(source.path, []).append(source)
            self.ledger.change_models(Models(found.policies))
        if self.rules is None and SETTINGS_PATH not in self.files:
            return []
        return [*found.findings, *absent, *found.disagreements(log_of)]

    def _read_rules(self, judged: Judged | None = None) -> RuleFiles:
        return read_rules(self.files, self._fetch, judged)

    def _fetch(self, paths: Iterable[str]) -> dict[str, bytes]:
        wanted = {path: self.files[path] for path in paths if path in self.files}
        oids = {path: entry.oid for path, entry in wanted.items() if entry.mode in READABLE and entry.oid}
        blobs = read_blobs(self.git, oids.values())
        return {path: blobs[oid] for path, oid in oids.items()}

    def _digest(self, entry: Entry | None) -> str | None:
        if entry is None or entry.oid is None:
            return None
        if entry.oid not in self._digests:
            self._digests[entry.oid] = digest_of(self._bytes(entry))
        return self._digests[entry.oid]


def landed_by(commit: Commit, before: Register) -> frozenset[str]:
    """The people whose addresses a commit has: its author's, and that of whoever committed it."""
    roster = before.roster
    addresses = {one for one in (commit.author, commit.committer) if not roster.is_shared(one)}
    return frozenset(person for one in addresses for person in roster.people_of(one))
