"""Runs the steps of a workflow, as far as they are shell: expressions are looked up, `uses` is left to the test."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.place import environment

_EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")
ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Step:
    """One step that was run."""

    name: str
    code: int
    out: str


@dataclass
class Runner:
    """A machine of the forge: a folder to work in, and what its expressions mean.

    Attributes:
        home: a folder of its own, with its programs and what workflows leave.
        work: where the register is checked out.
        means: expressions to what they mean; an expression that is not here fails the test.
        state: what the forge holds.
    """

    home: Path
    work: Path
    means: Mapping[str, str]
    state: dict[str, Any] = field(default_factory=lambda: {"pulls": [], "issues": [], "comments": []})

    def __post_init__(self) -> None:
        programs = self.home / "bin"
        programs.mkdir(parents=True, exist_ok=True)
        self.program("partnerkit", f'exec {sys.executable} -m partnerkit "$@"')
        self.program("gh", f'exec {sys.executable} {ROOT / "tests/forge/gh.py"} "$@"')
        self.program("curl", f'exec {sys.executable} {ROOT / "tests/forge/curl.py"} "$@"')
        said = (
            'shift 2; echo "$@" >> "$RUNNER_TEMP/pip"; test "$4" != install || echo "$last" >> "$RUNNER_TEMP/installed"'
        )
        self.program("python", f'for last; do :; done; test "$1 $2" = "-I -m" || exit 1; {said}')
        venv = f'mkdir -p "$4/bin" && ln -s {programs / "python"} {programs / "partnerkit"} "$4/bin"'
        self.program("python3", f'if [ "$2 $3" = "-m venv" ]; then {venv}; else exec {sys.executable} "$@"; fi')
        self.save()

    @property
    def _saved(self) -> Path:
        return self.home / "forge.json"

    @property
    def summary(self) -> str:
        return (self.home / "summary").read_text(encoding="utf-8")

    @property
    def installed(self) -> str:
        return (self.home / "installed").read_text(encoding="utf-8").strip()

    def save(self) -> None:
        """The forge holds what is in `state` now."""
        self._saved.write_text(json.dumps(self.state), encoding="utf-8")

    def holds(self) -> Any:
        return json.loads(self._saved.read_text(encoding="utf-8"))

    def run(self, workflow: Path, extra: Mapping[str, str] | None = None) -> list[Step]:
        """Every step of its jobs that is shell, in order, until one fails; those for `!cancelled()` all the same.

        Each job has a machine of its own: what one leaves for another are its outputs alone.
        """
        found = yaml.safe_load(workflow.read_text(encoding="utf-8"))
        done: list[Step] = []
        handed: dict[str, str] = {}
        for name, job in found["jobs"].items():
            if str(job.get("if", "")).startswith("needs.") and not handed.get(job["if"]):
                continue
            for left in ("outputs", "page.md", "due.md"):
                (self.home / left).unlink(missing_ok=True)
            shutil.rmtree(self.home / "partnerkit", ignore_errors=True)
            self.means = {**self.means, **handed}
            done += self.steps(job["steps"], {**found.get("env", {}), **job.get("env", {})}, extra or {})
            outputs = dict(self._outputs())
            handed |= {
                f"needs.{name}.outputs.{key}": outputs.get(value.rpartition(".")[2].rstrip(" }"), "")
                for key, value in job.get("outputs", {}).items()
            }
        return done

    def gitlab(self, jobs: Path, name: str, **given: str) -> Step:
        """What a job of GitLab runs, in one shell; its environment for programs is made, what goes into it is not."""
        found = yaml.safe_load(jobs.read_text(encoding="utf-8"))
        job = {**found[found[name]["extends"]], **found[name]}
        temporary = self.home / "tmp"
        temporary.mkdir(exist_ok=True)
        script = "set -eo pipefail\n" + "\n".join([*job["before_script"], *job["script"]])
        ended = self._shell(script, {"TMPDIR": str(temporary), **job["variables"], **given})
        assert list(temporary.iterdir()) == [], "a token, or what is run next, would lie there for another job"
        return Step(name, ended.returncode, ended.stdout + ended.stderr)

    def steps(self, steps: list[dict[str, Any]], env: Mapping[str, str], extra: Mapping[str, str]) -> list[Step]:
        done: list[Step] = []
        outputs: dict[str, str] = {}
        failed = False
        for step in steps:
            means = {**self.means, **outputs}
            if "run" not in step or (failed and "!cancelled()" not in str(step.get("if", ""))):
                continue
            if str(step.get("if", "")).startswith("steps.") and not means.get(step["if"]):
                continue
            assert not _EXPRESSION.search(step["run"]), "an expression inside a script can be shell of somebody else"
            given = {key: _meant(str(value), means) for key, value in {**env, **step.get("env", {})}.items()}
            ended = self._shell(step["run"], {**given, **extra})
            done.append(Step(step["name"], ended.returncode, ended.stdout + ended.stderr))
            failed = failed or ended.returncode != 0
            if "id" in step:
                outputs |= {f"steps.{step['id']}.outputs.{key}": value for key, value in self._outputs()}
        return done

    def _shell(self, script: str, given: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
        places = {
            "RUNNER_TEMP": str(self.home),
            "GITHUB_STEP_SUMMARY": str(self.home / "summary"),
            "GITHUB_OUTPUT": str(self.home / "outputs"),
            "GITHUB_REPOSITORY": "lighthouse/register",
            "FORGE_STATE": str(self._saved),
            "PATH": f"{self.home / 'bin'}:{os.environ['PATH']}",
            "PYTHONPATH": os.pathsep.join(sys.path),
        }
        env = {**environment(), **places, **given}
        bash = shutil.which("bash") or "bash"
        words = [bash, "--noprofile", "--norc", "-e", "-c", script]
        return subprocess.run(words, cwd=self.work, env=env, capture_output=True, text=True, check=False)

    def _outputs(self) -> list[tuple[str, str]]:
        path = self.home / "outputs"
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        return [(key, value) for key, _, value in (line.partition("=") for line in lines)]

    def program(self, name: str, script: str) -> None:
        path = self.home / "bin" / name
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o755)


def _meant(text: str, means: Mapping[str, str]) -> str:
    return _EXPRESSION.sub(lambda one: means[one[1]], text)
