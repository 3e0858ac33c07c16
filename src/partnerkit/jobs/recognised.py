"""How people of the roster are recognised: the addresses of their commits, and the keys with which they sign."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from partnerkit.dataclass import dataclass, field
from partnerkit.errors import WrongCallError
from partnerkit.kinds.roster import address, same_address
from partnerkit.kinds.ssh import KEY_TYPES, fingerprint, public_key
from partnerkit.register import Register
from partnerkit.rules.commands import line
from partnerkit.store.disk.given import given

_FILE = "name the file of the public half, such as ~/.ssh/id_ed25519.pub"


@dataclass(frozen=True, slots=True)
class KnownBy:
    """By what somebody is recognised: addresses, and public keys."""

    emails: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)

    @classmethod
    def given(cls, person: str, emails: Iterable[str], keys: Iterable[str]) -> KnownBy:
        """As it was given: a key as it is or as a file, without its comment, which often names a machine.

        Raises:
            WrongCallError: an address or a key is none, or a file cannot be read.
        """
        return cls([_address(person, one) for one in emails], [_key(one) for one in keys])

    def demand_free(self, register: Register, person: str) -> None:
        """Whether all of it is nobody else's.

        Raises:
            WrongCallError: something is, or an address is a shared mailbox.
        """
        for email in self.emails:
            if register.roster.is_shared(email):
                message = f"{email} is a shared mailbox: it is nobody in particular"
                raise WrongCallError(message, "give an address of their own")
            for other in register.roster.people_of(email):
                if other != person:
                    raise WrongCallError(f"{email} is the address of {other} already")
        for key in self.keys:
            for other in register.roster.signers(key):
                if other != person:
                    message = f"the key {fingerprint(key)} is that of {other} already: nobody could say who signs"
                    raise WrongCallError(message, line("person", "show", other))


def _address(person: str, word: str) -> str:
    try:
        return address(word.strip())
    except ValueError as error:
        raise WrongCallError(str(error), line("person", "add", person, "--email", "<email>")) from error


def _key(word: str) -> str:
    text = word.strip()
    if not text.startswith(KEY_TYPES):
        text = given(word).decode("utf-8", "replace").strip()
    try:
        return public_key(text)
    except ValueError as error:
        what = "it is the private half, which nobody else may have" if "PRIVATE KEY" in text else str(error)
        raise WrongCallError(f"{word[:80]}: {what}", _FILE) from error


def taken_in(data: dict[str, Any], known_by: KnownBy) -> list[str]:
    """Add what is new to somebody as people.yaml has them: what it was, in words."""
    done: list[str] = []
    for group, what, new in (("emails", "the address", known_by.emails), ("keys", "the key", known_by.keys)):
        held = data.get(group) or []
        fresh = [one for one in dict.fromkeys(new) if not any(_same(known, one) for known in held)]
        if fresh:
            data[group] = [*held, *fresh]
            done += [f"{what} {_short(one)}" for one in fresh]
    return done


def taken_out(person: str, data: dict[str, Any], word: str) -> str:
    """Take an address, or a key that is named as it is or by its fingerprint, out: which one it was, in words.

    Raises:
        WrongCallError: they have none such.
    """
    for group, what in (("emails", "the address"), ("keys", "the key")):
        for one in data.get(group) or []:
            if _same(one, word) or _short(one) == word:
                data[group] = [other for other in data[group] if other != one]
                return f"{what} {_short(one)}"
    raise WrongCallError(f"{person} has no address and no key {word[:80]!r}", line("person", "show", person))


def _short(one: str) -> str:
    return fingerprint(public_key(one)) if one.startswith(KEY_TYPES) else one


def _same(one: str, other: str) -> bool:
    if one.startswith(KEY_TYPES):
        return one.split()[:2] == other.split()[:2]
    return same_address(one, other)
