"""Which records of a kind may name an id, told by the bytes of their files: looked through once, whatever is asked."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from partnerkit.pattern import pattern

#: What an id is written with: where an id stands as it is, nothing of this stands on either side of it.
_WORD = pattern(rb"[a-z0-9][a-z0-9-]*")


class Mentions:
    """The ids that stand in the files of some records.

    A text stands in the bytes of a file as it is, unless a backslash says it otherwise: a file with one may name all.
    """

    def __init__(self, raw: Mapping[str, bytes], known: Collection[str]) -> None:
        """Look through the files.

        Args:
            raw: the bytes of the file of each record, by id.
            known: the ids that are likely to be asked about.
        """
        self._raw = raw
        self._known = {one.encode() for one in known} if raw else set[bytes]()
        self._all = {one for one, data in raw.items() if b"\\" in data}
        self._found: dict[bytes, list[str]] = {}
        for one, data in raw.items():
            for word in self._known & set(_WORD.findall(data)):
                self._found.setdefault(word, []).append(one)

    def of(self, text: str) -> set[str]:
        """The ids of the records that may say a text in a word of their own."""
        word = text.encode()
        if word in self._known:
            return self._all.union(self._found.get(word, ()))
        return self._all.union(one for one, data in self._raw.items() if word in data)
