"""What belongs together, and when: the codes of its findings."""

from __future__ import annotations

from partnerkit.rules.codes.code import Code, Theme

THEME = Theme(
    "What belongs together, and when",
    "Records that name others; days that must fit.",
    {
        "link-broken": Code(
            "The record names another that does not exist.",
            bad="of: acne",
            good="of: acme",
            mend="`partnerkit list` shows the ids; set the right one",
        ),
        "link-of-wrong-kind": Code(
            "The record belongs to a kind of record to which it cannot belong.",
            bad="a risk with `of:` another risk",
            good="a risk with `of:` a partnership, agreement, application or pairing",
            mend="set the field to a record of the kind that the message names",
        ),
        "policy-of-another": Code(
            "A record stands under another policy than the record it belongs to.",
            bad="policy: THEIR-01 in a review of a partnership under OUR-01",
            good="policy: OUR-01",
            mend="write the policy back that the record had",
        ),
        "continuation-mismatch": Code(
            "A record renews or amends one that belongs elsewhere, or its days do not follow on from it.",
            bad="renews: acme-2025, amends: acme-2024",
            good="renews: acme-2025",
            mend="name the one record that it goes on from; its days follow on",
        ),
        "subject-over": Code(
            "The record belongs to one that was over when it was made. Only a case, a review of the time before the end, and what the policy still demands can begin then; an adopted record is taken as it stood.",
            bad="partnerkit new agreement 'One more' partnership=old-friends, which has ended",
            good="the same while the partnership stands, or a case of it",
            mend="open a case, look back with a review, or make the record of one that is not over",
        ),
        "subject-taken-back": Code(
            "What a record belongs to was taken back by an undo, and it was left: it is taken back too, or goes to its end.",
            bad="the review of a partnership that was undone",
            good="the review undone too",
            mend="`partnerkit undo ENTRY --reason …`",
            severity="warning",
        ),
        "adopted-below": Code(
            "A record was adopted as it stood, though the one it belongs to came in by the rules: it stays visible for ever.",
            bad="an agreement adopted below a partnership that came in by the rules",
            good="an agreement that passes its gates",
            mend="a person looks whether it is well so: `partnerkit log ID`; it stays visible",
            severity="warning",
        ),
        "day-to-come": Code(
            "A day on which something happened or was done is still to come. What is only planned settles nothing, so it is said once it has happened.",
            bad='communications:\n  - "on": next week\'s day',
            good='communications:\n  - "on": a day that has been',
            mend="say it once the day has come",
            severity="error or warning",
        ),
        "days-out-of-order": Code(
            "Of two days of a record the one that must come first is after the other, such as a membership that began after the application.",
            bad="member-since: 2026-05-01\napplied: 2026-03-01",
            good="member-since: 2025-05-01\napplied: 2026-03-01",
            mend="set the day that is wrong",
            severity="error or warning",
        ),
        "period-not-over": Code(
            "A record that speaks about a time was finished before that time was over: nobody can know yet what there will be to say.",
            bad="a review of 2026-Q4 finished in November",
            good="the same finished in January, or a review of a shorter time",
            mend="finish it when its time is over, or set its last day earlier",
            severity="error or warning",
        ),
        "line-of-another": Code(
            "A line of a log, such as a check-in, names somebody who takes no part in the record: it would settle nothing there, and tell of somebody in the wrong place.",
            bad="check-ins:\n  - participant: p-zoe, who takes no part",
            good="check-ins:\n  - participant: one of the pair",
            mend="name somebody who takes part",
            severity="error or warning",
        ),
        "line-of-nobody": Code(
            "A line of a log, such as a meeting, says that everybody who takes part was absent: nothing took place, and as a line it would count as if it had.",
            bad="meetings:\n  - absent: [both of the pair]",
            good="no line: nothing took place",
            mend="leave the line out, or name those alone who were not there",
            severity="error or warning",
        ),
        "line-too-early": Code(
            "A line of a log, such as a meeting, is dated before the first day of the record: it tells of a time at which there was nothing to log yet.",
            bad="a meeting in February in a pairing that began in March",
            good="a meeting on a day of the pairing",
            mend="give the day on which it was",
            severity="error or warning",
        ),
        "standing-breach": Code(
            "Something that must hold for as long as the stage lasts no longer holds. The past move stays legal; something is to be done.",
            bad="an active partnership without the agreement that its stage needs",
            good="the agreement in force, or the partnership suspended",
            mend="the message names what is missing and the line that supplies it",
            severity="warning",
        ),
        "advice": Code(
            "The policy asks for it without demanding it: nothing is refused.",
            bad="a partnership without a website, where the policy asks for one",
            good="website: https://acme.example",
            mend="a person decides to do it or to leave it: nothing is refused",
            severity="warning",
        ),
        "name-misspelt": Code(
            "The policy says how a name is written, and a text that others read writes it otherwise.",
            bad="text: Builds for the lighthouse community",
            good="text: Builds for the Lighthouse Community",
            mend="`partnerkit set ID FIELD=…` with the spelling that the policy gives",
            severity="warning",
        ),
        "value-unknown": Code(
            "The policy lists the values that are known to be right here, and this is none of them: misspelt, or unfit. Nothing is refused; the list is the policy's and grows with it.",
            bad="city: Dortmnd",
            good="city: Dortmund",
            mend="`partnerkit set ID FIELD=…`, or add the value to the policy's list (`known:`)",
            severity="warning",
        ),
        "word-unwelcome": Code(
            "The policy does not want the word in records, because of what whoever uses it is about to write down. History keeps what once entered it: write it otherwise before it lands.",
            bad="summary: they are lazy, where the policy lists the word",
            good="summary: what happened, and when",
            mend="write it otherwise before it lands",
            severity="warning",
        ),
        "identity-changed": Code(
            "Kind, id and policy say what a record is; they never change by hand.",
            bad="policy: THEIR-01, written over OUR-01",
            good="policy: OUR-01",
            mend="`git restore --staged --worktree -- FILE`; what is something else is a new record",
        ),
    },
)
