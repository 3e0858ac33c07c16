"""A record that landed so that nobody can read it comes back as it last could be."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from tests.conftest import At
from tests.place import environment
from tests.scenarios.cheat import commit
from tests.scenarios.codes.running import none_left, only
from tests.story import ACME


@pytest.mark.parametrize(("code", "text"), [("yaml-empty", ""), ("yaml-syntax", "name: [Acme\n")])
def test_the_last_readable_version_is_offered(at: At, code: str, text: str) -> None:
    bash = shutil.which("bash") or pytest.skip("no bash here")
    place = at("active")
    was = place.text(ACME)
    place.path(ACME).write_text(text, encoding="utf-8")
    commit(place)
    found = only(place.findings(), code)

    _write, back = found["mend"].split("; or as it last could be read: ")
    git, correct = back.rsplit(" && ", 1)
    subprocess.run([bash, "-ec", git], cwd=place.root, env=environment(), check=True, capture_output=True)

    none_left(place.findings(), code)
    assert place.text(ACME) == was
    assert correct == f"partnerkit undo {ACME} --correct --reason <reason>"
    place.do("undo", ACME, "--correct", "--reason", "by mistake")
    assert place.run("audit").code == 0


def test_of_what_never_could_be_read_nothing_is_offered(at: At) -> None:
    place = at("active")
    (place.path(ACME).with_name("other.yaml")).write_text("", encoding="utf-8")
    commit(place)
    assert "--source" not in only(place.findings(), "yaml-empty")["mend"]
