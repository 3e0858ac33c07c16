"""What a record says is never a line to paste: not in a key, a value, an id or a file's name."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator

import pytest

from partnerkit.reports.mends import in_markdown, parts
from tests.conftest import At
from tests.place import Place

ACME = "records/partnerships/acme.yaml"

#: What somebody would have others paste: behind every sign and word that leads to a line of ours.
EVIL = (
    "zz; rm -rf evil",
    "zz, or git push --force evil HEAD:main",
    "zz: partnerkit undo evil --void --reason fix",
    "`rm evil`",
    "zz'; git push evil; 'zz",
    'zz"; git push evil; "zz',
    "(git push evil)",
)


def _key(place: Place, text: str) -> None:
    said = text.replace("\\", "\\\\").replace('"', '\\"')
    place.edit("acme", "name:", f'"{said}": 1\nname:')


def _value_of(field: str) -> Callable[[Place, str], None]:
    def typed(place: Place, text: str) -> None:
        said = text.replace("\\", "\\\\").replace('"', '\\"')
        row = next(row for row in place.text("acme").splitlines() if row.startswith(f"{field}:"))
        place.edit("acme", row, f'{field}: "{said}"')

    return typed


def _file(place: Place, text: str) -> None:
    (place.root / "records/partnerships" / f"{text}.yaml").write_text("format: 1\n", encoding="utf-8")


def _statement(place: Place, text: str) -> None:
    said = text.replace("\\", "\\\\").replace('"', '\\"')
    row = next(
        row for row in place.text("acme").splitlines() if row.lstrip().startswith(("requirement:", "- requirement:"))
    )
    place.edit("acme", row, f'{row.partition("requirement:")[0]}requirement: "{said}"')


PLACES: dict[str, Callable[[Place, str], None]] = {
    "a key": _key,
    **{f"the {field}": _value_of(field) for field in ("kind", "id", "policy", "stage", "type", "proposer", "name")},
    "a requirement": _statement,
    "a file's name": _file,
}


def _pasted(mend: str) -> Iterator[list[str]]:
    """The words, as a shell takes them, of every line that a reader of the mend is shown as one."""
    shown: list[str] = []
    in_markdown(mend, str, lambda text: shown.append(text) or text)
    for text in [*shown, *(part.text for part in parts(mend) if part.command)]:
        yield shlex.split(text)


@pytest.mark.parametrize("where", PLACES)
def test_no_line_is_forged(at: At, where: str) -> None:
    place = at("assessment")
    before = place.snapshot()
    found = 0
    for text in EVIL:
        PLACES[where](place, text)
        for one in place.findings():
            found += 1
            for words in _pasted(one["mend"] or ""):
                assert "evil" not in words, (one["code"], one["mend"])
                assert "evil;" not in words, (one["code"], one["mend"])
        place.git("checkout", "-q", ".")
        place.git("clean", "-qfd", "records")
    assert found >= len(EVIL) or where == "the name", "a name may say what it likes"
    assert place.snapshot() == before
