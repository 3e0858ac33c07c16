"""A mend taken apart: what can be pasted is code, and nothing else is."""

from __future__ import annotations

import pytest

from partnerkit.reports.mends import either, in_html, in_markdown, only_lines, parts, tell
from partnerkit.reports.page import Page

BACK = "git restore --staged --worktree -- a.yaml"
LINES = [
    "partnerkit gates acme",
    f"{BACK}; git commit -m 'As it was'; partnerkit undo acme --correct --reason <reason>",
    "partnerkit set acme 'name=it is; by git and partnerkit'",
    "git show 0123 -- $'a\\012 where; b'",
    "chmod -x 'records/a b.yaml'",
]
TOLD = {
    "keep one of the two lines": "keep one of the two lines",
    f"{BACK} takes back what has not landed": f"`{BACK}` takes back what has not landed",
    "git never had the text: partnerkit policy amend c": "git never had the text: `partnerkit policy amend c`",
    "correct it there, then: partnerkit check a.yaml": "correct it there, then: `partnerkit check a.yaml`",
    "partnerkit undo 0123 --void --reason <reason>, by somebody else": (
        "`partnerkit undo 0123 --void --reason <reason>`, by somebody else"
    ),
    "write `stage: x` back; partnerkit gates acme shows why": "write `stage: x` back; `partnerkit gates acme` shows why",
    "land *it* first; partnerkit is not on PATH": "land \\*it\\* first; partnerkit is not on PATH",
    "where it is a copy: rm a.yaml": "where it is a copy: `rm a.yaml`",
    "name it 'a; rm -rf b', or partnerkit fmt says": "name it 'a; rm -rf b', or `partnerkit fmt` says",
    'write "a: rm b; `rm c`" if text is meant': 'write "a: rm b; \\`rm c\\`" if text is meant',
    "move $'a\\012; git push b', it's a copy": "move \\$'a\\\\012; git push b', it's a copy",
}


def test_lines_of_which_one_is_to_be_pasted_stand_each_alone() -> None:
    page = Page()
    tell(page, f"partnerkit doc thanks a or partnerkit set a 'name=b or git push'; or {BACK}", "  ")
    lines = ["    → partnerkit doc thanks a", "   or partnerkit set a 'name=b or git push'", f"   or {BACK}"]
    assert page.plain().splitlines() == lines


@pytest.mark.parametrize(
    "mend",
    [
        *LINES,
        *TOLD,
        f"{BACK}; or partnerkit gates acme if it is meant",
        "write x: y back; or git push --force",
        "a\nor partnerkit gates a",
    ],
)
def test_what_is_not_lines_alone_stays_whole(mend: str) -> None:
    """A text that only reads like a line is put on no line of its own."""
    assert either(mend) == [mend]


@pytest.mark.parametrize("mend", LINES)
def test_lines_are_pasted_as_they_are(mend: str) -> None:
    assert only_lines(mend)
    assert in_markdown(mend) == f"`{mend}`"


@pytest.mark.parametrize(("mend", "shown"), TOLD.items())
def test_words_are_words(mend: str, shown: str) -> None:
    assert not only_lines(mend)
    assert in_markdown(mend) == shown


@pytest.mark.parametrize("mend", [*LINES, *TOLD])
def test_put_together_the_parts_are_the_mend(mend: str) -> None:
    assert "".join(part.text for part in parts(mend)) == mend


def test_html_shows_the_words_and_obeys_none() -> None:
    assert in_html("see <b>; partnerkit gates <id> shows it") == (
        "see &lt;b&gt;; <code>partnerkit gates &lt;id&gt;</code> shows it"
    )
