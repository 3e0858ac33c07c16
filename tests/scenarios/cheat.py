"""A cheat: what somebody does past the commands, and where `check` must find it."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from partnerkit.jobs.desk import Desk, seeded
from partnerkit.jobs.statements import entry
from partnerkit.register import Register
from partnerkit.store.git.repository import Git
from partnerkit.store.git.trees import WorkingTree
from partnerkit.store.load import load
from partnerkit.store.yaml.emit import block
from partnerkit.store.yaml.reader import read
from tests.place import Place

#: How a cheat gets in: lying in the working tree, or committed and judged as a range.
WAYS = ("working tree", "range")


@dataclass(frozen=True)
class Cheat:
    """One case.

    Attributes:
        name: what is done.
        state: the state of the journey it starts from.
        do: doing it, in the working tree.
        finds: codes that must be among the findings, each with its file and a text of the line it points at
            (in the tree after the cheat; None: line 1, or a file that is gone).
        alone: the code that plain `check` must find when the cheat has long been committed; None where only a
            comparison with what was there before can show it.
    """

    name: str
    state: str
    do: Callable[[Place], object]
    finds: tuple[tuple[str, str, str | None], ...]
    alone: str | None = None

    @property
    def left(self) -> tuple[tuple[str, str, str | None], ...]:
        """What must be found when nothing is there any more to compare with."""
        file = next((file for code, file, _text in self.finds if code == self.alone), self.finds[0][1])
        return ((self.alone or "", file, None),)

    def __str__(self) -> str:
        return self.name.replace(" ", "-")


ACME = "records/partnerships/acme.yaml"
RISK = "records/risks/acme-they-fold.yaml"
PACT = "records/agreements/acme-2026.yaml"
REVIEW = "records/reviews/acme-march.yaml"


def findings(place: Place, way: str) -> list[dict[str, Any]]:
    """What `check` finds in the working tree; or, once it is committed, in the range of that commit."""
    if way == "working tree":
        return place.findings()
    return place.findings("--base", commit(place), "--head", "HEAD")


def commit(place: Place) -> str:
    """Commit everything, past the command; say what was there before."""
    base = place.git("rev-parse", "HEAD").strip()
    place.git("add", "--all")
    place.git("commit", "-qm", "nothing to see here", "--no-verify")
    return base


def caught(place: Place, cheat: Cheat) -> None:
    """The cheat is found as it lies in the working tree, as a committed range, and (where it can be) long after."""
    cheat.do(place)
    expect(place, place.findings(), cheat.finds)
    base = commit(place)
    expect(place, place.findings("--base", base, "--head", "HEAD"), cheat.finds)
    if cheat.alone is not None:
        expect(place, place.findings(), cheat.left)


def expect(place: Place, found: list[dict[str, Any]], finds: tuple[tuple[str, str, str | None], ...]) -> None:
    """Every expected finding is there, complete, at its file and line, and `check` says 1."""
    for code, file, text in finds:
        mine = [one for one in found if (one["code"], one["file"]) == (code, file)]
        assert mine, f"{code} in {file}: {[(one['code'], one['file'], one['line'], one['message']) for one in found]}"
        assert all(one["message"] and one["line"] for one in mine)
        assert all(one["mend"] for one in mine), mine
        path = place.root / file
        if text is not None and path.exists():
            lines = path.read_text(encoding="utf-8").splitlines()
            pointed = [lines[one["line"] - 1] for one in mine]
            assert any(text in line for line in pointed), (text, mine, pointed)


def rewrite(place: Place, record_id: str, change: Callable[[dict[str, Any]], None]) -> None:
    """Change what a record says, as somebody with an editor would; layout aside."""
    path = place.path(record_id)
    document, found = read(path.read_bytes(), "a record")
    assert document is not None, found
    data = copy.deepcopy(document.data)
    change(data)
    path.write_text(block(data), encoding="utf-8")


def register(place: Place) -> Register:
    """The register as it lies in the working tree."""
    return load(WorkingTree(Git.discover(place.root))).demand()


def forge(place: Place, record_id: str, to: str, *, by: str = "p-rosa", day: str = "2026-07-01", **more: Any) -> None:
    """Append an entry with a faultless seal, made by somebody who knows the format and has no gate to pass."""
    noon = datetime.fromisoformat(f"{day}T12:00:00+00:00")
    desk = Desk(Git.discover(place.root), lambda: noon, seeded(f"{day}{to}"), noon.date())
    here = register(place)
    record = here.records[record_id]
    source = here.policies[record.model.policy]
    new = entry(
        desk,
        here,
        record.data,
        source=source,
        kind=record.kind,
        type_=more.pop("type_", "move"),
        to=to,
        by=by,
        uses=more.pop("uses", None),
        fields=more,
    )
    plain = {**new, "seal": dict(new["seal"])}

    def change(data: dict[str, Any]) -> None:
        data["history"].append(plain)
        data["stage"] = to

    rewrite(place, record_id, change)
