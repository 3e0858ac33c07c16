"""Rules for names that a policy wants spelt right, in text that others read."""

from __future__ import annotations

from collections.abc import Iterator

from partnerkit.findings import Finding
from partnerkit.rules.commands import line
from partnerkit.rules.look import Look
from partnerkit.rules.places import at
from partnerkit.rules.spelling import faced, misspelt, shown
from partnerkit.rules.texts import texts_at


def names_are_spelt_right(look: Look) -> Iterator[Finding]:
    """Names of the policy are spelt as it says wherever partners or the public read them."""
    for key, rule in look.policy.names.items():
        for path in faced(look.policy, look.record.kind, rule):
            for keys, text in texts_at(look.record.data, path):
                for wrong in misspelt(text, rule):
                    message = f"{path} says “{shown(wrong)}”: the name is written “{rule.name}” ({key})"
                    clauses = rule.clause if isinstance(rule.clause, list) else [rule.clause]
                    clause = ", ".join(look.policy.full(one) for one in clauses)
                    mend = line("set", look.record.id, f"{path}=<{path}>")
                    yield at(look.record, keys, "name-misspelt", message, clause=clause, mend=mend, severity="warning")
