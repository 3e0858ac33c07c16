"""A code's bad case, run on a real register, and its mend, pasted or done as its words say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from partnerkit.rules.codes import EXPLAINED
from tests.place import Place
from tests.scenarios.mending import FILLED, lines

Found = dict[str, Any]


def only(found: list[Found], code: str, file: str | None = None) -> Found:
    """The finding of a code (in a file), complete and as severe as it is explained to be."""
    mine = [one for one in found if one["code"] == code and file in {None, one["file"]}]
    assert mine, f"{code} in {file}: {[(one['code'], one['file'], one['message']) for one in found]}"
    assert mine[0]["severity"] in EXPLAINED[code].severity, (code, mine[0]["severity"])
    assert mine[0]["message"], code
    assert mine[0]["mend"], code
    return mine[0]


def none_left(found: list[Found], code: str, file: str | None = None) -> None:
    """Nothing of a code is found any more (in a file)."""
    left = [one["message"] for one in found if one["code"] == code and file in {None, one["file"]}]
    assert left == [], code


@dataclass(frozen=True)
class Bad:
    """A bad case.

    Attributes:
        code: what is found.
        state: the state of the story that it starts from.
        do: doing it.
        asked: the command that finds it.
        fill: what stands for the words in angle brackets of its mend.
        asks: who asks.
        by: who pastes the mend, and asks again.
        again: the command that must then go through, where what was asked is refused for good.
        instead: what the words of the mend say to do, where they are no line to paste.
    """

    code: str
    state: str
    do: Callable[[Place], object]
    asked: tuple[str, ...] = ("check",)
    fill: Mapping[str, str] = field(default_factory=dict)
    asks: str | None = None
    by: str | None = None
    again: tuple[str, ...] | None = None
    instead: Callable[[Place], object] | None = None

    def __str__(self) -> str:
        return self.code


def findings(place: Place, asked: tuple[str, ...], by: str | None) -> list[Found]:
    """What a command finds, or a refusal says."""
    found: list[Found] = place.json(*asked, by=by).get("findings", [])
    return found


def paste(place: Place, mend: str, fill: Mapping[str, str], by: str | None) -> None:
    """Paste the lines of a mend; at least one has to be one."""
    for word, value in fill.items():
        mend = mend.replace(word, value)
    ran = 0
    for words in lines(mend):
        filled = [FILLED.get(word, word) for word in words]
        if filled[0] == "git":
            place.git(*filled[1:])
        elif filled[0] == "rm":
            (place.root / filled[1]).unlink()
        else:
            place.do(*filled[1:], by=by)
        ran += 1
    assert ran, f"nothing to paste in: {mend}"


def pasted(
    place: Place,
    code: str,
    asked: tuple[str, ...] = ("check",),
    fill: Mapping[str, str] | None = None,
    by: str | None = None,
) -> None:
    """What is found of a code is found no more once the line of its mend is pasted."""
    paste(place, only(findings(place, asked, None), code)["mend"], fill or {}, by)
    none_left(findings(place, asked, None), code)


def mended(place: Place, bad: Bad) -> None:
    """The bad case is found; its mend is done; it is found no more, and what is to go through then does."""
    bad.do(place)
    found = only(findings(place, bad.asked, bad.asks), bad.code)
    if bad.instead is not None:
        bad.instead(place)
    else:
        paste(place, found["mend"], bad.fill, bad.by)
    if bad.again is not None:
        place.do(*bad.again, by=bad.by or bad.asks)
        return
    left = [one for one in findings(place, bad.asked, bad.asks) if one["code"] == bad.code]
    assert found["message"] not in [one["message"] for one in left]
    for other in left:  # what was done there, of which this is another: such as two approvals of one text
        paste(place, other["mend"], bad.fill, bad.by)
    none_left(findings(place, bad.asked, bad.asks), bad.code)
