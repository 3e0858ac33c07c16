"""What a shell asks on a plain line is answered as Typer answers it, for each shell; all else is left to Typer."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import pytest

from partnerkit.cli import main as entry
from partnerkit.cli import plain_completion
from partnerkit.cli.declared import Option
from partnerkit.cli.plain import Taken
from partnerkit.cli.table import COMMANDS
from tests.conftest import At
from tests.place import _as_at_a_shell as at_a_shell
from tests.place import environment
from tests.story import ACME

SHELLS = ("bash", "zsh", "fish", "fish asking whether")

#: What is typed day by day.
PLAIN = (
    *(
        "gates ac",
        "show ",
        "log acme objectives.",
        "advance acme de",
        "advance acme acme d",
        "add acme due",
        "approve ",
    ),
    *("show --json ac", "show acme --as-of 20", "list --where stage=pro", "list partnership --by st", "why §3.2.2/leg"),
    *(
        "gates acme declined ",
        "policy show OPS",
        "person role p-",
        "match propose formal --policy O",
        "--today x show a",
    ),
    *("check acme --format ", "import answers.csv --kind feed", "new partn", "-C . gates ac", "gates nobody de"),
)

#: What could mean something else, or what only Typer knows.
NOT_PLAIN = (
    *(
        "gates acme --js",
        "gates 'ac",
        'gates "ac',
        "gates a\\",
        "gates -- ac",
        "shwo ac",
        "policy nothing OPS",
        "show -x a",
    ),
    *(
        "show --as-of --json ac",
        "show acme --as-of=20",
        "-C ",
        "--today ",
        "gates acme --json --json ",
        "gates\tac",
        "-",
    ),
    *("new partnership Na", "policy nothing sh"),
)


def asking(shell: str, typed: str) -> dict[str, str]:
    """What a shell says of a line whose last word is completed."""
    name, *whether = shell.split()
    asked = {"_PARTNERKIT_COMPLETE": f"complete_{name}"}
    if name == "bash":
        words = f"partnerkit {typed}".split(" ")
        return asked | {"COMP_WORDS": "\n".join(words), "COMP_CWORD": str(len(words) - 1)}
    asked |= {"_TYPER_COMPLETE_FISH_ACTION": "is-args" if whether else "get-args"} if name == "fish" else {}
    return asked | {"_TYPER_COMPLETE_ARGS": f"partnerkit {typed}"}


class Both:
    """The two answers to what a shell asks: the exit code, and what is printed."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def plain(self, shell: str, typed: str, **other: str) -> tuple[int | None, str]:
        """Without Typer; no code where it is left to Typer."""
        return self._said(plain_completion.completed, asking(shell, typed) | other)

    def typers(self, shell: str, typed: str) -> tuple[int | None, str]:
        """Typer's."""

        def ask(_shell: str) -> int:
            with pytest.raises(SystemExit) as ended:
                entry._by_typer([])
            assert isinstance(ended.value.code, int)
            return ended.value.code

        return self._said(ask, asking(shell, typed))

    def _said(self, ask: Callable[[str], int | None], asked: dict[str, str]) -> tuple[int | None, str]:
        with at_a_shell(environment() | asked, self.root) as (out, err):
            code = ask(asked["_PARTNERKIT_COMPLETE"])
        assert err.getvalue() == ""
        return code, out.getvalue()


@pytest.fixture
def both(at: At) -> Both:
    root = at("proposed").root
    (root / "records/partnerships/$a`b:'c'\"d.yaml").write_text("", encoding="utf-8")
    return Both(root)


def lines(name: str, chance: random.Random) -> Iterator[str]:
    """Lines of a command, of its options and of any words."""
    named = import_module(f"partnerkit.cli.{COMMANDS[name].module}_command").app.named
    for inner, one in named.items():
        command = name if len(named) == 1 else f"{name} {inner}"
        taken = Taken(one.run)
        waiting = [option for option in taken.options if isinstance(taken.declared[taken.options[option]], Option)]
        words = (ACME, ACME, "partnership", "p-rosa", "a=b", "stage=proposed", "OPS-05-03", ".", "7", "é", *waiting)
        ends = ("", "", "a", "ac", "p", "OPS", "stage=", "stage=p", "é", "=", "-", "--", "$", "§3", *waiting)
        for count in (0, 0, 0, 1, 1, 1, 2, 2, 3):
            yield " ".join((command, *chance.choices(words, k=count), chance.choice(ends)))


@pytest.mark.parametrize("name", COMMANDS)
def test_what_is_answered_without_typer_is_what_typer_answers(both: Both, name: str) -> None:
    for line in (name[:1], f"{name} ", f"{name} s", *lines(name, random.Random(name))):  # noqa: S311 - lines, no secrets
        for shell in SHELLS:
            code, said = both.plain(shell, line)
            assert code is None or (code, said) == both.typers(shell, line), (shell, line)
            assert code is not None or not said


@pytest.mark.parametrize("shell", SHELLS)
def test_what_is_typed_day_by_day_is_answered_without_typer(both: Both, shell: str) -> None:
    for line in PLAIN:
        assert both.plain(shell, line) == both.typers(shell, line), line


@pytest.mark.parametrize("line", ["", "g", "policy ", "policy sh", "-C . g"])
def test_names_of_commands_are_answered_to_who_shows_them_alone(both: Both, line: str) -> None:
    """Beside them zsh and fish show what Typer makes of their help."""
    assert both.plain("bash", line) == both.typers("bash", line)
    assert [both.plain(shell, line)[0] for shell in SHELLS[1:]] == [None, None, None]


@pytest.mark.parametrize("line", NOT_PLAIN)
@pytest.mark.parametrize("shell", SHELLS)
def test_every_doubt_is_left_to_typer(both: Both, shell: str, line: str) -> None:
    assert both.plain(shell, line) == (None, "")


@pytest.mark.parametrize("shell", SHELLS[:3])
@pytest.mark.parametrize("name", ["a\x1b[31m", "ac\\$(touch x)", "ac`x`", 'ac"; x', "ac x", "Acme", "ac\u202e"])
def test_no_name_of_a_file_is_offered_that_is_no_id(both: Both, shell: str, name: str) -> None:
    (both.root / f"records/partnerships/{name}.yaml").write_text("", encoding="utf-8")
    for line in ("gates a", "why a"):
        said = both.plain(shell, line)
        assert said == both.typers(shell, line)
        assert name[:4] not in said[1]


WORD = "requirements: {due: {title: x}, 'due$(x)': {title: x}, 'due\\\\$(x)': {title: x}, 'due`x`': {title: x}}\n"


@pytest.mark.parametrize("shell", SHELLS[:3])
def test_no_word_of_a_policy_is_offered_that_a_shell_would_run(both: Both, shell: str) -> None:
    (both.root / "records/policies/OPS-05-03.yaml").write_text(f"policy: OPS-05-03\n{WORD}", encoding="utf-8")
    said = both.plain(shell, "why du")
    assert said == both.typers(shell, "why du")
    assert "due" in said[1]
    assert "x" not in said[1].replace("'*:", "")


HALF_WRITTEN = (
    "lifecycles: {partnership: {stages: {a: }, transitions: [{from: assessment, to: b, needs: }]}}",
    "lifecycles: {partnership: {stages: {a: }, transitions: [{from: assessment, to: b, needs: [a]}]}}\nrequirements: [a]",
    "lifecycles: {partnership: {transitions: [{from: assessment, to: b, needs: [a]}]}}\nrequirements: {a: {any-of: 5}}",
    *(
        "lifecycles: {partnership: 5}",
        "lifecycles: {partnership: {stages: 5}}",
        "lifecycles: {partnership: {stages: [1]}}",
    ),
    *('clauses: {"§1": {points: }}', "lifecycles: [", "- x", "5"),
)


@pytest.mark.parametrize("half", HALF_WRITTEN)
def test_what_is_half_written_completes_nothing_and_says_nothing(both: Both, half: str) -> None:
    text = half if half[0] in "-5" else f"policy: OPS-05-03\n{half}\n"
    (both.root / "records/policies/OPS-05-03.yaml").write_text(text, encoding="utf-8")
    for line in (
        "add acme ",
        "approve acme z",
        "waive acme z",
        "why z",
        "why §",
        "advance acme --to x",
        "policy migrate --",
    ):
        for shell in SHELLS[:3]:
            code, said = both.plain(shell, line)
            assert code in {None, 0}
            if code == 0:
                assert (code, said) == both.typers(shell, line)


def test_what_is_no_file_is_not_read(both: Both) -> None:
    policies = both.root / "records/policies"
    os.mkfifo(policies / "pipe.yaml")
    (policies / "folder.yaml").mkdir()
    (policies / "dangling.yaml").symlink_to("nowhere")
    os.mkfifo(both.root / "records/partnerships/piped.yaml")
    for line in ("advance acme de", "log piped ", "show piped --as-of ", "why OPS"):
        assert both.plain("bash", line) == both.typers("bash", line)


@pytest.mark.parametrize("asked", [{"COMP_CWORD": "x"}, {"COMP_CWORD": ""}, {"COMP_CWORD": "-1"}])
def test_what_no_shell_asks_completes_nothing(both: Both, asked: dict[str, str]) -> None:
    assert both.plain("bash", "gates ac", **asked) == (0, "")


@pytest.mark.parametrize("asked", ["complete_pwsh", "source_bash", "bash", "complete_"])
def test_what_no_shell_of_these_asks_is_left_to_typer(both: Both, asked: str) -> None:
    assert both.plain("bash", "gates ac", _PARTNERKIT_COMPLETE=asked) == (None, "")


def test_the_cursor_may_stand_before_other_words(both: Both) -> None:
    assert both.plain("bash", "gates ac declined", COMP_CWORD="2") == (0, "acme\n")
