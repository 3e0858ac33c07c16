"""Templates: text with places for values. They judge nothing, run nothing, and end.

A template is Jinja of which little is left: values, `if`, `for`, `set`, and a few filters. No call, no arithmetic, no
macro, no other file. Every value passes the encoder of Markdown on its way in, whatever the template does with it.
"""

from __future__ import annotations

import traceback
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, Undefined, nodes
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment, SandboxedEnvironment

from partnerkit.dataclass import dataclass, field
from partnerkit.documents.bounds import LARGEST, Bounds, StoppedError
from partnerkit.documents.filters import FILTERS, TAKES, bound
from partnerkit.documents.markdown import plain
from partnerkit.documents.marks import Mark, Withheld
from partnerkit.documents.model import is_blank
from partnerkit.documents.reading import LOOP, NO_TEXT, Wrong, misread
from partnerkit.documents.shape import Has
from partnerkit.documents.trying import tried

#: How long a template may be.
LONGEST = 64 * 1024

_PLACE = "<template>"
_NOTHING = (0, "nothing more")

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

    bounds: Bounds = field(default_factory=Bounds)
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
        raise TemplateError(NO_TEXT)


class _Environment(ImmutableSandboxedEnvironment):
    """Reads parts of plain values only: no attribute of any object."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A part by its name."""
        if isinstance(obj, Mark):
            return obj  # what is not there has no parts either
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
    """What is wrong with a template: its form, names that nothing stands for, and what comes of filling it to try."""
    try:
        return list(misread(_parsed(_environment(_Filling()), source), shape)) or _tried(source, shape)
    except TemplateBrokenError as broken:
        return [broken.wrong]
    except _FAULTS as error:
        return [Wrong(_line(error), _why(error))]


def _tried(source: str, shape: Has) -> list[Wrong]:
    """Fill a template with something everywhere, and with nothing anywhere."""
    most, _least = (fill(source, tried(shape, full=full)).text for full in (True, False))
    return [Wrong(1, "nothing stands in what it makes, whatever the record says")] if is_blank(most) else []


def fill(source: str, values: Mapping[str, Any]) -> Filled:
    """Fill a template.

    Raises:
        TemplateBrokenError: it cannot be parsed, reads what is not there, or does not end.
    """
    filling = _Filling()
    env = _environment(filling)
    tree = _parsed(env, source)
    try:
        _watched(tree)
        template = env.template_class.from_code(env, env.compile(tree, filename=_PLACE), env.globals)
        text = _bounded(template.generate(dict(values)))
    except _FAULTS as error:
        raise TemplateBrokenError(Wrong(_line(error), _why(error))) from error
    names = [(mark.name, isinstance(mark, Withheld)) for mark in filling.marks]
    kept = dict.fromkeys(name for name, hidden in names if hidden)
    return Filled(text, list(dict.fromkeys(name for name, hidden in names if not hidden)), list(kept))


def _environment(filling: _Filling) -> SandboxedEnvironment:
    env = _Environment(
        undefined=StrictUndefined,
        finalize=filling.show,
        optimized=False,  # to work out ahead what is nested deeply takes longer than to fill it
        autoescape=False,  # what is made is Markdown, and `finalize` is its encoder
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    env.globals.clear()
    env.filters.clear()
    env.filters.update(bound(filling.bounds))
    return env


def _parsed(env: SandboxedEnvironment, source: str) -> nodes.Template:
    if len(source) > LONGEST:
        raise TemplateBrokenError(Wrong(1, f"it is longer than {LONGEST // 1024} KiB"))
    hidden = next((place for place, char in enumerate(source) if not _is_plain(char)), None)
    if hidden is not None:
        why = f"it holds U+{ord(source[hidden]):04X}, which steers the screen or turns text round, and is not shown"
        raise TemplateBrokenError(Wrong(source.count("\n", 0, hidden) + 1, why))
    try:
        tree = env.parse(source)
        for node in _every(tree):
            _demand_allowed(node)
    except _FAULTS as error:
        raise TemplateBrokenError(Wrong(_line(error), _why(error))) from error
    return tree


def _is_plain(char: str) -> bool:
    """Whether a letter of a template is what it looks like."""
    joins = char in "\u200c\u200d"  # letters of Persian, and emoji
    return char in "\n\r\t" or joins or unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}


def _every(node: nodes.Node) -> Iterator[nodes.Node]:
    todo = [node]
    while todo:
        one = todo.pop()
        yield one
        todo += one.iter_child_nodes()


def _demand_allowed(node: nodes.Node) -> None:
    if not isinstance(node, _ALLOWED):
        raise TemplateSyntaxError(f"a template holds {_WORDS}; this is none of them", node.lineno)
    for wrong in (_of_names, _of_loops, _of_filters):
        why = wrong(node)
        if why is not None:
            raise TemplateSyntaxError(why, node.lineno)


def _of_names(node: nodes.Node) -> str | None:
    """What is wrong with what it gives a name to."""
    if isinstance(node, nodes.For | nodes.Assign) and not isinstance(node.target, nodes.Name):
        return "`for` and `set` give a value to one name"
    if isinstance(node, nodes.Assign) and any(isinstance(one, nodes.List | nodes.Tuple) for one in _every(node.node)):
        return "`set` gives a name to a value that is there, and makes no list"
    return None


def _of_loops(node: nodes.Node) -> str | None:
    if isinstance(node, nodes.For) and (node.recursive or node.test is not None):
        return "a loop goes through one list; put an `if` inside it"
    return None


def _of_filters(node: nodes.Node) -> str | None:
    if isinstance(node, nodes.Filter) and node.name not in FILTERS:
        return f"there is no filter {node.name!r}; there are {', '.join(FILTERS)}"
    if isinstance(node, nodes.Filter):
        more = [*node.kwargs, *(one for one in (node.dyn_args, node.dyn_kwargs) if one is not None)]
        if more or len(node.args) > TAKES.get(node.name, _NOTHING)[0] or node.node is None:
            return f"the filter {node.name} takes {TAKES.get(node.name, _NOTHING)[1]}"
    if isinstance(node, nodes.Test) and (node.name not in {"defined", "undefined"} or node.args):
        return f"there is no test {node.name!r}; there are defined, undefined"
    return None


def _watched(tree: nodes.Template) -> None:
    """Have what it does counted: its loops by what stands in them, what is compared by its length."""
    env = tree.environment
    for loop in list(tree.find_all(nodes.For)):
        within = sum(1 for one in loop.body for _node in _every(one))
        tick = nodes.Output([_through(nodes.Const(within), "_round")])
        loop.iter = _through(loop.iter, "_list")
        loop.body.insert(0, tick.set_lineno(loop.lineno))
    for test in list(tree.find_all(nodes.Compare)):
        test.expr = _through(test.expr, "_flat")
        for one in test.ops:
            one.expr = _through(one.expr, "_items" if one.op in {"in", "notin"} else "_flat")
    for node in _every(tree):
        node.environment = env


def _through(node: nodes.Node, name: str) -> nodes.Filter:
    """An expression that goes through one of the filters that watch."""
    found = nodes.Filter(node, name, [], [], None, None)
    found.set_lineno(node.lineno or 1)
    return found


def _bounded(pieces: Iterator[str]) -> str:
    made, size = [], 0
    for piece in pieces:
        size += len(piece)
        if size > LARGEST:
            raise StoppedError(f"it makes more than {LARGEST // 1024} KiB")
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
    if isinstance(error, RecursionError | SyntaxError | MemoryError):
        return "it is nested too deeply"
    return "it asks of a value what cannot be done with it, such as telling which of a text and a number is less"


#: What comes of a template that is no template, or asks for what cannot be done: all of it is the template's fault.
_FAULTS = (TemplateError, SyntaxError, RecursionError, TypeError, ValueError, LookupError, MemoryError)
