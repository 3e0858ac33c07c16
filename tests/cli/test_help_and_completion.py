"""Every command helps with an example that can be pasted; the shell completes ids, stages, requirements, roles."""

from __future__ import annotations

import re
import shlex

import pytest

from partnerkit.cli import main as entry
from partnerkit.cli import options
from partnerkit.cli.table import COMMANDS
from tests.conftest import At
from tests.journeys.telling import pasteable
from tests.place import Place, environment
from tests.place import _as_at_a_shell as at_a_shell

SUBCOMMANDS = {
    "person": ("show", "name", "add", "set", "role", "end", "forget"),
    "policy": ("show", "coverage", "gaps", "figures", "set", "graph"),
    "export": ("person", "site", "dossier", "calendar", "sqlite"),
    "setup": ("private", "schemas", "hooks", "ci", "editor", "git", "codeowners"),
}
EVERY = [(name,) for name in COMMANDS] + [(name, sub) for name, subs in SUBCOMMANDS.items() for sub in subs]


def completed(place: Place, typed: str, inside: str = ".") -> list[str]:
    """What the shell offers: as Typer's script for bash asks, with the words typed so far, and which is completed."""
    asked = {"_PARTNERKIT_COMPLETE": "complete_bash", "COMP_WORDS": typed, "COMP_CWORD": str(len(typed.split(" ")) - 1)}
    with at_a_shell(environment() | asked, place.root) as (out, err):
        options.OPTIONS.directory = place.root / inside
        code = entry.run([])
    assert (code, err.getvalue()) == (0, "")
    return out.getvalue().split()


@pytest.mark.parametrize("words", EVERY, ids=" ".join)
def test_help_says_what_it_does_with_an_example(place: Place, words: tuple[str, ...]) -> None:
    said = place.do(*words, "--help").out
    assert "Usage: partnerkit " + " ".join(words) in said
    flat = " ".join(said.split())
    assert "Example: partnerkit " + words[0] in flat, said
    for line in re.split(r"; (?=partnerkit )", flat[flat.index("Example: ") + len("Example: ") :]):
        if shlex.split(line)[0] == "partnerkit":
            assert pasteable(line), line


def test_help_lists_every_command_with_its_line(place: Place) -> None:
    said = " ".join(place.do("--help").out.split())
    for name, row in COMMANDS.items():
        assert f"{name} {row.help}" in said


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("partnerkit gates ac", "acme"),
        ("partnerkit show ac", "acme"),
        ("partnerkit advance acme de", "declined"),
        ("partnerkit advance acme as", "assessment"),
        ("partnerkit gates acme de", "declined"),
        ("partnerkit gates acme det", "detailed-review"),
        ("partnerkit add acme partnership-p", "partnership-proposal"),
        ("partnerkit add acme due", "due-diligence"),
        ("partnerkit approve acme core", "core-team-review"),
        ("partnerkit waive acme leg", "legal-review"),
        ("partnerkit person role p-", "p-jonas"),
        ("partnerkit person role p-rosa leg", "legal-reviewer"),
        ("partnerkit person add p-x --role comm", "community-liaison"),
        ("partnerkit new partn", "partnership"),
        ("partnerkit policy show OPS", "OPS-05-03"),
        ("partnerkit policy figures --figure event", "event-attendance"),
        ("partnerkit import answers.csv --kind feed", "feedback"),
        ("partnerkit appr", "approve"),
        ("partnerkit log acme objectives.", "objectives.o1"),
        ("partnerkit log acme objectives.o1.", "objectives.o1.text"),
        ("partnerkit show acme --as-of 2026-", "2026-03-02"),
        ("partnerkit show acme --as-of HE", "HEAD"),
        ("partnerkit why ac", "acme"),
        ("partnerkit why §3.2.2/leg", "§3.2.2/legal-review"),
        ("partnerkit init --policy MEM", "MEM-02-03"),
        ("partnerkit policy add MEM", "MEM-02-03"),
        ("partnerkit match propose formal --policy OPS", "OPS-05-03"),
        ("partnerkit policy migrate OPS-05-03 --stage partnership.dec", "partnership.decision="),
        ("partnerkit new partnership --adopt act", "active"),
        ("partnerkit list --where stag", "stage="),
        ("partnerkit list --where stage!=act", "stage!=active"),
        ("partnerkit list --where stage=proposed,act", "stage=proposed,active"),
        ("partnerkit advance --where belongs-to=ac", "belongs-to=acme"),
        ("partnerkit list --by pol", "policy"),
        ("partnerkit list --sort stage,-da", "stage,-days"),
        ("partnerkit list partnership --columns id,obj", "id,objectives"),
    ],
)
def test_the_shell_completes(at: At, typed: str, wanted: str) -> None:
    """From a folder inside the register, too."""
    assert wanted in completed(at("proposed"), typed, "records/partnerships")


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("partnerkit advance acme d", ["declined"]),
        (
            "partnerkit add acme p",
            ["partner-category", "partnership-proposal", "proposal-objectives", "proposer-named"],
        ),
    ],
)
def test_the_shell_offers_what_the_record_can_do_next(at: At, typed: str, wanted: list[str]) -> None:
    """Not every stage and requirement that any policy knows: those of the ways out of where it stands."""
    assert completed(at("proposed"), typed) == wanted


def test_why_completes_all_that_it_explains(at: At) -> None:
    """With everything typed that they have in common: nothing."""
    every = set(completed(at("proposed"), "partnerkit why "))
    assert {"acme", "stage-edited", "due-diligence", "core-team", "detailed-review", "notice", "OPS-05-03"} <= every


def test_a_record_in_a_folder_of_its_own_completes_as_well(at: At) -> None:
    place = at("proposed")
    folder = place.path("acme").parent
    (folder / "2026").mkdir()
    place.path("acme").rename(folder / "2026" / "acme.yaml")
    assert completed(place, "partnerkit gates acme det") == ["detailed-review"]
    assert completed(place, "partnerkit log acme objectives.o1.t") == ["objectives.o1.text"]


def test_what_cannot_be_read_completes_nothing(at: At) -> None:
    place = at("proposed")
    place.path("acme").write_text("history: [{at: never}]\n", encoding="utf-8")
    assert completed(place, "partnerkit show acme --as-of 2") == []
    assert completed(place, "partnerkit log nobody na") == []


def test_ids_and_stages_are_told_apart_from_inside_the_register_too(place: Place) -> None:
    """As git, the command works from a folder inside; records are known there as well."""
    for name in ("One", "Two"):
        place.do("new", "partnership", name)
    inside = Place(place.root / "records" / "partnerships")
    inside.do("advance", "one", "two", "declined", "--reason", "no capacity")
    inside.do("add", "one", "two", "activities", "kind=joint-events", "title=A talk")
    assert place.json("show", "two")["stage"] == "declined"
