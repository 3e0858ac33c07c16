"""The environment our git processes see: git's own variables scrubbed, because hooks inherit GIT_DIR and friends."""

from __future__ import annotations

import os
from collections.abc import Mapping

KEPT = ("GIT_AUTHOR_", "GIT_COMMITTER_")
KEPT_EXACTLY = frozenset({"GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM"})
#: While a push is being received, what it brings lies apart; only with these can a hook see it.
QUARANTINE = frozenset({"GIT_QUARANTINE_PATH", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES"})
NETWORK = (
    "GIT_SSH",
    "GIT_SSL_",
    "GIT_ASKPASS",
    "GIT_TERMINAL_PROMPT",
    "GIT_PROXY_",
    "GIT_HTTP_",
    "GIT_ALLOW_PROTOCOL",
    "GIT_PROTOCOL_FROM_USER",
)

PLUMBING: Mapping[str, str] = {
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_LITERAL_PATHSPECS": "1",
    # What git keeps beside its commits, to be quick, it believes more than the commits.
    "GIT_CONFIG_COUNT": "1",
    "GIT_CONFIG_KEY_0": "core.commitGraph",
    "GIT_CONFIG_VALUE_0": "false",
    "LC_ALL": "C",
    "LANGUAGE": "C",
}

_taken: dict[str, str] = {}


def scrub() -> None:
    """Take git's variables out of this process, except who the author and committer are and where config lies.

    In a hook of a repository that receives a push, where its objects lie stays too. GitPython gives a child
    `os.environ` plus additions and cannot take anything away, so it has to happen here, once. GIT_PYTHON_* goes too:
    which git runs is decided by PATH.
    """
    kept = KEPT_EXACTLY | (QUARANTINE if "GIT_QUARANTINE_PATH" in os.environ else frozenset())
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        if not name.startswith(KEPT) and name not in kept:
            _taken[name] = os.environ.pop(name)


def for_network() -> dict[str, str]:
    """Give back the user's variables that say how to reach a remote (GIT_SSH_COMMAND and the like)."""
    return {name: value for name, value in _taken.items() if name.startswith(NETWORK)}


def for_hooks() -> dict[str, str]:
    """Build what a hook should see: the user's own language and network settings, none of our plumbing switches.

    An empty value means «not set» to every locale function, and GitPython can only add variables.
    """
    language = {name: os.environ.get(name, "") for name in ("LC_ALL", "LANGUAGE")}
    return {**language, **for_network()}
