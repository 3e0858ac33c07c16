"""The entry point: exit codes, messages for people, and no traceback."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False  # known to type checkers by its name; importing typing for it would double what --version costs
if TYPE_CHECKING:
    from partnerkit.errors import PartnerkitError

_INTERRUPTED = 130
_CANNOT_WORK = 3
_OBJECTS_BEFORE_GARBAGE = 200_000
_A_MOMENT = 0.01
_interrupts: list[int] = []


def main() -> None:
    """Run the command line."""
    _prepare_streams()
    if sys.argv[1:] in (["--version"], ["-V"]):
        from partnerkit import __version__  # the quickest way to the version

        sys.exit(_end_streams(0, f"partnerkit {__version__}\n"))
    import gc

    # Almost all that a command makes lives until its end: looking for garbage so often took a quarter of its time.
    gc.set_threshold(_OBJECTS_BEFORE_GARBAGE)
    try:
        _notice_interrupts()
        code = run(sys.argv[1:] or ["--help"])
    except KeyboardInterrupt:
        code = _say_interrupted()
    finally:
        gc.freeze()  # Python looks through everything once more as it ends, and nothing is left to find
    sys.exit(_end_streams(code))


def _prepare_streams() -> None:
    """See to it that stdin, stdout and stderr are there, and take every character."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:  # closed (`>&-`): the next file opened would take its place, and be written to
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)
    sys.stdin = sys.stdin or open(0, closefd=False)  # noqa: SIM115 - open to the end
    sys.stdout = sys.stdout or open(1, "w", closefd=False)  # noqa: SIM115 - likewise
    sys.stderr = sys.stderr or open(2, "w", closefd=False)  # noqa: SIM115 - likewise
    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # as stderr always does


def _end_streams(code: int, last: str = "") -> int:
    """Write what still waits; Python itself would end with a trace and a code of its own where that fails."""
    try:
        sys.stdout.write(last)
        sys.stdout.flush()
    except OSError as error:
        from partnerkit.reports.page import silence

        silence(sys.stdout)
        if isinstance(error, BrokenPipeError):
            return code
        sys.stderr.write(f"✗ stdout cannot be written: {error.strerror}\n")
        return code or _CANNOT_WORK
    return code


def _notice_interrupts() -> None:
    """See to it that a Ctrl-C is not lost: code that is not Python's makes other errors of it, or swallows it."""
    import signal  # not for --version

    def interrupt(number: int, _frame: object) -> None:
        _interrupts.append(number)
        raise KeyboardInterrupt

    def swallowed(what: sys.UnraisableHookArgs) -> None:
        if issubclass(what.exc_type, KeyboardInterrupt):
            signal.setitimer(signal.ITIMER_REAL, _A_MOMENT)
        else:
            sys.__unraisablehook__(what)

    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, interrupt)
        signal.signal(signal.SIGALRM, interrupt)
        sys.unraisablehook = swallowed


def _say_interrupted() -> int:
    """In one line: what had landed by then, as far as git can still say."""
    import signal

    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever is impatient gets this line too
    options = sys.modules.get("partnerkit.cli.options")
    git = options.OPTIONS.git if options is not None else None
    said = "no commit landed here"
    if git is not None and git.attempted:
        from partnerkit.errors import CannotWorkError
        from partnerkit.store.commit.moving import after_interrupt

        try:
            said = after_interrupt(git)
        except CannotWorkError:
            said = "whether a commit landed could not be told: git log"
    sys.stderr.write(f"interrupted; {said}\n")
    return _INTERRUPTED


def run(arguments: list[str]) -> int:
    """Run one command line, and say its exit code; a usage error leaves by SystemExit."""
    from partnerkit.errors import PartnerkitError

    try:
        _demand_text(arguments)
        code = _run(arguments)
        return _say_interrupted() if _interrupts else code
    except PartnerkitError as error:
        return _stopped(error, data="--json" in arguments)  # asked for, even where the line was not read that far
    except KeyboardInterrupt:
        return _say_interrupted()
    except SystemExit:
        if not _interrupts:
            raise
        return _say_interrupted()  # typer had made an exit of it, without a word
    except OSError as error:
        return _say_interrupted() if _interrupts else _disk(error)
    except Exception as error:  # noqa: BLE001 - Python's own exceptions must not come out as 1, nor as a traceback
        return _say_interrupted() if _interrupts else _unexpected(error)


def _run(arguments: list[str]) -> int:
    """Call what a plain line calls, or let Typer read the line."""
    if shell := os.environ.get("_PARTNERKIT_COMPLETE"):
        from partnerkit.cli.plain_completion import completed

        code = completed(shell)
        return _by_typer(arguments) if code is None else code
    from partnerkit.cli.plain import plain
    from partnerkit.cli.progress import progress_ended

    with progress_ended():
        calls = plain(arguments)
        if calls is None:
            return _by_typer(arguments)
        for call in calls:
            call()
    return 0


def _stopped(error: PartnerkitError, *, data: bool) -> int:
    """Tell of what stopped a command; of a git that a Ctrl-C ended there is nothing else to tell."""
    from partnerkit.store.git.results import GitFailed

    if not (_interrupts and isinstance(error, GitFailed)):
        _tell(error, data=data)
    return _say_interrupted() if _interrupts else error.exit_code


def _demand_text(arguments: list[str]) -> None:
    """Refuse bytes that are no text: Python passes them on as halves of characters, which nothing could write."""
    from partnerkit.errors import WrongCallError

    for argument in arguments:
        if "\0" in argument or (not argument.isascii() and any("\ud800" <= char <= "\udfff" for char in argument)):
            shown = argument.encode("utf-8", "replace").decode()
            raise WrongCallError(f"{shown[:60]!r} is not UTF-8 text", "write it as UTF-8; rename the file if it is one")


def _by_typer(arguments: list[str]) -> int:
    """As at a shell; for programs a line that cannot be parsed is an error like any other, and so is data too."""
    from partnerkit.cli.app import command

    if "--json" not in arguments:
        command()(arguments, prog_name="partnerkit")
        return 0
    from typer._click.exceptions import UsageError

    from partnerkit.errors import WrongCallError

    try:
        ended = command()(arguments, prog_name="partnerkit", standalone_mode=False)
    except UsageError as error:
        mend = f"{error.ctx.command_path} --help" if error.ctx else None
        raise WrongCallError(error.format_message(), mend) from error
    return ended if isinstance(ended, int) else 0


def _tell(error: PartnerkitError, *, data: bool = False) -> None:
    """An error for a person on stderr, or as data on stdout, as far as that can be written."""
    from partnerkit.errors import CannotSayError

    try:
        _say_failure(error, data=data)
    except CannotSayError:
        return


def _say_failure(error: PartnerkitError, *, data: bool) -> None:
    from partnerkit.cli.options import OPTIONS
    from partnerkit.errors import CannotSayError
    from partnerkit.reports import failures
    from partnerkit.reports.encode import as_json
    from partnerkit.reports.page import Page, say, show

    for note in getattr(error, "__notes__", []):  # what happened on the way, such as an interrupted command cleared up
        show(Page().add("! ", note), sys.stderr)
    findings = getattr(error, "findings", [])
    if (OPTIONS.json or data) and not isinstance(error, CannotSayError):
        try:
            say(as_json(failures.of(error)) + "\n")
        except CannotSayError:
            pass  # then at least a person reads it
        else:
            return
    show(failures.as_page(error.message, error.mend, findings), sys.stderr)


def _disk(error: OSError) -> int:
    """What the system says about a file, in a sentence: a full disk or a missing right is no fault of partnerkit."""
    from partnerkit.errors import CannotWorkError

    if os.environ.get("PARTNERKIT_DEBUG"):
        raise error
    where = f"{error.filename}: " if error.filename else ""
    _tell(CannotWorkError(f"{where}{error.strerror or error}", "see that there is room and that you may write there"))
    return _CANNOT_WORK


def _unexpected(error: Exception) -> int:
    if os.environ.get("PARTNERKIT_DEBUG"):
        raise error
    from partnerkit.reports.encode import terminal

    sys.stderr.write(
        f"partnerkit failed in a way it should not: {type(error).__name__}: {terminal(str(error))[:500]}\n"
        "This is a fault of partnerkit. Please report it; PARTNERKIT_DEBUG=1 shows where it happened.\n"
    )
    return _CANNOT_WORK
