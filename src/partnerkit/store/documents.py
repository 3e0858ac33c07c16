"""The templates of documents: those that are shipped, and those that a register has in their place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from partnerkit.documents.catalogue import DOCUMENTS
from partnerkit.findings import Finding
from partnerkit.kinds.problems import did_you_mean
from partnerkit.policies.policy import Policy
from partnerkit.register import Register
from partnerkit.rules.commands import moved
from partnerkit.store.record_paths import TEMPLATES

#: What documents for word processors are written upon.
LETTERHEAD = f"{TEMPLATES}letterhead.docx"

_KEPT = "/.gitkeep"


def shipped(what: str) -> str:
    """The template of a document as it is shipped."""
    from importlib import resources  # noqa: PLC0415 - dear to import, and few commands make a document

    return (resources.files("partnerkit.documents") / "templates" / f"{what}.md").read_text(encoding="utf-8")


def templates_for(policy: str, what: str) -> list[str]:
    """Where a register may keep the template of a document under a policy: the first that is there is used."""
    return [f"{TEMPLATES}{policy}/{what}.md", f"{TEMPLATES}{what}.md"]


def template_of(register: Register, policy: str, what: str) -> tuple[str, str | None]:
    """The template of a document under a policy, and the file of the register that holds it; None where it is ours.

    The one of the policy goes before the one of the register, and that before the one that is shipped.
    """
    for path in templates_for(policy, what):
        raw = register.reads(path)
        if raw is not None:
            return raw.decode("utf-8", "replace"), path
    return shipped(what), None


def document_of(path: str) -> str | None:
    """The document of which a file is the template; None where it is of none."""
    name = path.rpartition("/")[2]
    what = name.removesuffix(".md")
    return what if name.endswith(".md") and what in DOCUMENTS else None


def policies_of(register: Register, path: str) -> list[Policy]:
    """The policies whose records a template is for: that of its folder, or all."""
    folder = path.removeprefix(TEMPLATES).rpartition("/")[0]
    found = [register.policies[folder]] if folder in register.policies else register.policies.values()
    return [one.policy for one in found]


def templates_in(files: Iterable[str]) -> list[str]:
    """Of the files of records/ those that stand where templates do."""
    return [path for path in files if path.startswith(TEMPLATES) and path != LETTERHEAD and not path.endswith(_KEPT)]


def astray(register: Register, paths: Iterable[str]) -> Iterator[Finding]:
    """The files where templates stand that are the template of nothing."""
    for path in paths:
        folder, _, name = path.removeprefix(TEMPLATES).rpartition("/")
        if document_of(path) is None:
            near = did_you_mean(name.removesuffix(".md"), DOCUMENTS)
            message = f"{path} names no document, so nothing is ever made of it{near}"
            mend = f"name it after one: {', '.join(f'{what}.md' for what in DOCUMENTS)}; or take it out of {TEMPLATES}"
            yield Finding("template-of-nothing", message, file=path, line=1, mend=mend)
        elif folder and folder not in register.policies:
            near = did_you_mean(folder, register.policies)
            message = f"{path} is for a policy that the register does not have, so it is never used{near}"
            mend = f"{moved(path, TEMPLATES + name)} makes it that of all policies"
            yield Finding("template-of-nothing", message, file=path, line=1, mend=mend)
