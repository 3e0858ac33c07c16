"""A step that is being written past the commands: two trees, and seals made as somebody would who knows the format."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from tests.properties.supply import Commit, Held
from tests.second_judge.asking import Asked
from tests.second_judge.demands import gate
from tests.second_judge.entries import IDENTITY, Added
from tests.second_judge.past import GROUPS, everything_said
from tests.second_judge.reading import Data, World, digest, last_entry, parsed, said_digest
from tests.second_judge.words import content, covered, definition, gate_seal, lifecycle, meets, requirements, sources

#: What no change of a field concerns: what a record is, what was said, and its history.
CLOSED = ("format", "kind", "id", "policy", "stage", "history", "expunged", *GROUPS)


class NothingToChangeError(Exception):
    """There is nothing here that such a change could meet."""


def copied(data: Data) -> Data:
    """The same data, to be changed. JSON is the quickest way to a copy of what is read from a file."""
    found: Data = json.loads(json.dumps(data))
    return found


def written(data: Data) -> bytes:
    """A file that says it: JSON is YAML in which no reader takes one thing for another."""
    return json.dumps(data, ensure_ascii=False).encode()


@dataclass
class Draft:
    """Two trees, to be changed.

    Attributes:
        before: the tree before, as it was committed.
        after: the tree after, as it was committed.
        landed: when the step lands.
        random: what decides.
        rules: files that say what is legal, as they are to be in both trees.
        new: files as they are to be in the tree after.
        gone: files that the tree after is to lack.
        done: what was changed, in words.
        only: the one record that is to be changed from now on.
    """

    before: Commit
    after: Commit
    landed: datetime | None
    random: Random
    rules: dict[str, Data] = field(default_factory=dict)
    new: dict[str, Data] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    done: list[str] = field(default_factory=list)
    only: str | None = None

    def pick(self, found: list[Any]) -> Any:
        """One of several."""
        if not found:
            raise NothingToChangeError
        return self.random.choice(found)

    def changed(self) -> list[str]:
        """The records that the step changes so far."""
        old, new = self.before.world.records, self.after.world.records
        names = {name for name in new if name not in old or old[name] is not new[name]}
        return sorted(names | {name for name, path in self.after.world.paths.items() if path in self.new})

    def some(self) -> str:
        """A record, most often one that the step changes."""
        if self.only is not None:
            return self.only
        mine = self.changed()
        return str(self.pick(mine if mine and self.random.random() < 0.85 else sorted(self.after.world.records)))

    def record(self, name: str) -> Data:
        """A record of the tree after, to be changed."""
        path = self.after.world.paths[name]
        if path in self.gone:
            raise NothingToChangeError
        return self.new.setdefault(path, copied(self.after.world.records[name]))

    def add(self, path: str, record: Data) -> None:
        """A record that was not there, sealed."""
        self.new[path] = record
        before, after = self.worlds()
        for index in range(len(record["history"])):
            self._seal(Added(record, index, before, after, self.landed))
        record["stage"] = last_entry(record)["to"]

    def rule(self, path: str, *, both: bool = True) -> Data:
        """A file of the rules, to be changed; unless `both`, only in the tree after."""
        held = self.rules if both else self.new
        return held.setdefault(path, copied(self.rules.get(path) or parsed(self.after.tree.held[path])))

    def policy(self, record: Data) -> Data:
        """The policy that judges a record."""
        path = self.after.world.policy_paths[record["policy"]]
        return self.rules.get(path) or self.after.world.policies[record["policy"]]

    def known(self, name: str) -> int:
        """How many entries of a record stood there before."""
        old = self.before.world.records.get(name)
        return len(old["history"]) if old else 0

    def trees(self) -> tuple[Held, Held]:
        """Both trees as files."""
        same = self.before is self.after
        rules = {path: written(data) for path, data in self.rules.items()}
        for path in rules if not same else ():
            if self.before.tree.held.get(path) != self.after.tree.held[path]:
                raise NothingToChangeError  # the step changes these rules itself
        new = {path: written(data) for path, data in self.new.items()}
        kept = {path: raw for path, raw in self.after.tree.held.items() if path not in self.gone}
        before = Held({**self.before.tree.held, **rules}) if rules else self.before.tree
        return before, Held({**kept, **rules, **new}, self._doubtful())

    def _doubtful(self) -> bool:
        policies = {path: found for found in (self.rules, self.new) for path in found if "/policies/" in path}
        kept = {path: parsed(self.after.tree.held[path]) for path in policies}
        return any(policies[path][path]["lifecycles"] != kept[path]["lifecycles"] for path in policies)

    def worlds(self) -> tuple[World, World]:
        """Both trees as the second judge reads them."""
        before, after = self.trees()
        return World(before.held) if before is not self.before.tree else self.before.world, World(after.held)

    def at(self, record: Data) -> str:
        """A moment at which something new can be said of a record: when the step lands, or just after all else."""
        every = [last_entry(record)["at"], *(one.at for one in everything_said(record))]
        return str(max(*every, f"{self.after.at:%Y-%m-%dT%H:%M:%SZ}"))

    def id(self, letter: str = "") -> str:
        """An id that nothing has yet."""
        return f"{letter}-{self.random.getrandbits(48):012x}" if letter else f"{self.random.getrandbits(64):016x}"

    def person(self) -> str:
        """Somebody of the roster."""
        return str(self.pick(sorted(self.after.world.people)))

    def speak(self, record: Data, group: str, name: str, /, **what: Any) -> Data:
        """Say something new in a record."""
        letter = {"evidence": "e", "scores": "c", "acknowledgements": "k", "signatures": "s"}.get(group, group[0])
        said = {"id": self.id(letter), "requirement": name, **what}
        said = {**said, "at": self.at(record), "by": what.get("by") or self.person(), "clock": "set"}
        record.setdefault(group, []).append(said)
        return said

    def bind(self, record: Data, said: Data) -> None:
        """Bind an approval to what stands there now."""
        policy, name = self.policy(record), said["requirement"]
        need = requirements(policy).get(name) or {}
        shown = [
            one
            for one in everything_said(record)
            if one.group in ("evidence", "scores")
            and one.about in (need.get("rests-on") or [])
            and one.at <= said["at"]
            and one.taken_back is None
        ]
        said["binds"] = {
            "definition": definition(policy, name),
            "content": content(record, need.get("covers") or []),
            "evidence": {one.id: said_digest(one.raw) for one in shown},
        }

    def seal(self, name: str) -> None:
        """Seal anew every entry that the step adds to a record, so that only its meaning can be wrong."""
        record = self.record(name)
        before, after = self.worlds()
        try:
            for index in range(self.known(name), len(record["history"])):
                self._seal(Added(record, index, before, after, self.landed))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise NothingToChangeError from error  # so torn that nobody could read it, nor seal it
        record["stage"] = last_entry(record)["to"]

    def _seal(self, added: Added) -> None:
        entry = added.entry
        if added.earlier:
            entry |= {"seq": added.index + 1, "from": added.earlier[-1]["to"]}
        met = []
        if entry["type"] == "move" and added.way is not None:
            asked: Asked = added.asked()
            met = [one for one in gate(asked, added.way.get("needs") or []).values() if one is not None]
        uses = sorted({use for one in met for use in one.uses})
        relied = sorted({other for one in met for other in one.relies})
        for key, value in (
            ("uses", uses),
            ("relies-on", {one: last_entry(added.after.records[one])["id"] for one in relied}),
        ):
            entry.pop(key, None)
            if value:
                entry[key] = value
        said = {one.id: one.raw for one in everything_said(added.record)}
        entry["seal"] = {
            "gate": gate_seal(added.policy, entry.get("from"), entry["to"], added.way)
            if entry["type"] != "void"
            else digest(added.earlier),
            "covers": content(added.record, [*IDENTITY, *covered(added.policy, added.way)]),
            "statements": digest(sorted([use, said_digest(said[use])] for use in uses)),
            "previous": digest(added.earlier[-1] if added.earlier else []),
        }

    def enter(self, name: str, type_: str, to: str, **more: Any) -> None:
        """Append an entry, sealed."""
        record = self.record(name)
        entry = {"seq": 1, "id": self.id(), "type": type_, "from": record["stage"], "to": to, "at": self.at(record)}
        record["history"].append({**entry, "by": self.person(), **more, "clock": "set", "seal": {}})
        record["stage"] = to
        self.seal(name)

    def ways(self, record: Data) -> list[Data]:
        """The ways that are open to a record."""
        life = lifecycle(self.policy(record), record["kind"]) or {"transitions": []}
        found = [way for way in life["transitions"] if record["stage"] in sources(way)]
        return [way for way in found if meets(way.get("when"), record)]

    def statement(self, record: Data, groups: tuple[str, ...] = GROUPS) -> tuple[list[Data], int]:
        """A statement of a record, most often a new one: its list, and its place there."""
        old = self.before.world.records.get(record["id"]) or {}
        known = {one.id for one in everything_said(old)} if old else set()
        every = [(record[group], index) for group in groups for index in range(len(record.get(group) or []))]
        new = [(group, index) for group, index in every if group[index]["id"] not in known]
        found: tuple[list[Data], int] = self.pick(new if new and self.random.random() < 0.6 else every)
        return found


def other(draft: Draft, value: Any) -> Any:
    """Another value of the same sort."""
    if isinstance(value, bool) or value is None:
        return not value
    if isinstance(value, int):
        return max(0, value + draft.random.choice([-3, -1, 1, 40]))
    if isinstance(value, list):
        return value[:-1] if draft.random.random() < 0.5 or not value else [*value, other(draft, value[-1])]
    if isinstance(value, dict):
        key = draft.pick(sorted(value))
        return {**value, key: other(draft, value[key])}
    return _other_text(draft, value)


def _other_text(draft: Draft, text: str) -> str:
    days = draft.random.choice([-400, -190, -40, -8, -1, 1, 8, 40, 190, 400])
    for form in ("%Y-%m-%d", "%Y-%m-%dT%H:%M:%SZ"):
        try:
            return (datetime.strptime(text, form).replace(tzinfo=UTC) + timedelta(days=days)).strftime(form)
        except ValueError:
            continue
    if text.startswith(("c1:", "sha256:")):
        return text[:-4] + text[-4:][::-1].replace("a", "b")
    words = ["fail", "pass", "conditions", "done", "report", "link", "internal", "p-rosa", "p-jonas", "core-team"]
    return draft.random.choice([text + "x", draft.random.choice(words), draft.person()])
