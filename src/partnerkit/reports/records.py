"""Records: one whole, many in a table, one's history."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.entries import TOMBSTONE_STAGE
from partnerkit.kinds.record import FIXED, key_order
from partnerkit.obligations.obligation import Obligation
from partnerkit.policies.policy import Policy
from partnerkit.register import RecordFile, Register
from partnerkit.reports.expunged import expungings
from partnerkit.reports.logged import heading, what_it_is
from partnerkit.reports.page import Page, Span
from partnerkit.reports.values import brief
from partnerkit.rules.commands import line
from partnerkit.steps import Live

if TYPE_CHECKING:
    from partnerkit.store.git.history import LandedCommit


class Shown(Protocol):
    """A record with what belongs to it."""

    @property
    def record(self) -> RecordFile:
        """The record."""

    @property
    def policy(self) -> Policy:
        """The policy that governs it."""

    @property
    def register(self) -> Register:
        """The register it stands in."""

    @property
    def linked(self) -> list[RecordFile]:
        """The records that belong to it."""

    @property
    def said(self) -> list[Live]:
        """Every statement."""

    @property
    def day(self) -> date:
        """The day on which it is looked at."""

    @property
    def owed(self) -> list[Obligation]:
        """What is late, due, coming or waiting of it."""


def record_page(shown: Shown, then: str | None) -> Page:
    """A record: where it stands, what is due, fields, statements, what belongs to it; `then` says when it was so."""
    record, register = shown.record, shown.register
    page = heading(record)
    since = register.since(record)
    count = (shown.day - since).days
    for_days = f", for {count} day{'' if count == 1 else 's'}" if then is None and count > 0 else ""
    page.add(
        "stage ",
        Span(record.stage, "bold"),
        f"{meaning(shown.policy, record)} since {since}{for_days}",
        f" · {then}" if then else "",
    )
    for entry in record.model.history[:1]:
        if entry.type == "adopt":
            page.add(Span(f"adopted in {entry.to}, where it stood since {entry.since}, never judged", "yellow"))
            page.add(Span(f"  because: {entry.reason}", "dim"))
    if shown.owed:
        _owed(page, shown)
    page.add()
    _fields(page, record)
    _statements(page, shown)
    expungings(page, record, register)
    if shown.linked:
        page.add()
        rows = [(one.id, one.kind, one.stage, str(register.since(one)), one.name) for one in shown.linked]
        page.table(rows, ("belongs to it", "", "", "since", ""), indent="  ")
    page.add()
    page.add(Span("Next: ", "bold"), Span(_next(shown), "green"))
    return page


def _owed(page: Page, shown: Shown) -> None:
    """What is late, due, coming or waiting of it."""
    from partnerkit.obligations.folding import single  # noqa: PLC0415 - of many records nothing is due
    from partnerkit.reports.today import add_group, summed  # noqa: PLC0415 - as above

    page.add().add(Span("What is due", "bold"), f": {summed(shown.owed)}")
    for group in single(shown.owed):
        urgent = group.first.state in {"late", "due"}
        add_group(page, group, shown.day, Span("!" if urgent else "\u00b7", "yellow" if urgent else "dim"))


def _next(shown: Shown) -> str:
    """The line that leads on: what the next stage needs, or, where no way leads on, how it got there."""
    record = shown.record
    lifecycle = shown.policy.lifecycles.get(record.kind)
    at_an_end = record.stage == TOMBSTONE_STAGE or (lifecycle is not None and lifecycle.is_end(record.stage))
    return line("log" if at_an_end else "gates", record.id)


def _fields(page: Page, record: RecordFile) -> None:
    """The fields of the kind in their order, then those of its policy."""
    known = key_order(KINDS[record.kind])
    for key in (*(key for key in known if key in record.data), *(key for key in record.data if key not in known)):
        if key not in FIXED:
            _field(page, key, record.data[key])


def _statements(page: Page, shown: Shown) -> None:
    if shown.said:
        page.add()
        rows = [_statement_row(one, shown.register) for one in shown.said]
        page.table(rows, ("requirement", "what", "day", "id", "by"), indent="  ")


def meaning(policy: Policy, record: RecordFile) -> str:
    """What the stage of a record means, in brackets; nothing where its policy does not say."""
    if record.stage == TOMBSTONE_STAGE:
        return " (taken back: it never counted, and only its id stays)"
    stages = policy.lifecycles[record.kind].stages if record.kind in policy.lifecycles else {}
    return f" ({stages[record.stage].title})" if record.stage in stages else ""


def as_it_was(
    commit: LandedCommit | None, as_of: str | None, known_until: date | None, register: Register, expunged_since: int
) -> str | None:
    """When a record was as it is shown; None where that is now."""
    if commit is None:
        return None
    if known_until is not None:
        as_of = f"{known_until}, since nobody knows yet how it stands on {as_of}"
    texts = f"{expunged_since} text{'' if expunged_since == 1 else 's'}"
    gone = f"; {texts} of it expunged since" if expunged_since else ""
    return f"as of {as_of}: commit {commit.oid[:10]}, landed {register.day(commit.date)}{gone}"


def _field(page: Page, key: str, value: Any) -> None:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        page.add(Span(f"  {key}:", "dim"))
        for item in value:
            page.add("    - ", *_item(item))
    elif isinstance(value, dict):
        page.add(Span(f"  {key}:", "dim"))
        for name, part in value.items():
            said = _item(part) if isinstance(part, dict) else [brief(part)]
            page.add(f"    {name}: ", *said)
    else:
        page.add(Span(f"  {key}: ", "dim"), brief(value))


#: What an item is known by, and what it says: without the name of the key, for everybody knows it.
_KNOWN_BY, _SAYS = ("id", "on"), ("text", "title", "summary", "name")


def _item(item: dict[str, Any]) -> list[Span | str]:
    """An item of a list on one line: what it is known by, what it says, then the rest, key by key."""
    known = next((key for key in _KNOWN_BY if key in item), None)
    says = next((key for key in _SAYS if key in item), None)
    lead = [brief(item[key]) for key in (known, says) if key is not None]
    rest = [f"{name} {brief(part)}" for name, part in item.items() if name not in {known, says}]
    return [": ".join(lead), Span(f"{' · ' if lead and rest else ''}{', '.join(rest)}", "dim" if lead else "")]


def _statement_row(one: Live, register: Register) -> tuple[str, str, str, Span, str]:
    said = one.said
    behalf = f" (recorded by {said.recorded_by})" if said.recorded_by else ""
    day = said.on or register.day(said.at)
    gone = " withdrawn" if said.withdrawn else ""
    return said.requirement, what_it_is(one) + gone, str(day), Span(said.id, "dim"), said.by + behalf


def record_json(
    record: RecordFile,
    linked: list[RecordFile],
    as_of: str | None,
    known_until: date | None,
    owed: Iterable[Obligation],
    day: date,
) -> dict[str, Any]:
    """A record for other programs: its data as written, and what is due of it on a day."""
    from partnerkit.reports.today import as_data  # noqa: PLC0415 - people are told otherwise

    return {
        "schema": "partnerkit.record/1",
        "id": record.id,
        "kind": record.kind,
        "stage": record.stage,
        "file": record.path,
        "as_of": as_of,
        "known_until": known_until.isoformat() if known_until else None,
        "record": record.data,
        "linked": [{"id": one.id, "kind": one.kind, "stage": one.stage} for one in linked],
        "obligations": [as_data(one, day) for one in owed],
    }
