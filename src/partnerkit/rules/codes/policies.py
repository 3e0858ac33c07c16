"""Policies: the codes of its findings."""

from __future__ import annotations

from partnerkit.rules.codes.code import Code, Theme

THEME = Theme(
    "Policies",
    "The written policy, the policy file, and the register that uses it.",
    {
        "policy-unknown": Code(
            "The register has no such policy, so nothing could judge the record.",
            bad="policy: OUR-10",
            good="policy: OUR-01",
            mend="write the right one; `partnerkit policy add` takes one in",
        ),
        "policy-inconsistent": Code(
            "The policy uses a name that it does not define, or has a stage that nothing leads to.",
            bad="needs: [due-dilligence]",
            good="needs: [due-diligence]",
            mend="define the name, or correct it: line and place are named",
        ),
        "policy-not-allowed": Code(
            "register.yaml does not list the policy among those allowed.",
            bad="a record under a policy that `policies.allowed` does not list",
            good="a record under one that it lists",
            mend="see `policies.allowed` in records/register.yaml",
        ),
        "policy-contested": Code(
            "The organisation and a newer version of the pack changed the same thing: somebody has to say whose counts.",
            bad="a requirement changed here and in the new pack",
            good="partnerkit policy upgrade OUR-01 --ours requirements.notice",
            mend="say whose counts: --ours or --theirs",
        ),
        "policy-review-overdue": Code(
            "The policy's own review is overdue. That is a warning and never more.",
            bad="next-review: 2026-01-01, half a year later",
            good="partnerkit policy reaffirm OUR-01 --seen minutes/7.md",
            mend="review it and say so, or amend it",
            severity="warning",
        ),
        "clause-unaccounted": Code(
            "Nothing implements the clause, and it does not say why it is narrative.",
            bad="§4.2/reporting, which nothing cites",
            good="reporting: {clause: §4.2/reporting, …}",
            mend="cite it where it is implemented, or say why not: `narrative:`",
        ),
        "narrative-and-implemented": Code(
            "A clause is said to be narrative, and yet something implements it: one of the two is wrong.",
            bad="narrative: conduct, and a requirement that cites the clause",
            good="one of the two",
            mend="take `narrative` from the clause, or the citation from the requirement",
        ),
        "clause-missing": Code(
            "The written policy has a heading or point that the policy file lacks.",
            bad="a bullet of the written policy that the file lacks",
            good="points: [reporting, transparency]",
            mend="add the heading or point to `clauses`, and implement it",
        ),
        "clause-invented": Code(
            "The policy file has a heading or point that the written policy lacks.",
            bad="§9.9 in the file, and not in the text",
            good="the clauses of the text",
            mend="take it and what cites it out of the policy",
        ),
        "clause-renamed": Code(
            "A heading has another title in the written policy.",
            bad="title: First Look, where the text says Initial Assessment",
            good="title: Initial Assessment",
            mend="write the title of the text",
        ),
        "clause-moved": Code(
            "A heading or point stands elsewhere in the written policy.",
            bad="points in another order than the bullets",
            good="points in the order of the text",
            mend="put them into the order of the text: the message has the line",
        ),
        "metadata-differs": Code(
            "The written policy states another id, version or date.",
            bad="version: 1.0, where the text says 1.1",
            good='version: "1.1"',
            mend="write what the text says",
            severity="error or warning",
        ),
    },
)
