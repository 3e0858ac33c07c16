"""Evidence: files known by their digest, links, or an account in a sentence."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from partnerkit.errors import CannotWorkError, WrongCallError
from partnerkit.jobs.adding import Work, allowed
from partnerkit.jobs.statements import statement, with_statement
from partnerkit.kinds.canonical import file_digest, is_pointer
from partnerkit.kinds.problems import did_you_mean
from partnerkit.rules.commands import line
from partnerkit.rules.demands.shown import alternatives
from partnerkit.store.disk.given import given
from partnerkit.store.private_place import place_of

_LINK = re.compile(r"[a-z][a-z0-9+.-]*:[^\s]+\Z")

#: What no link begins with: a browser would run it, or read it from the disk of whoever clicks.
_RUN_OR_READ = {"javascript", "vbscript", "data", "blob", "file"}


def is_link(text: str) -> bool:
    """Whether a text is a link that may be recorded: nothing that runs or reads something."""
    return _LINK.match(text) is not None and text.partition(":")[0] not in _RUN_OR_READ


def evidence(work: Work) -> tuple[dict[str, Any], Any]:
    """The record's data with a piece of evidence (or the opening or closing of a period), and that statement."""
    demand = work.requirement.evidence
    kinds = demand.kinds if demand else ["opened", "closed"]
    allowed(work)
    values = dict(work.added.values)
    thing = work.added.thing or values.pop("ref", None)
    if thing is None and values.get("outcome") != "not-needed" and "summary" not in values and demand is not None:
        raise WrongCallError(f"{work.added.what} needs a file, a link or summary=…", line("gates", work.record.id))
    place = located(work, thing) if thing is not None else {}
    if demand is not None and demand.with_digest and "digest" not in place and values.get("outcome") != "not-needed":
        message = f"{work.added.what} is known by the digest of its bytes, which neither a link nor a summary has"
        raise WrongCallError(message, line("add", work.record.id, work.added.what, "<document>"))
    kind = values.get("kind") or _kind(kinds, thing)
    if kind not in kinds and demand is not None:
        raise WrongCallError(
            f"{work.added.what} takes no {kind!r}{did_you_mean(kind, kinds)}", f"kind= {', '.join(kinds)}"
        )
    if demand is not None and demand.outcomes and not values.get("outcome"):
        wanted = alternatives(demand.outcomes)
        raise WrongCallError(f"{work.added.what} needs its outcome ({wanted})", f"outcome={demand.outcomes[0]}")
    period = work.requirement.period
    if period and period.closes_with == "summary" and kind == "closed" and not values.get("summary"):
        raise WrongCallError(
            "a period is closed with a summary of what came in", "summary='<summary>' (no names of people)"
        )
    fields = {
        "kind": kind,
        **place,
        "outcome": values.get("outcome"),
        "summary": values.get("summary"),
        "valid-until": values.get("valid-until"),
    }
    said = statement(work.desk, "evidence", work.added.what, work.voice, fields)
    return with_statement(work.record.data, "evidence", said), said


def _kind(kinds: list[str], thing: str | None) -> str:
    if thing is not None and _LINK.match(thing) and "link" in kinds:
        return "link"
    return next((kind for kind in kinds if kind != "link"), kinds[0])


def located(work: Work, thing: str) -> dict[str, Any]:
    """Where the evidence is, and the digest of its bytes where they can be read."""
    if _LINK.match(thing) and not Path(thing).exists():
        scheme = thing.partition(":")[0]
        if scheme in _RUN_OR_READ:
            message = f"{thing[:60]!r} is no link that may be recorded: {scheme}: runs or reads something"
            raise WrongCallError(message, "write https:, mailto: or the like, or name a file that exists")
        return {"ref": thing}
    path = Path(thing)
    if path.is_symlink() and Path.cwd().joinpath(path).is_relative_to(work.desk.git.root):
        raise WrongCallError(f"{thing} is a symbolic link: a register holds plain files only", "name the file itself")
    raw = given(path)
    if is_pointer(raw):
        message = f"{thing} is a pointer of git LFS, and not the file itself: its digest would say nothing about that"
        raise WrongCallError(message, "git lfs pull, then the same line again")
    digest = file_digest(raw)
    inside = work.desk.inside(path)
    if inside is not None and work.draft.tree.digest(inside) == digest:
        return {"ref": inside, "digest": digest}
    if work.added.copy:
        _demand_not_private(work, path)
        target = f"records/evidence/{work.record.id}/{_safe(path.name)}"
        held = work.draft.tree.digest(target)
        if held is not None and held != digest:
            raise WrongCallError(f"{target} exists already with other contents", "give the file another name")
        work.draft.put_file(target, raw)
        return {"ref": target, "digest": digest}
    return {"ref": path.name, "digest": digest, "claimed": True}


def _demand_not_private(work: Work, path: Path) -> None:
    """Whether a file may be kept in history: what lies in the private place is known by its digest at most."""
    place = place_of(work.desk.git, work.draft.base.settings.private)
    if place is not None and path.resolve().is_relative_to(place.folder):
        message = f"{path} lies in the private place: with --copy it would be in every clone, for ever"
        raise WrongCallError(message, "add it without --copy: only its digest is kept")


def _safe(name: str) -> str:
    found = re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip("-.")
    if not found:
        raise CannotWorkError(f"the file name {name!r} cannot be kept", "rename the file")
    return found
