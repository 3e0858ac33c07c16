"""Whether a document and its record have parted: what was recorded, what a file holds, what would be made today."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from partnerkit.dataclass import replace
from partnerkit.documents.catalogue import DOCUMENTS
from partnerkit.documents.composed import Asked, Composed, Kept, Lies, Noted, Parted
from partnerkit.documents.noting import noted, paper
from partnerkit.documents.settled import is_signed
from partnerkit.errors import WrongCallError
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.document_record import is_binding, origins
from partnerkit.jobs.documents import compose
from partnerkit.jobs.named_record import record, source
from partnerkit.jobs.seeing import level_of
from partnerkit.kinds.canonical import file_digest
from partnerkit.kinds.record import FIXED
from partnerkit.register import RecordFile, Register
from partnerkit.rules.commands import line


def paper_of(desk: Desk, asked: Asked, given: bytes | None) -> Kept | None:
    """The paper that parties sign, where that was not made here, and whether a file is it; None where there is none.

    Args:
        desk: where.
        asked: the document in whose place it stands.
        given: the bytes of a file, where one is held against it.
    """
    register = desk.working_tree().demand()
    found = record(register, asked.record)
    if found.kind not in DOCUMENTS[asked.what].kinds:
        return None
    policy = source(register, found).policy
    said = paper(policy, found, asked.what)
    if said is None:
        return None
    file = file_digest(given) if given is not None else None
    return Kept(asked, said, is_binding(policy, found, said), _lies(register, said), file)


def _lies(register: Register, said: dict[str, Any]) -> Lies:
    if "claimed" in said or "digest" not in said or "ref" not in said:
        return "elsewhere"
    now = register.digests(said["ref"])
    if now is None:
        return "gone"
    return "here" if now == said["digest"] else "changed"


def _first(register: Register, found: RecordFile, asked: Asked) -> str:
    """What is to be done before anything can have parted: nothing, where it was signed already."""
    policy, sort = source(register, found).policy, DOCUMENTS[asked.what]
    settled = sort.signed and found.kind in sort.kinds and is_signed(policy, found.kind, found.stage, found.data)
    if settled:
        return line("show", found.id)
    return line("doc", asked.what, asked.record, "--record", "--out", "<file>")


def held_against(
    desk: Desk, asked: Asked, form: str | None, given: bytes | None, make: Callable[[Composed, str, bool], bytes]
) -> Parted:
    """Hold what was recorded, or a file, against what would be made today.

    Args:
        desk: where.
        asked: the document.
        form: the format; None for that which was recorded.
        given: the bytes of a file, where one is held against it.
        make: makes the bytes of a document in a format, marked as a draft or not.

    Raises:
        WrongCallError: nothing was recorded, and no file is given.
    """
    register = desk.working_tree().demand()
    found = record(register, asked.record)
    there = noted(found, asked.what)
    said = next((one for one in there if form in {None, one.format}), None)
    if said is None and given is None:
        message = f"no {asked.what} of {asked.record} is recorded, so there is nothing that could have parted"
        raise WrongCallError(message, _first(register, found, asked))
    level = level_of(said.level) if said is not None else asked.level
    composed = compose(desk, register, replace(asked, naming="ids", level=level, to_be_signed=True))
    wanted = said.format if said is not None else form or "md"
    today, marked = (file_digest(make(composed, wanted, draft)) for draft in (False, True))
    made_of = origins(composed, wanted)
    changed = _changed(register, found, said) if said is not None and said.origins.text != made_of.text else []
    file = file_digest(given) if given is not None else None
    file_is = None if file is None else _file_is(file, said, {today, marked})
    return Parted(
        replace(asked, level=level),
        wanted,
        said,
        file,
        today,
        made_of,
        changed,
        file_is,
        list(dict.fromkeys(one.format for one in there)),
    )


def _file_is(file: str, said: Noted | None, today: set[str]) -> str:
    if said is not None and file == said.bytes:
        return "recorded"
    return "today" if file in today else "other"


def _changed(register: Register, found: RecordFile, said: Noted) -> list[str]:
    """The fields that the record says otherwise than when the document was recorded."""
    then: dict[str, Any] | None = None
    for data in register.earlier(found.path):
        if not any(one.get("id") == said.said["id"] for one in data.get("evidence") or [] if isinstance(one, dict)):
            break
        then = data
    if then is None:
        return []
    names = [name for name in dict.fromkeys([*then, *found.data]) if name not in FIXED]
    return [name for name in names if then.get(name) != found.data.get(name)]
