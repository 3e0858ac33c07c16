"""What git holds, asked of one process that stays for as long as it is asked (`git cat-file --batch-command`)."""

from __future__ import annotations

import contextlib
from _thread import allocate_lock
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import IO, TYPE_CHECKING, cast

from partnerkit.errors import CannotWorkError
from partnerkit.store.git.results import GitFailed
from partnerkit.tuples import NamedTuple

if TYPE_CHECKING:
    from subprocess import Popen
    from weakref import finalize

#: How many bytes are asked at a time: they fit into a pipe, so that git never waits for us while we wait for it.
_AT_A_TIME = 8_000
_NO_SUCH_OPTION = 129
BATCH = ("cat-file", "--batch-command", "--buffer")


class Object(NamedTuple):
    """One object: its id, its kind (blob, tree, commit, tag), how large it is and, where asked for, its bytes."""

    oid: str
    kind: str
    size: int
    data: bytes = b""


class Objects:
    """The objects of a repository.

    Args:
        start: starts the process; called for the first question, and again after one that went wrong.
    """

    def __init__(self, start: Callable[[], Popen[bytes]]) -> None:
        self._start = start
        self._process: Popen[bytes] | None = None
        self._end: finalize[..., Objects] | None = None
        self._left: list[object] = []
        self._asking = allocate_lock()  # what one thread asked is not answered to another

    def what(self, name: str) -> Object | None:
        """Return what a name means, such as `HEAD^{commit}`, without its bytes; None where it means nothing.

        Raises:
            CannotWorkError: git is older than 2.36, cannot fetch what it lacks, or ended instead of answering.
        """
        if "\n" in name or "\0" in name:  # a question is a line
            return None
        return next(self.about([name]))

    def about(self, names: Iterable[str]) -> Iterator[Object | None]:
        """Give the objects that names mean, in their order, without their bytes; None where one means nothing.

        Raises:
            CannotWorkError: git is older than 2.36, cannot fetch what it lacks, or ended instead of answering.
        """
        return self._asked("info", names)

    def read(self, names: Iterable[str]) -> Iterator[Object | None]:
        """Give the objects that names mean, in their order, with their bytes; None where one means nothing.

        Raises:
            CannotWorkError: git is older than 2.36, cannot fetch what it lacks, or ended instead of answering.
        """
        return self._asked("contents", names)

    def close(self) -> None:
        """End the process; the next question starts another."""
        self._process = None
        if self._end is not None:
            self._end()

    def leave(self) -> None:
        """Leave the process to the one that this one was forked off, as it is; the next question starts another."""
        if self._end is not None and (held := self._end.detach()) is not None:
            self._left.append(held)
        self._process = None
        self._asking = allocate_lock()  # whoever held it is not here

    def _asked(self, command: str, names: Iterable[str]) -> Iterator[Object | None]:
        for some in _portions([_question(command, name) for name in names]):
            with self._asking:
                try:
                    answers = self._answers(some, whole=command == "contents")
                except BaseException:  # what it has still to say would be taken for the answer to the next question
                    self.close()
                    raise
            yield from answers

    def _answers(self, questions: Sequence[bytes], *, whole: bool) -> list[Object | None]:
        process = self._living()
        asked, said, words = _streams(process)
        try:
            asked.write(b"".join([*questions, b"flush\n"]))
            asked.flush()
            return [_answer(said, whole=whole) for _ in questions]
        except (BrokenPipeError, EOFError) as problem:
            raise _failed(process.wait(), words.read().decode("utf-8", "replace")) from problem

    def _living(self) -> Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._process = self._start()
            from weakref import finalize  # noqa: PLC0415 - many commands never ask git anything

            self._end = finalize(self, _ended, self._process)  # at the latest with this process
        return self._process


def _question(command: str, name: str) -> bytes:
    return f"{command} {name}\n".encode("utf-8", "surrogateescape")


def _failed(code: int, words: str) -> CannotWorkError:
    if code == _NO_SUCH_OPTION:
        message = "this git is too old: it answers no questions one after the other; nothing changed"
        return CannotWorkError(message, "install git 2.36 or newer; git version says which one is here")
    if "promisor remote" in words:
        message = "this is a partial clone, which fetches what it lacks when it is asked for, and that failed"
        mend = "clone it again without --filter, or ask again where its remote can be reached"
        return CannotWorkError(f"{message}: {words.strip()}", mend)
    return GitFailed(BATCH, code, words)


def _streams(process: Popen[bytes]) -> tuple[IO[bytes], IO[bytes], IO[bytes]]:
    return cast(
        "tuple[IO[bytes], IO[bytes], IO[bytes]]", (process.stdin, process.stdout, process.stderr)
    )  # three pipes


def _ended(process: Popen[bytes]) -> None:
    process.terminate()
    process.wait()
    for stream in _streams(process):
        with contextlib.suppress(BrokenPipeError):  # a question that it never took
            stream.close()


def _answer(said: IO[bytes], *, whole: bool) -> Object | None:
    header = said.readline()
    if not header.endswith(b"\n"):
        raise EOFError
    match header.split():
        case [oid, kind, size] if size.isdigit():
            data = said.read(int(size) + 1)[:-1] if whole else b""
            if whole and len(data) < int(size):
                raise EOFError
            return Object(oid.decode(), kind.decode(), int(size), data)
        case _:  # `<name> missing`
            return None


def _portions(questions: Sequence[bytes]) -> Iterator[Sequence[bytes]]:
    begin = size = 0
    for at, question in enumerate(questions):
        if size + len(question) > _AT_A_TIME and at > begin:
            yield questions[begin:at]
            begin, size = at, 0
        size += len(question)
    if begin < len(questions):
        yield questions[begin:]
