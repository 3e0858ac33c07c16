"""Names in what partners read, however somebody spells them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from tests.second_judge.asking import Asked, Met
from tests.second_judge.reading import Data
from tests.second_judge.words import at_path

#: Words that are addresses: links, hosts, e-mails, handles. What is spelt there is spelt for machines.
_ADDRESS = re.compile(
    r"[a-zA-Z][a-zA-Z0-9+.-]*://\S+|(?i:www\.|mailto:)\S+|[\w.+-]*@[\w-]+(\.[\w-]+)*([:/]\S+)?"
    r"|(?<![\w.-])([\w-]+\.)+([a-z]{2,24}|[A-Z]{2,24})(?!\w)([:/?#]\S*)?"
)


def unmentioned(asked: Asked, names: list[str]) -> Met | None:
    """Nothing that partners read mentions a name, a spelling of it, or what it is known as."""
    specs: dict[str, Data] = (asked.policy.get("fields") or {}).get(asked.record["kind"]) or {}
    for name in names:
        rule = asked.policy["names"][name]
        more = (rule.get("fields") or {}).get(asked.record["kind"]) or []
        for path in [*_read_by_partners(specs, ""), *more]:
            for text in _below(at_path(asked.record, path)):
                if _mentioned(unicodedata.normalize("NFC", text), rule):
                    return None
    return Met()


def _read_by_partners(specs: dict[str, Data], above: str) -> Iterator[str]:
    for key, spec in specs.items():
        if spec.get("partner-facing"):
            yield f"{above}{key}"
        else:
            yield from _read_by_partners(spec.get("fields") or {}, f"{above}{key}.")


def _below(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _below(one)


def _mentioned(text: str, rule: Data) -> bool:
    said = _ADDRESS.sub(lambda found: " " * len(found[0]), text)
    forms = [*(rule.get("wrong") or []), *(rule.get("known-as") or [])]
    return _spelt(said, rule["name"]) or any(_alone(said, at, at + len(one)) for one in forms for at in _all(said, one))


def _spelt(text: str, name: str) -> bool:
    """Whether the letters of a name follow each other as a word, whatever their case and what parts them."""
    letters = [(place, one.lower()) for place, one in enumerate(text) if not _parts(one)]
    plain, wanted = "".join(one[:1] for _place, one in letters), "".join(name.lower().split())
    spans = [(letters[at][0], letters[at + len(wanted) - 1][0] + 1) for at in _all(plain, wanted)]
    return any(_alone(text, first, last) for first, last in spans)


def _parts(one: str) -> bool:
    """Whether a character only stands between letters: a space, a point, a dash, or nothing that anybody sees."""
    return one in " ._" or one.isspace() or unicodedata.category(one) in ("Pd", "Cf")


def _all(text: str, wanted: str) -> list[int]:
    return [at for at in range(len(text) - len(wanted) + 1) if text[at : at + len(wanted)] == wanted]


def _alone(text: str, first: int, last: int) -> bool:
    """Whether a stretch of text is a word of its own."""
    around = [text[first - 1] if first else " ", text[last] if last < len(text) else " "]
    return not any(one.isalnum() or one == "_" for one in around)
