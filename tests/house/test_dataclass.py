"""Our late dataclasses behave as those of `dataclasses`, whatever of them is used first."""

from __future__ import annotations

import ast
import copy
import dataclasses
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

import pytest

import partnerkit
from partnerkit import dataclass as late

SOURCES = Path(partnerkit.__file__).parent


def made(home: Any) -> dict[str, Any]:
    """Classes of every sort that is used here, as one of the two makes them."""

    @home.dataclass(frozen=True, slots=True)
    class Point:
        x: int
        y: int = 2
        about: str = home.field(default="", compare=False, repr=False)

    @home.dataclass
    class Basket:
        kind: ClassVar[str] = "basket"
        name: str
        things: list[int] = home.field(default_factory=list)
        count: int = home.field(init=False)

        def __post_init__(self) -> None:
            self.count = len(self.things)

    @home.dataclass(frozen=True)
    class Above:
        one: int
        two: int = 2
        kept: dict[str, int] = home.field(init=False, default_factory=dict, compare=False, repr=False)

    @home.dataclass(frozen=True)
    class Below(Above):
        three: int = home.field(kw_only=True)

    @home.dataclass(slots=True)
    class Last:
        at: int
        seen: int | None = home.field(default=None, init=False)

    @home.dataclass(frozen=True, slots=True, order=True)
    class Ranked:
        rank: int
        name: str = "a"

    @home.dataclass(frozen=True)
    class Own:
        name: str

        def __eq__(self, other: object) -> bool:
            return isinstance(other, type(self))

        def __hash__(self) -> int:
            return 7

        def __repr__(self) -> str:
            return "own"

    found = {one.__name__: one for one in (Point, Basket, Above, Below, Last, Ranked, Own)}
    for one in found.values():
        one.__qualname__ = one.__name__
    return found


def outcome(do: Callable[[], Any]) -> Any:
    """What comes of it, as text; of an error its sort."""
    try:
        return repr(do())
    except Exception as error:  # noqa: BLE001 - whatever is raised has to be the same
        return type(error)


def deleted(one: Any, name: str) -> str:
    delattr(one, name)
    return repr(one)


def put(one: Any, name: str, value: Any) -> str:
    setattr(one, name, value)
    return repr(one)


#: Each with what is done to the classes, as the first thing that is ever done to them.
DONE: list[Callable[[dict[str, Any]], Any]] = [
    lambda of: of["Point"](1),
    lambda of: of["Point"](1, about="x") == of["Point"](1, 2, "y"),
    lambda of: of["Point"](1) == (1, 2),
    lambda of: hash(of["Point"](1, 3)) == hash((1, 3)),
    lambda of: {of["Point"](1): 1}[of["Point"](1, 2, "other")],
    lambda of: put(of["Point"](1), "x", 2),
    lambda of: deleted(of["Point"](1), "x"),
    lambda of: of["Point"](),
    lambda of: of["Point"](1, 2, "", 4),
    lambda of: of["Point"](z=1),
    lambda of: copy.copy(of["Point"](1, 5)),
    lambda of: copy.deepcopy(of["Basket"]("b", [1])),
    lambda of: (of["Point"](1), of["Point"].__match_args__),
    lambda of: [one.name for one in dataclasses.fields(of["Below"])],
    lambda of: [(one.name, one.type, one.compare, one.init) for one in dataclasses.fields(of["Above"](1))],
    lambda of: dataclasses.asdict(of["Basket"]("b", [1, 2])),
    lambda of: dataclasses.replace(of["Below"](1, three=3), two=4),
    lambda of: (of["Basket"]("b", [1, 2]).count, of["Basket"].kind),
    lambda of: of["Basket"]("b").things is of["Basket"]("b").things,
    lambda of: hash(of["Basket"]("b")),
    lambda of: put(of["Basket"]("b"), "name", "c"),
    lambda of: of["Below"](1, 2, 3),
    lambda of: of["Below"](1, three=3),
    lambda of: of["Below"](1, three=3) == of["Above"](1),
    lambda of: of["Below"].two,
    lambda of: of["Above"](1).kept is of["Above"](1).kept,
    lambda of: put(of["Below"](1, three=3), "one", 2),
    lambda of: (of["Last"](1), of["Last"](1).seen, put(of["Last"](1), "seen", 3)),
    lambda of: put(of["Last"](1), "other", 3),
    lambda of: of["Last"].seen.__class__.__name__,
    lambda of: sorted([of["Ranked"](2), of["Ranked"](1, "b"), of["Ranked"](1)]),
    lambda of: of["Ranked"](2) >= of["Ranked"](2),
    lambda of: of["Ranked"](2) < 3,
    lambda of: (of["Own"]("a") == of["Own"]("b"), hash(of["Own"]("a")), of["Own"]("a")),
]


@pytest.mark.parametrize("do", DONE, ids=range(len(DONE)))
def test_what_is_done_to_it_comes_out_the_same(do: Callable[[dict[str, Any]], Any]) -> None:
    of, theirs = made(late), made(dataclasses)
    for _ in range(2):  # the second time what was written at the first is used
        assert outcome(lambda: do(of)) == outcome(lambda: do(theirs))


def test_a_value_is_replaced_as_there() -> None:
    below = made(late)["Below"](1, three=3)
    assert repr(late.replace(below, two=5)) == "Below(one=1, two=5, three=3)"
    with pytest.raises(ValueError, match="kept"):
        late.replace(below, kept={})
    with pytest.raises(TypeError):
        late.replace(below, four=4)


@late.dataclass(frozen=True, slots=True)
class Sent:
    """Goes to another process."""

    name: str
    count: int = 0


def test_a_value_comes_to_data_as_there() -> None:
    said = []
    for home in (late, dataclasses):
        of = made(home)
        below = of["Below"](1, three=3)
        said.append(home.asdict(of["Basket"]("b", [of["Point"](1), (below, [None]), "x"])))
    assert said[0] == said[1]


def test_a_value_goes_to_another_process() -> None:
    assert pickle.loads(pickle.dumps(Sent("a", 3))) == Sent("a", 3)  # noqa: S301 - made on the same line


def test_one_of_theirs_may_stand_below_one_of_ours() -> None:
    below = dataclasses.make_dataclass("Lower", [("more", int, 3)], bases=(Sent,), frozen=True)
    assert repr(below("a")) == "Lower(name='a', count=0, more=3)"
    with pytest.raises(TypeError):
        dataclasses.make_dataclass("Loose", [("more", int, 3)], bases=(Sent,))


@pytest.mark.parametrize("name", ["dataclass", "field", "replace"])
def test_all_of_ours_are_late(name: str) -> None:
    """Fields of the one in a class of the other would be taken for defaults."""
    for path in {*SOURCES.rglob("*.py")} - {SOURCES / "dataclass.py"}:
        text = path.read_text(encoding="utf-8")
        assert f"dataclasses.{name}(" not in text, path
        tree = ast.parse(text) if "from dataclasses" in text else ast.Module([], [])
        imports = (one for one in ast.walk(tree) if isinstance(one, ast.ImportFrom) and one.module == "dataclasses")
        assert name not in {one.name for each in imports for one in each.names}, path
