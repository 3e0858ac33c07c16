"""`python -m bench [--rounds N] [--records N …] [--out FILE]`."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from bench import report, shares
from bench.changes import changes
from bench.measure import in_register, measure, without_register
from bench.register import LOOKED_AT, MOVING, make
from bench.trail import trail
from bench.writers import writers

RESULTS = Path(__file__).with_name("RESULTS.md")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure what commands cost.")
    parser.add_argument("--rounds", type=int, default=9, help="how often each command runs")
    parser.add_argument("--records", type=int, nargs="+", default=[10, 1000], help="sizes of registers")
    parser.add_argument("--commits", type=int, default=10_000, help="length of the history that is audited")
    parser.add_argument("--advances", type=int, default=25, help="how many each of eight writers lands")
    parser.add_argument("--changed", type=int, nargs=2, default=[1000, 10_000], help="registers in which one changes")
    parser.add_argument("--out", type=Path, default=RESULTS, help="where the results go")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        sys.stderr.write(f"making registers of {given.records} records\n")
        made = [make(Path(folder) / f"register-{count}", count) for count in given.records]
        cases = [*without_register(), *(case for one in made for case in in_register(one))]
        measure(cases, given.rounds)
        back = "withdrawn" if given.rounds % 2 else "proposed"
        moves = ("advance", MOVING, back, "--reason", "to and fro", "--dry-run")
        notes: list[str] = []
        for words in (("gates", LOOKED_AT), moves, ("today",)):
            title = words[0] if words is not moves else "advance (dry run)"
            notes += report.shares(title, shares.imports(made[-1], *words), shares.work(made[-1], *words))
        audited = trail(Path(folder), given.commits, max(1, given.rounds // 3))
        landed = writers(Path(folder), given.advances)
        changed = changes(Path(folder), given.changed, given.rounds)
    text = report.document(cases, given.rounds, notes, audited, landed, changed)
    given.out.write_text(text, encoding="utf-8")
    print("\n".join(report.table(cases)))


if __name__ == "__main__":
    main()
