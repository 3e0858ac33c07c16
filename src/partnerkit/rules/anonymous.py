"""Rules for what participants said: told in sum only, over enough of them, so that nobody can tell who said what."""

from __future__ import annotations

from collections.abc import Iterator

from partnerkit.findings import Finding
from partnerkit.kinds.logs import Feedback
from partnerkit.policies.policy import Policy
from partnerkit.rules.commands import line
from partnerkit.rules.look import Look
from partnerkit.rules.places import at

#: By what those who answered can be put into groups.
_BY = ("role", "programme")


def feedback_tells_of_nobody(look: Look) -> Iterator[Finding]:
    """Neither a sum nor what is left when groups are taken off all is over fewer people than the policy wants.

    What a finished review says was judged at its gate, and its policy may have been another then.
    """
    if "feedback" not in look.record.data:
        return
    from partnerkit.kinds.review import Review  # noqa: PLC0415 - few records tell of what people said

    review, lifecycle = look.record.model, look.policy.lifecycles.get(look.record.kind)
    if not isinstance(review, Review) or lifecycle is None or lifecycle.is_over(look.record.stage):
        return
    for index, first in enumerate(review.feedback):
        same = [one for one in review.feedback if _asked(one) == _asked(first)]
        if same[0] is not first:
            continue
        if (words := _told_of(look.policy, same)) is not None:
            message = f"{look.record.id}: {words}: somebody could tell who said what"
            mend = f"take it out: {line('set', look.record.id, 'feedback=')}"
            clause = clause_of_fewest(look.policy)
            yield at(look.record, ("feedback", index), "feedback-of-few", message, clause=clause, mend=mend)


def clause_of_fewest(policy: Policy) -> str | None:
    """The clause that says over how many people anything is told, where it leaves that to a variable."""
    spec = policy.variables.get(str(policy.fewest).removeprefix("$"))
    return policy.full(spec.clause) if spec is not None else None


def _asked(one: Feedback) -> tuple[object, ...]:
    """How and when people were asked."""
    return one.method, one.from_, one.until


def _told_of(policy: Policy, entries: list[Feedback]) -> str | None:
    """Of how few is told, and by what; None where of none."""
    from partnerkit.kinds.sums import Told, leak  # noqa: PLC0415 - as above

    needed = f"at least {policy.fewest_people} are needed"
    fewest = min(min([one.answers, *(part.answers or one.answers for part in one.results)]) for one in entries)
    if fewest < policy.fewest_people:
        return f"it tells of {fewest} people, and {needed}"
    for by in _BY:
        sums: dict[str, dict[str | None, Told]] = {}
        for one in entries:
            group, other = (getattr(one, name) for name in (by, *(name for name in _BY if name != by)))
            for result in one.results if other is None else ():
                sums.setdefault(result.name, {})[group] = Told(result.answers or one.answers, result.average)
        for question, told in sums.items():
            found = leak([told], policy.fewest_people)
            if found is not None:
                return f"{question} tells of {found.people} people ({found.how}), and {needed}"
    return None
