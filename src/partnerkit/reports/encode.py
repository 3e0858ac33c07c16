"""One encoder for each place that text is sent to. Text from records is hostile until it has passed one."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import Any

from partnerkit.pattern import pattern

#: What HTML would take for its own, in elements and in attributes; as `html.escape` says it.
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;"})

_INVISIBLE = frozenset("\u200b\u200e\u200f\u061c\u2060\ufeff\u00ad")


def terminal(text: str) -> str:
    """Text that a terminal shows and never obeys: controls, escapes and direction marks become visible."""
    # Nothing is printable that acts or directs: no letter has to be looked at.
    if text.isprintable() or text.replace("\n", "").isprintable():
        return text
    return "".join(char if _harmless(char) else f"\\u{ord(char):04x}" for char in text)


def _harmless(char: str) -> bool:
    if char == "\n":
        return True
    category = unicodedata.category(char)
    return category not in {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"} and not _directs(char) and char not in _INVISIBLE


def _directs(char: str) -> bool:
    return "\u202a" <= char <= "\u202e" or "\u2066" <= char <= "\u2069"


def on_one_line(text: str) -> str:
    """A line that a terminal shows and never obeys: what breaks it becomes visible, as in the name of a file."""
    return terminal(text).replace("\n", "\\u000a")


def as_json(value: Any) -> str:
    """JSON for other programs: ASCII only, so that no terminal obeys it either; keys in the order given."""
    return json.dumps(value, ensure_ascii=True, indent=2)


def clipped(text: str, most: int) -> str:
    """A text of at most so many characters: whoever writes a long one hides nothing behind it."""
    return text if len(text) <= most else f"{text[:most]} …"


def workflow_line(text: str) -> str:
    """A line of a log that a GitHub runner shows and never obeys, where something stands before it.

    Commands begin with `::` at the beginning of a line, or with `##[` anywhere.
    """
    return terminal(text).replace("\n", " ").replace("##[", "# #[")


def workflow_data(text: str) -> str:
    """The message of a GitHub workflow command."""
    return terminal(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def workflow_property(text: str) -> str:
    """A property (file, title) of a GitHub workflow command."""
    return workflow_data(text).replace(":", "%3A").replace(",", "%2C")


#: What Markdown reads as more than itself: marks, and what only opens a line; `/` there is a command of GitLab.
_MARKS = pattern(r"([\\`*_\[\]<>|~&$])")
_OPENS = pattern(r"^( *(?=[-+=#/])| *\d+(?=[.)]))")

#: What forges make more of in what Markdown gave them: how links, mentions, references, labels and emoji begin.
_CALLS = pattern(
    r"(://|@|[#!&$](?=\d)|[~%](?=[\w\"])|:(?=[\w+-]+:)|\[(?=\w+:)|\*(?=iteration:)"
    r"|(?a:\bwww(?=\.))|(?a:\b(?:GH|GL|CVE|GHSA)(?=-\w)))",
    re.IGNORECASE,
)

#: What somebody copies, and forges would link: addresses of pages and of people, and what could be the id of a commit,
#: with the letter of the id of a statement, where it is one. Any space ends an address, one that does not break too.
_COPIED = pattern(
    r"((?:[a-z][a-z0-9+.-]*://|(?<!\w)www\.)(?u:[^\s|`<>]*[^\s|`<>.,:;!?)\]…])"
    r"|(?<![\w.%+:-])(?:mailto:)?[\w.%+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z0-9]+"
    r"|(?<!\w)(?:[a-z]-)?[0-9a-f]{7,}(?!\w))",
    re.IGNORECASE | re.ASCII,
)


def markdown(text: str) -> str:
    """One line of Markdown that says the text and does nothing: no link, mention, reference or emoji, no markup.

    Addresses, and what could be the id of a commit, become code, which nothing links and which is copied as it is.
    """
    plain = terminal(text).replace("\n", " ")
    found = [f"`{part}`" if index % 2 else _silent(part) for index, part in enumerate(_COPIED.split(plain))]
    return _OPENS.sub(r"\1\\", "".join(found))


def _silent(text: str) -> str:
    """Text without any mark that acts; what begins a call is parted from what is called by what nobody sees."""
    parts = (_MARKS.sub(r"\\\1", part) for part in _CALLS.split(text))
    return "".join(f"{part}&#8203;" if index % 2 else part for index, part in enumerate(parts))


def markdown_code(text: str) -> str:
    """A span of code in Markdown, whatever backticks the text holds."""
    plain = terminal(text).replace("\n", " ")
    longest = max((len(run) for run in re.findall(r"`+", plain)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if plain.startswith("`") or plain.endswith("`") else ""
    return f"{fence}{pad}{plain}{pad}{fence}"


def markdown_block(text: str, indent: str = "") -> list[str]:
    """The lines of a block of code in Markdown, to be copied whole, whatever backticks the text holds."""
    plain = terminal(text)
    longest = max((len(run) for run in re.findall(r"`+", plain)), default=0)
    fence = "`" * max(longest + 1, 3)
    return [f"{indent}{line}" for line in (fence, *plain.split("\n"), fence)]


def sarif(text: str) -> str:
    """The message of a SARIF result: no placeholder in braces, and no link."""
    return terminal(text).replace("{", "{{").replace("}", "}}").replace("](", "] (")


#: How many bytes a line of iCalendar holds at most, without its end (RFC 5545 §3.1).
_CALENDAR_LINE = 75


def calendar_text(text: str) -> str:
    """A value of type TEXT in iCalendar (RFC 5545 §3.3.11): nothing in it ends the line or begins another value."""
    escaped = terminal(text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\n", "\\n")


def calendar_line(name: str, value: str) -> str:
    """A line of iCalendar, folded: no part has more than 75 bytes, and none ends within a letter."""
    whole = f"{name}:{value}"
    if len(whole.encode()) <= _CALENDAR_LINE:
        return f"{whole}\r\n"
    parts, room = [""], _CALENDAR_LINE
    for char in whole:
        size = len(char.encode())
        if size > room:
            parts.append("")
            room = _CALENDAR_LINE - 1  # for the space that says that the line goes on
        parts[-1] += char
        room -= size
    return "\r\n ".join(parts) + "\r\n"


def html(text: str) -> str:
    """Text inside HTML, in an element or a quoted attribute."""
    return terminal(text).translate(_ENTITIES)


def svg(text: str) -> str:
    """Text inside SVG, in an element or a quoted attribute, on one line: nothing that XML refuses is left in it."""
    return html(text).replace("\n", " ")
