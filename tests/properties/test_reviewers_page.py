"""Text from records forges no part of the reviewer's page, whatever it is: the page keeps its shape, and its length."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from tests.chance import examples

from partnerkit.findings import Finding
from partnerkit.obligations.obligation import Obligation
from partnerkit.reports.diff_markdown import LIMIT, MARKER, as_markdown
from partnerkit.reports.diff_text import as_page
from partnerkit.reports.encode import terminal
from partnerkit.reviewing.review import End, Review, Vote
from partnerkit.reviewing.told import Ahead, Eye, Field, Lines, Met, Move, Need, OfRecord, OfRules, Said, Void
from partnerkit.rules.commands import quoted

COPIED = re.compile(r"(?:[a-z]-)?[0-9a-f]{7,}|\S+://\S+|www\.\S+", re.IGNORECASE)
RENDERER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
PIECES = st.sampled_from(
    [
        *(
            "<!-- partnerkit:diff -->",
            "-->",
            "</details>",
            "<details>",
            "<summary>",
            "\n\n## ",
            "\n- [ ] ",
            "\n|a|b|\n|-|-|\n",
        ),
        *(
            "[x](https://evil.example)",
            "![i](y)",
            "@everyone",
            "#1",
            "GH-1",
            "www.evil.example",
            "`",
            "```\n",
            "**",
            "__",
            "~~",
        ),
        *(
            "$x$",
            "\\",
            "|",
            "&lt;",
            "\u202e",
            "\u200b",
            "\x1b[31m",
            "    ",
            "1. ",
            "> ",
            "---",
            "===",
            ":tada:",
            "/close",
            "x",
        ),
    ]
)
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=3)), min_size=1, max_size=6).map(lambda parts: "w" + "".join(parts))


def review(text: str) -> Review:
    """A page of which every text that can come from a record, a policy or a revision is the same."""
    need = Need(
        "approved", text, met=False, missing=text, counted=0, wanted=2, roles=(text,), people=(text,), by_word=True
    )
    other = Need("shown", text, met=False, missing=text, command=f"run {quoted(text)}")
    said = Said("e-1", "evidence", text, text)
    due = Obligation("id", "acme", "risk", text, "P", "expiry", "x", text, "due", "warning", due=date(2026, 1, 1))
    move = Move("move", "a", "b", date(2026, 1, 1), "p-a", text, (text,), (Met(text, text, True, (said,), text),))
    record = OfRecord(
        *("acme", "risk", text, "P", "records/risks/acme.yaml", "changed", "a", "b"),
        moves=(move,),
        said=(said,),
        withdrawn=(text,),
        void=(Void("a-1", "approved", "p-a", (), text, f"run {quoted(text)}"),),
        ahead=Ahead("c", (need, other)),
        risks=(text,),
        created=(due,),
        settled=(due,),
        lines=(Lines(text, 2, (text,)),),
        fields=(Field(text, text, text, text, text), Field(text, None, text)),
    )
    rules = OfRules("records/policies/P.yaml", "policy", text, (text,), (text,), (text,), (text,))
    found = Finding("code", text, file="records/x.yaml", line=1, record="acme", clause=text, mend=f"run {quoted(text)}")
    return Review(
        text,
        End(text, "0" * 40, text),
        End(text, "1" * 40),
        [found],
        [rules],
        [record],
        [Eye("s", "acme", text)],
        [Vote("acme", need)],
        3,
    )


def _shape(page: str) -> list[tuple[str, str, str]]:
    """What a reader of Markdown makes of a page: its blocks, what is raw in it, and what is in each line."""
    found: list[tuple[str, str, str]] = []
    for token in RENDERER.parse(page):
        raw = token.content if token.type == "html_block" else ""
        found.append((token.type, token.tag, raw))
        found += [(one.type, one.tag, "") for one in token.children or () if not _is_text(one)]
    return found


def _is_text(token: Token) -> bool:
    return token.type in {"text", "text_special"} or (
        token.type == "code_inline" and bool(COPIED.fullmatch(token.content))
    )


PLAIN = _shape(as_markdown(review("w")))


@settings(max_examples=examples(60), deadline=None)
@given(TEXTS)
@example("w-->www.evil.example")
@example("w`")
@example("w\\")
@example("w" * 700)
@example("w[x](https://evil.example)\xa0")
@example("whttps://evil.example\u3000x")
def test_the_page_keeps_its_shape(text: str) -> None:
    page = as_markdown(review(text))

    assert _shape(page) == PLAIN
    assert page.startswith(f"{MARKER}\n")
    assert page.count(MARKER) == 1
    inline = [one for token in RENDERER.parse(page) for one in token.children or ()]
    prose = "\n".join(one.content for one in inline if one.type in {"text", "text_special"})
    assert not re.search(r"@(?!\u200b)|://(?!\u200b)|[#!]\d|:[\w+-]+:", prose)


@settings(max_examples=examples(40), deadline=None)
@given(TEXTS)
def test_a_terminal_obeys_nothing_of_it(text: str) -> None:
    page = as_page(review(text)).plain()
    assert page == terminal(page)
    assert page.count("\n") == as_page(review("w")).plain().count("\n")


@settings(max_examples=examples(12), deadline=None)
@given(st.integers(1, 900), TEXTS, st.sampled_from(["records", "findings", "rules", "eyes", "votes"]))
def test_it_is_cut_between_blocks_and_never_too_long(count: int, text: str, part: str) -> None:
    one = review(text * 40)
    many: dict[str, Any] = {name: getattr(one, name) for name in ("findings", "rules", "records", "eyes", "votes")}
    many[part] = many[part] * count
    page = as_markdown(Review(one.name, one.base, one.head, **many))

    assert len(page) < LIMIT
    tokens = RENDERER.parse(page)
    blocks = Counter(token.type for token in tokens)
    for sort in ("bullet_list", "table", "heading", "paragraph"):
        assert blocks[f"{sort}_open"] == blocks[f"{sort}_close"]
    raw = "".join(token.content for token in tokens if token.type == "html_block")
    assert raw.count("<details>") == raw.count("</details>")
    # What is left out is said: each of many is told, or how many more there are.
    assert count <= 2 or "more" in page
