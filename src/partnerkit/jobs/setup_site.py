"""The job of a forge that builds the site: only where it is asked for, and where its readers are those of the level."""

from __future__ import annotations

import re
from typing import Literal, get_args

from partnerkit.errors import WrongCallError
from partnerkit.store.templates import template

#: The strictest classification that a site holds: what is public goes to everybody, what is internal to nobody else
#: than who may read the repository.
Level = Literal["public", "internal"]
#: No site, and no longer one.
NONE = "none"

#: The file in which a forge has it: one of its own, or that of all jobs.
_WHERE = {"github": ".github/workflows/partnerkit-site.yml", "gitlab": ".gitlab/partnerkit.yml"}
#: What its first line says of it.
_SAID = re.compile(r"# partnerkit: .* --site (public|internal) wrote this ")

_TOLD = {
    "github-public": (
        "the site of what is classified public goes to GitHub Pages: everybody reads it, also where this is private",
        "only GitHub Enterprise Cloud keeps Pages from others; switch Pages on: Settings, Pages, source GitHub Actions",
    ),
    "github-internal": (
        "the site of what is classified internal is an artifact, kept a week: who reads the repository can download it",
        "where that is everybody, its records are open to everybody anyway; nothing goes to Pages",
    ),
    "gitlab-public": (
        "the site of what is classified public goes to GitLab Pages: everybody reads it, also where this is private",
        "Settings, General, Visibility can keep Pages to the project's members, where GitLab offers that",
        "a pipeline schedule builds it each morning",
    ),
    "gitlab-internal": (
        "the site of what is classified internal is an artifact, kept a week: who reads the pipelines can download it",
        "nothing goes to Pages; a pipeline schedule builds it each morning",
    ),
}
_STAYS = {
    "github": "what was published before stays on Pages until it is taken down there: Settings, Pages, Unpublish site",
    "gitlab": "what was published before stays on Pages until it is taken down there: Deploy, Pages, Remove",
}


def where(forge: str) -> str:
    """The file in which a forge has the job."""
    return _WHERE[forge]


def asked(word: str | None, first: str) -> Level | None:
    """The level of the site: as asked for, else as the first line of the file says already.

    Raises:
        WrongCallError: no job builds a site of that.
    """
    if word is None:
        return _said(first)
    found = next((one for one in get_args(Level) if one == word), None)
    if found is None and word != NONE:
        message = (
            f"no job builds a site for {word!r} readers: whoever may read the repository, or everybody, would be one"
        )
        raise WrongCallError(message, "--site public, --site internal, or --site none for no site")
    return found


def job(forge: str, level: Level) -> str:
    """The text of the job."""
    return template(f"site/{forge}-{level}.yml")


def notes(forge: str, level: Level | None, first: str) -> tuple[str, ...]:
    """What is to be known of it: who reads it, and what stays of one that was there (its first line)."""
    told = _TOLD[f"{forge}-{level}"] if level is not None else ()
    return told if level == "public" or _said(first) != "public" else (*told, _STAYS[forge])


def _said(first: str) -> Level | None:
    found = _SAID.match(first)
    if found is None:
        return None
    return "public" if found[1] == "public" else "internal"
