"""One file as a record, or what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TypeVar

from partnerkit.findings import Finding, part_of
from partnerkit.kinds import modelled
from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.modelled import BaseModel
from partnerkit.kinds.record import Record
from partnerkit.kinds.trusted import typed
from partnerkit.policies.policy import Policy
from partnerkit.policies.shapes import model_for
from partnerkit.register import PolicyFile, RecordFile
from partnerkit.rules.commands import line, moved, quoted
from partnerkit.store.formats import demand_format
from partnerkit.store.record_paths import RECORDS, folder_kind, id_of, record_id
from partnerkit.store.yaml.nodes import Document

ModelT = TypeVar("ModelT", bound=BaseModel)


class Models:
    """The model of each kind under each policy, made once."""

    def __init__(self, policies: Mapping[str, PolicyFile], shape: Callable[[str, str], Policy] | None = None) -> None:
        """Make each when it is first asked for.

        Args:
            policies: the policies, by id.
            shape: gives of a policy at least what it says of a kind; the whole of it where there is none.
        """
        self.policies = policies
        self._shape = shape or (lambda policy, _kind: policies[policy].policy)
        self._made: dict[tuple[str, str], type[Record]] = {}

    def get(self, policy: str, kind: str) -> type[Record]:
        """The model of a kind under a policy of the register."""
        key = (policy, kind)
        if key not in self._made:
            self._made[key] = model_for(self._shape(policy, kind), kind)
        return self._made[key]


def checked(
    document: Document,
    models: Models,
    others: Collection[str] = (),
    *,
    judged: bool = False,
    many: bool = False,
    was: RecordFile | None = None,
) -> tuple[RecordFile | None, list[Finding]]:
    """A document as a record, or what is wrong with it.

    Args:
        document: what its file says.
        models: what a record of a kind may say.
        others: the ids of the register: whatever is wrongly named is not given one of them.
        judged: whether it is known to be right, and only has to be typed.
        many: whether it is one of many, as `typed` says.
        was: an earlier version of the record, of which it may hold parts.
    """
    data, path = document.data, document.file
    found = _identity(document, models, others)
    if found:
        return None, found
    model = models.get(str(data["policy"]), str(data["kind"]))
    try:
        value = typed(model, data, judged=judged, many=many, was=(was.data, was.model) if was is not None else None)
    except modelled.ValidationError as error:
        return None, _findings(document, error, model)
    return RecordFile(path, data, value, document.position), []


def _findings(document: Document, error: modelled.ValidationError, model: type[BaseModel]) -> list[Finding]:
    """What a model objects to."""
    from partnerkit.kinds.problems import problems  # noqa: PLC0415 - only where something is wrong

    return [_finding(document, *problem) for problem in problems(error, model)]


def _finding(document: Document, code: str, keys: tuple[str | int, ...], message: str, about_key: bool) -> Finding:
    line, column = document.key_position(keys) if about_key else document.position(keys)
    record = id_of(document.file) if folder_kind(document.file) else None
    mend, part = _mend(document.file, code), part_of(document.data, keys)
    return Finding(code, message, "error", document.file, line, column, record, mend=mend, part=part)


def _mend(file: str, code: str) -> str:
    if code == "unknown-key":
        return "rename or remove that key; a policy can declare fields of its own (fields:)"
    return f"correct it there, then: {line('check', *([file] if folder_kind(file) else []))}"


def typed_document(
    document: Document | None, model: type[ModelT], findings: list[Finding], *, judged: bool = False
) -> ModelT | None:
    """What a document says as a model makes it; else None, and findings say at which lines it objects.

    Args:
        document: what a file says; None where it could not be read.
        model: what it may say.
        findings: where what is wrong is told.
        judged: whether it is known to be right, and only has to be typed.

    Raises:
        CannotWorkError: it is of a newer format.
    """
    if document is None:
        return None
    demand_format(document)
    try:
        return typed(model, document.data, judged=judged)
    except modelled.ValidationError as error:
        findings += _findings(document, error, model)
        return None


def _identity(document: Document, models: Models, others: Collection[str]) -> list[Finding]:
    """What must be right before a record can be read by its model: format, kind, folder, id, policy."""
    data, path = document.data, document.file

    def wrong(key: str, code: str, message: str, mend: str | None) -> list[Finding]:
        line, column = document.position((key,))
        return [Finding(code, message, "error", path, line, column, id_of(path), mend=mend, part=key)]

    kind, wanted = data.get("kind"), folder_kind(path)
    demand_format(document)
    if not isinstance(kind, str) or kind not in KINDS:
        near = _did_you_mean(str(kind), KINDS)
        message = f"there is no kind {kind!r}{near}" if "kind" in data else "it does not say of which kind it is"
        return wrong("kind", "unknown-kind", message, f"write one of {', '.join(KINDS)}")
    if kind != wanted:
        from partnerkit.kinds.problems import an  # noqa: PLC0415 - only where something is wrong

        message = f"{an(kind)} belongs in records/{KINDS[kind].folder}/, and this folder is for {wanted or 'nothing'}"
        mend = moved(path, f"{RECORDS}{KINDS[kind].folder}/{id_of(path)}.yaml")
        return wrong("kind", "kind-differs", message, f"{mend}; where it is no {kind}, write kind: {wanted}")
    if data.get("id") != id_of(path):
        message = f"the id is {data.get('id')!r}, and the file's name says {id_of(path)!r}: they must be the same"
        return wrong("id", "id-differs", message, _of_one_name(path, str(data.get("id")), others))
    policy = data.get("policy")
    if not isinstance(policy, str) or policy not in models.policies:
        near = _did_you_mean(str(policy), models.policies)
        message = f"the register has no policy {policy!r}{near}"
        known = ", ".join(models.policies)
        mend = f"write one of {known}" if known else "mend its policies first: what is wrong with them is told"
        return wrong("policy", "policy-unknown", message, mend)
    return []


def _did_you_mean(word: str, known: Iterable[str]) -> str:
    from partnerkit.kinds.problems import did_you_mean  # noqa: PLC0415 - only where something is wrong

    return did_you_mean(word, known)


def _of_one_name(path: str, said: str, others: Collection[str]) -> str:
    """How a file and the id in it come to the same name: that of the file, where the other is no id or is taken."""
    write = f"write id: {id_of(path)}"
    named = f"{path.rpartition('/')[0]}/{said}.yaml"
    if record_id(named) is None:
        return write
    if said in others:
        return f"where it is a record of its own, {write}; where it is a copy of {said}: rm {quoted(path)}"
    return f"{moved(path, named)}; where the file's name is right, {write}"
