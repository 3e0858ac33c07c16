"""Let editors know the schemas: by the names of files, in the settings of VS Code, or by a line in each record."""

from __future__ import annotations

import re
from collections.abc import Iterator

from partnerkit.dataclass import dataclass
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.json_keys import JsonKeys
from partnerkit.jobs.pieces import Piece, Standing, Written, keep
from partnerkit.jobs.schemas import FOLDER
from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.private import CONTACTS
from partnerkit.register import POLICIES_FOLDER, ROSTER_PATH, SETTINGS_PATH, Register
from partnerkit.store.git.trees import WorkingTree
from partnerkit.store.record_paths import RECORDS, folder_kind, record_id

_COMMAND = "partnerkit setup editor"
_EXTENSION = "redhat.vscode-yaml"
#: A byte-order mark, and a directive of YAML: before them stands nothing.
_NOT_BEFORE = ("\ufeff", "%")
_MODELINE = "# yaml-language-server: $schema="
_ANY_MODELINE = re.compile(r"^#\s*yaml-language-server\s*:.*", re.MULTILINE)
_OURS = re.compile(rf"{re.escape(_MODELINE)}(\.\./)*{FOLDER}({'|'.join(KINDS)})\.json")


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
        if there is None or there.startswith(_NOT_BEFORE):
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
        message = (
            f"{self.path} names a schema of its own, or begins with a byte-order mark or %, so it was left as it is"
        )
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
        JsonKeys(".vscode/extensions.json", {"recommendations": [_EXTENSION]}, _COMMAND, "unwantedRecommendations"),
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
