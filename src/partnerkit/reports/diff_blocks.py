"""What a change means, laid out: blocks of items in plain text, for the terminal and for a page on the forge alike.

Nothing here is encoded yet: every text passes the encoder of the place to which it is sent.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from partnerkit.findings import Finding
from partnerkit.obligations.obligation import Obligation
from partnerkit.reports.diff_items import ITEMS, LOOK, MET, MISSING, TOLD, WARNS, Block, Group, Item, many
from partnerkit.reports.findings import place
from partnerkit.reviewing.review import Review, Vote
from partnerkit.reviewing.told import Eye, Field, Met, Move, Need, OfRecord, OfRules, Said
from partnerkit.rules.commands import line

#: What stands where a field says nothing.
NOTHING = "\u2013"

#: What becomes of a record that is not told by its stages.
_HOW = {
    "gone": "deleted",
    "unreadable": "nobody can read it",
    "layout": "layout only",
    "twin": "one more file with the id of another record",
}

#: How many names of records that are looked at alike are told.
_NAMED = 3

#: What is looked at first, and what last; all else between them, in the order of rules and records.
_ORDER = {"word-of-another": 0, "text": 0, "log-rewritten": 0, "expunged": 0, "day-by-hand": 2, "hooks-skipped": 2}

#: What stands where a pull request is named.
PULL_REQUEST = "<pull-request>"

#: Above the files that change, where nobody can tell what that means.
FILES = "Files that changed, to be read by eye"

NOT_YET = (
    "Approving on the forge is not yet an approval under the policy. What somebody decides here counts once it is "
    "recorded, on this branch or after it has landed, by them or for them:"
)


def findings(review: Review) -> list[Finding]:
    """What is found, but for what a record tells of itself: which approvals are void, each with its line."""
    told = {(one.id, f"approvals.{each.id}") for one in review.records for each in one.void}
    return [one for one in review.findings if (one.record, one.part) not in told or one.severity == "error"]


def found(one: Finding) -> Item:
    """A finding."""
    mark = {"error": MISSING, "warning": WARNS}.get(one.severity, TOLD)
    about = f"{one.record}: " if one.record and not one.message.startswith(one.record) else ""
    return Item(mark, one.code, f"{about}{one.message}", one.mend, (one.clause,) if one.clause else (), place(one))


def files(review: Review) -> list[Item]:
    """The files that change, where nobody can tell what that means."""
    return [Item(LOOK, "", one) for one in review.files]


def of_rules(one: OfRules) -> Block:
    """A file of rules."""
    sort = {"policy": f"Policy {one.name}", "people": "Roster", "settings": "Settings of the register"}[one.sort]
    groups = [
        Group("Demands less, or lets more people do it", [Item(WARNS, "", text) for text in one.weakens]),
        Group(
            "What it says" if one.new else "Changes",
            [Item(WARNS if text in one.looks else TOLD, "", text) for text in one.words],
        ),
        Group("What it means for records in flight", [Item(TOLD, "", text) for text in one.means]),
    ]
    return Block(f"{sort}: {_weaker(one)}", one.file, _filled(groups), folded=list(one.folded), fold="Every change")


def _weaker(one: OfRules) -> str:
    if one.new:
        return "new"
    if one.weakens:
        return f"weakened in {many(len(one.weakens), 'place')}"
    return many(len(one.words), "change")


def title(one: OfRecord) -> str:
    """A record and the one thing to be known of it."""
    return f"{one.id}: {happens(one)}"


def happens(one: OfRecord) -> str:
    """The one thing to be known of what becomes of a record."""
    if one.how in _HOW:
        return _HOW[one.how]
    if one.how == "new":
        return f"new in {one.after}"
    if one.before != one.after:
        return f"{one.before} \u2192 {one.after}"
    return f"stays in {one.after}"


def in_short(one: OfRecord) -> str:
    """A record in a line."""
    said = Counter(each.group for each in one.said)
    words = [
        (one.errors, many(one.errors, "error")),
        (len(one.void), f"{many(len(one.void), 'approval')} void"),
        *((count, f"{group} {count}") for group, count in sorted(said.items())),
        (len(one.withdrawn), f"{len(one.withdrawn)} withdrawn"),
        (sum(each.count for each in one.lines), "log lines"),
        (len(one.fields), many(len(one.fields), "field")),
    ]
    more = ", ".join(text for number, text in words if number)
    return f"{title(one)}{f' ({more})' if more else ''}"


def of_record(one: OfRecord) -> Block:
    """A record in full."""
    kind = f"{one.kind} under {one.policy}" if one.policy else one.kind
    groups = [*(_move(move) for move in one.moves), *_unexplained(one)]
    groups += [
        Group("Void by this change", list(_void(one))),
        Group("Said in this change", [_said(each) for each in one.said]),
        Group("Taken back", [Item(WARNS, "", text) for text in one.withdrawn]),
        *_ahead(one),
        Group("Risks", [Item(TOLD, "", text) for text in one.risks]),
        Group("Falls due now", [_owed(each) for each in one.created]),
        Group("Due on another day", [_shifted(*each) for each in one.shifted]),
        Group("Settled, or no longer due", [_owed(each) for each in one.settled]),
        Group("Log", [Item(TOLD, each.log, _lines(each.count, each.words)) for each in one.lines]),
        Group("Bound fields that change", [_bound(each) for each in one.fields if each.bound]),
    ]
    fields = [(each.path, each.was or NOTHING, each.now or NOTHING, each.bound) for each in one.fields]
    return Block(
        title(one),
        f"{kind} \u00b7 {one.name} \u00b7 {one.file}",
        _filled(groups),
        fields,
        list(_clauses(one)),
        whole=list(_whole(one)),
    )


def _filled(groups: Iterable[Group]) -> list[Group]:
    return [Group(one.title, _cut(one.items)) for one in groups if one.items or one.told]


def _cut(items: list[Item]) -> list[Item]:
    more = len(items) - ITEMS
    return items if more <= 0 else [*items[:ITEMS], Item(TOLD, "", f"and {more} more")]


def _move(move: Move) -> Group:
    items = [Item(TOLD, "", text) for text in move.notes]
    items += [_met(one) for one in move.met]
    return Group(move.words, items, told=True)


def _met(one: Met) -> Item:
    texts = [*((one.words,) if one.words else ()), *(f"{each.words}{_older(each)}" for each in one.said)]
    return Item(MET if one.met else MISSING, one.requirement, "; ".join(texts))


def _older(said: Said) -> str:
    return "" if said.new else " (from before this change)"


def _void(one: OfRecord) -> Iterator[Item]:
    """The approvals that are void, each with the line that asks anew, where none stands among the decisions."""
    asked = {need.requirement for need in one.ahead.missing if need.wanted is not None} if one.ahead else set()
    for each in one.void:
        yield Item(MISSING, "", each.words, None if each.requirement in asked else each.command)


def _unexplained(one: OfRecord) -> Iterator[Group]:
    """A stage that was written, and to which no entry leads."""
    if one.how == "changed" and one.before != one.after and not any(move.to == one.after for move in one.moves):
        yield Group("The stage was written by hand", [Item(MISSING, "", "no entry of its history leads there")])


def _said(one: Said) -> Item:
    mark = MISSING if one.wrong else WARNS if one.against or one.group == "waivers" else TOLD
    return Item(mark, one.requirement, f"{one.words}{' (it cannot stand so: see the findings)' if one.wrong else ''}")


def _ahead(one: OfRecord) -> Iterator[Group]:
    if one.ahead is None:
        return
    met = len(one.ahead.needs) - len(one.ahead.missing)
    head = f"Next: {one.after} \u2192 {one.ahead.to}, {met} of {len(one.ahead.needs)} met"
    yield Group(head, [_need(each) for each in one.ahead.missing] or [Item(MET, "", "nothing is missing")])


def _need(one: Need) -> Item:
    who = f" ({' or '.join(one.roles)}: {', '.join(one.people) or 'nobody'})" if one.roles else ""
    if one.wanted is not None:
        return Item(MISSING, one.requirement, f"{one.counted} of {one.wanted} approvals{who}")
    return Item(MISSING, one.requirement, one.missing + who)


def _owed(one: Obligation) -> Item:
    when = f"by {one.due}" if one.due else f"since {one.since}" if one.since else "no day set"
    late = one.state == "late"
    return Item(WARNS if late else TOLD, one.title, f"{'late, ' if late else ''}{when} ({one.record})")


def _shifted(was: Obligation, now: Obligation) -> Item:
    late = now.state == "late"
    days = f"{'late, ' if late else ''}by {now.due}, so far by {was.due}"
    return Item(WARNS if late else TOLD, now.title, f"{days} ({now.record})")


def _lines(count: int, words: tuple[str, ...]) -> str:
    more = f"; and {count - len(words)} more" if count > len(words) else ""
    return f"{many(count, 'line')} more: {'; '.join(words)}{more}"


def _bound(one: Field) -> Item:
    mark = WARNS if one.lost or one.bound.startswith("locked") else TOLD
    return Item(mark, one.path, f"{one.was or NOTHING} \u2192 {one.now or NOTHING} ({one.bound})")


def _whole(one: OfRecord) -> Iterator[str]:
    """What long fields said and say, in all their words."""
    for each in one.fields:
        was, now = each.whole or ("", "")
        yield from (f"{each.path} {verb}: {text}" for verb, text in (("was", was), ("is", now)) if text)


def _clauses(one: OfRecord) -> Iterator[str]:
    """The clauses of what is told of a record."""
    known = {each.requirement: each.clause for move in one.moves for each in move.met}
    known |= {each.requirement: each.clause for each in (one.ahead.missing if one.ahead else ())}
    known |= {each.path: each.clause for each in one.fields if each.clause}
    yield from (f"{name}: {clause}" for name, clause in known.items() if clause)


def vote(one: Vote) -> Item:
    """An approval that is still needed, with the line that records it for somebody."""
    need = one.need
    who = ", ".join(need.people) or "nobody who may"
    text = f"{need.requirement}, {need.counted} of {need.wanted} so far; {' or '.join(need.roles)}: {who}"
    words = ("approve", one.record, need.requirement, "--for", "<person>", "--seen", PULL_REQUEST)
    return Item(TOLD, one.record, text, line(*words) if need.by_word else need.command)


def eyes(review: Review) -> list[Item]:
    """What to look at; what is to be looked at alike in many records is told once."""
    alike: dict[tuple[str, str], list[Eye]] = {}
    for one in review.eyes:
        alike.setdefault((one.sort, one.words), []).append(one)
    found = [Item(LOOK, _few([one.where for one in ones], ", "), words_of(ones)) for ones in alike.values()]
    sorts = [sort for sort, _words in alike]
    return [found[index] for index in sorted(range(len(found)), key=lambda index: _ORDER.get(sorts[index], 1))]


def words_of(ones: list[Eye]) -> str:
    """What to look at in things that are looked at alike: the words, and what stands in each."""
    what = list(dict.fromkeys(one.what for one in ones if one.what))
    return f"{ones[0].words}: {_few(what, '; ')}" if what else ones[0].words


def _few(names: list[str], between: str) -> str:
    """The first of some names, and how many more there are."""
    more = len(names) - _NAMED
    return between.join(names) if more <= 1 else f"{between.join(names[:_NAMED])} and {more} more"
