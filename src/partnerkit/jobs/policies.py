"""What the policies of a register say, what nobody has decided yet, and deciding it."""

from __future__ import annotations

import copy
from datetime import date
from pathlib import Path

from partnerkit.dataclass import dataclass
from partnerkit.errors import CannotWorkError, WrongCallError
from partnerkit.findings import Finding
from partnerkit.jobs.amending import written
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.landing import Landed, Planned, land
from partnerkit.kinds.problems import did_you_mean
from partnerkit.policies import clauses as clause_tree
from partnerkit.policies.coverage import Coverage, coverage
from partnerkit.policies.coverage import findings as clause_findings
from partnerkit.policies.policy import Policy
from partnerkit.policies.source import compare, outline
from partnerkit.policies.values import VariableSpec
from partnerkit.register import PolicyFile
from partnerkit.rules.commands import line, setting
from partnerkit.store import packs
from partnerkit.store.disk.given import given
from partnerkit.store.draft import Draft


def find(desk: Desk | None, name: str | None, *, pack: bool = False) -> PolicyFile:
    """A policy of the register, or a pack that is shipped; the only one where none is named.

    Raises:
        WrongCallError: there is none of that name, or several and none is named.
        CannotWorkError: there is no register and no pack is meant.
    """
    if pack or desk is None:
        known = {one: packs.load(one) for one in packs.names()} if name is None else None
        return _only(known, None) if known is not None else packs.load(str(name))
    return _only(dict(desk.working_tree().demand().policies), name)


def _only(known: dict[str, PolicyFile], name: str | None) -> PolicyFile:
    if name is None:
        if len(known) == 1:
            return next(iter(known.values()))
        raise WrongCallError(f"say which policy: {', '.join(sorted(known))}")
    if name not in known:
        message = f"the register has no policy {name!r}{did_you_mean(name, known)}"
        raise WrongCallError(
            message, f"it has {', '.join(sorted(known)) or 'none'}; shipped packs: {', '.join(packs.names())}"
        )
    return known[name]


def with_clause(desk: Desk | None, name: str | None, clause: str) -> PolicyFile:
    """The policy that has a clause: of the register, else shipped; the one named, or the only one that has it.

    Raises:
        WrongCallError: there is none of that name, none has the clause, or several have and none is named.
        CannotWorkError: the register's policies cannot be read.
    """
    here = dict(desk.working_tree().demand().policies) if desk is not None else {}
    if name is not None:
        known = {name: here[name] if name in here else packs.load(name)}
    else:
        known = here or {one: packs.load(one) for one in packs.names()}
    found = [one for one in known.values() if clause in clause_tree.known(one.policy.clauses)]
    if len(found) == 1:
        return found[0]
    if found:
        policies = [one.policy.policy for one in found]
        mend = line("why", found[0].policy.full(clause))
        raise WrongCallError(f"several policies have a clause {clause}: {', '.join(policies)}", mend)
    every = [one for source in known.values() for one in clause_tree.known(source.policy.clauses)]
    near = did_you_mean(clause, dict.fromkeys(every))
    message = f"{' or '.join(known)} has no clause {clause}{near}"
    raise WrongCallError(message, line("policy", "coverage", next(iter(known))))


@dataclass(frozen=True, slots=True)
class Covered:
    """How much of a written policy is implemented, and what is wrong with that."""

    policy: Policy
    coverage: Coverage
    findings: list[Finding]
    source: str | None


def covered(found: PolicyFile, source: Path | None) -> Covered:
    """Whether every clause is implemented or narrative with a reason; with the text, whether none is missing.

    Raises:
        CannotWorkError: the text cannot be read.
    """
    result = coverage(found.policy)
    findings = [_placed(one, found) for one in clause_findings(found.policy)]
    if source is not None:
        try:
            text = given(source).decode("utf-8")
        except UnicodeDecodeError as error:
            mend = "name the written policy, as Markdown or text in UTF-8"
            raise CannotWorkError(f"{source} is not UTF-8 text", mend) from error
        findings += [_placed(one, found, str(source)) for one in compare(found.policy, outline(text))]
    return Covered(found.policy, result, findings, str(source) if source else None)


def _placed(finding: Finding, found: PolicyFile, text: str | None = None) -> Finding:
    """A finding at its line of the written text; where it is of none, at the clause in the policy's file."""
    if text is not None and finding.line is not None:
        return finding.at(text, finding.line, finding.column)
    clause = (finding.clause or "").removeprefix(found.policy.full(""))
    heading = next((key for key in (clause, clause.rpartition("/")[0]) if key in found.policy.clauses), None)
    return finding.at(found.path, *found.place(("clauses", heading) if heading else ("clauses",)))


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that the written policy leaves open and nobody has decided."""

    policy: str
    name: str
    spec: VariableSpec
    used_by: list[str]
    command: str


def gaps(policies: list[PolicyFile]) -> list[Gap]:
    """Every unset variable of the policies, with what depends on it and the command that closes it."""
    found: list[Gap] = []
    for source in policies:
        for name, spec in source.policy.variables.items():
            if spec.value is None:
                command = setting(source.policy, name)
                found.append(Gap(source.policy.policy, name, spec, _users(source, name), command))
    return found


def _users(source: PolicyFile, name: str) -> list[str]:
    wanted = f"${name}"
    own = ["fewest"] if source.data.get("fewest") == wanted else []
    return own + [
        f"{group[:-1]} {key}"
        for group in ("requirements", "cadences", "contacts")
        for key, value in (source.data.get(group) or {}).items()
        if wanted in _texts(value)
    ]


def _texts(value: object) -> set[str]:
    if isinstance(value, dict):
        return {text for item in value.values() for text in _texts(item)}
    if isinstance(value, list):
        return {text for item in value for text in _texts(item)}
    return {value} if isinstance(value, str) else set()


def set_variables(desk: Desk, name: str, values: dict[str, str], seen: str | None, case: str | None = None) -> Landed:
    """Decide what the written policy leaves open, and land it.

    Args:
        desk: where and when.
        name: the policy.
        values: variables, and what they are set to as it was typed; nothing unsets one.
        seen: where the decision can be seen.
        case: the case in which it is decided, where the policy asks for one.

    Raises:
        WrongCallError: unknown policy or variable, a value of another unit, or it is not said where it was decided.
        Refused: the policy asks for a case that decides it.
    """

    def plan(draft: Draft) -> Planned:
        actor = desk.actor(draft.base)
        found = _only(dict(draft.base.policies), name)
        data = copy.deepcopy(found.data)
        if not seen:
            raise WrongCallError(
                "say where the decision can be seen", "--seen minutes/2026-03-19.md (or a mail, a link)"
            )
        for key, text in values.items():
            _set(found.policy, data, key, text, seen, desk.today(draft.base))
        words = ", ".join(f"{key}={text or 'unset'}" for key, text in values.items())

        def landing(into: Draft, text: str) -> Planned:
            into.put_rules_text(found.path, text)
            body, trailers = [f"seen: {seen}", f"by {actor}"], {"Partnerkit-Command": ["policy set"]}
            return Planned(f"policy {name}: set {words}", values, body, trailers)

        again = line("policy", "set", name, *(f"{key}={text}" for key, text in values.items()), "--seen", seen)
        text = draft.rules_text(found.path, data)
        return written(desk, draft, found, text, case, f"{again} --amendment <case>", landing)

    if not values:
        raise WrongCallError(
            "nothing to set", f"write for instance partnerkit policy set {name} notice=P60D --seen minutes.md"
        )
    return land(desk, plan)


def _set(policy: Policy, data: dict[str, object], key: str, text: str, seen: str, today: date) -> None:
    spec = policy.variables.get(key)
    if spec is None:
        near = did_you_mean(key, policy.variables)
        raise WrongCallError(f"{policy.policy} has no variable {key!r}{near}", f"it has {', '.join(policy.variables)}")
    try:
        value = spec.read(text) if text else None
    except ValueError as error:
        raise WrongCallError(f"{key} ({spec.unit}): {error}") from error
    if spec.unit == "role" and value is not None and value not in policy.roles:
        near = did_you_mean(str(value), policy.roles)
        raise WrongCallError(f"{policy.policy} knows no role {text!r}{near}", f"its roles: {', '.join(policy.roles)}")
    variables = data["variables"]
    if isinstance(variables, dict):
        variables[key]["value"] = value if isinstance(value, int) or value is None else str(value)
        variables[key]["seen"] = seen
        variables[key]["since"] = today.isoformat()
