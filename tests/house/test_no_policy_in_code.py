"""No policy's quirk lives in code: policies are named in packs, in examples that people read, and in the demo's story."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import partnerkit
from tests.policies.packs import TEXTS, pack_names

SOURCE = Path(partnerkit.__file__).parent
PACKS = SOURCE / "policies" / "packs"

#: Whole files that may name a policy, and why.
MAY = {
    "cli/story.py": "the story that `demo` and this repository's records tell takes place under OPS-05-03",
    "cli/demo_command.py": "says under which policy that story takes place",
}

#: Ids of all policies, and the first word of each: nobody writes `startswith("OPS")` either.
IDS = sorted({*pack_names(), *TEXTS})
NAMED = re.compile(
    rf"\b(?:{'|'.join(re.escape(one) for one in IDS)})\b|[\"'](?:{'|'.join(one.split('-')[0] for one in IDS)})\b"
)


def test_the_four_policies_are_known() -> None:
    assert {"MANDALA-PCP", "MEM-02-03", "OPS-05-03", "OTS-PG"} <= set(IDS)


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_no_policy_is_named_in_code(path: Path) -> None:
    """Elsewhere only where it is an example: in a docstring, or in the epilog of a command's help."""
    if path.relative_to(SOURCE).as_posix() in MAY:
        return
    text = path.read_text(encoding="utf-8")
    examples = set(_examples(ast.parse(text)))
    named = [(number, line) for number, line in enumerate(text.splitlines(), 1) if NAMED.search(line)]
    assert [(number, line) for number, line in named if number not in examples] == []


def _examples(tree: ast.Module) -> Iterator[int]:
    """The lines of docstrings and of epilogs."""
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg == "epilog":
            yield from range(node.value.lineno, (node.value.end_lineno or node.value.lineno) + 1)
        body = getattr(node, "body", None)
        if (
            isinstance(body, list)
            and body
            and isinstance(body[0], ast.Expr)
            and isinstance(body[0].value, ast.Constant)
        ):
            yield from range(body[0].lineno, (body[0].end_lineno or body[0].lineno) + 1)


def test_nothing_else_beside_the_code_names_one() -> None:
    """Templates, tables and the like: whatever is shipped and is no pack."""
    others = [path for path in SOURCE.rglob("*") if path.is_file() and path.suffix not in {".py", ".pyc"}]
    named = [path for path in others if PACKS not in path.parents and _has_name(path)]
    assert [path.relative_to(SOURCE).as_posix() for path in named] == []


def _has_name(path: Path) -> bool:
    return NAMED.search(path.read_text(encoding="utf-8", errors="replace")) is not None


def test_what_may_name_one_is_there_and_does() -> None:
    assert [name for name in MAY if not _has_name(SOURCE / name)] == []


def test_a_quirk_in_code_would_be_found() -> None:
    for line in ('if policy.policy == "OTS-PG":', "if name.startswith('MANDALA'):", '    "MEM-02-03": 3,'):
        assert NAMED.search(line)
    assert not NAMED.search("class Remember: OPTS = MEMBERS")
