"""What was forgotten: where the text stood, where it stands still."""

from __future__ import annotations

from partnerkit.dataclass import dataclass, field
from partnerkit.kinds.sought import Sought


@dataclass(frozen=True, slots=True)
class Place:
    """A place where a text stands or stood.

    Attributes:
        file: the file.
        line: its line; None where it is the file as a whole.
        what: the field, or what else it is.
    """

    file: str
    line: int | None
    what: str


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """A branch or a tag of which the name holds a text: what it is, and the commit at which it stands."""

    sort: str
    at: str


@dataclass(slots=True)
class Standing:
    """Where a text stands in everything that git keeps.

    Attributes:
        versions: versions of files that hold it, by the path under which they came.
        commits: commits that brought one of them.
        messages: commits whose message holds it.
        headers: commits whose author or committer it names.
        notes: notes that hold it.
        tags: tags whose message holds it.
        refs: branches and tags whose name holds it, whatever the case and what joins its words.
    """

    versions: dict[str, set[str]] = field(default_factory=dict)
    commits: set[str] = field(default_factory=set)
    messages: set[str] = field(default_factory=set)
    headers: set[str] = field(default_factory=set)
    notes: set[str] = field(default_factory=set)
    tags: set[str] = field(default_factory=set)
    refs: list[Ref] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many versions of files hold it."""
        return len(set().union(*self.versions.values()))

    @property
    def is_empty(self) -> bool:
        """Whether it stands nowhere in history."""
        return not any((self.versions, self.messages, self.headers, self.notes, self.tags, self.refs))


@dataclass(slots=True)
class Forgotten:
    """What came of it.

    Attributes:
        id: the id that the markers carry.
        salt: what the digest was made with, to be kept elsewhere.
        sought: what was looked for.
        standing: where it stands in history.
        places: where it stood in records.
        left: where it stands still, or nearly, and why it was left there.
    """

    id: str
    salt: str
    sought: Sought
    standing: Standing
    places: list[Place] = field(default_factory=list)
    left: list[Place] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Remains:
    """What is left of somebody whose text was forgotten, beside records and history.

    Attributes:
        person: their id, where it was said whose text it is.
        place: where the private place is; None where there is none.
        here: whether it is on this machine.
        taken_out: whether they were in it, and are no longer.
        otherwise: where their name stands still, its words joined otherwise, as in an id: file and line.
        repository: whether it is a repository of its own, of which the history holds them still.
        others: the ids of whom the private place still says the text.
        files: its other files in which the text stands, or their id.
        records: the records that name their id.
    """

    person: str | None
    place: str | None
    here: bool
    taken_out: bool = False
    otherwise: list[str] = field(default_factory=list)
    repository: bool = False
    others: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    records: list[str] = field(default_factory=list)
