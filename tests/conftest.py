"""Registers for tests: made once a session by the real command, then copied; and the figures that tests bring back."""

from __future__ import annotations

import gc
import os
import shutil
import signal
from collections import Counter, defaultdict
from functools import partial
from pathlib import Path
from typing import Protocol

import pytest
from hypothesis import HealthCheck, settings

from partnerkit.store.yaml import opinion
from tests import keeping
from tests.chance import USUAL, examples
from tests.house.make_records import make
from tests.house.tutorials import make_demo
from tests.made import Made, Played, copied
from tests.place import Place, new_register, staffed

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as for all that a script begins in the background
    signal.signal(signal.SIGINT, signal.default_int_handler)  # else no command that tests begin could be interrupted

#: What commands mind and this machine says, as continuous integration does; a test that wants one of them says so.
for _said in ("CI", "EDITOR", "VISUAL", "FORCE_COLOR", "NO_COLOR", "GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY"):
    os.environ.pop(_said, None)
gc.set_threshold(200_000)  # as the command does: what it makes lives until its end, which is not that of this process
#: The parts of a policy too: hundreds of registers begin with the same ones.
opinion._LONGEST = 100_000

#: What asks programs of others runs only where those were installed: `make test-clients`.
collect_ignore = [] if "PARTNERKIT_CLIENTS" in os.environ else ["clients"]


#: How long an example takes says how busy the machine is, and nothing of what is tested.
settings.register_profile(
    "unhurried",
    deadline=None,
    derandomize=USUAL,
    max_examples=examples(100),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("unhurried")


@pytest.fixture(scope="session")
def bash() -> str:
    """The shell into which lines are pasted: `sh` does not read `$'…'` everywhere, so without it nothing is shown."""
    return shutil.which("bash") or pytest.skip("lines are pasted into bash, and there is none here")


class At(Protocol):
    """Gives a register in a state that the story names, on a day: that of the state, if none is named."""

    def __call__(self, state: str, day: str | None = None) -> Place: ...


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Registers that are made once for all workers."""
    base = tmp_path_factory.getbasetemp()
    return Made((base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "made")


@pytest.fixture(scope="session")
def _made(made: Made) -> Path:
    return made("staffed", lambda root: staffed(new_register(root)))


@pytest.fixture
def place(_made: Path, tmp_path: Path) -> Place:
    """A register under OPS-05-03 with four people and no record."""
    root = tmp_path / "register"
    copied(_made, root)
    return Place(root)


@pytest.fixture(scope="session")
def played(made: Made, _made: Path) -> Played:
    return Played(made, _made)


@pytest.fixture
def at(played: Played, tmp_path: Path) -> At:
    """A register in which the story has come so far: `at("decision")`, `at("drafted")` (the agreement, not yet signed)."""

    def reached(state: str, day: str | None = None) -> Place:
        made, then = played.reach(state)
        root = tmp_path / state
        copied(made, root)
        return Place(root, day=day or then)

    return reached


@pytest.fixture(scope="session")
def example(made: Made) -> Path:
    """The example register of this repository, made by the commands: to be read or copied."""
    return made("example", keeping.example)


@pytest.fixture(scope="session")
def few(made: Made) -> Path:
    """The same without its cohort, whose steps repeat each other: every step is held against much."""
    return made("few", partial(make, cohort=False))


@pytest.fixture(scope="session")
def demo(made: Made) -> Path:
    """The register of `partnerkit demo`: to be copied."""
    return made("demo", make_demo)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Those that are marked as long begin first: at the end nobody waits for one of them."""
    items.sort(key=lambda one: one.get_closest_marker("long") is None)


def pytest_collection_finish(session: pytest.Session) -> None:
    """What was collected stays to the end: nobody looks for garbage in it again and again."""
    gc.collect()
    gc.freeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Add up and print what tests recorded as `figures`: {what: {word: number}}."""
    figures: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for report in terminalreporter.getreports("passed"):
        for what, numbers in dict(report.user_properties).get("figures", {}).items():
            figures[what].update(numbers)
    for what, numbers in figures.items():
        terminalreporter.write_line(f"{what}: {', '.join(f'{number} {word}' for word, number in numbers.items())}")
