"""A case that can amend its policy, and the lines that put a change of the policy before it."""

from __future__ import annotations

from partnerkit.policies.amending import CASE
from partnerkit.policies.policy import Policy
from partnerkit.register import RecordFile
from partnerkit.rules.commands import line


def is_amendment(policy: Policy, record: RecordFile) -> bool:
    """Whether a record is a case that can amend its policy."""
    word = policy.amended_by
    mine = (record.kind, record.subject, record.model.policy) == (CASE, policy.policy, policy.policy)
    return word is not None and mine and record.data.get("type") == word.case


def proposing(case: str) -> str:
    """The line that puts a whole file before a case."""
    return line("policy", "amend", case, "--from", "<file>")


def proposing_any(policy: Policy, case: str) -> str:
    """The lines that put a change before a case: a whole file, and a value where the policy leaves something open."""
    names = sorted(policy.variables, key=lambda name: policy.variables[name].value is not None)
    words = ("--seen", "<seen>", "--amendment", case)
    value = [line("policy", "set", policy.policy, f"{one}=<value>", *words) for one in names[:1]]
    return " or ".join([proposing(case), *value])
