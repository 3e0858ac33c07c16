"""The rule files of a tree (settings, roster, policies) as typed values, with what is wrong with them."""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from partnerkit.dataclass import dataclass, field, replace
from partnerkit.findings import Finding, has_errors
from partnerkit.hashing import fingerprint
from partnerkit.kinds.canonical import digest
from partnerkit.kinds.late import Late
from partnerkit.kinds.roster import Roster
from partnerkit.kinds.settings import Settings
from partnerkit.kinds.trusted import trusted
from partnerkit.policies.policy import Policy
from partnerkit.policies.shapes import said_of
from partnerkit.register import POLICIES_FOLDER, ROSTER_PATH, SETTINGS_PATH, PolicyFile
from partnerkit.store.checked import typed_document
from partnerkit.store.disagreeing import addresses_clear, keys_clear, policies_there
from partnerkit.store.git.trees import Tree
from partnerkit.store.layout import is_rule
from partnerkit.store.record_paths import RECORDS, id_of
from partnerkit.store.sound import Judged, Unknown
from partnerkit.store.yaml.nodes import Document
from partnerkit.store.yaml.reader import as_said, known, read


@dataclass
class RuleFiles:
    """What says what is legal in a tree, as far as it could be read.

    Attributes:
        settings: register.yaml; None where it could not be read.
        roster: people.yaml; None where it could not be read.
        policies: the policies that could be read, by id; those that are known to be right are read when asked for.
        findings: what is wrong with the files.
        absent: files that every register has, and this tree lacks.
        documents: the files as they were read, by path; without policies that nobody has asked for yet.
        raw: the bytes of the files that can be read, by path.
        said: what those say of which that is known from before, by path.
    """

    settings: Settings | None = None
    roster: Roster | None = None
    policies: Mapping[str, PolicyFile] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    documents: dict[str, Document] = field(default_factory=dict)
    raw: dict[str, bytes] = field(default_factory=dict)
    said: Mapping[str, str] = field(default_factory=dict)

    @property
    def whole(self) -> bool:
        """Whether everything could be read."""
        return self.roster is not None and not self.absent and not has_errors(self.findings)

    @functools.cached_property
    def digests(self) -> Mapping[str, str]:
        """What each file says, as a digest, by path."""
        return _Digests(self.raw, self.said)

    @property
    def policies_said(self) -> bytes:
        """A digest of what all policies say, to the byte: with others, other records are right."""
        paths = sorted(path for path in self.raw if path.startswith(POLICIES_FOLDER))
        return digest({path: fingerprint(self.raw[path]) for path in paths}).encode()

    def shape(self, policy: str, kind: str) -> Policy:
        """A policy with what it says of a kind, and no more where nothing of it has to be judged."""
        path = f"{POLICIES_FOLDER}{policy}.yaml"
        document = _rules_file(path, self.raw[path], self.said[path])[0] if path in self.said else None
        return self.policies[policy].policy if document is None else trusted(Policy, said_of(document.data, kind))

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
            for found, name in policies_there(self.settings, self.policies, named):
                path = f"{POLICIES_FOLDER}{name}.yaml"
                if path in wrong:
                    message, mend = f"and {path} is none", f"mend {path}: what is wrong there is told"
                else:
                    message, mend = f"and there is no {path}", bringing(path)
                yield replace(found, message=f"{found.message}, {message}", mend=mend)
        if self.roster is not None:
            yield from addresses_clear(self.roster, self.documents[ROSTER_PATH])
            yield from keys_clear(self.roster, self.documents[ROSTER_PATH])


class _Digests(Late[str]):
    """What rule files say, as digests; the same bytes say the same, so that they need not be read to be compared."""

    def __init__(self, raw: Mapping[str, bytes], said: Mapping[str, str]) -> None:
        super().__init__(raw, lambda path: _digest(path, raw[path], said.get(path)))
        self._raw = raw

    def __eq__(self, other: object) -> bool:
        return (isinstance(other, _Digests) and self._raw == other._raw) or Mapping.__eq__(self, other)

    __hash__ = None  # type: ignore[assignment]  # as of every mapping


def read_rules(
    files: Collection[str], fetch: Callable[[Iterable[str]], dict[str, bytes]], judged: Judged | None = None
) -> RuleFiles:
    """Read the rule files among these files.

    Args:
        files: the paths of a tree.
        fetch: gives the bytes of its files.
        judged: knows of files that need not be judged again; without it all are.

    Raises:
        CannotWorkError: one is of a newer format.
    """
    found = RuleFiles()
    policy_paths = sorted(path for path in files if path.startswith(POLICIES_FOLDER) and is_rule(path))
    paths = [SETTINGS_PATH, ROSTER_PATH, *policy_paths]
    raw = fetch(paths)
    rules = {path: raw.get(path, b"") for path in paths}
    policies = {path: rules[path] for path in policy_paths}
    judged = judged or Unknown()
    found.said = right = judged.right(rules)
    sound = policies.keys() <= set(right)
    for path in paths:
        if path not in files:
            found.absent.append(path)
        elif sound and path in policies:
            found.raw[path] = policies[path]
        else:
            document, problems = _rules_file(path, raw.get(path, b""), right.get(path))
            found.findings += problems
            if document is not None:
                found.documents[path], found.raw[path] = document, raw[path]
    settings, roster = (found.documents.get(path) for path in (SETTINGS_PATH, ROSTER_PATH))
    found.settings = typed_document(settings, Settings, found.findings, judged=SETTINGS_PATH in right)
    found.roster = typed_document(roster, Roster, found.findings, judged=ROSTER_PATH in right)
    as_read = {path: raw[path] for path in policy_paths if path in found.documents}
    found.policies = _known_right(policies, right) if sound else _policies(as_read, found.findings)
    if len(right) < len(rules) and not found.findings and not found.absent:
        judged.keep(rules, {**{path: as_said(one) for path, one in found.documents.items()}, **right}, alone=True)
    return found


def _known_right(files: Mapping[str, bytes], said: Mapping[str, str]) -> Mapping[str, PolicyFile]:
    """Policies without a fault, each by its id, which is its file's name; made when they are asked for."""
    paths = {id_of(path): path for path in files}

    def policy(name: str) -> PolicyFile:
        found, problems = read_policy_file(paths[name], files[paths[name]], said[paths[name]])
        if found is None:
            raise AssertionError(f"{paths[name]} was right before: {problems}")
        return found

    return Late(paths, policy)


def root_of(tree: Tree, judged: Judged | None = None) -> str:
    """The digest of the rules that stand in a tree, to hold later audits to them.

    Args:
        tree: the tree.
        judged: knows of files that need not be judged again; without it all are.

    Raises:
        CannotWorkError: one is of a newer format.
    """
    return read_rules(tree.files(RECORDS), tree.read_many, judged).trust_root


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
    return typed_document(_rules_file(ROSTER_PATH, raw)[0], Roster, [])


# The rules before a step and those after it are mostly the same bytes, and a policy is long: read them once.
@functools.lru_cache(maxsize=32)
def _rules_file(path: str, raw: bytes, said: str | None = None) -> tuple[Document | None, tuple[Finding, ...]]:
    if said is not None:
        return known(raw, path, said), ()
    document, findings = read(raw, path)
    return document, tuple(findings)


def rule_document(path: str, raw: bytes) -> Document | None:
    """The bytes of a rule file as a document; None where they are none."""
    return _rules_file(path, raw)[0]


@functools.lru_cache(maxsize=32)
def _digest(path: str, raw: bytes, said: str | None) -> str:
    document, _found = _rules_file(path, raw, said)
    return digest(document.data) if document is not None else ""


@functools.lru_cache(maxsize=32)
def read_policy_file(path: str, raw: bytes, said: str | None = None) -> tuple[PolicyFile | None, tuple[Finding, ...]]:
    """The bytes of a policy file as a policy, or None; and what is wrong with it.

    Args:
        path: the file.
        raw: what it holds.
        said: what it says, where it is known to be right; it only has to be typed then.
    """
    document, _found = _rules_file(path, raw, said)
    problems: list[Finding] = []
    policy = _policy(document, problems, judged=said is not None) if document is not None else None
    if policy is None or document is None:
        return None, tuple(problems)
    return PolicyFile(path, document.data, policy, document.position), tuple(problems)


def _policy(document: Document, findings: list[Finding], *, judged: bool) -> Policy | None:
    if judged:
        return typed_document(document, Policy, findings, judged=True)
    from partnerkit.store.policy_reading import read_policy  # noqa: PLC0415 - not for those that are known to be right

    return read_policy(document, findings)
