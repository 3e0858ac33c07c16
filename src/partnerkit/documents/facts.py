"""What documents say of a record: its fields as readers may see them, as plain texts; what its policy calls things."""

from __future__ import annotations

from typing import Any

from partnerkit.dataclass import dataclass, field
from partnerkit.documents.known import fields_of, key_of
from partnerkit.documents.marks import Blank, Withheld
from partnerkit.documents.settled import is_taken_in
from partnerkit.documents.shape import ANY, LEAF, Each, Has, Shape, texts
from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.duration import Duration
from partnerkit.kinds.record import FIXED
from partnerkit.policies.policy import Policy
from partnerkit.policies.values import clause_list
from partnerkit.register import RecordFile, Register
from partnerkit.rules.sight import Seen, Sight

CLAUSE = texts("id", "title", "text")

#: Fields of the policy's own.
OWN = Each(Has({"title": LEAF, "clauses": LEAF, "lines": Each(LEAF)}))

#: What every document has.
COMMON: dict[str, Any] = {
    "register": texts("name"),
    "policy": texts("id", "title", "version"),
    "record": texts("id", "kind", "name", "stage"),
    "fields": ANY,
    "more": OWN,
}


@dataclass(frozen=True)
class Facts:
    """One record, its policy and its register, before readers of a level.

    Attributes:
        seen: the record as they see it.
        whole: the record as it is, for what is judged and not shown.
        policy: the policy that governs it.
        sight: what else they may see.
        says_signed: whether it says who signed: not in what is signed, which has empty lines.
        by_id: who was asked for and is called by an id, because nobody may know their name, or nobody does.
    """

    seen: Seen
    whole: RecordFile
    policy: Policy
    sight: Sight
    says_signed: bool = False
    by_id: dict[str, None] = field(default_factory=dict, compare=False)

    @property
    def register(self) -> Register:
        """The register."""
        return self.sight.register

    @property
    def taken_in(self) -> bool:
        """Whether it was adopted past the signatures: nobody signed it here."""
        return is_taken_in(self.policy, self.seen.kind, self.whole.data)

    def text(self, path: str, words: str | None = None) -> str:
        """What a field says; a blank where nothing stands there, or that it is withheld."""
        found: Any = self.seen.data
        for key in path.split("."):
            found = found.get(key) if isinstance(found, dict) else None
        return self.shown(found, path, words)

    def shown(self, found: Any, path: str, words: str | None = None) -> str:
        """A value as a text, by the path of its field."""
        if found is not None and not isinstance(found, dict | list):
            return said(found)
        return Withheld(path) if self.keeps(path) else Blank(words or in_words(path.rpartition(".")[2]))

    def keeps(self, path: str) -> bool:
        """Whether a field is kept from its readers."""
        return any(f"{path}.".startswith(f"{one}.") for one in self.seen.withheld)

    def items(self, path: str) -> list[dict[str, Any]]:
        """The blocks of a list."""
        found = self.seen.data.get(path)
        return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []

    def rows(self, path: str, *names: str) -> list[dict[str, str]]:
        """The blocks of a list, of each the parts named."""
        return [
            {key_of(name): self.shown(one.get(name), f"{path}.{name}") for name in names} for one in self.items(path)
        ]

    def person(self, path: str, words: str) -> str:
        """Whom a field names, as they may be called."""
        found = self.text(path, words)
        return self.called(found) if found else found

    def called(self, who: str) -> str:
        """Somebody as they may be called."""
        if who not in self.sight.names:
            self.by_id[who] = None
        return self.sight.person(who)

    def day_of(self, group: str, said: dict[str, Any]) -> str:
        """The day on which a statement of a group was made."""
        found = next(one for one in getattr(self.whole.model, group) if one.id == said["id"])
        return str(found.on or self.register.day(found.at))

    def clause(self, clause_id: str) -> dict[str, str]:
        """A clause: its whole id, what it is called, and what it asks in our words."""
        heading, _, point = clause_id.partition("/")
        clause = self.policy.clauses.get(heading)
        title = clause.title if clause else heading
        words = f"{title}: {in_words(point)}" if point else title
        return {"id": self.policy.full(clause_id), "title": words, "text": (clause.text if clause else None) or ""}

    def clauses(self, given: Any) -> list[dict[str, str]]:
        """The clauses that something cites."""
        return [self.clause(one) for one in clause_list(given)] if given else []

    def pairing(self) -> dict[str, str]:
        """What a pairing is called, and from when until when it runs."""
        return {
            "title": self.text("title"),
            "programme": in_words(self.text("programme")),
            "starts": self.text("starts", "first day"),
            "ends": self.text("ends", "last day"),
        }

    def common(self) -> dict[str, Any]:
        """What every document has."""
        stage = self.policy.lifecycles[self.seen.kind].stages.get(self.seen.stage)
        return {
            "register": {"name": self.register.settings.name},
            "policy": {
                "id": self.policy.policy,
                "title": self.policy.title,
                "version": self.policy.version or Blank("version of the policy"),
            },
            "record": {
                "id": self.seen.id,
                "kind": self.seen.kind,
                "name": self.name,
                "stage": stage.title if stage else self.seen.stage,
            },
            "fields": self._fields(),
        }

    @property
    def name(self) -> str:
        """What the record is called."""
        return self.shown(self.seen.data.get(KINDS[self.seen.kind].named_by), KINDS[self.seen.kind].named_by, "name")

    def _fields(self) -> dict[str, Any]:
        """All fields by their names, with `_` for what templates cannot write; those that say nothing are blanks."""
        kind, policy = self.seen.kind, self.policy
        known = [info.alias or name for name, info in KINDS[kind].model_fields.items()]
        own = [path for path in policy.fields.get(kind, {}) if "." not in path]
        names = [name for name in dict.fromkeys([*known, *own]) if name not in FIXED]
        shape = fields_of([kind], [policy])
        return {key_of(name): self._plain(self.seen.data.get(name), name, shape.parts[key_of(name)]) for name in names}

    def _plain(self, value: Any, path: str, shape: Shape = ANY) -> Any:
        """A value as templates may have it: texts, lists of them, and parts with names."""
        if isinstance(value, dict):
            parts = shape.parts if isinstance(shape, Has) else {}
            absent = {name: Blank(in_words(name)) for name in parts}
            told = {
                key_of(str(key)): self._plain(part, f"{path}.{key}", parts.get(key_of(str(key)), ANY))
                for key, part in value.items()
            }
            return absent | told
        if isinstance(value, list):
            return [self._plain(one, path, shape.item if isinstance(shape, Each) else ANY) for one in value]
        return self.sight.person(self.shown(value, path)) if value is not None else self.shown(None, path)

    @property
    def parties(self) -> dict[str, str]:
        """What the parties are called, by their ids."""
        return {one["id"]: self.shown(one.get("name"), "parties.name") for one in self.items("parties")}


def in_words(name: str) -> str:
    """The name of a field, a point or a stage, read as words."""
    return name.replace("-", " ").replace("_", " ")


def in_a_row(names: list[str]) -> str:
    """Names as a sentence has them: one, one and another, or several."""
    return " and ".join([*([", ".join(names[:-1])] if names[:-1] else []), *names[-1:]])


def said(value: Any) -> str:
    """A single value as people write it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def lasting(text: str) -> str:
    """A duration in words: `P60D` is 60 days; what is none stays as it is."""
    try:
        found = Duration.parse(text)
    except ValueError:
        return text
    years, months = divmod(found.months, 12)
    weeks, days = divmod(found.days, 7) if found.days % 7 == 0 and "W" in text else (0, found.days)
    parts = {"year": years, "month": months, "week": weeks, "day": days}
    return ", ".join(f"{count} {word}{'' if count == 1 else 's'}" for word, count in parts.items() if count)


def in_time(found: str) -> str:
    """The same of a field that may be blank."""
    return lasting(found) if found else found
