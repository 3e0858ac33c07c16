"""What a shell completes: ids, stages, requirements, roles, people; read from the files alone, without the models.

Where the line names a record already, what comes next is what that record can do: the ways out of its stage, and what
they demand. Where none of that fits what is typed, everything that the policies know is offered.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from partnerkit.cli.declared import Line
from partnerkit.cli.options import OPTIONS
from partnerkit.pattern import pattern

#: The folders below records/ in which no records are, and how the file of one ends.
_NO_RECORDS, _ENDING = ("policies", "evidence"), ".yaml"

_ID = pattern(r"[a-z0-9][a-z0-9-]*")
_APPLICANT = pattern(rb"^applicant: ([a-z0-9][a-z0-9-]*)$", re.MULTILINE)


def _records() -> Path:
    """The folder of records, of the register in which the command is run: also from a folder inside it."""
    here = OPTIONS.here().resolve()
    found = (folder / "records" for folder in (here, *here.parents))
    return next((records for records in found if (records / "register.yaml").is_file()), here / "records")


def complete_ids(incomplete: str) -> list[str]:
    """Ids of records, from the names of files alone."""
    ids = [name[: -len(_ENDING)] for _, names in _folders() for name in names if name.endswith(_ENDING)]
    return sorted([one for one in ids if one.startswith(incomplete) and _ID.fullmatch(one)])


def ids_known() -> Callable[[str], bool]:
    """Tells of a word whether a file of a record is called so: they are looked through once, when it is first asked."""
    found = cache(lambda: [*_folders()])
    return lambda word: any(f"{word}{_ENDING}" in names for _, names in found())


def _folders() -> Iterator[tuple[str, list[str]]]:
    """Every folder in which records are, and the names of the files there."""
    records = str(_records())
    for folder, inner, names in os.walk(records):
        if folder == records:
            inner[:] = (one for one in inner if one not in _NO_RECORDS)
        else:
            yield folder, names


def _record(record_id: str) -> dict[str, Any]:
    name = f"{record_id}{_ENDING}"
    return next((_data(Path(folder, name)) for folder, names in _folders() if name in names), {})


def policies_in_force() -> list[dict[str, Any]]:
    """The policies of the register, as their files say them."""
    return [_data(path) for path in sorted((_records() / "policies").glob("*.yaml"))]


def _names(group: str, incomplete: str) -> list[str]:
    names: set[str] = set()
    for policy in policies_in_force():
        part = policy.get(group)
        if isinstance(part, dict):
            names |= {str(name) for name in part}
    return sorted(name for name in names if name.startswith(incomplete))


def _data(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    from partnerkit.store.yaml.reader import read

    document, _problems = read(path.read_bytes(), path.name)
    return document.data if document is not None and isinstance(document.data, dict) else {}


def _ways(ctx: Line) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The requirements of the policy of the record that the line names first, and the ways out of its stage."""
    with contextlib.suppress(AttributeError, TypeError, OSError):  # what cannot be read completes nothing
        return _ways_of(_first(ctx))
    return {}, []


def _first(ctx: Line) -> str:
    """The record that the line names first; behind an option whose value is being completed, nothing is parsed yet."""
    words = ctx.params.get("words") or ctx.args
    return str(ctx.params.get("record_id") or (words[0] if words else None))


def _ways_of(record_id: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    record = _record(record_id)
    policy: dict[str, Any] = next((one for one in policies_in_force() if one.get("policy") == record.get("policy")), {})
    lifecycle = (policy.get("lifecycles") or {}).get(record.get("kind")) or {}
    ways = [way for way in lifecycle.get("transitions", []) if record.get("stage") in _several(way.get("from"))]
    return policy.get("requirements") or {}, ways


def _several(found: Any) -> list[Any]:
    return found if isinstance(found, list) else [found]


def _demanded(ctx: Line) -> dict[str, Any]:
    """What the ways out of the record's stage demand, alternatives too."""
    known, ways = _ways(ctx)
    names = {name for way in ways for name in way.get("needs", [])}
    names |= {other for name in names for other in (known.get(name) or {}).get("any-of", [])}
    return {name: known[name] for name in names if isinstance(known.get(name), dict)}


def _fitting(near: set[str], group: str, incomplete: str) -> list[str]:
    return sorted(name for name in near if name.startswith(incomplete)) or _names(group, incomplete)


def complete_requirements(ctx: Line, incomplete: str) -> list[str]:
    """Requirements that the record is asked for; else those of the policies in force."""
    return _fitting(set(_demanded(ctx)), "requirements", incomplete)


def every_requirement(incomplete: str) -> list[str]:
    """Requirements of the policies in force."""
    return _names("requirements", incomplete)


def complete_ids_and_requirements(ctx: Line, incomplete: str) -> list[str]:
    """Ids of records, and requirements that the record named first is asked for."""
    return [*complete_ids(incomplete), *complete_requirements(ctx, incomplete)]


def complete_decisions(ctx: Line, incomplete: str) -> list[str]:
    """Ids, and decisions that the record waits for; else requirements of the policies in force."""
    near = {name for name, one in _demanded(ctx).items() if "approval" in one}
    return [*complete_ids(incomplete), *_fitting(near, "requirements", incomplete)]


def complete_waivable(ctx: Line, incomplete: str) -> list[str]:
    """Ids, and requirements that can be waived for the record; else those of the policies in force."""
    near = {name for name, one in _demanded(ctx).items() if "waivable" in one}
    return [*complete_ids(incomplete), *_fitting(near, "requirements", incomplete)]


def complete_roles(incomplete: str) -> list[str]:
    """Roles of the policies in force."""
    return _names("roles", incomplete)


def complete_figures(incomplete: str) -> list[str]:
    """Figures that the policies in force want."""
    return _names("metrics", incomplete)


def complete_explained(incomplete: str) -> list[str]:
    """What `why` explains: records, codes of findings, words and clauses of the policies in force."""
    from partnerkit.rules.codes import EXPLAINED

    words: dict[str, None] = {}
    for policy in policies_in_force():
        groups = (policy.get(group) for group in ("requirements", "roles", "variables", "cadences", "metrics"))
        words |= dict.fromkeys(str(name) for group in groups if isinstance(group, dict) for name in group)
        clauses = _clauses(policy) if incomplete.startswith("§") else ()  # too many for who asks for anything
        words |= dict.fromkeys((str(policy.get("policy")), *_stages(policy), *clauses))
    known = [*words, *EXPLAINED]
    return [*complete_ids(incomplete), *(word for word in known if word.startswith(incomplete))]


def _clauses(policy: dict[str, Any]) -> Iterator[str]:
    clauses = policy.get("clauses")
    for name, clause in clauses.items() if isinstance(clauses, dict) else []:
        points = clause.get("points", []) if isinstance(clause, dict) else []
        yield from (name, *(f"{name}/{point}" for point in points))


def complete_fields(ctx: Line, incomplete: str) -> list[str]:
    """Fields of the record, one step at a time: `objectives`, then what stands below it."""
    from partnerkit.kinds.differing import paths_of

    depth = incomplete.count(".")
    paths = paths_of(_record(_first(ctx)))
    return [path for path in paths if path.startswith(incomplete) and path.count(".") <= depth]


def complete_moments(ctx: Line, incomplete: str) -> list[str]:
    """The days on which something was entered into the record's history, where the register is; and HEAD."""
    from datetime import datetime

    from partnerkit.kinds.week import zone_of

    found: dict[str, None] = {}
    with contextlib.suppress(AttributeError, TypeError, ValueError, OSError):  # what cannot be read completes nothing
        zone = zone_of(str(_data(_records() / "register.yaml").get("time-zone")))
        for entry in _record(_first(ctx)).get("history", []):
            found[datetime.fromisoformat(str(entry["at"])).astimezone(zone).date().isoformat()] = None
    return [one for one in (*found, "HEAD") if one.startswith(incomplete)]


def complete_packs(incomplete: str) -> list[str]:
    """Policies that are shipped."""
    from importlib import resources

    folder = resources.files("partnerkit.policies") / "packs"
    names = (one.name.removesuffix(".yaml") for one in folder.iterdir() if one.name.endswith(".yaml"))
    return sorted(name for name in names if name.startswith(incomplete))


def complete_old_stages(incomplete: str) -> list[str]:
    """Stages of the policies in force with their kind, to be given another: `partnership.decision=`."""
    cycles = [(kind, one) for policy in policies_in_force() for kind, one in (policy.get("lifecycles") or {}).items()]
    found = {f"{kind}.{stage}=" for kind, one in cycles for stage in one.get("stages", {})}
    return sorted(name for name in found if name.startswith(incomplete))


def complete_policies(incomplete: str) -> list[str]:
    """Policies in force."""
    return sorted(name for policy in policies_in_force() if (name := str(policy.get("policy"))).startswith(incomplete))


def complete_stages(ctx: Line, incomplete: str) -> list[str]:
    """Stages to which a way leads from where the record stands; else those of the policies in force."""
    near = sorted(to for way in _ways(ctx)[1] if (to := str(way.get("to"))).startswith(incomplete))
    return near or every_stage(incomplete)


def every_stage(incomplete: str) -> list[str]:
    """Stages of the policies in force."""
    found = {name for policy in policies_in_force() for name in _stages(policy)}
    return sorted(name for name in found if name.startswith(incomplete))


def _stages(policy: dict[str, Any]) -> Iterator[str]:
    cycles = policy.get("lifecycles")
    for cycle in cycles.values() if isinstance(cycles, dict) else []:
        yield from cycle.get("stages", {})


def complete_people(incomplete: str) -> list[str]:
    """People of the roster, and applicants."""
    people = _data(_records() / "people.yaml").get("people")
    found = set(people) if isinstance(people, dict) else set()
    for one in filter(Path.is_file, (_records() / "applications").glob("**/*.yaml")):
        found |= {applicant.decode() for applicant in _APPLICANT.findall(one.read_bytes())}
    return sorted(name for name in found if name.startswith(incomplete))


def complete_kinds(incomplete: str) -> list[str]:
    """Kinds of records."""
    from partnerkit.kinds.catalogue import KINDS

    return [kind for kind in KINDS if kind.startswith(incomplete)]


def complete_sheets(incomplete: str) -> list[str]:
    """What the rows of a sheet can be: records of a kind, or what people answered."""
    return [*complete_kinds(incomplete), *(one for one in ("feedback",) if one.startswith(incomplete))]
