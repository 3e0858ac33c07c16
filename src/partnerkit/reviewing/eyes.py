"""What no rule can judge and a reviewer looks at: what lies elsewhere, was typed for others, or is not as it seems."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from partnerkit.kinds.expunging import texts
from partnerkit.kinds.statements import Approval, Evidence, Signature, Statement, Waiver
from partnerkit.policies.things import shown
from partnerkit.register import RecordFile, Register
from partnerkit.reviewing.fields import eyes_of_logs
from partnerkit.reviewing.told import Eye, OfRules
from partnerkit.reviewing.wording import whole
from partnerkit.rules.compared import new_entries
from partnerkit.steps import statements

#: Marks by which text in a page could pass for a part of it.
_MARKUP = ("<!--", "</", "](", "```", "![")

#: Of which alphabets a letter is, by the first word of its name: a word of two of them is not what it seems.
_ALPHABETS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN")

#: Letters and marks that show nothing, beside the characters of format.
_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")


def eyes_of(old: RecordFile | None, new: RecordFile, register: Register) -> Iterator[Eye]:
    """What to look at in what a change brings to a record."""
    known = {one.said.id: one.said for one in statements(old)} if old is not None else {}
    for one in statements(new):
        if one.said.id not in known:
            yield from _of_statement(new.id, one.said, register)
    entries = new.model.history[new_entries(old) :]
    for entry in entries:
        if entry.type == "adopt":
            seen = f"seen in {shown(entry.seen)}" if entry.seen else "and nothing says where that can be seen"
            words = f"taken in without being judged, {seen}: has it stood in {entry.to} since {entry.since}?"
            yield Eye("adopted", new.id, f"{words} {shown(entry.reason)}")
    yield from _by_hand(new, [one.id for one in entries], set(known))
    yield from (
        Eye("expunged", new.id, f"text was taken out for good ({one.id}, by {one.by}): {shown(one.reason)}")
        for one in new.model.expunged
        if old is None or one.id not in {each.id for each in old.model.expunged}
    )
    yield from eyes_of_logs(old, new)
    yield from _texts(old, new)


def eyes_of_rules(rules: OfRules) -> Iterator[Eye]:
    """What to look at in a change of the rules: where it was decided is nowhere that git could show."""
    if rules.new and rules.sort != "people":
        yield Eye("rules-begin", rules.file, "no earlier rule judges it: is this what was decided?")
    if rules.weakens:
        words = "it demands less than it did, or lets more people do it: was that decided, and by whom?"
        yield Eye("rules-weakened", rules.file, words)
    if rules.sort == "people":
        yield Eye("roster-changed", rules.file, "are these the people and the roles that were decided on?")
    sort = "roster-doubtful" if rules.sort == "people" else "asked-otherwise"
    yield from (Eye(sort, rules.file, look) for look in rules.looks.values())


def _of_statement(record: str, said: Statement, register: Register) -> Iterator[Eye]:
    where = f"{said.id} for {said.requirement}"
    if isinstance(said, Evidence):
        yield from _evidence(record, where, said, register)
    if isinstance(said, Waiver):
        words = f"{where} is waived until {said.until} by {said.by}: does the reason hold? {shown(said.reason)}"
        yield Eye("waiver", record, words)
    if isinstance(said, Signature):
        words = f"{where}: {said.party} signed the document {said.document[:19]}…: see the signed copy"
        yield Eye("signature", record, words)
    if said.recorded_by is not None and said.recorded_by != said.by:
        sort = "approval-on-behalf" if isinstance(said, Approval) else "said-on-behalf"
        words = f"{where}: {said.recorded_by} typed the word of {said.by}: it must stand in {shown(said.seen)}"
        yield Eye(sort, record, words)


def _evidence(record: str, where: str, said: Evidence, register: Register) -> Iterator[Eye]:
    if said.ref is None and said.digest is None:
        words = f"{where} points to nothing: is it true? {shown(said.summary)}"
        yield Eye("evidence-in-words", record, words)
    elif said.claimed or said.digest is None or said.ref is None:
        ref = whole(said.ref) if said.ref else "what has this digest"
        held = f": its bytes must have {said.digest}" if said.digest else ": nothing says which bytes it had"
        yield Eye("evidence-elsewhere", record, f"{where}: open {ref}{held}")
    elif register.digests(said.ref) == said.digest:
        yield Eye("evidence-held", record, f"{where}: read {said.ref}, which comes with the change")


def _by_hand(new: RecordFile, entries: list[str], known: set[str]) -> Iterator[Eye]:
    """Days that were set by hand, and entries past the hooks: counted, so that they hide nothing else."""
    dated = [one.id for one in new.model.history if one.id in entries and one.clock is not None]
    dated += [one.said.id for one in statements(new) if one.said.id not in known and one.said.clock is not None]
    if dated:
        days = sorted({*_days(new, dated)})
        what = f"{len(dated)} {'entry or statement' if len(dated) == 1 else 'entries and statements'}"
        yield Eye("day-by-hand", new.id, f"the day of {what} was set by hand: {', '.join(days)}")
    skipped = [one for one in new.model.history if one.id in entries and one.hooks is not None]
    if skipped:
        yield Eye("hooks-skipped", new.id, f"made past the commit hooks: {', '.join(one.id for one in skipped)}")


def _days(new: RecordFile, ids: list[str]) -> Iterator[str]:
    yield from (f"{one.at:%Y-%m-%d}" for one in new.model.history if one.id in ids)
    yield from (f"{one.said.at:%Y-%m-%d}" for one in statements(new) if one.said.id in ids)


def _texts(old: RecordFile | None, new: RecordFile) -> Iterator[Eye]:
    """New texts that hold what cannot be seen, words of two alphabets, or what passes for markup."""
    known = {text for _keys, text in texts(old.data)} if old is not None else set()
    told: set[str] = set()
    for keys, text in texts(new.data):
        why = not_as_it_seems(text) if text not in known else None
        path = ".".join(str(key) for key in keys)
        if why is not None and why not in told:
            told.add(why)
            yield Eye("text", new.id, f"{path} {why}", shown(text))


def not_as_it_seems(text: str) -> str | None:
    """Why a text may be read for another than it is; None where nothing shows that."""
    if not text.isascii():
        if any(char in _INVISIBLE or unicodedata.category(char) == "Cf" for char in text):
            return "holds characters that nobody sees"
        if any(len({_alphabet(char) for char in word} - {None}) > 1 for word in text.split()):
            return "mixes alphabets in a word"
    if any(mark in text for mark in _MARKUP):
        return "looks like markup"
    return None


def _alphabet(char: str) -> str | None:
    if char.isascii():
        return "LATIN" if char.isalpha() else None
    name = unicodedata.name(char, "")
    return next((one for one in _ALPHABETS if name.startswith(one)), None)
