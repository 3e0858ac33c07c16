"""From a tree to a Register, with findings about everything that could not be read."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from partnerkit.errors import CannotWorkError
from partnerkit.findings import Finding
from partnerkit.kinds.canonical import digest
from partnerkit.kinds.roster import Roster
from partnerkit.kinds.settings import Settings
from partnerkit.policies import consistency
from partnerkit.policies.policy import Policy
from partnerkit.register import POLICIES_FOLDER, ROSTER_PATH, SETTINGS_PATH, PolicyFile, Register
from partnerkit.store.git.trees import Tree, WorkingTree
from partnerkit.store.layout import among_rules, is_rule, layout, record_paths
from partnerkit.store.records import RECORDS, Models, Records, demand_format, schema_findings
from partnerkit.store.yaml.nodes import Document
from partnerkit.store.yaml.reader import read

ModelT = TypeVar("ModelT", bound=BaseModel)


@dataclass
class Loaded:
    """A tree as it was read.

    Attributes:
        register: the register, or None where its rules could not be read.
        records: the same records, with their documents and what was wrong with them.
        findings: what was wrong with the rules and the layout; `records.findings` adds what is wrong with records.
        documents: the documents of the rule files, by path.
        files: every file of records/, whatever it is.
    """

    register: Register | None
    records: Records
    findings: list[Finding]
    documents: dict[str, Document] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)

    def all_findings(self) -> list[Finding]:
        """Everything that could not be read, once every record has been."""
        self.records.load(self.records.paths)
        return [*self.findings, *self.records.findings]

    def demand(self) -> Register:
        """The register.

        Raises:
            CannotWorkError: its rules could not be read; says where.
        """
        if self.register is None:
            first = next((one for one in self.findings if among_rules(one.file or "")), self.findings[0])
            place = "".join(f"{part}:" for part in (first.file, first.line) if part is not None)
            place += " " if place else ""
            raise CannotWorkError(f"{place}{first.message}", first.mend or "see partnerkit check")
        return self.register


def load(tree: Tree) -> Loaded:
    """Read the rules of a tree; its records are read when they are asked for.

    Raises:
        CannotWorkError: there is no register in the tree, or its format is newer than this tool.
    """
    files = tree.files(RECORDS)
    if SETTINGS_PATH not in files:
        mend = _brought_back(tree, SETTINGS_PATH) if any(is_rule(path) for path in files) else "partnerkit init"
        raise CannotWorkError(f"there is no register here: {SETTINGS_PATH} does not exist", mend)
    findings = list(layout(files))
    documents: dict[str, Document] = {}
    policy_paths = sorted(p for p in files if is_rule(p) and p.startswith(POLICIES_FOLDER))
    rule_paths = [SETTINGS_PATH, ROSTER_PATH, *policy_paths]
    raw = tree.read_many(rule_paths)
    for path in rule_paths:
        document, found = _rules_file(path, raw.get(path, b""))
        findings += found if path in files else [_absent(tree, path)]
        if document is not None:
            documents[path] = document
    settings = _typed(documents.get(SETTINGS_PATH), Settings, findings)
    roster = _typed(documents.get(ROSTER_PATH), Roster, findings)
    policies = _policies({path: raw[path] for path in policy_paths if path in documents}, findings)
    records = Records(record_paths(files), tree.read_many, Models(policies))
    register = None
    if (
        settings is not None
        and roster is not None
        and not any(f.severity == "error" and among_rules(f.file or "") for f in findings)
    ):
        rules = {path: digest(document.data) for path, document in documents.items()}
        facts = (tree.digest, rules, records.of_kind, records.broken, _former(tree))
        register = Register(settings, roster, policies, records, *facts)
        findings += _policies_there(settings, policies, documents[SETTINGS_PATH])
        findings += _addresses_clear(roster, documents[ROSTER_PATH])
    return Loaded(register, records, findings, documents, sorted(files))


def _absent(tree: Tree, path: str) -> Finding:
    message = "it does not exist, and without it nobody can say what is legal"
    return Finding("file-missing", message, file=path, mend=_brought_back(tree, path))


def _brought_back(tree: Tree, path: str) -> str:
    """The line that brings a file back into a working tree, or shows what took it out of a commit."""
    if isinstance(tree, WorkingTree):
        return f"git restore -- {path}"
    return f"git log -1 --diff-filter=D -- {path} shows the commit that took it out: git revert it"


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
        policy, problems = _policy_file(path, raw)
        findings += problems
        if policy is None:
            continue
        other = found.setdefault(policy.policy.policy, policy)
        if other is not policy:
            message = f"the policy {policy.policy.policy} is also in {other.path}: nobody could say which one judges"
            line, column = policy.place(("policy",))
            findings.append(Finding("id-repeated", message, "error", path, line, column, mend="take one of them out"))
    return found


def _former(tree: Tree) -> Callable[[str], list[PolicyFile]]:
    """What a policy said in the commits that landed so far, as far as this version can read it; asked for once."""

    @functools.cache
    def former(path: str) -> list[PolicyFile]:
        found = [_policy_file(path, raw)[0] for raw in tree.former(path)]
        return [one for one in found if one is not None]

    return former


# The rules before a step and those after it are mostly the same bytes, and a policy is long: read them once.
@functools.lru_cache(maxsize=32)
def _rules_file(path: str, raw: bytes) -> tuple[Document | None, tuple[Finding, ...]]:
    document, findings = read(raw, path)
    return document, tuple(findings)


@functools.lru_cache(maxsize=32)
def _policy_file(path: str, raw: bytes) -> tuple[PolicyFile | None, tuple[Finding, ...]]:
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
                "policy-inconsistent", f"{where}: {problem.message}", "error", document.file, line, column, mend=mend
            )
        )
    return policy if len(findings) == before else None


def _policies_there(settings: Settings, policies: dict[str, Any], document: Document) -> Iterator[Finding]:
    named = [("allowed", index, name) for index, name in enumerate(settings.policies.allowed)]
    default = [("default", kind, name) for kind, name in settings.policies.default.items()]
    places: list[tuple[str, str | int, str]] = [*named, *default]
    for group, key, name in places:
        if name not in policies:
            line, column = document.position(("policies", group, key))
            message = f"policies.{group} names {name}, and there is no records/policies/{name}.yaml"
            yield Finding(
                "policy-unknown",
                message,
                "error",
                SETTINGS_PATH,
                line,
                column,
                mend=f"git restore -- {POLICIES_FOLDER}{name}.yaml where it was there, or take the name out",
            )


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
                yield Finding("address-unclear", message, "error", ROSTER_PATH, line, column, mend=mend)
