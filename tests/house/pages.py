"""The generated parts of docs/: references from the models, the commands and the codes; placeholders; what is tried.

`python -m tests.house.pages` writes them; with `--check` it says which are not in step, and writes nothing.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

from partnerkit.jobs.database_tables import TABLES
from partnerkit.jobs.database_views import VIEWS
from partnerkit.kinds.entries import Entry
from partnerkit.kinds.expunging import Expunging
from partnerkit.kinds.modelled import BaseModel
from partnerkit.kinds.statements import STATEMENT_LISTS, Statement
from partnerkit.policies.policy import Policy
from partnerkit.rules.commands import PLACEHOLDERS
from tests.house import commands_page, findings_page, records_page
from tests.house.describing import allowed, collect, models_in, section, words_of
from tests.house.exemplify import examples
from tests.scenarios import test_history_cheats, test_over_cheats, test_record_cheats, test_statement_cheats

ROOT = Path(__file__).resolve().parents[2]
LANGUAGE = ROOT / "docs" / "policy-language.md"
JSON = ROOT / "docs" / "json.md"
AUDIT = ROOT / "docs" / "audit.md"
SQLITE = ROOT / "docs" / "sqlite.md"

#: The lists of cheats, each with what they are about.
CHEATS = {
    "The history of a record": test_history_cheats.CHEATS,
    "Statements: evidence, decisions, waivers": test_statement_cheats.CHEATS,
    "Records and what they say": test_record_cheats.CHEATS,
    "What is over": test_over_cheats.CHEATS,
}


_ABOUT_EXAMPLES = (
    "Keys marked * must be given. Each example says from which policy it is: one of the shipped packs, or KITE-1, MEET-1 or\n"
    "EXAMPLE-1, which the tests run. What is long stands there without the blocks that have examples of their own."
)


def language() -> str:
    """The policy language's page with its reference as the models give it."""
    models: dict[str, type[BaseModel]] = {}
    collect(Policy, models)
    parts = ["<!-- reference -->", "", "## Reference", "", _ABOUT_EXAMPLES, ""]
    shown = examples()
    for model in models.values():
        parts += section(model, words_of(model.__name__))
        texts = [f"# {one.policy}\n{one.text}" for one in shown[model.__name__]]
        parts += ["```yaml", "\n\n".join(texts), "```", ""]
    return re.sub(r"<!-- reference -->.*", "\n".join(parts), LANGUAGE.read_text(encoding="utf-8"), flags=re.DOTALL)


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
        models_in(info.annotation, inner)
        parts = [f"`{part.alias or key}`" for one in inner.values() for key, part in one.model_fields.items()]
        text = " ".join([(info.description or "").replace("|", "\\|"), *allowed(info.annotation)])
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


def sqlite_page() -> str:
    """The page on the exported database with its tables as the code has them."""
    parts = ["<!-- tables -->"]
    for table in TABLES:
        parts += [
            f"### {table.name}",
            "",
            table.means,
            "",
            "| column | type | leads to | meaning |",
            "|---|---|---|---|",
        ]
        for one in table.columns:
            means, key = one.means.replace("|", "\\|"), one.type.replace("TEXT PRIMARY KEY", "TEXT, key")
            key = key.replace("INTEGER PRIMARY KEY", "INTEGER, key")
            parts.append(f"| `{one.name}` | {key} | {f'`{one.refers}`' if one.refers else ''} | {means} |")
        parts.append("")
    parts += ["### Views", "", *(f"- `{view.name}`: {view.means}" for view in VIEWS), "<!-- /tables -->"]
    text = SQLITE.read_text(encoding="utf-8")
    return re.sub(r"<!-- tables -->.*<!-- /tables -->", lambda _old: "\n".join(parts), text, flags=re.DOTALL)


#: Every page with what gives it.
PAGES: dict[Path, Callable[[], str]] = {
    AUDIT: audit_page,
    LANGUAGE: language,
    JSON: json_page,
    SQLITE: sqlite_page,
    ROOT / "docs" / "commands.md": commands_page.page,
    ROOT / "docs" / "findings.md": findings_page.page,
    ROOT / "docs" / "records.md": records_page.page,
}


def stale() -> list[str]:
    """The pages that are not what they would be if they were made now."""
    return [path.name for path, page in PAGES.items() if not path.exists() or path.read_text("utf-8") != page()]


def main(words: list[str]) -> int:
    """Write the pages, or say which are not in step."""
    if words == ["--check"]:
        found = stale()
        print("\n".join(f"docs/{name} is not in step: python -m tests.house.pages" for name in found), end="")
        return 1 if found else 0
    for path, page in PAGES.items():
        path.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
