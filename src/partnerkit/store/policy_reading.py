"""Policies that nobody judged yet, held against the model of policies and against themselves."""

from __future__ import annotations

from partnerkit.findings import Finding, part_of
from partnerkit.policies.policy import Policy
from partnerkit.register import PolicyFile
from partnerkit.rules.refused import Refused
from partnerkit.store.checked import typed_document
from partnerkit.store.yaml.nodes import Document
from partnerkit.store.yaml.reader import read


def read_policy(document: Document, findings: list[Finding]) -> Policy | None:
    """A document as a policy that agrees with itself; else None, and findings say why."""
    policy = typed_document(document, Policy, findings)
    if policy is None:
        return None
    before = len(findings)
    wanted = f"{policy.policy}.yaml"
    if document.file.rpartition("/")[2] != wanted:
        line, column = document.position(("policy",))
        message = f"the policy {policy.policy} belongs in a file named {wanted}"
        findings.append(Finding("id-differs", message, "error", document.file, line, column, mend=f"name it {wanted}"))
    from partnerkit.policies import consistency  # noqa: PLC0415 - not where a name alone is wrong, or none is read

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
