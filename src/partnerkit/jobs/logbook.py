"""Lines of logs: what merely happened around a record."""

from __future__ import annotations

import copy
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from partnerkit.errors import WrongCallError
from partnerkit.jobs.adding import Work, allowed, demand_no_file
from partnerkit.kinds.problems import an, did_you_mean
from partnerkit.policies.lists import lists, said_for
from partnerkit.policies.reach import kinds_needing
from partnerkit.rules.commands import line
from partnerkit.store.yaml.reader import read


def log_line(work: Work) -> tuple[dict[str, Any], Any]:
    """The record's data with a line of a log, and that line.

    Raises:
        WrongCallError: the kind has no such log, or its lines no such key.
    """
    known = lists(work.policy, work.record.kind)
    model = known.get(work.added.what)
    if model is None:
        asked = (one for one in work.policy.requirements if work.record.kind in kinds_needing(work.policy, one))
        names = [*asked, *known]
        near = did_you_mean(work.added.what, names)
        message = f"{an(work.record.kind)} has no requirement or log {work.added.what!r}{near}"
        raise WrongCallError(message, f"logs: {', '.join(known)}; requirements: {line('gates', work.record.id)}")
    item = _item(work, model)
    new = copy.deepcopy(work.record.data)
    new.setdefault(work.added.what, []).append(item)
    return new, item


def _item(work: Work, model: type[BaseModel]) -> dict[str, Any]:
    keys = {info.alias or name: info for name, info in model.model_fields.items()}
    allowed(work)
    day = (work.voice.on or work.desk.today(work.draft.base)).isoformat()
    found = {key: day for key in ("on",) if key in keys}
    found |= {"by": work.voice.by} if "by" in said_for(model) and "by" in keys and "by" not in work.added.values else {}
    for key, text in work.added.values.items():
        found[key] = _typed(text, keys[key].annotation)
    if "ref" not in keys:
        demand_no_file(work)
    elif work.added.thing is not None:
        found["ref"] = work.added.thing
    if "id" in said_for(model) and "id" not in found:
        found = {"id": _free_id(work), **found}
    return {key: found[key] for key in keys if key in found}


def _free_id(work: Work) -> str:
    taken = {item.get("id") for item in work.record.data.get(work.added.what) or []}
    letter = work.added.what[0]
    return next(f"{letter}{number}" for number in range(1, 10_000) if f"{letter}{number}" not in taken)


def _types(annotation: Any) -> set[Any]:
    """The types that an annotation is made of: `int` and `None` of an optional count, `list` of a list of texts."""
    found = {annotation} if isinstance(annotation, type) else {origin} if (origin := get_origin(annotation)) else set()
    return found.union(*(_types(part) for part in get_args(annotation)))


def _typed(text: str, annotation: Any) -> Any:
    """Numbers, yes-no, lists and blocks as such where the model wants them; all else as text.

    Lists may be written `a, b`; spreadsheets write TRUE for true.
    """
    types = _types(annotation)
    if bool in types and text.lower() in {"true", "false"}:
        return text.lower() == "true"
    if {int, bool} & types or ({list, dict} & types and text.startswith(("[", "{"))):
        document, _found = read(f"value: {text}\n".encode(), "a value")
        return document.data["value"] if document is not None else text
    return [part.strip() for part in text.split(",")] if list in types else text
