"""What every refusal must teach, and who holds it to that."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import Any

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
