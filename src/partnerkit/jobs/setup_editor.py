"""Let editors know the schemas: by the names of files, in the settings of VS Code, or by a line in each record."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from partnerkit.jobs.desk import Desk
from partnerkit.jobs.pieces import Piece, Standing, Written, keep
from partnerkit.jobs.schemas import FOLDER
from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.private import CONTACTS
from partnerkit.register import POLICIES_FOLDER, ROSTER_PATH, SETTINGS_PATH, Register
from partnerkit.store.git.trees import WorkingTree
from partnerkit.store.records import RECORDS, folder_kind, record_id

_COMMAND = "partnerkit setup editor"
_EXTENSION = "redhat.vscode-yaml"
_MODELINE = "# yaml-language-server: $schema="
_ANY_MODELINE = re.compile(r"^#\s*yaml-language-server\s*:.*", re.MULTILINE)
_OURS = re.compile(rf"{re.escape(_MODELINE)}(\.\./)*{FOLDER}({'|'.join(KINDS)})\.json")
#: A text in quotation marks, or a comment, of JSON as VS Code has it.
_TEXT_OR_COMMENT = re.compile(r'("(?:\\.|[^"\\])*")|//[^\n]*|/\*.*?\*/', re.DOTALL)
_TEXT_OR_COMMA = re.compile(r'("(?:\\.|[^"\\])*")|,(?=\s*[}\]])')


@dataclass(frozen=True, slots=True)
class JsonKeys:
    """Keys that a JSON file of a person's must have; everything else in it stays.

    Attributes:
        path: the file.
        wanted: the keys with their values; blocks and lists are added to those that are there.
        command: the command that writes it.
    """

    path: str
    wanted: dict[str, Any]
    command: str

    def standing(self, there: str | None) -> Standing:
        """What a file that says this holds of it; None where there is no file."""
        if there is None:
            return "absent"
        found = _read(_without_comments(there))
        if not isinstance(found, dict):
            return "changed"
        if _merged(found, self.wanted) == found:
            return "same"
        return "older" if _read(there) == found else "changed"

    def put_into(self, there: str | None) -> str:
        """The file with it; laid out anew, by its own indentation."""
        indent = re.search(r"\n([ \t]+)\S", there or "")
        known = _read(there) if there is not None else {}
        return json.dumps(_merged(known, self.wanted), indent=indent[1] if indent else 2, ensure_ascii=False) + "\n"

    def theirs(self) -> tuple[str, str]:
        """What is to be said, and done, where it cannot be written without losing something."""
        message = f"{self.path} holds comments (or is no JSON), which would be lost, so it was left as it is"
        return message, f"add to it: {json.dumps(self.wanted, ensure_ascii=False)[1:-1]}"


@dataclass(frozen=True, slots=True)
class Modeline:
    """The first line of a record, which names its schema to any editor with yaml-language-server.

    Attributes:
        path: the record's file.
        command: the command that writes it.
    """

    path: str
    command: str

    def standing(self, there: str | None) -> Standing:
        """What a file that says this holds of it; None where there is no file."""
        if there is None or there.startswith("\ufeff"):
            return "changed"
        first = there.partition("\n")[0]
        named = _ANY_MODELINE.findall(there)
        if named == [first]:
            return "same" if first == self._line else "older" if _OURS.fullmatch(first) else "changed"
        return "changed" if named else "older"

    def put_into(self, there: str | None) -> str:
        """The file with it as its first line, instead of an older one."""
        first, _, rest = (there or "").partition("\n")
        return f"{self._line}\n{rest if first.startswith(_MODELINE) else there}"

    def theirs(self) -> tuple[str, str]:
        """What is to be said, and done, where a person names a schema, or nothing may stand before the first line."""
        message = f"{self.path} names a schema of its own (or begins with a byte-order mark), so it was left as it is"
        return message, f"to have partnerkit's: take that away, then {self.command}"

    @property
    def _line(self) -> str:
        return f"{_MODELINE}{'../' * self.path.count('/')}{FOLDER}{folder_kind(self.path)}.json"


def editor(desk: Desk, *, modeline: bool, check: bool) -> Written:
    """Write what tells editors which schema is for which file.

    Args:
        desk: where and when.
        modeline: whether every record is to say it in its first line, too, for editors without such settings.
        check: whether to write nothing.

    Raises:
        CannotWorkError: there is no register here.
    """
    register = desk.working_tree().demand()
    settings = {"yaml.schemas": dict(_globs(register))}
    pieces: list[Piece] = [
        JsonKeys(".vscode/settings.json", settings, _COMMAND),
        JsonKeys(".vscode/extensions.json", {"recommendations": [_EXTENSION]}, _COMMAND),
    ]
    if modeline:
        paths = sorted(path for path in WorkingTree(desk.git).files(RECORDS) if record_id(path))
        pieces += [Modeline(path, f"{_COMMAND} --modeline") for path in paths]
    return keep(desk, pieces, check=check)


def _globs(register: Register) -> Iterator[tuple[str, str]]:
    yield f"{FOLDER}register.json", SETTINGS_PATH
    yield f"{FOLDER}people.json", ROSTER_PATH
    yield f"{FOLDER}policy.json", f"{POLICIES_FOLDER}*.yaml"
    for kind, model in KINDS.items():
        if any(kind in one.policy.lifecycles for one in register.policies.values()):
            yield f"{FOLDER}{kind}.json", f"{RECORDS}{model.folder}/**/*.yaml"
    private = register.settings.private
    if private is not None and not private.startswith(("/", "~", "..")):
        yield f"{FOLDER}contacts.json", f"{private}/{CONTACTS}"


def _merged(old: Any, wanted: Any) -> Any:
    """What is there with what is wanted: whatever was there stays, beside what is added."""
    if isinstance(old, dict) and isinstance(wanted, dict):
        return {**old, **{key: _merged(old[key], value) if key in old else value for key, value in wanted.items()}}
    if isinstance(old, list):
        return [*old, *(one for one in (wanted if isinstance(wanted, list) else [wanted]) if one not in old)]
    return wanted if old == wanted else [old, wanted]


def _without_comments(text: str) -> str:
    bare = _TEXT_OR_COMMENT.sub(lambda one: one[1] or " ", text)
    return _TEXT_OR_COMMA.sub(lambda one: one[1] or "", bare)


def _read(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None
