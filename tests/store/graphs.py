"""A commit-graph that lies: git keeps in it, to be quick, what commits say of parents and trees, and believes it."""

from __future__ import annotations

import struct
from pathlib import Path

_HASH, _ROW = 20, 36


def lie(root: Path, oid: str, *, parent: str | None = None, tree: str | None = None) -> None:
    """Make git's graph say that a commit has another parent or another tree than it has. The graph must be there.

    Source: gitformat-commit-graph(5).
    """
    path = root / ".git/objects/info/commit-graph"
    raw = bytearray(path.read_bytes())
    chunks = {}
    for index in range(raw[6]):
        at = 8 + 12 * index
        chunks[bytes(raw[at : at + 4])] = struct.unpack(">Q", raw[at + 4 : at + 12])[0]
    count = struct.unpack(">I", raw[chunks[b"OIDF"] + 1020 : chunks[b"OIDF"] + 1024])[0]
    names = [raw[chunks[b"OIDL"] + _HASH * n :][:_HASH].hex() for n in range(count)]
    place = chunks[b"CDAT"] + _ROW * names.index(oid)
    if tree is not None:
        raw[place : place + _HASH] = bytes.fromhex(tree)
    if parent is not None:
        raw[place + _HASH : place + _HASH + 4] = struct.pack(">I", names.index(parent))
    path.chmod(0o644)
    path.write_bytes(raw)
