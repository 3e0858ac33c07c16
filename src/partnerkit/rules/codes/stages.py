"""Stages and gates: the codes of its findings."""

from __future__ import annotations

from partnerkit.rules.codes.code import Code, Theme

THEME = Theme(
    "Stages and gates",
    "What a change of stage demands, and how records come in that are older than the register.",
    {
        "requirement-unmet": Code(
            "The gate of this change demands something that is not there. The clause, who can supply it and the command are named.",
            bad="partnerkit advance acme, without the due diligence",
            good="partnerkit add acme due-diligence report.pdf outcome=pass\npartnerkit advance acme",
            mend="the message names the clause, who can supply it, and the line",
        ),
        "no-such-transition": Code(
            "The policy has no way between these stages.",
            bad="partnerkit advance acme active, from proposed",
            good="partnerkit advance acme",
            mend="`partnerkit gates acme` shows which ways lead on",
        ),
        "actor-unknown": Code(
            "Only people who hold a role on that day change the stage of a record.",
            bad="an entry by somebody without a role on that day",
            good="the same by somebody who holds one",
            mend="`partnerkit person role PERSON ROLE`, or somebody else makes the move",
        ),
        "actor-lacks-role": Code(
            "The policy gives this change of stage to a role which the person did not hold.",
            bad="an agreement executed by somebody else than the policy names",
            good="the same by a holder of the role",
            mend="one of those whom the message names makes the move",
        ),
        "gate-differs": Code(
            "The entry was sealed with other demands than the policy made: it was not judged by the policy as it stood.",
            bad="an entry sealed by other demands than the policy's",
            good="partnerkit advance acme",
            mend="void the entry, and make the move by command",
        ),
        "uses-differ": Code(
            "The entry does not name the statements that satisfied its gate.",
            bad="uses: [] in an entry that rests on evidence",
            good="uses: the statements that satisfied the gate",
            mend="void the entry, and make the move by command",
        ),
        "uses-nothing": Code(
            "The entry rests on a statement that did not count at that moment.",
            bad="uses: a statement that was withdrawn",
            good="uses: statements that counted",
            mend="add what is missing; void the entry, and make the move by command",
        ),
        "relies-differ": Code(
            "The entry does not name the linked records that satisfied its gate.",
            bad="relies-on: {} where a linked agreement was demanded",
            good="relies-on: the agreement with its latest entry",
            mend="void the entry, and make the move by command",
        ),
        "relies-on-nothing": Code(
            "The entry relies on an entry of another record that is not there, or that was voided and never counted.",
            bad="relies-on: {acme-2026: an entry that was voided}",
            good="relies-on: an entry that counts",
            mend="`partnerkit gates ID` shows what the gate needs now",
        ),
        "adopted-late": Code(
            "Only the first entry adopts a record, and none below a record that the register knew before it.",
            bad="an adopt entry as the second of a record",
            good="partnerkit new partnership Old --adopt active --since 2019-05-01 --reason …",
            mend="void it; what came about since is made and judged",
        ),
        "adopted-without-reason": Code(
            "An adopted record says since when it stands there and why it was not judged: it stays visible for ever.",
            bad="--adopt active without --since or --reason",
            good="--adopt active --since 2019-05-01 --reason 'older than the register'",
            mend="say since when and why",
        ),
        "adopted-in-future": Code(
            "A record cannot have stood somewhere since a day that is still to come.",
            bad="--since a day to come",
            good="--since 2019-05-01",
            mend="give the day since when it truly stands there",
        ),
        "adopted-too-late": Code(
            "register.yaml says until when records are taken in as they stand, without being judged. This one came after that day.",
            bad="--adopt after the day that register.yaml gives as `adopted-until`",
            good="partnerkit new, and its gates",
            mend="make it in its first stage; the organisation can set another day",
        ),
        "adopted-by-another": Code(
            "register.yaml leaves it to those who hold a role to take records in as they stand, without being judged. Whoever did this held none of them.",
            bad="--adopt by somebody outside `adopted-by`",
            good="the same by one of them",
            mend="one of those whom the message names adopts it",
        ),
        "stage-gone": Code(
            "A record stands in a stage that the new version of its policy no longer has: somebody has to say where it goes.",
            bad="a policy without the stage in which records stand",
            good="partnerkit policy migrate OUR-01 --from new.yaml --stage assessment=vetting --reason …",
            mend="say where such records go: --stage OLD=NEW",
        ),
        "migrated-alone": Code(
            "A record moves out of a stage that is gone in the very step in which its policy changes.",
            bad="a migrate entry in a step that changes no policy",
            good="partnerkit policy migrate …",
            mend="void the entry, and migrate by command",
        ),
        "migrated-needlessly": Code(
            "Only records whose stage is gone are migrated; others are moved by their gates.",
            bad="a record migrated out of a stage that is still there",
            good="partnerkit advance",
            mend="void the entry; the gates move such records",
        ),
        "migrated-elsewhere": Code(
            "The new version of the policy says where records of a stage that is gone stand now.",
            bad="a record migrated to another stage than the policy says",
            good="the stage that `migrates:` names",
            mend="void the entry, and migrate by command",
        ),
        "migrated-past-decision": Code(
            "A migration takes no record past a gate at which somebody decides and at which nobody decided on it. Records go to an earlier stage, and on from there through their gates.",
            bad="--stage decision=agreement, past a decision that was not taken",
            good="--stage decision=detailed-review",
            mend="send such records to an earlier stage: the message has the line",
        ),
        "decision-withdrawn": Code(
            "Whoever decided took it back, or decided otherwise, and the record passed a gate on their word. No past move becomes illegal, so it is a warning until the record goes back behind that gate; an undo does not bring such a gate back.",
            bad="an approval withdrawn after the record had moved on it",
            good="the record led back behind that gate, and decided anew",
            mend="the message has the line that leads back",
            severity="warning",
        ),
        "rested-on-changed": Code(
            "A decision or a signature rests on this, and its gate is passed. It changes again only after going back behind that gate (what ages may be shown anew before); an undo does not bring a gate back to which other evidence has come meanwhile.",
            bad="evidence withdrawn on which a decision rests whose gate is passed",
            good="back behind the gate first",
            mend="lead the record back, then change it and decide anew",
            severity="error or warning",
        ),
    },
)
