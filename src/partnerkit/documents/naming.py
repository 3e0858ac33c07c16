"""Names that the policy knows, in a document that others read: spelt as it says, and left out where it wants that."""

from __future__ import annotations

import re
from collections.abc import Iterator

from partnerkit.documents.facts import Facts
from partnerkit.documents.letters import forbidden
from partnerkit.documents.model import blocks, text_of
from partnerkit.findings import Finding
from partnerkit.policies.values import clause_list
from partnerkit.rules.commands import line
from partnerkit.rules.spelling import mentions, misspelt, shown

#: What could be the id of somebody.
_ID = re.compile(r"[a-z0-9][a-z0-9-]*")


def by_id(text: str, facts: Facts) -> list[str]:
    """Whom a document calls by their ids, of those who are not called by name."""
    known = dict.fromkeys([*facts.by_id, *facts.register.roster.people])
    said = {word for part in text_of(blocks(text)) for word in _ID.findall(part)}
    return [who for who in known if who in said and who not in facts.sight.names]


def names_in(text: str, what: str, facts: Facts) -> Iterator[Finding]:
    """What is wrong with the names in a document."""
    said = list(dict.fromkeys(text_of(blocks(text))))
    mend = f"mend it where it comes from: {line('show', facts.seen.id)}, or the template of the document"
    hidden = forbidden(facts)
    for name, rule in hidden.items():
        clause = ", ".join(map(facts.policy.full, facts.policy.requirements[name].clauses))
        for found in dict.fromkeys(one for part in said for one in mentions(part, rule)):
            message = f"the {what} says “{shown(found)}”: that name is to be left out of what others read ({name})"
            yield _finding(facts, message, clause, mend)
    for key, rule in facts.policy.names.items():
        clause = ", ".join(map(facts.policy.full, clause_list(rule.clause)))
        wrong = [] if rule in hidden.values() else [one for part in said for one in misspelt(part, rule)]
        for found in dict.fromkeys(wrong):
            message = f"the {what} says “{shown(found)}”: the name is written “{rule.name}” ({key})"
            yield _finding(facts, message, clause, mend)


def _finding(facts: Facts, message: str, clause: str, mend: str) -> Finding:
    return Finding("name-misspelt", message, file=facts.seen.path, record=facts.seen.id, clause=clause, mend=mend)
