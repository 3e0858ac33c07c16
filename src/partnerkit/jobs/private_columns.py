"""What a sheet says of people and the register never holds: names, addresses, telephone numbers.

The one place to which an import hands it. Nothing keeps it yet: it is left out, and that is said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from partnerkit.register import Register

#: Columns that say by what address somebody is known.
_ADDRESSES = ("email", "mail", "e-mail")


def recognised(register: Register, private: Mapping[str, str]) -> str | None:
    """The id of the person whom the private cells of a row mean, where somebody of theirs is known already.

    Args:
        register: whose roster knows role holders by their addresses.
        private: what the row says, by what it is: name, email …
    """
    address = address_of(private)
    return register.roster.person(address) if address else None


def address_of(private: Mapping[str, str]) -> str | None:
    """The address by which two rows are of the same person."""
    found = next((private[name] for name in _ADDRESSES if name in private), None)
    return found.strip().casefold() if found and "@" in found else None


def keep_private(people: Mapping[str, Mapping[str, str]], columns: Sequence[str], *, dry_run: bool) -> list[str]:
    """Keep what a sheet says of people, outside the register's history.

    Args:
        people: what each says, by the person's id.
        columns: the columns of the sheet from which it came.
        dry_run: whether nothing may be written.

    Returns:
        what the person who runs it should know of it.
    """
    del dry_run
    if not people or not columns:
        return []
    words = f"{', '.join(columns)}: private, and left out; the register has no place that keeps it"
    return [f"{words}. Keep the sheet outside the register, with the ids of this import beside the names"]
