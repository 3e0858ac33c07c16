"""What is read ahead in another process is what would be read here."""

from __future__ import annotations

import os
import signal

import pytest

from partnerkit.store import ledger
from partnerkit.store.yaml import ahead
from partnerkit.store.yaml.ahead import Ahead, document, pays
from partnerkit.store.yaml.reader import read

FILES = {
    "plain": b"a: 1\nb:\n  - c: text\n    d: |\n      two\n      lines\n",
    "umlauts": "a: Gr\u00fc\u00dfe\nb: [x, \u4f60]\n".encode(),
    "twice": b"a: 1\na: 2\n",
    "no-text": b"\xff\xfe",
    "empty": b"",
    "unclear": b"a: 010\n",
}


@pytest.fixture
def reader():
    found = Ahead()
    yield found
    found.close()


def expected(reader: Ahead, files: dict[str, bytes]) -> None:
    """Read ahead, and at hand."""
    reader.expect({name: (raw, f"{name}.yaml") for name, raw in files.items()})
    reader.expect({})


def told(found):
    document, findings = found
    if document is None:
        return findings
    places = [(path, document.position(path), document.key_position(path)) for path in (["a"], ["b", 0], ["b", 0, "d"])]
    return (document.file, document.text, document.data, places)


def again(reader, name, raw):
    """As a ledger does: what is not at hand is read here."""
    meant = reader.meaning(name)
    return (document(f"{name}.yaml", raw, meant), []) if meant is not None else read(raw, f"{name}.yaml")


def test_it_is_what_would_be_read_here(reader):
    expected(reader, FILES)
    for name, raw in FILES.items():
        assert told(again(reader, name, raw)) == told(read(raw, f"{name}.yaml"))
    assert {name for name in FILES if reader.meaning(name) is not None} == {"plain", "umlauts"}


def test_what_was_not_expected_is_not_at_hand(reader):
    expected(reader, {"plain": FILES["plain"]})
    assert reader.meaning("umlauts") is None


def test_it_goes_on_when_the_other_process_is_ended(reader):
    expected(reader, FILES)
    for number in list(reader._pool._processes):
        os.kill(number, signal.SIGKILL)
    for _ in range(2):
        expected(reader, FILES)
        for name, raw in FILES.items():
            assert told(again(reader, name, raw)) == told(read(raw, f"{name}.yaml"))


def test_it_is_not_begun_for_little(monkeypatch):
    assert not pays(10)
    monkeypatch.setattr(ahead, "cores", lambda: 1)
    assert not pays(1_000_000)


def test_an_audit_says_the_same(at, monkeypatch):
    """Whether what it judges was read here or there; also of a commit that nobody can read."""
    place = at("decided")
    place.path("acme").write_bytes(b"a: 1\na: 2\n")
    place.git("commit", "-qam", "by hand", "--no-verify")
    place.git("revert", "--no-edit", "HEAD")
    here = place.run("audit", "--full", "--json").json
    begun = []

    def always(files: int) -> bool:
        begun.append(files)
        return True

    monkeypatch.setattr(ledger, "pays", always)
    assert place.run("audit", "--full", "--json").json == here
    assert begun
    assert [one["code"] for one in here["findings"]]
