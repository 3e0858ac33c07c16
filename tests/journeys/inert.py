"""What holds for whatever is printed, however hostile the register or the line."""

from __future__ import annotations

import time

from tests.place import Place, Said

SLOWEST = 10.0  # seconds of work: what grows out of hand takes minutes, and a busy machine takes twice its time


def clean(text: str) -> None:
    """Nothing in the text acts on a terminal."""
    assert not any(ord(c) < 32 and c != "\n" for c in text), text
    assert not any(
        c in text for c in "\x7f\x9b\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u200e\u200f\ufeff"
    )


def tried(place: Place, *words: str) -> Said:
    """A writer with hostile text: done, or refused in words and nothing changed; its own output inert either way."""
    before = place.snapshot()
    started = time.process_time()
    said = place.run(*words)
    assert time.process_time() - started < SLOWEST
    assert said.code in {0, 1, 2}, said.all
    assert "failed in a way it should not" not in said.all, said.all
    clean(said.all)
    if said.code:
        assert place.snapshot() == before
        assert said.err.strip()
    return said
