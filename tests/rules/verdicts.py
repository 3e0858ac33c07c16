"""Verdicts of an audit, made by hand: the entries that a step brought, and what it broke."""

from __future__ import annotations

from typing import Any

from partnerkit.findings import Finding
from partnerkit.rules.audited import Entered, Verdict
from partnerkit.steps import Commit
from tests.policies.fulfil import MOMENT


def commit() -> Commit:
    return Commit("c" * 40, (), "ann@test.example", "ann@test.example", MOMENT, "A step")


def verdict(*entered: Entered, findings: Any = (), standing: Any = (), **more: Any) -> Verdict:
    return Verdict(commit(), list(findings), list(standing), list(entered), **more)


def entry(id_: str, type_: str = "move", record: str = "acme", **more: Any) -> Entered:
    said = {"seq": 1, "left": None, "to": "active", "at": MOMENT, "by": "p-ann", "commit": "c", "landed_at": MOMENT}
    return Entered(record=record, id=id_, type=type_, level="author", witnessed=True, **{**said, **more})


def error(code: str = "wrong", record: str | None = "acme", **more: Any) -> Finding:
    return Finding(code, "It is wrong.", record=record, **more)


def void(of: str, **more: Any) -> Entered:
    """A lawful void of an entry."""
    return entry("v", "void", **{"undoes": of, "settles": (of,), "reason": "A slip", "by": "p-bob", **more})


def correction(since: str, *paths: str, **more: Any) -> Entered:
    """A lawful correction of what was altered after an entry."""
    return entry("k", "correct", **{"undoes": since, "settles": paths, "reason": "A slip", "by": "p-bob", **more})
