"""How a dossier is checked without partnerkit: commands of git, and what each of them must print."""

from __future__ import annotations

from typing import Any

from partnerkit.kinds.parts import moment_text
from partnerkit.rules.commands import quoted
from partnerkit.rules.dossier import Dossier, Held, attached


def checks(found: Dossier) -> list[dict[str, Any]]:
    """Each with what it shows, the command, and the first word of what that prints."""
    files = [one.held for one in found.sections]
    evidence = [Held(path, found.commit, found.landed, digest) for path, digest in sorted(attached(found).items())]
    landed = {one.commit: one for section in found.sections for one in section.versions}
    return [
        _row(
            "the commit up to which this goes is in the clone", f"git rev-parse --verify {found.commit}^0", found.commit
        ),
        *(_file("the record as it stands", one) for one in files if one.digest),
        *(_file("evidence", one) for one in evidence),
        *(_file("the rules in force", one) for one in found.rules if one.digest),
        *(_moment(one) for one in sorted(landed.values(), key=lambda one: (one.at, one.commit))),
        *(
            _file("the record as that commit left it", one)
            for section in found.sections
            for one in section.versions
            if one.digest
        ),
    ]


def _file(what: str, one: Held) -> dict[str, Any]:
    command = f"git cat-file -p {quoted(f'{one.commit}:{one.path}')} | sha256sum"
    return _row(f"{what}: {one.path}", command, (one.digest or "").removeprefix("sha256:"))


def _moment(one: Held) -> dict[str, Any]:
    shown = "git show --no-patch --no-show-signature --date=format-local:%Y-%m-%dT%H:%M:%SZ --format=%cd"
    return _row("when that commit landed", f"TZ=UTC0 {shown} {one.commit}", moment_text(one.at))


def _row(what: str, command: str, prints: str) -> dict[str, Any]:
    return {"what": what, "command": command, "prints": prints}
