"""Rules that could not be read for a while, and whether that may matter."""

from __future__ import annotations

from dataclasses import replace

import pytest

from partnerkit.rules.audited import told
from partnerkit.rules.strays import stray_was
from partnerkit.rules.unread import while_unread
from tests.rules.bench import register
from tests.rules.ended import here
from tests.rules.verdicts import entry, error, verdict

POLICY, ROSTER, SETTINGS = "records/policies/SMALL.yaml", "records/people.yaml", "records/register.yaml"


def broken(file=POLICY, **more):
    """Rules that cannot be read land."""
    found = replace(error("yaml-syntax", None), file=file, was=stray_was("ab12"))
    return verdict(findings=[found], rules=[file], **more)


READ = verdict(rules=[POLICY])
ANOTHER = verdict(rules=[POLICY], governs=[POLICY])


@pytest.mark.parametrize("file", [POLICY, ROSTER, SETTINGS])
def test_rules_that_are_what_they_were_afterwards_do_not_matter(file):
    assert while_unread([broken(file), verdict(), READ]) == frozenset()
    assert while_unread([broken(file)]) == frozenset()
    assert while_unread([broken(file), verdict(rules=[]), broken(file), READ, verdict(entry("e")), ANOTHER]) == set()


def test_what_was_entered_meanwhile_matters():
    assert while_unread([verdict(), broken(), verdict(), verdict(entry("e")), READ]) == {1}
    assert while_unread([broken(), broken(), verdict(entry("e")), broken(), READ]) == {0, 1}
    assert while_unread([replace(broken(), entered=[entry("e")]), READ]) == {0}
    assert while_unread([broken(), replace(READ, entered=[entry("e")])]) == {0}
    assert while_unread([broken(), READ, verdict(entry("e")), broken(), READ]) == frozenset()


def test_other_rules_afterwards_matter():
    assert while_unread([broken(), ANOTHER]) == {0}
    assert while_unread([broken(), READ, ANOTHER]) == frozenset()


def test_what_is_no_rule_or_counted_is_none_of_this():
    record = replace(error("unknown-kind", "junk"), file="records/risks/junk.yaml", was=stray_was(None))
    counted = replace(error("policy-missing", None), file=SETTINGS, was="file")
    for found in (record, counted, replace(record, file=None)):
        assert while_unread([verdict(findings=[found], rules=[POLICY]), verdict(entry("e"))]) == frozenset()
    assert while_unread([replace(broken(), rules=[]), verdict(entry("e"))]) == frozenset()


def test_an_audit_leaves_it_an_error_where_it_matters():
    there = register(here())
    [was] = broken().findings
    warned, *_rest = told([broken(), READ], [], there)
    assert [one.severity for one in warned.findings] == ["warning"]
    stays, *_rest = told([broken(), ANOTHER], [], there)
    assert stays.findings == [was]
    beside = replace(error("unknown-kind", "junk"), file="records/risks/junk.yaml", was=stray_was(None))
    first, second, *_rest = told([verdict(findings=[beside]), broken(), ANOTHER], [], there)
    assert [one.severity for one in first.findings] == ["warning"]
    assert second.findings == [was]
