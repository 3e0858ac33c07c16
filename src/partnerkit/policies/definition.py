"""What exactly a policy demands at a moment, as digests: of a requirement, of a whole gate."""

from __future__ import annotations

from typing import Any

from partnerkit.kinds.canonical import digest
from partnerkit.policies.lifecycle import Transition
from partnerkit.policies.policy import Policy

#: Words about a requirement that change nothing in what it demands.
WORDS = frozenset({"title", "ask", "clause", "who"})


def resolved(policy: dict[str, Any], name: str) -> Any:
    """What a requirement of a policy (as written) demands, with its variables replaced by their values."""
    requirement = policy.get("requirements", {}).get(name, {})
    variables = policy.get("variables", {})
    return _resolve({key: value for key, value in requirement.items() if key not in WORDS}, variables)


def _resolve(value: Any, variables: dict[str, Any]) -> Any:
    if isinstance(value, str) and value.startswith("$"):
        spec = variables.get(value[1:]) or {}
        return {"variable": spec.get("value")}
    if isinstance(value, dict):
        return {key: _resolve(item, variables) for key, item in value.items()}
    if isinstance(value, list):
        return [_resolve(item, variables) for item in value]
    return value


def definition_digest(policy: dict[str, Any], name: str) -> str:
    """Digest of what a requirement demands: a typo mended in its words changes nothing."""
    demanded = resolved(policy, name)
    others = {other: resolved(policy, other) for other in demanded.get("any-of", [])}
    above = {other: resolved(policy, other) for other in demanded.get("subject-meets", [])}
    more = {"subject-meets": above} if above else {}
    if named := (demanded.get("named") or {}).get("meets", []):
        more["meets"] = {other: resolved(policy, other) for other in named}
    return digest({"requirement": name, "demands": demanded, "any-of": others, **more})


def gate_digest(policy: dict[str, Any], from_: str | None, to: str, transition: Transition | None) -> str:
    """Digest of everything that one change of stage demands."""
    needs = transition.needs if transition else []
    demanded: dict[str, Any] = {"needs": {name: definition_digest(policy, name) for name in needs}}
    if transition is not None and transition.when is not None:
        demanded["when"] = transition.model_dump(mode="json", include={"when"}, exclude_none=True)["when"]
    return digest({"from": from_, "to": to, **demanded})


def gate_covers(policy: Policy, transition: Transition) -> list[str]:
    """The fields that the gate of a transition vouches for, in order."""
    names = list(transition.needs)
    for name in transition.needs:
        requirement = policy.requirements.get(name)
        names += (requirement.any_of or []) if requirement else []
    found = {path for name in names if name in policy.requirements for path in policy.requirements[name].covers}
    return sorted(found)
