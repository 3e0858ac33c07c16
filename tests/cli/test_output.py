"""Where the answer goes: streams that are full, closed or narrow, and a folder that is gone."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping

import pytest

from tests.place import Place, environment

PARTNERKIT = f'partnerkit() {{ "{sys.executable}" -m partnerkit "$@"; }}; '


def _shell(place: Place, words: str, extra: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[bytes]:
    env = environment() | dict(extra or {})
    command = ["sh", "-c", PARTNERKIT + words]
    return subprocess.run(command, cwd=place.root, env=env, capture_output=True, check=False)


def test_a_folder_that_is_gone_is_said(place: Place) -> None:
    gone = "mkdir d; cd d; rmdir ../d; "

    ended = _shell(place, gone + "partnerkit list")

    assert ended.returncode == 3
    assert "the folder you are in cannot be found" in ended.stderr.decode()
    assert "Traceback" not in ended.stderr.decode()
    assert _shell(place, gone + f"partnerkit -C {place.root} list").returncode == 0


@pytest.mark.parametrize("words", ["check --json", "check", "list", "--help", "--version"])
def test_a_full_stdout_is_said(place: Place, words: str) -> None:
    ended = _shell(place, f"partnerkit {words} > /dev/full")

    said = ended.stderr.decode()
    assert ended.returncode == 3, said
    assert "No space left on device" in said
    assert "Traceback" not in said
    assert "Exception ignored" not in said


def test_a_failure_that_cannot_be_said_as_data_is_said_in_words(place: Place) -> None:
    ended = _shell(place, "partnerkit show nobody --json > /dev/full")

    assert ended.returncode == 2
    assert "nobody" in ended.stderr.decode()


@pytest.mark.parametrize("json", ["", " --json"])
def test_what_landed_is_done_though_it_cannot_be_said(place: Place, json: str) -> None:
    before = place.git("rev-parse", "HEAD")

    ended = _shell(place, f"partnerkit --today 2026-03-02 new partnership Acme{json} > /dev/full")

    after = place.git("rev-parse", "HEAD").strip()
    assert after != before.strip()
    assert ended.returncode == 0
    assert f"this landed as commit {after[:10]}; do not run it again" in ended.stderr.decode()


@pytest.mark.parametrize("where", [">&-", "2>&-", "<&-", "<&- >&- 2>&-", "2> /dev/full", "> /dev/full 2> /dev/full"])
def test_a_closed_stream_harms_nothing(place: Place, where: str) -> None:
    before = place.git("rev-parse", "HEAD")

    ended = _shell(place, f"partnerkit --today 2026-03-02 new partnership Acme {where}")

    assert ended.returncode == 0, ended.stderr.decode()
    assert place.git("rev-parse", "HEAD") != before
    assert place.git("status", "--porcelain") == ""
    assert "Traceback" not in ended.stderr.decode()


def test_a_narrow_stdout_shows_what_it_cannot_hold(place: Place) -> None:
    words = "partnerkit --today 2026-03-02 new partnership 'Ткань' id=tkan"

    ended = _shell(place, words, {"PYTHONIOENCODING": "latin-1"})

    assert ended.returncode == 0, ended.stderr.decode()
    assert b"\\u2713" in ended.stdout
