"""What is configured of who acts and of how commits are made: asked at once, where nothing out of the ordinary is."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

from partnerkit.dataclass import dataclass
from partnerkit.errors import CannotWorkError
from partnerkit.pattern import pattern

if TYPE_CHECKING:
    from partnerkit.store.git.repository import Git

_IDENT = pattern(r"(.*) <(.*)> \d+ [+-]\d+")
#: What the settings of signing and of hooks are called.
_OF_COMMITS = ("commit.gpgsign", "core.hookspath", "hook.")


@dataclass(frozen=True, slots=True)
class Identity:
    """Who git says is acting."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Configured:
    """What git says of itself, variables and settings, each in a line.

    Nobody can tell a line from one that stands in a value. So a setting that is found here may not be one, and is asked
    for by its name; what is not found is not set.

    Attributes:
        identity: who acts; None where that has to be asked for by itself.
        plain: whether nothing is set of signing and of hooks.
    """

    identity: Identity | None
    plain: bool

    @classmethod
    def asked(cls, git: Git) -> Configured:
        """Ask git for all of it, through one process."""
        found = git.run("var", "-l", ok=range(256))
        rows = [row.partition("=") for row in found.text.split("\n")]
        if found.code:
            return cls(None, plain=False)
        given = {name: value for name, _, value in rows} | dict(os.environ)
        idents = [_identity(value) for name, _, value in rows if name == "GIT_AUTHOR_IDENT"]
        one = idents[0] if len(idents) == 1 else None
        plain = not any(name.startswith(_OF_COMMITS) for name, _, _ in rows)
        return cls(one if one is not None and _is_given(one, given) else None, plain)


def _is_given(one: Identity, given: Mapping[str, str]) -> bool:
    """Whether somebody said it so: else git may have made it up from the names of the user and the machine."""
    return _said("name", given) == one.name and _said("email", given) == one.email


def _said(part: str, given: Mapping[str, str]) -> str | None:
    """What git goes by: of what is said in several places the first, of what is said several times the last."""
    places = (given.get(name) for name in (f"GIT_AUTHOR_{part.upper()}", f"author.{part}", f"user.{part}"))
    return next((said for said in places if said is not None), None)


def _identity(said: str) -> Identity | None:
    match = _IDENT.fullmatch(said)
    return Identity(match[1], match[2]) if match and match[1] and match[2] else None


def demand_identity(git: Git) -> Identity:
    """Return who acts, as git says it that makes nothing up.

    Raises:
        CannotWorkError: nobody is configured.
    """
    said = git.run("var", "GIT_AUTHOR_IDENT", config={"user.useConfigOnly": "true"}, ok=(0, 128))
    found = _identity(said.text) if not said.code else None
    if found is None:
        raise CannotWorkError(
            "git does not know who you are, and a record must say who acted; nothing changed",
            'git config user.name "Your Name" && git config user.email you@example.org',
        )
    return found
