"""Programs beside partnerkit, each in an environment of its own under .cache/bench, on the same files where it can be.

They are slow enough to be run on registers of a thousand records, a few times; those that `check` is held against run
once on the largest. What cannot be installed is said.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from bench.cases import fixed
from bench.measure import Case
from bench.register import Made

ROOT = Path(__file__).resolve().parents[1]
PLACE = ROOT / ".cache" / "bench"

#: On how many records they run, and how often at most.
ASKED, ROUNDS = 1000, 2

#: What of a record yamale is to hold: types of fields as schemas/partnership.json has them, lists of anything.
_YAMALE = """\
format: int()
kind: enum('partnership')
id: regex('^[a-z0-9-]+$')
policy: str()
stage: str()
name: str()
type: str()
proposer: str()
objectives: list(map(id=str(), text=str()), required=False)
evidence: list(include('statement'), required=False)
history: list(include('entry'))
---
statement: map()
entry: map()
"""

PACKAGES = ("check-jsonschema", "yamale", "yamllint", "pre-commit-hooks", "doorstop", "beancount")


def installed(packages: tuple[str, ...] = PACKAGES) -> dict[str, str]:
    """The version of each that is there, installed now where it was not; what could not be is left out."""
    found = {}
    for package in packages:
        python = PLACE / package / "bin" / "python"
        ready = python.with_name("ready")
        if not ready.exists():
            sys.stderr.write(f"installing {package}\n")
            line = [str(python), "-m", "pip", "install", "--quiet", "--retries", "1", package]
            try:
                venv.create(PLACE / package, with_pip=True, clear=True)
                subprocess.run(line, check=True, capture_output=True)
            except (OSError, subprocess.CalledProcessError):
                sys.stderr.write(f"{package} could not be installed, and is left out\n")
                continue
            asked = f"from importlib.metadata import version; print(version({package!r}))"
            said = subprocess.run([python, "-c", asked], check=True, capture_output=True, text=True)
            ready.write_text(said.stdout.strip(), encoding="utf-8")
        found[package] = ready.read_text(encoding="utf-8")
    return found


def judges(made: Made, folder: Path, there: dict[str, str]) -> Iterator[Case]:
    """What holds files to a schema, once over all records of a register."""
    schema, rules = ROOT / "schemas" / "partnership.json", folder / "partnership.yamale"
    rules.write_text(_YAMALE, encoding="utf-8")
    lines = {
        "check-jsonschema": ("check-jsonschema", "--schemafile", str(schema), *_files(made)),
        "yamale": ("yamale", "-s", str(rules), str(made.root / "records/partnerships")),
    }
    for package, (script, *words) in lines.items():
        yield replace(_case(package, there, script, *words), records=made.records, most=1)


def peers(made: Made, folder: Path, there: dict[str, str]) -> Iterator[Case]:
    """Each as its users run it, over all records of a register; those that are not here are named with the reason."""
    lines = {"yamllint": ("yamllint", "-d", "relaxed"), "pre-commit-hooks": ("check-yaml",)}
    for package, (script, *words) in lines.items():
        yield replace(_case(package, there, script, *words, *_files(made)), records=made.records)
    yield _case("doorstop", there, "doorstop", cwd=_items(folder / "items"))
    sheet = _transactions(folder / "transactions.beancount")
    yield _case("beancount", there, "bean-check", "--no-cache", str(sheet))
    hledger = Case(
        "hledger", ASKED, fixed("hledger", "-f", str(_journal(folder / "all.journal")), "check"), most=ROUNDS
    )
    hledger.failed = "" if shutil.which("hledger") else "not here"
    yield hledger


def _files(made: Made) -> list[str]:
    return [str(path) for path in sorted((made.root / "records/partnerships").glob("*.yaml"))]


def _case(package: str, there: dict[str, str], script: str, *words: str, cwd: Path | None = None) -> Case:
    line = fixed(str(PLACE / package / "bin" / script), *words)
    case = Case(package, ASKED, line, cwd=cwd, ends=(0, 1) if package == "yamllint" else (0,), most=ROUNDS)
    case.failed = "" if package in there else "could not be installed"
    return case


def _items(root: Path) -> Path:
    """As many items of one document as there are records, in a repository of their own."""
    items = root / "reqs"
    items.mkdir(parents=True)
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    settings = "settings:\n  digits: 4\n  prefix: REQ\n  sep: ''\n"
    (items / ".doorstop.yml").write_text(settings, encoding="utf-8")
    for number in range(1, ASKED + 1):
        text = f"active: true\nderived: false\nheader: ''\nlevel: 1.{number}.1\nlinks: []\nnormative: true\n"
        words = f"ref: ''\nreviewed: null\ntext: |\n  Partner {number} is vetted.\n"
        (items / f"REQ{number:04}.yml").write_text(text + words, encoding="utf-8")
    return root


def _transactions(path: Path) -> Path:
    rows = "".join(
        f'2026-01-{1 + number % 28:02} * "Partner {number}"\n  Assets:A  1 EUR\n  Assets:B  -1 EUR\n'
        for number in range(ASKED)
    )
    path.write_text(f"2025-01-01 open Assets:A\n2025-01-01 open Assets:B\n{rows}", encoding="utf-8")
    return path


def _journal(path: Path) -> Path:
    rows = (
        f"2026-01-{1 + number % 28:02} Partner {number}\n  assets:a  1 EUR\n  assets:b  -1 EUR\n"
        for number in range(ASKED)
    )
    path.write_text("".join(rows), encoding="utf-8")
    return path
