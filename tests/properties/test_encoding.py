"""Text sent into Markdown says what it says and does nothing, by the renderer that rich brings along."""

from __future__ import annotations

import html
import re

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


@pytest.mark.parametrize("call", ["@everyone", "#12", "https://evil.example", "www.evil.example", "GH-12"])
def test_nobody_is_called_and_nothing_linked(call: str) -> None:
    """What forges add to Markdown: mentions, numbers of issues, bare addresses."""
    assert call not in markdown(f"see {call} now")


@pytest.mark.parametrize(
    "plain", ["2026-11-21 · Lighthouse Community", "OPS-05-03 §5.1.1/timeline-and-milestones: 3 d."]
)
def test_plain_words_stay_readable_where_nothing_renders_them(plain: str) -> None:
    assert markdown(plain) == plain
