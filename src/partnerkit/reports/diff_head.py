"""What is said first of a change: whether it breaks a rule, how much changes, what was compared with what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from partnerkit.reports.diff_blocks import findings, happens
from partnerkit.reports.diff_items import ITEMS, MET, MISSING, WARNS, many
from partnerkit.reports.findings import place, sentence
from partnerkit.reviewing.review import Review

#: What is said of a change that brings a register in.
_NO_RULES_BEFORE = "whether the register may begin so cannot be told, because no rules stood there before"

#: From how many records on a table says what happens to how many.
_COUNTED = 6


def verdict(review: Review) -> tuple[str, str]:
    """How it is marked as a whole, and whether anything in it breaks a rule, in a sentence."""
    if review.untold is not None:
        why = f"{place(review.untold)}: {sentence(review.untold)}".removesuffix(".")
        return MISSING, f"What it means cannot be told, because the rules cannot be read: {why}."
    count = Counter(one.severity for one in findings(review))
    found = [many(count[one], one) for one in ("error", "warning") if count[one]]
    worth = list(_worth(review))
    if count["error"]:
        words = [f"{review.alone or 'It'} breaks rules: {' and '.join(found)}", *worth]
        return MISSING, f"{'; '.join(words)}."
    words = [f"Nothing in {review.alone or 'it'} breaks a rule", *found, *worth]
    return (WARNS if words[1:] else MET), f"{'; '.join(words)}."


def _worth(review: Review) -> Iterator[str]:
    """What is worth a look before anything else, whether or not it breaks a rule."""
    if review.begins and review.base.commit is not None:
        yield _NO_RULES_BEFORE
    eyes = Counter(one.sort for one in review.eyes)
    if weaker := sum(len(one.weakens) for one in review.rules):
        yield f"rules are weakened in {many(weaker, 'place')}"
    if voids := sum(len(one.void) for one in review.records):
        yield f"{many(voids, 'approval')} made void"
    if doubtful := eyes["roster-doubtful"]:
        yield f"{many(doubtful, 'change')} of the roster to be looked at"
    if lost := eyes["log-rewritten"]:
        yield f"{many(lost, 'log line')} rewritten or gone"
    if odd := eyes["text"]:
        yield f"{many(odd, 'text')} not as {'it seems' if odd == 1 else 'they seem'}"
    if theirs := len({one.where for one in review.eyes if one.sort == "word-of-another"}):
        yield f"in {many(theirs, 'record')} somebody else commits than it says"


def summary(review: Review) -> str:
    """How much changes, in a sentence."""
    if review.alone:
        return "Nothing else of the change is told here."
    if review.untold is not None:
        return f"{many(len(review.files), 'file')} changed, and none of them could be judged."
    how = Counter(one.how for one in review.records)
    moved = sum(one.how == "changed" and one.before != one.after for one in review.records)
    stays = how["changed"] + how["layout"] - moved
    begun = sum(one.new for one in review.rules)
    judging = sum(one.sort == "file-judging" for one in review.eyes)
    files = sum(one.sort.startswith("file-") for one in review.eyes) - judging
    words = [
        (how["new"], f"{many(how['new'], 'record')} made"),
        (moved, f"{many(moved, 'record')} moved to another stage"),
        (stays, f"{many(stays, 'record')} changed within {'its stage' if stays == 1 else 'their stages'}"),
        (how["gone"], f"{many(how['gone'], 'record')} deleted"),
        (how["unreadable"], f"{many(how['unreadable'], 'record')} that nobody can read"),
        (how["twin"], f"{many(how['twin'], 'file')} with the id of another record"),
        (begun, f"{many(begun, 'file')} of rules brought in"),
        (len(review.rules) - begun, f"{many(len(review.rules) - begun, 'file')} of rules changed"),
        (judging, f"{many(judging, 'file')} by which changes are judged to be looked at"),
        (files, f"{many(files, 'file')} beside the records to be looked at"),
        (len(review.votes), f"{many(len(review.votes), 'decision')} still to be taken"),
    ]
    told = [text for number, text in words if number]
    return f"{', '.join(told)}." if told else "No record and no rule changes."


def counts(review: Review) -> list[tuple[str, int]]:
    """What happens to how many records of a kind, the most first; empty where each is told of anyway."""
    if len(review.records) < _COUNTED:
        return []
    found = Counter(f"{one.kind}: {happens(one)}" for one in review.records)
    return sorted(found.items(), key=lambda one: (-one[1], one[0]))[:ITEMS]


def compared(review: Review, text: Callable[[str], str] = str, code: Callable[[str], str] = str) -> str:
    """What was compared with what, and by which rules it was judged.

    Args:
        review: all that is told.
        text: encodes the names of revisions.
        code: encodes the ids of commits.
    """
    base, head = review.base, review.head
    at = code((head.commit or "")[:12])
    what = f"What {text(head.rev)} ({at}) changes" if head.rev else "What the working tree changes"
    if base.commit is None:
        return f"{what}: {text(base.chosen or 'there is nothing before it')}."
    chosen = f"{text(base.chosen)}, at " if base.chosen else ""
    judged = "" if review.untold else f", judged by the rules that {'it brings' if review.begins else 'stood there'}"
    return f"{what} since it left {text(base.rev or '')} ({chosen}{code(base.commit[:12])}){judged}."


def others(review: Review) -> str:
    """That files change of which the page does not speak; empty where none do."""
    if not review.others:
        return ""
    return f"Beside records/, {many(review.others, 'file')} changed, of which this page says nothing."
