"""What was committed here made again on what others sent: every commit merged by what it says, and judged anew."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from partnerkit.dataclass import dataclass, field
from partnerkit.errors import CannotWorkError
from partnerkit.findings import Finding, has_errors, in_order
from partnerkit.jobs.contested import contested, file_contested
from partnerkit.jobs.corrected import as_put_back
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.offering import put_schemas
from partnerkit.jobs.people_given import demand_given_once
from partnerkit.jobs.remaking import as_made, demand_its_place, remade
from partnerkit.jobs.schemas import FOLDER as SCHEMAS
from partnerkit.jobs.who_lands import about_to_land
from partnerkit.kinds.canonical import same
from partnerkit.register import RecordFile
from partnerkit.rules.reconciled import Reconciled, reconcile
from partnerkit.rules.refused import Refused
from partnerkit.rules.standing import judge_register
from partnerkit.rules.steps import judge_step
from partnerkit.rules.verdict import Entered
from partnerkit.steps import Step
from partnerkit.store.commit.index import DURABLE
from partnerkit.store.commit.journal import Change, Held
from partnerkit.store.commit.moving import between
from partnerkit.store.commit.objects import made_again
from partnerkit.store.draft import Draft
from partnerkit.store.git.blobs import read_blobs
from partnerkit.store.git.history import between as landed_between
from partnerkit.store.git.history import landed, parent
from partnerkit.store.git.repository import Git
from partnerkit.store.git.threeway import merged_text
from partnerkit.store.git.trees import CommitTree
from partnerkit.store.layout import is_rule
from partnerkit.store.load import Loaded, load
from partnerkit.store.record_paths import RECORDS, record_id
from partnerkit.store.yaml.nodes import Document
from partnerkit.store.yaml.reader import read

#: How entries are made again: as they were made, at the moments they name, at this moment.
How = Literal["as made", "then", "now"]
_HOWS: tuple[How, ...] = ("as made", "then", "now")


@dataclass(frozen=True, slots=True)
class Again:
    """A commit that was made again: which it was, which it is now, the first line of its message."""

    was: str
    commit: str
    subject: str


@dataclass(frozen=True, slots=True)
class Left:
    """A commit that was not made again, and why."""

    commit: str
    subject: str
    findings: list[Finding]


@dataclass
class Reapplied:
    """What came of it.

    Attributes:
        head: the last commit of the line that was built.
        base: the commit from which both sides went on.
        theirs: the last commit that others sent.
        again: the commits that were made again, in order; those that were there already are none.
        left: those that were not.
        renamed: the new ids of entries that had to be others.
        settled: files that need not be made again.
    """

    head: str
    base: str
    theirs: str
    again: list[Again] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    renamed: dict[str, str] = field(default_factory=dict)
    settled: set[str] = field(default_factory=set)


def _differing(git: Git, one: str, other: str) -> set[str]:
    return {change.path for change in between(git, one, other)}


@dataclass
class _Made:
    """What a commit is to hold, path by path, and the new ids of its entries."""

    contents: dict[str, Held | bytes] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)


def reapply(desk: Desk, oids: list[str], onto: str, movers: Mapping[str, Entered]) -> Reapplied:
    """Make commits again on another, in order; those that cannot be are left out.

    Files that are, in the last of them, as they are there need nothing more: what was sent has come back, squashed.

    Args:
        desk: where and when.
        oids: the commits, oldest first.
        onto: the commit on which they are to stand.
        movers: the entries that others brought, by id.

    Raises:
        CannotWorkError: a file that is no record was changed here and there; nothing changed.
    """
    base = str(parent(desk.git, oids[0]))
    found = Reapplied(onto, base, onto, settled={*_differing(desk.git, base, oids[-1])})
    found.settled -= _differing(desk.git, onto, oids[-1])
    for oid in desk.each("commits made again", oids):
        subject = landed(desk.git, oid).subject
        try:
            new = _Commit(desk, oid, found, movers).again()
        except Refused as error:
            found.left.append(Left(oid, subject, error.findings))
            continue
        if new is not None:
            found.again.append(Again(oid, new, subject))
            found.head = new
    return found


class _Commit:
    """One commit, to be made again on another."""

    def __init__(self, desk: Desk, oid: str, line_: Reapplied, movers: Mapping[str, Entered]) -> None:
        self.desk, self.git = desk, desk.git
        self.base, self.theirs = line_.base, line_.theirs
        self.oid, self.onto, self.movers, self.renamed = oid, line_.head, movers, line_.renamed
        changes = between(desk.git, str(parent(desk.git, oid)), oid)
        self.changes = [one for one in changes if one.path not in line_.settled]
        self.tree = CommitTree(desk.git, self.onto)
        self.there = desk.read(self.tree)
        known = self.tree.files()
        stands = {one.path: known.get(one.path) for one in self.changes}
        self.stands: dict[str, Held] = {
            path: (entry.mode, entry.oid) if entry and entry.oid else None for path, entry in stands.items()
        }

    def again(self) -> str | None:
        """The commit made again; None where all of it is there already.

        Raises:
            Refused: it cannot be; says why.
        """
        errors: list[Finding] = []
        for how in _HOWS if self._moves() else _HOWS[:1]:
            made = self._made(how)
            oid = made_again(self.git, self.oid, self.onto, made.contents, made.renamed)
            errors = self._errors(oid) if oid is not None else []
            if not errors:
                self.renamed.update(made.renamed)
                return oid
        raise Refused("it is not legal where it would stand now", errors)

    def _moves(self) -> bool:
        """Whether it brings entries, which can be made in several ways."""
        return any(record_id(one.path) and one.old is not None and one.new is not None for one in self.changes)

    def _made(self, how: How) -> _Made:
        demand_given_once(self.desk, self.changes, self.oid, self.base, self.theirs)
        draft, made = Draft(self.there, self.tree), _Made()
        waiting: list[tuple[RecordFile, list[dict[str, Any]]]] = []
        generated = False
        for change in self.changes:
            stands = self.stands[change.path]
            if stands == change.after:
                continue
            versions = all((change.old, change.new, stands))
            if stands == change.before and not (how != "as made" and versions and record_id(change.path)):
                made.contents[change.path] = change.after
            elif change.path.startswith(SCHEMAS):
                generated = True
            elif not change.path.startswith(RECORDS):
                made.contents[change.path] = self._outside(change)
            elif versions and (record_id(change.path) or is_rule(change.path)):
                waiting += self._merged(draft, change, how)
            else:
                raise file_contested(change)
        for found, entries in sorted(waiting, key=lambda one: _relies(one[1])):
            made.renamed |= remade(self.desk, draft, found, entries, self.renamed, now=how == "now").renamed
        if generated:
            self._regenerated(draft, made)
        made.contents |= draft.changes
        return made

    def _regenerated(self, draft: Draft, made: _Made) -> None:
        """Schemas that both sides changed: what the rules give to which both come together."""
        rules = [one for one in self.changes if one.new and one.path in made.contents and is_rule(one.path)]
        blobs = read_blobs(self.git, [str(one.new) for one in rules])
        for one in rules:
            draft.put_rules_text(one.path, blobs[str(one.new)].decode())
        put_schemas(draft)

    def _outside(self, change: Change) -> Held | bytes:
        """A file that is no business of the register's: git merges it."""
        stands = self.stands[change.path]
        if change.old is not None and change.new is not None and stands is not None:
            blobs = read_blobs(self.git, [change.old, change.new, stands[1]])
            merged = merged_text(self.git, blobs[change.old], blobs[change.new], blobs[stands[1]])
            if merged is not None:
                oid = self.git.run("hash-object", "-w", "--stdin", stdin=merged, config=DURABLE).text
                return (stands[0] if change.mode == change.old_mode else change.mode), oid
        message = f"{change.path} was changed here and there, and nobody but you can say how it should be"
        mend = "git pull --rebase shows the place; resolve it, git rebase --continue, then: partnerkit sync"
        raise CannotWorkError(f"{message}; nothing changed", mend)

    def _merged(self, draft: Draft, change: Change, how: How) -> list[tuple[RecordFile, list[dict[str, Any]]]]:
        """Put what both sides say of a file into the draft; return the entries that wait to be made again."""
        texts = self._texts(change)
        base, here, there = (_parsed(change.path, raw) for raw in texts)
        found = reconcile(base.data, there.data, here.data)
        if found.contested:
            raise contested(change.path, found, self._first(change.path))
        stood = draft.base.records.get(str(record_id(change.path)))
        if stood is None or not found.entries:
            self._put(draft, change.path, texts, found)
            return []
        demand_its_place(stood, found.entries, self.movers)
        if how == "as made" and same(base.data["history"], there.data["history"]):
            found.data = as_made(found.data, found.entries)
            self._put(draft, change.path, texts, found)
            return []
        return [(draft.put(found.data, change.path), found.entries)]

    def _first(self, path: str) -> list[str]:
        """Who of the others changed a file, and in which commits, oldest first."""
        roster = self.there.demand().roster
        commits = reversed(landed_between(self.git, self.base, self.theirs, path))
        return [
            f"{roster.person(one.email) or 'somebody who is not on the roster'} ({one.oid[:10]})" for one in commits
        ]

    def _texts(self, change: Change) -> list[bytes]:
        oids = [str(change.old), str(change.new), (self.stands[change.path] or ("", ""))[1]]
        blobs = read_blobs(self.git, oids)
        return [blobs[oid] for oid in oids]

    def _put(self, draft: Draft, path: str, texts: list[bytes], found: Reconciled) -> None:
        """Write what was merged: as git merges the text, comments of both sides and all, where that means the same."""
        text = merged_text(self.git, texts[0], texts[1], texts[2])
        document = read(text, path)[0] if text is not None else None
        as_text = document.text if document is not None and same(document.data, found.data) else None
        one = record_id(path)
        if one is not None and as_text is not None:
            draft.put_text(one, as_text)
        elif one is not None:
            draft.put(found.data, path)
        elif as_text is not None:
            draft.put_rules_text(path, as_text)
        else:
            draft.put_rules(path, found.data)

    def _errors(self, oid: str) -> list[Finding]:
        """In what it is not legal where it now stands, by the rules that stand there."""
        after = load(CommitTree(self.git, oid))
        found = _judged(self.desk, self.there, after, {one.path for one in self.changes}, self.onto)
        return in_order(self._placed(one) for one in found if one.severity == "error")

    def _placed(self, finding: Finding) -> Finding:
        """A finding at the record as it stands: nobody could look at the line of a text that lands nowhere."""
        stood = self.there.demand().records.get(finding.record or "")
        return finding.at(finding.file) if stood is None else finding.at(stood.path, *stood.place(("stage",)))


def _judged(desk: Desk, before: Loaded, after: Loaded, paths: set[str], onto: str) -> list[Finding]:
    """What the judge of every writer says of a step, and what cannot be read of it."""
    found = [one for one in after.findings if one.file in paths]
    if after.register is None:
        return found or after.findings
    changed = {one for path in paths if (one := record_id(path)) is not None}
    after.records.load(changed)
    found += after.records.findings
    was, now = before.demand(), after.register
    step = Step(was, now, desk.latest, about_to_land(desk, was, now, changed))
    found = as_put_back(desk, step, [*found, *judge_step(step, changed)], onto)
    if has_errors(found):
        return found
    return found + judge_register(after.register, desk.latest, changed, desk.latest)


def _parsed(path: str, raw: bytes) -> Document:
    document, found = read(raw, path)
    if document is None:
        raise Refused("the two cannot be put together", found)
    return document


def _relies(entries: list[dict[str, Any]]) -> int:
    """Records on which others rely come first."""
    return sum(len(one.get("relies-on") or {}) for one in entries)
