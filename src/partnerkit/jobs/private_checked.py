"""What of the private place came into the register: its files, and the names that it holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from partnerkit.errors import PartnerkitError
from partnerkit.findings import Finding
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.private import known, not_ignored
from partnerkit.kinds.named import Names
from partnerkit.kinds.reaching import addresses
from partnerkit.kinds.settings import Settings
from partnerkit.register import SETTINGS_PATH
from partnerkit.rules.commands import WHY, line, pathspec
from partnerkit.store.git.trees import CommitTree, Tree, WorkingTree
from partnerkit.store.layout import is_rule
from partnerkit.store.private_place import is_ignored, place_of, taken_along
from partnerkit.store.records import record_id

if TYPE_CHECKING:
    from partnerkit.store.draft import Draft

#: So many people named in one file are a list of people.
_A_LIST = 5

#: The largest file that is looked into.
_LARGEST = 4 * 1024 * 1024

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


def private_lists(desk: Desk, settings: Settings, base: str, judged: str | None) -> Iterator[Finding]:
    """Other files that a change brings and that name people whom the private place knows, such as a form's answers.

    One or two may be meant to stand there, such as in a README; a list of people is none that history should have.
    """
    try:
        people = known(desk, settings)
    except PartnerkitError:
        return  # told where names are looked for in records
    names = Names(people)
    reached = {address.casefold(): who for who, kept in people.items() for address in kept.emails}
    for path, text in _brought(desk, base, judged) if people else ():
        found = {one.person for one in names.within(text)}
        found |= {reached[one.casefold()] for one in addresses(text) if one.casefold() in reached}
        if found:
            many = len(found) >= _A_LIST
            who = f"{len(found)} people whom the private place knows" if many else f"{', '.join(sorted(found))} by name"
            message = f"{path} tells of {who}: whoever may read the register reads it, for ever"
            mend = f"keep it in the private place: git rm --cached -- {pathspec(path)}"
            yield Finding("personal-data", message, "error" if many else "warning", path, 1, mend=mend)


def _brought(desk: Desk, base: str, judged: str | None) -> Iterator[tuple[str, str]]:
    """The text files beside records and rules that differ from a commit, with what they say."""
    asked = ("-r", "-z", "--name-only", "--no-renames", "--diff-filter=AM")
    if judged is not None:
        tree: Tree = CommitTree(desk.git, judged)
        paths = desk.git.run("diff-tree", *asked, base, judged).fields
    else:
        tree = WorkingTree(desk.git)
        paths = desk.git.run("diff-index", *asked[1:], base).fields
    others = [path for path in paths if record_id(path) is None and not is_rule(path)]
    for path, raw in tree.read_many(others).items():
        if len(raw) <= _LARGEST and b"\0" not in raw[:_LARGEST]:
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
