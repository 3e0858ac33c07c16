"""Every code of every finding is explained, and nothing is explained that is never found."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import partnerkit
from partnerkit.rules.codes import CODES, EXPLAINED, THEMES

SOURCE = Path(partnerkit.__file__).parent
EXPLAINING = SOURCE / "rules" / "codes"
CODE = re.compile(r"[a-z]+(-[a-z0-9]+)*\Z")
MAKERS = {"Finding", "finding", "at", "wrong", "_finding", "_refuse", "Problem", "complain", "yield_", "_wrong"}


def _codes_in_calls() -> set[str]:
    found: set[str] = set()
    for path in SOURCE.rglob("*.py"):
        if path.parent == EXPLAINING:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if name in MAKERS:
                    found |= {
                        arg.value
                        for arg in node.args
                        if isinstance(arg, ast.Constant)
                        and isinstance(arg.value, str)
                        and CODE.match(arg.value)
                        and "-" in arg.value
                    }
    return found


def _texts() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py") if path.parent != EXPLAINING)


def test_every_code_that_is_made_is_explained() -> None:
    assert _codes_in_calls() - set(CODES) == set()


def test_every_code_that_is_explained_is_made() -> None:
    text = _texts()

    assert [code for code in CODES if f'"{code}"' not in text] == []


def test_explanations_are_sentences_that_say_more_than_the_code() -> None:
    for code, words in CODES.items():
        assert words.endswith("."), code
        assert len(words) > len(code) + 10, code


def test_every_code_has_a_bad_case_a_good_case_and_a_mend() -> None:
    for name, code in EXPLAINED.items():
        assert code.bad, name
        assert code.good, name
        assert code.bad != code.good, name
        assert code.mend, name
        assert not code.mend.endswith("."), f"{name}: the page ends the sentence"
        assert code.severity in {"error", "warning", "error or warning"}, name


def test_a_code_is_explained_once() -> None:
    assert sum(len(theme.codes) for theme in THEMES) == len(EXPLAINED)
