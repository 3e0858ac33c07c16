"""A rule for texts: how somebody is reached does not stand in a record, which history shows to everybody for ever."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from partnerkit.findings import Finding
from partnerkit.kinds.expunging import EXPUNGED
from partnerkit.kinds.reaching import addresses, may_tell, numbers
from partnerkit.register import Keys, RecordFile
from partnerkit.rules.commands import WHY, line
from partnerkit.rules.look import Look
from partnerkit.rules.places import at
from partnerkit.rules.texts import APPENDED, set_anew, settable

#: Keys of which the value has a fixed form: nobody writes a sentence there.
_FORMAL = {
    *("id", "at", "on", "by", "digest", "document", "signature", "record", "requirement", "seal", "binds"),
    *("uses", "relies-on", "undoes", EXPUNGED),
}


def nobody_is_reached_through_it(look: Look) -> Iterator[Finding]:
    """No text holds an e-mail address or a telephone number. A mailbox that several people read is nobody's."""
    for keys, text in _suspects(look.record.data):
        for what in _reaching(look, text):
            field = settable(look.record.data, keys)
            message = f"{field} holds {what}: history shows it to everybody, and for ever"
            yield at(look.record, keys, "personal-data", message, mend=_mend(look.record, keys), severity="warning")


def _suspects(value: Any, keys: Keys = ()) -> list[tuple[Keys, str]]:
    """What somebody wrote that may say it, with the keys that lead there: asked of every record, so quick."""
    found: list[tuple[Keys, str]] = []
    for key, part in value.items() if isinstance(value, dict) else enumerate(value):
        if key in _FORMAL:
            continue
        if isinstance(part, str):
            if may_tell(part):
                found.append(((*keys, key), part))
        elif isinstance(part, dict | list):
            found += _suspects(part, (*keys, key))
    return found


def _reaching(look: Look, text: str) -> Iterator[str]:
    """What in a text says how somebody is reached, in words that do not repeat it."""
    if any(not look.register.roster.is_shared(one) for one in addresses(text)):
        yield "an e-mail address"
    if any(True for _one in numbers(text)):
        yield "what looks like a telephone number"


def _mend(record: RecordFile, keys: Keys) -> str:
    """The line that takes it out: a field is set anew; of what was said for good it is forgotten."""
    return line("person", "forget", "<file>", *WHY) if keys[0] in APPENDED else set_anew(record, keys)
