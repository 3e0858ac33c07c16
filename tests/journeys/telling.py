"""What every refusal must teach, and who holds it to that."""

from __future__ import annotations

import json
import shlex
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.made import copied
from tests.place import Place, Said
from tests.story import ACME


def teaches(
    said: Said,
    *,
    record: str,
    clause: str | None,
    missing: str,
    command: str | None,
    who: str | None = None,
    policy: str = "OPS-05-03",
) -> None:
    """A refusal names the record, the clause, what is missing, who can supply it, and the line to paste."""
    assert record in said.err
    assert missing in said.err, said.err
    assert clause is None or f"{policy} {clause}" in said.err, said.err
    assert who is None or who in said.err, said.err
    assert command is None or command in [line.strip().removeprefix("→ ") for line in said.err.splitlines()], said.err
    assert "nothing changed" in said.err
    assert "Traceback" not in said.err
    offered = [line.strip()[2:] for line in said.err.splitlines() if line.strip().startswith("→ ")]
    assert offered or command is None, said.err
    for line in offered:
        assert pasteable(line), line


def pasteable(line: str) -> bool:
    """Whether a line parses as a command line of partnerkit."""
    from partnerkit.cli.app import command  # noqa: PLC0415 - the whole command line, only where a line is parsed

    words = shlex.split(line)
    if words[:1] != ["partnerkit"]:
        return False
    root = command()
    context = root.make_context("partnerkit", words[1:], resilient_parsing=False)
    name, found, rest = root.resolve_command(context, [*context._protected_args, *context.args])
    if found is None:
        return False
    found.make_context(name, list(rest), parent=context)
    return True


@dataclass
class Teller:
    """Runs the journey: counts what was done and what was refused, and holds every refusal to what it must teach."""

    place: Place
    done: int = 0
    refused: int = 0
    asides: int = 0
    day: str = "2026-03-02"
    record: str = ACME
    policy: str = "OPS-05-03"

    def do(self, *words: str, by: str | None = None) -> Said:
        self.done += 1
        return self.place.do(*words, day=self.day, by=by)

    def aside(self, *words: str) -> Said:
        """Done, but leading nowhere: what a refusal then says of it."""
        self.asides += 1
        return self.place.do(*words, day=self.day)

    def refuse(self, *words: str, by: str | None = None, **taught: Any) -> Said:
        self.refused += 1
        said = self.place.refuse(*words, day=self.day, by=by)
        teaches(said, **{"record": self.record, "policy": self.policy, "who": None, **taught})
        return said

    def warned(self) -> list[str]:
        """The codes of all that `check` finds on the day; it finds no error."""
        found = self.place.json("check", day=self.day)["findings"]
        assert [one for one in found if one["severity"] == "error"] == []
        return [str(one["code"]) for one in found]

    def keep(self) -> None:
        """Note beside the register how far the journey came, for those that go on from there (see `going_on`)."""
        noted = {**vars(self), "place": {"person": self.place.person, "day": self.place.day}}
        _noted(self.place.root).write_text(json.dumps(noted), encoding="utf-8")


def _noted(root: Path) -> Path:
    return root.parent / "journey.json"


def going_on(kept: Path, root: Path) -> Teller:
    """A journey that came so far in another register, in a copy of that."""
    copied(kept, root)
    noted = json.loads(_noted(kept).read_text(encoding="utf-8"))
    return Teller(**noted | {"place": Place(root, **noted["place"])})


def under_own_policy(made: Path, root: Path, file: str, name: str, role: str) -> Place:
    """A copy of a register with a policy of our own beside the other, written by hand; three hold a role of it."""
    copied(made, root)
    place = Place(root)
    shutil.copy(Path(__file__).parent / file, root / "records" / "policies" / f"{name}.yaml")
    settings = root / "records" / "register.yaml"
    text = settings.read_text(encoding="utf-8")
    assert "    - OPS-05-03\n" in text
    settings.write_text(text.replace("    - OPS-05-03\n", f"    - OPS-05-03\n    - {name}\n"), encoding="utf-8")
    place.git("add", "records")
    place.git("commit", "-q", "-m", f"{name}, our own policy")
    for person in ("p-rosa", "p-jonas", "p-timo"):
        place.do("person", "role", person, role)
    return place
