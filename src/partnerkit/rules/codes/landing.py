"""What lands: the codes of its findings."""

from __future__ import annotations

from partnerkit.rules.codes.code import Code, Theme

THEME = Theme(
    "What lands",
    "Rules before records; branches, merges and the audit's proof.",
    {
        "rules-and-records-together": Code(
            "Rules (policies, roster, settings) changed in the same step as a stage. Rules are judged by those before them, so each lands alone.",
            bad="one commit that changes people.yaml and advances a record",
            good="two commits: the rules first",
            mend="land the two apart: the message says which files",
        ),
        "rules-changed-by-another": Code(
            "register.yaml leaves a change of the policies, the roster or itself to those who hold a role, as it stood before the change. Whoever landed this one held none of them.",
            bad="a policy changed by somebody whom `rules-changed-by` does not name",
            good="the same landed by one of them",
            mend="one of them lands the change",
        ),
        "keepers-missing": Code(
            "register.yaml leaves a change of the rules to a role that nobody holds: then nobody can ever change them.",
            bad="rules-changed-by: {policies: trustee}, and nobody is trustee",
            good="partnerkit person role p-lea trustee",
            mend="give the role to somebody, or name one that is held",
            severity="warning",
        ),
        "amended-undecided": Code(
            "The policy says that its file changes only to what a case of it has decided: a case that stood in the stage named before the step, past the gate at which somebody decides, with the digest of the new file, and that amended nothing before. This change is none of these.",
            bad="a policy edited by hand that says `amended-by`",
            good="partnerkit policy amend longer-notice --from new.yaml, decided, then landed",
            mend="propose it as a case, and let it be decided",
        ),
        "amendment-text-differs": Code(
            "A case that amends a policy decides on a digest, and the text beside it, which whoever decides reads, is another. Only what has the digest can land.",
            bad="the text beside a case changed after the case was made",
            good="partnerkit policy amend longer-notice --from new.yaml",
            mend="put back the text that has the digest; while nothing is decided: amend again",
        ),
        "amendment-text-missing": Code(
            "A case that amends a policy decides on a digest, and no text lies beside it: whoever decides has nothing to read, and the change cannot land until somebody has the text.",
            bad="the text beside a case deleted",
            good="the text as it was",
            mend="`git restore --staged --worktree -- FILE`, or get it from whoever has it",
            severity="warning",
        ),
        "overtaken": Code(
            "Somebody else moved the record first, so a move made here has nowhere to begin. `sync` does not make it again; the commit stays on a branch of its own.",
            bad="a move made here of a record that somebody else moved first",
            good="partnerkit sync before working",
            mend="a person decides what comes next: `partnerkit gates ID` shows where it stands now",
        ),
        "contested": Code(
            "Two people changed the same thing in two clones, each in another way. What landed first stays; whoever was second says whether it should be otherwise.",
            bad="the same field set in two clones, each otherwise",
            good="partnerkit sync before working",
            mend="a person decides: what landed first stays; set it again if it should be otherwise",
        ),
        "merge-dropped": Code(
            "A branch moved a record or changed a policy, the roster or the settings, and the merge that brought the branch in left that out: it has not landed, though somebody may think so, or it was undone.",
            bad="a merge that leaves out a branch's advance",
            good="a merge that brings it",
            mend="a person decides what is to become of it: `partnerkit gates ID`; of rules: merge them by themselves",
            severity="error or warning",
        ),
        "broken-one-by-one": Code(
            "A commit of a branch breaks the rules by itself, and the branch as a whole does not: another of its commits makes up for it. Merged or squashed the branch is one legal change; rebased or fast-forwarded every commit lands by itself, and the broken one is found for ever.",
            bad="a branch whose first commit breaks a rule that its second mends",
            good="one commit, or a squash",
            mend="merge or squash the branch; to rebase it, fix up its commits first",
            severity="warning",
        ),
        "landed-in-future": Code(
            "A commit says that it landed on a day that is still to come: its clock was set ahead, and what asks for the day would pass too early.",
            bad="a commit made with a clock set to next year",
            good="a commit of today",
            mend="make the commit anew with the right clock, before it is pushed",
        ),
        "landed-backdated": Code(
            "A commit says that it landed before the one on which it stands: the clock of whoever made it was set back, or is far off. Whose turn it was is told by the order of commits, never by this clock.",
            bad="a commit dated before the one on which it stands",
            good="a commit of today",
            mend="make the commit anew with the right clock, before it is pushed",
        ),
        "never-landed": Code(
            "An entry stands in a record, and no commit of the main line brought it: what was judged is not what stands.",
            bad="an entry that stands in a record though no commit brought it",
            good="entries that commits of the main line brought",
            mend="a person looks at the history of the file: somebody merged past the main line",
        ),
        "history-rewritten": Code(
            "The commit up to which the last audit proved everything is not in this history. Records cannot show that history was cut off or exchanged: only somebody who kept a checkpoint elsewhere can.",
            bad="git push --force of a main branch that was cut",
            good="a new commit that says what was wrong",
            mend="a person decides which history counts: `git reflog`, or another clone, may still have what was there",
        ),
        "main-line-moved": Code(
            "The commit up to which the last audit proved everything came beside the main line: somebody merged the main line into a branch and made that the main line (a foxtrot merge).",
            bad="git merge main into a branch, pushed as main",
            good="git merge of the branch into main",
            mend="a person decides what was meant to land, and merges it anew, standing on the main line: the message has the line",
        ),
        "trust-root-differs": Code(
            "The register began under other rules than those that whoever audits it trusts: it is another register, or its beginning was made anew.",
            bad="another register under the same name",
            good="the register whose root you pinned",
            mend="compare with the root that `partnerkit init` printed and you kept",
        ),
    },
)
