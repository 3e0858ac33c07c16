"""The generated parts of docs/: placeholders, the reference of the policy language from its models, what is tried.

`python -m tests.house.pages` writes them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel

from partnerkit.kinds.duration import Duration
from partnerkit.kinds.entries import Entry
from partnerkit.kinds.expunging import Expunging
from partnerkit.kinds.statements import STATEMENT_LISTS, Statement
from partnerkit.policies.policy import Policy
from partnerkit.policies.values import Variable
from partnerkit.rules.commands import PLACEHOLDERS
from tests.scenarios import test_history_cheats, test_over_cheats, test_record_cheats, test_statement_cheats

ROOT = Path(__file__).resolve().parents[2]
LANGUAGE = ROOT / "docs" / "policy-language.md"
JSON = ROOT / "docs" / "json.md"
AUDIT = ROOT / "docs" / "audit.md"

#: The lists of cheats, each with what they are about.
CHEATS = {
    "The history of a record": test_history_cheats.CHEATS,
    "Statements: evidence, decisions, waivers": test_statement_cheats.CHEATS,
    "Records and what they say": test_record_cheats.CHEATS,
    "What is over": test_over_cheats.CHEATS,
}


def language() -> str:
    """The policy language's page with its reference as the models give it."""
    models: dict[str, type[BaseModel]] = {}
    _collect(Policy, models)
    parts = ["<!-- reference -->", "", "## Reference", "", "Keys marked * must be given.", ""]
    for model in models.values():
        summary = (model.__doc__ or "").split("\n\n")[0].replace("\n", " ")
        parts += [f"### {_words(model.__name__)}", "", summary, "", "| key | meaning |", "|---|---|"]
        for name, info in model.model_fields.items():
            star = "*" if info.is_required() else ""
            parts.append(f"| `{info.alias or name}`{star} | {_meaning(info)} |")
        parts.append("")
    return re.sub(r"<!-- reference -->.*", "\n".join(parts), LANGUAGE.read_text(encoding="utf-8"), flags=re.DOTALL)


def _meaning(info: Any) -> str:
    text = info.description or ""
    inner: dict[str, type[BaseModel]] = {}
    _models(info.annotation, inner)
    seen = ", ".join(f"see {_words(name)}" for name in inner)
    parts = (text, *_allowed(info.annotation), f"({seen})" if seen else "")
    return " ".join(part for part in parts if part).replace("|", "\\|") or "–"


#: How values of these types are written.
_FORMS = {
    Duration: "`P60D`, `P2W`, `P6M` or `P1Y`",
    Fraction: '`"2/3"`, in quotation marks',
    date: "`2026-03-31`",
    datetime: "`2026-03-31T12:00:00Z`",
}


def _allowed(annotation: Any) -> list[str]:
    """The words that a field takes where it takes no others, and the forms of durations, fractions and days."""
    parts = list(_parts(annotation))
    words = [f"`{_word(one)}`" for part in parts if get_origin(part) is Literal for one in get_args(part)]
    forms = [form for type_, form in _FORMS.items() if type_ in parts]
    found = [f"{'Words' if str in parts else 'Allowed'}: {', '.join(dict.fromkeys(words))}."] if words else []
    if forms:
        found.append(f"Written {' or '.join(forms)}{', or a variable' if Variable in parts else ''}.")
    elif Variable in parts:
        found.append("Or a variable.")
    return found


def _parts(annotation: Any) -> Iterator[Any]:
    """An annotation and what it is made of; keys of a map are named by its description."""
    yield annotation
    if get_origin(annotation) is not Literal:
        for part in get_args(annotation):
            yield from _parts(part)


def _word(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _collect(model: type[BaseModel], found: dict[str, type[BaseModel]]) -> None:
    if model.__name__ in found:
        return
    found[model.__name__] = model
    for info in model.model_fields.values():
        inner: dict[str, type[BaseModel]] = {}
        _models(info.annotation, inner)
        for one in inner.values():
            _collect(one, found)


def _models(annotation: Any, found: dict[str, type[BaseModel]]) -> None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        found[annotation.__name__] = annotation
    for part in get_args(annotation):
        _models(part, found)


def _words(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()


def json_page() -> str:
    """The page on JSON with the placeholders, entries and statements as the code has them."""
    rows = [f"| `<{name}>` | {meaning} |" for name, meaning in PLACEHOLDERS.items()]
    other = "| `<field.path>` | any other: a value for the field of that name, such as `<objectives>` |"
    table = "\n".join(
        ["<!-- placeholders -->", "| placeholder | meaning |", "|---|---|", *rows, other, "<!-- /placeholders -->"]
    )
    text = re.sub(r"<!-- items -->.*<!-- /items -->", lambda _old: _items(), JSON.read_text("utf-8"), flags=re.DOTALL)
    return re.sub(r"<!-- placeholders -->.*<!-- /placeholders -->", lambda _old: table, text, flags=re.DOTALL)


def _items() -> str:
    """The keys of an entry, of every statement, and of the statements in each list."""
    rows = ["<!-- items -->", "| in | key | meaning |", "|---|---|---|", *_keys("every entry", Entry, set())]
    rows.append("| every statement | `list` | The list of the record in which it stands; not in `show`. |")
    common = set(Statement.model_fields)
    rows += _keys("every statement", Statement, set())
    for group, model in STATEMENT_LISTS.items():
        rows += _keys(f"`{group}`", model, common)
    rows += _keys("every expunging", Expunging, set())
    return "\n".join([*rows, "<!-- /items -->"])


def _keys(where: str, model: type[BaseModel], but: set[str]) -> list[str]:
    rows = []
    for name, info in model.model_fields.items():
        if name in but:
            continue
        inner: dict[str, type[BaseModel]] = {}
        _models(info.annotation, inner)
        parts = [f"`{part.alias or key}`" for one in inner.values() for key, part in one.model_fields.items()]
        text = " ".join([(info.description or "").replace("|", "\\|"), *_allowed(info.annotation)])
        holds = f" (each with {', '.join(parts)})" if parts else ""
        rows.append(f"| {where} | `{info.alias or name}` | {text}{holds} |")
    return rows


def audit_page() -> str:
    """The audit's page with every cheat that the tests try, and the finding that each must have."""
    parts = ["<!-- cheats -->", ""]
    for about, cheats in CHEATS.items():
        parts += [f"### {about}", "", "| what somebody does | what is found |", "|---|---|"]
        for one in cheats:
            codes = dict.fromkeys(code for code, _file, _text in one.finds)
            parts.append(f"| {one.name} | {', '.join(f'`{code}`' for code in codes)} |")
        parts.append("")
    return re.sub(r"<!-- cheats -->.*", "\n".join(parts), AUDIT.read_text(encoding="utf-8"), flags=re.DOTALL)


if __name__ == "__main__":
    AUDIT.write_text(audit_page(), encoding="utf-8")
    LANGUAGE.write_text(language(), encoding="utf-8")
    JSON.write_text(json_page(), encoding="utf-8")
