"""Templates: text with places for values. They judge nothing, run nothing, and end.

A template is Jinja of which little is left: values, `if`, `for`, `set`, and a few filters. No call, no arithmetic, no
macro, no other file. Every value passes the encoder of Markdown on its way in, whatever the template does with it.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, Undefined, nodes, pass_context
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment, SandboxedEnvironment

from partnerkit.documents.markdown import plain
from partnerkit.documents.marks import Blank, Mark, Withheld
from partnerkit.documents.reading import LOOP, Wrong, misread
from partnerkit.documents.shape import Has
from partnerkit.kinds.calendar import read_day

#: How long a template may be, how long what it makes, and how often its loops may go round.
LONGEST, LARGEST, MOST_ROUNDS = 64 * 1024, 512 * 1024, 20_000

_TICK, _BLANK = "_round", "blank"
_PLACE = "<template>"
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

_ALLOWED = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.For, nodes.If, nodes.Assign, nodes.Name),
    *(nodes.Getattr, nodes.Getitem, nodes.Const, nodes.Filter, nodes.Test, nodes.Compare, nodes.Operand),
    *(nodes.And, nodes.Or, nodes.Not, nodes.CondExpr, nodes.List, nodes.Tuple),
)
_WORDS = "values, if, for, set and the filters day, join, first, last, length, upper, lower, capitalize, blank"


class TemplateBrokenError(Exception):
    """A template cannot be used: why, and in which of its lines."""

    def __init__(self, wrong: Wrong) -> None:
        super().__init__(wrong.why)
        self.wrong = wrong


class _StoppedError(TemplateError):
    """A template was stopped: it makes too much, or goes round too often."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What a template made.

    Attributes:
        text: the Markdown.
        missing: the blanks in it, each named once.
        withheld: the fields that it would show and that were kept from it.
    """

    text: str
    missing: list[str]
    withheld: list[str]


@dataclass(slots=True)
class _Filling:
    """One template being filled."""

    rounds: int = 0
    marks: list[Mark] = field(default_factory=list)

    def show(self, value: Any) -> str:
        """A value on its way into the text."""
        if isinstance(value, Undefined):
            return str(value)  # which says what is not there
        if isinstance(value, Mark):
            self.marks.append(value)
            return plain(value.shown)
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, str | int):
            return plain(str(value))
        raise TemplateError("this is a list or has parts, and no text: go through it with `for`, or name a part")

    def turn(self) -> str:
        """Count a round of a loop."""
        self.rounds += 1
        if self.rounds > MOST_ROUNDS:
            raise _StoppedError(f"its loops go round more than {MOST_ROUNDS} times")
        return ""


class _Environment(ImmutableSandboxedEnvironment):
    """Reads parts of plain values only: no attribute of any object."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A part by its name."""
        if isinstance(obj, LoopContext) and attribute in LOOP.parts:
            return getattr(obj, attribute)
        if isinstance(obj, Mapping) and attribute in obj:
            return obj[attribute]
        return self.undefined(f"there is no {attribute!r} here", name=attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """A part by its name, or an item by its place."""
        if isinstance(obj, list) and isinstance(argument, int) and -len(obj) <= argument < len(obj):
            return obj[argument]
        return self.getattr(obj, str(argument))


def wrong_with(source: str, shape: Has) -> list[Wrong]:
    """What is wrong with a template, before it is filled: its form, and names that nothing stands for."""
    try:
        return list(misread(_parsed(_environment(_Filling()), source), shape))
    except TemplateBrokenError as broken:
        return [broken.wrong]
    except RecursionError as error:
        return [Wrong(1, _why(error))]


def fill(source: str, values: Mapping[str, Any]) -> Filled:
    """Fill a template.

    Raises:
        TemplateBrokenError: it cannot be parsed, reads what is not there, or does not end.
    """
    filling = _Filling()
    env = _environment(filling)
    tree = _parsed(env, source)
    try:
        _count(tree)
        template = env.template_class.from_code(env, env.compile(tree, filename=_PLACE), env.globals)
        text = _bounded(template.generate(dict(values)))
    except (TemplateError, SyntaxError, RecursionError) as error:
        raise TemplateBrokenError(Wrong(_line(error), _why(error))) from error
    names = [(mark.name, isinstance(mark, Withheld)) for mark in filling.marks]
    kept = dict.fromkeys(name for name, hidden in names if hidden)
    return Filled(text, list(dict.fromkeys(name for name, hidden in names if not hidden)), list(kept))


def _environment(filling: _Filling) -> SandboxedEnvironment:
    env = _Environment(
        undefined=StrictUndefined,
        finalize=filling.show,
        autoescape=False,  # what is made is Markdown, and `finalize` is its encoder
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )

    @pass_context
    def turned(_context: Context, _nothing: Any) -> str:
        return filling.turn()

    env.globals.clear()
    env.filters.clear()
    env.filters.update(_FILTERS)
    env.filters[_TICK] = turned
    env.filters[_BLANK] = _blank
    return env


def _parsed(env: SandboxedEnvironment, source: str) -> nodes.Template:
    if len(source) > LONGEST:
        raise TemplateBrokenError(Wrong(1, f"it is longer than {LONGEST // 1024} KiB"))
    try:
        tree = env.parse(source)
        for node in _every(tree):
            _demand_allowed(node)
    except (TemplateError, RecursionError) as error:
        raise TemplateBrokenError(Wrong(_line(error), _why(error))) from error
    return tree


def _every(node: nodes.Node) -> Iterator[nodes.Node]:
    todo = [node]
    while todo:
        one = todo.pop()
        yield one
        todo += one.iter_child_nodes()


def _demand_allowed(node: nodes.Node) -> None:
    if not isinstance(node, _ALLOWED):
        raise TemplateSyntaxError(f"a template holds {_WORDS}; this is none of them", node.lineno)
    if isinstance(node, nodes.For) and (node.recursive or node.test is not None):
        raise TemplateSyntaxError("a loop goes through one list; put an `if` inside it", node.lineno)
    if isinstance(node, nodes.Filter) and node.name not in {*_FILTERS, _BLANK}:
        raise TemplateSyntaxError(
            f"there is no filter {node.name!r}; there are {', '.join([*_FILTERS, _BLANK])}", node.lineno
        )
    if isinstance(node, nodes.Test) and node.name not in {"defined", "undefined"}:
        raise TemplateSyntaxError(f"there is no test {node.name!r}; there are defined, undefined", node.lineno)


def _count(tree: nodes.Template) -> None:
    """Have the rounds of its loops counted."""
    for loop in list(tree.find_all(nodes.For)):
        tick = nodes.Output([nodes.Filter(nodes.Const(""), _TICK, [], [], None, None)])
        tick.set_lineno(loop.lineno).set_environment(tree.environment)  # type: ignore[arg-type]  # a tree has one
        loop.body.insert(0, tick)


def _bounded(pieces: Iterator[str]) -> str:
    made, size = [], 0
    for piece in pieces:
        size += len(piece)
        if size > LARGEST:
            raise _StoppedError(f"it makes more than {LARGEST // 1024} KiB")
        made.append(piece)
    return "".join(made)


def _line(error: BaseException) -> int:
    if isinstance(error, TemplateSyntaxError):
        return error.lineno
    frames = traceback.extract_tb(error.__traceback__)
    return next((one.lineno or 1 for one in reversed(frames) if one.filename == _PLACE), 1)


def _why(error: BaseException) -> str:
    if isinstance(error, TemplateError):
        return str(error.message).rstrip(".")
    return "it is nested too deeply"


@pass_context
def _blank(_context: Context, name: Any) -> Blank:
    """A blank to be filled in, by its name."""
    return Blank(str(name))


def _on_text(change: Callable[[str], str]) -> Callable[[Any], Any]:
    """A filter of texts, which leaves what marks an absence as it is."""
    return lambda value: change(str(value)) if isinstance(value, str) and not isinstance(value, Mark) else value


def _day(text: str) -> str:
    """A day as letters write it: 1 April 2026."""
    try:
        found = read_day(text)
    except ValueError:
        return text
    return f"{found.day} {_MONTHS[found.month - 1]} {found.year}"


def _joined(values: Any, between: str = ", ") -> str:
    texts = [str(one) for one in values] if isinstance(values, list) else []
    if sum(map(len, texts)) + len(between) * len(texts) > LARGEST:
        raise _StoppedError(f"it makes more than {LARGEST // 1024} KiB")
    return between.join(texts)


_FILTERS: dict[str, Callable[..., Any]] = {
    "day": _on_text(_day),
    "join": _joined,
    "first": lambda values: values[0] if isinstance(values, list) and values else Undefined(name="first"),
    "last": lambda values: values[-1] if isinstance(values, list) and values else Undefined(name="last"),
    "length": lambda values: len(values) if isinstance(values, list | str) else 0,
    "upper": _on_text(str.upper),
    "lower": _on_text(str.lower),
    "capitalize": _on_text(lambda text: text[:1].upper() + text[1:]),
}
