"""Verdicts from an alteration of a record up to its correction, and what may rest on what was altered."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from partnerkit.findings import Finding
from partnerkit.register import Register
from partnerkit.rules.meanwhile import Landings, Meanwhile, meanwhile
from partnerkit.rules.settled import Settlement
from partnerkit.rules.verdict import Entered, Verdict
from tests.policies.fulfil import MOMENT
from tests.rules.verdicts import correction, error, verdict

#: What is found where a history was altered, and where content was.
ALTERED, CONTENT = error("entry-out-of-order"), error("content-differs")

#: The correction of a record.
BY = Settlement("acme", "k", "correct", "p-bob", MOMENT, "A slip", frozenset())


def altered(*entered: Entered, by: Finding = ALTERED, **more: Any) -> Verdict:
    """What altered a record, and what landed with that."""
    return verdict(*entered, findings=[by], **more)


def corrected(*beside: Entered, findings: Any = (), **entry: Any) -> Verdict:
    """The correction of a record, and what landed with that."""
    return verdict(correction("e", **entry), *beside, findings=findings)


def found(
    *steps: Verdict, now: Register | None = None, first: int = 0, last: int | None = None, **how: Any
) -> Meanwhile:
    """What is found of verdicts, of which the last brings the correction unless another one is said to do so.

    `of` is the record that it corrects, and `voids` are the entries that were voided.
    """
    by = replace(BY, record=how.get("of", "acme"))
    voids = dict.fromkeys(how.get("voids", ()), replace(by, type="void"))
    landings = Landings(steps, [one.entered for one in steps], voids, now)
    return meanwhile(first, len(steps) - 1 if last is None else last, by, landings)


def ids(given: Meanwhile) -> list[str]:
    return [mine.id for mine in given.entries]
