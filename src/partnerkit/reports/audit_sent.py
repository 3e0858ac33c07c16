"""An audit to be sent: Markdown for minutes or an issue, one HTML file for a mail or a printer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from partnerkit.findings import Finding
from partnerkit.reports.audit import title, verdict
from partnerkit.reports.audit_points import Point, in_two, points
from partnerkit.reports.encode import clipped, html, markdown
from partnerkit.reports.findings import place
from partnerkit.reports.markdown_findings import COMMENT, bytes_of, findings, fitting
from partnerkit.reports.mends import in_html
from partnerkit.reports.outcome import Outcome
from partnerkit.reports.paper import whole
from partnerkit.rules.assurance import LEVELS
from partnerkit.rules.audited import Audited
from partnerkit.rules.verdict import Entered

#: How many details of one point are told in Markdown, and how much of each; beyond that there is JSON.
_DETAILS = 100
_LONGEST = 500


def as_markdown(audited: Audited, outcome: Outcome, room: int | None = None) -> str:
    """For a pull request, an issue or minutes, in so many bytes at most: findings have their half of it at least."""
    head = [f"# {markdown(title(audited))}", "", f"**{markdown(verdict(audited))}**"]
    room = (COMMENT if room is None else room) - bytes_of(head)
    told, nothing = in_two(points(audited))
    stands = [["", "## What stands", ""], *(line for point in told for line in _lines(point))]
    stands += [[f"- none: {markdown(nothing)}"]] if nothing else []
    wanted = sum(map(bytes_of, stands))
    found = findings(outcome, max(room // 2, room - wanted))
    left = fitting(stands, len(stands), room - bytes_of(found), "partnerkit audit --json has all")
    return "\n".join([*head, *found, *left]) + "\n"


def _lines(point: Point) -> Iterator[list[str]]:
    """A point and its details, a line each."""
    yield [f"- {markdown(point.name)}: {markdown(clipped(point.text, _LONGEST))}"]
    yield from ([f"  - {markdown(clipped(one, _LONGEST))}"] for one in point.details[:_DETAILS])
    if len(point.details) > _DETAILS:
        yield [f"  - … and {len(point.details) - _DETAILS} more: partnerkit audit --json has all"]


def as_html(audited: Audited) -> str:
    """One document that needs nothing else: no script, no request; it prints, in light and dark."""
    mark, style = ("\u2713", "well") if audited.proven else ("\u2717", "wrong")
    told, nothing = in_two(points(audited))
    body = [
        f"<h1>{html(title(audited))}</h1>",
        f'<p class="{style}"><strong>{mark} {html(verdict(audited))}</strong></p>',
        *_findings(audited.findings),
        "<h2>What stands</h2>",
        "<table>",
        *(_point(one) for one in told),
        f"<tr><th>none</th><td>{html(nothing)}</td></tr>" if nothing else "",
        "</table>",
        *_entries(audited.entered),
    ]
    return whole(title(audited), body)


def _findings(found: list[Finding]) -> Iterator[str]:
    if not found:
        return
    yield "<h2>Findings</h2><table><tr><th>What</th><th>Where</th><th>Landed in</th></tr>"
    for one in found:
        style = "wrong" if one.severity == "error" else "worth"
        about = [f'<strong class="{style}">{html(one.code)}</strong> {html(one.message)}']
        about += [html(one.clause)] if one.clause else []
        about += [in_html(one.mend)] if one.mend else []
        commit = html(one.commit[:12]) if one.commit else ""
        where = f"<td><code>{html(place(one))}</code></td><td><code>{commit}</code></td>"
        yield f"<tr><td>{'<br>'.join(about)}</td>{where}</tr>"
    yield "</table>"


def _point(point: Point) -> str:
    details = "".join(f"<li>{html(one)}</li>" for one in point.details)
    return f"<tr><th>{html(point.name)}</th><td>{html(point.text)}{f'<ul>{details}</ul>' if details else ''}</td></tr>"


def _entries(entered: list[Entered]) -> Iterator[str]:
    if not entered:
        return
    yield "<h2>Every stage change</h2>"
    head = "".join(f"<th>{name}</th>" for name in ("Day", "Record", "Change", "By", "Known by", "Landed in", "Verdict"))
    yield f"<table><tr>{head}</tr>"
    yield from (_row(one) for one in entered)
    yield "</table>"
    used = {one.level for one in entered}
    known = [f"<strong>{html(name)}</strong>: {html(LEVELS[name])}" for name in LEVELS if name in used]
    yield f"<p>{'; '.join(known)}.</p>"


def _row(one: Entered) -> str:
    change = f"{one.left} \u2192 {one.to}" if one.left else f"{one.type}: {one.to}"
    if one.left and one.type != "move":
        change = f"{one.type}: {change}"
    style, told = ("wrong", ", ".join(one.broke)) if one.broke else ("well", "legal")
    if one.voided is not None:
        style, told = "worth", f"voided: {told if one.broke else 'nothing was found against it'}"
    cells: Iterable[str] = (
        f"{one.at:%Y-%m-%d}",
        html(one.record),
        html(change),
        html(one.by),
        html(one.level),
        f"<code>{html(one.commit[:12])}</code>",
        f'<span class="{style}">{html(told)}</span>',
    )
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
