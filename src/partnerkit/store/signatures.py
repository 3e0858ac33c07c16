"""SSH signatures of statements and commits: verified once each, several at a time, and only where one is one at all.

What a record or a commit says is taken apart before any program sees it (kinds/ssh.py).
"""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from partnerkit.kinds.canonical import canonical
from partnerkit.kinds.ssh import APPROVAL, COMMIT, Signed, parts
from partnerkit.kinds.statements import core
from partnerkit.steps import Commit


def of_statement(statement: dict[str, Any]) -> Signed:
    """Verify the signature of a statement as written, over what it says."""
    return verified(what_is_said(statement), APPROVAL, str(statement.get("signature", "")))


def of_commit(commit: Commit) -> Signed | None:
    """Verify the SSH signature of a commit; None where it has none, or one of another sort (OpenPGP, X.509)."""
    if commit.signature is None or not commit.signature.startswith(b"-----BEGIN SSH "):
        return None
    return verified(commit.signed, COMMIT, commit.signature.decode("utf-8", "replace"))


def look_ahead(statements: Iterable[dict[str, Any]] = (), commits: Iterable[Commit] = ()) -> None:
    """Verify the signatures of what will be asked for soon, several at a time; those without one cost nothing."""
    asked: list[Callable[[], object]] = [partial(of_statement, one) for one in statements if "signature" in one]
    asked += [partial(of_commit, one) for one in commits if one.signature is not None]
    if len(asked) > 1:
        from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - only where there are signatures

        with ThreadPoolExecutor(min(len(asked), os.cpu_count() or 1)) as pool:
            list(pool.map(lambda ask: ask(), asked))


def verified(data: bytes, namespace: str, signature: str) -> Signed:
    """Verify a signature, in its armour, over bytes; what was verified once is not verified again.

    Args:
        data: what should be signed.
        namespace: for what use it should have been made.
        signature: the signature, as text that anybody may have written.
    """
    try:
        found = parts(signature)
    except ValueError as problem:
        return Signed(wrong=str(problem))
    if found.namespace != namespace:
        return Signed(wrong=f"it was made for {found.namespace!r}, not for {namespace!r}")
    return _asked(data, namespace, signature.strip("\n") + "\n", found.key)


def what_is_said(statement: dict[str, Any]) -> bytes:
    """What the signature of a statement is over: its canonical form, without what is added later."""
    return canonical(core(statement)).encode()


@functools.lru_cache(maxsize=10_000)
def _asked(data: bytes, namespace: str, signature: str, key: str) -> Signed:
    from partnerkit.store.openssh import verify  # noqa: PLC0415 - only where there are signatures

    return verify(data, namespace, signature, key)
