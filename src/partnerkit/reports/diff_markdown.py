"""The reviewer's page for a pull request: Markdown in which text from records says what it says and does nothing.

It begins with a mark that nobody sees, so that one comment is found again and written anew. It is shorter than what a
forge takes, whatever the size of the change: it is cut between blocks, never inside one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from partnerkit.reports import diff_blocks as blocks
from partnerkit.reports import diff_head as first
from partnerkit.reports.diff_items import TOLD, Block, Item, many
from partnerkit.reports.encode import markdown, markdown_code
from partnerkit.reports.mends import in_markdown
from partnerkit.reviewing.review import Review
from partnerkit.reviewing.told import OfRecord

#: The first line, by which a comment is known again.
MARKER = "<!-- partnerkit:diff -->"

#: How long the page may be: forges take about 65,000 characters.
LIMIT = 60_000

#: How much of it goes to what is not about records, at most.
_FINDINGS, _RULES, _EYES, _VOTES = 12_000, 12_000, 9_000, 6_000

#: How many records are told in full.
_IN_FULL = 20

#: More empty lines than one.
_BLANK = re.compile(r"\n{3,}")

#: What stands between a place and a clause.
_BETWEEN = " \u00b7 "

#: How much of one text is told.
_TEXT = 600


def as_markdown(review: Review) -> str:
    """The page."""
    mark, verdict = first.verdict(review)
    name = f": {_inline(review.name)}" if review.name else ""
    head = [
        MARKER,
        f"## What this change means{name}",
        "",
        f"**{mark} {_inline(verdict)}** {_inline(first.summary(review))}",
    ]
    head += ["", first.compared(review, _inline, markdown_code)]
    head += ["", _inline(text)] if (text := first.others(review)) else []
    head += _counts(review)
    before = [*head, *_findings(review), *_rules(review)]
    after = [*_files(review), *_eyes(review), *_votes(review)]
    room = LIMIT - sum(len(one) + 1 for one in (*before, *after)) - 1
    made = "\n".join([*before, *_records(review.records, room), *after]) + "\n"
    return _BLANK.sub("\n\n", made)


def _counts(review: Review) -> list[str]:
    rows = [f"| {_inline(what)} | {number} |" for what, number in first.counts(review)]
    return ["", "| what happens | records |", "|---|---:|", *rows] if rows else []


def _findings(review: Review) -> list[str]:
    items = ["\n".join(_item(blocks.found(one))) for one in blocks.findings(review)]
    return _section(
        "Findings", _fitting(items, _FINDINGS, lambda left: f"- and {many(left, 'finding')} more: `partnerkit check`")
    )


def _files(review: Review) -> list[str]:
    items = [f"- [ ] {_inline(one.text)}" for one in blocks.files(review)]
    made = _fitting(items, _EYES, lambda left: f"- and {many(left, 'file')} more: `partnerkit diff --json` has them")
    return _section(blocks.FILES, made)


def _rules(review: Review) -> list[str]:
    made = ["\n".join(_block(blocks.of_rules(one))) for one in review.rules]
    return _section(
        "Rules",
        _fitting(made, _RULES, lambda left: f"{many(left, 'more file')} of rules: `partnerkit diff` tells them"),
    )


def _eyes(review: Review) -> list[str]:
    items = [f"- [ ] {_bold(one.head)} {_inline(one.text)}" for one in blocks.eyes(review)]
    return _section(
        "To look at by eye",
        _fitting(items, _EYES, lambda left: f"- and {left} more: `partnerkit diff --json` has them"),
    )


def _votes(review: Review) -> list[str]:
    items = ["\n".join(_item(blocks.vote(one))) for one in review.votes]
    made = _fitting(items, _VOTES, lambda left: f"- and {left} more: `partnerkit diff --json` has them")
    return _section("Decisions still to be taken", [blocks.NOT_YET, "", *made] if made else [])


def _section(title: str, made: list[str]) -> list[str]:
    return ["", f"### {title}", "", *made] if made else []


def _fitting(made: list[str], room: int, more: Callable[[int], str]) -> list[str]:
    """As many whole pieces as there is room for, and how many are left."""
    found: list[str] = []
    for index, one in enumerate(made):
        room -= len(one) + 1
        if room < 0:
            return [*found, more(len(made) - index)]
        found.append(one)
    return found


def _records(records: list[OfRecord], room: int) -> list[str]:
    """The most important records in full, then a line each, then how many more: as far as there is room."""
    if not records:
        return []
    head = ["", "### Records", ""]
    room -= sum(len(one) + 1 for one in head) + 200  # for the line that says how many are left
    whole = _within(("\n".join(_block(blocks.of_record(one))) for one in records[:_IN_FULL]), room * 3 // 4)
    left = records[len(whole) :]
    room -= sum(len(one) + 1 for one in whole)
    short = [f"- {_inline(blocks.in_short(one))}" for one in left]
    lines = ["And in a line each:", "", *_fitting(short, room - 30, _more)] if short else []
    return [*head, *whole, *lines]


def _more(left: int) -> str:
    return f"- and {many(left, 'record')} more: `partnerkit diff --only ID` tells one in full, `--json` has all"


def _within(made: Iterable[str], room: int) -> list[str]:
    found: list[str] = []
    for one in made:
        room -= len(one) + 1
        if room < 0:
            break
        found.append(one)
    return found


def _block(block: Block) -> list[str]:
    lines = [f"#### {_inline(block.title)}", ""]
    lines += [_inline(block.lead), ""] if block.lead else []
    for group in block.groups:
        lines += [_bold(group.title), ""]
        lines += [line for item in group.items for line in _item(item)]
        lines.append("")
    return [*lines, *_folded(block)]


def _folded(block: Block) -> list[str]:
    if not block.fields and not block.folded:
        return []
    lines = ["<details>", f"<summary>{block.fold}</summary>", ""]
    if block.fields:
        lines += ["| field | was | is | bound |", "|---|---|---|---|"]
        lines += [f"| {' | '.join(_inline(cell) for cell in row)} |" for row in block.fields]
        lines.append("")
    lines += [f"- {_inline(text)}" for text in (*block.whole, *block.folded)]
    return [*lines, "", "</details>", ""]


def _item(item: Item) -> list[str]:
    head = f"{_bold(item.head)}{': ' if item.text else ''}" if item.head else ""
    mark = "" if item.mark == TOLD else f"{item.mark} "
    lines = [f"- {mark}{head}{_inline(item.text)}"]
    where = [*([_code(item.place)] if item.place else []), *(_inline(text) for text in item.more)]
    lines += [f"  {_BETWEEN.join(where)}"] if where else []
    lines += [f"  \u2192 {in_markdown(item.command, _inline, _code)}"] if item.command else []
    return [f"{one}  " for one in lines[:-1]] + lines[-1:]


def _code(text: str) -> str:
    """A line to paste; where text in it begins what a page hides, that becomes visible: the mark stands but once."""
    return markdown_code(text.replace("<!--", "<!\u200b--"))


def _bold(text: str) -> str:
    return f"**{_inline(text.strip())}**"


def _inline(text: str) -> str:
    return markdown(text if len(text) <= _TEXT else f"{text[: _TEXT - 1]}\u2026")
