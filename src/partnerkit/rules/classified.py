"""Content above what the register may hold: what of a record is, and how it is told.

Git shows the whole history to whoever may read any of it, so a label alone keeps nothing from anybody. Such content is
kept elsewhere; where, with the digest of its bytes, stands in the record instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from partnerkit.dataclass import dataclass
from partnerkit.findings import Finding
from partnerkit.kinds.classified import Classification, above, is_reference, prose
from partnerkit.kinds.expunging import EXPUNGED
from partnerkit.policies.fields import FieldSpec
from partnerkit.policies.policy import Policy
from partnerkit.policies.reads import fields_read
from partnerkit.policies.values import clause_list
from partnerkit.register import Keys, RecordFile
from partnerkit.rules.commands import line
from partnerkit.rules.places import at
from partnerkit.rules.texts import APPENDED, field_of, settable, texts_at

if TYPE_CHECKING:
    from partnerkit.rules.question import Question

_FORM = "Write where it is kept, a space, and the digest of its bytes: vault/deal.pdf sha256:<64 hex digits>"


@dataclass(frozen=True, slots=True)
class Inline:
    """A text that stands in a record and is classified above what the register may hold.

    Attributes:
        keys: where it stands.
        path: the same as people write it, items of lists by their ids.
        text: the text.
        who: what is classified: the record, or the field.
        level: as what.
        clause: the clause by which it is, where the policy says so.
    """

    keys: Keys
    path: str
    text: str
    who: str
    level: str
    clause: str | None

    @property
    def said(self) -> bool:
        """Whether it is part of a statement or of an entry, which is never edited."""
        return self.keys[0] in APPENDED

    @property
    def field(self) -> str:
        """The path of its field, as policies write it."""
        return field_of(self.keys)


def inline(record: RecordFile, policy: Policy, limit: Classification) -> Iterator[Inline]:
    """The texts of a record that its own classification, or that of a field, keeps out of the register."""
    level = record.data.get("classification")
    specs = policy.fields.get(record.kind, {})
    if above(level, limit):
        spec = specs.get("classification")
        for keys, text in prose(type(record.model), record.data):
            if _is_content(record, keys) and not is_reference(text):
                yield Inline(keys, settable(record.data, keys), text, record.id, str(level), _clause(policy, spec))
        return
    for path, spec in policy.classified.get(record.kind, {}).get(limit, ()):
        for keys, text in texts_at(record.data, path):
            if not is_reference(text):
                yield Inline(keys, settable(record.data, keys), text, path, spec.classification, _clause(policy, spec))


def _clause(policy: Policy, spec: FieldSpec | None) -> str | None:
    return ", ".join(policy.full(clause) for clause in clause_list(spec.clause)) if spec is not None else None


def _is_content(record: RecordFile, keys: Keys) -> bool:
    """Of a history the reasons of moves; of statements all but why one was withdrawn: a correction speaks of itself.

    So does an expunging: why text was taken out says nothing of what stood there.
    """
    if keys[0] == EXPUNGED:
        return False
    if keys[0] == "history":
        return record.model.history[int(keys[1])].type == "move"
    return "withdrawn" not in keys


def told(record: RecordFile, one: Inline, limit: Classification, why: str = "", **how: Any) -> Finding:
    """That a text stands where only a reference may, and the line that puts one there."""
    message = (
        f"{one.path} says it in words, and {one.who} is {one.level}: this register holds nothing above {limit}. "
        f"{why or _FORM}"
    )
    return at(record, one.keys, "inline-content", message, clause=one.clause, mend=_mend(record, one), **how)


def _mend(record: RecordFile, one: Inline) -> str:
    """The line that says it by a reference."""
    if not one.said:
        several = isinstance(record.data.get(one.path), list)
        return line("set", record.id, f"{one.path}=<{one.path if several else 'reference'}>")
    group, index = str(one.keys[0]), int(one.keys[1])
    said = record.data[group][index]
    if group == "history":
        return line("advance", record.id, str(said["to"]), "--reason", "<reference>")
    name = str(said["requirement"])
    if group in {"approvals", "waivers"}:
        return line("approve" if group == "approvals" else "gates", record.id, name)
    return line("add", record.id, name, "<scores>" if group == "scores" else "<file-or-link>")


def touch(one: str, other: str) -> bool:
    """Whether two paths are the same, or one leads into the other."""
    return f"{one}.".startswith(f"{other}.") or f"{other}.".startswith(f"{one}.")


def in_words(question: Question) -> Finding | None:
    """Why what meets a requirement does not: it stands in the record, and belongs elsewhere. None where all is well."""
    limit = question.rules.settings.classification
    for one in inline(question.record, question.policy, limit):
        if not one.said and any(touch(one.field, path) for _place, path in fields_read(question.requirement)):
            return told(question.record, one, limit)
    return None
