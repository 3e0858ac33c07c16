"""The generated parts of docs/: placeholders, and the reference of the policy language from its models.

`python -m tests.house.pages` writes them.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel

from partnerkit.policies.policy import Policy
from partnerkit.rules.commands import PLACEHOLDERS

ROOT = Path(__file__).resolve().parents[2]
LANGUAGE = ROOT / "docs" / "policy-language.md"
JSON = ROOT / "docs" / "json.md"


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
    return " ".join(part for part in (text, f"({seen})" if seen else "") if part).replace("|", "\\|") or "–"


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
    """The page on JSON with the placeholders as the code has them."""
    rows = [f"| `<{name}>` | {meaning} |" for name, meaning in PLACEHOLDERS.items()]
    other = "| `<field.path>` | any other: a value for the field of that name, such as `<objectives>` |"
    table = "\n".join(
        ["<!-- placeholders -->", "| placeholder | meaning |", "|---|---|", *rows, other, "<!-- /placeholders -->"]
    )
    text = JSON.read_text(encoding="utf-8")
    return re.sub(r"<!-- placeholders -->.*<!-- /placeholders -->", lambda _old: table, text, flags=re.DOTALL)


if __name__ == "__main__":
    LANGUAGE.write_text(language(), encoding="utf-8")
    JSON.write_text(json_page(), encoding="utf-8")
