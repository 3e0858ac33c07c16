"""What a shell completes: ids, stages, requirements, roles, people; read from the files alone, without the models.

Where the line names a record already, what comes next is what that record can do: the ways out of its stage, and what
they demand. Where none of that fits what is typed, everything that the policies know is offered.
"""

from __future__ import annotations

import contextlib
import re
from pathlib import Path
from typing import Any

import typer

from partnerkit.cli.options import OPTIONS

_APPLICANT = re.compile(rb"^applicant: ([a-z0-9][a-z0-9-]*)$", re.MULTILINE)


def _records() -> Path:
    """The folder of records, of the register in which the command is run: also from a folder inside it."""
    here = OPTIONS.here().resolve()
    found = (folder / "records" for folder in (here, *here.parents))
    return next((records for records in found if (records / "register.yaml").is_file()), here / "records")


def complete_ids(incomplete: str) -> list[str]:
    """Ids of records, from the names of files alone."""
    records = _records()
    paths = (path for path in records.glob("*/**/*.yaml"))
    found = (path.stem for path in paths if path.relative_to(records).parts[0] not in {"policies", "evidence"})
    return sorted(one for one in found if one.startswith(incomplete))


def _policies() -> list[dict[str, Any]]:
    return [_data(path) for path in sorted((_records() / "policies").glob("*.yaml"))]


def _names(group: str, incomplete: str) -> list[str]:
    names: set[str] = set()
    for policy in _policies():
        part = policy.get(group)
        if isinstance(part, dict):
            names |= {str(name) for name in part}
    return sorted(name for name in names if name.startswith(incomplete))


def _data(path: Path) -> dict[str, Any]:
    from partnerkit.store.yaml.reader import read

    document, _problems = read(path.read_bytes(), path.name)
    return document.data if document is not None and isinstance(document.data, dict) else {}


def _ways(ctx: typer.Context) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The requirements of the policy of the record that the line names first, and the ways out of its stage."""
    words = ctx.params.get("words") or []
    record_id = ctx.params.get("record_id") or (words[0] if words else None)
    with contextlib.suppress(AttributeError, TypeError, OSError):  # what cannot be read completes nothing
        return _ways_of(str(record_id))
    return {}, []


def _ways_of(record_id: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    record = next((_data(path) for path in _records().glob("*/*.yaml") if path.stem == record_id), {})
    policy: dict[str, Any] = next((one for one in _policies() if one.get("policy") == record.get("policy")), {})
    lifecycle = (policy.get("lifecycles") or {}).get(record.get("kind")) or {}
    ways = [way for way in lifecycle.get("transitions", []) if record.get("stage") in _several(way.get("from"))]
    return policy.get("requirements") or {}, ways


def _several(found: Any) -> list[Any]:
    return found if isinstance(found, list) else [found]


def _demanded(ctx: typer.Context) -> dict[str, Any]:
    """What the ways out of the record's stage demand, alternatives too."""
    known, ways = _ways(ctx)
    names = {name for way in ways for name in way.get("needs", [])}
    names |= {other for name in names for other in (known.get(name) or {}).get("any-of", [])}
    return {name: known[name] for name in names if isinstance(known.get(name), dict)}


def _fitting(near: set[str], group: str, incomplete: str) -> list[str]:
    return sorted(name for name in near if name.startswith(incomplete)) or _names(group, incomplete)


def complete_requirements(ctx: typer.Context, incomplete: str) -> list[str]:
    """Requirements that the record is asked for; else those of the policies in force."""
    return _fitting(set(_demanded(ctx)), "requirements", incomplete)


def every_requirement(incomplete: str) -> list[str]:
    """Requirements of the policies in force."""
    return _names("requirements", incomplete)


def complete_ids_and_requirements(ctx: typer.Context, incomplete: str) -> list[str]:
    """Ids of records, and requirements that the record named first is asked for."""
    return [*complete_ids(incomplete), *complete_requirements(ctx, incomplete)]


def complete_decisions(ctx: typer.Context, incomplete: str) -> list[str]:
    """Ids, and decisions that the record waits for; else requirements of the policies in force."""
    near = {name for name, one in _demanded(ctx).items() if "approval" in one}
    return [*complete_ids(incomplete), *_fitting(near, "requirements", incomplete)]


def complete_waivable(ctx: typer.Context, incomplete: str) -> list[str]:
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
    """Ids of records, and words of the policies in force."""
    words = {*_names("requirements", incomplete), *complete_roles(incomplete), *every_stage(incomplete)}
    return [*complete_ids(incomplete), *sorted(words), *complete_policies(incomplete)]


def complete_policies(incomplete: str) -> list[str]:
    """Policies in force."""
    return sorted(name for policy in _policies() if (name := str(policy.get("policy"))).startswith(incomplete))


def complete_stages(ctx: typer.Context, incomplete: str) -> list[str]:
    """Stages to which a way leads from where the record stands; else those of the policies in force."""
    near = sorted(to for way in _ways(ctx)[1] if (to := str(way.get("to"))).startswith(incomplete))
    return near or every_stage(incomplete)


def every_stage(incomplete: str) -> list[str]:
    """Stages of the policies in force."""
    found: set[str] = set()
    for policy in _policies():
        cycles = policy.get("lifecycles")
        for cycle in cycles.values() if isinstance(cycles, dict) else []:
            found |= set(cycle.get("stages", {}))
    return sorted(name for name in found if name.startswith(incomplete))


def complete_people(incomplete: str) -> list[str]:
    """People of the roster, and applicants."""
    from partnerkit.store.yaml.reader import read

    path = _records() / "people.yaml"
    document, _problems = read(path.read_bytes(), path.name) if path.exists() else (None, [])
    people = document.data.get("people") if document is not None else None
    found = set(people) if isinstance(people, dict) else set()
    for one in (_records() / "applications").glob("**/*.yaml"):
        found |= {applicant.decode() for applicant in _APPLICANT.findall(one.read_bytes())}
    return sorted(name for name in found if name.startswith(incomplete))


def complete_kinds(incomplete: str) -> list[str]:
    """Kinds of records."""
    from partnerkit.kinds.catalogue import KINDS

    return [kind for kind in KINDS if kind.startswith(incomplete)]


def complete_sheets(incomplete: str) -> list[str]:
    """What the rows of a sheet can be: records of a kind, or what people answered."""
    return [*complete_kinds(incomplete), *(one for one in ("feedback",) if one.startswith(incomplete))]
