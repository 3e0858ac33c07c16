"""The packs that are shipped with partnerkit: written policies as data."""

from __future__ import annotations

import functools
from importlib import resources

from partnerkit.errors import CannotWorkError, WrongCallError
from partnerkit.findings import Finding
from partnerkit.kinds.canonical import digest
from partnerkit.kinds.problems import did_you_mean
from partnerkit.register import PolicyFile
from partnerkit.store.yaml.reader import read


def names() -> list[str]:
    """The ids of the policies that are shipped."""
    folder = resources.files("partnerkit.policies") / "packs"
    return sorted(one.name.removesuffix(".yaml") for one in folder.iterdir() if one.name.endswith(".yaml"))


def text(name: str) -> str:
    """A pack as it is shipped.

    Raises:
        WrongCallError: there is none of that name.
    """
    if name not in names():
        near = did_you_mean(name, names())
        raise WrongCallError(f"no pack {name!r} is shipped{near}", f"shipped: {', '.join(names())}")
    return (resources.files("partnerkit.policies") / "packs" / f"{name}.yaml").read_text(encoding="utf-8")


@functools.cache
def load(name: str) -> PolicyFile:
    """A pack as a policy: read once, and to be looked at only.

    Raises:
        WrongCallError: there is none of that name.
    """
    from partnerkit.store.policy_reading import read_policy  # noqa: PLC0415 - not where packs are only named

    document, found = read(text(name).encode(), f"{name}.yaml")
    problems: list[Finding] = list(found)
    policy = read_policy(document, problems) if document is not None else None
    if document is None or policy is None:
        raise CannotWorkError(f"the shipped pack {name} is broken: {problems[0].line}: {problems[0].message}")
    return PolicyFile(f"{name}.yaml", document.data, policy, document.position)


def for_register(name: str) -> str:
    """A pack as a register takes it in: the same text, with a line that says where it came from."""
    source = load(name)
    shipped = text(name)
    taken = (
        f'derived-from:\n  pack: {name}\n  version: "{source.policy.pack_version}"\n  digest: "{digest(source.data)}"\n'
    )
    marker = f'pack-version: "{source.policy.pack_version}"\n'
    if marker not in shipped:
        raise CannotWorkError(f"the shipped pack {name} does not say its version as {marker.strip()}")
    return shipped.replace(marker, marker + taken, 1)
