"""Share a register: take what others sent, make what is local again on it, send that; the judge is asked each time."""

from __future__ import annotations

from partnerkit.dataclass import dataclass, field, replace
from partnerkit.errors import CannotWorkError, PartnerkitError
from partnerkit.findings import Finding, has_errors
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.one_by_one import findings_of
from partnerkit.jobs.reapplying import Again, Left, reapply
from partnerkit.jobs.verdicts import verdicts
from partnerkit.jobs.voided import voided
from partnerkit.rules.audited import told
from partnerkit.rules.commands import as_committed
from partnerkit.rules.refused import Refused
from partnerkit.rules.verdict import Entered, Verdict
from partnerkit.store.commit.atomic import Dirty, Moved, writing
from partnerkit.store.commit.index import DURABLE
from partnerkit.store.commit.moving import move
from partnerkit.store.disk.lock import Lock
from partnerkit.store.git.history import demand_a_line, where_it_began
from partnerkit.store.git.remote import Answer, Upstream, fetch, push, upstream
from partnerkit.store.git.repository import Git
from partnerkit.store.git.trees import CommitTree
from partnerkit.store.git.walk import landed_since, read_commits
from partnerkit.store.record_paths import RECORDS
from partnerkit.store.replay import Replay

_ROUNDS = 5
_SHORT = 10
#: Clocks of two machines differ, and whoever sends can do nothing about it.
_OF_CLOCKS = "landed-backdated"


@dataclass
class Synced:
    """What came of it.

    Attributes:
        remote: what the branch follows, such as origin/main.
        branch: the branch there.
        commit: where the branch here stands now; of a dry run, where it would.
        dry_run: whether nothing was moved or sent because that was asked for.
        received: the commits that others sent, oldest first.
        entered: the entries that they brought.
        findings: in what they broke the rules: they have landed all the same.
        since: the commit after which they landed.
        sent: what was sent, or would be, oldest first: as it was, and as it is now.
        sent_to: the branch that it was sent to instead, because the other side did not take it on its own.
        left: the commits that were not made again, each with its reason.
        void: the approvals for a gate ahead that are void now and were not here before.
        kept: the branches that keep them as they were; one, unless others were faster several times.
        words: what the other side said.
        links: the addresses in that.
    """

    remote: str
    branch: str
    commit: str
    dry_run: bool = False
    received: list[str] = field(default_factory=list)
    entered: list[Entered] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    since: str | None = None
    sent: list[Again] = field(default_factory=list)
    sent_to: str | None = None
    left: list[Left] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    void: list[Finding] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)

    def copied(self) -> Synced:
        """The same, to be gone on from where a round came to nothing."""
        received, entered = [*self.received], [*self.entered]
        return replace(
            self, received=received, entered=entered, findings=[*self.findings], left=[*self.left], kept=[*self.kept]
        )


def sync(desk: Desk) -> Synced:
    """Bring the current branch and the one that it follows together.

    Raises:
        CannotWorkError: git is busy or knows nobody, the register does not know who sends, there is nowhere to send
            to, records were edited and not committed, the other side cannot be reached or was rewritten, or a file
            that is no record was changed here and there.
        Refused: what is local breaks the rules where nobody else sent anything, or the other side wants it on no
            branch.
    """
    git = desk.git
    desk.demand_present()
    with writing(git) as held:
        desk.notes += [held.recovered] if held.recovered else []
        up = upstream(git, held.branch)
        start = git.head()
        if start is None:
            raise CannotWorkError("nothing has been committed here yet; nothing changed", "git pull")
        _demand_committed(git)
    with Lock.take(git.git_path("partnerkit/sync")):
        synced = _Sharing(desk, up, Synced(up.name, up.branch, start, desk.dry_run)).run()
        synced.void = voided(desk, start, synced.commit)
        return synced


def _demand_committed(git: Git) -> None:
    found = git.run("status", "--porcelain=v1", "-z", "--no-renames", "--untracked-files=all", "--", RECORDS).fields
    if not found:
        return
    path = found[0][3:]
    if found[0].startswith("??"):
        raise Dirty(path, "lies here, and git does not know it", "partnerkit check; then commit it, or move it away")
    drop = f"drop it: {as_committed(path)}"
    raise Dirty(path, "was edited here but not committed", f"partnerkit check; then commit it, or {drop}")


class _Sharing:
    """One sync on its way: several rounds, where others are faster."""

    def __init__(self, desk: Desk, up: Upstream, synced: Synced) -> None:
        self.desk, self.git, self.up, self.synced = desk, desk.git, up, synced
        self.was: dict[str, str] = {}
        self.person = ""

    def run(self) -> Synced:
        """All of it; where it ends early, what was not made again is told all the same."""
        try:
            return self._rounds()
        except PartnerkitError as error:
            for one in self.synced.left:
                why = "; ".join(found.message for found in one.findings)
                error.add_note(f"not made again: {one.subject} ({' and '.join(self.synced.kept)} keeps it): {why}")
            raise

    def _rounds(self) -> Synced:
        for _round in range(_ROUNDS):
            there = fetch(self.git, self.up)
            self.desk.look_at_clock()
            before = self.synced.copied()
            try:
                with writing(self.git):
                    self._bring(there)
            except PartnerkitError as error:
                self.synced = before
                if isinstance(error, Moved):
                    continue
                raise
            if self.desk.dry_run or not self.synced.sent:
                return self.synced
            answer = push(self.git, self.up.remote, self.synced.commit, self.up.ref)
            if answer.outcome == "taken":
                return self._told(answer)
            if answer.outcome == "refused":
                return self._elsewhere(answer)
        message = f"others sent changes {_ROUNDS} times meanwhile; what is yours is committed here and was not sent"
        raise CannotWorkError(message, "partnerkit sync")

    def _bring(self, there: str | None) -> None:
        """Bring what lies there and what is here into one line, here."""
        here = str(self.git.head())
        if there is None:
            self._send([(oid, oid) for oid in landed_since(self.git, here, None)], here)
            return
        base = where_it_began(self.git, there, here)
        self._received(base, there)
        if base == there:
            self._ahead(there, here)
        elif base == here:
            self._send([], there)
            self._move(here, there)
        else:
            self._again(here, there)

    def _received(self, base: str, there: str) -> None:
        """Judge what others sent, step by step, by the rules before each: it has landed, whatever is found."""
        verdicts = _judged(self.desk, base, there)
        synced = self.synced
        synced.since = synced.since or (base if base != there else None)
        synced.received += [one.commit.oid for one in verdicts]
        steps = told(verdicts)
        synced.entered += [entered for one in steps for entered in one.entered]
        synced.findings += [one for step in steps for one in step.findings if one.severity == "error"]

    def _ahead(self, there: str, here: str) -> None:
        """Nobody else sent anything: what is here goes as it is, if it is legal.

        Raises:
            Refused: it is not.
        """
        verdicts = told(_judged(self.desk, there, here))
        found = [one for step in verdicts for one in findings_of(self.desk, step) if one.code != _OF_CLOCKS]
        if has_errors(found):
            message = f"what is local breaks the rules, so nothing was sent to {self.up.name}; nothing changed"
            raise Refused(message, [one for one in found if one.severity == "error"])
        self._send([(self.was.get(one.commit.oid, one.commit.oid), one.commit.oid) for one in verdicts], here)

    def _again(self, here: str, there: str) -> None:
        """Both sides have something new: what is local is made again on what others sent."""
        local = self.git.run("rev-list", "--reverse", "--topo-order", here, f"^{there}").text.split()
        demand_a_line(self.git, local, self.up.name)
        movers = {one.id: one for one in self.synced.entered}
        found = reapply(self.desk, local, there, movers)
        for one in found.again:
            self.was[one.commit] = self.was.get(one.was, one.was)
        self.synced.left += [replace(one, commit=self.was.get(one.commit, one.commit)) for one in found.left]
        self._send([(self.was[one.commit], one.commit) for one in found.again], found.head)
        kept = self._keep(here) if found.left else None
        try:
            self._move(here, found.head)
        except PartnerkitError:
            if kept is not None and self.git.head() == here:
                self.git.run("update-ref", "-d", kept, here)
            raise

    def _send(self, pairs: list[tuple[str, str]], head: str) -> None:
        """What is to be sent, by somebody whom the register knows by then; whoever only receives need not be known."""
        if pairs:
            self.person = self.desk.actor(self.desk.read(CommitTree(self.git, head)).demand())
        made = read_commits(self.git, [oid for _was, oid in pairs])
        self.synced.sent = [Again(was, oid, one.subject) for (was, oid), one in zip(pairs, made, strict=True)]
        self.synced.commit = head

    def _keep(self, here: str) -> str:
        """Keep what is local on a branch, as it is before anything is made again; return its full name."""
        branch = f"partnerkit/kept-{here[:_SHORT]}"
        self.synced.kept.append(branch)
        name = f"refs/heads/{branch}"
        if not self.desk.dry_run:
            self.git.run("update-ref", name, here, config=DURABLE)
        return name

    def _move(self, here: str, to: str) -> None:
        if not self.desk.dry_run and here != to:
            move(self.git, here, to)

    def _elsewhere(self, refused: Answer) -> Synced:
        """The other side does not take it on its branch: it goes to one of its own, for somebody to bring in.

        Raises:
            Refused: it does not take it there either.
        """
        name = f"partnerkit/{self.person}-{self.synced.commit[:_SHORT]}"
        answer = push(self.git, self.up.remote, self.synced.commit, f"refs/heads/{name}")
        self._told(refused)
        self._told(answer)
        if answer.outcome != "taken":
            words = "\n".join(self.synced.words)
            message = f"{self.up.remote} takes this neither on {self.up.branch} nor on {name}; it is committed here"
            raise Refused(f"{message}:\n{words}", [])
        self.synced.sent_to = name
        return self.synced

    def _told(self, answer: Answer) -> Synced:
        self.synced.words = list(dict.fromkeys([*self.synced.words, *answer.words]))
        self.synced.links = list(dict.fromkeys([*self.synced.links, *answer.links]))
        return self.synced


def _judged(desk: Desk, base: str, head: str) -> list[Verdict]:
    """The verdict on every commit of the main line from one commit to another."""
    oids = landed_since(desk.git, head, base)
    return verdicts(desk, Replay.from_commit(desk.git, base), oids, base)
