"""The example register is made in a minute: what `make test` has made of these very sources, `make test-clients` takes."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from importlib.metadata import distributions
from pathlib import Path

from tests.house.make_records import make
from tests.made import Made, copied

ROOT = Path(__file__).resolve().parents[1]


def example(root: Path) -> None:
    """Make the example register in a folder; for the programs of others, that of the last tests will do.

    Args:
        root: a folder that is not there yet.
    """
    kept, stamp = Made(ROOT / ".cache" / "made"), _stamp()
    noted = kept.home / "example.stamp"
    with kept.alone("example"):
        if "PARTNERKIT_CLIENTS" in os.environ and noted.is_file() and noted.read_text(encoding="ascii") == stamp:
            copied(kept.home / "example", root)
            return
        make(root)
        noted.unlink(missing_ok=True)
        shutil.rmtree(kept.home / "example", ignore_errors=True)
        copied(root, kept.home / "example")
        noted.write_text(stamp, encoding="ascii")


def _stamp() -> str:
    """All on which it depends: the sources, what they were installed with, Python and git."""
    git = subprocess.run(["git", "--version"], capture_output=True, check=True).stdout
    found = hashlib.sha256(
        repr((sys.version, git, sorted((one.name, one.version) for one in distributions()))).encode()
    )
    for path in sorted(one for part in ("src", "tests/house") for one in (ROOT / part).rglob("*") if one.is_file()):
        if path.suffix != ".pyc":
            found.update(repr((str(path.relative_to(ROOT)), path.read_bytes())).encode())
    return found.hexdigest()
