"""What a change means, on a terminal."""

from __future__ import annotations

from partnerkit.reports import diff_blocks as blocks
from partnerkit.reports import diff_head as first
from partnerkit.reports.diff_items import MET, MISSING, WARNS, Block, Item, many
from partnerkit.reports.page import COMMAND, PLACE, WELL, Page, Span
from partnerkit.reviewing.review import Review
from partnerkit.rules.commands import line

_STYLE = {MET: WELL, MISSING: "red", WARNS: "yellow"}

#: Up to how many records each is told in full; of more, how many of the most important are, and how many in a line.
_EACH, _IN_FULL, _IN_A_LINE = 12, 5, 20

#: How many findings, things to look at and decisions are listed.
_LISTED = 40


def as_page(review: Review) -> Page:
    """The verdict, what is found, what becomes of rules and records, what to look at, what is still to be decided."""
    mark, verdict = first.verdict(review)
    page = Page().add(Span(f"{mark} ", _STYLE[mark]), Span(verdict, "bold"))
    page.add(first.summary(review))
    page.add(Span(first.compared(review), "dim"))
    if text := first.others(review):
        page.add(Span(text, "dim"))
    page.table(((what, str(number)) for what, number in first.counts(review)), indent="  ")
    _items(page, "Findings", [blocks.found(one) for one in blocks.findings(review)], more=_next(review))
    _items(page, blocks.FILES, blocks.files(review))
    for rules in review.rules:
        _block(page, blocks.of_rules(rules))
    _records(page, review)
    whole = line("diff", *_ends(review), "--json")
    _items(page, "To look at by eye", blocks.eyes(review), more=whole)
    if review.votes:
        votes = [blocks.vote(one) for one in review.votes]
        _items(page, "Decisions still to be taken", votes, blocks.NOT_YET, more=whole)
    page.add()
    return page.add(Span("Next: ", "bold"), Span(_next(review), COMMAND))


def _records(page: Page, review: Review) -> None:
    """The most important records in full, some of the others in a line, and how one of them is told in full."""
    whole = len(review.records) if len(review.records) <= _EACH else _IN_FULL
    for record in review.records[:whole]:
        _block(page, blocks.of_record(record))
    if left := review.records[whole:]:
        page.add().add(Span(f"{many(len(left), 'more record')}, in a line each", "bold"))
        for record in left[:_IN_A_LINE]:
            page.add(f"  {blocks.in_short(record)}")
        if len(left) > _IN_A_LINE:
            page.add(f"  and {len(left) - _IN_A_LINE} more")
        one, each = line("diff", *_ends(review), "--only", left[0].id), line("diff", *_ends(review), "--json")
        page.add("  One of them in full:  ", Span(one, COMMAND))
        page.add("  All of them, as data: ", Span(each, COMMAND))


def _ends(review: Review) -> list[str]:
    """The two ends, as they were given."""
    named = review.base.rev if review.base.rev and not review.base.chosen else None
    return [*([named] if named else []), *([review.head.rev] if review.head.rev else [])]


def _next(review: Review) -> str:
    head = ["--head", review.head.rev] if review.head.rev else []
    return line("check", *(["--base", review.base.rev, *head] if review.base.rev else []))


def _items(page: Page, title: str, items: list[Item], lead: str = "", more: str = "") -> None:
    if items:
        page.add().add(Span(title, "bold"))
        if lead:
            page.add(f"  {lead}")
        for item in items[:_LISTED] if more else items:
            _item(page, item, "  ")
        if more and len(items) > _LISTED:
            page.add(f"  and {len(items) - _LISTED} more: ", Span(more, COMMAND))


def _block(page: Page, block: Block) -> None:
    page.add().add(Span(block.title, "bold"))
    if block.lead:
        page.add(Span(f"  {block.lead}", "dim"))
    for group in block.groups:
        page.add(f"  {group.title}")
        for item in group.items:
            _item(page, item, "    ")
    free = [one for one in block.fields if not one[-1]]  # those that something binds are told above
    if free:
        page.add("  Fields")
    for path, was, now, _bound in free:
        page.add("      ", Span(path, "bold"), f": {was} \u2192 {now}")
    if block.whole:
        page.add("  In all their words")
    for text in block.whole:
        page.add(f"      {text}")


def _item(page: Page, item: Item, indent: str) -> None:
    head = f"{item.head}{': ' if item.text else ''}" if item.head else ""
    page.add(indent, Span(f"{item.mark} ", _STYLE.get(item.mark, "dim")), Span(head, "bold"), item.text)
    if item.place:
        page.add(f"{indent}  ", Span(item.place, PLACE))
    for text in item.more:
        page.add(Span(f"{indent}  {text}", "cyan"))
    if item.command:
        page.add(f"{indent}  \u2192 ", Span(item.command, COMMAND))
