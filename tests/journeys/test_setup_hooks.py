"""`setup hooks`: a hook that is there and that git passes by judges nothing, and is not called installed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.place import Place


def _unexecutable(hook: Path) -> None:
    hook.chmod(0o644)


def _windows(hook: Path) -> None:
    hook.write_bytes(hook.read_bytes().replace(b"\n", b"\r\n"))


SPOILT = pytest.mark.parametrize(
    ("spoil", "says", "line"),
    [(_unexecutable, "it is not executable", "chmod +x "), (_windows, "its lines end as on Windows", "sed -i ")],
)


def _hook(place: Place) -> Path:
    return place.root / ".git/hooks/pre-commit"


@SPOILT
def test_our_hook_that_git_passes_by_is_told_and_mended(
    place: Place, spoil: Callable[[Path], None], says: str, line: str
) -> None:
    del line
    place.do("setup", "hooks")
    whole = _hook(place).read_bytes()
    spoil(_hook(place))
    for command in ("hooks", "git"):
        said = place.run("setup", command, "--check")
        assert said.code == 1
        assert f"the pre-commit hook judges nothing: {says}" in said.out
    assert place.json("setup", "hooks")["changed"] == ["pre-commit"]
    assert _hook(place).read_bytes() == whole
    assert _hook(place).stat().st_mode & 0o111 == 0o111
    assert "everything is in step" in place.do("setup", "hooks", "--check").out


@SPOILT
def test_a_hook_of_others_that_git_passes_by_is_told_with_the_line(
    place: Place, spoil: Callable[[Path], None], says: str, line: str
) -> None:
    _hook(place).parent.mkdir(exist_ok=True)
    _hook(place).write_text("#!/bin/sh\npartnerkit check --staged\n")
    _hook(place).chmod(0o755)
    spoil(_hook(place))
    there = _hook(place).read_bytes()
    first, _ = place.json("setup", "hooks", "--check")["findings"]
    assert says in first["message"]
    assert f"; {line}" in first["mend"]
    assert first["mend"].endswith(str(_hook(place)))
    assert place.run("setup", "hooks").code == 3
    assert _hook(place).read_bytes() == there


def test_a_link_whose_target_is_not_there_now_stays(place: Place, tmp_path: Path) -> None:
    _hook(place).parent.mkdir(exist_ok=True)
    _hook(place).symlink_to(tmp_path / "unmounted")
    assert "is a link to what is not there now" in place.run("setup", "hooks", "--check").out
    assert place.run("setup", "hooks").code == 3
    assert place.run("setup", "git").code == 1
    assert _hook(place).readlink() == tmp_path / "unmounted"
    assert not (tmp_path / "unmounted").exists()


def test_hooks_that_are_nowhere_are_told_as_that(place: Place) -> None:
    place.git("config", "core.hooksPath", "")
    said = place.run("setup", "hooks")
    assert said.code == 3
    assert "core.hooksPath is set to nothing" in said.err
    assert "git config --unset core.hooksPath" in said.err
