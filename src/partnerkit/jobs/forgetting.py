"""Take text out of the records for good, such as the name of a person: a marker stands where it stood, and says why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from partnerkit.errors import WrongCallError
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.landing import Landed, Outcome, Planned, land
from partnerkit.kinds import modelled
from partnerkit.kinds.canonical import file_digest
from partnerkit.kinds.expunging import EXPUNGED, listed, texts
from partnerkit.kinds.problems import problems
from partnerkit.kinds.record import HEAD
from partnerkit.kinds.sought import SHORTEST, Sought, replaced
from partnerkit.register import Keys, RecordFile, Register
from partnerkit.rules.bonds import restatements
from partnerkit.rules.commands import correcting
from partnerkit.rules.expunged import expunging_digest
from partnerkit.rules.forgotten import Forgotten, Place
from partnerkit.rules.look import Look
from partnerkit.rules.places import at
from partnerkit.rules.proven import vouched
from partnerkit.rules.refused import Refused
from partnerkit.rules.resting import EVER
from partnerkit.steps import binding_gates
from partnerkit.store.draft import Draft
from partnerkit.store.git.standing import standing
from partnerkit.store.layout import is_rule
from partnerkit.store.record_paths import record_id
from partnerkit.store.yaml.comments import with_comments
from partnerkit.store.yaml.nodes import Document
from partnerkit.store.yaml.reader import read

#: Digits of an expunging's id, and of the salt.
_ID = 12
_SALT = 32

_DEPENDS = "other things depend on it"
_LONG = "with a marker it would be too long: shorten it first"


def spelled(text: str, *, inside_words: bool = False) -> Sought:
    """What somebody wants taken out: a spelling in each line.

    Raises:
        WrongCallError: there is none, or one is too short to mean anything.
    """
    lines = dict.fromkeys(" ".join(one.split()) for one in text.splitlines())
    found = tuple(one for one in lines if one)
    if not found:
        raise WrongCallError(
            "nothing was said to forget", "give the text on stdin or in a file, a spelling in each line"
        )
    short = [place for place, one in enumerate(found, 1) if len(one) < SHORTEST]
    if short:
        raise WrongCallError(f"spelling {short[0]} has one character: it would stand everywhere", "give all of it")
    return Sought(found, inside_words)


def forget(
    desk: Desk, sought: Sought, reason: str, *, former: bool = False, elsewhere: bool = False
) -> tuple[Forgotten, Landed]:
    """Take a text out of every record, as one commit, and say where else it stands.

    Args:
        desk: where and when.
        sought: the text.
        reason: why, as it will stand in the records.
        former: go on though no record holds it now, for those that held it once and whose history is to be rewritten.
        elsewhere: go on though no record holds it at all: it is taken out of the private place.

    Raises:
        WrongCallError: the reason repeats the text, or no record holds it.
        Refused: it stands where nothing can stand in its place, such as in an id.
    """
    if sought.found(reason) or not reason.strip():
        raise WrongCallError("the reason is empty, or repeats what is to be forgotten", "--reason 'their own request'")
    found = Forgotten(f"x-{desk.random(_ID)}", desk.random(_SALT), sought, standing=standing(desk.git, sought))

    def plan(draft: Draft) -> Planned:
        found.places, found.left = [], []
        actor = desk.actor(draft.base)
        plain = {"at": desk.at, "by": actor, "reason": reason, "digest": sought.digest(found.salt)}
        held = {one for path in found.standing.versions if (one := record_id(path)) is not None}
        records = list(draft.after.of_kind(None))
        files = _files(draft, records, found)
        made = [
            now
            for record in records
            if (now := _expunged(desk, draft, record, found, plain, files, once=record.id in held)) is not None
        ]
        for path, raw in files.items():
            draft.put_file(path, raw)
        if not found.places and not (former and made) and not elsewhere:
            raise WrongCallError("no record holds that text", _nowhere(found, former=former))
        found.left += _elsewhere(draft, sought)
        named = ", ".join(sorted(one.id for one in made)[:5])
        subject = f"records: {found.id} expunged from {named}" if made else "no record holds it"
        outcomes = [Outcome(one.id, _does(found, one)) for one in made]
        notes = [note for one in made if (note := _altered(draft.base, one.id)) is not None]
        trailers = {"Partnerkit-Command": ["person"]}
        return Planned(subject, made, [reason], trailers, notes=notes, outcomes=outcomes, despite=True)

    return found, land(desk, plan)


def _altered(register: Register, record_id: str) -> str | None:
    """That sealed content of a record was altered: before text is taken out, a correction can still put it back."""
    record = register.records[record_id]
    source = register.policies[record.model.policy]
    gates = list(binding_gates(record, source.policy))
    what = next((one.differs for one in vouched(record, source, register, gates, EVER) if one.differs), None)
    if what is None:
        return None
    first = correcting(record_id)
    return f"{record_id}: {what} was altered since a gate was passed. Run {first} first: afterwards it may be too late"


def _nowhere(found: Forgotten, *, former: bool) -> str:
    if found.standing.count and not former:
        return "earlier versions do: --former explains the markers that will stand there when history is rewritten"
    return "letters count as they are written: give every spelling; longer words count with --inside-words"


def _does(found: Forgotten, record: RecordFile) -> str:
    number = sum(one.file == record.path for one in found.places)
    return f"{number} place{'' if number == 1 else 's'}" if number else "held it once"


def _expunged(
    desk: Desk,
    draft: Draft,
    record: RecordFile,
    found: Forgotten,
    plain: dict[str, Any],
    files: dict[str, bytes],
    *,
    once: bool,
) -> RecordFile | None:
    """A record without the text, in the draft; None where neither it nor its evidence ever held it."""
    sought = found.sought
    keys = [keys for keys, text in texts(record.data) if sought.found(text)]
    found.left += _left(record, sought)
    comments = with_comments(_document(draft, record), lambda one: sought.taken_out(one, found.id))
    shown = {file_digest(draft.tree.read(ref) or b""): file_digest(files[ref]) for ref in _refs(record) if ref in files}
    if not (keys or once or shown or comments != draft.text(record.id)):
        return None
    after = replaced(record.data, sought, found.id)
    _demand_free_text(record, after, keys)
    known = listed(after)
    look = Look(record, draft.base, draft.base.policies[record.model.policy], desk.now, desk.latest)
    new = {"id": found.id, **plain, "places": len(keys)}
    new |= {"again": again} if (again := {**restatements(look, after), **shown}) else {}
    new |= ({"clock": "set"} if desk.clock_set else {}) | ({} if desk.verify else {"hooks": "skipped"})
    new["previous"] = expunging_digest(known)
    found.places += [Place(record.path, record.place(one)[0], _named(one, sought)) for one in keys]
    return _without_comments(draft, draft.put({**after, EXPUNGED: [*known, new]}, record.path), found)


def _files(draft: Draft, records: list[RecordFile], found: Forgotten) -> dict[str, bytes]:
    """The files of evidence that hold the text, without it."""
    new: dict[str, bytes] = {}
    for ref in sorted({ref for record in records for ref in _refs(record)}):
        text = (draft.tree.read(ref) or b"").decode("utf-8", "surrogateescape")
        if found.sought.found(text):
            new[ref] = found.sought.taken_out(text, found.id).encode("utf-8", "surrogateescape")
            number = next((at for at, row in enumerate(text.split("\n"), 1) if found.sought.found(row)), None)
            found.places.append(Place(ref, number, "evidence"))
    return new


def _refs(record: RecordFile) -> set[str]:
    """The files of the register that a record shows as evidence, known by their digest."""
    shown = (one for one in record.data.get("evidence") or [] if "digest" in one and "claimed" not in one)
    return {str(one["ref"]) for one in shown if "ref" in one}


def _document(draft: Draft, record: RecordFile) -> Document:
    document, problems_ = read(draft.text(record.id).encode(), record.path)
    if document is None:
        raise Refused(f"{record.id} cannot be read; nothing changed", problems_)
    return document


def _without_comments(draft: Draft, record: RecordFile, found: Forgotten) -> RecordFile:
    """The same in the comments of its file, which no digest is of."""
    document = _document(draft, record)
    text = with_comments(document, lambda one: found.sought.taken_out(one, found.id))
    if text == document.text:
        return record
    for number, (was, now) in enumerate(zip(document.text.split("\n"), text.split("\n"), strict=True), 1):
        if was != now:
            found.places.append(Place(record.path, number, "a comment"))
    return draft.put_text(record.id, text)


def _demand_free_text(record: RecordFile, data: dict[str, Any], places: list[Keys]) -> None:
    """Whether a marker can stand wherever the text stands.

    Raises:
        Refused: somewhere it cannot; says where and why.
    """
    why: dict[Keys, str] = {keys: f"it says what the record is: {_DEPENDS}" for keys in places if keys[0] in HEAD}
    for index, said in enumerate(record.data.get("evidence") or []):
        if ("evidence", index, "ref") in places and "digest" in said and "claimed" not in said:
            why["evidence", index, "ref"] = f"it is the name of a file of the register: {_DEPENDS}"
    try:
        type(record.model).model_validate(data)
    except modelled.ValidationError as error:
        for problem in problems(error, type(record.model)):
            known = [one for one in places if one[: len(problem.keys)] == problem.keys]
            long = "characters" in problem.message
            reason = _LONG if long else f"it is an id, a choice or another word of a fixed form: {_DEPENDS}"
            why |= dict.fromkeys(known or [problem.keys], reason)
    mend = "leave that spelling out; ids of people say nothing about them, and a title or a text can be changed first"
    found = [
        at(
            record,
            keys,
            "not-expungible",
            f"{record.id}: {'.'.join(map(str, keys))} holds the text, and {reason}",
            mend=mend,
        )
        for keys, reason in why.items()
    ]
    if found:
        raise Refused(f"{record.id}: refused; nothing changed", found)


def _left(record: RecordFile, sought: Sought) -> Iterator[Place]:
    """Where a text nearly stands in a record."""
    for keys, text in texts(record.data):
        if sought.nearly(text):
            what = f"{_named(keys, sought)}: inside a longer word, or in other letters"
            yield Place(record.path, record.place(keys)[0], what)
    for keys in _keys_with(record.data, sought):
        yield Place(record.path, record.place(keys)[0], f"{_named(keys, sought)}: a key")


def _named(keys: Keys, sought: Sought) -> str:
    """A field as it is called, without what is to be forgotten."""
    return sought.masked(".".join(map(str, keys)))


def _keys_with(value: Any, sought: Sought, keys: Keys = ()) -> Iterator[Keys]:
    if isinstance(value, dict):
        for key, part in value.items():
            if sought.found(str(key)):
                yield (*keys, key)
            yield from _keys_with(part, sought, (*keys, key))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from _keys_with(part, sought, (*keys, index))


def _elsewhere(draft: Draft, sought: Sought) -> Iterator[Place]:
    """Other files of the tree in which a text stands: rules, evidence, whatever else."""
    files = list(draft.tree.files())
    yield from (Place(sought.masked(path), None, "the name of a file") for path in files if sought.names(path))
    read_already = {record.path for record in draft.after.of_kind(None)}  # what is left in them is told of each place
    for path, raw in draft.tree.read_many(one for one in files if one not in {*draft.changes, *read_already}).items():
        text = raw.decode("utf-8", "replace")
        if sought.found(text):
            rows = (number for number, row in enumerate(text.split("\n"), 1) if sought.found(row))
            yield Place(sought.masked(path), next(rows, None), _what(path))


def _what(path: str) -> str:
    if is_rule(path):
        return "rules: changed by person set, policy or in an editor, and judged as such"
    if record_id(path) is not None:
        return "a record that cannot be read"
    return "a file: whatever its digest vouches for stays as it was shown"
