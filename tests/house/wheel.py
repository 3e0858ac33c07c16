"""Build the wheel, install it into an empty environment without the source beside it, and run the demo from it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    """Fail where the wheel lacks anything that the demo needs."""
    with tempfile.TemporaryDirectory(prefix="partnerkit-wheel-") as name:
        place = Path(name)
        _quietly(sys.executable, "-m", "build", "--wheel", "--outdir", str(place), str(ROOT))
        wheel = next(place.glob("partnerkit-*.whl"))
        venv.create(place / "env")
        python = place / "env" / "bin" / "python"
        into = (sys.executable, "-m", "pip", "--python", str(python))  # an environment needs no pip of its own
        _quietly(*into, "install", "--quiet", "--disable-pip-version-check", "--no-compile", str(wheel))
        empty = place / "empty"
        empty.mkdir()
        said = _quietly(str(place / "env" / "bin" / "partnerkit"), "demo", "--out", "demo", cwd=empty)
        setup = ("setup", "ci", "--forge", "github", "--from", "partnerkit")
        _quietly(str(place / "env" / "bin" / "partnerkit"), "-C", "demo", *setup, cwd=empty)
        thanks = ("-C", "demo", "doc", "thanks", "northwind-cloud-cooperative")
        if "Thank you" not in _quietly(str(place / "env" / "bin" / "partnerkit"), *thanks, cwd=empty):
            sys.exit("the wheel lacks the templates of documents")
        where = _quietly(str(python), "-c", "import partnerkit; print(partnerkit.__file__)", cwd=empty).strip()
        if str(place) not in where:
            sys.exit(f"the wheel was not what ran: {where}")
        if "→ active" not in said or "0 errors" not in said:
            sys.exit(f"the demo from the wheel did not come through:\n{said}")
        print(f"{wheel.name} ({wheel.stat().st_size // 1024} KiB) installs on its own and its demo comes through")


def _quietly(*words: str, cwd: Path | None = None) -> str:
    env = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    ended = subprocess.run(words, cwd=cwd, env=env, capture_output=True, text=True, check=False)
    if ended.returncode != 0:
        sys.exit(f"{' '.join(words)}\n{ended.stdout}{ended.stderr}")
    return ended.stdout


if __name__ == "__main__":
    main()
