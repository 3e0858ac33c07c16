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
from partnerkit.reports.document_markdown import written
from partnerkit.reports.documents import as_html
from partnerkit.store.documents import shipped
from tests.chance import examples
from tests.documents.samples import sample
from tests.properties.test_encoding import CALLS

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
    "@everyone",
    "mailto:a@b.example, www.b.example",
    ":white_check_mark: #5 deadbeef",
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


def on_one(text: str) -> str:
    return " ".join(text.split())


def read_by_others(text: str) -> list[str]:
    """What others read, a block or cell at a time; nothing in it is a link, a picture, HTML or a call of a forge."""
    found = []
    for one in OTHERS.parse(text):
        assert "html" not in one.type
        children = one.children or []
        assert {child.type for child in children} <= {"text", "code_inline", "strong_open", "strong_close"}
        calling = "".join("\0" if child.type == "code_inline" else child.content for child in children)
        assert [call for call in CALLS if re.search(call, calling, re.IGNORECASE | re.ASCII)] == []
        if one.type == "inline":
            found.append(on_one("".join(child.content for child in children).replace("\u200b", "")))
    return found


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("# Title #\n\nWho?  \nAll.", "# Title\n\nWho?\\\nAll.\n"),
        ("# C \\#\\#", "# C \\##\n"),
        ("# \\#", "# \\#\n"),
        ("1. one\n2. two\n\n   more\n   - in\n", "1. one\n2. two\n\n   more\n   - in\n"),
        ("> said\n>\n> - twice\n", "> said\n> - twice\n"),
        ("| a | |\n|---|---|\n| *b* | **c**d |\n", "| a | |\n|---|---|\n| *b* | **c**d |\n"),
        ("a\n\n---\n\nto me@x.example, @me", "a\n\n---\n\nto `me@x.example`, @&#8203;me\n"),
        ("<https://x.example> [x](y) `c`", "\\<`https://x.example`\\> \\[x\\](y) \\`c\\`\n"),
    ],
)
def test_what_others_get_says_the_same(text: str, sent: str) -> None:
    assert written(text) == sent


@pytest.mark.parametrize("what", DOCUMENTS)
def test_no_value_adds_an_element_to_a_document(what: str) -> None:
    """Every leaf of every shipped template holds the text at once."""
    template, shape = shipped(what), SHAPES[what]
    wanted = tags(rendered(fill(template, sample(shape, "benign", 2)).text))

    @settings(max_examples=examples(15))
    @hostile
    def check(text: str) -> None:
        assume(plain(text))
        made = fill(template, sample(shape, text, 2)).text
        assert tags(rendered(made)) == wanted
        said = list(text_of(blocks(made)))
        assert seen(text) in " ".join(said)
        assert [one for one in read_by_others(written(made)) if one] == [one for one in map(on_one, said) if one]
        composed = Composed(
            Asked(what, "acme", "internal"), "P", text, made, None, [], [], [], [], True, [], None, "", None
        )
        page = as_html(composed, draft=True).decode()
        assert "<script" not in page
        assert page.count("<main>") == page.count("</title>") == 1

    check()
