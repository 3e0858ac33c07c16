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
    """What a reader sees of one paragraph; the marks that break calls are invisible, what is copied is code."""
    inner = re.fullmatch(r"<p>(.*)</p>\n", rendered, re.DOTALL)
    assert inner is not None, rendered
    copied = r"<code>((?:[a-zA-Z]-)?[0-9a-fA-F]{7,}|[^<>\s]*(?:://|[wW]{3}\.|@)[^<>\s]+)</code>"
    plain = re.sub(copied, r"\1", inner[1], flags=re.ASCII)  # forges end an address at a space of ASCII alone
    assert not re.search(r"<[a-z/]", plain), rendered
    return html.unescape(plain).replace("\u200b", "")


@given(TEXTS)
@example("1. one")
@example("[x](https://evil.example) ![i](y)")
@example("- item")
@example("=====")
@example("&lt;b&gt;")
@example("www.\xa0")
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


#: What forges make links, mentions, references, labels and emoji of, in the text that Markdown gave them.
CALLS = (
    *(r"@\w", r"[#!&$]\d", r"\b(?:GH|GL|CVE|GHSA)-\w", r":[\w+-]+:", r"://\w", r"\bwww\.", r"[~%][\w\"]", r"\[\w+:"),
    *(r"\*iteration:", r"(?<![0-9a-zA-Z_])[0-9a-fA-F]{7,40}(?![0-9a-zA-Z_])"),
)


def _calls(sent: str) -> list[str]:
    """What a forge would take for a call: it looks at text, whatever was escaped in it, and not into code."""
    inline = RENDERER.parseInline(sent)[0].children or []
    texts = "".join(one.content if one.type in {"text", "text_special"} else "\0" for one in inline)
    return [one for one in CALLS if re.search(one, texts, re.IGNORECASE | re.ASCII)]


PIECES = st.sampled_from(
    [
        *("@", "@everyone", "@org/team", "a@b.example", "#1", "x/y#12", "!7", "GH-1", "gh-2", "GL-3", "CVE-2026-1"),
        *("GHSA-ab12-cd34-ef56", ":tada:", ":+1:", ":100:", "12:30:45", "www.evil.example", "https://evil.example"),
        *("~bug", '~"two words"', "%1", '%"May"', "$1", "&1", "[issue:1]", "*iteration:1", "deadbeef", "DEADBEEF"),
        *("1234567", "a-0123456789ab", "e9f7327", "0" * 40, "f" * 64, "\\", "`", " ", "-", ":", "1", "a", "(", "\n"),
    ]
)


@given(st.lists(st.one_of(PIECES, st.text(max_size=2)), max_size=8).map("".join))
@example(":a:b:")
@example("#1234567")
@example("x@deadbeef")
def test_nobody_is_called_and_nothing_linked(text: str) -> None:
    assert _calls(markdown(text)) == []


@pytest.mark.parametrize(
    "call", ["@everyone", "#12", "!12", "https://evil.example", "www.evil.example", "GH-12", ":tada:", "deadbeef"]
)
def test_what_would_call_is_known_to_the_test(call: str) -> None:
    assert _calls(f"see {call} now") != []


@pytest.mark.parametrize("line", ["/close", " /assign me"])
def test_no_line_begins_with_a_command_of_a_forge(line: str) -> None:
    assert markdown(line).lstrip().startswith("\\/")


def test_no_formula_begins() -> None:
    assert markdown("$x$ and $$y$$") == "\\$x\\$ and \\$\\$y\\$\\$"


def test_an_id_is_copied_as_it_is() -> None:
    assert markdown("by a-e9f73273b039, of 2026-10-05") == "by `a-e9f73273b039`, of 2026-10-05"
    assert markdown("open https://x.example/a_b?c=1&d: see") == "open `https://x.example/a_b?c=1&d`: see"


@pytest.mark.parametrize(
    "plain", ["2026-11-21 · Lighthouse Community", "OPS-05-03 §5.1.1/timeline-and-milestones: 3 d."]
)
def test_plain_words_stay_readable_where_nothing_renders_them(plain: str) -> None:
    assert markdown(plain) == plain
