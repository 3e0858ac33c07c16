"""Lines of logs: what merely happened around a record."""

from __future__ import annotations

import copy
from functools import partial
from typing import Any

from partnerkit.errors import WrongCallError
from partnerkit.jobs.adding import Work, allowed, demand_no_file
from partnerkit.jobs.values import meant
from partnerkit.kinds.canonical import same
from partnerkit.kinds.modelled import BaseModel
from partnerkit.kinds.problems import against, an, did_you_mean
from partnerkit.policies.lists import lists, said_for
from partnerkit.policies.reach import kinds_needing
from partnerkit.policies.sorts import parts
from partnerkit.rules.commands import line


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


def says_again(work: Work, item: Any) -> bool:
    """Whether a log holds a line that says just what a new one does, whatever its id and whoever recorded it."""
    if work.added.what not in lists(work.policy, work.record.kind) or work.added.what in work.policy.requirements:
        return False
    aside = {"id", "by"} - set(work.added.values)

    def told(one: Any) -> Any:
        return {key: value for key, value in one.items() if key not in aside} if isinstance(one, dict) else one

    return any(same(told(one), told(item)) for one in work.record.data.get(work.added.what) or [])


def _item(work: Work, model: type[BaseModel]) -> dict[str, Any]:
    keys = {info.alias or name: info for name, info in model.model_fields.items()}
    allowed(work)
    day = (work.voice.on or work.desk.today(work.draft.base)).isoformat()
    found: dict[str, Any] = {key: day for key in ("on",) if key in keys}
    found |= {"by": work.voice.by} if "by" in said_for(model) and "by" in keys and "by" not in work.added.values else {}
    for key, text in work.added.values.items():
        said = meant(key, text, partial(_fits, model, key))
        counts = int in parts(keys[key].annotation) and isinstance(said, str) and said.isdecimal()
        found[key] = int(said) if counts else said  # too few or too many is said of the number
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


def _fits(model: type[BaseModel], key: str, value: Any) -> bool:
    """Whether a line of the log may hold the value under the key, whatever else it holds."""
    return not against(model, key, value)
