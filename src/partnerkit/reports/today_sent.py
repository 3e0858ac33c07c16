"""What there is to do on a day, to be sent: Markdown for a chat or an issue, HTML for a mail or a page."""

from __future__ import annotations

from datetime import date

from partnerkit.obligations.folding import Group
from partnerkit.obligations.obligation import STATES
from partnerkit.reports.encode import html, markdown, markdown_code
from partnerkit.reports.today import heading, subject, summed, title, when, who


def as_markdown(groups: list[Group], day: date, until: date, name: str, whose: str | None, broken: list[str]) -> str:
    """A section for each state, a list item for each group; nothing in it is a link or calls anybody."""
    lines = [f"# {markdown(title(day, name, whose))}", "", markdown(_summary(groups))]
    for state in STATES:
        mine = [group for group in groups if group.first.state == state]
        if mine:
            lines += ["", f"## {heading(state, until)}", ""]
            lines += [line for group in mine for line in _item(group, day)]
    if broken:
        lines += ["", markdown(_unread(broken))]
    return "\n".join(lines) + "\n"


def _item(group: Group, day: date) -> list[str]:
    first = group.first
    lines = [f"- **{markdown(subject(group))}** {markdown(first.title)}: {markdown(when(group, day))}"]
    about = " · ".join(part for part in (who(group.members), first.clause) if part)
    lines += [f"  {markdown(about)}"] if about else []
    lines += [f"  {markdown(first.note)}"] if first.note and not group.folded else []
    lines += [f"  {markdown_code(group.command)}"] if group.command else []
    return [f"{line}  " for line in lines[:-1]] + lines[-1:]


def _summary(groups: list[Group]) -> str:
    return summed(one for group in groups for one in group.members)


def _unread(broken: list[str]) -> str:
    return f"{len(broken)} cannot be read, so what they owe is not known: {', '.join(broken)}"


_COLOURS = {"error": "#b3261e", "warning": "#8a5a00", "info": "#3b3b3b"}
_BODY = "font-family:sans-serif;font-size:15px;color:#1b1b1b;background:#fff;max-width:60em;margin:1em auto"
_CELL = "padding:6px 10px 6px 0;vertical-align:top;border-bottom:1px solid #ddd"
_CODE = "font-family:monospace;font-size:13px;white-space:pre-wrap;background:#f4f4f4;padding:2px 4px"


def as_html(groups: list[Group], day: date, until: date, name: str, whose: str | None, broken: list[str]) -> str:
    """One document that needs nothing else: styles stand at the elements, as mail programs want them; no script."""
    head = html(title(day, name, whose))
    parts = [
        "<!doctype html>",
        '<html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{head}</title></head>",
        f'<body style="{_BODY}">',
        f'<h1 style="font-size:20px">{head}</h1>',
        f"<p>{html(_summary(groups))}</p>",
    ]
    for state in STATES:
        mine = [group for group in groups if group.first.state == state]
        if mine:
            parts.append(f'<h2 style="font-size:17px">{html(heading(state, until))}</h2>')
            parts.append('<table style="border-collapse:collapse;width:100%">')
            parts += [_row(group, day) for group in mine]
            parts.append("</table>")
    parts += [f"<p>{html(_unread(broken))}</p>"] if broken else []
    return "\n".join([*parts, "</body></html>"]) + "\n"


def _row(group: Group, day: date) -> str:
    first = group.first
    colour = _COLOURS[first.severity]
    about = " · ".join(part for part in (who(group.members), first.clause) if part)
    rest = [f"<br>{html(part)}" for part in (about, first.note if not group.folded else None) if part]
    rest += [f'<br><code style="{_CODE}">{html(group.command)}</code>'] if group.command else []
    return (
        f'<tr><td style="{_CELL}"><strong>{html(subject(group))}</strong></td>'
        f'<td style="{_CELL}">{html(first.title)}{"".join(rest)}</td>'
        f'<td style="{_CELL};color:{colour}">{html(when(group, day))}</td></tr>'
    )
