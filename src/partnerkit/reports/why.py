"""How a record reached its stage: each move with the clauses of its gate, what met them, and what rests on trust."""

from __future__ import annotations

from typing import Any

from partnerkit.kinds.entries import TAKES_BACK, Entry
from partnerkit.policies.policy import Policy
from partnerkit.register import RecordFile, Register
from partnerkit.reports.expunged import expungings
from partnerkit.reports.logged import heading, log_json, what_it_is
from partnerkit.reports.page import Page, Span
from partnerkit.reports.records import meaning
from partnerkit.rules.commands import line
from partnerkit.rules.grounds import Grounds, Met, Passed
from partnerkit.steps import Live


def why_page(record: RecordFile, policy: Policy, register: Register, found: Grounds) -> Page:
    """Each entry with the clauses of its gate and what satisfied them; then what of all that rests on trust."""
    page = heading(record)
    page.add("stands in ", Span(record.stage, "bold"), f"{meaning(policy, record)} since {register.since(record)}")
    for one in found.passed:
        _entry(page, register, one)
    expungings(page, record, register)
    if found.trust:
        page.add()
        page.add(Span("Rests on trust, as the record itself tells:", "bold"))
        for each in found.trust:
            page.add(f"  {each.what}:")
            for what in each.of:
                page.add(f"    - {what}")
    page.add()
    rest = " proves the rest from git, and says how surely each word is whose"
    return page.add(Span("Next: ", "bold"), Span(line("audit", record.id), "green"), rest)


def _entry(page: Page, register: Register, one: Passed) -> None:
    entry = one.entry
    page.add(Span(f"{register.day(entry.at)}  {_way(entry)}", "bold"), f"  by {entry.by}")
    if entry.type == "adopt":
        page.add(Span(f"    adopted: it stands there since {entry.since}, never judged", "yellow"))
    if entry.type == "migrate":
        page.add(Span("    migrated, not judged: its policy changed, and the stage was gone", "yellow"))
    if entry.reason:
        page.add(f"    because: {entry.reason}")
    if one.voided_by is not None:
        page.add(Span(f"    voided: it never counted (entry {one.voided_by})", "yellow"))
    if one.rewritten:
        page.add(
            Span("    the policy demands otherwise here now: it was judged by what was demanded that day", "yellow")
        )
    for met in one.met:
        page.add("    ", Span(", ".join(met.requirement.clauses), "cyan"), f"  {met.name}: ", "; ".join(_by(met)))


def _way(entry: Entry) -> str:
    if entry.type == "correct":
        return f"corrected in {entry.to}"
    way = f"{entry.from_} → {entry.to}" if entry.from_ else f"{entry.type} in {entry.to}"
    return f"{entry.type}: {way}" if entry.type in TAKES_BACK else way


def _by(met: Met) -> list[str]:
    found = [f"{one.said.id} {what_it_is(one)} by {one.said.by}{_on(one)}" for one in met.said]
    return [*found, *map(_named, met.records)] or ["by the record itself"]


def _on(one: Live) -> str:
    return f" on {one.said.on}" if one.said.on else ""


def _named(record: RecordFile) -> str:
    adopted = record.model.history[0].type == "adopt"
    return f"{record.id} (adopted as it stood, never judged)" if adopted else record.id


def why_json(record: RecordFile, said: list[Live], found: Grounds) -> dict[str, Any]:
    """The record's history for other programs, and what each gate was passed on."""
    passed = [
        {
            "entry": one.entry.id,
            "met": [
                {
                    "requirement": met.name,
                    "clauses": met.requirement.clauses,
                    "statements": [each.said.id for each in met.said],
                    "records": [each.id for each in met.records],
                }
                for met in one.met
            ],
            "rewritten": one.rewritten,
        }
        for one in found.passed
    ]
    trust = [{"what": one.what, "of": one.of} for one in found.trust]
    return {**log_json(record, said), "passed": passed, "trust": trust}
