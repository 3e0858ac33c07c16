"""Text from records says what it says in every document and acts in none of them."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from partnerkit.documents.catalogue import DOCUMENTS
from partnerkit.documents.composed import Asked, Composed
from partnerkit.documents.markdown import plain, rendered
from partnerkit.documents.model import blocks, text_of
from partnerkit.documents.sense import SHAPES
from partnerkit.documents.template import fill
from partnerkit.reports.documents import as_html
from partnerkit.store.documents import shipped
from tests.documents.samples import sample

#: What others read Markdown with: more of it acts there than in our documents.
OTHERS = MarkdownIt("commonmark").enable(["table", "strikethrough"])
MARKS = st.sampled_from(
    [*list("\\`*_{}[]()<>#+-=.!|~&:;@/'\"123 $"), "&amp;", "\n", "---", "    ", "1. ", "</p>", "{{", "{%"]
)
TEXTS = st.lists(st.one_of(MARKS, st.text(max_size=4)), min_size=1, max_size=20).map("".join)
HOSTILE = (
    "1. one",
    "[x](https://evil.example)",
    "![i](y)",
    "- item",
    "===",
    ":---",
    "<b>",
    "&lt;",
    "{{ x }}",
    "a #",
    "---",
    "`c`",
    "| a |",
)


def seen(text: str) -> str:
    """A text as readers see it, with what acts on a screen made visible."""
    shown = "".join(
        char if char.isspace() or char.isprintable() or char in "\u200c\u200d" else f"\\u{ord(char):04x}"
        for char in text
    )
    return " ".join(shown.split())


def hostile(test):
    for text in HOSTILE:
        test = example(text)(test)
    return given(TEXTS)(test)


@hostile
def test_a_value_reads_as_that_very_text_wherever_it_stands(text: str) -> None:
    sent = plain(text)
    assume(sent)
    for around in ("{}", "word {} word", "- {}", "# {}", "> {}"):
        for parser in (OTHERS.render, rendered):
            found = parser(around.format(sent))
            told = html.unescape(re.sub(r"</?(p|ul|li|h1|blockquote)>", "", found))
            assert " ".join(told.split()) == around.strip("->#").strip().format(seen(text)), found


@hostile
def test_a_value_stays_in_its_cell(text: str) -> None:
    sent = plain(text)
    assume(sent)
    found = OTHERS.render(f"| a | b |\n|---|---|\n| {sent} | c |\n")
    cells = re.findall(r"<td>(.*?)</td>", found, re.DOTALL)
    assert [html.unescape(one) for one in cells] == [seen(text), "c"]


def tags(page: str) -> list[str]:
    return re.findall(r"<[^>]*>", page)


@pytest.mark.parametrize("what", DOCUMENTS)
def test_no_value_adds_an_element_to_a_document(what: str) -> None:
    """Every leaf of every shipped template holds the text at once."""
    template, shape = shipped(what), SHAPES[what]
    wanted = tags(rendered(fill(template, sample(shape, "benign", 2)).text))

    @settings(max_examples=15)
    @hostile
    def check(text: str) -> None:
        assume(plain(text))
        made = fill(template, sample(shape, text, 2)).text
        assert tags(rendered(made)) == wanted
        said = list(text_of(blocks(made)))
        assert seen(text) in " ".join(said)
        composed = Composed(Asked(what, "acme", "internal"), "P", text, made, None, [], [], [], [], None, "", None)
        page = as_html(composed, draft=True).decode()
        assert "<script" not in page
        assert page.count("<main>") == page.count("</title>") == 1

    check()
