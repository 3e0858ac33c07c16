"""A verdict that was kept says what it said when it was judged."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerkit.findings import Finding
from partnerkit.jobs.verdict_rows import as_text, from_texts
from partnerkit.rules.verdict import Entered, Verdict
from partnerkit.steps import Commit

moments = st.datetimes(timezones=st.just(UTC))
words = st.text('a7 é\n",[]{}\ud800', max_size=4)
several = st.lists(words, max_size=2)
lines = st.none() | st.integers(1, 99)
findings = st.builds(
    Finding, words, words, st.sampled_from(["error", "warning", "info"]), *[st.none() | words, lines, lines], words
)
levels = st.sampled_from(["claimed", "author", "signed-statement"])


@st.composite
def verdicts(draw: st.DrawFn) -> Verdict:
    """Any verdict; its entries landed with its commit."""
    commit = draw(st.builds(Commit, words, several.map(tuple), words, words, moments, words))
    texts = several.map(tuple)
    names: dict[str, Any] = {"seq": st.integers(1, 99), "left": st.none() | words, "at": moments, "level": levels}
    names |= {"reason": st.none() | words, "broke": texts, "relies": texts, "settles": texts}
    names |= dict.fromkeys(("record", "id", "type", "to", "by"), words) | {"witnessed": st.booleans()}
    landed = {"commit": st.just(commit.oid), "landed_at": st.just(commit.at), "voided": st.none()}
    entered = st.builds(Entered, **names, **landed)
    return draw(
        st.builds(
            Verdict,
            st.just(commit),
            st.lists(findings, max_size=1),
            st.lists(findings, max_size=1),
            st.lists(entered, max_size=1),
            st.dictionaries(words, levels, max_size=2),
            st.dictionaries(words, words, max_size=2),
            *[several, several, several, several],
            st.none() | st.sampled_from(["of-somebody", "wrong"]),
            several,
        )
    )


@given(verdicts())
def test_what_was_kept_is_what_was_judged(judged: Verdict) -> None:
    """Every field comes back, whether it says something or not."""
    assert list(from_texts([as_text(judged)])) == [judged]


@given(verdicts())
def test_a_signature_is_not_kept(judged: Verdict) -> None:
    """It was judged, and its bytes are not asked for again."""
    signed = replace(judged, commit=replace(judged.commit, signature=b"signature", signed=b"commit"))
    assert list(from_texts([as_text(signed)])) == [judged]


@pytest.mark.parametrize("said", ["", "[", "[]", "{}", '{"commit":{}}', '{"commit":{"at":"then","parents":[]}}'])
def test_what_somebody_else_wrote_ends_it(said: str) -> None:
    """What stands before it counts, and it raises what the audit expects."""
    commit = Commit(
        "a" * 40, (), "a@lighthouse.example", "a@lighthouse.example", datetime(2026, 1, 6, tzinfo=UTC), "step"
    )
    whole = Verdict(commit, [])
    every = from_texts([as_text(whole), said])
    assert next(every) == whole
    with pytest.raises((ValueError, KeyError, TypeError)):
        next(every)
