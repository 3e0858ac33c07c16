"""The rule files of a tree (settings, roster, policies) as typed values, with what is wrong with them."""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from partnerkit.findings import Finding, has_errors, part_of
from partnerkit.kinds.canonical import digest
from partnerkit.kinds.roster import Roster
from partnerkit.kinds.settings import Settings
from partnerkit.kinds.ssh import fingerprint, public_key
from partnerkit.policies import consistency
from partnerkit.policies.policy import Policy
from partnerkit.register import POLICIES_FOLDER, ROSTER_PATH, SETTINGS_PATH, PolicyFile
from partnerkit.rules.refused import Refused
from partnerkit.store.git.trees import Tree
from partnerkit.store.layout import is_rule
from partnerkit.store.records import RECORDS, demand_format, schema_findings
from partnerkit.store.yaml.nodes import Document
from partnerkit.store.yaml.reader import read

ModelT = TypeVar("ModelT", bound=BaseModel)


@dataclass
class RuleFiles:
    """What says what is legal in a tree, as far as it could be read.

    Attributes:
        settings: register.yaml; None where it could not be read.
        roster: people.yaml; None where it could not be read.
        policies: the policies that could be read, by id.
        findings: what is wrong with the files.
        absent: files that every register has, and this tree lacks.
        documents: the files as they were read, by path.
        raw: the bytes of the files, by path.
    """

    settings: Settings | None = None
    roster: Roster | None = None
    policies: dict[str, PolicyFile] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    documents: dict[str, Document] = field(default_factory=dict)
    raw: dict[str, bytes] = field(default_factory=dict)

    @property
    def whole(self) -> bool:
        """Whether everything could be read."""
        return self.roster is not None and not self.absent and not has_errors(self.findings)

    @functools.cached_property
    def digests(self) -> dict[str, str]:
        """What each file says, as a digest, by path."""
        return {path: _digest(path, self.raw[path]) for path in self.documents}

    @property
    def trust_root(self) -> str:
        """The digest of all of it: that of the rules with which a register began is where trust begins."""
        parsed = {path: document.data for path, document in self.documents.items()}
        policies = {name: source.data for name, source in self.policies.items()}
        return digest({"settings": parsed.get(SETTINGS_PATH), "roster": parsed.get(ROSTER_PATH), "policies": policies})

    def disagreements(self, bringing: Callable[[str], str]) -> Iterator[Finding]:
        """Where files that could be read contradict each other.

        Args:
            bringing: what brings the file of a policy that is not there, by its path.
        """
        if self.settings is not None:
            named, wrong = self.documents[SETTINGS_PATH], {one.file for one in self.findings}
            for found, name in _policies_there(self.settings, self.policies, named):
                path = f"{POLICIES_FOLDER}{name}.yaml"
                if path in wrong:
                    message, mend = f"and {path} is none", f"mend {path}: what is wrong there is told"
                else:
                    message, mend = f"and there is no {path}", bringing(path)
                yield replace(found, message=f"{found.message}, {message}", mend=mend)
        if self.roster is not None:
            yield from _addresses_clear(self.roster, self.documents[ROSTER_PATH])
            yield from _keys_clear(self.roster, self.documents[ROSTER_PATH])


def read_rules(files: Collection[str], fetch: Callable[[Iterable[str]], dict[str, bytes]]) -> RuleFiles:
    """Read the rule files among these files.

    Raises:
        CannotWorkError: one is of a newer format.
    """
    found = RuleFiles()
    policy_paths = sorted(path for path in files if is_rule(path) and path.startswith(POLICIES_FOLDER))
    paths = [SETTINGS_PATH, ROSTER_PATH, *policy_paths]
    raw = fetch(paths)
    for path in paths:
        if path not in files:
            found.absent.append(path)
            continue
        document, problems = _rules_file(path, raw.get(path, b""))
        found.findings += problems
        if document is not None:
            found.documents[path], found.raw[path] = document, raw[path]
    found.settings = _typed(found.documents.get(SETTINGS_PATH), Settings, found.findings)
    found.roster = _typed(found.documents.get(ROSTER_PATH), Roster, found.findings)
    found.policies = _policies({path: raw[path] for path in policy_paths if path in found.documents}, found.findings)
    return found


def root_of(tree: Tree) -> str:
    """The digest of the rules that stand in a tree, to hold later audits to them.

    Raises:
        CannotWorkError: one is of a newer format.
    """
    return read_rules(tree.files(RECORDS), tree.read_many).trust_root


def _typed(document: Document | None, model: type[ModelT], findings: list[Finding]) -> ModelT | None:
    if document is None:
        return None
    demand_format(document)
    try:
        return model.model_validate(document.data)
    except ValidationError as error:
        findings += schema_findings(document, error, model)
        return None


def _policies(files: dict[str, bytes], findings: list[Finding]) -> dict[str, PolicyFile]:
    found: dict[str, PolicyFile] = {}
    for path, raw in files.items():
        policy, problems = read_policy_file(path, raw)
        findings += problems
        if policy is None:
            continue
        other = found.setdefault(policy.policy.policy, policy)
        if other is not policy:
            message = f"the policy {policy.policy.policy} is also in {other.path}: nobody could say which one judges"
            line, column = policy.place(("policy",))
            findings.append(Finding("id-repeated", message, "error", path, line, column, mend="take one of them out"))
    return found


def read_roster(raw: bytes) -> Roster | None:
    """The roster that bytes of people.yaml say; None where they say none.

    Raises:
        CannotWorkError: it is of a newer format.
    """
    return _typed(_rules_file(ROSTER_PATH, raw)[0], Roster, [])


# The rules before a step and those after it are mostly the same bytes, and a policy is long: read them once.
@functools.lru_cache(maxsize=32)
def _rules_file(path: str, raw: bytes) -> tuple[Document | None, tuple[Finding, ...]]:
    document, findings = read(raw, path)
    return document, tuple(findings)


@functools.lru_cache(maxsize=32)
def _digest(path: str, raw: bytes) -> str:
    document, _found = _rules_file(path, raw)
    return digest(document.data) if document is not None else ""


@functools.lru_cache(maxsize=32)
def read_policy_file(path: str, raw: bytes) -> tuple[PolicyFile | None, tuple[Finding, ...]]:
    """The bytes of a policy file as a policy, or None; and what is wrong with it."""
    document, _found = _rules_file(path, raw)
    problems: list[Finding] = []
    policy = read_policy(document, problems) if document is not None else None
    if policy is None or document is None:
        return None, tuple(problems)
    return PolicyFile(path, document.data, policy, document.position), tuple(problems)


def read_policy(document: Document, findings: list[Finding]) -> Policy | None:
    """A document as a policy that agrees with itself; else None, and findings say why."""
    policy = _typed(document, Policy, findings)
    if policy is None:
        return None
    before = len(findings)
    wanted = f"{policy.policy}.yaml"
    if document.file.rpartition("/")[2] != wanted:
        line, column = document.position(("policy",))
        message = f"the policy {policy.policy} belongs in a file named {wanted}"
        findings.append(Finding("id-differs", message, "error", document.file, line, column, mend=f"name it {wanted}"))
    for problem in consistency.problems(policy):
        line, column = document.position(problem.path)
        where = ".".join(str(part) for part in problem.path)
        mend = "correct the name, or declare it"
        findings.append(
            Finding(
                "policy-inconsistent",
                f"{where}: {problem.message}",
                "error",
                document.file,
                line,
                column,
                mend=mend,
                part=part_of(document.data, problem.path),
            )
        )
    return policy if len(findings) == before else None


def read_policy_text(text: str, name: str) -> PolicyFile:
    """A text as a policy that agrees with itself.

    Raises:
        Refused: it is none; says where.
    """
    document, found = read(text.encode(), name)
    problems: list[Finding] = list(found)
    policy = None
    if document is not None:
        wanted = document.data.get("policy")
        document.file = f"{wanted}.yaml" if isinstance(wanted, str) else name
        policy = read_policy(document, problems)
    if document is None or policy is None:
        raise Refused(
            f"{name} is no policy that can be taken in; nothing changed", [one.at(name, one.line) for one in problems]
        )
    return PolicyFile(name, document.data, policy, document.position)


def _policies_there(settings: Settings, policies: dict[str, Any], document: Document) -> Iterator[tuple[Finding, str]]:
    """The places that name a policy which nobody could read, each with its name."""
    named = [("allowed", index, name) for index, name in enumerate(settings.policies.allowed)]
    default = [("default", kind, name) for kind, name in settings.policies.default.items()]
    places: list[tuple[str, str | int, str]] = [*named, *default]
    for group, key, name in places:
        if name not in policies:
            line, column = document.position(("policies", group, key))
            message, part = f"policies.{group} names {name}", f"policies.{group}.{name if group == 'allowed' else key}"
            yield Finding("policy-unknown", message, "error", SETTINGS_PATH, line, column, part=part), name


def _addresses_clear(roster: Roster, document: Document) -> Iterator[Finding]:
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


def _keys_clear(roster: Roster, document: Document) -> Iterator[Finding]:
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
