"""A paper in Markdown and HTML: hostile text says what it says in each, and does nothing."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from partnerkit.reports.paper import Mono, Paper, as_html, as_markdown

HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "a | b\n| c |",
    "![x](https://evil.example)",
    "`]`",
    "```\n</pre><script>",
    "\u202e[2J\x1b",
)


def page(text: str) -> Paper:
    """The text in every place that there is."""
    found = Paper()
    found.heading(1, text)
    found.line(text)
    found.line(text, "wrong")
    found.table([text, "b"], [(text, [text, Mono(text)])])
    found.table([], [(text, Mono(text))])
    found.commands([text])
    return found


class Tags(HTMLParser):
    """The elements of a document, and the text in them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, tuple[str, ...]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, tuple(name for name, _value in attrs)))


@given(st.one_of(st.sampled_from(HOSTILE), st.text("<>&\"'`|[]()!*_#\\\n\t -ab:/@\u202e\x1b", max_size=30)))
def test_the_elements_are_the_same_whatever_the_text_says(text):
    assert Tags(as_html(page(text))).found == Tags(as_html(page("plain"))).found
    assert "\x1b" not in as_html(page(text)) + as_markdown(page(text))


@given(st.one_of(st.sampled_from(HOSTILE), st.text("<>&`|[]()!\\\n ab", min_size=1, max_size=30)))
def test_a_row_of_markdown_has_its_cells_whatever_the_text_says(text):
    rows = [line for line in as_markdown(page(text)).split("\n") if line.startswith("| ")]
    tables = [line for line in rows if line.endswith(" |")][:6]
    assert [len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) for line in tables] == [3] * 6


def test_every_part_is_there():
    plain = as_markdown(page("plain"))
    assert plain.startswith(
        "# plain\n\nplain\n\n**plain**\n\n| plain | b |\n| --- | --- |\n| plain | plain<br>`plain` |\n"
    )
    assert plain.endswith("|  |  |\n| --- | --- |\n| plain | `plain` |\n\n```\nplain\n```\n")
    assert '<p class="wrong"><strong>plain</strong></p>' in as_html(page("plain"))
    assert '<th scope="row">plain</th><td><code>plain</code></td>' in as_html(page("plain"))
