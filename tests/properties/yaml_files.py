"""Texts of the dialect, written in the ways people write them; and soup of what they are made of."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from partnerkit.store.yaml.characters import refused

TEXTS = st.text(st.characters(codec="utf-8"), max_size=30).filter(lambda text: not refused().search(text))

WORDS = ["a", "b c", "it's", "é", "x#y", "a:b", "5", "-1", "4.50", "2026-11-20", "true", "null", "c1:0a", "1.2.3", "?x"]
QUOTED = ['"a: b"', '"é\\u00e9\\n"', "'it''s'", "'5'", '""', "'no'", '"x # y"', "'a\n\n      b'", '"a\n      b"']
FLOWS = ["[]", "{}", "[a, 'b', 5]", '{a: 1, "b": [c]}', "[ {a: b}, [c] ]", "{a: {}, b: }", "[a, # c\n      b]"]
COMMENTS = ["", "", "", "  # beside", " #"]
NOISE = ["", "# first column", "  # two in", "      # deep"]


class Writer:
    """Draws lines of YAML."""

    def __init__(self, draw: Any, *, keep: bool = True) -> None:
        self.draw = draw
        self.step = draw(st.integers(1, 4))
        self.dash = draw(st.integers(0, 4))
        self.headers = ["|", "|-", ">", ">-", *(["|+", ">+"] if keep else [])]
        # Where a key between them goes, an indented comment would become part of a text block, so that the editor
        # has to write the block anew: right, but not the least change.
        self.blocks = keep or draw(st.booleans())
        self.noises = NOISE if keep or not self.blocks else NOISE[:2]

    def pick(self, *values: Any) -> Any:
        return self.draw(st.sampled_from(values))

    def value(self, indent: int, depth: int, *, listed: bool) -> list[str]:
        """What follows a key or dash at a column: the rest of its line, then lines."""
        kind = self.draw(st.integers(0, 9))
        beside = self.pick(*COMMENTS)
        if kind <= 2 or (depth > 3 and kind >= 6):
            return [" " + self.pick(*WORDS) + beside]
        if kind == 3:
            return [" " + self.pick(*QUOTED) + beside]
        if kind == 4:
            return [" " + self.pick(*FLOWS) + beside]
        if kind == 5:
            return [beside]
        if kind == 6 and self.blocks:
            return self.literal(indent, beside)
        return self.nested(indent, depth, beside, listed=listed)

    def literal(self, indent: int, beside: str) -> list[str]:
        pad = " " * (indent + self.draw(st.integers(1, 4)))
        rest = self.draw(
            st.lists(st.sampled_from(["one", "# no comment", "", "  more", "a: b", "- c", "trail  "]), max_size=3)
        )
        lines = [pad + line if line else "" for line in ["text", *rest]]
        return [" " + self.pick(*self.headers) + beside, *lines]

    def nested(self, indent: int, depth: int, beside: str, *, listed: bool) -> list[str]:
        as_list = self.draw(st.booleans())
        if listed:
            gap = self.draw(st.integers(1, 3))
            lines = self.block(indent + 1 + gap, depth + 1, as_list=as_list)
            if self.draw(st.booleans()):
                return [" " * gap + lines[0].lstrip(" "), *lines[1:]]
            return [beside, *lines]
        column = indent + (self.dash if as_list else self.step)
        return [beside, *self.noise(), *self.block(column, depth + 1, as_list=as_list)]

    def block(self, indent: int, depth: int, *, as_list: bool) -> list[str]:
        keys = self.draw(
            st.lists(st.sampled_from(["k", "l m", "é", "'q'", '"on"', "z"]), min_size=1, max_size=4, unique=True)
        )
        lines: list[str] = []
        for number, key in enumerate(keys):
            lines += self.noise() if number else []
            first, *rest = self.value(indent, depth, listed=as_list)
            start = "-" if as_list else f"{key}:"
            lines += [" " * indent + start + first, *rest]
        return lines

    def noise(self) -> list[str]:
        return (
            self.draw(st.lists(st.sampled_from(self.noises), max_size=2)) if self.draw(st.integers(0, 2)) == 0 else []
        )

    def file(self) -> str:
        lines = [*self.noise(), *self.block(0, 0, as_list=False), *self.noise()]
        return "\n".join(lines) + str(self.pick("\n", "\n", ""))


@st.composite
def files(draw: Any, *, keep: bool = True) -> str:
    return Writer(draw, keep=keep).file()


SOUP = st.lists(
    st.sampled_from([*WORDS, *QUOTED, *FLOWS, "\n", "\n", "\n  ", "\n- ", ": ", ":", "- ", "{", "}", "[", "]", ",", "|", ">", "+", "2",
                     "#", " #", "? ", "?", "'", '"', "\\", "&a ", "*a", "!t ", "%", "@", "---", "...", "<<", "no", "~", "0x1", "  ", "k: ",
                     "\nk: ", "\n l: ", "\t", "\u0085", "\u202e", "\ufeff", "=", "1:2", ".5", "1e3"]),
    max_size=25,
).map("".join)  # laid out by hand, to be read at a glance  # fmt: skip
