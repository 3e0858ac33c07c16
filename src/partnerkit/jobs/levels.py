"""How surely each statement was made when it landed, looked up in history where that is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from partnerkit.dataclass import dataclass, field
from partnerkit.jobs.witnesses import sealed, witnessed_by
from partnerkit.register import RecordFile
from partnerkit.rules.assurance import Level, level_of, said_in
from partnerkit.store.git.repository import Git
from partnerkit.store.git.walk import landed_since
from partnerkit.store.landed_step import Landed
from partnerkit.store.layout import RULES
from partnerkit.store.replay import Replay


@dataclass
class Levels:
    """The levels of statements that landed.

    Attributes:
        git: the repository.
        head: the last commit that is looked at, where history has to be.
        known: what is known already, by the statement's id.
        elsewhere: waits for what is found elsewhere meanwhile; asked before history is.
    """

    git: Git
    head: str | None
    known: dict[str, Level] = field(default_factory=dict)
    elsewhere: Callable[[], dict[str, Level]] | None = None
    _searched: set[str] = field(default_factory=set)

    def of(self, record: RecordFile) -> Callable[[str], Level | None]:
        """Looks up the statements of a record: None where one has not landed."""

        def level(statement_id: str) -> Level | None:
            if statement_id not in self.known and self.elsewhere is not None:
                self.known = {**self.elsewhere(), **self.known}
                self.elsewhere = None
            if statement_id not in self.known and record.path not in self._searched and self.head is not None:
                self._searched.add(record.path)
                for landed in Replay.from_commit(self.git, None).through(
                    landed_since(self.git, self.head, None, (record.path, *RULES))
                ):
                    self.known = {**levels_of(landed, {record.id}), **self.known}
            return self.known.get(statement_id)

        return level


def levels_of(landed: Landed, ids: set[str]) -> dict[str, Level]:
    """How surely each statement was made that a step brought to these records."""
    if landed.step is None:
        return {}
    step, commit = landed.step, landed.walked.commit
    said = [one for old, new in pairs_of(landed, ids) for one in said_in(old, new)]
    if not said:
        return {}
    witness = witnessed_by(commit, step.rules, sealed(commit, step.rules))
    return {one.said.id: level_of(one, witness, step.rules) for one in said}


def pairs_of(landed: Landed, ids: set[str]) -> Iterator[tuple[RecordFile | None, RecordFile]]:
    """The records among these that a step changed, before it and after it."""
    if landed.step is None:
        return
    for one in sorted(landed.changed & ids):
        new = landed.step.after.records.get(one)
        if new is not None:
            yield (landed.step.before.records.get(one) if landed.step.before else None), new
