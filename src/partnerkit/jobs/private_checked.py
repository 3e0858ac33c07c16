"""What of the private place came into the register: its files, and the names that it holds."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from partnerkit.errors import PartnerkitError
from partnerkit.findings import Finding
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.private import known, not_ignored
from partnerkit.kinds.named import Names
from partnerkit.kinds.reaching import addresses
from partnerkit.kinds.roster import Roster
from partnerkit.kinds.settings import Settings
from partnerkit.pattern import pattern
from partnerkit.register import SETTINGS_PATH, Register
from partnerkit.rules.commands import WHY, line, pathspec
from partnerkit.store.git.blobs import LARGEST
from partnerkit.store.git.brought import Brought, bringing
from partnerkit.store.git.trees import CommitTree
from partnerkit.store.layout import is_rule
from partnerkit.store.private_place import is_ignored, place_of, taken_along
from partnerkit.store.record_paths import record_id
from partnerkit.tuples import NamedTuple

if TYPE_CHECKING:
    from partnerkit.store.draft import Draft

#: So many people named in one file are a list of people.
_A_LIST = 5

#: Sheets, in which so many addresses are rows; elsewhere they may be authors, or those to whom a page was sent.
_SHEETS = (".csv", ".tsv")

#: Domains in which nobody lives: they are kept free for examples.
_NOBODY = pattern(r"[@.](?:example|test|invalid|localhost|example\.(?:com|net|org))\Z")

#: What nobody types: in a text with a NUL, at most one character in so many is like that.
_ODD, _FEW = pattern(r"[\x00-\x08\x0e-\x1f\ufffd]"), 10

#: How YAML writes a letter by its number.
_ESCAPE = pattern(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U(000[0-9a-fA-F]{5}))")


def private_files(
    desk: Desk, settings: Settings, tree: str | None, taken: Callable[[], list[str]] | None = None
) -> Iterator[Finding]:
    """Files of the private place that git keeps, or would: of a tree, else of what is tracked and staged here.

    Args:
        desk: where and when.
        settings: those of the register.
        tree: the tree; None for what lies here.
        taken: says what git keeps, where it was begun to ask before.
    """
    for path in taken() if taken is not None else taken_along(desk.git, settings.private, tree):
        message = f"{path} lies in the private place, and git keeps it: who people are would be in every clone"
        mend = (
            f"git rm --cached -- {pathspec(path)}; where it was committed already, history keeps it until that is "
            "rewritten (docs/privacy.md)"
        )
        yield Finding("private-in-history", message, file=path, line=1, mend=mend)
    try:
        place = place_of(desk.git, settings.private)
    except PartnerkitError as error:
        yield Finding("private-unread", error.message, "warning", SETTINGS_PATH, mend=error.mend)
        return
    if tree is None and place is not None and place.folder.is_dir() and not is_ignored(desk.git, place):
        yield not_ignored(place, f"{place.inside}/")


def private_names(desk: Desk, settings: Settings, texts: Iterable[tuple[str, str, str]]) -> Iterator[Finding]:
    """Names that the private place knows and that stand in files of records; the name itself is not repeated.

    Only where the private place is on this machine: CI has none, and finds none.

    Args:
        desk: where and when.
        settings: those of the register.
        texts: of each record its id, its file and the text of that.
    """
    try:
        names = Names(known(desk, settings))
    except PartnerkitError as error:
        message = f"nobody looked for names in records: {error.message}"
        yield Finding("private-unread", message, "warning", mend=error.mend)
        return
    for record, path, text in texts if names else ():
        for person, line_ in sorted({(one.person, one.line) for one in names.within(as_read(text))}):
            message = f"the name of {person} stands there: a record names people by their ids"
            mend = f"write the id instead; where it landed: {line('person', 'forget', '--person', person, *WHY)}"
            yield Finding("personal-data", message, "warning", path, line_, record=record, mend=mend)


def private_lists(
    desk: Desk,
    register: Register,
    base: CommitTree,
    judged: CommitTree | None,
    records: Collection[str] | None = None,
    *,
    begun: Callable[[], Brought] | None = None,
) -> Iterator[Finding]:
    """Other files that a change brings and that tell of people: by name, in their path, or as a list such as answers.

    One or two may be meant to stand there, such as in a README; a list of people is none that history should have.
    Whom the same file told of before the change is not counted again.

    Args:
        desk: where and when.
        register: the register.
        base: the commit or tree with which it is compared.
        judged: the tree that is looked at; what is tracked here, as it lies on disk, where None.
        records: of the files below records/ those that may differ, and no others; None where that is not known.
        begun: says what the change brings, where it was begun to ask before.
    """
    try:
        people = known(desk, register.settings)
    except PartnerkitError:
        people = {}  # told where names are looked for in records
    names = Names(people)
    reached = {address.casefold(): who for who, kept in people.items() for address in kept.emails}
    files = (begun or bringing(base, judged, is_other, records))()
    yield from _in_paths(names, reached, files.paths)
    yield from (_unread(path, f"it has more than {LARGEST // 2**20} MiB") for path in files.large if _is_sheet(path))
    for path, raw in files.now.items():
        text = _text_of(raw)
        if text is not None:
            before = _who(names, reached, _text_of(files.before.get(path, b"")) or "")
            yield from _of_people(register.roster, path, _who(names, reached, text).beside(before))
        elif _is_sheet(path):
            yield _unread(path, "what it holds is no text")


class _Who(NamedTuple):
    """Of whom a text tells: surely, or by a word that may be none of theirs; and addresses that nobody here knows."""

    sure: frozenset[str]
    likely: frozenset[str]
    addresses: frozenset[str]

    def beside(self, before: _Who) -> _Who:
        """Who is new beside an earlier text."""
        told = before.sure | before.likely
        return _Who(self.sure - before.sure, self.likely - told, self.addresses - before.addresses)


def _who(names: Names, reached: Mapping[str, str], text: str) -> _Who:
    written = {one.casefold() for one in addresses(text)}
    mentions = [one for one in names.within(text) if one.is_likely]
    sure = {one.person for one in mentions if one.is_sure} | {reached[one] for one in written if one in reached}
    likely = {one.person for one in mentions} - sure
    return _Who(frozenset(sure), frozenset(likely), frozenset(written - reached.keys()))


def _of_people(roster: Roster, path: str, who: _Who) -> Iterator[Finding]:
    found = who.sure | who.likely
    if found:
        many = len(found) >= _A_LIST
        said = f"{len(found)} people whom the private place knows" if many else f"{', '.join(sorted(found))} by name"
        yield _told(path, said, error=len(who.sure) >= _A_LIST)
    others = {one for one in who.addresses if not _is_known(roster, one)}
    if len(others) >= _A_LIST:
        said = f"{len(others)} people, by e-mail addresses that the roster does not have"
        yield _told(path, said, error=_is_sheet(path))


def _unread(path: str, reason: str) -> Finding:
    message = f"{path} was not looked into for people: {reason}"
    mend = "look yourself whether it tells of people; what does is kept in the private place"
    return Finding("private-unread", message, "warning", path, 1, mend=mend)


def _told(path: str, who: str, *, error: bool) -> Finding:
    message = f"{path} tells of {who}: whoever may read the register reads it, for ever"
    mend = f"keep it in the private place: git rm --cached -- {pathspec(path)}"
    return Finding("personal-data", message, "error" if error else "warning", path, 1, mend=mend)


def _is_known(roster: Roster, address: str) -> bool:
    """Whether an address is of somebody on the roster, or of nobody: a shared mailbox, or one that can never be."""
    return roster.is_shared(address) or bool(roster.people_of(address)) or _NOBODY.search(address) is not None


def _in_paths(names: Names, reached: Mapping[str, str], paths: Iterable[str]) -> Iterator[Finding]:
    """Files and folders that are called like somebody; the path itself would repeat the name, so it is not told."""
    for path in paths:
        parts = path.split("/")
        for index, part in enumerate(parts):
            found = {one.person for one in names.within(part.replace("_", " "))}
            found |= _reached_in(reached, part.casefold())
            if found:
                place = "/".join(parts[:index]) or "the top of the register"
                message = f"something in {place} is called by the name or address of {', '.join(sorted(found))}"
                yield Finding("personal-data", message, "warning", mend="name it by the id, with git mv")
                break


def _reached_in(reached: Mapping[str, str], name: str) -> set[str]:
    """Who has an address by which a file is called, whatever stands around it: an ending is no part of it."""
    held = [address for address in reached if address in name] if "@" in name else []
    return {reached[one] for one in held if re.search(rf"(?<![^\W_])(?<![.+]){re.escape(one)}(?![^\W_])", name)}


def is_other(path: str) -> bool:
    """Whether a file is neither a record nor of the rules."""
    return record_id(path) is None and not is_rule(path)


def _is_sheet(path: str) -> bool:
    return path.casefold().endswith(_SHEETS)


def _text_of(raw: bytes) -> str | None:
    """What a file says, also what a spreadsheet saves as Unicode; None where it is no text. One NUL hides nothing."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return raw.decode("utf-16", "replace")
    text = raw.decode("utf-8", "replace")
    if "\0" not in text:
        return text
    plain, odd = _ODD.subn(" ", text)
    return plain if odd * _FEW <= len(text) else None


def as_read(text: str) -> str:
    """The text of a file with the letters that YAML may write by their numbers."""
    if "\\" not in text:
        return text
    return _ESCAPE.sub(lambda one: chr(int(one[1] or one[2] or one[3], 16)), text)


def names_noted(desk: Desk, draft: Draft) -> list[str]:
    """What whoever lands records should know: the names that stand in them."""
    raw = ((one, path, draft.changes.get(path)) for one in sorted(draft.changed) for path in [draft.paths[one]])
    texts = [(one, path, text.decode("utf-8", "replace")) for one, path, text in raw if text is not None]
    found = private_names(desk, draft.base.settings, texts) if texts else ()
    return list(dict.fromkeys(f"{one.record or 'the register'}: {one.message}" for one in found))
