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
from partnerkit.kinds.settings import Settings
from partnerkit.register import SETTINGS_PATH
from partnerkit.rules.commands import WHY, line, quoted
from partnerkit.store.private_place import is_ignored, place_of, taken_along

if TYPE_CHECKING:
    from partnerkit.store.draft import Draft

#: How YAML writes a letter by its number.
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U(000[0-9a-fA-F]{5}))")


def private_files(desk: Desk, settings: Settings, tree: str | None) -> Iterator[Finding]:
    """Files of the private place that git keeps, or would: of a tree, else of what is tracked and staged here."""
    for path in taken_along(desk.git, settings.private, tree):
        message = f"{path} lies in the private place, and git keeps it: who people are would be in every clone"
        mend = (
            f"git rm --cached -- {quoted(path)}; where it was committed already, history keeps it until that is "
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
    for record_id, path, text in texts if names else ():
        for person, line_ in sorted({(one.person, one.line) for one in names.within(as_read(text))}):
            message = f"the name of {person} stands there: a record names people by their ids"
            mend = f"write the id instead; where it landed: {line('person', 'forget', '--person', person, *WHY)}"
            yield Finding("personal-data", message, "warning", path, line_, record=record_id, mend=mend)


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
