"""What is private or classified is planted, every command is run in every format, and all that comes of it is searched."""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path

import pytest

from partnerkit.kinds.classified import Classification, above
from partnerkit.rules.masking import NOT_SHOWN
from tests.conftest import At
from tests.journeys import canaries
from tests.journeys.canaries import CONFIDENTIAL, FOR_READERS, NOTHING_OF_IT, OF_ONE, OF_PART, PRIVATE, RESTRICTED, RUNS
from tests.journeys.pooled import DAY
from tests.place import Place

KEPT_FROM: dict[str, Classification] = {CONFIDENTIAL: "confidential", RESTRICTED: "restricted"}

MAP = """kind: partnership
policy: OPS-05-03
columns: {name: name, type: type}
reason: taken in from a sheet
"""


def test_every_command_is_among_those_that_are_run():
    """A command that is new says in canaries.py how it is run, and whether it is made for readers by level."""
    every = canaries.leaves()
    assert every.keys() == RUNS.keys() | NOTHING_OF_IT.keys()
    by_level = {name for name, one in every.items() if any("--classification" in each.opts for each in one.params)}
    assert by_level == FOR_READERS


def files(folder: Path, but: tuple[str, ...] = ()) -> bytes:
    """All that lies in a folder, names and bytes."""
    found = [one for one in sorted(folder.rglob("*")) if one.is_file() and one.relative_to(folder).parts[0] not in but]
    return b"\n".join(str(one).encode() + b"\n" + one.read_bytes() for one in found)


def objects(place: Place) -> bytes:
    """All that git holds but for trees, whose names stand in messages and blobs too."""
    every = place.git("cat-file", "--batch-all-objects", "--batch-check=%(objecttype) %(objectname)").split("\n")
    asked = [one.split(" ")[1] for one in every if one and not one.startswith("tree ")]
    return place.git("cat-file", "--batch", stdin="\n".join([*asked, ""]).encode()).encode()


@pytest.mark.long
def test_nothing_private_and_nothing_above_the_level_comes_out(matchable: Place, at: At, tmp_path: Path) -> None:
    office = canaries.classified(canaries.planted(at("drafted"), "p-rosa", "p-jonas"))
    pool = canaries.planted(matchable, "p-max", "p-ada")
    pool.day = DAY
    out, who, read = (tmp_path / name for name in ("out", "who", "read"))
    for folder in (out, who):
        folder.mkdir()
    (out / "new.csv").write_text("name,type\nGamma,cloud-providers\n", encoding="utf-8")
    (out / "map.yaml").write_text(MAP, encoding="utf-8")
    (out / "names.csv").write_text("id,name\np-jo,Jo Other\n", encoding="utf-8")

    wrong: list[object] = []
    seen: set[str] = set()
    whole: set[str] = set()
    for name, words, run, level in canaries.every():
        shutil.rmtree(read, ignore_errors=True)
        read.mkdir()
        place = pool if run.pool else office
        said = place.run(*(word.format(out=out, who=who, read=read) for word in words))
        code = 2 if level == "public" and name in OF_ONE else run.code
        if said.code != code and "--dry-run" not in words and "--json" not in words:
            wrong.append((words, said.code, said.err))
        told = said.all + files(read).decode("utf-8", "replace")
        found = [one for one in (PRIVATE, *KEPT_FROM) if one in told.casefold()]
        seen |= set(found)
        whole |= {name} if level == "restricted" and seen == set(found) else set()
        kept = [one for one, its in KEPT_FROM.items() if name in FOR_READERS and above(its, level)]
        wrong += [(words, one) for one in found if one == PRIVATE or one in kept]
    assert wrong == []
    assert seen == {CONFIDENTIAL, RESTRICTED}, "who works in the register sees what is in it"
    assert whole == FOR_READERS - OF_PART, "who may see all of it does"
    written = files(office.root, ("private", ".git")) + files(pool.root, ("private", ".git")) + files(out)
    assert PRIVATE.encode() not in (written + objects(office) + objects(pool)).lower()
    assert PRIVATE.encode() in files(who).lower(), "asked who somebody is, it says so"


def test_readers_are_told_of_a_hidden_record_by_no_id_that_it_has_or_had_in_no_letters(at: At, tmp_path: Path) -> None:
    """Somebody called it otherwise by hand, and another record names it."""
    place = canaries.classified(at("drafted"))
    named = "Once Confcanary-Deal, CONFCANARY-DEAL, theConfcanaryDeal or confcanary-deal; files/Confcanary-Deal-v2.pdf"
    place.do("set", "acme", f"exit-strategy={named}", "website=https://acme.example/Confcanary-Deal")
    for one in ("acme", "acme-2026"):
        place.do("set", one, "classification=public")
    folder = place.root / "records" / "risks"
    (folder / "confcanary-deal.yaml").rename(folder / "confcanary-plan.yaml")
    place.edit("confcanary-plan", "id: confcanary-deal\n", "id: confcanary-plan\n")
    read_now = told_to_everybody(place, tmp_path / "now", "export sqlite", "doc", "export calendar")
    place.git("add", "records")
    place.git("commit", "-qm", "Confcanary-deal is confcanary-plan", "--no-verify")
    landed = told_to_everybody(place, tmp_path / "landed", *sorted(FOR_READERS))
    wrong = [one for said in (read_now, landed) for one, text in said.items() if CONFIDENTIAL in text.casefold()]
    assert wrong == []
    assert NOT_SHOWN in read_now["export sqlite"]
    assert all(NOT_SHOWN in landed[one] for one in ("export site", "export dossier", "export sqlite"))


def told_to_everybody(place: Place, folder: Path, *names: str) -> dict[str, str]:
    """What commands tell everybody, and write for them, each as it is run last among the canaries."""
    found = {}
    for name in names:
        read = folder / name.replace(" ", "-")
        read.mkdir(parents=True)
        words = [*name.split(), *shlex.split(RUNS[name][-1].words.format(read=read))]
        said = place.do(*words, "--classification", "public")
        found[name] = said.all + files(read).decode("utf-8", "replace")
    return found
