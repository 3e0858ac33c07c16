"""`partnerkit demo`."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from partnerkit.cli.arguments import Json
from partnerkit.cli.declared import Commands, Option
from partnerkit.cli.options import emit
from partnerkit.errors import CannotWorkError, WrongCallError
from partnerkit.reports.page import Page, Span
from partnerkit.rules.commands import quoted

if TYPE_CHECKING:
    from partnerkit.cli.player import Player

app = Commands()

#: After so many days the new partnership owes its first review.
_A_MONTH = 33


@app.command(epilog="Example: partnerkit demo --out demo")
def demo(
    out: Annotated[Path, Option(metavar="DIR", help="Where to build the register.")] = Path("demo"),
    json: Json = False,
) -> None:
    """Build a register of a fictional community, and see on one screen what partnerkit does."""
    del json
    from partnerkit.cli import story
    from partnerkit.cli.player import Player

    _demand_empty(out)
    page = Page().add(Span("A register of a fictional community, under the written policy OPS-05-03", "bold"))
    with Player(out.resolve(), "demo") as player:
        story.found(player)
        story.propose(player)
        _quote(page, player, "A partnership comes in by e-mail.", 1)
        player.refused("advance", story.NORTHWIND)
        _quote(page, player, "It does not advance until the policy has what it asks for.", 9)
        story.first_gate(player)
        player.run("advance", story.NORTHWIND)
        _quote(
            page, player, "The two things are added (two commands), and it advances. Every change is one git commit.", 1
        )
        _rest(page, player)
        _cheat(page, player)
        verdict = player.run("check").said.splitlines()[-1]
        page.add().add(Span("The stage is put back. ", "bold"), f"partnerkit check: {verdict}")
        player.run("audit")
        _quote(page, player, "The audit: what landed, judged anew from git alone.", 2)
        player.after(_A_MONTH).run("today")
        _quote(page, player, "A month later: what is late, due, or waiting for whom.", 12)
    command = "partnerkit" if shutil.which("partnerkit") else f"{quoted(sys.executable)} -m partnerkit"
    page.add().add(
        Span("Yours to play with, as p-rosa: ", "bold"), Span(f"cd {quoted(str(out))} && {command} today", "green")
    )
    emit(page, {"schema": "partnerkit.demo/1", "path": str(out), "commands": len(player.played)})


def _demand_empty(out: Path) -> None:
    """A folder that is empty, or can be made.

    Raises:
        WrongCallError: something is there already.
        CannotWorkError: the folder cannot be made.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        if any(out.iterdir()):
            raise WrongCallError(f"{out} exists and is not empty", f"rm -r {out}, or --out <another folder>")
    except OSError as error:
        message = f"{out} cannot be made: {error.strerror or error}"
        raise CannotWorkError(message, "--out <a folder that you may write>") from error


def _quote(page: Page, player: Player, title: str, most: int) -> None:
    """The latest command with the first lines of what it said."""
    from partnerkit.rules.commands import line

    last = player.played[-1]
    page.add().add(Span(title, "bold"))
    page.add("  $ ", Span(line(*last.words), "green"))
    said = [one for one in last.said.splitlines() if not one.startswith(("Next:", "  !"))]
    for one in said[:most]:
        page.add("  ", one)


def _rest(page: Page, player: Player) -> None:
    from partnerkit.cli import story

    for chapter in (story.assess, story.review, story.decide, story.agree, story.activate):
        chapter(player)
    people = len({one.person for one in player.played} | {"p-timo"})
    refusals = sum(one.code == 1 for one in player.played)
    moves = sum(one.words[0] == "advance" and one.code == 0 for one in player.played)
    page.add().add(
        Span("The rest of the way: ", "bold"),
        f"{people} people, {refusals} refusals, {moves} changes of stage → active",
    )


def _cheat(page: Page, player: Player) -> None:
    from partnerkit.cli import story

    path = player.root / "records" / "partnerships" / f"{story.NORTHWIND}.yaml"
    honest = path.read_text(encoding="utf-8")
    path.write_text(honest.replace("stage: active", "stage: ended"), encoding="utf-8")
    player.refused("check")
    _quote(page, player, "Somebody writes `stage: ended` into the file by hand.", 3)
    path.write_text(honest, encoding="utf-8")
