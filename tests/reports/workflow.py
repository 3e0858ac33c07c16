"""What a GitHub runner makes of the lines of a log: read as its source reads them, and written without ours."""

from __future__ import annotations

import re
from typing import NamedTuple

#: The commands that a runner knows; all other lines are shown as they are.
KNOWN = {
    "error",
    "warning",
    "notice",
    "debug",
    "group",
    "endgroup",
    "add-mask",
    "add-matcher",
    "remove-matcher",
    "echo",
}
KNOWN |= {"set-output", "save-state", "set-env", "add-path", "stop-commands"}


class Command(NamedTuple):
    """A command that the runner obeys."""

    name: str
    properties: dict[str, str]
    data: str


def obeyed(log: str) -> list[Command]:
    """The commands in a log; a line ends wherever .NET thinks that one ends."""
    lines = re.split(r"\r\n|\r|\n", log)
    return [command for line in lines for command in [_new(line) or _old(line)] if command is not None]


def _new(line: str) -> Command | None:
    """`::name key=value,key=value::data`, after any white space."""
    line = line.lstrip()
    if not line.startswith("::"):
        return None
    head, parted, data = line[2:].partition("::")
    return _command(head, ",", data, {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ",", "%25": "%"}) if parted else None


def _old(line: str) -> Command | None:
    """`##[name key=value;key=value]data`, anywhere in a line."""
    _before, begun, after = line.partition("##[")
    head, parted, data = after.partition("]")
    return _command(head, ";", data, {"%3B": ";", "%0D": "\r", "%0A": "\n", "%5D": "]"}) if begun and parted else None


def _command(head: str, between: str, data: str, escapes: dict[str, str]) -> Command | None:
    name, _space, rest = head.partition(" ")
    if name not in KNOWN:
        return None
    pairs = (one.partition("=") for one in rest.strip().split(between) if one)
    properties = {key: _unescaped(value, escapes) for key, _equal, value in pairs if value}
    data_escapes = {"%0D": "\r", "%0A": "\n", "%25": "%"}
    return Command(name, properties, _unescaped(data, data_escapes))


def _unescaped(text: str, escapes: dict[str, str]) -> str:
    for written, meant in escapes.items():
        text = text.replace(written, meant)
    return text
