"""What a case spent its time on is told by who asked for it, whoever did it."""

from __future__ import annotations

from typing import Any

import pytest
from bench.shares import spent

RULE = ("/x/partnerkit/rules/standing.py", 10, "judged")
YAML = ("/x/partnerkit/store/yaml/quick.py", 20, "quick")
MATCH = ("~", 0, "<method 'match' of 're.Pattern' objects>")
COMPILE = ("/usr/lib/python3.11/re/__init__.py", 30, "compile")
MODULE = ("/x/partnerkit/rules/standing.py", 1, "<module>")
NOBODY = ("~", 0, "<built-in method posix.read>")


def test_what_a_library_does_counts_for_who_asked() -> None:
    rows: list[list[Any]] = [
        [RULE, 1.0, []],
        [YAML, 2.0, []],
        [COMPILE, 0.5, [[RULE, 0.5]]],
        [MATCH, 4.0, [[RULE, 1.0], [YAML, 2.0], [COMPILE, 1.0]]],
        [MODULE, 3.0, [[RULE, 3.0]]],
        [NOBODY, 0.25, []],
    ]
    found = spent(rows)
    assert found["the rules"] == pytest.approx(1.0 + 0.5 + 1.0 + 1.0)
    assert found["reading and writing YAML"] == pytest.approx(2.0 + 2.0)
    assert found["loading code"] == pytest.approx(3.0)
    assert found["the rest"] == pytest.approx(0.25)
    assert sum(found.values()) == pytest.approx(sum(row[1] for row in rows))


def test_what_calls_itself_is_counted_once() -> None:
    walk = ("/usr/lib/python3.11/copy.py", 1, "deepcopy")
    found = spent([[RULE, 1.0, []], [walk, 3.0, [[walk, 2.0], [RULE, 1.0]]]])
    assert found["the rules"] + found["the rest"] == pytest.approx(4.0)
    assert found["the rules"] > 3.9
