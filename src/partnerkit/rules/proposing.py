"""A case that can amend its policy, and the lines that put a change of the policy before it."""

from __future__ import annotations

from partnerkit.kinds.canonical import digest
from partnerkit.policies.amending import CASE, DIGEST
from partnerkit.policies.policy import Policy
from partnerkit.register import RecordFile, Register
from partnerkit.rules.commands import line
from partnerkit.rules.conditions import open_to


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


def proposed_at(case: str, policy: str) -> str:
    """Where the text of a proposed policy file can be read, until it lands and after."""
    return f"records/evidence/{case}/{policy}.yaml"


def overtaken_by(register: Register, policy: Policy, case: RecordFile) -> list[str]:
    """The cases that amended a policy since a text was put before this one: of the file before them, it cannot land.

    None where it can, where it has landed, and where there is no text that the case decides on.
    """
    text = register.drafted(proposed_at(case.id, policy.policy))
    if text is None or digest(text.data) != case.data.get(DIGEST) or case.id in policy.amendments:
        return []
    return [one for one in policy.amendments if one not in text.policy.amendments]


def anew(policy: Policy, case: RecordFile) -> str:
    """The lines by which another text is put before a case; one that is decided is taken back to where it is not."""
    word, lifecycle = policy.amended_by, policy.lifecycles.get(case.kind)
    if word is None or lifecycle is None or case.stage not in word.in_:
        return proposing(case.id)
    ways = [way for way in lifecycle.leaving(case.stage) if way.to not in word.in_ and open_to(way, case.data)]
    back = next((way for way in ways if not lifecycle.is_over(way.to)), None)
    words = ("advance", case.id, back.to) if back is not None else ("undo", case.model.history[-1].id)
    return f"{line(*words, '--reason', '<reason>')}; then {proposing(case.id)}"
