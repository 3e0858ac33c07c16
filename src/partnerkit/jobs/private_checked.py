"""What of the private place came into the register: its files, and the names that it holds."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from partnerkit.errors import PartnerkitError
from partnerkit.findings import Finding
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.private import known, not_ignored
from partnerkit.kinds.named import Names
from partnerkit.kinds.reaching import addresses
from partnerkit.kinds.roster import Roster
from partnerkit.kinds.settings import Settings
from partnerkit.register import SETTINGS_PATH, Register
from partnerkit.rules.commands import WHY, line, pathspec
from partnerkit.store.git.entries import READABLE
from partnerkit.store.git.trees import LARGEST, WorkingTree, read_blobs, small_blobs
from partnerkit.store.layout import is_rule
from partnerkit.store.private_place import is_ignored, place_of, taken_along
from partnerkit.store.records import record_id

if TYPE_CHECKING:
    from partnerkit.store.draft import Draft

#: So many people named in one file are a list of people.
_A_LIST = 5

#: Sheets, in which so many addresses are rows; elsewhere they may be authors, or those to whom a page was sent.
_SHEETS = (".csv", ".tsv")

#: Domains in which nobody lives: they are kept free for examples.
_NOBODY = re.compile(r"[@.](?:example|test|invalid|localhost|example\.(?:com|net|org))\Z")

#: How YAML writes a letter by its number.
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U(000[0-9a-fA-F]{5}))")


def private_files(desk: Desk, settings: Settings, tree: str | None) -> Iterator[Finding]:
    """Files of the private place that git keeps, or would: of a tree, else of what is tracked and staged here."""
    for path in taken_along(desk.git, settings.private, tree):
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


def private_lists(desk: Desk, register: Register, base: str, judged: str | None) -> Iterator[Finding]:
    """Other files that a change brings and that tell of people: by name, in their path, or as a list such as answers.

    One or two may be meant to stand there, such as in a README; a list of people is none that history should have.
    """
    try:
        people = known(desk, register.settings)
    except PartnerkitError:
        people = {}  # told where names are looked for in records
    names = Names(people)
    reached = {address.casefold(): who for who, kept in people.items() for address in kept.emails}
    brought, raw = _brought(desk, base, judged)
    yield from _in_paths(names, reached, brought)
    for path, text in _texts(raw):
        written = {one.casefold() for one in addresses(text)}
        found = {one.person for one in names.within(text)} | {reached[one] for one in written if one in reached}
        if found:
            many = len(found) >= _A_LIST
            who = f"{len(found)} people whom the private place knows" if many else f"{', '.join(sorted(found))} by name"
            yield _told(path, who, error=many)
        others = {one for one in written if one not in reached and not _is_known(register.roster, one)}
        if len(others) >= _A_LIST:
            who = f"{len(others)} people, by e-mail addresses that the roster does not have"
            yield _told(path, who, error=path.casefold().endswith(_SHEETS))


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
            found |= {reached[one.casefold()] for one in addresses(part) if one.casefold() in reached}
            if found:
                place = "/".join(parts[:index]) or "the top of the register"
                message = f"something in {place} is called by the name or address of {', '.join(sorted(found))}"
                yield Finding("personal-data", message, "warning", mend="name it by the id, with git mv")
                break


def _brought(desk: Desk, base: str, judged: str | None) -> tuple[list[str], dict[str, bytes]]:
    """The files beside records and rules that differ from a commit, and what those hold that are not too large."""
    asked = ("-z", "--no-renames", "--diff-filter=AM", base)
    if judged is None:
        paths = [path for path in desk.git.run("diff-index", "--name-only", *asked).fields if _is_other(path)]
        on_disk = ((path, desk.git.root / path) for path in paths)
        few = [path for path, full in on_disk if full.is_file() and full.stat().st_size <= LARGEST]
        return paths, WorkingTree(desk.git).read_many(few)
    rows = desk.git.run("diff-tree", "-r", "--raw", *asked, judged).fields
    new = {path: row.split() for row, path in zip(rows[::2], rows[1::2], strict=True) if _is_other(path)}
    oids = {path: words[3] for path, words in new.items() if words[1] in READABLE}
    texts = read_blobs(desk.git, small_blobs(desk.git, set(oids.values())))
    return list(new), {path: texts[oid] for path, oid in oids.items() if oid in texts}


def _is_other(path: str) -> bool:
    return record_id(path) is None and not is_rule(path)


def _texts(files: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """The text files among them, with what they say; what a spreadsheet saves as Unicode is text, too."""
    for path, raw in files.items():
        if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            yield path, raw.decode("utf-16", "replace")
        elif b"\0" not in raw:
            yield path, raw.decode("utf-8", "replace")


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
