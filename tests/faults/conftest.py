"""The repositories these tests work on."""

from __future__ import annotations

from tests.store.repos import calm_git, empty, repo

__all__ = ["calm_git", "empty", "repo"]
