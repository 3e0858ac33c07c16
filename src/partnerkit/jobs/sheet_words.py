"""Words that look misspelt: nearly what others say, said once."""

from __future__ import annotations

import difflib
from collections import Counter
from typing import Any

from partnerkit.jobs.sheet_targets import is_list
from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.record import FIXED
from partnerkit.register import RecordFile, Register

#: How alike two words are of which one may be a slip: one letter of eight.
_ALIKE = 0.87


def misspelt(register: Register, kind: str, made: list[RecordFile]) -> list[str]:
    """Of the words in lists of new records, those that nobody else says while others say nearly the same."""
    fields = [info.alias or name for name, info in KINDS[kind].model_fields.items() if is_list(info.annotation)]
    new = {one.id for one in made}
    every = [*(one for one in register.of_kind(kind) if one.id not in new), *made]
    notes = []
    for key in [one for one in fields if one not in FIXED]:
        said = Counter(word for one in every for word in _words(one.data.get(key)))
        for record in made:
            for word in _words(record.data.get(key)):
                near = difflib.get_close_matches(word, [one for one in said if said[one] > 1], 1, _ALIKE)
                if said[word] == 1 and near:
                    notes.append(f"{record.id}: {key} says {word}, and {said[near[0]]} say {near[0]}: is it the same?")
    return notes


def _words(value: Any) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
