"""What is told of a change, as values; sentences where only a person reads them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from partnerkit.dataclass import dataclass, field
from partnerkit.obligations.obligation import Obligation


@dataclass(frozen=True, slots=True)
class Said:
    """A statement that the change brings, or on which one of its moves rests.

    Attributes:
        id: its id.
        group: the list of the record in which it stands.
        requirement: what it speaks to.
        words: what it says, who said it, when, and where that can be seen.
        new: whether the change brings it.
        wrong: whether an error was found of it.
        against: whether it says no.
    """

    id: str
    group: str
    requirement: str
    words: str
    new: bool = True
    wrong: bool = False
    against: bool = False


@dataclass(frozen=True, slots=True)
class Met:
    """A requirement of a gate that a move passes.

    Attributes:
        requirement: its name.
        clause: the clauses that it cites.
        met: whether it was met at that moment, by the rules before the change.
        said: the statements that met it; where it was not met, those that the entry names for it.
        words: what else met it, such as the record's own fields; where it was not met, what is missing.
    """

    requirement: str
    clause: str
    met: bool
    said: tuple[Said, ...]
    words: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """An entry that the change brings.

    Attributes:
        type: what sort of change it is.
        left: the stage left.
        to: the stage reached.
        day: when.
        by: who made it.
        words: all of that in a sentence.
        notes: what else is to be known: the reason, what it takes back.
        met: the requirements of its gate, each with what met it.
    """

    type: str
    left: str | None
    to: str
    day: date
    by: str
    words: str
    notes: tuple[str, ...] = ()
    met: tuple[Met, ...] = ()


@dataclass(frozen=True, slots=True)
class Need:
    """A requirement of the gate ahead.

    Attributes:
        requirement: its name.
        clause: the clauses that it cites.
        met: whether it is met.
        missing: what is missing, in words; empty where it is met.
        counted: of an approval, how many count; else None.
        wanted: of an approval, how many are demanded; else None.
        roles: the roles that can supply what is missing.
        people: who holds one of them, and may.
        command: the line that supplies it.
        by_word: whether somebody's word, recorded for them, supplies it: an approval that need not be made in person.
    """

    requirement: str
    clause: str
    met: bool
    missing: str = ""
    counted: int | None = None
    wanted: int | None = None
    roles: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    command: str | None = None
    by_word: bool = False


@dataclass(frozen=True, slots=True)
class Ahead:
    """The gate of the usual way on."""

    to: str
    needs: tuple[Need, ...]

    @property
    def missing(self) -> list[Need]:
        """What it still needs."""
        return [one for one in self.needs if not one.met]


@dataclass(frozen=True, slots=True)
class Void:
    """An approval that does not bind what stands after the change, though it bound before or came with it.

    Attributes:
        id: the approval's id.
        requirement: what it was given for.
        by: who gave it.
        paths: the covered fields that the change changed; empty where something else voids it,
            or where it came with the change.
        words: all of that in a sentence.
        command: the line by which they decide anew.
    """

    id: str
    requirement: str
    by: str
    paths: tuple[str, ...]
    words: str
    command: str


@dataclass(frozen=True, slots=True)
class Field:
    """A field that the change changes.

    Attributes:
        path: its name, dotted.
        was: what it said, in few words; None where it said nothing.
        now: what it says; None where it says nothing any more.
        bound: which gate locks it, or which decision covers it, in words; empty where it is free.
        clause: the clauses from which it comes.
        lost: whether it is a line of a log, or of a statement, that is gone or rewritten: both only grow.
        whole: what it said and says in all its words, where few of them leave some out; else None.
    """

    path: str
    was: str | None
    now: str | None
    bound: str = ""
    clause: str = ""
    lost: bool = False
    whole: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines that the change adds to a log.

    Attributes:
        log: which log.
        count: how many.
        words: the first of them, in few words.
    """

    log: str
    count: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OfRecord:
    """What the change means for one record.

    Attributes:
        id: its id.
        kind: its kind.
        name: its name in words.
        policy: the policy that governs it.
        file: where it lies.
        how: `new`, `changed`, `gone`, `unreadable`, `layout` (it says what it said) or `twin` (another file of its id).
        before: the stage before; None where it was not there.
        after: the stage after; None where it is not there, or nobody can read it.
        moves: the entries that the change brings.
        said: the statements that it brings and on which none of these moves rests.
        withdrawn: statements that it withdraws, and text that it takes out for good, in words.
        void: approvals that it voids.
        ahead: the gate of the usual way on; None where none leads on.
        risks: the risks of it, in words.
        created: obligations that come with the change.
        settled: obligations that it settles or ends.
        shifted: obligations that fall due on another day: as they did, and as they do.
        lines: the lines that it adds to logs.
        fields: the fields that it changes.
        errors: how many errors were found of it.
    """

    id: str
    kind: str
    name: str
    policy: str
    file: str
    how: str
    before: str | None
    after: str | None
    moves: tuple[Move, ...] = ()
    said: tuple[Said, ...] = ()
    withdrawn: tuple[str, ...] = ()
    void: tuple[Void, ...] = ()
    ahead: Ahead | None = None
    risks: tuple[str, ...] = ()
    created: tuple[Obligation, ...] = ()
    settled: tuple[Obligation, ...] = ()
    shifted: tuple[tuple[Obligation, Obligation], ...] = ()
    lines: tuple[Lines, ...] = ()
    fields: tuple[Field, ...] = ()
    errors: int = 0

    @property
    def weight(self) -> tuple[int, ...]:
        """How much it matters to a reviewer, above all others first: what is wrong, what was decided, what moved."""
        special = sum(one.type not in {"create", "move"} for one in self.moves)
        waived = sum(one.group == "waivers" for one in self.said)
        gone = self.how in {"gone", "unreadable"}
        decided = len(self.void) + len(self.withdrawn) + special + waived + gone
        bound = sum(bool(one.bound) for one in self.fields)
        stood = self.how not in {"new", "layout"}  # many that are made at once bury no change of one that was there
        return (self.errors, decided, stood, len(self.moves), len(self.said), bound)


@dataclass(frozen=True, slots=True)
class OfRules:
    """What the change means for one of the files that say what is legal.

    Attributes:
        file: where it lies.
        sort: `policy`, `people` or `settings`.
        name: the policy's id; else the same as the sort.
        words: what changes, in words.
        weakens: what is demanded less, or who may do more than before.
        means: what it means for the records in flight.
        folded: every difference, for whoever wants to read them all.
        looks: of the words, those of which a reviewer has to look at more, each with what that is.
        new: whether the file was not there before.
    """

    file: str
    sort: str
    name: str
    words: tuple[str, ...] = ()
    weakens: tuple[str, ...] = ()
    means: tuple[str, ...] = ()
    folded: tuple[str, ...] = ()
    looks: Mapping[str, str] = field(default_factory=dict)
    new: bool = False


@dataclass(frozen=True, slots=True)
class Eye:
    """Something that no rule can judge: a reviewer looks at it.

    Attributes:
        sort: stable name of the sort of thing.
        where: the record in which it stands, or the file of rules.
        words: what to look at.
        what: what of it is this one's own: what stands there; empty where the words say it.
    """

    sort: str
    where: str
    words: str
    what: str = ""
