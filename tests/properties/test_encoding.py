"""Text sent into Markdown says what it says and does nothing, by the renderer that rich brings along."""

from __future__ import annotations

import html
import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from partnerkit.reports.encode import markdown, terminal

RENDERER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
MARKS = st.sampled_from([*list("\\`*_{}[]()<>#+-=.!|~&:;@/'\"123 "), "www.", "://", "&amp;", "\n", "GH-1", "http"])
TEXTS = st.lists(st.one_of(MARKS, st.text(max_size=4)), max_size=30).map("".join)


def _said(rendered: str) -> str:
    """What a reader sees of one paragraph; the marks that break calls are invisible."""
    inner = re.fullmatch(r"<p>(.*)</p>\n", rendered, re.DOTALL)
    assert inner is not None, rendered
    assert not re.search(r"<[a-z/]", inner[1]), rendered
    return html.unescape(inner[1]).replace("\u200b", "")


@given(TEXTS)
@example("1. one")
@example("[x](https://evil.example) ![i](y)")
@example("- item")
@example("=====")
@example("&lt;b&gt;")
def test_markdown_shows_the_text_and_nothing_else(text: str) -> None:
    sent = markdown(text)
    assert "\n" not in sent
    shown = " ".join(terminal(text).split())
    if shown:
        assert " ".join(_said(RENDERER.render(f"{sent.strip()}")).split()) == shown
        assert " ".join(_said(RENDERER.render(f"word {sent.strip()}")).split()) == f"word {shown}"


def test_what_acts_becomes_visible_and_letters_stay() -> None:
    """Every character of the first plane: a control, half a pair or a line end of another sort is told by its number."""
    acting = {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}
    every = [(chr(number), unicodedata.category(chr(number))) for number in range(0x10000)]
    assert [
        one for one, sort in every if sort in acting and one != "\n" and terminal(one) != f"\\u{ord(one):04x}"
    ] == []
    assert [one for one, sort in every if sort[0] in "LNPS" and terminal(one) != one] == []
    assert terminal("\u202e\u2066\u200b\u00ad") == "\\u202e\\u2066\\u200b\\u00ad"


@pytest.mark.parametrize("call", ["@everyone", "#12", "https://evil.example", "www.evil.example", "GH-12"])
def test_nobody_is_called_and_nothing_linked(call: str) -> None:
    """What forges add to Markdown: mentions, numbers of issues, bare addresses."""
    assert call not in markdown(f"see {call} now")


@pytest.mark.parametrize(
    "plain", ["2026-11-21 · Lighthouse Community", "OPS-05-03 §5.1.1/timeline-and-milestones: 3 d."]
)
def test_plain_words_stay_readable_where_nothing_renders_them(plain: str) -> None:
    assert markdown(plain) == plain
