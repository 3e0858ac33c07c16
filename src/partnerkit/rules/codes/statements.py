"""Statements and decisions: the codes of its findings."""

from __future__ import annotations

from partnerkit.rules.codes.code import Code, Theme

THEME = Theme(
    "Statements and decisions",
    "Evidence, approvals, waivers, signatures: who says what, in which role, on what.",
    {
        "role-not-held": Code(
            "Whoever decided did not hold the role on that day. What people decide counts only while they hold the role.",
            bad="partnerkit approve acme core-team-review, by somebody outside the core team",
            good="the same by a member of it",
            mend="somebody who holds the role decides, or `partnerkit person role PERSON ROLE --from DAY --seen …` where they did",
        ),
        "role-unset": Code(
            "The written policy does not say who decides, and the organisation has not set it: nobody can, until it has.",
            bad="partnerkit approve acme final-decision, before anybody said who decides",
            good="partnerkit policy set OUR-01 final-decider=core-team --seen minutes/3.md",
            mend="`partnerkit policy gaps` lists what is open, each with its line",
        ),
        "role-not-named-before": Code(
            "A role named in a record counts only if it was named there before the step that relies on it.",
            bad="roles: named in the very step that relies on it",
            good="roles: set and landed first, then the decision",
            mend="let the naming land, then decide",
        ),
        "not-separate": Code(
            "The proposer and those with an interest do not decide, and whoever made an entry does not void it: separation of duties.",
            bad="an approval by the proposer",
            good="an approval by somebody without an interest",
            mend="somebody else decides; the message says who may",
        ),
        "requirement-not-ahead": Code(
            "No way on from where the record stands asks for this: a decision is recorded when it is due.",
            bad="partnerkit approve acme final-decision, in the first stage",
            good="the same when the record stands before that gate",
            mend="a person decides whether it is still wanted: `partnerkit gates ID` shows what is asked now",
        ),
        "approval-void": Code(
            "What was approved has changed since: the covered fields, the evidence or the requirement itself. It must be approved again.",
            bad="commitments changed after the core team had approved them",
            good="approve again, or change nothing that is covered",
            mend="`partnerkit approve ID REQUIREMENT` anew; `gates` says what changed",
            severity="warning",
        ),
        "approval-of-another": Code(
            "An approval says for which record it was given, and counts for no other.",
            bad="an approval copied from another record",
            good="partnerkit approve acme core-team-review",
            mend="withdraw it, and decide anew for this record",
        ),
        "requirement-unknown": Code(
            "A statement speaks to a requirement that the policy does not have (any more).",
            bad="requirement: due-dilligence",
            good="requirement: due-diligence",
            mend="`partnerkit policy show` lists the requirements; a statement of a former one stays",
            severity="warning",
        ),
        "statement-removed": Code(
            "A statement that had landed was removed. Statements are withdrawn, with a reason, and stay.",
            bad="an approval deleted from the file",
            good="partnerkit add acme withdraw=a-… --reason …",
            mend="`git restore --staged --worktree -- FILE`; where it landed: `partnerkit undo ID --correct --reason …`",
        ),
        "statement-edited": Code(
            "A statement that had landed was edited. It is withdrawn and made anew.",
            bad="outcome: pass, written over fail",
            good="withdraw it, and add it anew",
            mend="`git restore --staged --worktree -- FILE`; where it landed: `partnerkit undo ID --correct --reason …`",
        ),
        "statement-repeated": Code(
            "Two statements have the same id: one is a copy of the other, and a word counts where it was given.",
            bad="a statement copied with its id",
            good="each statement once",
            mend="withdraw the copy, or put back what stood there",
        ),
        "statement-in-future": Code(
            "A statement is dated after the day it was recorded, or is said to be recorded on a day still to come.",
            bad="on: a day to come",
            good="partnerkit add … --on the day it was",
            mend="withdraw it, and say it again once the day has come",
        ),
        "statement-too-early": Code(
            "A decision, signature or acknowledgement is dated before there was the record, or a decision before the record last went back: nobody could have seen what it is about.",
            bad="an approval dated before there was the record",
            good="partnerkit approve … --on the day it was given",
            mend="make it anew: `partnerkit gates ID` shows how",
        ),
        "withdrawal-misdated": Code(
            "A statement is said to be withdrawn before it was made, ahead of its day, or before an entry that stood when it still counted.",
            bad="withdrawn: {at: before it was made}",
            good="withdrawn: {at: the moment of the withdrawal}",
            mend="put back what stood there, and withdraw by command",
        ),
        "not-waivable": Code(
            "The policy lets nobody waive this requirement.",
            bad="partnerkit waive acme final-decision --reason …",
            good="the decision itself",
            mend="meet the requirement: `partnerkit gates ID`",
            severity="error or warning",
        ),
        "waived-too-long": Code(
            "The policy lets the requirement be waived for a shorter time.",
            bad="--until two years from now, where the policy gives one",
            good="--until a day within it",
            mend="waive it again with an earlier day: the message has the line",
            severity="error or warning",
        ),
        "person-unknown": Code(
            "A person named here is not on the roster (records/people.yaml), or no longer. An id is never renamed and never taken out while a record names it; somebody outside may propose something, so a new name that nobody knows is only said.",
            bad="by: p-nobody",
            good="by: p-rosa",
            mend="`partnerkit person add PERSON --email …`, or the right id",
            severity="error or warning",
        ),
        "address-unclear": Code(
            "An address of the roster stands at two people, or is a shared mailbox: it names nobody in particular.",
            bad="one address at two people of records/people.yaml",
            good="each address at one person",
            mend="take it out at all but one of them",
        ),
        "key-unclear": Code(
            "A public key of the roster stands at two people: what is signed with it is signed by nobody in particular.",
            bad="one public key at two people",
            good="each key at one person",
            mend="take it out at all but one of them",
        ),
        "interest-removed": Code(
            "Somebody's interest in the record was taken out: whoever has one may not decide, so a reviewer should know why.",
            bad="partnerkit set acme interested=, which empties the list",
            good="interested: as it was",
            mend="a person asks why before it lands",
            severity="warning",
        ),
        "bond-removed": Code(
            "Somebody's conflict of interest, or another id of theirs, was taken out of what they declared: it keeps people from deciding and from being paired, so a reviewer should know why.",
            bad="conflicts: emptied in somebody's application",
            good="conflicts: as declared",
            mend="a person asks why before it lands",
            severity="warning",
        ),
        "freed-by-themselves": Code(
            "Whoever has an interest or is bound to somebody may not decide. They do not make themselves free to by taking that out of the record: somebody else does, who knows why.",
            bad="p-jonas takes himself out of `interested`",
            good="p-rosa does, who knows why",
            mend="put it back; somebody else lands the change",
        ),
        "proposer-changed": Code(
            "Whoever proposed something does not come to decide on it by being renamed. While it is only proposed it may be handed on, and that is said: whoever is to go on not deciding is listed under `interested`.",
            bad="proposer: p-timo, after the record had left its first stage",
            good="proposer: p-rosa, as it was",
            mend="`git restore --staged --worktree -- FILE`; whoever is to go on not deciding stands under `interested`",
            severity="error or warning",
        ),
        "evidence-missing": Code(
            "A file of evidence that the register held is no longer there.",
            bad="git rm records/evidence/acme/proposal.md",
            good="the file where it was",
            mend="`git restore --staged --worktree -- FILE`, or withdraw the statement and add another",
        ),
        "evidence-changed": Code(
            "A file of evidence is no longer the one that was recorded: its digest differs.",
            bad="another text in records/evidence/acme/proposal.md",
            good="partnerkit add acme partnership-proposal new.md --copy",
            mend="`git restore --staged --worktree -- FILE`; a new version is added, never written over",
        ),
        "signature-bad": Code(
            "A signature is none of what stands there by the key of the person it names: the text, the signature or the person was changed, or it was made for something else. A name alone is a claim; a wrong signature is worse than none.",
            bad="a signed approval whose `by` was changed",
            good="partnerkit approve acme core-team-review --sign",
            mend="withdraw it, and let them sign anew; of a commit: sign it again",
        ),
        "signature-unverified": Code(
            "There is a signature, and nobody could say here whether it is genuine. What could not be looked at is not said to be proven.",
            bad="a signed approval, and no OpenSSH here",
            good="the same on a machine with ssh-keygen",
            mend="a person installs OpenSSH; in CI: the package openssh-client",
        ),
        "assurance-too-low": Code(
            "The policy says how surely a decision must be that of whom it names, and this one is less sure. A signature under the decision itself (`approve --sign`) counts however it lands; whose commit brought it is lost when commits are squashed or merged.",
            bad="an approval in somebody's name, where the policy wants it signed",
            good="partnerkit approve acme final-decision --sign, by themselves",
            mend="they decide and sign on their own machine",
        ),
    },
)
