"""Where rule files that can be read contradict each other or themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from partnerkit.findings import Finding
from partnerkit.kinds.roster import Roster
from partnerkit.kinds.settings import Settings
from partnerkit.kinds.ssh import fingerprint, public_key
from partnerkit.register import ROSTER_PATH, SETTINGS_PATH
from partnerkit.store.yaml.nodes import Document


def policies_there(
    settings: Settings, policies: Mapping[str, Any], document: Document
) -> Iterator[tuple[Finding, str]]:
    """The places that name a policy which nobody could read, each with its name."""
    named = [("allowed", index, name) for index, name in enumerate(settings.policies.allowed)]
    default = [("default", kind, name) for kind, name in settings.policies.default.items()]
    places: list[tuple[str, str | int, str]] = [*named, *default]
    for group, key, name in places:
        if name not in policies:
            line, column = document.position(("policies", group, key))
            message, part = f"policies.{group} names {name}", f"policies.{group}.{name if group == 'allowed' else key}"
            yield Finding("policy-unknown", message, "error", SETTINGS_PATH, line, column, part=part), name


def addresses_clear(roster: Roster, document: Document) -> Iterator[Finding]:
    """An address stands for one person: else nobody could say who acted."""
    for person, one in roster.people.items():
        for index, address in enumerate(one.emails):
            others = [other for other in roster.people_of(address) if other != person]
            shared = roster.is_shared(address)
            if others or shared:
                line, column = document.position(("people", person, "emails", index))
                whose = "a shared mailbox" if shared else f"the address of {' and '.join(others)} too"
                message = f"{address}, the address of {person}, is {whose}: nobody could say who acts"
                mend = "take it out at all but one of them"
                yield Finding("address-unclear", message, "error", ROSTER_PATH, line, column, mend=mend, part=person)


def keys_clear(roster: Roster, document: Document) -> Iterator[Finding]:
    """A key stands for one person: else nobody could say who signed."""
    for person, one in roster.people.items():
        for index, key in enumerate(one.keys):
            others = [other for other in roster.signers(public_key(key)) if other != person]
            if others:
                line, column = document.position(("people", person, "keys", index))
                short = fingerprint(public_key(key))
                message = (
                    f"the key {short} of {person} is that of {' and '.join(others)} too: nobody could say who signs"
                )
                mend = "take it out at all but one of them"
                yield Finding("key-unclear", message, "error", ROSTER_PATH, line, column, mend=mend, part=person)
