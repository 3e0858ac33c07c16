"""From a tree to a Register, with findings about everything that could not be read."""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from partnerkit.dataclass import dataclass, field
from partnerkit.errors import CannotWorkError
from partnerkit.findings import Finding
from partnerkit.kinds.ssh import Signed
from partnerkit.register import SETTINGS_PATH, PolicyFile, RecordFile, Register
from partnerkit.rules.commands import as_committed, line, pathspec
from partnerkit.store.checked import Models, checked
from partnerkit.store.git.trees import CommitTree, Tree, WorkingTree
from partnerkit.store.layout import Laid, Places, among_rules, is_rule, layout
from partnerkit.store.record_paths import RECORDS, id_of, record_id
from partnerkit.store.records import Records
from partnerkit.store.rule_files import read_policy_file, read_rules, rule_document
from partnerkit.store.sound import Few, Unknown, known_in
from partnerkit.store.yaml.nodes import Document
from partnerkit.store.yaml.reader import read


@dataclass
class Loaded:
    """A tree as it was read.

    Attributes:
        register: the register, or None where its rules could not be read.
        records: the same records, with their documents and what was wrong with them.
        laid: what lies where.
        told: what was wrong with the rules.
        documents: the documents of the rule files, by path, but for those that were known to be right.
        raw: the bytes of the rule files, by path.
    """

    register: Register | None
    records: Records
    laid: Laid
    told: list[Finding]
    documents: dict[str, Document] = field(default_factory=dict)
    raw: Mapping[str, bytes] = field(default_factory=dict)

    @functools.cached_property
    def findings(self) -> list[Finding]:
        """What was wrong with the rules and the layout; `records.findings` adds what is wrong with records."""
        return [*self.laid.astray, *self.told]

    @property
    def files(self) -> Collection[str]:
        """Every file of records/, whatever it is, in order."""
        return self.laid.paths

    def holds(self, path: str) -> bool:
        """Whether a file of records/ is there."""
        return path in self.laid.listing

    def document(self, path: str) -> Document | None:
        """The document of a rule file; None where there is none that can be read."""
        known = self.documents.get(path)
        return known if known is not None or path not in self.raw else rule_document(path, self.raw[path])

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


def load(tree: Tree, *, lasting: bool | None = None) -> Loaded:
    """Read the rules of a tree; its records are read when they are asked for.

    Args:
        tree: the tree.
        lasting: whether it will be read again, so that what is right in it is remembered; None where that of the
            working tree will, and no other: what lies in commits is mostly over.

    Raises:
        CannotWorkError: there is no register in the tree, or its format is newer than this tool.
    """
    laid = Laid(tree.listing(RECORDS))
    files = laid.rules
    if SETTINGS_PATH not in files:
        mend = _brought_back(tree, SETTINGS_PATH) if any(is_rule(path) for path in files) else "partnerkit init"
        raise CannotWorkError(f"there is no register here: {SETTINGS_PATH} does not exist", mend)
    git = tree.git if isinstance(tree, WorkingTree | CommitTree) else None
    keeping = isinstance(tree, WorkingTree) if lasting is None else lasting
    judged = known_in(git, keeping=keeping) if git is not None else Unknown()
    rules = read_rules(files, tree.read_many, judged)
    told = [*(_absent(tree, path) for path in rules.absent), *rules.findings]
    records = Records(
        Places(laid), tree.read_many, Models(rules.policies, rules.shape), Few(judged, rules.policies_said)
    )
    register = None
    astray = any(one.severity == "error" and among_rules(one.file or "") for one in [*layout(files), *told])
    if rules.settings is not None and rules.roster is not None and not astray:
        facts = (tree.digest, rules.digests, records.of_kind, records.broken, former_of(tree), _signed, tree.read)
        late = (functools.partial(earlier_of, tree), drafted_in(tree), records.mentioning)
        register = Register(
            rules.settings, rules.roster, rules.policies, records, *facts, *late, gone=gone_of(tree, records.models)
        )
        told += rules.disagreements(functools.partial(_brought, tree))
    return Loaded(register, records, laid, told, rules.documents, rules.raw)


def _signed(said: dict[str, Any]) -> Signed:
    """With which key a statement as written was signed, if it was."""
    from partnerkit.store.signatures import of_statement  # noqa: PLC0415 - many registers have no signatures

    return of_statement(said)


def _absent(tree: Tree, path: str) -> Finding:
    message = "it does not exist, and without it nobody can say what is legal"
    return Finding("file-missing", message, file=path, mend=_brought_back(tree, path))


def _brought(tree: Tree, path: str) -> str:
    """The line that brings the file of a policy that is not there: back, where it ever was."""
    if tree.former(path):
        return _brought_back(tree, path)
    from partnerkit.store import packs  # noqa: PLC0415 - only where a policy is missing

    bring = line("policy", "add", id_of(path) if id_of(path) in packs.names() else "<file>")
    return f"take the name out of {SETTINGS_PATH}; {bring} brings a policy and its name"


def _brought_back(tree: Tree, path: str) -> str:
    """The line that brings a file back into a working tree, or shows what took it out of a commit."""
    if isinstance(tree, WorkingTree):
        if tree.git.run("ls-files", "--", path).text:
            return f"git restore -- {pathspec(path)}"
        if tree.git.objects.what(f"HEAD:{path}") is not None:
            return as_committed(path)
    return f"git log -1 --diff-filter=D -- {pathspec(path)} shows the commit that took it out: git revert it"


def earlier_of(tree: Tree, path: str) -> Iterator[dict[str, Any]]:
    """What the file of a record said in the commits that landed so far, as far as it can be read; latest first."""
    for raw in tree.former(path):
        document, _ = read(raw, path)
        if document is not None and isinstance(document.data, dict):
            yield document.data


def gone_of(tree: Tree, models: Models) -> Callable[[], dict[str, RecordFile | None]]:
    """What records said last that landed so far and are not there, by id; None of what cannot be read; asked for once.

    A record that is called otherwise since is among them, by the id that it had.
    """

    @functools.cache
    def gone() -> dict[str, RecordFile | None]:
        found: dict[str, RecordFile | None] = {}
        for path, raw in tree.gone(RECORDS).items():
            name = record_id(path)
            if name is not None:
                found[name] = _as_record(raw, path, models)
        return found

    return gone


def _as_record(raw: bytes, path: str, models: Models) -> RecordFile | None:
    """Bytes as a record, as far as this version can read it."""
    document, _ = read(raw, path)
    try:
        return checked(document, models)[0] if document is not None else None
    except CannotWorkError:
        return None


def former_of(tree: Tree) -> Callable[[str], list[PolicyFile]]:
    """What a policy said in the commits that landed so far, as far as this version can read it; asked for once."""

    @functools.cache
    def former(path: str) -> list[PolicyFile]:
        found = [read_policy_file(path, raw)[0] for raw in tree.former(path)]
        return [one for one in found if one is not None]

    return former


def drafted_in(tree: Tree) -> Callable[[str], PolicyFile | None]:
    """What a file of the tree says as a policy that is not in force, as far as this version can read it."""

    def drafted(path: str) -> PolicyFile | None:
        from partnerkit.rules.refused import Refused  # noqa: PLC0415 - as below
        from partnerkit.store.policy_reading import read_policy_text  # noqa: PLC0415 - hardly one is drafted

        raw = tree.read(path)
        try:
            return read_policy_text(raw.decode(), path) if raw is not None else None
        except (Refused, CannotWorkError, UnicodeDecodeError):
            return None

    return drafted
