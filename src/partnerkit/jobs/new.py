"""Make records: from an e-mail, for many subjects at once, from a table, or adopted as they already stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from itertools import count
from typing import Any

from partnerkit.dataclass import dataclass
from partnerkit.errors import WrongCallError, told_of
from partnerkit.jobs.chosen import shortened
from partnerkit.jobs.continuing import going_on, next_of_each
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.finding_records import selected
from partnerkit.jobs.landing import Landed, Outcome, Planned, land
from partnerkit.jobs.named_record import record
from partnerkit.jobs.periods import Period
from partnerkit.jobs.private_ids import demand_nameless
from partnerkit.jobs.statements import entry, trailers, with_entry
from partnerkit.jobs.values import kind_of, with_values
from partnerkit.jobs.wanted import Wanted
from partnerkit.jobs.worked_out import Asking, asking
from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.entries import TOMBSTONE_STAGE
from partnerkit.kinds.problems import an, did_you_mean
from partnerkit.kinds.record import FIXED
from partnerkit.policies.shapes import model_for
from partnerkit.register import PolicyFile, RecordFile, Register
from partnerkit.rules.commands import line
from partnerkit.store.draft import Draft


@dataclass(frozen=True, slots=True)
class Adoption:
    """Where a record stood before the register knew it: visible for ever, never passed off as judged."""

    stage: str
    since: date
    reason: str


def slug(name: str) -> str:
    """An id from a name: lower-case letters, digits, hyphens; accents fall away."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-")


def new(
    desk: Desk,
    kind_word: str,
    wanted: list[Wanted],
    where: list[str],
    adoption: Adoption | None = None,
    over: Period | None = None,
) -> Landed:
    """Make records of a kind and land them as one commit.

    Args:
        desk: where, when and with what ids.
        kind_word: the kind.
        wanted: the records to be made; with `where`, one pattern for every subject found.
        where: conditions on the subjects for which a record is to be made.
        adoption: where the records already stand, instead of the first stage.
        over: the period that they are about: rhythm, days and what is known already are filled in.

    Raises:
        WrongCallError: an unknown kind, field or stage, a name from which no id can be made, or an id that is taken.
        Refused: the record does not satisfy its model, or the policy says no.
    """
    kind = kind_of(kind_word)

    def plan(draft: Draft) -> Planned:
        actor = desk.actor(draft.base)
        notes: list[str] = []
        each = (
            _for_each(asking(desk, draft.after), kind, wanted, where, notes)
            if where
            else going_on(draft.after, kind, wanted)
        )
        if over is not None:
            from partnerkit.jobs.reviewing import over_period  # noqa: PLC0415 - most records are about no period

            each = over_period(draft.after, desk.now, kind, each, over, notes, every=not where)
        if not each:
            return Planned("; ".join(notes) or "nothing to make", [])
        demand_nameless(desk, draft.base.settings, kind, each, slug)
        made = [_made(desk, draft, kind, one, actor, adoption) for one in desk.each("records", each)]
        notes += _by_default(draft.base, kind, each, made)
        verb = f"adopted in {adoption.stage}" if adoption else "new"
        subject = f"{kind}/{shortened([one.id for one in made])}: {verb}"
        body = [f"{one.id}: {one.name}" for one in made]
        if adoption:
            body.append(f"Never judged: it stands there since {adoption.since}. {adoption.reason}")
        entries: list[tuple[RecordFile, dict[str, Any] | None]] = [(one, one.data["history"][-1]) for one in made]
        outcomes = [
            Outcome(record.id, f"{verb.split(maxsplit=1)[0]} in {record.stage}: {record.name}", one.row)
            for one, record in zip(each, made, strict=True)
        ]
        return Planned(subject, made, body, trailers("new", entries), notes, outcomes)

    return land(desk, plan)


def _by_default(register: Register, kind: str, wanted: list[Wanted], made: list[RecordFile]) -> list[str]:
    """Where several policies have such records and nobody said which, the one that was taken."""
    taken = made[0].model.policy
    rest = [f"policy={one}" for one, source in register.policies.items() if kind in source.policy.lifecycles]
    others = " or ".join(one for one in rest if one != f"policy={taken}")
    if KINDS[kind].subject is not None or not others or all("policy" in one.values for one in wanted):
        return []
    return [f"under {taken}, the register's default for a {kind}; another is asked for with {others}"]


def _for_each(asked: Asking, kind: str, wanted: list[Wanted], where: list[str], notes: list[str]) -> list[Wanted]:
    subject = KINDS[kind].subject
    if subject is None and KINDS[kind].continues:
        return next_of_each(asked, kind, wanted[0], where, notes)
    if subject is None:
        raise WrongCallError(f"{an(kind)} belongs to no other record, so it cannot be made for many with --where")
    pattern = wanted[0]
    found = [one for one in selected(asked, [], where) if one.kind in KINDS[kind].subjects]
    return [Wanted(pattern.name, {**pattern.values, subject: one.id}) for one in found]


def _made(desk: Desk, draft: Draft, kind: str, one: Wanted, actor: str, adoption: Adoption | None) -> RecordFile:
    with told_of(one.row):
        return make(desk, draft, kind, one, actor, adoption)


def make(desk: Desk, draft: Draft, kind: str, one: Wanted, actor: str, adoption: Adoption | None) -> RecordFile:
    """One record drafted: new in its first stage, or adopted where it already stands.

    Raises:
        WrongCallError: an unknown field, policy or stage, something missing, or no id that is free.
        Refused: it does not satisfy its model.
    """
    model = KINDS[kind]
    source = _policy(draft.after, kind, one.values)
    lifecycle = source.policy.lifecycles.get(kind)
    if lifecycle is None:
        raise WrongCallError(
            f"{source.policy.policy} has no lifecycle for {an(kind)}: such records are not made under it"
        )
    values = {key: value for key, value in one.values.items() if key not in {"id", "policy"}}
    if one.name is not None:
        values.setdefault(model.named_by, one.name)
    record_id = _new_id(draft, kind, values, one.values.get("id"))
    stage = _stage(lifecycle.stages, adoption) if adoption else lifecycle.starts
    data: dict[str, Any] = {"format": 1, "kind": kind, "id": record_id, "policy": source.policy.policy, "stage": stage}
    if "proposer" in model.model_fields and adoption is None and one.proposed:
        values.setdefault("proposer", actor)
    data = with_values({**data, **one.data}, values, source.policy, kind)
    _demand_complete(data, source, kind, one, adoption)
    fields = {"reason": adoption.reason, "since": adoption.since.isoformat()} if adoption else {}
    first = entry(
        desk,
        draft.after,
        data,
        source=source,
        kind=kind,
        type_="adopt" if adoption else "create",
        to=stage,
        by=actor,
        fields=fields,
    )
    again = _drafted_again(kind, one) if any(one.values.get(key) for key in model.continues) else None
    return draft.put(with_entry(data, first), f"records/{model.folder}/{record_id}.yaml", again)


def _drafted_again(kind: str, one: Wanted) -> str:
    """The line that drafts a record from another once more, with what was typed left to be filled in."""
    model = KINDS[kind]
    kept = {*model.continues, model.subject}
    return line("new", kind, *(f"{key}={text if key in kept else f'<{key}>'}" for key, text in one.values.items()))


def _demand_complete(
    data: dict[str, Any], source: PolicyFile, kind: str, one: Wanted, adoption: Adoption | None
) -> None:
    """Every key that the kind needs is given; what its blocks and lists lack is said where they are checked."""
    fields = model_for(source.policy, kind).model_fields
    needed = [info.alias or name for name, info in fields.items() if info.is_required()]
    absent = [key for key in needed if key not in data and key not in FIXED]
    if absent:
        message = f"the {kind} {data['id']} also needs {', '.join(absent)}"
        raise WrongCallError(message, _again(kind, one, adoption, absent))


def _again(kind: str, one: Wanted, adoption: Adoption | None, absent: list[str]) -> str:
    """The whole line as it was typed, with what it lacks."""
    more = [f"{key}=<{key}>" for key in absent]
    if one.data:
        return f"add to the line: {' '.join(more)}"
    words = [*([one.name] if one.name is not None else []), *(f"{key}={text}" for key, text in one.values.items())]
    if adoption is not None:
        more += ["--adopt", adoption.stage, "--since", adoption.since.isoformat(), "--reason", adoption.reason]
    return line("new", kind, *words, *more)


def _stage(stages: Mapping[str, object], adoption: Adoption) -> str:
    if adoption.stage not in stages:
        near = did_you_mean(adoption.stage, stages)
        raise WrongCallError(f"there is no stage {adoption.stage!r}{near}", f"the stages: {', '.join(stages)}")
    return adoption.stage


def _policy(register: Register, kind: str, values: Mapping[str, str]) -> PolicyFile:
    """The policy of a new record: its subject's, the one asked for, or the register's default for the kind."""
    subject_field = KINDS[kind].subject
    if subject_field and subject_field in values:
        if "policy" in KINDS[kind].subjects and values[subject_field] in register.policies:
            return register.policies[values[subject_field]]
        subject = record(register, values[subject_field])
        if subject.kind not in KINDS[kind].subjects:
            kinds = " or a ".join(KINDS[kind].subjects)
            raise WrongCallError(f"{an(kind)} belongs to {an(kinds)}, and {subject.id} is {an(subject.kind)}")
        return register.policies[subject.model.policy]
    if subject_field:
        raise WrongCallError(f"say to which record the {kind} belongs", f"{subject_field}=<id>")
    allowed = register.settings.policies.allowed
    wanted = (
        values.get("policy")
        or register.settings.policies.default.get(kind)
        or (allowed[0] if len(allowed) == 1 else None)
    )
    if wanted is None:
        raise WrongCallError(f"no policy is the default for {an(kind)}", f"say policy= one of {', '.join(allowed)}")
    if wanted not in register.policies:
        near = did_you_mean(wanted, register.policies)
        raise WrongCallError(f"the register has no policy {wanted!r}{near}", f"it has {', '.join(register.policies)}")
    return register.policies[wanted]


def _new_id(draft: Draft, kind: str, values: Mapping[str, str], given: str | None) -> str:
    subject_field = KINDS[kind].subject
    if given is not None:
        if not given or slug(given) != given:
            raise WrongCallError(
                f"{given!r} is no id", f"write lower-case letters, digits and hyphens, such as {slug(given) or 'acme'}"
            )
        _demand_of_one_line(draft, given, given)
        if given in draft.paths:
            raise WrongCallError(f"the id {given} is taken by {draft.paths[given]}", f"id={_free(draft, given)}")
        return given
    name = values.get(KINDS[kind].named_by, "")
    if not name:
        raise WrongCallError(
            f"{an(kind)} needs a {KINDS[kind].named_by}", f'partnerkit new {kind} "<{KINDS[kind].named_by}>"'
        )
    base = slug(name)
    if subject_field and base:
        subject = values[subject_field].lower()
        year = re.search(r"20\d\d", name)
        base = f"{subject}-{year[0]}" if kind == "agreement" and year else f"{subject}-{base}"
    if not base:
        raise WrongCallError(f"no id can be made from {name!r}: it has no Latin letters or digits", "say id=<id>")
    found, number = base, 2
    if kind == "partnership":
        _demand_of_one_line(draft, found, base)
    while found in draft.paths:
        if kind == "partnership" and not _taken_back(draft, found):
            mend = f"is it the same? Then: partnerkit show {found}. If not: id={_free(draft, base)}"
            raise WrongCallError(f"there is already a record {found} ({draft.paths[found]})", mend)
        found, number = f"{base}-{number}", number + 1
    return found


def _demand_of_one_line(draft: Draft, record_id: str, base: str) -> None:
    """Whether no other record of this very command has the id.

    Raises:
        WrongCallError: one has.
    """
    if draft.makes(record_id):
        message = f"another line makes the record {record_id} already"
        raise WrongCallError(message, f"leave one of the two lines out, or give this one id={_free(draft, base)}")


def _taken_back(draft: Draft, record_id: str) -> bool:
    """Whether a record was made and undone: its id is taken for ever, and stands for nobody."""
    found = draft.after.records.get(record_id)
    return found is not None and found.stage == TOMBSTONE_STAGE


def _free(draft: Draft, base: str) -> str:
    return next(f"{base}-{number}" for number in count(2) if f"{base}-{number}" not in draft.paths)
