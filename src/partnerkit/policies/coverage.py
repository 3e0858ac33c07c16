"""What of a written policy is implemented: every leaf of its clause tree, what implements it, or why nothing does."""

from __future__ import annotations

from partnerkit.dataclass import dataclass
from partnerkit.findings import Finding
from partnerkit.policies import clauses as clause_tree
from partnerkit.policies.citing import citations
from partnerkit.policies.policy import Policy


@dataclass(frozen=True, slots=True)
class Leaf:
    """A bullet, or a heading with nothing below it.

    Attributes:
        clause: its id.
        by: what implements it, such as `requirement due-diligence`; in the order of the policy file.
        narrative: why nothing implements it, where the policy says so.
    """

    clause: str
    by: tuple[str, ...]
    narrative: str | None


@dataclass(frozen=True, slots=True)
class Coverage:
    """A policy's clauses, counted.

    Attributes:
        policy: the policy's id.
        sections: headings with no heading above them.
        headings: all headings, sections included.
        points: all bullets.
        leaves: everything that must be accounted for, in the order of the policy.
    """

    policy: str
    sections: int
    headings: int
    points: int
    leaves: tuple[Leaf, ...]

    @property
    def implemented(self) -> tuple[Leaf, ...]:
        """The leaves that something implements."""
        return tuple(leaf for leaf in self.leaves if leaf.by)

    @property
    def narrative(self) -> tuple[Leaf, ...]:
        """The leaves that nothing implements, and that say why."""
        return tuple(leaf for leaf in self.leaves if leaf.narrative is not None and not leaf.by)

    @property
    def unaccounted(self) -> tuple[Leaf, ...]:
        """The leaves that nothing implements, and that say nothing."""
        return tuple(leaf for leaf in self.leaves if leaf.narrative is None and not leaf.by)

    @property
    def contradictory(self) -> tuple[Leaf, ...]:
        """The leaves that are implemented, and say that nothing implements them."""
        return tuple(leaf for leaf in self.leaves if leaf.narrative is not None and leaf.by)

    @property
    def complete(self) -> bool:
        """Whether every leaf is implemented or narrative, and none is both."""
        return not self.unaccounted and not self.contradictory


def coverage(policy: Policy) -> Coverage:
    """What implements each clause of the policy, down to the bullet.

    A variable alone implements nothing: it only says what the clause leaves open.
    """
    by: dict[str, dict[str, None]] = {}
    for clause, source, _place in citations(policy):
        if not source.startswith("variable "):
            by.setdefault(clause, {})[source] = None
    reasons = clause_tree.narratives(policy.clauses)
    return Coverage(
        policy=policy.policy,
        sections=sum(clause_tree.parent(key, clause) is None for key, clause in policy.clauses.items()),
        headings=len(policy.clauses),
        points=sum(len(clause.points) for clause in policy.clauses.values()),
        leaves=tuple(
            Leaf(leaf, tuple(by.get(leaf, ())), reasons.get(leaf)) for leaf in clause_tree.leaves(policy.clauses)
        ),
    )


def findings(policy: Policy) -> list[Finding]:
    """The clauses that nothing accounts for, and those that are accounted for twice, in the order of the policy."""
    found: list[Finding] = []
    for leaf in coverage(policy).leaves:
        if leaf.by and leaf.narrative is not None:
            message = f"{leaf.clause} is narrative, and yet {_and(leaf.by)} implements it: one of the two is wrong"
            mend = f"take `narrative` from {leaf.clause}, or the citation from {_and(leaf.by)}"
            found.append(_finding(policy, "narrative-and-implemented", leaf, message, mend))
        elif not leaf.by and leaf.narrative is None:
            message = f"nothing implements {leaf.clause}, and it does not say why"
            mend = (
                f"cite it where it is implemented (`clause: {leaf.clause}`), or give it a `narrative` that says why not"
            )
            found.append(_finding(policy, "clause-unaccounted", leaf, message, mend))
    return found


def _finding(policy: Policy, code: str, leaf: Leaf, message: str, mend: str) -> Finding:
    return Finding(code, message, clause=policy.full(leaf.clause), mend=mend)


def _and(names: tuple[str, ...]) -> str:
    return " and ".join(names)
