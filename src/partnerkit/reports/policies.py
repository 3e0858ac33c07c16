"""Policies: what one says, how much of it is implemented, what nobody has decided, its lifecycles as a diagram."""

from __future__ import annotations

from typing import Any

from partnerkit.findings import Finding
from partnerkit.policies import clauses as clause_tree
from partnerkit.policies.citing import citations
from partnerkit.policies.coverage import Coverage
from partnerkit.policies.fields import Scorecard
from partnerkit.policies.policy import Policy
from partnerkit.policies.values import VariableSpec, clause_list
from partnerkit.reports.findings import as_data
from partnerkit.reports.page import WELL, Page, Span
from partnerkit.rules.amended import opening, who_amends
from partnerkit.rules.conditions import in_short


def policy_page(policy: Policy, changed_by: list[str] | None = None, digest: str | None = None) -> Page:
    """A policy: its facts, then each lifecycle with its gates.

    Args:
        policy: the policy.
        changed_by: the roles of which whoever lands a change of it holds one, where it stands in a register.
        digest: what its file says, as cases that amend it name it.
    """
    page = Page().add(Span(policy.policy, "bold"), f" · {policy.title}")
    facts = {
        "version": policy.version,
        "effective": policy.effective,
        "approved": policy.approved,
        "approved by": policy.approved_by,
        "reviewed": policy.reviewed,
        "next review": policy.review_due,
        "owner": policy.owner,
        "pack version": policy.pack_version,
        "amended by": _amended_by(policy),
        "digest": digest,
        "landed by": " or ".join(changed_by) or "anybody on the roster" if changed_by is not None else None,
    }
    page.table([(name, str(value)) for name, value in facts.items() if value is not None], indent="  ")
    for kind, lifecycle in policy.lifecycles.items():
        page.add()
        page.add(Span(kind, "bold"), f": {' → '.join(lifecycle.main_path)}")
        for way in lifecycle.transitions:
            main = "  (main)" if way.main else ""
            only = f"  ({in_short(way.when)})" if way.when else ""
            page.add(f"  {' | '.join(way.from_)} → ", Span(way.to, "bold"), Span(main + only, "dim"))
            for name in way.needs:
                requirement = policy.requirements[name]
                page.add(
                    f"      {name}  ",
                    Span(", ".join(requirement.clauses), "cyan"),
                    Span(f"  {requirement.type}", "dim"),
                )
    page.add()
    page.table([(name, role.title) for name, role in policy.roles.items()], ("role", ""), indent="  ")
    for rule in policy.names.values():
        cited = ", ".join(clause_list(rule.clause))
        page.add("  spelt right where others read it: ", Span(rule.name, "bold"), Span(f"  {cited}", "cyan"))
    return _categories(page, policy)


def _amended_by(policy: Policy) -> str | None:
    """What must be decided before it changes, and where it says so."""
    word = policy.amended_by
    return f"{who_amends(policy)}  {', '.join(clause_list(word.clause))}" if word is not None else None


def _categories(page: Page, policy: Policy) -> Page:
    if policy.taxonomy:
        page.add()
        for group_id, group in policy.taxonomy.items():
            page.add(f"  {group_id}: ", ", ".join(group.leaves))
    return page


def clause_page(policy: Policy, clause_id: str) -> Page:
    """One clause: what it asks in our words, and what implements it or why nothing does."""
    head, _, point = clause_id.partition("/")
    clause = policy.clauses[head]
    page = Page().add(Span(policy.full(clause_id), "bold"), f" · {clause.title}{f': {point}' if point else ''}")
    if clause.text:
        page.add(f"  {clause.text}")
    reasons = clause_tree.narratives(policy.clauses)
    wanted = [clause_id] if point or not clause.points else [f"{clause_id}/{one}" for one in clause.points]
    for one in wanted:
        by = list(dict.fromkeys(found.source for found in citations(policy) if found.clause == one))
        words = ", ".join(by) if by else f"narrative: {reasons.get(one, 'nothing implements it')}"
        page.add(f"  {one}  ", Span(words, WELL if by else "dim"))
    return page


def coverage_page(policy: Policy, result: Coverage, findings: list[Finding], source: str | None) -> Page:
    """How much is implemented, in one line a section, and what is not."""
    page = Page().add(
        Span(policy.policy, "bold"),
        f" · {result.sections} sections, {result.headings} headings, {result.points} points",
    )
    rows: dict[str, list[int]] = {}
    for leaf in result.leaves:
        counts = rows.setdefault(leaf.clause.split("/")[0].split(".")[0], [0, 0, 0])
        counts[0 if leaf.by else 1 if leaf.narrative else 2] += 1
    page.table(
        [
            (section, policy.clauses[section].title, *(str(count) for count in counts))
            for section, counts in rows.items()
        ],
        ("section", "", "implemented", "narrative", "unaccounted"),
        indent="  ",
    )
    page.add(
        f"implemented {len(result.implemented)}, narrative {len(result.narrative)}, "
        f"unaccounted {len(result.unaccounted)} of {len(result.leaves)}"
    )
    for leaf in result.narrative:
        page.add(Span(f"  {leaf.clause}: {leaf.narrative}", "dim"))
    if source:
        held = [one for one in findings if one.code.startswith(("clause-", "metadata"))]
        page.add(f"held against {source}: {len(held)} difference{'' if len(held) == 1 else 's'}")
    return page


def coverage_json(policy: Policy, result: Coverage, findings: list[Finding]) -> dict[str, Any]:
    """Coverage for other programs."""
    return {
        "schema": "partnerkit.coverage/1",
        "policy": policy.policy,
        "sections": result.sections,
        "headings": result.headings,
        "points": result.points,
        "leaves": [{"clause": leaf.clause, "by": list(leaf.by), "narrative": leaf.narrative} for leaf in result.leaves],
        "findings": [as_data(finding) for finding in findings],
    }


def gaps_page(rows: list[tuple[str, str, VariableSpec, list[str], str]], policies: list[Policy]) -> Page:
    """What nobody has decided: the question, what depends on it, the command that closes it; and who decides it."""
    page = Page()
    for policy_id, name, spec, used_by, command in rows:
        page.add(Span(name, "bold"), f"  {spec.question}  ", Span(f"{policy_id} {spec.clause}", "cyan"))
        if spec.default_note:
            page.add(f"    unset: {spec.default_note}")
        if used_by:
            page.add(Span(f"    used by: {', '.join(used_by)}", "dim"))
        page.add("    ", Span(command, "green"))
    open_ = {row[0] for row in rows}
    for policy in policies:
        if policy.amended_by is not None and policy.policy in open_:
            page.add(f"{policy.policy} is amended by {_amended_by(policy)}")
            page.add("    ", Span(opening(policy), "green"))
    return page.add(f"{len(rows)} undecided")


def gaps_json(rows: list[tuple[str, str, VariableSpec, list[str], str]], policies: list[Policy]) -> dict[str, Any]:
    """The same for other programs."""
    return {
        "schema": "partnerkit.gaps/1",
        "amended_by": {one.policy: who_amends(one) for one in policies if one.amended_by is not None},
        "gaps": [
            {
                "policy": policy,
                "variable": name,
                "unit": spec.unit,
                "clause": spec.clause,
                "question": spec.question,
                "used_by": used,
                "command": command,
            }
            for policy, name, spec, used, command in rows
        ],
    }


def form_json(policy: Policy, requirement: str, card: Scorecard) -> dict[str, Any]:
    """The form of a scorecard for other programs."""
    return {
        "schema": "partnerkit.form/1",
        "policy": policy.policy,
        "requirement": requirement,
        "title": card.title,
        "scale": [card.least, card.most],
        "criteria": [
            {"id": key, "title": one.title, "clause": policy.full(one.clause), "points_only": one.points_only}
            for key, one in card.criteria.items()
        ],
    }


def graph(policy: Policy, kind: str) -> str:
    """A lifecycle as a Mermaid state diagram."""
    lifecycle = policy.lifecycles[kind]
    lines = ["stateDiagram-v2", f"    [*] --> {_node(lifecycle.starts)}"]
    lines += [f"    {_node(name)}: {name}" for name in lifecycle.stages]
    for way in lifecycle.transitions:
        label = f": {len(way.needs)} requirement{'' if len(way.needs) == 1 else 's'}" if way.needs else ""
        lines += [f"    {_node(stage)} --> {_node(way.to)}{label}" for stage in way.from_]
    lines += [f"    {_node(name)} --> [*]" for name in lifecycle.stages if lifecycle.is_end(name)]
    return "\n".join(lines) + "\n"


def _node(stage: str) -> str:
    return stage.replace("-", "_")
