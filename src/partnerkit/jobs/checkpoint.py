"""A checkpoint: what the last audit proved, kept elsewhere, so that the next one starts there and sees a forced push.

It has the form of an in-toto Statement (https://in-toto.io/Statement/v1): the subject is the commit, the predicate what
was proven up to it. Whoever keeps it outside the repository is the witness that the repository itself cannot be.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from partnerkit import __version__
from partnerkit.dataclass import dataclass
from partnerkit.errors import WrongCallError
from partnerkit.kinds.parts import moment_text
from partnerkit.rules.audited import Audited
from partnerkit.store.disk.files import write_atomic
from partnerkit.store.disk.given import given

_TYPE = "https://in-toto.io/Statement/v1"
_PREDICATE = "partnerkit/audit/1"
_OID = re.compile(r"[0-9a-f]{40}([0-9a-f]{24})?\Z")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What an earlier audit proved.

    Attributes:
        commit: up to which commit.
        trust_root: the digest of the rules with which the register began.
        landed: how many commits had landed.
        entries: how many stage changes they had brought.
    """

    commit: str
    trust_root: str
    landed: int
    entries: int


def read_checkpoint(path: Path) -> Checkpoint | None:
    """A checkpoint as it was written; None where there is no file yet.

    Raises:
        WrongCallError: the file is none.
    """
    if not path.exists():
        return None
    try:
        found = _checkpoint(json.loads(given(path)))
    except (ValueError, KeyError, TypeError, RecursionError):
        found = None
    if found is None:
        message = f"{path} is no checkpoint of an audit"
        raise WrongCallError(message, "name another file; one that does not exist yet is written")
    return found


def _checkpoint(data: Any) -> Checkpoint | None:
    about, (subject,) = data["predicate"], data["subject"]
    commit = subject["digest"]["gitCommit"]
    if (data["_type"], data["predicateType"]) != (_TYPE, _PREDICATE) or not _OID.match(commit):
        return None
    landed, entries = about["landed"], about["entries"]
    if about["proven"] is not True or not all(type(one) is int and one >= 0 for one in (landed, entries)):
        return None
    return Checkpoint(commit, str(about["trust_root"]), landed, entries)


def write_checkpoint(path: Path, audited: Audited, before: Checkpoint | None) -> None:
    """Keep what an audit proved, for the next one."""
    path = path.absolute()
    text = json.dumps(_statement(audited, before), indent=2, ensure_ascii=True) + "\n"
    write_atomic(path, text.encode())


def _statement(audited: Audited, before: Checkpoint | None) -> dict[str, Any]:
    warnings = sum(one.severity == "warning" for one in audited.findings)
    return {
        "_type": _TYPE,
        "subject": [{"name": audited.register, "digest": {"gitCommit": audited.head.oid}}],
        "predicateType": _PREDICATE,
        "predicate": {
            "tool": f"partnerkit {__version__}",
            "proven": audited.proven,
            "trust_root": audited.trust_root,
            "landed": audited.landed + (before.landed if before else 0),
            "entries": len(audited.entered) + (before.entries if before else 0),
            "records": audited.facts.records,
            "warnings": warnings,
            "looked_at": moment_text(audited.looked_at),
        },
    }
